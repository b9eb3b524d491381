/*
title    = "一函多用"
question = "Does one letter stand behind several hosts, distant days or different guests?"
watch    = "letter"
tier     = "A"
basis    = ["党政机关国内公务接待管理规定（2013）第七条", "党政机关厉行节约反对浪费条例（2025）"]
reads    = ["reception"]
uses     = ["letter", "rcpt_person", "unit"]
needs    = ["reception.letter_no"]
optional = ["reception.guest_names"]
subject  = "letter"
scope    = "key"                # one sender and number
# amount: meal + lodging + transport + other cost of all receptions under the letter
message  = "“{issuer}”的公函“{letter_no}”对应 {receptions} 次接待（{first_on} 至 {last_on}），费用合计 {amount} 元，待核：{differs}"
innocent = ["公函载明由多家单位接力接待的同一行程"]
verify   = ["查：公函所附行程与人员名单", "查：各次接待清单"]
applies  = "letter_no_norm IS NOT NULL"

[excluded]
"来宾单位未填" = "guest_unit IS NULL"
"接待日期缺失" = "date IS NULL"

[params]
apart_days = 7
*/
WITH senders AS ( -- spellings of a sender that begin alike are one: the shortest stands for all
    SELECT
        letter_no_norm,
        guest_unit AS sender
    FROM reception
    WHERE letter_no_norm IS NOT NULL
    UNION
    SELECT
        letter_no_norm,
        issuer
    FROM letter
    WHERE letter_no_norm IS NOT NULL
),

hosts AS (
    SELECT
        unit_id,
        min(name) AS host_name
    FROM unit
    GROUP BY unit_id
),

used AS (
    SELECT
        r.row_id,
        r.letter_no_norm,
        min(s.sender) AS issuer,
        count(l.row_id) > 0 AS is_named_host -- the letter is addressed to this host or names it in its itinerary
    FROM reception AS r
    INNER JOIN senders AS s ON r.letter_no_norm = s.letter_no_norm AND starts_with(r.guest_unit, s.sender)
    LEFT JOIN hosts AS h ON r.host_unit_id = h.unit_id
    LEFT JOIN letter AS l
        ON
            r.letter_no_norm = l.letter_no_norm AND starts_with(r.guest_unit, l.issuer)
            AND (
                r.host_unit_id = l.addressee_id OR strpos(l.itinerary, r.host_unit) > 0
                OR strpos(l.itinerary, h.host_name) > 0
            )
    WHERE r.date IS NOT NULL
    GROUP BY r.row_id, r.letter_no_norm
),

seated AS (
    SELECT DISTINCT
        u.issuer,
        u.letter_no_norm,
        u.row_id,
        p.name,
        max(CASE WHEN p.name LIKE '%*%' THEN 1 ELSE 0 END) OVER (PARTITION BY u.row_id) AS has_masked
    FROM used AS u
    INNER JOIN rcpt_person AS p ON u.row_id = p.reception_row
    WHERE p.role IN ('guest', '来宾')
),

tables_of_guests AS (
    SELECT
        issuer,
        letter_no_norm,
        name,
        count(*) OVER (PARTITION BY row_id) AS seats
    FROM seated
    WHERE has_masked = 0
),

guests AS ( -- more people in all than at the largest table: others came, not merely fewer
    SELECT
        issuer,
        letter_no_norm
    FROM tables_of_guests
    GROUP BY issuer, letter_no_norm
    HAVING count(DISTINCT name) > max(seats)
),

judged AS (
    SELECT
        u.issuer,
        u.letter_no_norm,
        min(r.unit_id) AS unit_id,
        min(r.date) AS first_on,
        max(r.date) AS last_on,
        count(*) AS receptions,
        list_sort(array_agg(r.row_id)) AS reception_rows,
        sum(
            coalesce(r.meal_amount, 0) + coalesce(r.lodging_amount, 0)
            + coalesce(r.transport_amount, 0) + coalesce(r.other_amount, 0)
        ) AS amount,
        count(DISTINCT r.host_unit_id) > 1 AND count(CASE WHEN NOT u.is_named_host THEN 1 END) > 0 AS has_many_hosts,
        date_diff('day', min(r.date), max(r.date)) > $apart_days AS is_far_apart,
        count(g.issuer) > 0 AS has_other_guests
    FROM used AS u
    INNER JOIN reception AS r ON u.row_id = r.row_id
    LEFT JOIN guests AS g ON u.issuer = g.issuer AND u.letter_no_norm = g.letter_no_norm
    GROUP BY u.issuer, u.letter_no_norm
    HAVING count(*) > 1
)

SELECT
    unit_id,
    last_on AS at,
    cast(amount AS DECIMAL(14, 2)) AS amount,
    issuer,
    letter_no_norm AS letter_no,
    receptions,
    first_on,
    last_on,
    reception_rows,
    issuer || ' ' || letter_no_norm AS letter,
    substr(
        CASE WHEN has_many_hosts THEN '、接待单位不止一家' ELSE '' END
        || CASE WHEN is_far_apart THEN '、日期相隔较远' ELSE '' END
        || CASE WHEN has_other_guests THEN '、来宾姓名不同' ELSE '' END, 2
    ) AS differs
FROM judged
WHERE has_many_hosts OR is_far_apart OR has_other_guests
