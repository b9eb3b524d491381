"""A year through its five gates at the door: who reads what, what is told, how an appeal ends (M32)."""

from datetime import date, timedelta

import a_story
import pytest
import time_machine

from qingfeng.desk.seen import seen_of
from qingfeng.matters import access
from qingfeng.matters.answers import Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Notice
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.assessment import sheets
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db
BASE = a_story.NEW_YEAR_2025
STEPS = sampling.cases("assessment")["closed"]["steps"]


def until(act):
    """How many steps of the story come before the first time an act is done."""
    return next(no for no, step in enumerate(STEPS) if step["act"] == act)


def viewer(office, key, on):
    return viewer_for(a_story.scene(office).person(key), on)


def own_part(office, key, matter, on):
    """What somebody sees of the ledgers, by key, as facts of the lines."""
    with time_machine.travel(on, tick=False):
        seen = seen_of(viewer(office, key, on), matter)
        return {shown.ledger.key: [line.facts for line, *_rest in shown.lines] for shown in seen.ledgers}


def test_everybody_is_told_the_own_result_and_nobody_elses(office):
    matter = a_story.played(office, "assessment", "closed", steps=until("sign_for"))
    on = BASE + timedelta(days=25)

    views = {
        key: access.view_of(viewer(office, key, on), matter)
        for key in ("style_two", "org_head", "visitor_one", "member_two", "style_head", "second_head")
    }
    seen = own_part(office, "style_two", matter, on)

    assert views == {"style_two": "part", "org_head": "whole", "visitor_one": "whole", "member_two": "whole",
                     "style_head": "", "second_head": ""}  # fmt: skip
    assert seen.keys() == {"objects", "selves", "results"}
    assert [line["told_grade"] for line in seen["results"]] == ["competent"]
    told = Notice.objects.filter(matter=matter, facts__act="notify").values_list("person__number", flat=True)
    assert sorted(told) == ["Y0402", "Y0403", "Y0404", "Y0502", "Y0503", "Y0504", "Y0702", "Y0703"]


def test_nobody_reads_points_or_grades_of_the_own_before_they_are_told(office):
    matter = a_story.played(office, "assessment", "closed", steps=until("notify"))

    seen = own_part(office, "style_one", matter, BASE + timedelta(days=24))

    assert seen.keys() == {"objects", "selves", "suggestions"}


def test_the_posting_names_only_who_is_to_be_excellent(office):
    matter = a_story.played(office, "assessment", "closed", steps=until("appeal"))

    slip = str(matter.slips.get(key="posting").slip.official)

    assert "罗一诺" in slip
    assert not [name for name in ("程思源", "齐越", "94.50", "称职") if name in slip]


def test_an_appeal_that_is_upheld_is_told_with_both_totals(office):
    matter = a_story.played(office, "assessment", "closed")

    appeal = matter.lines.get(ledger="appeals")
    told = list(matter.lines.filter(ledger="results", facts__told_no=8).order_by("no"))

    assert (appeal.facts["appeal_before"], appeal.facts["appeal_after"]) == ("72.60", "77.60")
    assert [(one.state, one.facts["told_total"], one.facts.get("total_before")) for one in told] == [
        ("replaced", "72.60", None),
        ("told", "77.60", "72.60"),
    ]
    assert [one.facts["told_grade"] for one in told] == ["basic", "competent"]


def test_nobody_signs_for_or_appeals_for_somebody_else(office):
    matter = a_story.played(office, "assessment", "closed", steps=until("sign_for"))
    on = BASE + timedelta(days=25)

    with time_machine.travel(on, tick=False):
        read = perform("sign_for", matter, by=viewer(office, "style_two", on))
        other = perform("sign_for", matter, by=viewer(office, "style_head", on))
        done = perform(
            "appeal",
            read.matter,
            by=viewer(office, "style_two", on),
            lines={"appeals": [{"appeal_why": "少计一项。", "appellant": 1}]},
        )

    assert isinstance(other, Refusal)
    assert other.why == "absent"
    whose = done.matter.lines.get(ledger="appeals").facts["appellant"]
    assert whose == viewer(office, "style_two", on).person_id


def test_points_on_paper_are_for_lines_of_the_list_once_each(office):
    matter = a_story.played(office, "assessment", "closed", steps=until("enter_points"))
    on = BASE + timedelta(days=12)

    with time_machine.travel(on, tick=False):
        answers = [
            perform("enter_points", matter, by=viewer(office, "org_head", on), lines={"grades": lines})
            for lines in (
                [{"graded_no": 9, "graded": "某人", "total": "80"}],
                [
                    {"graded_no": 1, "graded": "某人", "total": "80"},
                    {"graded_no": 1, "graded": "某人", "total": "81"},
                ],
            )
        ]

    assert [one.gates for one in answers] == [("on_list",), ("on_list",)]


def test_the_list_is_by_the_posts_of_the_year_and_rooms_are_listed_under_their_heads(office):
    matter = a_story.played(office, "assessment", "closed", steps=0)
    with time_machine.travel(date(2025, 1, 6), tick=False):
        staff = [one.name for one in sheets.of_class(matter)]
        matter.facts = {**matter.facts, "objects_class": "room"}
        rooms = [
            (one.name, a_story.scene(office).person("style_head").pk == one.person)
            for one in sheets.of_class(matter)
        ]

    assert staff == ["罗一诺", "程思源", "叶知秋", "温如故", "季长风", "阮静姝", "霍青山", "齐越"]
    assert ("党风室", True) in rooms
    assert len(rooms) == 3


def test_what_a_round_gave_is_never_without_its_interval_and_count():
    said = sheets.value_of({"value": 83.4, "low": 80.1, "high": 86.2, "ballots": 31, "parts": []})

    assert [one in said for one in ("83.4", "80.1", "86.2", "31")] == [True] * 4
    assert sheets.value_of({"parts": []}) == ""
