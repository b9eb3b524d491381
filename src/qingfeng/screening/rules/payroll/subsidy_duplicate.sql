/*
title    = "津补贴同项重复发放"
question = "Was one allowance paid to one person twice for the same period and duty?"
watch    = "payroll"
tier     = "A"
basis    = ["违规发放津贴补贴行为处分规定（2013）"]
reads    = ["subsidy"]
subject  = "person"
scope    = "key"                # one person, item, period and duty date
# amount: everything beyond the largest payment
message  = "“{item}” {period_text} 向同一人发放 {payments} 次，较高一笔以外合计 {amount} 元"
innocent = ["更正分录：先冲后补"]
verify   = ["查：发放表与签领记录", "查：值班或考勤原始记录"]

[excluded]
"未能对应到个人" = "person_id IS NULL"
"项目未填，或期间与值班日期均未填" = "item IS NULL OR (period IS NULL AND duty_date IS NULL)"
"金额未填" = "amount IS NULL"
*/
WITH paid AS (
    SELECT
        person_id,
        item,
        period,
        duty_date,
        -- a correction takes one payment back
        sum(CASE WHEN amount > 0 THEN 1 WHEN amount < 0 THEN -1 ELSE 0 END) AS payments,
        sum(amount) - max(amount) AS amount,
        min(unit_id) AS unit_id,
        list_sort(array_agg(row_id)) AS subsidy_rows
    FROM subsidy
    WHERE
        person_id IS NOT NULL AND item IS NOT NULL AND amount IS NOT NULL
        AND (period IS NOT NULL OR duty_date IS NOT NULL)
    GROUP BY person_id, item, period, duty_date
)

SELECT
    person_id AS person,
    unit_id,
    item,
    payments,
    subsidy_rows,
    cast(amount AS DECIMAL(14, 2)) AS amount,
    coalesce(duty_date, period) AS at,
    CASE
        WHEN duty_date IS NOT NULL THEN cast(duty_date AS VARCHAR)
        ELSE strftime(period, '%Y-%m')
    END AS period_text
FROM paid
WHERE payments >= 2
