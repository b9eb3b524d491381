/*
title    = "同号不同文"
question = "Do two letters of one sender and number differ in date, matter or people?"
watch    = "letter"
tier     = "A"
basis    = ["党政机关公文处理工作条例（2012）", "党政机关国内公务接待管理规定（2013）第七条"]
reads    = ["letter"]
uses     = ["letter_person"]
optional = ["letter.issue_date", "letter.matter", "letter.persons"]
subject  = "letter"
scope    = "key"                # one sender and number
message  = "发函单位“{issuer}”的文号“{letter_no}”对应 {versions} 份公函，内容不一致：{differs}"
innocent = ["发函单位按科室分别编号"]
verify   = ["查：发函单位发文台账", "查：各份公函原件"]
applies  = "issuer IS NOT NULL AND letter_no_norm IS NOT NULL"

[excluded]
"文号识别有疑问" = "quality_flags LIKE '%,digits_lost,%'"
*/
WITH people AS (
    SELECT
        letter_row,
        array_to_string(list_sort(array_agg(DISTINCT name)), '、') AS listed
    FROM letter_person
    WHERE letter_row IS NOT NULL AND name IS NOT NULL
    GROUP BY letter_row
    HAVING count(CASE WHEN name LIKE '%*%' THEN 1 END) = 0 -- masked names cannot be compared
),

versions AS (
    SELECT
        l.row_id,
        l.unit_id,
        l.issuer,
        l.letter_no_norm,
        l.issue_date,
        p.listed,
        translate(l.matter, ' ，。、；：,.;:"', '') AS matter,
        -- a number without its year begins again every year
        CASE WHEN regexp_matches(l.letter_no_norm, '(19|20)[0-9]{2}') THEN 0 ELSE year(l.issue_date) END AS year_no
    FROM letter AS l
    LEFT JOIN people AS p ON l.row_id = p.letter_row
    WHERE l.issuer IS NOT NULL AND l.letter_no_norm IS NOT NULL AND l.quality_flags NOT LIKE '%,digits_lost,%'
)

SELECT
    issuer,
    letter_no_norm AS letter_no,
    cast(NULL AS DECIMAL(14, 2)) AS amount,
    max(issue_date) AS at,
    min(unit_id) AS unit_id,
    issuer || ' ' || letter_no_norm AS letter,
    count(*) AS versions,
    substr(
        CASE WHEN min(issue_date) < max(issue_date) THEN '、日期' ELSE '' END
        || CASE WHEN min(matter) < max(matter) THEN '、事由' ELSE '' END
        || CASE WHEN min(listed) < max(listed) THEN '、人员' ELSE '' END, 2
    ) AS differs,
    list_sort(array_agg(row_id)) AS letter_rows
FROM versions
GROUP BY issuer, letter_no_norm, year_no
HAVING min(issue_date) < max(issue_date) OR min(matter) < max(matter) OR min(listed) < max(listed)
