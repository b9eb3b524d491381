"""Formulas and totals of the assessment: laws that always hold, and the same computed in fractions."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfeng.appraisal.points import arithmetic, formula
from qingfeng.appraisal.points.arithmetic import Counted, Judged, Line

PERIODS = {
    "daily": Decimal(20), "q1": Decimal(10), "q2": Decimal(10), "q3": Decimal(10), "q4": Decimal(10),
    "half": Decimal(10), "year": Decimal(30),
}  # fmt: skip
CEILINGS = (Decimal(5), Decimal(10))
NAMES = ("clocks_met", "evaluation")
CENTS = st.integers(-500, 12000).map(lambda one: Decimal(one) / 100)


def lines_of_a_period(key, most):
    """Two lines that share a period's points: one judged, one by formula; anything may be missing."""
    judged = st.builds(Judged, st.integers(1, 5), CENTS, st.booleans())
    halves = most / 2
    return st.tuples(
        st.builds(
            Line, st.just(f"{key}_judged"), st.just(key), st.just(halves), is_judged=st.sampled_from([True]),
            judged=st.lists(judged, max_size=4).map(tuple),
        ),
        st.builds(
            Line, st.just(f"{key}_read"), st.just(key), st.just(halves), is_judged=st.sampled_from([False]),
            value=st.none() | CENTS, is_read=st.booleans(),
        ),
    )  # fmt: skip


YEARS = st.tuples(*(lines_of_a_period(key, most) for key, most in PERIODS.items())).map(
    lambda parts: [line for part in parts for line in part]
)
MARKS = st.lists(
    st.builds(
        Counted, st.sampled_from(["bonus", "deduction", "veto"]),
        st.integers(0, 900).map(lambda one: Decimal(one) / 100), st.sampled_from(["leak", "recusal"]),
    ),
    max_size=8,
)  # fmt: skip


FEW = settings(max_examples=40)


def total_of(lines, marks=()):
    return arithmetic.total(lines, marks, periods=PERIODS, ceilings=CEILINGS)


@FEW
@given(YEARS, MARKS)
def test_a_total_is_never_over_a_hundred_and_the_bonus_nor_under_nought(lines, marks):
    found = total_of(lines, marks)

    assert 0 <= found.value <= 100 + CEILINGS[0]
    assert 0 <= found.base <= 100
    assert all(0 <= one.got <= one.most for one in found.periods)
    assert found.bonus <= CEILINGS[0]
    assert found.deduction <= CEILINGS[1]


@FEW
@given(YEARS)
def test_what_has_no_evidence_gives_no_points(lines):
    bare = [
        Line(one.key, one.period, one.most, one.is_judged,
             tuple(Judged(each.by, each.value, has_evidence=False) for each in one.judged))
        for one in lines
    ]  # fmt: skip

    assert total_of(bare).value == 0


@FEW
@given(YEARS, MARKS)
def test_the_same_lines_give_the_same_total_in_any_order(lines, marks):
    assert total_of(list(reversed(lines)), list(reversed(marks))).value == total_of(lines, marks).value


@FEW
@given(YEARS, MARKS)
def test_a_deduction_never_gives_and_a_bonus_never_takes(lines, marks):
    plain = total_of(lines, marks).value

    assert total_of(lines, [*marks, Counted("deduction", Decimal(1))]).value <= plain
    assert total_of(lines, [*marks, Counted("bonus", Decimal(1))]).value >= plain
    assert total_of(lines, [*marks, Counted("veto", veto="leak")]).value == plain


