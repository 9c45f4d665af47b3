-- How lists show the customers' own columns: an object in JSON, further cells in CSV.

ALTER TABLE own_columns
    DROP CONSTRAINT kind_known,
    ADD CONSTRAINT kind_known CHECK (kind IN ('number', 'text', 'reference'));

CREATE FUNCTION own_json(numbers DOUBLE PRECISION[], texts TEXT[]) RETURNS json STABLE LANGUAGE sql
AS $$
SELECT coalesce(json_object_agg(
    name,
    CASE kind WHEN 'number' THEN to_json(numbers[place]) ELSE to_json(texts[place]) END
    ORDER BY position
), '{}'::json)
FROM (
    SELECT position, name, kind, row_number() OVER (PARTITION BY kind ORDER BY position) AS place
    FROM own_columns
    WHERE kind <> 'reference'
) AS own
$$;
COMMENT ON FUNCTION own_json IS 'What a customer has in the own columns, by their names.';

CREATE FUNCTION own_shape() RETURNS bigint[] STABLE LANGUAGE sql AS $$
SELECT ARRAY[
    count(*) FILTER (WHERE kind = 'reference'),
    count(*) FILTER (WHERE kind = 'number'),
    count(*) FILTER (WHERE kind = 'text')
]
FROM own_columns
$$;
COMMENT ON FUNCTION own_shape IS 'Whether there are references (1 or 0), how many own numbers and texts.';

CREATE FUNCTION own_csv(
    reference TEXT, numbers DOUBLE PRECISION[], texts TEXT[], shape BIGINT[]
) RETURNS text IMMUTABLE LANGUAGE sql AS $$
SELECT concat(
    CASE WHEN shape[1] > 0 THEN ',' || coalesce(csv_text(reference), '') END,
    CASE WHEN shape[2] > 0 THEN ',' || array_to_string(
        coalesce(numbers, array_fill(NULL::float, ARRAY[shape[2]::int])), ',', ''
    ) END,
    CASE WHEN shape[3] > 0 THEN (
        SELECT string_agg(',' || coalesce(csv_text(cell), ''), '' ORDER BY place)
        FROM unnest(
            coalesce(texts, array_fill(NULL::text, ARRAY[shape[3]::int]))
        ) WITH ORDINALITY AS own (cell, place)
    ) END
)
$$;
COMMENT ON FUNCTION own_csv IS
    'The cells behind the documented ones, each after a comma: the reference, numbers, texts.';

CREATE FUNCTION own_header() RETURNS text STABLE LANGUAGE sql AS $$
SELECT coalesce(string_agg(
    ',' || CASE WHEN name ~ '^[[:alnum:]_ ]+$' THEN name ELSE csv_text(name) END,
    '' ORDER BY array_position(ARRAY['reference', 'number', 'text'], kind), position
), '')
FROM own_columns
$$;
COMMENT ON FUNCTION own_header IS 'The names of the cells of own_csv, each after a comma.';
