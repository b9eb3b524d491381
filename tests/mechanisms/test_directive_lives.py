"""The life of a directive through the door: extension, return, receipt from above, and what is refused."""

from contextlib import suppress
from datetime import date

import a_story
import pytest
import time_machine
from django.db import connection

from qingfeng.exchange.carrying import about
from qingfeng.exchange.correspondents import stream_of
from qingfeng.exchange.kinds import Parcel, TooLate, handler_of
from qingfeng.exchange.models import OFFICE, Correspondent, Thread
from qingfeng.journal.models import JournalEntry
from qingfeng.matters import access
from qingfeng.matters.door import perform
from qingfeng.matters.models import Notice
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db
CLOSING = "closing"


def who(office, key, on):
    return viewer_for(a_story.scene(office).person(key), on)


def attempt(office, matter, act, by, day, **sheet):
    with time_machine.travel(a_story.scene(office).at((day - a_story.NEW_YEAR_2025).days), tick=False):
        return perform(act, matter, by=who(office, by, day), **sheet)


def test_a_directive_goes_from_receipt_to_its_file_with_an_extension_and_a_return(office):
    matter = a_story.played(office, "directive", CLOSING)

    told = list(matter.story.values_list("act", flat=True))
    slips = list(matter.slips.order_by("pk").values_list("key", flat=True))
    assert matter.stage == "filed"
    assert told.count("report") == 2
    assert "return_report" in told
    assert slips == ["ticket", "chase", "extension", "return", "result"]


def meanwhile(thread):
    """Another process that takes the order back just before this one writes down what came."""
    left = [1]

    def before(execute, sql, params, many, context):
        if left[0] and sql.startswith("UPDATE") and "exchange_thread" in sql:
            left[0] = 0
            Thread.objects.filter(pk=thread.pk).update(is_over=True)
        return execute(sql, params, many, context)

    return connection.execute_wrapper(before)


def test_an_order_that_is_taken_back_while_an_answer_is_taken_in_stays_taken_back(office):
    matter, _step, day = a_story.before(office, "directive", CLOSING, "sign_for")
    below = Correspondent.objects.create(end=OFFICE, name="下级", kind="subordinate")
    said = {"from": "directive/2026-9", "to": about(matter), "opening": f"{about(matter)}#3", "facts": {}}
    thread = Thread.objects.create(stream=stream_of(below), ours=said["to"], opening=said["opening"])
    parcel = Parcel("directive_signed", said, (), below, "exchange:1:1:0", day)

    with time_machine.travel(day, tick=False), meanwhile(thread):
        handler_of(parcel.kind)(parcel)

    thread.refresh_from_db()
    assert (thread.theirs, thread.is_over) == (said["from"], True)


@pytest.mark.parametrize("kind", ["directive_signed", "came_late"])
def test_what_came_too_late_is_told_once_though_the_house_stopped_before_it_was_noted(office, kind):
    matter, _step, day = a_story.before(office, "directive", CLOSING, "sign_for")
    below = Correspondent.objects.create(end=OFFICE, name="下级", kind="subordinate")
    said = {"from": "directive/2026-9", "to": about(matter), "opening": f"{about(matter)}#3", "kind": "x"}
    held = {"ours": said["to"], "opening": said["opening"], "is_over": True}
    Thread.objects.create(stream=stream_of(below), **held)
    parcel = Parcel(kind, said, (), below, "exchange:1:1:0", day)

    for _time in range(2):
        with suppress(TooLate), time_machine.travel(day, tick=False):
            handler_of(kind)(parcel)

    told = Notice.objects.filter(matter=matter, kind="came_late").values_list("person", flat=True)
    assert len(set(told)) == len(told) > 0
    assert JournalEntry.objects.filter(kind="exchange.was_late").count() == (kind == "came_late")


def test_an_approved_extension_moves_the_inner_deadline_and_keeps_who_approved_it(office):
    matter, _step, _day = a_story.before(office, "directive", CLOSING, "list_decision")

    run = matter.clocks.get(key="internal_due")

    assert run.due_on == date(2025, 3, 12)  # day 65
    assert [one["due_on"] for one in run.earlier] == ["2025-02-25"]  # day 50
    assert run.working["extensions"][0]["approved_by"].startswith("person:")


def test_it_is_not_struck_off_without_the_superior_s_receipt(office):
    matter, _step, day = a_story.before(office, "directive", CLOSING, "record_receipt")

    answer = attempt(office, matter, "close", "deputy", day)

    assert answer.why == "gate"
    assert answer.gates == ("act_done_after:record_receipt:submit",)


def test_whoever_handled_it_does_not_review_it(office):
    matter, step, day = a_story.before(office, "directive", CLOSING, "review")

    answer = attempt(office, matter, "review", "case_one", day, facts=step["facts"])

    assert answer.why == "role"


def test_one_signature_does_not_report_it(office):
    matter, step, day = a_story.before(office, "directive", CLOSING, "report")
    scene = a_story.scene(office)

    facts = scene.meant(step["facts"], scene.person("case_one"))
    answer = attempt(office, matter, "report", "case_one", day, facts=facts)

    matter.refresh_from_db()
    assert answer.awaiting.act == "report"
    assert matter.stage == "signed_for"


def test_the_superior_sees_its_own_part_and_gives_its_own_receipt(office):
    matter, step, day = a_story.before(office, "directive", CLOSING, "record_receipt")
    superior = who(office, "superior_contact", day)

    assert access.view_of(superior, matter) == "part"
    assert step["by"] == "superior_contact"


def test_a_directive_that_is_not_ours_goes_back_to_the_register_with_its_reason(office):
    matter = a_story.played(office, "directive", "objected")

    assert matter.stage == "registered"
    assert matter.story.get(act="object").reason
    assert set(matter.clocks.filter(state="running").values_list("key", flat=True)) == {
        "upward_due",
        "assign",
    }


def test_what_the_superior_sends_back_gets_new_deadlines_both_ways(office):
    matter = a_story.played(office, "directive", "sent_back")

    runs = {run.key: run.due_on for run in matter.clocks.filter(state="running")}
    assert matter.stage == "signed_for"
    assert runs == {"internal_due": date(2025, 4, 11), "upward_due": date(2025, 4, 26)}


def test_a_directive_leads_to_accountability_and_that_to_visits_and_a_notice(office):
    directive = a_story.played(office, "directive", "proposing")

    accountability = directive.links_out.get(kind="leads_to").target
    followed = {line.kind: line.target for line in accountability.links_out.all()}
    assert accountability.stage == "filed"
    assert accountability.facts["area"] == directive.facts["area"]
    assert {kind: one.mechanism for kind, one in followed.items()} == {
        "announces": "notice",
        "followed_by": "revisit",
    }
    assert followed["followed_by"].facts["influence_ends_on"] == accountability.facts["influence_ends_on"]


def test_the_answer_on_an_extension_says_whether_the_superior_agreed(office):
    matter, _step, _day = a_story.before(office, "directive", CLOSING, "list_decision")

    assert "是否已同意顺延上报时限：否。" in str(matter.slips.get(key="extension").slip.official)
