import pytest
from a_run import ANALYST, HANDLER, a_finding, a_lead, looking, on_the_desk, unit
from a_verdict import judged, settled

from qingfeng.findings.margins import margin
from qingfeng.findings.precision import refresh
from qingfeng.findings.rule_page import rule_page
from qingfeng.organization.models import Interest, Person

RULE = "fuel_over_tank_single"


def filled(row, liters, **others):
    finding = a_finding(RULE, row=row, facts={"liters": liters, "tank_l": "60.00"})
    return a_lead(f"a{row}", findings=[finding], points=60, **others)


@pytest.fixture
def page(office, tmp_path):
    on_the_desk(
        tmp_path,
        filled(1, "66.00"),
        filled(2, "87.00", at="2026-09-01T08:00:00+08:00"),
        filled(3, "300.00", unit="云水区水务局", at="2026-09-02T08:00:00+08:00"),
        a_lead("b1"),
    )
    settled(judged(RULE, "confirmed"))
    refresh()
    return rule_page(looking(ANALYST), RULE)


def test_a_rule_shows_where_its_leads_lie(page):
    assert (page.leads, page.tier, page.title) == (3, "A", "单次加油超油箱容积")
    assert [(one.month.isoformat(), one.leads) for one in page.by_month] == [
        ("2026-09-01", 2),
        ("2026-10-01", 1),
    ]
    assert [(one.name, one.leads) for one in page.by_unit] == [("云水区教育局", 2), ("云水区水务局", 1)]


def test_it_shows_how_close_to_the_threshold_they_are(page):
    counted = {low: findings for low, _high, findings in page.margins.bands if findings}

    assert page.margins.limit == "tank_l × tolerance + slack_l"
    assert (page.margins.of, counted) == (3, {1.0: 1, 1.25: 1, 3.0: 1})


def test_it_shows_how_often_it_was_right_and_every_run(page):
    assert page.precision.counts == {"confirmed": 1}
    assert (page.drawn, page.is_watch_only) == (None, False)
    assert [(one.ran, one.read, one.excluded) for one in page.runs] == [(True, 100, {"车牌缺失": 3})]


def test_its_sample_is_the_same_for_everybody_who_sees_the_same(page):
    again = rule_page(looking("Y0401"), RULE)

    assert [one.pk for one in page.sample] == [one.pk for one in again.sample]
    assert len(page.sample) == 3


def test_a_recused_viewers_page_counts_without_the_unit(page):
    person = Person.objects.get(number=ANALYST)
    Interest.objects.create(person=person, unit=unit("区教育局"), kind=Interest.Kind.SHARES)

    seen = rule_page(looking(ANALYST), RULE)

    assert seen.leads == 1
    assert [one.name for one in seen.by_unit] == ["云水区水务局"]
    assert seen.margins.of == 1


def test_who_sees_no_lead_sees_what_the_runs_counted_and_no_lead(page):
    seen = rule_page(looking(HANDLER), RULE)

    assert (seen.leads, seen.by_unit, seen.by_month, seen.sample) == (0, (), (), ())
    assert len(seen.runs) == 1


def test_a_rule_that_never_ran_has_no_page(office):
    assert rule_page(looking(ANALYST), "no_such_rule") is None


def test_why_a_rule_did_not_run_is_told_run_by_run(office, tmp_path):
    on_the_desk(tmp_path / "1", a_lead("a1"), key="1" * 16, not_run=(RULE,))
    on_the_desk(tmp_path / "2", a_lead("a1"), key="2" * 16)

    runs = rule_page(looking(ANALYST), RULE).runs

    assert [(one.ran, one.reason.get("zh", "")) for one in runs] == [
        (True, ""),
        (False, "没有文件给出加油量"),
    ]


@pytest.mark.parametrize("facts", [{}, {"liters": None, "tank_l": "60"}, {"liters": "x", "tank_l": "60"}])
def test_facts_that_do_not_say_it_have_no_margin(facts):
    assert margin(RULE, facts, {"tolerance": 1.05, "slack_l": 2}) is None
