"""Files that are brought for a hall: each by its mark, captions by what they say, pictures as they are."""

import io
import json

import pytest
from a_hall import a_hall
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from qingfeng.culture.halls import keeping
from qingfeng.culture.storing import CannotKeep, is_bare_jpeg, keep_picture, place_of
from qingfeng.culture.visit_models import Tally
from qingfeng.desk.culture.halls.bringing import keep_brought
from qingfeng.desk.culture.halls.models import Brought

PAGE = "/culture-desk/quiet-hall/hall/"
JSON = {"content_type": "application/json"}
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\n%s\n"


@pytest.fixture
def hall(culture, tmp_path):
    return a_hall(culture, tmp_path)


@pytest.fixture
def editor(culture):
    client = Client()
    account = culture.office.accounts["editor"]
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def announced(editor, *files, kind="captions"):
    asked = [{"path": path, "size": size, "mark": mark} for path, size, mark in files]
    told = editor.post(f"{PAGE}media/{kind}/files/", json.dumps({"files": asked}), **JSON).json()["files"]
    return [one.get("no", one) for one in told]


def sent(editor, no, data, *, offset=0, kind="captions"):
    headers = {"X-Offset": str(offset)}
    address = f"{PAGE}media/{kind}/files/{no}/"
    return editor.put(address, data, headers=headers, content_type="application/octet-stream")


def brought(editor, kind, name, data):
    answer = editor.post(f"{PAGE}media/{kind}/", {"file": SimpleUploadedFile(name, data)})
    made = Brought.objects.first()
    if made:
        keep_brought.call(made.pk)
        made.refresh_from_db()
    return answer, made


def test_two_files_of_one_name_and_size_are_two_and_each_goes_on_where_it_was(editor, hall):
    one, other = VTT % b"one", VTT % b"two"
    files = [("zh/court.vtt", len(one), "1|aa"), ("en/court.vtt", len(other), "1|aa")]

    first, second = announced(editor, *files)
    sent(editor, first, one[:10])
    sent(editor, second, other[:20])
    again = announced(editor, *files)
    changed = announced(editor, ("zh/court.vtt", len(one), "2|bb"))
    unmarked = announced(editor, ("zh/court.vtt", len(one), ""), ("zh/court.vtt", len(one), ""))
    twice = announced(editor, files[0], files[0])
    sent(editor, first, one[10:], offset=10)
    sent(editor, second, other[20:], offset=20)

    assert first != second
    assert again == [first, second]
    assert len({first, second, *changed, *unmarked}) == 5
    assert (twice[0], twice[1] == first) == (first, False)
    for no in (first, second):
        keep_brought.call(no)
    kept = Brought.objects.filter(state="kept").order_by("pk")
    assert [place_of(file.digest, "vtt").read_bytes() for file in kept] == [one, other]


def test_a_file_that_lies_there_whole_and_was_never_handed_over_is_when_it_is_chosen_again(editor, hall):
    data = VTT % b"one"
    files = [("zh/court.vtt", len(data), "1|aa")]
    (no,) = announced(editor, *files)
    sent(editor, no, data)
    Brought.objects.filter(pk=no).update(state="receiving")  # the power went between the two

    again = announced(editor, *files)

    assert again == [no]
    assert Brought.objects.get(pk=no).state == "waiting"


def test_half_a_sign_in_a_name_and_a_size_without_end_break_nothing(editor, hall):
    (no,) = announced(editor, ("zh/\ud800court.vtt", 9, "1|aa"))
    endless = '{"files": [{"path": "court.vtt", "size": Infinity}]}'

    assert Brought.objects.get(pk=no).name == "court.vtt"
    assert editor.post(f"{PAGE}media/captions/files/", endless, **JSON).status_code == 422


