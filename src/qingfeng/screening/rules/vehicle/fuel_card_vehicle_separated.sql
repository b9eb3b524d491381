/*
title    = "车卡分离"
question = "Was the card used at a station while the locator says that the vehicle stood elsewhere?"
watch    = "vehicle"
tier     = "A"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["fuel", "gps"]
uses     = ["geofence"]
needs    = ["fuel.plate", "gps.lon", "gps.lat"]
overlaps = [["fuel", "gps"]]
optional = ["fuel.txn_type", "gps.online_ratio"]
subject  = "plate"
scope    = "key"
look_back_days = 366
applies  = "COALESCE(txn_type, '加油') = '加油' AND liters > 0"
message  = "{plate} 的加油卡于 {at} 在 {station} 加油 {liters} 升、{amount} 元，前后 {minutes} 分钟内车辆定位停在距该站 {km} 公里处，待核"
innocent = ["定位设备被换装到其他车辆", "加油站时钟误差", "车辆被拖运"]
verify   = ["调：定位原始数据", "调：加油站视频与车牌", "访：驾驶员与加油站"]

[excluded]
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"
"加油站位置不明" = "(lon IS NULL OR lat IS NULL) AND (station IS NULL OR LEFT(station, 2) NOT IN (SELECT LEFT(g.name, 2) FROM geofence AS g WHERE g.class = '加油站' AND g.name IS NOT NULL))"

[params]
minutes = 10
km      = 2
online  = 0.9
*/
-- amount: what was paid for the fill. A station without coordinates is looked up by its name, exactly or as a prefix;
-- if several places fit, the vehicle must have stood away from each of them.
WITH site AS (
    SELECT DISTINCT
        n.station,
        g.lon,
        g.lat
    FROM (
        SELECT DISTINCT f.station FROM fuel AS f
        WHERE f.lon IS NULL OR f.lat IS NULL
    ) AS n
    INNER JOIN geofence AS g
        ON
            LEFT(n.station, 2) = LEFT(g.name, 2)
            AND (LEFT(n.station, LENGTH(g.name)) = g.name OR LEFT(g.name, LENGTH(n.station)) = n.station)
    WHERE g.class = '加油站' AND g.lon IS NOT NULL AND g.lat IS NOT NULL
),

fill AS (
    SELECT
        f.row_id,
        f.plate_norm,
        f.ts,
        CAST(f.ts AS DATE) AS day,
        COALESCE(s.lon, f.lon) AS lon,
        COALESCE(s.lat, f.lat) AS lat
    FROM fuel AS f
    LEFT JOIN site AS s ON f.station = s.station AND (f.lon IS NULL OR f.lat IS NULL)
    WHERE
        COALESCE(f.txn_type, '加油') = '加油'
        AND f.liters > 0
        AND f.plate_norm IS NOT NULL
        AND f.quality_flags NOT LIKE '%,plate_invalid,%'
        AND COALESCE(s.lon, f.lon) IS NOT NULL
        AND COALESCE(s.lat, f.lat) IS NOT NULL
),

stop AS (
    SELECT
        g.row_id,
        g.plate_norm,
        g.lon,
        g.lat,
        g.started_at - $minutes * INTERVAL '1' MINUTE AS from_at,
        COALESCE(g.ended_at, g.started_at) + $minutes * INTERVAL '1' MINUTE AS to_at,
        CASE WHEN g.given NOT LIKE '%,online_ratio,%' OR g.online_ratio >= $online THEN 1 ELSE 0 END AS is_online
    FROM gps AS g
    WHERE
        (g.kind = 'stop' OR (g.kind IS NULL AND COALESCE(g.km, 0) = 0))
        AND g.lon IS NOT NULL
        AND g.lat IS NOT NULL
        AND COALESCE(g.ended_at, g.started_at) >= g.started_at
),

stop_day AS (
    -- A vehicle may stand for weeks: one row for each day of a stop.
    SELECT
        s.*,
        CAST(u.day AS DATE) AS day
    FROM stop AS s
    CROSS JOIN UNNEST(GENERATE_SERIES(
        CAST(s.from_at AS DATE), CAST(LEAST(s.to_at, s.from_at + INTERVAL '366' DAY) AS DATE), INTERVAL '1' DAY
    )) AS u (day)
),

pair AS (
    SELECT
        f.row_id AS fuel_row,
        s.row_id AS gps_row,
        s.is_online,
        CAST(ROUND(2 * 6371.0088 * ASIN(SQRT(
            POWER(SIN(RADIANS(s.lat - f.lat) / 2), 2)
            + COS(RADIANS(f.lat)) * COS(RADIANS(s.lat)) * POWER(SIN(RADIANS(s.lon - f.lon) / 2), 2)
        )), 2) AS DECIMAL(12, 2)) AS km
    FROM fill AS f
    INNER JOIN stop_day AS s ON f.plate_norm = s.plate_norm AND f.day = s.day AND f.ts BETWEEN s.from_at AND s.to_at
),

apart AS (
    SELECT
        p.fuel_row,
        MIN(p.km) AS km,
        ARRAY_AGG(DISTINCT p.gps_row) AS gps_rows
    FROM pair AS p
    GROUP BY p.fuel_row
    HAVING MIN(p.km) > $km AND MIN(p.is_online) = 1
)

SELECT
    f.plate_norm AS plate,
    f.unit_id,
    f.ts AS at,
    f.amount,
    f.station,
    f.liters,
    a.km,
    f.row_id AS fuel_row,
    a.gps_rows,
    CAST($minutes AS INTEGER) AS minutes,
    CASE WHEN f.quality_flags LIKE '%,plate_char_fixed,%' THEN 'B' ELSE 'A' END AS tier
FROM apart AS a
INNER JOIN fuel AS f ON a.fuel_row = f.row_id
