import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pmtiles.tile import Compression, TileType
from some_tiles import BOUNDS, a_file

from qingfeng.culture import gates, tiles

PAGE = "/culture-desk/base-map/tiles/"
SERVICE = "https://t0.tiles.example/vec/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=k"


@pytest.fixture
def editor(culture):
    client = Client()
    account = culture.office.accounts["editor"]
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def brought(editor, data):
    return editor.post(PAGE, {"file": SimpleUploadedFile("base.pmtiles", data), "reason": "详图"})


def whole(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_file_says_its_form_its_zooms_its_bounds_and_whose_it_is(culture):
    found = tiles.keep([a_file()])

    assert (found.form, found.lowest, found.deepest) == ("mvt", 9, 12)
    assert found.bounds == pytest.approx(BOUNDS)
    assert found.layers == ("water", "roads")
    assert found.credit == "自制 示例"


def test_a_file_of_pictures_is_kept_too(culture):
    assert tiles.keep([a_file(form=TileType.PNG, packed=Compression.NONE)]).form == "png"


TORN = a_file()[:-40]
TOO_NEAR = bytearray(a_file())
TOO_NEAR[101] = 29
UPSIDE_DOWN = bytearray(a_file())
UPSIDE_DOWN[102:106], UPSIDE_DOWN[110:114] = UPSIDE_DOWN[110:114], UPSIDE_DOWN[102:106]
BAD_LISTS = bytearray(a_file())
BAD_LISTS[127:140] = b"\0" * 13
OLD = bytearray(a_file())
OLD[7] = 2
LARGE_HEAD = bytearray(a_file())
LARGE_HEAD[32:40] = (10**9).to_bytes(8, "little")


WRONG = ["empty", "zip", "noise", "old", "torn", "lists", "zooms", "bounds", "head", "avif", "brotli"]
WRONG += ["cut", "far"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "不是PMTiles"),
        (b"PK\3\4" + b"x" * 200, "不是PMTiles"),
        (b"\xff" * 200, "不是PMTiles"),
        (bytes(OLD), "第3版"),
        (TORN, "不完整"),
        (bytes(BAD_LISTS), "已损坏"),
        (bytes(TOO_NEAR), "缩放级别"),
        (bytes(UPSIDE_DOWN), "范围有误"),
        (bytes(LARGE_HEAD), "文件头"),
        (a_file(form=TileType.AVIF), "格式"),
        (a_file(packed=Compression.BROTLI), "gzip"),
        (a_file(tile=b"", packed=Compression.GZIP)[:200], "不完整"),
        (a_file(bounds=(10.0, 50.0, 10.2, 50.1)), "范围与底图"),
    ],
    ids=WRONG,
)
def test_what_no_page_could_draw_is_refused_and_the_file_before_it_stays(culture, data, says):
    kept = tiles.keep([a_file()])

    with pytest.raises(tiles.CannotUse, match=says):
        tiles.keep([data], near=BOUNDS)

    assert tiles.archive() == kept
    assert [one.name for one in tiles.place_of_tiles().parent.iterdir()] == ["base.pmtiles"]


def test_a_file_whose_description_unpacks_to_too_much_is_refused(culture, monkeypatch):
    data = a_file(description="x" * 50_000)
    monkeypatch.setattr(tiles, "UNPACKED_BYTES", 1000)

    with pytest.raises(tiles.CannotUse, match="已损坏"):
        tiles.keep([data])

    assert tiles.unpacked(gzip.compress(bytes(1000))) == bytes(1000)
    with pytest.raises(ValueError, match="too much"):
        tiles.unpacked(gzip.compress(bytes(1001)))


def test_a_file_that_is_too_large_is_refused_before_it_fills_the_disk(culture, monkeypatch):
    monkeypatch.setattr(tiles, "LARGEST", 100)

    with pytest.raises(tiles.CannotUse, match="512"):
        tiles.keep([b"x" * 60, b"x" * 60])

    assert not tiles.place_of_tiles().exists()


def test_at_the_desk_a_file_is_looked_at_kept_noted_and_taken_away(editor):
    from qingfeng.journal.models import JournalEntry

    assert "不是PMTiles" in brought(editor, b"no").content.decode()
    assert brought(editor, a_file())["Location"] == PAGE
    page = editor.get(PAGE).content.decode()
    assert "9–12" in page
    assert "water, roads" in page
    editor.post(PAGE, {"remove": "1"})

    assert tiles.archive() is None
    kinds = JournalEntry.objects.filter(kind__startswith="culture.tiles").values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == ["culture.tiles_kept", "culture.tiles_removed"]


