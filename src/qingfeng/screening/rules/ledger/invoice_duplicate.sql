/*
title    = "发票重复报销"
question = "Was one invoice posted in several vouchers above its total, or in several units?"
watch    = "ledger"
tier     = "A"
basis    = ["中华人民共和国发票管理办法（2023）", "中华人民共和国会计法（2024）"]
reads    = ["voucher_invoice"]
uses     = ["invoice", "voucher"]
subject  = "invoice"
scope    = "key"                # one invoice
look_back_days = 1100
# amount: what was posted above the total; for several units below it, the smallest posting
message  = "发票 {invoice} 在 {vouchers} 张凭证、{units} 个单位入账，累计入账 {posted} 元，发票价税合计 {total} 元"
innocent = ["一张发票分次入账，累计未超过票面"]
verify   = ["查：各凭证原件与所附发票"]
applies  = "inv_key IS NOT NULL"

[excluded]
"发票号码不完整（无发票代码）或位数丢失" = "length(inv_key) < 18 OR quality_flags LIKE '%,digits_lost,%'"

[params]
tolerance_yuan = 0.05
*/
WITH repeated AS ( -- keys first: most invoices are posted once
    SELECT inv_key
    FROM voucher_invoice
    WHERE length(inv_key) >= 18 AND quality_flags NOT LIKE '%,digits_lost,%'
    GROUP BY inv_key
    HAVING count(*) > 1
),

totals AS (
    SELECT
        i.inv_key,
        max(i.total) AS total
    FROM invoice AS i INNER JOIN repeated AS r ON i.inv_key = r.inv_key
    GROUP BY i.inv_key
),

posting AS ( -- what a line posts of an invoice, where the list does not say: its debit, at most the total
    SELECT
        n.inv_key,
        t.total,
        CASE WHEN n.quality_flags NOT LIKE '%,unit_unregistered,%' THEN n.unit_id END AS known_unit,
        coalesce(n.unit_id, '') || ' ' || coalesce(n.book, '') || ' ' || coalesce(n.voucher_no, '')
        || ' ' || coalesce(cast(n.date AS VARCHAR), '') AS voucher_key,
        coalesce(n.posted, least(t.total, v.debit), t.total) AS posted
    FROM voucher_invoice AS n
    INNER JOIN repeated AS r ON n.inv_key = r.inv_key
    LEFT JOIN totals AS t ON n.inv_key = t.inv_key
    LEFT JOIN voucher AS v ON n.voucher_row = v.row_id
    WHERE n.quality_flags NOT LIKE '%,digits_lost,%'
),

voucher_sum AS ( -- two lines of one voucher are one posting, up to the total
    SELECT
        inv_key,
        max(known_unit) AS known_unit,
        max(total) AS total,
        least(sum(posted), max(total)) AS posted
    FROM posting
    GROUP BY inv_key, voucher_key
),

judged AS (
    SELECT
        inv_key,
        cast(sum(posted) AS DECIMAL(14, 2)) AS posted,
        cast(CASE WHEN sum(posted) > max(total) THEN sum(posted) - max(total) ELSE min(posted) END AS DECIMAL(14, 2))
            AS amount,
        max(total) AS total,
        count(*) AS vouchers,
        count(DISTINCT known_unit) AS units
    FROM voucher_sum
    GROUP BY inv_key
    HAVING count(*) > 1 AND (count(DISTINCT known_unit) > 1 OR sum(posted) > max(total) + $tolerance_yuan)
)

SELECT -- and the evidence last
    j.inv_key AS invoice,
    j.amount,
    j.total,
    j.posted,
    j.vouchers,
    j.units,
    max(n.date) AS at,
    min(n.unit_id) AS unit_id,
    list_sort(array_agg(n.row_id)) AS voucher_invoice_rows,
    list_sort(array_agg(DISTINCT n.voucher_row) FILTER (WHERE n.voucher_row IS NOT NULL)) AS voucher_rows
FROM judged AS j
INNER JOIN voucher_invoice AS n ON j.inv_key = n.inv_key
WHERE n.quality_flags NOT LIKE '%,digits_lost,%'
GROUP BY j.inv_key, j.amount, j.total, j.posted, j.vouchers, j.units
