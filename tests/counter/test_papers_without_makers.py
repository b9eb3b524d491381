"""What Word, Excel and PDF write about who made a file and when, in each of the ways of writing it."""

import io
import random
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

from qingfeng.documents.refusal import Refused
from qingfeng.public.counter import in_memory
from qingfeng.public.counter.nameless import nameless

WHO, WHEN, WORDS = "ZhongliXie", "2026-11-03T21:14:07", "Third-section"
W = 'xmlns:w="urn:w" xmlns:w16du="urn:du" xmlns:ns0="urn:ns0"'
FOLDER = f"file:///C:\\Users\\{WHO}\\Desktop\\a.xlsx"
EXTERNAL = '<Relationship Id="rId1" TargetMode="External" Type="urn:externalLinkPath" Target="{}"/>'


def with_parts(made, parts):
    """A package with parts of its own beside what it has."""
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out, "a") as paper:
        for name, said in parts.items():
            paper.writestr(name, said)
    return out.getvalue()


def read(data):
    """All parts of a package in one."""
    with zipfile.ZipFile(io.BytesIO(data)) as paper:
        return b"".join(paper.read(one) for one in paper.infolist()).decode(errors="replace")


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("docx", "word/comments.xml", f"<w:ins {W} w:author='{WHO}' w:date='{WHEN}'>{WORDS}</w:ins>"),
        (
            "docx",
            "word/comments.xml",
            f'<w:r {W} w:author = "{WHO}" w16du:dateUtc="{WHEN}Z">{WORDS}</w:r>',
        ),
        ("docx", "word/comments.xml", f'<ns0:ins {W} ns0:author="{WHO}" ns0:date="{WHEN}">{WORDS}</ns0:ins>'),
        ("docx", "word/commentsExtensible.xml", f'<a w16cex:dateUtc="{WHEN}Z">{WORDS}</a>'),
        ("docx", "word/_rels/settings.xml.rels", f"<a>{WORDS}{EXTERNAL.format(FOLDER)}</a>"),
        ("xlsx", "xl/threadedComments/threadedComment1.xml", f'<c ref="A1" dT="{WHEN}.55">{WORDS}</c>'),
        ("xlsx", "xl/persons/person.xml", f"<a><b displayName='{WHO}' userId='{WHO}'/>{WORDS}</a>"),
        ("xlsx", "xl/comments9.xml", f"<a><x:author>{WHO}</x:author>{WORDS}</a>"),
        ("xlsx", "xl/pivotCache/a.xml", f'<p refreshedBy="{WHO}" refreshedDate="46329.8849">{WORDS}</p>'),
        ("xlsx", "xl/externalLinks/_rels/a.xml.rels", f"<a>{WORDS}{EXTERNAL.format(FOLDER)}</a>"),
        ("xlsx", "xl/externalLinks/_rels/a.xml.rels", f"<a>{WORDS}{EXTERNAL.format('/Users/' + WHO)}</a>"),
    ],
)
def test_a_part_of_a_package_says_its_words_and_neither_who_nor_when(kind, name, said):
    made = Document() if kind == "docx" else Workbook()

    kept = read(nameless(with_parts(made, {name: said}), kind, in_memory._memory))

    assert WORDS in kept
    for gone in (WHO, WHEN, "46329.8849"):
        assert gone not in kept


def test_an_address_in_a_paper_stays():
    link = EXTERNAL.format("https://city.example/a")
    made = with_parts(Document(), {"word/_rels/a.xml.rels": f"<a>{link}</a>"})

    assert link in read(nameless(made, "docx", in_memory._memory))


def named(**said):
    """A dictionary of a PDF."""
    return DictionaryObject({NameObject(f"/{key}"): one for key, one in said.items()})


def a_note(**more):
    """A note at a page that says its words, who wrote it and when."""
    rect = ArrayObject(FloatObject(one) for one in (0, 0, 9, 9))
    said = {"Contents": WORDS, "T": WHO, "M": WHEN, "CreationDate": WHEN}
    texts = {key: TextStringObject(one) for key, one in said.items()}
    return named(Subtype=NameObject("/Text"), Rect=rect, **texts, **more)


def a_pdf(*, notes=(), fields=(), indirect=(), xmp=""):
    """A PDF with notes that stand in the list of its page or in objects of their own."""
    writer, out = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(200, 200)
    page[NameObject("/Annots")] = ArrayObject(
        [*notes, *(writer._add_object(one) for one in (*indirect, *fields))]
    )
    if xmp:
        stream = DecodedStreamObject()
        stream.set_data(xmp.encode())
        writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("way", ["notes", "indirect"])
@pytest.mark.parametrize("more", [{}, {"Type": NameObject("/Annot")}], ids=["no type", "annot"])
def test_a_note_in_a_pdf_keeps_its_words_and_loses_its_writer(way, more):
    made = a_pdf(**{way: [a_note(**more)]})

    kept = nameless(made, "pdf", in_memory._memory)

    (note,) = [one.get_object() for one in PdfReader(io.BytesIO(kept)).pages[0]["/Annots"]]
    assert note["/Contents"] == WORDS
    assert not {"/T", "/M", "/CreationDate"} & set(note)
    assert WHO.encode() in made
    assert WHO.encode() not in kept


def test_a_field_of_a_form_keeps_its_name_and_nothing_of_the_properties_is_left_in_the_file():
    field = a_note(FT=NameObject("/Tx"))
    field[NameObject("/T")] = TextStringObject("field-1")
    made = a_pdf(fields=[field], xmp=f"<dc:creator>{WHO}</dc:creator>")

    kept = nameless(made, "pdf", in_memory._memory)

    (left,) = [one.get_object() for one in PdfReader(io.BytesIO(kept)).pages[0]["/Annots"]]
    assert left["/T"] == "field-1"
    assert WHO.encode() in made
    assert WHO.encode() not in kept


@pytest.mark.parametrize("said", [{"Type": NameObject("/Sig")}, {"ByteRange": ArrayObject()}], ids=str)
def test_a_signed_pdf_is_refused_with_what_to_do_instead(said):
    signature = named(Contents=TextStringObject("certificate"), Name=TextStringObject(WHO), **said)
    field = a_note(FT=NameObject("/Sig"), V=signature)

    with pytest.raises(Refused, match="签名里有签署人的姓名") as refused:
        nameless(a_pdf(fields=[field]), "pdf", in_memory._memory)

    assert refused.value.then


def test_whatever_is_damaged_in_a_pdf_it_is_taken_without_its_makers_or_refused():
    made, ends = a_pdf(notes=[a_note()], indirect=[a_note()], xmp=WHO), {}
    chance = random.Random(64)  # noqa: S311 - the same damage each time
    for _time in range(1500):
        damaged = bytearray(made)
        for _place in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.choice(b"0 9/<>[]()RTx\n\x00\xff")
        try:
            nameless(bytes(damaged), "pdf", in_memory._memory)
            end = "taken"
        except Refused as refused:
            end = type(refused.__cause__).__name__
        ends[end] = ends.get(end, 0) + 1

    assert ends["taken"] > 100
    assert {"AttributeError", "TypeError"} & set(ends)
