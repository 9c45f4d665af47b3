-- A database role with no more rights than the service needs: schemas of its own, nothing else.
-- An administrator runs this once, in the database that the service is to use:
--     psql --dbname segmentation --file docs/role.sql
-- and then gives the role a password, with psql's \password segmentation.

CREATE ROLE segmentation LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- All that the service makes is in this schema, and so is all that it looks for.
CREATE SCHEMA segmentation AUTHORIZATION segmentation;
ALTER ROLE segmentation SET search_path = segmentation;

-- The schema public, which is open to everybody otherwise, is closed to it.
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- Each workspace has a schema of its own, which the service creates. Without this the service does
-- all the rest, and says that it may not.
DO $$
BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO segmentation', current_database());
END
$$;
