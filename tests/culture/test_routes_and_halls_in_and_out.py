"""Routes and halls as files: out and in elsewhere the same, wrong lines handed back, undone as one batch."""

import csv
import io
import json
from types import SimpleNamespace

import pytest
from a_hall import a_panorama
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qingfeng.culture import life
from qingfeng.culture.brought_models import Batch
from qingfeng.culture.coordinates import from_wgs84
from qingfeng.culture.drafts import draft_of
from qingfeng.culture.files import batches, cells, out, reading, tables
from qingfeng.culture.gates import missing
from qingfeng.culture.models import Entry, Hall, Route
from qingfeng.culture.storing import CannotKeep
from qingfeng.culture.wanting import bring_picture
from qingfeng.desk.culture import bringing, urls
from qingfeng.desk.culture.halls.bringing import keep_brought
from qingfeng.desk.culture.halls.models import Brought

PAGE = "/culture-desk/bring/"
ROUTE = {
    "route": "river-walk", "theme": "water", "name_zh": "沿河线",
    "name_en": "Along the river",
    "abstract_zh": "短", "abstract_en": "Short", "text_zh": "一段线路", "text_en": "A walk", "mode": "walk",
    "starts_at": "09:30", "capacity": "20", "office_zh": "宣传部",
    "office_en": "Publicity office", "source": "县志\n水利志", "source_where": "12\n", "file": "bank.jpg",
    "alt_zh": "河岸", "alt_en": "A bank",
    "licence": "cc_by", "author": "某人",
}  # fmt: skip
QUESTION = {
    "ask_zh": "几孔？", "ask_en": "How many arches?", "answers": [["三", "Three"], ["五", "Five"]],
    "right": 0,
    "why_zh": "旧志载三孔。", "why_en": "The old record says three.",
}  # fmt: skip


