"""Halls as files: zones, scenes and spots by their lines, files that come later in their places."""

import csv
import io
import json

import pytest
from a_file_of_culture import PAGE, a_hall_table, a_picture, a_table, brought
from a_hall import a_panorama
from django.core.files.uploadedfile import SimpleUploadedFile

from qingfeng.culture import life
from qingfeng.culture.files import out, reading
from qingfeng.culture.gates import missing
from qingfeng.culture.models import Entry, Hall
from qingfeng.culture.wanting import bring_picture
from qingfeng.desk.culture.halls.bringing import keep_brought
from qingfeng.desk.culture.halls.models import Brought


def test_a_hall_comes_in_with_zones_scenes_and_spots_and_says_which_files_are_not_here(culture):
    found, _batch = brought(culture, a_hall_table())

    entry = Entry.objects.get(slug="clear-hall")
    tour = entry.hall.tour
    assert found.rejects == []
    assert [(one["key"], one["zone"], one["panorama"]) for one in tour["scenes"]] == [
        ("gate", "front", ""), ("room", "front", ""),
    ]  # fmt: skip
    assert tour["scenes"][0]["view"] == {"yaw": 12.5, "pitch": 0, "hfov": 75}
    assert [one["kind"] for one in tour["scenes"][1]["spots"]] == ["picture", "quiz", "video"]
    assert {one.name: (one.kind, one.at) for one in entry.wanted.all()} == {
        "stone.png": ("picture", ["room/stone/medium"]),
        "gate.jpg": ("panorama", ["gate/panorama"]),
        "room.jpg": ("panorama", ["room/panorama"]),
        "film.mp4": ("video", ["room/film/medium"]),
        "film-zh.vtt": ("captions", ["room/film/captions_zh"]),
        "film-en.vtt": ("captions", ["room/film/captions_en"]),
    }
    culture.number_the_map()
    version = culture.handed_in(entry)
    (told,) = [one.says for one in missing(version) if one.key == "wanted"]
    assert all(one.name in told for one in entry.wanted.all())
    assert not life.publish(version, by=culture.author)


def test_a_picture_that_comes_later_takes_its_place_with_the_words_that_waited(culture, editor):
    brought(culture, a_hall_table())
    files = [
        SimpleUploadedFile("STONE.png", a_picture()), SimpleUploadedFile("stray.png", a_picture()),
        SimpleUploadedFile("gate.jpg", b"no picture"),
    ]  # fmt: skip

    page = editor.post(PAGE, {"pictures": "1", "files": files}, follow=True).content.decode()

    entry = Entry.objects.get(slug="clear-hall")
    (medium,) = entry.media.all()
    spot = entry.hall.tour["scenes"][1]["spots"][0]
    assert (medium.name, medium.alt_zh, medium.licence, spot["medium"]) == (
        "stone.png", "石碑", "own", medium.digest,
    )  # fmt: skip
    assert not entry.wanted.filter(name="stone.png").exists()
    assert "stray.png" in page
    found = reading.read(a_hall_table(), "a.csv")
    assert [one.is_same for one in found.units] == [True]


def test_files_sent_in_pieces_and_captions_brought_before_take_their_places_too(culture, editor, tmp_path):
    def send(kind, name, data):
        file = SimpleUploadedFile(name, data)
        assert editor.post(f"/culture-desk/clear-hall/hall/media/{kind}/", {"file": file}).status_code == 302
        keep_brought.call(Brought.objects.get(name=name).pk)

    brought(culture, a_hall_table())
    entry = Entry.objects.get(slug="clear-hall")
    send("panorama", "gate.jpg", a_panorama(tmp_path / "gate.jpg").read_bytes())
    entry.hall.refresh_from_db()
    first, second = entry.hall.tour["scenes"]
    assert (first["panorama"], second["panorama"]) == (entry.media.get(name="gate.jpg").digest, "")
    entry.wanted.filter(kind="captions").delete()
    send("captions", "film-zh.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n字\n".encode())

    page = editor.post(PAGE, {"file": SimpleUploadedFile("a.csv", a_hall_table(name_en="Another name"))})
    said = {"token": page.context["token"], "datum": "WGS-84", "base": page.context["found"].base}
    editor.post(PAGE, said)

    entry.hall.refresh_from_db()
    film = entry.hall.tour["scenes"][1]["spots"][2]
    assert film["captions_zh"] == Brought.objects.get(name="film-zh.vtt").digest
    assert set(entry.wanted.values_list("name", flat=True)) == {
        "film-en.vtt",
        "film.mp4",
        "room.jpg",
        "stone.png",
    }


