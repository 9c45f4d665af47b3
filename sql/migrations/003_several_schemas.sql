-- What must know which schema it is in, now that there are several; and who dropped a dataset.

ALTER TABLE datasets ADD COLUMN cleaned_up TIMESTAMPTZ;
COMMENT ON COLUMN datasets.cleaned_up IS
    'When the clean-up dropped it; null when it is there or somebody else dropped it.';

CREATE OR REPLACE FUNCTION lock_datasets(names TEXT[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    own_keys CONSTANT BIGINT := to_regclass('datasets')::oid::bigint << 8;
BEGIN
    IF 'customers' = ANY(names) THEN PERFORM pg_advisory_xact_lock(own_keys | 1); END IF;
    IF 'products' = ANY(names) THEN PERFORM pg_advisory_xact_lock(own_keys | 2); END IF;
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

-- Whoever changes a table from another schema's search_path counts the changes of this one.
ALTER FUNCTION customers_changed() SET search_path FROM CURRENT;
ALTER FUNCTION products_changed() SET search_path FROM CURRENT;
