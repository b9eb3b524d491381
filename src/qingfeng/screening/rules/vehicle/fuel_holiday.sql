/*
title    = "节假日加油"
question = "Was a vehicle filled on a day off with no trip or duty near?"
watch    = "vehicle"
tier     = "B"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["fuel", "trip", "calendar"]
uses     = ["duty_roster", "vehicle"]
overlaps = [["fuel", "trip"]]
optional = ["fuel.txn_type", "trip.approved_by", "trip.duty_flag", "vehicle.use_type"]
subject  = "plate"
scope    = "key"
look_back_days = 366
applies  = "COALESCE(txn_type, '加油') = '加油' AND liters > 0 AND CAST(ts AS DATE) IN (SELECT c.date FROM calendar AS c WHERE c.day_kind IN ('weekend', 'holiday'))"
message  = "{plate} 于 {at}（{day_name}）在 {station} 加油 {liters} 升、{amount} 元，前后 {margin_hours} 小时内无派车单或值班记录，待核"
innocent = ["值班或防汛、防疫等应急任务", "次日出车前加油", "派车单漏登"]
verify   = ["查：值班表与派车单", "调：当日定位轨迹与加油站视频"]

[excluded]
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"
"执法执勤、应急等豁免用途" = "plate_norm IN (SELECT v.plate_norm FROM vehicle AS v WHERE v.use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫'))"

[params]
margin_hours = 6
*/
-- amount: what was paid for the fill.
WITH cover AS (
    -- When a trip or a duty speaks for a plate, or for every vehicle of a unit.
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
)

SELECT
    f.plate_norm AS plate,
    f.unit_id,
    f.ts AS at,
    f.amount,
    f.liters,
    f.station,
    f.row_id AS fuel_row,
    CAST($margin_hours AS INTEGER) AS margin_hours,
    COALESCE(NULLIF(c.holiday_name, ''), '周末') AS day_name
FROM fuel AS f
INNER JOIN calendar AS c ON CAST(f.ts AS DATE) = c.date
WHERE
    c.day_kind IN ('weekend', 'holiday')
    AND COALESCE(f.txn_type, '加油') = '加油'
    AND f.liters > 0
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
