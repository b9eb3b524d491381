"""Large exports: asked for on a list, made by the worker, fetched by who asked as long as they may see it."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from a_desk import text_of
from django.utils import timezone
from openpyxl import load_workbook

from qingfeng.desk import exporting, large_exports
from qingfeng.desk.models import LargeExport
from qingfeng.journal.models import JournalEntry
from qingfeng.matters import guarding
from qingfeng.matters.models import Matter, Notice

pytestmark = pytest.mark.django_db

LIST = "/directives/export/?state=all"


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch, settings, tmp_path):
    """A house in which one matter is given at once and two are written by the worker."""
    monkeypatch.setattr(exporting, "DIRECT", 1)
    settings.HOME = tmp_path


def _asked(desk, who="case_one", form="xlsx"):
    response = desk.browser(who).post(LIST, {"form": form})
    assert response["Location"] == "/my-notices/"
    return LargeExport.objects.get(account=desk.account(who), ended_at=None)


def _made(desk, who="case_one", form="xlsx"):
    asked = _asked(desk, who, form)
    large_exports.make.call(asked.pk)
    asked.refresh_from_db()
    return asked


def _at(asked):
    return f"/my-notices/exports/{asked.pk}/"


def _kinds(asked):
    about = JournalEntry.objects.filter(subject=f"export:{asked.pk}").order_by("pk")
    return list(about.values_list("kind", flat=True))


def test_many_matters_are_written_in_the_background_and_fetched_from_the_notices(desk):
    browser = desk.browser("case_one")
    asked = _asked(desk)
    waits = browser.get("/my-notices/").content.decode()
    early = browser.get(_at(asked))

    large_exports.make.call(asked.pk)
    ready = browser.get("/my-notices/").content.decode()
    response = browser.get(_at(asked))
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    rows = [row[0] for row in book["事项"].iter_rows(min_row=2, values_only=True)]

    assert "等待生成" in waits
    assert early["Location"] == "/my-notices/"
    assert _at(asked) in ready
    assert desk.directive.number in rows
    assert len(rows) == asked.rows == Matter.objects.filter(mechanism="directive").count()
    assert response["Cache-Control"] == "no-store"
    assert _kinds(asked) == ["desk.export_asked", "desk.export_fetched"]
    assert JournalEntry.objects.filter(kind="matter.exported", subject="directive").count() == 1
    assert Notice.objects.filter(person=desk.person("case_one"), kind="export_ended", matter=None).exists()


def test_a_large_export_as_csv_is_a_folder_of_tables(desk):
    response = desk.browser("case_one").get(_at(_made(desk, form="csv")))

    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as folder:
        rows = list(csv.reader(io.StringIO(folder.read("事项.csv").decode("utf-8-sig"))))
    assert desk.directive.number in {row[0] for row in rows}


def test_nobody_else_fetches_it_nor_sees_that_it_is_there(desk):
    asked = _made(desk)

    for who in ("registrar", "principal", "style_head", "education_contact"):
        assert desk.browser(who).get(_at(asked)).status_code == 404
        assert _at(asked) not in desk.browser(who).get("/my-notices/").content.decode()


def test_whoever_is_recused_since_gets_no_file_and_it_is_gone(desk):
    asked = _made(desk)
    guarding.recuse(desk.directive, desk.person("case_one"), "与当事人系近亲属", by=desk.viewer("principal"))

    response = desk.browser("case_one").get(_at(asked), follow=True)
    asked.refresh_from_db()

    assert response.redirect_chain
    assert "查看权限已有变化" in text_of(response)
    assert asked.problem == "rights"
    assert list(large_exports.folder_of_exports().iterdir()) == []
    assert _kinds(asked) == ["desk.export_asked", "desk.export_withheld"]


def test_who_may_see_but_the_card_since_gets_no_file_that_says_more(desk):
    asked = _made(desk, "principal")
    desk.restricted(desk.directive)

    assert not desk.browser("principal").get(_at(asked)).streaming
    asked.refresh_from_db()
    assert asked.problem == "rights"


def test_a_file_that_has_the_card_alone_is_theirs_who_see_the_card(desk):
    desk.restricted(desk.directive)
    asked = _made(desk, "principal")

    assert desk.directive.pk in asked.holds["card"]
    assert desk.browser("principal").get(_at(asked)).streaming


def test_a_page_asks_how_far_it_is_and_is_loaded_anew_when_it_is_ready(desk):
    browser, asked = desk.browser("case_one"), _asked(desk)
    LargeExport.objects.filter(pk=asked.pk).update(done=1, rows=4)
    under_way = browser.get(_at(asked), headers={"HX-Request": "true"})

    large_exports.make.call(asked.pk)
    ended = browser.get(_at(asked), headers={"HX-Request": "true"})

    assert "25%" in under_way.content.decode()
    assert "HX-Refresh" not in under_way
    assert ended["HX-Refresh"] == "true"


def test_a_worker_that_was_killed_begins_again_and_leaves_one_file(desk):
    asked = _asked(desk)
    half = large_exports.folder_of_exports() / f"{asked.pk}-half"
    half.parent.mkdir()
    half.write_bytes(b"PK")

    large_exports.make.call(asked.pk)
    large_exports.make.call(asked.pk)
    large_exports.forget_old()
    asked.refresh_from_db()

    assert [path.name for path in half.parent.iterdir()] == [asked.file]
    assert Notice.objects.filter(kind="export_ended").count() == 1


def test_after_a_week_file_and_row_are_removed(desk):
    asked = _made(desk)

    kept = large_exports.forget_old(timezone.now() + timedelta(days=6))
    removed = large_exports.forget_old(timezone.now() + timedelta(days=8))

    assert (kept, removed) == (0, 1)
    assert not LargeExport.objects.exists()
    assert list(large_exports.folder_of_exports().iterdir()) == []
    assert _kinds(asked)[-1] == "desk.export_removed"


def test_a_file_that_a_restored_backup_does_not_have_is_said_to_be_gone(desk):
    asked = _made(desk)
    (large_exports.folder_of_exports() / asked.file).unlink()

    page = desk.browser("case_one").get(_at(asked), follow=True)

    assert "文件已不存在" in text_of(page)


def test_a_fourth_export_waits_until_one_is_ready(desk):
    browser = desk.browser("case_one")
    for _each in range(3):
        browser.post(LIST, {"form": "csv"})

    page = browser.post(LIST, {"form": "csv"}, follow=True)

    assert "已有 3 个导出" in text_of(page)
    assert LargeExport.objects.count() == 3


def test_whoever_lost_their_post_while_it_waited_gets_nothing(desk):
    asked = _asked(desk)
    desk.person("case_one").posts.update(until_on=timezone.localdate() - timedelta(days=1))

    large_exports.make.call(asked.pk)
    asked.refresh_from_db()

    assert (asked.problem, asked.file) == ("rights", "")
    assert not JournalEntry.objects.filter(kind="matter.exported").exists()


def test_an_export_that_fails_says_so_to_who_asked(desk):
    asked = _asked(desk)
    large_exports.folder_of_exports().write_bytes(b"a file where the folder should be")

    with pytest.raises(FileExistsError):
        large_exports.make.call(asked.pk)

    assert "未能生成" in text_of(desk.browser("case_one").get("/my-notices/"))
