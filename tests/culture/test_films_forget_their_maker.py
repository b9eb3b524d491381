import struct
from pathlib import Path

from qingfeng.culture.sample import make
from qingfeng.desk.culture.halls.cleaning import _ogg_sum, cleaned, is_torn, seconds_of

PLACE = b"+31.2304+121.4737/"


def a_box(kind, data):
    return struct.pack(">I4s", 8 + len(data), kind) + data


def a_film(seconds=12):
    head = a_box(b"ftyp", b"isom\0\0\2\0isommp42")
    long = a_box(b"mvhd", bytes(12) + struct.pack(">II", 1000, seconds * 1000) + bytes(80))
    told = a_box(b"udta", a_box(b"\xa9xyz", PLACE))
    return head + a_box(b"moov", long + a_box(b"trak", told) + told) + a_box(b"mdat", b"seen and heard")


def test_a_film_in_mp4_forgets_where_it_was_taken_and_keeps_its_length_and_its_places():
    film = a_film()

    made = cleaned(film)

    assert PLACE not in made
    assert len(made) == len(film)
    assert made.index(b"seen and heard") == film.index(b"seen and heard")
    assert seconds_of(made) == 12


def test_a_film_that_breaks_off_is_torn_wherever_its_head_stands():
    film = a_film()
    ahead, behind = film.index(b"moov") - 4, film.index(b"mdat") - 4
    turned = film[:ahead] + film[behind:] + film[ahead:behind]
    sample = next(Path(make.__file__).parent.glob("halls/*/film/*.mp4")).read_bytes()

    assert not any(map(is_torn, (film, turned, sample, a_film_in_webm(b""))))
    assert all(map(is_torn, (film[:-4], turned[:-4], film[:ahead], sample[:-1000], a_film_in_webm(b"")[:-1])))


def a_film_in_webm(tags):
    duration = b"\x44\x89\x88" + struct.pack(">d", 3000.0)
    segment = b"\x15\x49\xa9\x66" + bytes([0x80 | len(duration)]) + duration + tags
    return b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67" + bytes([0x80 | len(segment)]) + segment


def test_a_film_in_webm_forgets_its_tags():
    film = a_film_in_webm(b"\x12\x54\xc3\x67" + bytes([0x80 | len(PLACE)]) + PLACE)

    made = cleaned(film)

    assert PLACE not in made
    assert len(made) == len(film)
    assert seconds_of(made) == 3


def test_a_sound_in_mp3_loses_the_tags_before_and_after_it():
    sound = b"\xff\xfb\x90\x00" + bytes(400)
    before = b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(PLACE)]) + PLACE

    assert cleaned(before + sound + b"TAG" + PLACE.ljust(125, b"\0")) == sound


def test_a_sound_in_ogg_loses_its_comments_and_its_page_still_adds_up():
    packet = b"OpusTags" + struct.pack("<I4sII", 4, b"made", 1, len(PLACE)) + PLACE

    def page(no, data):
        return bytearray(struct.pack("<4sBBqIII", b"OggS", 0, 0, 0, 1, no, 0) + bytes([1, len(data)]) + data)

    sound = bytes(page(0, b"OpusHead" + bytes(11)) + page(1, packet) + page(2, b"heard"))

    made = cleaned(sound)

    assert PLACE not in made
    assert b"made" in made
    assert len(made) == len(sound)
    begin, end = made.index(b"OggS", 4), made.rindex(b"OggS")
    told = bytearray(made[begin:end])
    said = int.from_bytes(told[22:26], "little")
    told[22:26] = bytes(4)
    assert _ogg_sum(told) == said
