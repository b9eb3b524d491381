/*
title    = "一人多处领薪"
question = "Did one person draw pay of active service from two units in one month?"
watch    = "payroll"
tier     = "A"
basis    = ["中华人民共和国公务员法（2018）", "中华人民共和国公职人员政务处分法（2020）第三十五条"]
reads    = ["payroll"]
needs    = ["payroll.pay_month"]
subject  = "person"
scope    = "key"                # one person
# amount: in every such month, what was paid beyond the unit that paid most
message  = "{first_month} 至 {last_month} 有 {months} 个月在 {units} 个单位（{unit_names}）同月领取在职工资，较高一处以外合计 {amount} 元"
innocent = ["调动当月分别发放", "借调期间的补贴"]
verify   = ["查：调动、借调手续与工资审批", "访：两处单位人事"]
applies  = "amount > 0"

[excluded]
"未能对应到个人" = "person_id IS NULL"
"单位名称未能对应到单位名册" = "unit_id IS NULL OR quality_flags LIKE '%,unit_unregistered,%'"
"抚恤、丧葬、遗属、补发、清算及离退休项目" = "regexp_matches(item, $not_service)"

[params]
not_service = "抚恤|丧葬|遗属|补发|清算|退休|离休|养老"
*/
WITH service AS (
    SELECT *
    FROM payroll
    WHERE
        amount > 0 AND person_id IS NOT NULL AND pay_month IS NOT NULL
        AND unit_id IS NOT NULL AND quality_flags NOT LIKE '%,unit_unregistered,%'
        AND NOT coalesce(regexp_matches(item, $not_service), FALSE)
),

doubled AS (
    SELECT
        person_id,
        pay_month
    FROM service
    GROUP BY person_id, pay_month
    HAVING min(unit_id) < max(unit_id)
),

by_source AS (
    SELECT
        s.person_id,
        s.pay_month,
        s.unit_id,
        sum(s.amount) AS paid
    FROM service AS s
    INNER JOIN doubled AS d ON s.person_id = d.person_id AND s.pay_month = d.pay_month
    GROUP BY s.person_id, s.pay_month, s.unit_id, s.source
),

by_unit AS ( -- the same month from two sources is one
    SELECT
        person_id,
        pay_month,
        unit_id,
        max(paid) AS paid
    FROM by_source
    GROUP BY person_id, pay_month, unit_id
),

by_month AS (
    SELECT
        person_id,
        sum(paid) - max(paid) AS beyond
    FROM by_unit
    GROUP BY person_id, pay_month
),

at_stake AS (
    SELECT
        person_id,
        sum(beyond) AS amount
    FROM by_month
    GROUP BY person_id
)

SELECT
    s.person_id AS person,
    b.amount,
    min(s.unit_id) AS unit_id,
    min(s.pay_month) AS at,
    min(s.pay_month) AS first_month,
    max(s.pay_month) AS last_month,
    count(DISTINCT s.pay_month) AS months,
    count(DISTINCT s.unit_id) AS units,
    array_to_string(list_sort(array_agg(DISTINCT coalesce(s.unit, s.unit_id))), '、') AS unit_names,
    list_sort(array_agg(s.row_id)) AS payroll_rows
FROM service AS s
INNER JOIN doubled AS d ON s.person_id = d.person_id AND s.pay_month = d.pay_month
INNER JOIN at_stake AS b ON s.person_id = b.person_id
GROUP BY s.person_id, b.amount
