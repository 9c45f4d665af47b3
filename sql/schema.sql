-- The tables of the service's own, which the files of migrations/ make. The datasets themselves,
-- customers and products, come into being when they are filled: see customers.sql and products.sql.

-- name: begin_migrating#
-- Be the only one that migrates, in this schema and no other, until the transaction ends; and have a
-- table of what was applied.
SELECT pg_advisory_xact_lock(2026, 1);
SELECT set_config('search_path', quote_ident(current_schema()), true);
CREATE TABLE IF NOT EXISTS applied_migrations (
    number INT PRIMARY KEY,
    applied TIMESTAMPTZ NOT NULL DEFAULT now()
);
COMMENT ON TABLE applied_migrations IS 'The files of sql/migrations that made what is here.';

-- name: list_applied_migrations()
-- The numbers of the migrations that were applied.
SELECT number FROM applied_migrations;

-- name: remember_migration(number)!
-- Remember that a migration was applied.
INSERT INTO applied_migrations (number) VALUES (:number);

-- name: limit_session(statement_milliseconds)$
-- A statement that takes too long ends (0: never), and so does a transaction that a stalled client
-- holds open, with what it locks.
SELECT
    set_config('statement_timeout', :statement_milliseconds::text, false),
    set_config('idle_in_transaction_session_timeout', '2min', false);

-- name: current_version()$
-- What the data is at: as long as it is the same, so is every answer.
SELECT current_version();

-- name: describe(kept_until)$
-- What the service stands on, as a JSON object: the database, whether there are datasets, and when
-- they are dropped next (null: never).
SELECT row_to_json(health)::text
FROM (
    SELECT
        to_regclass('customers') IS NOT NULL AS customers,
        'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1) AS database,
        :kept_until::text AS next_clean_up,
        to_regclass('products') IS NOT NULL AS products
) AS health;

-- name: next_clean_up(interval_seconds)$
-- When the shared workspace's datasets are dropped next; null: never.
SELECT rfc3339(last_run + make_interval(secs => :interval_seconds))
FROM jobs
WHERE name = 'clean_up' AND :interval_seconds > 0;

-- name: time_in(seconds)$
-- The time in so many seconds; null for none.
SELECT rfc3339(now() + make_interval(secs => :seconds)) WHERE :seconds > 0;

-- name: lock_datasets(names)$
-- Wait until no other transaction writes these datasets, and keep others out until the end.
SELECT lock_datasets(:names);

-- name: limit_lock_waits(milliseconds)$
-- For this transaction, which writes: how long a statement waits for another transaction's lock. It
-- may be idle for as long as the service computes, since no client keeps it waiting.
SELECT
    set_config('lock_timeout', :milliseconds::text, true),
    set_config('idle_in_transaction_session_timeout', '0', true);

-- name: lock_both_for_reading()$
-- Hold both datasets as they are, before the snapshot of the reading transaction is taken; gives
-- the version of the data. If one is not there: as lock_for_reading.
SAVEPOINT before_lock;
LOCK TABLE customers, products IN ACCESS SHARE MODE;
SELECT current_version();

-- name: back_to_before_lock#
-- Go on in a transaction whose table could not be locked.
ROLLBACK TO SAVEPOINT before_lock;

-- name: remember_clean_up()!
-- Remember that it is the clean-up that drops the datasets that there are.
UPDATE datasets SET cleaned_up = now() WHERE to_regclass(name) IS NOT NULL;

-- name: forget_clean_up(name)!
-- Somebody else dropped this dataset.
UPDATE datasets SET cleaned_up = NULL WHERE name = :name;

-- name: cleaned_up(name)$
-- When the clean-up dropped a dataset; null if it did not, or if the dataset is there again.
SELECT to_char(cleaned_up AT TIME ZONE 'UTC', 'HH24:MI "UTC on" FMDD FMMonth')
FROM datasets
WHERE name = :name;

-- name: remember_features(features)!
-- Remember what the customers were clustered by.
UPDATE datasets SET features = :features WHERE name = 'customers';

-- name: recall_features()$
-- What the customers were clustered by; null when nobody said.
SELECT features FROM datasets WHERE name = 'customers';

-- name: claim_job(name, interval_seconds)$
-- Claim a job that is due: true for one claimant only, however many ask. The time moves on by
-- whole intervals, so that lateness never adds up.
UPDATE jobs
SET last_run = last_run + make_interval(secs =>
        :interval_seconds * floor(extract(epoch FROM now() - last_run) / :interval_seconds))
WHERE name = (
    SELECT name
    FROM jobs
    WHERE name = :name AND last_run <= now() - make_interval(secs => :interval_seconds)
    FOR UPDATE SKIP LOCKED
)
RETURNING true;
