"""A scanned sheet: the smallest PDF that a reader opens."""

from io import BytesIO

from pypdf import PdfWriter


def _paper():
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()


PAPER = _paper()
