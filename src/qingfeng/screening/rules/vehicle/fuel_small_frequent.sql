/*
title    = "小额多次消费"
question = "Did one card pay small amounts again and again?"
watch    = "vehicle"
tier     = "B"
basis    = ["党政机关公务用车管理办法（2017）", "党政机关厉行节约反对浪费条例（2025年修订）"]
reads    = ["fuel"]
needs    = ["fuel.amount"]
optional = ["fuel.card", "fuel.txn_type"]
subject  = "card"
scope    = "key"
look_back_days = 366
applies  = "COALESCE(txn_type, '加油') IN ('加油', '非油') AND (txn_type IS NOT NULL OR liters > 0) AND amount > 0"
message  = "{payer}（{plate}）于 {at} 至 {last_at} 有 {times} 笔单笔不足 {small_yuan} 元的消费，共 {amount} 元，待核"
innocent = ["卡内余额不足", "加油机故障分次加注", "经批准为割草机等小型设备加油"]
verify   = ["查：当时的卡内余额", "访：加油站", "调：加油站视频"]

[excluded]
"卡号缺失、被遮盖或位数丢失" = "card_h IS NULL AND given LIKE '%,card,%'"
"既无卡号也无车牌" = "card_h IS NULL AND plate_norm IS NULL"

[params]
small_yuan = 100
times      = 3
days       = 30

[under]
small_yuan = 1.2
*/
-- Where a file has no card numbers at all, the plate stands for the card.
-- amount: what these small payments add up to. Windows of 30 days that touch each other are one finding.
WITH small AS (
    -- Rows of one instant and amount are copies of one payment.
    SELECT
        f.row_id,
        COALESCE(f.card_h, CASE WHEN f.given NOT LIKE '%,card,%' THEN f.plate_norm END) AS card,
        f.card_last4,
        f.plate_norm,
        f.unit_id,
        f.ts,
        f.amount,
        ROW_NUMBER() OVER (
            PARTITION BY COALESCE(f.card_h, CASE WHEN f.given NOT LIKE '%,card,%' THEN f.plate_norm END), f.ts, f.amount
            ORDER BY f.row_id
        ) AS copy_no
    FROM fuel AS f
    WHERE
        COALESCE(f.txn_type, '加油') IN ('加油', '非油')
        AND (f.txn_type IS NOT NULL OR f.liters > 0)
        AND f.amount > 0
        AND f.amount < $small_yuan
        AND COALESCE(f.card_h, CASE WHEN f.given NOT LIKE '%,card,%' THEN f.plate_norm END) IS NOT NULL
),

window_of AS (
    -- How many small payments the window that begins here has, and where it ends.
    SELECT
        a.card,
        a.row_id,
        a.ts AS from_at,
        a.ts + $days * INTERVAL '1' DAY AS to_at,
        COUNT(*) AS times
    FROM small AS a
    INNER JOIN small AS b
        ON a.card = b.card AND b.copy_no = 1 AND b.ts BETWEEN a.ts AND a.ts + $days * INTERVAL '1' DAY
    WHERE a.copy_no = 1
    GROUP BY a.card, a.row_id, a.ts
    HAVING COUNT(*) >= $times
),

member AS (
    SELECT DISTINCT s.*
    FROM small AS s
    INNER JOIN window_of AS w ON s.card = w.card AND s.ts BETWEEN w.from_at AND w.to_at
    WHERE s.copy_no = 1
),

marked AS (
    SELECT
        m.*,
        CASE
            WHEN
                LAG(m.ts) OVER (PARTITION BY m.card ORDER BY m.ts, m.row_id) >= m.ts - $days * INTERVAL '1' DAY
                THEN 0
            ELSE 1
        END AS begins
    FROM member AS m
),

chain AS (
    SELECT
        m.*,
        SUM(m.begins) OVER (
            PARTITION BY m.card ORDER BY m.ts, m.row_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS chain_no
    FROM marked AS m
)

SELECT
    c.card,
    CAST($small_yuan AS DECIMAL(14, 2)) AS small_yuan,
    MIN(c.unit_id) AS unit_id,
    MIN(c.ts) AS at,
    SUM(c.amount) AS amount,
    COALESCE('尾号 ' || MIN(c.card_last4) || ' 的加油卡', '未记卡号的消费') AS payer,
    MIN(c.plate_norm) AS plate,
    MAX(c.ts) AS last_at,
    COUNT(*) AS times,
    ARRAY_AGG(c.row_id) AS fuel_rows
FROM chain AS c
GROUP BY c.card, c.chain_no
