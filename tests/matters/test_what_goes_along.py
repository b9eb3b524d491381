"""Nobody comes near a matter's content on a side way: by merging, splitting, opening, handing over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from an_errand import ERRAND, an_errand, in_hand, unit, who
from django.utils import timezone

from qingfeng.matters import access, guarding, keeping, passing_on, ticking
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import forget, mechanism, register
from qingfeng.matters.story import Signed
from qingfeng.matters.vocabulary import Opens
from qingfeng.matters.writing import open_linked
from qingfeng.organization.models import Account, Person, StandIn
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db


def recused(matter, viewer):
    person = Person.objects.get(pk=viewer.person_id)
    return guarding.recuse(matter, person, "本人申请回避", by=viewer)


def test_a_restricted_matter_is_not_merged_into_one_that_more_people_read(office):
    hidden, open_one = an_errand(confidentiality="restricted"), an_errand(confidentiality="ordinary")
    Matter.objects.filter(pk=hidden.pk).update(owner=unit("办公室"))
    opener = who("registrar")
    hidden.parties.create(role="registrar", person_id=opener.person_id, since_at=timezone.now())

    refused = keeping.merge(hidden, open_one, by=opener, reason="同一件事")

    assert refused.why == "facts"
    assert not open_one.lines.exists()


def test_merging_keeps_those_away_who_were_away_from_the_merged_matter(office):
    one, other = an_errand(parties={"subject_unit": [unit("区农业农村局")]}), an_errand()
    bound = viewer_for(Person.objects.get(number="Y0701"))
    recused(one, bound)

    done = keeping.merge(one, other, by=who("registrar"), reason="同一件事")

    assert isinstance(done, Done), done
    assert not access.may_see(bound, other)
    assert other.parties.filter(role="subject_unit", is_subject=True).exists()


def test_splitting_keeps_those_away_who_were_away_from_the_whole(office):
    matter, handlers = in_hand()
    recused(matter, handlers[1])

    done = keeping.split(matter, title="另案办理", lines={}, by=who("registrar"), reason="两件事")

    assert not access.may_see(handlers[1], done.opened[0])


def test_a_matter_opened_from_a_restricted_one_is_as_restricted(office):
    matter, handlers = in_hand()
    Matter.objects.filter(pk=matter.pk).update(confidentiality="restricted")
    matter.refresh_from_db()
    recused(matter, handlers[1])
    signed = Signed(handlers[0], "handler", timezone.now())

    opened = open_linked(matter, mechanism("errand"), signed, Opens("errand", "leads_to"))

    assert opened.confidentiality == "restricted"
    assert not access.may_see(handlers[1], opened)


def test_a_head_hands_over_the_work_of_the_own_room_only(office):
    matter, handlers = in_hand()
    giver = Person.objects.get(pk=handlers[0].person_id)
    stranger = who("dept_head", in_unit="二室")
    own = who("dept_head", in_unit="一室")

    refused = passing_on.hand_over(giver, Person.objects.get(pk=stranger.person_id), by=stranger, reason="要")
    told = passing_on.hand_over(giver, Person.objects.get(number="Y0803"), by=own, reason="调任")

    assert refused.why == "role"
    assert told.passed == (matter.number,)


def test_standing_in_for_other_kinds_opens_no_restricted_matter(office):
    matter, handlers = in_hand()
    Matter.objects.filter(pk=matter.pk).update(confidentiality="restricted")
    matter.refresh_from_db()
    chief = who("principal")
    today = timezone.localdate()
    StandIn.objects.create(
        principal_id=handlers[0].person_id,
        stand_in_id=chief.person_id,
        kinds=["referral"],
        from_on=today,
        until_on=today + timedelta(days=3),
        reason="出差",
        approved_by=Person.objects.get(number="Y0002"),
    )
    viewer = viewer_for(Person.objects.get(pk=chief.person_id))

    assert access.view_of(viewer, matter) == "card"
    assert not Matter.objects.filter(access.whole_q(viewer), pk=matter.pk).exists()


def test_a_reopened_matter_does_not_start_clocks_that_had_been_met_on_its_last_day(office):
    from qingfeng.documents.attachments import keep
    from qingfeng.matters.door import confirm

    matter, handlers = in_hand()
    proof = keep("完成情况\n".encode(), "说明.txt", by=Account.objects.get(pk=handlers[0].account_id))
    perform("report", matter, by=handlers[0], facts={"result": "完成", "proof": [proof.pk]})
    waiting = perform("close", matter, by=who("dept_head", in_unit="办公室"))
    confirm(waiting.awaiting, by=who("deputy"))

    done = keeping.reopen(matter, by=who("registrar"), reason="又有反映")

    running = set(matter.clocks.filter(state="running").values_list("key", flat=True))
    assert (done.matter.stage, running) == ("reported", {"review"})


def test_a_clock_acts_on_matters_of_an_older_version_too(office):
    matter = an_errand()
    Matter.objects.filter(pk=matter.pk).update(facts={**matter.facts, "dead": True})
    newer = register(replace(ERRAND, version=2))

    try:
        ticking.tick()
    finally:
        forget(newer)

    assert Matter.objects.get(pk=matter.pk).stage == "closed"
