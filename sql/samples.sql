-- What a page needs to show any number of customers: samples to draw, and where pages begin.

-- name: sample_of_income_and_loan(size)$
-- Income and loan balance of at most so many customers who have a cluster, as a JSON object of lists
-- by cluster. The same customers give the same sample: those whose ids have the lowest hashes.
SELECT '{' || coalesce(string_agg(format('"%%s":[%%s]', cluster, members), ',' ORDER BY cluster), '') || '}'
FROM (
    SELECT cluster, string_agg(point, ',' ORDER BY id) AS members
    FROM (
        SELECT cluster, id, (SELECT row_to_json(point)::text FROM (
            SELECT
                annual_income::text AS annual_income,
                id AS customer_id,
                loan_balance::text AS loan_balance
        ) AS point) AS point
        FROM customers
        WHERE cluster IS NOT NULL
        ORDER BY hashint4(id), id
        LIMIT :size
    ) AS sample
    GROUP BY cluster
) AS clusters;

-- name: sample_of_points(x, x_position, y, y_position, size)$
-- The same with any two columns of numbers as x and y: documented ones by name, own ones by their
-- position among the own numbers. Customers who lack one of the two are left out.
WITH points AS (
    SELECT
        cluster,
        id AS customer_id,
        CASE :x
            WHEN 'age' THEN age
            WHEN 'annual_income' THEN annual_income
            WHEN 'annual_spending' THEN annual_spending
            WHEN 'credit_score' THEN credit_score
            WHEN 'loan_balance' THEN loan_balance
            ELSE numbers[:x_position::int]
        END AS x,
        CASE :y
            WHEN 'age' THEN age
            WHEN 'annual_income' THEN annual_income
            WHEN 'annual_spending' THEN annual_spending
            WHEN 'credit_score' THEN credit_score
            WHEN 'loan_balance' THEN loan_balance
            ELSE numbers[:y_position::int]
        END AS y
    FROM customers
    LEFT JOIN own_values USING (id)
    WHERE cluster IS NOT NULL
),
sample AS (
    SELECT cluster, customer_id, x, y
    FROM points
    WHERE x IS NOT NULL AND y IS NOT NULL
    ORDER BY hashint4(customer_id), customer_id
    LIMIT :size
)
SELECT '{' || coalesce(string_agg(format('"%%s":[%%s]', cluster, members), ',' ORDER BY cluster), '') || '}'
FROM (
    SELECT
        cluster,
        string_agg(
            format('{"customer_id":%%s,"x":%%s,"y":%%s}', customer_id, x, y), ',' ORDER BY customer_id
        ) AS members
    FROM sample
    GROUP BY cluster
) AS clusters;

-- name: pages_of_customers(size, cluster)$
-- How many customers there are, of one cluster or (null) of all, and after which id each page of so
-- many begins, as a JSON object.
SELECT format('{"after":[%%s],"customers":%%s}', string_agg(after::text, ',' ORDER BY after), coalesce(max(last), 0))
FROM (
    SELECT
        lag(id, 1, 0) OVER by_id AS after,
        row_number() OVER by_id AS row,
        count(*) OVER () AS last
    FROM customers
    WHERE :cluster::int IS NULL OR cluster = :cluster
    WINDOW by_id AS (ORDER BY id)
) AS numbered
WHERE (row - 1) %% :size = 0;
