"""Reports on persons in the tables: who knows of one, who reads it, what goes on, what goes up."""

from datetime import timedelta

import a_report
import a_story
import pytest
from a_report import ENCLOSURE, arrival, key_for, who
from django.utils import timezone, translation

from qingfeng.exchange import own
from qingfeng.exchange.kinds import NotTaken, Parcel
from qingfeng.exchange.models import OFFICE, Asker, Correspondent, CorrespondentKeys, Outgoing, Stream
from qingfeng.journal.models import JournalEntry
from qingfeng.matters import access, passing_on, sealing, unsealing
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import open_matter, perform
from qingfeng.matters.models import Matter, Notice
from qingfeng.matters.writing import join
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.cast import PEOPLE, UNITS
from qingfeng.mechanisms.report import custody, reading
from qingfeng.mechanisms.report.arriving import take, take_sent
from qingfeng.mechanisms.report.sample import CONTENT, EXTRACT, PHRASE, REACHED, REPORTER
from qingfeng.organization.models import Person, Post, PostRole
from qingfeng.organization.viewer import viewer_for
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_and_in_english(monkeypatch):
    a_report.quick(monkeypatch)
    with translation.override("en"):
        yield


def came(office, **said):
    """A report that came through the counter for the one custodian."""
    return take("7", *arrival(key_for(office, "custodian"), **said))


def second_custodian(office):
    person = office.people["Y0503"]
    post = Post.objects.filter(person=person).first()
    PostRole.objects.create(post=post, role="custodian", from_on=timezone.localdate())
    return person


def test_a_report_from_the_counter_is_kept_as_it_came_with_the_day_and_no_hour(office):
    matter = came(office)

    assert matter.facts == {
        "level_asked": "sealed", "received_on": timezone.localdate().isoformat(), "channel": "counter",
    }  # fmt: skip
    assert timezone.localtime(matter.opened_at).strftime("%H:%M") == "09:00"
    assert {one.field for one in matter.sealed.all()} == {"arrived"}
    assert came(office).pk == matter.pk


def test_only_the_custodian_it_is_sealed_to_knows_of_it(office):
    other = second_custodian(office)
    matter = came(office)

    assert access.view_of(who(office, "custodian"), matter) == "whole"
    for key in (
        other.number,
        "principal",
        "deputy",
        "petition_head",
        "registrar",
        "analyst",
        "case_supervisor",
    ):
        assert access.view_of(who(office, key), matter) == "", key
        assert not access.visible(who(office, key)).filter(pk=matter.pk).exists(), key


def test_whoever_is_no_custodian_any_more_is_not_named_though_the_counter_still_sealed_it_to_them(office):
    former = office.people["Y0503"]
    matter = take("7", *arrival(key_for(office, "custodian"), key_for(office, former.number)))

    assert access.view_of(who(office, former.number), matter) == ""
    assert list(matter.parties.values_list("person", flat=True)) == [office.people[PEOPLE["custodian"]].pk]
    with pytest.raises(NotTaken, match="nobody of this house"):
        take("8", *arrival(key_for(office, former.number)))


def test_the_successor_of_a_custodian_reads_what_came_from_the_counter_and_its_enclosures(office):
    matter, custodian = came(office), who(office, "custodian")
    successor, phrase = second_custodian(office), "另一位保管人自己的解锁口令"
    key_for(office, successor.number, phrase)
    passing_on.hand_over(office.people[PEOPLE["custodian"]], successor, by=custodian, reason="离任")

    unsealing.share_noted(matter.sealed.get(), PHRASE, by=custodian, to=successor)

    matter = Matter.objects.get(pk=matter.pk)
    opened = reading.read(matter, phrase, by=who(office, successor.number))
    assert [(one.name, one.text) for one in opened.letters] == [(REPORTER, CONTENT)]
    assert b"".join(reading.enclosure(matter.sealed_files.get(), opened)) == ENCLOSURE
    assert set(matter.sealed.get().keys) == {str(successor.pk)}


