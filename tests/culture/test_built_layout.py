import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfeng.culture.halls.building import SIDES, SIZES, CannotBuild, plan_of, value_of
from qingfeng.culture.halls.built_tour import tour_from, turned
from qingfeng.culture.halls.hanging import CORNER, DOOR_WIDE, GAP, share
from qingfeng.culture.halls.reading import tour_of
from qingfeng.culture.halls.standing import BENCH, direction, is_read_from, laid_out

exhibits = st.builds(
    lambda picture, size, wall, aspect: {
        "title_zh": "家训", "title_en": "A precept", "text_zh": "文", "text_en": "Text", "alt_zh": "画",
        "alt_en": "Drawing", "size": size, "wall": wall, "aspect": aspect,
        "picture": "a" * 64 if picture else "",
    },
    st.booleans(), st.sampled_from(SIZES), st.sampled_from(["", "", "", *SIDES]), st.floats(0.4, 3.0),
)  # fmt: skip
halls = st.lists(st.lists(exhibits, max_size=9), min_size=1, max_size=4)


def a_plan(rooms, **more):
    return {
        "v": 1,
        "rooms": [
            {"key": f"room-{no}", "name_zh": f"展厅{no}", "name_en": f"Room {no}",
             "exhibits": [{**one, "key": f"piece-{no}-{turn}"} for turn, one in enumerate(room)]}
            for no, room in enumerate(rooms)
        ],
        **more,
    }  # fmt: skip


def an_exhibit(**changes):
    said = {"title_zh": "家训", "title_en": "A precept", "text_zh": "文", "text_en": "Text", "size": "medium"}
    return {**said, **changes}


@settings(max_examples=25, deadline=None)
@given(halls)
def test_nothing_overlaps_and_everything_is_read_from_where_somebody_stands(rooms):
    layout = laid_out(plan_of(a_plan(rooms)))

    for place in layout.rooms:
        for side in SIDES:
            wide = place.room.width if side in {"north", "south"} else place.room.depth
            row = sorted(
                (one.along - one.size.wide / 2, one.along + one.size.wide / 2)
                for one in layout.hung
                if one.room == place.room.key and one.wall == side
            )
            for (_begins, ends), (begins, _ends) in pairwise(row):
                assert begins - ends >= GAP - 1e-6
            for begins, ends in row:
                assert begins >= -wide / 2 + CORNER - 1e-6
                assert ends <= wide / 2 - CORNER + 1e-6
                if side in place.doors:
                    assert min(abs(begins), abs(ends)) > DOOR_WIDE / 2
                    assert begins * ends > 0
    told = [key for stand in layout.stands for key in stand.reads]
    assert sorted(told) == sorted(one.exhibit.key for one in layout.hung)
    things = {one.exhibit.key: one for one in layout.hung}
    for stand in layout.stands:
        assert all(is_read_from(things[key], stand.x, stand.y) for key in stand.reads)


@settings(max_examples=25, deadline=None)
@given(halls)
def test_rooms_lie_apart_people_stand_inside_and_on_no_bench(rooms):
    layout = laid_out(plan_of(a_plan(rooms)))

    for one, other in combinations(layout.rooms, 2):
        apart_x = abs(one.x - other.x) - (one.room.width + other.room.width) / 2
        apart_y = abs(one.y - other.y) - (one.room.depth + other.room.depth) / 2
        assert max(apart_x, apart_y) > 0.2
    for stand in layout.stands:
        place = layout.place(stand.room)
        assert abs(stand.x - place.x) < place.room.width / 2 - 0.5
        assert abs(stand.y - place.y) < place.room.depth / 2 - 0.5
        for bench in layout.benches:
            long, broad = BENCH[:2] if bench.lies_east else BENCH[1::-1]
            assert abs(stand.x - bench.x) > long / 2 or abs(stand.y - bench.y) > broad / 2


