"""Routes, and what goes out, as files: out and in elsewhere the same, wrong lines handed back."""

import csv
import io
import json
from types import SimpleNamespace

import pytest
from a_file_of_culture import (
    IN_CHINESE,
    PAGE,
    QUESTION,
    ROUTE,
    STOPS,
    a_hall_table,
    a_picture,
    a_route_table,
    a_table,
    as_geojson,
    brought,
)
from django.core.files.uploadedfile import SimpleUploadedFile

from qingfeng.culture.coordinates import from_wgs84
from qingfeng.culture.drafts import draft_of
from qingfeng.culture.files import batches, cells, out, reading, tables
from qingfeng.culture.models import Entry, Hall, Route
from qingfeng.culture.storing import CannotKeep
from qingfeng.culture.wanting import bring_picture
from qingfeng.desk.culture import bringing, urls


def test_a_route_comes_in_with_its_stops_in_order_legs_hours_sources_and_licences(culture, places):
    found, _batch = brought(culture, a_route_table(*STOPS, quiz=json.dumps([QUESTION])))

    route = Route.objects.get(entry__slug="river-walk")
    assert found.rejects == []
    assert list(route.stops.values_list("place__entry__slug", "minutes", "leg_km", "leg_minutes")) == [
        ("two", 25, None, None), ("one", 15, 1.25, 18),
    ]  # fmt: skip
    assert f"{route.starts_at:%H:%M}" == "09:30"
    assert (route.capacity, route.office_en, route.quiz) == (20, "Publicity office", [QUESTION])
    assert [(one.title, one.where) for one in route.entry.sources.all()] == [("县志", "12"), ("水利志", "")]
    (wanted,) = route.entry.wanted.all()
    assert (wanted.name, wanted.words["licence"], wanted.words["author"]) == ("bank.jpg", "cc_by", "某人")
    assert route.entry.state == Entry.State.DRAFT


@pytest.mark.parametrize("form", out.FORMS)
@pytest.mark.parametrize("what", out.KINDS)
def test_what_goes_out_and_comes_in_elsewhere_goes_out_the_same(culture, places, what, form):
    brought(culture, a_route_table(*STOPS, quiz=json.dumps([QUESTION])))
    brought(culture, a_hall_table())
    before = {one: out.given_out(one, form) for one in out.KINDS}
    Route.objects.all().delete()
    Hall.objects.all().delete()
    Entry.objects.exclude(kind="place").delete()
    if what == "places":
        Entry.objects.all().delete()

    found, _batch = brought(culture, before[what], f"a.{form}")

    assert found.rejects == []
    assert out.given_out(what, form) == before[what]


def test_the_same_file_brought_again_changes_nothing_and_another_changes_the_draft_alone(
    culture, places, editor
):
    data = a_route_table(*STOPS)
    brought(culture, data)
    culture.number_the_map()
    for slug in ("one", "two"):
        culture.published(Entry.objects.get(slug=slug))
    entry = Entry.objects.get(slug="river-walk")
    bring_picture(entry, a_picture(), name="bank.jpg", words={})
    made = culture.published(Entry.objects.get(slug="river-walk"))

    assert [one.is_same for one in reading.read(data, "a.csv").units] == [True]
    found, _batch = brought(culture, a_route_table(*STOPS, name_zh="新的名字"))

    (unit,) = found.changed
    assert unit.is_public
    assert unit.changes == [("name_zh", "沿河线", "新的名字")]
    entry.refresh_from_db()
    made.refresh_from_db()
    assert (entry.name_zh, made.name_zh, made.is_live) == ("新的名字", "沿河线", True)
    assert editor.get("/culture/routes/river-walk/").content.decode().count("新的名字") == 0


def test_what_is_under_review_or_of_another_kind_is_not_written_in(culture, places):
    culture.handed_in(Entry.objects.get(slug="three"))
    rows = [
        {**ROUTE, "route": "three", "place": "one"}, {**ROUTE, "route": "one", "place": "two"},
    ]  # fmt: skip

    found = reading.read(a_table(*rows), "a.csv")

    assert found.units == []
    assert all("其他类别" in says for _no, says in found.rejects)
    as_it_is = reading.read(out.given_out("places", "csv"), "a.csv")
    changed = reading.read(out.given_out("places", "csv").replace("石桥".encode(), "木桥".encode()), "a.csv")
    assert (len(as_it_is.same), as_it_is.rejects) == (3, [])
    assert (len(changed.changed), len(changed.rejects)) == (2, 1)
    assert "正在审校" in changed.rejects[0][1]


