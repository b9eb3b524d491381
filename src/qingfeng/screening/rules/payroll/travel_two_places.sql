/*
title    = "同人同日两地出差"
question = "Do two travel claims put one person in two places more than 50 km apart on the same days?"
watch    = "payroll"
tier     = "A"
basis    = ["中央和国家机关差旅费管理办法（财行〔2013〕531号）"]
reads    = ["travel_claim", "place"]
needs    = ["travel_claim.departed_on", "travel_claim.returned_on", "travel_claim.places"]
subject  = "person"
scope    = "key"                # one person
look_back_days = 60
# amount: lodging and allowances of the cheaper claim
message  = "同一人两份差旅报销期间重叠：{a_places}（{a_from} 至 {a_to}）与 {b_places}（{b_from} 至 {b_to}），两地相距至少 {km} 公里"
innocent = ["途中中转"]
verify   = ["查：车票、机票与住宿票据"]

[excluded]
"未能对应到个人" = "person_id IS NULL"
"出发或返回日期未填" = "departed_on IS NULL OR returned_on IS NULL"
"出差地点未填" = "places IS NULL"
"出差地点不在地名表中" = """row_id IN (
  SELECT c.row_id FROM (SELECT t.row_id, unnest(string_split(t.places, '、')) AS town FROM travel_claim AS t) AS c
  WHERE NOT EXISTS (
    SELECT 1 FROM place AS p
    WHERE left(p.name, 2) = left(c.town, 2) AND NOT regexp_matches(p.name, '(省|自治区)$')
      AND (starts_with(p.name, c.town) OR starts_with(c.town, p.name))))"""

[params]
apart_km = 50
*/
WITH stops AS (
    SELECT
        row_id,
        unnest(string_split(places, '、')) AS town
    FROM travel_claim
    WHERE person_id IS NOT NULL
),

named AS (
    SELECT
        t.town,
        p.lon,
        p.lat,
        t.town = p.name AS is_exact,
        max(CASE WHEN t.town = p.name THEN 1 ELSE 0 END) OVER (PARTITION BY t.town) AS has_exact
    FROM (SELECT DISTINCT town FROM stops) AS t
    INNER JOIN place AS p ON left(t.town, 2) = left(p.name, 2) AND NOT regexp_matches(p.name, '(省|自治区)$')
    WHERE starts_with(p.name, t.town) OR starts_with(t.town, p.name)
),

located AS ( -- a name that several places have is all of them: the nearest pair decides
    SELECT DISTINCT
        town,
        radians(lon) AS lon,
        radians(lat) AS lat
    FROM named
    WHERE is_exact OR has_exact = 0
),

claims AS (
    SELECT
        *,
        coalesce(lodging_amount, 0) + coalesce(meal_allowance, 0) + coalesce(local_transport_allowance, 0) AS paid
    FROM travel_claim
    WHERE row_id NOT IN (
        SELECT s.row_id FROM stops AS s
        WHERE s.town NOT IN (SELECT l.town FROM located AS l)
    )
),

overlap AS (
    SELECT
        a.row_id AS a_row,
        b.row_id AS b_row
    FROM claims AS a
    INNER JOIN claims AS b
        ON
            a.person_id = b.person_id AND a.row_id < b.row_id
            AND a.departed_on < b.returned_on AND a.returned_on > b.departed_on
    WHERE a.claim_id <> b.claim_id OR a.claim_id IS NULL OR b.claim_id IS NULL
),

distance AS (
    SELECT
        o.a_row,
        o.b_row,
        min(cast(round(2 * 6371.0088 * asin(least(1.0, sqrt(
            power(sin((y.lat - x.lat) / 2), 2) + cos(x.lat) * cos(y.lat) * power(sin((y.lon - x.lon) / 2), 2)
        ))), 2) AS DECIMAL(12, 2))) AS km
    FROM overlap AS o
    INNER JOIN stops AS s ON o.a_row = s.row_id
    INNER JOIN located AS x ON s.town = x.town
    INNER JOIN stops AS t ON o.b_row = t.row_id
    INNER JOIN located AS y ON t.town = y.town
    GROUP BY o.a_row, o.b_row
)

SELECT
    a.person_id AS person,
    a.unit_id,
    a.places AS a_places,
    a.departed_on AS a_from,
    a.returned_on AS a_to,
    b.places AS b_places,
    b.departed_on AS b_from,
    b.returned_on AS b_to,
    d.km,
    a.row_id AS travel_claim_row,
    b.row_id AS travel_claim_row_2,
    greatest(a.departed_on, b.departed_on) AS at,
    least(a.paid, b.paid) AS amount
FROM distance AS d
INNER JOIN claims AS a ON d.a_row = a.row_id
INNER JOIN claims AS b ON d.b_row = b.row_id
WHERE d.km > $apart_km
