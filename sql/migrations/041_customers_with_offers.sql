-- What JSON and CSV have in common of the offers to each customer. There are no customers yet.
-- Each of the three tables is read from the id on: a merge of them would begin with the first row.

SET LOCAL check_function_bodies = off;
CREATE FUNCTION customers_with_offers(after INT, size INT) RETURNS TABLE (
    customer_id INT,
    cluster INT,
    reference TEXT,
    "none" INT,
    products INT[],
    fits INT[],
    needs INT[],
    prices INT[],
    payments INT[]
) STABLE LANGUAGE sql AS $$
    SELECT
        customers.id,
        customers.cluster,
        own_values.reference,
        offers.none,
        ARRAY[product_1, product_2, product_3],
        ARRAY[fit_1, fit_2, fit_3]::int[],
        ARRAY[need_1, need_2, need_3],
        ARRAY[price_1, price_2, price_3],
        ARRAY[payment_1, payment_2, payment_3]
    FROM customers
    JOIN offers ON offers.customer_id = customers.id AND (after IS NULL OR offers.customer_id > after)
    LEFT JOIN own_values ON own_values.id = customers.id AND (after IS NULL OR own_values.id > after)
    WHERE (after IS NULL OR customers.id > after)
        AND EXISTS (SELECT FROM match_reports)
    ORDER BY customers.id
    LIMIT size
$$;
COMMENT ON FUNCTION customers_with_offers IS
    'The customers that follow an id, by id, with what is offered to each, best first; 0 is none.';