def test_captions_brought_anew_under_their_name_lock_no_form_and_both_can_be_chosen(editor, hall):
    tour = hall.hall.tour
    old = tour["scenes"][0]["spots"][3]["captions_zh"]
    brought(editor, "captions", "court.zh.vtt", VTT % "清风".encode())
    first = Brought.objects.get().digest
    tour["scenes"][0]["spots"][3]["captions_zh"] = first
    hall.hall.save()
    brought(editor, "captions", "court.zh.vtt", VTT % "清风徐来".encode())
    newer = Brought.objects.first().digest

    zone = editor.post(f"{PAGE}zones/front/", {"name_zh": "前厅", "name_en": "Front"})
    form = editor.get(f"{PAGE}scenes/gate/spots/film/").context["form"]

    assert zone.status_code == 302
    choices = dict(form.fields["captions_zh"].choices)
    assert choices[newer] == "court.zh.vtt"
    assert choices[first].startswith("court.zh.vtt (20")
    assert (
        tour["scenes"][0]["spots"][3]["captions_en"] in choices
    )  # of the tour, though nobody brought it here
    assert old not in choices
    given = {name: form[name].value() or "" for name in form.fields}
    assert editor.post(f"{PAGE}scenes/gate/spots/film/", {**given, "captions_zh": newer}).status_code == 302
    hall.hall.refresh_from_db()
    assert hall.hall.tour["scenes"][0]["spots"][3]["captions_zh"] == newer
    assert editor.get(f"{PAGE}shown/{first}/file/")["Content-Type"] == "text/vtt"


def test_in_the_preview_a_question_is_answered_and_nothing_is_counted(editor, hall):
    address = "/culture/hall-preview/quiet-hall/gate/"

    right, other = (editor.post(address, {"spot": "ask", "answer": one}) for one in ("1", "0"))

    assert (right.status_code, other.status_code) == (200, 200)
    for answer, said in ((right, "答对了"), (other, "不对")):
        assert "一人记，一人核。" in answer.content.decode()
        assert said in answer.content.decode()
    assert editor.post(address, {"spot": "panel", "answer": "0"}).status_code == 404
    assert Client().post(address, {"spot": "ask", "answer": "1"}).status_code in {302, 404}
    assert not Tally.objects.exists()


def test_what_was_taken_off_a_file_is_told_beside_it(editor, hall):
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG", exif=exif)

    _answer, made = brought(editor, "picture", "a.jpg", out.getvalue())

    assert made.taken == "place device"
    assert "已清除： 拍摄地点；设备和软件名称" in editor.get(f"{PAGE}media/picture/").content.decode()


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)


@pytest.mark.parametrize("kind", ["panorama", "picture"])
def test_a_picture_of_a_phone_is_refused_with_what_to_do(editor, hall, kind):
    by_name, _none = brought(editor, kind, "IMG_0001.HEIC", HEIC)
    _answer, by_content = brought(editor, kind, "IMG_0001.jpg", HEIC)

    assert "HEIC" in by_name.content.decode()
    assert "JPEG" in by_content.problem
    assert "HEIC" in by_content.problem


def as_kept(picture, form="PNG", **more):
    out = io.BytesIO()
    picture.save(out, form, **more)
    digest, kept = keep_picture(out.getvalue())
    with Image.open(place_of(digest, kept)) as held:
        return held.convert("RGB").getpixel((20, 15))


def near(one, other):
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def test_pictures_of_print_of_sixteen_bits_and_with_holes_look_as_they_did(culture):
    print_shop = Image.new("CMYK", (40, 30), (0, 255, 255, 0))
    deep = Image.new("I;16", (40, 30), 32_768)
    holes = Image.new("RGBA", (40, 30), (0, 0, 0, 0))

    assert near(as_kept(print_shop, "JPEG", quality=95), (255, 0, 0))
    assert near(as_kept(deep), (128, 128, 128))
    assert near(as_kept(holes), (255, 255, 255))


def test_a_panorama_of_sixteen_bits_is_cut_as_it_looks(culture, tmp_path):
    Image.new("I;16", (2000, 1000), 32_768).save(tmp_path / "deep.png")

    kept = keeping.keep_panorama(tmp_path / "deep.png", tell=lambda *_: None)

    with Image.open(keeping.tiles_place(kept.digest) / "small.webp") as small:
        assert near(small.convert("RGB").getpixel((5, 5)), (128, 128, 128))


def test_a_panorama_that_is_no_picture_of_a_known_kind_says_what_to_do(culture, tmp_path):
    (tmp_path / "a.jpg").write_bytes(HEIC)

    with pytest.raises(CannotKeep, match="HEIC"):
        keeping.keep_panorama(tmp_path / "a.jpg", tell=lambda *_: None)


def test_a_jpeg_with_notes_behind_its_first_scan_is_not_bare():
    out = io.BytesIO()
    Image.new("RGB", (64, 32), "teal").save(out, "JPEG", progressive=True)
    data = out.getvalue()
    second = data.index(b"\xff\xda", data.index(b"\xff\xda") + 2)
    noted = data[:second] + b"\xff\xe1\x00\x0aExif\0\0xx" + data[second:]

    assert is_bare_jpeg(data)
    assert not is_bare_jpeg(noted)
