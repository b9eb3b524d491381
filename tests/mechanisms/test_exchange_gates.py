"""What blocks an exchange: refused without it, allowed with it; what the records themselves say (M30)."""

from dataclasses import replace
from datetime import timedelta

import a_life
import a_story
import pytest
from django.utils import timezone

from qingfeng.desk.models import FeedAddress
from qingfeng.matters import access
from qingfeng.matters.key_models import KeyShare, Sealed
from qingfeng.matters.models import LedgerLine
from qingfeng.matters.sealing import make_key
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.exchange import drawing, joining
from qingfeng.mechanisms.exchange.declaration import EXCHANGE
from qingfeng.organization.declarations import declare_relation
from qingfeng.organization.people import appoint, end_post
from qingfeng.organization.viewer import viewer_for


def entering(act, case="closed", **others):
    return a_life.entering("exchange", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("exchange", act, seen)


def test_from_and_to_are_two_units():
    gate = EXCHANGE.gates[0]
    seen = a_life.entering("exchange", "closed", "study")
    same = a_life.with_fact(seen, to_unit=seen.facts["from_unit"])

    assert gate.key == "elsewhere"
    assert (gate.holds(seen), gate.holds(same)) == (True, False)


def test_recusal_is_asked_about_whenever_somebody_is_named():
    seen = entering("choose", "handing")

    assert unmet("choose", seen) == []
    assert unmet("choose", a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]


def test_somebody_is_named_before_they_are_studied_and_studied_before_the_meeting():
    study, propose = entering("study"), entering("propose")
    nobody = replace(study, parties=tuple(one for one in study.parties if one.role != "subject_planned"))

    assert (unmet("study", study), unmet("propose", propose)) == ([], [])
    assert unmet("study", nobody) == ["named:subject_planned"]
    assert unmet("propose", a_life.without_act(propose, "study")) == ["act_done:study"]


def test_what_was_studied_of_one_is_never_read_by_another_who_moves_instead():
    studied = a_life.with_entered(entering("propose", "handing"), recusal_checked=True)
    same = a_life.with_entered(studied, subject_planned=list(studied.persons("subject_planned")))
    other = a_life.with_entered(studied, subject_planned=[987])

    assert unmet("choose", studied) == unmet("choose", same) == []
    assert unmet("choose", other) == ["study_is_theirs"]
    assert unmet("choose", a_life.without_act(other, "study")) == []


@pytest.mark.parametrize("act", ["propose", "approve"])
def test_nobody_moves_to_where_they_would_be_recused(act):
    assert unmet(act, a_life.with_entered(entering(act), conflicts=1)) == ["no_conflict"]


def test_nobody_is_moved_without_a_talk_and_whoever_prepares_it_does_not_approve_it():
    seen = entering("approve")

    assert unmet("approve", seen) == []
    assert unmet("approve", a_life.without_act(seen, "talk")) == ["act_done:talk"]
    assert EXCHANGE.act("approve").not_by == ("organizer",)


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ({"what_kind": "matter", "successor": 5, "handed_on": "2025-02-01"}, []),
        ({"what_kind": "matter", "handed_on": "2025-02-01"}, ["handed_fits"]),
        ({"what_kind": "matter", "successor": 5}, ["handed_fits"]),
        ({"what_kind": "key", "handed_on": "2025-02-01"}, []),
    ],
)
def test_what_is_handed_over_has_its_day_and_a_matter_its_successor(line, held):
    assert unmet("hand", a_life.with_entered(entering("hand"), handing=[line])) == held


def test_nobody_takes_over_from_themselves():
    seen = entering("hand")
    own = {"what_kind": "matter", "successor": seen.persons("subject_moved")[0], "handed_on": "2025-02-01"}

    assert unmet("hand", a_life.with_entered(seen, handing=[own])) == ["not_to_oneself"]


@pytest.mark.parametrize(
    ("told", "held"),
    [({"parts_left": 1}, ["nothing_left"]), ({"old_post_active": True}, ["old_post_ended"]),
     ({"new_post": False}, ["new_post_there"])],
)  # fmt: skip
def test_nobody_arrives_with_something_left_behind(told, held):
    seen = entering("arrive")

    assert unmet("arrive", seen) == []
    assert unmet("arrive", a_life.with_entered(seen, **told)) == held


def test_nobody_arrives_before_everything_on_the_list_is_handed_over():
    seen = entering("arrive")
    line = ("listed", {"what_kind": "key", "what": "钥匙"}, 0)

    assert unmet("arrive", a_life.with_lines(seen, "handing", line)) == ["ledger_done:handing"]
    assert unmet("arrive", a_life.with_lines(seen, "handing")) == ["ledger_has:handing"]


@pytest.mark.django_db
def test_a_relative_in_the_new_unit_is_found_and_colleagues_are_none(office):
    mover, there = office.people["Y1402"], office.people["Y0402"]
    unit = office.units["党风室"]
    before = joining.conflicts_in(mover, unit.pk)

    declare_relation(mover, kind="sibling", other=there, by=None)

    assert before == 0
    assert joining.conflicts_in(mover, unit.pk) == 1
    assert joining.conflicts_in(office.people["Y0403"], unit.pk) == 0