def in_fractions(lines, marks):
    """The same by another way: fractions, and whole periods rather than lines."""

    def cents(value):
        scaled = value * 100 + Fraction(1, 2)
        return Fraction(scaled.numerator // scaled.denominator, 100)

    def share(line):
        if line.is_judged:
            shown = [one for one in line.judged if one.has_evidence]
            if not shown:
                return None
            held = [min(max(Fraction(one.value), Fraction(0)), Fraction(line.most)) for one in shown]
            return cents(sum(held) / len(held))
        return (
            None if line.value is None else min(max(Fraction(line.value), Fraction(0)), Fraction(line.most))
        )

    base = Fraction(0)
    for key, most in PERIODS.items():
        held = [one for one in lines if one.period == key]
        left_out = sum(
            Fraction(one.most) for one in held if not one.is_judged and one.is_read and one.value is None
        )
        whole = sum(Fraction(one.most) for one in held)
        points = [share(one) for one in held]
        got = sum(
            (
                cents(one * whole / (whole - left_out))
                for one in points
                if one is not None and whole > left_out
            ),
            Fraction(0),
        )
        base += min(got, Fraction(most))
    bonus = min(sum((Fraction(one.points) for one in marks if one.of == "bonus"), Fraction(0)), Fraction(5))
    less = min(
        sum((Fraction(one.points) for one in marks if one.of == "deduction"), Fraction(0)), Fraction(10)
    )
    return max(base + bonus - less, Fraction(0))


@FEW
@given(YEARS, MARKS)
def test_a_total_agrees_with_the_same_in_fractions(lines, marks):
    assert Fraction(total_of(lines, marks).value) == in_fractions(lines, marks)


def test_points_of_a_formula_that_found_nothing_are_spread_over_the_period():
    """Somebody without a case has no case quality, rather than nought."""
    lines = [
        Line(
            "judged", "year", Decimal(10), is_judged=True, judged=(Judged(1, Decimal(8), has_evidence=True),)
        ),
        Line("cases", "year", Decimal(20), is_judged=False, value=None, is_read=True),
    ]

    found = arithmetic.period_total("year", lines, Decimal(30))

    assert (found.got, found.missing) == (Decimal("24.00"), 0)


def test_a_judged_line_that_nobody_judged_is_missing_and_not_spread():
    lines = [
        Line("judged", "year", Decimal(10), is_judged=True),
        Line("cases", "year", Decimal(20), is_judged=False, value=Decimal(15), is_read=True),
    ]

    found = arithmetic.period_total("year", lines, Decimal(30))

    assert (found.got, found.missing) == (Decimal("15.00"), 1)


SHARES = st.integers(0, 10000).map(lambda one: Decimal(one) / 10000)


@FEW
@given(SHARES, st.integers(0, 100).map(Decimal), st.integers(1, 30).map(Decimal))
def test_a_formula_never_gives_more_than_its_most_nor_less_than_nought(share, score, most):
    for text in (
        "40 * clocks_met",
        "evaluation - 200",
        "max(evaluation, 5) / 3 + clocks_met",
        "clocks_met / 0",
    ):
        found = formula.points(formula.parse(text, NAMES), {"clocks_met": share, "evaluation": score}, most)

        assert found is None or 0 <= found <= most


def test_a_formula_is_worked_out_as_it_is_written():
    read = {"clocks_met": Decimal("0.9231"), "evaluation": Decimal("87.4")}

    found = {
        text: formula.points(formula.parse(text, NAMES), read, Decimal(20))
        for text in ("8 * clocks_met", "2 + 3 * 4", "(2 + 3) × 4 ÷ 2", "min(10，evaluation / 10)", "1/3")
    }

    assert found == {
        "8 * clocks_met": Decimal("7.38"), "2 + 3 * 4": Decimal(14), "(2 + 3) × 4 ÷ 2": Decimal(10),
        "min(10，evaluation / 10)": Decimal("8.74"),
        "1/3": (Decimal(1) / 3).quantize(Decimal("0.01"), ROUND_HALF_UP),
    }  # fmt: skip


def test_a_formula_that_reads_nothing_gives_none():
    assert formula.points(formula.parse("8 * clocks_met", NAMES), {}, Decimal(8)) is None


@pytest.mark.parametrize(
    ("text", "what", "near"),
    [
        ("", "empty", ""), ("4 *", "end", ""), ("4 * leads", "name", "leads"), ("4 4", "sign", "4"),
        ("__import__('os')", "sign", "'os')"), ("clocks_met.real", "sign", ".real"), ("min(1, 2", "end", ""),
        ("1 > 0", "sign", "> 0"), ("(" * 40 + "1" + ")" * 40, "deep", "("), ("lambda", "name", "lambda"),
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused_with_where_it_breaks(text, what, near):
    with pytest.raises(formula.FormulaError) as wrong:
        formula.parse(text, NAMES)

    assert (wrong.value.what, wrong.value.near) == (what, near)


@FEW
@given(st.text(max_size=30))
def test_any_text_is_a_formula_or_is_refused(text):
    try:
        node = formula.parse(text, NAMES)
    except formula.FormulaError:
        return
    assert set(formula.names(node)) <= set(NAMES)


def test_names_of_readings_are_taken_in_both_languages():
    assert formula.renamed("4×按期率", {"按期率": "clocks_met"}) == "4 * clocks_met"
