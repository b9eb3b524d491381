-- The class of what a station sold: 汽油, 柴油, 尿素, CNG, LNG, 充电 or 非油; NULL (flag product_unknown) if it is in no dictionary.
-- read_product_class('92号车用汽油(国VI)') -> 汽油
-- read_product_class('92#汽油') -> 汽油
-- read_product_class('汽油92') -> 汽油
-- read_product_class('９５＃') -> 汽油
-- read_product_class('0号车用柴油') -> 柴油
-- read_product_class('-10#柴油') -> 柴油
-- read_product_class('车用尿素') -> 尿素
-- read_product_class('直流充电服务费') -> 充电
-- read_product_class('香烟') -> 非油
-- read_product_class('其他商品X') -> NULL
CREATE OR REPLACE MACRO read_product_class(x) AS CASE
    WHEN x LIKE '9%汽油%' AND NOT contains(x, '剂') AND NOT contains(x, '机油') THEN '汽油'
    WHEN x LIKE '0%柴油%' AND NOT contains(x, '剂') AND NOT contains(x, '机油') THEN '柴油'
    WHEN is_blank(x) THEN NULL
    WHEN regexp_matches(x, '机油|润滑|防冻|玻璃水|制动液|刹车油|添加剂|燃油宝|洗车') THEN '非油'
    WHEN contains(x, '汽油') THEN '汽油'
    WHEN contains(x, '柴油') THEN '柴油'
    WHEN regexp_matches(x, '(?i)尿素|AdBlue') THEN '尿素'
    WHEN regexp_matches(x, '(?i)LNG|液化天然气') THEN 'LNG'
    WHEN regexp_matches(x, '(?i)CNG|压缩天然气|天然气') THEN 'CNG'
    WHEN regexp_matches(x, '充电|电费') THEN '充电'
    WHEN regexp_matches(narrow(x), '^(车用)?(89|90|92|93|95|97|98)\s*([#号]|$)|乙醇.*(92|95)') THEN '汽油'
    WHEN regexp_matches(narrow(x), '^(0|-10|-20|-35|\+?5)\s*[#号]') THEN '柴油'
    WHEN regexp_matches(
        x,
        '烟|酒|饮|水|奶|茶|糖|食|米|面|油$|零食|饼|巧克力|坚果|纸巾|纸|洗|毛巾|牙|礼|卡|百货|购物|便利店|非油|日用|家居|电池|雨伞|手套|玩具|水果|月饼|粽|化妆|护理|轮胎|雨刮|汽车用品|车用香水|脚垫|蓄电池|保养|维修'
    ) THEN '非油'
END;

-- The octane named by narrow text, if what it names is petrol.
-- octane_of('92#汽油') -> 92
-- octane_of('汽油') -> NULL
CREATE OR REPLACE MACRO octane_of(x) AS CASE
    WHEN coalesce(read_product_class(x), '') <> '汽油' THEN NULL
    WHEN contains(x, '92') AND regexp_matches(x, '(^|[^0-9])92([^0-9]|$)') THEN 92
    WHEN contains(x, '95') AND regexp_matches(x, '(^|[^0-9])95([^0-9]|$)') THEN 95
    WHEN contains(x, '98') AND regexp_matches(x, '(^|[^0-9])98([^0-9]|$)') THEN 98
    WHEN regexp_matches(x, '(^|[^0-9])(89|90)([^0-9]|$)') THEN 89
    WHEN regexp_matches(x, '(^|[^0-9])93([^0-9]|$)') THEN 92
    WHEN regexp_matches(x, '(^|[^0-9])97([^0-9]|$)') THEN 95
END;

-- The octane of a petrol: 89, 92, 95 or 98 (90, 93 and 97 of the old standards are 89, 92 and 95); NULL for anything else.
-- read_octane('92号车用汽油(国VI)') -> 92
-- read_octane('汽油95') -> 95
-- read_octane('97#') -> 95
-- read_octane('0号车用柴油') -> NULL
CREATE OR REPLACE MACRO read_octane(x) AS CASE
    WHEN x LIKE '92%汽油%' AND NOT contains(x, '剂') AND NOT contains(x, '机油') THEN 92
    WHEN x LIKE '95%汽油%' AND NOT contains(x, '剂') AND NOT contains(x, '机油') THEN 95
    WHEN x LIKE '0%柴油%' THEN NULL
    ELSE list_transform(
        [CASE WHEN regexp_matches(x, '[０-９]') THEN narrow(x) ELSE x END], lambda name: octane_of(name)
    )[1]
END;
