/*
title    = "无车挂卡/一车多卡/一卡多车"
question = "Is a fuel card in use without a vehicle, beside another one of the same vehicle, or for several vehicles?"
watch    = "vehicle"
tier     = "B"
basis    = ["党政机关公务用车管理办法（2017）"]
reads    = ["fuel_card"]
uses     = ["fuel"]
needs    = ["fuel_card.card"]
optional = ["fuel_card.plate", "fuel_card.status", "fuel.txn_type"]
subject  = "card"
scope    = "key"
look_back_days = 366
applies  = "card_h IS NOT NULL"
message  = "{kind}：尾号 {card_last4} 的加油卡，{what}，相关加油 {fills} 笔共 {amount} 元，待核"
innocent = ["单位主卡，只充值不加油", "补办新卡与旧卡短期重叠（7 天以内）", "车辆更新后加油卡改绑"]
verify   = ["查：加油卡台账与开卡、销卡记录", "查：加油卡消费明细"]

[excluded]
"已停用、挂失或注销的卡" = "status IS NOT NULL AND status <> '正常'"
"主卡" = "card_h IN (SELECT m.master_card_h FROM fuel_card AS m)"

[params]
days = 30
*/
-- amount: what was paid with the card (without a vehicle), with all cards of the vehicle (several cards), or in the
-- fills before and after each change of the vehicle (several vehicles).
WITH active AS (
    SELECT c.*
    FROM fuel_card AS c
    WHERE
        c.card_h IS NOT NULL
        AND (c.status IS NULL OR c.status = '正常')
        AND NOT EXISTS (
            SELECT 1 FROM fuel_card AS m
            WHERE m.master_card_h = c.card_h
        )
),

latest AS (
    -- The newest register row of each card.
    SELECT
        a.*,
        ROW_NUMBER() OVER (PARTITION BY a.card_h ORDER BY COALESCE(a.opened_on, DATE '1900-01-01') DESC, a.row_id DESC)
            AS newest
    FROM active AS a
),

shared AS (
    SELECT l.plate_norm
    FROM latest AS l
    WHERE l.newest = 1 AND l.plate_norm IS NOT NULL
    GROUP BY l.plate_norm
    HAVING COUNT(*) > 1
),

suspect AS (
    -- One row for each card: what it stands for is the card itself, or its vehicle.
    SELECT
        l.*,
        CASE WHEN l.plate_norm IS NULL THEN '无车挂卡' ELSE '一车多卡' END AS kind,
        COALESCE(l.plate_norm, l.card_h) AS what
    FROM latest AS l
    LEFT JOIN shared AS s ON l.plate_norm = s.plate_norm
    WHERE
        l.newest = 1
        AND (s.plate_norm IS NOT NULL OR (l.plate_norm IS NULL AND l.plate_raw IS NULL AND l.given LIKE '%,plate,%'))
),

spent AS (
    SELECT
        s.what,
        MIN(f.ts) AS first_at,
        COUNT(*) AS fills,
        SUM(f.amount) AS amount,
        ARRAY_AGG(f.row_id) AS fuel_rows
    FROM suspect AS s
    INNER JOIN fuel AS f ON s.card_h = f.card_h
    WHERE COALESCE(f.txn_type, '加油') = '加油' AND f.liters > 0
    GROUP BY s.what
),

carded AS (
    SELECT
        s.what,
        s.kind,
        MIN(s.plate_norm) AS plate,
        MIN(s.unit_id) AS unit_id,
        COUNT(*) AS cards,
        MAX(s.opened_on) AS opened_on,
        MAX(s.row_id) AS newest_row,
        ARRAY_AGG(s.row_id) AS fuel_card_rows
    FROM suspect AS s
    GROUP BY s.what, s.kind
),

wandering AS (
    SELECT f.card_h
    FROM fuel AS f
    WHERE
        COALESCE(f.txn_type, '加油') = '加油'
        AND f.liters > 0
        AND f.card_h IS NOT NULL
        AND f.plate_norm IS NOT NULL
        AND f.quality_flags NOT LIKE '%,plate_invalid,%'
    GROUP BY f.card_h
    HAVING MIN(f.plate_norm) <> MAX(f.plate_norm)
),

fill AS (
    SELECT
        f.*,
        LAG(f.plate_norm) OVER w AS plate_before,
        LAG(f.ts) OVER w AS ts_before,
        LEAD(f.plate_norm) OVER w AS plate_after,
        LEAD(f.ts) OVER w AS ts_after
    FROM fuel AS f
    INNER JOIN wandering AS n ON f.card_h = n.card_h
    WHERE
        COALESCE(f.txn_type, '加油') = '加油'
        AND f.liters > 0
        AND f.plate_norm IS NOT NULL
        AND f.quality_flags NOT LIKE '%,plate_invalid,%'
    WINDOW w AS (PARTITION BY f.card_h ORDER BY f.ts, f.row_id)
),

changed AS (
    SELECT
        f.card_h,
        MIN(f.card_last4) AS card_last4,
        MIN(f.unit_id) AS unit_id,
        MIN(f.ts) AS at,
        MIN(f.plate_norm) AS plate,
        MAX(f.plate_norm) AS other_plate,
        COUNT(*) AS fills,
        SUM(f.amount) AS amount,
        ARRAY_AGG(f.row_id) AS fuel_rows
    FROM fill AS f
    WHERE
        (f.plate_before <> f.plate_norm AND f.ts_before >= f.ts - $days * INTERVAL '1' DAY)
        OR (f.plate_after <> f.plate_norm AND f.ts_after <= f.ts + $days * INTERVAL '1' DAY)
    GROUP BY f.card_h
)

SELECT
    l.card_h AS card,
    c.unit_id,
    COALESCE(p.first_at, CAST(c.opened_on AS TIMESTAMP)) AS at,
    p.amount,
    c.kind,
    l.card_last4,
    c.plate,
    p.fuel_rows,
    c.fuel_card_rows,
    COALESCE(p.fills, 0) AS fills,
    CASE
        WHEN c.plate IS NULL THEN '卡状态正常而未绑定车辆'
        ELSE c.plate || ' 名下有 ' || CAST(c.cards AS VARCHAR) || ' 张正常状态的卡'
    END AS what
FROM carded AS c
INNER JOIN latest AS l ON c.newest_row = l.row_id
LEFT JOIN spent AS p ON c.what = p.what
UNION ALL
SELECT
    h.card_h AS card,
    h.unit_id,
    h.at,
    h.amount,
    '一卡多车' AS kind,
    h.card_last4,
    h.plate,
    h.fuel_rows,
    NULL AS fuel_card_rows,
    h.fills,
    CAST($days AS VARCHAR) || ' 天内为 ' || h.plate || '、' || h.other_plate || ' 等不同车牌加油' AS what
FROM changed AS h
