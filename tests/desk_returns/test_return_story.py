"""A return from its definition to its correction: who sees what of it, and what nobody can change."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from a_desk import text_of
from a_return import SAID, asked, counted, defined
from django.db import transaction
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from qingfeng.desk.returns import (
    computing,
    doors,
    keeping,
    masks,
    measures,
    printed,
    seeing,
    shipping,
    typeset,
)
from qingfeng.desk.returns.definitions import Row
from qingfeng.desk.returns.differences import differences, grid_of
from qingfeng.desk.returns.grid import ALL, failing
from qingfeng.desk.returns.models import Counted, Definition, Edition
from qingfeng.desk.returns.scope import Scope
from qingfeng.journal.models import JournalEntry
from qingfeng.look.said import dated
from qingfeng.matters.models import Matter, RecusalDecision
from qingfeng.matters.statistics import Period
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db
OPENED = (("opened", ALL), "this")


@pytest.fixture
def edition(desk):
    """The directives of this year, counted."""
    return counted(desk, defined(desk), f"{timezone.localdate().year}")


def _opened():
    year = timezone.localdate().year
    rows = Matter.objects.filter(mechanism="directive", standing="valid")
    return rows.filter(opened_on__year=year)


def _page(desk, edition, who="principal", tail=""):
    return desk.browser(who).get(f"/returns/{edition.key}/of/{edition.slug}/{tail}")


def _signed(desk, edition):
    for who in ("analyst", "case_supervisor", "principal"):
        keeping.sign(edition, by=desk.viewer(who))
        edition.refresh_from_db()
    return edition


def test_the_worker_counts_the_whole_house_once_and_the_journal_says_so(desk, edition):
    grid = grid_of(edition)
    entry = JournalEntry.objects.get(pk=edition.entry_id)

    assert grid.cells[OPENED].value == _opened().count() > 0
    parts = [cell.value for (key, column), cell in grid.cells.items()
             if key[0] == "opened" and key[1] and column == "this"]  # fmt: skip
    assert sum(parts) == grid.cells[OPENED].value
    assert failing(grid) == []
    assert entry.kind == "returns.counted"
    assert edition.digest in bytes(entry.body).decode()
    assert edition.done == edition.of == edition.answers.count()
    assert computing.is_intact(edition)


def test_counted_again_on_the_same_day_the_numbers_are_the_same_to_the_byte(desk, edition):
    before = list(edition.answers.values_list("question", "cells"))

    again = keeping.count_again(edition, by=desk.viewer("analyst"))
    computing.count.call(again.pk)
    again.refresh_from_db()

    assert list(again.answers.values_list("question", "cells")) == before
    assert again.digest == edition.digest
    assert Edition.objects.get(pk=edition.pk).state == Edition.State.CANCELLED


def test_a_worker_killed_in_the_middle_goes_on_after_what_it_kept(desk, monkeypatch):
    waiting = asked(desk, defined(desk), f"{timezone.localdate().year}")
    questions = []
    answer = computing.answer

    class Killed(BaseException):
        pass

    def dies(question, scope, *, behind):
        if behind:
            questions.append(question.name)
        if len(questions) == 4:
            raise Killed
        return answer(question, scope, behind=behind)

    monkeypatch.setattr(computing, "answer", dies)
    with pytest.raises(Killed):
        computing.count.call(waiting.pk)
    waiting.refresh_from_db()
    kept = (waiting.state, waiting.done, waiting.answers.count())
    computing.count.call(waiting.pk)
    waiting.refresh_from_db()

    assert kept == (Edition.State.COUNTING, 3, 3)
    assert waiting.state == Edition.State.COUNTED
    assert len(questions) == len(set(questions)) + 1 == waiting.of + 1


def test_a_cancelled_counting_ends_without_numbers(desk):
    waiting = asked(desk, defined(desk), f"{timezone.localdate().year}")

    keeping.cancel(waiting, by=desk.viewer("analyst"))
    computing.count.call(waiting.pk)
    waiting.refresh_from_db()

    assert (waiting.state, waiting.answers.count(), waiting.digest) == (Edition.State.CANCELLED, 0, "")


def test_every_number_opens_its_rows(desk, edition):
    year = timezone.localdate().year
    page = _page(desk, edition, tail="rows/?row=opened&part=&column=this")
    text = text_of(page)

    assert page.status_code == 200
    for matter in _opened():
        assert matter.number in text
    assert "shown to you" not in text
    assert _page(desk, edition, tail="rows/?row=met&part=&column=this").status_code == 200
    assert _page(desk, edition, tail="rows/?row=share&part=&column=this").status_code == 404
    assert _page(desk, edition, tail="rows/?row=nothing&part=&column=this").status_code == 404
    assert str(year) in text_of(_page(desk, edition))


def test_three_people_sign_and_then_the_numbers_stand(desk, edition):
    analyst, supervisor = desk.viewer("analyst"), desk.viewer("case_supervisor")
    keeping.sign(edition, by=analyst)
    edition.refresh_from_db()
    alone = keeping.cannot_sign(analyst, edition)
    keeping.sign(edition, by=supervisor)
    edition.refresh_from_db()
    no_leader = keeping.cannot_sign(desk.viewer("registrar"), edition)
    keeping.sign(edition, by=desk.viewer("principal"))
    edition.refresh_from_db()
    told = grid_of(edition).cells[OPENED].value
    desk.played("directive", "objected", steps=1, ago=1)

    assert "三个不同的人" in alone
    assert "负责人签字" in no_leader
    assert edition.is_frozen
    assert grid_of(edition).cells[OPENED].value == told == _opened().count() - 1
    with pytest.raises(Problem):
        keeping.sign(edition, by=desk.viewer("principal"))
    with pytest.raises(Problem):
        keeping.cancel(edition, by=desk.viewer("principal"))
    assert JournalEntry.objects.filter(
        kind="returns.signed", subject=f"return:{edition.key}/{edition.slug}"
    ).exists()


def test_a_number_changed_behind_its_back_is_seen_and_nobody_signs_or_exports_it(desk, edition):
    row = edition.answers.filter(question__startswith="directive.reports").first()
    Counted.objects.filter(pk=row.pk).update(cells=[[[], 99.0, None]])
    page = _page(desk, edition)
    file = desk.browser("principal").post(f"/returns/{edition.key}/of/{edition.slug}/file/", {"form": "csv"})

    assert not computing.is_intact(edition)
    assert "note-error" in page.content.decode()
    assert file.status_code == 404
    with pytest.raises(Problem):
        keeping.sign(edition, by=desk.viewer("analyst"))


def test_a_check_that_does_not_hold_is_explained_before_anybody_signs(desk):
    said = replace(SAID, checks=(replace(SAID.checks[0], right=("reports",)),))
    edition = counted(desk, defined(desk, said), f"{timezone.localdate().year}")
    analyst = desk.viewer("analyst")
    before = keeping.cannot_sign(analyst, edition)

    keeping.explain(edition, 1, "报结与收单口径不同。", by=analyst)
    edition.refresh_from_db()

    assert "请先说明原因" in before
    assert keeping.cannot_sign(analyst, edition) == ""


def test_a_correction_is_another_edition_with_what_it_changes_and_why(desk, edition):
    first = _signed(desk, edition)
    was = grid_of(first).cells[OPENED].value
    desk.played("directive", "objected", steps=1, ago=2)
    principal = desk.viewer("principal")

    second = keeping.correct(first, "补录一件。", by=principal)
    computing.count.call(second.pk)
    second.refresh_from_db()
    changed = {(one.line, one.column): (one.was, one.now) for one in differences(second, first)}
    page = text_of(_page(desk, second))

    assert second.no == 2
    assert keeping.before(second) == first
    assert (str(int(was)), str(int(was) + 1)) in changed.values()
    assert "补录一件。" in page
    assert grid_of(first).cells[OPENED].value == was
    with pytest.raises(Problem):
        keeping.correct(first, "再次更正。", by=principal)


def test_a_changed_definition_is_another_version_and_old_returns_keep_theirs(desk, edition):
    other = replace(SAID, rows=SAID.rows[:3], checks=())

    newer = keeping.define(edition.key, other, by=desk.viewer("analyst"))
    edition.refresh_from_db()

    assert (newer.version, edition.definition.version) == (2, 1)
    assert len(grid_of(edition).said.rows) == 6
    assert list(doors.newest().filter(key=edition.key)) == [newer]


def test_somebody_recused_gets_numbers_of_their_own_and_no_trace_of_the_others(desk, edition):
    supervisor = desk.viewer("case_supervisor")
    matter = _opened().first()
    with transaction.atomic():
        RecusalDecision.objects.create(
            matter=matter, person=desk.person("case_supervisor"), ground="亲属", at=timezone.now(),
            decided_by=desk.person("principal"),
        )  # fmt: skip
    seen = seeing.seen(desk.viewer("case_supervisor"), edition)
    page = text_of(_page(desk, edition, "case_supervisor"))
    rows = text_of(_page(desk, edition, "case_supervisor", "rows/?row=opened&part=&column=this"))
    file = desk.browser("case_supervisor").post(
        f"/returns/{edition.key}/of/{edition.slug}/file/", {"form": "csv"}
    )

    from qingfeng.matters import access

    mine = access.visible(supervisor).filter(access.read_whole_q(supervisor), pk__in=_opened()).count()
    assert seen.mode == "own"
    assert seen.grid.cells[OPENED].value < grid_of(edition).cells[OPENED].value
    assert seen.grid.cells[OPENED].value <= mine
    assert edition.digest[:16] not in page
    assert matter.number not in rows
    assert edition.digest not in file.content.decode("utf-8-sig")
    assert keeping.cannot_sign(desk.viewer("case_supervisor"), edition) != ""


@pytest.mark.parametrize("who", ["principal", "style_head", "analyst"])
def test_nobody_learns_of_a_few_rows_by_the_difference_to_what_they_see(desk, edition, who):
    viewer = desk.viewer(who)
    seen = seeing.seen(viewer, edition)
    stored = grid_of(edition)
    wanted = computing.questions(SAID, edition.since, edition.until)
    own = seeing.own_grid(viewer, edition, wanted)

    for spot, cell in seen.grid.cells.items():
        if spot in seen.hidden or cell.value is None:
            continue
        mine = own.cells[spot].value if spot in own.cells and own.cells[spot].value is not None else 0
        rest = stored.cells[spot].value - mine
        assert seen.mode == "own" or rest == 0 or rest >= SAID.least or seen.mode == "all", (who, spot)


def test_who_is_not_shared_with_or_outside_finds_nothing(desk, edition):
    said = replace(SAID, shared=("principal",))
    other = counted(desk, defined(desk, said, "closed_one", "principal"), f"{timezone.localdate().year}")

    for who in ("unit_contact", "handler", "system_admin", "special_supervisor"):
        assert _page(desk, edition, who).status_code == 404, who
    assert _page(desk, other, "analyst").status_code == 404
    assert "closed_one" not in desk.browser("analyst").get("/returns/").content.decode()
    assert desk.browser("handler").get("/returns/").status_code == 404


def test_a_published_return_is_read_from_outside_with_small_cells_hidden(desk):
    said = replace(SAID, is_public=True)
    edition = counted(desk, defined(desk, said, "open_one"), f"{timezone.localdate().year}")
    before = _page(desk, edition, "special_supervisor").status_code
    _signed(desk, edition)
    page = _page(desk, edition, "special_supervisor")
    small = {spot for spot, cell in grid_of(edition).cells.items() if 0 < (cell.value or 0) < 5}

    assert before == 404
    assert page.status_code == 200
    assert small <= seeing.outside(edition, grid_of(edition))
    assert "rows/?" not in page.content.decode()
    assert _page(desk, edition, "special_supervisor", "rows/?row=opened&part=&column=this").status_code == 404


def test_files_say_what_they_are_and_hold_no_formula(desk, edition):
    said = replace(SAID, title="=1+1 督办表")
    edition = counted(desk, defined(desk, said), f"{timezone.localdate().year}")
    seen = seeing.seen(desk.viewer("principal"), edition)
    inside = printed.printed(edition, seen, for_outside=False)
    outside = printed.printed(edition, seen, for_outside=True)

    book = load_workbook(io.BytesIO(typeset.as_file(inside, "xlsx")))
    paper = Document(io.BytesIO(typeset.as_file(inside, "docx")))
    rows = list(csv.reader(io.StringIO(typeset.as_file(outside, "csv").decode("utf-8-sig"))))

    table, about = book.worksheets
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert table.merged_cells.ranges
    assert {cell.number_format for cell in cells} >= {"#,##0", "0.0"}
    told = {row[0].value: row[1].value for row in about.iter_rows() if row[0].value}
    assert edition.digest in told.values()
    assert dated(edition.as_of) in told.values()
    words = [cell.text for row in paper.tables[0].rows for cell in row.cells]
    assert inside.lines[0].title in words
    assert len(paper.tables[0].rows) == len(inside.lines) + 2
    numbers = {one for row in rows[2:] for one in row[2:]}
    assert not numbers & {"1", "2", "3", "4"}
    assert masks.hidden(seen.grid, least=5)
    assert typeset.as_file(inside, "docx") == typeset.as_file(inside, "docx")
    assert Row("x").is_share


def test_the_returns_of_the_house_are_defined_once_and_again_where_one_changed(desk, tmp_path, monkeypatch):
    first, second = shipping.ship(), shipping.ship()
    text = (shipping.FOLDER / "accountability.toml").read_text(encoding="utf-8")
    (tmp_path / "accountability.toml").write_text(text.replace("问责工作", "问责情况"), encoding="utf-8")
    monkeypatch.setattr(shipping, "FOLDER", tmp_path)

    assert (first, second) == (8, 0)
    assert shipping.ship() == 1
    assert Definition.objects.filter(key="accountability").count() == 2


def test_every_return_of_the_house_is_counted_and_shown(desk):
    shipping.ship()
    day = timezone.localdate() - timedelta(days=1)
    for definition in doors.newest():
        from qingfeng.desk.returns import periods

        slug = periods.slug_of(definition.said["period"], periods.Days(day, day))
        edition = counted(desk, definition, slug)
        page = _page(desk, edition)
        assert edition.state == Edition.State.COUNTED, definition.key
        assert page.status_code == 200, definition.key


def test_a_return_is_written_counted_and_signed_in_the_browser(desk):
    analyst = desk.browser("analyst")
    shown = analyst.get("/returns/new/").content.decode()
    line = {
        "key": "",
        "title": "",
        "measure": "matters.opened",
        "each": "kind",
        "only": "",
        "part": "",
        "whole": "",
    }
    sent = {f"line-{name}": value for name, value in line.items()} | {
        "line-order": "10", "title": "事项月报", "period": "month", "columns": ["this", "last"], "split": "",
        "least": "5", "notes": "", "checks": "", "shared": ["principal", "analyst", "case_supervisor"],
    }  # fmt: skip
    laid = analyst.post("/returns/new/", {**sent, "look": "1"})
    kept = analyst.post("/returns/new/", {**sent, "keep": "1"})
    key = kept.url.strip("/").split("/")[-1]
    slug = f"{timezone.localdate():%Ym%m}"
    asked_for = analyst.post(f"/returns/{key}/count/", {"period": slug, "office": ""})
    edition = Edition.objects.get(key=key)
    computing.count.call(edition.pk)
    for who in ("analyst", "case_supervisor", "principal"):
        desk.browser(who).post(f"{asked_for.url}sign/")
    edition.refresh_from_db()

    assert "matters.opened" in shown
    assert laid.status_code == 200
    assert not Definition.objects.filter(title="事项月报", version=2).exists()
    assert edition.is_frozen
    assert analyst.get(f"/returns/{key}/definition.toml").content.decode().startswith(f'key = "{key}"')
    assert analyst.post("/returns/new/", {**sent, "title": "信访人排名", "keep": "1"}).status_code == 422
    taken = analyst.post(
        "/returns/take-in/", {"text": analyst.get(f"/returns/{key}/definition.toml").content.decode()}
    )
    assert taken.status_code == 302


def test_what_was_given_up_is_not_counted_again_beside_what_stands(desk, edition):
    analyst = desk.viewer("analyst")
    second = keeping.count_again(edition, by=analyst)

    with pytest.raises(Problem):
        keeping.count_again(edition, by=analyst)

    computing.count.call(second.pk)
    second.refresh_from_db()
    _signed(desk, second)
    with pytest.raises(Problem):
        keeping.count_again(edition, by=analyst)


def test_what_somebody_signed_meanwhile_is_not_given_up_by_counting_again(desk, edition):
    keeping.sign(edition, by=desk.viewer("analyst"))

    with pytest.raises(Problem):
        keeping.count_again(edition, by=desk.viewer("registrar"))

    edition.refresh_from_db()
    assert edition.state == Edition.State.FILLED


def test_of_two_who_ask_in_the_same_moment_one_is_told_that_it_is_counted(desk):
    definition, slug = defined(desk), f"{timezone.localdate().year}"
    first = asked(desk, definition, slug)
    Edition.objects.filter(pk=first.pk).update(state=Edition.State.CANCELLED, slug=f"{slug}-2")

    with pytest.raises(Problem):  # its address is taken by then
        asked(desk, definition, slug)


def test_what_was_open_on_a_day_is_told_of_that_day(desk):
    day = timezone.localdate() - timedelta(days=1)
    Matter.objects.filter(mechanism="directive").update(opened_on=day, closed_on=None, is_open=True)
    one = Matter.objects.filter(mechanism="directive", standing="valid").first()
    opened = measures.measure("matters.open")
    before = opened.count(Scope(Period(day, day, day)), ())[()].value

    Matter.objects.filter(pk=one.pk).update(is_open=False, closed_on=timezone.localdate())

    assert opened.count(Scope(Period(day, day, day)), ())[()].value == before
