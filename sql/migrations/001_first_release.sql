-- What the first release made, in a database that it may have made it in.

CREATE TABLE IF NOT EXISTS datasets (
    name TEXT PRIMARY KEY,
    lineage UUID NOT NULL DEFAULT gen_random_uuid(),
    version BIGINT NOT NULL DEFAULT 0,
    made OID,
    features TEXT[]
);
COMMENT ON TABLE datasets IS 'What the service remembers of each dataset.';
COMMENT ON COLUMN datasets.lineage IS 'Tells this version from the same one of another database.';
COMMENT ON COLUMN datasets.version IS 'Counts the changes, whoever makes them.';
COMMENT ON COLUMN datasets.made IS 'The table whose changes are counted.';
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
    IF to_regclass('products') IS NULL THEN RETURN; END IF;
    BEGIN
        UPDATE products SET cluster = NULL, score = NULL, cluster_scores = NULL
        WHERE cluster IS NOT NULL;
    EXCEPTION WHEN undefined_table THEN NULL;
    END;
END
$$;
COMMENT ON FUNCTION forget_matches IS 'Matches belong to the customers they were made for.';

CREATE OR REPLACE FUNCTION lock_alone(dataset TEXT) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    patience CONSTANT TEXT := current_setting('lock_timeout');
    deadline CONSTANT TIMESTAMPTZ := clock_timestamp() + patience::interval;
BEGIN
    SET LOCAL lock_timeout = '100ms';
    LOOP
        BEGIN
            IF dataset = 'customers' THEN
                LOCK TABLE customers IN ACCESS EXCLUSIVE MODE;
            ELSE
                LOCK TABLE products IN ACCESS EXCLUSIVE MODE;
            END IF;
            EXIT;
        EXCEPTION
            WHEN undefined_table THEN EXIT;
            WHEN lock_not_available THEN
                IF clock_timestamp() > deadline THEN RAISE; END IF;
        END;
        PERFORM pg_sleep(0.1);
    END LOOP;
    PERFORM set_config('lock_timeout', patience, true);
END
$$;
COMMENT ON FUNCTION lock_alone IS
    'Wait for a dataset''s readers in short attempts: those who come meanwhile do not queue behind.';

CREATE OR REPLACE FUNCTION lock_datasets(names TEXT[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF 'customers' = ANY(names) THEN PERFORM pg_advisory_xact_lock(2026, 2); END IF;
    IF 'products' = ANY(names) THEN PERFORM pg_advisory_xact_lock(2026, 3); END IF;
    BEGIN
        IF 'customers' = ANY(names) THEN LOCK TABLE customers IN SHARE ROW EXCLUSIVE MODE; END IF;
    EXCEPTION WHEN undefined_table THEN NULL;
    END;
    BEGIN
        IF 'products' = ANY(names) THEN LOCK TABLE products IN SHARE ROW EXCLUSIVE MODE; END IF;
    EXCEPTION WHEN undefined_table THEN NULL;
    END;
END
$$;
COMMENT ON FUNCTION lock_datasets IS
    'Keep out other writers of the service, by a number each dataset has, and those in psql.';

CREATE OR REPLACE FUNCTION current_version() RETURNS text STABLE LANGUAGE plpgsql AS $$
BEGIN
    RETURN (
        SELECT CASE
            WHEN bool_and(to_regclass(name) IS NULL OR to_regclass(name)::oid = made) THEN
                left(encode(sha256(string_agg(
                    concat_ws(' ', lineage, version, to_regclass(name)::oid), ',' ORDER BY name
                )::bytea), 'hex'), 32)
        END
        FROM datasets
    );
END
$$;
COMMENT ON FUNCTION current_version IS
    'Null while a dataset is a table that the service did not make: nobody counts its changes.';

CREATE OR REPLACE FUNCTION customers_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE datasets SET version = version + 1 WHERE name = 'customers';
    PERFORM forget_matches();
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION products_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE datasets SET version = version + 1 WHERE name = 'products';
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER matches_changed
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON matches
    FOR EACH STATEMENT EXECUTE FUNCTION products_changed();

CREATE OR REPLACE FUNCTION csv_text(cell TEXT) RETURNS text IMMUTABLE LANGUAGE sql AS $$
SELECT '"' || replace(
    CASE WHEN cell ~ '^''*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]' THEN '''' || cell ELSE cell END,
    '"', '""'
) || '"'
$$;
COMMENT ON FUNCTION csv_text IS
    'A quoted cell; an apostrophe keeps spreadsheets from running it as a formula (FF1D is a wide =).';

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