@pytest.mark.parametrize("by_room", [False, True])
def test_a_successor_whom_the_reporter_excludes_is_not_let_in_by_a_handover(office, by_room):
    """rights.md 21: who was not kept away yet is excluded all the same."""
    excluded = office.people["Y0503"]
    room = Post.objects.filter(person=excluded).first().unit.name
    matter, custodian = came(office, excludes=[room if by_room else excluded.name]), who(office, "custodian")
    successor = second_custodian(office)
    key_for(office, successor.number, "另一位保管人自己的解锁口令")
    passing_on.hand_over(office.people[PEOPLE["custodian"]], successor, by=custodian, reason="离任")

    with pytest.raises(Problem, match="excludes"):
        unsealing.share_noted(matter.sealed.get(), PHRASE, by=custodian, to=successor)

    assert set(matter.sealed.get().keys) == {str(office.people[PEOPLE["custodian"]].pk)}


def test_the_custodian_reads_it_with_the_phrase_and_each_reading_is_an_entry(office):
    matter = came(office)

    opened = reading.read(matter, PHRASE, by=who(office, "custodian"))

    (letter,) = opened.letters
    assert (letter.name, letter.reached, letter.text) == (REPORTER, REACHED, CONTENT)
    assert b"".join(reading.enclosure(matter.sealed_files.get(), opened)) == ENCLOSURE
    assert JournalEntry.objects.filter(kind=unsealing.OPENED, subject=f"report/{matter.slug}").count() == 1
    assert REPORTER not in repr(opened)
    with pytest.raises(Problem, match="phrase"):
        reading.read(matter, PHRASE + "?", by=who(office, "custodian"))


def test_what_belongs_above_is_not_typed_in(office):
    """Rights 7: the level is asked first, and the paper route is shown."""
    custodian = who(office, "custodian")

    refused = open_matter(
        "report",
        by=custodian,
        title="x",
        owner=office.units[UNITS["petitions"]],
        facts={"level_asked": "above", "received_on": timezone.localdate().isoformat(), "channel": "letter"},
        parties={"custodian": [office.people[PEOPLE["custodian"]]]},
    )

    assert isinstance(refused, Refusal)
    assert "envelope" in str(refused.reason)
    assert not Matter.objects.filter(mechanism="report").exists()


def test_of_a_sealed_item_sent_up_only_the_days_are_kept(office):
    matter = a_story.played(office, "report", "unopened")

    assert set(matter.facts) == {"level_asked", "received_on", "channel", "sent_up_on"}
    assert not matter.sealed.exists()


def test_what_concerns_a_superiors_cadre_is_locked_to_all_when_it_goes_up(office):
    matter = a_story.played(office, "report", "locked", steps=3)

    assert matter.stage == "locked"
    assert not matter.sealed.exists()
    with pytest.raises(Problem):
        reading.read(matter, PHRASE, by=who(office, "custodian"))
    assert matter.clocks.get(key="rep_superior").state == "running"


def test_what_came_through_the_counter_is_not_locked_away_before_it_is_sealed_to_the_superior(office):
    matter = came(office)

    direct = perform("lock", matter, by=who(office, "custodian"))
    by_page = custody.lock(matter, PHRASE, by=who(office, "custodian"))

    assert (direct.why, by_page.why) == ("gate", "gate")
    assert matter.sealed.exists()


def test_when_a_report_is_locked_the_handlers_of_its_clue_open_the_extract_no_more(office):
    matter = a_story.played(office, "report", "named", steps=5)
    clue = matter.links_out.get(kind="leads_to").target
    key_for(office, "case_one", "承办人自己的解锁口令一句")
    custody.hand_extract(matter, PHRASE, by=who(office, "custodian"))

    done = custody.lock(matter, PHRASE, by=who(office, "custodian"))

    assert isinstance(done, Done), done
    assert not clue.sealed.exists()


