"""The one door: what is let through, what is refused, and what it leaves behind."""

import pytest
from an_errand import an_errand, in_hand, two_handlers, unit, who

from qingfeng.matters.answers import Done, Refusal, Waiting
from qingfeng.matters.door import confirm, open_matter, perform
from qingfeng.matters.models import ClockRun, Matter, Notice, Performance

pytestmark = pytest.mark.django_db


def test_opening_gives_a_number_a_first_stage_its_clocks_and_an_entry(office):
    matter = an_errand()

    assert matter.number.startswith("差〔")
    assert (matter.stage, matter.is_open, matter.revision) == ("received", True, 1)
    assert [run.key for run in matter.clocks.all()] == ["take_up"]
    assert matter.due_on is not None
    assert matter.story.get().entry.kind == "matter.open"
    assert matter.facts == {"matter": "核对公务用车台账", "amount": "1200.50"}


def test_numbers_run_without_gaps_and_a_refusal_takes_none(office):
    first = an_errand()
    refused = open_matter(
        "errand",
        by=who("registrar"),
        title="",
        owner=unit("办公室"),
        facts={"matter": "x"},
        parties={"receiver": [unit("区教育局")]},
    )
    second = an_errand()

    assert isinstance(refused, Refusal)
    assert int(second.slug[-3:]) == int(first.slug[-3:]) + 1


def test_a_missing_field_is_told_beside_it_and_nothing_is_written(office):
    refused = open_matter(
        "errand",
        by=who("registrar"),
        title="核对",
        owner=unit("办公室"),
        facts={},
        parties={"receiver": [unit("区教育局")]},
    )

    assert refused.why == "facts"
    assert set(refused.errors) == {"matter"}
    assert Matter.objects.count() == 0


def test_an_act_moves_the_stage_and_changes_the_clocks(office):
    matter, _handlers = in_hand()

    assert matter.stage == "in_hand"
    assert {run.key: run.state for run in matter.clocks.all()} == {"take_up": "stopped", "handle": "running"}
    assert matter.clocks.get(key="take_up").met is True


def test_who_has_no_part_is_refused_and_whoever_may_not_see_finds_nothing(office):
    matter, _handlers = in_hand()

    by_registrar = perform("report", matter, by=who("registrar"), facts={"result": "完成"})
    by_contact_elsewhere = perform(
        "report", matter, by=who("unit_contact", in_unit="区住建局"), facts={"result": "完成"}
    )

    assert by_registrar.why == "role"
    assert by_contact_elsewhere.why == "absent"


def test_an_act_from_the_wrong_stage_says_which_stage_it_is(office):
    matter = an_errand()

    refused = perform("report", matter, by=who("registrar"), facts={"result": "完成"})

    assert refused.why == "stage"
    assert "Received" in str(refused.reason)


def test_two_handlers_are_named_or_the_act_is_refused(office):
    matter = an_errand()
    one = two_handlers()[0]

    refused = perform("dispatch", matter, by=who("registrar"), parties={"handler": [one.person_id]})

    assert refused.why == "facts"
    assert set(refused.errors) == {"handler"}


def test_the_same_request_twice_acts_once(office):
    matter, handlers = in_hand()

    first = perform("note", matter, by=handlers[0], facts={"what": "已联系"}, key="k1")
    again = perform("note", matter, by=handlers[0], facts={"what": "已联系"}, key="k1")

    assert (first.again, again.again) == (False, True)
    assert first.performance == again.performance
    assert matter.story.filter(act="note").count() == 1


def test_a_key_that_was_used_for_another_act_is_refused(office):
    matter, handlers = in_hand()
    perform("note", matter, by=handlers[0], facts={"what": "已联系"}, key="k1")

    refused = perform("report", matter, by=handlers[0], facts={"result": "完成"}, key="k1")

    assert refused.why == "key"


def test_whoever_acts_on_an_old_page_is_told_what_changed(office):
    matter, handlers = in_hand()
    seen = matter.revision
    perform("note", matter, by=handlers[0], facts={"what": "已联系"}, seen=seen)

    refused = perform("note", matter, by=handlers[1], facts={"what": "也联系了"}, seen=seen)

    assert refused.why == "conflict"
    assert [one.act for one in refused.changed] == ["note"]