@pytest.mark.parametrize(
    ("asked", "status", "piece"),
    [
        (None, 200, slice(None)),
        ("bytes=0-126", 206, slice(0, 127)),
        ("bytes=0-0", 206, slice(0, 1)),
        ("bytes=0-0,5-9", 200, slice(None)),
        ("bytes=100-", 206, slice(100, None)),
        ("bytes=-50", 206, slice(-50, None)),
        ("bytes=99999999-", 416, None),
        ("lines=1-2", 200, slice(None)),
    ],
)
def test_the_house_serves_the_file_whole_and_in_ranges(culture, asked, status, piece):
    data = a_file()
    tiles.keep([data])

    answer = Client().get("/culture/base.pmtiles", headers={"range": asked} if asked else {})

    assert answer.status_code == status
    if piece:
        assert whole(answer) == data[piece]
    if status == 206:
        assert answer["Content-Range"].endswith(f"/{len(data)}")
    assert "Set-Cookie" not in answer


def test_without_a_file_there_is_nothing_to_serve_and_the_map_is_as_it_was(culture):
    assert Client().get("/culture/base.pmtiles").status_code == 404
    assert 'id="map-below"' not in Client().get("/culture/").content.decode()


def test_the_map_says_where_the_tiles_are_and_whose(culture):
    culture.number_the_map()
    tiles.keep([a_file()])

    page = Client().get("/culture/").content.decode()

    assert "/culture/base.pmtiles?" in page
    assert "自制 示例" in page


def test_a_file_that_was_spoilt_on_the_disk_leaves_the_map_as_it_was(culture):
    tiles.keep([a_file()])
    tiles.place_of_tiles().write_bytes(b"spoilt")

    assert Client().get("/culture/").status_code == 200
    assert Client().get("/culture/base.pmtiles").status_code == 404


def test_a_tile_service_without_its_approval_number_is_shown_nowhere_and_stops_publication(culture, settings):
    """The provision: 地图管理条例 Art. 34."""
    culture.number_the_map()
    version = culture.signed(culture.handed_in(culture.a_place()))
    assert gates.missing(version) == []
    settings.MAP_LAYERS, settings.MAP_APPROVAL = [SERVICE], ""

    said = [one.key for one in gates.missing(version)]

    assert said == ["map"]
    assert "tiles.example" not in Client().get("/culture/").content.decode()


def test_a_tile_service_with_its_number_lies_below_the_map_and_says_it(culture, settings):
    settings.MAP_LAYERS, settings.MAP_APPROVAL, settings.MAP_CREDIT = [SERVICE], "GS（2026）1号", "示例地图"

    page = Client().get("/culture/").content.decode()

    assert "https://t0.tiles.example/vec/wmts" in page
    assert "示例地图" in page
    assert "审图号 GS（2026）1号" in page


def test_the_credit_of_a_tile_service_is_said_in_both_languages_or_marked(culture, settings):
    settings.MAP_LAYERS, settings.MAP_APPROVAL, settings.MAP_CREDIT = [SERVICE], "GS（2026）1号", "示例地图"
    culture.number_the_map()
    culture.published(culture.a_place())
    english = {"headers": {"Accept-Language": "en"}}

    without = Client().get("/culture/", **english).content.decode()
    settings.MAP_CREDIT_EN = "Example maps"

    assert '<span lang="zh-Hans">示例地图</span>' in without
    for page in ("/culture/", "/culture/wall/"):
        assert "Example maps" in Client().get(page, **english).content.decode()
        assert "示例地图" in Client().get(page).content.decode()


def test_our_own_file_goes_before_a_service(culture, settings):
    settings.MAP_LAYERS, settings.MAP_APPROVAL = [SERVICE], "GS（2026）1号"
    tiles.keep([a_file()])

    page = Client().get("/culture/").content.decode()

    assert "tiles.example" not in page
    assert "/culture/base.pmtiles?" in page


def test_only_pages_that_draw_tiles_may_ask_the_origin_of_the_service(culture, settings):
    settings.MAP_LAYERS, settings.MAP_APPROVAL = [SERVICE], "GS（2026）1号"

    held = {
        page: Client().get(page)["Content-Security-Policy"].count("https://t0.tiles.example")
        for page in ("/culture/", "/culture/places/", "/counter/zh/write/", "/accounts/login/")
    }
    settings.MAP_APPROVAL = ""

    assert list(held.values()) == [2, 0, 0, 0]
    assert "tiles.example" not in Client().get("/culture/")["Content-Security-Policy"]


def test_the_policy_of_the_whole_house_names_no_host_and_leads_never_ask_the_public_service():
    import os
    import subprocess
    import sys

    said = "from django.conf import settings; d = settings.CONTENT_SECURITY_POLICY['DIRECTIVES'];"
    said += "print(d['connect-src'], d['img-src'], settings.MAP_LAYERS, settings.DESK_TILES)"
    named = {"QINGFENG_TILES": SERVICE.replace("tk=k", "tk={key}"), "QINGFENG_TILES_KEY": "abc"}
    env = {**os.environ, **named, "DJANGO_SETTINGS_MODULE": "qingfeng.project.settings"}

    told = subprocess.run(
        [sys.executable, "-c", said], env=env, capture_output=True, text=True, check=True
    ).stdout

    assert "tk=abc" in told
    assert told.count("https://") == 1
