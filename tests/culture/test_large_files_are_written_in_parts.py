"""A file of many entries: the worker writes it in parts, goes on where it was killed, takes it back."""

import json

import pytest
from a_file_of_culture import PAGE, a_table
from django.core.files.uploadedfile import SimpleUploadedFile

from qingfeng.culture.brought_models import Batch, Writing
from qingfeng.culture.files import batches
from qingfeng.culture.models import Entry
from qingfeng.desk.culture import large_files
from qingfeng.journal.models import JournalEntry

MORE = {
    "category": "village",
    "theme": "trust",
    "lon": "124",
    "lat": "30.5",
    "name_en": "One",
    "text_zh": "文",
}


@pytest.fixture(autouse=True)
def _parts_of_two(monkeypatch):
    monkeypatch.setattr(large_files, "MANY", 2)


def pressed(editor, count, **more):
    """Look at a file of so many places and press: return the batch that the worker writes."""
    rows = [{"slug": f"p-{no}", "name_zh": f"点位{no}", **MORE, **more} for no in range(count)]
    page = editor.post(PAGE, {"file": SimpleUploadedFile("places.csv", a_table(*rows))})
    said = {name: page.context[name] for name in ("token", "datum", "name")}
    answer = editor.post(PAGE, {**said, "base": page.context["found"].base})
    again = editor.post(PAGE, {**said, "base": page.context["found"].base})
    assert again.status_code == 404
    batch = Batch.objects.latest("pk")
    assert answer.url == f"{PAGE}?batch={batch.pk}"
    return batch


def told(batch):
    return Writing.objects.get(pk=batch.pk).told


def test_many_entries_are_written_by_the_worker_and_the_page_says_how_far_it_is(editor):
    batch = pressed(editor, 5)

    before = editor.get(PAGE).content.decode()
    bar = editor.get(f"{PAGE}?batch={batch.pk}", headers={"HX-Request": "true"})
    large_files.go_on.call(batch.pk)
    after = editor.get(f"{PAGE}?batch={batch.pk}").content.decode()
    last = editor.get(f"{PAGE}?batch={batch.pk}", headers={"HX-Request": "true"})

    assert "places.csv：已写入0/5份草稿" in before
    assert 'name="back"' not in before
    assert ("<html" in bar.content.decode(), bar.get("HX-Refresh")) == (False, None)
    assert "places.csv：已写入5份草稿，均未发布。" in after
    assert last["HX-Refresh"] == "true"
    assert Entry.objects.count() == 5
    assert json.loads(JournalEntry.objects.get(kind="culture.brought_in").body)["facts"]["new"] == 5


def is_killed_at_the_second_part(batch, monkeypatch):
    take_some, parts = batches.take_some, []

    def killed(*args):
        parts.append(args)
        if len(parts) == 2:
            raise SystemExit
        return take_some(*args)

    with monkeypatch.context() as while_killed:
        while_killed.setattr(batches, "take_some", killed)
        with pytest.raises(SystemExit):
            large_files.go_on.call(batch.pk)


def test_a_worker_that_is_killed_goes_on_and_writes_nothing_twice(editor, monkeypatch):
    batch = pressed(editor, 5)
    is_killed_at_the_second_part(batch, monkeypatch)
    assert (Entry.objects.count(), Writing.objects.get().done) == (2, 2)

    large_files.go_on.call(batch.pk)

    assert (Entry.objects.count(), batch.lines.count(), told(batch)) == (5, 5, "")
    assert JournalEntry.objects.filter(kind="culture.brought_in").count() == 1


def test_what_somebody_wrote_in_a_written_draft_while_the_worker_was_down_stays(editor, monkeypatch):
    batch = pressed(editor, 5)
    is_killed_at_the_second_part(batch, monkeypatch)
    mine = Entry.objects.get(slug="p-0")
    mine.name_zh = "我的名"
    mine.save()

    large_files.go_on.call(batch.pk)

    assert Entry.objects.get(slug="p-0").name_zh == "我的名"
    assert (Entry.objects.count(), batch.lines.count(), told(batch)) == (5, 5, "")


def test_what_somebody_wrote_in_a_draft_that_waits_stops_the_worker_that_goes_on(editor, monkeypatch):
    large_files.go_on.call(pressed(editor, 5).pk)
    batch = pressed(editor, 5, text_zh="改过")
    is_killed_at_the_second_part(batch, monkeypatch)
    mine = Entry.objects.get(slug="p-4")
    mine.name_zh = "我的名"
    mine.save()

    large_files.go_on.call(batch.pk)

    assert Entry.objects.get(slug="p-4").name_zh == "我的名"
    assert batch.lines.count() == 2
    assert "请重新查看文件" in told(batch)
    assert "已写入的2份草稿保持不变" in told(batch)


def test_where_somebody_wrote_meanwhile_the_worker_stops_and_says_what_is_written(editor):
    large_files.go_on.call(pressed(editor, 5).pk)
    batch = pressed(editor, 5, text_zh="改过")
    Entry.objects.filter(slug="p-4").update(name_zh="别名")

    large_files.go_on.call(batch.pk)

    assert "请重新查看文件" in told(batch)
    assert set(Entry.objects.values_list("text_zh", flat=True)) == {"文"}


def test_what_the_worker_wrote_it_takes_back_but_for_what_somebody_wrote_in(editor):
    batch = pressed(editor, 5)
    large_files.go_on.call(batch.pk)
    Entry.objects.filter(slug="p-3").update(name_zh="别名")

    answer = editor.post(PAGE, {"back": batch.pk})
    editor.post(PAGE, {"back": batch.pk})
    large_files.go_on.call(batch.pk)

    assert answer.url == f"{PAGE}?batch={batch.pk}"
    assert list(Entry.objects.values_list("slug", flat=True)) == ["p-3"]
    assert told(batch) in editor.get(answer.url).content.decode()
    assert json.loads(JournalEntry.objects.get(kind="culture.brought_back").body)["facts"]["drafts"] == 4


def test_a_worker_that_is_killed_after_it_noted_what_it_took_back_notes_it_once(editor, monkeypatch):
    batch = pressed(editor, 3)
    large_files.go_on.call(batch.pk)
    editor.post(PAGE, {"back": batch.pk})

    def killed(*_args):
        raise SystemExit

    with monkeypatch.context() as while_killed:
        while_killed.setattr(large_files, "_end", killed)
        with pytest.raises(SystemExit):
            large_files.go_on.call(batch.pk)
    large_files.go_on.call(batch.pk)

    assert JournalEntry.objects.filter(kind="culture.brought_back").count() == 1
    assert "3" in told(batch)
