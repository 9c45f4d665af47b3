-- The customers: one statement a purpose, in the order of a dataset's life.

-- name: create_new_customers#
-- An empty table beside the one that is read, to be filled and then swapped in.
CREATE TABLE new_customers (
    id SERIAL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    age INT CONSTRAINT age_non_negative CHECK (age >= 0),
    occupation INT CONSTRAINT occupation_known CHECK (occupation BETWEEN 0 AND 9),
    city INT CONSTRAINT city_known CHECK (city BETWEEN 0 AND 14),
    annual_income DECIMAL(12, 2) CONSTRAINT income_non_negative CHECK (annual_income >= 0),
    annual_spending DECIMAL(12, 2) CONSTRAINT spending_non_negative CHECK (annual_spending >= 0),
    loan_balance DECIMAL(12, 2) CONSTRAINT loan_non_negative CHECK (loan_balance >= 0),
    credit_score INT CONSTRAINT credit_score_in_range CHECK (credit_score BETWEEN 0 AND 850),
    cluster INT
);
CREATE TRIGGER customers_changed
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON new_customers
    FOR EACH STATEMENT EXECUTE FUNCTION customers_changed();

-- name: copy_new_customers()!
-- Fill the new table with customers from a stream, numbered from 1.
COPY new_customers (
    first_name, last_name, age, occupation, city,
    annual_income, annual_spending, loan_balance, credit_score
) FROM STDIN (NULL '');

-- name: copy_imported_customers()!
-- Fill the new table with customers who have their ids, from a stream of CSV.
COPY new_customers (
    id, first_name, last_name, age, occupation, city,
    annual_income, annual_spending, loan_balance, credit_score
) FROM STDIN (FORMAT csv, NULL '');

-- name: highest_id()$
-- The highest id, which is about how many customers there are.
SELECT max(id) FROM customers;

-- name: first_id_without_gaps(amount)$
-- The lowest id, if those of so many customers follow it one by one; null if there are gaps.
SELECT CASE WHEN max(id) - min(id) + 1 = :amount THEN min(id) END FROM customers;

-- name: fill_new_customers_by_id(labels, first)!
-- Add to the new table the customers of as many ids as there are labels, each with its own: byte n
-- is the cluster of the customer whose id is n more than the first one's, 255 stands for none.
INSERT INTO new_customers (
    id, first_name, last_name, age, occupation, city,
    annual_income, annual_spending, loan_balance, credit_score, cluster
)
SELECT
    id, first_name, last_name, age, occupation, city,
    annual_income, annual_spending, loan_balance, credit_score,
    nullif(get_byte(:labels, id - :first), 255)
FROM customers
WHERE id BETWEEN :first AND :first + octet_length(:labels) - 1
ORDER BY id;

-- name: fill_new_customers_by_row(labels)!
-- The same where ids have gaps: byte n of the labels is the cluster of the nth customer by id.
INSERT INTO new_customers (
    id, first_name, last_name, age, occupation, city,
    annual_income, annual_spending, loan_balance, credit_score, cluster
)
SELECT
    id, first_name, last_name, age, occupation, city,
    annual_income, annual_spending, loan_balance, credit_score,
    nullif(get_byte(:labels, (row_number() OVER (ORDER BY id) - 1)::int), 255)
FROM customers
ORDER BY id;

-- name: label_in_place(labels, amount)!
-- The same by id without a new table, which is quicker for a few customers; gives how many were
-- labelled, none where ids have gaps or in a table that the service did not make.
UPDATE customers
SET cluster = nullif(get_byte(:labels, id - ids.first), 255)
FROM (SELECT min(id) AS first, max(id) AS last FROM customers) AS ids
WHERE ids.last - ids.first + 1 = :amount
    AND EXISTS (SELECT FROM datasets WHERE made = 'customers'::regclass);

-- name: swap_in_new_customers#
-- Make the new table the one that is read. Its index is made now: at once is faster than row by row.
-- Ids that PostgreSQL gives out go on after the highest one.
ALTER TABLE new_customers ADD PRIMARY KEY (id);
SELECT setval('new_customers_id_seq', max(id)) FROM new_customers;
SELECT lock_alone('customers');
DROP TABLE IF EXISTS customers;
ALTER TABLE new_customers RENAME TO customers;
ALTER INDEX new_customers_pkey RENAME TO customers_pkey;
ALTER SEQUENCE new_customers_id_seq RENAME TO customers_id_seq;
UPDATE datasets SET made = 'customers'::regclass, cleaned_up = NULL WHERE name = 'customers';

-- name: lock_for_reading()$
-- Hold the table as it is, before the snapshot of the reading transaction is taken; gives the
-- version of the data. If it is not there, back_to_before_lock makes the transaction usable again.
SAVEPOINT before_lock;
LOCK TABLE customers IN ACCESS SHARE MODE;
SELECT current_version();

-- name: lock_for_writing#
-- Keep other writers out, one in psql included; readers go on.
LOCK TABLE customers IN SHARE ROW EXCLUSIVE MODE;

-- name: customers_by_id(after, cities, cluster, occupations, size)
-- A page of the customers that follow an id, of one cluster or (null) of all. Hidden unless asked
-- for: the names of the codes, and what is known beyond the documented columns.
SELECT
    age,
    annual_income,
    annual_spending,
    city,
    cluster,
    credit_score,
    id AS customer_id,
    first_name,
    last_name,
    loan_balance,
    occupation,
    (:cities::text[])[city + 1] AS hidden_city,
    (:occupations::text[])[occupation + 1] AS hidden_occupation,
    own_json(numbers, texts) AS hidden_own,
    own_csv(reference, numbers, texts, (SELECT own_shape())) AS hidden_own_csv,
    reference AS hidden_reference
FROM customers
LEFT JOIN own_values USING (id)
WHERE (:after IS NULL OR id > :after) AND (:cluster IS NULL OR cluster = :cluster)
ORDER BY id
LIMIT :size;

-- name: income_and_loan_by_id(after, cluster, size)
-- The same with no more than income and loan.
SELECT
    annual_income,
    id AS customer_id,
    loan_balance
FROM customers
WHERE (:after IS NULL OR id > :after) AND (:cluster IS NULL OR cluster = :cluster)
ORDER BY id
LIMIT :size;

-- name: list_clusters()
-- The numbers of the clusters that have customers, ascending.
SELECT DISTINCT cluster FROM customers WHERE cluster IS NOT NULL ORDER BY cluster;

-- name: count_clusters()$
-- The number of customers in each cluster, as one JSON object.
SELECT '{' || coalesce(string_agg(format('"%%s":%%s', cluster, amount), ',' ORDER BY cluster), '') || '}'
FROM (
    SELECT cluster, count(*) AS amount
    FROM customers
    WHERE cluster IS NOT NULL
    GROUP BY cluster
) AS amounts;

-- name: copy_figures()!
-- Every customer's figures by id, for arithmetic.
COPY (
    SELECT
        age, occupation, city, annual_income, annual_spending, loan_balance, credit_score, cluster
    FROM customers
    ORDER BY id
) TO STDOUT (HEADER, NULL '');

-- name: drop_customers#
-- Drop the customers and what was matched for them; nothing to do when they are already gone.
SELECT lock_alone('customers');
DROP TABLE IF EXISTS customers;
SELECT forget_matches();
