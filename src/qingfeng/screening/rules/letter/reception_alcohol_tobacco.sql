/*
title    = "烟酒入单"
question = "Does the bill of a reception contain alcohol or tobacco?"
watch    = "letter"
tier     = "A"
basis    = ["党政机关厉行节约反对浪费条例（2025）", "党政机关国内公务接待管理规定（2013）第十条"]
reads    = ["reception", "reception_invoice", "invoice_line"]
subject  = "reception"
scope    = "key"                # a line reaches the receptions that its invoice belongs to
on       = "r.date"
# amount: the lines of alcohol and tobacco, tax included
message  = "{unit} 于 {at} 接待“{guest_unit}”，所附发票载有烟酒类项目：{items}，计 {amount} 元"
innocent = ["烹饪用酒"]
verify   = ["查：发票明细与菜单", "访：经办人与餐饮单位"]

[excluded]
"接待日期缺失" = "date IS NULL"
"当日尚无适用规定" = "$is_all_banned IS NULL"

[params]
# tobacco of any kind was banned before; of alcohol only the expensive
is_all_banned = [
  {from = 2013-12-08, value = false, basis = "党政机关国内公务接待管理规定（2013）第十条：不得提供香烟和高档酒水"},
  {from = 2025-05-01, value = true, basis = "党政机关厉行节约反对浪费条例（2025）：不上烟酒"},
]
expensive_yuan = 300            # one bottle
tobacco = '烟草制品|香烟|卷烟|雪茄|电子烟'
alcohol = '\*酒\*|白酒|红酒|葡萄酒|黄酒|米酒|啤酒|洋酒|果酒|药酒|清酒|香槟|威士忌|白兰地|伏特加|酒水|茅台|五粮液|老窖|郎酒|汾酒|古井贡'
famous  = '茅台|五粮液|国窖|洋酒|威士忌|白兰地|高档'
other   = '料酒|酒精|酒店|酒楼|酒家|酒席|酒酿|酒杯|酒具|酒糟|消毒|烟灰缸|戒烟|啤酒鸭|啤酒鱼|酒心'
*/
WITH billed AS (
    SELECT DISTINCT
        i.reception_row,
        l.row_id,
        l.item_name,
        l.price,
        coalesce(l.amount, 0) + coalesce(l.tax, 0) AS paid,
        coalesce(l.tax_code LIKE '10304%', FALSE)
        OR coalesce(regexp_matches(l.item_name, $tobacco), FALSE) AS is_tobacco,
        regexp_matches(l.item_name, $famous) AS is_famous
    FROM reception_invoice AS i
    INNER JOIN invoice_line AS l ON i.inv_key = l.inv_key
    WHERE
        coalesce(l.amount, 1) > 0 AND NOT regexp_matches(coalesce(l.item_name, ''), $other)
        AND (
            l.tax_code LIKE '1030306%'
            OR l.tax_code LIKE '10304%'
            OR regexp_matches(l.item_name, $tobacco || '|' || $alcohol)
        )
)

SELECT
    r.row_id AS reception_row,
    r.unit_id,
    r.date AS at,
    r.host_unit AS unit,
    r.guest_unit,
    cast(sum(b.paid) AS DECIMAL(14, 2)) AS amount,
    CASE WHEN $is_all_banned THEN 'A' ELSE 'B' END AS tier,
    coalesce(r.rcpt_id, coalesce(r.host_unit, '') || ' ' || cast(r.date AS VARCHAR)) AS reception,
    array_to_string(list_sort(array_agg(DISTINCT b.item_name)), '、') AS items,
    list_sort(array_agg(b.row_id)) AS invoice_line_rows
FROM reception AS r
INNER JOIN billed AS b ON r.row_id = b.reception_row
WHERE
    $is_all_banned IS NOT NULL
    AND ($is_all_banned OR b.is_tobacco OR b.is_famous OR b.price > $expensive_yuan)
GROUP BY r.row_id, r.unit_id, r.date, r.host_unit, r.guest_unit, r.rcpt_id
