/*
title    = "单日重复加油"
question = "Was one card filled twice on one day without a long way between?"
watch    = "vehicle"
tier     = "B"
basis    = ["党政机关公务用车管理办法（2017）", "党政机关厉行节约反对浪费条例（2025年修订）"]
reads    = ["fuel"]
uses     = ["gps"]
optional = ["fuel.card", "fuel.txn_type", "fuel.odometer"]
subject  = "card"
scope    = "key"
applies  = "COALESCE(txn_type, '加油') = '加油' AND liters > 0"
message  = "{payer}（{plate}）于 {day} 加油 {fills} 次共 {liters} 升、{amount} 元，其间行驶里程 {km_text}，待核"
innocent = ["当日长途出车", "车队共用一卡集中加油", "一次加油分两笔结算"]
verify   = ["调：加油站视频与加油机前车牌", "查：当日派车单与里程"]

[excluded]
"卡号缺失、被遮盖或位数丢失" = "card_h IS NULL AND given LIKE '%,card,%'"
"既无卡号也无车牌" = "card_h IS NULL AND plate_norm IS NULL"
"尿素、充电不进油箱" = "product_class IN ('尿素', '充电')"

[params]
fills   = 2
long_km = 300
*/
-- Where a file has no card numbers at all, the plate stands for the card.
-- amount: what was paid for the fills of the day. Kilometres from the first to the last fill: by the odometer, else by
-- the locator, else unknown, which counts as short.
WITH named AS (
    SELECT
        f.*,
        COALESCE(f.card_h, CASE WHEN f.given NOT LIKE '%,card,%' THEN f.plate_norm END) AS card
    FROM fuel AS f
    WHERE COALESCE(f.txn_type, '加油') = '加油' AND f.liters > 0
),

busy AS (
    SELECT
        n.card,
        CAST(n.ts AS DATE) AS day
    FROM named AS n
    WHERE n.card IS NOT NULL
    GROUP BY n.card, CAST(n.ts AS DATE)
    HAVING COUNT(*) >= 2
),

fill AS (
    -- Rows of one instant and volume are copies of one fill, rows of one number are its versions.
    SELECT
        n.*,
        b.day,
        ROW_NUMBER() OVER (PARTITION BY n.card, n.ts, n.liters ORDER BY n.row_id) AS copy_no,
        ROW_NUMBER() OVER (
            PARTITION BY n.card, b.day, COALESCE(n.txn_id, CAST(n.row_id AS VARCHAR)) ORDER BY n.row_id
        ) AS version_no
    FROM named AS n
    INNER JOIN busy AS b ON n.card = b.card AND CAST(n.ts AS DATE) = b.day
    WHERE COALESCE(n.product_class, '') NOT IN ('尿素', '充电')
),

repeated AS (
    SELECT
        f.card,
        f.day,
        MIN(f.card_last4) AS card_last4,
        MIN(f.plate_norm) AS plate,
        MIN(f.unit_id) AS unit_id,
        MIN(f.ts) AS first_at,
        MAX(f.ts) AS last_at,
        COUNT(*) AS fills,
        SUM(f.liters) AS liters,
        SUM(f.amount) AS amount,
        ARRAY_AGG(f.row_id) AS fuel_rows,
        CASE
            WHEN COUNT(NULLIF(f.odometer, 0)) = COUNT(*) AND MIN(f.plate_norm) = MAX(f.plate_norm)
                THEN MAX(f.odometer) - MIN(f.odometer)
        END AS odo_km
    FROM fill AS f
    WHERE f.copy_no = 1 AND f.version_no = 1
    GROUP BY f.card, f.day
    HAVING COUNT(*) >= $fills
),

track AS (
    SELECT
        r.card,
        r.day,
        SUM(g.km) AS gps_km
    FROM repeated AS r
    INNER JOIN gps AS g ON r.plate = g.plate_norm AND r.last_at > g.started_at AND r.first_at < g.ended_at
    GROUP BY r.card, r.day
)

SELECT
    r.card,
    r.unit_id,
    r.first_at AS at,
    r.amount,
    COALESCE('尾号 ' || r.card_last4 || ' 的加油卡', '未记卡号的加油') AS payer,
    r.plate,
    r.day,
    r.fills,
    r.liters,
    r.fuel_rows,
    COALESCE(r.odo_km, g.gps_km) AS km,
    COALESCE(CAST(COALESCE(r.odo_km, g.gps_km) AS VARCHAR) || ' 公里', '不明') AS km_text
FROM repeated AS r
LEFT JOIN track AS g ON r.card = g.card AND r.day = g.day
WHERE COALESCE(r.odo_km, g.gps_km, 0) < $long_km
