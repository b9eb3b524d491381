/*
title    = "公款购卡"
question = "Did a unit pay for prepaid cards other than those its work needs?"
watch    = "card"
tier     = "B"
basis    = ["中华人民共和国公职人员政务处分法（2020）第三十四条", "关于规范商业预付卡管理的意见（2011）"]
reads_any = [["invoice_line", "card_buy"]]
uses     = ["invoice", "voucher", "voucher_invoice"]
subject  = "unit"
scope    = "key"                # one invoice, with the purchase and the postings that name it
# amount: the lines (tax included); else the purchase; else what was posted
message  = "{unit_name} 于 {at} 支出 {amount} 元用于“{item}”，待核是否为预付卡、提货券类支出"
innocent = ["本单位加油卡、ETC、食堂卡", "邮资、公交地铁充值"]
verify   = ["查：领取人名单", "访：售卡单位"]
applies  = "tax_code LIKE '601%' OR regexp_matches(item_name, $words)"

[excluded]
"加油、通行、食堂、公交、邮政用卡" = "regexp_matches(upper(item_name), $official_use)"
"退货或红字行" = "amount <= 0"

[params]
words        = "预付卡|购物卡|礼品卡|充值|提货|储值"
official_use = "加油|油卡|燃油|汽油|柴油|ETC|通行|食堂|饭卡|餐卡|公交|地铁|轨道|交通卡|邮资|邮票|邮政"
same_days    = 31               # a voucher without an invoice repeats a purchase of the same sum within these days
*/
WITH billed AS (
    SELECT
        l.inv_key,
        i.issue_date AS paid_on,
        i.buyer_name AS unit_name,
        coalesce(i.unit_id, l.unit_id) AS unit_id,
        sum(coalesce(l.amount, 0) + coalesce(l.tax, 0)) AS paid,
        min(l.item_name) AS item,
        list_sort(array_agg(l.row_id)) AS invoice_line_rows
    FROM invoice_line AS l
    INNER JOIN invoice AS i ON l.inv_key = i.inv_key
    WHERE
        (l.tax_code LIKE '601%' OR regexp_matches(l.item_name, $words))
        AND NOT regexp_matches(upper(coalesce(l.item_name, '') || coalesce(i.seller_name, '')), $official_use)
        AND coalesce(l.amount, 1) > 0
        AND l.inv_key NOT IN (
            SELECT c.invoice_key FROM card_buy AS c
            WHERE c.invoice_key IS NOT NULL AND regexp_matches(upper(c.card_kind), $official_use)
        )
    GROUP BY l.inv_key, i.issue_date, i.unit_id, l.unit_id, i.buyer_name
),

bought AS (
    SELECT *
    FROM card_buy
    WHERE NOT regexp_matches(upper(coalesce(card_kind, '') || coalesce(issuer, '')), $official_use)
),

posted AS ( -- vouchers that tell of cards in words and name no invoice
    SELECT v.*
    FROM voucher AS v
    WHERE
        regexp_matches(v.summary, $words) AND v.debit > 0
        AND NOT regexp_matches(upper(v.summary), $official_use)
        AND v.row_id NOT IN (
            SELECT n.voucher_row FROM voucher_invoice AS n
            WHERE n.voucher_row IS NOT NULL
        )
),

purchases AS (
    SELECT
        coalesce(c.unit_id, b.unit_id) AS unit_id,
        coalesce(c.unit, b.unit_name) AS unit_name,
        coalesce(c.date, b.paid_on) AS paid_on,
        coalesce(b.paid, c.amount, c.face * c.qty) AS paid,
        coalesce(b.item, c.card_kind, '预付卡') AS item,
        c.row_id AS card_buy_row,
        b.invoice_line_rows
    FROM bought AS c
    FULL JOIN billed AS b ON c.invoice_key = b.inv_key
),

kept AS (
    SELECT
        *,
        cast(NULL AS BIGINT) AS voucher_row
    FROM purchases
    UNION ALL
    SELECT
        v.unit_id,
        v.unit,
        v.date,
        v.debit,
        v.summary,
        cast(NULL AS BIGINT) AS card_buy_row,
        cast(NULL AS BIGINT[]) AS invoice_line_rows,
        v.row_id
    FROM posted AS v
    WHERE NOT EXISTS (
        SELECT 1 FROM purchases AS p
        WHERE v.unit_id = p.unit_id AND v.debit = p.paid AND abs(date_diff('day', p.paid_on, v.date)) <= $same_days
    )
)

SELECT
    unit_id AS unit,
    unit_id,
    unit_name,
    paid_on AS at,
    item,
    card_buy_row,
    invoice_line_rows,
    voucher_row,
    cast(paid AS DECIMAL(14, 2)) AS amount
FROM kept
WHERE unit_id IS NOT NULL
