-- What clusters are, apart from who is in them: see clustering.sql.

CREATE TABLE models (
    name TEXT UNIQUE NULLS NOT DISTINCT,
    model JSON NOT NULL,
    customers OID,
    origin TEXT,
    keys BYTEA,
    labels BYTEA,
    referenced BOOLEAN,
    saved_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
COMMENT ON TABLE models IS 'Scaling, centres and names of clusters: the current ones, and those kept.';
COMMENT ON COLUMN models.name IS 'The name it is kept by; null for the current one.';
COMMENT ON COLUMN models.customers IS 'The table of customers that the current one describes.';
COMMENT ON COLUMN models.origin IS 'The name of the kept one that the current one has its numbers from.';
COMMENT ON COLUMN models.keys IS 'Of a kept one: who the customers were, compressed.';
COMMENT ON COLUMN models.labels IS 'Of a kept one: a byte for the cluster of each, 255 for none, compressed.';
COMMENT ON COLUMN models.referenced IS 'Of a kept one: whether the keys are references rather than ids.';

CREATE TABLE reports (
    name TEXT PRIMARY KEY,
    version TEXT,
    report TEXT
);
COMMENT ON TABLE reports IS 'What takes long to find out about the clusters, at one version of them.';

CREATE FUNCTION models_changed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE datasets SET version = version + 1 WHERE name = 'customers';
    RETURN NULL;
END
$$;

CREATE TRIGGER models_changed
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON models
    FOR EACH STATEMENT EXECUTE FUNCTION models_changed();
