import hashlib
import os
import subprocess
import sys
import textwrap

import pytest

from qingfeng.documents import storage
from qingfeng.documents.refusal import Damaged


def files(folder):
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_bytes_lie_under_their_hash_and_only_once(attachments_folder):
    sha256 = hashlib.sha256(b"one").hexdigest()

    assert storage.keep_bytes(b"one") == storage.keep_bytes(b"one") == sha256
    assert files(attachments_folder) == [f"{sha256[:2]}/{sha256[2:]}"]


def test_only_the_owner_may_read_what_is_kept(attachments_folder):
    place = storage.place_of(storage.keep_bytes(b"one"))

    assert place.stat().st_mode & 0o077 == 0


def test_what_was_changed_after_it_was_kept_is_not_given(attachments_folder):
    sha256 = storage.keep_bytes(b"one")
    storage.place_of(sha256).write_bytes(b"two")

    with pytest.raises(Damaged, match="changed"):
        storage.opened(sha256)


def test_what_is_missing_is_told_as_missing(attachments_folder):
    with pytest.raises(Damaged, match="missing"):
        storage.opened("0" * 64)


def test_bringing_a_damaged_file_again_mends_it(attachments_folder):
    sha256 = storage.keep_bytes(b"one")
    storage.place_of(sha256).write_bytes(b"two")

    storage.keep_bytes(b"one")
    with storage.opened(sha256) as held:
        assert held.read() == b"one"


@pytest.mark.parametrize("hostile", ["../../etc/passwd", "A" * 64, "", "0" * 63, "g" * 64])
def test_a_hash_that_is_none_leads_to_no_file(hostile):
    with pytest.raises(ValueError, match="SHA-256"):
        storage.place_of(hostile)


def test_a_full_disk_is_told_and_leaves_nothing_half_written(attachments_folder):
    code = """
        import os, resource, django
        django.setup()
        from django.conf import settings
        from django.utils import translation
        from qingfeng.documents import storage
        from qingfeng.documents.refusal import NoRoom
        settings.MEDIA_ROOT = os.environ["FOLDER"]
        translation.activate("en")
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        try:
            storage.keep_bytes(bytes(200_000))
        except NoRoom as error:
            print(error)
    """
    told = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env={**os.environ, "FOLDER": str(attachments_folder)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout == "The disk is full; the file was not kept. Make room and bring it again.\n"
    assert files(attachments_folder) == []


def test_halves_of_a_crash_are_swept_away_when_they_are_old(attachments_folder):
    storage.keep_bytes(b"one")
    half = attachments_folder / f"{storage.INCOMING}half"
    half.write_bytes(b"ha")

    assert storage.discard_halves(older_than_hours=1) == 0
    os.utime(half, (0, 0))
    assert storage.discard_halves(older_than_hours=1) == 1
    assert len(files(attachments_folder)) == 1
