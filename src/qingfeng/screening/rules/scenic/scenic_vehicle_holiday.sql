/*
title    = "公车节假日入景区"
question = "Did one of our vehicles park at a scenic spot on a rest day without a trip or duty?"
watch    = "scenic"
tier     = "B"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["sighting", "geofence", "vehicle", "calendar", "trip"]
uses     = ["at_place", "duty_roster"]
overlaps = [["sighting", "trip"]]
optional = ["trip.approved_by", "trip.duty_flag"]
subject  = "plate"
scope    = "row"
# amount: the parking fee
message  = "{plate} 于 {at} 至 {left_at} 停放在景区“{place}”（非工作日），未见覆盖该时段的派车或值班记录"
innocent = ["值班、巡查任务"]
verify   = ["调：入场照片", "查：派车单与值班安排"]

[excluded]
"车牌不在车辆登记中" = """plate_norm IS NULL
  OR plate_norm NOT IN (SELECT v.plate_norm FROM vehicle AS v WHERE v.plate_norm IS NOT NULL)"""
"执法执勤、应急、机要、特种、救护、环卫用车" = """plate_norm IN (
  SELECT v.plate_norm FROM vehicle AS v
  WHERE v.use_type IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫'))"""

[params]
clock_minutes = 5
*/
WITH spot AS (
    SELECT
        place_id,
        name
    FROM geofence
    WHERE class = '景区'
),

located AS ( -- by the place that intake found, else by a name that is the spot's or begins with it
    SELECT
        s.row_id,
        g.name
    FROM sighting AS s INNER JOIN at_place AS p ON s.row_id = p.row_id INNER JOIN spot AS g ON p.place_id = g.place_id
    UNION
    SELECT
        s.row_id,
        g.name
    FROM sighting AS s INNER JOIN spot AS g ON left(s.place, 2) = left(g.name, 2) AND starts_with(s.place, g.name)
),

stay AS (
    SELECT
        s.row_id,
        s.plate_norm,
        s.unit_id,
        s.fee,
        s.in_ts,
        min(l.name) AS place,
        coalesce(s.out_ts, s.in_ts) AS out_ts,
        s.in_ts - $clock_minutes * INTERVAL '1' MINUTE AS from_ts,
        coalesce(s.out_ts, s.in_ts) + $clock_minutes * INTERVAL '1' MINUTE AS to_ts
    FROM sighting AS s
    INNER JOIN located AS l ON s.row_id = l.row_id
    INNER JOIN calendar AS c ON cast(s.in_ts AS DATE) = c.date
    LEFT JOIN calendar AS e ON cast(s.out_ts - $clock_minutes * INTERVAL '1' MINUTE AS DATE) = e.date
    WHERE c.day_kind IN ('weekend', 'holiday') OR e.day_kind IN ('weekend', 'holiday')
    GROUP BY s.row_id, s.plate_norm, s.unit_id, s.fee, s.in_ts, s.out_ts
)

SELECT
    s.plate_norm AS plate,
    s.unit_id,
    s.in_ts AS at,
    s.fee AS amount,
    s.place,
    s.out_ts AS left_at,
    s.row_id AS sighting_row
FROM stay AS s
WHERE
    s.plate_norm IN (
        SELECT v.plate_norm FROM vehicle AS v
        WHERE coalesce(v.use_type, '') NOT IN ('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫')
    )
    AND NOT EXISTS (
        SELECT 1 FROM trip AS t
        WHERE
            s.plate_norm = t.plate_norm AND t.departed_at <= s.to_ts
            AND coalesce(t.returned_at, t.departed_at + INTERVAL '1' DAY) >= s.from_ts
            AND (
                t.duty_flag OR t.given NOT LIKE '%,approved_by,%'
                OR (t.approved_by IS NOT NULL AND t.approved_by NOT LIKE '%驳回%')
            )
    )
    AND NOT EXISTS (
        SELECT 1 FROM duty_roster AS d
        WHERE
            coalesce(d.plate_norm, d.unit_id) IN (s.plate_norm, s.unit_id)
            AND cast(s.in_ts AS DATE) BETWEEN d.date_from AND coalesce(d.date_to, d.date_from)
    )
