"""Pages of the assessment: my year, checks of many at once, a sheet, a scheme, boards; and who is let in."""

import re
from datetime import date
from io import BytesIO

import a_year
import pytest
from a_year import a_record, browser, confirmed, on, said, sheet_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from qingfeng.appraisal.points import sheets
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.tables import (
    EarlierPoints,
    Indicator,
    Mark,
    Part,
    Scheme,
    Score,
)
from qingfeng.journal.models import JournalEntry

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 4)
KEPT = ("Y0401", "Y0402", "Y0403")


@pytest.fixture(scope="module")
def scheme(office):
    """A year that has begun, with the sheets of one room."""
    made = a_year.in_force(office)
    kept = [sheet_of(made, office.people[number]).pk for number in KEPT]
    made.sheets.exclude(pk__in=kept).delete()
    return made


@pytest.fixture
def at_work(scheme, office, db):
    with on(DAY):
        yield office


def at(name, *parts):
    return reverse(f"desk:{name}", args=parts)


def of_handler(scheme, office):
    return sheet_of(scheme, office.person("handler"))


def test_one_sentence_makes_an_entry_of_the_daily_record(at_work):
    client = browser(at_work.person("handler"))

    answer = client.post(at("points"), {"work": "核对加油明细", "role": "lead", "day": "2026-03-04"})

    entry = Daily.objects.get()
    assert answer.status_code == 302
    assert (entry.work, entry.state, entry.check_until) == ("核对加油明细", "waiting", date(2026, 3, 11))
    assert "核对加油明细" in said(client.get(at("points")))


def test_an_entry_without_words_is_told_beside_the_field(at_work):
    answer = browser(at_work.person("handler")).post(at("points"), {"work": " ", "role": "lead"})

    assert answer.status_code == 422
    assert not Daily.objects.exists()


def test_many_entries_are_confirmed_at_once_and_no_foreign_one(at_work):
    own = [a_record(at_work.people[number], DAY) for number in ("Y0402", "Y0403")]
    foreign = a_record(at_work.people["Y0503"], DAY)
    client = browser(at_work.person("dept_head"))

    client.post(at("points_checks"), {"entry": [str(one.pk) for one in [*own, foreign]]})

    assert {one.state for one in Daily.objects.filter(pk__in=[one.pk for one in own])} == {"checked"}
    assert Daily.objects.get(pk=foreign.pk).state == "waiting"


def test_a_day_is_signed_at_once_and_a_line_with_an_objection_goes_back_to_be_mended(at_work):
    good, short = (a_record(at_work.people[number], DAY) for number in ("Y0403", "Y0402"))
    head, address = browser(at_work.person("dept_head")), at("points_checks")
    objected = {"entry": [str(good.pk), str(short.pk)], f"object-{short.pk}": "写明数量"}

    head.post(address, objected)
    client = browser(at_work.person("handler"))
    assert "写明数量" in said(client.get(at("points")))
    client.post(at("points_daily", short.pk), {"work": "核对 42 笔", "role": "lead", "day": "2026-03-04"})

    assert Daily.objects.get(pk=good.pk).state == "checked"
    assert (Daily.objects.get(pk=short.pk).state, Daily.objects.get(pk=short.pk).remark) == ("waiting", "")


def test_whoever_objects_to_what_was_confirmed_meanwhile_is_told_so(at_work):
    entry = confirmed(a_record(at_work.person("handler"), DAY), at_work.people["Y0002"])
    head = browser(at_work.person("dept_head"))

    answer = head.post(at("points_checks"), {f"object-{entry.pk}": "写明数量"}, follow=True)

    assert "其间已有他人办理" in said(answer)
    assert Daily.objects.get(pk=entry.pk).state == "checked"


def test_a_number_that_no_entry_has_is_passed_over(at_work):
    good, none = a_record(at_work.people["Y0403"], DAY), "9" * 30

    answer = browser(at_work.person("dept_head")).post(
        at("points_checks"), {"entry": [f"{good.pk}", none], f"object-{none}": "补充"}
    )

    assert (answer.status_code, Daily.objects.get(pk=good.pk).state) == (302, "checked")


def test_an_objection_reaches_nobody_but_the_own_people(at_work):
    foreign = a_record(at_work.people["Y0503"], DAY)

    browser(at_work.person("dept_head")).post(at("points_checks"), {f"object-{foreign.pk}": "补充"})

    assert Daily.objects.get(pk=foreign.pk).state == "waiting"


