"""The youth society: in it by one's own wish, a plan that somebody else approves, sums and no ranking."""

import re
from decimal import Decimal

import pytest

from qingfeng.desk.growth import laying
from qingfeng.growth import society
from qingfeng.growth.models import Line, Member, Office, Plan, Planned
from qingfeng.journal.models import JournalEntry
from qingfeng.screening.errors import Problem

YEAR = 2026
PLAN = "/society/plan/?year=2026"


def intended(plan, line, month, what):
    """A line of a plan: eight hours and 400 yuan."""
    return society.intend(plan, Line(line), month, what=what, hours=8, cost=Decimal("400.00"))


def said(response):
    """What a page says, its words in a row."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def chair(desk):
    """A member who took on the chair."""
    member = society.join(desk.viewer("style_one"))
    society.take_on(society.offer(member, Office.Key.CHAIR, None, by=desk.viewer("dept_head")))
    return desk.viewer("style_one")


@pytest.fixture
def plan(desk, chair):
    """A plan with one lecture, as the chair wrote it."""
    made = society.write_plan(YEAR, "每季度一次", by=chair)
    intended(made, "lecture", 5, "村账宣讲")
    return made


def test_somebody_joins_and_leaves_as_they_like_and_no_line_of_it_stays(desk):
    browser = desk.browser("style_two")
    browser.post("/society/join/")
    browser.post("/society/join/")
    joined = Member.objects.count()
    browser.post("/society/leave/")

    assert joined == 1
    assert not Member.objects.exists()
    assert "加入青联社" in said(browser.get("/society/"))


def test_the_journal_does_not_say_who_joined_held_a_role_and_left(desk):
    who = desk.viewer("style_two")
    office = society.offer(society.join(who), Office.Key.SECRETARY, None, by=desk.viewer("dept_head"))
    society.take_on(office)
    society.lay_down(office, by=who)
    society.leave(who)
    told = JournalEntry.objects.filter(kind__startswith="society.")

    assert told.count() == 4
    assert f"person:{who.person_id}" not in str([one.said for one in told])


@pytest.mark.parametrize("who", ["unit_contact", "superior", "special_supervisor", "seconded"])
def test_the_society_does_not_exist_for_people_of_other_offices(desk, who):
    assert desk.browser(who).get("/society/").status_code == 404
    assert desk.browser(who).post("/society/join/").status_code == 404
    assert desk.browser(who).get("/growth/").status_code == 404


def test_a_role_counts_once_the_member_takes_it_on_and_ends_when_they_say_so(desk):
    member = society.join(desk.viewer("style_one"))
    guide, own = desk.browser("dept_head"), desk.browser("style_one")
    guide.post("/society/roles/", {"member": member.pk, "key": "chair", "line": ""})
    office = Office.objects.get()
    before = society.writes_plan(desk.viewer("style_one"))
    own.post(f"/society/roles/{office.pk}/", {"take_on": "1"})
    taken = society.writes_plan(desk.viewer("style_one"))
    own.post(f"/society/roles/{office.pk}/", {"end": "1"})

    assert (before, taken) == (False, True)
    assert not Office.objects.exists()


def test_nobody_takes_on_a_role_for_somebody_else_or_offers_one_without_guiding(desk):
    member = society.join(desk.viewer("style_one"))
    office = society.offer(member, Office.Key.SECRETARY, None, by=desk.viewer("dept_head"))

    desk.browser("dept_head").post(f"/society/roles/{office.pk}/", {"take_on": "1"})
    assert desk.browser("style_two").post(f"/society/roles/{office.pk}/", {"end": "1"}).status_code == 404
    assert desk.browser("style_two").post("/society/roles/", {}).status_code == 404
    office.refresh_from_db()
    assert office.taken_on is None


@pytest.mark.parametrize(("key", "line"), [("carrier", None), ("chair", Line("lecture"))])
def test_a_line_is_named_for_who_carries_one_and_for_nobody_else(desk, key, line):
    member = society.join(desk.viewer("style_one"))

    with pytest.raises(Problem):
        society.offer(member, Office.Key(key), line, by=desk.viewer("dept_head"))


def test_a_plan_is_approved_by_a_leader_who_did_not_write_it(desk, plan):
    desk.browser("deputy").post("/society/plan/approve/?year=2026")
    plan.refresh_from_db()

    assert plan.approved_by_id == desk.viewer("deputy").person_id
    with pytest.raises(Problem):
        society.write_plan(YEAR, "换一个目标", by=desk.viewer("dept_head"))


def test_who_wrote_a_plan_does_not_approve_it(desk):
    head = desk.browser("dept_head")
    head.post(PLAN, {"aims": "每季度一次"})
    head.post(
        "/society/plan/add/?year=2026",
        {"line": "practice", "month": 3, "what": "水库巡护", "hours": 6, "cost": "0"},
    )
    head.post("/society/plan/approve/?year=2026")

    assert Plan.objects.get(year=YEAR).approved_on is None
    assert desk.browser("style_two").get(PLAN).status_code == 404


def test_a_line_of_a_plan_is_tied_to_an_activity_of_its_own_line_once(desk, plan):
    planned, browser = plan.planned.get(), desk.browser("org_head")
    held = desk.matters["activity_shown"]
    way = f"/society/plan/lines/{planned.pk}/?year=2026"
    browser.post(way, {"number": held.number})
    planned.refresh_from_db()
    early = planned.matter_id
    society.approve(plan, by=desk.viewer("deputy"))
    browser.post(way, {"number": desk.matters["activity_closed"].number})
    planned.refresh_from_db()
    wrong = planned.matter_id
    browser.post(way, {"number": held.number})
    planned.refresh_from_db()

    assert early is None
    assert wrong is None
    assert planned.matter_id == held.pk
    with pytest.raises(Problem):
        society.tie(intended(plan, "lecture", 9, "再讲一次"), held)


def test_the_plan_is_held_against_what_was_done_and_what_is_over_is_told(desk, plan):
    society.approve(plan, by=desk.viewer("deputy"))
    society.tie(plan.planned.select_related("plan").get(), desk.matters["activity_shown"])

    (row,) = laying.planned_of(desk.viewer("style_one"), YEAR)
    page = said(desk.browser("style_one").get(f"/society/?year={YEAR}"))

    assert (row.done.hours, row.hours_over) == (12, 4)
    assert (row.done.cost, row.cost_over) == (Decimal("460.00"), Decimal("60.00"))
    assert "超计划： 4 小时；60.00 元" in page
    assert "已实施部分：12 小时（计划 8 小时），460.00 元（计划 400.00 元）" in page


def test_what_is_added_after_the_approval_says_so_and_only_that_can_be_struck(desk, plan):
    society.approve(plan, by=desk.viewer("deputy"))
    approved = Plan.objects.get(pk=plan.pk)
    first = plan.planned.select_related("plan").get()
    Plan.objects.filter(pk=plan.pk).update(approved_on=first.added_on.replace(day=1))
    later = intended(approved, "volunteer", 8, "养老点")
    Planned.objects.filter(pk=first.pk).update(added_on=first.added_on.replace(day=1))
    page = said(desk.browser("dept_head").get(PLAN))

    assert page.count("批准后增列") >= 1
    assert society.may_strike(Planned.objects.select_related("plan").get(pk=later.pk))
    assert not society.may_strike(Planned.objects.select_related("plan").get(pk=first.pk))


def test_each_line_says_what_was_held_as_sums_over_the_house(desk):
    lines = {str(one.line): one for one in society.by_line(YEAR)}

    assert list(lines) == ["practice", "lecture", "volunteer", "grassroots"]
    assert (lines["lecture"].held, lines["lecture"].hours, lines["lecture"].made) == (1, 12, 2)
    assert (lines["lecture"].took_part, lines["lecture"].served) == (4, 63)
    assert lines["practice"].held == 0


def test_members_see_each_other_in_the_order_in_which_they_came_and_others_see_how_many(desk, chair):
    society.join(desk.viewer("case_one"))
    names = [desk.person(one).name for one in ("style_one", "case_one")]
    own = said(desk.browser("case_one").get("/society/"))
    other = said(desk.browser("evaluator").get("/society/"))

    assert own.rindex(names[0]) < own.rindex(names[1])
    assert not any(name in other for name in names)
    assert "成员 2" in other
