"""Which fonts a document is set in on this machine.

The standard names four faces. Offices own them and may not pass them on, so the house ships none of them: it
looks for a face in a stated order and says what it put in its place.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst

from qingfeng.screening.home import default_home

log = logging.getLogger(__name__)
PACKAGE = Path(__file__).resolve().parents[1]
FACES: dict[str, tuple[str, ...]] = {
    # 小标宋, for the red head and titles
    "title": (
        "FZXiaoBiaoSong-B05S",
        "FZXiaoBiaoSong-B05",
        "方正小标宋简体",
        "方正小标宋_GBK",
        "Source Han Serif SC",
        "Noto Serif SC",
        "Noto Serif CJK SC",
        "SimSun",
    ),
    # 仿宋, for the text
    "text": (
        "FangSong_GB2312",
        "仿宋_GB2312",
        "FangSong",
        "仿宋",
        "STFangsong",
        "Source Han Serif SC",
        "Noto Serif SC",
        "Noto Serif CJK SC",
        "SimSun",
    ),
    # 楷体, for headings of the second level and the name of who signs
    "kai": (
        "KaiTi_GB2312",
        "楷体_GB2312",
        "KaiTi",
        "楷体",
        "STKaiti",
        "LXGW WenKai",
        "Source Han Serif SC",
        "Noto Serif SC",
        "Noto Serif CJK SC",
        "SimSun",
    ),
    # 黑体, for headings of the first level
    "hei": (
        "SimHei",
        "黑体",
        "STHeiti",
        "Source Han Sans SC",
        "Noto Sans SC",
        "Noto Sans CJK SC",
        "Source Han Serif SC",
        "Noto Serif SC",
        "Noto Serif CJK SC",
    ),
    # 宋体, for page numbers
    "song": ("SimSun", "宋体", "STSong", "Source Han Serif SC", "Noto Serif SC", "Noto Serif CJK SC"),
}
RIGHT = {
    "title": 4,
    "text": 5,
    "kai": 5,
    "hei": 3,
    "song": 3,
}  # how many of a list are the standard's own face
LAST = "Libertinus Serif"  # comes with the typesetter; it has no Chinese signs


@dataclass(frozen=True)
class FontSet:
    """The faces a document is set in.

    Attributes:
        families: For each role of `FACES`, the families to try, the first of which exists.
        substitutes: For each role whose face of the standard is not there, what stands in; empty: nothing
            does, and Chinese signs show as boxes.
        fonts: The typesetter's own object.
    """

    families: dict[str, list[str]]
    substitutes: dict[str, str]
    fonts: typst.Fonts


def folders() -> list[Path]:
    """Return where fonts are looked for besides the machine's own, in order.

    The district's own folder `fonts` in the home, what the front end's build put beside the pages, and the
    package that `make env` fetched.
    """
    places = (
        default_home().absolute() / "fonts",
        PACKAGE / "look" / "built" / "fonts",
        PACKAGE.parents[1] / "frontend" / "node_modules" / "@expo-google-fonts" / "noto-serif-sc",
    )
    return [place for place in places if place.is_dir()]


def font_set() -> FontSet:
    """Return the fonts of this machine; read once for a process and set of folders."""
    return _font_set(tuple(folders()))


@lru_cache(maxsize=4)
def _font_set(places: tuple[Path, ...]) -> FontSet:
    fonts = typst.Fonts(font_paths=[str(place) for place in places])
    there = set(fonts.families())
    families, substitutes = {}, {}
    for role, names in FACES.items():
        families[role] = [name for name in names if name in there]
        if not families[role] or names.index(families[role][0]) >= RIGHT[role]:
            substitutes[role] = families[role][0] if families[role] else ""
        families[role].append(LAST)
    if "" in substitutes.values():
        log.warning("No Chinese font on this machine: documents show boxes. Put one into HOME/fonts.")
    return FontSet(families, substitutes, fonts)
