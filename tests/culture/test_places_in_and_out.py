"""Files of places as careless hands make them: looked at, taken in, taken back."""

import csv
import json
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from qingfeng.culture import basemap
from qingfeng.culture.coordinates import from_wgs84
from qingfeng.culture.files import batches, out, reading
from qingfeng.culture.models import Entry
from qingfeng.journal.models import JournalEntry

PAGE = "/culture-desk/bring/"
HEAD = ["slug", "category", "theme", "lon", "lat", "datum", "name_zh", "name_en", "text_zh", "source"]
ROW = ["one", "person", "trust", "124", "30.5", "", "一号桥", "One", "文", "县志"]
CORNERS = [[123.8, 30.4], [124.2, 30.4], [124.2, 30.7], [123.8, 30.4]]
LAND = {
    "type": "Feature", "properties": {"layer": "land"},
    "geometry": {"type": "Polygon", "coordinates": [CORNERS]},
}  # fmt: skip


def a_list(*rows, sign=","):
    return "\r\n".join(sign.join(row) for row in (HEAD, *rows))


def changed(**more):
    return [more.get(name, value) for name, value in zip(HEAD, ROW, strict=True)]


@pytest.mark.parametrize(
    "data",
    [
        a_list(ROW).encode("utf-8-sig"),
        a_list(ROW).encode("gb18030"),
        a_list(ROW, sign="\t").encode("utf-16"),
        a_list(ROW, sign=";").encode(),
    ],
    ids=["with a mark", "gb18030", "utf-16 with tabs", "semicolons"],
)
def test_a_table_is_read_as_offices_save_it(culture, data):
    found = reading.read(data, "places.csv")

    assert found.rejects == []
    (unit,) = found.units
    assert (unit.draft["name_zh"], unit.draft["sources"]) == ("一号桥", [["县志", ""]])


def test_what_is_no_text_is_told(culture):
    with pytest.raises(ValueError, match="UTF-8"):
        reading.read(b"\xff\xff\xff\x00", "places.csv")


def a_feature(kind, coordinates, **said):
    given = dict(zip(HEAD, ROW, strict=True)) | said
    del given["lon"], given["lat"]
    return {"type": "Feature", "properties": given, "geometry": {"type": kind, "coordinates": coordinates}}


def test_half_a_sign_in_a_name_is_left_out(editor):
    found = {"features": [a_feature("Point", [124, 30.5], name_zh="一号\ud800桥")]}
    file = SimpleUploadedFile("places.geojson", json.dumps(found).encode())

    answer = editor.post(PAGE, {"file": file})

    assert "一号桥" in answer.content.decode()


def test_what_is_no_point_is_there_twice_or_the_wrong_way_round_is_told_by_its_line(culture):
    culture.a_place("there")
    features = [
        a_feature("Point", [124, 30.5, 12.0]),
        a_feature("Polygon", [[[124, 30], [125, 30], [125, 31], [124, 30]]], slug="two"),
        a_feature("Point", [124, 30.5]),
        a_feature("Point", [30.5, 124], slug="three"),
        a_feature("Point", [124, 30.5], slug="there"),
        {"type": "Feature", "properties": dict(zip(HEAD, ROW, strict=True)), "geometry": None},
    ]

    found = reading.read(json.dumps({"features": features}).encode(), "places.geojson")

    assert [one.draft["slug"] for one in found.units] == ["one", "there"]
    said = dict(found.rejects)
    assert list(said) == [2, 3, 4, 6]
    for no, words in ((2, "Polygon"), (3, "第1行"), (4, "填反"), (6, "第1行")):
        assert words in said[no]


def test_rows_that_do_not_say_their_datum_are_read_as_it_was_said_and_what_lies_away_is_named(editor):
    basemap.write({"type": "FeatureCollection", "features": [LAND]})
    lon, lat = from_wgs84((124.0, 30.5), "GCJ-02")
    rows = [
        changed(lon=str(lon), lat=str(lat)),
        changed(slug="two", datum="WGS-84"),
        changed(slug="far", lon="121", name_zh="远方"),
    ]
    sent = {"file": SimpleUploadedFile("places.csv", a_list(*rows).encode()), "datum": "GCJ-02"}

    page = editor.post(PAGE, sent)
    editor.post(PAGE, {"token": page.context["token"], "datum": page.context["datum"]})

    text = page.content.decode()
    assert "GCJ-02 2 · WGS-84 1" in text
    assert "2行未注明坐标系" in text
    assert page.context["named_away"] == ["远方"]
    place = Entry.objects.get(slug="one").place
    assert (place.lon, place.lat) == pytest.approx((124.0, 30.5), abs=1e-6)


