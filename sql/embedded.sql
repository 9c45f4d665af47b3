-- What the built-in server's files are, asked of a server alone before anybody is connected.

-- name: list_databases()
-- The databases that have tables of their own: a line each with directory and name.
COPY (
    SELECT 'database ' || oid || ' ' || datname FROM pg_database WHERE datallowconn
) TO STDOUT;

-- name: list_relation_files()
-- The numbers of the files that the database's relations name, a line each, and how many these are.
COPY (
    WITH named AS (
        SELECT pg_relation_filenode(oid) AS number
        FROM pg_class
        WHERE pg_relation_filenode(oid) IS NOT NULL
    )
    SELECT 'file ' || number FROM named
    UNION ALL
    SELECT 'count ' || count(*) FROM named
) TO STDOUT;
