-- What the first release made: its tables and functions, 30 customers in clusters, 12 products
-- matched to them; as pg_dump wrote it.

CREATE FUNCTION public.csv_text(cell text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
SELECT '"' || replace(
    CASE WHEN cell ~ '^''*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]' THEN '''' || cell ELSE cell END,
    '"', '""'
) || '"'
$$;

COMMENT ON FUNCTION public.csv_text(cell text) IS 'A quoted cell; an apostrophe keeps spreadsheets from running it as a formula (FF1D is a wide =).';

CREATE FUNCTION public.current_version() RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
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

COMMENT ON FUNCTION public.current_version() IS 'Null while a dataset is a table that the service did not make: nobody counts its changes.';

CREATE FUNCTION public.customers_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE datasets SET version = version + 1 WHERE name = 'customers';
    PERFORM forget_matches();
    RETURN NULL;
END
$$;

CREATE FUNCTION public.forget_matches() RETURNS void
    LANGUAGE plpgsql
    AS $$
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

COMMENT ON FUNCTION public.forget_matches() IS 'Matches belong to the customers they were made for.';

CREATE FUNCTION public.lock_alone(dataset text) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

COMMENT ON FUNCTION public.lock_alone(dataset text) IS 'Wait for a dataset''s readers in short attempts: those who come meanwhile do not queue behind.';

CREATE FUNCTION public.lock_datasets(names text[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

COMMENT ON FUNCTION public.lock_datasets(names text[]) IS 'Keep out other writers of the service, by a number each dataset has, and those in psql.';

CREATE FUNCTION public.products_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE datasets SET version = version + 1 WHERE name = 'products';
    RETURN NULL;
END
$$;

CREATE FUNCTION public.set_eligibility_criteria() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE TABLE public.customers (
    id integer CONSTRAINT new_customers_id_not_null NOT NULL,
    first_name text CONSTRAINT new_customers_first_name_not_null NOT NULL,
    last_name text CONSTRAINT new_customers_last_name_not_null NOT NULL,
    age integer,
    occupation integer,
    city integer,
    annual_income numeric(12,2),
    annual_spending numeric(12,2),
    loan_balance numeric(12,2),
    credit_score integer,
    cluster integer,
    CONSTRAINT age_non_negative CHECK ((age >= 0)),
    CONSTRAINT city_known CHECK (((city >= 0) AND (city <= 14))),
    CONSTRAINT credit_score_in_range CHECK (((credit_score >= 0) AND (credit_score <= 850))),
    CONSTRAINT income_non_negative CHECK ((annual_income >= (0)::numeric)),
    CONSTRAINT loan_non_negative CHECK ((loan_balance >= (0)::numeric)),
    CONSTRAINT occupation_known CHECK (((occupation >= 0) AND (occupation <= 9))),
    CONSTRAINT spending_non_negative CHECK ((annual_spending >= (0)::numeric))
);

CREATE SEQUENCE public.customers_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.customers_id_seq OWNED BY public.customers.id;

CREATE TABLE public.datasets (
    name text NOT NULL,
    lineage uuid DEFAULT gen_random_uuid() NOT NULL,
    version bigint DEFAULT 0 NOT NULL,
    made oid,
    features text[]
);

COMMENT ON TABLE public.datasets IS 'What the service remembers of each dataset.';

COMMENT ON COLUMN public.datasets.lineage IS 'Tells this version from the same one of another database.';

COMMENT ON COLUMN public.datasets.version IS 'Counts the changes, whoever makes them.';

COMMENT ON COLUMN public.datasets.made IS 'The table whose changes are counted.';

COMMENT ON COLUMN public.datasets.features IS 'What the customers were clustered by.';

CREATE TABLE public.jobs (
    name text NOT NULL,
    last_run timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.jobs IS 'When each scheduled job last ran, in whichever process.';

CREATE TABLE public.matches (
    cluster integer NOT NULL,
    rank integer NOT NULL,
    product_id integer NOT NULL,
    score numeric(5,3) NOT NULL,
    eligible_share numeric(5,4) NOT NULL,
    reasons text[] NOT NULL
);

COMMENT ON TABLE public.matches IS 'What is offered to each cluster, best first, and why.';

CREATE TABLE public.products (
    id integer CONSTRAINT new_products_id_not_null NOT NULL,
    product_id integer CONSTRAINT new_products_product_id_not_null NOT NULL,
    product_name character varying(100) CONSTRAINT new_products_product_name_not_null NOT NULL,
    product_type character varying(50),
    eligibility_criteria json,
    min_age integer,
    max_age integer,
    min_income numeric(12,2),
    max_income numeric(12,2),
    credit_score_required integer,
    interest_rate numeric(5,2),
    annual_fees numeric(10,2),
    risk_level character varying(10),
    benefits text,
    term_length integer,
    renewable boolean,
    reward_points numeric(10,2),
    product_status character varying(20),
    launch_date date,
    cluster integer[],
    score numeric(5,3),
    channels text[],
    cluster_scores numeric(5,3)[],
    CONSTRAINT credit_score_in_range CHECK (((credit_score_required >= 0) AND (credit_score_required <= 850))),
    CONSTRAINT fees_non_negative CHECK ((annual_fees >= (0)::numeric)),
    CONSTRAINT max_age_non_negative CHECK ((max_age >= 0)),
    CONSTRAINT max_income_non_negative CHECK ((max_income >= (0)::numeric)),
    CONSTRAINT min_age_non_negative CHECK ((min_age >= 0)),
    CONSTRAINT min_income_non_negative CHECK ((min_income >= (0)::numeric)),
    CONSTRAINT product_type_known CHECK (((product_type)::text = ANY ((ARRAY['Credit Card'::character varying, 'Loan'::character varying, 'Savings Account'::character varying, 'Investment'::character varying])::text[])))
);

CREATE SEQUENCE public.products_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.products_id_seq OWNED BY public.products.id;

ALTER TABLE ONLY public.customers ALTER COLUMN id SET DEFAULT nextval('public.customers_id_seq'::regclass);

ALTER TABLE ONLY public.products ALTER COLUMN id SET DEFAULT nextval('public.products_id_seq'::regclass);

INSERT INTO public.customers VALUES
	(1, 'Rebecca', 'Spencer', 35, 8, 4, 27429.99, 20420.33, 81140.17, 642, 1),
	(2, 'Adrian', 'Jones', 50, 9, 9, 28902.07, 18214.17, 55581.76, 678, 2),
	(3, 'Linda', 'Dawson', 26, 2, 11, 20980.37, 20299.92, 0.00, 599, 1),
	(4, 'Terence', 'Cooper', 23, 0, 9, 14493.37, 14519.97, 0.00, 545, 1),
	(5, 'Kenneth', 'Scott', 22, 5, 9, 8675.76, 7476.92, 0.00, 454, 1),
	(6, 'Ross', 'Stevenson', 79, 4, 9, 17568.03, 15028.09, 0.00, 757, 0),
	(7, 'Ryan', 'Hodgson', 36, 8, 14, 33576.90, 25778.65, 120061.09, 676, 2),
	(8, 'Charlotte', 'Bradley', 32, 1, 1, 51250.17, 35490.52, 3861.62, 670, 2),
	(9, 'Mandy', 'Hall', 81, 4, 2, 21541.38, 15617.02, 0.00, 715, 0),
	(10, 'June', 'Robertson', 52, 1, 9, 43287.18, 29366.04, 102887.67, 658, 2),
	(11, 'Peter', 'Hussain', 82, 4, 9, 23455.31, 18222.37, 0.00, 710, 0),
	(12, 'Zoe', 'May', 71, 4, 9, 15418.47, 12719.57, 441.51, 671, 0),
	(13, 'Alan', 'Hunt', 67, 4, 9, 18881.59, 13835.85, 0.00, 692, 0),
	(14, 'Joanne', 'Willis', 51, 1, 13, 50708.49, 40227.57, 101065.47, 672, 2),
	(15, 'Olivia', 'White', 21, 0, 9, 9866.81, 8456.06, 0.00, 620, 1),
	(16, 'Thomas', 'Ellis', 47, 1, 9, 40017.96, 29910.33, 97774.04, 641, 2),
	(17, 'Kimberley', 'Brennan', 51, 1, 9, 41386.76, 31135.16, 0.00, 737, 2),
	(18, 'Nicola', 'Storey', 38, 1, 9, 73516.66, 60321.49, 251935.56, 696, 2),
	(19, 'Gerard', 'Freeman', 22, 1, 5, 21633.09, 16483.80, 1067.68, 576, 1),
	(20, 'Luke', 'Alexander', 26, 1, 9, 37808.26, 36709.97, 5091.10, 671, 2),
	(21, 'Adrian', 'Dodd', 50, 1, 9, 37173.83, 27504.67, 78824.87, 678, 2),
	(22, 'Dawn', 'Simpson', 25, 0, 9, 31202.35, 23408.54, 1147.85, 577, 1),
	(23, 'Howard', 'Thompson', 35, 3, 8, 33066.41, 22640.29, 103756.53, 600, 2),
	(24, 'Kenneth', 'Flynn', 42, 1, 6, 28737.18, 24004.82, 99808.54, 601, 2),
	(25, 'Terry', 'Thomas', 53, 9, 9, 111878.72, 66933.20, 0.00, 711, 2),
	(26, 'Tracey', 'Green', 58, 2, 1, 43602.64, 25495.24, 0.00, 694, 2),
	(27, 'Rosie', 'Kelly', 44, 8, 1, 81202.28, 43785.70, 0.00, 690, 2),
	(28, 'Debra', 'Chambers', 59, 4, 9, 18313.45, 13445.44, 0.00, 693, 0),
	(29, 'Jack', 'Wood', 26, 1, 8, 21299.03, 15861.21, 0.00, 548, 1),
	(30, 'Mary', 'Taylor', 54, 1, 3, 48194.61, 38817.30, 71757.72, 676, 2);

INSERT INTO public.datasets VALUES
	('customers', 'f4ace580-ac3d-438c-894d-7bcfa0d9035f', 2, 16428, '{age,annual_income}'),
	('products', 'b4570e1c-a62a-4354-84e7-f6ade3ca779d', 9, 16448, NULL);

INSERT INTO public.jobs VALUES
	('clean_up', '2026-11-25 15:16:48.253544+00');

INSERT INTO public.matches VALUES
	(0, 1, 4263, 0.797, 1.0000, '{"100 % of this cluster meet its criteria","they keep 23 % of their income, all customers 27 %","they are 73 years old on average, all customers 45"}'),
	(0, 2, 2041, 0.786, 1.0000, '{"100 % of this cluster meet its criteria","they keep 23 % of their income, all customers 27 %","they owe 0.0 times their annual income, all customers 1.1 times"}'),
	(0, 3, 7985, 0.786, 1.0000, '{"100 % of this cluster meet its criteria","they keep 23 % of their income, all customers 27 %","they owe 0.0 times their annual income, all customers 1.1 times"}'),
	(0, 4, 9253, 0.786, 1.0000, '{"100 % of this cluster meet its criteria","they keep 23 % of their income, all customers 27 %","they owe 0.0 times their annual income, all customers 1.1 times"}'),
	(0, 5, 3633, 0.537, 0.6667, '{"67 % of this cluster meet its criteria","they spend 77 % of their income, all customers 73 %","they are 73 years old on average, all customers 45"}'),
	(0, 6, 4845, 0.324, 0.5000, '{"50 % of this cluster meet its criteria","they owe 0.0 times their annual income, all customers 1.1 times","they are 73 years old on average, all customers 45"}'),
	(1, 1, 6514, 0.850, 1.0000, '{"100 % of this cluster meet its criteria","they spend 82 % of their income, all customers 73 %","they are 25 years old on average, all customers 45"}'),
	(1, 2, 4845, 0.774, 1.0000, '{"100 % of this cluster meet its criteria","they owe 0.5 times their annual income, all customers 1.1 times","they are 25 years old on average, all customers 45"}'),
	(1, 3, 7985, 0.737, 1.0000, '{"100 % of this cluster meet its criteria","they keep 18 % of their income, all customers 27 %","they owe 0.5 times their annual income, all customers 1.1 times"}'),
	(1, 4, 9253, 0.737, 1.0000, '{"100 % of this cluster meet its criteria","they keep 18 % of their income, all customers 27 %","they owe 0.5 times their annual income, all customers 1.1 times"}'),
	(1, 5, 3633, 0.725, 0.7500, '{"75 % of this cluster meet its criteria","they spend 82 % of their income, all customers 73 %","they are 25 years old on average, all customers 45"}'),
	(1, 6, 4817, 0.525, 0.7500, '{"75 % of this cluster meet its criteria","they keep 18 % of their income, all customers 27 %","they are 25 years old on average, all customers 45"}'),
	(2, 1, 4845, 0.772, 1.0000, '{"100 % of this cluster meet its criteria","they owe 1.4 times their annual income, all customers 1.1 times","they are 45 years old on average, all customers 45"}'),
	(2, 2, 1356, 0.762, 1.0000, '{"100 % of this cluster meet its criteria","they keep 29 % of their income, all customers 27 %","they are 45 years old on average, all customers 45"}'),
	(2, 3, 7985, 0.747, 1.0000, '{"100 % of this cluster meet its criteria","they keep 29 % of their income, all customers 27 %","they owe 1.4 times their annual income, all customers 1.1 times"}'),
	(2, 4, 9253, 0.747, 1.0000, '{"100 % of this cluster meet its criteria","they keep 29 % of their income, all customers 27 %","they owe 1.4 times their annual income, all customers 1.1 times"}'),
	(2, 5, 3633, 0.738, 1.0000, '{"100 % of this cluster meet its criteria","they spend 71 % of their income, all customers 73 %","they are 45 years old on average, all customers 45"}'),
	(2, 6, 5097, 0.738, 1.0000, '{"100 % of this cluster meet its criteria","they spend 71 % of their income, all customers 73 %","they are 45 years old on average, all customers 45"}'),
	(2, 7, 6514, 0.738, 1.0000, '{"100 % of this cluster meet its criteria","they spend 71 % of their income, all customers 73 %","they are 45 years old on average, all customers 45"}'),
	(2, 8, 6606, 0.709, 0.8750, '{"88 % of this cluster meet its criteria","they owe 1.4 times their annual income, all customers 1.1 times","they are 45 years old on average, all customers 45"}'),
	(2, 9, 4817, 0.575, 0.6250, '{"62 % of this cluster meet its criteria","they keep 29 % of their income, all customers 27 %","they are 45 years old on average, all customers 45"}');

INSERT INTO public.products VALUES
	(12, 7952, 'Credit Card_7952', 'Credit Card', '{"credit_score_required":596,"max_age":77,"max_income":878800.00,"min_age":22,"min_income":31200.00}', 22, 77, 31200.00, 878800.00, 596, 24.77, 118.05, 'Low', 'Earns 6,612 points a year, with travel insurance included.', 54, true, 6612.00, 'Inactive', '2022-08-01', NULL, NULL, '{Online,Branch}', NULL),
	(10, 1356, 'Investment_1356', 'Investment', '{"credit_score_required":516,"max_age":73,"max_income":771400.00,"min_age":26,"min_income":21600.00}', 26, 73, 21600.00, 771400.00, 516, 4.82, 31.25, 'Medium', 'Shares and bonds, 4.82 % a year expected with fewer swings.', 66, true, 0.00, 'Active', '2023-09-30', '{2}', 0.762, '{Online,Branch,"Mobile App"}', '{0.762}'),
	(1, 2041, 'Savings Account_2041', 'Savings Account', '{"credit_score_required":326,"max_age":95,"max_income":373800.00,"min_age":51,"min_income":300.00}', 51, 95, 300.00, 373800.00, 326, 3.02, 0.00, 'Low', 'Pays 3.02 % every month to savers of 51 and older.', 36, true, 0.00, 'Active', '2020-12-06', '{0}', 0.786, '{Online,Branch,"Mobile App"}', '{0.786}'),
	(7, 3633, 'Credit Card_3633', 'Credit Card', '{"credit_score_required":530,"max_age":80,"max_income":238400.00,"min_age":20,"min_income":13100.00}', 20, 80, 13100.00, 238400.00, 530, 25.38, 6.61, 'Low', 'Earns 1,950 points a year on shopping at home and abroad.', 36, true, 1950.00, 'Active', '2018-06-02', '{0,1,2}', 0.738, '{Online,"Mobile App"}', '{0.537,0.725,0.738}'),
	(2, 4263, 'Investment_4263', 'Investment', '{"credit_score_required":595,"max_age":94,"max_income":522000.00,"min_age":54,"min_income":12800.00}', 54, 94, 12800.00, 522000.00, 595, 4.35, 72.53, 'Low', 'Bonds that pay out about 4.35 % a year, with little risk.', 42, true, 0.00, 'Active', '2018-03-01', '{0}', 0.797, '{Online,"Mobile App"}', '{0.797}'),
	(8, 4817, 'Investment_4817', 'Investment', '{"credit_score_required":454,"max_age":50,"max_income":435800.00,"min_age":18,"min_income":11200.00}', 18, 50, 11200.00, 435800.00, 454, 7.62, 39.36, 'High', 'Shares that aim at 7.62 % a year over 162 months.', 162, false, 0.00, 'Active', '2024-08-28', '{1,2}', 0.575, '{Online,Branch,"Mobile App"}', '{0.525,0.575}'),
	(3, 4845, 'Loan_4845', 'Loan', '{"credit_score_required":414,"max_age":74,"max_income":146700.00,"min_age":18,"min_income":7400.00}', 18, 74, 7400.00, 146700.00, 414, 22.10, 0.00, 'High', 'A small first loan at 22.10 % over 18 months.', 18, false, 0.00, 'Active', '2021-04-28', '{0,1,2}', 0.774, '{Online,Branch}', '{0.324,0.774,0.772}'),
	(9, 5097, 'Credit Card_5097', 'Credit Card', '{"credit_score_required":575,"max_age":82,"max_income":317100.00,"min_age":24,"min_income":27900.00}', 24, 82, 27900.00, 317100.00, 575, 26.68, 80.03, 'Low', 'Earns 4,938 points a year, with travel insurance included.', 42, true, 4938.00, 'Active', '2020-06-09', '{2}', 0.738, '{Online,"Mobile App"}', '{0.738}'),
	(6, 6514, 'Credit Card_6514', 'Credit Card', '{"credit_score_required":444,"max_age":64,"max_income":140500.00,"min_age":18,"min_income":5800.00}', 18, 64, 5800.00, 140500.00, 444, 30.28, 1.15, 'Medium', 'Builds a credit history and gives 777 welcome points.', 36, true, 777.00, 'Active', '2017-09-06', '{1,2}', 0.850, '{"Mobile App"}', '{0.850,0.738}'),
	(5, 6606, 'Loan_6606', 'Loan', '{"credit_score_required":598,"max_age":65,"max_income":689300.00,"min_age":24,"min_income":31800.00}', 24, 65, 31800.00, 689300.00, 598, 4.13, 0.00, 'Medium', 'Buys a home at 4.13 %, repaid over 228 months.', 228, false, 0.00, 'Active', '2023-02-07', '{2}', 0.709, '{Online}', '{0.709}'),
	(11, 7985, 'Savings Account_7985', 'Savings Account', '{"credit_score_required":300,"max_age":96,"max_income":939300.00,"min_age":18,"min_income":0.00}', 18, 96, 0.00, 939300.00, 300, 3.14, 0.00, 'Low', 'Pays 3.14 % on savings that can be withdrawn any day.', 12, true, 0.00, 'Active', '2016-12-18', '{0,1,2}', 0.786, '{Online,Branch,"Mobile App"}', '{0.786,0.737,0.747}'),
	(4, 9253, 'Savings Account_9253', 'Savings Account', '{"credit_score_required":324,"max_age":99,"max_income":362900.00,"min_age":18,"min_income":500.00}', 18, 99, 500.00, 362900.00, 324, 3.88, 0.00, 'Low', 'Pays a fixed 3.88 % on savings for 48 months.', 48, true, 0.00, 'Active', '2015-11-04', '{0,1,2}', 0.786, '{Online,"Mobile App"}', '{0.786,0.737,0.747}');

SELECT pg_catalog.setval('public.customers_id_seq', 30, true);

SELECT pg_catalog.setval('public.products_id_seq', 12, true);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.datasets
    ADD CONSTRAINT datasets_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.matches
    ADD CONSTRAINT matches_pkey PRIMARY KEY (cluster, rank);

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_product_id_key UNIQUE (product_id);

CREATE TRIGGER customers_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.customers FOR EACH STATEMENT EXECUTE FUNCTION public.customers_changed();

CREATE TRIGGER matches_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.matches FOR EACH STATEMENT EXECUTE FUNCTION public.products_changed();

CREATE TRIGGER products_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.products FOR EACH STATEMENT EXECUTE FUNCTION public.products_changed();

CREATE TRIGGER set_eligibility_criteria BEFORE INSERT OR UPDATE ON public.products FOR EACH ROW EXECUTE FUNCTION public.set_eligibility_criteria();


-- pg_dump writes the table's number, which is another one here.
UPDATE public.datasets SET made = to_regclass('public.' || name);
