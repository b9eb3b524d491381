"""The pages of the yearly assessment: five gates, what stands in the way, the own result, the posting."""

from datetime import date, timedelta

import a_story
import pytest
import time_machine

from qingfeng.desk.assessment.gates import gates_of
from qingfeng.desk.assessment.panel import paper_of, points_of
from qingfeng.desk.assessment.posting import postings
from qingfeng.desk.assessment.years import years_of
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.mechanisms import sampling
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db
BASE = a_story.NEW_YEAR_2025
STEPS = sampling.cases("assessment")["begun"]["steps"]


def before(office, act):
    """An assessment just before the story does an act, and the day after the act before it."""
    steps = next(no for no, step in enumerate(STEPS) if step["act"] == act)
    matter = a_story.played(office, "assessment", "begun", steps=steps)
    return matter, BASE + timedelta(days=STEPS[steps - 1]["day"])


def shown(office, key, on):
    with time_machine.travel(on, tick=False):
        return years_of(viewer_for(a_story.scene(office).person(key), on))


def test_the_gate_at_hand_says_what_is_in_the_way_and_the_next_ones_are_locked(office):
    matter, on = before(office, "excuse")

    gates = gates_of(matter, snapshot_of(matter, today=on))

    assert [one.state for one in gates] == ["signed", "now", "locked", "locked", "locked"]
    assert (gates[0].on, gates[0].papers) == ("2025-01-08", 1)
    assert "名单核对无误" in gates[0].minutes
    assert [len(one.missing) for one in gates] == [0, 2, 0, 0, 0]


def test_who_organises_sees_all_of_it_and_who_is_assessed_how_far_it_is(office):
    matter, on = before(office, "sign_grades")

    (organised,), (own,) = shown(office, "org_head", on), shown(office, "style_one", on)
    elsewhere = shown(office, "second_head", on)

    assert (organised.matter, organised.is_whole, organised.own) == (matter, True, None)
    assert sum(count for _words, count in organised.counts) == 8
    assert (own.is_whole, own.counts, own.own.has_self, own.own.grade) == (False, (), True, "")
    assert elsewhere == []


def test_the_own_result_says_what_one_may_do_and_after_an_appeal_both_totals(office):
    told, on = before(office, "sign_for")
    (early,) = shown(office, "case_two", on)
    settled, later = before(office, "end_posting")
    newest = next(one for one in shown(office, "case_two", later) if one.matter == settled)

    assert told.stage == "notified"
    assert (early.own.points, early.own.before, early.own.is_read, bool(early.own.appeal_until)) == (
        "72.60", "", False, True,
    )  # fmt: skip
    assert {one.act.key for one in early.own.can} == {"sign_for", "appeal"}
    assert (newest.own.points, newest.own.before, newest.own.is_read) == ("77.60", "72.60", True)
    assert [(one["before"], one["after"]) for one in newest.own.appeals] == [("72.60", "77.60")]


def test_names_are_posted_for_five_workdays_and_gone_after_them(office):
    matter, _on = before(office, "appeal")
    last = matter.clocks.get(key="posting").due_on

    (posting,) = postings(last)

    assert ([name for name, _grade in posting.names], posting.until) == (["罗一诺"], last)
    assert postings(last + timedelta(days=1)) == []


def test_forms_begin_with_the_step_at_hand_and_with_whoever_is_not_on_the_table(office):
    matter, on = before(office, "enter_points")
    viewer = viewer_for(a_story.scene(office).person("org_head"), on)

    assert paper_of(viewer, matter) == {"steps": [{"step": "grades"}]}
    assert [one["graded"] for one in points_of(viewer, matter)["grades"]][:2] == ["罗一诺", "程思源"]


def test_the_pages_are_for_own_staff_and_show_neither_points_nor_grades_of_others(office, client):
    before(office, "appeal")
    with time_machine.travel(date(2025, 2, 3), tick=False):
        answers = {}
        for who in ("handler", "unit_contact", "evaluator"):
            client.force_login(office.accounts[who])
            pages = [client.get(f"/assessments/{page}/") for page in ("gates", "posting")]
            answers[who] = [(one.status_code, one.content.decode()) for one in pages]

    assert [[code for code, _text in pages] for pages in answers.values()] == [
        [200, 200],
        [404, 404],
        [200, 200],
    ]
    gates, posted = (text for _code, text in answers["handler"])
    assert "罗一诺" in posted
    assert not [word for word in ("94.50", "程思源", "齐越", "91.00") if word in posted]
    assert "94.50" in gates
    assert not [word for word in ("91.00", "72.60", "齐越") if word in gates]
