"""The boards of goals and projects: what they show, what their numbers open, who reads a score and when."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from a_desk import at, hidden, text_of
from django.http import QueryDict
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from qingfeng.desk.goals import counted, panel
from qingfeng.desk.goals.asked import Asked
from qingfeng.desk.goals.board import board_of, is_asked
from qingfeng.desk.goals.projects import projects_of
from qingfeng.desk.indexing import _lines
from qingfeng.desk.seen import seen_of
from qingfeng.journal.models import JournalEntry
from qingfeng.matters import keeping
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import LedgerLine, Matter, RecusalDecision
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.goal.fields import READING

pytestmark = pytest.mark.django_db
LAST_YEAR = date(2025, 1, 6)
WHY = "评分理由只有本人知道"


@pytest.fixture(scope="module")
def goals(house):
    """Five goals of one year, one of each kind of end and one that is still under way; by story."""
    where = house.scene(LAST_YEAR)
    whole = {name: sampling.play("goal", name, where) for name in ("reached", "partly", "missed", "dropped")}
    return {**whole, "early": sampling.play("goal", "early", where, steps=2)}


@pytest.fixture(scope="module")
def projects(house):
    """Four projects: one that worked, one that failed, one under way, one being scored by three; by story."""
    where = house.scene(LAST_YEAR)
    steps = [step["act"] for step in sampling.cases("demonstration")["qualified"]["steps"]]
    return {
        "spread": sampling.play("demonstration", "spread", where),
        "unqualified": sampling.play("demonstration", "unqualified", where),
        "running": sampling.play("demonstration", "running", where),
        "scored": sampling.play("demonstration", "qualified", where, steps=steps.index("open_scores")),
    }


def board(desk, who="principal", **asked):
    return board_of(desk.viewer(who), Asked(2025, **asked))


def test_the_board_shows_each_goal_with_its_quarters_and_what_serves_it(desk, goals):
    keeping.link(desk.directive, goals["early"], "serves", by=desk.viewer("principal"), reason="支撑")

    rows = {row.matter.pk: row for row in board(desk).rows}
    page = text_of(desk.browser("handler").get("/goals/board/?year=2025"))

    assert set(rows) == {one.pk for one in goals.values()}
    assert [one.percent for one in rows[goals["reached"].pk].quarters] == [20, 35, 70, 100]
    assert [one.state for one in rows[goals["early"].pk].quarters] == ["missing"] * 4
    served = rows[goals["early"].pk].served
    assert [(one.matter, bool(one.light)) for one in served] == [(desk.directive, True)]
    for words in ("争先进位", "争创品牌", "争作贡献", "第2位（共9家）", desk.directive.number):
        assert words in page, words


def test_the_number_of_a_measure_is_counted_by_the_house_and_not_typed(desk, house):
    goal = sampling.play("goal", "reached", house.scene(LAST_YEAR), steps=3)
    line = {"quarter": "1", "progress": "逐件建立清单。", "percent": 20, "course": "on_course"}
    typed = {**line, "measure": "matters.opened", "value": "九百九十九"}
    days = (date(2025, 1, 1), date(2025, 3, 31))
    few = Matter.objects.filter(owner__path__startswith=goal.owner.path, opened_on__range=days).count()
    many = Matter.objects.filter(standing="valid").count()

    read = perform("read", goal, by=desk.viewer("style_one"), lines={"readings": [typed]})
    counted_one = goal.lines.get(ledger="readings", no=1).facts["value"]
    by_hand = {"readings": {1: {**line, "measure": "", "value": "八件"}}}
    mended = perform(
        "correct_reading", goal, by=desk.viewer("style_one"), reason="改用手工数", changes=by_hand
    )

    assert isinstance(read, Done), read
    assert isinstance(mended, Done), mended
    assert 0 < few < 5 <= many
    assert counted_one == "少于5件"
    assert panel.read("matters.opened", date(2020, 1, 1), timezone.localdate(), "") == f"{many} 件"
    assert goal.lines.get(ledger="readings", no=1).facts["value"] == "八件"


@pytest.mark.parametrize(
    ("name", "state"),
    [("reached", "achieved"), ("partly", "partly"), ("missed", "missed"), ("early", "overdue"),
     ("dropped", "out")],
)  # fmt: skip
def test_the_board_says_how_a_goal_stands(desk, goals, name, state):
    found = board(desk, state=state).rows

    assert [row.matter for row in found] == [goals[name]]


def test_every_figure_of_the_board_opens_exactly_its_rows(desk, goals):
    asked, viewer = Asked(2025), desk.viewer("principal")
    found = board(desk)
    lines = [*counted.by_pillar(found, asked), *counted.by_office(found, asked)]

    for line in lines:
        for number in line.numbers:
            wanted = Asked.read(QueryDict(number.query), viewer.on)
            opened = [row for row in found.everything if is_asked(row, wanted)]
            assert len(opened) == number.value, (line.name, number.head)
    assert [one.value for one in counted.by_pillar(found, asked)[-1].numbers] == [
        5,
        1,
        1,
        1,
        3,
        0,
        1,
        3,
    ]


def test_offices_stand_in_the_order_of_their_names_and_nothing_counts_people(desk, goals):
    names = [str(line.name) for line in counted.by_office(board(desk), Asked(2025))]

    assert names == sorted(names)
    assert set(counted.heads()) == {
        "all", "achieved", "partly", "missed", "in_time", "late", "overdue", "evidence",
    }  # fmt: skip


def test_the_table_comes_as_a_workbook_and_for_word_and_the_journal_keeps_it(desk, goals):
    browser = desk.browser("principal")
    made = {
        form: browser.post(f"/goals/board/table.{form}?year=2025&state=partly") for form in ("xlsx", "docx")
    }

    sheet = load_workbook(BytesIO(made["xlsx"].getvalue())).worksheets[0]
    table = Document(BytesIO(made["docx"].getvalue())).tables[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == len(table.rows) == 2
    assert rows[0] == [cell.text for cell in table.rows[0].cells]
    assert rows[1][0] == goals["partly"].number == table.rows[1].cells[0].text
    assert "部分完成：施行五项属实" in rows[1][-1]
    kept = JournalEntry.objects.filter(kind="goals.exported")
    assert kept.count() == 2


def test_a_matter_is_let_serve_a_goal_by_its_number(desk, goals):
    browser, goal = desk.browser("principal"), goals["early"]
    address = f"/goals/{goal.slug}/serve/"
    sent = {"other": desk.reported.number, "reason": "本督办服务于该目标"}

    sure = browser.post(address, sent)
    browser.post(address, {**sent, "confirmed": hidden(sure, "confirmed") or "1"})

    assert [(one.source, one.kind) for one in goal.links_in.filter(until_at=None)] == [
        (desk.reported, "serves")
    ]
    wrong = browser.post(address, {**sent, "other": goals["reached"].number})
    assert "目标不能支撑目标" in text_of(wrong)
    assert desk.reported.number in text_of(browser.get(at(goal)))


def test_what_serves_a_goal_and_does_not_exist_for_the_reader_is_nowhere_on_the_board(desk, goals):
    keeping.link(desk.directive, goals["early"], "serves", by=desk.viewer("principal"), reason="支撑")
    hidden_from = desk.viewer("handler")
    RecusalDecision.objects.create(
        matter=desk.directive, person_id=hidden_from.person_id, ground="other",
        decided_by=desk.person("principal"), at=desk.directive.opened_at,
    )  # fmt: skip

    page = text_of(desk.browser("handler").get("/goals/board/?year=2025"))

    assert desk.directive.number not in page
    assert desk.directive.title not in page


def test_a_link_to_an_aim_shows_the_aim_and_not_the_others_that_serve_it(desk, goals):
    from qingfeng.desk.thread.walk import ALL, walk

    by = desk.viewer("principal")
    for matter in (desk.directive, desk.reported):
        keeping.link(matter, goals["early"], "serves", by=by, reason="支撑")

    from_one = set(walk(by, desk.directive, ALL).matters)
    from_the_goal = set(walk(by, goals["early"], ALL).matters)

    assert goals["early"].pk in from_one
    assert desk.reported.pk not in from_one
    assert from_the_goal >= {desk.directive.pk, desk.reported.pk}


def test_a_link_that_means_nothing_at_the_other_end_is_not_made_by_hand(desk, goals):
    browser = desk.browser("principal")
    page = browser.get(at(desk.directive, "link"))
    sent = {"other": desk.reported.number, "kind": "serves", "reason": "不对"}

    answer = browser.post(at(desk.directive, "link"), sent)

    assert 'value="serves"' in page.content.decode()
    assert "三争目标" in text_of(answer)
    assert not desk.directive.links_out.filter(kind="serves").exists()


def test_a_reading_may_name_a_measure_of_the_house_that_is_fair(desk):
    offered = dict(next(one for one in READING if one.key == "measure").choices)

    assert "goal.readings_in_time" in offered
    assert not [words for words in offered.values() if "满意" in str(words) or "处分" in str(words)]


def test_every_project_stands_on_its_board_and_what_failed_beside_what_worked(desk, projects):
    found = projects_of(desk.viewer("handler"))
    page = text_of(desk.browser("handler").get("/demonstrations/board/"))

    assert [one.matter for one in found.worked] == [projects["spread"]]
    assert [one.matter for one in found.failed] == [projects["unqualified"]]
    columns = {key: [one.matter for one in cards] for key, _name, cards in found.columns}
    assert columns["running"] == [projects["running"]]
    assert columns["applying"] == [projects["scored"]]
    assert (found.overdue_milestones, found.taken_by, found.taken_on) == (1, 1, 3)
    for words in ("做成的", "没有做成的", "百分之二十四", "先以制度明确往来记录义务", "区水务局"):
        assert words in page, words


def test_what_a_failed_project_shows_is_a_document_as_that_of_one_that_worked(desk, projects):
    found = projects_of(desk.viewer("handler"))
    page = desk.browser("handler").get("/demonstrations/board/").content.decode()

    shown = [*found.worked, *found.failed]

    assert [one.slip.key for one in shown] == ["material", "lessons"]
    assert all(one.slip_href in page for one in shown)


def scores_seen(desk, who, matter):
    seen = seen_of(desk.viewer(who), matter)
    return [line for line in seen.lines if line.ledger == "scores"]


def test_a_score_is_there_for_its_author_alone_until_the_scores_are_opened(desk, projects):
    matter, opened = projects["scored"], projects["running"]
    first = LedgerLine.objects.get(matter=matter, ledger="scores", no=1)
    first.facts = {**first.facts, "score_why": WHY}
    first.save()

    assert [line.no for line in scores_seen(desk, "trial_reviewer", matter)] == [1]
    assert [line.no for line in scores_seen(desk, "case_one", matter)] == [2]
    for who in ("principal", "deputy", "style_head"):
        assert scores_seen(desk, who, matter) == [], who
        assert len(scores_seen(desk, who, opened)) == 3, who
    assert WHY in text_of(desk.browser("trial_reviewer").get(at(matter)))
    for who in ("principal", "style_head", "case_one", "visitor_one"):
        assert WHY not in desk.browser(who).get(at(matter)).content.decode(), who


def test_a_score_that_is_not_open_is_in_no_export_and_no_search(desk, projects):
    matter = projects["scored"]
    LedgerLine.objects.filter(matter=matter, ledger="scores", no=1).update(facts={"score_why": WHY})

    made = desk.browser("principal").post("/demonstrations/export/?state=all", {"form": "xlsx"})
    book = load_workbook(BytesIO(b"".join(made.streaming_content)))
    cells = [
        str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    declared = {matter.pk: mechanism("demonstration")}

    assert not [cell for cell in cells if WHY in cell]
    assert any("成效可测量" in cell for cell in cells)  # of a project whose scores are open
    assert not [line for line in _lines(declared, [matter])[matter.pk] if line.ledger == "scores"]


def test_the_boards_are_there_for_the_commission_and_for_nobody_outside(desk, goals, projects):
    for who in ("unit_contact", "superior", "special_supervisor", "system_admin"):
        for address in ("/goals/board/", "/demonstrations/board/", f"/goals/{goals['early'].slug}/serve/"):
            assert desk.browser(who).get(address).status_code == 404, (who, address)
        assert desk.browser(who).post("/goals/board/table.xlsx").status_code == 404, who


def test_the_unit_that_applied_sees_its_own_part_and_no_score(desk, projects):
    browser, matter = desk.browser("education_contact"), projects["running"]

    page = text_of(browser.get(at(matter)))

    assert "家长意见集中" in page
    assert "可复制性强" not in page
    assert "87.00" not in page


def test_the_unit_is_told_how_its_project_was_rated_and_nothing_of_the_scores(desk, projects):
    seen = seen_of(desk.viewer("housing_contact"), projects["unqualified"])

    assert seen.is_part
    assert {one.key for one in seen.slips} >= {"announcement", "midterm", "rating"}
    assert not {one.key for one in seen.slips} & {"review", "acceptance"}
    assert not [line for line in seen.lines if line.ledger in {"scores", "objections"}]


def test_an_address_that_asks_for_nonsense_shows_the_year(desk, goals):
    page = desk.browser("principal").get(
        "/goals/board/?year=2025&pillar=x&owner=9999999999999&state=y&kind=z"
    )

    assert page.status_code == 200
    assert replace(page.context["asked"]) == Asked(2025)
