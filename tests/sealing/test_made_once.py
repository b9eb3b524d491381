"""Keys that are made at first use: whole or not there, and one for all who ask at once."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from qingfeng.sealing.made_once import made_once


def test_a_file_is_made_once_for_its_owner_alone(tmp_path):
    file = tmp_path / "keys" / "one.key"

    first, again = made_once(file, lambda: b"first"), made_once(file, lambda: b"again")

    assert (first, again) == (b"first", b"first")
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_whoever_loses_power_before_the_end_has_no_file_and_makes_it_the_next_time(tmp_path, monkeypatch):
    file = tmp_path / "one.key"

    def lost(_handle):
        raise OSError("no power")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", lost)
        with pytest.raises(OSError, match="no power"):
            made_once(file, lambda: b"first")

    assert not file.exists()
    assert made_once(file, lambda: b"second") == b"second"


def test_all_who_ask_at_once_get_the_same(tmp_path):
    file = tmp_path / "one.key"

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _no: made_once(file, lambda: os.urandom(32)), range(32)))

    assert found == {file.read_bytes()}
