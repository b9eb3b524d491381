/*
title    = "节假日连续加油"
question = "Was one card filled on days off that follow each other, with no trip or duty near?"
watch    = "vehicle"
tier     = "B"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["fuel", "trip", "calendar"]
uses     = ["duty_roster", "vehicle"]
needs    = ["fuel.card"]
overlaps = [["fuel", "trip"]]
optional = ["fuel.txn_type", "trip.approved_by", "trip.duty_flag", "vehicle.use_type"]
subject  = "card"
scope    = "key"
look_back_days = 366
applies  = "COALESCE(txn_type, '加油') = '加油' AND liters > 0 AND CAST(ts AS DATE) IN (SELECT c.date FROM calendar AS c WHERE c.day_kind IN ('weekend', 'holiday'))"
message  = "尾号 {card_last4} 的加油卡（{plate}）在 {first_day} 至 {last_day} 连续 {days} 个休息日加油 {fills} 次共 {liters} 升、{amount} 元，均无派车单或值班记录，待核"
innocent = ["抢险救灾等连续任务", "值班表或派车单漏登"]
verify   = ["查：值班表与派车单", "调：定位轨迹与加油站视频"]

[excluded]
"卡号缺失、被遮盖或位数丢失" = "card_h IS NULL"
"加油卡未绑定车牌，无法对照派车单" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"
"执法执勤、应急等豁免用途" = "plate_norm IN (SELECT v.plate_norm FROM vehicle AS v WHERE v.use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫'))"

[params]
margin_hours = 6
days         = 2
*/
-- amount: what was paid for these fills.
WITH cover AS (
    -- When a trip or a duty speaks for a plate, or for every vehicle of a unit: as in fuel_holiday.
    SELECT
        t.plate_norm AS who,
        t.departed_at - $margin_hours * INTERVAL '1' HOUR AS from_at,
        CASE
            WHEN t.returned_at >= t.departed_at THEN t.returned_at
            ELSE CAST(t.departed_at AS DATE) + INTERVAL '1' DAY
        END
        + $margin_hours * INTERVAL '1' HOUR AS to_at
    FROM trip AS t
    WHERE
        t.given NOT LIKE '%,approved_by,%'
        OR (t.approved_by IS NOT NULL AND t.approved_by NOT LIKE '%驳回%')
        OR t.duty_flag
    UNION ALL
    SELECT
        COALESCE(d.plate_norm, d.unit_id) AS who,
        d.date_from - $margin_hours * INTERVAL '1' HOUR AS from_at,
        COALESCE(d.date_to, d.date_from) + INTERVAL '1' DAY + $margin_hours * INTERVAL '1' HOUR AS to_at
    FROM duty_roster AS d
),

cover_day AS (
    SELECT
        c.who,
        c.from_at,
        c.to_at,
        CAST(u.day AS DATE) AS day
    FROM cover AS c
    CROSS JOIN
        UNNEST(GENERATE_SERIES(
            CAST(c.from_at AS DATE), CAST(LEAST(c.to_at, c.from_at + INTERVAL '366' DAY) AS DATE), INTERVAL '1' DAY
        )) AS u (day)
    WHERE c.to_at >= c.from_at
),

fill AS (
    SELECT
        f.row_id,
        f.card_h,
        f.card_last4,
        f.plate_norm,
        f.unit_id,
        f.ts,
        f.liters,
        f.amount,
        c.date AS day
    FROM fuel AS f
    INNER JOIN calendar AS c ON CAST(f.ts AS DATE) = c.date
    WHERE
        c.day_kind IN ('weekend', 'holiday')
        AND COALESCE(f.txn_type, '加油') = '加油'
        AND f.liters > 0
        AND f.card_h IS NOT NULL
        AND f.plate_norm IS NOT NULL
        AND f.quality_flags NOT LIKE '%,plate_invalid,%'
        AND NOT EXISTS (
            SELECT 1 FROM cover_day AS d
            WHERE d.who = f.plate_norm AND d.day = CAST(f.ts AS DATE) AND f.ts BETWEEN d.from_at AND d.to_at
        )
        AND NOT EXISTS (
            SELECT 1 FROM cover_day AS d
            WHERE d.who = f.unit_id AND d.day = CAST(f.ts AS DATE) AND f.ts BETWEEN d.from_at AND d.to_at
        )
        AND NOT EXISTS (
            SELECT 1 FROM vehicle AS v
            WHERE
                v.plate_norm = f.plate_norm
                AND v.use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫')
        )
),

marked AS (
    -- 1 where a run of days begins: the card was not filled on the day before.
    SELECT
        f.*,
        CASE
            WHEN LAG(f.day) OVER (PARTITION BY f.card_h ORDER BY f.ts, f.row_id) >= f.day - INTERVAL '1' DAY THEN 0
            ELSE 1
        END AS begins
    FROM fill AS f
),

run AS (
    SELECT
        m.*,
        SUM(m.begins) OVER (
            PARTITION BY m.card_h ORDER BY m.ts, m.row_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run_no
    FROM marked AS m
)

SELECT
    r.card_h AS card,
    MIN(r.unit_id) AS unit_id,
    MIN(r.ts) AS at,
    SUM(r.amount) AS amount,
    MIN(r.card_last4) AS card_last4,
    MIN(r.plate_norm) AS plate,
    MIN(r.day) AS first_day,
    MAX(r.day) AS last_day,
    COUNT(DISTINCT r.day) AS days,
    COUNT(*) AS fills,
    SUM(r.liters) AS liters,
    ARRAY_AGG(r.row_id) AS fuel_rows
FROM run AS r
GROUP BY r.card_h, r.run_no
HAVING COUNT(DISTINCT r.day) >= $days
