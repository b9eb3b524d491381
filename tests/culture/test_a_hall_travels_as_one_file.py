"""A hall as one ZIP: packed, brought elsewhere, the same again; what is wrong stays out and says why."""

import io
import json
import os
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from a_hall import VTT, a_panorama
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qingfeng.culture.archives import opening, packing, unzipping
from qingfeng.culture.archives.opening import opened
from qingfeng.culture.archives.unzipping import NotAnArchive
from qingfeng.culture.brought_models import Batch
from qingfeng.culture.drafts import draft_of
from qingfeng.culture.drawings import keep_drawing
from qingfeng.culture.models import Entry
from qingfeng.culture.sample import built_halls
from qingfeng.culture.sample import halls as sample_halls
from qingfeng.culture.storing import CannotKeep
from qingfeng.desk.culture.halls import plans, unpacking
from qingfeng.desk.culture.halls.bringing import keep_brought
from qingfeng.desk.culture.halls.models import Brought

PAGE = "/culture-desk/bring/hall/"
WORDS = {
    "name_zh": "静廉馆", "name_en": "Quiet Hall", "abstract_zh": "两间屋子", "abstract_en": "Two rooms",
    "text_zh": "一座小馆", "text_en": "A small hall",
}  # fmt: skip
SAMPLE = sample_halls.FOLDER / "qinghui-house"


