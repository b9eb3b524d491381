"""Drafts that the house keeps: whose they are, what is never in them, how they are taken back."""

import json
from datetime import timedelta

import pytest
from a_desk import at, hidden, text_of
from django.utils import timezone

from qingfeng.desk import drafts
from qingfeng.desk.models import KeptDraft
from qingfeng.matters import guarding

pytestmark = pytest.mark.django_db
VALUES = [["progress-what", "已完成谈话"], ["note", "乌桕"]]


def _form(desk):
    return at(desk.directive, "acts", "note_progress")


def _keep(browser, form, values=VALUES, title="记录进展"):
    return browser.post("/drafts/keep/", {"form": form, "title": title, "values": json.dumps(values)})


def test_a_draft_is_there_in_another_browser(desk):
    assert _keep(desk.browser("case_one"), _form(desk)).status_code == 200

    told = desk.browser("case_one").post("/drafts/kept/", {"form": _form(desk)}).json()
    assert told["values"] == VALUES
    assert _form(desk) in desk.browser("case_one").get("/drafts/").content.decode()


def test_a_draft_is_its_authors_alone(desk):
    _keep(desk.browser("case_one"), _form(desk))
    key = KeptDraft.objects.get().pk
    other = desk.browser("case_two")

    assert other.post("/drafts/kept/", {"form": _form(desk)}).json() == {}
    assert _form(desk) not in other.get("/drafts/").content.decode()
    assert other.post(f"/drafts/{key}/discard/").status_code == 404


@pytest.mark.parametrize(
    "form", ["/", "/drafts/", "/directives/2026-999/acts/report/", "/nowhere/", "x" * 300]
)
def test_what_is_no_long_form_of_theirs_keeps_nothing(desk, form):
    assert _keep(desk.browser("case_one"), form).status_code == 404
    assert not KeptDraft.objects.exists()


def test_values_that_are_no_list_keep_nothing(desk):
    browser = desk.browser("case_one")

    assert browser.post("/drafts/keep/", {"form": _form(desk), "values": "{"}).status_code == 404
    assert browser.post("/drafts/keep/", {"form": _form(desk), "values": "{}"}).status_code == 404


def test_a_sealed_field_is_left_out_whoever_sends_it():
    assert drafts.is_of("name", frozenset({"name"}))
    assert drafts.is_of("line-visits-1-name", frozenset({"name"}))
    assert not drafts.is_of("surname", frozenset({"name"}))


def test_a_draft_is_gone_once_its_form_is_handed_in(desk):
    browser = desk.browser("registrar")
    form = at(desk.directive, "acts", "chase")
    _keep(browser, form)
    page = browser.get(form)

    browser.post(
        form,
        {
            "act-key": hidden(page, "act-key"), "act-seen": hidden(page, "act-seen"), "rows-chases": "1",
            "line-chases-1-level": "remind", "line-chases-1-missing": "尚未收到材料",
            "line-chases-1-answer_by": (timezone.localdate() + timedelta(days=9)).isoformat(),
        },
    )  # fmt: skip

    assert not KeptDraft.objects.exists()


def test_a_discarded_draft_can_be_taken_back_for_a_week(desk):
    browser = desk.browser("case_one")
    _keep(browser, _form(desk))
    key = KeptDraft.objects.get().pk

    browser.post(f"/drafts/{key}/discard/")
    assert browser.post("/drafts/kept/", {"form": _form(desk)}).json() == {}
    assert "已丢弃" in text_of(browser.get("/drafts/"))
    browser.post(f"/drafts/{key}/discard/", {"undo": "1"})
    assert browser.post("/drafts/kept/", {"form": _form(desk)}).json()["values"] == VALUES

    browser.post(f"/drafts/{key}/discard/")
    later = timezone.now() + timedelta(days=8)
    assert not drafts.drafts_of(desk.viewer("case_one"), later).exists()
    assert drafts.forget_old(later) == 1


def test_a_draft_older_than_thirty_days_is_forgotten(desk):
    _keep(desk.browser("case_one"), _form(desk))

    assert drafts.forget_old(timezone.now() + timedelta(days=29)) == 0
    assert drafts.forget_old(timezone.now() + timedelta(days=31)) == 1


def test_who_is_recused_has_no_draft_of_the_matter_any_more(desk):
    browser = desk.browser("case_one")
    _keep(browser, _form(desk))
    guarding.recuse(desk.directive, desk.person("case_one"), "近亲属", by=desk.viewer("case_one"))

    assert browser.post("/drafts/kept/", {"form": _form(desk)}).json() == {}
    assert desk.directive.number not in text_of(browser.get("/drafts/"))
    assert _keep(browser, _form(desk)).status_code == 404
