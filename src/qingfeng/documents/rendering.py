"""A document as PDF, typeset in the layout of GB/T 9704-2012.

The same document, fonts and typesetter give the same bytes: dates inside the file are the day of signing, and
nothing else in it depends on when or where it was made.

Law:
    GB/T 9704-2012
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from importlib.metadata import version
from itertools import repeat
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import segno
import typst

from qingfeng.documents.body import Table, lines_of
from qingfeng.documents.fonts import FontSet, font_set
from qingfeng.documents.official import Official, as_json, chinese_date

LAYOUT = Path(__file__).with_name("official.typ")
RETURN_LINE = "签收、用印后扫码回传"
HERE = ZoneInfo("Asia/Shanghai")
AMOUNT = re.compile(r"[-−]?[\d,]+(\.\d+)?")
# Points from line to line, empty lines over the signature, and whether the last block goes with it, as tried.
STEPS = (
    (28.95, 2, False),
    (28.95, 1, False),
    (28.0, 1, False),
    (28.95, 2, True),
    (27.4, 1, False),
    (30.0, 2, False),
    (31.2, 2, False),
    (32.4, 2, False),
    (33.6, 2, False),
)
TOGETHER = 90  # signs of a last paragraph that may go to the next page as a whole
MODULE_MM = 0.33  # of a QR code on paper
SHORT = 9  # signs of a cell that may stand in the middle of its column
TITLE_SIGNS = 19  # of 22 pt that stand beside each other within 156 mm, with some air


class CannotSet(Exception):  # noqa: N818 - says what happened
    """The typesetter gave up; the message says where and what."""


def pdf_of(official: Official, *, fonts: FontSet | None = None) -> bytes:
    """Return the document as PDF.

    Args:
        official: What it says.
        fonts: What it is set in; the fonts of this machine if None.

    Raises:
        CannotSet: If the typesetter gives up. No text can cause it: texts are data, not markup.
    """
    fonts = fonts or font_set()
    try:
        trials = [*_spacings(official, fonts)]
        chosen = next((trial for trial in map(_compiler, trials, repeat(fonts)) if _holds(trial)), None)
        data = (chosen or _compiler(trials[0], fonts)).compile(
            format="pdf", timestamp=_midnight(official.dated)
        )
    except typst.TypstError as error:
        raise CannotSet(f"{official.number or official.title} could not be typeset: {error}") from error
    assert isinstance(data, bytes), "one PDF, and not a picture a page"
    return data


def set_plainly(
    layout: Path, said: Mapping[str, Any], *, dated: date, name: str, fonts: FontSet | None = None
) -> bytes:
    """Return a working paper, which has no red head and no signature to keep together, as PDF.

    Args:
        layout: The Typst file, beside which nothing else is read.
        said: What the layout is given.
        dated: The day that stands inside the file.
        name: What it is called where it cannot be set.
        fonts: What it is set in; the fonts of this machine if None.

    Raises:
        CannotSet: If the typesetter gives up. No text can cause it: texts are data, not markup.
    """
    fonts = fonts or font_set()
    inputs = {
        "document": json.dumps(said, ensure_ascii=False),
        "faces": json.dumps(fonts.families, ensure_ascii=False),
    }
    try:
        data = _compiler(inputs, fonts, layout).compile(format="pdf", timestamp=_midnight(dated))
    except typst.TypstError as error:
        raise CannotSet(f"{name} could not be typeset: {error}") from error
    assert isinstance(data, bytes), "one PDF, and not a picture a page"
    return data


def _midnight(dated: date) -> int:
    return int(datetime.combine(dated, time(), HERE).timestamp())


def made_with(fonts: FontSet | None = None) -> dict[str, str]:
    """Return what the bytes of a PDF depend on besides the document: typesetter and faces."""
    fonts = fonts or font_set()
    return {"typst": version("typst"), **{role: names[0] for role, names in fonts.families.items()}}


def setting(official: Official, fonts: FontSet) -> dict[str, Any]:
    """Return the document as the layout takes it: everything worked out that is not a matter of measure."""
    stored = as_json(official)
    for block in [*stored["body"], *(block for annex in stored["annexes"] for block in annex["body"])]:
        if block["kind"] == "table":
            table = Table(tuple(block["head"]), tuple(tuple(row) for row in block["rows"]))
            block |= {"widths": widths(table), "sides": sides(table)}
    proof = official.proof
    return stored | {
        "title": official.title.replace("\n", ""),
        "day": [official.dated.year, official.dated.month, official.dated.day],
        "dated_text": chinese_date(official.dated),
        "head": official.red_head,
        "signature": official.signature or official.issuer,
        "title_lines": title_lines(official.title),
        "copies": copies_line(official),
        "printed_by": official.printed_by or official.issuer,
        "printed_text": f"{chinese_date(official.printed_on or official.dated)}印发",
        "heavy": "black" if "title" in fonts.substitutes else "regular",
        "bold": ["hei"] if "Serif" in fonts.families["hei"][0] else [],
        "proof_qr": qr_svg(proof.qr) if proof else "",
        "proof_mm": qr_mm(proof.qr) if proof else 0,
        "proof_lines": proof_lines(official),
        "return_svg": qr_svg(official.return_qr),
        "return_mm": qr_mm(official.return_qr),
        "return_line": RETURN_LINE,
    }


def copies_line(official: Official) -> str:
    """Return whom copies go to as the imprint says it, with a full stop; empty for nobody."""
    return f"{'，'.join(official.copies_to)}。" if official.copies_to else ""


def proof_lines(official: Official) -> list[str]:
    """Return the lines that say how the entry can be checked; none without a proof."""
    proof = official.proof
    if not proof:
        return []
    lines = ["本件已载入工作日志，可扫码核验。" if proof.qr else "本件已载入工作日志，可凭序号核验。"]
    if proof.entry:
        lines.append(f"日志序号：{proof.entry}")
    if proof.checkpoint:
        first, *rest = proof.checkpoint.strip().splitlines()
        lines += [f"检查点：{first}", *(line for line in rest if line.strip())]
    return lines


def title_lines(title: str) -> list[str]:
    """Return a title broken into lines of about equal length, the longest first, as the standard likes it."""
    if "\n" in title:
        return [line.strip() for line in title.splitlines() if line.strip()]
    count = -(-len(title) // TITLE_SIGNS)
    lines, rest = [], title
    while count > 1 and rest:
        at = _break(rest, -(-len(rest) // count))
        lines.append(rest[:at])
        rest, count = rest[at:], count - 1
    return [*lines, rest] if rest else lines


def widths(table: Table) -> list[int]:
    """Return how wide the columns are against each other: by their longest cell, between 4 and 24 signs."""
    columns = zip(table.head, *table.rows, strict=True)
    return [min(24, max(4, *(_wide(cell) for cell in column), 4)) for column in columns]


def sides(table: Table) -> list[str]:
    """Return where the cells of each column stand: numbers right, short words centred, sentences left."""
    said = []
    for column in zip(*table.rows, strict=True) if table.rows else [()] * len(table.head):
        cells = [cell for cell in column if cell]
        if cells and all(AMOUNT.fullmatch(cell) for cell in cells):
            said.append("right" if any("." in cell or "," in cell for cell in cells) else "center")
        else:
            said.append("left" if any(_wide(cell) > SHORT for cell in cells) else "center")
    return said


def qr_code(text: str) -> segno.QRCode:
    """Return the QR code of a text, with the error correction of a paper that is stamped on."""
    return segno.make(text, error="m", micro=False)


def qr_svg(text: str) -> str:
    """Return a QR code as SVG; empty for no text."""
    if not text:
        return ""
    out = io.BytesIO()
    qr_code(text).save(out, kind="svg", xmldecl=False, svgns=True, border=1)
    return out.getvalue().decode()


def qr_mm(text: str) -> int:
    """Return how wide a code is printed, in mm: at least 24, with modules that an office scanner can read."""
    return max(24, round(qr_code(text).symbol_size(border=1)[0] * MODULE_MM)) if text else 0


def _break(text: str, at: int) -> int:
    """Return where to break near `at`: after a mark or before a joining word, never before a mark."""
    for offset in (0, 1, -1, 2, -2, 3, -3):
        place = at + offset
        if 0 < place < min(len(text), TITLE_SIGNS + 1) and (
            text[place - 1] in "、，；的和》" or text[place] in "《（"
        ):
            return place
    return min(at, TITLE_SIGNS)


def _wide(cell: str) -> int:
    return (
        max(
            (
                sum(2 if unicodedata.east_asian_width(s) in "WFA" else 1 for s in line)
                for line in cell.splitlines()
            ),
            default=0,
        )
        // 2
        + 1
    )


def _spacings(official: Official, fonts: FontSet) -> Iterator[dict[str, str]]:
    """Yield what the layout is given: with the pitch of lines that the standard names, then with others.

    A signature may not stand alone on a page; where it would, the standard lets the pitch be changed.
    """
    said = setting(official, fonts)
    faces = json.dumps(fonts.families, ensure_ascii=False)
    short = sum(map(len, lines_of(official.body[-1:]))) <= TOGETHER
    for step, gap, together in STEPS:
        if short or not together:
            tried = said | {"step": step, "gap": gap, "together": together}
            yield {"document": json.dumps(tried, ensure_ascii=False), "faces": faces}


def _compiler(inputs: dict[str, str], fonts: FontSet, layout: Path = LAYOUT) -> typst.Compiler:
    return typst.Compiler(str(layout), root=str(layout.parent), font_paths=fonts.fonts, sys_inputs=inputs)


def _holds(compiler: typst.Compiler) -> bool:
    """Return whether the signature stands on the page on which the text ends, or there is no text."""
    ends, signed = (
        json.loads(compiler.query(f"<{name}>", field="value")) for name in ("body-end", "signature")
    )
    return not ends or ends[:1] == signed[:1]
