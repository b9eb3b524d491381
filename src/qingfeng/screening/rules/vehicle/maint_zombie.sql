/*
title    = "僵尸车维修"
question = "Was a repair billed for a vehicle that had neither fuel nor trips nor kilometres for 90 days?"
watch    = "vehicle"
tier     = "A"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["maint", "trip"]
uses     = ["fuel", "gps"]
optional = ["fuel.txn_type", "trip.approved_by"]
subject  = "plate"
scope    = "key"
look_back_days = 120
applies  = "amount > 0"
message  = "{plate} 于 {at} 在 {garage} 维修，费用 {amount} 元；此前 {days} 天（自 {since} 起）无加油、无出车、无行驶里程，待核"
innocent = ["处置前经批准的整备维修", "车辆借出而记录在其他单位"]
verify   = ["查：维修审批与结算单", "访：修理厂", "查：旧件"]

[excluded]
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"
"送修时间缺失" = "in_ts IS NULL AND out_ts IS NULL"
"派车单不足以覆盖此前 90 天" = "COALESCE(in_ts, out_ts) - $days * INTERVAL '1' DAY < (SELECT DATE_TRUNC('month', MIN(t.departed_at)) FROM trip AS t) OR COALESCE(in_ts, out_ts) >= (SELECT DATE_TRUNC('month', MAX(t.departed_at)) + INTERVAL '1' MONTH FROM trip AS t)"

[params]
days     = 90
drift_km = 0.2
*/
-- amount: the repair bill. A table covers the days from the first day of its first month to the last of its last.
WITH span AS (
    SELECT
        'trip' AS source,
        DATE_TRUNC('month', MIN(t.departed_at)) AS from_at,
        DATE_TRUNC('month', MAX(t.departed_at)) + INTERVAL '1' MONTH AS to_at
    FROM trip AS t
    UNION ALL
    SELECT
        'use' AS source,
        DATE_TRUNC('month', MIN(f.ts)) AS from_at,
        DATE_TRUNC('month', MAX(f.ts)) + INTERVAL '1' MONTH AS to_at
    FROM fuel AS f
    UNION ALL
    SELECT
        'use' AS source,
        DATE_TRUNC('month', MIN(g.started_at)) AS from_at,
        DATE_TRUNC('month', MAX(g.started_at)) + INTERVAL '1' MONTH AS to_at
    FROM gps AS g
),

repair AS (
    SELECT
        m.*,
        COALESCE(m.in_ts, m.out_ts) AS until_at,
        COALESCE(m.in_ts, m.out_ts) - $days * INTERVAL '1' DAY AS since_at
    FROM maint AS m
    WHERE m.amount > 0 AND m.plate_norm IS NOT NULL AND m.quality_flags NOT LIKE '%,plate_invalid,%'
),

covered AS (
    SELECT
        r.row_id,
        COUNT(DISTINCT s.source) AS sources
    FROM repair AS r
    CROSS JOIN span AS s
    WHERE s.from_at <= r.since_at AND s.to_at > r.until_at
    GROUP BY r.row_id
),

alive AS (
    SELECT r.row_id
    FROM fuel AS f
    INNER JOIN repair AS r ON f.plate_norm = r.plate_norm AND f.ts >= r.since_at AND f.ts < r.until_at
    WHERE COALESCE(f.txn_type, '加油') = '加油' AND f.liters > 0
    UNION ALL
    SELECT r.row_id
    FROM trip AS t
    INNER JOIN repair AS r
        ON
            t.plate_norm = r.plate_norm
            AND t.departed_at < r.until_at
            AND (t.departed_at >= r.since_at OR t.returned_at >= r.since_at)
    WHERE t.approved_by IS NULL OR t.approved_by NOT LIKE '%驳回%'
    UNION ALL
    SELECT r.row_id
    FROM gps AS g
    INNER JOIN repair AS r ON g.plate_norm = r.plate_norm AND g.started_at >= r.since_at AND g.started_at < r.until_at
    WHERE g.km > $drift_km
)

SELECT
    r.plate_norm AS plate,
    r.unit_id,
    r.until_at AS at,
    r.amount,
    r.garage,
    r.order_no,
    r.row_id AS maint_row,
    CAST(r.since_at AS DATE) AS since,
    CAST($days AS INTEGER) AS days,
    CASE WHEN r.quality_flags LIKE '%,plate_char_fixed,%' THEN 'B' ELSE 'A' END AS tier
FROM repair AS r
INNER JOIN covered AS c ON r.row_id = c.row_id AND c.sources = 2
WHERE NOT EXISTS (
    SELECT 1 FROM alive AS a
    WHERE a.row_id = r.row_id
)
