"""A referral through the door, seen from both sides."""

from datetime import date

import a_story
import pytest
import time_machine

from qingfeng.matters import access
from qingfeng.matters.door import open_matter, perform
from qingfeng.mechanisms.sampling import cases
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db


def who(office, key, on=a_story.NEW_YEAR_2025):
    return viewer_for(a_story.scene(office).person(key), on)


def attempt(office, matter, act, by, day, **sheet):
    with time_machine.travel(a_story.scene(office).at((day - a_story.NEW_YEAR_2025).days), tick=False):
        return perform(act, matter, by=who(office, by, day), **sheet)


def test_a_referral_to_us_is_supplemented_taken_up_answered_and_judged(office):
    matter = a_story.played(office, "referral", "received")

    slips = list(matter.slips.order_by("pk").values_list("key", flat=True))
    assert matter.stage == "filed"
    assert slips == ["supplement", "receipt", "chase", "answer"]
    assert matter.facts["rating"] == "settled"


def test_a_referral_from_us_is_sent_taken_up_answered_and_judged(office):
    matter = a_story.played(office, "referral", "handed_over")

    assert matter.stage == "filed"
    assert list(matter.slips.values_list("key", flat=True)) == ["letter"]
    assert matter.facts["their_answer_no"]


def test_both_sides_clocks_run_on_the_same_matter(office):
    ours, _step, _day = a_story.before(office, "referral", "received", "dispose")
    theirs, _step, _day = a_story.before(office, "referral", "handed_over", "answer")

    assert ours.clocks.get(key="transfer_feedback").due_on == date(2025, 4, 14)
    assert theirs.clocks.get(key="their_feedback").due_on == date(2025, 4, 18)


def test_a_complex_referral_gets_more_time_with_the_name_of_who_allowed_it(office):
    matter, _step, _day = a_story.before(office, "referral", "to_accountability", "start_accountability")

    run = matter.clocks.get(key="transfer_feedback")
    assert run.due_on == date(2025, 6, 16)  # day 160 is a Sunday
    assert len(run.earlier) == 1


def test_the_other_body_opens_one_itself_and_sees_only_its_own_part(office):
    scene, story = a_story.scene(office), cases("referral")["received"]
    contact = scene.person("audit_contact")

    with scene.on(scene.at(0)):
        done = open_matter(
            "referral", by=viewer_for(contact, scene.base), title=story["title"], owner=scene.unit("style"),
            facts=scene.meant(story["facts"], contact), parties={"partner": [scene.unit("audit")]},
        )  # fmt: skip

    assert done.matter.stage == "registered"
    assert access.view_of(viewer_for(contact, scene.base), done.matter) == "part"


def test_another_body_cannot_be_named_by_whoever_opens_it(office):
    scene, story = a_story.scene(office), cases("referral")["received"]
    contact = scene.person("audit_contact")

    with scene.on(scene.at(0)):
        answer = open_matter(
            "referral", by=viewer_for(contact, scene.base), title=story["title"], owner=scene.unit("style"),
            facts=scene.meant(story["facts"], contact), parties={"partner": [scene.unit("enforcement")]},
        )  # fmt: skip

    assert not answer


@pytest.mark.parametrize("act", ["accept", "assign"])
def test_the_other_body_does_not_do_our_part(office, act):
    matter, step, day = a_story.before(office, "referral", "received", act)

    answer = attempt(office, matter, act, "audit_contact", day, facts=step["facts"])

    assert answer.why in {"role", "absent"}


def test_a_third_body_sees_nothing_of_it(office):
    matter, _step, day = a_story.before(office, "referral", "received", "accept")

    assert access.view_of(who(office, "enforcement_contact", day), matter) == ""


def test_a_refusal_is_printed_with_its_reason(office):
    matter = a_story.played(office, "referral", "refused")

    slip = matter.slips.get().slip
    assert matter.stage == "refused"
    assert matter.story.get(act="refuse").reason in str(slip.official)


def test_a_body_without_jurisdiction_declines_and_another_is_chosen(office):
    matter = a_story.played(office, "referral", "declined")

    assert matter.stage == "registered"
    assert [party.unit.short_name for party in matter.parties.filter(role="partner", until_at=None)] == [
        "区市监局"
    ]


def test_a_referral_closes_as_appeal_pending_while_the_month_for_an_appeal_runs(office):
    matter = a_story.played(office, "referral", "to_accountability")

    accountability = matter.links_out.get(kind="leads_to").target
    assert (matter.stage, matter.is_open) == ("pending", True)
    assert accountability.stage == "executed"


def test_it_is_not_closed_in_the_ordinary_way_while_an_appeal_may_come(office):
    matter, _step, day = a_story.before(office, "referral", "to_accountability", "close_pending")

    answer = attempt(office, matter, "close", "style_head", day)

    assert answer.gates == ("appeals_over",)
