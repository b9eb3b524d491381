-- Yes or no, BOOLEAN; NULL for a blank mark and (flag flag_unknown_<column>) for what is neither.
-- read_flag('是') -> true
-- read_flag('√') -> true
-- read_flag('Y') -> true
-- read_flag('1') -> true
-- read_flag('否') -> false
-- read_flag('×') -> false
-- read_flag('0') -> false
-- read_flag('-') -> NULL
-- read_flag('也许') -> NULL
CREATE OR REPLACE MACRO read_flag(x) AS CASE
    WHEN x IN ('是', '1', 'Y', 'y', '有', '√', '✓', '✔', '☑', 'TRUE', 'True', 'true', 'YES', 'Yes', 'yes', 'T', '已', '对', '已签', '已签字', '值班', '紧急', '应急', '会员', '1.0', 'Ｙ', '１', '正数') THEN TRUE
    WHEN x IN ('否', '0', 'N', 'n', '×', '✗', '✘', '☐', 'FALSE', 'False', 'false', 'NO', 'No', 'no', 'F', '未', '错', '未签', '未签字', '非值班', '非紧急', '非会员', '不是', '没有', '0.0', 'X', 'x', 'Ｎ', '０', '负数', '无') THEN FALSE
END;
