/*
title    = "派车—轨迹—加油—通行—停车链断裂"
question = "Do two or more kinds of records contradict one trip order?"
watch    = "cross"
tier     = "A"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["trip"]
uses     = ["finding", "gps", "toll", "sighting", "geofence", "at_place", "vehicle"]
optional = ["trip.approved_by", "gps.online_ratio"]
subject  = "plate"
scope    = "key"
look_back_days = 366
applies  = "returned_at >= departed_at"
message  = "{plate} 于 {at} 至 {returned_at} 的派车单 {trip_id}（目的地：{to_place}）与其他记录不一致：{what}，待核"
innocent = ["派车单里程或时间填写错误", "定位设备故障或被换装", "临时换车未改派车单"]
verify   = ["调：定位原始数据与车道、停车场照片", "查：派车单原件与里程表", "访：驾驶员与乘车人"]

[excluded]
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"
"未批准的派车单" = "given LIKE '%,approved_by,%' AND (approved_by IS NULL OR approved_by LIKE '%驳回%')"

[params]
links        = 2
min_km       = 20
share        = 0.2
differ_km    = 20
differ_share = 0.2
online       = 0.9
minutes      = 10
home_km      = 0.5
*/
-- amount: what was paid in the fills and tolls that contradict the order.
WITH journey AS (
    SELECT
        t.row_id,
        t.plate_norm,
        t.departed_at,
        t.returned_at,
        t.km,
        CAST(u.day AS DATE) AS day
    FROM trip AS t
    CROSS JOIN
        UNNEST(GENERATE_SERIES(
            CAST(t.departed_at AS DATE),
            CAST(LEAST(t.returned_at, t.departed_at + INTERVAL '366' DAY) AS DATE),
            INTERVAL '1' DAY
        )) AS u (day)
    WHERE
        t.returned_at >= t.departed_at
        AND t.plate_norm IS NOT NULL
        AND t.quality_flags NOT LIKE '%,plate_invalid,%'
        AND (
            t.given NOT LIKE '%,approved_by,%'
            OR (t.approved_by IS NOT NULL AND t.approved_by NOT LIKE '%驳回%')
        )
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

track AS (
    -- A row of the locator for each day that it touches, give or take the clocks.
    SELECT
        g.row_id,
        g.plate_norm,
        g.started_at,
        g.km,
        g.lon,
        g.lat,
        CAST(u.day AS DATE) AS day,
        COALESCE(g.ended_at, g.started_at) AS ended_at,
        CASE WHEN g.kind = 'stop' OR (g.kind IS NULL AND COALESCE(g.km, 0) = 0) THEN 1 ELSE 0 END AS is_stop,
        CASE WHEN g.given NOT LIKE '%,online_ratio,%' OR g.online_ratio >= $online THEN 1 ELSE 0 END AS is_online
    FROM gps AS g
    CROSS JOIN
        UNNEST(GENERATE_SERIES(
            CAST(g.started_at - $minutes * INTERVAL '1' MINUTE AS DATE),
            CAST(
                LEAST(COALESCE(g.ended_at, g.started_at), g.started_at + INTERVAL '366' DAY)
                + $minutes * INTERVAL '1' MINUTE AS DATE
            ),
            INTERVAL '1' DAY
        )) AS u (day)
    WHERE COALESCE(g.ended_at, g.started_at) >= g.started_at
),

driven AS (
    -- (a) Met on the first day that both touch, so that a row counts once for each order.
    SELECT
        t.row_id AS trip_row,
        t.km,
        SUM(COALESCE(g.km, 0)) AS gps_km,
        ARRAY_AGG(g.row_id) AS gps_rows
    FROM journey AS t
    INNER JOIN track AS g
        ON
            t.plate_norm = g.plate_norm
            AND t.day = g.day
            AND t.departed_at < g.ended_at
            AND t.returned_at > g.started_at
            AND t.day = CAST(GREATEST(t.departed_at, g.started_at) AS DATE)
    WHERE t.km >= $min_km
    GROUP BY t.row_id, t.km
    HAVING MIN(g.is_online) = 1 AND SUM(COALESCE(g.km, 0)) < $share * t.km
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

elsewhere AS (
    -- Tolls and sightings away from the registered place, inside an order.
    SELECT
        t.row_id AS trip_row,
        t.plate_norm,
        COALESCE(p.exit_ts, p.entry_ts) AS ts,
        p.amount,
        p.row_id AS toll_row,
        NULL AS sighting_row
    FROM journey AS t
    INNER JOIN toll AS p
        ON
            t.plate_norm = p.plate_norm
            AND t.day = CAST(COALESCE(p.exit_ts, p.entry_ts) AS DATE)
            AND COALESCE(p.exit_ts, p.entry_ts) BETWEEN t.departed_at AND t.returned_at
    UNION ALL
    SELECT
        t.row_id AS trip_row,
        t.plate_norm,
        s.in_ts AS ts,
        NULL AS amount,
        NULL AS toll_row,
        s.row_id AS sighting_row
    FROM journey AS t
    INNER JOIN sighting AS s
        ON
            t.plate_norm = s.plate_norm
            AND t.day = CAST(s.in_ts AS DATE)
            AND s.in_ts BETWEEN t.departed_at AND t.returned_at
    INNER JOIN home AS h ON t.plate_norm = h.plate_norm AND h.newest = 1
    LEFT JOIN spot AS p ON s.row_id = p.row_id AND p.copy_no = 1
    WHERE
        CAST(ROUND(2 * 6371.0088 * ASIN(SQRT(
            POWER(SIN(RADIANS(COALESCE(s.lat, p.lat) - h.parking_lat) / 2), 2)
            + COS(RADIANS(h.parking_lat)) * COS(RADIANS(COALESCE(s.lat, p.lat)))
            * POWER(SIN(RADIANS(COALESCE(s.lon, p.lon) - h.parking_lon) / 2), 2)
        )), 2) AS DECIMAL(12, 2)) > $home_km
),

stood AS (
    -- (d) Every stop around the passage is at the registered place.
    SELECT
        e.trip_row,
        e.toll_row,
        e.sighting_row,
        MIN(e.amount) AS amount,
        ARRAY_AGG(DISTINCT g.row_id) AS gps_rows
    FROM elsewhere AS e
    INNER JOIN home AS h ON e.plate_norm = h.plate_norm AND h.newest = 1
    INNER JOIN track AS g
        ON
            e.plate_norm = g.plate_norm
            AND CAST(e.ts AS DATE) = g.day
            AND e.ts >= g.started_at - $minutes * INTERVAL '1' MINUTE
            AND e.ts <= g.ended_at + $minutes * INTERVAL '1' MINUTE
    WHERE g.is_stop = 1
    GROUP BY e.trip_row, e.toll_row, e.sighting_row
    HAVING
        COUNT(g.lon) = COUNT(*)
        AND COUNT(g.lat) = COUNT(*)
        AND MAX(CAST(ROUND(2 * 6371.0088 * ASIN(SQRT(
            POWER(SIN(RADIANS(g.lat - h.parking_lat) / 2), 2)
            + COS(RADIANS(h.parking_lat)) * COS(RADIANS(g.lat)) * POWER(SIN(RADIANS(g.lon - h.parking_lon) / 2), 2)
        )), 2) AS DECIMAL(12, 2))) <= $home_km
),

located AS (
    SELECT
        r.trip_row,
        ARRAY_AGG(DISTINCT r.gps_row) AS gps_rows
    FROM (
        SELECT
            d.trip_row,
            UNNEST(d.gps_rows) AS gps_row
        FROM driven AS d
        UNION ALL
        SELECT
            s.trip_row,
            UNNEST(s.gps_rows) AS gps_row
        FROM stood AS s
    ) AS r
    GROUP BY r.trip_row
),

overlapped AS (
    SELECT
        d.finding_row,
        UNNEST(d.evidence_rows) AS trip_row
    FROM finding AS d
    WHERE d.rule = 'trip_overlap'
),

link AS (
    SELECT
        d.trip_row,
        'a' AS link,
        '在线定位里程 ' || CAST(d.gps_km AS VARCHAR) || ' 公里，派车里程 ' || CAST(d.km AS VARCHAR) || ' 公里' AS what,
        NULL AS amount,
        NULL AS toll_row,
        NULL AS sighting_row,
        NULL AS finding_row
    FROM driven AS d
    UNION ALL
    SELECT
        t.row_id AS trip_row,
        'b' AS link,
        '里程表相差 ' || CAST(t.odo_end - t.odo_start AS VARCHAR) || ' 公里，派车里程 ' || CAST(t.km AS VARCHAR) || ' 公里'
            AS what,
        NULL AS amount,
        NULL AS toll_row,
        NULL AS sighting_row,
        NULL AS finding_row
    FROM trip AS t
    WHERE
        ABS(t.odo_end - t.odo_start - t.km) > $differ_km
        AND ABS(t.odo_end - t.odo_start - t.km) > $differ_share * t.km
    UNION ALL
    SELECT
        t.row_id AS trip_row,
        'c' AS link,
        '出车期间加油时车辆定位不在加油站' AS what,
        d.amount,
        NULL AS toll_row,
        NULL AS sighting_row,
        d.finding_row
    FROM finding AS d
    INNER JOIN journey AS t
        ON d.subject_key = t.plate_norm AND t.day = CAST(d.at AS DATE) AND d.at BETWEEN t.departed_at AND t.returned_at
    WHERE d.rule = 'fuel_card_vehicle_separated'
    UNION ALL
    SELECT
        s.trip_row,
        'd' AS link,
        '出车期间有通行或停车记录而车辆定位停在登记停放地' AS what,
        s.amount,
        s.toll_row,
        s.sighting_row,
        NULL AS finding_row
    FROM stood AS s
    UNION ALL
    SELECT
        o.trip_row,
        'e' AS link,
        '与另一派车单时间重叠' AS what,
        NULL AS amount,
        NULL AS toll_row,
        NULL AS sighting_row,
        o.finding_row
    FROM overlapped AS o
),

broken AS (
    SELECT
        l.trip_row,
        SUM(l.amount) AS amount,
        COUNT(DISTINCT l.link) AS links,
        ARRAY_TO_STRING(LIST_SORT(ARRAY_AGG(DISTINCT l.what)), '；') AS what,
        ARRAY_AGG(l.toll_row ORDER BY l.toll_row) FILTER (WHERE l.toll_row IS NOT NULL) AS toll_rows,
        ARRAY_AGG(l.sighting_row ORDER BY l.sighting_row) FILTER (WHERE l.sighting_row IS NOT NULL) AS sighting_rows,
        ARRAY_AGG(l.finding_row ORDER BY l.finding_row) FILTER (WHERE l.finding_row IS NOT NULL) AS finding_rows
    FROM link AS l
    GROUP BY l.trip_row
    HAVING COUNT(DISTINCT l.link) >= $links
)

SELECT
    t.plate_norm AS plate,
    t.unit_id,
    t.departed_at AS at,
    b.amount,
    t.returned_at,
    t.trip_id,
    t.to_place,
    b.links,
    b.what,
    t.row_id AS trip_row,
    g.gps_rows,
    b.toll_rows,
    b.sighting_rows,
    b.finding_rows,
    CASE WHEN t.quality_flags LIKE '%,plate_char_fixed,%' THEN 'B' ELSE 'A' END AS tier
FROM broken AS b
INNER JOIN trip AS t ON b.trip_row = t.row_id
LEFT JOIN located AS g ON t.row_id = g.trip_row
WHERE
    t.returned_at >= t.departed_at
    AND t.plate_norm IS NOT NULL
    AND t.quality_flags NOT LIKE '%,plate_invalid,%'
    AND (
        t.given NOT LIKE '%,approved_by,%'
        OR (t.approved_by IS NOT NULL AND t.approved_by NOT LIKE '%驳回%')
    )
