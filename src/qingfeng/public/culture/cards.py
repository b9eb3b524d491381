"""What is passed on: the QR code of the one address, and the picture that a share card shows."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from PIL import Image

from qingfeng.culture.bilingual import in_language
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


@dataclass(frozen=True)
class Face:
    """What a card shows: a picture (None where there is none) with its form, and three texts."""

    name: str
    abstract: str
    foot: str
    picture: bytes | None
    form: str


def card_png(row: Publication, language: str, address: str) -> bytes:
    """Return the share card of a place or route: picture, name, abstract, QR code.

    Args:
        row: That is live, with its version.
        language: `zh` or `en`.
        address: What the QR code says.
    """
    content, sheet = row.version.content, BaseMap.objects.first()
    picture = content["media"][0] if content["media"] else None
    foot = f"{sheet.area_zh if sheet else ''}清廉地图" if language == "zh" else "Integrity map"
    face = Face(
        in_language(content["name"], language),
        in_language(content["abstract"], language),
        foot,
        picture=place_of(picture["digest"], picture["form"]).read_bytes() if picture else None,
        form=picture["form"] if picture else "",
    )
    return drawn(face, address=address)


def drawn(face: Face, *, address: str) -> bytes:
    """Return a card as PNG, 1,200 by 630; drawn once and kept under what it shows."""
    shown = [face.name, face.abstract, face.foot, address, hashlib.sha256(face.picture or b"").hexdigest()]
    key = hashlib.sha256("\n".join(shown).encode()).hexdigest()
    kept = Path(settings.HOME) / "culture" / "cards" / f"{key}.png"
    if kept.exists():
        return kept.read_bytes()
    said = {"name": face.name, "abstract": face.abstract, "foot": face.foot}
    inputs = {"said": json.dumps(said, ensure_ascii=False), "faces": json.dumps(font_set().families["hei"])}
    files: Any = {"main.typ": LAYOUT.read_bytes(), "qr.svg": qr_svg(address)}
    if face.picture:
        files["picture.svg"] = face.picture if face.form == "svg" else _in_svg(face.picture)
        inputs["picture"] = "picture.svg"
    data = typst.Compiler(files, font_paths=font_set().fonts, sys_inputs=inputs).compile(format="png", ppi=72)
    assert isinstance(data, bytes), "one page"
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(f".{secrets.token_hex(4)}.new")  # two may be the first who ask
    beside.write_bytes(data)
    beside.replace(kept)
    return data


def _in_svg(picture: bytes) -> bytes:
    """Return a picture inside a drawing: what the typesetter is handed in memory is text."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as held:
        width, height = held.size
        held.convert("RGB").save(out, "JPEG", quality=88)
    data = base64.b64encode(out.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/></svg>'
    ).encode()