def test_a_gate_that_does_not_hold_says_what_is_missing(office):
    matter, handlers = in_hand()
    perform("promise", matter, by=handlers[0], lines={"promises": [{"text": "补齐台账"}]})

    refused = perform("report", matter, by=handlers[0], facts={"result": "完成"})
    kept = perform("keep", matter, by=handlers[0], facts={"line": 1})
    let_through = perform("report", matter, by=handlers[0], facts={"result": "完成"})

    assert (refused.why, refused.reason) == ("gate", "A promise has not been kept.")
    assert isinstance(kept, Done)
    assert let_through.matter.stage == "reported"


def test_a_ledger_line_keeps_its_due_day_and_its_state(office):
    matter, handlers = in_hand()

    perform("promise", matter, by=handlers[0], lines={"promises": [{"text": "补齐", "due_on": "2026-12-01"}]})

    line = matter.lines.get()
    assert (line.no, line.state, str(line.due_on), line.is_done) == (1, "owed", "2026-12-01", False)


def test_a_promise_without_a_line_is_refused(office):
    matter, handlers = in_hand()

    refused = perform("promise", matter, by=handlers[0])

    assert refused.why == "facts"
    assert set(refused.errors) == {"promises"}


def test_an_act_with_two_signatures_happens_when_the_second_signs(office):
    from qingfeng.documents.attachments import keep

    matter, handlers = in_hand()
    proof = keep("完成情况说明\n".encode(), "说明.txt", by=_account(handlers[0]))
    perform("report", matter, by=handlers[0], facts={"result": "完成", "proof": [proof.pk]})
    first, other = who("dept_head", in_unit="办公室"), who("deputy")

    waiting = perform("close", matter, by=first)
    alone = confirm(waiting.awaiting, by=first)
    done = confirm(waiting.awaiting, by=other)

    assert isinstance(waiting, Waiting)
    assert matter.__class__.objects.get(pk=matter.pk).stage == "closed"
    assert alone.why == "separation"
    assert isinstance(done, Done)
    assert done.performance.second_id == other.person_id
    assert not done.matter.is_open


def test_a_file_that_somebody_else_brought_cannot_be_attached(office):
    from qingfeng.documents.attachments import keep

    matter, handlers = in_hand()
    foreign = keep("别人的材料\n".encode(), "材料.txt", by=_account(handlers[1]))

    refused = perform("report", matter, by=handlers[0], facts={"result": "完成", "proof": [foreign.pk]})

    assert refused.why == "facts"


def test_a_handler_does_not_approve_even_as_head(office):
    matter = an_errand()
    head = who("dept_head", in_unit="办公室")
    other = two_handlers()[0]
    perform("dispatch", matter, by=who("registrar"), parties={"handler": [head.person_id, other.person_id]})

    refused = perform("extend", matter, by=head, facts={"days": 10}, reason="材料多")

    assert refused.why == "separation"


def test_an_extension_keeps_the_old_working_and_may_not_go_too_far(office):
    matter, _handlers = in_hand()
    before = matter.clocks.get(key="handle").due_on
    head = who("dept_head", in_unit="办公室")

    perform("extend", matter, by=head, facts={"days": 20}, reason="涉及单位多")
    refused = perform("extend", matter, by=head, facts={"days": 20}, reason="还是多")

    run = matter.clocks.get(key="handle")
    assert run.due_on > before
    assert len(run.earlier) == 1
    assert refused.why == "facts"


def test_a_pause_lets_the_clock_stand_still(office):
    matter, handlers = in_hand()

    perform("pause", matter, by=handlers[0], reason="等待鉴定")
    paused = matter.clocks.get(key="handle")
    perform("go_on", matter, by=handlers[0])

    assert (paused.state, paused.due_on) == ("paused", None)
    assert matter.clocks.get(key="handle").state == "running"


def test_whoever_is_named_is_told_without_content(office):
    _matter, handlers = in_hand()

    told = Notice.objects.filter(person_id=handlers[0].person_id)

    assert [(one.kind, one.facts) for one in told] == [("named", {"role": "handler"})]


def test_an_act_of_a_clock_is_not_a_persons(office):
    matter = an_errand()

    refused = perform("expire", matter, by=who("registrar"))

    assert refused.why in {"role", "stage"}
    assert ClockRun.objects.filter(matter=matter, state="running").exists()


def test_the_entry_of_an_act_names_no_person_and_none_of_what_was_entered(office):
    matter, handlers = in_hand()

    done = perform("note", matter, by=handlers[0], facts={"what": "联系了张三丰"})

    body = bytes(Performance.objects.get(pk=done.performance.pk).entry.body).decode()
    assert "张三丰" not in body
    assert "person:" in body


def _account(viewer):
    from qingfeng.organization.models import Account

    return Account.objects.get(pk=viewer.account_id)
