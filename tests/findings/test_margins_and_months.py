"""How far beyond its threshold a rule finds, and how its precision came about month by month."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

import pytest
import time_machine
from a_run import a_finding, a_lead, on_the_desk
from a_verdict import judged, settled

from qingfeng.findings.margins import NO_LIMIT, THRESHOLDS, UNTOLD, margin, margins_of, why_none
from qingfeng.findings.models import Lead
from qingfeng.findings.precision import standing_of
from qingfeng.findings.precision_by_month import precision_by_month
from qingfeng.screening.rulebook import load_rules

RULE = "fuel_over_tank_single"
rules = cache(load_rules)
SPLIT = "invoice_split_same_day"


def test_of_every_rule_of_the_house_it_is_said_what_it_compares_or_why_nothing():
    assert set(rules()) == {*THRESHOLDS, *NO_LIMIT, *UNTOLD}
    assert not (set(THRESHOLDS) & NO_LIMIT) | (NO_LIMIT & UNTOLD) | (set(THRESHOLDS) & UNTOLD)


@pytest.mark.parametrize("rule", sorted(THRESHOLDS))
def test_a_threshold_names_facts_and_parameters_that_its_rule_has(rule):
    known = rules()[rule]
    value, limit = THRESHOLDS[rule]
    names = {name for product in limit for name in product if not name.isdecimal()}
    facts = {*known.facts, "at", "amount"}

    assert {name[1:] for name in names if name.startswith("$")} <= set(known.params)
    assert {name for name in names if not name.startswith("$")} <= facts
    assert set(value.replace(" & ", "..").split("..")) <= facts


@pytest.mark.parametrize(
    ("rule", "facts", "params", "times"),
    [
        (RULE, {"liters": "130", "tank_l": "60"}, {"tolerance": 1.05, "slack_l": 2}, 2.0),
        ("vehicle_overnight_away", {"km": "1.50"}, {"away_km": 0.5}, 3.0),
        ("payroll_double", {"units": "3"}, {}, 1.5),
        (
            "vehicle_parking_no_trip",
            {"rest_from": "2026-08-25T20:00:00+08:00", "rest_to": "2026-08-25T21:00:00+08:00"},
            {"minutes": 30},
            2.0,
        ),
        (
            "trip_overlap",
            {
                "at": datetime(2026, 2, 4, 0, 0, tzinfo=UTC),
                "returned_at": "2026-02-04T10:00:00+08:00",
                "other_departed_at": "2026-02-04T09:00:00+08:00",
                "other_returned_at": "2026-02-04T12:00:00+08:00",
            },
            {"minutes": 15},
            4.0,
        ),
    ],
)
def test_a_margin_is_the_value_over_the_limit_in_force(rule, facts, params, times):
    assert margin(rule, facts, params) == pytest.approx(times)


def split(key, *, limit="10000", amount="15000.00", findings=1):
    rows = [a_finding(row=no + 2, facts={"limit_yuan": limit}) | {"rule": SPLIT} for no in range(findings)]
    return a_lead(key, findings=rows, amount=amount)


def test_an_amount_counts_only_where_the_lead_has_no_other_finding(office, tmp_path):
    on_the_desk(tmp_path, split("a1"), split("a2", findings=2, amount="99999.00"))

    found = margins_of(SPLIT, Lead.objects.all())

    assert (found.of, [low for low, _high, count in found.bands if count]) == (1, [1.5])


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (RULE, ""),
        ("letter_blank", "no_limit"),
        ("letter_postdated", "untold"),
        ("one_of_their_own", "unknown"),
    ],
)
def test_where_no_margin_can_be_said_the_reason_is(rule, why):
    assert why_none(rule) == why


def verdict(on, said, act="approve"):
    with time_machine.travel(datetime.fromisoformat(f"{on}T12:00:00+08:00"), tick=False):
        return settled(judged(RULE, said), act)


@pytest.mark.django_db
def test_each_month_says_what_all_verdicts_until_its_end_say(office):
    verdict("2026-03-05", "confirmed")
    verdict("2026-05-31", "refuted")
    verdict("2026-05-02", "unverifiable")

    months = precision_by_month(RULE, "A")

    assert [(one.month, one.verdicts) for one in months] == [
        (date(2026, 3, 1), 1),
        (date(2026, 4, 1), 0),
        (date(2026, 5, 1), 2),
    ]
    assert [(one.precision.right, one.precision.wrong) for one in months] == [(1, 0), (1, 0), (1, 1)]
    assert months[0].precision.mean == months[1].precision.mean > months[2].precision.mean


@pytest.mark.django_db
def test_the_last_month_is_what_the_rule_stands_at_now(office, tmp_path):
    from qingfeng.findings.precision import refresh

    on_the_desk(tmp_path, a_lead("a1"))
    verdict("2026-03-05", "confirmed")
    verdict("2026-04-05", "refuted", act="exclude")
    refresh([RULE])

    last, now = precision_by_month(RULE, "A")[-1].precision, standing_of(RULE, "A")

    assert (last.mean, last.low, last.high) == (now.mean, now.low, now.high)
    assert last.mean != Decimal(0)


@pytest.mark.django_db
def test_a_verdict_that_was_taken_back_is_in_no_month(office):
    settled(verdict("2026-03-05", "confirmed"), act="kernel.reopen")

    assert precision_by_month(RULE, "A") == ()
