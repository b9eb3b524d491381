"""What results and boards show: nothing under five, weights spread, and no difference that tells more."""

import json
from itertools import pairwise

import pytest
from a_round import close, hand_in_by_name, opened, played, slate, vote
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.appraisal import board, results
from qingfeng.appraisal.models import DEMOCRATIC, PEER, Form, Rated
from qingfeng.organization.models import Account, Unit
from qingfeng.plain.suppression import LEAST, TOTAL, can_be_known, totals

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def closed(office):
    """A closed round of three rooms."""
    return played(office)


def form(key, weight=20):
    return Form(key=key, weight=weight, dimensions=[{"key": "skill", "name": "业务", "anchors": {}}])


def part(key, weight, value=8.0, **more):
    return {"key": key, "weight": weight, "value": value, "count": 6, "error": 0.2, "spread": 1.0, **more}


def test_weights_of_parts_that_are_left_out_are_spread_over_the_others():
    found = results.whole(
        [part("peer", 20, 9.0), part("self", 10, 6.0), results.left_out(form("leader", 30), "few")]
    )

    assert [one["counted"] for one in found["parts"]] == [66.7, 33.3, 0]
    assert found["value"] == pytest.approx((9 * 20 + 6 * 10) / 30 * 10)


def test_a_result_with_no_part_has_no_sum():
    assert "value" not in results.whole([results.left_out(form("peer"), "few")])


def test_the_interval_of_a_sum_comes_from_the_errors_of_its_parts():
    found = results.whole([part("peer", 50, error=0.3), part("democratic", 50, error=0.4)])

    assert found["high"] - found["low"] == pytest.approx(2 * 1.645 * 2.5, abs=0.1)


def test_a_person_left_out_by_all_but_four_has_no_part_though_the_slate_counts():
    people = (1, 2)
    ballots = [{"1": {"skill": 8}, **({"2": {"skill": 9}} if no < 4 else {})} for no in range(9)]
    one = type("S", (), {"people": people})()

    found = results.of_slate(
        results.judged(one, form("democratic"), ballots), form("democratic"), widened=False
    )

    assert found[1]["count"] == 9
    assert found[2] == results.left_out(form("democratic"), "few")


def test_a_round_that_few_vote_in_shows_no_part_and_says_why(office):
    round_ = opened(office)
    vote(slate(round_, PEER), [8] * 4)
    hand_in_by_name(round_)
    round_ = close(round_)
    rated = Rated.objects.get(round=round_, person=slate(round_, PEER).people[0])
    parts = {one["key"]: one for one in rated.result["parts"]}

    assert parts[PEER]["left_out"] == parts[DEMOCRATIC]["left_out"] == "few"
    assert sum(one["counted"] for one in parts.values()) == pytest.approx(100, abs=0.2)
    assert round_.board == {"people": 4}


def test_severity_is_shown_where_a_ballot_judges_at_least_three(closed):
    for rated in closed.rated.all():
        parts = {one["key"]: one for one in rated.result["parts"]}
        assert parts[PEER]["corrected"] is None
        of_unit = Rated.objects.filter(round=closed, unit=rated.unit).count()
        assert (parts[DEMOCRATIC]["corrected"] is not None) == (of_unit >= 3)
        assert {"severity", "raters", "error"} <= set(
            parts[DEMOCRATIC]["corrected"] or {"severity", "raters", "error"}
        )


# --- groups -------------------------------------------------------------------------------------


def rows_of(sizes):
    """Results of so many people by unit and level: `{(unit, level): count}`."""
    units, found = {}, []
    for (name, level), count in sizes.items():
        unit = units.setdefault(
            name, Unit(pk=len(units) + 1, name=name, kind="room", path=f"/{len(units) + 1}/")
        )
        for no in range(count):
            rated = Rated(unit=unit, level=level)
            found.append((rated, {"value": 70.0 + no + len(found) % 7, "parts": []}))
    return found