def test_of_a_list_that_was_put_aside_in_part_nothing_is_taken_in(culture):
    whole = a_list(ROW, changed(slug="two", name_zh="二号桥")).encode()
    token = batches.put_aside(BytesIO(whole), "places.csv")
    (Path(settings.HOME) / "culture" / "brought" / token).write_bytes(whole[:-30])

    assert batches.looked_at(token) is None


def test_what_was_brought_in_by_mistake_is_taken_back_but_for_what_somebody_wrote_in(editor, culture):
    rows = [changed(slug=slug) for slug in ("one", "two", "three", "four")]
    page = editor.post(PAGE, {"file": SimpleUploadedFile("places.csv", a_list(*rows).encode())})
    editor.post(PAGE, {"token": page.context["token"]})
    written = {name: value for name, value in zip(HEAD, ROW, strict=True) if name not in {"slug", "source"}}
    more = {"abstract_zh": "短", "abstract_en": "Short", "text_en": "Text", "wheelchair": "whole"}
    assert editor.post("/culture-desk/two/write/", {**written, "datum": "WGS-84", **more}).status_code == 302
    culture.handed_in(Entry.objects.get(slug="three"))
    (batch,) = editor.get(PAGE).context["batches"]

    editor.post(PAGE, {"back": batch.pk})
    editor.post(PAGE, {"back": batch.pk})

    assert set(Entry.objects.values_list("slug", flat=True)) == {"two", "three"}
    told = (
        JournalEntry.objects.filter(kind__startswith="culture.").order_by("pk").values_list("kind", flat=True)
    )
    assert [one for one in told if one != "culture.handed_in"] == [
        "culture.brought_in", "culture.brought_back",
    ]  # fmt: skip
    assert batch.n == 4


def test_many_places_come_in_with_few_questions_to_the_database_and_too_many_are_told(
    culture, django_assert_max_num_queries, monkeypatch
):
    rows = [changed(slug=f"p-{no}") for no in range(600)]
    monkeypatch.setattr(reading, "MOST", 600)
    found = reading.read(a_list(*rows).encode(), "places.csv")

    with django_assert_max_num_queries(44):
        batches.take_in(found, by=culture.author, sha="0" * 64)

    assert Entry.objects.count() == 600
    with pytest.raises(ValueError, match="600"):
        reading.read(a_list(*rows, changed(slug="last")).encode(), "places.csv")


def test_what_goes_out_as_a_table_comes_in_again_the_same_and_is_no_formula(culture):
    culture.a_place(entry={"text_zh": "=1+1", "text_en": "-5", "name_zh": "+桥"})
    data = out.given_out("places", "csv")
    Entry.objects.all().delete()

    found = reading.read(data, "places.csv")
    batches.take_in(found, by=culture.author, sha="0" * 64)

    assert "'=1+1" in data.decode("utf-8-sig")
    assert out.given_out("places", "csv") == data
    assert found.rejects == []


def test_of_two_who_write_in_an_entry_at_once_the_second_is_told_and_loses_nothing(editor, culture):
    culture.a_place("bridge")
    page = editor.get("/culture-desk/bridge/write/")
    given = {one.name: one.value() or "" for one in page.context["form"]}
    for name in ("names_living", "is_closed"):
        del given[name]

    first = editor.post("/culture-desk/bridge/write/", {**given, "text_zh": "先写的"})
    second = editor.post("/culture-desk/bridge/write/", {**given, "text_zh": "后写的"})

    assert (first.status_code, second.status_code) == (302, 422)
    assert "他人刚保存了修改" in second.content.decode()
    assert "后写的" in second.content.decode()
    assert Entry.objects.get(slug="bridge").text_zh == "先写的"


def test_routes_go_out_as_lines_through_their_stops_and_a_row_a_stop(editor, culture):
    from test_culture_life import a_route

    culture.a_place("one", place={"lon": 124.0, "lat": 30.5})
    culture.a_place("two", place={"lon": 124.1, "lat": 30.6})
    a_route(culture, "two", "one")

    shape = json.loads(editor.get("/culture-desk/routes.geojson").content)["features"][0]
    rows = list(
        csv.DictReader(editor.get("/culture-desk/routes.csv").content.decode("utf-8-sig").splitlines())
    )

    assert shape["geometry"] == {"type": "LineString", "coordinates": [[124.1, 30.6], [124.0, 30.5]]}
    assert [one["place"] for one in shape["properties"]["stops"]] == ["two", "one"]
    assert [(one["route"], one["no"], one["place"]) for one in rows] == [
        ("line", "1", "two"),
        ("line", "2", "one"),
    ]
    assert editor.get("/culture-desk/routes.exe").status_code == 404
