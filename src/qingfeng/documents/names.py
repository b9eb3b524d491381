"""File names as people bring them, made safe to keep, show and send back."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120  # characters, with the extension
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")
FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(name: str) -> str:
    """Return a file name without path, control, direction and invisible signs, at most 120 characters long.

    Chinese stays as it is. What remains of nothing is "file".
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(
        sign for sign in name if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    )
    name = FORBIDDEN.sub("_", " ".join(name.split())).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    if DEVICES.fullmatch(stem.split(".")[0]):
        stem = f"_{stem}"
    room = LONGEST - len(extension) - 1
    return f"{stem[:room].rstrip() or 'file'}{dot}{extension}" if len(extension) < 12 else f"{name[:LONGEST]}"
