"""Campaigns as four steps: what blocks, doubts by unit, yields and the rows behind them."""

from datetime import UTC, datetime

import a_story
import pytest
import time_machine
from a_drive import HOLIDAY, TANK, labelled, text_of, verified
from a_verdict import judged, settled

from qingfeng.findings.models import RuleRun
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.mechanisms.campaign import hits, testing
from qingfeng.mechanisms.campaign.yields import yields_of
from qingfeng.organization.models import Interest, Unit
from qingfeng.organization.viewer import viewer_for

NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    """A day after the records of the campaign's period."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def looking(ground, db):
    where = a_story.scene(ground[0])
    return lambda key: viewer_for(where.person(key))


def counted(drive, looking):
    return perform("count_yields", drive, by=looking("analyst"))


# --- what is counted ----------------------------------------------------------------------------


def test_a_doubt_belongs_to_it_by_rule_period_and_scope(drive, leads, ground):
    found = set(hits.leads_in(drive).values_list("pk", flat=True))
    drive.facts = {**drive.facts, "scope": "chosen", "units": [ground[0].units["区水务局"].pk]}
    chosen = set(hits.leads_in(drive).values_list("pk", flat=True))

    assert found == {leads[key].pk for key in ("a1", "a2", "b1")}
    assert chosen == {leads["a2"].pk}


def test_the_yields_are_those_of_the_verdicts(drive):
    figures = yields_of(drive).figures()

    wanted = {"hits": 3, "true": 1, "explained": 1, "part": 0, "a_hits": 2, "a_left": 1, "b_hits": 1,
              "b_left": 0, "units_found": 1, "rows": 180, "self_units": 0}  # fmt: skip
    assert {key: figures[key] for key in wanted} == wanted


def test_counting_links_what_serves_the_campaign(drive, leads, looking):
    leads["a1"].refresh_from_db()

    counted(drive, looking)

    serving = set(drive.links_in.filter(kind="serves").values_list("source", flat=True))
    assert leads["a1"].matter_id in serving
    assert drive.lines.filter(ledger="counts").count() == 2


def test_step_4_begins_only_when_every_doubt_of_tier_a_is_verified(drive, leads, looking):
    """M20: ③ to ④ any A-grade hit unverified."""
    before = perform("spread", drive, by=looking("deputy"))
    verified(leads["a2"], TANK, "refuted")
    untested = perform("spread", drive, by=looking("deputy"))
    labelled(drive, HOLIDAY)
    after = perform("spread", drive, by=looking("deputy"))

    assert (before.gates, untested.gates) == (("rules_tested", "a_verified"), ("rules_tested",))
    assert isinstance(after, Done)
    assert drive.lines.filter(ledger="counts").order_by("-no").first().facts["a_left"] == 0


def test_a_rule_is_tested_by_verdicts_on_its_present_version_only(drive):
    RuleRun.objects.filter(rule=HOLIDAY).update(version="sha256:1")
    for verdict in ("confirmed", "explained", "refuted", "unverifiable", "partly"):
        settled(judged(HOLIDAY, verdict))

    line = next(one for one in testing.labelled_lines(drive) if one["tested_rule"] == HOLIDAY)
    RuleRun.objects.filter(rule=HOLIDAY).update(version="sha256:2")

    assert (line["sample_size"], line["sample_right"], line["sample_wrong"]) == (6, 4, 1)
    assert HOLIDAY not in {one["tested_rule"] for one in testing.labelled_lines(drive)}
    assert testing.untested(drive) == [HOLIDAY]


def test_every_unit_gets_a_self_check_and_what_it_admits_after_it_was_asked_is_not_of_its_own_accord(
    drive, leads, looking, ground
):
    """政务处分法 Art. 11: voluntary admission counts in mitigation, and only that."""
    office = ground[0]
    verified(leads["a2"], TANK, "refuted")
    labelled(drive, HOLIDAY)
    perform("spread", drive, by=looking("deputy"))
    facts = {"self_topics": "自查公务加油登记。", "self_by": "2026-11-30"}
    sent = perform("send_self_checks", drive, by=looking("style_head"), facts=facts)
    mine = next(one for one in sent.opened if _unit(one) == office.units["区教育局"])
    typed = {
        **a_story.sampling.cases("self_check")["for_campaign"]["steps"][0]["facts"],
        "admitted": "登记补填。",
    }
    typed |= {"admitted_from": "2026-06-01", "admitted_until": "2026-07-01", "measure_by": "2026-12-01"}

    perform("admit", mine, by=looking("education_contact"), facts=typed)
    leads["a1"].refresh_from_db()
    about = leads["a1"].matter
    about.parties.create(role="unit", unit=office.units["区教育局"], since_at=NOW)
    settled(about, "ask_unit")
    perform("admit", mine, by=looking("education_contact"), facts=typed)

    units = Unit.objects.filter(kind="supervised").open_on(NOW.date())
    assert {_unit(one) for one in sent.opened} == set(units)
    assert [one.facts["own_accord"] for one in mine.lines.filter(ledger="admissions").order_by("no")] == [
        "yes", "no",
    ]  # fmt: skip


def _unit(check):
    return check.parties.get(role="unit").unit


# --- pages --------------------------------------------------------------------------------------


def test_the_page_says_where_it_stands_and_what_blocks_the_next_step(drive, browser):
    said = text_of(browser("style_head").get(f"/campaigns/{drive.slug}/"))

    assert "四步进展" in said
    assert "A级1条未核" in said
    assert "有A级疑点未核查" in said


def test_doubts_stand_by_unit_with_what_each_reported_itself_apart(drive, browser):
    said = text_of(browser("analyst").get(f"/campaigns/{drive.slug}/"))

    assert "各单位疑点和核查进度" in said
    assert "云水区教育局" in said
    assert "云水区水务局" in said
    assert "单位自查报告的问题不计入查实" in said


def test_whoever_is_bound_to_a_unit_sees_nothing_of_its_doubts(drive, leads, browser, ground, looking):
    """监察法 Art. 67."""
    office = ground[0]
    counted(drive, looking)
    head, water = office.people["Y0401"], office.units["区水务局"]
    Interest.objects.create(person=head, unit=water, kind=Interest.Kind.SHARES, declared_on="2026-01-01")

    said = text_of(browser("style_head").get(f"/campaigns/{drive.slug}/"))
    rows = browser("style_head").get(f"/campaigns/{drive.slug}/rows/a-left/").content.decode()

    assert "云水区教育局" in said
    assert "云水区水务局" not in said
    assert leads["a2"].key not in rows


@pytest.mark.parametrize(
    ("figure", "keys"),
    [
        ("true", {"a1"}),
        ("explained", {"b1"}),
        ("a-left", {"a2"}),
        ("hits", {"a1", "a2", "b1"}),
        ("units-found", {"a1"}),
        ("refuted", set()),
    ],
)
def test_a_number_opens_its_rows(drive, leads, browser, figure, keys):
    answer = browser("analyst").get(f"/campaigns/{drive.slug}/rows/{figure}/")
    page = answer.content.decode()

    assert {key for key in leads if f"/leads/{leads[key].key}/" in page} == keys


def test_rows_of_self_checks_are_no_rows_of_doubts(drive, browser):
    said = text_of(browser("analyst").get(f"/campaigns/{drive.slug}/rows/self-units/"))

    assert "没有单位自查报告问题" in said


def test_rows_exist_for_nobody_who_does_not_read_the_campaign_whole(drive, browser):
    for key in ("education_contact", "housing_contact", "audit_contact"):
        assert browser(key).get(f"/campaigns/{drive.slug}/rows/hits/").status_code == 404
        assert browser(key).get("/campaigns/board/").status_code == 404
    assert browser("analyst").get(f"/campaigns/{drive.slug}/rows/nothing/").status_code == 404


def test_the_board_shows_each_campaign_as_four_steps(drive, browser):
    said = text_of(browser("deputy").get("/campaigns/board/"))

    assert drive.number in said
    assert "1 点上破题" in said
    assert "4 全面铺开" in said


def test_what_was_said_stands_beside_what_is_counted(drive, browser, looking):
    facts = {
        "circular_title": "典型问题通报", "circular_text": "某单位登记补填。", "circular_to": "全区各单位",
        "said_true": 2, "difference_why": "一条为下级单位所报，另行统计。",
    }  # fmt: skip
    perform("circulate", drive, by=looking("style_head"), facts=facts)

    said = text_of(browser("deputy").get(f"/campaigns/{drive.slug}/"))

    assert "公布数字与系统计数" in said
    assert "1个数字与系统计数不一致" in said
    assert "一条为下级单位所报" in said
