-- Calls that are answered later, of all workspaces: any process of the service tells how they are.

CREATE TABLE background_jobs (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    place BIGINT GENERATED ALWAYS AS IDENTITY,
    workspace TEXT NOT NULL,
    request TEXT NOT NULL,
    worker UUID NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    stage TEXT,
    progress INT NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
    written BOOLEAN NOT NULL DEFAULT false,
    created TIMESTAMPTZ NOT NULL DEFAULT now(),
    started TIMESTAMPTZ,
    finished TIMESTAMPTZ,
    answer JSON
);
COMMENT ON TABLE background_jobs IS 'Calls that are answered later, until a while after they ended.';
COMMENT ON COLUMN background_jobs.place IS 'In the queue: the lowest is the oldest.';
COMMENT ON COLUMN background_jobs.workspace IS 'Whose job it is; empty for the shared workspace.';
COMMENT ON COLUMN background_jobs.worker IS 'The process that has the call; it dies with its session.';
COMMENT ON COLUMN background_jobs.written IS
    'Set by the transaction that does the work: a job is cancelled or told as lost only without it.';
COMMENT ON COLUMN background_jobs.answer IS 'Status, headers and body of the call''s own answer.';
CREATE INDEX background_jobs_unfinished ON background_jobs (workspace) WHERE finished IS NULL;
CREATE UNIQUE INDEX background_jobs_one_at_a_time ON background_jobs (workspace)
    WHERE state = 'running';

CREATE FUNCTION claim_background_job(asking UUID, most INT) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    claimed UUID;
BEGIN
    PERFORM pg_advisory_xact_lock(2026, 5);
    UPDATE background_jobs SET state = 'running', started = now()
    WHERE id = (
        SELECT id
        FROM (
            SELECT id, worker
            FROM (
                SELECT DISTINCT ON (queued.workspace) id, worker, place, (
                    SELECT max(started) FROM background_jobs AS earlier
                    WHERE earlier.workspace = queued.workspace
                ) AS served
                FROM background_jobs AS queued
                WHERE state = 'queued' AND NOT EXISTS (
                    SELECT FROM background_jobs AS other
                    WHERE other.workspace = queued.workspace AND other.state = 'running'
                )
                ORDER BY queued.workspace, place
            ) AS first_of_each_workspace
            ORDER BY served NULLS FIRST, place
            LIMIT greatest(0, most - (
                SELECT count(*) FROM background_jobs WHERE state = 'running'
            ))
        ) AS due
        WHERE worker = asking
        LIMIT 1
    )
    RETURNING id INTO claimed;
    RETURN claimed;
END
$$;
COMMENT ON FUNCTION claim_background_job IS
    'Start a job of this worker if it is due: one a workspace, so many in all, each in its turn.';
