"""Accountability through the door: heard, decided together, appealed, and the result changed."""

import a_story
import pytest
import time_machine

from qingfeng.matters import access
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db


def attempt(office, matter, step, day, **facts):
    scene = a_story.scene(office)
    who = scene.person(step["by"])
    given = {**scene.meant(step["facts"], who), **facts}
    with time_machine.travel(scene.at(step["day"]), tick=False):
        return perform(step["act"], matter, by=viewer_for(who, day), facts=given)


def test_a_person_is_heard_and_the_decision_is_lighter_than_what_was_told(office):
    matter = a_story.played(office, "accountability", "announced")

    assert matter.stage == "executed"
    assert (matter.facts["intended_state_sanction"], matter.facts["state_sanction"]) == ("demerit", "warning")
    assert [line.facts["adopted"] for line in matter.lines.filter(ledger="points")] == ["partly", "adopted"]
    assert list(matter.slips.order_by("pk").values_list("key", flat=True)) == [
        "told", "hearing", "weighing", "decision", "file_copy", "execution",
    ]  # fmt: skip


def test_a_heavier_decision_than_was_told_is_refused(office):
    """政务处分法 Art. 43."""
    matter, step, day = a_story.before(office, "accountability", "announced", "decide")

    answer = attempt(
        office, matter, step, day, state_sanction="major_demerit", influence_ends_on="2026-08-15"
    )

    assert answer.gates == ("never_heavier",)
    assert [law.name for law in answer.law] == ["政务处分法"]


def test_one_person_alone_cannot_decide(office):
    matter, step, day = a_story.before(office, "accountability", "announced", "decide")
    scene = a_story.scene(office)

    answer = attempt(office, matter, step, day, attended=[scene.person("principal").pk])

    assert answer.gates == ("several_decide",)


def test_an_unheard_person_is_not_decided_about(office):
    matter, _step, _day = a_story.before(office, "accountability", "announced", "hear")
    _same, step, day = (
        matter,
        next(
            one
            for one in a_story.sampling.cases("accountability")["announced"]["steps"]
            if one["act"] == "decide"
        ),
        a_story.NEW_YEAR_2025,
    )

    answer = attempt(office, matter, step, day)

    assert "act_done_after:hear:inform" in answer.gates
    assert "weighed_in_writing" in answer.gates


def test_an_appeal_changes_the_result_and_everything_begins_anew_from_the_decision(office):
    matter = a_story.played(office, "accountability", "appeal_lighter")

    slips = list(matter.slips.values_list("key", flat=True))
    assert matter.stage == "announced"
    assert matter.facts["form"] == "admonish"
    assert "state_sanction" not in matter.facts
    assert slips.count("decision") == 2
    assert "appeal_changed" in slips
    assert set(matter.clocks.filter(state="running").values_list("key", flat=True)) == {
        "org_adjust",
        "account_appeal",
        "influence_period",
    }


def test_an_appeal_that_makes_it_heavier_is_refused(office):
    matter, step, day = a_story.before(office, "accountability", "appeal_lighter", "change")

    answer = attempt(office, matter, step, day, form="discipline", state_sanction="demerit",
                     influence_ends_on="2026-03-27")  # fmt: skip

    assert answer.gates == ("appeal_never_heavier",)


def test_a_decision_revoked_on_appeal_is_restored_and_its_visits_end(office):
    matter = a_story.played(office, "accountability", "appeal_revoked")

    visits = matter.links_out.get(kind="followed_by").target
    assert (matter.stage, matter.is_open) == ("annulled", False)
    assert visits.stage == "fallen"
    assert matter.lines.get(facts__kind="restoration").is_done


def test_a_decision_that_stands_on_appeal_is_final(office):
    matter = a_story.played(office, "accountability", "appeal_upheld")

    assert matter.stage == "settled"
    assert "appeal_upheld" in matter.slips.values_list("key", flat=True)


def test_an_organisation_has_no_period_of_effects_and_is_filed_after_the_appeal(office):
    matter = a_story.played(office, "accountability", "organisation")

    assert matter.stage == "filed"
    assert not matter.clocks.filter(key="influence_period").exists()


def test_a_relative_of_the_person_finds_nothing(office):
    """监察法 Art. 67."""
    matter = a_story.played(office, "accountability", "announced")
    sibling = viewer_for(office.people["Y0902"], a_story.NEW_YEAR_2025)

    assert access.view_of(sibling, matter) == ""
    assert not access.visible(sibling).filter(pk=matter.pk).exists()


def test_the_person_it_is_about_is_told_on_paper_and_reads_nothing_here(office):
    matter = a_story.played(office, "accountability", "announced")
    about = viewer_for(a_story.scene(office).person("person_concerned"), a_story.NEW_YEAR_2025)

    assert not Matter.objects.filter(access.may_see_q(about)).exists()
    assert matter.slips.filter(key="told").exists()