@pytest.mark.django_db
def test_the_list_is_drawn_from_what_is_in_their_hands_and_arrival_waits_for_the_records(office):
    course = a_story.played(office, "course", "dropped", steps=1)
    exchange = a_story.played(office, "exchange", "dropped", steps=1)
    mover = office.people["Y0403"]
    drawn = {line["what"] for line in drawing.drawn(exchange, None).lines["handing"]}
    before = joining.left(exchange, None).told
    last_day = timezone.localdate() - timedelta(days=1)

    end_post(mover.posts.get(until_on=None), last_day, by=None)
    appoint(mover, office.units["二室"], title="科员", roles=["handler"], from_on=last_day, by=None)
    after = joining.left(exchange, None).told

    assert drawn == {course.number, "承办人 · 党风室"}
    assert before == {"parts_left": 1, "old_post_active": True, "new_post": False, "sealed_alone": 0}
    assert after == {"parts_left": 1, "old_post_active": False, "new_post": True, "sealed_alone": 0}


@pytest.mark.django_db
def test_duties_with_a_day_on_matters_of_others_and_subscriptions_are_listed_too(office):
    exchange = a_story.played(office, "exchange", "dropped", steps=1)
    mover = office.people["Y0403"]
    before = [one for one in drawing.drawn(exchange, None).lines["handing"] if one["what_kind"] == "duty"]
    FeedAddress.objects.create(person=mover, digest="d", made_at=timezone.now())
    force = a_story.played(office, "task_force", "dissolved", steps=0)
    for no, who in enumerate((mover, office.people["Y0402"]), start=1):
        LedgerLine.objects.create(
            matter=force, ledger="tasks", no=no, state="given", facts={"who": who.pk},
            due_on=timezone.localdate(), entered_at=timezone.now(), changed_at=timezone.now(),
        )  # fmt: skip
    lines = drawing.drawn(exchange, None).lines["handing"]

    assert before == []
    assert [one["what"] for one in lines if one["what_kind"] == "duty"] == [f"{force.number} 任务分工表 1"]
    assert [one["what_kind"] for one in lines].count("subscription") == 1


@pytest.mark.django_db
def test_whoever_leaves_the_house_is_asked_for_what_is_their_own_and_only_they_say(office):
    exchange = a_story.played(office, "exchange", "closed", steps=0)
    asked = [one for one in drawing.drawn(exchange, None).lines["handing"] if one["what_kind"] == "own"]
    exchange.facts = {**exchange.facts, "direction": "rooms"}
    within = [one for one in drawing.drawn(exchange, None).lines["handing"] if one["what_kind"] == "own"]
    seen, mover = entering("hand"), a_life.IDS["case_head"]
    line = {"what_kind": "own", "what": "本人资料", "handed_on": "2025-02-08"}
    entered = a_life.with_entered(seen, handing=[line])

    assert (len(asked), within) == (1, [])
    assert unmet("hand", replace(entered, actor=a_life.IDS["org_head"])) == ["own_by_themselves"]
    assert unmet("hand", replace(entered, actor=mover)) == []


@pytest.mark.django_db
def test_what_only_one_can_open_is_listed_and_nobody_arrives_before_it_is_sealed_to_another(office):
    exchange = a_story.played(office, "exchange", "dropped", steps=1)
    mover, other = office.people["Y0403"], office.people["Y0402"]
    key = make_key(mover, "交接之前本人自己记住的一句话")
    sealed = Sealed.objects.create(matter=exchange, field="note", box=b"x", keys={str(mover.pk): "k"})
    KeyShare.objects.create(key=key, holder=mover, box=b"x", made_at=timezone.now())
    listed = {line["what"] for line in drawing.drawn(exchange, None).lines["handing"]}
    before = joining.left(exchange, None).told["sealed_alone"]

    sealed.keys = {**sealed.keys, str(other.pk): "k"}
    sealed.save()

    assert listed >= {"仅本人可开启的密封内容 1 项", "保管的备用密钥 1 份"}
    assert (before, joining.left(exchange, None).told["sealed_alone"]) == (1, 0)
    seen = entering("arrive")
    assert unmet("arrive", a_life.with_entered(seen, sealed_alone=1)) == ["nothing_sealed"]


@pytest.mark.django_db
def test_it_is_theirs_to_read_from_the_talk_on_and_not_before(office):
    steps = [step["act"] for step in sampling.cases("exchange")["closed"]["steps"]]
    mover = viewer_for(office.people["Y0701"])
    before = a_story.played(office, "exchange", "closed", steps=steps.index("talk"))
    after = a_story.played(office, "exchange", "closed", steps=steps.index("talk") + 1)

    assert access.may_see(mover, before) is False
    assert access.view_of(mover, after) == "whole"