def test_what_is_wrong_in_a_hall_is_told_at_its_line(culture):
    rows = list(csv.DictReader(io.StringIO(a_hall_table().decode())))
    rows[2]["yaw"] = "400"
    rows[4]["to"] = "cellar"
    rows[5]["within"] = "attic"
    rows[6]["right"] = "7"
    rows[8]["licence"] = "stolen"

    found = reading.read(a_table(*rows), "a.csv")

    said = {}
    for no, words in found.rejects:
        said.setdefault(no, []).append(words)
    lines = {
        key: next(no for no, row in found.sheet.rows() if row["key"] == key)
        for key in ("gate", "in", "stone", "ask")
    }
    assert found.units == []
    for key, words in (("gate", "yaw"), ("in", "cellar"), ("stone", "attic"), ("ask", "right")):
        assert words in " ".join(said[lines[key]])
    assert any("stone.png" in one for words in said.values() for one in words)


@pytest.mark.parametrize("spot", [{"kind": "picture", "medium": "a" * 64}, {"kind": "scene", "to": "gate"}])
def test_a_file_that_comes_later_takes_no_place_that_somebody_gave_to_another(culture, editor, spot):
    brought(culture, a_hall_table())
    hall = Hall.objects.get(entry__slug="clear-hall")
    spots = hall.tour["scenes"][1]["spots"]
    spots[0] = {"key": "stone", "yaw": 30, "pitch": -5, **spot}
    hall.save()

    bring_picture(hall.entry, a_picture(), name="stone.png", words={})

    hall.refresh_from_db()
    assert hall.tour["scenes"][1]["spots"][0] == spots[0]
    assert hall.entry.media.get().name == "stone.png"


@pytest.mark.parametrize("wrong", [{"title_zh": "碑\ud800"}, {"kind": ["picture"]}])
def test_a_tour_that_no_page_could_have_written_is_told_as_what_it_is(culture, wrong):
    brought(culture, a_hall_table())
    whole = json.loads(out.given_out("halls", "geojson"))
    whole["features"][0]["properties"]["tour"]["scenes"][1]["spots"][0] |= wrong

    found = reading.read(json.dumps(whole).encode(), "a.geojson")

    assert (found.units, f"scenes[1].spots[0].{next(iter(wrong))}" in found.said[1]) == ([], True)


@pytest.mark.parametrize(
    "gone",
    [
        ("told_zh", "told_en", "text_zh"), ("yaw", "pitch", "hfov", "x", "y"), ("captions_zh", "captions_en"),
        ("question_en", "answers_zh", "answers_en", "right", "why_zh"), ("name_en", "file"), ("href",),
    ],
    ids=lambda gone: gone[0],
)  # fmt: skip
def test_what_a_table_of_a_hall_has_no_column_for_stays(culture, gone):
    brought(culture, a_hall_table())
    rows = list(csv.DictReader(io.StringIO(out.given_out("halls", "csv").decode("utf-8-sig"))))
    rows = [one for one in rows if one["what"] != "medium" or "file" not in gone]
    table = a_table(*({name: cell for name, cell in row.items() if name not in gone} for row in rows))

    found = reading.read(table, "a.csv")

    assert (found.rejects, [one.changes for one in found.units]) == ([], [[]])
