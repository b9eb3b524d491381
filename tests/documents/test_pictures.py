import io
import struct

import pytest
from a_document import a_picture, box, exif
from PIL import Image

from qingfeng.documents.pictures import MOST_PIXELS, without_metadata
from qingfeng.documents.refusal import Refused


def cleaned(data, kind, tmp_path):
    (tmp_path / "in").write_bytes(data)
    assert without_metadata(tmp_path / "in", kind, tmp_path / "out")
    return (tmp_path / "out").read_bytes()


def pixels(data):
    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()


FORMS = {"png": {}, "jpg": {"quality": 90}, "webp": {"lossless": True}, "tiff": {}}
NAMES = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP", "tiff": "TIFF"}


@pytest.mark.parametrize("kind", FORMS)
def test_where_when_and_with_what_a_picture_was_taken_is_gone_and_the_picture_is_the_same(kind, tmp_path):
    """Rights 21: no original image metadata is stored."""
    plain = a_picture(NAMES[kind], **FORMS[kind])
    told = a_picture(NAMES[kind], exif=exif(), **FORMS[kind])
    assert b"PHONEMAKER" in told

    clean = cleaned(told, kind, tmp_path)
    assert b"PHONEMAKER" not in clean
    assert b"2026:03:01" not in clean
    assert not Image.open(io.BytesIO(clean)).getexif().get(0x8825)
    assert pixels(clean) == pixels(plain)


@pytest.mark.parametrize("kind", FORMS)
def test_a_picture_taken_sideways_is_turned(kind, tmp_path):
    clean = Image.open(
        io.BytesIO(cleaned(a_picture(NAMES[kind], exif=exif(orientation=6), **FORMS[kind]), kind, tmp_path))
    )

    assert clean.size == (20, 40)
    red, _green, blue = clean.convert("RGB").getpixel((10, 3))
    assert red > 200
    assert blue < 60


def test_xmp_comments_thumbnails_and_what_hangs_behind_a_jpeg_are_gone(tmp_path):
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>PLACE</x:xmpmeta>"
    data = a_picture("JPEG", comment="COMMENT")
    segment = b"\xff\xe1" + struct.pack(">H", len(xmp) + 2) + xmp
    data = data[:2] + segment + data[2:] + b"MOTIONPHOTO"

    clean = cleaned(data, "jpg", tmp_path)
    assert not any(word in clean for word in (b"PLACE", b"COMMENT", b"MOTIONPHOTO"))
    assert pixels(clean) == pixels(data)


def test_a_text_and_a_profile_in_a_png_are_gone(tmp_path):
    from PIL import ImageCms
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("Comment", "PLACE")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    clean = Image.open(io.BytesIO(cleaned(a_picture(pnginfo=info, icc_profile=profile), "png", tmp_path)))
    clean.load()
    assert not {"Comment", "icc_profile", "exif"} & set(clean.info)


def test_the_pages_of_a_scan_and_its_resolution_stay(tmp_path):
    first, second = (Image.new("1", (30, 40), colour) for colour in (0, 1))
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=[second], dpi=(300, 300), tiffinfo={270: "PLACE"})

    clean = cleaned(out.getvalue(), "tiff", tmp_path)
    image = Image.open(io.BytesIO(clean))
    assert (image.n_frames, image.mode, [round(each) for each in image.info["dpi"]]) == (2, "1", [300, 300])
    assert b"PLACE" not in clean


def test_a_transparent_png_stays_transparent(tmp_path):
    clean = Image.open(io.BytesIO(cleaned(a_picture(mode="RGBA"), "png", tmp_path)))

    assert clean.mode == "RGBA"


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(tmp_path):
    width = 60_000
    header = struct.pack(">IIBBBBB", width, width, 8, 2, 0, 0, 0)
    import zlib

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )
    assert width * width > MOST_PIXELS

    with pytest.raises(Refused) as refusal:
        cleaned(bomb, "png", tmp_path)
    assert refusal.value.code == "too_large_inside"


@pytest.mark.parametrize("kind", FORMS)
def test_a_picture_that_breaks_off_is_refused(kind, tmp_path):
    whole = a_picture(NAMES[kind], (200, 200), **FORMS[kind])

    with pytest.raises(Refused) as refusal:
        cleaned(whole[: len(whole) // 2], kind, tmp_path)
    assert refusal.value.code == "damaged"


def test_a_moving_picture_is_refused(tmp_path):
    out = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

    with pytest.raises(Refused) as refusal:
        cleaned(out.getvalue(), "webp", tmp_path)
    assert refusal.value.code == "moving"


def test_a_film_loses_its_place_and_time_and_no_byte_moves(tmp_path):
    head = box(b"mvhd", bytes(4), b"\xe5\xe5\xe5\xe5" * 2, bytes(88))
    film = (
        box(b"ftyp", b"isom", bytes(4))
        + box(b"moov", head, box(b"udta", b"\xa9xyz+31.2+121.4/"), box(b"trak", box(b"meta", b"PLACE")))
        + box(b"mdat", b"FRAMES")
    )

    clean = cleaned(film, "mp4", tmp_path)
    assert len(clean) == len(film)
    assert clean.index(b"FRAMES") == film.index(b"FRAMES")
    assert not any(word in clean for word in (b"+31.2", b"PLACE", b"\xe5\xe5"))


def test_a_film_whose_boxes_lie_about_their_size_is_refused(tmp_path):
    with pytest.raises(Refused):
        cleaned(box(b"ftyp", b"isom") + struct.pack(">I4s", 999, b"moov"), "mp4", tmp_path)


def test_a_recording_loses_its_tags(tmp_path):
    sound = b"\xff\xfb\x90\x00" + bytes(100)
    tagged = b"ID3\x03\x00\x00\x00\x00\x00\x0a" + b"AUTHOR\0\0\0\0" + sound + b"TAG" + b"AUTHOR".ljust(125)

    assert cleaned(tagged, "mp3", tmp_path) == sound


def test_a_pdf_is_kept_as_it_came(tmp_path):
    (tmp_path / "in").write_bytes(b"%PDF-1.7")

    assert not without_metadata(tmp_path / "in", "pdf", tmp_path / "out")


def test_the_second_picture_that_a_telephone_hides_in_a_jpeg_is_gone(tmp_path):
    first, second = Image.new("RGB", (64, 64), "red"), Image.new("RGB", (48, 48), "blue")
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])

    image = Image.open(io.BytesIO(cleaned(out.getvalue(), "jpg", tmp_path)))
    assert (image.format, getattr(image, "n_frames", 1)) == ("JPEG", 1)
