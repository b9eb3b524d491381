/*
title    = "节假日公务接待"
question = "Was there a reception on a day that is not a working day, without emergency or duty?"
watch    = "letter"
tier     = "B"
basis    = ["党政机关厉行节约反对浪费条例（2025）", "党政机关国内公务接待管理规定（2013）"]
reads    = ["reception", "calendar"]
uses     = ["duty_roster"]
optional = ["reception.emergency_flag"]
subject  = "reception"
scope    = "row"
# amount: meal + lodging + transport + other cost of the reception
message  = "{unit} 于 {at}（{day_name}）接待“{guest_unit}”，记录中未见应急或值班安排"
innocent = ["周末举办的公务活动"]
verify   = ["查：活动方案与通知"]

[excluded]
"应急接待" = "emergency_flag"
"当日本单位有值班安排" = """EXISTS (
  SELECT 1 FROM duty_roster AS d
  WHERE d.unit_id = reception.unit_id AND d.plate_norm IS NULL
    AND reception.date BETWEEN d.date_from AND coalesce(d.date_to, d.date_from))"""
*/
SELECT
    r.unit_id,
    r.date AS at,
    r.host_unit AS unit,
    r.guest_unit,
    r.row_id AS reception_row,
    CASE WHEN c.day_kind = 'weekend' THEN '周末' ELSE coalesce(nullif(c.holiday_name, ''), '节假日') END AS day_name,
    coalesce(r.meal_amount, 0) + coalesce(r.lodging_amount, 0)
    + coalesce(r.transport_amount, 0) + coalesce(r.other_amount, 0) AS amount,
    coalesce(r.rcpt_id, coalesce(r.host_unit, '') || ' ' || cast(r.date AS VARCHAR)) AS reception
FROM reception AS r
INNER JOIN calendar AS c ON r.date = c.date
WHERE
    c.day_kind IN ('weekend', 'holiday')
    AND NOT coalesce(r.emergency_flag, FALSE)
    AND NOT EXISTS (
        SELECT 1 FROM duty_roster AS d
        WHERE
            r.unit_id = d.unit_id AND d.plate_norm IS NULL
            AND r.date BETWEEN d.date_from AND coalesce(d.date_to, d.date_from)
    )
