/*
title    = "私车公养叠加分析"
question = "Do three different doubts about fills meet on one card within a month?"
watch    = "cross"
tier     = "A"
basis    = ["党政机关公务用车管理办法（2017）", "中央八项规定"]
reads    = ["finding", "fuel"]
uses     = ["fuel_card"]
subject  = "plate"
scope    = "key"
look_back_days = 366
applies  = "STARTS_WITH(rule, 'fuel_')"
message  = "{plate} 的加油卡于 {at} 至 {last_at} 出现 {rules} 类加油疑点共 {doubts} 条（{rule_names}），涉及金额 {amount} 元，合并待核"
innocent = ["各条疑点均有各自的正当原因", "车辆登记信息有误导致多条疑点"]
verify   = ["查：油卡全部明细与派车单", "调：加油站视频与定位轨迹", "访：驾驶员与加油站"]

[excluded]
"统计类疑点，不针对具体车辆" = "tier = 'C'"
"不以车辆或加油卡为对象的疑点" = "subject_kind NOT IN ('plate', 'card')"

[params]
rules = 3
days  = 30
# Rules whose records go beyond fuel: trips, locator, tolls, vouchers. One of them makes the second source.
wider = ["fuel_over_tank_window", "fuel_holiday", "fuel_holiday_consecutive", "fuel_card_vehicle_separated", "fuel_offsite_region", "fuel_no_trip_between", "fuel_consumption_high", "fuel_night", "fuel_topup_gap", "fuel_invoice_besides_card"]
*/
-- amount: what was paid in the fills that the findings show, each once. A card counts as the vehicle it is bound to.
WITH carded AS (
    SELECT
        c.card_h,
        c.plate_norm,
        1 AS choice
    FROM fuel_card AS c
    WHERE c.card_h IS NOT NULL AND c.plate_norm IS NOT NULL
    UNION ALL
    SELECT
        f.card_h,
        f.plate_norm,
        2 AS choice
    FROM fuel AS f
    INNER JOIN finding AS d ON f.card_h = d.subject_key
    WHERE d.subject_kind = 'card' AND f.plate_norm IS NOT NULL
),

bound AS (
    -- By the register of cards, else by the fills.
    SELECT
        c.card_h,
        COALESCE(
            MIN(CASE WHEN c.choice = 1 THEN c.plate_norm END), MIN(CASE WHEN c.choice = 2 THEN c.plate_norm END)
        ) AS plate_norm
    FROM carded AS c
    GROUP BY c.card_h
),

doubt AS (
    SELECT
        d.finding_row,
        d.rule,
        d.tier,
        d.unit_id,
        d.at,
        d.evidence_rows,
        CASE WHEN d.subject_kind = 'card' THEN b.plate_norm ELSE d.subject_key END AS plate
    FROM finding AS d
    LEFT JOIN bound AS b ON d.subject_key = b.card_h
    WHERE STARTS_WITH(d.rule, 'fuel_') AND d.tier IN ('A', 'B') AND d.subject_kind IN ('plate', 'card')
),

month_of AS (
    SELECT
        a.plate,
        a.at AS from_at,
        a.at + $days * INTERVAL '1' DAY AS to_at
    FROM doubt AS a
    INNER JOIN doubt AS b ON a.plate = b.plate AND b.at BETWEEN a.at AND a.at + $days * INTERVAL '1' DAY
    GROUP BY a.plate, a.finding_row, a.at
    HAVING
        COUNT(DISTINCT b.rule) >= $rules
        AND COUNT(DISTINCT CASE WHEN LIST_CONTAINS($wider, b.rule) THEN b.rule END) >= 1
),

member AS (
    SELECT d.*
    FROM doubt AS d
    WHERE EXISTS (
        SELECT 1 FROM month_of AS m
        WHERE m.plate = d.plate AND d.at BETWEEN m.from_at AND m.to_at
    )
),

marked AS (
    SELECT
        m.*,
        CASE
            WHEN
                LAG(m.at) OVER (PARTITION BY m.plate ORDER BY m.at, m.finding_row) >= m.at - $days * INTERVAL '1' DAY
                THEN 0
            ELSE 1
        END AS begins
    FROM member AS m
),

chain AS (
    SELECT
        m.*,
        SUM(m.begins) OVER (
            PARTITION BY m.plate ORDER BY m.at, m.finding_row ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS chain_no
    FROM marked AS m
),

shown AS (
    SELECT
        c.plate,
        c.chain_no,
        UNNEST(c.evidence_rows) AS row_id
    FROM chain AS c
),

spent AS (
    SELECT
        s.plate,
        s.chain_no,
        SUM(f.amount) AS amount
    FROM (SELECT DISTINCT e.* FROM shown AS e) AS s
    INNER JOIN fuel AS f ON s.row_id = f.row_id
    GROUP BY s.plate, s.chain_no
)

SELECT
    c.plate,
    MIN(c.unit_id) AS unit_id,
    MIN(c.at) AS at,
    MAX(s.amount) AS amount,
    MAX(c.at) AS last_at,
    COUNT(DISTINCT c.rule) AS rules,
    COUNT(*) AS doubts,
    ARRAY_TO_STRING(LIST_SORT(ARRAY_AGG(DISTINCT c.rule)), '、') AS rule_names,
    ARRAY_AGG(c.finding_row) AS finding_rows,
    MIN(c.tier) AS tier
FROM chain AS c
LEFT JOIN spent AS s ON c.plate = s.plate AND c.chain_no = s.chain_no
GROUP BY c.plate, c.chain_no
