"""Two signatures are two people's, a key is one person's, and what waits stands on what was seen."""

from datetime import timedelta

import pytest
from an_errand import an_errand, in_hand, unit, who
from django.utils import timezone

from qingfeng.journal.models import JournalEntry
from qingfeng.matters import meetings
from qingfeng.matters.answers import Done, Refusal, Waiting
from qingfeng.matters.door import confirm, decline, open_matter, perform
from qingfeng.matters.models import Matter, Notice
from qingfeng.organization.models import Account, Person, StandIn
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db


def head():
    return who("dept_head", in_unit="办公室")


def reported():
    """An errand reported with its proof, and its handlers."""
    from qingfeng.documents.attachments import keep

    matter, handlers = in_hand()
    proof = keep("完成情况\n".encode(), "说明.txt", by=Account.objects.get(pk=handlers[0].account_id))
    done = perform("report", matter, by=handlers[0], facts={"result": "完成", "proof": [proof.pk]})
    assert isinstance(done, Done), done
    return done.matter, handlers


def stands_in(person, principal):
    today = timezone.localdate()
    StandIn.objects.create(
        principal_id=principal.person_id,
        stand_in_id=person.person_id,
        kinds=["errand"],
        from_on=today,
        until_on=today + timedelta(days=3),
        reason="出差",
        approved_by=Person.objects.get(number="Y0001"),
    )
    return viewer_for(Person.objects.get(pk=person.person_id))


def test_nobody_signs_second_in_the_name_of_the_first(office):
    matter, _handlers = reported()
    first = head()
    waiting = perform("close", matter, by=first)
    other = stands_in(who("editor"), first)

    refused = confirm(waiting.awaiting, by=other)

    assert refused.why == "separation"
    assert Matter.objects.get(pk=matter.pk).stage == "reported"


def test_a_first_signature_in_somebodys_name_is_not_seconded_by_that_person(office):
    matter, _handlers = reported()
    absent = head()
    waiting = perform("close", matter, by=stands_in(who("editor"), absent))

    refused = confirm(waiting.awaiting, by=absent)

    assert isinstance(waiting, Waiting)
    assert refused.why == "separation"


def test_whoever_is_kept_apart_from_an_act_does_not_second_it_either(office):
    matter, handlers = reported()
    chief = who("deputy")
    matter.parties.filter(person=handlers[1].person_id).update(person=chief.person_id)
    waiting = perform("close", matter, by=head())

    refused = confirm(waiting.awaiting, by=chief)

    assert refused.why == "separation"


def test_the_second_signature_sent_twice_signs_once(office):
    matter, _handlers = reported()
    waiting = perform("close", matter, by=head())
    second = who("deputy")

    once, again = confirm(waiting.awaiting, by=second), confirm(waiting.awaiting, by=second)

    assert (once.again, again.again) == (False, True)
    assert matter.story.filter(act="close").count() == 1


def test_only_who_could_sign_second_can_refuse_to(office):
    matter, handlers = reported()
    waiting = perform("close", matter, by=head())

    refused = decline(waiting.awaiting, by=handlers[1], reason="不同意")
    said_no = decline(waiting.awaiting, by=who("deputy"), reason="材料不全")

    assert refused.why == "role"
    assert isinstance(said_no, Done)
    kinds = set(JournalEntry.objects.filter(subject=f"errand/{matter.slug}").values_list("kind", flat=True))
    assert {"matter.first_signed", "matter.second_declined"} <= kinds


def test_what_waits_is_overtaken_when_somebody_else_acts(office):
    matter, _handlers = reported()
    waiting = perform("close", matter, by=head())
    perform("return", matter, by=head(), reason="补充材料")

    refused = confirm(waiting.awaiting, by=who("deputy"))

    assert refused.why == "conflict"
    assert not matter.awaiting.filter(ended="").exists()


def test_whoever_signed_first_is_told_when_somebody_else_overtakes_it_and_not_when_it_is_confirmed(office):
    overtaken, _handlers = reported()
    perform("close", overtaken, by=head())
    perform("return", overtaken, by=who("deputy"), reason="补充材料")
    confirmed, _handlers = reported()
    waiting = perform("close", confirmed, by=head())

    done = confirm(waiting.awaiting, by=who("deputy"))

    assert isinstance(done, Done), done
    told = Notice.objects.filter(kind="overtaken").values_list("person", "matter", "facts")
    assert list(told) == [(head().person_id, overtaken.pk, {"act": "close"})]


def test_a_meeting_stays_with_an_act_that_waits_for_its_second_signature(office):
    matter, _handlers = reported()
    chair = head()
    held = meetings.call_meeting(
        by=chair,
        name="第3次会议",
        held_on=timezone.localdate(),
        chair=Person.objects.get(pk=chair.person_id),
        agenda=[(matter, "close")],
    )
    voters = Person.objects.filter(number__in=["Y0003", "Y0004", "Y0005"]).values_list("pk", flat=True)
    meetings.minute(held, by=chair, attendance=[(one, "voted") for one in voters], minutes="同意销号。")
    ((_number, waiting),) = meetings.decide(held, {matter.pk: {}}, by=chair)

    done = confirm(waiting.awaiting, by=who("deputy"))

    assert done.performance.meeting_id == held.pk


def test_a_handler_who_voted_on_closing_the_own_matter_spoils_the_decision(office):
    matter, handlers = reported()
    chair = head()
    held = meetings.call_meeting(
        by=chair,
        name="第4次会议",
        held_on=timezone.localdate(),
        chair=Person.objects.get(pk=chair.person_id),
        agenda=[(matter, "close")],
    )
    voters = [
        handlers[0].person_id,
        *Person.objects.filter(number__in=["Y0003", "Y0004"]).values_list("pk", flat=True),
    ]
    meetings.minute(held, by=chair, attendance=[(one, "voted") for one in voters], minutes="同意销号。")

    ((_number, refused),) = meetings.decide(held, {matter.pk: {}}, by=chair)

    assert refused.why == "separation"


def test_an_act_that_no_mechanism_knows_is_no_item_of_an_agenda(office):
    matter = an_errand()

    refused = meetings.call_meeting(
        by=head(),
        name="第5次会议",
        held_on=timezone.localdate(),
        chair=Person.objects.get(number="Y0001"),
        agenda=[(matter, "vanish")],
    )

    assert refused.why == "role"


def test_the_key_of_somebody_elses_request_is_refused(office):
    matter, handlers = in_hand()
    perform("note", matter, by=handlers[0], facts={"what": "去了现场"}, key="theirs")

    refused = perform("note", matter, by=handlers[1], facts={"what": "另一件"}, key="theirs")

    assert refused.why == "key"
    assert matter.story.filter(act="note").count() == 1


def test_the_key_of_another_act_opens_no_matter_and_shows_none(office):
    matter, handlers = in_hand()
    perform("note", matter, by=handlers[0], facts={"what": "去了现场"}, key="used")

    answer = open_matter(
        "errand",
        by=who("registrar"),
        title="另一件",
        owner=unit("办公室"),
        facts={"matter": "核对"},
        parties={"receiver": [unit("区教育局")]},
        key="used",
    )

    assert isinstance(answer, Refusal)
    assert answer.why == "key"


def test_a_waiting_act_is_not_found_by_the_key_of_another_matter(office):
    one, _handlers = reported()
    other = an_errand()
    perform("close", one, by=head(), key="one-form")

    refused = perform("close", other, by=head(), key="one-form")

    assert isinstance(refused, Refusal)
