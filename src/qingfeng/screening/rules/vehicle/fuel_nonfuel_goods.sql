/*
title    = "油卡购买非油品"
question = "Did a fuel card pay for goods that are no fuel?"
watch    = "vehicle"
tier     = "A"
basis    = ["党政机关公务用车管理办法（2017）", "中央八项规定"]
reads    = ["fuel"]
needs    = ["fuel.product"]
optional = ["fuel.card", "fuel.txn_type", "fuel.liters"]
subject  = "card"
scope    = "row"
applies  = "COALESCE(txn_type, '加油') IN ('加油', '非油') AND amount > 0"
message  = "{payer}（{plate}）于 {at} 在 {station} 购买“{product}”，金额 {amount} 元，{why}，待核"
innocent = ["经批准购买机油、车用尿素或洗车", "加油站品名录入错误"]
verify   = ["查：消费小票与审批", "调：加油站便利店视频"]

[excluded]
"卡号缺失、被遮盖或位数丢失" = "card_h IS NULL AND given LIKE '%,card,%'"
"既无卡号也无车牌" = "card_h IS NULL AND plate_norm IS NULL"
"有升数但油品名称无法识别，仅标记" = "COALESCE(txn_type, '加油') = '加油' AND liters > 0 AND product IS NOT NULL AND COALESCE(product_class, '') NOT IN ('汽油', '柴油', '尿素', 'CNG', 'LNG', '充电')"
*/
-- amount: what was paid. Where a file has no card numbers at all, the plate stands for the card. Goods that the file itself calls no fuel but whose name is a fuel contradict themselves: tier B.
SELECT
    COALESCE(f.card_h, CASE WHEN f.given NOT LIKE '%,card,%' THEN f.plate_norm END) AS card,
    f.unit_id,
    f.ts AS at,
    f.amount,
    COALESCE('尾号 ' || f.card_last4 || ' 的加油卡', '未记卡号的消费') AS payer,
    f.plate_norm AS plate,
    f.station,
    f.product,
    f.row_id AS fuel_row,
    CASE WHEN f.txn_type = '非油' THEN '交易类型为非油' ELSE '无升数且品名不是油品' END AS why,
    CASE WHEN f.product_class IN ('汽油', '柴油', '尿素', 'CNG', 'LNG', '充电') THEN 'B' ELSE 'A' END AS tier
FROM fuel AS f
WHERE
    f.amount > 0
    AND COALESCE(f.card_h, CASE WHEN f.given NOT LIKE '%,card,%' THEN f.plate_norm END) IS NOT NULL
    AND (
        f.txn_type = '非油'
        OR (
            COALESCE(f.txn_type, '加油') = '加油'
            AND f.given LIKE '%,liters,%'
            AND COALESCE(f.liters, 0) = 0
            AND f.product IS NOT NULL
            AND COALESCE(f.product_class, '') NOT IN ('汽油', '柴油', '尿素', 'CNG', 'LNG', '充电')
            -- Where no column tells the type, the name of a top-up or a summary stands among the products.
            AND f.product NOT LIKE '%充值%'
            AND f.product NOT LIKE '%圈存%'
            AND f.product NOT LIKE '%圈提%'
            AND f.product NOT LIKE '%积分%'
            AND f.product NOT LIKE '%退款%'
            AND f.product NOT LIKE '%汇总%'
            AND f.product NOT LIKE '%转账%'
        )
    )
