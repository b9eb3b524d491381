"""Boards one after another: whatever was extended, corrected or held again, together they tell of no few."""

import random
from datetime import date, timedelta

import numpy as np
import pytest
from a_round import (
    BEGINS,
    DAYS,
    DEMOCRATIC,
    MORE,
    PEER,
    a_hand,
    at,
    browser,
    close,
    hand_in_by_name,
    on,
    opened,
    said,
    vote,
    voters,
)

from qingfeng.appraisal import board, rosters, rounds
from qingfeng.appraisal.models import Rated, Round
from qingfeng.organization.models import Post, Unit
from qingfeng.plain.suppression import LEAST
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db
GONE, ROOMS = "Y0403", (*MORE, "办公室", "案管室", "审理室")


def filled(office, rooms=MORE, seed=3):
    """An open round in which everybody has voted and handed in."""
    draw = random.Random(seed)  # noqa: S311 - a story, the same each time
    round_ = opened(office, units=tuple(office.units[name].pk for name in rooms))
    for form in (PEER, DEMOCRATIC):
        for one in round_.slates.filter(form=form).select_related("round"):
            level = draw.uniform(6, 9)
            vote(one, [a_hand(draw, level) for _voter in voters(one)])
    hand_in_by_name(round_)
    return round_


@pytest.fixture(scope="module")
def first(office):
    """A round of three rooms that is closed."""
    return close(filled(office))


@pytest.fixture(scope="module")
def again(office, first):
    """The same in the same year, for the roster was wrong: somebody had left before it."""
    Post.objects.filter(person=office.people[GONE], until_on=None).update(
        until_on=BEGINS - timedelta(days=20)
    )
    return close(filled(office, seed=4))


def told_for(people, *, code, year=2025):
    """A closed round of people whose results are there already, with its board: nobody voted in it."""
    skill = [{"key": "skill", "name": "业务", "value": 8.0, "count": 6}]
    parts = [
        {"key": key, "weight": 50, "value": 8.0, "count": 6, "dimensions": skill} for key in ("self", "peer")
    ]
    last = date(year, 6, 30)
    days = dict.fromkeys(("from_on", "until_on", "closed_on"), last)
    made = Round.objects.create(code=code, title=code, state="closed", made_by_id=people[0][0], **days)
    Rated.objects.bulk_create(
        Rated(round=made, person_id=pk, unit_id=unit, post="", level=level,
              result={"value": 70.0 + pk % 23, "parts": parts})
        for pk, unit, level in people
    )  # fmt: skip
    rows = [(one, one.result) for one in made.rated.select_related("unit")]
    made.board = board.of_round(made, rows)
    made.save()
    return made


@pytest.fixture
def staff(office):
    """Everybody of six rooms with a unit and a level: key, unit, level."""
    found = rosters.rated_in(rosters.office_on(BEGINS), [office.units[name].pk for name in ROOMS])
    return [(one.person, one.unit, one.level) for one in found]


def taken_along(*closed):
    """Every group of people of whom a board says a sum, as whoever kept all of them knows it."""
    found = []
    for round_ in closed:
        told = round_.board
        if "distribution" not in told:
            continue
        rows = [(rated, rated.result) for rated in round_.rated.select_related("unit")]
        of = board._members(rows)
        shown = [(one["group"], one["level"]) for one in told["groups"] if not one.get("hidden")]
        found += [frozenset(rated.person_id for rated, _result in rows), *(of[name] for name in shown)]
    return found


def told_of(lists):
    """Who stands out alone in what the lists say together, by linear algebra over everybody."""
    people = sorted(frozenset().union(*lists))
    rows = np.array([[float(one in each) for one in people] for each in lists])
    _left, sizes, turned = np.linalg.svd(rows, full_matrices=False)
    base = turned[sizes > 1e-9]
    apart = np.abs(np.eye(len(people)) - base.T @ base).max(axis=1)
    return {one for one, far in zip(people, apart, strict=True) if far < 1e-8}