def test_of_a_route_with_a_wrong_line_nothing_comes_in_and_all_its_lines_are_handed_back(culture, places):
    wrong = {"no": "3", "place": "nowhere", "minutes": "0", "leg_km": "2"}
    other = {**ROUTE, "route": "other", "place": "one"}
    data = a_route_table(*STOPS, wrong) + b"\r\n".join(a_table(other).split(b"\r\n")[1:])
    rows = list(csv.DictReader(io.StringIO(a_route_table(*STOPS, wrong).decode())))

    found = reading.read(a_table(*rows, other), "a.csv")
    back = list(csv.DictReader(io.StringIO(found.handed_back().decode("utf-8-sig"))))

    assert data
    assert [one.draft["slug"] for one in found.units] == ["other"]
    assert [one["route"] for one in back] == ["river-walk"] * 3
    assert "nowhere" in back[2]["why"]
    assert "minutes" in back[2]["why"]
    assert "第" in back[0]["why"]
    mended = [
        {**one, "place": "three", "minutes": "5", "leg_km": ""} if one["no"] == "3" else one for one in back
    ]
    again = reading.read(a_table(*mended), "a.csv")
    assert (again.rejects, [len(one.draft["stops"]) for one in again.units]) == ([], [3])


def test_a_wrong_feature_is_handed_back_whole_with_its_reason(culture, places):
    features = json.loads(as_geojson(culture))
    features["features"][0]["properties"]["stops"][0]["place"] = "gone"

    found = reading.read(json.dumps(features).encode(), "a.geojson")
    back = json.loads(found.handed_back())

    assert "gone" in back["features"][0]["properties"]["why"]
    assert back["features"][0]["geometry"] == features["features"][0]["geometry"]


@pytest.mark.parametrize("datum", ["GCJ-02", "BD-09"])
def test_stops_that_say_where_they_lie_find_their_place_in_any_of_the_three_datums(culture, places, datum):
    at = [from_wgs84(point, datum) for point in ((124.01, 30.51), (124.0, 30.5))]
    stops = [{"lon": str(lon), "lat": str(lat), "datum": datum} for lon, lat in at]

    found = reading.read(a_route_table(*stops), "a.csv")
    as_if = reading.read(a_route_table(*({**one, "datum": "WGS-84"} for one in stops)), "a.csv")
    named = reading.read(a_route_table({**stops[0], "place": "two", "datum": ""}, {"place": "one"}), "a.csv")

    assert [one["place"] for one in found.units[0].draft["stops"]] == ["two", "one"]
    assert as_if.units == []
    assert f"按{datum}" in named.units[0].notes[0]


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (IN_CHINESE, 1),
        ("﻿route,theme,name_zh,name_en,text_zh,place\nriver-walk,water,沿河,River,文,one\n", 1),
    ],
    ids=["headings and themes in Chinese, semicolons, wide digits", "a mark"],
)
@pytest.mark.parametrize("code", ["utf-8", "gb18030"])
def test_a_careless_table_of_stops_is_understood(culture, places, data, count, code):
    if code == "gb18030":
        data = data.removeprefix("\ufeff")

    found = reading.read(data.encode(code), "线路.csv")

    assert (found.rejects, len(found.units)) == ([], count)
    first = found.units[0].draft["stops"][0]
    assert first["minutes"] == (25 if "２５" in data else 20)


def test_columns_that_lack_or_stand_twice_are_told_and_what_nothing_reads_is_named(culture, places):
    with pytest.raises(ValueError, match="name_en"):
        reading.read(b"route,theme,name_zh,text_zh\nx,water,a,b\n", "a.csv")
    with pytest.raises(ValueError, match="place"):
        reading.read("route,点位,place\n".encode(), "a.csv")
    found = reading.read(a_route_table({"place": "one", "停留分钟": "很久", "心情": "好"}), "a.csv")
    assert found.sheet.unknown == ["心情"]
    assert next(iter(found.said.values())).startswith("停留分钟: ")


def test_a_measured_leg_stays_when_somebody_writes_in_the_route(culture, places, editor):
    brought(culture, a_route_table(*STOPS))
    page = editor.get("/culture-desk/river-walk/write/")
    given = {one.name: one.value() or "" for one in page.context["form"]}
    del given["names_living"]

    wrong = editor.post("/culture-desk/river-walk/write/", given | {"stops": "one | 20 | | | far | 5"})
    done = editor.post("/culture-desk/river-walk/write/", given | {"name_zh": "改过的名字"})

    assert (wrong.status_code, done.status_code) == (422, 302)
    route = Route.objects.get(entry__name_zh="改过的名字")
    assert list(route.stops.values_list("place__entry__slug", "leg_km", "leg_minutes")) == [
        ("two", None, None),
        ("one", 1.25, 18),
    ]


def test_places_and_the_route_through_them_come_in_with_one_file_and_go_with_it(culture):
    culture.a_place("one", place={"lon": 124.0, "lat": 30.5})
    culture.a_place("two", place={"lon": 124.01, "lat": 30.51})
    brought(culture, a_route_table(*STOPS))
    whole = {"type": "FeatureCollection", "features": []}
    for what in ("routes", "places"):
        whole["features"] += json.loads(out.given_out(what, "geojson"))["features"]
    Route.objects.all().delete()
    Entry.objects.all().delete()

    found, batch = brought(culture, json.dumps(whole).encode(), "a.geojson")

    assert (found.rejects, Entry.objects.count()) == ([], 3)
    assert batches.take_back(batch, by=culture.author) == (3, 0)
    assert not Entry.objects.exists()


