"""Recusal, restricted reads, interference, emergency access, and who could read."""

from datetime import timedelta

import pytest
import time_machine
from an_errand import an_errand, in_hand, unit, who
from django.utils import timezone

from qingfeng.journal.models import JournalEntry
from qingfeng.matters import access, guarding
from qingfeng.matters.models import BreakGlass, Interference, Matter, ReadMark
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db


def person(viewer):
    return Person.objects.get(pk=viewer.person_id)


def test_somebody_recused_by_decision_finds_nothing_any_more(office):
    matter, handlers = in_hand()

    guarding.recuse(matter, person(handlers[0]), "本人申请回避", by=handlers[0])

    assert not access.may_see(handlers[0], matter)
    assert access.may_see(handlers[1], matter)
    assert JournalEntry.objects.filter(kind="matter.recused").count() == 1


def test_a_declared_relative_of_the_subject_sees_nothing_and_cannot_be_named(office):
    recused = viewer_for(
        Person.objects.get(number="Y0902")
    )  # sister of the vice head of the education bureau
    matter = an_errand(parties={"subject_unit": [unit("区农业农村局")]})  # and held office there until 2024

    from qingfeng.matters.door import perform

    other = Person.objects.get(number="Y0802")
    refused = perform(
        "dispatch", matter, by=who("registrar"), parties={"handler": [recused.person_id, other.pk]}
    )

    assert not access.may_see(recused, matter)
    assert refused.why == "recusal"
    assert [law.name for law in refused.law] == ["监察法", "信访工作条例"]


def test_the_three_administrators_read_no_matter(office):
    matter = an_errand()

    assert not any(
        access.may_see(who(role), matter) for role in ("system_admin", "security_admin", "auditor")
    )


def test_reading_a_restricted_matter_is_kept_once_a_day_and_way(office):
    matter = an_errand()
    Matter.objects.filter(pk=matter.pk).update(confidentiality="restricted")
    matter.refresh_from_db()
    reader = who("registrar")

    guarding.note_read(reader, matter)
    guarding.note_read(reader, matter)
    guarding.note_read(reader, matter, way="export")

    assert ReadMark.objects.count() == 2
    assert JournalEntry.objects.filter(kind="matter.read").count() == 2


def test_a_restricted_matter_is_a_card_to_the_principal_and_nothing_to_other_staff(office):
    matter, handlers = in_hand()
    Matter.objects.filter(pk=matter.pk).update(confidentiality="restricted")
    matter.refresh_from_db()

    assert access.view_of(who("principal"), matter) == "card"
    assert access.view_of(handlers[0], matter) == "whole"
    assert access.view_of(who("dept_head", in_unit="二室"), matter) == ""


def test_a_supervised_unit_sees_its_own_part_only(office):
    matter = an_errand()

    assert access.view_of(who("unit_contact", in_unit="区教育局"), matter) == "part"
    assert access.view_of(who("unit_contact", in_unit="区住建局"), matter) == ""


def test_whole_q_agrees_with_view_of_for_every_role(office):
    matters = [an_errand(), in_hand()[0]]
    Matter.objects.filter(pk=matters[1].pk).update(confidentiality="restricted")
    people = [viewer_for(one) for one in Person.objects.all()]

    for viewer in people:
        whole = set(Matter.objects.filter(access.whole_q(viewer)).values_list("pk", flat=True))
        for matter in Matter.objects.all():
            assert (matter.pk in whole) == (access.view_of(viewer, matter) == "whole"), (
                viewer.name,
                matter.number,
            )


def test_interference_is_registered_and_committed_without_names(office):
    made = guarding.register_interference(
        by=who("handler"),
        about="差〔2026〕1号",
        who="某局副局长",
        what="打听办理进展",
        happened_on=timezone.localdate(),
    )

    assert Interference.objects.get() == made
    body = bytes(JournalEntry.objects.get(kind="interference.registered").body).decode()
    assert "某局" not in body


def test_emergency_access_opens_for_hours_is_journaled_and_reviewed_by_another(office):
    matter, _handlers = in_hand()
    Matter.objects.filter(pk=matter.pk).update(confidentiality="restricted")
    matter.refresh_from_db()
    outsider = who("handler", in_unit="二室")

    glass = guarding.break_glass(matter.number, "承办人失联，材料今日到期必须上报", by=outsider)

    assert isinstance(glass, BreakGlass)
    assert access.view_of(outsider, matter) == "whole"
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        assert access.view_of(viewer_for(person(outsider)), matter) == ""
    assert guarding.review_glass(glass, by=outsider, was_right=True, review="属实").why == "separation"
    assert guarding.review_glass(glass, by=who("auditor"), was_right=True, review="属实").was_right


def test_emergency_access_does_not_help_against_a_recusal(office):
    matter, handlers = in_hand()
    guarding.recuse(matter, person(handlers[0]), "回避", by=handlers[0])

    refused = guarding.break_glass(matter.number, "材料今日到期必须上报上级", by=handlers[0])

    assert refused.why == "absent"


def test_the_auditor_learns_who_could_read_on_a_day_and_who_did(office):
    matter, handlers = in_hand()
    Matter.objects.filter(pk=matter.pk).update(confidentiality="restricted")
    matter.refresh_from_db()
    guarding.note_read(handlers[0], matter)

    readers = {one.person.pk: one for one in guarding.readers_of(matter, timezone.localdate())}

    assert readers[handlers[0].person_id].reads
    assert readers[handlers[1].person_id].view == "whole"
    assert not readers[handlers[1].person_id].reads
    assert who("system_admin").person_id not in readers