def test_nothing_is_told_before_the_close_however_often_somebody_is_given_more_time(office):
    round_ = opened(office)
    one = round_.rolls.first()
    until = BEGINS + timedelta(days=DAYS + 4)
    with on(DAYS):
        before = browser("deputy").get(at("appraisal_board", round_.code)).status_code
        rounds.extend(round_, one.person_id, until_on=until, because="出差", by=round_.made_by_id)
    with on(DAYS + 2):
        with pytest.raises(Problem):
            rounds.close(Round.objects.get(pk=round_.pk), by=None)
        during = browser("deputy").get(at("appraisal_board", round_.code)).status_code

    assert (before, during, Round.objects.get(pk=round_.pk).board) == (404, 404, None)


def test_nobody_is_given_more_time_once_results_are_there(first):
    roll, told = first.rolls.first(), first.board

    with on(DAYS + 2), pytest.raises(Problem):
        rounds.extend(
            first,
            roll.person_id,
            until_on=BEGINS + timedelta(days=DAYS + 9),
            because="x",
            by=first.made_by_id,
        )

    assert Round.objects.get(pk=first.pk).board == told


def test_a_round_held_again_with_a_corrected_roster_hides_what_would_tell_of_who_left(first, again):
    lists = taken_along(first, again)

    assert again.board["beside"] == [first.code]
    assert first.rated.count() == again.rated.count() + 1
    assert told_of(lists) == set()
    assert not [
        one for one in taken_along(again) for other in taken_along(first) if 0 < len(one ^ other) < LEAST
    ]


def test_without_the_look_back_the_same_two_rounds_would_tell_of_who_left(office, first, again):
    """The check on the check."""
    rows = [(one, one.result) for one in again.rated.select_related("unit")]
    blind = Round.objects.get(pk=again.pk)
    blind.board = {"groups": board.groups(rows), "distribution": []}

    assert office.people[GONE].pk in told_of(taken_along(first, blind))


def test_the_page_says_beside_which_round_something_is_hidden(first, again):
    page = said(browser("deputy").get(at("appraisal_board", again.code)))

    assert first.code in page
    assert "个别人" in page


@pytest.mark.parametrize("seed", range(6))
def test_rounds_over_changing_rooms_and_rosters_tell_of_nobody_together(staff, seed):
    draw = random.Random(seed)  # noqa: S311 - a story, the same each time
    units = sorted({unit for _pk, unit, _level in staff})
    closed = []
    for no in range(5):
        rooms = draw.sample(units, draw.randint(2, len(units)))
        there = [one for one in staff if one[1] in rooms and draw.random() > 0.08]
        closed.append(told_for(there, code=f"2025-{90 + no}"))

    assert told_of(taken_along(*closed)) == set()


def test_rooms_that_share_nobody_are_shown_whole_in_the_same_year(staff):
    units = sorted({unit for _pk, unit, _level in staff})
    one, other = ([row for row in staff if (row[1] in units[:3]) == is_first] for is_first in (True, False))

    made = [told_for(one, code="2025-90"), told_for(other, code="2025-91")]

    assert not [each for each in made if "beside" in each.board or "distribution" not in each.board]


def test_the_same_people_are_told_of_again_and_another_year_is_another_work(staff):
    told_for(staff, code="2025-90")
    same = told_for(staff, code="2025-91")
    fewer = told_for(staff[1:], code="2025-92")
    later = told_for(staff[1:], code="2024-90", year=2024)

    assert "beside" not in same.board
    assert fewer.board == {"people": len(staff) - 1, "beside": ["2025-90", "2025-91"]}
    assert "beside" not in later.board
    assert "distribution" in later.board


@pytest.mark.parametrize(
    ("size", "changed"), [(7, {"short_name": "新名", "name": "新名"}), (4, {"kind": "superior"})]
)
def test_what_was_hidden_stays_so_although_its_unit_has_another_name_or_kind_by_now(staff, size, changed):
    units = sorted({unit for _pk, unit, _level in staff})[:2]
    levels = ["middle", *["staff"] * (size - 1)] * 2
    rows = zip(staff, levels, strict=False)
    few = [(pk, units[no // size], level) for no, ((pk, *_others), level) in enumerate(rows)]
    first = told_for(few, code="2025-90")
    Unit.objects.filter(pk=units[0]).update(**changed)

    same = told_for(few, code="2025-91")

    assert [one for one in first.board["groups"] if one.get("hidden")]
    assert same.board == {"people": 2 * size, "beside": ["2025-90"]}
