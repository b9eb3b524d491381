/*
title    = "无公函接待"
question = "Did a reception cost money although no official letter for it is on record?"
watch    = "letter"
tier     = "A"
basis    = ["党政机关厉行节约反对浪费条例（2025）", "党政机关国内公务接待管理规定（2013）第七条"]
reads    = ["reception"]
uses     = ["letter"]           # cited numbers are looked up; a month without any letter on record proves nothing
needs    = ["reception.letter_no"]
optional = ["reception.emergency_flag"]
subject  = "reception"
scope    = "table"              # a letter imported later can settle any reception of its number
# amount: meal + lodging + transport + other cost of the reception
message  = "{unit} 于 {at} 接待“{guest_unit}”，发生费用 {amount} 元，所载来函文号为“{letter_no}”，公函记录中未见相应公函"
innocent = ["紧急公务，有负责人书面批示", "外宾接待，适用其他规定", "招商引资商务接待，适用其自身规定"]
verify   = ["查：接待审批与报销档案、公函收文登记", "访：来访单位"]
applies  = """coalesce(meal_amount, 0) + coalesce(lodging_amount, 0)
  + coalesce(transport_amount, 0) + coalesce(other_amount, 0) > 0"""

[excluded]
"文件未载来函文号列" = "given NOT LIKE '%,letter_no,%'"
"应急接待（凭负责人书面批示另行核对）" = "emergency_flag"
"接待日期缺失" = "date IS NULL"
"所载文号当月的公函未导入" = """
  regexp_matches(coalesce(letter_no_norm, letter_no_raw), '[0-9]')
  AND coalesce(letter_no_norm, '') NOT IN (SELECT l.letter_no_norm FROM letter AS l WHERE l.letter_no_norm IS NOT NULL)
  AND year(date) * 12 + month(date) NOT IN (
    SELECT year(l.issue_date) * 12 + month(l.issue_date) FROM letter AS l WHERE l.issue_date IS NOT NULL)"""
*/
WITH reception_cost AS (
    SELECT
        *,
        coalesce(meal_amount, 0) + coalesce(lodging_amount, 0)
        + coalesce(transport_amount, 0) + coalesce(other_amount, 0) AS spent,
        coalesce(regexp_matches(coalesce(letter_no_norm, letter_no_raw), '[0-9]'), FALSE) AS is_cited
    FROM reception
    WHERE date IS NOT NULL AND given LIKE '%,letter_no,%' AND NOT coalesce(emergency_flag, FALSE)
),

covered AS (
    SELECT DISTINCT year(issue_date) * 12 + month(issue_date) AS month_no FROM letter
    WHERE issue_date IS NOT NULL
)

SELECT
    r.unit_id,
    r.date AS at,
    r.spent AS amount,
    r.host_unit AS unit,
    r.guest_unit,
    r.row_id AS reception_row,
    coalesce(r.letter_no_raw, r.letter_no_norm, '未填') AS letter_no,
    coalesce(r.rcpt_id, coalesce(r.host_unit, '') || ' ' || cast(r.date AS VARCHAR)) AS reception
FROM reception_cost AS r
LEFT JOIN covered AS c ON year(r.date) * 12 + month(r.date) = c.month_no
WHERE
    r.spent > 0
    AND (NOT r.is_cited OR c.month_no IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1 FROM letter AS l
        WHERE
            r.is_cited
            AND r.letter_no_norm = l.letter_no_norm
            AND (
                l.issuer IS NULL OR r.guest_unit IS NULL
                OR starts_with(r.guest_unit, l.issuer) OR starts_with(l.issuer, r.guest_unit)
            )
    )
