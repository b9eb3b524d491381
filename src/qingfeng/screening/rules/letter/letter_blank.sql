/*
title    = "空白公函"
question = "Does an official letter leave its sender, date, matter, people or their number empty?"
watch    = "letter"
tier     = "A"
basis    = ["党政机关国内公务接待管理规定（2013）第七条", "党政机关厉行节约反对浪费条例（2025）"]
reads    = ["letter"]
uses     = ["letter_person"]
optional = ["letter.issuer", "letter.issue_date", "letter.matter", "letter.persons", "letter.person_count"]
subject  = "letter"
scope    = "row"
message  = "{unit} 收到的公函“{letter_no}”（发函单位：{issuer}）未填写：{missing}"
innocent = ["扫描件边缘被裁切，录入不全"]
verify   = ["查：公函原件，核对字迹与打印是否一致", "访：发函单位的发文登记"]
*/
WITH listed AS (
    SELECT letter_row FROM letter_person
    WHERE letter_row IS NOT NULL
    UNION
    SELECT l.row_id FROM letter AS l INNER JOIN letter_person AS p ON l.letter_no_norm = p.letter_no_norm
    WHERE p.letter_row IS NULL
),

checked AS (
    SELECT
        l.*,
        CASE WHEN l.given LIKE '%,issuer,%' AND l.issuer IS NULL THEN '、发函单位' ELSE '' END
        || CASE WHEN l.given LIKE '%,issue_date,%' AND l.issue_date IS NULL THEN '、发函日期' ELSE '' END
        || CASE WHEN l.given LIKE '%,matter,%' AND l.matter IS NULL THEN '、事由' ELSE '' END
        || CASE WHEN l.given LIKE '%,persons,%' AND p.letter_row IS NULL THEN '、人员名单' ELSE '' END
        || CASE WHEN l.given LIKE '%,person_count,%' AND l.person_count IS NULL THEN '、人数' ELSE '' END AS missing
    FROM letter AS l
    LEFT JOIN listed AS p ON l.row_id = p.letter_row
)

SELECT
    unit_id,
    addressee AS unit,
    row_id AS letter_row,
    cast(NULL AS DECIMAL(14, 2)) AS amount,
    coalesce(issue_date, date_from) AS at,
    coalesce(issuer, '未填') AS issuer,
    coalesce(letter_no_raw, letter_no_norm, letter_id, '无文号') AS letter_no,
    coalesce(issuer, '发函单位未填') || ' ' || coalesce(letter_no_norm, letter_no_raw, letter_id, '无文号') AS letter,
    substr(missing, 2) AS missing
FROM checked
WHERE missing <> ''
