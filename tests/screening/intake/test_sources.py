import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from reading import HEADER, a_fill, csv_text, given, opened, plan, staged

from qingfeng.screening.errors import WrongUse
from qingfeng.screening.intake.sources import open_sources

TEXT = csv_text(a_fill(0), a_fill(1)).encode()


def a_zip(*members: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as packed:
        for name, data in members:
            packed.writestr(zipfile.ZipInfo(name), data, compress_type=packing)
    return out.getvalue()


def with_gbk_names(packed: bytes) -> bytes:
    """Return a zip whose names are GB18030 without the mark of UTF-8, as WinRAR packed them."""
    for name in ("加油明细", "一月"):
        spelt = name.encode().ljust(12, b"_")[: len(name.encode())]
        gbk = name.encode("gb18030")
        gbk += b"_" * (len(spelt) - len(gbk))
        packed = packed.replace(spelt, gbk)
    data = bytearray(packed)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            struct.pack_into("<H", data, at + flags, struct.unpack_from("<H", data, at + flags)[0] & ~0x800)
            at = data.find(signature, at + 4)
    return bytes(data)


def paths(folder: Path) -> list[str]:
    return [file.path for file in opened(folder).files]


def test_files_are_walked_by_path_and_known_by_their_bytes(tmp_path):
    for name in ("b/2.csv", "a/1.csv", "z.csv"):
        given(tmp_path, name, TEXT)

    sources = opened(tmp_path)

    assert [file.path for file in sources.files] == ["a/1.csv", "b/2.csv", "z.csv"]
    assert {file.sha256 for file in sources.files} == {hashlib.sha256(TEXT).hexdigest()}
    assert {file.size for file in sources.files} == {len(TEXT)}
    assert sources.root == tmp_path / "in"


def test_the_root_is_the_deepest_folder_that_holds_every_input(tmp_path):
    one, two = given(tmp_path, "a/x/1.csv", TEXT), given(tmp_path, "a/y/2.csv", TEXT)

    alone = open_sources([one], tmp_path / "s1")
    both = open_sources([two, one.parent, one], tmp_path / "s2")

    assert (alone.root, [file.path for file in alone.files]) == (one.parent, ["1.csv"])
    assert both.root == tmp_path / "in/a"
    assert [file.path for file in both.files] == ["x/1.csv", "y/2.csv"]


@pytest.mark.parametrize(
    "name",
    [".hidden.csv", "~$a.xlsx", ".DS_Store", "Thumbs.db", "__MACOSX/a.csv", "mapping.toml", "rejects.csv",
     "leads.jsonl", "README.md", "LICENSE", "licence.txt", ".git/a.csv"],
)  # fmt: skip
def test_what_is_no_input_is_passed_over(tmp_path, name):
    given(tmp_path, "a.csv", TEXT)
    given(tmp_path, name, TEXT)

    sources = opened(tmp_path)

    assert [file.path for file in sources.files] == ["a.csv"]
    assert not sources.refused


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7 \xe2\xe3", "This is a PDF: no table."),
        (b"\x89PNG\r\n\x1a\n\0\0", "This is a picture: no table."),
        (b"Rar!\x1a\x07\0", "This is a RAR archive: no table."),
        (a_zip(("[Content_Types].xml", b""), ("word/document.xml", b"")),
         "This is a document or a presentation, no table."),
        (a_zip(("a.csv", TEXT))[:60],
         "The file breaks off or is damaged: its table of contents cannot be read."),
        (b"\0\1\2\3\4" * 50, "This is no kind of file that is read here."),
        (b"<?xml version='1.0'?><rss/>", "This is XML, but neither an electronic invoice nor a sheet."),
    ],
    ids=["empty", "pdf", "png", "rar", "docx", "cut-zip", "bytes", "rss"],
)  # fmt: skip
def test_a_bad_file_is_refused_with_a_reason_and_stops_no_other(tmp_path, data, what):
    given(tmp_path, "a.csv", data)
    given(tmp_path, "b.csv", TEXT)

    sources = opened(tmp_path)

    assert [file.path for file in sources.files] == ["b.csv"]
    assert [(refused.path, refused.what) for refused in sources.refused] == [("a.csv", what)]
    assert sources.refused[0].then


def test_an_empty_folder_has_no_file(tmp_path):
    (tmp_path / "in").mkdir()

    sources = opened(tmp_path)

    assert not sources.files
    assert not sources.refused


