-- A number under 10,000 in Chinese figures (already 1-9 and 千百十), as INTEGER.
-- section_value('1千2百3十4') -> 1234
-- section_value('十5') -> 15
-- section_value('') -> 0
CREATE OR REPLACE MACRO section_value(s) AS (
    coalesce(TRY_CAST(regexp_extract(s, '([1-9])千', 1) AS INTEGER), 0) * 1000
    + coalesce(TRY_CAST(regexp_extract(s, '([1-9])百', 1) AS INTEGER), 0) * 100
    + CASE WHEN contains(s, '十') THEN coalesce(TRY_CAST(regexp_extract(s, '([1-9])十', 1) AS INTEGER), 1) * 10 ELSE 0 END
    + coalesce(TRY_CAST(regexp_extract(s, '([1-9])$', 1) AS INTEGER), 0)
);

-- An amount written in Chinese capitals, yuan, DECIMAL(24,6); NULL if it is not one.
-- capitals_value('壹佰贰拾元整') -> 120.000000
-- capitals_value('人民币叁万零伍拾元柒角捌分') -> 30050.780000
-- capitals_value('贰亿零叁万元整') -> 200030000.000000
-- capitals_value('负拾万元') -> -100000.000000
-- capitals_value('零元整') -> 0.000000
-- capitals_value('办公用品') -> NULL
CREATE OR REPLACE MACRO capitals_value(x) AS list_transform(
    [regexp_extract(
        translate(
            regexp_replace(narrow(x), '人民币|[(]?大写[)]?|[:¥\s整正]', '', 'g'),
            '壹贰叁肆伍陆柒捌玖貳參陸一二两三四五六七八九拾佰仟萬億圆圓零〇', '1234567892361223456789十百千万亿元元'
        ),
        '^(负|-)?(?:((?:[1-9]千)?(?:[1-9]百)?(?:[1-9]?十)?[1-9]?)亿)?(?:((?:[1-9]千)?(?:[1-9]百)?(?:[1-9]?十)?[1-9]?)万)?((?:[1-9]千)?(?:[1-9]百)?(?:[1-9]?十)?[1-9]?)(元)?(?:([1-9])角)?(?:([1-9])分)?$',
        ['sign', 'yi', 'wan', 'ones', 'yuan', 'jiao', 'fen']
    )],
    lambda p: CASE WHEN p.yi || p.wan || p.ones || p.yuan || p.jiao || p.fen <> '' THEN
        CAST(CASE WHEN p.sign = '' THEN 1 ELSE -1 END * (
            section_value(p.yi) * 100000000::DECIMAL(18, 2)
            + section_value(p.wan) * 10000
            + section_value(p.ones)
            + coalesce(TRY_CAST(p.jiao AS DECIMAL(2, 0)), 0) * 0.1
            + coalesce(TRY_CAST(p.fen AS DECIMAL(2, 0)), 0) * 0.01
        ) AS DECIMAL(24, 6)) END
)[1];

-- An amount in yuan, DECIMAL(24,6), in any style but capitals: currency marks, thousands, brackets or a
-- trailing minus for negative, a unit of its own (万元, 千元, 元). `factor` is the header's unit; the cell's own wins.
-- figures_value('￥1,234.50', 1) -> 1234.500000
-- figures_value('0.12万元', 1) -> 1200.000000
-- figures_value('（88.00）', 1) -> -88.000000
-- figures_value('12.3', 10000) -> 123000.000000
-- figures_value('12.3元', 10000) -> 12.300000
-- figures_value('7.56元/升', 1) -> 7.560000
-- figures_value('12a', 1) -> NULL
CREATE OR REPLACE MACRO figures_value(x, factor) AS list_transform(
    [regexp_extract(
        regexp_replace(narrow(x), '(?i)人民币|RMB|CNY|[\s,''¥$]', '', 'g'),
        '^([-+负]?\(?[-+负]?)([0-9]+(?:\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?(亿|百万|万|千|百)?([元圆块]?)[整正]?(\)?-?)(?:[/每].*)?$',
        ['before', 'figures', 'power', 'times', 'yuan', 'after']
    )],
    lambda p: CASE WHEN p.figures <> '' AND contains(p.before, '(') = contains(p.after, ')') THEN
        TRY_CAST(
            TRY_CAST(p.figures || p.power AS DECIMAL(22, 8))
            * CAST(CASE p.times
                WHEN '亿' THEN 100000000 WHEN '百万' THEN 1000000 WHEN '万' THEN 10000 WHEN '千' THEN 1000 WHEN '百' THEN 100
                ELSE CASE WHEN p.yuan <> '' THEN 1 ELSE factor END END AS DECIMAL(13, 4))
            * CASE WHEN regexp_matches(p.before || p.after, '[-负(]') THEN -1 ELSE 1 END
        AS DECIMAL(24, 6)) END
)[1];

-- Money in yuan, DECIMAL(14,2), halves away from zero; NULL for a blank mark and for what is no amount.
-- read_money('1234.5') -> 1234.50
-- read_money('￥1,234.50') -> 1234.50
-- read_money('1,234.50元') -> 1234.50
-- read_money('0.12万元') -> 1200.00
-- read_money('（123.00）') -> -123.00
-- read_money('123.00-') -> -123.00
-- read_money('１２３．５０') -> 123.50
-- read_money('壹佰贰拾元整') -> 120.00
-- read_money('—') -> NULL
CREATE OR REPLACE MACRO read_money(x) AS coalesce(
    TRY_CAST(x AS DECIMAL(14, 2)),
    TRY_CAST(replace(trim(x, '￥¥元 '), ',', '') AS DECIMAL(14, 2)),
    CASE WHEN NOT is_blank(x) THEN
        TRY_CAST(coalesce(figures_value(x, 1), capitals_value(x)) AS DECIMAL(14, 2)) END
);

-- Money under a header that names another unit: `factor` 10000 for 万元, 1000 for 千元. The cell's own unit wins.
-- read_money_times('12.34', 10000) -> 123400.00
-- read_money_times('500元', 10000) -> 500.00
CREATE OR REPLACE MACRO read_money_times(x, factor) AS CASE WHEN NOT is_blank(x) THEN
    TRY_CAST(coalesce(figures_value(x, factor), capitals_value(x)) AS DECIMAL(14, 2)) END;

-- A unit price in yuan, DECIMAL(14,4).
-- read_price('7.5678') -> 7.5678
-- read_price('￥7.56元/升') -> 7.5600
CREATE OR REPLACE MACRO read_price(x) AS coalesce(
    TRY_CAST(x AS DECIMAL(14, 4)),
    CASE WHEN NOT is_blank(x) THEN
        TRY_CAST(coalesce(figures_value(x, 1), capitals_value(x)) AS DECIMAL(14, 4)) END
);

-- A unit price under a header that names another unit.
-- read_price_times('0.5', 10000) -> 5000.0000
CREATE OR REPLACE MACRO read_price_times(x, factor) AS CASE WHEN NOT is_blank(x) THEN
    TRY_CAST(coalesce(figures_value(x, factor), capitals_value(x)) AS DECIMAL(14, 4)) END;
