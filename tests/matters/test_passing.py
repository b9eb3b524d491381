"""Handing over, standing in, acts on paper, meetings, sealed fields, taking over, clocks by themselves."""

import io
from datetime import timedelta

import pytest
import time_machine
from an_errand import ERRAND, an_errand, in_hand, two_handlers, unit, who
from django.utils import timezone
from django.utils.translation import override
from openpyxl import load_workbook

from qingfeng.matters import access, keeping, meetings, passing_on, sealing, takeover, ticking
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.key_models import Sealed
from qingfeng.matters.models import Matter, Notice
from qingfeng.matters.sheets import Paper
from qingfeng.organization.models import Account, Person, StandIn
from qingfeng.organization.viewer import viewer_for
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """Refusals are read in the words of the source."""
    with override("en"):
        yield


def test_every_open_part_is_handed_over_and_the_story_says_so(office):
    matter, handlers = in_hand()
    giver = Person.objects.get(pk=handlers[0].person_id)
    to = Person.objects.get(number="Y0803")

    told = passing_on.hand_over(giver, to, by=handlers[0], reason="调任")

    assert told.passed == (matter.number,)
    assert matter.parties.filter(person=to, role="handler", until_at=None).exists()
    assert not access.part_in(handlers[0], matter, ERRAND.act("note"))
    assert matter.story.last().act == "kernel.hand_over"


def test_what_a_recusal_forbids_stays_where_it_was_and_says_why(office):
    matter, handlers = in_hand(parties={"subject_unit": [unit("区农业农村局")]})
    to = Person.objects.get(number="Y0902")  # held office there

    told = passing_on.hand_over(
        Person.objects.get(pk=handlers[0].person_id), to, by=handlers[0], reason="调任"
    )

    assert told.passed == ()
    assert told.kept[0][0] == matter.number


def test_who_stands_in_acts_under_both_names(office):
    matter, handlers = in_hand()
    stand_in = Person.objects.get(number="Y0803")
    today = timezone.localdate()
    StandIn.objects.create(
        principal_id=handlers[0].person_id,
        stand_in=stand_in,
        kinds=["errand"],
        from_on=today,
        until_on=today + timedelta(days=5),
        reason="出差",
        approved_by=Person.objects.get(number="Y0002"),
    )

    done = perform("note", matter, by=viewer_for(stand_in), facts={"what": "代为联系"})

    assert isinstance(done, Done)
    assert (done.performance.by_id, done.performance.for_person_id) == (stand_in.pk, handlers[0].person_id)


def test_nobody_stands_in_for_other_kinds_of_matter(office):
    matter, handlers = in_hand()
    stand_in = Person.objects.get(number="Y0803")
    today = timezone.localdate()
    StandIn.objects.create(
        principal_id=handlers[0].person_id,
        stand_in=stand_in,
        kinds=["directive"],
        from_on=today,
        until_on=today + timedelta(days=5),
        reason="出差",
        approved_by=Person.objects.get(number="Y0002"),
    )

    refused = perform("note", matter, by=viewer_for(stand_in), facts={"what": "代为联系"})

    assert refused.why == "absent"


def test_an_act_on_paper_shows_the_signer_and_counts_from_the_day_of_signing(office):
    from qingfeng.documents.attachments import keep

    matter, _handlers = in_hand()
    head, clerk = who("dept_head", in_unit="办公室"), who("registrar", in_unit="办公室")
    scan = keep("签批单扫描\n".encode(), "签批.txt", by=Account.objects.get(pk=clerk.account_id))
    signed_on = timezone.localdate()

    without = perform(
        "extend", matter, by=clerk, facts={"days": 10}, reason="多", paper=Paper(head.person_id, signed_on)
    )
    done = perform(
        "extend",
        matter,
        by=clerk,
        facts={"days": 10},
        reason="多",
        paper=Paper(head.person_id, signed_on),
        files={"paper": [scan.pk]},
    )

    assert set(without.errors) == {"paper"}
    assert done.performance.on_paper
    assert (done.performance.by_id, done.performance.for_person_id) == (clerk.person_id, head.person_id)


def test_paper_helps_nobody_whose_signature_would_not_count(office):
    matter, handlers = in_hand()

    refused = perform(
        "extend",
        matter,
        by=who("registrar", in_unit="办公室"),
        facts={"days": 10},
        reason="多",
        paper=Paper(handlers[1].person_id, timezone.localdate()),
    )

    assert refused.why == "role"


