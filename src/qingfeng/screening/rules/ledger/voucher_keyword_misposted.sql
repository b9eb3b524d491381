/*
title    = "三公支出科目串户"
question = "Is a meal, reception, gift, fuel, repair, ticket or stay booked as office, labour, printing or other cost?"
watch    = "ledger"
tier     = "B"
basis    = ["党政机关国内公务接待管理规定（2013）第十二条", "党政机关厉行节约反对浪费条例（2025）"]
reads    = ["voucher"]
uses     = ["voucher_invoice", "invoice_line"]
optional = ["voucher.debit"]
subject  = "voucher"
scope    = "row"
# amount: the debit of the line
message  = "{unit_name} {at} 凭证 {voucher_no} 列支“{booked_under}” {amount} 元，摘要“{summary}”，发票品名“{items}”，待核是否应列三公相关科目"
innocent = ["会议用餐按会议费规定列支"]
verify   = ["查：原始凭证与报销审批"]
applies  = "regexp_matches(coalesce(account_name, '') || ' ' || coalesce(econ_class, ''), $accounts)"

[excluded]
"贷方或冲销分录" = "given LIKE '%,debit,%' AND coalesce(debit, 0) <= 0"

[params]
accounts = "办公费|劳务费|印刷费|其他商品和服务支出|委托业务费|(^| )(30201|30202|30226|30227|30299)"
words    = "餐([^巾桌具椅]|$)|招待|烟酒|礼品|加油|门票|住宿"
repair   = "维修"
machines = "打印机|复印机|电脑|计算机|空调|传真机|投影|办公设备|网络"
*/
WITH booked AS (
    SELECT *
    FROM voucher
    WHERE
        regexp_matches(coalesce(account_name, '') || ' ' || coalesce(econ_class, ''), $accounts)
        AND (given NOT LIKE '%,debit,%' OR debit > 0)
),

told AS (
    SELECT
        b.row_id,
        array_to_string(list_sort(array_agg(DISTINCT l.item_name)), '、') AS items,
        list_sort(array_agg(l.row_id)) AS invoice_line_rows
    FROM booked AS b
    INNER JOIN voucher_invoice AS n ON b.row_id = n.voucher_row
    INNER JOIN invoice_line AS l ON n.inv_key = l.inv_key
    WHERE
        regexp_matches(l.item_name, $words)
        OR (regexp_matches(l.item_name, $repair) AND NOT regexp_matches(l.item_name, $machines))
    GROUP BY b.row_id
)

SELECT
    b.unit_id,
    b.date AS at,
    b.debit AS amount,
    b.unit AS unit_name,
    b.voucher_no,
    b.summary,
    t.items,
    b.row_id AS voucher_row,
    t.invoice_line_rows,
    coalesce(b.account_name, b.econ_class) AS booked_under,
    coalesce(b.unit_id, b.unit, '') || ' ' || coalesce(b.book, '') || ' ' || coalesce(b.voucher_no, '')
    || ' ' || coalesce(cast(b.date AS VARCHAR), '') AS voucher
FROM booked AS b
LEFT JOIN told AS t ON b.row_id = t.row_id
WHERE
    t.row_id IS NOT NULL
    OR regexp_matches(b.summary, $words)
    OR (regexp_matches(b.summary, $repair) AND NOT regexp_matches(b.summary, $machines))