def test_the_page_shows_what_would_happen_hands_back_what_stays_out_and_writes_drafts_alone(
    culture, places, editor
):
    wrong = {**ROUTE, "route": "other", "place": "nowhere"}
    rows = list(csv.DictReader(io.StringIO(a_route_table(*STOPS).decode())))
    file = SimpleUploadedFile("线路.csv", a_table(*rows, wrong))

    page = editor.post(PAGE, {"file": file})
    said = {name: page.context[name] for name in ("token", "datum", "name")} | {
        "base": page.context["found"].base
    }
    back = editor.post(PAGE, {"rejects": said["token"], "datum": said["datum"]})
    done = editor.post(PAGE, said, follow=True).content.decode()

    assert "新增1条" in page.content.decode()
    assert back["Content-Disposition"].endswith('"stayed-out.csv"')
    assert "nowhere" in back.content.decode("utf-8-sig")
    assert "线路.csv" in done
    assert "bank.jpg" in done
    assert Entry.objects.get(slug="river-walk").state == Entry.State.DRAFT
    assert editor.post(PAGE, said).status_code == 404


def test_what_a_table_has_no_column_for_stays_with_its_stop_picture_and_source(culture, places):
    brought(culture, a_route_table(*STOPS))
    bring_picture(Entry.objects.get(slug="river-walk"), a_picture(), name="bank.jpg", words={})
    before = draft_of(Entry.objects.get(slug="river-walk"))
    row = {
        name: ROUTE[name] for name in ("route", "theme", "name_zh", "name_en", "text_zh", "source", "file")
    }

    found, _batch = brought(
        culture, a_table({**row, "place": "two"}, {"route": "river-walk", "place": "one"})
    )

    assert found.rejects == []
    assert draft_of(Entry.objects.get(slug="river-walk")) == before


def test_a_feature_with_half_a_sign_in_its_quiz_or_with_stops_without_end_is_read(culture, places):
    brought(culture, a_route_table(*STOPS))
    (feature,) = json.loads(out.given_out("routes", "geojson"))["features"]
    feature["properties"]["quiz"] = [QUESTION | {"ask_zh": "几\ud800孔\0？"}]
    endless = {"route": "endless", "stops": [{"place": "one"}] * 200_000}
    features = [feature, {"properties": {**feature["properties"], **endless}}]

    found = reading.read(json.dumps({"features": features}).encode(), "a.geojson")

    assert [unit.draft["quiz"][0]["ask_zh"] for unit in found.units] == ["几孔？"]
    assert len(found.base) == 64
    assert "100" in found.said[2]


def test_of_more_lines_or_headings_than_are_read_none_is_held(culture, monkeypatch):
    monkeypatch.setattr(reading, "MOST", 3)
    row = "slug," + ",".join(f"h{no}" for no in range(3000))

    with pytest.raises(ValueError, match="3"):
        reading.read(b"slug\n" + b"a\n" * 9, "a.csv")
    with pytest.raises(ValueError, match="3"):
        reading.read(json.dumps({"features": [{}] * 9}).encode(), "a.geojson")
    assert list(tables.Table(f"{row}\na".encode(), {"slug"}).rows()) == [(2, {"slug": "a"})]


def test_of_a_picture_that_is_too_large_no_more_is_held_than_tells_so(culture, places):
    brought(culture, a_route_table(*STOPS))
    endless = SimpleNamespace(name="bank.jpg", read=lambda most: b"x" * most)

    with pytest.raises(CannotKeep, match="12"):
        bringing._given_to(endless)


def test_what_a_form_says_in_one_line_comes_in_so_that_the_form_keeps_it(culture, places, editor):
    stop = {"place": "one", "guide_zh": "看桥|看水\n看塔", "guide_en": "A|B"}
    brought(culture, a_route_table(stop, {"place": "two"}, source="县志|续编", source_where="12"))
    before = draft_of(Entry.objects.get(slug="river-walk"))
    page = editor.get("/culture-desk/river-walk/write/")
    given = {one.name: one.value() or "" for one in page.context["form"] if one.name != "names_living"}

    assert editor.post("/culture-desk/river-walk/write/", given).status_code == 302

    assert draft_of(Entry.objects.get(slug="river-walk")) == before
    assert before["stops"][0]["guide_zh"] == "看桥｜看水 看塔"


def test_no_entry_has_an_address_that_the_desk_has_for_itself(culture, places, editor):
    own = {str(one.pattern).split("/")[1] for one in urls.urlpatterns if "/" in str(one.pattern)}
    own = {one for one in own if one and not one.startswith("<") and "." not in one}
    found = reading.read(a_route_table(*STOPS, route="bring"), "a.csv")
    told = editor.post("/culture-desk/new/place/", {"slug": "bring"}).context["form"].errors

    assert own == cells.OF_THE_DESK
    assert (found.units, "slug" in told) == ([], True)
