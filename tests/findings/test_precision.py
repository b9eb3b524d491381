from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from a_run import a_finding, a_lead, on_the_desk
from a_verdict import judged, settled
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.findings import precision, ranking
from qingfeng.findings.models import Lead, RuleStanding
from qingfeng.findings.precision import drawn_standings, interval, refresh, refresh_matter
from qingfeng.findings.why import why
from qingfeng.journal.models import JournalEntry
from qingfeng.matters.models import Matter
from qingfeng.organization.district_settings import set_setting
from qingfeng.plain import beta

RULE = "fuel_holiday"
counts = st.integers(0, 400)


def exactly(x, a, b):
    """The probability that a Beta(a, b) share is at most x, for whole a and b: a sum of a binomial."""
    n = a + b - 1
    return sum(comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1))


@pytest.mark.parametrize(
    ("right", "wrong", "tier", "mean"),
    [(3, 1, "A", "0.85714"), (0, 0, "A", "0.90000"), (0, 0, "B", "0.60000"), (0, 0, "C", "0.10000"),
     (0, 10, "B", "0.30000"), (40, 0, "C", "0.82000")],
)  # fmt: skip
def test_the_mean_is_prior_and_verdicts_together(right, wrong, tier, mean):
    found = interval(right, wrong, tier)

    assert found[0] == Decimal(mean)


def test_the_interval_leaves_a_twentieth_at_each_end():
    _mean, low, high = interval(3, 1, "A")

    assert float(exactly(Fraction(str(low)), 12, 2)) == pytest.approx(0.05, abs=2e-5)
    assert float(exactly(Fraction(str(high)), 12, 2)) == pytest.approx(0.95, abs=2e-5)


@given(st.integers(1, 60), st.integers(1, 60), st.fractions(Fraction(1, 50), Fraction(49, 50)))
def test_the_continued_fraction_is_the_sum_of_the_binomial(a, b, x):
    assert beta.cdf(float(x), a, b) == pytest.approx(float(exactly(x, a, b)), abs=1e-9)


@given(counts, counts, st.sampled_from("ABC"))
def test_the_mean_lies_inside_its_interval_and_all_of_it_between_0_and_1(right, wrong, tier):
    mean, low, high = interval(right, wrong, tier)

    assert 0 <= low <= mean <= high <= 1


@given(counts, counts, st.sampled_from("ABC"))
def test_a_right_verdict_never_lowers_a_rule_and_a_wrong_one_never_raises_it(right, wrong, tier):
    here = ranking.expected(right, wrong, tier)

    assert ranking.expected(right + 1, wrong, tier) >= here >= ranking.expected(right, wrong + 1, tier)


@given(counts, counts, st.sampled_from("AB"), st.integers(1, 3))
def test_more_money_and_more_right_verdicts_never_weigh_less(right, wrong, tier, factor):
    share = ranking.expected(right, wrong, tier)

    assert ranking.weight(share, factor + 1, tier) >= ranking.weight(share, factor, tier)


@given(counts, st.integers(0, 900))
def test_what_names_nobody_comes_after_every_doubt(right, wrong):
    statistic = ranking.weight(ranking.expected(right, 0, "C"), 4, "C")

    assert statistic <= ranking.weight(ranking.expected(0, wrong, "B"), 1, "B")


@pytest.mark.parametrize(
    ("verdict", "right", "wrong"),
    [("confirmed", 1, 0), ("partly", 1, 0), ("explained", 1, 0), ("refuted", 0, 1), ("unverifiable", 0, 0)],
)
def test_every_verdict_says_what_it_says_about_the_rule(office, tmp_path, verdict, right, wrong):
    on_the_desk(tmp_path, a_lead("a1"))
    settled(judged(RULE, verdict))

    refresh([RULE])

    standing = RuleStanding.objects.get(rule=RULE)
    assert ranking.said(standing.counts) == (right, wrong)
    assert standing.counts == {verdict: 1}


def test_verdicts_that_nobody_has_approved_count_for_nothing(office, tmp_path):
    on_the_desk(tmp_path, a_lead("a1"))
    judged(RULE, "refuted")

    refresh([RULE])

    assert RuleStanding.objects.get(rule=RULE).counts == {}


def test_the_weights_of_a_rules_leads_follow_its_verdicts_and_no_others(office, tmp_path):
    on_the_desk(
        tmp_path,
        a_lead("a1"),
        a_lead("a2", findings=[a_finding(row=2)], amount="50000.00"),
        a_lead("b1", findings=[a_finding("fuel_over_tank_single")]),
    )
    for _time in range(10):
        matter = settled(judged(RULE, "refuted"))

    refresh_matter(matter.pk)

    weights = {lead.key[:2]: str(lead.weight) for lead in Lead.objects.all()}
    assert weights == {"a1": "0.30000", "a2": "0.90000", "b1": "0.90000"}


