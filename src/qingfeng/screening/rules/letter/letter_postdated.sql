/*
title    = "公函日期晚于接待"
question = "Is the letter of a reception dated after it, or more than 30 days before it?"
watch    = "letter"
tier     = "A"
basis    = ["党政机关国内公务接待管理规定（2013）第七条"]
reads    = ["reception", "letter"]
needs    = ["reception.letter_no", "letter.issue_date"]
subject  = "reception"
scope    = "key"                # a letter reaches the receptions that cite its number
# amount: meal + lodging + transport + other cost of the reception
message  = "{unit} 于 {at} 接待“{guest_unit}”，所附公函“{letter_no}”落款日期为 {issue_date}，与接待日期相差 {days_after} 天（正数为晚于接待）"
innocent = ["公函补发或重印，原函日期在先"]
verify   = ["访：发函单位的发文登记", "查：公函原件与接待审批单"]
applies  = "letter_no_norm IS NOT NULL"

[excluded]
"接待日期缺失" = "date IS NULL"

[params]
early_days = 30
*/
WITH cited AS (
    SELECT
        r.row_id,
        l.row_id AS letter_row,
        l.issue_date,
        date_diff('day', r.date, l.issue_date) AS days_after
    FROM reception AS r
    INNER JOIN letter AS l ON r.letter_no_norm = l.letter_no_norm
    WHERE
        l.issue_date IS NOT NULL AND r.date IS NOT NULL
        AND (starts_with(r.guest_unit, l.issuer) OR starts_with(l.issuer, r.guest_unit))
),

misdated AS (
    SELECT
        row_id,
        max(issue_date) AS issue_date,
        max(days_after) AS days_after,
        list_sort(array_agg(letter_row)) AS letter_rows
    FROM cited
    GROUP BY row_id
    HAVING count(CASE WHEN days_after <= 0 AND days_after >= -$early_days THEN 1 END) = 0
)

SELECT
    r.unit_id,
    r.date AS at,
    r.host_unit AS unit,
    r.guest_unit,
    m.issue_date,
    m.days_after,
    r.row_id AS reception_row,
    m.letter_rows,
    coalesce(r.letter_no_raw, r.letter_no_norm) AS letter_no,
    coalesce(r.meal_amount, 0) + coalesce(r.lodging_amount, 0)
    + coalesce(r.transport_amount, 0) + coalesce(r.other_amount, 0) AS amount,
    coalesce(r.rcpt_id, coalesce(r.host_unit, '') || ' ' || cast(r.date AS VARCHAR)) AS reception
FROM misdated AS m
INNER JOIN reception AS r ON m.row_id = r.row_id
