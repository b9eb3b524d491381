"""Files as people bring them, and what is said when one is refused."""

import io

import pytest
import xlwt
from a_document import (
    a_compound,
    an_official,
)

from qingfeng.documents.attachments import keep
from qingfeng.documents.body import Paragraph
from qingfeng.documents.refusal import Refused
from qingfeng.documents.rendering import pdf_of


def a_pdf(text="督办单"):
    return pdf_of(an_official(body=(Paragraph(text),), annexes=()))


def an_old_workbook(text="加油明细"):
    book = xlwt.Workbook()
    book.add_sheet("一").write(0, 0, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_word_file(text="督办", *, locked=False, streams=None):
    head = bytearray(b"\xec\xa5" + bytes(510))
    head[11] = locked
    return a_compound({"WordDocument": bytes(head) + text.encode("utf-16-le"), **(streams or {})})


def refused(data, name):
    with pytest.raises(Refused) as refusal:
        keep(data, name)
    return refusal.value


def left_behind(folder):
    return [file for file in folder.rglob("*") if file.is_file()] if folder.exists() else []
