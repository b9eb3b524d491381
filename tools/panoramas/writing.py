"""What is written and painted in the hall: boards, scrolls, panels, an open account book; drawn with Pillow.

Characters are those of LXGW WenKai (a brush hand, SIL OFL) and Noto Serif CJK (SIL OFL).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Colour = tuple[int, int, int]
PAPER, INK, SEAL, GOLD, NIGHT = (236, 226, 202), (34, 30, 27), (168, 44, 34), (226, 178, 84), (14, 40, 42)
HANDS = {
    "brush": ("LXGWWenKai-Bold.ttf", 0),
    "thin": ("LXGWWenKai-Regular.ttf", 0),
    "serif": ("NotoSerifCJK-Bold.ttc", 2),
}
FOLDERS = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]


@lru_cache(maxsize=64)
def hand(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a hand in a size.

    Raises:
        FileNotFoundError: If its font is not installed; the README names the packages.
    """
    file, index = HANDS[name]
    for folder in FOLDERS:
        for found in sorted(folder.rglob(file)):
            return ImageFont.truetype(str(found), size, index=index)
    raise FileNotFoundError(f"{file}: install the fonts that the README names, or give --fonts.")


def cloud(wide: int, high: int, seed: int, *, cell: int = 64) -> np.ndarray:
    """Return soft spots from 0 to 1."""
    draw, total = np.random.default_rng(seed), np.zeros((high, wide))
    for octave in range(4):
        size = max(2, cell >> octave)
        small = Image.fromarray((draw.random((high // size + 2, wide // size + 2)) * 255).astype(np.uint8))
        total += np.asarray(small.resize((wide, high), Image.Resampling.BICUBIC), float) / 255 / 2**octave
    return total / 1.875


def sheet(wide: int, high: int, seed: int, colour: Colour = PAPER) -> Image.Image:
    """Return a sheet of paper, or a board, of a colour."""
    spots = (
        cloud(wide, high, seed, cell=160)[..., None] * 0.10
        + cloud(wide, high, seed + 1, cell=6)[..., None] * 0.05
    )
    return Image.fromarray(np.clip(np.array(colour) * (0.93 + spots - 0.03), 0, 255).astype(np.uint8))


def down(
    page: Image.Image,
    text: str,
    at: tuple[float, float],
    size: int,
    *,
    colour: Colour = INK,
    name: str = "brush",
    step: float = 1.12,
) -> float:
    """Write a column downwards, its middle at x, its head at y; return where it ends."""
    pen, (x, y) = ImageDraw.Draw(page), at
    for sign in text:
        pen.text((x, y + size / 2), sign, colour, font=hand(name, size), anchor="mm")
        y += size * step
    return y


def columns(
    page: Image.Image,
    lines: Sequence[str],
    right: tuple[float, float],
    size: int,
    *,
    gap: float = 1.55,
    colour: Colour = INK,
    name: str = "thin",
) -> None:
    """Write columns from the right to the left."""
    for no, line in enumerate(lines):
        down(page, line, (right[0] - no * size * gap, right[1]), size, colour=colour, name=name)


def seal(page: Image.Image, text: str, at: tuple[int, int], size: int) -> None:
    """Press a square seal of two or four signs."""
    pen, (x, y) = ImageDraw.Draw(page), at
    pen.rounded_rectangle((x, y, x + size, y + size), size // 9, SEAL)
    half = size / 2
    places = (
        [(0.5, 0.27), (0.5, 0.73)]
        if len(text) == 2
        else [(0.74, 0.27), (0.74, 0.73), (0.26, 0.27), (0.26, 0.73)]
    )
    for sign, (px, py) in zip(text, places, strict=True):
        pen.text(
            (x + px * size, y + py * size),
            sign,
            (246, 232, 212),
            font=hand("serif", int(half * 0.82)),
            anchor="mm",
        )


def hills(wide: int, high: int, seed: int, *, layers: int = 5, colour: Colour = PAPER) -> Image.Image:
    """Return a landscape in ink: ridges behind ridges, mist between them, water below."""
    draw = np.random.default_rng(seed)
    page = np.asarray(sheet(wide, high, seed, colour), float)
    rows = np.arange(high)[:, None]
    x = np.linspace(0, 1, wide)
    for no in range(layers):
        base = high * (0.34 + 0.42 * no / layers)
        ridge = sum(
            draw.uniform(0.4, 1) / k * np.sin(2 * np.pi * (k * x * draw.uniform(0.8, 1.4) + draw.random()))
            for k in (1, 2, 3, 5, 9, 17)
        )
        top = base - high * (0.13 - 0.012 * no) * ridge
        depth = rows - top
        wash = np.where(depth > 0, np.exp(-np.maximum(depth, 0) / (high * (0.09 + 0.02 * no))), 0)
        stroke = cloud(wide, high, seed + 7 * no, cell=40)
        dark = wash * (0.22 + 0.12 * no) * (0.55 + 0.9 * stroke)
        tint = np.array([46, 62, 62]) if no < layers - 2 else np.array([30, 36, 34])
        page = page * (1 - dark[..., None]) + tint * dark[..., None]
    shore = int(high * 0.80)
    ripple = (np.sin(rows * 0.55 + 6 * cloud(wide, high, seed + 99, cell=120)) > 0.93) & (rows > shore)
    page[ripple] = page[ripple] * 0.9 + np.array([60, 80, 80]) * 0.1
    return Image.fromarray(np.clip(page, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))


def boat(page: Image.Image, at: tuple[int, int], size: int) -> None:
    """Paint a small boat with its boatman."""
    pen, (x, y), s = ImageDraw.Draw(page), at, size
    pen.polygon(
        [(x - s, y), (x + s, y - s * 0.06), (x + s * 0.7, y + s * 0.22), (x - s * 0.65, y + s * 0.24)], INK
    )
    pen.chord((x - s * 0.5, y - s * 0.38, x + s * 0.35, y + s * 0.36), 180, 360, (70, 62, 52))
    pen.line((x + s * 0.62, y - s * 0.66, x + s * 0.62, y), INK, max(2, s // 10))
    pen.ellipse((x + s * 0.53, y - s * 0.86, x + s * 0.72, y - s * 0.66), INK)
    pen.line((x + s * 0.45, y - s * 1.0, x + s * 1.05, y + s * 0.3), INK, max(2, s // 22))


def _plaque() -> Image.Image:
    page = sheet(1600, 560, 3, (30, 17, 13))
    pen = ImageDraw.Draw(page)
    pen.rectangle((18, 18, 1581, 541), outline=(150, 108, 48), width=9)
    for no, sign in enumerate("清晖堂"):
        pen.text((330 + no * 470, 280), sign, GOLD, font=hand("brush", 380), anchor="mm")
    seal(page, "云水", (1478, 410), 84)
    return page


def _couplet(text: str, seed: int) -> Callable[[], Image.Image]:
    def made() -> Image.Image:
        page = sheet(340, 1900, seed, (36, 20, 14))
        ImageDraw.Draw(page).rectangle((12, 12, 327, 1887), outline=(140, 100, 46), width=6)
        down(page, text, (170, 90), 224, colour=GOLD, step=1.12)
        return page

    return made


def _scroll() -> Image.Image:
    page = hills(1000, 1700, 41)
    boat(page, (430, 1460), 70)
    columns(page, ["水至清处见山影", "人至公时闻民声"], (880, 110), 62, gap=1.5, name="brush")
    seal(page, "清晖", (745, 640), 70)
    framed = Image.new("RGB", (1240, 2240), (92, 84, 62))
    framed.paste(sheet(1240, 2240, 5, (150, 138, 106)), (0, 0))
    framed.paste(page, (120, 300))
    return framed


def _preface() -> Image.Image:
    page = sheet(1500, 1500, 8)
    pen = ImageDraw.Draw(page)
    pen.rectangle((36, 36, 1463, 1463), outline=(128, 104, 72), width=5)
    down(page, "前言", (1330, 150), 150)
    lines = [
        "云水因水得名",
        "水往低处去",
        "账往明处摆",
        "四姓人家的家训",
        "一口人人可汲的井",
        "一间灯下核账的斋",
        "一面照见自己的镜",
        "都在这座院子里",
        "请慢慢走",
    ]
    columns(page, lines, (1130, 170), 104, gap=1.22, name="brush")
    seal(page, "云水清晖", (120, 1250), 120)
    return page


def _waters() -> Image.Image:
    """The three rivers of the district as an old map shows them."""
    page = hills(1500, 1500, 12, layers=4, colour=(228, 218, 190))
    page = Image.blend(page, sheet(1500, 1500, 12, (228, 218, 190)), 0.55)
    pen = ImageDraw.Draw(page)
    x = np.linspace(40, 1460, 200)
    for base, swing, width, seed in ((420, 120, 36, 1), (820, 150, 54, 2), (1180, 90, 30, 3)):
        y = base + swing * np.sin(x / 260 + seed) + 34 * np.sin(x / 90 + 2 * seed)
        pen.line(list(zip(x, y, strict=True)), (122, 164, 160), width, joint="curve")
        pen.line(list(zip(x, y - width / 2, strict=True)), (70, 104, 102), 4, joint="curve")
    pen.ellipse((900, 560, 1280, 820), (122, 164, 160), (70, 104, 102), 4)
    for text, at, size in (
        ("云水图", (170, 150), 120),
        ("望湖", (1040, 640), 84),
        ("南渡", (420, 900), 66),
        ("柳溪", (560, 330), 66),
        ("白鹭", (1180, 1050), 66),
    ):
        down(page, text, at, size)
    seal(page, "云水", (1330, 1330), 100)
    pen.rectangle((30, 30, 1469, 1469), outline=(110, 92, 64), width=6)
    return page


PRECEPTS = (
    ("灯油自备", "沈氏", ["沈家子弟在公房读书", "灯油从家里带", "公家的灯照公家的字"], 51),
    ("空椅在侧", "程氏", ["七把椅子议事", "一把总是空着", "留给不在场的人"], 52),
    ("渡人不取", "南渡船户", ["渡人过河不收钱", "修船的账贴在柳树上", "人人都可以看"], 53),
    ("一株为谢", "杏花医家", ["治好了病不收礼", "只收一株杏苗", "三十年成了一片林"], 54),
)


def _precept(no: int) -> Callable[[], Image.Image]:
    words, whose, told, seed = PRECEPTS[no]

    def made() -> Image.Image:
        page = sheet(1240, 1500, seed)
        low = hills(1240, 620, seed, layers=4)
        fade = np.linspace(0, 1, 620)[:, None, None].clip(0, 0.35) / 0.35
        foot = np.asarray(page.crop((0, 880, 1240, 1500)), float)
        page.paste(
            Image.fromarray((foot * (1 - fade) + np.asarray(low, float) * fade).astype(np.uint8)), (0, 880)
        )
        columns(page, [words[:2], words[2:]], (960, 130), 330, gap=1.12, name="brush")
        down(page, whose, (350, 150), 78)
        columns(page, told, (250, 150), 58, gap=1.4)
        seal(page, "家训", (318, 560), 66)
        ImageDraw.Draw(page).rectangle((26, 26, 1213, 1473), outline=(128, 104, 72), width=4)
        return page

    return made


def _handscroll() -> Image.Image:
    page = hills(2600, 900, 77, layers=6)
    columns(page, ["家训如水", "代代相传"], (2420, 100), 130, gap=1.25, name="brush")
    boat(page, (900, 760), 60)
    seal(page, "云水", (2130, 560), 80)
    return page


def _stele() -> Image.Image:
    page = sheet(800, 1500, 21, (104, 104, 97))
    for shift, colour in ((3, (150, 150, 142)), (0, (38, 38, 35))):
        down(page, "清泉铭", (400 + shift, 90 + shift), 150, colour=colour, name="serif")
        columns(
            page,
            ["井水不分东家西家", "取一瓢留一瓢", "桶要还绳要系好"],
            (620 + shift, 640 + shift),
            84,
            gap=2.1,
            colour=colour,
            name="serif",
        )
    return page


def _motto() -> Image.Image:
    page = sheet(1600, 480, 31)
    for no, sign in enumerate("账清心明"):
        ImageDraw.Draw(page).text((260 + no * 350, 240), sign, INK, font=hand("brush", 300), anchor="mm")
    seal(page, "明斋", (1490, 350), 70)
    return page


def _ledger() -> Image.Image:
    page = sheet(1400, 900, 34, (232, 222, 196))
    pen = ImageDraw.Draw(page)
    rows = [
        "春修堤工料",
        "木桩四十根",
        "石灰三担",
        "工食二十日",
        "余银交回",
        "经手 复核",
        "张榜三日",
        "无人有异议",
        "结",
    ]
    for side, left in ((1, 720), (0, 40)):
        for no in range(10):
            pen.line((left + no * 64, 60, left + no * 64, 840), (176, 70, 52), 3)
        pen.rectangle((left, 60, left + 640 - 64, 840), outline=(176, 70, 52), width=5)
        columns(page, rows[:9] if side else rows[::-1], (left + 64 * 8.5, 90), 44, gap=64 / 44)
    pen.line((700, 0, 700, 900), (150, 138, 110), 6)
    return page


def _night_words() -> Image.Image:
    page = Image.new("RGB", (2600, 560), (5, 17, 18))
    pen = ImageDraw.Draw(page)
    for no, line in enumerate(("照见衣冠  照见人心", "镜  鉴  室")):
        pen.text(
            (1300, 190 + no * 230), line, (250, 232, 196), font=hand("brush", 190 - no * 70), anchor="mm"
        )
    return page


def _label(text: str, english: str) -> Callable[[], Image.Image]:
    def made() -> Image.Image:
        page = Image.new("RGB", (640, 240), (236, 230, 214))
        pen = ImageDraw.Draw(page)
        pen.text((320, 84), text, INK, font=hand("brush", 88), anchor="mm")
        pen.text((320, 180), english, (90, 84, 74), font=hand("thin", 46), anchor="mm")
        return page

    return made


PAGES: dict[str, Callable[[], Image.Image]] = {
    "plaque": _plaque,
    "couplet_right": _couplet("一泓清水照来者", 61),
    "couplet_left": _couplet("数页明账示后人", 62),
    "scroll": _scroll,
    "preface": _preface,
    "waters": _waters,
    **{f"precept_{no + 1}": _precept(no) for no in range(4)},
    "handscroll": _handscroll,
    "stele": _stele,
    "motto": _motto,
    "ledger": _ledger,
    "night_words": _night_words,
    "label_scales": _label("公平秤", "The fair scales"),
    "label_measure": _label("平口斗", "The level measure"),
    "label_gift": _label("退回的茶盒", "The box sent back"),
    "label_keys": _label("三把钥匙", "Three keys"),
}


def write_all(folder: Path) -> None:
    """Draw every page into a folder as PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, drawn in PAGES.items():
        drawn().save(folder / f"{name}.png")
