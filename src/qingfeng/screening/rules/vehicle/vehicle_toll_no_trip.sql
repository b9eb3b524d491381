/*
title    = "通行无派车单"
question = "Did a vehicle pass a toll gate with no trip order near?"
watch    = "vehicle"
tier     = "B"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["toll", "trip"]
uses     = ["duty_roster", "vehicle"]
overlaps = [["toll", "trip"]]
optional = ["trip.approved_by", "trip.duty_flag", "vehicle.use_type"]
subject  = "plate"
scope    = "key"
look_back_days = 366
message  = "{plate} 于 {at} 经 {entry_gate} 至 {exit_gate} 通行，通行费 {amount} 元，前后 {margin_hours} 小时内无派车单或值班记录，待核"
innocent = ["ETC 设备装在公用车辆上而派车单登记在另一辆", "派车单补录较晚", "紧急任务"]
verify   = ["查：派车单与审批记录", "调：收费站车道照片"]

[excluded]
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"
"通行时间缺失" = "exit_ts IS NULL AND entry_ts IS NULL"
"执法执勤、应急等豁免用途" = "plate_norm IN (SELECT v.plate_norm FROM vehicle AS v WHERE v.use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫'))"

[params]
margin_hours = 2
*/
-- amount: the toll.
WITH cover AS (
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

passage AS (
    SELECT
        p.*,
        COALESCE(p.exit_ts, p.entry_ts) AS ts
    FROM toll AS p
    WHERE p.plate_norm IS NOT NULL AND p.quality_flags NOT LIKE '%,plate_invalid,%'
)

SELECT
    p.plate_norm AS plate,
    p.unit_id,
    p.ts AS at,
    p.amount,
    p.row_id AS toll_row,
    CAST($margin_hours AS INTEGER) AS margin_hours,
    COALESCE(p.entry_gate, '（入口未记录）') AS entry_gate,
    COALESCE(p.exit_gate, '（出口未记录）') AS exit_gate
FROM passage AS p
WHERE
    p.ts IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM cover_day AS d
        WHERE d.who = p.plate_norm AND d.day = CAST(p.ts AS DATE) AND p.ts BETWEEN d.from_at AND d.to_at
    )
    AND NOT EXISTS (
        SELECT 1 FROM cover_day AS d
        WHERE d.who = p.unit_id AND d.day = CAST(p.ts AS DATE) AND p.ts BETWEEN d.from_at AND d.to_at
    )
    AND NOT EXISTS (
        SELECT 1 FROM vehicle AS v
        WHERE
            v.plate_norm = p.plate_norm
            AND v.use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫')
    )
