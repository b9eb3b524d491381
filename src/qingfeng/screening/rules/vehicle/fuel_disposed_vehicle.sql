/*
title    = "已处置/封存车辆仍加油"
question = "Was fuel billed for a vehicle after it was scrapped, sold, handed over or sealed?"
watch    = "vehicle"
tier     = "A"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["fuel", "vehicle"]
needs    = ["vehicle.status", "vehicle.status_from"]
optional = ["fuel.txn_type"]
subject  = "plate"
scope    = "row"
applies  = "COALESCE(txn_type, '加油') = '加油' AND liters > 0"
message  = "{plate} 自 {status_from} 起登记为{status}，于 {at} 仍在 {station} 加油 {liters} 升、{amount} 元，待核"
innocent = ["车辆状态登记滞后或有误", "处置前已批准的转场加油"]
verify   = ["查：车辆处置、封存审批与交接手续", "调：加油站视频"]

[excluded]
"车牌缺失或无法识别" = "plate_norm IS NULL OR quality_flags LIKE '%,plate_invalid,%'"
"车辆处置、封存而无日期" = "plate_norm IN (SELECT v.plate_norm FROM vehicle AS v WHERE v.status IN ('报废', '拍卖', '调出', '封存') AND v.status_from IS NULL)"
*/
-- amount: what was paid for the fill. The day on which the status begins still belongs to the status before it.
WITH car AS (
    SELECT
        v.row_id,
        v.plate_norm,
        v.status,
        v.status_from,
        v.quality_flags,
        LEAD(v.status_from) OVER w AS until
    FROM vehicle AS v
    WHERE v.status IS NOT NULL AND v.status_from IS NOT NULL
    WINDOW w AS (PARTITION BY v.plate_norm ORDER BY v.status_from, v.row_id)
)

SELECT
    f.plate_norm AS plate,
    f.unit_id,
    f.ts AS at,
    f.amount,
    v.status,
    v.status_from,
    f.station,
    f.liters,
    f.row_id AS fuel_row,
    v.row_id AS vehicle_row,
    CASE WHEN f.quality_flags || v.quality_flags LIKE '%,plate_char_fixed,%' THEN 'B' ELSE 'A' END AS tier
FROM fuel AS f
INNER JOIN car AS v
    ON
        f.plate_norm = v.plate_norm
        AND CAST(f.ts AS DATE) > v.status_from
        AND (v.until IS NULL OR CAST(f.ts AS DATE) < v.until)
WHERE
    COALESCE(f.txn_type, '加油') = '加油'
    AND f.liters > 0
    AND f.quality_flags NOT LIKE '%,plate_invalid,%'
    AND v.status IN ('报废', '拍卖', '调出', '封存')
    AND NOT EXISTS (
        SELECT 1 FROM vehicle AS n
        WHERE n.plate_norm = f.plate_norm AND n.status IN ('报废', '拍卖', '调出', '封存') AND n.status_from IS NULL
    )
