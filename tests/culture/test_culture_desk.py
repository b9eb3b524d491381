import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from qingfeng.culture import life
from qingfeng.culture.models import Entry

PLACE = {
    "slug": "new-bridge", "name_zh": "新桥", "name_en": "New Bridge", "abstract_zh": "短", "text_zh": "故事",
    "abstract_en": "Short", "text_en": "Story", "theme": "trust", "category": "person", "lon": "124.00608",
    "lat": "30.49863", "datum": "GCJ-02", "wheelchair": "whole", "sources": "旧志（虚构） | 第 1 页",
}  # fmt: skip


@pytest.fixture
def browser(culture):
    def of(name):
        client = Client()
        client.force_login(culture.office.accounts[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return of


def test_the_desk_is_there_for_those_who_write_and_sign_and_for_nobody_else(browser):
    assert browser("editor").get("/culture-desk/").status_code == 200
    assert browser("handler").get("/culture-desk/").status_code == 200
    for name in ("auditor", "system_admin", "unit_contact", "partner"):
        assert browser(name).get("/culture-desk/").status_code == 404
    assert browser("handler").get("/culture-desk/new/place/").status_code == 404


def test_a_place_typed_in_gcj_02_is_kept_in_wgs_84(browser):
    answer = browser("editor").post("/culture-desk/new/place/", PLACE)

    assert answer["Location"] == "/culture-desk/new-bridge/"
    place = Entry.objects.get(slug="new-bridge").place
    assert (place.lon, place.lat) != (124.00608, 30.49863)
    assert abs(place.lon - 124.00608) < 0.01


def test_a_telephone_number_as_contact_is_refused(browser):
    answer = browser("editor").post("/culture-desk/new/place/", {**PLACE, "contact_zh": "13800000000"})

    assert answer.status_code == 422
    assert not Entry.objects.filter(slug="new-bridge").exists()


def test_from_the_draft_to_the_public_page_through_the_desk(browser, culture):
    culture.number_the_map()
    entry = culture.a_place()
    page = f"/culture-desk/{entry.slug}/"
    editor = browser("editor")
    editor.post(f"{page}act/", {"act": "hand_in"})
    version = life.under_review(Entry.objects.get(pk=entry.pk))
    assert "还需" in editor.get(page).content.decode()
    handler = browser("handler")
    handler.post(f"{page}act/", {"act": "pass:proof_1"})
    assert version.signatures.get().by == culture.office.accounts["handler"].person
    assert handler.post(f"{page}act/", {"act": "pass:review_3"}).status_code == 404
    left = [one for one in culture.signers if one != version.signatures.get().by]
    for step, person in zip(("proof_2", "proof_3", "review_1", "review_2", "review_3"), left, strict=False):
        assert life.sign(version, step, by=person, passed=True)

    editor.post(f"{page}act/", {"act": "publish"})

    assert Client().get(f"/culture/places/{entry.slug}/").status_code == 200
    assert handler.post(f"{page}act/", {"act": "withdraw", "words": "试"}).status_code == 404


def test_what_is_under_review_is_not_written_over(browser, culture):
    entry = culture.a_place()
    culture.handed_in(entry)

    assert browser("editor").get(f"/culture-desk/{entry.slug}/write/").status_code == 302
    assert browser("editor").get(f"/culture-desk/{entry.slug}/pictures/").status_code == 404


def test_two_versions_stand_side_by_side(browser, culture):
    entry = culture.a_place()
    version = culture.handed_in(entry)
    life.take_back(version, by=culture.author)
    Entry.objects.filter(pk=entry.pk).update(text_zh="订正过的故事")
    culture.handed_in(Entry.objects.get(pk=entry.pk))

    page = browser("editor").get(f"/culture-desk/{entry.slug}/versions/2/").content.decode()

    assert "<del>一段</del>故事" in page
    assert "<ins>订正过的</ins>故事" in page
    assert "故事 中文" in page


def test_the_publication_slip_names_the_six_and_the_hash(browser, culture):
    culture.number_the_map()
    made = culture.published(culture.a_place())

    data = browser("editor").get(f"/culture-desk/{made.slug}/versions/1/slip.pdf").content

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    text = "".join(text.replace("\u200b", "").split())
    assert all(one.name in text for one in culture.signers)
    assert made.version.sha256[:16] in text
    assert made.number in text


def test_a_file_of_places_is_looked_at_first_and_rejects_are_told_by_line(browser):
    right = {
        "slug": "one",
        "category": "person",
        "theme": "trust",
        "lon": "124",
        "lat": "30.5",
        "datum": "BD-09",
    }
    right |= {"name_zh": "一", "name_en": "One", "text_zh": "文"}
    away = {**right, "slug": "three", "lon": "30.5", "lat": "124"}
    rows = [right, {**right, "slug": "two", "category": "castle"}, away]
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    editor = browser("editor")

    page = editor.post(
        "/culture-desk/bring/", {"file": SimpleUploadedFile("a.csv", "\n".join(lines).encode())}
    ).content.decode()
    assert "新增1条" in page
    assert "2行未导入" in page
    assert "第3行" in page
    assert "第4行" in page
    assert not Entry.objects.exists()
    token = page.split('name="token" value="')[1].split('"')[0]
    editor.post("/culture-desk/bring/", {"token": token})

    assert [one.slug for one in Entry.objects.all()] == ["one"]
    assert editor.post("/culture-desk/bring/", {"token": token}).status_code == 404


def test_what_is_taken_out_as_geojson_comes_in_again_the_same(browser, culture):
    from qingfeng.culture.files import batches, out, reading

    culture.a_place()
    data = browser("editor").get("/culture-desk/places.geojson").content
    Entry.objects.all().delete()

    found = reading.read(data, "a.geojson")
    batches.take_in(found, by=culture.author, sha="0" * 64)

    assert found.rejects == []
    assert out.given_out("places", "geojson") == data


@pytest.mark.parametrize(
    "page",
    [
        "",
        "base-map/",
        "bring/",
        "bookings/",
        "counts/",
        "new/route/",
        "places.csv",
        "bridge/",
        "bridge/pictures/",
    ],
)
def test_every_page_of_the_desk_opens(browser, culture, page):
    culture.a_place()

    assert browser("editor").get(f"/culture-desk/{page}").status_code == 200


def test_a_picture_comes_in_without_what_it_knows_of_place_and_time(browser, culture, tmp_path):
    from PIL import Image

    from qingfeng.culture.storing import place_of

    entry = culture.a_place()
    taken, out = Image.new("RGB", (40, 30), "teal"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    taken.save(out, "JPEG", exif=exif)

    browser("editor").post(
        f"/culture-desk/{entry.slug}/pictures/",
        {"picture": SimpleUploadedFile("a.jpg", out.getvalue()), "alt_zh": "图"},
    )

    medium = entry.media.last()
    assert b"secret place" not in place_of(medium.digest, medium.form).read_bytes()


def a_png(wide, high, *, ends_at=None):
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (wide, high)).save(out, "PNG")
    return out.getvalue()[:ends_at]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "不是图片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "不是图片"),
        (a_png(40, 30, ends_at=43), "不是图片"),
        (a_png(9_000, 8_000), "6400万"),
        (a_png(16_000, 15_000), "6400万"),
    ],
    ids=["empty", "script", "torn", "large", "bomb"],
)
def test_what_is_no_picture_or_would_fill_the_memory_is_refused(culture, data, says):
    from qingfeng.culture.storing import CannotKeep, keep_picture

    with pytest.raises(CannotKeep, match=says):
        keep_picture(data)


