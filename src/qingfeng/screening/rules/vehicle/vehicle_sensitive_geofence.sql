/*
title    = "进入敏感区域"
question = "Did a vehicle stop at a sensitive place that no trip order names?"
watch    = "vehicle"
tier     = "B"
basis    = ["党政机关公务用车管理办法（2017）", "中央八项规定"]
reads    = ["gps", "geofence", "at_place"]
uses     = ["trip", "vehicle", "duty_roster"]
optional = ["trip.approved_by", "trip.duty_flag", "vehicle.use_type"]
subject  = "plate"
scope    = "key"
look_back_days = 366
applies  = "kind = 'stop' OR (kind IS NULL AND COALESCE(km, 0) = 0)"
message  = "{plate} 于 {at} 至 {to_at} 停在{place}（{place_class}），同一时间的派车单事由和目的地未写明该处，待核"
innocent = ["对该场所的检查或调研", "在该场所参加会议", "接送办事人员"]
verify   = ["查：派车单事由与会议、检查通知", "访：该场所", "调：场所出入视频"]

[excluded]
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"
"执法执勤、应急等豁免用途" = "plate_norm IN (SELECT v.plate_norm FROM vehicle AS v WHERE v.use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫'))"

[params]
minutes  = 15
drift_km = 0.2
*/
-- amount: none. A stop within the locator's drift of the registered place is at that place. Of several places that a
-- stop lies in the nearest is named, and an order that names any of them explains the stop.
WITH stop AS (
    SELECT
        g.row_id,
        g.plate_norm,
        g.unit_id,
        g.started_at,
        g.ended_at,
        g.lon,
        g.lat,
        f.name,
        f.class,
        REPLACE(f.class, '住宅', '') AS class_word,
        ROW_NUMBER() OVER (PARTITION BY g.row_id ORDER BY a.distance_m, f.row_id) AS nearest
    FROM at_place AS a
    INNER JOIN geofence AS f ON a.place_id = f.place_id
    INNER JOIN gps AS g ON a.row_id = g.row_id
    WHERE
        f.class IN ('景区', '酒店', '娱乐', '住宅小区', '学校', '墓园', '农家乐')
        AND (f.valid_from IS NULL OR f.valid_from <= g.started_at)
        AND (f.valid_to IS NULL OR f.valid_to >= CAST(g.started_at AS DATE))
        AND (g.kind = 'stop' OR (g.kind IS NULL AND COALESCE(g.km, 0) = 0))
        AND g.ended_at >= g.started_at + $minutes * INTERVAL '1' MINUTE
        AND g.plate_norm IS NOT NULL
        AND g.quality_flags NOT LIKE '%,plate_invalid,%'
),

named AS (
    SELECT s.row_id
    FROM stop AS s
    INNER JOIN trip AS t ON s.plate_norm = t.plate_norm
    WHERE
        t.departed_at <= s.ended_at
        AND CASE
            WHEN t.returned_at >= t.departed_at THEN t.returned_at
            ELSE CAST(t.departed_at AS DATE) + INTERVAL '1' DAY
        END >= s.started_at
        AND (
            t.given NOT LIKE '%,approved_by,%'
            OR (t.approved_by IS NOT NULL AND t.approved_by NOT LIKE '%驳回%')
            OR t.duty_flag
        )
        AND (
            CONTAINS(COALESCE(t.purpose, '') || '、' || COALESCE(t.to_place, ''), s.name)
            OR CONTAINS(COALESCE(t.purpose, '') || '、' || COALESCE(t.to_place, ''), s.class_word)
            OR (LENGTH(t.to_place) >= 2 AND STARTS_WITH(s.name, t.to_place))
        )
),

at_home AS (
    SELECT s.row_id
    FROM stop AS s
    INNER JOIN vehicle AS v ON s.plate_norm = v.plate_norm
    WHERE
        CAST(ROUND(2 * 6371.0088 * ASIN(SQRT(
            POWER(SIN(RADIANS(s.lat - v.parking_lat) / 2), 2)
            + COS(RADIANS(v.parking_lat)) * COS(RADIANS(s.lat)) * POWER(SIN(RADIANS(s.lon - v.parking_lon) / 2), 2)
        )), 2) AS DECIMAL(12, 2)) <= $drift_km
)

SELECT
    s.plate_norm AS plate,
    s.unit_id,
    s.started_at AS at,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    s.ended_at AS to_at,
    s.name AS place,
    s.class AS place_class,
    s.row_id AS gps_row
FROM stop AS s
WHERE
    s.nearest = 1
    AND NOT EXISTS (
        SELECT 1 FROM named AS n
        WHERE n.row_id = s.row_id
    )
    AND NOT EXISTS (
        SELECT 1 FROM at_home AS h
        WHERE h.row_id = s.row_id
    )
    AND NOT EXISTS (
        SELECT 1 FROM duty_roster AS d
        WHERE
            COALESCE(d.plate_norm, d.unit_id) IN (s.plate_norm, s.unit_id)
            AND CAST(s.started_at AS DATE) BETWEEN d.date_from AND COALESCE(d.date_to, d.date_from)
    )
    AND NOT EXISTS (
        SELECT 1 FROM vehicle AS v
        WHERE
            v.plate_norm = s.plate_norm
            AND v.use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫')
    )
