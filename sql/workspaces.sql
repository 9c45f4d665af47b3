-- Which workspaces there are, and which of them a transaction is in.

-- name: find_workspace(name)$
-- The schema of the workspace with this name, null if there is none.
SELECT workspace_schema(number) FROM workspaces WHERE name = :name;

-- name: begin_creating()$
-- Be the only one that creates a workspace until the transaction ends; gives how many there are.
SELECT pg_advisory_xact_lock(2026, 4);
SELECT count(*) FROM workspaces;

-- name: create_workspace(name)$
-- A new workspace with an empty schema, whose name it gives.
INSERT INTO workspaces (name) VALUES (:name) RETURNING create_workspace_schema(number);

-- name: create_empty_workspace()$
-- The schema that is read in the place of a workspace that does not exist; gives its name.
SELECT pg_advisory_xact_lock(2026, 4);
SELECT create_workspace_schema(0);

-- name: use_schema(schema)!
-- Find tables and functions in this schema only, until the transaction ends.
SET LOCAL search_path = :schema;

-- name: enter(schema)!
-- Be in this schema until the transaction ends, and keep it from being dropped. No snapshot is
-- taken yet, so that tables can still be locked before.
SET LOCAL search_path = :schema;
LOCK TABLE datasets IN ACCESS SHARE MODE;

-- name: version_in(schema)$
-- What the data in a schema is at.
SET LOCAL search_path = :schema;
SELECT current_version();

-- name: note_call(name)!
-- Note that somebody calls a workspace now.
UPDATE workspaces SET last_call = now() WHERE name = :name;

-- name: drop_unused_workspace(name)$
-- Drop a workspace that never had a dataset.
SET LOCAL lock_timeout = '100ms';
SELECT drop_unused_workspace(:name);

-- name: drop_idle_workspace(idle_seconds)$
-- Drop one workspace that nobody called for so long: true when one was dropped, false when it was
-- in use after all, null when there is none.
SET LOCAL lock_timeout = '100ms';
SELECT drop_idle_workspace(:idle_seconds);
