"""Files that nothing refers to are removed after a time, and nothing else."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from a_hall import a_hall
from django.conf import settings
from django.utils import timezone

from qingfeng.culture import life
from qingfeng.culture.brought_models import Batch, Writing
from qingfeng.culture.halls.keeping import tiled, tiles_place
from qingfeng.culture.halls.looking import view_of
from qingfeng.culture.halls.reading import tour_of
from qingfeng.culture.models import Entry
from qingfeng.culture.storing import keep, place_of
from qingfeng.desk.culture.halls.models import Brought
from qingfeng.desk.culture.sweeping import KEPT, Sweep, sweep
from qingfeng.journal.models import JournalEntry


def files():
    home = Path(settings.HOME) / "culture"
    return {str(one.relative_to(home)) for one in home.rglob("*") if one.is_file()}


def put(name, data=b"x"):
    place = Path(settings.HOME) / "culture" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


def later(days, **more):
    return sweep(now=timezone.now() + timedelta(days=days), **more)


@pytest.fixture
def hall(culture, tmp_path):
    return a_hall(culture, tmp_path)


def test_what_a_draft_a_version_or_captions_name_stays_for_ever(culture, hall):
    culture.number_the_map()
    captions = keep(b"WEBVTT", "vtt")
    Brought.objects.create(
        entry=hall, by=culture.author, kind="captions", name="a.vtt", size=1, state="kept", digest=captions
    )
    for scene in tour_of(hall.hall.tour).scenes:
        view_of(scene)
    before = files()
    later(400)
    assert files() == before

    culture.published(hall)
    life.withdraw(hall, by=culture.author, why="撤下")
    hall.media.all().delete()
    hall.hall.tour = {"v": 1, "zones": [], "first": "", "scenes": []}
    hall.hall.save()
    later(400)

    assert {one for one in before - files() if not one.startswith("views/")} == set()  # the version is record


def test_what_nothing_names_goes_after_thirty_days_from_when_it_was_taken_away(culture, hall):
    panorama = hall.media.filter(kind="panorama").first()
    sound = hall.media.get(kind="audio")
    for place in (
        place_of(panorama.digest, "jpg"),
        tiles_place(panorama.digest),
        place_of(sound.digest, "ogg"),
    ):
        os.utime(place, (1, 1))  # brought long ago
    hall.hall.tour = {"v": 1, "zones": [], "first": "", "scenes": []}
    hall.hall.save()
    hall.media.filter(pk__in=(panorama.pk, sound.pk)).delete()

    early, tried = later(29), later(31, is_tried=True)
    assert tiled(panorama.digest)
    swept = later(31)

    assert not early.counts["media"]
    assert tried.counts == swept.counts
    assert (swept.counts["tiles"], swept.counts["media"]) == (
        1,
        4,
    )  # and the captions that only the tour named
    assert swept.bytes > 10_000
    assert tiled(panorama.digest) is None
    assert not place_of(sound.digest, "ogg").exists()
    assert hall.media.filter(kind="picture").exists()
    assert not later(31)


def test_a_sweep_tells_the_journal_how_much_and_one_that_finds_nothing_tells_nothing(culture, hall):
    put("media/ab/" + "ab" * 32 + ".webp", b"1234567")

    later(31)
    later(31)

    entry = JournalEntry.objects.get(kind="culture.swept")
    assert b'"bytes":7' in bytes(entry.body)
    assert b'"media":1' in bytes(entry.body)


def test_what_is_brought_again_is_young_again(culture, hall):
    digest = keep(b"once", "webp")
    os.utime(place_of(digest, "webp"), (1, 1))

    keep(b"once", "webp")
    sweep()

    assert place_of(digest, "webp").exists()


def test_a_file_that_was_written_in_part_is_written_anew(culture):
    digest = keep(b"whole", "webp")
    place_of(digest, "webp").write_bytes(b"wh")  # the power went

    keep(b"whole", "webp")

    assert place_of(digest, "webp").read_bytes() == b"whole"


def an_upload(hall, culture, state, *, days=0, name="a.jpg"):
    made = Brought.objects.create(
        entry=hall, by=culture.author, kind="picture", name=name, size=9, state=state
    )
    Brought.objects.filter(pk=made.pk).update(at=timezone.now() - timedelta(days=days))
    put(f"incoming/{made.pk}")
    old = timezone.now().timestamp() - days * 86_400
    os.utime(made.place, (old, old))
    return made


def test_uploads_that_ended_or_did_not_go_on_leave_nothing(culture, hall):
    gone = [an_upload(hall, culture, "cancelled", days=2), an_upload(hall, culture, "receiving", days=8)]
    gone.append(an_upload(hall, culture, "refused", days=31))
    kept = [an_upload(hall, culture, "receiving", days=6), an_upload(hall, culture, "waiting", days=90)]
    kept.append(an_upload(hall, culture, "refused", days=3))
    going_on = an_upload(hall, culture, "receiving", days=8)
    os.utime(going_on.place)
    stray, list_of_places, half = put("incoming/99999"), put("brought/a.csv"), put("media/ab/ab.1f.new")
    tiles = put("tiles/ab/abab.12345678.new/base.webp").parent
    for one in (stray, list_of_places, half, tiles):
        os.utime(one, (1, 1))
    put("media/ab/young.new")

    swept = sweep()

    left = set(Brought.objects.values_list("pk", flat=True))
    assert left == {one.pk for one in (*kept, going_on)}
    assert not any(one.place.exists() for one in gone)
    assert all(one.place.exists() for one in (*kept[:2], going_on))
    assert not any(one.exists() for one in (stray, list_of_places, half, tiles))
    assert swept.counts == {"uploads": 5 + 1, "half_written": 2}
    assert "media/ab/young.new" in files()


def test_a_file_that_a_worker_still_writes_from_waits_for_it_however_long_it_stood_still(culture):
    by = culture.author
    going, ended = (Batch.objects.create(sha256="0" * 64, name="places.csv", by=by) for _ in range(2))
    Writing.objects.create(batch=going, by=by, doing=Writing.WRITE)
    Writing.objects.create(batch=ended, by=by)
    needed, done = (put(f"brought/batch-{one.pk}.csv") for one in (going, ended))
    for one in (needed, done):
        os.utime(one, (1, 1))

    sweep()

    assert (needed.exists(), done.exists()) == (True, False)


def test_an_opening_view_that_no_hall_has_any_more_goes_and_is_drawn_again(culture, hall):
    scene = tour_of(hall.hall.tour).scenes[0]
    view_of(scene)
    old = put(f"views/{scene.panorama}_1_2_60.webp")

    later(2)

    assert not old.exists()
    assert len([one for one in files() if one.startswith("views/")]) == 1
    assert Entry.objects.filter(pk=hall.pk).exists()


def test_of_two_sweeps_at_once_the_slower_one_goes_on_and_counts_nothing(culture):
    digest = "ab" * 32
    for one in (put(f"media/ab/{digest}.webp"), put(f"tiles/ab/{digest}/base.webp").parent):
        os.utime(one, (1, 1))
    slower = Sweep(timezone.now(), is_tried=False)
    found = [next(slower.old(pattern, KEPT)) for pattern in ("media/*/*", "tiles/*/*")]

    faster = sweep()
    for kind, one in zip(("media", "tiles"), found, strict=True):
        slower.remove(kind, one)

    assert faster.counts == {"media": 1, "tiles": 1}
    assert not slower.swept
