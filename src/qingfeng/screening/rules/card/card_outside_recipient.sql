/*
title    = "卡券发放给外部人员"
question = "Was a card handed to somebody who is on no roster of our units?"
watch    = "card"
tier     = "A"
basis    = ["中华人民共和国公职人员政务处分法（2020）第三十四条"]
reads    = ["card_issue", "person"]
subject  = "unit"               # the recipient is not one of our people: only the surname is shown
scope    = "row"
# amount: face value of the card
message  = "{unit_name} 于 {at} 发放面值 {amount} 元的卡券，领取人“{recipient}”不在各单位人员名册中"
innocent = ["按规定向退休人员发放，名册未列"]
verify   = ["访：领取人与经办人", "查：领取名单与发放依据"]
applies  = "name IS NOT NULL"

[excluded]
"发放单位未能对应到单位名册" = "unit_id IS NULL"
"姓名已脱敏" = "regexp_matches(name, $masked)"
"领取人不是个人姓名" = "regexp_matches(name, $no_person) OR length(name) > 4 AND name NOT LIKE '%·%'"
"该单位没有导入人员名册" = "unit_id NOT IN (SELECT p.unit_id FROM person AS p WHERE p.unit_id IS NOT NULL)"

[params]
masked    = '[*×某?]'
no_person = "(办公室|科室|科|股|大队|中队|支部|工会|部门|中心|班组)$"
*/
SELECT
    i.unit_id AS unit,
    i.unit_id,
    i.unit AS unit_name,
    i.date AS at,
    i.face AS amount,
    i.row_id AS card_issue_row,
    left(i.name, 1) || '某' AS recipient
FROM card_issue AS i
WHERE
    i.unit_id IN (SELECT r.unit_id FROM person AS r)
    AND NOT regexp_matches(i.name, $masked)
    AND NOT regexp_matches(i.name, $no_person)
    AND (length(i.name) <= 4 OR i.name LIKE '%·%')
    AND NOT EXISTS (
        SELECT 1 FROM person AS p
        WHERE i.id_h = p.id_h
    )
    AND NOT EXISTS ( -- the name decides where one side has no number
        SELECT 1 FROM person AS p
        WHERE translate(i.name, ' ', '') = translate(p.name, ' ', '') AND (i.id_h IS NULL OR p.id_h IS NULL)
    )
