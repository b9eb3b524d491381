"""A file is undone as one batch, and writes over nobody who wrote meanwhile."""

import pytest
from a_file_of_culture import PAGE, QUESTION, STOPS, a_hall_table, a_picture, a_route_table, a_table, brought
from django.core.files.uploadedfile import SimpleUploadedFile

from qingfeng.culture import life
from qingfeng.culture.brought_models import Batch
from qingfeng.culture.drafts import draft_of
from qingfeng.culture.files import batches, reading
from qingfeng.culture.models import Entry, Hall, Route
from qingfeng.culture.wanting import bring_picture
from qingfeng.desk.culture.halls.bringing import keep_brought
from qingfeng.desk.culture.halls.models import Brought


def test_a_batch_is_taken_back_as_one_new_drafts_go_and_changed_ones_are_as_before(culture, places):
    _found, first = brought(culture, a_route_table(*STOPS))
    before = draft_of(Entry.objects.get(slug="river-walk"))
    found, second = brought(culture, a_route_table(STOPS[1], name_zh="改名", source="别的书"))

    assert len(found.changed) == 1
    assert batches.take_back(first, by=culture.author) == (0, 1)
    assert batches.take_back(second, by=culture.author) == (1, 0)
    assert draft_of(Entry.objects.get(slug="river-walk")) == before
    assert batches.take_back(second, by=culture.author) == (0, 0)


def test_a_draft_that_got_its_picture_since_stays_when_its_batch_is_taken_back(culture, places):
    _found, batch = brought(culture, a_route_table(*STOPS))
    bring_picture(Entry.objects.get(slug="river-walk"), a_picture(), name="bank.jpg", words={})

    assert batches.take_back(batch, by=culture.author) == (0, 1)
    assert Entry.objects.filter(slug="river-walk").exists()


def test_the_newest_file_stands_first_and_is_taken_back_first(culture, places, editor):
    brought(culture, a_route_table(*STOPS))
    _found, newer = brought(culture, a_route_table(*STOPS, name_zh="改名"))

    assert editor.get(PAGE).context["batches"][0] == newer


def test_whoever_wrote_between_the_look_and_the_second_press_is_not_overwritten(culture, places, editor):
    brought(culture, a_route_table(*STOPS))
    page = editor.post(PAGE, {"file": SimpleUploadedFile("a.csv", a_route_table(*STOPS, name_zh="新"))})
    Entry.objects.filter(slug="river-walk").update(text_zh="别人刚写的")

    said = {"token": page.context["token"], "datum": "WGS-84", "base": page.context["found"].base}
    answer = editor.post(PAGE, said, follow=True).content.decode()

    entry = Entry.objects.get(slug="river-walk")
    assert (entry.name_zh, entry.text_zh) == ("沿河线", "别人刚写的")
    assert "重新查看" in answer


def test_what_somebody_wrote_while_a_file_was_read_is_not_overwritten(culture, places):
    brought(culture, a_route_table(*STOPS))
    found = reading.read(a_route_table(*STOPS, name_zh="新"), "a.csv")
    Route.objects.filter(entry__slug="river-walk").update(quiz=[QUESTION])

    with pytest.raises(batches.WroteMeanwhile):
        batches.take_in(found, by=culture.author, sha="0" * 64)

    assert Route.objects.get(entry__slug="river-walk").quiz == [QUESTION]


def test_what_was_handed_in_while_a_file_was_read_is_not_written_in(culture, places):
    brought(culture, a_route_table(*STOPS))
    found = reading.read(a_route_table(*STOPS, name_zh="新"), "a.csv")
    life.hand_in(Entry.objects.get(slug="river-walk"), by=culture.author)

    with pytest.raises(batches.WroteMeanwhile):
        batches.take_in(found, by=culture.author, sha="0" * 64)


def test_a_draft_whose_consent_was_noted_since_stays_when_its_batch_is_taken_back(culture, places):
    _found, batch = brought(culture, a_route_table(*STOPS))
    Entry.objects.filter(slug="river-walk").update(consent="卷3第2页")

    assert batches.take_back(batch, by=culture.author) == (0, 1)
    assert Entry.objects.get(slug="river-walk").consent == "卷3第2页"


def test_a_hall_for_which_files_came_since_stays_when_its_batch_is_taken_back(culture):
    _found, batch = brought(culture, a_hall_table())
    hall = Entry.objects.get(kind="hall")
    Brought.objects.create(entry=hall, by=culture.author, kind="captions", name="b.vtt", size=9)

    assert batches.take_back(batch, by=culture.author) == (0, 1)


def test_a_route_does_not_go_back_to_a_place_that_was_taken_back_before(culture, places):
    place = {"theme": "water", "name_en": "Four", "text_zh": "文", "category": "person"}
    line = place | {"slug": "four", "name_zh": "四", "lon": "124.03", "lat": "30.53"}
    _found, of_place = brought(culture, a_table(line))
    brought(culture, a_route_table(*STOPS, {"place": "four"}))
    _found, of_route = brought(culture, a_route_table(*STOPS))

    assert batches.take_back(of_place, by=culture.author) == (1, 0)
    assert batches.take_back(of_route, by=culture.author) == (0, 1)


def test_a_batch_that_found_captions_here_is_taken_back_and_gives_those_before_their_places_again(
    culture, editor
):
    def captions(name, word):
        data = f"WEBVTT\n\n00:00.000 --> 00:01.000\n{word}\n".encode()
        sent = {"file": SimpleUploadedFile(name, data)}
        editor.post("/culture-desk/clear-hall/hall/media/captions/", sent)
        keep_brought.call(Brought.objects.get(name=name).pk)

    brought(culture, a_hall_table())
    captions("film-zh.vtt", "字")
    captions("other.vtt", "另")
    before = Hall.objects.get(entry__slug="clear-hall").tour
    table = a_hall_table().replace(b"film-zh.vtt", b"other.vtt")
    page = editor.post(PAGE, {"file": SimpleUploadedFile("a.csv", table)})
    said = {"token": page.context["token"], "datum": "WGS-84", "base": page.context["found"].base}
    editor.post(PAGE, said)
    between = Hall.objects.get(entry__slug="clear-hall").tour

    assert batches.take_back(Batch.objects.first(), by=culture.author) == (1, 0)
    assert between["scenes"][1]["spots"][2]["captions_zh"] == Brought.objects.get(name="other.vtt").digest
    assert Hall.objects.get(entry__slug="clear-hall").tour == before
