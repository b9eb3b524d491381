/*
title    = "停车记录无派车"
question = "Was a vehicle parked in rest time, away from its own yards, with no trip?"
watch    = "vehicle"
tier     = "B"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["sighting", "trip", "calendar"]
uses     = ["vehicle", "geofence", "at_place", "duty_roster"]
overlaps = [["sighting", "trip"]]
optional = ["trip.approved_by", "trip.duty_flag", "vehicle.use_type", "vehicle.parking_lon"]
subject  = "plate"
scope    = "key"
look_back_days = 366
applies  = "in_ts IS NOT NULL"
message  = "{plate} 于 {at} 至 {out_ts}（{day_name}）停在{place}，其中 {rest_from} 至 {rest_to} 为非工作时间，无派车单，待核"
innocent = ["车牌识别错误", "他人套牌", "加班或应急任务漏登派车单"]
verify   = ["调：入场照片", "查：派车单与值班表"]

[excluded]
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"
"出场时间缺失" = "out_ts IS NULL"
"执法执勤、应急等豁免用途" = "plate_norm IN (SELECT v.plate_norm FROM vehicle AS v WHERE v.use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫'))"

[params]
minutes      = 30
evening_hour = 19
home_km      = 0.5
clock        = 5
*/
-- amount: the parking fee. Rest time is a day off, and a working day from 19:00 to midnight; what counts is the longest
-- stretch of it inside the stay. A trip that leaves less than half an hour at either end uncovered covers the stretch.
WITH stay AS ( -- what the place and the fee were is asked of the few stays that are left: carried, it would spill
    SELECT
        s.row_id,
        s.plate_norm,
        s.unit_id,
        s.in_ts,
        s.out_ts,
        i.day_kind AS in_kind,
        o.day_kind AS out_kind,
        CAST(CAST(s.in_ts AS DATE) AS TIMESTAMP) AS in_day,
        CAST(CAST(s.out_ts AS DATE) AS TIMESTAMP) AS out_day
    FROM sighting AS s
    INNER JOIN calendar AS i ON CAST(s.in_ts AS DATE) = i.date
    INNER JOIN calendar AS o ON CAST(s.out_ts AS DATE) = o.date
    WHERE
        s.out_ts >= s.in_ts + $minutes * INTERVAL '1' MINUTE
        AND s.plate_norm IS NOT NULL
        AND s.quality_flags NOT LIKE '%,plate_invalid,%'
),

bounded AS (
    -- The stretch that begins on the day of arrival, and the one in the evening of the day of leaving.
    SELECT
        s.*,
        CASE
            WHEN s.in_kind IN ('weekend', 'holiday') THEN s.in_ts
            ELSE GREATEST(s.in_ts, s.in_day + $evening_hour * INTERVAL '1' HOUR)
        END AS first_from,
        CASE
            WHEN s.out_day = s.in_day OR s.out_kind IN ('weekend', 'holiday') THEN s.out_ts
            ELSE LEAST(s.out_ts, s.in_day + INTERVAL '1' DAY)
        END AS first_to,
        CASE
            WHEN s.out_day > s.in_day AND s.out_kind NOT IN ('weekend', 'holiday')
                THEN s.out_day + $evening_hour * INTERVAL '1' HOUR
        END AS last_from
    FROM stay AS s
),

rest AS (
    SELECT
        b.row_id,
        b.plate_norm,
        b.unit_id,
        CASE WHEN b.first_to >= b.first_from + $minutes * INTERVAL '1' MINUTE THEN b.first_from ELSE b.last_from END
            AS rest_from,
        CASE WHEN b.first_to >= b.first_from + $minutes * INTERVAL '1' MINUTE THEN b.first_to ELSE b.out_ts END
            AS rest_to
    FROM bounded AS b
    WHERE
        b.first_to >= b.first_from + $minutes * INTERVAL '1' MINUTE
        OR b.out_ts >= b.last_from + $minutes * INTERVAL '1' MINUTE
),

trip_span AS (
    SELECT
        t.plate_norm,
        t.departed_at - $clock * INTERVAL '1' MINUTE AS from_at,
        CASE
            WHEN t.returned_at >= t.departed_at THEN t.returned_at
            ELSE CAST(t.departed_at AS DATE) + INTERVAL '1' DAY
        END + $clock * INTERVAL '1' MINUTE AS to_at
    FROM trip AS t
    WHERE
        t.given NOT LIKE '%,approved_by,%'
        OR (t.approved_by IS NOT NULL AND t.approved_by NOT LIKE '%驳回%')
        OR t.duty_flag
),

