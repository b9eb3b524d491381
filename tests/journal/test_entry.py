"""Entries: canonical bytes, commitments that can be opened, and what has no place in them."""

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as some

from qingfeng.journal.entry import (
    Opening,
    canonical,
    commit,
    commitment_of,
    make_entry,
    opens,
    read_entry,
)
from qingfeng.journal.errors import Broken, Refused
from qingfeng.journal.tree import leaf_hash

AT = datetime(2026, 11, 26, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def an_entry(**parts):
    return make_entry("internal", "matter.performed", **{"at": AT, "written": AT, **parts})


def test_an_entry_says_what_it_was_given_in_canonical_form():
    body, _ = an_entry(
        subject="2026-督-017",
        by="12",
        facts={
            "stage": "issued",
            "due": date(2026, 12, 1),
            "yuan": Decimal("612.00"),
            "list": [1, None, True],
        },
    )

    said = read_entry(body)

    assert said["facts"] == {
        "stage": "issued",
        "due": "2026-12-01",
        "yuan": "612.00",
        "list": [1, None, True],
    }
    assert (said["subject"], said["by"], said["at"]) == ("2026-督-017", "12", "2026-11-26T09:30:00+08:00")
    assert body == json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_what_is_personal_is_in_no_entry_and_can_be_opened():
    body, openings = an_entry(personal={"petitioner": "赵清和", "phone": "000-0000-0000"})

    commitments = read_entry(body)["personal"]

    assert "赵清和".encode() not in body
    assert b"000-0000-0000" not in body
    assert openings["petitioner"] == Opening("赵清和", openings["petitioner"].salt)
    assert opens(commitments["petitioner"], "赵清和", openings["petitioner"].salt)
    assert not opens(commitments["petitioner"], "赵清合", openings["petitioner"].salt)
    assert not opens(commitments["petitioner"], "赵清和", openings["phone"].salt)
    assert not opens(commitments["petitioner"], "赵清和", b"")


def test_the_same_value_is_never_committed_to_twice_alike():
    assert commit("赵清和")[0] != commit("赵清和")[0]
    with pytest.raises(Broken):
        commitment_of("赵清和", b"short")


def test_two_entries_that_say_the_same_have_different_hashes():
    assert an_entry()[0] != an_entry()[0]


@pytest.mark.parametrize(
    "parts",
    [
        {"facts": {"what": object()}},
        {"facts": {"what": {1: "x"}}},
        {"facts": {"what": b"bytes"}},
        {"facts": {"what": 2**60}},
        {"facts": {"what": float("nan")}},
        {"facts": {"what": "\ud800"}},
        {"facts": {"what": "长" * 22_000}},
        {"at": datetime(2026, 1, 1)},  # noqa: DTZ001 - it is refused
        {"written": datetime(2026, 1, 1)},  # noqa: DTZ001 - it is refused
    ],
)
def test_what_has_no_place_in_an_entry_is_refused(parts):
    with pytest.raises(Refused):
        an_entry(**parts)


@pytest.mark.parametrize("kind", ["", "Matter", "matter performed", "matter.", ".matter", "督办"])
def test_a_kind_that_is_no_dotted_word_is_refused(kind):
    with pytest.raises(Refused):
        make_entry("internal", kind, at=AT, written=AT)


def test_ids_become_text():
    body, _ = an_entry(facts={"id": UUID(int=7)})

    assert read_entry(body)["facts"] == {"id": "00000000-0000-0000-0000-000000000007"}


@given(some.data())
def test_an_entry_with_any_byte_changed_has_another_hash_or_is_refused(data):
    body, _ = an_entry(facts={"stage": "issued"}, personal={"name": "赵清和"})
    at = data.draw(some.integers(min_value=0, max_value=len(body) - 1))
    changed = bytearray(body)
    changed[at] ^= data.draw(some.integers(min_value=1, max_value=255))

    assert leaf_hash(bytes(changed)) != leaf_hash(body)
    for spelling in (body.replace(b'"v":1', b'"v": 1'), body + b"\n", body[:-1], b"[]", b"\xff", b"[" * 9999):
        with pytest.raises(Broken):
            read_entry(spelling)


NUMBERS = some.integers() | some.floats(allow_nan=False, allow_infinity=False)
PLAIN = some.none() | some.booleans() | NUMBERS | some.text()
JSON = some.recursive(PLAIN, lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner))


@given(JSON)
def test_canonical_json_is_that_of_the_standard_for_whatever_json_holds(value):
    try:
        told = rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        with pytest.raises(Refused):
            canonical(value)
    else:
        assert canonical(value) == told


@pytest.mark.parametrize(
    "value",
    [
        {"\ue000": 1, "\U00010000": 2, "a": 3},
        {"控": '\x00\x1f\x7f\u2028"\\/', "b": {"文": [True, None, -1]}, "": ""},
        {"n": 2**53 - 1, "m": -(2**53) + 1},
        [1.0, 1e21, 0.1, -0.0],
    ],
)
def test_names_signs_and_numbers_at_the_edges_are_written_as_the_standard_says(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**53, {"half": "\ud800"}, {"\udfff": 1}])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(Refused):
        canonical(value)
