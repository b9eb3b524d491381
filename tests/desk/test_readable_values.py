"""What was stored as keys and digests, as a page says it."""

from qingfeng.desk.leads.rulebook import rules
from qingfeng.desk.values import Names, plain, readable
from qingfeng.matters.vocabulary import Field

TEXT = f"fuel_holiday sha256:{'ab' * 32}，另见接待清单_2026Q3.csv"


def test_a_page_says_a_rule_by_its_title_and_a_digest_by_its_beginning():
    title = rules()["fuel_holiday"].title

    assert readable(TEXT) == f"{title} sha256:abababab…，另见接待清单_2026Q3.csv"
    assert readable("no_such_rule") == "no_such_rule"


def test_a_file_keeps_what_was_stored():
    assert plain(Field("rules", "Rules", "long"), TEXT, Names()) == TEXT
