"""The pages of clue, case, appeal and lesson: for whoever carries them, and for nobody else."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest
from a_desk import at, text_of
from django.utils import timezone

from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms import sampling

pytestmark = pytest.mark.django_db

KINDS = ("clue", "case", "appeal", "lesson")
CARRIED = [(kind, name) for kind in KINDS for name in sampling.cases(kind)]
EVERY = pytest.mark.parametrize("kind", KINDS)


def in_the_past(desk, kind, case):
    """A matter whose whole story lies in the past, entered without turning the clock back."""
    base = timezone.localdate() - timedelta(days=sampling.days_of(kind, case) + 1)
    where = replace(desk.scene(base), on=lambda _at: nullcontext())
    matter = sampling.play(kind, case, where)
    matter.refresh_from_db()
    return matter


@pytest.mark.parametrize(("kind", "case"), CARRIED, ids=lambda word: word)
def test_a_story_of_the_past_has_its_page_for_case_supervision(desk, kind, case):
    matter = in_the_past(desk, kind, case)

    answer = desk.browser("case_supervisor").get(at(matter))

    assert matter.stage == sampling.stages_of(mechanism(kind), sampling.cases(kind)[case])[-1]
    assert answer.status_code == 200
    assert matter.number in text_of(answer)


@EVERY
def test_the_list_its_figures_and_its_manual_open_for_case_supervision(desk, kind):
    from qingfeng.desk.kinds import plural

    matter = desk.played(kind, next(iter(sampling.cases(kind))), steps=1, ago=8)
    browser = desk.browser("case_supervisor")

    for page in ("", "statistics/", "about/", "new/"):
        assert browser.get(f"/{plural(kind)}/{page}").status_code == 200, page
    assert matter.title in text_of(browser.get(f"/{plural(kind)}/"))


@pytest.mark.parametrize("kind", ["clue", "case", "appeal"])
def test_what_is_restricted_has_no_page_for_those_who_are_not_named(desk, kind):
    matter = in_the_past(desk, kind, next(iter(sampling.cases(kind))))

    for key in ("style_head", "style_one", "registrar", "analyst", "org_head", "education_contact"):
        assert desk.browser(key).get(at(matter)).status_code == 404, key


def test_every_act_that_stands_open_to_case_supervision_has_a_form(desk):
    clue = desk.played("clue", "to_case", steps=0, ago=1)

    answer = desk.browser("case_supervisor").get(at(clue, "acts", "register"))

    assert answer.status_code == 200
    assert "可查性" in text_of(answer)


def test_the_figures_of_cases_name_rooms_and_those_that_lack_a_lesson(desk):
    case = in_the_past(desk, "case", "closed")

    said = text_of(desk.browser("case_supervisor").get("/cases/statistics/"))

    assert "已办结而未开展以案促改的案件" in said
    assert "一室" in said or "第一纪检监察室" in said
    assert case.stage == "filed"
