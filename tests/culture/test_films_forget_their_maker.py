import io
import struct
from pathlib import Path

import pytest
from PIL import Image

from qingfeng.culture.sample import make
from qingfeng.culture.storing import CannotKeep
from qingfeng.desk.culture.halls.cleaning import cleaned, is_torn, ogg, seconds_of
from qingfeng.desk.culture.halls.cleaning.pictures import taken_from

PLACE = b"+31.2304+121.4737/"
TIMES = struct.pack(">II", 3_800_000_000, 3_800_000_001)
ANOTHER = b"seen and heard"
SAMPLES = Path(make.__file__).parent / "halls"


def a_box(kind, data):
    return struct.pack(">I4s", 8 + len(data), kind) + data


def a_track(handler, *, name=b"", samples=None, entry=b"", places=b"stco"):
    """A track; `samples` are its chunks as (where, sizes), told in a table of `places`."""
    head = a_box(b"tkhd", bytes(4) + TIMES + bytes(72))
    told = a_box(b"hdlr", bytes(8) + handler + bytes(12) + name + b"\0")
    table = a_box(b"stsd", struct.pack(">II", 0, 1) + entry)
    if samples is not None:
        sizes = [one for _at, held in samples for one in held]
        table += a_box(b"stsz", struct.pack(f">III{len(sizes)}I", 0, 0, len(sizes), *sizes))
        form = {b"stco": "I", b"co64": "Q"}[places]
        begins = struct.pack(f">II{len(samples)}{form}", 0, len(samples), *(at for at, _ in samples))
        table += a_box(places, begins)
        runs = [value for no, (_at, held) in enumerate(samples, 1) for value in (no, len(held), 1)]
        table += a_box(b"stsc", struct.pack(f">II{len(runs)}I", 0, len(samples), *runs))
    media = a_box(b"mdhd", bytes(4) + TIMES + bytes(12)) + told + a_box(b"minf", a_box(b"stbl", table))
    return a_box(b"trak", head + a_box(b"mdia", media))


def a_film(seconds=12, *, tracks=b"", after=b""):
    head = a_box(b"ftyp", b"isom\0\0\2\0isommp42")
    long = a_box(b"mvhd", bytes(4) + TIMES + struct.pack(">II", 1000, seconds * 1000) + bytes(80))
    told = a_box(b"udta", a_box(b"\xa9xyz", PLACE))
    return head + a_box(b"mdat", ANOTHER) + a_box(b"moov", long + told + tracks) + after


def test_a_film_in_mp4_forgets_where_when_and_with_what_and_keeps_its_length_and_its_places():
    vendor_and_encoder = bytes(12) + b"appl" + bytes(26) + b"\x0dCamera X1 AVC".ljust(32, b"\0") + bytes(4)
    entry = a_box(b"avc1", vendor_and_encoder + a_box(b"avcC", b"needed"))
    film = a_film(tracks=a_track(b"vide", name=b"Camera X1", entry=entry), after=a_box(b"uuid", PLACE))

    made = cleaned(film)

    for told in (PLACE, TIMES, b"Camera X1", b"appl"):
        assert told not in made.data
    assert b"needed" in made.data
    assert len(made.data) == len(film)
    assert made.data.index(ANOTHER) == film.index(ANOTHER)
    assert seconds_of(made.data) == 12
    assert made.taken == {"place", "time", "device", "tags"}
    assert cleaned(made.data) == type(made)(made.data, frozenset())


@pytest.mark.parametrize("places", [b"stco", b"co64"], ids=bytes.decode)
def test_a_track_of_positions_goes_with_its_samples_and_the_others_stay(places):
    begin = a_film().index(ANOTHER)
    samples = [(begin, [3, 2]), (begin + 9, [5])]  # "seen " and "heard"
    positions = a_track(b"meta", name=b"GPS", samples=samples, places=places)
    film = a_film(tracks=a_track(b"vide") + positions)

    made = cleaned(film)

    assert made.data[begin : begin + len(ANOTHER)] == b"\0\0\0\0\0and \0\0\0\0\0"
    assert "tracks" in made.taken
    assert made.data.count(b"trak") == 1


@pytest.mark.parametrize(
    "film",
    [
        a_film(tracks=a_track(b"meta")),  # it does not say where its samples lie
        a_film(tracks=a_track(b"meta", samples=[]), after=a_box(b"moof", b"")),
        a_film(tracks=a_box(b"trak", b"what is no box")),
        b"\x1a\x45\xdf\xa3\x80" + b"\x18\x53\x80\x67\x84" + b"\x00\x00\x00\x00",
        b"OggS" + bytes(22) + b"\1\1x" + b"what is no page, and long enough",
        a_box(b"ftyp", b"isom") + a_box(b"moov", a_box(b"mvhd", b"")),
    ],
    ids=["no table", "fragments", "no box", "no element", "no page", "no head"],
)
def test_what_cannot_be_cleaned_is_refused_with_what_to_do(film):
    with pytest.raises(CannotKeep, match=r"export it anew|重新导出"):
        cleaned(film)


def test_a_film_that_breaks_off_is_torn_wherever_its_head_stands():
    film = a_film()
    middle, head = film.index(b"mdat") - 4, film.index(b"moov") - 4
    turned = film[:middle] + film[head:] + film[middle:head]
    sample = next(SAMPLES.glob("*/film/*.mp4")).read_bytes()

    assert not any(map(is_torn, (film, turned, sample, a_film_in_webm(b""))))
    assert all(map(is_torn, (film[:-4], turned[:-4], film[:head], sample[:-1000], a_film_in_webm(b"")[:-1])))


