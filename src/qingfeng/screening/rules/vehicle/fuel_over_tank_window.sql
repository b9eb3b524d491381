/*
title    = "短时累计加油超油箱"
question = "Did several fills within four hours add up to more than the tank holds and the way between can burn?"
watch    = "vehicle"
tier     = "A"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["fuel", "vehicle"]
uses     = ["gps", "trip"]
needs    = ["fuel.liters", "vehicle.tank_l"]
optional = ["fuel.txn_type", "fuel.odometer", "vehicle.rated_l100", "gps.online_ratio"]
subject  = "plate"
scope    = "key"
look_back_days = 1
applies  = "COALESCE(txn_type, '加油') = '加油' AND liters > 0"
message  = "{plate} 于 {at} 至 {last_at} 加油 {fills} 次共 {liters} 升，油箱容积 {tank_l} 升，其间行驶 {km} 公里（{km_from}），待核"
innocent = ["一次加油开具两张小票", "两次加油之间有长途行驶", "登记的油箱容积有误"]
verify   = ["调：两次加油的视频与加油机前车牌", "查：加油小票原件"]

[excluded]
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"
"尿素、充电不进油箱" = "product_class IN ('尿素', '充电')"
"车辆未登记油箱容积" = "plate_norm NOT IN (SELECT v.plate_norm FROM vehicle AS v WHERE v.tank_l > 0 AND v.plate_norm IS NOT NULL)"

[params]
minutes        = 240
tolerance      = 1.10
online         = 0.9
unknown_l100   = 12

[under]
tolerance = 0.95
*/
-- amount: what was paid for the fills of the window.
-- Kilometres come from the odometer, else from the locator; else they are unknown (tier B), and a trip order that
-- covers all fills bounds them. Without a rated consumption, $unknown_l100 stands in and the tier is B.
WITH fill AS (
    SELECT
        f.row_id,
        f.txn_id,
        f.plate_norm,
        f.unit_id,
        f.ts,
        f.liters,
        f.amount,
        f.quality_flags,
        NULLIF(f.odometer, 0) AS odometer,
        LAG(f.ts) OVER w AS earlier,
        LEAD(f.ts) OVER w AS later
    FROM fuel AS f
    WHERE
        COALESCE(f.txn_type, '加油') = '加油'
        AND f.liters > 0
        AND f.plate_norm IS NOT NULL
        AND f.quality_flags NOT LIKE '%,plate_invalid,%'
        AND COALESCE(f.product_class, '') NOT IN ('尿素', '充电')
    WINDOW w AS (PARTITION BY f.plate_norm ORDER BY f.ts, f.row_id)
),

near AS (
    -- Fills with another one close by. Rows of one instant and volume are copies, rows of one number are versions.
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY plate_norm, ts, liters ORDER BY row_id) AS copy_no,
        ROW_NUMBER() OVER (
            PARTITION BY plate_norm, COALESCE(txn_id, CAST(row_id AS VARCHAR)) ORDER BY row_id
        ) AS version_no
    FROM fill
    WHERE
        earlier >= ts - $minutes * INTERVAL '1' MINUTE
        OR later <= ts + $minutes * INTERVAL '1' MINUTE
),

moment AS (
    SELECT DISTINCT
        plate_norm,
        ts
    FROM near
),

span AS (
    SELECT
        a.plate_norm,
        a.ts AS first_at,
        z.ts AS last_at,
        COUNT(*) AS fills,
        SUM(b.liters) AS liters,
        SUM(b.amount) AS amount,
        MIN(b.unit_id) AS unit_id,
        CASE WHEN COUNT(b.odometer) = COUNT(*) THEN MAX(b.odometer) - MIN(b.odometer) END AS odo_km,
        MAX(CASE
            WHEN b.quality_flags LIKE '%,plate_char_fixed,%' OR b.quality_flags LIKE '%,conflict,%' THEN 1
            ELSE 0
        END) AS is_doubtful,
        ARRAY_AGG(b.row_id) AS fuel_rows
    FROM moment AS a
    INNER JOIN moment AS z
        ON a.plate_norm = z.plate_norm AND z.ts BETWEEN a.ts AND a.ts + $minutes * INTERVAL '1' MINUTE
    INNER JOIN near AS b
        ON a.plate_norm = b.plate_norm AND b.copy_no = 1 AND b.version_no = 1 AND b.ts BETWEEN a.ts AND z.ts
    GROUP BY a.plate_norm, a.ts, z.ts
    HAVING COUNT(*) >= 2
),

