"""Who reported: released by a second person, compared in memory, excluded people kept away, never undone."""

from datetime import date

import a_report
import a_story
import pytest
import time_machine
from a_report import arrival, key_for, who
from django.utils import timezone, translation

from qingfeng.journal.models import JournalEntry
from qingfeng.matters import access, guarding, sealing
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Notice
from qingfeng.matters.writing import join
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.mechanisms.report import custody, matching, telling
from qingfeng.mechanisms.report.arriving import take
from qingfeng.mechanisms.report.declaration import REPORT
from qingfeng.mechanisms.report.sample import EXTRACT, PHRASE, REACHED, REPORTER
from qingfeng.organization.models import Person, PostRole, Unit
from qingfeng.organization.people import rooms_of_ours
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


def test_an_identity_is_released_by_a_second_person_to_somebody_named_and_to_nobody_before(office):
    matter = a_story.played(office, "report", "named", steps=8)
    custodian, handler = who(office, "custodian"), office.people[PEOPLE["case_one"]]
    key_for(office, "case_one", "承办人自己的解锁口令一句")

    early = custody.release(matter, handler, 1, PHRASE, by=custodian)
    alone = perform("allow_release", matter, by=custodian, reason="x", changes={"releases": {1: {}}})
    perform("allow_release", matter, by=who(office, "deputy"), reason="限一次。",
            changes={"releases": {1: {"release_answered_on": timezone.localdate().isoformat()}}})  # fmt: skip
    done = custody.release(matter, handler, 1, PHRASE, by=custodian)

    assert isinstance(early, Refusal)
    assert alone.why == "role"
    assert isinstance(done, Done), done
    sealed = matter.sealed.get(field="identity")
    assert set(sealed.keys) == {str(handler.pk)}
    assert sealing.open_sealed(sealed, handler, "承办人自己的解锁口令一句") == f"{REPORTER}\n{REACHED}"
    acts = list(matter.story.values_list("act", flat=True))[-3:]
    assert acts == ["ask_release", "allow_release", "release"]


def test_whom_the_reporter_excludes_sees_nothing_of_report_and_clue(office):
    deputy = office.people[PEOPLE["deputy"]]
    matter = came(office, excludes=[deputy.name])
    custodian = who(office, "custodian")
    perform("accept", matter, by=custodian, facts={"is_named": True})
    perform("make_extract", matter, by=custodian, facts={"extract": EXTRACT})
    clue = perform("hand_on", matter, by=custodian).opened[0]
    case, other = a_story.in_stage(office, "case", "begun"), a_story.in_stage(office, "case", "begun")
    join(clue, case, "leads_to", at=timezone.now())
    join(clue, other, "related", at=timezone.now())
    assert access.view_of(who(office, "deputy"), clue) != ""

    away = custody.keep_away(matter, PHRASE, by=custodian)

    assert away == [deputy]
    assert not other.recusals.filter(person=deputy).exists()
    for one in (matter, clue, case):
        assert access.view_of(who(office, "deputy"), one) == ""
        assert not access.visible(who(office, "deputy")).filter(pk=one.pk).exists()
    named = perform("propose_aside", matter, by=custodian, parties={"approver": [deputy]}, reason="x",
                    facts={"why_aside": "nothing"})  # fmt: skip
    assert isinstance(named, Refusal)


def test_a_room_in_which_nobody_sits_is_kept_away_and_said_to_be(office):
    room = rooms_of_ours(timezone.localdate())[0]
    Unit.objects.filter(pk=room.pk).update(name="新设监督室")
    PostRole.objects.filter(post__unit__path__startswith=room.path).delete()
    matter = came(office, excludes=["新设监督室"])

    away = custody.keep_away(matter, PHRASE, by=who(office, "custodian"))

    assert away == [room]


def test_a_named_reporter_is_told_within_fifteen_working_days_and_a_result_starts_them_again(office):
    matter = a_story.played(office, "report", "to_the_end", steps=8)
    heard = matter.clocks.get(key="rep_named_feedback")

    assert matter.clocks.get(key="rep_named_ack").met is True
    assert (heard.started_on, heard.due_on) == (date(2025, 3, 7), date(2025, 3, 28))
    assert matter.stage == "answered"
    with time_machine.travel("2025-03-12T09:00:00+08:00", tick=False):
        closing = perform("close", matter, by=who(office, "custodian"))
    assert isinstance(closing, Refusal)


