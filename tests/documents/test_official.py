import json
from datetime import date

import pytest
from a_document import an_official

from qingfeng.documents.body import read_body
from qingfeng.documents.official import as_json, chinese_date, from_json


def test_a_stored_document_comes_back_as_it_was():
    official = an_official(printed_on=date(2026, 11, 27))

    assert from_json(json.loads(json.dumps(as_json(official)))) == official


def test_a_date_is_written_as_documents_write_it():
    assert chinese_date(date(2026, 1, 6)) == "2026年1月6日"


@pytest.mark.parametrize(
    "change", [{"title": "机密★1年 关于方案的通知"}, {"body": read_body("秘密\n正文")}, {"number": "绝密"}]
)
def test_a_document_with_a_secrecy_mark_cannot_be_written(change):
    """保守国家秘密法: such a document is written on another network."""
    with pytest.raises(ValueError, match="secrecy mark"):
        an_official(**change)


def test_an_urgency_that_the_standard_does_not_know_is_refused():
    with pytest.raises(ValueError, match="特急"):
        an_official(urgency="火急")
