-- The calls that are answered later: a job's life in order. The sessions of a process that has jobs
-- are named after it ("jobs of <worker>"), those that work on a job after that ("job <id>").

-- name: enqueue(worker, workspace, request, most, most_in_all)$
-- Add a job and give its id; null when so many have not ended yet, of the workspace or in all.
INSERT INTO background_jobs (worker, workspace, request)
SELECT :worker::uuid, :workspace, :request
WHERE (
    SELECT count(*) < :most_in_all AND count(*) FILTER (WHERE workspace = :workspace) < :most
    FROM background_jobs
    WHERE finished IS NULL
)
RETURNING id::text;

-- name: claim(worker, most)$
-- Start a job of this worker if its turn has come and fewer than so many run; gives its id.
SELECT claim_background_job(:worker::uuid, :most)::text;

-- name: report(ids, stages, percentages)
-- Note how far jobs are; gives those that are still to be done: nobody cancelled them.
WITH noted AS (
    UPDATE background_jobs AS job
    SET stage = step.stage, progress = greatest(job.progress, step.progress)
    FROM unnest(:ids::uuid[], :stages::text[], :percentages::int[]) AS step (id, stage, progress)
    WHERE job.id = step.id AND finished IS NULL
        AND (job.stage, job.progress) IS DISTINCT FROM (step.stage, step.progress)
)
SELECT id::text FROM background_jobs WHERE id = ANY(:ids::uuid[]) AND finished IS NULL;

-- name: name_session(id)$
-- Let this session be known as the job's.
SELECT set_config('application_name', 'job ' || :id, false);

-- name: leave_workspace#
-- Back to the schema that all workspaces share, for what is left of the transaction.
RESET search_path;

-- name: confirm(id)$
-- As the last thing that a job's transaction does: true unless the job is over, cancelled for one.
UPDATE background_jobs SET written = true WHERE id = :id::uuid AND state = 'running'
RETURNING true;

-- name: finish(id, succeeded, answer)!
-- Keep the answer of a job that nobody has cancelled.
UPDATE background_jobs
SET
    state = CASE WHEN :succeeded THEN 'succeeded' ELSE 'failed' END,
    progress = CASE WHEN :succeeded THEN 100 ELSE progress END,
    finished = now(),
    answer = :answer
WHERE id = :id::uuid AND state = 'running';

-- name: cancel(id, workspace)$
-- Cancel a job that has changed nothing yet; true if there was such a one.
UPDATE background_jobs SET state = 'cancelled', finished = now()
WHERE id = :id::uuid AND workspace = :workspace AND finished IS NULL AND NOT written
RETURNING true;

-- name: end_sessions(id)$
-- End what a job that is over has under way.
SELECT count(pg_terminate_backend(pid))
FROM pg_stat_activity
WHERE application_name = 'job ' || :id AND datname = current_database();

-- name: abandon(worker, answer)
-- Tell this worker's jobs as failed, before it ends; gives the ids.
UPDATE background_jobs SET state = 'failed', finished = now(), answer = :answer
WHERE worker = :worker::uuid AND finished IS NULL AND NOT written
RETURNING id::text;

-- name: bury(lost, unanswered)
-- Tell the jobs of processes that have died: as failed, or done where the work was.
UPDATE background_jobs AS job
SET
    state = CASE WHEN written THEN 'succeeded' ELSE 'failed' END,
    progress = CASE WHEN written THEN 100 ELSE progress END,
    finished = now(),
    answer = CASE WHEN written THEN :unanswered ELSE :lost END::json
WHERE finished IS NULL AND NOT EXISTS (
    SELECT
    FROM pg_stat_activity
    WHERE application_name = 'jobs of ' || job.worker AND datname = current_database()
)
RETURNING id::text, workspace, written;

-- name: show(id, workspace, location)^
-- A job of the workspace: whether it has ended, and all about it (and its address) as JSON.
SELECT job.finished IS NOT NULL, row_to_json(job)::text
FROM (
    SELECT
        answer,
        rfc3339(created) AS created,
        rfc3339(finished) AS finished,
        id AS job_id,
        :location AS location,
        progress,
        request,
        CASE WHEN state = 'running' AND progress > 0 THEN
            ceil(extract(epoch FROM now() - started) * (100 - progress) / progress)::int
        END AS seconds_left,
        stage,
        rfc3339(started) AS started,
        state
    FROM background_jobs
    WHERE id = :id::uuid AND workspace = :workspace
) AS job;

-- name: forget(kept_seconds)!
-- Forget the jobs that ended so long ago.
DELETE FROM background_jobs WHERE finished < now() - make_interval(secs => :kept_seconds);

-- name: forget_oldest(workspace, most)!
-- Of a workspace's jobs that have ended, keep no more than so many.
DELETE FROM background_jobs
WHERE id IN (
    SELECT id
    FROM background_jobs
    WHERE workspace = :workspace AND finished IS NOT NULL
    ORDER BY finished DESC
    OFFSET :most
);
