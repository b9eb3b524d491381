import io
import json
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from PIL import Image
from test_films_forget_their_maker import a_film

from qingfeng.culture.halls.building import CannotBuild
from qingfeng.culture.halls.keeping import tiled
from qingfeng.culture.models import Entry, Hall
from qingfeng.culture.storing import place_of
from qingfeng.desk.culture.halls import lists, plans
from qingfeng.desk.culture.halls.bringing import cancel, keep_brought
from qingfeng.desk.culture.halls.ground import NotKept, hall_or_404
from qingfeng.desk.culture.halls.ground import keep_tour as keep_tour_of
from qingfeng.desk.culture.halls.models import Brought
from qingfeng.desk.culture.halls.receiving import take_piece
from qingfeng.desk.culture.halls.tours import put

PAGE = "/culture-desk/hall/hall/"
JSON = {"content_type": "application/json"}
ROOM = {"name_zh": "厅", "name_en": "Room"}


@pytest.fixture
def browser(culture):
    client = Client()
    client.force_login(culture.office.accounts["editor"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def hall(culture):
    words = {"name_zh": "馆", "name_en": "Hall", "abstract_zh": "短", "abstract_en": "Short"}
    more = {"text_zh": "文", "text_en": "Text", "theme": "family", "made_by": culture.author}
    entry = Entry.objects.create(kind="hall", slug="hall", **words, **more)
    Hall.objects.create(entry=entry)
    return entry


def a_picture(width, height, *, exif=False):
    out, picture = io.BytesIO(), Image.new("RGB", (width, height), "#88aacc")
    told = picture.getexif()
    if exif:
        told[0x010F] = "A camera"
        told.get_ifd(0x8825)[1] = "N"
    picture.save(out, "JPEG", exif=told)
    return out.getvalue()


def bring(browser, kind, name, data):
    """A file brought by the plain form and looked at by the worker."""
    answer = browser.post(f"{PAGE}media/{kind}/", {"file": SimpleUploadedFile(name, data)})
    made = Brought.objects.first()
    if made:
        keep_brought.call(made.pk)
        made.refresh_from_db()
    return answer, made


def a_panorama(browser, entry):
    bring(browser, "panorama", "a.jpg", a_picture(2048, 1024))
    return entry.media.get(kind="panorama").digest


def keep_tour(browser, tour, base):
    return browser.post(f"{PAGE}editor/keep/", json.dumps({"base": base, "tour": tour}), **JSON)


def a_tour(panorama, **scene):
    said = {
        "key": "gate",
        "zone": "in",
        "name_zh": "门",
        "name_en": "Gate",
        "panorama": panorama,
        "spots": [],
    }
    zones = [{"key": "in", "name_zh": "序厅", "name_en": "Entrance"}]
    return {"v": 1, "zones": zones, "first": "gate", "scenes": [{**said, **scene}]}


def test_a_new_hall_is_written_through_the_desk(browser, culture):
    said = {"slug": "new-hall", "name_zh": "馆", "name_en": "Hall", "theme": "trust", "abstract_zh": "短"}
    browser.post(
        "/culture-desk/new/hall/", {**said, "abstract_en": "Short", "text_zh": "文", "text_en": "Text"}
    )

    assert Entry.objects.get(slug="new-hall").hall.tour["scenes"] == []
    assert browser.get("/culture-desk/new-hall/").status_code == 200
    assert browser.get("/culture-desk/new-hall/hall/").status_code == 200


def test_a_panorama_comes_in_pieces_is_cut_and_forgets_where_it_was_taken(browser, hall):
    data = a_picture(2048, 1024, exif=True)
    asked = {"files": [{"path": "a.jpg", "size": len(data)}]}
    told = browser.post(f"{PAGE}media/panorama/files/", json.dumps(asked), **JSON).json()["files"][0]
    address, half = f"{PAGE}media/panorama/files/{told['no']}/", len(data) // 2

    first = browser.put(
        address, data[:half], headers={"X-Offset": "0"}, content_type="application/octet-stream"
    )
    wrong = browser.put(
        address, data[half:], headers={"X-Offset": "0"}, content_type="application/octet-stream"
    )
    last = browser.put(
        address, data[half:], headers={"X-Offset": str(half)}, content_type="application/octet-stream"
    )

    assert (first.json()["received"], wrong.status_code, last.json()["received"]) == (half, 409, len(data))
    file = Brought.objects.get()
    assert file.state == "waiting"
    assert browser.get(f"{PAGE}brought/{file.pk}/", headers={"HX-Request": "true"}).status_code == 200
    keep_brought.call(file.pk)
    medium = hall.media.get()
    assert (medium.kind, medium.width, medium.height) == ("panorama", 2048, 1024)
    assert tiled(medium.digest)
    with Image.open(place_of(medium.digest, "jpg")) as kept:
        assert not kept.getexif()
    assert not file.place.exists()


@pytest.mark.parametrize(
    ("kind", "name", "data", "says"),
    [
        ("panorama", "a.jpg", a_picture(2100, 900), "360"),
        ("panorama", "a.jpg", a_picture(2048, 1024)[:-2500], "不完整"),
        ("panorama", "a.jpg", b"no picture", "JPEG"),
        ("captions", "a.vtt", b"WEBVTT\n\n00:05.000 --> 00:02.000\nlate", "第3行"),
        ("captions", "a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n", "第3行"),
        ("audio", "a.mp3", b"no sound", "MP3"),
        ("video", "a.mp4", a_film()[:-4], "不完整"),
    ],
)
def test_a_file_that_cannot_be_shown_is_told_and_not_kept(browser, hall, kind, name, data, says):
    _answer, made = bring(browser, kind, name, data)

    assert made.state == "refused"
    assert says in made.problem
    assert not hall.media.exists()
    assert made.problem in browser.get(f"{PAGE}media/{kind}/").content.decode()


def test_a_file_under_way_can_be_cancelled(browser, hall):
    browser.post(f"{PAGE}media/picture/", {"file": SimpleUploadedFile("a.jpg", a_picture(40, 30))})
    made = Brought.objects.get()

    browser.post(f"{PAGE}brought/{made.pk}/")
    keep_brought.call(made.pk)

    made.refresh_from_db()
    assert made.state == "cancelled"
    assert not made.place.exists()
    assert not hall.media.exists()


def test_a_file_that_the_worker_has_just_begun_is_not_taken_from_under_it(browser, hall):
    browser.post(f"{PAGE}media/picture/", {"file": SimpleUploadedFile("a.jpg", a_picture(40, 30))})
    seen = Brought.objects.get()  # as the page that cancels read it: it waits
    Brought.objects.update(state="working")

    cancel(seen)

    assert Brought.objects.get().state == "cancelled"
    assert seen.place.exists()


class Cancelling(io.BytesIO):
    """A piece while whose bytes come in somebody cancels the file."""

    def __init__(self, file, data):
        super().__init__(data)
        self.file = file

    def read(self, size=-1):
        """Cancel, then read on."""
        cancel(Brought.objects.get(pk=self.file.pk))
        return super().read(size)


def test_a_file_cancelled_while_its_last_piece_comes_in_stays_cancelled_and_leaves_nothing(browser, hall):
    data = a_picture(40, 30)
    asked = {"files": [{"path": "a.jpg", "size": len(data)}]}
    told = browser.post(f"{PAGE}media/picture/files/", json.dumps(asked), **JSON).json()["files"][0]
    file = Brought.objects.get(pk=told["no"])

    take_piece(file, Cancelling(file, data), offset=0, length=len(data))
    browser.put(
        f"{PAGE}media/picture/files/{file.pk}/",
        data,
        headers={"X-Offset": "0"},
        content_type="application/octet-stream",
    )

    file.refresh_from_db()
    assert file.state == "cancelled"
    assert not file.place.exists()


def test_an_ending_that_is_not_taken_is_refused_at_the_field(browser, hall):
    answer, made = bring(browser, "panorama", "a.exe", b"data")

    assert answer.status_code == 422
    assert made is None


def test_what_the_editor_sends_is_kept_and_two_who_write_at_once_are_told(browser, hall):
    panorama = a_panorama(browser, hall)
    base = browser.get(f"{PAGE}editor/").context["held"]["base"]

    one = keep_tour(browser, a_tour(panorama), base)
    other = keep_tour(browser, a_tour(panorama, name_zh="另一"), base)

    assert (one.status_code, other.status_code) == (200, 409)
    hall.hall.refresh_from_db()
    assert hall.hall.tour["scenes"][0]["name_zh"] == "门"


def test_plain_forms_sent_at_once_do_not_overwrite_one_another(hall):
    one, other = (hall_or_404("hall") for _ in range(2))  # two requests that read the same draft
    keep_tour_of(one, put(one.hall.tour, "zones", "zone-1", {"name_zh": "序厅"}))
    plans.keep_plan(one, plans.with_room(plans.value_of(one), "room-1", ROOM))

    with pytest.raises(NotKept):
        keep_tour_of(other, put(other.hall.tour, "zones", "zone-1", {"name_zh": "另一"}))
    with pytest.raises(CannotBuild):
        plans.keep_plan(other, plans.with_room(plans.value_of(other), "room-1", {**ROOM, "name_zh": "另一"}))

    hall.hall.refresh_from_db()
    assert hall.hall.tour["zones"][0]["name_zh"] == "序厅"
    assert hall.hall.built["rooms"][0]["name_zh"] == "厅"


def test_a_new_room_lies_behind_a_wall_of_the_last_one_that_is_free(hall):
    rooms = [{"key": key, **ROOM, "exhibits": []} for key in ("a", "b", "c")]
    doors = [{"from": "a", "wall": "east", "to": "b"}, {"from": "b", "wall": "south", "to": "c"}]

    made = plans.with_room({"v": 1, "rooms": rooms, "doors": doors}, "d", ROOM)

    _plan, layout = plans.layout_of(made)
    assert [one.room.key for one in layout.rooms] == ["a", "b", "c", "d"]


def test_what_is_wrong_with_a_tour_is_told_at_its_place(browser, hall):
    spot = {"key": "a", "kind": "text", "yaw": 400, "pitch": 0, "title_zh": "注"}
    base = browser.get(f"{PAGE}editor/").context["held"]["base"]

    wrong = keep_tour(browser, a_tour("", spots=[spot]), base)
    foreign = keep_tour(browser, a_tour("f" * 64), base)

    assert set(wrong.json()["wrongs"]) == {"scenes[0].spots[0].yaw"}
    assert set(foreign.json()["wrongs"]) == {"scenes[0].panorama"}
    hall.hall.refresh_from_db()
    assert hall.hall.tour["scenes"] == []


def test_a_hall_is_written_in_plain_forms_alone(browser, hall, culture):
    panorama = a_panorama(browser, hall)
    view = {"yaw": "0", "pitch": "0", "hfov": "75"}
    browser.post(f"{PAGE}zones/new/", {"name_zh": "序厅", "name_en": "Entrance"})
    for name in ("门", "井"):
        said = {"name_zh": name, "name_en": "Scene", "zone": "zone-1", "panorama": panorama, **view}
        assert browser.post(f"{PAGE}scenes/new/", said).status_code == 302
    way = {
        "title_zh": "去井",
        "title_en": "To the well",
        "yaw": "30",
        "pitch": "-5",
        "to": "scene-2",
        "way_back": "on",
    }
    browser.post(f"{PAGE}scenes/scene-1/spots/new-scene/", way)
    quiz = {
        "title_zh": "问",
        "title_en": "Question",
        "yaw": "0",
        "pitch": "0",
        "question_zh": "几口",
        "why_zh": "碑",
    }
    answers = browser.post(f"{PAGE}scenes/scene-1/spots/new-quiz/", {**quiz, "answers": "四|Four\n*七|Seven"})
    unanswered = browser.post(
        f"{PAGE}scenes/scene-1/spots/new-quiz/", {**quiz, "answers": "四|Four\n七|Seven"}
    )
    browser.post(f"{PAGE}order/", {"what": "scenes", "key": "scene-2", "act": "up"})

    assert (answers.status_code, unanswered.status_code) == (302, 422)
    hall.hall.refresh_from_db()
    tour = hall.hall.tour
    assert [one["key"] for one in tour["scenes"]] == ["scene-2", "scene-1"]
    back = tour["scenes"][0]["spots"][0]
    assert (back["to"], back["yaw"]) == ("scene-1", -150.0)
    assert tour["scenes"][1]["spots"][1]["quiz"]["right"] == 1
    assert "门" in browser.get(PAGE).content.decode()
    preview = browser.get("/culture/hall-preview/hall/scene-1/")
    assert preview.status_code == 200
    assert "三审三校" not in preview.content.decode()  # of what nobody has signed
    assert 'src=""' not in preview.content.decode()
    browser.post(f"{PAGE}order/", {"what": "scenes", "key": "scene-2", "act": "remove"})
    hall.hall.refresh_from_db()
    assert [one["kind"] for one in hall.hall.tour["scenes"][0]["spots"]] == ["quiz"]


def test_while_a_hall_is_under_review_nothing_of_it_is_changed(browser, hall, culture):
    culture.handed_in(hall)

    assert browser.get(f"{PAGE}editor/").status_code == 404
    assert browser.get(f"{PAGE}built/").status_code == 404
    assert browser.post(f"{PAGE}order/", {"what": "zones", "key": "a"}).status_code == 404
    assert browser.get(PAGE).status_code == 200


def a_list(rows):
    book = Workbook()
    book.active.append(["展厅", "标题", "英文标题", "说明", "英文说明", "图片", "大小"])
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_hall_is_built_from_a_workbook_and_its_tour_made_of_what_was_rendered(browser, hall):
    rows = [
        ["家训厅", "灯油自备", "Own oil", "两只油壶", "Two jugs", "", "大"],
        ["", "斗要刮平", "Level", "", "", "", ""],
        ["廉井厅", "众绳井", "Shared rope", "换绳", "The rope", "", ""],
        ["", "无图", "No such", "文", "Text", "nowhere.jpg", ""],
    ]
    looked = browser.post(f"{PAGE}built/bring/", {"file": SimpleUploadedFile("l.xlsx", a_list(rows))})
    found = looked.context["found"]
    browser.post(f"{PAGE}built/bring/", {"rows": looked.context["rows"], "act": "add"})

    assert [no for no, _why in found.rejects] == [3, 5]
    page = browser.get(f"{PAGE}built/")
    drawing = page.context["drawing"]
    assert [one["name_zh"] for one in drawing["rooms"]] == ["家训厅", "廉井厅"]
    made = {}
    for no, stand in enumerate(drawing["stands"]):
        picture = SimpleUploadedFile("p.jpg", a_picture(2048 + 2 * no, 1024 + no))
        sent = browser.post(f"{PAGE}built/panoramas/", {"stand": stand["key"], "picture": picture})
        made[stand["key"]] = sent.json()["digest"]
    short = browser.post(f"{PAGE}built/finish/", {"plan": drawing["plan"], "panoramas": "{}"})
    done = browser.post(f"{PAGE}built/finish/", {"plan": drawing["plan"], "panoramas": json.dumps(made)})

    assert (short.status_code, done.status_code) == (422, 200)
    hall.hall.refresh_from_db()
    titles = {spot["title_zh"] for scene in hall.hall.tour["scenes"] for spot in scene["spots"]}
    assert {"灯油自备", "众绳井"} <= titles
    assert not browser.get(f"{PAGE}built/").context["is_stale"]
    assert browser.get(f"{PAGE}editor/").context["held"]["is_built"]


def test_panoramas_rendered_anew_take_the_place_of_the_older_whatever_language_they_were_made_in(
    browser, hall
):
    said = "展厅,标题,英文标题,说明,英文说明\n厅,井,Well,文,Text".encode()
    looked = browser.post(f"{PAGE}built/bring/", {"file": SimpleUploadedFile("list", said)})
    browser.post(f"{PAGE}built/bring/", {"rows": looked.context["rows"], "act": "add"})
    for language, width in (("zh-hans", 2048), ("en", 2060)):
        browser.cookies["django_language"] = language
        drawing, made = browser.get(f"{PAGE}built/").context["drawing"], {}
        for stand in drawing["stands"]:
            picture = SimpleUploadedFile("p.jpg", a_picture(width, width // 2))
            made[stand["key"]] = browser.post(f"{PAGE}built/panoramas/", {"picture": picture}).json()[
                "digest"
            ]
        browser.post(f"{PAGE}built/finish/", {"plan": drawing["plan"], "panoramas": json.dumps(made)})

    assert set(hall.media.values_list("width", flat=True)) == {2060}


def a_torn_workbook():
    """A workbook whose sheet breaks off, though its archive is whole."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(a_list([["厅", "井", "Well"]] * 50))) as held, ZipFile(out, "w") as torn:
        for name in held.namelist():
            data = held.read(name)
            torn.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    return out.getvalue()


def test_a_workbook_that_unpacks_to_more_than_a_list_is_told(browser, hall, monkeypatch):
    monkeypatch.setattr(lists, "MOST_UNPACKED", 1000)
    file = SimpleUploadedFile("list.xlsx", a_list([["厅", "井", "Well"]]))

    answer = browser.post(f"{PAGE}built/bring/", {"file": file})

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


@pytest.mark.parametrize(
    "data",
    [
        a_torn_workbook(),
        ('标题,英文标题\n井,"Well\n' + "水,Water\n" * 20_000).encode(),
    ],
    ids=["torn workbook", "a quote without its end"],
)
def test_a_list_that_cannot_be_read_is_told_at_its_form(browser, hall, data):
    import qingfeng.screening.intake.readers.records  # noqa: F401 - it lets cells be long, for the whole process

    answer = browser.post(f"{PAGE}built/bring/", {"file": SimpleUploadedFile("list", data)})

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_lines_that_end_as_on_an_old_mac_are_read(browser, hall):
    said = "标题,英文标题,说明,英文说明\r井,Well,文,Text\r".encode()

    answer = browser.post(f"{PAGE}built/bring/", {"file": SimpleUploadedFile("list", said)})

    assert [row["title_zh"] for row in answer.context["found"].rows] == ["井"]


def test_a_change_is_drawn_before_it_is_kept_and_a_wrong_one_said_at_its_field(browser, hall):
    browser.post(
        f"{PAGE}built/rooms/new/",
        {"name_zh": "厅", "name_en": "Room", "wall": "ink", "floor": "oak", "light": "warm"},
    )
    said = {"title_zh": "井", "title_en": "Well", "text_zh": "文", "text_en": "Text", "size": "large"}
    address = f"{PAGE}built/rooms/room-1/exhibits/new/"

    drawn = browser.post(address, said, headers={"Accept": "application/json"})
    wrong = browser.post(address, {**said, "text_zh": ""})
    browser.post(address, said)

    assert drawn.json()["things"][0]["title_zh"] == "井"
    assert wrong.status_code == 422
    assert "text_zh" in wrong.context["form"].errors
    hall.hall.refresh_from_db()
    assert [one["key"] for one in hall.hall.built["rooms"][0]["exhibits"]] == ["piece-1"]
    browser.post(f"{PAGE}built/", {"room": "room-1", "exhibit": "piece-1", "act": "remove"})
    hall.hall.refresh_from_db()
    assert hall.hall.built["rooms"][0]["exhibits"] == []