@settings(max_examples=20, deadline=None)
@given(halls)
def test_the_tour_of_a_built_hall_is_a_tour_and_every_scene_is_reached(rooms):
    layout = laid_out(plan_of(a_plan(rooms)))
    panoramas = {one.key: f"{no:064x}" for no, one in enumerate(layout.stands)}

    tour = tour_of(tour_from(layout, panoramas, before=(None, None)))

    assert tour.reached() == {one.key for one in layout.stands}
    for scene, stand in zip(tour.scenes, layout.stands, strict=True):
        spots = [one for one in scene.spots if one.kind != "scene"]
        assert [one.key for one in spots] == [f"x-{key}" for key in stand.reads]
        assert scene.told.is_whole


def test_a_list_is_read_back_as_it_was_written():
    plan = plan_of(a_plan([[an_exhibit()], [an_exhibit(wall="east", size="large")]]))

    assert plan_of(value_of(plan)) == plan


def test_angles_are_those_of_a_compass():
    assert direction(0, 0, (0, 2, 1.6)) == (0.0, 0.0)
    assert direction(0, 0, (2, 0, 1.6)) == (90.0, 0.0)
    assert direction(0, 0, (-2, 0, 3.6)) == (-90.0, 45.0)


def test_the_fullest_wall_is_as_empty_as_can_be():
    assert share([1, 1, 1, 1], [4, 4]) == [0, 0, 1, 1]
    assert share([3, 3], [4, 4]) == [0, 1]
    assert share([3, 3], [5]) is None


def test_all_that_is_wrong_with_a_list_is_told_with_its_place():
    with pytest.raises(CannotBuild) as told:
        plan_of(
            a_plan(
                [[an_exhibit(title_en="", size="huge")]], doors=[{"from": "room-0", "wall": "up", "to": "x"}]
            )
        )

    where = {one.where for one in told.value.wrongs}
    assert {"rooms.0.exhibits.0.title_en", "rooms.0.exhibits.0.size", "doors.0.to", "doors.0.wall"} <= where


@pytest.mark.parametrize(
    ("doors", "where"),
    [
        ([{"from": "room-0", "wall": "south", "to": "room-1"}], "doors.0.wall"),
        ([{"from": "room-0", "wall": "north", "to": "room-1"}], "rooms.2"),
    ],
)
def test_a_door_where_there_is_one_and_a_room_without_one_are_refused(doors, where):
    rooms = [[an_exhibit()]] * (3 if where == "rooms.2" else 2)

    with pytest.raises(CannotBuild) as told:
        laid_out(plan_of(a_plan(rooms, doors=doors)))

    assert where in {one.where for one in told.value.wrongs}


def test_a_room_of_a_given_size_that_is_too_small_is_refused():
    value = a_plan([[an_exhibit(size="large")] * 12])
    value["rooms"][0] |= {"width": 5, "depth": 5}

    with pytest.raises(CannotBuild) as told:
        laid_out(plan_of(value))

    assert told.value.wrongs[0].where == "rooms.0.exhibits"


def test_spots_made_by_hand_stay_on_what_they_lay_on_when_a_room_grows():
    small = laid_out(plan_of(a_plan([[an_exhibit()]])))
    large = a_plan([[an_exhibit()] * 9])
    large["rooms"][0] |= {"width": 12, "depth": 10}
    grown = laid_out(plan_of(large))
    first = tour_from(small, {one.key: "0" * 64 for one in small.stands}, before=(None, None))
    by_hand = {
        "key": "mine",
        "kind": "text",
        "yaw": 40.0,
        "pitch": -50.0,
        "title_zh": "注",
        "title_en": "Note",
    }
    first["scenes"][0]["spots"].append(by_hand)

    again = tour_from(grown, {one.key: "1" * 64 for one in grown.stands}, before=(first, small))

    kept = [one for scene in again["scenes"] for one in scene["spots"] if one["key"] == "mine"]
    assert len(kept) == 1
    stood = small.stands[0]
    scene = next(one for one in again["scenes"] if any(spot["key"] == "mine" for spot in one["spots"]))
    stands = next(one for one in grown.stands if one.key == scene["key"])
    far = 1.6 / math.tan(math.radians(50))
    on_floor = (stood.x + far * math.sin(math.radians(40)), stood.y + far * math.cos(math.radians(40)))
    yaw, pitch = direction(stands.x, stands.y, (*on_floor, 0.0))
    assert abs(turned(kept[0]["yaw"] - yaw)) < 0.1
    assert abs(kept[0]["pitch"] - pitch) < 0.1