HEAD = "slug,category,theme,lon,lat,name_zh,name_en,text_zh,rest_days,contact"
LINE = "one,hall,trust,124,30.5,一,One,文"


@pytest.mark.parametrize(
    ("name", "text", "rows"),
    [
        ("a.geojson", '{"features": 5}', None),
        ("a.geojson", "[" * 100_000, None),
        ("a.geojson", '{"features": [1, {"properties": [1], "geometry": "x"}]}', 0),
        ("a.geojson", '{"features": [{"geometry": {"type": "Point", "coordinates": [1]}}]}', 0),
        ("a.geojson", '{"features": [{"geometry": {"type": "Point", "coordinates": {"a": 1}}}]}', 0),
        ("a.csv", f"{HEAD}\n{LINE}{'文' * 140_000},,", None),
        ("a.csv", f"{HEAD}\r{LINE},12,某办公室\r", 1),
        ("a.csv", f"{HEAD}\n{LINE},Monday,", 0),
        ("a.csv", f"{HEAD}\n{LINE},,{'长' * 61}", 0),
        ("a.csv", f"{HEAD}\n{LINE},,13800000000", 0),
    ],
)
def test_whatever_a_file_of_places_holds_it_is_read_or_told_what_is_wrong(culture, name, text, rows):
    import qingfeng.screening.intake.readers.records  # noqa: F401 - it lets cells be long, for the whole process
    from qingfeng.culture.files.reading import read

    try:
        found = len(read(text.encode(), name).units)
    except ValueError:
        found = None

    assert found == rows


