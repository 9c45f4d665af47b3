SELECT row_to_json(customer)
FROM (
    SELECT
        age,
        annual_income::text AS annual_income,
        annual_spending::text AS annual_spending,
        city,
        cluster,
        credit_score,
        id AS customer_id,
        first_name,
        last_name,
        loan_balance::text AS loan_balance,
        occupation
    FROM customers
    ORDER BY id
) AS customer;
