"""What is passed on: the QR code of the one address, and the picture that a share card shows."""

from __future__ import annotations

import hashlib
import io
import json
import secrets
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings

from qingfeng.culture.content import in_language
from qingfeng.culture.models import BaseMap, Publication
from qingfeng.culture.storing import place_of
from qingfeng.documents.fonts import font_set

LAYOUT = Path(__file__).with_name("card.typ")


def qr_svg(text: str) -> bytes:
    """Return a QR code as SVG with a quiet edge."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=3, scale=8, light="#ffffff", dark="#16393c"
    )
    return out.getvalue()


def card_png(row: Publication, language: str, address: str) -> bytes:
    """Return the share card of a publication: picture, name, abstract, QR code; kept under what it shows.

    Args:
        row: That is live, with its version.
        language: `zh` or `en`.
        address: What the QR code says.
    """
    key = hashlib.sha256(f"{row.version.sha256} {language} {address}".encode()).hexdigest()
    kept = Path(settings.HOME) / "culture" / "cards" / f"{key}.png"
    if kept.exists():
        return kept.read_bytes()
    content, sheet = row.version.content, BaseMap.objects.first()
    picture = content["media"][0] if content["media"] else None
    said = {
        "name": in_language(content["name"], language),
        "abstract": in_language(content["abstract"], language),
        "foot": f"{sheet.area_zh if sheet else ''}清廉地图" if language == "zh" else "Integrity map",
    }
    inputs = {"said": json.dumps(said, ensure_ascii=False), "faces": json.dumps(font_set().families["hei"])}
    files: Any = {"main.typ": LAYOUT.read_bytes(), "qr.svg": qr_svg(address)}
    if picture:
        files[f"picture.{picture['form']}"] = place_of(picture["digest"], picture["form"]).read_bytes()
        inputs["picture"] = f"picture.{picture['form']}"
    data = typst.Compiler(files, font_paths=font_set().fonts, sys_inputs=inputs).compile(format="png", ppi=72)
    assert isinstance(data, bytes), "one page"
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(f".{secrets.token_hex(4)}.new")  # two may be the first who ask
    beside.write_bytes(data)
    beside.replace(kept)
    return data
