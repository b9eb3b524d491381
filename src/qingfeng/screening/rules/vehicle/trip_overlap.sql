/*
title    = "同车/同驾驶员重叠派单"
question = "Do two trip orders send one vehicle, or one driver, to two journeys at the same time?"
watch    = "vehicle"
tier     = "A"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["trip"]
uses     = ["person"]
needs    = ["trip.departed_at", "trip.returned_at"]
optional = ["trip.approved_by", "trip.driver"]
subject  = "plate"
scope    = "key"
look_back_days = 366
message  = "{plate} 的派车单 {trip_id}（{at} 至 {returned_at}）与 {other_plate} 的派车单 {other_trip_id}（{other_departed_at} 至 {other_returned_at}）时间重叠，{same}，待核"
innocent = ["派车单时间填写错误", "中途换车或驾驶员接力", "多人拼车分别填单"]
verify   = ["查：派车单原件与审批记录", "调：定位轨迹"]

[excluded]
"未批准的派车单" = "given LIKE '%,approved_by,%' AND (approved_by IS NULL OR approved_by LIKE '%驳回%')"
"收车时间缺失或早于出车时间" = "departed_at IS NULL OR returned_at IS NULL OR returned_at < departed_at"
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"

[params]
minutes = 15
*/
-- amount: none. Orders with one number are one order, and orders that agree in vehicle, driver, times and destination
-- are one journey. Names that a unit has twice tell nobody.
WITH namesake AS (
    SELECT
        p.unit_id,
        p.name
    FROM person AS p
    GROUP BY p.unit_id, p.name
    HAVING COUNT(DISTINCT p.person_id) > 1
),

claim AS (
    -- Each order once for its vehicle and once for its driver.
    SELECT
        t.row_id,
        'plate' AS kind,
        t.plate_norm AS who,
        t.departed_at,
        t.returned_at
    FROM trip AS t
    UNION ALL
    SELECT
        t.row_id,
        'driver' AS kind,
        COALESCE(t.driver_id, t.unit_id || ' ' || t.driver) AS who,
        t.departed_at,
        t.returned_at
    FROM trip AS t
    WHERE
        t.driver_id IS NOT NULL
        OR (
            NOT CONTAINS(t.driver, '*')
            AND NOT EXISTS (
                SELECT 1 FROM namesake AS n
                WHERE n.unit_id = t.unit_id AND n.name = t.driver
            )
        )
),

ordered AS (
    SELECT
        c.*,
        MAX(c.returned_at) OVER (
            PARTITION BY c.kind, c.who ORDER BY c.departed_at, c.row_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until
    FROM claim AS c
    INNER JOIN trip AS t ON c.row_id = t.row_id
    WHERE
        c.who IS NOT NULL
        AND t.plate_norm IS NOT NULL
        AND t.quality_flags NOT LIKE '%,plate_invalid,%'
        AND c.returned_at >= c.departed_at
        AND (
            t.given NOT LIKE '%,approved_by,%'
            OR (t.approved_by IS NOT NULL AND t.approved_by NOT LIKE '%驳回%')
        )
),

pair AS (
    SELECT
        b.row_id,
        a.row_id AS other_row,
        MAX(CASE WHEN b.kind = 'plate' THEN 1 ELSE 0 END) AS same_plate,
        MAX(CASE WHEN b.kind = 'driver' THEN 1 ELSE 0 END) AS same_driver
    FROM ordered AS b
    INNER JOIN ordered AS a
        ON
            b.kind = a.kind
            AND b.who = a.who
            AND (b.departed_at > a.departed_at OR (b.departed_at = a.departed_at AND b.row_id > a.row_id))
            AND LEAST(a.returned_at, b.returned_at) > b.departed_at + $minutes * INTERVAL '1' MINUTE
    WHERE b.busy_until > b.departed_at + $minutes * INTERVAL '1' MINUTE
    GROUP BY b.row_id, a.row_id
)

SELECT
    b.plate_norm AS plate,
    b.unit_id,
    b.departed_at AS at,
    b.trip_id,
    b.returned_at,
    a.plate_norm AS other_plate,
    a.trip_id AS other_trip_id,
    a.departed_at AS other_departed_at,
    a.returned_at AS other_returned_at,
    b.row_id AS trip_row,
    a.row_id AS trip_row_2,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CASE
        WHEN p.same_plate = 1 AND p.same_driver = 1 THEN '同一车辆、同一驾驶员 ' || b.driver
        WHEN p.same_plate = 1 THEN '同一车辆'
        ELSE '同一驾驶员 ' || b.driver
    END AS same,
    CASE WHEN a.quality_flags || b.quality_flags LIKE '%,plate_char_fixed,%' AND p.same_driver = 0 THEN 'B' ELSE 'A' END
        AS tier
FROM pair AS p
INNER JOIN trip AS b ON p.row_id = b.row_id
INNER JOIN trip AS a ON p.other_row = a.row_id
WHERE
    (a.trip_id IS NULL OR b.trip_id IS NULL OR a.trip_id <> b.trip_id)
    AND NOT (
        a.plate_norm = b.plate_norm
        AND COALESCE(a.driver, '') = COALESCE(b.driver, '')
        AND COALESCE(a.to_place, '') = COALESCE(b.to_place, '')
        AND a.departed_at = b.departed_at
        AND a.returned_at = b.returned_at
    )