car AS (
    SELECT
        v.plate_norm,
        v.tank_l,
        v.rated_l100,
        COALESCE(v.status_from, DATE '1900-01-01') AS since,
        LAG(v.row_id) OVER w AS earlier_row,
        LEAD(COALESCE(v.status_from, DATE '1900-01-01')) OVER w AS until
    FROM vehicle AS v
    WHERE v.tank_l > 0
    WINDOW w AS (PARTITION BY v.plate_norm ORDER BY COALESCE(v.status_from, DATE '1900-01-01'), v.row_id)
),

over_tank AS (
    SELECT
        s.*,
        v.tank_l,
        v.rated_l100
    FROM span AS s
    INNER JOIN car AS v
        ON
            s.plate_norm = v.plate_norm
            AND (v.earlier_row IS NULL OR s.first_at >= v.since)
            AND (v.until IS NULL OR s.first_at < v.until)
    WHERE s.liters > v.tank_l * $tolerance
),

track AS (
    SELECT
        o.plate_norm,
        o.first_at,
        o.last_at,
        CASE WHEN MIN(COALESCE(g.online_ratio, 1)) >= $online THEN SUM(g.km) END AS gps_km
    FROM over_tank AS o
    INNER JOIN gps AS g
        ON o.plate_norm = g.plate_norm AND o.last_at > g.started_at AND o.first_at < g.ended_at
    GROUP BY o.plate_norm, o.first_at, o.last_at
),

journey AS (
    SELECT
        o.plate_norm,
        o.first_at,
        o.last_at,
        MAX(t.km) AS trip_km
    FROM over_tank AS o
    INNER JOIN trip AS t
        ON o.plate_norm = t.plate_norm AND o.first_at >= t.departed_at AND o.last_at <= t.returned_at
    GROUP BY o.plate_norm, o.first_at, o.last_at
),

hit AS (
    SELECT
        o.*,
        COALESCE(o.odo_km, g.gps_km, j.trip_km) AS km,
        CASE
            WHEN o.odo_km IS NOT NULL THEN '里程表'
            WHEN g.gps_km IS NOT NULL THEN '定位里程'
            WHEN j.trip_km IS NOT NULL THEN '派车单里程，为上限'
            ELSE '里程不明'
        END AS km_from,
        CASE
            WHEN COALESCE(o.odo_km, g.gps_km) IS NULL OR o.rated_l100 IS NULL OR o.is_doubtful = 1 THEN 'B'
            ELSE 'A'
        END AS tier
    FROM over_tank AS o
    LEFT JOIN track AS g ON o.plate_norm = g.plate_norm AND o.first_at = g.first_at AND o.last_at = g.last_at
    LEFT JOIN journey AS j ON o.plate_norm = j.plate_norm AND o.first_at = j.first_at AND o.last_at = j.last_at
    WHERE
        o.liters > o.tank_l * $tolerance
        + COALESCE(o.odo_km, g.gps_km, j.trip_km, 0) * COALESCE(o.rated_l100, $unknown_l100) / 100
)

-- The widest window speaks for those inside it.
SELECT
    h.plate_norm AS plate,
    h.unit_id,
    h.first_at AS at,
    h.amount,
    h.last_at,
    h.fills,
    h.liters,
    h.tank_l,
    h.km,
    h.km_from,
    h.tier,
    h.fuel_rows
FROM hit AS h
WHERE NOT EXISTS (
    SELECT 1 FROM hit AS w
    WHERE
        w.plate_norm = h.plate_norm
        AND w.first_at <= h.first_at
        AND w.last_at >= h.last_at
        AND w.fills > h.fills
)