trip_day AS (
    -- A trip for each day on which a stretch that it covers may have its first half hour behind it.
    SELECT
        t.plate_norm,
        t.from_at,
        t.to_at,
        CAST(u.day AS DATE) AS day
    FROM trip_span AS t
    CROSS JOIN
        UNNEST(GENERATE_SERIES(
            CAST(t.from_at AS DATE),
            CAST(LEAST(t.to_at, t.from_at + INTERVAL '366' DAY) + $minutes * INTERVAL '1' MINUTE AS DATE),
            INTERVAL '1' DAY
        )) AS u (day)
    WHERE t.to_at >= t.from_at
),

uncovered AS (
    SELECT
        r.row_id,
        r.rest_from,
        r.rest_to
    FROM rest AS r
    ANTI JOIN trip_day AS t
        ON
            r.plate_norm = t.plate_norm
            AND t.day = CAST(r.rest_from + $minutes * INTERVAL '1' MINUTE AS DATE)
            AND t.from_at < r.rest_from + $minutes * INTERVAL '1' MINUTE
            AND t.to_at > r.rest_to - $minutes * INTERVAL '1' MINUTE
    ANTI JOIN duty_roster AS d
        ON
            r.plate_norm = d.plate_norm
            AND CAST(r.rest_from AS DATE) BETWEEN d.date_from AND COALESCE(d.date_to, d.date_from)
    ANTI JOIN duty_roster AS u
        ON
            u.plate_norm IS NULL
            AND r.unit_id = u.unit_id
            AND CAST(r.rest_from AS DATE) BETWEEN u.date_from AND COALESCE(u.date_to, u.date_from)
    ANTI JOIN vehicle AS v
        ON
            r.plate_norm = v.plate_norm
            AND v.use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫')
),

unordered AS (
    SELECT
        r.*,
        s.plate_norm,
        s.unit_id,
        s.place,
        s.lon,
        s.lat,
        s.in_ts,
        s.out_ts,
        s.fee,
        i.day_kind AS in_kind,
        i.holiday_name
    FROM uncovered AS r
    INNER JOIN sighting AS s ON r.row_id = s.row_id
    INNER JOIN calendar AS i ON CAST(s.in_ts AS DATE) = i.date
),

spot AS (
    SELECT
        r.row_id,
        g.class,
        g.lon,
        g.lat
    FROM unordered AS r
    INNER JOIN at_place AS a ON r.row_id = a.row_id
    INNER JOIN geofence AS g ON a.place_id = g.place_id
),

own AS (
    -- Stays in a yard of our own, or at the place that the register names or locates.
    SELECT p.row_id
    FROM spot AS p
    WHERE p.class = '自有院落'
    UNION ALL
    SELECT r.row_id
    FROM unordered AS r
    INNER JOIN vehicle AS v ON r.plate_norm = v.plate_norm
    LEFT JOIN spot AS p ON r.row_id = p.row_id AND r.lon IS NULL
    WHERE
        (
            LENGTH(v.parking_place) >= 2
            AND (STARTS_WITH(r.place, v.parking_place) OR STARTS_WITH(v.parking_place, r.place))
        )
        OR CAST(ROUND(2 * 6371.0088 * ASIN(SQRT(
            POWER(SIN(RADIANS(COALESCE(r.lat, p.lat) - v.parking_lat) / 2), 2)
            + COS(RADIANS(v.parking_lat)) * COS(RADIANS(COALESCE(r.lat, p.lat)))
            * POWER(SIN(RADIANS(COALESCE(r.lon, p.lon) - v.parking_lon) / 2), 2)
        )), 2) AS DECIMAL(12, 2)) <= $home_km
)

SELECT
    r.plate_norm AS plate,
    r.unit_id,
    r.in_ts AS at,
    r.fee AS amount,
    r.out_ts,
    r.rest_from,
    r.rest_to,
    r.row_id AS sighting_row,
    COALESCE(r.place, '名称未记录的停车点') AS place,
    CASE
        WHEN r.in_kind = 'weekend' THEN '周末'
        WHEN r.in_kind = 'holiday' THEN COALESCE(NULLIF(r.holiday_name, ''), '节假日')
        ELSE '工作日'
    END AS day_name
FROM unordered AS r
WHERE NOT EXISTS (
    SELECT 1 FROM own AS o
    WHERE o.row_id = r.row_id
)