def test_no_group_of_a_board_has_fewer_than_five_people():
    found = board.groups(
        rows_of({("甲", "staff"): 9, ("甲", "middle"): 2, ("乙", "staff"): 3, ("丙", "staff"): 3})
    )

    assert all(one.get("hidden") or one["count"] >= LEAST for one in found)


@pytest.mark.parametrize(
    "sizes",
    [
        {("甲", "staff"): 9, ("甲", "middle"): 2, ("乙", "staff"): 8, ("乙", "middle"): 6},
        {("甲", "staff"): 9, ("甲", "middle"): 5, ("乙", "staff"): 8, ("乙", "middle"): 1},
        {("甲", "staff"): 12, ("乙", "staff"): 7, ("乙", "middle"): 3, ("丙", "middle"): 2},
    ],
)
def test_no_hidden_group_can_be_worked_out_from_the_others(sizes):
    """Overlapping groups: rows, columns and the whole are shown, and their differences tell nothing."""
    shown = board.groups(rows_of(sizes))
    names = board._groups(rows_of(sizes))
    cells = {}
    for rated, _result in rows_of(sizes):
        key = (names[rated.unit_id], rated.level)
        cells[key] = cells.get(key, 0) + 1
    hidden = {(one["group"], one["level"]) for one in shown if one.get("hidden")}

    assert shown_small(cells, hidden) == set()


def shown_small(cells, hidden):
    """Groups, levels, or what they have in common, of fewer than five that can be read or worked out."""
    sums = totals(cells)
    small = {key for key, count in {**cells, **sums}.items() if count < LEAST}
    return (small & set(sums) - hidden) | (small & set(can_be_known(cells, {*cells, *hidden})))


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from(("middle", "staff"))),
        st.integers(1, 12),
        min_size=1,
    )
)
def test_whatever_the_sizes_nothing_small_is_shown_or_worked_out(cells):
    assert shown_small(cells, board.hidden_groups(cells)) == set()


def test_a_round_of_one_group_with_few_heads_shows_the_group_and_no_level():
    cells = {("kind:room", "middle"): 4, ("kind:room", "staff"): 10}

    assert board.hidden_groups(cells) == {(TOTAL, "middle"), (TOTAL, "staff")}


def test_small_units_stand_together_on_a_board():
    found = board.groups(rows_of({("甲", "staff"): 3, ("乙", "staff"): 4, ("丙", "staff"): 8}))

    assert {one["group"] for one in found} == {"kind:room", "unit:丙", TOTAL}


def test_steps_of_a_distribution_have_five_people_each():
    steps = board.distribution([61, 62, 71, 72, 73, 74, 75, 76, 77, 81, 82, 83, 84, 99])

    assert sum(one["count"] for one in steps) == 14
    assert all(one["count"] >= LEAST for one in steps)
    assert all(one["to"] == other["from"] for one, other in pairwise(steps))


# --- differences --------------------------------------------------------------------------------


def exported(round_, who="deputy"):
    """The tables of the board as files, and what the page says."""
    client = Client()
    client.force_login(Account.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("desk:appraisal_board", args=[round_.code]))
    charts = [page.context[name] for name in ("distribution", "dimensions") if page.context[name]]
    return json.dumps([[one.heads, one.rows] for one in charts] + [round_.board], ensure_ascii=False)


def test_two_exports_say_the_same_whatever_happened_in_between(closed):
    """Somebody leaves the round, a result is taken away, a ballot is lost: the board was worked out once."""
    first = exported(closed)
    left = closed.rated.first()
    left.sheets.all().delete()
    left.delete()
    for one in closed.slates.all():
        one.box.ballots = one.box.ballots[1:]
        one.box.save()

    assert exported(type(closed).objects.get(pk=closed.pk)) == first


def test_a_result_is_the_same_number_however_often_it_is_read(closed):
    before = [one.result for one in closed.rated.all()]

    again = [result for _rated, result in results.work_out(closed)]

    assert json.loads(json.dumps(again)) == before
