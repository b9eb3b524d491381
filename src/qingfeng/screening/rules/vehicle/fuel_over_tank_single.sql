/*
title    = "单次加油超油箱容积"
question = "Was more fuel billed in one fill than the tank holds?"
watch    = "vehicle"
tier     = "A"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["fuel", "vehicle"]
needs    = ["fuel.liters", "vehicle.tank_l"]
optional = ["fuel.txn_type"]
subject  = "plate"
scope    = "row"
applies  = "COALESCE(txn_type, '加油') = '加油' AND liters > 0"
message  = "{plate} 于 {at} 在 {station} 加油 {liters} 升，登记油箱容积 {tank_l} 升，待核"
innocent = ["登记的油箱容积有误", "加装副油箱或长途油箱", "经书面批准为发电机、割草机等设备加油"]
verify   = ["查：行驶证与车型公告", "调：加油站视频", "访：加油站"]

[excluded]
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"
"车辆未登记油箱容积" = "plate_norm NOT IN (SELECT v.plate_norm FROM vehicle AS v WHERE v.tank_l > 0 AND v.plate_norm IS NOT NULL)"

[params]
tolerance = 1.05
slack_l   = 2

[under]
tolerance = 0.95
*/
-- amount: what was paid for the fill.
WITH car AS (
    -- Each register row with the days on which it is in force; the first one also counts for what came before.
    SELECT
        v.row_id,
        v.plate_norm,
        v.tank_l,
        v.quality_flags,
        COALESCE(v.status_from, DATE '1900-01-01') AS since,
        LAG(v.row_id) OVER w AS earlier_row,
        LEAD(COALESCE(v.status_from, DATE '1900-01-01')) OVER w AS until
    FROM vehicle AS v
    WHERE v.tank_l > 0
    WINDOW w AS (PARTITION BY v.plate_norm ORDER BY COALESCE(v.status_from, DATE '1900-01-01'), v.row_id)
)

SELECT
    f.plate_norm AS plate,
    f.unit_id,
    f.ts AS at,
    f.amount,
    f.liters,
    v.tank_l,
    f.station,
    f.row_id AS fuel_row,
    v.row_id AS vehicle_row,
    CASE WHEN f.quality_flags || v.quality_flags LIKE '%,plate_char_fixed,%' THEN 'B' ELSE 'A' END AS tier
FROM fuel AS f
INNER JOIN car AS v
    ON
        f.plate_norm = v.plate_norm
        AND (v.earlier_row IS NULL OR f.ts >= v.since)
        AND (v.until IS NULL OR f.ts < v.until)
WHERE
    COALESCE(f.txn_type, '加油') = '加油'
    AND f.quality_flags NOT LIKE '%,plate_invalid,%'
    AND f.liters > v.tank_l * $tolerance + $slack_l
