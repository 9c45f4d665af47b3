-- What a customer is known by beyond the documented columns: see own.sql.

CREATE TABLE own_columns (
    position INT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CONSTRAINT kind_known CHECK (kind IN ('number', 'text'))
);
COMMENT ON TABLE own_columns IS 'The columns of the customers'' own, in the order of their file.';

CREATE TABLE own_values (
    id INT PRIMARY KEY,
    reference TEXT,
    numbers DOUBLE PRECISION[] NOT NULL,
    texts TEXT[] NOT NULL
);
COMMENT ON TABLE own_values IS 'What each customer has in the own columns; replaced with the customers.';
COMMENT ON COLUMN own_values.reference IS 'What the customer''s own system calls the customer.';
COMMENT ON COLUMN own_values.numbers IS 'A value for each column of the kind number, in their order.';
COMMENT ON COLUMN own_values.texts IS 'A value for each column of the kind text, in their order.';

CREATE OR REPLACE FUNCTION csv_text(cell TEXT) RETURNS text IMMUTABLE LANGUAGE sql AS $$
SELECT '"' || replace(
    CASE
        WHEN cell ~ '^''*([=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]'
            '|(NA|N/A|#N/A|NaN|nan|NULL|null|None|\\N|<NA>|NaT)$)' THEN '''' || cell
        ELSE cell
    END,
    '"', '""'
) || '"'
$$;
COMMENT ON FUNCTION csv_text IS
    'A quoted cell; an apostrophe keeps it from being run as a formula or read as a missing value.';
