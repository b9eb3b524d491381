"""Halls for the public: pages, parts, counts, withdrawal, the export, Pannellum."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
HALL = "/culture/halls/quiet-hall/"
AT_TEST = "http://testserver"


@pytest.fixture
def visitor(quiet_hall):
    return Client()


def read(visitor, address, status=200):
    answer = visitor.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def counted(what):
    from qingfeng.culture import counting
    from qingfeng.culture.visit_models import Tally

    counting.flush()
    return sum(Tally.objects.filter(what=what).values_list("count", flat=True))


def test_the_list_of_halls_leads_to_the_hall_and_the_hall_to_its_scenes(visitor):
    assert f'href="{HALL}"' in read(visitor, "/culture/halls/")

    page = read(visitor, HALL)

    assert "静廉馆" in page
    assert "馆藏说明（虚构）" in page
    assert f'href="{HALL}gate/"' in page
    assert f'href="{HALL}court/"' in page


def test_a_scene_without_a_script_is_a_numbered_picture_and_a_list_with_every_text(visitor):
    page = read(visitor, f"{HALL}gate/")

    order = re.findall(r'<li id="s-([a-z]+)"', page)
    assert order == ["panel", "scroll", "song", "film", "law", "ask", "door"]
    assert re.findall(r'href="#s-([a-z]+)"', page) == order
    for key in order:
        assert f"看点{key}" in page
    for words in (
        "门厅里有什么",
        "说明panel",
        "听到的话",
        "谁来记账？",
        'srclang="zh"',
        "https://example.org/law",
    ):
        assert words in page
    assert f'href="{HALL}court/"' in page


def test_in_english_a_scene_is_told_in_english(visitor):
    visitor.cookies["django_language"] = "en"

    page = read(visitor, f"{HALL}gate/")

    assert "What is in the gate" in page
    assert "Who keeps the accounts?" in page
    assert not re.search(
        r"[\u4e00-\u9fff]",
        page.split("data-spots")[1].split("</ol>")[0].replace("中文", "").replace("宣传部", ""),
    )


def test_an_answer_is_told_in_place_and_only_a_sum_is_kept(visitor):
    from qingfeng.culture.visit_models import Tally

    before = counted("quiz:quiet-hall:gate:ask:right")

    answer = Client(enforce_csrf_checks=True).post(f"{HALL}gate/", {"spot": "ask", "answer": "1"})

    assert "一人记，一人核。" in answer.content.decode()
    assert counted("quiz:quiet-hall:gate:ask:right") == before + 1
    assert {one.name for one in Tally._meta.get_fields()} == {"id", "on", "what", "count"}


@pytest.mark.parametrize("given", ["", "7", "-1", "²", "one", "9" * 5000])
def test_what_is_no_answer_counts_nothing_and_the_question_stays(visitor, given):
    before = counted("quiz:quiet-hall:gate:ask:other")

    answer = visitor.post(f"{HALL}gate/", {"spot": "ask", "answer": given})

    assert answer.status_code == 200
    assert "一人记，一人核。" not in answer.content.decode()
    assert counted("quiz:quiet-hall:gate:ask:other") == before


def test_a_question_that_is_none_is_not_found(visitor):
    assert visitor.post(f"{HALL}gate/", {"spot": "panel", "answer": "0"}).status_code == 404


def test_scenes_and_whole_visits_are_counted_and_nobody_is_known(visitor):
    before = counted("hall:quiet-hall:court"), counted("walked:quiet-hall")

    answer = visitor.get(f"{HALL}court/")
    assert Client(enforce_csrf_checks=True).post("/culture/walked/quiet-hall/").status_code == 204

    assert "sessionid" not in answer.cookies
    assert (counted("hall:quiet-hall:court"), counted("walked:quiet-hall")) == (before[0] + 1, before[1] + 1)


def test_what_a_scene_shows_is_given_by_its_hash_and_nothing_else(visitor):
    live = json.loads(re.search(r'id="scene-live"[^>]*>(.*?)</script>', read(visitor, f"{HALL}gate/"))[1])

    assert visitor.get(live["base"]).headers["Content-Type"] == "image/webp"
    assert visitor.get(live["base"].replace("base", "tiles")).status_code == 404
    assert visitor.get(live["base"].replace("base", "0-0_0")).status_code == 404  # no wider than its base
    assert visitor.get(f"/culture/panoramas/{'0' * 64}/base.webp").status_code == 404
    assert visitor.get(f"/culture/panoramas/{'..%2f' * 8}/base.webp").status_code == 404


def test_sounds_films_and_captions_are_given_as_what_they_are(visitor):
    page = read(visitor, f"{HALL}gate/")

    found = {one.rpartition(".")[2]: one for one in re.findall(r'src="(/culture/media/[^"]+)"', page)}

    given = {form: visitor.get(address).headers["Content-Type"] for form, address in found.items()}
    assert given == {"webp": "image/webp", "ogg": "audio/ogg", "mp4": "video/mp4", "vtt": "text/vtt"}


def test_a_scene_may_load_what_it_shows_and_nothing_from_elsewhere(visitor):
    answer = visitor.get(f"{HALL}gate/")

    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"
    assert "style-src 'self';" in f"{policy};"
    assert "img-src 'self' data: blob:" in policy
    page = re.sub(r'<a [^>]*href="https://example.org/law"[^>]*>.*?</a>', "", answer.content.decode())
    away = [
        one
        for one in re.findall(r'(?:href|src|content)="(https?://[^"]+)"', page)
        if not one.startswith(AT_TEST)
    ]
    assert away == []
    assert "blob:" not in visitor.get(HALL).headers["Content-Security-Policy"]


def test_each_scene_has_one_address_its_code_and_its_card(visitor):
    page = read(visitor, f"{HALL}court/")

    assert f'rel="canonical" href="{AT_TEST}{HALL}court/"' in page
    assert f'og:image" content="{AT_TEST}{HALL}court/card.png"' in page
    assert b"<svg" in visitor.get(f"{HALL}court/qr.svg").content
    for address in (f"{HALL}court/card.png", "/culture/cards/quiet-hall.png"):
        assert visitor.get(address).content.startswith(b"\x89PNG")
    assert visitor.get(f"{HALL}court/view.webp").content[8:12] == b"WEBP"


@pytest.mark.parametrize("address", ["cellar/", "cellar/qr.svg", "cellar/card.png", "cellar/view.webp"])
def test_a_scene_that_is_none_is_not_found(visitor, address):
    read(visitor, f"{HALL}{address}", 404)


def test_the_pages_read_the_culture_tables_and_no_others(visitor):
    with CaptureQueriesContext(connection) as captured:
        for address in ("/culture/halls/", HALL, f"{HALL}gate/", f"{HALL}pannellum.json"):
            read(visitor, address)

    said = " ".join(one["sql"] for one in captured.captured_queries)
    tables = set(re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', said))
    assert tables
    assert {one for one in tables if not one.startswith("culture_")} == set()


# Pannellum, doc/json-config-parameters.md and doc of tours: what it knows of a tour, and of what type.
GENERAL = {
    "type": str,
    "title": str,
    "author": str,
    "autoLoad": bool,
    "yaw": float,
    "pitch": float,
    "hfov": float,
}
OF_TOUR = GENERAL | {"firstScene": str, "sceneFadeDuration": int}
OF_SCENE = GENERAL | {"panorama": str, "hotSpots": list}
INFO = {"pitch": float, "yaw": float, "type": str, "text": str, "URL": str}
WAY = {
    "pitch": float, "yaw": float, "type": str, "text": str, "sceneId": str,
    "targetYaw": float, "targetPitch": float, "targetHfov": float,
}  # fmt: skip


def fits(value, known):
    """Whether every name is known and every value of its type."""
    return set(value) <= set(known) and all(isinstance(one, known[name]) for name, one in value.items())


def test_the_tour_for_pannellum_has_the_documented_form(visitor):
    tour = json.loads(read(visitor, f"{HALL}pannellum.json"))

    assert set(tour) == {"default", "scenes"}
    assert fits(tour["default"], OF_TOUR)
    assert tour["default"]["firstScene"] in tour["scenes"]
    for scene in tour["scenes"].values():
        assert fits(scene, OF_SCENE)
        assert scene["type"] == "equirectangular"
        assert visitor.get(scene["panorama"].removeprefix(AT_TEST)).status_code == 200
        for spot in scene["hotSpots"]:
            assert fits(spot, WAY if spot["type"] == "scene" else INFO)
            assert spot.get("sceneId", "gate") in tour["scenes"]
    door = tour["scenes"]["gate"]["hotSpots"][-1]
    assert (door["yaw"], door["sceneId"], door["targetYaw"]) == (-140.0, "court", 10.0)


def test_every_link_picture_and_script_of_the_copied_halls_is_a_file_of_it(hall_copy):
    folder, *_rest = hall_copy
    files = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    pages = [one for one in files if re.fullmatch(r"(zh|en)/halls(/.*)?\.html", one)]

    missing = {
        (page, found)
        for page in pages
        for found in re.findall(r'(?:href|src)="([^"#][^"]*)"', (folder / page).read_text(encoding="utf-8"))
        if not found.startswith(("https://", "data:")) and urljoin(page, found.partition("#")[0]) not in files
    }

    assert len(pages) == 8
    assert missing == set()


def test_in_the_copy_each_scene_and_panorama_is_a_script_that_says_the_same(hall_copy):
    folder, *_rest = hall_copy
    script = (folder / "zh/halls/quiet-hall/gate.js").read_text(encoding="utf-8")
    key, html = json.loads(f"[{script.strip().removeprefix('qingfengScene(').removesuffix(');')}]")

    page = (folder / "zh/halls/quiet-hall/gate.html").read_text(encoding="utf-8")
    live = json.loads(re.search(r'id="scene-live"[^>]*>(.*?)</script>', html)[1])
    base = Path("zh/halls/quiet-hall", live["base"].replace(".webp", ".js"))
    picture = (folder / base).read_text(encoding="utf-8")

    assert key == "zh/halls/quiet-hall/gate.html"
    assert html.strip().split('data-part="told">')[1] in page
    assert picture.startswith('qingfengPicture("panoramas/')
    assert "data:image/webp;base64," in picture[:200]
    assert "00:00:00.000 --&gt;" in html  # lines of the captions, for a film on a disk


def test_the_copy_of_the_tour_for_pannellum_leads_to_files_beside_it(hall_copy):
    folder, *_rest = hall_copy
    at = folder / "en/halls/quiet-hall"

    tour = json.loads((at / "pannellum.json").read_text(encoding="utf-8"))

    for scene in tour["scenes"].values():
        assert (at / scene["panorama"]).resolve().is_file()
        assert all(
            (at / one["URL"].partition("#")[0]).is_file()
            for one in scene["hotSpots"]
            if one.get("URL", "").startswith("..")
        )


def test_an_altered_file_of_a_hall_is_recognised(hall_copy, visitor):
    folder, made, _queries = hall_copy
    place = folder / "zh/halls/quiet-hall/gate.js"

    listed = set(made.files.values_list("path", flat=True))

    from django.core.files.uploadedfile import SimpleUploadedFile

    as_is, changed = (
        SimpleUploadedFile("gate.js", data) for data in (place.read_bytes(), place.read_bytes() + b" ")
    )
    assert {"zh/halls/quiet-hall/gate.js", "assets/hall.js"} <= listed
    assert any(one.startswith("panoramas/") for one in listed)
    assert "zh/halls/quiet-hall/gate.js" in visitor.post("/culture/check/", {"file": as_is}).content.decode()
    assert (
        "zh/halls/quiet-hall/gate.js"
        not in visitor.post("/culture/check/", {"file": changed}).content.decode()
    )


def test_the_copy_holds_no_panorama_as_it_was_brought_and_reads_no_other_tables(hall_copy, quiet_hall):
    folder, _made, queries = hall_copy
    held = {one["digest"] for one in quiet_hall.row.version.content["media"] if one.get("kind") == "panorama"}

    said = " ".join(one["sql"] for one in queries)
    tables = set(re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', said))

    assert held
    assert not [one for one in (folder / "media").iterdir() if one.stem in held]
    assert {one for one in tables if not one.startswith(("culture_", "journal_"))} == set()
