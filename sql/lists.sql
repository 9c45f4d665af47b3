-- A page of a list as text, made from the SELECT of its rows: db/lists.py fills in what is in braces.
-- The second column is what the next page goes on after, null behind the last one.

-- name: json_page(size)^
-- JSON objects with commas between them.
SELECT
    string_agg(row_to_json(shown)::text, ','),
    CASE WHEN count(*) = :size THEN max(page.{after}) END
FROM ({select}) AS page
CROSS JOIN LATERAL (SELECT {cells}) AS shown;

-- name: csv_page(size)^
-- Lines of CSV.
SELECT
    string_agg(concat({cells}, E'\r\n'), ''),
    CASE WHEN count(*) = :size THEN max(page.{after}) END
FROM ({select}) AS page;
