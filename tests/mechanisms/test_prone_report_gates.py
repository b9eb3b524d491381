"""What blocks a report on prone areas, what the house counts for it, and how one follows another (M23)."""

from datetime import date

import a_life
import a_story
import pytest
from test_slip_texts import text_of

from qingfeng.findings.models import Exposure, UnitOnRecord
from qingfeng.findings.prone.cells import Cell
from qingfeng.findings.prone.rates import Rate
from qingfeng.matters.answers import Done, Refusal, Waiting
from qingfeng.matters.door import confirm, perform
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.prone_report import gates
from qingfeng.mechanisms.prone_report.counting import COMMON, LINE, SLOTS, picture
from qingfeng.mechanisms.prone_report.declaration import PRONE_REPORT
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import viewer_for


def entering(case, act, **others):
    return a_life.entering("prone_report", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("prone_report", act, seen)


@pytest.mark.parametrize("act", ["submit", "approve", "publish"])
@pytest.mark.parametrize("what", ["names_somebody", "says_hidden", "raw_as_verified"])
def test_a_report_whose_text_gives_something_away_goes_no_further(act, what):
    seen = entering("published", act)

    assert unmet(act, seen) == []
    assert unmet(act, a_life.with_entered(seen, **{what: ["一句话"]})) == [what]


def test_a_report_is_counted_and_written_before_it_is_submitted():
    seen = entering("published", "submit")

    assert unmet("submit", a_life.without_act(seen, "take_cells")) != []
    assert unmet("submit", a_life.without_act(seen, "draft")) == ["act_done_after:draft:take_cells"]


def test_every_cell_that_stands_out_has_a_control_suggested():
    seen = entering("published", "submit")
    out = {"cell": "镇街 · 公务接待", "cell_standing": "out"}

    given = {**out, "control": "接待审批两人签字。"}

    assert unmet("submit", a_life.with_lines(seen, "kinds", ("taken", out, 0))) == ["controls_given"]
    assert unmet("submit", a_life.with_lines(seen, "kinds", ("controlled", given, 0))) == []
    like = {**out, "cell_standing": "like"}
    assert unmet("submit", a_life.with_lines(seen, "spots", ("taken", like, 0))) == []


def test_cells_are_entered_by_the_house_and_never_by_hand():
    asked = {key for act in PRONE_REPORT.acts for entry in act.enters for key in entry.columns}
    by_hand = [act for act in PRONE_REPORT.acts if not act.computes]
    by_hand = {key for act in by_hand for entry in act.enters for key in entry.columns}

    assert "cell_verified" in asked
    assert by_hand == {"control"}


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (date(2026, 1, 6), date(2025, 10, 1), date(2025, 12, 31)),
        (date(2026, 9, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 10, 1), date(2026, 7, 1), date(2026, 9, 30)),
    ],
)
def test_the_quarter_reported_is_the_last_whole_one(on, first, last):
    assert gates.quarter_before(on) == (first, last)


@pytest.mark.parametrize(("today", "is_over"), [(date(2026, 7, 10), False), (date(2026, 7, 11), True)])
def test_the_next_report_opens_ten_days_after_the_next_quarter(today, is_over):
    seen = a_life.replace(
        entering("followed", "open_next"), today=today, facts={"period_until": "2026-03-31"}
    )

    assert gates.next_quarter_is_over(seen) is is_over
    assert not gates.next_quarter_is_over(a_life.replace(seen, facts={}))


def test_an_interval_is_drawn_with_the_common_rate_in_it():
    cell = Cell(("镇街",), 4, 9, 30, "vehicles", 0.1, Rate(3.0, 1.5, 9.0, 0.97, 5.0))

    drawn = picture(cell)

    assert len(drawn) == SLOTS
    assert drawn.index(COMMON) < drawn.index(LINE) < drawn.index("●")
    assert drawn.endswith(LINE)
    assert picture(Cell(("镇街",), 0, 0, 3, "vehicles")) == ""


def test_the_public_part_has_no_unit_and_no_hit_that_nobody_verified():
    body = text_of("prone_report", "open").body

    assert "{#spots}" not in body
    assert "cell_raw" not in body
    assert "{public_text}" in body


def _counted(office):
    """A report that was counted and written, with one small unit on record."""
    unit = Unit.objects.get(name="云水区教育局")
    UnitOnRecord.objects.create(name=unit.name, unit=unit, kind="机关")
    for name, amount in (
        (unit.name, 3),
        ("云水区水务局", 40),
        ("云水区民政局", 50),
        ("云水区交通运输局", 60),
    ):
        Exposure.objects.create(
            unit_name=name, expense="vehicle_cost", month="2024-11-01", amount=amount, snapshot="5"
        )
    return a_story.before(office, "prone_report", "published", "submit")[0]


def _submitted(office, matter, **facts):
    matter.facts |= facts
    matter.save()
    by = viewer_for(office.people["Y0404"], date(2025, 1, 12))
    answer = perform("submit", matter, by=by, at=a_story.scene(office).at(6))
    if isinstance(answer, Waiting):
        head = viewer_for(office.people["Y0401"], date(2025, 1, 12))
        answer = confirm(answer.awaiting, by=head, at=a_story.scene(office).at(6))
    return answer


@pytest.mark.django_db
def test_the_house_counts_a_year_up_to_the_quarter_and_says_what_nobody_looked_at(office):
    matter = _counted(office)

    facts = matter.facts
    assert (facts["period_from"], facts["period_until"]) == ("2024-01-01", "2024-12-31")
    assert (facts["verified_total"], facts["missing_total"]) == (0, 10)
    assert facts["hidden_total"] > 0
    told = [line.facts["unseen"] for line in matter.lines.filter(ledger="unseen")]
    assert "公务接待" in told
    assert not any("教育局" in one for one in told if "车辆运行" in one)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"summary": "区教育局的车辆运行费用值得注意。"}, "隐去"),
        ({"summary": "经核查，3个问题属实。"}, "疑点"),
        ({"public_text": "区水务局用车情况较好。"}, "单位"),
        ({"limits": "详见苏M12345加油记录。"}, "个人"),
    ],
)
def test_what_gives_something_away_is_refused_at_the_door(office, facts, says):
    answer = _submitted(office, _counted(office), **facts)

    assert isinstance(answer, Refusal)
    assert says in str(answer)


@pytest.mark.django_db
def test_a_report_that_gives_nothing_away_is_submitted(office):
    answer = _submitted(office, _counted(office), summary="规则命中12个，均未核实；经核查属实0个。")

    assert isinstance(answer, Done)
    assert answer.matter.stage == "submitted"


@pytest.mark.django_db
def test_a_published_report_leads_to_a_topic_and_the_house_opens_the_next(office):
    matter = a_story.played(office, "prone_report", "followed")

    following = matter.links_out.get(kind="followed_by").target
    assert (matter.stage, following.mechanism, following.stage) == ("followed", "prone_report", "opened")
    assert "period_until" not in following.facts
    assert {line.key for line in matter.slips.all()} == {"report", "open"}
    led = a_story.played(office, "prone_report", "published")
    assert led.links_out.get(kind="leads_to").target.mechanism == "topic"
    assert Matter.objects.filter(mechanism="prone_report").count() == 3
