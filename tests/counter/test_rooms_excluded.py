"""Whole rooms can be ticked as receivers who shall not read it, and the sealing honours it."""

import a_counter
import pytest
from a_counter import GU, INTAKE, PETITION, REPORT, SHEN, Writer, code_of, content_of, hidden, newest, text_of

from qingfeng.public.counter import following, house
from qingfeng.sealing import envelope
from qingfeng.sealing.cards import public_of, sign
from qingfeng.sealing.counter_keys import KEYS, CounterKeys, Receiver, read_counter_keys
from qingfeng.sealing.slots import key_id

ROOMS = ("档案室", "信访室", "第一纪检监察室")


@pytest.fixture
def rooms(home):
    """A counter whose office has told it its rooms."""
    custodians = tuple(
        Receiver(name, pair[1], (room,))
        for name, pair, room in zip(a_counter.NAMES, (GU, SHEN), ROOMS, strict=False)
    )
    a_counter.give_keys(2, custodians=custodians, rooms=ROOMS)
    return house.house()


def sealed_to(arrival):
    """Key ids of those whom an arrival is sealed to."""
    return set(envelope.receivers(bytes(arrival.envelope)))


def test_a_report_is_not_sealed_to_whoever_is_of_an_excluded_room(rooms):
    Writer().writes(REPORT, excludes=["信访室"])

    assert sealed_to(newest()) == {key_id(GU[1]).hex()}
    assert content_of(newest(), GU)["excludes"] == ["信访室"]


def test_rooms_are_offered_for_every_line_and_stay_ticked_beside_typed_names(rooms):
    page = Writer().at("who", PETITION)
    again = Writer().at("excludes", PETITION, go="stay", excludes=["第一纪检监察室", "某人"])

    assert all(f'value="{room}"' in text_of(page) for room in ROOMS)
    assert 'value="第一纪检监察室" checked' in text_of(again)
    assert ">\n某人</textarea>" in text_of(again)


def test_a_petition_tells_the_office_which_rooms_shall_not_read_it(rooms):
    code = code_of(Writer().writes(PETITION, excludes=["第一纪检监察室", "某人"]))

    assert content_of(newest(), INTAKE)["excludes"] == ["第一纪检监察室", "某人"]
    assert following.followed(code).excludes == ("第一纪检监察室", "某人")


def test_nothing_is_taken_where_every_custodian_is_of_an_excluded_room(rooms):
    page = Writer().at("excludes", REPORT, excludes=["档案室", "信访室"])

    assert page.status_code == 422
    assert hidden(page)["at"] == "excludes"


def test_keys_of_an_office_that_names_no_rooms_are_read_too():
    old = CounterKeys(1, "云水区纪委监委", "district", (INTAKE[1],), (Receiver("保管人", GU[1]),))
    said = old.said.replace(b',"rooms":[]', b"")
    held = KEYS + sign(a_counter.SEED, KEYS + said) + said

    found = read_counter_keys(held, public_of(a_counter.SEED))

    assert b"rooms" not in said
    assert (found.rooms, found.custodians[0].rooms) == ((), ())
