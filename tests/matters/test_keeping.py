"""What every matter can do: correct, void, withdraw, reopen, merge, split, link, move."""

from dataclasses import replace

import pytest
from an_errand import ERRAND, an_errand, in_hand, unit, who

from qingfeng.matters import keeping
from qingfeng.matters.answers import Done
from qingfeng.matters.checks import versions_are_kept
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import forget, register
from qingfeng.matters.vocabulary import Field, Stage

pytestmark = pytest.mark.django_db


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


def test_a_correction_keeps_old_and_new_value_and_the_reason(office):
    matter = an_errand()

    done = keeping.correct(matter, 1, {"amount": "1300"}, by=who("registrar"), reason="录入有误")

    assert isinstance(done, Done)
    assert fresh(matter).facts["amount"] == "1300.00"
    told = matter.story.last()
    assert told.entered == {"of": 1, "old": {"amount": "1200.50"}, "new": {"amount": "1300.00"}}
    assert told.reason == "录入有误"


def test_a_correction_of_a_due_day_counts_its_clock_again(office):
    matter = an_errand(facts={"upward_due_on": "2026-12-20"})

    keeping.correct(matter, 1, {"upward_due_on": "2026-12-31"}, by=who("registrar"), reason="来文日期看错")

    run = matter.clocks.get(key="upward")
    assert str(run.due_on) == "2026-12-31"
    assert run.earlier[0]["due_on"] == "2026-12-20"


def test_a_correction_without_a_reason_is_refused(office):
    matter = an_errand()

    refused = keeping.correct(matter, 1, {"amount": "1300"}, by=who("registrar"), reason=" ")

    assert refused.why == "facts"


def test_whoever_does_not_keep_a_matter_cannot_correct_it(office):
    matter, handlers = in_hand()

    refused = keeping.correct(matter, 1, {"amount": "1"}, by=handlers[1], reason="改")

    assert refused.why == "role"


def test_a_void_matter_keeps_its_number_and_lets_nothing_happen(office):
    matter = an_errand()

    keeping.void(matter, by=who("registrar"), reason="重复登记")
    refused = perform("dispatch", matter, by=who("registrar"), parties={"handler": []})

    assert fresh(matter).number == matter.number
    assert not matter.clocks.filter(state="running").exists()
    assert refused.why == "standing"


def test_a_matter_withdrawn_by_mistake_is_reopened_with_its_clocks(office):
    matter, _handlers = in_hand()
    keeping.withdraw(matter, by=who("registrar"), reason="撤")

    done = keeping.reopen(matter, by=who("registrar"), reason="撤回有误")

    assert (done.matter.stage, done.matter.is_open) == ("in_hand", True)
    assert matter.clocks.filter(key="handle", state="running").count() == 1


def test_a_closed_matter_is_reopened_in_the_stage_before_its_end(office):
    matter, handlers = closed()

    done = keeping.reopen(matter, by=who("dept_head", in_unit="办公室"), reason="发现新情况")

    assert done.matter.stage == "reported"
    assert handlers


def closed():
    from qingfeng.documents.attachments import keep
    from qingfeng.matters.door import confirm
    from qingfeng.organization.models import Account

    matter, handlers = in_hand()
    proof = keep("情况说明\n".encode(), "说明.txt", by=Account.objects.get(pk=handlers[0].account_id))
    perform("report", matter, by=handlers[0], facts={"result": "完成", "proof": [proof.pk]})
    waiting = perform("close", matter, by=who("dept_head", in_unit="办公室"))
    confirm(waiting.awaiting, by=who("deputy"))
    return fresh(matter), handlers


def test_merging_takes_open_lines_along_and_points_on(office):
    target, _ = in_hand()
    matter, handlers = in_hand()
    perform("promise", matter, by=handlers[0], lines={"promises": [{"text": "补齐"}]})

    keeping.merge(matter, target, by=who("registrar"), reason="同一事项")

    assert fresh(matter).standing == "merged"
    assert fresh(matter).merged_into == target
    assert [line.facts["text"] for line in target.lines.all()] == ["补齐"]
    assert target.links_in.get().kind == "merged"


def test_a_split_takes_the_named_lines_and_running_clocks_along(office):
    matter, handlers = in_hand()
    perform("promise", matter, by=handlers[0], lines={"promises": [{"text": "甲"}, {"text": "乙"}]})

    done = keeping.split(
        matter, title="乙事项", lines={"promises": [2]}, by=who("registrar"), reason="两件事"
    )

    new = done.opened[0]
    assert [line.facts["text"] for line in new.lines.all()] == ["乙"]
    assert new.clocks.get(key="handle").due_on == matter.clocks.get(key="handle").due_on
    assert matter.lines.get(no=2).facts["moved_to"] == new.number
    assert new.number != matter.number


def test_a_link_can_be_taken_away_and_its_line_stays(office):
    one, other = an_errand(), an_errand()
    keeping.link(one, other, "see_also", by=who("registrar"), reason="相关")

    keeping.unlink(one, one.links_out.get(), by=who("registrar"), reason="不相关")

    assert one.links_out.get().until_at is not None


@pytest.fixture
def newer():
    """The errand, one version on: a stage renamed, a field more."""
    stages = tuple(
        Stage("taken", "Taken in", "收件") if one.key == "received" else one for one in ERRAND.stages
    )
    acts = tuple(
        replace(act, from_=tuple("taken" if key == "received" else key for key in act.from_))
        for act in ERRAND.acts
    )
    made = replace(
        ERRAND,
        version=2,
        stages=stages,
        acts=acts,
        asks=(*ERRAND.asks, Field("place", "Place", needed=False)),
        moves={1: {"received": "taken"}},
    )
    register(made)
    yield made
    forget(made)


def test_a_matter_stays_on_its_version_until_it_is_moved(office, newer):
    forget(newer)
    matter = an_errand()
    register(newer)

    plan = keeping.preview_move(matter)
    still = perform("dispatch", matter, by=who("registrar"), parties={"handler": []})
    done = keeping.move(matter, by=who("registrar"), reason="启用新版")

    assert plan.stage == ("received", "taken")
    assert plan.digests == (ERRAND.digest, newer.digest)
    assert still.why == "facts"  # the old declaration answers
    assert (done.matter.version, done.matter.stage) == (2, "taken")
    assert matter.story.last().entry.said["facts"]["to_digest"] == newer.digest


def test_a_declaration_that_changed_under_its_matters_is_an_error_at_start(office):
    an_errand()
    forget(ERRAND)
    changed = replace(ERRAND, term="别的差事", asks=())
    register(changed)

    found = versions_are_kept()

    forget(changed)
    register(ERRAND)
    assert [one.id for one in found] == ["matters.E011"]


def test_a_version_that_open_matters_stand_on_may_not_be_taken_away(office):
    an_errand()
    forget(ERRAND)

    found = versions_are_kept()

    register(ERRAND)
    assert [one.id for one in found] == ["matters.E010"]
    assert "v1.py" in found[0].hint


def test_the_unit_it_is_owned_by_decides_who_keeps_it(office):
    matter = an_errand()

    assert keeping.may_keep(who("dept_head", in_unit="办公室"), matter)
    assert not keeping.may_keep(who("dept_head", in_unit="信访室"), matter)
    assert unit("办公室") == matter.owner