def test_the_films_and_sounds_of_the_sample_lose_nothing_that_is_played():
    for file in sorted([*SAMPLES.glob("*/film/*"), *SAMPLES.glob("*/sound/*")]):
        data = file.read_bytes()

        made = cleaned(data)

        assert len(data) - len(made.data) < 300, file
        assert seconds_of(made.data) == seconds_of(data)
        assert cleaned(made.data).taken == frozenset()


def an_element(number, data, *, is_open=False):
    size = b"\x01" + b"\xff" * 7 if is_open else (len(data) | 1 << 56).to_bytes(8, "big")
    return bytes.fromhex(number) + size + data


def a_film_in_webm(*parts, is_open=False):
    said = an_element("4489", struct.pack(">d", 3000.0)) + an_element("4461", bytes(7) + b"T")
    said += an_element("5741", b"Camera X1") + an_element("7BA9", PLACE)
    tracks = an_element("AE", an_element("83", b"\1") + an_element("536E", b"Camera X1"))
    within = an_element("1549A966", said) + an_element("1654AE6B", tracks) + b"".join(parts)
    return an_element("1A45DFA3", b"") + an_element("18538067", within, is_open=is_open)


@pytest.mark.parametrize("is_open", [True, False])
def test_a_film_in_webm_forgets_its_tags_its_time_and_its_device(is_open):
    cluster = an_element("1F43B675", an_element("A3", ANOTHER), is_open=is_open)
    tags = an_element("1254C367", PLACE)
    film = a_film_in_webm(cluster, tags, an_element("1941A469", b"cover"), is_open=is_open)

    made = cleaned(film)

    for told in (PLACE, b"Camera X1", bytes(7) + b"T", b"cover"):
        assert told not in made.data
    assert len(made.data) == len(film)
    assert made.data.index(ANOTHER) == film.index(ANOTHER)
    assert seconds_of(made.data) == 3
    assert {"time", "device", "tags"} <= made.taken
    assert cleaned(made.data).data == made.data


def test_a_film_in_webm_that_was_recorded_for_an_hour_is_read_to_its_end():
    cluster = an_element("1F43B675", an_element("A3", ANOTHER), is_open=True)
    film = a_film_in_webm(*[cluster] * 2_000, an_element("1254C367", PLACE), is_open=True)

    made = cleaned(film)

    assert made.data.count(ANOTHER) == 2_000
    assert PLACE not in made.data


def test_what_a_program_wrote_over_in_a_film_in_webm_goes_too():
    void = an_element("EC", PLACE)
    film = a_film_in_webm(void, an_element("1F43B675", an_element("A3", ANOTHER))) + void

    made = cleaned(film)

    assert PLACE not in made.data
    assert (len(made.data), made.data.index(ANOTHER)) == (len(film), film.index(ANOTHER))


def test_a_film_that_lies_about_its_length_says_none():
    film = a_box(b"ftyp", b"isom") + a_box(b"moov", a_box(b"mvhd", bytes(4)))

    assert seconds_of(film) is None


def test_a_film_in_webm_with_a_track_of_data_is_refused():
    tracks = an_element("1654AE6B", an_element("AE", an_element("83", b"\x21")))

    with pytest.raises(CannotKeep):
        cleaned(a_film_in_webm(tracks))


def a_sound(frames=3):
    """Frames of 128 kbit/s at 44.1 kHz: 417 bytes each."""
    return (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def test_of_a_sound_in_mp3_only_its_frames_stay():
    sound = a_sound()
    before = b"ID3\x04\x00\x00" + bytes([0, 0, 0, 40]) + PLACE.ljust(40, b"\xff")
    lyrics = b"LYRICSBEGIN" + PLACE + b"\xff\xfb\x90\x00LYRICS200"
    after = lyrics + b"APETAGEX" + PLACE + b"TAG" + PLACE.ljust(125, b"\0")

    made = cleaned(before + before + sound + after + sound + after)

    assert made.data == sound * 2
    assert made.taken
    assert cleaned(sound).taken == frozenset()
    assert cleaned(b"no sound at all").data == b""


def test_a_sound_in_ogg_loses_its_comments_and_its_page_still_adds_up():
    packet = b"OpusTags" + struct.pack("<I4sII", 4, b"made", 1, len(PLACE)) + PLACE

    def page(no, data, *, begins=False):
        head = struct.pack("<4sBBqIII", b"OggS", 0, 2 * begins, 0, 1, no, 0)
        return bytearray(head + bytes([1, len(data)]) + data)

    first = page(0, b"OpusHead" + bytes(11), begins=True)
    sound = bytes(first + page(1, packet) + page(2, b"heard"))

    made = cleaned(sound).data

    assert PLACE not in made
    assert b"made" in made
    assert len(made) == len(sound)
    begin, end = made.index(b"OggS", 4), made.rindex(b"OggS")
    told = bytearray(made[begin:end])
    said = int.from_bytes(told[22:26], "little")
    told[22:26] = bytes(4)
    assert ogg.sum_of(told) == said
    with pytest.raises(CannotKeep):
        cleaned(sound + sound)  # a second stream has comments of its own


def test_a_picture_says_what_is_taken_off_it(tmp_path):
    told, picture = Image.Exif(), Image.new("RGB", (8, 8))
    told[0x010F], told[0x0132], told[0x013B] = "A camera", "2026:11:27 09:00:00", "Somebody"
    told.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=told)
    (tmp_path / "told.jpg").write_bytes(out.getvalue())
    picture.save(tmp_path / "plain.png")
    (tmp_path / "none.jpg").write_bytes(b"no picture")

    found = [taken_from(tmp_path / name) for name in ("told.jpg", "plain.png", "none.jpg")]

    assert found == [{"place", "time", "device", "tags"}, set(), set()]
