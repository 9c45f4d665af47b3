-- The workspaces beside the shared one, each of which is a schema of its own.

CREATE TABLE workspaces (
    number INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created TIMESTAMPTZ NOT NULL DEFAULT now(),
    last_call TIMESTAMPTZ NOT NULL DEFAULT now()
);
COMMENT ON TABLE workspaces IS 'Each has a schema: see workspace_schema.';
COMMENT ON COLUMN workspaces.last_call IS 'To the minute: see db/workspaces.py.';

CREATE FUNCTION workspace_schema(number INT) RETURNS text STABLE LANGUAGE sql AS $$
SELECT left(current_schema(), 40) || '_workspace_' || number
$$;
COMMENT ON FUNCTION workspace_schema IS
    'The schema''s name: the number makes it, never the name that a client chose.';

CREATE FUNCTION create_workspace_schema(number INT) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    schema CONSTANT TEXT := workspace_schema(number);
BEGIN
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', schema);
    RETURN schema;
END
$$;

CREATE FUNCTION drop_workspace(number INT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM workspaces WHERE workspaces.number = drop_workspace.number;
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', workspace_schema(number));
END
$$;

CREATE FUNCTION drop_idle_workspace(idle_seconds FLOAT) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    idle INT;
BEGIN
    SELECT number INTO idle
    FROM workspaces
    WHERE last_call < now() - make_interval(secs => idle_seconds) AND NOT EXISTS (
        SELECT FROM background_jobs WHERE workspace = name AND finished IS NULL
    )
    ORDER BY last_call
    LIMIT 1
    FOR UPDATE SKIP LOCKED;
    IF idle IS NULL THEN RETURN NULL; END IF;
    DELETE FROM background_jobs WHERE workspace = (SELECT name FROM workspaces WHERE number = idle);
    PERFORM drop_workspace(idle);
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    UPDATE workspaces SET last_call = now() WHERE number = idle;
    RETURN false;
END
$$;
COMMENT ON FUNCTION drop_idle_workspace IS
    'True when one was dropped, false when it was in use after all, null when there is none.';

CREATE FUNCTION drop_unused_workspace(named TEXT) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    unused INT;
    datasets TEXT;
    written BOOLEAN;
BEGIN
    SELECT number INTO STRICT unused FROM workspaces WHERE name = named FOR UPDATE;
    datasets := format('%I.datasets', workspace_schema(unused));
    EXECUTE format('LOCK TABLE %s', datasets);
    EXECUTE format('SELECT bool_or(made IS NOT NULL) FROM %s', datasets) INTO written;
    IF NOT written THEN PERFORM drop_workspace(unused); END IF;
EXCEPTION WHEN no_data_found OR lock_not_available THEN NULL;
END
$$;
COMMENT ON FUNCTION drop_unused_workspace IS
    'Drop a workspace that never had a dataset, unless somebody is just about to write one.';

CREATE FUNCTION rfc3339(moment TIMESTAMPTZ) RETURNS text STABLE LANGUAGE sql AS $$
SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
$$;
