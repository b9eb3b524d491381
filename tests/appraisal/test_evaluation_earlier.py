"""Results of last year: shown first, kept once that is confirmed, read as they were then."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from a_round import DAYS, at, browser, on, said
from django.core.files.uploadedfile import SimpleUploadedFile

from qingfeng.appraisal import importing, rounds
from qingfeng.appraisal.models import Round
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


def a_workbook(*rows):
    """A workbook of results of an earlier year, as a file that is sent."""
    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    for row in (importing.HEADS, *rows):
        book.active.append(row)
    book.save(out)
    return SimpleUploadedFile("往年.xlsx", out.getvalue())


def test_results_of_last_year_are_shown_first_and_kept_when_that_is_confirmed(closed):
    rated = closed.rated.select_related("person").first()
    number = rated.person.number
    good, bad = (number, 2025, "年度五评", 78.25), (number, 2025, "", "x")
    unknown = ("X0000", 2025, "年度五评", 70)
    sent = a_workbook(good, unknown, bad)
    client = browser("evaluator")
    with on(DAYS + 2):
        shown = client.post(at("appraisal_earlier"), {"file": sent})
        assert not Round.objects.filter(from_on__year=2025).exists()
        client.post(at("appraisal_earlier"), {"lines": shown.context["lines"]})
        client.post(at("appraisal_earlier"), {"lines": shown.context["lines"]})
        own = browser(rated.person_id).get(at("appraisal_result", closed.code, rated.person.number))

    assert [one.row for one in shown.context["found"].rejects] == [3, 4]
    assert rated.person.name in said(shown)
    assert "X0000 · 2025 · 年度五评 · 70" in said(shown)
    kept = Round.objects.get(from_on__year=2025)
    assert [one.result["value"] for one in kept.rated.all()] == [78.2]
    assert "78.2" in said(own)
    page = browser(rated.person_id).get(at("appraisal_result", kept.code, rated.person.number))
    assert "接管数据，无离散" in said(page)


def test_a_result_of_last_year_is_read_by_the_line_above_the_post_of_that_year(closed, office):
    from datetime import date

    from qingfeng.organization.models import Post

    rated = closed.rated.select_related("person", "unit").first()
    other = office.units["二室"] if rated.unit != office.units["二室"] else office.units["一室"]
    Post.objects.create(
        person=rated.person, unit=other, title="科员", from_on=date(2001, 1, 1), until_on=date(2002, 1, 1)
    )
    importing.keep([importing.Line(2, rated.person.number, 2025, "旧评", 80.0)], by=closed.made_by_id)

    assert rated.person.posts.held_on(date(2025, 12, 31)).filter(unit=rated.unit).exists()
    assert Round.objects.get(title="旧评").rated.get().unit == rated.unit


@pytest.mark.parametrize("cell", [("年", "旧评", 70), ("²", "旧评", 70), (2025, "旧评", "NaN")])
def test_a_row_that_cannot_be_read_is_told_and_breaks_nothing(closed, cell):
    number = closed.rated.select_related("person").first().person.number
    with on(DAYS + 2):
        found = importing.read(a_workbook((number, *cell)).read())

    assert [(one.row, one.cells[0]) for one in found.rejects] == [(2, number)]


def test_a_workbook_with_torn_parts_is_refused_in_words():
    whole, torn = BytesIO(a_workbook().read()), BytesIO()
    with ZipFile(whole) as old, ZipFile(torn, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:60] if name.endswith("workbook.xml") else old.read(name))

    with pytest.raises(Problem):
        importing.read(torn.getvalue())


def test_what_is_no_workbook_is_refused_in_words(db, office):
    sent = SimpleUploadedFile("往年.xlsx", b"no")

    answer = browser("evaluator").post(at("appraisal_earlier"), {"file": sent})

    assert answer.status_code == 422
    assert "没有包含这些列的标题行" in said(answer) or "人员编号" in said(answer)


def test_csv_is_read_and_what_says_something_else_of_the_same_is_told(closed):
    one, other = (each.person for each in closed.rated.select_related("person")[:2])
    rows = [
        f"{one.number},2025,年度五评,78", f"{one.number},2025年,年度五评,78",
        f"{one.number},2025,年度五评,79", f"{one.name},2025,年度五评,70",
        f"{other.number},2025,年度五评,80分",
    ]  # fmt: skip
    data = "\n".join([",".join(importing.HEADS), *rows]).encode("gb18030")
    with on(DAYS + 2):
        found = importing.read(data)
        kept = importing.keep(found.lines, by=closed.made_by_id)
        again = importing.read(data)

    assert [(line.number, line.value) for line in found.lines] == [(one.number, 78.0), (other.number, 80.0)]
    assert [reject.row for reject in found.rejects] == [3, 4, 5]
    assert (kept, again.lines, again.there) == (2, (), 3)
    assert [reject.row for reject in again.rejects] == [4, 5]


def test_a_round_of_this_house_takes_the_number_after_those_taken_over(closed):
    person = closed.rated.select_related("person").first().person
    importing.keep(
        [importing.Line(2, person.number, 2026, f"旧评{no}", 80.0) for no in (1, 2)], by=closed.made_by_id
    )

    assert rounds.free_code(2026) == "2026-5"
    Round.objects.get(code="2026-3").delete()
    assert rounds.free_code(2026) == "2026-5"
