/*
title    = "拆分购卡规避限额"
question = "Did a unit buy cards of one issuer within three days in pieces below a limit that they reach together?"
watch    = "card"
tier     = "A"
basis    = ["关于规范商业预付卡管理的意见（2011）"]
reads    = ["card_buy"]
subject  = "unit"
scope    = "key"                # one unit and issuer
look_back_days = 3
# amount: the sum of the purchases
message  = "{unit_name} 于 {at} 至 {last_on} 向“{issuer}”购卡 {purchases} 笔，每笔均低于 {limit_yuan} 元，合计 {amount} 元"
innocent = ["由不同部门分别购买"]
verify   = ["调：发卡企业售卡记录", "查：付款凭证与审批单"]
applies  = "coalesce(amount, face * qty) > 0"

[excluded]
"购卡单位未能对应到单位名册" = "unit_id IS NULL"
"发卡企业或日期未填" = "issuer IS NULL OR date IS NULL"
"加油、通行、食堂、公交、邮政用卡" = "regexp_matches(upper(coalesce(card_kind, '')), $official_use)"

[params]
within_days   = 3
transfer_yuan = 5000            # from here on by transfer only
named_yuan    = 10000           # from here on under a real name
official_use  = "加油|油卡|燃油|汽油|柴油|ETC|通行|食堂|饭卡|餐卡|公交|地铁|轨道|交通卡|邮资|邮票|邮政"
*/
WITH bought AS (
    SELECT
        row_id,
        unit_id,
        unit,
        issuer,
        date,
        coalesce(amount, face * qty) AS paid,
        date_diff('day', DATE '2000-01-01', date) AS day_no
    FROM card_buy
    WHERE
        unit_id IS NOT NULL AND issuer IS NOT NULL AND date IS NOT NULL
        AND NOT regexp_matches(upper(coalesce(card_kind, '')), $official_use)
),

limits AS (
    SELECT $transfer_yuan AS limit_yuan
    UNION ALL
    SELECT $named_yuan AS limit_yuan
),

windows AS ( -- from each purchase on, what follows within the days; the first purchase of a day speaks for the day
    SELECT
        b.*,
        l.limit_yuan,
        count(*) OVER days AS purchases,
        sum(b.paid) OVER days AS total,
        max(b.day_no) OVER days AS last_day_no,
        max(b.date) OVER days AS last_on,
        lag(b.day_no) OVER (PARTITION BY b.unit_id, b.issuer, l.limit_yuan ORDER BY b.day_no, b.row_id) AS day_before
    FROM bought AS b INNER JOIN limits AS l ON b.paid < l.limit_yuan
    WHERE b.paid > 0
    WINDOW days AS (
        PARTITION BY b.unit_id, b.issuer, l.limit_yuan
        ORDER BY b.day_no RANGE BETWEEN CURRENT ROW AND $within_days FOLLOWING
    )
),

judged AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY row_id ORDER BY limit_yuan DESC, row_id ASC) AS place
    FROM windows
    WHERE
        purchases >= 2 AND total >= limit_yuan
        AND (day_before IS NULL OR day_before + $within_days < last_day_no) -- no earlier window holds this one
)

SELECT
    j.unit_id AS unit,
    j.unit_id,
    j.unit AS unit_name,
    j.date AS at,
    j.issuer,
    j.purchases,
    j.limit_yuan,
    j.last_on,
    cast(j.total AS DECIMAL(14, 2)) AS amount,
    list_sort(array_agg(b.row_id)) AS card_buy_rows
FROM judged AS j
INNER JOIN bought AS b
    ON
        j.unit_id = b.unit_id AND j.issuer = b.issuer
        AND j.limit_yuan > b.paid AND b.paid > 0 AND b.day_no BETWEEN j.day_no AND j.last_day_no
WHERE j.place = 1
GROUP BY j.unit_id, j.unit, j.date, j.issuer, j.purchases, j.limit_yuan, j.last_on, j.total, j.row_id