def test_what_waits_is_laid_out_by_day_or_by_week(at_work):
    for day in (date(2026, 2, 26), date(2026, 3, 2), DAY):
        a_record(at_work.person("handler"), day)
    head = browser(at_work.person("dept_head"))

    by_day, by_week = (head.get(at("points_checks") + way).context["groups"] for way in ("", "?by=week"))

    assert [(one.first, len(one.rows)) for one in by_day] == [
        (date(2026, 2, 26), 1), (date(2026, 3, 2), 1), (DAY, 1),
    ]  # fmt: skip
    assert [(one.first, one.last, len(one.rows)) for one in by_week] == [
        (date(2026, 2, 23), date(2026, 3, 1), 1), (date(2026, 3, 2), date(2026, 3, 8), 2),
    ]  # fmt: skip


def test_a_confirmed_entry_cannot_be_opened_for_mending(at_work):
    entry = confirmed(a_record(at_work.person("handler"), DAY), at_work.person("dept_head"), days=0)

    assert browser(at_work.person("handler")).get(at("points_daily", entry.pk)).status_code == 404


def test_the_sheet_of_a_colleague_does_not_exist_and_is_in_no_list(at_work, scheme):
    client = browser(at_work.person("handler2"))

    sheet = of_handler(scheme, at_work)
    for name in ("points_sheet", "points_file", "points_again", "points_mark"):
        assert client.get(at(name, sheet.pk)).status_code == 404
    assert at_work.person("handler").name not in said(client.get(at("points_sheets")))


def test_reading_the_sheet_of_another_is_in_the_journal_and_the_own_is_not(at_work, scheme):
    sheet = of_handler(scheme, at_work)
    rows = JournalEntry.objects.filter(kind="points.read")

    browser(at_work.person("handler")).get(at("points_sheet", sheet.pk))
    assert rows.count() == 0
    browser(at_work.person("dept_head")).get(at("points_sheet", sheet.pk))

    assert rows.get().said["facts"] == {"sheet": sheet.pk}


def test_reading_a_statement_where_it_is_judged_is_in_the_journal_too(at_work, scheme):
    sheet = of_handler(scheme, at_work)

    browser(at_work.person("dept_head")).get(at("points_judge", sheet.pk, "q1"))

    assert JournalEntry.objects.get(kind="points.read").said["facts"] == {"sheet": sheet.pk}


def test_points_are_judged_with_evidence_and_refused_without(at_work, scheme):
    sheet = of_handler(scheme, at_work)
    client = browser(at_work.person("dept_head"))
    address = at("points_judge", sheet.pk, "q1")

    bare = client.post(address, {"quarter_work_value": "5", "quarter_work_why": "", "papers": ""})
    assert bare.status_code == 422
    assert not Score.objects.exists()
    client.post(address, {"quarter_work_value": "5", "quarter_work_why": "按期", "papers": "完成情况表"})

    assert Score.objects.get().evidence == ["完成情况表"]


def test_what_was_judged_is_not_shown_before_the_period_is_closed(at_work, scheme):
    sheet = of_handler(scheme, at_work)
    judge = at_work.person("dept_head")
    given = sheets.Given(a_year.Decimal(5), ("完成情况表",), "暗记一笔")
    sheets.judge(
        sheet, Indicator.objects.get(scheme=scheme, key="quarter_work"), "q1", given=given, by=judge.pk
    )

    assert "暗记一笔" not in said(browser(at_work.person("handler")).get(at("points_sheet", sheet.pk)))


def test_points_of_an_open_period_stand_neither_in_the_file_nor_where_it_is_worked_out_again(at_work, scheme):
    sheet, judge = of_handler(scheme, at_work), at_work.person("dept_head")
    given = sheets.Given(a_year.Decimal("4.37"), ("完成情况表",))
    sheets.judge(
        sheet, Indicator.objects.get(scheme=scheme, key="quarter_work"), "q1", given=given, by=judge.pk
    )
    client = browser(at_work.person("handler"))

    book = load_workbook(BytesIO(client.get(at("points_file", sheet.pk)).content))
    cells = [str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row]

    assert not [one for one in cells if "4.37" in one]
    assert "4.37" not in said(client.get(at("points_again", sheet.pk)))


def test_a_statement_is_handed_in_by_the_person_only(at_work, scheme):
    address = at("points_statement", of_handler(scheme, at_work).pk, "q1")

    assert browser(at_work.person("dept_head")).get(address).status_code == 404
    browser(at_work.person("handler")).post(address, {"text": "完成两件督办。"})

    assert Part.objects.exclude(handed_on=None).get().statement == "完成两件督办。"


