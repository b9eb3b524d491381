/*
title    = "未定点停放"
question = "Did a vehicle spend the night away from its registered place, with no trip that lasts over the night?"
watch    = "vehicle"
tier     = "B"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["vehicle"]
reads_any = [["gps", "sighting"]]
uses     = ["geofence", "at_place", "trip", "duty_roster"]
needs    = ["vehicle.parking_lon", "vehicle.parking_lat"]
optional = ["trip.approved_by", "trip.duty_flag", "vehicle.use_type"]
subject  = "plate"
scope    = "key"
look_back_days = 366
message  = "{plate} 于 {night} 凌晨停在距登记停放地 {km} 公里处（{place}），自 {from_at} 至 {to_at}，无过夜派车单，待核"
innocent = ["车库停满或施工", "车辆维修", "外出任务漏登派车单"]
verify   = ["调：停车场与小区出入视频", "访：驾驶员与停放地点管理人员", "查：派车单与维修记录"]

[excluded]
"执法执勤、应急等豁免用途" = "use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫')"
"未登记停放位置" = "parking_lon IS NULL OR parking_lat IS NULL"
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"

[params]
hours          = 2
night_to_hour  = 5
away_km        = 0.5
margin_minutes = 10
*/
-- amount: none. A stay counts with the two hours or more of it that lie between midnight and five.
WITH car AS (
    -- Vehicles that the rule is about, each row with the days for which it holds.
    SELECT
        v.plate_norm,
        v.parking_lon,
        v.parking_lat,
        COALESCE(v.status_from, DATE '1900-01-01') AS since,
        LAG(v.row_id) OVER w AS earlier_row,
        LEAD(COALESCE(v.status_from, DATE '1900-01-01')) OVER w AS until
    FROM vehicle AS v
    WHERE
        v.parking_lon IS NOT NULL AND v.parking_lat IS NOT NULL
        AND NOT EXISTS (
            SELECT 1 FROM vehicle AS e
            WHERE
                e.plate_norm = v.plate_norm
                AND e.use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫')
        )
    WINDOW w AS (PARTITION BY v.plate_norm ORDER BY COALESCE(v.status_from, DATE '1900-01-01'), v.row_id)
),

stay AS (
    -- Only stays with enough of a night, before anything is joined: of its first night, or of its second.
    SELECT
        g.plate_norm,
        g.unit_id,
        g.started_at AS from_at,
        g.ended_at AS to_at,
        g.lon,
        g.lat,
        g.place,
        g.row_id AS gps_row,
        NULL AS sighting_row
    FROM gps AS g
    WHERE
        g.plate_norm IN (SELECT c.plate_norm FROM car AS c)
        AND (g.kind = 'stop' OR (g.kind IS NULL AND COALESCE(g.km, 0) = 0))
        AND g.ended_at >= g.started_at + $hours * INTERVAL '1' HOUR
        AND (
            g.started_at + ($hours - $night_to_hour) * INTERVAL '1' HOUR <= CAST(g.started_at AS DATE)
            OR g.ended_at >= CAST(g.started_at AS DATE) + (24 + $hours) * INTERVAL '1' HOUR
        )
        AND g.quality_flags NOT LIKE '%,plate_invalid,%'
    UNION ALL
    SELECT
        s.plate_norm,
        s.unit_id,
        s.in_ts AS from_at,
        s.out_ts AS to_at,
        s.lon,
        s.lat,
        s.place,
        NULL AS gps_row,
        s.row_id AS sighting_row
    FROM sighting AS s
    WHERE
        s.plate_norm IN (SELECT c.plate_norm FROM car AS c)
        AND s.out_ts >= s.in_ts + $hours * INTERVAL '1' HOUR
        AND (
            s.in_ts + ($hours - $night_to_hour) * INTERVAL '1' HOUR <= CAST(s.in_ts AS DATE)
            OR s.out_ts >= CAST(s.in_ts AS DATE) + (24 + $hours) * INTERVAL '1' HOUR
        )
        AND s.quality_flags NOT LIKE '%,plate_invalid,%'
),

