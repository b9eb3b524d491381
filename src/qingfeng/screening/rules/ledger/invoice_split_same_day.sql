/*
title    = "化整为零"
question = "Did a unit buy from one seller within three days in invoices below a limit that they reach together?"
watch    = "ledger"
tier     = "B"
basis    = ["机关事务管理条例（2012）第十五条"]
reads    = ["invoice"]
needs    = ["invoice.total"]
subject  = "vendor"
scope    = "key"                # one seller and buyer
look_back_days = 3
# amount: the sum of the totals
message  = "{seller_name} 于 {at} 至 {last_on} 向 {buyer} 开具发票 {invoices} 张，每张均低于 {limit_yuan} 元，合计 {amount} 元"
innocent = ["同一合同分批交货、分批开票"]
verify   = ["查：合同、采购审批与验收单"]
applies  = "total > 0"

[excluded]
"购买方未能对应到单位名册" = "unit_id IS NULL"
"已作废或红冲" = "status IN ('作废', '红冲')"

[params]
limit_yuan  = 10000             # a district enters its own limit of procurement
within_days = 3
*/
WITH small AS NOT MATERIALIZED ( -- read three times, with few columns each: kept whole it would spill
    SELECT
        row_id,
        unit_id,
        total,
        coalesce(inv_key, cast(row_id AS VARCHAR)) AS inv_key,
        coalesce(seller_tax_no, seller_name) AS seller,
        date_diff('day', DATE '2000-01-01', issue_date) AS day_no
    FROM invoice
    WHERE
        total > 0 AND total < $limit_yuan AND unit_id IS NOT NULL AND issue_date IS NOT NULL
        AND coalesce(status, '') NOT IN ('作废', '红冲')
),

enough AS ( -- before the windows: most pairs of seller and buyer never reach the limit
    SELECT
        seller,
        unit_id,
        min(row_id) AS pair_no
    FROM small
    GROUP BY seller, unit_id
    HAVING count(*) >= 2 AND sum(total) >= $limit_yuan
),

dated AS ( -- numbers only, so that neighbours are found without carrying any text
    SELECT
        e.pair_no,
        s.row_id,
        s.day_no,
        lag(s.day_no) OVER (PARTITION BY e.pair_no ORDER BY s.day_no) AS day_before,
        lead(s.day_no) OVER (PARTITION BY e.pair_no ORDER BY s.day_no) AS day_after
    FROM small AS s
    INNER JOIN enough AS e ON s.seller = e.seller AND s.unit_id = e.unit_id
),

close AS ( -- invoices with another of their pair within the days
    SELECT DISTINCT
        d.pair_no,
        s.inv_key
    FROM dated AS d
    INNER JOIN small AS s ON d.row_id = s.row_id
    WHERE d.day_no - d.day_before <= $within_days OR d.day_after - d.day_no <= $within_days
),

single AS ( -- an invoice recorded twice counts once
    SELECT
        e.seller,
        e.unit_id,
        e.pair_no,
        s.inv_key,
        min(s.row_id) AS row_id,
        min(s.day_no) AS day_no,
        min(s.total) AS total
    FROM close AS c
    INNER JOIN enough AS e ON c.pair_no = e.pair_no
    INNER JOIN small AS s ON c.inv_key = s.inv_key AND e.seller = s.seller AND e.unit_id = s.unit_id
    GROUP BY e.seller, e.unit_id, e.pair_no, s.inv_key
),

windows AS ( -- from each invoice on, what follows within the days
    SELECT
        *,
        count(*) OVER near AS invoices,
        sum(total) OVER near AS paid,
        max(day_no) OVER near AS last_day_no,
        lag(day_no) OVER (PARTITION BY pair_no ORDER BY day_no, row_id) AS day_before
    FROM single
    WINDOW near AS (
        PARTITION BY pair_no ORDER BY day_no RANGE BETWEEN CURRENT ROW AND $within_days FOLLOWING
    )
),

judged AS (
    SELECT *
    FROM windows
    WHERE
        invoices >= 2 AND paid >= $limit_yuan
        AND (day_before IS NULL OR day_before + $within_days < last_day_no) -- no earlier window holds this one
)

SELECT
    j.seller AS vendor,
    j.unit_id,
    j.invoices,
    cast(j.paid AS DECIMAL(14, 2)) AS amount,
    cast($limit_yuan AS DECIMAL(14, 2)) AS limit_yuan,
    min(i.seller_name) AS seller_name,
    min(i.buyer_name) AS buyer,
    min(i.issue_date) AS at,
    max(i.issue_date) AS last_on,
    list_sort(array_agg(i.row_id)) AS invoice_rows
FROM judged AS j
INNER JOIN single AS s ON j.pair_no = s.pair_no AND s.day_no BETWEEN j.day_no AND j.last_day_no
INNER JOIN invoice AS i ON s.row_id = i.row_id
GROUP BY j.row_id, j.seller, j.unit_id, j.invoices, j.paid
