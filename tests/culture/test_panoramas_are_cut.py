"""A panorama cut into tiles: sizes, all or nothing, what is no panorama."""

import gc

import numpy as np
import pytest
from a_hall import a_film, a_panorama, a_sound
from PIL import Image

from qingfeng.culture.halls import keeping
from qingfeng.culture.halls.looking import seen
from qingfeng.culture.halls.tiling import tiled_in, tiles_of, widths_of
from qingfeng.culture.halls.tours import View
from qingfeng.culture.storing import CannotKeep, place_of


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    return settings.HOME


def test_levels_are_powers_of_two_and_the_last_is_the_nearest():
    assert [widths_of(width) for width in (2048, 3000, 4096, 6000, 6144, 8000, 13_000)] == [
        [], [], [4096], [4096], [4096, 8192], [4096, 8192], [4096, 8192],
    ]  # fmt: skip


def test_a_panorama_is_cut_into_tiles_of_512_pixels_and_told_of(tmp_path):
    told = []

    made = tiles_of(
        a_panorama(tmp_path / "p.jpg", width=3200),
        tmp_path / "tiles",
        tell=lambda done, of: told.append((done, of)),
    )

    assert [(one.width, one.cols, one.rows) for one in made.levels] == [(4096, 8, 4)]
    assert told == [(8, 32), (16, 32), (24, 32), (32, 32)]
    sizes = {Image.open(tmp_path / "tiles" / name).size for name in made.files if "/" in name}
    assert sizes == {(512, 512)}
    assert Image.open(tmp_path / "tiles" / "base.webp").size == (2048, 1024)
    assert Image.open(tmp_path / "tiles" / "large.webp").size == (4096, 2048)
    assert tiled_in(tmp_path / "tiles") == made


def test_what_is_cut_already_is_only_read(tmp_path):
    source = a_panorama(tmp_path / "p.jpg")
    made = tiles_of(source, tmp_path / "tiles", tell=lambda *_: None)
    source.unlink()

    assert tiles_of(source, tmp_path / "tiles", tell=lambda *_: None) == made


def test_where_the_cut_breaks_off_nothing_is_left(tmp_path):
    (tmp_path / "torn.jpg").write_bytes(a_panorama(tmp_path / "p.jpg").read_bytes()[:4000])

    with pytest.raises(OSError, match="truncated"):
        tiles_of(tmp_path / "torn.jpg", tmp_path / "tiles", tell=lambda *_: None)

    assert sorted(one.name for one in tmp_path.iterdir()) == ["p.jpg", "torn.jpg"]


def test_a_panorama_is_kept_without_where_and_when_it_was_taken(home, tmp_path):
    picture, exif = Image.open(a_panorama(tmp_path / "p.jpg")), Image.Exif()
    exif[0x010F] = "A camera with a name"
    picture.save(tmp_path / "taken.jpg", exif=exif, comment=b"taken with the camera of somebody")

    kept = keeping.keep_panorama(tmp_path / "taken.jpg", tell=lambda *_: None)

    assert b"camera" not in place_of(kept.digest, kept.form).read_bytes()
    assert (kept.width, kept.height) == (2048, 1024)
    assert keeping.tiled(kept.digest).width == 2048


def test_while_tiles_are_cut_one_copy_of_the_panorama_is_in_memory(home, tmp_path):
    size, alive = (4096, 2048), []
    Image.new("RGB", size, "#88aacc").save(tmp_path / "p.jpg")

    def tell(_done, _of):
        gc.collect()
        held = [one for one in gc.get_objects() if issubclass(type(one), Image.Image)]
        alive.append(len([one for one in held if one.size == size and one._im is not None]))

    keeping.keep_panorama(tmp_path / "p.jpg", tell=tell)

    assert set(alive) == {1}


@pytest.mark.parametrize("size", [(1000, 500), (2048, 2048), (13_100, 6550)])
def test_what_is_no_panorama_is_not_kept(home, tmp_path, size):
    Image.new("L", size).save(tmp_path / "p.png")

    with pytest.raises(CannotKeep):
        keeping.keep_panorama(tmp_path / "p.png", tell=lambda *_: None)


def test_sounds_films_and_captions_are_what_they_say(home):
    assert keeping.keep_sound(a_sound()).form == "ogg"
    assert keeping.keep_film(a_film()).form == "mp4"
    assert keeping.keep_captions(b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n").form == "vtt"
    for keep in (keeping.keep_sound, keeping.keep_film, keeping.keep_captions):
        with pytest.raises(CannotKeep):
            keep(b"<html><script>alert(1)</script></html>")


def test_a_camera_in_the_middle_sees_what_lies_ahead_to_the_right_and_above():
    rows, cols = 180, 360
    whole = np.zeros((rows, cols, 3), np.uint8)
    whole[:, 265:275] = (255, 0, 0)  # 90 degrees to the right
    whole[40:50, :] = (0, 255, 0)  # 45 degrees up

    right = seen(whole, View(90, 0, 60), (61, 41))
    above = seen(whole, View(0, 45, 60), (61, 41))

    assert tuple(right[20, 30]) == (255, 0, 0)
    assert tuple(above[20, 30]) == (0, 255, 0)
    assert tuple(seen(whole, View(0, 0, 60), (61, 41))[20, 30]) == (0, 0, 0)


def test_the_seam_behind_is_not_seen():
    whole = np.full((90, 180, 3), 200, np.uint8)

    assert np.unique(seen(whole, View(180, 0, 75), (80, 50))).tolist() == [200]
