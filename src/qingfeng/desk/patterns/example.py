"""An example to begin from: a rule that passes the check, with cases that hold; fictional throughout."""

RULE = """/*
title    = "单次加油金额偏高"
question = "Was one fill far dearer than a tank of this size can hold?"
watch    = "vehicle"
tier     = "B"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["fuel"]
subject  = "plate"
scope    = "row"
message  = "{plate} 于 {at} 加油 {liters} 升，金额 {amount} 元，待核"
innocent = ["一次为两辆车加油并已登记"]
verify   = ["查：加油小票与油卡明细"]
needs    = ["fuel.liters"]

[excluded]
"车牌缺失" = "plate_norm IS NULL"

[params]
least_yuan = 900
*/
SELECT f.plate_norm AS plate, f.unit_id, f.ts AS at, f.amount, f.liters, f.row_id AS fuel_row
FROM fuel AS f
WHERE f.amount > $least_yuan AND f.plate_norm IS NOT NULL
"""

CASES = """[[case]]
says  = "a fill of 901 yuan is found"
kind  = "violation"
found = 1
fuel  = [{plate_norm = "苏M12345", ts = 2026-10-03T12:01:00, liters = 110, amount = 901}]

[[case]]
says  = "each of two dear fills is found"
kind  = "violation"
found = 2
fuel  = [{plate_norm = "苏M12345", ts = 2026-10-03T12:01:00, liters = 120, amount = 980},
         {plate_norm = "苏M12345", ts = 2026-10-09T08:30:00, liters = 125, amount = 1010}]

[[case]]
says  = "a fill of exactly 900 yuan is not found"
kind  = "twin"
found = 0
fuel  = [{plate_norm = "苏M12345", ts = 2026-10-03T12:01:00, liters = 110, amount = 900}]

[[case]]
says  = "a dear fill of an unknown plate cannot be judged"
kind  = "twin"
found = 0
fuel  = [{ts = 2026-10-03T12:01:00, liters = 110, amount = 1200}]
"""
