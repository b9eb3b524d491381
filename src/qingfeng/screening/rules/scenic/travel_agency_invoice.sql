/*
title    = "旅行社发票"
question = "Did a travel agency issue an invoice to a unit?"
watch    = "scenic"
tier     = "B"
basis    = ["中华人民共和国公职人员政务处分法（2020）第三十五条", "党政机关厉行节约反对浪费条例（2025）"]
reads    = ["invoice"]
uses     = ["voucher_invoice", "voucher"]
subject  = "invoice"
scope    = "row"
# amount: total of the invoice
message  = "{seller_name} 于 {at} 向 {buyer} 开具发票 {amount} 元，列支科目：{booked_under}"
innocent = ["旅行社仅代订机票、车票"]
verify   = ["调：行程单与参加人员", "查：活动审批"]
applies  = "regexp_matches(seller_name, $agency)"

[excluded]
"购买方未能对应到单位名册" = "unit_id IS NULL"
"已作废或红冲" = "status IN ('作废', '红冲') OR total <= 0"

[params]
agency = "旅行社|旅游|国旅"
*/
WITH issued AS (
    SELECT *
    FROM invoice
    WHERE
        regexp_matches(seller_name, $agency) AND unit_id IS NOT NULL AND inv_key IS NOT NULL
        AND coalesce(status, '') NOT IN ('作废', '红冲') AND coalesce(total, 1) > 0
),

booked AS (
    SELECT
        n.inv_key,
        array_to_string(list_sort(array_agg(DISTINCT coalesce(v.account_name, v.econ_class))), '、') AS account_names
    FROM issued AS i
    INNER JOIN voucher_invoice AS n ON i.inv_key = n.inv_key
    INNER JOIN voucher AS v ON n.voucher_row = v.row_id
    WHERE coalesce(v.account_name, v.econ_class) IS NOT NULL
    GROUP BY n.inv_key
)

SELECT
    i.inv_key AS invoice,
    i.unit_id,
    i.issue_date AS at,
    i.total AS amount,
    i.seller_name,
    i.buyer_name AS buyer,
    i.row_id AS invoice_row,
    coalesce(b.account_names, '未见入账') AS booked_under
FROM issued AS i
LEFT JOIN booked AS b ON i.inv_key = b.inv_key
