/*
title    = "节日慰问超年度限额"
question = "Did a union member receive festival goods above the yearly limit?"
watch    = "payroll"
tier     = "B"
basis    = ["基层工会经费收支管理办法（2017）"]
reads    = ["union_recv"]
uses     = ["union_exp"]        # what the spending was for, where the list of members does not say
subject  = "person"
scope    = "key"                # one person and calendar year
look_back_days = 366
# amount: sum of the year - limit
message  = "{year_no} 年领取节日慰问 {times} 次，合计 {received} 元，超过年度限额 {cap} 元，超出 {amount} 元"
innocent = ["两个年度的慰问品在同一年发放"]
verify   = ["查：发放名单与慰问方案"]
applies  = "amount > 0"

[excluded]
"未能对应到个人" = "person_id IS NULL"
"发放日期未填" = "date IS NULL"
"生日、住院、婚育、丧葬、困难、退休等非节日慰问" = """regexp_matches(item, $other_care) OR exp_id IN (
  SELECT e.exp_id FROM union_exp AS e WHERE regexp_matches(e.purpose, $other_care))"""

[params]
cap_yuan       = 2000           # a province sets its own
tolerance_yuan = 0.05
other_care     = "生日|住院|患病|生病|伤病|困难|结婚|生育|丧|去世|退休|离岗"

[under]
cap_yuan = 0.9
*/
WITH festive AS (
    SELECT
        *,
        year(date) AS year_no
    FROM union_recv
    WHERE
        amount > 0 AND person_id IS NOT NULL AND date IS NOT NULL
        AND NOT coalesce(regexp_matches(item, $other_care), FALSE)
        AND NOT EXISTS (
            SELECT 1 FROM union_exp AS e
            WHERE union_recv.exp_id = e.exp_id AND regexp_matches(e.purpose, $other_care)
        )
)

SELECT
    person_id AS person,
    year_no,
    cast($cap_yuan AS DECIMAL(14, 2)) AS cap,
    cast(sum(amount) AS DECIMAL(14, 2)) AS received,
    cast(sum(amount) - $cap_yuan AS DECIMAL(14, 2)) AS amount,
    min(unit_id) AS unit_id,
    max(date) AS at,
    count(*) AS times,
    list_sort(array_agg(row_id)) AS union_recv_rows
FROM festive
GROUP BY person_id, year_no
HAVING sum(amount) > $cap_yuan + $tolerance_yuan
