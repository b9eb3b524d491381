"""A drawing (SVG) of another office: kept as it is where it only draws, refused where it could do more."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from qingfeng.culture.storing import CannotKeep, keep

LARGEST = 2 * 1024**2
_NS = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    {"svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
     "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern"}
)  # fmt: skip
ATTRIBUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
REACHES = re.compile(r"(?i)url\s*\(\s*(?!['\"]?#)|@import|javascript:|expression|image-set\s*\(|\\")
ASPECT = re.compile(
    r"\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([0-9]{1,6}(?:\.[0-9]*)?)[\s,]+([0-9]{1,6}(?:\.[0-9]*)?)\s*"
)


def keep_drawing(data: bytes) -> tuple[str, tuple[int, int] | None]:
    """Keep a drawing; return its hash and size where it says one.

    Raises:
        CannotKeep: If it is none, or has scripts, links, styles or pictures from elsewhere.
    """
    if len(data) > LARGEST:
        raise CannotKeep(_("The drawing has more than 2 MB: make it smaller."))
    root = _read(data)
    if not all(_only_draws(one) for one in root.iter()):
        raise CannotKeep(_("The drawing does more than draw (scripts, links, styles): save it as PNG."))
    said = ASPECT.fullmatch(root.get("viewBox", ""))
    size = (round(float(said[1])), round(float(said[2]))) if said else None
    return keep(data, "svg"), size if size and min(size) > 0 and max(size) < 32_768 else None


def _read(data: bytes) -> ET.Element:
    try:
        text = data.decode("utf-8-sig")
        declared = re.match(r"<\?xml[^>]*encoding=['\"]([^'\"]*)", text)
        plain = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
        if "<!" in plain or "<?" in plain or (declared and declared[1].lower() != "utf-8"):
            raise ValueError  # noqa: TRY301 - told as what is no drawing: entities, instructions
        root = ET.fromstring(plain)  # noqa: S314 - without entities and document types nothing can unfold
    except (ValueError, ET.ParseError) as error:
        raise CannotKeep(_("This is no drawing that can be read: save it as PNG.")) from error
    if root.tag != f"{_NS}svg":
        raise CannotKeep(_("This is no drawing that can be read: save it as PNG."))
    return root


def _only_draws(one: ET.Element) -> bool:
    is_known = one.tag.startswith(_NS) and one.tag.removeprefix(_NS) in ELEMENTS
    return is_known and all(
        ATTRIBUTE.fullmatch(name) and not name.lower().startswith("on") and name.lower() != "href"
        and not REACHES.search(value)
        for name, value in one.attrib.items()
    )  # fmt: skip