@pytest.fixture
def editor(culture):
    client = Client()
    client.force_login(culture.office.accounts["editor"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def an_entry(culture, slug="quiet-hall"):
    entry = Entry.objects.create(kind="hall", slug=slug, theme="trust", made_by=culture.author, **WORDS)
    entry.sources.create(title="馆藏说明（虚构）", where="第 2 页")
    return entry


@pytest.fixture
def photographed(culture, tmp_path):
    """Two scenes, each kind of file, films and sounds that play."""
    folder = tmp_path / "house"
    (folder / "scenes").mkdir(parents=True)
    for no, key in enumerate(("porch", "yard")):
        a_panorama(folder / f"scenes/{key}.jpg", hue=9 * no)
    for name in ("film/court.mp4", "sound/water.mp3", "pictures/well.webp"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes((SAMPLE / name).read_bytes())
    (folder / "captions").mkdir()
    for side in ("zh", "en"):
        (folder / f"captions/{side}.vtt").write_bytes(VTT % side.encode())
    (folder / "hall.toml").write_text(HALL, encoding="utf-8")
    (folder / "angles.toml").write_text(ANGLES, encoding="utf-8")
    entry = an_entry(culture)
    sample_halls.fill(entry, folder)
    return entry


@pytest.fixture
def built(culture, tmp_path, monkeypatch):
    """The built hall of the sample, its panoramas drawn by code."""
    folder = built_halls.built()[0]
    stands = built_halls.plan_in(folder)[1].stands
    pictures = {one.key: a_panorama(tmp_path / f"{one.key}.jpg", hue=3 * no) for no, one in enumerate(stands)}
    monkeypatch.setattr(built_halls, "panorama_of", lambda _folder, stand: pictures[stand])
    entry = an_entry(culture, "built-hall")
    built_halls.fill(entry, folder)
    return entry


def packed(entry):
    out = io.BytesIO()
    packing.pack(Entry.objects.get(pk=entry.pk), out)
    return out.getvalue()


def elsewhere(entry, settings, tmp_path):
    """Another office: the hall and its files were never here."""
    keys = (settings.HOME / "keys").resolve()
    entry.delete()
    settings.HOME = tmp_path / "elsewhere"
    settings.HOME.mkdir()
    (settings.HOME / "keys").symlink_to(keys)


def brought(editor, data, name="hall.zip"):
    return editor.post(PAGE, {"file": SimpleUploadedFile(name, data)}, follow=True)


def taken_in(editor, page):
    if "unit" not in page.context or page.context["unit"] is None:
        return page
    said = {"parcel": page.context["parcel"].no, "base": page.context["seen"].found.base, "take": "1"}
    answer = editor.post(PAGE, said, follow=True)
    for one in Brought.objects.filter(state="waiting").order_by("pk"):
        keep_brought.call(one.pk)
    return answer


def changed(data, path=None, with_=None, *, manifest=None, extra=()):
    """The same archive with a file changed (None leaves it out), the manifest, or more members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        for info in held.infolist():
            said = held.read(info)
            if info.filename == path:
                if with_ is None:
                    continue
                said = with_
            if info.filename == packing.MANIFEST and manifest:
                said = json.dumps(manifest(json.loads(said))).encode()
            into.writestr(info.filename, said)
        for more, said in extra:
            into.writestr(more, said)
    return out.getvalue()


def told(page):
    return page.content.decode()


@pytest.mark.parametrize("which", ["photographed", "built"])
def test_what_is_packed_here_and_brought_elsewhere_is_packed_there_the_same(
    which, request, editor, settings, tmp_path
):
    entry = request.getfixturevalue(which)
    data = packed(entry)
    elsewhere(entry, settings, tmp_path)

    taken_in(editor, brought(editor, data))

    made = Entry.objects.get(slug=entry.slug)
    assert made.state == "draft"
    assert list(Brought.objects.exclude(state="kept").values_list("name", "state", "problem")) == []
    assert not made.wanted.exists()
    assert packed(made) == data


def test_a_built_hall_is_edited_further_where_it_was_brought(built, editor, settings, tmp_path):
    data = packed(built)
    elsewhere(built, settings, tmp_path)
    taken_in(editor, brought(editor, data))
    made = Entry.objects.get(slug="built-hall")
    value = plans.value_of(made)
    room, piece = value["rooms"][0]["key"], value["rooms"][0]["exhibits"][0]["key"]

    page = editor.get(f"/culture-desk/built-hall/hall/built/rooms/{room}/exhibits/{piece}/")
    was_stale = plans.is_stale(made)
    plans.keep_plan(made, plans.exhibit_moved(value, room, piece, 1))

    assert page.status_code == 200
    assert not was_stale
    assert plans.is_stale(Entry.objects.get(slug="built-hall"))


def test_a_built_hall_whose_picture_stays_out_is_taken_in_without_it(built, editor, settings, tmp_path):
    lost = built.media.filter(kind="picture").first()
    name = f"{lost.digest[:16]}.svg"
    data = changed(packed(built), f"media/{name}", b"<svg onload='alert(1)'/>")
    elsewhere(built, settings, tmp_path)

    page = brought(editor, data)
    taken_in(editor, page)

    made = Entry.objects.get(slug="built-hall")
    assert [path for path, _why in page.context["rejects"]] == [f"media/{name}"]
    assert [one.name for one in made.wanted.all()] == [name]
    assert lost.digest in str(plans.value_of(made))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>path { fill: url(https://example.org/x) }</style>",
        "<image href='https://example.org/x.png'/>",
        "<path onclick='alert(1)' d='M0 0'/>",
        "<path fill='url(https://example.org/x)' d='M0 0'/>",
        "<a href='javascript:alert(1)'><path d='M0 0'/></a>",
        "<foreignObject/>",
        "<path fill='image-set(\"https://example.org/x.png\" 1x)' d='M0 0'/>",
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(inside):
    with pytest.raises(CannotKeep):
        keep_drawing(f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>".encode())


@pytest.mark.parametrize("size", ["1.2.3 4", f"{'9' * 400} 4", ". 4", "0 4", "none"])
def test_a_drawing_whose_size_is_no_number_has_none(culture, size):
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {size}'><path d='M0 0'/></svg>"

    assert keep_drawing(drawing.encode())[1] is None


def test_the_archive_says_of_every_file_what_it_is_and_whose(photographed):
    with zipfile.ZipFile(io.BytesIO(packed(photographed))) as held:
        manifest = json.loads(held.read("manifest.json"))
        names = set(held.namelist())
        files = {one["path"]: held.read(one["path"]) for one in [*manifest["media"], *manifest["lists"]]}

    assert names == {"manifest.json", *files}
    for one in [*manifest["media"], *manifest["lists"]]:
        assert (one["sha256"], one["bytes"]) == (
            sha256(files[one["path"]]).hexdigest(),
            len(files[one["path"]]),
        )
    assert {one["kind"] for one in manifest["media"]} == {"picture", "panorama", "audio", "video", "captions"}
    assert all(one["licence"] and one["author"] for one in manifest["media"] if one["kind"] != "captions")
    assert manifest["sources"] == [{"title": "馆藏说明（虚构）", "where": "第 2 页"}]
    assert manifest["missing"] == []


def test_brought_where_it_came_from_nothing_changes(photographed, editor):
    data = packed(photographed)

    page = brought(editor, data)

    assert not page.context["seen"].does_something
    assert 'name="take"' not in told(page)


def test_a_batch_with_its_files_is_taken_back_as_one(photographed, editor, settings, tmp_path):
    data = packed(photographed)
    elsewhere(photographed, settings, tmp_path)
    taken_in(editor, brought(editor, data))

    answer = editor.post("/culture-desk/bring/", {"back": Batch.objects.get().pk}, follow=True)

    assert answer.status_code == 200
    assert not Entry.objects.filter(slug="quiet-hall").exists()


def test_a_batch_whose_files_are_on_their_way_is_taken_back_and_no_file_comes_after_it(
    photographed, editor, settings, tmp_path
):
    data = packed(photographed)
    elsewhere(photographed, settings, tmp_path)
    page = brought(editor, data)
    said = {"parcel": page.context["parcel"].no, "base": page.context["seen"].found.base, "take": "1"}
    editor.post(PAGE, said)
    first, *_others = Brought.objects.filter(state="waiting").order_by("pk").values_list("pk", flat=True)

    editor.post("/culture-desk/bring/", {"back": Batch.objects.get().pk})
    keep_brought.call(first)

    assert not Entry.objects.filter(slug="quiet-hall").exists()


def test_where_unpacking_breaks_off_a_second_press_goes_on_with_the_same_batch(
    photographed, editor, settings, tmp_path, monkeypatch
):
    data, copied, done = packed(photographed), unpacking.copied, []
    elsewhere(photographed, settings, tmp_path)

    def breaks_off(*args):
        done.append(args)
        if len(done) == 3:
            raise OSError(28, "No space left on device")
        return copied(*args)

    page = brought(editor, data)
    with monkeypatch.context() as full:
        full.setattr(unpacking, "copied", breaks_off)
        said = {"parcel": page.context["parcel"].no, "base": page.context["seen"].found.base, "take": "1"}
        with pytest.raises(OSError, match="No space"):
            editor.post(PAGE, said)
    states = list(Brought.objects.values_list("state", flat=True))
    taken_in(editor, editor.get(PAGE, {"look": "newest"}))

    made = Entry.objects.get(slug="quiet-hall")
    assert states == ["cancelled"] * 7
    assert not made.wanted.exists()
    assert packed(made) == data
    editor.post("/culture-desk/bring/", {"back": Batch.objects.get().pk})
    assert not Entry.objects.filter(slug="quiet-hall").exists()


def test_a_draft_that_was_here_before_is_as_it_was_when_the_batch_is_taken_back(photographed, editor):
    data = packed(photographed)
    scene = photographed.hall.tour["scenes"][0]
    photographed.media.filter(digest=scene["panorama"]).delete()
    scene["panorama"] = ""
    scene["name_zh"] = "旧名"
    photographed.hall.save()
    before = draft_of(Entry.objects.get(pk=photographed.pk))

    taken_in(editor, brought(editor, data))
    came = packed(photographed)
    editor.post("/culture-desk/bring/", {"back": Batch.objects.get().pk})

    assert came == data
    assert draft_of(Entry.objects.get(pk=photographed.pk)) == before


def test_what_somebody_wrote_since_stays_when_the_batch_is_taken_back(
    photographed, editor, settings, tmp_path
):
    data = packed(photographed)
    elsewhere(photographed, settings, tmp_path)
    taken_in(editor, brought(editor, data))
    Entry.objects.filter(slug="quiet-hall").update(name_zh="改过的名")

    editor.post("/culture-desk/bring/", {"back": Batch.objects.get().pk})

    assert Entry.objects.get(slug="quiet-hall").name_zh == "改过的名"


def test_another_file_under_the_name_of_one_that_is_here_gets_a_name_of_its_own(
    photographed, editor, tmp_path
):
    data = packed(photographed)
    other = a_panorama(tmp_path / "other.jpg", hue=60).read_bytes()
    facts = {"sha256": sha256(other).hexdigest(), "bytes": len(other)}

    def retold(manifest):
        for one in manifest["media"]:
            one.update(facts if one["path"] == "media/porch-panorama.jpg" else {})
        return manifest

    taken_in(editor, brought(editor, changed(data, "media/porch-panorama.jpg", other, manifest=retold)))

    made = Entry.objects.get(pk=photographed.pk)
    names = {one.digest: one.name for one in made.media.filter(kind="panorama")}
    assert names[made.hall.tour["scenes"][0]["panorama"]] == "porch-panorama-2.jpg"
    assert "porch-panorama.jpg" in names.values()


def test_a_file_that_is_called_anew_never_takes_the_name_of_another_one_of_the_archive(
    photographed, editor, tmp_path
):
    """Here is another `porch-panorama.jpg`; the archive has `porch-panorama-2.jpg` for the yard."""
    data = packed(photographed)
    other = a_panorama(tmp_path / "other.jpg", hue=60).read_bytes()
    facts = {"sha256": sha256(other).hexdigest(), "bytes": len(other)}
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        listed = held.read("hall.geojson").replace(b"yard-panorama.jpg", b"porch-panorama-2.jpg")

    def retold(manifest):
        for one in manifest["media"]:
            one.update(facts if one["path"] == "media/porch-panorama.jpg" else {})
            one.update({"name": "porch-panorama-2.jpg"} if one["path"] == "media/yard-panorama.jpg" else {})
        for one in manifest["lists"]:
            here = {"sha256": sha256(listed).hexdigest(), "bytes": len(listed)}
            one.update(here if one["path"] == "hall.geojson" else {})
        return manifest

    both = changed(changed(data, "media/porch-panorama.jpg", other, manifest=retold), "hall.geojson", listed)
    taken_in(editor, brought(editor, both))

    made = Entry.objects.get(pk=photographed.pk)
    names = {one.digest: one.name for one in made.media.filter(kind="panorama")}
    porch, yard = made.hall.tour["scenes"]
    assert names[porch["panorama"]] == "porch-panorama-3.jpg"
    assert yard["panorama"] == photographed.hall.tour["scenes"][1]["panorama"]


def test_a_file_is_read_once_however_often_the_manifest_names_it(photographed, tmp_path, monkeypatch):
    place, read = tmp_path / "hall.zip", []

    def retold(manifest):
        again = [
            one | {"name": f"{no}.webp", "sha256": "0" * 64} for one in manifest["media"] for no in "123"
        ]
        return manifest | {"media": [*again, *manifest["media"]]}

    place.write_bytes(changed(packed(photographed), manifest=retold))
    blocks_of = opening.blocks_of
    monkeypatch.setattr(
        opening, "blocks_of", lambda held, info: read.append(info.filename) or blocks_of(held, info)
    )

    opened(place)

    assert len(read) == len(set(read)) == 7


def test_more_media_than_an_archive_may_have_are_refused_before_one_is_read(photographed, editor):
    one = {"path": "media/well.webp"}
    data = changed(packed(photographed), manifest=lambda said: said | {"media": [one] * 2001})

    page = brought(editor, data)

    assert page.status_code == 422
    assert "2000" in told(page).replace(",", "")


@pytest.mark.parametrize("count", [2001, 60_000])
def test_a_table_of_contents_that_is_too_long_is_not_read(count, tmp_path, monkeypatch):
    place = tmp_path / "many.zip"
    with zipfile.ZipFile(place, "w") as into:
        for no in range(count):
            into.writestr(str(no), b"")
    if count > 2001:  # its end says that there are few
        data = bytearray(place.read_bytes())
        data[-14:-10] = (1).to_bytes(2, "little") * 2
        place.write_bytes(data)
    monkeypatch.setattr(unzipping, "ZipFile", lambda *_args: pytest.fail("it is read"))

    with pytest.raises(NotAnArchive, match="2000"):
        opened(place)


@pytest.mark.parametrize("what", ["properties", "built"])
def test_what_only_looks_like_a_hall_is_refused_in_plain_words(what, photographed, built, editor):
    entry, path = (photographed, "hall.geojson") if what == "properties" else (built, "built.json")
    crafted = {
        "properties": b'{"features": [{"properties": "hall"}]}',
        "built": b'{"a":' * 700 + b"1" + b"}" * 700,
    }
    facts = {"sha256": sha256(crafted[what]).hexdigest(), "bytes": len(crafted[what])}

    def retold(manifest):
        for one in manifest["lists"]:
            one.update(facts if one["path"] == path else {})
        return manifest

    page = brought(editor, changed(packed(entry), path, crafted[what], manifest=retold))

    assert page.status_code == 422
    assert page.context["why"]


@pytest.mark.parametrize(
    ("path", "with_", "says"),
    [
        ("media/well.webp", b"RIFF\0\0\0\0WEBPVP8 else", "不是打包时的文件"),
        ("media/well.webp", None, "不在压缩包里"),
    ],
)
def test_a_file_that_is_missing_or_another_one_stays_out_by_itself(
    photographed, editor, settings, tmp_path, path, with_, says
):
    data = changed(packed(photographed), path, with_)
    elsewhere(photographed, settings, tmp_path)

    page = brought(editor, data)
    taken_in(editor, page)

    made = Entry.objects.get(slug="quiet-hall")
    assert [one for one, _why in page.context["rejects"]] == [path]
    assert says in told(page)
    assert [one.name for one in made.wanted.all()] == ["well.webp"]


def test_a_file_that_is_something_else_than_it_says_stays_out(photographed, editor, settings, tmp_path):
    page_of_a_site = b"<!doctype html><script>alert(1)</script>"
    facts = {"sha256": sha256(page_of_a_site).hexdigest(), "bytes": len(page_of_a_site)}

    def retold(manifest):
        for one in manifest["media"]:
            one.update(facts if one["path"] == "media/well.webp" else {})
            one.update({"type": "text/html"} if one["path"] == "media/water.mp3" else {})
        return manifest

    data = changed(packed(photographed), "media/well.webp", page_of_a_site, manifest=retold)
    elsewhere(photographed, settings, tmp_path)

    page = brought(editor, data)

    assert {path for path, _why in page.context["rejects"]} == {"media/well.webp", "media/water.mp3"}
    assert "内容与其声明" in told(page)


def an_archive(*members, compression=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as into:
        for info, said in members:
            into.writestr(info, said)
    return out.getvalue()


def a_link():
    info = zipfile.ZipInfo("media/link")
    info.external_attr = 0o120777 << 16
    return info


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"no zip at all", "不是ZIP文件"),
        (an_archive(("../outside.txt", b"x")), "越出压缩包"),
        (an_archive(("/etc/passwd", b"x")), "越出压缩包"),
        (an_archive(("media\\..\\x", b"x")), "越出压缩包"),
        (an_archive((a_link(), b"/etc/passwd")), "链接"),
        (an_archive(("bomb", bytes(8 * 1024**2)), compression=zipfile.ZIP_DEFLATED), "解压后"),
        (an_archive(("x", b"x" * 100), compression=zipfile.ZIP_LZMA), "普通ZIP"),
        (an_archive(("hall.geojson", b"{}")), "manifest.json"),
        (an_archive(("manifest.json", b'{"format": "something"}')), "其他程序"),
        (an_archive(("manifest.json", b'{"format": "qingfeng-hall", "v": 9}')), "更新"),
        (an_archive(("manifest.json", b"[")), "无法读取"),
    ],
)  # fmt: skip
def test_what_is_no_archive_of_a_hall_is_refused_in_plain_words(editor, data, says):
    page = brought(editor, data)

    assert page.status_code == 422
    assert says in told(page)
    assert not Entry.objects.filter(kind="hall").exists()


def test_a_list_that_somebody_changed_keeps_all_of_it_out(photographed, editor):
    data = changed(packed(photographed), "hall.geojson", b'{"features": []}')

    page = brought(editor, data)

    assert page.status_code == 422
    assert "hall.geojson" in told(page)


def test_a_torn_archive_is_refused_wherever_it_breaks_off(photographed, tmp_path):
    data = packed(photographed)
    place = tmp_path / "torn.zip"

    for at in (1, len(data) // 2, len(data) - 1):
        place.write_bytes(data[:at])
        with pytest.raises(NotAnArchive):
            opened(place)


def test_a_folder_around_it_and_what_a_desktop_adds_do_no_harm(photographed, tmp_path):
    data = packed(photographed)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(out, "w") as into:
        for info in held.infolist():
            into.writestr(f"hall/{info.filename}", held.read(info))
        into.writestr("__MACOSX/hall/._x", b"")
        into.writestr("hall/.DS_Store", b"")
    place = tmp_path / "around.zip"
    place.write_bytes(out.getvalue())

    found = opened(place)

    assert (found.rejects, found.besides) == ([], [])
    assert len(found.files) == 7


def test_an_archive_comes_in_pieces_and_only_who_brings_it_sees_it(photographed, culture, editor):
    data = packed(photographed)
    asked = {"files": [{"path": "hall.zip", "size": len(data), "mark": "1|aa"}]}
    announced = editor.post(f"{PAGE}files/", json.dumps(asked), content_type="application/json").json()
    no, half = announced["files"][0]["no"], len(data) // 2
    address, form = f"{PAGE}files/{no}/", {"content_type": "application/octet-stream"}

    first = editor.put(address, data[:half], headers={"X-Offset": "0"}, **form).json()
    astray = editor.put(address, data[:half], headers={"X-Offset": "0"}, **form)
    meanwhile = {"files": [{"path": "another.zip", "size": 9, "mark": "2|bb"}]}
    younger = editor.post(f"{PAGE}files/", json.dumps(meanwhile), content_type="application/json").json()
    for age, one in ((1, no), (2, younger["files"][0]["no"])):
        os.utime(Path(settings.HOME) / "culture" / "brought" / f"{one}.json", (age, age))
    again = editor.post(f"{PAGE}files/", json.dumps(asked), content_type="application/json").json()
    last = editor.put(address, data[half:], headers={"X-Offset": str(half)}, **form).json()
    page = editor.get(PAGE, {"look": "newest"})
    other = Client()
    other.force_login(
        culture.office.accounts["dept_head"], backend="django.contrib.auth.backends.ModelBackend"
    )

    assert (first["received"], last["received"]) == (half, len(data))
    assert (astray.status_code, astray.json()["received"]) == (409, half)
    assert again["files"][0] == {"no": no, "received": half, "size": len(data)}
    assert page.context["seen"].archive.slug == "quiet-hall"
    assert other.get(address).status_code == 404


HALL = """
slug = "quiet-hall"
first = "porch"
zones = [{ key = "all", name_zh = "全馆", name_en = "All", text_zh = "全", text_en = "All of it" }]

[[scenes]]
key = "porch"
zone = "all"
name_zh = "门廊"
name_en = "Porch"
told_zh = "一座门廊。"
told_en = "A porch."
panorama = "scenes/porch.jpg"

[[scenes.spots]]
key = "on"
kind = "scene"
at = "door"
to = "yard"
title_zh = "进院"
title_en = "In"

[[scenes.spots]]
key = "film"
kind = "video"
at = "wall"
medium = "film/court.mp4"
title_zh = "影片"
title_en = "Film"
told_zh = "讲"
told_en = "Told"
captions_zh = "captions/zh.vtt"
captions_en = "captions/en.vtt"

[[scenes]]
key = "yard"
zone = "all"
name_zh = "院子"
name_en = "Yard"
told_zh = "一座院子。"
told_en = "A yard."
panorama = "scenes/yard.jpg"

[[scenes.spots]]
key = "back"
kind = "scene"
at = "door"
to = "porch"
title_zh = "回门廊"
title_en = "Back"

[[scenes.spots]]
key = "well"
kind = "picture"
at = "well"
medium = "pictures/well.webp"
title_zh = "井"
title_en = "Well"

[[scenes.spots]]
key = "water"
kind = "audio"
at = "wall"
medium = "sound/water.mp3"
title_zh = "水声"
title_en = "Water"
told_zh = "讲"
told_en = "Told"

[[media]]
file = "pictures/well.webp"
alt_zh = "井"
alt_en = "A well"

[[media]]
file = "sound/water.mp3"
alt_zh = "水声"
alt_en = "Water"
seconds = 20

[[media]]
file = "film/court.mp4"
seconds = 8
alt_zh = "影片"
alt_en = "A film"
"""
ANGLES = """
[porch]
plan = { x = 0.2, y = 0.5 }
door = [12.5, -3.0]
wall = [60.0, -3.0]
well = [90.0, -3.0]

[yard]
plan = { x = 0.8, y = 0.5 }
door = [-170.0, 0.0]
wall = [60.0, -3.0]
well = [90.0, -3.0]
"""
