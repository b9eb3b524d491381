-- Full-width letters, digits and marks made narrow, odd spaces made plain, zero-width marks removed, trimmed.
-- Takes any text; returns NULL if nothing is left. Chinese characters and their brackets 〔〕 stay.
-- narrow('　１２３．５０元 ') -> 123.50元
-- narrow('苏Ｍ１２３４５') -> 苏M12345
-- narrow('  ') -> NULL
CREATE OR REPLACE MACRO narrow(x) AS nullif(trim(
    -- translate() builds its table for every row: it is left to cells that need it
    CASE
        WHEN NOT regexp_matches(x, '[！-～￥　‘’“”−–\x{a0}\t\n\r\x{200b}-\x{200d}\x{feff}]') THEN x
        WHEN NOT regexp_matches(x, '[！-＇＊＋．／-９；-～‘’“”−–\x{a0}\t\n\r\x{200b}-\x{200d}\x{feff}]')
            THEN replace(replace(replace(replace(replace(replace(replace(
                x, '（', '('), '）', ')'), '，', ','), '：', ':'), '￥', '¥'), '　', ' '), '－', '-')
        ELSE translate(
            x,
            '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～￥　‘’“”−–'
            || chr(160) || chr(9) || chr(10) || chr(13) || chr(8203) || chr(8204) || chr(8205) || chr(65279),
            '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~¥ ''''""--    '
        )
    END, ' '), '');

-- Whether a cell says "nothing": empty, a dash, a stroke, 无, 空, N/A, NULL.
-- is_blank('—') -> true
-- is_blank(' - ') -> true
-- is_blank('0') -> false
-- is_blank(NULL) -> true
CREATE OR REPLACE MACRO is_blank(x) AS CASE
    WHEN x BETWEEN '0' AND ':' THEN FALSE
    WHEN strlen(x) > 6 AND x NOT LIKE ' %' AND x NOT LIKE '% ' THEN FALSE
    ELSE coalesce(trim(x) IN ('', '-', '--', '---', '—', '——', '－', '–', '/', '\', '//', '无', '空', '暂无', '*', '**', '***', '.', '#N/A', 'N/A', 'n/a', 'NA', 'NULL', 'null', 'None', 'none', 'nan', 'NaN'), TRUE)
END;

-- Items of a list cell, in their order, trimmed, without empty ones.
-- list_items('00123456，00123457') -> [00123456, 00123457]
-- list_items('机油；机滤') -> [机油, 机滤]
CREATE OR REPLACE MACRO list_items(x) AS list_filter(
    list_transform(
        string_split_regex(CASE WHEN is_blank(x) THEN '' ELSE x END, '[,，;；、|\n\r]+'),
        lambda item: trim(item)
    ),
    lambda item: item <> ''
);

-- Items of a list cell joined by 、 in their order: commas, semicolons, 、, | and line breaks separate.
-- joined_items('南川，北川; 云川') -> 南川、北川、云川
-- joined_items('—') -> NULL
CREATE OR REPLACE MACRO joined_items(x) AS CASE WHEN NOT is_blank(x) THEN
    nullif(array_to_string(list_items(x), '、'), '') END;

-- Invoice numbers of a list cell; white space and strokes separate as well.
-- list_numbers('00123456 00123457/00123458') -> [00123456, 00123457, 00123458]
CREATE OR REPLACE MACRO list_numbers(x) AS list_filter(
    string_split_regex(CASE WHEN is_blank(x) THEN '' ELSE narrow(x) END, '[,;、|/\s]+'),
    lambda item: item <> ''
);

-- People of a list cell as {name, post}: separators as in list_items, or white space where there is no other;
-- numbering, spaces inside a name, a closing 等 or 等3人 go; a note in brackets is the post.
-- list_people('1.陈一（科长）、王 二、李三等5人') -> [{'name': 陈一, 'post': 科长}, {'name': 王二, 'post': NULL}, {'name': 李三, 'post': NULL}]
-- list_people('陈一 王二') -> [{'name': 陈一, 'post': NULL}, {'name': 王二, 'post': NULL}]
-- list_people('无') -> []
CREATE OR REPLACE MACRO list_people(x) AS list_filter(
    list_transform(
        list_transform(
            [regexp_replace(regexp_replace(CASE WHEN is_blank(x) THEN '' ELSE narrow(x) END,
                '等?\s*[0-9]*\s*(位同志|名同志|人|位|名)?\s*$', ''), '等$', '')],
            lambda t: CASE
                WHEN regexp_matches(t, '[,;、|\n]') THEN string_split_regex(t, '[,;、|\n]+')
                WHEN regexp_full_match(t, '\S(\s+\S)+') THEN [t]
                ELSE string_split_regex(t, '\s+')
            END
        )[1],
        lambda item: {
            'name': regexp_replace(regexp_replace(regexp_replace(item, '[(\[].*$', ''), '^\s*[0-9]+\s*[.、)]', ''), '\s', '', 'g'),
            'post': nullif(trim(regexp_extract(item, '[(\[]([^)\]]*)', 1)), '')
        }
    ),
    lambda person: person.name <> ''
);
