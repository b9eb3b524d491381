-- A quantity, DECIMAL(24,6): thousands, brackets for negative, and a unit behind it are understood.
-- `factor` is the header's unit; a unit of the cell's own wins (毫升, ml, 米, 万公里).
-- quantity_value('1,234.5', 1) -> 1234.500000
-- quantity_value('45.20升', 1) -> 45.200000
-- quantity_value('500ml', 1) -> 0.500000
-- quantity_value('12.5 万公里', 1) -> 125000.000000
-- quantity_value('800', 0.001) -> 0.800000
-- quantity_value('约30', 1) -> NULL
CREATE OR REPLACE MACRO quantity_value(x, factor) AS list_transform(
    [regexp_extract(
        regexp_replace(narrow(x), '[\s,'']', '', 'g'),
        '^([-+]?\(?[-+]?)([0-9]+(?:\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?(\)?-?)([万千百]?)((?i)毫升|ml|升|公升|L|T|公里|千米|km|km/h|公里/小时|米|m|人次|人|位|名|张|次|天|日|晚|夜|间|间夜|个|件|份|台|辆|套|瓶|条|盒|箱|只|桶|吨|公斤|千克|kg|点|分|岁|年)?$',
        ['before', 'figures', 'power', 'after', 'times', 'unit']
    )],
    lambda p: CASE WHEN p.figures <> '' AND contains(p.before, '(') = contains(p.after, ')') THEN
        TRY_CAST(
            TRY_CAST(p.figures || p.power AS DECIMAL(22, 8))
            * CASE p.times WHEN '万' THEN 10000 WHEN '千' THEN 1000 WHEN '百' THEN 100 ELSE 1 END
            * CAST(CASE WHEN lower(p.unit) IN ('毫升', 'ml', '米', 'm') THEN 0.001
                WHEN lower(p.unit) IN ('升', '公升', 'l', 't', '公里', '千米', 'km') THEN 1
                ELSE factor END AS DECIMAL(13, 6))
            * CASE WHEN regexp_matches(p.before || p.after, '[-(]') THEN -1 ELSE 1 END
        AS DECIMAL(24, 6)) END
)[1];

-- A number, DECIMAL(14,4).
-- read_number('3.25') -> 3.2500
-- read_number('1,200 人') -> 1200.0000
-- read_number('-') -> NULL
-- read_number('三四个') -> NULL
CREATE OR REPLACE MACRO read_number(x) AS coalesce(
    TRY_CAST(x AS DECIMAL(14, 4)),
    CASE WHEN NOT is_blank(x) THEN TRY_CAST(quantity_value(x, 1) AS DECIMAL(14, 4)) END
);

-- A number under a header that names another unit.
-- read_number_times('800', 0.001) -> 0.8000
CREATE OR REPLACE MACRO read_number_times(x, factor) AS CASE WHEN NOT is_blank(x) THEN
    TRY_CAST(quantity_value(x, factor) AS DECIMAL(14, 4)) END;

-- Litres, DECIMAL(10,2), whether the cell says litres or millilitres.
-- read_litres('45.20') -> 45.20
-- read_litres('45.2升') -> 45.20
-- read_litres('45200ml') -> 45.20
CREATE OR REPLACE MACRO read_litres(x) AS coalesce(
    TRY_CAST(x AS DECIMAL(10, 2)),
    CASE WHEN NOT is_blank(x) THEN TRY_CAST(quantity_value(x, 1) AS DECIMAL(10, 2)) END
);

-- Litres under a header that names another unit.
-- read_litres_times('45200', 0.001) -> 45.20
CREATE OR REPLACE MACRO read_litres_times(x, factor) AS CASE WHEN NOT is_blank(x) THEN
    TRY_CAST(quantity_value(x, factor) AS DECIMAL(10, 2)) END;

-- Kilometres, DECIMAL(12,2).
-- read_km('123,456') -> 123456.00
-- read_km('12.3公里') -> 12.30
-- read_km('850米') -> 0.85
CREATE OR REPLACE MACRO read_km(x) AS coalesce(
    TRY_CAST(x AS DECIMAL(12, 2)),
    CASE WHEN NOT is_blank(x) THEN TRY_CAST(quantity_value(x, 1) AS DECIMAL(12, 2)) END
);

-- Kilometres under a header that names another unit.
-- read_km_times('850', 0.001) -> 0.85
CREATE OR REPLACE MACRO read_km_times(x, factor) AS CASE WHEN NOT is_blank(x) THEN
    TRY_CAST(quantity_value(x, factor) AS DECIMAL(12, 2)) END;