def test_a_deduction_without_an_entry_is_refused_on_the_page(at_work, scheme):
    sheet = of_handler(scheme, at_work)
    said_of = {"of": "deduction", "points": "1", "why": "材料迟交"}

    answer = browser(at_work.person("dept_head")).post(at("points_mark", sheet.pk), said_of)

    assert answer.status_code == 422
    assert not Mark.objects.exists()


def test_a_file_of_the_own_sheet_has_every_line(at_work, scheme):
    sheet = of_handler(scheme, at_work)

    answer = browser(at_work.person("handler")).get(at("points_file", sheet.pk))

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    lines = [one for one in scheme.indicators.all() if one.holds_for(sheet.kind)]
    assert sum(1 for row in rows if row[1] in {one.name_zh for one in lines}) == sum(
        len(one.in_periods) for one in lines
    )
    assert browser(at_work.person("dept_head")).get(at("points_file", sheet.pk)).status_code == 404


def test_an_editor_sees_what_does_not_add_up_and_tries_before_another_puts_it_in_force(at_work):
    client = browser(at_work.person("evaluator"))
    client.post(at("points_schemes"), {"year": "2030", "title": "2030 年度考核办法"})
    made = Scheme.objects.get(year=2030)
    address = at("points_indicator", made.pk) + "?key=year_results"
    said_of = {"key": "year_results", "name_zh": "年度实绩", "of": "person", "period": "year", "most": "9"}

    client.post(address, said_of)
    assert "应为 30 分" in said(client.get(at("points_scheme", made.pk)))
    client.post(address, {**said_of, "most": "10"})
    client.post(at("points_do", made.pk), {"what": "try"})
    browser(at_work.person("principal")).post(at("points_do", made.pk), {"what": "force"})

    made.refresh_from_db()
    assert made.state == "in_force"


def test_a_wrong_formula_is_told_beside_the_field(at_work):
    client = browser(at_work.person("evaluator"))
    client.post(at("points_schemes"), {"year": "2030", "title": "2030 年度考核办法"})
    made = Scheme.objects.get(year=2030)
    said_of = {"key": "much", "name_zh": "数量", "of": "person", "period": "year", "most": "5"}

    answer = client.post(at("points_indicator", made.pk), {**said_of, "formula": "线索数 / 10"})

    assert answer.status_code == 422
    assert "没有名为“线索数”的读数" in said(answer)


def test_weights_that_do_not_make_a_hundred_are_told_in_the_editor(at_work):
    client = browser(at_work.person("evaluator"))
    client.post(at("points_schemes"), {"year": "2030", "title": "2030 年度考核办法"})
    made = Scheme.objects.get(year=2030)
    whole = {
        "title": "2030", "daily": "20", "quarter": "10", "half": "10", "year": "25", "bonus_max": "5",
        "deduction_max": "10", "excellent": "90", "competent": "75", "basic": "60", "quota": "20",
        "vetoes": "leak 泄露工作秘密",
    }  # fmt: skip

    answer = client.post(at("points_change", made.pk), whole)

    assert answer.status_code == 422
    assert "各期合计 95 分" in said(answer)


def test_drafts_do_not_exist_for_those_who_are_assessed(at_work):
    made = a_year.a_draft(at_work, 2030)

    assert browser(at_work.person("handler")).get(at("points_scheme", made.pk)).status_code == 404
    assert browser(at_work.person("handler")).get(at("points_change", made.pk)).status_code == 404


def test_earlier_results_are_shown_first_and_kept_once_confirmed(at_work):
    client = browser(at_work.person("evaluator"))
    rows = "对象编号,年度,总分,等次\nY0402,2024,88.5,称职\nY9999,2024,80,\n".encode()

    shown = client.post(at("points_earlier"), {"file": SimpleUploadedFile("2024.csv", rows)})
    assert "第 3 行" in said(shown)
    assert not EarlierPoints.objects.exists()
    lines = re.search(r'name="lines" value="([^"]+)"', shown.content.decode())[1]
    client.post(at("points_earlier"), {"lines": lines})

    assert str(EarlierPoints.objects.get().value) == "88.50"


def test_boards_are_not_shown_to_those_who_are_assessed(at_work, scheme):
    assert browser(at_work.person("handler")).get(at("points_board", scheme.pk)).status_code == 404
    assert "尚无类别全部定稿" in said(browser(at_work.person("principal")).get(at("points_board", scheme.pk)))


def test_outsiders_find_nothing(at_work, scheme):
    client = browser(at_work.person("unit_contact"))

    for name in ("points", "points_schemes", "points_sheets", "points_checks", "points_earlier"):
        assert client.get(at(name)).status_code == 404
