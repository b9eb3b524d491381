/*
title    = "接待用餐人均超标"
question = "Did a reception meal cost more a head than the standard in force?"
watch    = "letter"
tier     = "B"
basis    = ["党政机关国内公务接待管理规定（2013）第十条"]
reads    = ["reception", "standard"]
uses     = ["unit"]             # a guest whose unit stands in our register comes from inside the county
needs    = ["reception.guests", "reception.companions", "reception.meal_amount"]
optional = ["reception.meal"]   # without it the highest standard of the day's meals counts
subject  = "reception"
scope    = "row"
# amount: meal_amount - standard × (guests + companions)
message  = "{unit} 于 {at} 接待“{guest_unit}”（{region}），{heads} 人用餐 {meal_amount} 元，按每人 {limit_yuan} 元应不超过 {allowed} 元"
innocent = ["一张账单含两餐"]
verify   = ["查：菜单与结算单", "查：接待清单就餐人数"]
applies  = "meal_amount > 0"

[excluded]
"来宾或陪餐人数未填" = "guests IS NULL OR companions IS NULL OR guests + companions <= 0"
"接待日期缺失" = "date IS NULL"

[params]
standard_key   = "接待餐费"
tolerance_yuan = 0.05
*/
WITH our_names AS (
    SELECT name AS spelling FROM unit
    WHERE coalesce(is_ours, TRUE)
    UNION
    SELECT short_name FROM unit
    WHERE coalesce(is_ours, TRUE)
    UNION
    SELECT unnest(string_split(aliases, '、')) FROM unit
    WHERE coalesce(is_ours, TRUE)
),

inside AS ( -- exact, or an office of the unit: its name begins with the unit's, of four characters or more
    SELECT DISTINCT r.row_id
    FROM reception AS r
    INNER JOIN our_names AS n
        ON
            left(r.guest_unit, 2) = left(n.spelling, 2)
            AND (r.guest_unit = n.spelling OR (length(n.spelling) >= 4 AND starts_with(r.guest_unit, n.spelling)))
),

seated AS (
    SELECT
        r.*,
        r.guests + r.companions AS heads,
        CASE WHEN i.row_id IS NULL THEN '县外' ELSE '县内' END AS region
    FROM reception AS r
    LEFT JOIN inside AS i ON r.row_id = i.row_id
    WHERE r.meal_amount > 0 AND r.guests + r.companions > 0
),

judged AS (
    SELECT
        p.row_id,
        max(s.value) AS limit_yuan
    FROM seated AS p
    INNER JOIN standard AS s ON p.region = s.region AND (p.meal = s.meal OR p.meal IS NULL OR s.meal IS NULL)
    WHERE s.key = $standard_key AND p.date BETWEEN s.effective_from AND coalesce(s.effective_to, p.date)
    GROUP BY p.row_id
)

SELECT
    p.unit_id,
    p.date AS at,
    p.host_unit AS unit,
    p.guest_unit,
    p.region,
    p.meal,
    p.heads,
    p.meal_amount,
    p.row_id AS reception_row,
    cast(j.limit_yuan AS DECIMAL(14, 2)) AS limit_yuan,
    cast(j.limit_yuan * p.heads AS DECIMAL(14, 2)) AS allowed,
    cast(p.meal_amount - j.limit_yuan * p.heads AS DECIMAL(14, 2)) AS amount,
    coalesce(p.rcpt_id, coalesce(p.host_unit, '') || ' ' || cast(p.date AS VARCHAR)) AS reception
FROM judged AS j
INNER JOIN seated AS p ON j.row_id = p.row_id
WHERE p.meal_amount > j.limit_yuan * p.heads + $tolerance_yuan
