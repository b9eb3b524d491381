/*
title    = "陪餐人数超标"
question = "Did more companions eat with the guests than the rule allows?"
watch    = "letter"
tier     = "B"
basis    = ["党政机关国内公务接待管理规定（2013）第十条"]
reads    = ["reception"]
needs    = ["reception.guests", "reception.companions"]
subject  = "reception"
scope    = "row"
# amount: the meal at which the companions were too many
message  = "{unit} 于 {at} 接待“{guest_unit}”{guests} 人，陪餐 {companions} 人，按规定不超过 {allowed} 人"
innocent = ["驾驶员或工作人员误计为陪餐"]
verify   = ["查：接待清单与签字"]

[excluded]
"来宾或陪餐人数未填" = "guests IS NULL OR companions IS NULL"

[params]
small_party        = 10         # guests up to which a fixed number may accompany
companions_allowed = 3
guests_each        = 3          # above that: one companion for every three guests, rounded down
*/
SELECT
    unit_id,
    date AS at,
    meal_amount AS amount,
    host_unit AS unit,
    guest_unit,
    guests,
    companions,
    row_id AS reception_row,
    CASE WHEN guests <= $small_party THEN $companions_allowed ELSE cast(floor(guests / $guests_each) AS INTEGER) END
        AS allowed,
    coalesce(rcpt_id, coalesce(host_unit, '') || ' ' || cast(date AS VARCHAR), host_unit, '未编号接待') AS reception
FROM reception
WHERE
    (guests <= $small_party AND companions > $companions_allowed)
    OR (guests > $small_party AND companions * $guests_each > guests) -- the same as companions > floor(guests / 3)
