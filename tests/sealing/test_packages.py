"""Packages, cards and the counter's keys: whole or not at all, and telling a carrier little."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.utils import random

from qingfeng.sealing import boxes, packages
from qingfeng.sealing.cards import Card, public_of, read_card
from qingfeng.sealing.counter_keys import CounterKeys, Receiver, read_counter_keys
from qingfeng.sealing.errors import SealingError

SEED, (SECRET, PUBLIC) = random(32), boxes.new_pair()
ADDRESS = packages.Address("a1" * 8, "b2" * 8, "main", 7, "c3" * 32, "2026-11-27")


def written(folder, *parts):
    """A package in a folder."""
    target = folder / "one.qfp"
    target.unlink(missing_ok=True)
    return target, packages.write_package(target, ADDRESS, parts, seed=SEED, to=[PUBLIC])


def a_file(folder, data, name="来文.pdf"):
    """A file that goes along."""
    path = folder / "held"
    path.write_bytes(data)
    return packages.enclose(path, name)


def unpacked(file, folder, key=None, secret=SECRET):
    """What a package holds."""
    out = folder / f"out-{random(4).hex()}"
    out.mkdir()
    return packages.unpack(file, out, key=key or public_of(SEED), secret=secret)


def test_what_was_packed_comes_out_with_its_files_in_order(tmp_path):
    parts = (
        packages.Part(
            "one", {"said": "督办"}, (a_file(tmp_path, b"x" * 70_000), a_file(tmp_path, b"x" * 70_000))
        ),
        packages.Part("two", {}),
    )
    file, head = written(tmp_path, *parts)

    read, found = unpacked(file, tmp_path)

    assert read == head
    assert [(one.kind, one.content) for one in found] == [("one", {"said": "督办"}), ("two", {})]
    assert [one.path.read_bytes() for one in found[0].files] == [b"x" * 70_000] * 2
    assert [one.name for one in found[0].files] == ["来文.pdf"] * 2


def test_a_carrier_reads_neither_kinds_nor_names_nor_content(tmp_path):
    file, _head = written(
        tmp_path, packages.Part("directive", {"said": "某局长"}, (a_file(tmp_path, b"what lies in it"),))
    )

    held = file.read_bytes()

    assert all(one.encode() not in held for one in ("directive", "某局长", "来文.pdf", "what lies in it"))


def test_packages_of_nearly_one_size_are_of_one_size(tmp_path):
    small = written(tmp_path, packages.Part("a", {"said": "x"}))[1].size
    larger = written(tmp_path, packages.Part("directive", {"said": "x" * 9000}))[1].size

    assert small == larger


def test_only_its_receiver_opens_it_and_only_as_its_sender_signed_it(tmp_path):
    file, _head = written(tmp_path, packages.Part("a", {}))

    with pytest.raises(SealingError):
        unpacked(file, tmp_path, secret=boxes.new_pair()[0])
    with pytest.raises(SealingError):
        unpacked(file, tmp_path, key=public_of(random(32)))


@settings(max_examples=40, deadline=None)
@given(at=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_no_byte_of_it_can_be_changed(tmp_path_factory, at, bit):
    folder = tmp_path_factory.mktemp("flipped")
    file, _head = written(folder, packages.Part("a", {"said": "x"}))
    whole = bytearray(file.read_bytes())
    whole[at % len(whole)] ^= 1 << bit
    file.write_bytes(whole)

    with pytest.raises(SealingError):
        unpacked(file, folder)


@pytest.mark.parametrize("end", [0, 10, 200, -1])
def test_one_that_is_cut_short_or_longer_does_not_open(tmp_path, end):
    file, _head = written(tmp_path, packages.Part("a", {}))
    whole = file.read_bytes()
    for held in (whole[:end], whole + b"\0"):
        file.write_bytes(held)

        with pytest.raises(SealingError):
            unpacked(file, tmp_path)


@pytest.mark.parametrize(
    "said",
    [
        {"number": 2**40},
        {"number": 0},
        {"sender": "a" * 300},
        {"body": "ab"},
        {"previous": "c" * 65},
        {"made": "today"},
        {"made": 5},
        {"stream": "m" * 21},
    ],
)
def test_a_head_that_no_table_holds_is_none(said):
    from io import BytesIO

    from qingfeng.sealing.cards import sign
    from qingfeng.sealing.envelope import canonical

    right = {**vars(ADDRESS), "size": 1, "body": "d4" * 32, "v": 1}
    for named, is_read in ((right, True), ({**right, **said}, False)):
        head = canonical(named)
        signed = sign(SEED, packages.MAGIC + head)
        held = BytesIO(packages.MAGIC + len(head).to_bytes(4, "big") + head + signed)
        if is_read:
            packages.read_head(held)
            continue

        with pytest.raises(SealingError):
            packages.read_head(held)


def test_a_file_that_changes_while_it_is_packed_leaves_no_package(tmp_path):
    enclosed = a_file(tmp_path, b"before")
    enclosed.path.write_bytes(b"after!")

    with pytest.raises(SealingError):
        written(tmp_path, packages.Part("a", {}, (enclosed,)))

    assert not (tmp_path / "one.qfp").exists()


def test_the_digest_of_a_package_names_its_body_too(tmp_path):
    first = written(tmp_path, packages.Part("a", {}))[1]
    second = written(tmp_path, packages.Part("a", {}))[1]

    assert replace(first, body=second.body) == second
    assert first.digest != second.digest


def test_a_card_says_who_signed_it_and_a_changed_one_is_none():
    card = Card("云水区纪委监委", public_of(SEED), PUBLIC, "log+key")
    held = card.encoded(SEED)

    assert read_card(held) == card
    for wrong in (
        held[:-1],
        held.replace("云水".encode(), "云山".encode()),
        b"card",
        card.encoded(random(32)),
    ):
        with pytest.raises(SealingError):
            read_card(wrong)


def test_a_fingerprint_covers_every_key_and_not_the_name():
    card = Card("甲", public_of(SEED), PUBLIC, "log")
    others = (replace(card, verify=random(32)), replace(card, seal=random(32)), replace(card, log="other"))

    assert replace(card, name="乙").fingerprint == card.fingerprint
    assert card.fingerprint not in {one.fingerprint for one in others}


def test_the_keys_of_a_counter_count_only_as_its_office_signed_them():
    keys = CounterKeys(3, "云水区纪委监委", "district", (PUBLIC,), (Receiver("保管人", PUBLIC),))
    held = keys.encoded(SEED)

    assert read_counter_keys(held, public_of(SEED)) == keys
    with pytest.raises(SealingError):
        read_counter_keys(held, public_of(random(32)))
    with pytest.raises(SealingError):
        read_counter_keys(held.replace(b'"number":3', b'"number":4'), public_of(SEED))