def test_an_input_that_does_not_exist_is_wrong_use(tmp_path):
    with pytest.raises(WrongUse, match="no such file or folder"):
        open_sources([tmp_path / "nowhere"], tmp_path)


def test_members_of_an_archive_have_paths_of_their_own(tmp_path):
    given(
        tmp_path, "a.zip", a_zip(("一月/1.csv", TEXT), ("2.csv", TEXT), ("__MACOSX/2.csv", b"x"), ("d/", b""))
    )

    sources = opened(tmp_path)
    _, rows = staged(sources.sheets[0], tmp_path)

    assert [file.path for file in sources.files] == ["a.zip/2.csv", "a.zip/一月/1.csv"]
    assert len(rows) == 2


def test_names_that_an_old_packer_wrote_in_gbk_can_be_read(tmp_path):
    inner = "加油明细".encode().ljust(12, b"_").decode()
    given(tmp_path, "a.zip", with_gbk_names(a_zip((f"{inner}.csv", TEXT))))

    assert paths(tmp_path) == ["a.zip/加油明细____.csv"]


def test_archives_are_opened_three_deep_and_no_deeper(tmp_path):
    packed = a_zip(("a.csv", TEXT))
    for _ in range(2):
        packed = a_zip(("n.zip", packed), ("b.csv", TEXT))
    given(tmp_path, "a.zip", packed)
    given(tmp_path, "b.zip", a_zip(("n.zip", packed)))

    sources = opened(tmp_path)

    assert "a.zip/n.zip/n.zip/a.csv" in [file.path for file in sources.files]
    assert [refused.path for refused in sources.refused] == ["b.zip/n.zip/n.zip/n.zip"]


def test_a_zip_bomb_is_refused_whole_and_leaves_nothing(tmp_path):
    given(tmp_path, "a.zip", a_zip(("a.csv", TEXT), ("bomb.csv", b"0" * (40 << 20))))
    given(tmp_path, "b.csv", TEXT)

    sources = opened(tmp_path)

    assert [file.path for file in sources.files] == ["b.csv"]
    assert "a zip bomb" in sources.refused[0].what
    assert not [file for file in (tmp_path / "scratch").rglob("*") if file.is_file()]


@pytest.mark.parametrize("name", ["../../outside.csv", "/outside.csv", "a/../../outside.csv"])
def test_a_member_whose_path_leads_out_is_refused(tmp_path, name):
    given(tmp_path, "a.zip", a_zip((name, TEXT), ("b.csv", TEXT)))

    sources = opened(tmp_path)

    assert [file.path for file in sources.files] == ["a.zip/b.csv"]
    assert sources.refused[0].what == "The file's path leads out of the archive."
    assert not list(tmp_path.rglob("outside.csv"))


def test_a_member_under_a_password_is_refused_alone(tmp_path):
    data = bytearray(a_zip(("locked.csv", TEXT), ("open.csv", TEXT)))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + flags] |= 1
    given(tmp_path, "a.zip", bytes(data))

    sources = opened(tmp_path)

    assert [file.path for file in sources.files] == ["a.zip/open.csv"]
    assert sources.refused[0].what == "The file is protected by a password."


def test_a_damaged_member_is_refused_alone(tmp_path):
    data = a_zip(("a.csv", TEXT), ("b.csv", TEXT), packing=zipfile.ZIP_STORED)
    given(tmp_path, "a.zip", data.replace(a_fill(0)[3].encode(), "清明加油站".encode(), 1))

    sources = opened(tmp_path)

    assert [file.path for file in sources.files] == ["a.zip/b.csv"]
    assert "damaged in the archive" in sources.refused[0].what


def test_a_parquet_file_becomes_text_again(tmp_path):
    columns = [pa.array([a_fill(0)[at], a_fill(1)[at]]) for at in range(4)] + [pa.array([1.5, None])]
    file = given(tmp_path, "a.parquet", b"")
    pq.write_table(pa.table(columns, names=list(HEADER)), file)

    (sheet,) = opened(tmp_path).sheets
    _, rows = staged(sheet, tmp_path, plan(0))

    assert sheet.preview[0] == (0, HEADER)
    assert [(row["row_no"], row["plate"], row["amount"]) for row in rows] == [
        (1, "苏M12345", "1.5"),
        (2, "苏M12345", None),
    ]
