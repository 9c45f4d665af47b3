-- What is offered to each customer, and to each cluster as the sum of its members: see offers.sql.

CREATE TABLE offers (
    customer_id INT PRIMARY KEY,
    none INT NOT NULL,
    product_1 INT NOT NULL,
    fit_1 SMALLINT NOT NULL,
    need_1 INT NOT NULL,
    price_1 INT NOT NULL,
    payment_1 INT NOT NULL,
    product_2 INT NOT NULL,
    fit_2 SMALLINT NOT NULL,
    need_2 INT NOT NULL,
    price_2 INT NOT NULL,
    payment_2 INT NOT NULL,
    product_3 INT NOT NULL,
    fit_3 SMALLINT NOT NULL,
    need_3 INT NOT NULL,
    price_3 INT NOT NULL,
    payment_3 INT NOT NULL
);
COMMENT ON TABLE offers IS
    'Up to three products for each customer, best first; 0 is none. They hold while there are reports.';
COMMENT ON COLUMN offers.none IS 'The sentence that says why there is no offer.';
COMMENT ON COLUMN offers.product_1 IS 'A product_id.';
COMMENT ON COLUMN offers.fit_1 IS 'How well it suits the customer, in thousandths.';
COMMENT ON COLUMN offers.need_1 IS 'The sentence that says what the customer needs it for.';
COMMENT ON COLUMN offers.price_1 IS 'The sentence about its price.';
COMMENT ON COLUMN offers.payment_1 IS 'The sentence about its monthly payment.';

CREATE TABLE offer_sentences (
    id INT PRIMARY KEY,
    sentence TEXT NOT NULL
);
COMMENT ON TABLE offer_sentences IS 'Each reason of an offer once, since a million customers share few.';

CREATE TABLE match_reports (
    cluster INT PRIMARY KEY,
    report JSON NOT NULL
);
COMMENT ON TABLE match_reports IS 'How many customers and products fell at each gate.';

-- Earlier matches were made by other rules.
SELECT forget_matches();
ALTER TABLE matches
    ADD COLUMN offered_share DECIMAL(5, 4) NOT NULL,
    ADD COLUMN offered_index INT NOT NULL;
COMMENT ON COLUMN matches.score IS 'The median fit of the members who are offered it.';
COMMENT ON COLUMN matches.offered_share IS 'The share of the members who are offered it.';
COMMENT ON COLUMN matches.offered_index IS '100 where as many are offered it as of all customers.';

CREATE OR REPLACE FUNCTION forget_matches() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM matches;
    DELETE FROM match_reports;
    DELETE FROM offer_sentences;
    IF to_regclass('products') IS NULL THEN RETURN; END IF;
    BEGIN
        UPDATE products SET cluster = NULL, score = NULL, cluster_scores = NULL
        WHERE cluster IS NOT NULL;
    EXCEPTION WHEN undefined_table THEN NULL;
    END;
END
$$;

CREATE FUNCTION in_control_group(who TEXT, share NUMERIC, seed BIGINT) RETURNS boolean
IMMUTABLE LANGUAGE sql AS $$
SELECT ('x' || encode(substr(sha256(convert_to(seed || ':' || who, 'UTF8')), 1, 4), 'hex'))
    ::bit(32)::bigint < share * 4294967296
$$;
COMMENT ON FUNCTION in_control_group IS
    'Whether a campaign leaves a customer out, to be measured; the same seed always says the same.';