spot AS (
    -- Where a sighting without coordinates was: the place that intake found by its number or name.
    SELECT
        s.sighting_row,
        g.lon,
        g.lat,
        ROW_NUMBER() OVER (PARTITION BY s.sighting_row ORDER BY g.row_id) AS copy_no
    FROM stay AS s
    INNER JOIN at_place AS a ON s.sighting_row = a.row_id
    INNER JOIN geofence AS g ON a.place_id = g.place_id
    WHERE s.lon IS NULL AND g.lon IS NOT NULL AND g.lat IS NOT NULL
),

slept AS (
    -- One row for each night of a stay, with the part of the night that it takes.
    SELECT
        s.plate_norm,
        s.unit_id,
        s.from_at,
        s.to_at,
        COALESCE(s.lon, p.lon) AS lon,
        COALESCE(s.lat, p.lat) AS lat,
        s.place,
        s.gps_row,
        s.sighting_row,
        CAST(u.day AS DATE) AS night,
        GREATEST(s.from_at, CAST(u.day AS TIMESTAMP)) AS in_at,
        LEAST(s.to_at, CAST(u.day AS TIMESTAMP) + $night_to_hour * INTERVAL '1' HOUR) AS out_at
    FROM stay AS s
    LEFT JOIN spot AS p ON s.sighting_row = p.sighting_row AND p.copy_no = 1
    CROSS JOIN UNNEST(GENERATE_SERIES(
        CAST(s.from_at AS DATE), CAST(LEAST(s.to_at, s.from_at + INTERVAL '366' DAY) AS DATE), INTERVAL '1' DAY
    )) AS u (day)
),

measured AS (
    SELECT
        s.*,
        CAST(ROUND(2 * 6371.0088 * ASIN(SQRT(
            POWER(SIN(RADIANS(s.lat - v.parking_lat) / 2), 2)
            + COS(RADIANS(v.parking_lat)) * COS(RADIANS(s.lat)) * POWER(SIN(RADIANS(s.lon - v.parking_lon) / 2), 2)
        )), 2) AS DECIMAL(12, 2)) AS km
    FROM slept AS s
    INNER JOIN car AS v
        ON
            s.plate_norm = v.plate_norm
            AND (v.earlier_row IS NULL OR s.night >= v.since)
            AND (v.until IS NULL OR s.night < v.until)
    WHERE s.out_at >= s.in_at + $hours * INTERVAL '1' HOUR
),

away AS (
    SELECT m.*
    FROM measured AS m
    WHERE
        m.km > $away_km
        AND NOT EXISTS (
            SELECT 1 FROM trip AS t
            WHERE
                t.plate_norm = m.plate_norm
                AND t.departed_at <= m.in_at + $margin_minutes * INTERVAL '1' MINUTE
                AND t.returned_at >= m.out_at - $margin_minutes * INTERVAL '1' MINUTE
                AND (
                    t.given NOT LIKE '%,approved_by,%'
                    OR (t.approved_by IS NOT NULL AND t.approved_by NOT LIKE '%驳回%')
                    OR t.duty_flag
                )
        )
        AND NOT EXISTS (
            SELECT 1 FROM duty_roster AS d
            WHERE
                COALESCE(d.plate_norm, d.unit_id) = m.plate_norm
                AND m.night BETWEEN d.date_from AND COALESCE(d.date_to, d.date_from) + INTERVAL '1' DAY
        )
        AND NOT EXISTS (
            SELECT 1 FROM duty_roster AS d
            WHERE
                COALESCE(d.plate_norm, d.unit_id) = m.unit_id
                AND m.night BETWEEN d.date_from AND COALESCE(d.date_to, d.date_from) + INTERVAL '1' DAY
        )
)

SELECT
    a.plate_norm AS plate,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    a.night,
    MIN(a.unit_id) AS unit_id,
    MIN(a.in_at) AS at,
    MIN(a.from_at) AS from_at,
    MAX(a.to_at) AS to_at,
    MAX(a.km) AS km,
    COALESCE(MIN(a.place), '地点名称未记录') AS place,
    ARRAY_AGG(a.gps_row ORDER BY a.gps_row) FILTER (WHERE a.gps_row IS NOT NULL) AS gps_rows,
    ARRAY_AGG(a.sighting_row ORDER BY a.sighting_row) FILTER (WHERE a.sighting_row IS NOT NULL) AS sighting_rows
FROM away AS a
GROUP BY a.plate_norm, a.night