-- Engine size in litres, DECIMAL(6,2): litres, millilitres, or a bare number over 100 (millilitres).
-- read_engine('1.8L') -> 1.80
-- read_engine('1.8T') -> 1.80
-- read_engine('1798ml') -> 1.80
-- read_engine('1798') -> 1.80
-- read_engine('2.0') -> 2.00
CREATE OR REPLACE MACRO read_engine(x) AS list_transform(
    [CASE WHEN NOT is_blank(x) THEN quantity_value(regexp_replace(narrow(x), '(?i)cc$', 'ml'), 1) END],
    lambda v: TRY_CAST(CASE WHEN v > 100 THEN v / 1000 ELSE v END AS DECIMAL(6, 2))
)[1];

-- A whole number, INTEGER; NULL if there is a fraction.
-- read_integer('12') -> 12
-- read_integer('3.0') -> 3
-- read_integer('5人') -> 5
-- read_integer('2.5') -> NULL
CREATE OR REPLACE MACRO read_integer(x) AS coalesce(
    CASE WHEN NOT contains(x, '.') THEN TRY_CAST(x AS INTEGER) END,
    CASE WHEN NOT is_blank(x) THEN list_transform(
        [quantity_value(x, 1)], lambda v: CASE WHEN v = trunc(v) THEN TRY_CAST(v AS INTEGER) END
    )[1] END
);

-- A share from 0 to 1, DECIMAL(9,6): 98%, 98 and 0.98 are the same; 在线 is 1, 离线 is 0; 免税 is 0.
-- read_ratio('0.98') -> 0.980000
-- read_ratio('98%') -> 0.980000
-- read_ratio('98') -> 0.980000
-- read_ratio('1') -> 1.000000
-- read_ratio('1%') -> 0.010000
-- read_ratio('在线') -> 1.000000
-- read_ratio('离线') -> 0.000000
-- read_ratio('120') -> NULL
CREATE OR REPLACE MACRO read_ratio(x) AS CAST(CASE
    WHEN is_blank(x) THEN NULL
    WHEN narrow(x) IN ('在线', '正常') THEN 1
    WHEN narrow(x) IN ('离线', '掉线', '断线', '免税', '不征税', '出口零税率', '普通零税率') THEN 0
    ELSE list_transform(
        [regexp_extract(replace(narrow(x), ' ', ''), '^([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(%?)$', ['figures', 'percent'])],
        lambda p: list_transform(
            [TRY_CAST(p.figures AS DECIMAL(18, 8))],
            lambda v: CASE
                WHEN v > 100 THEN NULL
                WHEN p.percent = '%' OR v > 1 THEN CAST(v / 100 AS DECIMAL(9, 6))
                ELSE CAST(v AS DECIMAL(9, 6))
            END
        )[1]
    )[1]
END AS DECIMAL(9, 6));

-- Minutes under a header that names another unit: `factor` 60 for hours.
-- read_minutes_times('1.5', 60) -> 90.00
-- read_minutes_times('1.5小时', 1) -> 90.00
CREATE OR REPLACE MACRO read_minutes_times(x, factor) AS coalesce(
    TRY_CAST(TRY_CAST(x AS DECIMAL(12, 4)) * factor AS DECIMAL(12, 2)),
    CASE WHEN NOT is_blank(x) THEN list_transform(
        [regexp_extract(
            replace(narrow(x), ' ', ''),
            '^(?i)(?:([0-9]+(?:\.[0-9]+)?)(?:天|日|d))?(?:([0-9]+(?:\.[0-9]+)?)(?:个?小时|个?钟头|时|h|:))?(?:([0-9]+(?:\.[0-9]+)?)(?:分钟|分|min|mins|m|:|$))?(?:([0-9]+(?:\.[0-9]+)?)(?:秒|s)?)?$',
            ['d', 'h', 'm', 's']
        )],
        lambda p: CASE WHEN p.d || p.h || p.m || p.s <> '' THEN
            TRY_CAST(
                coalesce(TRY_CAST(p.d AS DECIMAL(10, 4)), 0) * 1440
                + coalesce(TRY_CAST(p.h AS DECIMAL(10, 4)), 0) * 60
                + coalesce(TRY_CAST(p.m AS DECIMAL(10, 4)), 0)
                + coalesce(TRY_CAST(p.s AS DECIMAL(10, 4)), 0) / 60
            AS DECIMAL(12, 2)) END
    )[1] END
);

-- A length of time in minutes, DECIMAL(12,2): a bare number is minutes, else 天, 小时, 分, 秒, or h:mm[:ss].
-- read_minutes('135') -> 135.00
-- read_minutes('2小时15分') -> 135.00
-- read_minutes('1天3小时') -> 1620.00
-- read_minutes('2:15') -> 135.00
-- read_minutes('02:15:30') -> 135.50
-- read_minutes('45分30秒') -> 45.50
-- read_minutes('很久') -> NULL
CREATE OR REPLACE MACRO read_minutes(x) AS read_minutes_times(x, 1);
