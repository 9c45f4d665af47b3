-- The models of clusters, current and kept, and what was found out about them.

-- name: store_current(model, origin)!
-- Remember what the clusters of the customers are, and the kept one that they are like, if any.
INSERT INTO models (name, model, customers, origin)
VALUES (NULL, :model, 'customers'::regclass, :origin)
ON CONFLICT (name) DO UPDATE SET
    model = excluded.model,
    customers = excluded.customers,
    origin = excluded.origin;

-- name: select_current()^
-- What the clusters of the customers are, and the kept one that they are like.
SELECT model, origin FROM models WHERE name IS NULL AND customers = to_regclass('customers');

-- name: change_kept(name, model)!
-- Change what a kept model is, but not who was in its clusters.
UPDATE models SET model = :model WHERE name = :name;

-- name: count_kept()$
-- How many models are kept.
SELECT count(*) FROM models WHERE name IS NOT NULL;

-- name: keep(name, model, keys, labels, referenced)!
-- Keep a model by a name, in place of an earlier one of that name.
INSERT INTO models (name, model, keys, labels, referenced)
VALUES (:name, :model, :keys, :labels, :referenced)
ON CONFLICT (name) DO UPDATE SET
    model = excluded.model,
    keys = excluded.keys,
    labels = excluded.labels,
    referenced = excluded.referenced,
    saved_at = now();

-- name: select_kept(name)^
-- The model kept by a name, and who was in which of its clusters.
SELECT model, keys, labels, referenced FROM models WHERE name = :name;

-- name: list_kept()
-- The kept models, the latest first, each with its name and when it was saved.
SELECT name, model, to_char(saved_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
FROM models
WHERE name IS NOT NULL
ORDER BY saved_at DESC, name;

-- name: drop_kept(name)!
-- Forget the model kept by a name; gives how many there were.
DELETE FROM models WHERE name = :name;

-- name: version_of_customers()$
-- What the customers and their clusters are at.
SELECT concat_ws(' ', lineage, version, to_regclass('customers')::oid)
FROM datasets
WHERE name = 'customers';

-- name: claim_report(name)!
-- Be the only one that finds this out, until the transaction ends.
INSERT INTO reports (name) VALUES (:name) ON CONFLICT (name) DO UPDATE SET name = excluded.name;

-- name: select_report(name, version)$
-- What was found out at this version; null if nobody did.
SELECT report FROM reports WHERE name = :name AND version = :version;

-- name: store_report(name, version, report)!
-- Remember what was found out.
UPDATE reports SET version = :version, report = :report WHERE name = :name;

-- name: select_ids()
-- Every customer's id, ascending.
SELECT id FROM customers ORDER BY id;
