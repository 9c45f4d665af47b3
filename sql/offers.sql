-- What is offered to each customer, and why. The offers themselves stay until others replace them, but
-- hold only as long as there are match reports, which go with the matches.

-- name: create_new_offers#
-- An empty table beside the one that is read, to be filled and then swapped in.
CREATE TABLE new_offers (LIKE offers INCLUDING COMMENTS);

-- name: copy_new_offers()!
-- Fill the new table from a stream.
COPY new_offers (
    customer_id, none,
    product_1, fit_1, need_1, price_1, payment_1,
    product_2, fit_2, need_2, price_2, payment_2,
    product_3, fit_3, need_3, price_3, payment_3
) FROM STDIN (FORMAT binary);

-- name: swap_in_new_offers#
-- Make the new table the one that is read; whoever reads it holds the customers.
ALTER TABLE new_offers ADD PRIMARY KEY (customer_id);
SELECT lock_alone('customers');
DROP TABLE offers;
ALTER TABLE new_offers RENAME TO offers;
ALTER INDEX new_offers_pkey RENAME TO offers_pkey;

-- name: forget_offers#
-- Forget the offers, with the customers whom they were for; nobody reads either of them now.
TRUNCATE offers;

-- name: copy_offer_sentences()!
-- Fill in the sentences of the offers' reasons, from a stream.
COPY offer_sentences (id, sentence) FROM STDIN (NULL '');

-- name: copy_match_reports()!
-- Fill in what fell at the gates, by cluster, from a stream.
COPY match_reports (cluster, report) FROM STDIN (NULL '');

-- name: match_report()$
-- What fell at the gates, by cluster, as one JSON object.
SELECT '{' || coalesce(string_agg(format('"%%s":%%s', cluster, report), ',' ORDER BY cluster), '') || '}'
FROM match_reports;

-- name: copy_customer_ids()!
-- Every customer's id, in order.
COPY (SELECT id FROM customers ORDER BY id) TO STDOUT (HEADER, NULL '');

-- name: page_of_offers(after, size, control, seed)^
-- The offers of the customers that follow an id, as JSON objects with commas between them; and the
-- id to go on after, null behind the last page. `control` is the share of the control group, or null.
SELECT
    string_agg(row_to_json(customer)::text, ',' ORDER BY customer_id),
    CASE WHEN count(*) = :size THEN max(customer_id) END
FROM (
    SELECT
        cluster,
        in_control_group(coalesce(reference, customer_id::text), :control, :seed) AS control,
        customer_id,
        (
            SELECT concat('[', string_agg(row_to_json(offer)::text, ',' ORDER BY rank), ']')::json
            FROM unnest(products, fits, needs, prices, payments) WITH ORDINALITY
                AS offered (product_id, fit, need, price, payment, rank)
            CROSS JOIN LATERAL (
                SELECT
                    (fit / 1000.0)::decimal(4, 3)::text AS fit,
                    product_id,
                    product_name,
                    product_type,
                    (
                        SELECT array_agg(sentence ORDER BY position)
                        FROM unnest(ARRAY[need, price, payment]) WITH ORDINALITY AS said (id, position)
                        JOIN offer_sentences USING (id)
                    ) AS reasons
                FROM products
                WHERE products.product_id = offered.product_id
                LIMIT 1
            ) AS offer
        ) AS offers,
        (SELECT sentence FROM offer_sentences WHERE id = none) AS reason,
        reference
    FROM customers_with_offers(:after, :size)
) AS customer;

-- name: csv_header()$
-- The first line of the offers as CSV: a line a customer, with up to three products.
SELECT E'cluster,control,customer_id,'
    'best_product_id,best_product,best_fit,best_reasons,'
    'second_product_id,second_product,second_fit,second_reasons,'
    'third_product_id,third_product,third_fit,third_reasons,'
    'no_offer_reason,reference\r\n';

-- name: page_of_offers_csv(after, size, control, seed)^
-- The same page as lines of CSV, in the order of csv_header.
SELECT
    string_agg(line, '' ORDER BY customer_id),
    CASE WHEN count(*) = :size THEN max(customer_id) END
FROM (
    SELECT customer_id, concat(
        cluster, ',',
        in_control_group(coalesce(reference, customer_id::text), :control, :seed)::text, ',',
        customer_id, ',',
        (
            SELECT string_agg(
                concat(
                    nullif(product_id, 0), ',',
                    csv_text((
                        SELECT product_name FROM products
                        WHERE products.product_id = offered.product_id
                    )), ',',
                    (nullif(fit, 0) / 1000.0)::decimal(4, 3), ',',
                    csv_text((
                        SELECT string_agg(sentence, '; ' ORDER BY position)
                        FROM unnest(ARRAY[need, price, payment]) WITH ORDINALITY AS said (id, position)
                        JOIN offer_sentences USING (id)
                    )), ','
                ), '' ORDER BY rank
            )
            FROM unnest(products, fits, needs, prices, payments) WITH ORDINALITY
                AS offered (product_id, fit, need, price, payment, rank)
        ),
        csv_text((SELECT sentence FROM offer_sentences WHERE id = none)), ',',
        csv_text(reference), E'\r\n'
    ) AS line
    FROM customers_with_offers(:after, :size)
) AS line;
