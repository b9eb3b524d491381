/*
title    = "节假日无派车行驶"
question = "Did a vehicle move on a day off outside every trip and duty?"
watch    = "vehicle"
tier     = "B"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["vehicle", "trip", "calendar"]
reads_any = [["gps", "toll", "sighting"]]
uses     = ["geofence", "at_place", "duty_roster"]
overlaps = [["trip", "gps", "toll", "sighting"]]
optional = ["trip.approved_by", "trip.duty_flag", "vehicle.use_type"]
subject  = "plate"
scope    = "key"
look_back_days = 366
message  = "{plate} 于 {day}（{day_name}）无派车单或值班记录，定位行驶 {km} 公里，收费站通行 {tolls} 次，在登记停放地 {far_km} 公里以外停车 {sightings} 次，待核"
innocent = ["抢险、值班等应急任务", "护送、押运等任务", "维修后试车", "派车单漏登"]
verify   = ["查：派车单与值班表", "调：定位轨迹与车道照片"]

[excluded]
"执法执勤、应急等豁免用途" = "use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫')"
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"

[params]
move_km        = 2
far_km         = 2
margin_minutes = 10
*/
-- amount: the tolls of the day. What counts is the kilometres of the day outside trips and duty, any toll passage, or a
-- sighting far from the registered place; a sighting whose place is not known by its position does not count.
WITH off_day AS (
    SELECT
        c.date AS day,
        COALESCE(NULLIF(c.holiday_name, ''), '周末') AS day_name
    FROM calendar AS c
    WHERE c.day_kind IN ('weekend', 'holiday')
),

cover AS (
    SELECT
        t.plate_norm AS who,
        t.departed_at - $margin_minutes * INTERVAL '1' MINUTE AS from_at,
        CASE
            WHEN t.returned_at >= t.departed_at THEN t.returned_at
            ELSE CAST(t.departed_at AS DATE) + INTERVAL '1' DAY
        END
        + $margin_minutes * INTERVAL '1' MINUTE AS to_at
    FROM trip AS t
    WHERE
        t.given NOT LIKE '%,approved_by,%'
        OR (t.approved_by IS NOT NULL AND t.approved_by NOT LIKE '%驳回%')
        OR t.duty_flag
    UNION ALL
    SELECT
        COALESCE(d.plate_norm, d.unit_id) AS who,
        CAST(d.date_from AS TIMESTAMP) AS from_at,
        COALESCE(d.date_to, d.date_from) + INTERVAL '1' DAY AS to_at
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

home AS (
    SELECT
        v.plate_norm,
        v.parking_lon,
        v.parking_lat,
        ROW_NUMBER() OVER (
            PARTITION BY v.plate_norm ORDER BY COALESCE(v.status_from, DATE '1900-01-01') DESC, v.row_id DESC
        ) AS newest
    FROM vehicle AS v
    WHERE v.parking_lon IS NOT NULL AND v.parking_lat IS NOT NULL
),

spot AS (
    -- Where a sighting without coordinates was: the place that intake found by its number or name.
    SELECT
        s.row_id,
        g.lon,
        g.lat,
        ROW_NUMBER() OVER (PARTITION BY s.row_id ORDER BY g.row_id) AS copy_no
    FROM sighting AS s
    INNER JOIN at_place AS a ON s.row_id = a.row_id
    INNER JOIN geofence AS g ON a.place_id = g.place_id
    WHERE s.lon IS NULL AND g.lon IS NOT NULL AND g.lat IS NOT NULL
),

seen AS (
    SELECT
        s.row_id,
        s.plate_norm,
        s.unit_id,
        s.in_ts,
        o.day,
        h.parking_lon,
        h.parking_lat,
        COALESCE(s.lon, p.lon) AS lon,
        COALESCE(s.lat, p.lat) AS lat
    FROM sighting AS s
    INNER JOIN off_day AS o ON CAST(s.in_ts AS DATE) = o.day
    INNER JOIN home AS h ON s.plate_norm = h.plate_norm AND h.newest = 1
    LEFT JOIN spot AS p ON s.row_id = p.row_id AND p.copy_no = 1
    WHERE s.quality_flags NOT LIKE '%,plate_invalid,%'
),

event AS (
    SELECT
        g.plate_norm,
        g.unit_id,
        g.started_at AS ts,
        g.km,
        NULL AS amount,
        g.row_id AS gps_row,
        NULL AS toll_row,
        NULL AS sighting_row
    FROM gps AS g
    WHERE g.km > 0 AND g.plate_norm IS NOT NULL AND g.quality_flags NOT LIKE '%,plate_invalid,%'
    UNION ALL
    SELECT
        p.plate_norm,
        p.unit_id,
        COALESCE(p.exit_ts, p.entry_ts) AS ts,
        NULL AS km,
        p.amount,
        NULL AS gps_row,
        p.row_id AS toll_row,
        NULL AS sighting_row
    FROM toll AS p
    WHERE p.plate_norm IS NOT NULL AND p.quality_flags NOT LIKE '%,plate_invalid,%'
    UNION ALL
    SELECT
        s.plate_norm,
        s.unit_id,
        s.in_ts AS ts,
        NULL AS km,
        NULL AS amount,
        NULL AS gps_row,
        NULL AS toll_row,
        s.row_id AS sighting_row
    FROM seen AS s
    WHERE
        CAST(ROUND(2 * 6371.0088 * ASIN(SQRT(
            POWER(SIN(RADIANS(s.lat - s.parking_lat) / 2), 2)
            + COS(RADIANS(s.parking_lat)) * COS(RADIANS(s.lat)) * POWER(SIN(RADIANS(s.lon - s.parking_lon) / 2), 2)
        )), 2) AS DECIMAL(12, 2)) > $far_km
)

SELECT
    e.plate_norm AS plate,
    o.day,
    o.day_name,
    CAST($far_km AS DECIMAL(12, 2)) AS far_km,
    MIN(e.unit_id) AS unit_id,
    MIN(e.ts) AS at,
    SUM(e.amount) AS amount,
    COALESCE(SUM(e.km), 0) AS km,
    COUNT(e.toll_row) AS tolls,
    COUNT(e.sighting_row) AS sightings,
    ARRAY_AGG(e.gps_row ORDER BY e.gps_row) FILTER (WHERE e.gps_row IS NOT NULL) AS gps_rows,
    ARRAY_AGG(e.toll_row ORDER BY e.toll_row) FILTER (WHERE e.toll_row IS NOT NULL) AS toll_rows,
    ARRAY_AGG(e.sighting_row ORDER BY e.sighting_row) FILTER (WHERE e.sighting_row IS NOT NULL) AS sighting_rows
FROM event AS e
INNER JOIN off_day AS o ON CAST(e.ts AS DATE) = o.day
WHERE
    NOT EXISTS (
        SELECT 1 FROM cover_day AS d
        WHERE d.who = e.plate_norm AND d.day = CAST(e.ts AS DATE) AND e.ts BETWEEN d.from_at AND d.to_at
    )
    AND NOT EXISTS (
        SELECT 1 FROM cover_day AS d
        WHERE d.who = e.unit_id AND d.day = CAST(e.ts AS DATE) AND e.ts BETWEEN d.from_at AND d.to_at
    )
    AND NOT EXISTS (
        SELECT 1 FROM vehicle AS v
        WHERE
            v.plate_norm = e.plate_norm
            AND v.use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫')
    )
GROUP BY e.plate_norm, o.day, o.day_name
HAVING COALESCE(SUM(e.km), 0) > $move_km OR COUNT(e.toll_row) > 0 OR COUNT(e.sighting_row) > 0
