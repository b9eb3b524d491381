"""A tour as it was written: what cannot be understood is told with its place."""

import json

import pytest
from a_hall import a_tour

from qingfeng.culture.halls.reading import EMPTY, NotATour, tour_of

MEDIUM = {"picture": "1" * 64, "audio": "2" * 64, "video": "3" * 64, "captions": ["4" * 64, "5" * 64]}


def written():
    """A tour in JSON that can be read."""
    return json.loads(json.dumps(a_tour(["a" * 64, "b" * 64], MEDIUM)))


def faults(value):
    with pytest.raises(NotATour) as told:
        tour_of(value)
    return {one.where: str(one) for one in told.value.faults}


def test_a_tour_is_read_with_all_it_says():
    tour = tour_of(written())

    spot = tour.scene("gate").spots[5]
    assert [one.key for one in tour.in_order()] == ["gate", "court"]
    assert (spot.quiz.right, spot.quiz.answers[1].en, spot.yaw) == (1, "Two persons", -70)
    assert tour.digests() == {"a" * 64, "b" * 64, *(str(no) * 64 for no in range(1, 6))}


def test_a_hall_that_is_not_written_yet_has_no_scene():
    assert tour_of(EMPTY).scenes == ()


def test_every_fault_is_told_with_its_place():
    value = written()
    value["first"] = "cellar"
    value["scenes"][0]["spots"][0]["yaw"] = 200
    value["scenes"][0]["spots"][6]["to"] = "attic"
    value["scenes"][1]["colour"] = "red"

    found = faults(value)

    assert set(found) == {"first", "scenes[0].spots[0].yaw", "scenes[0].spots[6].to", "scenes[1].colour"}
    assert found["scenes[0].spots[0].yaw"].endswith("A number from -180 to 180 is expected.")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("v",), 2),
        (("zones",), {}),
        (("scenes", 0, "key"), "Gate 1"),
        (("scenes", 0, "zone"), "cellar"),
        (("scenes", 0, "panorama"), "gate.jpg"),
        (("scenes", 0, "view", "hfov"), 5),
        (("scenes", 0, "plan", "x"), 1.2),
        (("scenes", 0, "spots", 0, "kind"), "door"),
        (("scenes", 0, "spots", 0, "yaw"), True),
        (("scenes", 0, "spots", 0, "text_zh"), "字" * 1501),
        (("scenes", 0, "spots", 6, "medium"), "1" * 64),
        (("scenes", 0, "spots", 5, "quiz", "right"), 2),
        (("scenes", 0, "spots", 5, "quiz", "answers"), [{"zh": "一", "en": "one"}]),
        (("scenes", 0, "spots", 1, "key"), "panel"),
        (("scenes",), [{}] * 201),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_what_no_tour_says_is_refused(path, value):
    tour = written()
    held = tour
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = value

    assert any(
        str(path[-1]) in where or "spots" in where or where == "scenes" or where.startswith("scenes[")
        for where in faults(tour)
    )


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "http://example.org/", "//example.org/", "/matters/1/", "https://"]
)
def test_a_link_leads_to_a_page_of_the_site_or_over_https(href):
    value = written()
    value["scenes"][0]["spots"][4]["href"] = href

    assert set(faults(value)) == {"scenes[0].spots[4].href"}


@pytest.mark.parametrize("value", [None, [], "tour", 3, {"v": 1}])
def test_what_is_no_object_with_zones_and_scenes_is_refused(value):
    assert faults(value)


def test_a_scene_to_which_no_way_leads_is_known():
    value = written()
    value["scenes"][0]["spots"].pop()

    assert tour_of(value).reached() == {"gate"}
