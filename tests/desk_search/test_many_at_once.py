"""One act on many matters: offered where it is safe, lines of a ledger among what it does."""

import pytest
from a_desk import hidden, text_of

from qingfeng.desk.views.bulk import offered
from qingfeng.matters.models import LedgerLine
from qingfeng.matters.registry import mechanism, mechanisms

pytestmark = pytest.mark.django_db


def test_nothing_that_changes_lines_names_persons_or_needs_two_is_offered_for_many():
    for one in mechanisms():
        for act in offered(one):
            assert act.bulk
            assert not [*act.names, *(entry for entry in act.enters if entry.from_)], act.key
            assert not act.second, act.key


def test_progress_is_noted_on_several_matters_in_one_go(desk):
    browser = desk.browser("case_one")
    act = mechanism("directive").act("note_progress")
    ledger = mechanism("directive").ledger("progress")
    other = desk.until("directive", "closing", "ask_extension", ago=41)
    asked = {"act": act.key, "matter": [desk.directive.pk, other.pk]}
    before = LedgerLine.objects.filter(ledger="progress").count()

    page = browser.post("/directives/bulk/", asked)
    assert page.status_code == 200
    told = {
        f"line-progress-1-{field.key}": "已约谈两人，材料在核对"
        for field in ledger.fields
        if field.kind in ("text", "long")
    }
    days = {
        f"line-progress-1-{field.key}": desk.viewer("case_one").on.isoformat()
        for field in ledger.fields
        if field.kind == "day"
    }
    done = browser.post(
        "/directives/bulk/",
        {
            **asked,
            **told,
            **days,
            "confirmed": "yes",
            "act-key": hidden(page, "act-key"),
            "rows-progress": "1",
        },
    )

    assert text_of(done).count("已办") >= 2
    assert LedgerLine.objects.filter(ledger="progress").count() == before + 2


def test_one_more_line_comes_back_with_what_was_typed(desk):
    browser = desk.browser("case_one")
    asked = {"act": "note_progress", "matter": [desk.directive.pk], "confirmed": "yes", "rows-progress": "1"}

    page = browser.post("/directives/bulk/", {**asked, "add": "lines-progress"})

    assert page.status_code == 200
    assert hidden(page, "rows-progress") == "2"