def test_personnel_acts_are_compared_in_memory_and_the_auditor_sees_a_count(office):
    came(office)
    acts = matching.lines_of(f"{REPORTER}，调离岗位，2026-11-02\n别人,提拔\n")

    found = matching.compare(acts, PHRASE, by=who(office, "custodian"))

    assert [(one.act.name, one.act.what) for one in found.warned] == [(REPORTER, "调离岗位,2026-11-02")]
    entry = JournalEntry.objects.get(kind=matching.KIND)
    assert entry.said["facts"] == {"reports": 1, "acts": 2, "warned": 1}
    assert REPORTER not in str([one.said for one in JournalEntry.objects.all()])
    notice = Notice.objects.get(kind="report_compared")
    assert PostRole.objects.filter(post__person=notice.person, role="auditor").exists()


def test_anonymity_has_no_way_back():
    """Rights 21: nothing that is asked, kept or counted could lead from an anonymous report to a person."""
    asked = (*REPORT.asks, *(field for act in REPORT.acts for field in act.asks))
    columns = tuple(field for ledger in REPORT.ledgers for field in ledger.fields)

    open_ones = {field.key for field in (*asked, *columns) if not field.sealed}

    assert open_ones == {
        "level_asked", "received_on", "channel", "is_named", "sent_up_on", "sealed_item_no", "sent_on_to",
        "sent_on_on", "word_kind", "told_on", "fed_back_on", "objection", "new_evidence", "found",
        "why_aside", "release_for", "release_asked_on", "release_answered_on", "seen_on", "form",
        "answer_by", "answered_on", "step",
    }  # fmt: skip
    assert {by for figure in REPORT.figures for by in figure.by} == {
        "channel", "stage", "light", "release_for", "form", "step",
    }  # fmt: skip


def test_an_anonymous_report_has_no_identity_to_release(office):
    matter = came(office, name="", contact="")
    perform("accept", matter, by=who(office, "custodian"), facts={"is_named": False})

    refused = custody.release(matter, Person.objects.first(), 1, PHRASE, by=who(office, "custodian"))

    assert "no identity" in str(refused.reason)


def test_what_is_not_so_has_no_field_for_a_fault_of_whoever_reported():
    """Rights 13."""
    words = ("fault", "false", "malicious", "credib", "诬", "不实", "恶意", "信誉")

    for act in REPORT.acts:
        for field in act.asks:
            said = f"{field.key} {field.term} {[key for key, _words in field.choices]}"
            assert not any(word in said for word in words), said


def test_what_is_told_through_the_counter_is_kept_as_a_day(office):
    matter = came(office)
    perform("accept", matter, by=who(office, "custodian"), facts={"is_named": True})

    done = telling.tell(matter, "question", "请补充加油的具体时间。", by=who(office, "custodian"))

    assert isinstance(done, Done)
    assert done.performance.entered == {
        "word_kind": "question", "told_on": timezone.localdate().isoformat(),
    }  # fmt: skip


def test_a_slip_that_would_name_a_source_is_refused_and_nothing_happens(office):
    """Rights 6: what goes out says what is known, not from whom; petition rooms speak to who wrote."""
    matter, step, _day = a_story.before(office, "directive", "closing", "dispatch")
    matter.facts["matter"] = "听举报人说，有关单位重复发放补助。"
    matter.save()
    before = matter.slips.count()

    refused = perform(step["act"], matter, by=who(office, step["by"]))

    assert (refused.why, "举报人" in str(refused.reason)) == ("gate", True)
    assert matter.slips.count() == before
    matter.refresh_from_db()
    assert matter.stage == "assigned"


def test_a_custodian_finds_names_in_a_document_before_it_goes_out(office):
    came(office)

    found = matching.names_in_document(f"请{REPORTER}到场。", PHRASE, by=who(office, "custodian"))

    assert found == (REPORTER,)
    entry = JournalEntry.objects.get(kind=matching.CHECKED)
    assert entry.said["facts"] == {"reports": 1, "found": 1}


@pytest.mark.parametrize(
    "look",
    [
        lambda by: matching.compare(matching.lines_of(REPORTER), PHRASE, by=by),
        lambda by: matching.names_in_document(REPORTER, PHRASE, by=by),
    ],
)
def test_a_custodian_who_is_kept_away_finds_nothing_of_a_report_by_its_names(office, look):
    """Limit 9: for somebody who is recused it does not exist, whatever their key still opens."""
    matter = came(office)
    guarding.exclude(matter, [office.people[PEOPLE["custodian"]]], "excluded")

    with pytest.raises(Problem, match="No report"):
        look(who(office, "custodian"))
