import importlib.util
import sys
from pathlib import Path

import pytest
from PIL import Image

TOOLS = Path(__file__).parents[2] / "tools/panoramas"
LARGEST_SCENE, LARGEST_HALL, LARGEST_FILM = 900_000, 7_500_000, 600_000


@pytest.fixture(scope="module")
def folder():
    from qingfeng.culture.sample import halls

    (found,) = halls.photographed()
    return found


@pytest.fixture(scope="module")
def told(folder):
    from qingfeng.culture.sample import halls

    return halls.told_in(folder)


@pytest.fixture(scope="module")
def tour(told):
    from qingfeng.culture.halls.reading import tour_of
    from qingfeng.culture.sample import halls

    digests = {name: f"{no:064x}" for no, name in enumerate(halls.files_of(told))}
    return tour_of(halls.tour_from(told, digests))


@pytest.fixture(scope="module")
def ground():
    spec = importlib.util.spec_from_file_location("panoramas_ground", TOOLS / "ground.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look for it there
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_every_file_that_the_hall_names_lies_beside_it_and_no_other(folder, told):
    from qingfeng.culture.sample import halls

    named = set(halls.files_of(told)) | {"hall.toml", "angles.toml"}

    there = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}

    assert there == named


def test_panoramas_are_twice_as_wide_as_high_and_small_enough_to_be_carried(folder, told):
    scenes = [folder / one["panorama"] for one in told["scenes"]]

    sizes = {Image.open(one).size for one in scenes}

    assert sizes == {(4096, 2048)}
    assert max(one.stat().st_size for one in scenes) <= LARGEST_SCENE
    assert sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) <= LARGEST_HALL
    assert max(one.stat().st_size for one in folder.glob("film/*")) <= LARGEST_FILM


def test_the_hall_has_every_kind_of_spot_and_a_way_to_every_scene(tour):
    from qingfeng.culture.halls.tours import KINDS

    kinds = {spot.kind for scene in tour.scenes for spot in scene.spots}

    assert kinds == set(KINDS)
    assert tour.reached() == {scene.key for scene in tour.scenes}
    assert {scene.zone for scene in tour.scenes} == {zone.key for zone in tour.zones}


def test_whatever_is_said_in_the_hall_is_said_in_both_languages(told, tour):
    spots = [spot for scene in tour.scenes for spot in scene.spots]
    needed = [words for zone in tour.zones for words in (zone.name, zone.text)]
    needed += [words for scene in tour.scenes for words in (scene.name, scene.told)]
    needed += [spot.title for spot in spots]
    needed += [spot.text for spot in spots if spot.kind in {"text", "picture", "link"}]
    needed += [spot.told for spot in spots if spot.kind in {"audio", "video"}]
    needed += [spot.captions for spot in spots if spot.kind == "video"]
    for spot in spots:
        if spot.quiz:
            needed += [spot.quiz.question, spot.quiz.why, *spot.quiz.answers]

    assert all(words.is_whole for words in needed)
    assert all(len(told[name]) == 2 and all(told[name]) for name in ("name", "abstract", "text"))
    assert all(one["alt_zh"] and one["alt_en"] for one in told["media"])


def test_a_spot_lies_where_its_thing_stood_when_the_panorama_was_taken(folder, ground):
    import tomllib

    written = tomllib.loads((folder / "angles.toml").read_text(encoding="utf-8"))
    spots = tomllib.loads((folder / "hall.toml").read_text(encoding="utf-8"))["scenes"]

    for scene in spots:
        for spot in scene["spots"]:
            assert tuple(written[scene["key"]][spot["at"]]) == ground.angles(scene["key"], spot["at"])


@pytest.mark.parametrize(
    ("scene", "thing", "side"),
    [
        ("court", "to_garden", "right"),
        ("court", "to_mirror", "left"),
        ("hall", "preface", "left"),
        ("mirror", "measure", "right"),
    ],
)
def test_yaw_grows_to_the_right(ground, scene, thing, side):
    yaw, _pitch = ground.angles(scene, thing)

    assert (0 < yaw < 90) if side == "right" else (-90 < yaw < 0)


def test_links_lead_to_places_of_the_sample(tour):
    from qingfeng.culture.sample.make import _rows

    places = {f"/culture/places/{one['slug']}/" for one in _rows("places", "places")}

    links = {spot.href for scene in tour.scenes for spot in scene.spots if spot.kind == "link"}

    assert links
    assert links <= places


def test_nobody_who_lives_is_named(folder, culture):
    text = (folder / "hall.toml").read_text(encoding="utf-8")

    named = [one.name for one in culture.office.people.values() if one.name in text]

    assert named == []


def test_a_hall_of_the_sample_goes_public_through_six_signatures(culture, tmp_path):
    from a_hall import a_panorama

    from qingfeng.culture.models import Entry, Publication
    from qingfeng.culture.sample import halls

    culture.number_the_map()
    (tmp_path / "scenes").mkdir()
    for no, key in enumerate(("porch", "yard")):
        a_panorama(tmp_path / f"scenes/{key}.jpg", hue=9 * no)
    (tmp_path / "hall.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "angles.toml").write_text(ANGLES, encoding="utf-8")
    said = {"name_zh": "小馆", "name_en": "Small hall", "abstract_zh": "短", "abstract_en": "Short"}
    entry = Entry.objects.create(
        kind="hall", slug="small", theme="water", made_by=culture.author, text_zh="文", text_en="Text", **said
    )
    entry.sources.create(title="旧志（虚构）", where="第 1 页")

    hall = halls.fill(entry, tmp_path)
    culture.published(entry)

    assert Publication.objects.get(is_live=True, slug="small").kind == "hall"
    assert [one["spots"][0]["yaw"] for one in hall.tour["scenes"]] == [12.5, -170.0]
    assert {one.licence for one in entry.media.all()} == {"own"}


@pytest.mark.slow
def test_the_photographed_hall_of_the_sample_is_public(culture):
    from qingfeng.culture.models import Publication
    from qingfeng.culture.sample.make import make_sample

    linked = {"open-ledger-hall", "nandu-ferry", "lotus-pond"}

    make_sample(only=frozenset({"qinghui-house"} | linked))

    live = Publication.objects.filter(is_live=True).values_list("slug", flat=True)
    assert set(live) == {"qinghui-house"} | linked


SMALL = """
slug = "small"
first = "porch"
media = []
zones = [{ key = "all", name_zh = "全馆", name_en = "All", text_zh = "全", text_en = "All of it" }]

[[scenes]]
key = "porch"
zone = "all"
name_zh = "门廊"
name_en = "Porch"
told_zh = "一座门廊。"
told_en = "A porch."
panorama = "scenes/porch.jpg"
spots = [{ key = "on", kind = "scene", at = "door", to = "yard", title_zh = "进院", title_en = "In" }]

[[scenes]]
key = "yard"
zone = "all"
name_zh = "院子"
name_en = "Yard"
told_zh = "一座院子。"
told_en = "A yard."
panorama = "scenes/yard.jpg"
spots = [{ key = "back", kind = "scene", at = "door", to = "porch", title_zh = "回门廊", title_en = "Back" }]
"""
ANGLES = """
[porch]
plan = { x = 0.2, y = 0.5 }
door = [12.5, -3.0]

[yard]
plan = { x = 0.8, y = 0.5 }
door = [-170.0, 0.0]
"""
