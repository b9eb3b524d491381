-- A civil day and time of day as TIMESTAMP from parts of text, Asia/Shanghai; NULL if there is no such day or time.
-- `half` is 上午, 下午, 凌晨, 中午, 晚上, AM or PM; `zone` is Z or an offset, which is converted to +08:00.
-- from_parts('2024', '1', '2', '7', '05', '', '下午', '') -> 2024-01-02 19:05:00
-- from_parts('2024', '1', '2', '', '', '', '', '') -> 2024-01-02 00:00:00
-- from_parts('2024', '1', '2', '23', '30', '0', '', 'Z') -> 2024-01-03 07:30:00
-- from_parts('2024', '2', '30', '', '', '', '', '') -> NULL
-- from_parts('2024', '1', '2', '25', '00', '', '', '') -> NULL
CREATE OR REPLACE MACRO from_parts(y, m, d, h, mi, s, half, zone) AS list_transform(
    [{
        'day': TRY_CAST(y || '-' || m || '-' || d AS DATE),
        'h': coalesce(TRY_CAST(h AS INTEGER), 0),
        'mi': coalesce(TRY_CAST(mi AS INTEGER), 0),
        's': coalesce(TRY_CAST(s AS INTEGER), 0)
    }],
    lambda parts: CASE WHEN parts.day BETWEEN DATE '1900-01-01' AND DATE '2199-12-31' AND parts.mi < 60 AND parts.s < 60
        AND (parts.h < 24 OR (parts.h = 24 AND parts.mi + parts.s = 0)) THEN
        parts.day + to_seconds(
            CASE
                WHEN half IN ('下午', '晚上', '晚', '中午', 'PM') AND parts.h BETWEEN 1 AND 11 THEN
                    CASE WHEN half = '中午' AND parts.h > 9 THEN parts.h ELSE parts.h + 12 END
                WHEN half IN ('上午', '凌晨', '早上', 'AM') AND parts.h = 12 THEN 0
                ELSE parts.h
            END * 3600 + parts.mi * 60 + parts.s
            + CASE WHEN zone = '' THEN 0 WHEN zone = 'Z' THEN 28800
                ELSE 28800 - CASE WHEN zone LIKE '-%' THEN -1 ELSE 1 END
                    * (TRY_CAST(substr(zone, 2, 2) AS INTEGER) * 3600 + coalesce(TRY_CAST(right(replace(zone[4:], ':', ''), 2) AS INTEGER), 0) * 60)
            END
        ) END
)[1];

-- The time of day that may follow a date, as a pattern with the groups h, mi, s, half after, and zone.
-- Used by spelled_time only.
CREATE OR REPLACE MACRO time_pattern() AS
    '(?:[\sT]*(上午|下午|晚上|晚|中午|凌晨|早上|AM|PM)?\s*([0-9]{1,2})\s*[:时点]\s*(?:([0-9]{1,2})\s*[:分]?\s*)?(?:([0-9]{1,2})(?:\.[0-9]+)?\s*秒?)?\s*(上午|下午|晚上|AM|PM)?\s*(Z|[-+][0-9]{2}(?::?[0-9]{2})?)?)?$';

-- Four digits of a year that has two or four: 70-99 are of the last century.
-- full_year('24') -> 2024
-- full_year('98') -> 1998
-- full_year('2024') -> 2024
CREATE OR REPLACE MACRO full_year(y) AS CASE WHEN length(y) = 2 THEN CASE WHEN y >= '70' THEN '19' ELSE '20' END || y ELSE y END;

-- The number of a month: 1月, 十二月, Jan, JANUARY; '' if it is none.
-- month_number('1月') -> 1
-- month_number('十二月') -> 12
-- month_number('SEP') -> 9
CREATE OR REPLACE MACRO month_number(m) AS coalesce(CAST(coalesce(
    TRY_CAST(replace(m, '月', '') AS INTEGER),
    list_position(['一月', '二月', '三月', '四月', '五月', '六月', '七月', '八月', '九月', '十月', '十一月', '十二月'], m),
    list_position(['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'], m[:3])
) AS VARCHAR), '');

