/*
title    = "节假日酒店、温泉公款消费"
question = "Was a hotel's, hot spring's or resort's invoice to a unit or its union dated on a rest day?"
watch    = "scenic"
tier     = "B"
basis    = ["党政机关厉行节约反对浪费条例（2025）", "中华人民共和国公职人员政务处分法（2020）第三十五条"]
reads    = ["invoice", "calendar"]
uses     = ["vendor", "unit", "travel_claim"]   # a stay that a travel claim tells of is explained
subject  = "invoice"
scope    = "row"
# amount: total of the invoice
message  = "{seller_name} 于 {at}（{day_name}）向 {buyer} 开具发票 {amount} 元，未见对应差旅报销记录"
innocent = ["应急处置期间集中住宿"]
verify   = ["查：住宿或活动审批、名单", "访：酒店经办人员"]
applies  = """regexp_matches(seller_name, $lodging) AND NOT regexp_matches(seller_name, $goods)
  OR seller_tax_no IN (SELECT v.tax_no FROM vendor AS v WHERE regexp_matches(v.class, '酒店|宾馆|住宿'))"""

[excluded]
"已作废或红冲" = "status IN ('作废', '红冲') OR total <= 0"

[params]
lodging = "酒店|宾馆|温泉|度假|山庄|民宿|客栈|旅馆|招待所"
goods   = "酒店用品|酒店设备|酒店家具|宾馆用品"
*/
WITH lodging AS (
    SELECT i.*
    FROM invoice AS i
    WHERE
        (
            (regexp_matches(i.seller_name, $lodging) AND NOT regexp_matches(i.seller_name, $goods))
            OR i.seller_tax_no IN (
                SELECT v.tax_no FROM vendor AS v
                WHERE regexp_matches(v.class, '酒店|宾馆|住宿')
            )
        )
        AND coalesce(i.status, '') NOT IN ('作废', '红冲') AND coalesce(i.total, 1) > 0
),

unions AS (
    SELECT
        union_name,
        min(unit_id) AS unit_id
    FROM unit
    GROUP BY union_name
)

SELECT
    i.inv_key AS invoice,
    i.issue_date AS at,
    i.total AS amount,
    i.seller_name,
    i.buyer_name AS buyer,
    i.row_id AS invoice_row,
    coalesce(i.unit_id, u.unit_id) AS unit_id,
    CASE WHEN c.day_kind = 'weekend' THEN '周末' ELSE coalesce(nullif(c.holiday_name, ''), '节假日') END AS day_name
FROM lodging AS i
INNER JOIN calendar AS c ON i.issue_date = c.date
LEFT JOIN unions AS u ON i.buyer_name = u.union_name
WHERE
    c.day_kind IN ('weekend', 'holiday')
    AND coalesce(i.unit_id, u.unit_id) IS NOT NULL AND i.inv_key IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM travel_claim AS t
        WHERE
            i.unit_id = t.unit_id AND i.issue_date BETWEEN t.departed_on AND t.returned_on
            AND (starts_with(i.seller_name, t.hotel) OR starts_with(t.hotel, i.seller_name))
    )
