-- Figures and letters of a code: narrow, without spaces, dashes, a label before it or a spreadsheet's .0 behind it.
-- bare_code(' No.00123456 ') -> 00123456
-- bare_code('1001.0') -> 1001
-- bare_code('''0321') -> 0321
CREATE OR REPLACE MACRO bare_code(x) AS regexp_replace(
    regexp_replace(upper(narrow(x)), '^(NO\.?|№|发票号码?|号码)\s*[::]?\s*|[\s\-'']|号$', '', 'g'), '^([0-9]+)\.0+$', '\1'
);

-- Whether a spreadsheet wrote a number as a power of ten.
-- is_power_of_ten('2.4322E+19') -> true
-- is_power_of_ten('24322000000012345678') -> false
CREATE OR REPLACE MACRO is_power_of_ten(x) AS CASE
    WHEN strlen(x) > 4 THEN regexp_matches(x, '^[0-9]([.][0-9]+)?[eE][+]?[0-9]+$')
    ELSE FALSE
END;

-- Whether a spreadsheet has eaten digits of an invoice's number: a power of ten, or zeros behind fifteen digits.
-- lost_digits('2.4322E+19') -> true
-- lost_digits('24322000000012300000') -> true
-- lost_digits('24322000000012345678') -> false
-- lost_digits('00123456') -> false
CREATE OR REPLACE MACRO lost_digits(x) AS CASE
    WHEN strlen(x) > 15 THEN is_power_of_ten(x) OR regexp_matches(x, '^[0-9]{15}0+$')
    ELSE is_power_of_ten(x)
END;

-- A code as text: chart of accounts, tax classification, administrative division. NULL if digits were lost.
-- read_code('30201') -> 30201
-- read_code('30201.0') -> 30201
-- read_code('1070101010000000000') -> 1070101010000000000
-- read_code('2.1E+12') -> NULL
CREATE OR REPLACE MACRO read_code(x) AS coalesce(
    CASE WHEN regexp_full_match(x, '[0-9]{1,20}') THEN x END,
    CASE WHEN NOT is_blank(x) AND NOT is_power_of_ten(x) THEN nullif(bare_code(x), '') END
);

-- The 20-digit number of an electronic invoice. NULL if digits were lost.
-- read_e_invoice('24322000000012345678') -> 24322000000012345678
-- read_e_invoice('24322000000012300000') -> NULL
CREATE OR REPLACE MACRO read_e_invoice(x) AS CASE WHEN NOT lost_digits(x) THEN read_code(x) END;

-- A legacy invoice's number: 8 digits, zeros on the left put back (flag zero_padded). A longer number stays.
-- read_invoice_number('00123456') -> 00123456
-- read_invoice_number('123456') -> 00123456
-- read_invoice_number('24322000000012345678') -> 24322000000012345678
CREATE OR REPLACE MACRO read_invoice_number(x) AS list_transform(
    [read_e_invoice(x)], lambda c: CASE WHEN regexp_full_match(c, '[0-9]{1,7}') THEN lpad(c, 8, '0') ELSE c END
)[1];

-- A legacy invoice's code: 10 or 12 digits, a zero on the left put back (flag zero_padded).
-- read_invoice_code('032001900111') -> 032001900111
-- read_invoice_code('32001900111') -> 032001900111
-- read_invoice_code('3200190011') -> 3200190011
CREATE OR REPLACE MACRO read_invoice_code(x) AS list_transform(
    [read_code(x)], lambda c: CASE WHEN regexp_full_match(c, '[0-9]{9}|[0-9]{11}') THEN '0' || c ELSE c END
)[1];

-- The key of an invoice: the 20-digit number of an electronic invoice, else code and number, else the number.
-- inv_key('032001900111', '00123456', NULL) -> 03200190011100123456
-- inv_key(NULL, NULL, '24322000000012345678') -> 24322000000012345678
-- inv_key(NULL, '24322000000012345678', NULL) -> 24322000000012345678
-- inv_key(NULL, NULL, NULL) -> NULL
CREATE OR REPLACE MACRO inv_key(code, no, e_no) AS coalesce(e_no, CASE WHEN length(no) = 20 THEN no ELSE coalesce(code, '') || no END);

-- An invoice cited elsewhere (a reception, a voucher): a key as inv_key makes it; code and number may be apart.
-- read_invoice_key('24322000000012345678') -> 24322000000012345678
-- read_invoice_key('032001900111 00123456') -> 03200190011100123456
-- read_invoice_key('032001900111-123456') -> 03200190011100123456
-- read_invoice_key('123456') -> 00123456
CREATE OR REPLACE MACRO read_invoice_key(x) AS coalesce(
    CASE WHEN regexp_full_match(x, '[0-9]{20}') AND NOT regexp_matches(x, '0{5}$') THEN x END,
    CASE WHEN NOT is_blank(x) THEN list_transform(
        [regexp_extract(narrow(x), '^([0-9]{10}|[0-9]{12})[\s/\-]+([0-9]{1,8})$', ['code', 'no'])],
        lambda p: CASE WHEN p.code <> '' THEN p.code || lpad(p.no, 8, '0') ELSE read_invoice_number(x) END
    )[1] END
);
