-- The products and what matches them to clusters, in the order of a dataset's life.

-- name: create_new_products#
-- An empty table beside the one that is read, to be filled and then swapped in.
CREATE TABLE new_products (
    id SERIAL,
    product_id INT NOT NULL,
    product_name VARCHAR(100) NOT NULL,
    product_type VARCHAR(50) CONSTRAINT product_type_known CHECK (
        product_type IN ('Credit Card', 'Loan', 'Savings Account', 'Investment')
    ),
    eligibility_criteria JSON,
    min_age INT CONSTRAINT min_age_non_negative CHECK (min_age >= 0),
    max_age INT CONSTRAINT max_age_non_negative CHECK (max_age >= 0),
    min_income DECIMAL(12, 2) CONSTRAINT min_income_non_negative CHECK (min_income >= 0),
    max_income DECIMAL(12, 2) CONSTRAINT max_income_non_negative CHECK (max_income >= 0),
    credit_score_required INT CONSTRAINT credit_score_in_range
        CHECK (credit_score_required BETWEEN 0 AND 850),
    interest_rate DECIMAL(5, 2),
    annual_fees DECIMAL(10, 2) CONSTRAINT fees_non_negative CHECK (annual_fees >= 0),
    risk_level VARCHAR(10),
    benefits TEXT,
    term_length INT,
    renewable BOOLEAN,
    reward_points DECIMAL(10, 2),
    product_status VARCHAR(20),
    launch_date DATE,
    cluster INT[],
    score DECIMAL(5, 3),
    channels TEXT[],
    cluster_scores DECIMAL(5, 3)[]
);
CREATE TRIGGER set_eligibility_criteria
    BEFORE INSERT OR UPDATE ON new_products
    FOR EACH ROW EXECUTE FUNCTION set_eligibility_criteria();
CREATE TRIGGER products_changed
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON new_products
    FOR EACH STATEMENT EXECUTE FUNCTION products_changed();

-- name: copy_new_products()!
-- Fill the new table with products from a stream.
COPY new_products (
    product_id, product_name, product_type, min_age, max_age, min_income, max_income,
    credit_score_required, interest_rate, annual_fees, risk_level, benefits, term_length,
    renewable, reward_points, product_status, launch_date, channels
) FROM STDIN (NULL '');

-- name: copy_imported_products()!
-- Fill the new table with products from a stream of CSV.
COPY new_products (
    product_id, product_name, product_type, min_age, max_age, min_income, max_income,
    credit_score_required, interest_rate, annual_fees, risk_level, benefits, term_length,
    renewable, reward_points, product_status, launch_date, channels
) FROM STDIN (FORMAT csv, NULL '');

-- name: swap_in_new_products#
-- Make the new table the one that is read; what was matched before is forgotten with the old one.
ALTER TABLE new_products ADD PRIMARY KEY (id), ADD UNIQUE (product_id);
SELECT forget_matches();
SELECT lock_alone('products');
DROP TABLE IF EXISTS products;
ALTER TABLE new_products RENAME TO products;
ALTER INDEX new_products_pkey RENAME TO products_pkey;
ALTER INDEX new_products_product_id_key RENAME TO products_product_id_key;
ALTER SEQUENCE new_products_id_seq RENAME TO products_id_seq;
UPDATE datasets SET made = 'products'::regclass, cleaned_up = NULL WHERE name = 'products';

-- name: lock_for_reading()$
-- Hold the table as it is, before the snapshot of the reading transaction is taken; gives the
-- version of the data. If it is not there, back_to_before_lock makes the transaction usable again.
SAVEPOINT before_lock;
LOCK TABLE products IN ACCESS SHARE MODE;
SELECT current_version();

-- name: lock_for_writing#
-- Keep other writers out, one in psql included; readers go on.
LOCK TABLE products IN SHARE ROW EXCLUSIVE MODE;

-- name: products_by_id(after, product_id, size)
-- A page of the products that follow a product_id, or (not null) the one with this product_id.
SELECT
    annual_fees,
    benefits,
    channels,
    cluster,
    credit_score_required,
    eligibility_criteria,
    interest_rate,
    launch_date,
    max_age,
    max_income,
    min_age,
    min_income,
    product_id,
    product_name,
    product_status,
    product_type,
    renewable,
    reward_points,
    risk_level,
    score,
    term_length
FROM products
WHERE (:after IS NULL OR product_id > :after)
    AND (:product_id IS NULL OR product_id = :product_id)
ORDER BY product_id
LIMIT :size;

-- name: matches_by_rank(after, cluster, size)
-- A page of the products offered to a cluster that follow a rank, best first. JSON has all clusters
-- of a product, CSV the one that the line is for.
SELECT
    products.annual_fees,
    products.benefits,
    products.channels,
    products.cluster,
    matches.cluster AS csv_cluster,
    products.credit_score_required,
    products.eligibility_criteria,
    matches.eligible_share,
    products.interest_rate,
    products.launch_date,
    products.max_age,
    products.max_income,
    products.min_age,
    products.min_income,
    matches.offered_index,
    matches.offered_share,
    products.product_id,
    products.product_name,
    products.product_status,
    products.product_type,
    matches.rank AS hidden_rank,
    matches.reasons,
    products.renewable,
    products.reward_points,
    products.risk_level,
    matches.score,
    products.term_length
FROM matches
JOIN products USING (product_id)
WHERE matches.cluster = :cluster AND (:after IS NULL OR matches.rank > :after)
ORDER BY matches.rank
LIMIT :size;

-- name: copy_what_is_matched()!
-- What matching needs to know of every product, by product_id.
COPY (
    SELECT
        product_id, product_name, product_type, product_status,
        min_age, max_age, min_income, max_income, credit_score_required,
        interest_rate, annual_fees, risk_level, benefits, term_length, reward_points
    FROM products
    ORDER BY product_id
) TO STDOUT (FORMAT csv, HEADER);

-- name: copy_matches()!
-- Fill in what is offered to each cluster, from a stream.
COPY matches (
    cluster, rank, product_id, score, eligible_share, offered_share, offered_index, reasons
) FROM STDIN (NULL '');

-- name: write_matches_to_products()!
-- Write each product's clusters and scores beside it, from the matches.
UPDATE products
SET cluster = offered.clusters, score = offered.best, cluster_scores = offered.scores
FROM (
    SELECT
        product_id,
        array_agg(cluster ORDER BY cluster) AS clusters,
        array_agg(score ORDER BY cluster) AS scores,
        max(score) AS best
    FROM matches
    GROUP BY product_id
) AS offered
WHERE products.product_id = offered.product_id;

-- name: forget_matches()$
-- Forget what was matched before.
SELECT forget_matches();

-- name: drop_products#
-- Drop the products and what was matched; nothing to do when they are already gone.
SELECT forget_matches();
SELECT lock_alone('products');
DROP TABLE IF EXISTS products;
