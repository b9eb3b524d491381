"""Lists, exports and statistics of one kind of matter."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from a_desk import text_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from qingfeng.desk.lights import lights_of
from qingfeng.desk.listing import light_q
from qingfeng.journal.models import JournalEntry
from qingfeng.matters import keeping
from qingfeng.matters.models import Matter, ReadMark

pytestmark = pytest.mark.django_db


def test_a_list_shows_what_one_may_see_and_nothing_else(desk):
    page = text_of(desk.browser("style_head").get("/directives/"))

    assert desk.directive.number in page
    assert desk.directive.title in page


def test_a_kind_that_one_has_no_part_in_does_not_exist_for_people_outside(desk):
    assert desk.browser("partner").get("/directives/").status_code == 404
    assert desk.browser("partner").get("/referrals/").status_code == 200
    assert desk.browser("auditor").get("/directives/").status_code == 404


def test_a_restricted_matter_is_a_card_in_the_list_of_the_principal(desk):
    desk.restricted(desk.directive)

    page = text_of(desk.browser("principal").get("/directives/"))

    assert desk.directive.number in page
    assert desk.directive.title not in page


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("stage=signed_for", True),
        ("stage=reported", False),
        ("text=采砂", True),
        ("text=没有这个", False),
        ("mine=1", True),
        ("state=closed", False),
        ("state=all", True),
        ("stage=%27%3B+DROP+TABLE", True),
        ("owner=abc&page=zzz&sort=password", True),
    ],
)
def test_filters_narrow_a_list_and_nonsense_is_ignored(desk, asked, is_there):
    page = text_of(desk.browser("case_one").get(f"/directives/?{asked}"))

    assert (desk.directive.number in page) == is_there


@pytest.mark.parametrize("light", ["red", "yellow", "green"])
def test_the_filter_by_light_finds_what_the_list_shows_under_it(desk, light):
    today = timezone.localdate() + timedelta(days=5)
    matters = list(Matter.objects.filter(is_open=True))
    shown = {key for key, one in lights_of(matters, today).items() if one.state == light}

    found = set(
        Matter.objects.filter(is_open=True).filter(light_q(light, today)).values_list("pk", flat=True)
    )

    assert found == shown


@pytest.mark.parametrize("sort", ["number", "-number", "title", "stage", "-owner", "due", "-due"])
def test_a_list_is_sorted_as_asked(desk, sort):
    response = desk.browser("case_one").get(f"/directives/?sort={sort}&state=all")
    rows = [row.matter for row in response.context["table"].rows.object_list]
    keys = {
        "number": lambda one: one.opened_at,
        "title": lambda one: one.title,
        "stage": lambda one: one.stage,
        "owner": lambda one: one.owner.path,
        "due": lambda one: one.due_on,
    }
    values = [value for one in rows if (value := keys[sort.removeprefix("-")](one)) is not None]

    assert values == sorted(values, reverse=sort.startswith("-"))


def test_a_longer_list_takes_no_more_queries(desk, django_assert_max_num_queries):
    browser = desk.browser("case_one")
    browser.get("/directives/")
    with CaptureQueriesContext(connection) as before:
        browser.get("/directives/")
    asked = len(before)
    for _each in range(3):
        desk.until("directive", "closing", "chase", ago=41)
    browser.get("/directives/")  # the rail counts anew after what others did, once
    with django_assert_max_num_queries(asked):
        browser.get("/directives/")


def test_a_list_answers_htmx_with_its_rows_alone(desk):
    page = desk.browser("case_one").get("/directives/", headers={"HX-Request": "true"}).content.decode()

    assert 'id="rows"' in page
    assert "<html" not in page


def _sheets(response):
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}


def test_an_export_holds_every_field_part_clock_act_and_ledger(desk):
    sheets = _sheets(desk.browser("case_one").post("/directives/export/?text=采砂", {"form": "xlsx"}))
    heads, row = sheets["事项"][0], sheets["事项"][1]
    values = dict(zip(heads, row, strict=True))

    assert values["标题"] == desk.directive.title
    assert values["交办机关"] == desk.directive.facts["source_organ"]
    assert values["上报时限"] == desk.directive.facts["upward_due_on"]
    assert desk.person("case_one").name in values["承办人（首位为主办）"]
    assert len(sheets["时限"]) == 1 + desk.directive.clocks.count()
    assert len(sheets["办理步骤"]) == 1 + desk.directive.story.count()
    assert len(sheets["节点台账"]) == 1 + desk.directive.lines.filter(ledger="milestones").count()


def test_an_export_as_csv_is_a_folder_of_tables(desk):
    response = desk.browser("case_one").post("/directives/export/?text=采砂", {"form": "csv"})

    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as folder:
        rows = list(csv.reader(io.StringIO(folder.read("事项.csv").decode("utf-8-sig"))))
    assert rows[1][0] == desk.directive.number


def test_a_formula_typed_as_a_title_is_harmless_in_an_export(desk):
    Matter.objects.filter(pk=desk.directive.pk).update(title="=HYPERLINK(1)采砂")

    response = desk.browser("case_one").post("/directives/export/?text=采砂", {"form": "csv"})

    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as folder:
        assert "'=HYPERLINK" in folder.read("事项.csv").decode("utf-8-sig")


def test_an_export_gives_no_more_than_the_card_of_what_is_not_read_whole(desk):
    desk.restricted(desk.directive)

    sheets = _sheets(
        desk.browser("principal").post(f"/directives/export/?text={desk.directive.number}", {"form": "xlsx"})
    )

    assert sheets["事项"][1][0] == desk.directive.number
    assert desk.directive.title not in str(sheets)
    assert desk.directive.facts["matter"] not in str(sheets)
    assert len(sheets["办理步骤"]) == 1


def test_an_export_is_in_the_journal_and_reads_of_restricted_matters_are_kept(desk):
    desk.restricted(desk.directive)

    desk.browser("case_one").post("/directives/export/?state=all", {"form": "xlsx"})

    assert JournalEntry.objects.filter(kind="matter.exported", subject="directive").count() == 1
    assert ReadMark.objects.get(matter=desk.directive, person=desk.person("case_one")).way == "export"


def test_nobody_exports_what_does_not_exist_for_them(desk):
    assert desk.browser("partner").post("/directives/export/", {"form": "xlsx"}).status_code == 404
    assert desk.browser("case_one").get("/directives/export/").status_code == 405


def test_every_number_of_the_statistics_opens_its_rows(desk):
    browser = desk.browser("style_head")
    period = f"since={timezone.localdate() - timedelta(days=200)}&until={timezone.localdate()}"
    figures = browser.get(f"/directives/statistics/?{period}").context["figures"]
    counted = [(one, line) for one in figures for line in one.lines if one.figure.counts == "matters"]

    assert counted
    for one, line in counted:
        rows = browser.get(line.href).context["table"].rows.paginator.count
        assert rows == line.value, one.figure.key


def test_statistics_count_only_what_one_reads_whole(desk):
    def count(who):
        figures = desk.browser(who).get("/directives/statistics/?since=2026-01-01").context["figures"]
        return sum(line.value for line in next(one for one in figures if one.figure.key == "by_source").lines)

    whole = count("principal")
    desk.restricted(desk.directive)

    assert count("principal") == whole - 1


@pytest.mark.parametrize("kind", ["directives", "referrals", "accountabilities", "notices", "revisits"])
def test_every_kind_has_its_statistics_and_says_how_it_works(desk, kind):
    browser = desk.browser("registrar")

    assert browser.get(f"/{kind}/statistics/").status_code == 200
    about = browser.get(f"/{kind}/about/")
    assert "<svg" in about.content.decode()


def test_a_bulk_act_asks_once_and_says_each_result(desk):
    closed = desk.until("directive", "closing", "file", ago=100)
    browser = desk.browser("registrar")
    chosen = {"act": "file", "matter": [closed.pk, desk.directive.pk]}

    asked = browser.post("/directives/bulk/", chosen)
    assert closed.number in text_of(asked)
    done = browser.post("/directives/bulk/", {**chosen, "confirmed": "yes", "act-key": "k1"})

    closed.refresh_from_db()
    assert closed.stage == "filed"
    assert "已办" in text_of(done)
    assert "不办理" in text_of(done)
    desk.directive.refresh_from_db()
    assert desk.directive.stage == "signed_for"


def test_no_act_is_done_in_bulk_that_is_not_declared_safe_for_it(desk):
    response = desk.browser("deputy").post(
        "/directives/bulk/", {"act": "close", "matter": [desk.directive.pk]}
    )

    assert response.status_code == 404


def test_a_bulk_act_touches_nothing_that_does_not_exist_for_the_person(desk):
    response = desk.browser("unit_contact").post(
        "/directives/bulk/", {"act": "file", "matter": [desk.directive.pk]}
    )

    assert response.status_code == 404


def test_a_bulk_act_says_of_a_void_matter_that_it_is_void(desk):
    keeping.void(desk.directive, by=desk.viewer("principal"), reason="误登")

    asked = desk.browser("registrar").post(
        "/directives/bulk/", {"act": "file", "matter": [desk.directive.pk]}
    )

    assert "本事项已作废、撤回或并案，不再办理。" in text_of(asked)