@pytest.fixture
def editor(culture):
    client = Client()
    client.force_login(culture.office.accounts["editor"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def places(culture):
    culture.a_place("one", place={"lon": 124.0, "lat": 30.5})
    culture.a_place("two", place={"lon": 124.01, "lat": 30.51})
    culture.a_place("three", place={"lon": 124.02, "lat": 30.52})


def a_table(*rows):
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def a_route_table(*stops, **more):
    return a_table(
        *({**(ROUTE if not no else {"route": "river-walk"}), **more, **stop} for no, stop in enumerate(stops))
    )


def brought(culture, data, name="a.csv", **more):
    found = reading.read(data, name, **more)
    return found, batches.take_in(found, by=culture.author, sha="0" * 64)


STOPS = (
    {"no": "1", "place": "two", "minutes": "25", "guide_zh": "看桥", "guide_en": "See the bridge"},
    {"no": "2", "place": "one", "minutes": "15", "leg_km": "1.25", "leg_minutes": "18"},
)


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
    features = json.loads(_as_geojson(culture))
    features["features"][0]["properties"]["stops"][0]["place"] = "gone"

    found = reading.read(json.dumps(features).encode(), "a.geojson")
    back = json.loads(found.handed_back())

    assert "gone" in back["features"][0]["properties"]["why"]
    assert back["features"][0]["geometry"] == features["features"][0]["geometry"]


def _as_geojson(culture):
    brought(culture, a_route_table(*STOPS))
    return out.given_out("routes", "geojson")


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


IN_CHINESE = """线路;主题;名称;英文名称;正文;点位;停留分钟;出发时间
river-walk;治水为民;沿河;River;文;one;２５;９：３０
river-walk;;;;;two;;
"""


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


def test_a_batch_is_taken_back_as_one_new_drafts_go_and_changed_ones_are_as_before(culture, places):
    _found, first = brought(culture, a_route_table(*STOPS))
    before = draft_of(Entry.objects.get(slug="river-walk"))
    found, second = brought(culture, a_route_table(STOPS[1], name_zh="改名", source="别的书"))

    assert len(found.changed) == 1
    assert batches.take_back(first, by=culture.author) == (0, 1)
    assert batches.take_back(second, by=culture.author) == (1, 0)
    assert draft_of(Entry.objects.get(slug="river-walk")) == before
    assert batches.take_back(second, by=culture.author) == (0, 0)


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


def test_a_draft_that_got_its_picture_since_stays_when_its_batch_is_taken_back(culture, places):
    _found, batch = brought(culture, a_route_table(*STOPS))
    bring_picture(Entry.objects.get(slug="river-walk"), a_picture(), name="bank.jpg", words={})

    assert batches.take_back(batch, by=culture.author) == (0, 1)
    assert Entry.objects.filter(slug="river-walk").exists()


def test_the_newest_file_stands_first_and_is_taken_back_first(culture, places, editor):
    brought(culture, a_route_table(*STOPS))
    _found, newer = brought(culture, a_route_table(*STOPS, name_zh="改名"))

    assert editor.get(PAGE).context["batches"][0] == newer


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


def a_hall_table(**more):
    hall = {
        "hall": "clear-hall", "what": "hall", "theme": "family", "name_zh": "清白馆", "name_en": "Clear hall",
        "abstract_zh": "短", "abstract_en": "Short", "text_zh": "一座展馆", "text_en": "A hall", "to": "gate",
        "source": "馆藏档案", "names_living": "",
    }  # fmt: skip
    return a_table(
        hall | more,
        a_part("zone", "front", "前厅", "Front"),
        a_part("scene", "gate", "门", "Gate", within="front", told_zh="一道门", told_en="A gate")
        | {"file": "gate.jpg", "yaw": "12.5", "x": "0.2", "y": "0.4"},
        a_part("scene", "room", "室", "Room", within="front", told_zh="一间房", told_en="A room")
        | {"file": "room.jpg"},
        a_spot("in", "gate", "scene", "进去", "In", yaw="0", to="room"),
        a_spot("stone", "room", "picture", "碑", "Stone", yaw="30", file="stone.png", text_zh="碑文"),
        a_spot("ask", "room", "quiz", "问", "Ask", yaw="60", question_zh="几字？", question_en="How many?")
        | {"answers_zh": "三\n四", "answers_en": "Three\nFour", "right": "1", "why_zh": "四字。"},
        a_spot("film", "room", "video", "片", "Film", yaw="90", file="film.mp4", told_zh="说", told_en="Said")
        | {"captions_zh": "film-zh.vtt", "captions_en": "film-en.vtt"},
        {"hall": "clear-hall", "what": "medium", "file": "stone.png", "kind": "picture", "alt_zh": "石碑"}
        | {"alt_en": "A stone", "licence": "own", "author": "本馆"},
    )


def a_part(what, key, zh, en, **more):
    return {"hall": "clear-hall", "what": what, "key": key, "name_zh": zh, "name_en": en, **more}


def a_spot(key, within, kind, zh, en, **more):
    return a_part("spot", key, zh, en, within=within, kind=kind, pitch="-5", **more)


def a_picture():
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(made, "PNG")
    return made.getvalue()


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
        key: next(no for no, row in found.sheet.rows if row["key"] == key)
        for key in ("gate", "in", "stone", "ask")
    }
    assert found.units == []
    for key, words in (("gate", "yaw"), ("in", "cellar"), ("stone", "attic"), ("ask", "right")):
        assert words in " ".join(said[lines[key]])
    assert any("stone.png" in one for words in said.values() for one in words)


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
    assert tables.table_of(f"{row}\na", {"slug"}, most=3).rows == [(2, {"slug": "a"})]


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


def test_of_a_picture_that_is_too_large_no_more_is_held_than_tells_so(culture, places):
    brought(culture, a_route_table(*STOPS))
    endless = SimpleNamespace(name="bank.jpg", read=lambda most: b"x" * most)

    with pytest.raises(CannotKeep, match="12"):
        bringing._given_to(endless)


@pytest.mark.parametrize("wrong", [{"title_zh": "碑\ud800"}, {"kind": ["picture"]}])
def test_a_tour_that_no_page_could_have_written_is_told_as_what_it_is(culture, wrong):
    brought(culture, a_hall_table())
    whole = json.loads(out.given_out("halls", "geojson"))
    whole["features"][0]["properties"]["tour"]["scenes"][1]["spots"][0] |= wrong

    found = reading.read(json.dumps(whole).encode(), "a.geojson")

    assert (found.units, f"scenes[1].spots[0].{next(iter(wrong))}" in found.said[1]) == ([], True)


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