def test_a_meeting_decides_matters_one_by_one_and_only_with_minutes(office):
    from qingfeng.documents.attachments import keep

    matter, handlers = in_hand()
    proof = keep("说明\n".encode(), "说明.txt", by=Account.objects.get(pk=handlers[0].account_id))
    perform("report", matter, by=handlers[0], facts={"result": "完成", "proof": [proof.pk]})
    secretary = who("dept_head", in_unit="办公室")
    chair = Person.objects.get(number="Y0001")
    meeting = meetings.call_meeting(
        by=secretary,
        name="第3次常委会",
        held_on=timezone.localdate(),
        chair=chair,
        agenda=[(matter, "close")],
    )

    early = meetings.decide(meeting, {matter.pk: {}}, by=secretary)
    two = meetings.minute(meeting, by=secretary, attendance=[(chair.pk, "voted")], minutes="同意")
    voters = list(Person.objects.filter(number__in=["Y0001", "Y0002", "Y0003"]))
    meetings.minute(
        meeting, by=secretary, attendance=[(one.pk, "voted") for one in voters], minutes="同意销号"
    )
    said = meetings.decide(meeting, {matter.pk: {}}, by=secretary)

    assert early[0][1].why == "gate"
    assert two.why == "facts"
    assert said[0][1]  # it waits for the second signature that the act asks for
    assert (
        meetings.call_meeting(
            by=secretary, name="x", held_on=timezone.localdate(), chair=chair, agenda=[(matter, "return")]
        ).why
        == "role"
    )


def test_a_sealed_value_opens_to_its_holders_only_and_not_without_the_phrase(office):
    one, other = (Person.objects.get(pk=viewer.person_id) for viewer in two_handlers())
    matter, _ = in_hand()
    sealing.make_key(one, "correct horse battery")
    from qingfeng.matters.vocabulary import Field

    field = Field("wish", "Wish", sealed=True, holders=("handler",))
    sealing.seal(matter, matter.story.last(), [field], {"wish": "想调整岗位"})
    sealed = Sealed.objects.get()

    assert sealing.open_sealed(sealed, one, "correct horse battery") == "想调整岗位"
    with pytest.raises(Problem, match="phrase"):
        sealing.open_sealed(sealed, one, "wrong phrase entirely")
    with pytest.raises(Problem, match="not sealed to you"):
        sealing.open_sealed(sealed, other, "whatever it may be")
    assert "想调整岗位".encode() not in bytes(sealed.box)


def test_a_changed_byte_of_a_sealed_value_is_noticed(office):
    one = Person.objects.get(pk=two_handlers()[0].person_id)
    matter, _ = in_hand()
    sealing.make_key(one, "correct horse battery")
    from qingfeng.matters.vocabulary import Field

    sealing.seal(
        matter, matter.story.last(), [Field("w", "W", sealed=True, holders=("handler",))], {"w": "甲"}
    )
    sealed = Sealed.objects.get()
    sealed.box = bytes(sealed.box)[:-1] + bytes([bytes(sealed.box)[-1] ^ 1])
    sealed.save()

    with pytest.raises(Problem, match="changed"):
        sealing.open_sealed(sealed, one, "correct horse battery")


def test_a_phrase_can_be_changed_and_a_value_handed_on(office):
    one, other = (Person.objects.get(pk=viewer.person_id) for viewer in two_handlers())
    matter, _ = in_hand()
    key = sealing.make_key(one, "correct horse battery")
    from qingfeng.matters.vocabulary import Field

    sealing.seal(
        matter, matter.story.last(), [Field("w", "W", sealed=True, holders=("handler",))], {"w": "甲"}
    )
    sealing.make_key(other, "another long phrase")
    sealing.change_phrase(key, "correct horse battery", "a new phrase for it")
    sealed = Sealed.objects.get()
    sealing.add_holder(sealed, by=one, phrase="a new phrase for it", to=other)

    assert sealing.open_sealed(Sealed.objects.get(), other, "another long phrase") == "甲"


def a_sheet(*rows, lines=()):
    book = load_workbook(io.BytesIO(takeover.template_of(ERRAND)))
    keys = [cell.value.rpartition("[")[2].rstrip("]") for cell in book["事项"][1]]
    for row in rows:
        book["事项"].append([row.get(key) for key in keys])
    for line in lines:
        keys = [cell.value.rpartition("[")[2].rstrip("]") for cell in book["promises"][1]]
        book["promises"].append([line.get(key) for key in keys])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


OLD = {
    "number": "老〔2025〕7号",
    "title": "老事项",
    "owner": "办公室",
    "stage": "办理中",
    "opened_on": "2026-10-12",
    "in_stage_since": "2026-10-20",
    "matter": "沿用纸质台账",
    "role.handler": "卫东流、霍青山",
    "role.receiver": "区教育局",
}


