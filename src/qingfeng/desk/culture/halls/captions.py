"""Captions (WebVTT): whether every one of them has a time, in order, and words."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from qingfeng.culture.storing import CannotKeep

TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
CUE = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?")
NOTES = ("NOTE", "STYLE", "REGION")


def check_captions(data: bytes) -> None:
    """Refuse captions of which a player would leave some out.

    Raises:
        CannotKeep: With the line, counted from 1.
    """
    try:
        lines = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise CannotKeep(_("Captions are WebVTT in UTF-8.")) from error
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise CannotKeep(_("Captions are WebVTT: the first line says WEBVTT."))
    last, count = 0.0, 0
    for no, block in _blocks(lines):
        if block[0].startswith(NOTES):
            continue
        at = next((place for place, line in enumerate(block[:2]) if "-->" in line), None)
        found = CUE.fullmatch(block[at].strip()) if at is not None else None
        if at is None or found is None:
            raise CannotKeep(_("Line %(no)d: a caption has a time, as 00:01.000 --> 00:04.000.") % {"no": no})
        begins, ends = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
        if ends <= begins or begins < last:
            raise CannotKeep(
                _("Line %(no)d: this caption ends before it begins, or is out of order.") % {"no": no}
            )
        if not any(line.strip() for line in block[at + 1 :]):
            raise CannotKeep(_("Line %(no)d: this caption has no words.") % {"no": no})
        last, count = begins, count + 1
    if not count:
        raise CannotKeep(_("There is no caption in this file."))


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Return the blocks after the head, each with the number of its first line."""
    found: list[tuple[int, list[str]]] = []
    is_open, is_head = False, True
    for no, line in enumerate(lines, 1):
        if not line.strip():
            is_open, is_head = False, False
        elif is_head:
            continue
        elif is_open:
            found[-1][1].append(line)
        else:
            found.append((no, [line]))
            is_open = True
    return found


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(one or 0) for one in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
