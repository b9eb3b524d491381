"""Cases through the door: out of a clue, through an appeal, to the list of those without a lesson."""

from itertools import pairwise

import a_story
import pytest
from django.utils import timezone

from qingfeng.matters import access, statistics
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.case.declaration import CASE
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db


def viewer(office, key):
    return viewer_for(a_story.scene(office).person(key))


def figure(key):
    return next(one for one in CASE.figures if one.key == key)


def counted(key):
    period = statistics.Period(
        a_story.NEW_YEAR_2025, a_story.NEW_YEAR_2025.replace(year=2026), a_story.NEW_YEAR_2025
    )
    return statistics.count(figure(key), CASE, Matter.objects.all(), period)


def test_a_clue_that_becomes_a_case_opens_it_and_takes_card_and_hands_along(office):
    clue = a_story.played(office, "clue", "to_case")

    case = clue.links_out.get(kind="leads_to").target
    assert (case.mechanism, case.stage, case.confidentiality) == ("case", "proposed", "restricted")
    assert (case.facts["area"], case.facts["paper_no"]) == ("procurement", clue.facts["paper_no"])
    assert case.parties.filter(role="handler", until_at=None).count() == 2
    assert clue.stage == "filed"


def test_a_case_goes_from_its_approval_to_its_file(office):
    case = a_story.played(office, "case", "closed")

    assert case.stage == "filed"
    assert list(case.slips.order_by("pk").values_list("key", flat=True)) == [
        "filing", "told", "decision_card", "execution", "letter_weighing", "quality",
    ]  # fmt: skip
    assert case.story.filter(act="return_for_more").count() == 1


def test_a_closed_case_without_a_lesson_is_counted_and_listed(office):
    case = a_story.played(office, "case", "closed")

    assert [(row.split, row.value, row.of) for row in counted("without_lesson")] == [(("procurement",), 1, 1)]
    period = statistics.Period(case.opened_on, case.closed_on, case.closed_on)
    listed = statistics.matters_of(
        figure("without_lesson"), CASE, Matter.objects.all(), period, ("procurement",)
    )
    assert list(listed) == [case]


def test_an_appeal_keeps_the_original_hands_away(office):
    """监察法 Art. 56."""
    case = a_story.played(office, "case", "upheld")

    appeal = case.links_out.get(kind="appealed").target
    for key in ("case_head", "case_one", "case_two", "trial_head", "trial_reviewer"):
        assert access.view_of(viewer(office, key), appeal) == "", key
        assert not access.visible(viewer(office, key)).filter(pk=appeal.pk).exists(), key
    assert access.view_of(viewer(office, "appeal_one"), appeal) == "whole"
    assert case.stage == "settled"


def test_a_hand_of_the_case_cannot_be_named_on_its_appeal(office):
    """监察法 Art. 67."""
    steps = a_story.sampling.cases("case")["upheld"]["steps"]
    place = next(no for no, step in enumerate(steps) if step["act"] == "open_appeal")
    case = a_story.played(office, "case", "upheld", steps=place)
    case = a_story.sampling.go_on(case, [{**steps[place], "then": "upheld"}], a_story.scene(office))
    appeal = case.links_out.get(kind="appealed").target
    Matter.objects.filter(pk=appeal.pk).update(stage="examining", is_open=True)
    appeal.refresh_from_db()

    answer = perform(
        "reassign",
        appeal,
        by=viewer(office, "principal"),
        facts={"recusal_checked": True},
        parties={"examiner": [office.people["Y0702"], office.people["Y1101"]]},
        reason="需更换人员。",
    )

    assert answer.why == "recusal"


def test_an_appeal_that_changes_the_result_corrects_every_notice_before_it_is_announced_anew(office):
    case = a_story.played(office, "case", "changed")

    states = list(case.lines.filter(ledger="notices").order_by("no").values_list("state", flat=True))
    assert (case.stage, case.facts["form"], case.facts["state_sanction"]) == (
        "announced",
        "second",
        "warning",
    )
    assert states == ["corrected", "corrected", "sent"]
    assert set(case.clocks.filter(state="running").values_list("key", flat=True)) >= {
        "appeal_window",
        "org_adjust",
    }


def test_a_case_revoked_on_appeal_is_restored_and_corrected(office):
    case = a_story.played(office, "case", "revoked")

    assert (case.stage, case.is_open) == ("annulled", False)
    assert not case.lines.filter(ledger="notices").exclude(state="corrected").exists()


def test_what_leaves_a_restricted_case_says_only_its_kind_and_number(office):
    case = a_story.played(office, "case", "linked")

    opened = [one.target for one in case.links_out.filter(kind="leads_to")]
    accountability = next(one for one in opened if one.mechanism == "accountability")
    assert accountability.confidentiality == "internal"
    assert accountability.title == f"责任追究（{case.number}）"
    assert access.view_of(viewer(office, "registrar"), accountability) == "whole"
    assert access.view_of(viewer(office, "registrar"), case) == ""


def test_the_unit_learns_of_a_case_when_its_decision_is_announced(office):
    case = a_story.played(office, "case", "closed", steps=10)
    case.parties.filter(role="unit").update(until_at=timezone.now())
    case.parties.create(role="unit", unit=office.units["区住建局"], is_subject=True, since_at=timezone.now())
    contact = viewer(office, "housing_contact")

    before = access.view_of(contact, Matter.objects.get(pk=case.pk))
    steps = a_story.sampling.cases("case")["closed"]["steps"][10:11]
    a_story.sampling.go_on(case, steps, a_story.scene(office))

    assert steps[0]["act"] == "announce"
    assert before == ""
    assert access.view_of(contact, Matter.objects.get(pk=case.pk)) == "part"


def test_a_finding_leads_to_clue_case_and_lesson_and_each_end_says_why_it_is_there(office):
    found = a_story.played(office, "verification", "silent")

    thread = [found]
    for kind in ("leads_to", "leads_to", "teaches"):
        thread.append(thread[-1].links_out.get(kind=kind).target)
    assert [one.mechanism for one in thread] == ["verification", "clue", "case", "lesson"]
    assert [one.stage for one in thread] == ["disposed", "filed", "filed", "watched"]
    assert {one.facts["lead"] for one in thread} == {found.facts["lead"]}
    assert [one.parties.get(role="unit", until_at=None).unit.short_name for one in thread] == ["区住建局"] * 4
    for before, after in pairwise(thread):
        assert after.links_in.get().source == before
