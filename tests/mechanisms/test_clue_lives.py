"""Clues through the door: out of a finding, to a clarification, and who may know of them."""

import a_story
import pytest

from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db


def viewer(office, key):
    return viewer_for(a_story.scene(office).person(key))


def test_a_verification_whose_disposal_is_a_clue_opens_one_and_both_ends_say_so(office):
    found = a_story.played(office, "verification", "secret")

    clue = found.links_out.get(kind="leads_to").target
    assert (clue.mechanism, clue.stage, clue.confidentiality) == ("clue", "in_hand", "restricted")
    assert clue.facts["lead"] == found.facts["lead"]
    assert clue.links_in.get(kind="leads_to").source == found
    assert [one.unit for one in clue.parties.filter(role="unit", until_at=None)] == [office.units["区住建局"]]


def test_a_verification_that_ends_otherwise_opens_no_clue(office):
    a_story.played(office, "verification", "partly")

    assert not Matter.objects.filter(mechanism="clue").exists()


def test_somebody_in_whom_nothing_was_found_is_answered_and_cleared(office):
    clue = a_story.played(office, "clue", "cleared")

    assert clue.stage == "filed"
    assert list(clue.slips.order_by("pk").values_list("key", flat=True)) == [
        "card", "proposal", "inquiry", "proposal", "believed", "clarified", "unit_told", "fed_back",
    ]  # fmt: skip


def test_the_unit_learns_of_a_clue_only_when_it_is_told_of_the_clarification(office):
    before = a_story.played(office, "clue", "from_finding")
    contact = viewer(office, "housing_contact")

    assert access.view_of(contact, before) == ""
    assert not access.visible(contact).filter(pk=before.pk).exists()


def test_a_clue_is_known_to_case_supervision_the_leaders_and_those_who_are_named(office):
    clue = a_story.played(office, "clue", "from_finding")

    for key in ("case_supervisor", "deputy", "principal", "case_head", "case_one", "case_two"):
        assert access.view_of(viewer(office, key), clue) == "whole", key
    for key in ("style_head", "style_one", "registrar", "analyst", "trial_reviewer", "office_head"):
        assert access.view_of(viewer(office, key), clue) == "", key


def test_a_relative_of_the_person_it_is_about_is_not_named_and_finds_nothing(office):
    """监察法 Art. 67."""
    from django.utils import timezone

    clue = a_story.played(office, "clue", "to_case", steps=3)
    person = a_story.scene(office).person("person_concerned")
    clue.parties.create(role="subject_person", person=person, is_subject=True, since_at=timezone.now())
    sibling = viewer_for(office.people["Y0902"])

    assert access.view_of(sibling, clue) == ""


def test_what_is_held_is_taken_up_again_and_closed_with_an_answer(office):
    clue = a_story.played(office, "clue", "held")

    assert clue.stage == "filed"
    assert clue.lines.filter(ledger="reviews").count() == 2
    assert clue.clocks.filter(key="shelved_review").count() == 3