@pytest.mark.parametrize(("case", "steps", "stage"), [("named", 5, "handed"), ("to_the_end", 8, "answered")])
def test_what_was_opened_from_a_report_that_is_locked_is_closed_to_all_of_us_the_principal_too(
    office, case, steps, stage
):
    """检举控告工作规则: what concerns a superior's cadre, or the own principal, is not handled here."""
    matter = a_story.played(office, "report", case, steps=steps)
    clue = matter.links_out.get(kind="leads_to").target
    handler = who(office, "case_one")
    readers = [viewer_for(one) for one in Person.objects.all()]
    assert matter.stage == stage
    assert any(access.view_of(one, clue) for one in readers)

    done = custody.lock(matter, PHRASE, by=who(office, "custodian"))

    assert isinstance(done, Done), done
    clue = Matter.objects.get(pk=clue.pk)
    assert (clue.standing, clue.is_open) == ("void", False)
    assert not [one for one in readers if access.view_of(one, clue)]
    assert not any(access.visible(one).filter(pk=clue.pk).exists() for one in readers)
    told = Notice.objects.filter(kind="goes_up")
    assert handler.person_id in set(told.values_list("person", flat=True))
    assert {(one.matter, one.facts["number"]) for one in told} == {(None, clue.number)}


def test_a_report_that_waits_for_a_decision_to_set_it_aside_can_be_locked(office):
    matter = a_story.played(office, "report", "set_aside", steps=3)
    assert matter.stage == "proposed"

    done = custody.lock(matter, PHRASE, by=who(office, "custodian"))

    assert isinstance(done, Done), done
    assert set(done.matter.clocks.exclude(state="stopped").values_list("key", flat=True)) == {"rep_superior"}


def test_what_another_matter_led_to_as_well_goes_on(office):
    matter = a_story.played(office, "report", "named", steps=5)
    clue = matter.links_out.get(kind="leads_to").target
    join(a_story.played(office, "case", "closed", steps=0), clue, "leads_to", at=timezone.now())

    custody.lock(matter, PHRASE, by=who(office, "custodian"))

    clue.refresh_from_db()
    assert clue.standing == "valid"
    assert access.view_of(who(office, "case_one"), clue)


@pytest.mark.parametrize("ring", [False, True])
def test_what_a_locked_report_alone_led_to_is_closed_in_whatever_order_it_was_linked(office, ring):
    matter = a_story.played(office, "report", "named", steps=5)
    first = matter.links_out.get(kind="leads_to").target
    second = a_story.played(office, "clue", next(iter(sampling.cases("clue"))), steps=0)
    links = [(matter, second), (second, first), *([(first, second)] if ring else [])]
    for one, other in links:
        join(one, other, "leads_to", at=timezone.now())

    custody.lock(matter, PHRASE, by=who(office, "custodian"))

    assert {one.standing for one in Matter.objects.filter(pk__in=(first.pk, second.pk))} == {"void"}
    assert not access.view_of(who(office, "case_one"), first)


def test_what_had_ended_before_is_closed_to_us_and_stands_as_it_ended(office):
    """What was counted of it stays counted."""
    matter = a_story.played(office, "report", "named", steps=5)
    clue = matter.links_out.get(kind="leads_to").target
    ended = {"stage": "filed", "is_open": False, "closed_on": timezone.localdate() - timedelta(days=40)}
    Matter.objects.filter(pk=clue.pk).update(**ended)

    custody.lock(matter, PHRASE, by=who(office, "custodian"))

    clue.refresh_from_db()
    assert (clue.standing, clue.closed_on) == ("valid", ended["closed_on"])
    assert not any(access.view_of(viewer_for(one), clue) for one in Person.objects.all())