-- Any date or date and time that is spelled out, as TIMESTAMP: year first, day first with a month's name,
-- month first, figures only, or a spreadsheet's serial number. Slow and patient: the readers below try the cheap way first.
-- spelled_time('2024年1月1日 7时05分') -> 2024-01-01 07:05:00
-- spelled_time('2024.1.1') -> 2024-01-01 00:00:00
-- spelled_time('20240101070530') -> 2024-01-01 07:05:30
-- spelled_time('1-1月-24') -> 2024-01-01 00:00:00
-- spelled_time('24-01-01 7:05 下午') -> 2024-01-01 19:05:00
-- spelled_time('45292.5') -> 2024-01-01 12:00:00
-- spelled_time('2024/1/1 星期一 07:05') -> 2024-01-01 07:05:00
-- spelled_time('13/1/2024') -> 2024-01-13 00:00:00
-- spelled_time('1/2/2024') -> 2024-01-02 00:00:00
-- spelled_time('2024-01-01T07:05:00Z') -> 2024-01-01 15:05:00
-- spelled_time('去年') -> NULL
CREATE OR REPLACE MACRO spelled_time(x) AS list_transform(
    list_transform(
        [trim(regexp_replace(regexp_replace(upper(narrow(x)), '^''+', ''), '\(?(?:星期|周|礼拜)[一二三四五六日天]\)?', ''))],
        lambda t: {'t': t, 'p': CASE
            WHEN regexp_full_match(t, '(19|20|21)[0-9]{6}([0-9]{4}([0-9]{2})?)?') THEN
                regexp_extract(t, '^(.{4})(..)(..)()(..)?(..)?(..)?()()$', ['y', 'm', 'd', 'before', 'h', 'mi', 's', 'after', 'zone'])
            WHEN regexp_matches(t, '^(?:[0-9]{4}\s*[-/.年]|[0-9]{2}\s*年|[0-9]{2}\s*[-/.]\s*[0-9]{1,2}\s*[-/.])\s*[0-9]')
                AND NOT regexp_matches(t, '^[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{4}') THEN
                regexp_extract(t, '^([0-9]{4}|[0-9]{2})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?' || time_pattern(),
                    ['y', 'm', 'd', 'before', 'h', 'mi', 's', 'after', 'zone'])
            WHEN regexp_matches(t, '月|[A-Z]{3}') THEN
                regexp_extract(t, '^([0-9]{1,2})[-/ .]*([0-9]{1,2}月|[一二三四五六七八九十]+月|[A-Z]{3,9})[-/ .,]*([0-9]{4}|[0-9]{2})' || time_pattern(),
                    ['d', 'm', 'y', 'before', 'h', 'mi', 's', 'after', 'zone'])
            WHEN regexp_matches(t, '^(?:1[3-9]|[23][0-9])[-/.]') THEN
                regexp_extract(t, '^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})' || time_pattern(),
                    ['d', 'm', 'y', 'before', 'h', 'mi', 's', 'after', 'zone'])
            ELSE
                regexp_extract(t, '^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})' || time_pattern(),
                    ['m', 'd', 'y', 'before', 'h', 'mi', 's', 'after', 'zone'])
        END}
    ),
    lambda told: CASE
        WHEN regexp_full_match(told.t, '[0-9]{5}(\.[0-9]+)?') THEN
            CASE WHEN TRY_CAST(told.t[:5] AS INTEGER) BETWEEN 20000 AND 80000 THEN
                TIMESTAMP '1899-12-30' + to_seconds(TRY_CAST(round(TRY_CAST(told.t AS DECIMAL(20, 10)) * 86400, 0) AS BIGINT)) END
        WHEN told.p.y <> '' THEN from_parts(
            full_year(told.p.y), month_number(told.p.m), told.p.d, told.p.h, told.p.mi, told.p.s,
            told.p.before || told.p.after, told.p.zone
        )
    END
)[1];

