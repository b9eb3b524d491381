-- A document number in the form that records are joined on: brackets 〔〕, no 第, no leading zeros, no spaces.
-- Text that has no year and number stays, folded the same way.
-- read_letter_no('云清函〔2024〕12号') -> 云清函〔2024〕12号
-- read_letter_no('云清函[2024]12号') -> 云清函〔2024〕12号
-- read_letter_no('云清函(2024)第12号') -> 云清函〔2024〕12号
-- read_letter_no('云清函 （2024） 第012号') -> 云清函〔2024〕12号
-- read_letter_no('云清函【2024】12') -> 云清函〔2024〕12号
-- read_letter_no('便函') -> 便函
-- read_letter_no('无') -> NULL
CREATE OR REPLACE MACRO read_letter_no(x) AS CASE WHEN NOT is_blank(x) THEN list_transform(
    [regexp_replace(narrow(x), '\s', '', 'g')],
    lambda t: CASE
        WHEN regexp_full_match(t, '.*[〔\[(【{<〈《]?(19|20)[0-9]{2}[〕\])】}>〉》]?年?第?[0-9]+号?') THEN
            regexp_replace(t, '^(.*?)[〔\[(【{<〈《]*((?:19|20)[0-9]{2})[〕\])】}>〉》]*年?第?0*([0-9]+)号?$', '\1〔\2〕\3号')
        ELSE replace(t, '第', '')
    END
)[1] END;

-- Whether a document number, as read_letter_no returns it, has a year and a number.
-- is_letter_no('云清函〔2024〕12号') -> true
-- is_letter_no('便函') -> false
CREATE OR REPLACE MACRO is_letter_no(norm) AS regexp_full_match(norm, '.+〔(19|20)[0-9]{2}〕[0-9]+号');