def test_the_clue_never_knows_who_reported_and_its_handlers_open_the_extract_alone(office):
    matter = a_story.played(office, "report", "named", steps=5)
    clue = matter.links_out.get(kind="leads_to").target
    key_for(office, "case_one", "承办人自己的解锁口令一句")

    handed = custody.hand_extract(matter, PHRASE, by=who(office, "custodian"))

    assert [one.pk for one in handed] == [clue.pk]
    (sealed,) = clue.sealed.all()
    handler = office.people[PEOPLE["case_one"]]
    assert sealing.open_sealed(sealed, handler, "承办人自己的解锁口令一句") == EXTRACT
    clue.refresh_from_db()
    said = str(clue.facts) + clue.title + str(list(clue.story.values_list("entered", "reason")))
    assert not any(one in said for one in (REPORTER, REACHED, CONTENT[:12], EXTRACT[:12]))
    assert access.view_of(who(office, "case_one"), matter) == ""


@pytest.mark.parametrize(
    "text", ["据来信反映，有一张卡同日加油两次。", f"可向{REPORTER}了解。", "详见检〔2026〕3号。"]
)
def test_an_extract_that_gives_the_source_away_is_refused(office, text):
    matter = a_story.played(office, "report", "named", steps=3)

    refused = custody.make_extract(matter, text, PHRASE, by=who(office, "custodian"))
    at_the_door = perform(
        "make_extract", matter, by=who(office, "custodian"), facts={"extract": "据来信反映。"}
    )

    assert isinstance(refused, Refusal)
    assert at_the_door.gates == ("no_source",)
    assert not matter.sealed.filter(field="extract").exists()


def test_what_is_written_while_a_report_is_locked_is_a_new_report_and_does_not_wait_for_ever(office):
    key = key_for(office, "custodian")
    counter = Correspondent.objects.create(end=OFFICE, name="窗口", kind="counter")
    stream = Stream.objects.create(correspondent=counter, name="1")
    first, second, third = (Asker.number_of(stream, there) for there in (1, 2, 3))
    locked = take(str(first), *arrival(key))
    Asker.objects.create(stream=stream, number=first, key=b"k" * 32, about=f"report/{locked.slug}")
    for number in (second, third):
        Asker.objects.create(stream=stream, number=number, key=b"k" * 32)
    Matter.objects.filter(pk=locked.pk).update(stage="locked")

    became = take(str(second), *arrival(key, text="还有一事。"))
    Asker.objects.filter(number=second).update(about=f"report/{became.slug}")
    again = take(str(third), *arrival(key, text="又有一事。"))

    assert became.pk != locked.pk
    assert again.pk == became.pk
    letters = reading.read(became, PHRASE, by=who(office, "custodian")).letters
    assert [one.text for one in letters] == ["还有一事。", "又有一事。"]


def test_what_belongs_above_goes_there_sealed_and_is_taken_in_there_and_gone_here(office):
    """Both ends in one house: what the superior's key opens is sealed to the custodians there."""
    matter = came(office)
    own.make(OFFICE, "上级", by="test")
    card = own.newest(OFFICE).card
    superior = Correspondent.objects.create(end=OFFICE, name="市纪委监委", kind="superior")
    now = timezone.now()
    CorrespondentKeys.objects.create(
        correspondent=superior, key_id=card.key_id, verify=card.verify, seal=card.seal, added_by="a",
        added_at=now, confirmed_by="b", confirmed_at=now,
    )  # fmt: skip

    done = custody.lock(matter, PHRASE, by=who(office, "custodian"))
    waiting = Outgoing.objects.get(kind=custody.SEALED_REPORT)
    parcel = Parcel(waiting.kind, waiting.content, (), superior, "1", timezone.localdate())
    there = take_sent(parcel)

    assert isinstance(done, Done), done
    assert not matter.sealed.exists()
    assert not matter.sealed_files.exists()
    assert REPORTER not in str(waiting.content)
    opened = reading.read(there, PHRASE, by=who(office, "custodian"))
    (letter,) = opened.letters
    assert (letter.name, letter.text) == (REPORTER, CONTENT)
    assert b"".join(reading.enclosure(there.sealed_files.get(), opened)) == ENCLOSURE
    assert take_sent(parcel).pk == there.pk
