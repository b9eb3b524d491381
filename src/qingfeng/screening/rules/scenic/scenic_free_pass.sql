/*
title    = "批条免票"
question = "Did a unit or an approver send people into a scenic spot free of charge, in a group or on a rest day?"
watch    = "scenic"
tier     = "B"
basis    = ["中华人民共和国公职人员政务处分法（2020）", "关于严禁党政机关到风景名胜区开会的通知（2014）"]
reads    = ["scenic", "calendar"]
needs    = ["scenic.entry_kind", "scenic.unit_or_approver"]
optional = ["scenic.reason"]
subject  = "unit"
scope    = "key"                # one order, and one unit's day
# amount: what the tickets would have cost, where the record says
message  = "{approver} 于 {at} 在 {place} 免票或优待入园 {people} 人次（{day_kind}）"
innocent = ["依法享受免票的团体（老年人、军人等）", "因公导览、检查"]
verify   = ["调：景区票务系统放行记录", "访：景区与审批人", "查：公务安排"]
applies  = "entry_kind IN ('免票', '优待')"

[excluded]
"没有审批人或来源单位" = "unit_or_approver IS NULL"
"法定免票或优待对象" = "regexp_matches(reason, $by_law)"

[params]
group_people = 5
by_law       = "老年|老人|岁以上|军人|退役|烈属|残疾|儿童|未成年|身高"
*/
WITH free AS (
    SELECT
        s.row_id,
        s.order_h,
        s.place,
        s.amount,
        s.unit_id,
        s.unit_or_approver,
        cast(s.ts AS DATE) AS entered_on,
        coalesce(s.unit_id, s.unit_or_approver) AS sender,
        coalesce(s.qty, 1) AS people
    FROM scenic AS s
    WHERE
        s.entry_kind IN ('免票', '优待') AND s.unit_or_approver IS NOT NULL
        AND NOT coalesce(regexp_matches(s.reason, $by_law), FALSE)
),

grouped AS (
    SELECT
        *,
        sum(people) OVER (PARTITION BY sender, entered_on) AS people_of_day,
        CASE WHEN order_h IS NOT NULL THEN sum(people) OVER (PARTITION BY order_h) END AS people_of_order
    FROM free
)

SELECT
    g.sender AS unit,
    g.entered_on AS at,
    max(g.unit_id) AS unit_id,
    sum(g.amount) AS amount,
    min(g.unit_or_approver) AS approver,
    coalesce(min(g.place), '景区') AS place,
    sum(g.people) AS people,
    CASE WHEN c.day_kind IN ('weekend', 'holiday') THEN '非工作日' ELSE '工作日' END AS day_kind,
    list_sort(array_agg(g.row_id)) AS scenic_rows
FROM grouped AS g
LEFT JOIN calendar AS c ON g.entered_on = c.date
WHERE
    g.people_of_day >= $group_people OR g.people_of_order >= $group_people
    OR c.day_kind IN ('weekend', 'holiday')
GROUP BY g.sender, g.entered_on, c.day_kind
