"""Records on paper: typed beside their scan, a sample typed twice, delivered (mechanisms.md M22a)."""

import pytest
from a_paper_sheet import COLUMNS, ROWS, boxes, scan
from django.db import IntegrityError, transaction
from django.urls import reverse

from qingfeng.desk.typing.checking import as_csv, file_name
from qingfeng.desk.typing.grid import A_PAGE, same
from qingfeng.desk.typing.models import TypedSheet
from qingfeng.findings.models import Delivery


def again(sheet, changed=None):
    """What the colleague types: the sample as it stands, with some boxes otherwise."""
    typed = {
        f"c-{row.no}-{key}": text
        for row in sheet.rows.filter(no__in=sheet.sample)
        for key, text in row.cells.items()
    }
    return {**typed, **(changed or {})}


def test_rows_are_kept_as_a_draft_and_come_back(paper):
    sheet = paper.sheet()

    page = paper.analyst.get(paper.page(sheet)).content.decode()

    assert [row.cells for row in sheet.rows.all()] == ROWS
    assert all(text in page for row in ROWS for text in row.values())
    assert sheet.kept_at is not None


def test_the_grid_has_the_chosen_columns_beside_the_scan(paper):
    sheet = paper.sheet()

    page = paper.analyst.get(paper.page(sheet))

    assert sheet.columns == COLUMNS
    assert reverse("desk:typing_scan", args=[sheet.pk]) in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_the_scan_may_stand_in_a_frame_of_this_house_only(paper):
    sheet = paper.sheet()

    answer = paper.analyst.get(reverse("desk:typing_scan", args=[sheet.pk]))

    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Content-Type"] == "application/pdf"


def test_without_a_script_further_rows_are_had_from_the_server(paper):
    sheet = paper.sheet()

    answer = paper.analyst.post(paper.page(sheet), {**boxes(ROWS), "on": "1"})

    assert answer["Location"].endswith(f"?from={A_PAGE + 1}")
    assert f"c-{A_PAGE + 1}-guests" in paper.analyst.get(answer["Location"]).content.decode()


def test_a_script_keeps_rows_without_a_page(paper):
    sheet = paper.sheet()

    answer = paper.analyst.post(
        paper.page(sheet), boxes([{"guests": "9"}], start=1), HTTP_ACCEPT="application/json"
    )

    assert answer.status_code == 204
    assert [row.cells for row in sheet.rows.all()] == [{"guests": "9"}]


def test_a_blank_row_is_nobody_s_and_leaves_no_gap_in_the_file(paper):
    sheet = paper.sheet([ROWS[0], {"rcpt_id": ""}, ROWS[1]])
    second = paper.office.people["Y0402"].pk

    paper.analyst.post(reverse("desk:typing_hand_over", args=[sheet.pk]), {"second": second})

    assert [(row.no, row.cells) for row in sheet.rows.all()] == [(1, ROWS[0]), (2, ROWS[1])]


def test_what_is_no_scan_is_refused_with_the_way_out(paper):
    from django.core.files.uploadedfile import SimpleUploadedFile

    given = {"name": "表", "table": "reception", "scan": SimpleUploadedFile("a.csv", b"a,b\r\n1,2\r\n")}

    page = paper.analyst.post(reverse("desk:typing_new"), given, follow=True).content.decode()

    assert not TypedSheet.objects.exists()
    assert "PDF" in page


def test_nobody_types_their_own_sample(paper):
    sheet = paper.sheet()
    own = {"second": paper.office.people["Y0404"].pk}

    paper.analyst.post(reverse("desk:typing_hand_over", args=[sheet.pk]), own)
    sheet.refresh_from_db()

    assert sheet.state == "typing"
    with pytest.raises(IntegrityError), transaction.atomic():
        TypedSheet.objects.update(second=sheet.by)


def test_the_sample_is_one_row_in_ten_and_five_at_least(paper):
    sheet = paper.handed_over([{"rcpt_id": f"JD-{no}"} for no in range(1, 21)])

    assert len(sheet.sample) == 5
    assert set(sheet.sample) <= set(range(1, 21))


def test_the_second_person_does_not_see_what_was_typed_before(paper):
    sheet = paper.handed_over()

    page = paper.colleague.get(paper.page(sheet)).content.decode()

    assert "c-1-guests" in page
    assert not any(row["meal_amount"] in page for row in ROWS)


def test_differences_are_shown_and_wide_signs_are_none(paper):
    sheet = paper.handed_over()

    paper.colleague.post(
        paper.page(sheet), again(sheet, {"c-1-guests": "9", "c-2-guests": "４"}) | {"done": "1"}
    )
    page = paper.analyst.get(paper.page(sheet)).content.decode()

    assert "d-1-guests" in page
    assert "d-2-guests" not in page
    assert same("２０２６－０３－０２", "2026-03-02")


def test_a_sheet_with_an_open_difference_is_not_delivered(paper):
    sheet = paper.handed_over()
    paper.colleague.post(paper.page(sheet), again(sheet, {"c-1-guests": "9"}) | {"done": "1"})

    paper.analyst.post(paper.page(sheet), {})

    sheet.refresh_from_db()
    assert (sheet.state, Delivery.objects.count()) == ("settling", 0)


@pytest.mark.parametrize(
    ("chosen", "stands"),
    [({"d-1-guests": "first"}, "6"), ({"d-1-guests": "second"}, "9"),
     ({"d-1-guests": "other", "d-1-guests-text": "7"}, "7")],
)  # fmt: skip
def test_what_the_paper_says_is_delivered_under_a_name_that_leads_back(paper, chosen, stands):
    sheet = paper.handed_over()
    paper.colleague.post(paper.page(sheet), again(sheet, {"c-1-guests": "9"}) | {"done": "1"})

    paper.analyst.post(paper.page(sheet), chosen)

    sheet.refresh_from_db()
    lines = as_csv(sheet).decode().splitlines()
    delivered = sheet.delivery.files.get()
    assert (sheet.state, delivered.path, delivered.received) == (
        "delivered",
        file_name(sheet),
        delivered.size,
    )
    assert delivered.path == f"录入-{sheet.pk}-三月接待清单.csv"
    assert lines[0] == "接待单号,接待日期,来宾人数,餐费"
    assert lines[1] == f"JD-01,2026-03-02,{stands},480.00"


def test_a_line_of_the_file_leads_back_to_its_row_beside_the_scan(paper):
    sheet = paper.handed_over()
    paper.colleague.post(paper.page(sheet), again(sheet) | {"done": "1"})
    paper.analyst.post(paper.page(sheet), {})

    page = paper.analyst.get(paper.page(sheet)).content.decode()

    assert file_name(sheet) in page
    assert reverse("desk:typing_scan", args=[sheet.pk]) in page


def test_a_sheet_exists_for_the_analyst_and_for_who_types_its_sample(paper):
    sheet = paper.handed_over()
    address = paper.page(sheet)

    assert paper.analyst.get(address).status_code == 200
    assert paper.colleague.get(address).status_code == 200
    assert paper.browser("Y0403").get(address).status_code == 404
    assert paper.browser("W0401").get(address).status_code == 404
    assert paper.colleague.post(reverse("desk:typing_new"), {"name": "x", "scan": scan()}).status_code == 404
