/*
title    = "以办公用品名义购卡"
question = "Does a supermarket's invoice to a unit say only “office supplies” for a round sum, without a list?"
watch    = "card"
tier     = "B"
basis    = ["中华人民共和国发票管理办法（2023）第十九条", "关于规范商业预付卡管理的意见（2011）"]
reads    = ["invoice", "invoice_line"]
uses     = ["vendor"]
needs    = ["invoice.total", "invoice_line.item_name"]
subject  = "invoice"
scope    = "row"
# amount: total of the invoice
message  = "{seller_name} 于 {at} 向 {unit} 开具发票，品名为“{items}”，无明细清单，价税合计 {amount} 元（整百）"
innocent = ["确有批量采购，另附清单"]
verify   = ["调：商家小票与销售明细", "查：入库与领用记录"]
applies  = "total > 0"

[excluded]
"购买方未能对应到单位名册" = "unit_id IS NULL"
"已作废或红冲" = "status IN ('作废', '红冲')"
"备注载明另附清单" = "remark LIKE '%清单%'"

[params]
floor_yuan = 1000
step_yuan  = 100
retail     = "超市|商超|百货|商场|商厦|购物中心|购物广场|大卖场|便利店|量贩"
general    = "^([*][^*]*[*])?(办公用品|办公耗材|打印耗材|耗材|劳保用品|劳保|日用品|日用百货)[(（]?(一批|若干|等|费|类|详见清单|见清单)?[)）]?$"

[under]
floor_yuan = 0.8
*/
WITH suspect AS (
    SELECT i.*
    FROM invoice AS i
    WHERE
        i.total >= $floor_yuan AND i.total % $step_yuan = 0
        AND i.unit_id IS NOT NULL
        AND coalesce(i.status, '') NOT IN ('作废', '红冲')
        AND coalesce(i.remark, '') NOT LIKE '%清单%'
        AND (
            regexp_matches(i.seller_name, $retail)
            OR i.seller_tax_no IN (
                SELECT v.tax_no FROM vendor AS v
                WHERE regexp_matches(v.class, '商超|超市|百货')
            )
        )
),

items AS (
    SELECT
        l.inv_key,
        array_to_string(list_sort(array_agg(DISTINCT l.item_name)), '、') AS items,
        list_sort(array_agg(l.row_id)) AS invoice_line_rows
    FROM invoice_line AS l
    INNER JOIN suspect AS s ON l.inv_key = s.inv_key
    GROUP BY l.inv_key
    HAVING count(*) = count(CASE WHEN regexp_matches(l.item_name, $general) THEN 1 END)
)

SELECT
    s.inv_key AS invoice,
    s.unit_id,
    s.issue_date AS at,
    s.total AS amount,
    s.buyer_name AS unit,
    s.seller_name,
    t.items,
    s.row_id AS invoice_row,
    t.invoice_line_rows
FROM suspect AS s
INNER JOIN items AS t ON s.inv_key = t.inv_key
