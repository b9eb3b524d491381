"""Builders: a document, and files as people bring them."""

import io
import struct
import zipfile
from datetime import date

from docx import Document
from openpyxl import Workbook
from PIL import Image

from qingfeng.documents.body import read_body
from qingfeng.documents.official import Annex, Official, Proof

BODY = """根据市纪委监委通知要求，现将区城市管理局公务加油卡使用管理有关疑点交你单位办理。
一、督办事项
（一）关于加油记录与车辆轨迹不一致的问题。2026年3月至8月，有12笔加油记录待核。
（二）关于一卡多车的问题。
二、办理要求
1.指定专人负责，查清事实。
（1）调取加油站视频；
（2）核对派车单与行驶记录。
|序号|疑点|涉及金额（元）|
|---|
|1|单次加油超油箱容积|612.00|
|2|节假日连续加油|1,204.50|
"""


def an_official(**changes):
    """Return a supervision notice of the fictional district."""
    parts = {
        "issuer": "中共云水区纪律检查委员会",
        "number": "云纪督〔2026〕17号",
        "title": "关于核查区城市管理局公务加油卡使用管理有关疑点的督办通知",
        "dated": date(2026, 11, 26),
        "to": "区城市管理局党组",
        "body": read_body(BODY),
        "annexes": (
            Annex("疑点清单", read_body("均待核。\n|序号|日期|\n|1|2026年3月1日|")),
            Annex("报告格式"),
        ),
        "copies_to": ("市纪委监委党风政风监督室", "区财政局"),
        "contact": "联系人：许清和",
        "return_qr": "qingfeng:slip/1/9F3KQ2M7XA-1c9f0b2d",
        "proof": Proof("https://house.example/proof/4711", "house.example 4712 9hQ7", "4711"),
    }
    return Official(**parts | changes)


def a_picture(form="PNG", size=(40, 20), *, mode="RGB", **options):
    """Return a picture whose left half is red and right half blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.convert(mode).save(out, form, **options)
    return out.getvalue()


def exif(*, orientation=1, gps=True):
    """Return EXIF with a maker, a time and a place."""
    tags = Image.Exif()
    tags[0x0112], tags[0x010F], tags[0x0132] = orientation, "PHONEMAKER", "2026:03:01 10:00:00"
    if gps:
        tags.get_ifd(0x8825)[1] = "N"
        tags.get_ifd(0x8825)[2] = (31.0, 7.0, 42.0)
    return tags.tobytes()


def a_docx(*paragraphs):
    """Return a Word document."""
    paper = Document()
    for text in paragraphs:
        paper.add_paragraph(text)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def an_xlsx(*rows):
    """Return a workbook of one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_zip(members):
    """Return an archive of name → bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_part(package, name, data):
    """Return a package with one more part, or another in its place."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            if member.filename != name:
                target.writestr(member.filename, source.read(member))
        target.writestr(name, data)
    return out.getvalue()


def an_ofd(*pieces):
    """Return an OFD of one page."""
    codes = "".join(
        f'<ofd:TextObject><ofd:TextCode X="0" Y="5">{piece}</ofd:TextCode></ofd:TextObject>'
        for piece in pieces
    )
    page = f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">{codes}</ofd:Page>'
    return a_zip({"OFD.xml": "<ofd:OFD/>", "Doc_0/Pages/Page_0/Content.xml": page})


def a_compound(streams):
    """Return a compound file (OLE2) of name → bytes, each stream at least 4096 bytes long."""
    sectors, table, entries = [], [], []

    def chain(data):
        first, count = len(sectors), -(-len(data) // 512)
        sectors.extend(data[at * 512 : (at + 1) * 512].ljust(512, b"\0") for at in range(count))
        table.extend([*range(first + 1, first + count), 0xFFFFFFFE])
        return first

    for name, data in streams.items():
        padded = data.ljust(4096, b"\0")
        entries.append((name, 2, chain(padded), len(padded)))
    raw = b""
    for name, kind, start, size in [("Root Entry", 5, 0xFFFFFFFE, 0), *entries]:
        coded = name.encode("utf-16-le") + b"\0\0"
        raw += (
            coded.ljust(64, b"\0") + struct.pack("<HBB3I", len(coded), kind, 1, *[0xFFFFFFFF] * 3) + bytes(36)
        )
        raw += struct.pack("<IQ", start, size)
    directory = chain(raw)
    fat = len(sectors)
    table.append(0xFFFFFFFD)
    sectors.append(struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff"))
    head = (
        bytes.fromhex("d0cf11e0a1b11ae1")
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    head += struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    return head + struct.pack("<I", fat) + b"\xff" * (512 - len(head) - 4) + b"".join(sectors)


def box(kind, *inside):
    """Return a box of an MP4."""
    data = b"".join(inside)
    return struct.pack(">I4s", 8 + len(data), kind) + data