-- A civil day, DATE; a time of day is left out. NULL for a blank mark and for what is no date.
-- read_day('2024-01-01') -> 2024-01-01
-- read_day('2024/1/1') -> 2024-01-01
-- read_day('2024.1.1') -> 2024-01-01
-- read_day('20240101') -> 2024-01-01
-- read_day('2024年1月1日') -> 2024-01-01
-- read_day('''2024-01-01') -> 2024-01-01
-- read_day('45292') -> 2024-01-01
-- read_day('1-1月-24') -> 2024-01-01
-- read_day('2024-02-30') -> NULL
CREATE OR REPLACE MACRO read_day(x) AS coalesce(
    CASE WHEN x BETWEEN '2000' AND '2099~' OR x BETWEEN '1900' AND '1999~' THEN
        CASE WHEN strlen(x) <= 10 THEN TRY_CAST(x AS DATE) END END,
    CASE WHEN NOT is_blank(x) THEN CAST(spelled_time(x) AS DATE) END
);

-- An instant, TIMESTAMP in Asia/Shanghai; a date alone is its midnight, another zone is converted.
-- read_instant('2024-01-01 07:05:00') -> 2024-01-01 07:05:00
-- read_instant('2024/1/1 7:05') -> 2024-01-01 07:05:00
-- read_instant('24-01-01 7:05 下午') -> 2024-01-01 19:05:00
-- read_instant('2024-01-01T07:05:00+08:00') -> 2024-01-01 07:05:00
-- read_instant('45292.5') -> 2024-01-01 12:00:00
-- read_instant('7:05') -> NULL
CREATE OR REPLACE MACRO read_instant(x) AS coalesce(
    CASE WHEN (x BETWEEN '2000' AND '2099~' OR x BETWEEN '1900' AND '1999~') AND x LIKE '____-__-__ __:__:__' THEN TRY_CAST(x AS TIMESTAMP) END,
    CASE WHEN regexp_full_match(x, '(?:19|20)[0-9]{2}[-/][0-9]{1,2}[-/][0-9]{1,2}(?: +[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?') THEN TRY_CAST(x AS TIMESTAMP) END,
    CASE WHEN NOT is_blank(x) THEN spelled_time(x) END
);

-- A month as its first day, DATE: from a month or from any date in it.
-- read_month('2024-01') -> 2024-01-01
-- read_month('202401') -> 2024-01-01
-- read_month('2024年1月') -> 2024-01-01
-- read_month('2024.10') -> 2024-10-01
-- read_month('2024年1月工资') -> 2024-01-01
-- read_month('2024/1/31') -> 2024-01-01
-- read_month('Jan-24') -> 2024-01-01
-- read_month('1月-24') -> 2024-01-01
-- read_month('202413') -> NULL
CREATE OR REPLACE MACRO read_month(x) AS coalesce(
    CASE WHEN x LIKE '____-__' THEN TRY_CAST(x || '-01' AS DATE) END,
    CASE WHEN NOT is_blank(x) THEN list_transform(
        [upper(narrow(x))],
        lambda t: CASE
            WHEN regexp_full_match(t, '(19|20|21)[0-9]{2}[-/.年]?[0-9]{1,2}月?(份|工资|补贴|津贴|奖金)?') THEN
                TRY_CAST(t[:4] || '-' || regexp_extract(t[5:], '[0-9]+') || '-01' AS DATE)
            WHEN regexp_full_match(t, '([0-9]{1,2}月|[一二三四五六七八九十]+月|[A-Z]{3,9})[-/ ]?([0-9]{4}|[0-9]{2})') THEN
                TRY_CAST(
                    full_year(regexp_extract(t, '[0-9]+$')) || '-'
                    || month_number(regexp_extract(t, '^([0-9]{1,2}月|[^-/ 0-9]+)', 1)) || '-01' AS DATE
                )
            ELSE CAST(date_trunc('month', spelled_time(t)) AS DATE)
        END
    )[1] END
);

-- Whether day and month can be exchanged: both under 13, not equal, the year last.
-- is_ambiguous_order('1/2/2024') -> true
-- is_ambiguous_order('1/1/2024') -> false
CREATE OR REPLACE MACRO is_ambiguous_order(x) AS CASE
    -- every text between these begins with three digits, and so has no day or month in front
    WHEN x BETWEEN '2000-' AND '2099/~' OR x BETWEEN '1900-' AND '1999/~' THEN FALSE
    ELSE coalesce(list_transform(
        [regexp_extract(narrow(x), '^''?([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]{4}', ['a', 'b'])],
        lambda p: p.a <> '' AND TRY_CAST(p.a AS INTEGER) < 13 AND TRY_CAST(p.b AS INTEGER) < 13 AND TRY_CAST(p.a AS INTEGER) <> TRY_CAST(p.b AS INTEGER)
    )[1], FALSE)
END;

-- Whether a date can be meant in two ways: a year of two digits, or day and month both under 13 with the year last;
-- for a month, one digit after a point (2024.1 may be October whose zero a spreadsheet dropped).
-- is_ambiguous_date('24-01-02') -> true
-- is_ambiguous_date('1/2/2024') -> true
-- is_ambiguous_date('1-1月-24') -> true
-- is_ambiguous_date('2024.1') -> true
-- is_ambiguous_date('13/1/2024') -> false
-- is_ambiguous_date('1/1/2024') -> false
-- is_ambiguous_date('2024-01-02') -> false
CREATE OR REPLACE MACRO is_ambiguous_date(x) AS CASE
    WHEN x BETWEEN '2000-' AND '2099/~' OR x BETWEEN '1900-' AND '1999/~' THEN CASE WHEN strlen(x) = 6 THEN regexp_full_match(x, '[0-9]{4}\.[1-9]') ELSE FALSE END
    ELSE regexp_matches(narrow(x), '^''?([0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}(日|[^0-9]|$)|[0-9]{1,2}[-/. ]*([0-9]{1,2}月|[一二三四五六七八九十]+月|[A-Za-z]{3,9})[-/ .,]*[0-9]{2}(\s|$)|([0-9]{1,2}月|[A-Za-z]{3,9})[-/ ]?[0-9]{2}$)')
        OR is_ambiguous_order(x)
END;
