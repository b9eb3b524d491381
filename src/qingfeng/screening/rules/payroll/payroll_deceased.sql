/*
title    = "死亡仍领薪"
question = "Was pay booked for somebody later than the month after the month of death?"
watch    = "payroll"
tier     = "A"
basis    = ["中华人民共和国公职人员政务处分法（2020）第三十五条", "中华人民共和国公务员法（2018）"]
reads    = ["payroll", "life_event"]
needs    = ["payroll.pay_month", "life_event.event_date"]
subject  = "person"
scope    = "key"                # one person
# amount: what was paid for those months
message  = "人员事件记录死亡日期为 {died_on}，工资记录 {first_month} 至 {last_month} 仍发放 {months} 个月，合计 {amount} 元"
innocent = ["丧葬、抚恤类待遇或补发、清算款项"]
verify   = ["查：死亡证明与停发工资审批", "访：单位人事"]
applies  = "person_id IN (SELECT e.person_id FROM life_event AS e WHERE e.event = '死亡')"

[excluded]
"未能对应到个人" = "person_id IS NULL"
"抚恤、丧葬、遗属、补发、清算项目" = "regexp_matches(item, $settled)"
"金额不为正（扣回）" = "amount <= 0"

[params]
grace_months = 1
settled      = "抚恤|丧葬|遗属|补发|清算"
*/
WITH died AS ( -- if the records differ, the latest date counts
    SELECT
        person_id,
        max(event_date) AS died_on,
        list_sort(array_agg(row_id)) AS life_event_rows
    FROM life_event
    WHERE event = '死亡' AND event_date IS NOT NULL AND person_id IS NOT NULL
    GROUP BY person_id
)

SELECT
    p.person_id AS person,
    d.died_on,
    d.life_event_rows,
    min(p.unit_id) AS unit_id,
    min(p.pay_month) AS at,
    sum(p.amount) AS amount,
    min(p.pay_month) AS first_month,
    max(p.pay_month) AS last_month,
    count(DISTINCT p.pay_month) AS months,
    list_sort(array_agg(p.row_id)) AS payroll_rows
FROM payroll AS p
INNER JOIN died AS d ON p.person_id = d.person_id
WHERE
    p.amount > 0
    AND NOT coalesce(regexp_matches(p.item, $settled), FALSE)
    AND year(p.pay_month) * 12 + month(p.pay_month) > year(d.died_on) * 12 + month(d.died_on) + $grace_months
GROUP BY p.person_id, d.died_on, d.life_event_rows
