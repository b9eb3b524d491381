/*
title    = "发票连号"
question = "Did a unit receive three or more invoices with consecutive numbers from one seller on different days?"
watch    = "ledger"
tier     = "B"
basis    = ["中华人民共和国发票管理办法（2023）"]
reads    = ["invoice"]
needs    = ["invoice.code", "invoice.no"]
subject  = "vendor"
scope    = "key"                # one seller, code and buyer
look_back_days = 30
# amount: the sum of the totals of the run
message  = "{seller_name} 开给 {buyer} 的发票 {first_no} 至 {last_no} 连号 {invoices} 张，开票日期为 {at} 至 {last_on}，合计 {amount} 元"
innocent = ["一次采购分开开票", "本式发票整本使用"]
verify   = ["访：销售方", "查：各次业务的审批与验收"]

[excluded]
"二十位数电票（号码不由单位领用）" = "e_no IS NOT NULL OR length(no) = 20"
"缺发票代码或号码不是八位" = "code IS NULL OR no IS NULL OR NOT regexp_matches(no, '^[0-9]{8}$')"
"购买方未能对应到单位名册" = "unit_id IS NULL"
"已作废或红冲" = "status IN ('作废', '红冲')"

[params]
run         = 3
within_days = 30
spread_days = 2
*/
WITH legacy AS (
    SELECT
        row_id,
        unit_id,
        code,
        issue_date,
        coalesce(seller_tax_no, seller_name) AS seller,
        CASE WHEN regexp_matches(no, '^[0-9]{8}$') THEN cast(no AS INTEGER) END AS number,
        date_diff('day', DATE '2000-01-01', issue_date) AS day_no
    FROM invoice
    WHERE
        e_no IS NULL AND code IS NOT NULL AND regexp_matches(no, '^[0-9]{8}$') AND issue_date IS NOT NULL
        AND unit_id IS NOT NULL AND coalesce(status, '') NOT IN ('作废', '红冲')
),

enough AS ( -- before the windows: most sellers' groups are too small or of one day
    SELECT
        seller,
        code,
        unit_id
    FROM legacy
    GROUP BY seller, code, unit_id
    HAVING count(*) >= $run AND max(day_no) - min(day_no) >= $spread_days
),

single AS (
    SELECT
        l.seller,
        l.code,
        l.unit_id,
        l.number,
        min(l.day_no) AS day_no,
        min(l.row_id) AS row_id
    FROM legacy AS l
    INNER JOIN enough AS e ON l.seller = e.seller AND l.code = e.code AND l.unit_id = e.unit_id
    GROUP BY l.seller, l.code, l.unit_id, l.number
),

stepped AS (
    SELECT
        *,
        number - lag(number) OVER numbers AS number_gap,
        abs(day_no - lag(day_no) OVER numbers) AS days_gap
    FROM single
    WINDOW numbers AS (PARTITION BY seller, code, unit_id ORDER BY number, row_id)
),

runs AS (
    SELECT
        *,
        sum(CASE WHEN number_gap = 1 AND days_gap <= $within_days THEN 0 ELSE 1 END)
            OVER (PARTITION BY seller, code, unit_id ORDER BY number) AS run_no
    FROM stepped
),

windows AS ( -- from each invoice on, those of its run within the days
    SELECT
        *,
        count(*) OVER near AS invoices,
        min(number) OVER near AS first_number,
        max(number) OVER near AS last_number,
        max(day_no) OVER near AS last_day_no,
        lag(day_no) OVER (PARTITION BY seller, code, unit_id, run_no ORDER BY day_no, row_id) AS day_before
    FROM runs
    WINDOW near AS (
        PARTITION BY seller, code, unit_id, run_no
        ORDER BY day_no RANGE BETWEEN CURRENT ROW AND $within_days FOLLOWING
    )
),

judged AS (
    SELECT *
    FROM windows
    WHERE
        invoices >= $run AND last_number - first_number + 1 = invoices
        AND last_day_no - day_no >= $spread_days
        AND (day_before IS NULL OR day_before + $within_days < last_day_no) -- no earlier window holds this one
)

SELECT
    j.seller AS vendor,
    j.unit_id,
    j.invoices,
    min(i.seller_name) AS seller_name,
    min(i.buyer_name) AS buyer,
    min(i.issue_date) AS at,
    max(i.issue_date) AS last_on,
    lpad(cast(j.first_number AS VARCHAR), 8, '0') AS first_no,
    lpad(cast(j.last_number AS VARCHAR), 8, '0') AS last_no,
    sum(i.total) AS amount,
    list_sort(array_agg(i.row_id)) AS invoice_rows
FROM judged AS j
INNER JOIN single AS s
    ON
        j.seller = s.seller AND j.code = s.code AND j.unit_id = s.unit_id
        AND s.number BETWEEN j.first_number AND j.last_number
INNER JOIN invoice AS i ON s.row_id = i.row_id
GROUP BY j.row_id, j.seller, j.unit_id, j.invoices, j.first_number, j.last_number
