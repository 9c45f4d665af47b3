-- The tables of the service's own. The datasets themselves, customers and products, come into
-- being when they are filled: see customers.sql and products.sql.

-- name: create_service_tables#
-- Create what is not there yet; one process at a time, since CREATE IF NOT EXISTS can collide.
SELECT pg_advisory_xact_lock(2026, 1);

CREATE TABLE IF NOT EXISTS datasets (
    name TEXT PRIMARY KEY,
    features TEXT[]
);
COMMENT ON TABLE datasets IS 'One row a dataset: who writes it holds its row.';
COMMENT ON COLUMN datasets.features IS 'What the customers were clustered by.';
INSERT INTO datasets (name) VALUES ('customers'), ('products') ON CONFLICT DO NOTHING;

CREATE TABLE IF NOT EXISTS jobs (
    name TEXT PRIMARY KEY,
    last_run TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE jobs IS 'When each scheduled job last ran, in whichever process.';
INSERT INTO jobs (name, last_run) VALUES ('clean_up', now()) ON CONFLICT DO NOTHING;

CREATE TABLE IF NOT EXISTS matches (
    cluster INT,
    rank INT,
    product_id INT NOT NULL,
    score DECIMAL(5, 3) NOT NULL,
    eligible_share DECIMAL(5, 4) NOT NULL,
    reasons TEXT[] NOT NULL,
    PRIMARY KEY (cluster, rank)
);
COMMENT ON TABLE matches IS 'What is offered to each cluster, best first, and why.';

CREATE OR REPLACE FUNCTION forget_matches() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM matches;
    IF to_regclass('products') IS NOT NULL THEN
        UPDATE products SET cluster = NULL, score = NULL, cluster_scores = NULL
        WHERE cluster IS NOT NULL;
    END IF;
END
$$;
COMMENT ON FUNCTION forget_matches IS 'Matches belong to the customers they were made for.';

CREATE OR REPLACE FUNCTION set_eligibility_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT row_to_json(criteria) INTO NEW.eligibility_criteria
    FROM (
        SELECT
            NEW.credit_score_required AS credit_score_required,
            NEW.max_age AS max_age,
            NEW.max_income AS max_income,
            NEW.min_age AS min_age,
            NEW.min_income AS min_income
    ) AS criteria;
    RETURN NEW;
END
$$;

-- name: lock_datasets(names)
-- Wait until no other transaction writes these datasets, and keep others out until the end.
SELECT name FROM datasets WHERE name = ANY(:names) ORDER BY name FOR UPDATE;

-- name: limit_lock_waits(milliseconds)$
-- For this transaction: how long a statement waits for another transaction's lock.
SELECT set_config('lock_timeout', :milliseconds::text, true);

-- name: lock_both_for_reading#
-- Hold both datasets as they are, before the snapshot of the reading transaction is taken.
LOCK TABLE customers, products IN ACCESS SHARE MODE;

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