def test_matters_under_way_are_taken_over_with_past_dates_and_their_clocks(office):
    data = a_sheet(OLD, lines=[{"number": OLD["number"], "text": "补齐", "state": "Owed"}])

    plan = takeover.preview("errand", data)
    batch = takeover.take_over("errand", plan, by=who("registrar"), file_name="台账.xlsx")

    matter = Matter.objects.get(number="老〔2025〕7号")
    assert plan.rejects == ()
    assert (matter.taken_over, matter.stage, str(matter.opened_on)) == (True, "in_hand", "2026-10-12")
    assert str(matter.clocks.get(key="handle").started_on) == "2026-10-20"
    assert matter.lines.get().facts["text"] == "补齐"
    assert matter.parties.filter(role="handler").count() == 2
    assert not Notice.objects.exists()
    assert batch.matters.count() == 1


def test_rows_that_do_not_fit_are_named_with_row_column_and_reason(office):
    bad = {
        **OLD,
        "number": "老2",
        "owner": "不存在的单位",
        "stage": "飞了",
        "opened_on": "某天",
        "role.handler": "无此人",
    }

    plan = takeover.preview("errand", a_sheet(OLD, bad))

    assert {one.column for one in plan.rejects} == {"owner", "stage", "opened_on", "role.handler"}
    assert {one.row for one in plan.rejects} == {3}
    assert [row.number for row in plan.rows] == ["老〔2025〕7号"]


def test_a_batch_is_withdrawn_while_nobody_has_acted_and_its_numbers_are_free_again(office):
    plan = takeover.preview("errand", a_sheet(OLD))
    batch = takeover.take_over("errand", plan, by=who("registrar"), file_name="台账.xlsx")

    withdrawn = takeover.withdraw_batch(batch, by=who("registrar"), reason="导错文件")
    again = takeover.preview("errand", a_sheet(OLD))

    assert withdrawn.withdrawn_at is not None
    assert len(again.rows) == 1


def test_a_batch_somebody_has_acted_on_stays(office):
    plan = takeover.preview("errand", a_sheet(OLD))
    batch = takeover.take_over("errand", plan, by=who("registrar"), file_name="台账.xlsx")
    matter = Matter.objects.get(taken_over=True)
    keeping.correct(matter, 1, {"amount": "3"}, by=who("registrar"), reason="改")
    perform("note", matter, by=viewer_for(Person.objects.get(name="卫东流")), facts={"what": "已办"})

    refused = takeover.withdraw_batch(batch, by=who("registrar"), reason="导错")

    assert refused.why == "conflict"


def test_a_fact_that_was_taken_over_can_be_corrected(office):
    plan = takeover.preview("errand", a_sheet(OLD))
    takeover.take_over("errand", plan, by=who("registrar"), file_name="台账.xlsx")
    matter = Matter.objects.get(taken_over=True)

    done = keeping.correct(matter, 1, {"matter": "改后的事项"}, by=who("registrar"), reason="抄录有误")

    assert done.matter.facts["matter"] == "改后的事项"
    assert done.performance.entered["old"] == {"matter": OLD["matter"]}


def test_a_file_that_is_no_workbook_is_refused_in_words(office):
    with pytest.raises(Problem, match="not a workbook"):
        takeover.preview("errand", b"not a workbook")


def test_reminders_go_out_once_and_up_the_line_when_overdue(office):
    matter, handlers = in_hand()
    due = matter.clocks.get(key="handle").due_on
    Notice.objects.all().delete()

    with time_machine.travel(
        timezone.make_aware(timezone.datetime(due.year, due.month, due.day, 10)) + timedelta(days=1)
    ):
        first, again = ticking.tick(), ticking.tick()

    kinds = set(
        Notice.objects.filter(matter=matter, person_id=handlers[0].person_id).values_list("kind", flat=True)
    )
    assert first > 0
    assert again == 0
    assert {"yellow", "due", "overdue"} <= kinds
    assert Notice.objects.filter(kind="escalated").exists()


def test_what_an_office_bears_goes_first_to_those_who_hold_it_over_the_owning_unit(office):
    matter, head = an_errand(), ERRAND.role("head")
    in_charge = {office.people[number].pk for number in ("Y0101", "Y0005")}

    owned_by_a_room = ticking.bearers(matter, head)
    matter.owner = unit("技术室")
    owned_by_nobodys_room = ticking.bearers(matter, head)

    assert owned_by_a_room == in_charge
    assert owned_by_nobodys_room > in_charge


def test_an_errand_is_opened_by_a_registrar_only(office):
    from qingfeng.matters.door import open_matter

    refused = open_matter("errand", by=who("handler"), title="x", owner=unit("办公室"), facts={"matter": "x"})

    assert refused.why == "role"
    assert an_errand().stage == "received"
