/*
title    = "油品类型不符"
question = "Was diesel billed for a petrol car, or petrol for a diesel car?"
watch    = "vehicle"
tier     = "A"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["fuel", "vehicle"]
needs    = ["fuel.product", "vehicle.fuel_type"]
optional = ["fuel.txn_type"]
subject  = "plate"
scope    = "row"
applies  = "COALESCE(txn_type, '加油') = '加油' AND liters > 0 AND product_class IN ('汽油', '柴油')"
message  = "{plate} 登记燃油类型为{fuel_type}，于 {at} 在 {station} 加注“{product}”（{product_class}）{liters} 升、{amount} 元，待核"
innocent = ["车辆登记的燃油类型有误", "经批准为发电机等设备加油"]
verify   = ["查：行驶证与车辆登记", "调：加油站视频"]

[excluded]
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"
"车辆未登记为汽油或柴油车" = "plate_norm NOT IN (SELECT v.plate_norm FROM vehicle AS v WHERE v.fuel_type IN ('汽油', '柴油') AND v.plate_norm IS NOT NULL)"
*/
-- amount: what was paid for the fill.
WITH car AS (
    SELECT
        v.row_id,
        v.plate_norm,
        v.fuel_type,
        v.quality_flags,
        COALESCE(v.status_from, DATE '1900-01-01') AS since,
        LAG(v.row_id) OVER w AS earlier_row,
        LEAD(COALESCE(v.status_from, DATE '1900-01-01')) OVER w AS until
    FROM vehicle AS v
    WHERE v.fuel_type IS NOT NULL
    WINDOW w AS (PARTITION BY v.plate_norm ORDER BY COALESCE(v.status_from, DATE '1900-01-01'), v.row_id)
)

SELECT
    f.plate_norm AS plate,
    f.unit_id,
    f.ts AS at,
    f.amount,
    v.fuel_type,
    f.product,
    f.product_class,
    f.liters,
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
    AND f.liters > 0
    AND f.quality_flags NOT LIKE '%,plate_invalid,%'
    AND ((v.fuel_type = '汽油' AND f.product_class = '柴油') OR (v.fuel_type = '柴油' AND f.product_class = '汽油'))