@pytest.mark.parametrize("ended", [Matter.Standing.VOID, Matter.Standing.WITHDRAWN])
def test_a_verification_that_no_longer_counts_takes_its_verdicts_back(office, tmp_path, ended):
    on_the_desk(tmp_path, a_lead("a1"))
    matter = settled(judged(RULE, "refuted"))
    refresh_matter(matter.pk)
    Matter.objects.filter(pk=matter.pk).update(standing=ended)

    refresh_matter(matter.pk)

    assert RuleStanding.objects.get(rule=RULE).counts == {}


def test_a_verification_that_was_reopened_counts_again_once_it_is_decided_again(office, tmp_path):
    on_the_desk(tmp_path, a_lead("a1"))
    matter = settled(judged(RULE, "confirmed"))
    settled(matter, "kernel.reopen")
    refresh_matter(matter.pk)
    between = RuleStanding.objects.get(rule=RULE).counts
    settled(matter)

    refresh_matter(matter.pk)

    assert between == {}
    assert RuleStanding.objects.get(rule=RULE).counts == {"confirmed": 1}


def test_a_rule_below_the_floor_is_only_watched_and_comes_back_and_both_are_journaled(office, tmp_path):
    on_the_desk(tmp_path, a_lead("a1"))
    for _time in range(21):
        settled(judged(RULE, "refuted"))
    refresh([RULE])
    fallen = RuleStanding.objects.get(rule=RULE).is_watch_only
    for _time in range(10):
        settled(judged(RULE, "confirmed"))

    refresh([RULE])

    kinds = [entry.kind for entry in JournalEntry.objects.filter(subject=f"rule:{RULE}").order_by("pk")]
    assert (fallen, RuleStanding.objects.get(rule=RULE).is_watch_only) == (True, False)
    assert kinds == ["findings.rule.watched_only", "findings.rule.restored"]


def test_the_floor_is_the_districts(office, tmp_path):
    on_the_desk(tmp_path, a_lead("a1"))
    for _time in range(10):
        settled(judged(RULE, "refuted"))
    refresh([RULE])
    before = RuleStanding.objects.get(rule=RULE).is_watch_only
    set_setting("findings.watch_only_below", 50, by=None, reason="试行")

    refresh()

    assert (before, RuleStanding.objects.get(rule=RULE).is_watch_only) == (False, True)


def test_precision_of_drawn_leads_is_learnt_from_drawn_leads_alone(office, tmp_path):
    from qingfeng.findings.models import Draw

    leads = on_the_desk(tmp_path, a_lead("a1"), a_lead("a2", findings=[a_finding(row=2)]))
    drawn, chosen = settled(judged(RULE, "refuted")), settled(judged(RULE, "confirmed"))
    draw = Draw.objects.create(
        week_on="2026-11-23", share=10, count=1, digest="", asked_at="2026-11-23T09:00+08:00", after_size=0
    )
    Lead.objects.filter(pk=leads["a1"].pk).update(drawn=draw, matter=drawn)
    Lead.objects.filter(pk=leads["a2"].pk).update(matter=chosen)

    found = drawn_standings()[RULE]

    assert found.counts == {"refuted": 1}
    assert precision.standing_of(RULE, "B").mean == Decimal("0.60000")


def test_why_shows_the_whole_arithmetic(office, tmp_path):
    lead = on_the_desk(tmp_path, a_lead("a1", findings=[a_finding("fuel_over_tank_single")], points=60))["a1"]
    for verdict in ("confirmed", "confirmed", "explained", "refuted", "unverifiable"):
        settled(judged("fuel_over_tank_single", verdict))
    refresh()
    lead.refresh_from_db()

    with translation.override("en"):
        said = "\n".join(why(lead))

    assert "(9 + 3) ÷ (10 + 3 + 1) = 0.857" in said
    assert "0.857 × 1 = 0.85714" in said
    assert "612.00 yuan, less than 1,000: class 1" in said
    assert "1 could not be verified" in said
    assert "is not read" in said


def test_who_the_unit_or_person_is_moves_no_lead(office, tmp_path):
    from a_run import a_person

    leads = on_the_desk(
        tmp_path,
        a_lead("a1", unit="云水区教育局", subject=a_person("云水区教育局", "甲某")),
        a_lead(
            "a2", unit="云水区水务局", subject=a_person("云水区水务局", "乙某"), findings=[a_finding(row=2)]
        ),
    )

    assert leads["a1"].weight == leads["a2"].weight
    assert why(leads["a1"]) == why(leads["a2"])
