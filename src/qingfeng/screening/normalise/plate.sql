-- A plate as it is written, with everything around it gone: a label before it, a colour or number behind it,
-- points, dashes and spaces in it; upper case, narrow.
-- bare_plate('车牌:苏m·12345') -> 苏M12345
-- bare_plate('苏M12345_0') -> 苏M12345
-- bare_plate('苏MD12345(绿)') -> 苏MD12345
-- bare_plate('苏M·X1234应急') -> 苏MX1234应急
CREATE OR REPLACE MACRO bare_plate(x) AS regexp_replace(
    regexp_replace(
        regexp_replace(upper(narrow(x)), '^(车牌号码|车牌号|车牌|号牌号码|车号)\s*[::]?\s*', ''),
        '(_[0-9]|[(\[][^)\]]*[)\]]|[-_ ]?[蓝绿黄白黑](色|牌|底)*)$', ''
    ),
    '[·•・∙‧.\-_\s*]', '', 'g'
);

-- Whether a plate is a valid ordinary or new-energy plate (GA 36-2018), written without marks.
-- is_ordinary_plate('苏M12345') -> true
-- is_ordinary_plate('苏MD12345') -> true
-- is_ordinary_plate('苏M12345D') -> true
-- is_ordinary_plate('苏MO1234') -> false
-- is_ordinary_plate('苏M1234') -> false
CREATE OR REPLACE MACRO is_ordinary_plate(p) AS regexp_full_match(
    p,
    '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{5}|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])'
);

-- Whether a plate is of a special kind: police, learner, trailer, Hong Kong and Macao, embassy, emergency, military.
-- is_special_plate('苏M1234警') -> true
-- is_special_plate('苏MX1234应急') -> true
-- is_special_plate('苏M1234学') -> true
-- is_special_plate('使014578') -> true
-- is_special_plate('苏M12345') -> false
CREATE OR REPLACE MACRO is_special_plate(p) AS regexp_full_match(
    p,
    '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{4}[警学挂港澳使领试超]|[A-HJ-NP-Z][0-9]{4}应急|[0-9]{4}应急)|使[0-9]{6}|[0-9]{6}使|领[0-9]{6}|WJ[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]?[0-9]{4}[0-9A-Z]|[VKHBSLJNGCE][A-Z][0-9]{5}'
);

-- A bare plate with O and I in the serial (behind province and city letter) read as 0 and 1.
-- fixed_plate('苏MO1234') -> 苏M01234
-- fixed_plate('苏MI2345') -> 苏M12345
CREATE OR REPLACE MACRO fixed_plate(p) AS p[:2] || translate(p[3:], 'OI', '01');

-- A plate in the form that records are joined on; NULL (flag plate_invalid) if it is none.
-- In the serial, O is read as 0 and I as 1 (flag plate_char_fixed).
-- read_plate('苏M12345') -> 苏M12345
-- read_plate('苏M·12345') -> 苏M12345
-- read_plate('苏Ｍ１２３４５') -> 苏M12345
-- read_plate('苏m 12345') -> 苏M12345
-- read_plate('车牌:苏M-12345') -> 苏M12345
-- read_plate('苏M12345_0') -> 苏M12345
-- read_plate('苏M·D12345') -> 苏MD12345
-- read_plate('苏MD12345(绿)') -> 苏MD12345
-- read_plate('苏MO1234') -> 苏M01234
-- read_plate('苏MO12345') -> NULL
-- read_plate('苏M1234') -> NULL
-- read_plate('苏M12345D') -> 苏M12345D
-- read_plate('苏MFA1234') -> 苏MFA1234
-- read_plate('苏M1234警') -> 苏M1234警
CREATE OR REPLACE MACRO read_plate(x) AS coalesce(
    CASE WHEN is_ordinary_plate(x) THEN x END,
    CASE WHEN NOT is_blank(x) THEN list_transform(
        [bare_plate(x)],
        lambda p: CASE
            WHEN is_ordinary_plate(p) OR is_special_plate(p) THEN p
            WHEN is_ordinary_plate(fixed_plate(p)) OR is_special_plate(fixed_plate(p)) THEN fixed_plate(p)
        END
    )[1] END
);

-- Whether a plate could be read only by taking O for 0 or I for 1.
-- is_plate_char_fixed('苏MO1234') -> true
-- is_plate_char_fixed('苏M12345') -> false
CREATE OR REPLACE MACRO is_plate_char_fixed(x) AS CASE
    WHEN is_ordinary_plate(x) OR x IS NULL THEN FALSE
    ELSE read_plate(x) IS NOT NULL AND read_plate(x) <> bare_plate(x)
END;