def test_no_text_of_a_file_holds_a_sign_that_no_database_takes(culture):
    from qingfeng.culture.files.reading import read

    (found,) = read(f"{HEAD}\n{LINE}\0字,,".encode(), "a.csv").units

    assert found.draft["text_zh"] == "文字"


LABEL = {"layer": "label", "kind": "town", "rank": 1, "zh": "镇", "en": "Town"}
BAD = '"><script>alert(1)</script>'


def a_ground(properties, point=(124.0, 30.5)):
    shape = {"type": "Point", "coordinates": point}
    return {"features": [{"type": "Feature", "properties": properties, "geometry": shape}]}


@pytest.mark.parametrize(
    "ground",
    [
        a_ground(None),
        a_ground({"layer": "label", "kind": "town", "rank": 1, "zh": "镇"}),
        a_ground({**LABEL, "rank": "first"}),
        a_ground({**LABEL, "turn": BAD}),
        a_ground(LABEL, [124.0]),
        a_ground(LABEL, [float("nan"), 30.5]),
        {"features": [5]},
        {"features": []},
    ],
)
def test_a_base_map_that_no_page_could_draw_is_refused_beside_the_field(browser, ground):
    from qingfeng.culture import basemap

    file = SimpleUploadedFile("base.geojson", json.dumps(ground).encode())
    said = {"area_zh": "区", "area_en": "District", "approval": "1", "credit_zh": "自绘", "reason": "新图"}
    said["credit_en"] = "Drawn"

    answer = browser("editor").post("/culture-desk/base-map/", {**said, "ground": file})

    assert answer.status_code == 422
    assert not basemap.place_of_map().exists()


@pytest.mark.parametrize("at", [124.0, 124.02])
def test_the_name_of_a_town_at_the_edge_of_the_map_is_written_whole(culture, at):
    from qingfeng.culture import basemap

    ground = a_ground({**LABEL, "zh": "白鹭河新城镇"}, (at, 30.5))
    frame = basemap.frame_of([(123.999, 30.49), (124.021, 30.51)], margin=0)

    (label,) = basemap.labels_in(ground, frame, "zh")

    half = basemap.TOWN_EM * len(label.words) / 2
    assert half <= label.x <= basemap.WIDE - half


def test_nothing_that_a_base_map_says_becomes_a_part_of_the_page(culture):
    from qingfeng.culture import basemap

    ground = a_ground({"layer": BAD, "name": BAD})
    ground["features"] += a_ground({**LABEL, "zh": BAD, "kind": BAD})["features"]

    drawn = basemap.drawn(ground, basemap.frame_of(basemap.points_of(ground)), language="zh")

    assert "<script" not in drawn


@pytest.mark.parametrize("views", ["²", "-1", "9" * 12, "viele", ""])
def test_views_that_are_no_number_are_told_beside_the_form(browser, views):
    answer = browser("editor").post("/culture-desk/counts/", {"month": "2026-10", "views": views})

    assert answer.status_code == 422
