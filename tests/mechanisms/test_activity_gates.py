"""What blocks an activity: refused without it, allowed with it (mechanisms.md M34, M35)."""

from datetime import timedelta

import a_life
import a_story
import pytest

from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.activity import joining
from qingfeng.mechanisms.activity.declaration import ACTIVITY


def entering(act, case="shown", **others):
    return a_life.entering("activity", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("activity", act, seen)


@pytest.mark.parametrize("act", ["sum_up", "show"])
@pytest.mark.parametrize("missing", ["voucher_no", "voucher_file"])
def test_no_cost_stands_without_its_voucher(act, missing):
    whole = {"item": "印制", "amount": "460.00", "voucher_no": "记-1", "voucher_file": [1]}
    seen = entering(act)
    bare = ("entered", {**whole, missing: None}, 0)

    assert unmet(act, seen) == []
    assert unmet(act, a_life.with_lines(seen, "costs", bare)) == ["costs_vouchered"]
    assert unmet(act, a_life.with_lines(seen, "costs", ("struck", bare[1], 0))) == []


def test_closing_without_showing_asks_for_vouchers_too():
    seen = entering("close", "closed")
    bare = ("entered", {"item": "租车", "amount": "90.00"}, 0)

    assert unmet("close", seen) == []
    assert unmet("close", a_life.with_lines(seen, "costs", bare)) == ["costs_vouchered"]


def test_over_the_approved_cost_only_the_leader_lets_it_stand_and_says_how_much():
    line = {"item": "印制", "amount": "1200.01", "voucher_no": "记-1", "voucher_file": [1]}
    seen = a_life.with_lines(entering("sum_up"), "costs", ("entered", line, 1))
    allowed = [a_life.with_fact(seen, allowed_cost=yuan) for yuan in ("1200.00", "1200.01")]

    assert unmet("sum_up", seen) == ["within_plan"]
    assert [unmet("sum_up", one) for one in allowed] == [["within_plan"], []]
    assert ACTIVITY.act("allow_over").by == ("deputy",)


def test_what_was_spent_before_the_approval_stands_only_with_the_leaders_reason():
    line = {"item": "订车", "amount": "90.00", "voucher_no": "记-2", "voucher_file": [1]}
    seen = entering("sum_up")
    on = seen.last("approve").at.date()

    def held(**more):
        return unmet("sum_up", a_life.with_lines(seen, "costs", ("entered", {**line, **more}, 1)))

    assert held(spent_on=on.isoformat()) == []
    assert held(spent_on=(on - timedelta(days=1)).isoformat()) == ["after_approval"]
    assert held(spent_on=(on - timedelta(days=1)).isoformat(), early_why="报名当天须付定金") == []
    assert ACTIVITY.act("allow_early").by == ("deputy",)


@pytest.mark.parametrize(
    ("picture", "held"),
    [
        ({"people_in_it": "nobody"}, []),
        ({"people_in_it": "adults"}, ["people_consented"]),
        ({"people_in_it": "adults", "consent": "those"}, []),
        ({"people_in_it": "minors", "consent": "those"}, ["minors_consented"]),
        ({"people_in_it": "minors", "consent": "guardians"}, ["minors_consented"]),
        ({"people_in_it": "minors", "consent": "guardians", "consent_file": [1]}, []),
    ],
)
def test_nobody_is_shown_who_has_not_consented_and_no_minor_without_their_guardians(picture, held):
    seen = a_life.with_lines(entering("show"), "pictures", ("kept", picture, 1))

    assert unmet("show", seen) == held
    assert unmet("show", a_life.with_lines(seen, "pictures", ("struck", picture, 1))) == []


@pytest.mark.parametrize("act", ["add_picture", "add_consent"])
def test_minors_alone_do_not_consent(act):
    seen = entering(act)
    wrong = a_life.with_entered(seen, pictures=[{"people_in_it": "minors", "consent": "those"}])

    assert unmet(act, seen) == []
    assert unmet(act, wrong) == ["minors_said"]


def test_no_more_are_content_than_handed_in_a_sheet():
    seen = entering("sum_up")

    assert unmet("sum_up", seen) == []
    for wrong in ({"sheets": 8, "pleased": 9}, {"sheets": None, "pleased": 1}):
        assert unmet("sum_up", a_life.with_entered(seen, **wrong)) == ["feedback_adds_up"]


def test_who_carries_an_activity_does_not_approve_it():
    assert ACTIVITY.act("approve").not_by == ("planner",)


@pytest.mark.django_db
def test_taking_part_is_everybodys_own_choice_and_the_cost_is_what_stands(office):
    activity = a_story.played(office, "activity", "shown")
    took_part = activity.parties.filter(role="participant", until_at=None)

    names = {one.person.number for one in took_part.select_related("person")}

    assert names == {"Y0403", "Y0702"}
    assert activity.facts["cost"] == "460.00"


@pytest.mark.django_db
def test_a_withdrawn_consent_takes_its_picture_down_while_it_is_shown(office):
    """个人信息保护法 Art. 15."""
    steps = [step["act"] for step in sampling.cases("activity")["ended"]["steps"]]
    shown = a_story.played(office, "activity", "ended", steps=steps.index("withdraw_picture"))
    ended = a_story.played(office, "activity", "ended")

    assert (shown.stage, shown.is_open, shown.clocks.get(key="take_down").state) == ("shown", True, "running")
    assert shown.lines.get(ledger="pictures", no=2).state == "kept"
    assert (ended.stage, ended.is_open) == ("ended", False)
    assert ended.lines.get(ledger="pictures", no=2).state == "struck"


@pytest.mark.django_db
def test_an_activity_that_began_without_planned_hours_tells_none_of_its_hours_as_over(office):
    planned = a_story.played(office, "activity", "shown", steps=8)
    planned.facts |= {"hours": 20}
    bare = {key: value for key, value in planned.facts.items() if not key.startswith("planned_")}
    over = joining.cost(planned, None).facts
    planned.facts = bare
    unknown = joining.cost(planned, None).facts

    assert (over["hours_over"], over["cost_over"]) == (4, "0.00")
    assert (unknown["hours_over"], unknown["cost_over"]) == (None, None)
