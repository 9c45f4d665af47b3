-- The customers' own columns: what a file has beyond the documented ones.

-- name: create_new_own_values#
-- An empty table beside the one that is read, to be filled and swapped in with the new customers.
CREATE TABLE new_own_values (
    id INT NOT NULL,
    reference TEXT,
    numbers DOUBLE PRECISION[] NOT NULL,
    texts TEXT[] NOT NULL
);
DELETE FROM own_columns;

-- name: copy_new_own_values()!
-- Fill the new table from a stream of CSV.
COPY new_own_values (id, reference, numbers, texts) FROM STDIN (FORMAT csv, NULL '');

-- name: swap_in_new_own_values#
-- Make the new table the one that is read; whoever reads it holds the customers, who are locked.
ALTER TABLE new_own_values ADD PRIMARY KEY (id);
DROP TABLE own_values;
ALTER TABLE new_own_values RENAME TO own_values;
ALTER INDEX new_own_values_pkey RENAME TO own_values_pkey;

-- name: insert_own_columns(names, kinds)!
-- Name the own columns, in their order, and the reference if there is one.
INSERT INTO own_columns (position, name, kind)
SELECT position, name, kind
FROM unnest(:names::text[], :kinds::text[]) WITH ORDINALITY AS own (name, kind, position);

-- name: list_own_columns()
-- The own columns, in the order of their file; the reference is none of them.
SELECT name, kind FROM own_columns WHERE kind <> 'reference' ORDER BY position;

-- name: own_header()$
-- The names of the columns that CSV has behind the documented ones, each after a comma.
SELECT own_header();

-- name: list_own_in_csv()
-- The columns that CSV has behind the documented ones, in that order: the reference, numbers, texts.
SELECT name, kind
FROM own_columns
ORDER BY array_position(ARRAY['reference', 'number', 'text'], kind), position;

-- name: copy_own_numbers()!
-- Every customer's own numbers by id, a line each: the columns parted by commas, a missing one empty.
COPY (
    SELECT array_to_string(numbers, ',', '')
    FROM customers
    LEFT JOIN own_values USING (id)
    ORDER BY id
) TO STDOUT (NULL '');

-- name: select_own_text(position)
-- Every customer's value by id in one of the own columns of text, counted from 1.
SELECT texts[:position] FROM customers LEFT JOIN own_values USING (id) ORDER BY id;

-- name: has_references()$
-- Whether any customer has a reference.
SELECT EXISTS (SELECT FROM own_values WHERE reference IS NOT NULL);

-- name: select_references()
-- Every customer's reference by id.
SELECT reference FROM customers LEFT JOIN own_values USING (id) ORDER BY id;

-- name: forget_own#
-- Forget the own columns and their values, with the customers who had them.
DELETE FROM own_columns;
TRUNCATE own_values;
