"""Pictures of places, drawn by arithmetic: hills in layers, water, one building and its reflection.

The same motif and seed give the same picture. Nothing in it comes from outside this file.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

WIDE, HIGH, SHORE = 960, 600, 430
# Sky above, sky below, far hills, near hills, ink of what is built, water, light.
PALETTES = {
    "thrift": ("#f3ead9", "#f8f3e8", "#d6cdb8", "#b3b59d", "#3d4742", "#cfd8cf", "#d98c4a"),
    "family": ("#f6e6d8", "#fbf3ea", "#dfc6b0", "#bda98f", "#4a3f39", "#d9d8cd", "#c9653f"),
    "justice": ("#dfe9ec", "#f1f6f6", "#b9ccd1", "#8fabb2", "#26424a", "#c3d6da", "#e0a94f"),
    "diligence": ("#e6eddd", "#f5f8ef", "#c3d1ae", "#98b089", "#32473a", "#cadbd2", "#d7a03c"),
    "trust": ("#e9e4ee", "#f6f4f8", "#c9c1d6", "#a39bb8", "#3c3a55", "#d3d5e2", "#d88f6a"),
    "water": ("#d9ebe9", "#eff7f5", "#aed0cc", "#7fb0ad", "#1f4a4d", "#b9d9d7", "#e8b45a"),
}


def picture(motif: str, theme: str, seed: int, *, words: str) -> str:
    """Return a picture as SVG, 960 by 600.

    Args:
        motif: One of `MOTIFS`.
        theme: One of `PALETTES`.
        seed: What hills and birds are drawn from.
        words: What it shows, for those who cannot see it.

    Raises:
        KeyError: If motif or theme is not known.
    """
    draw, (top, low, far, near, ink, water, light) = Random(seed), PALETTES[theme]  # noqa: S311 - a picture
    built = MOTIFS[motif](ink, light)
    x, y = draw.uniform(120, 840), draw.uniform(90, 170)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img">',
        f"<title>{words}</title>",
        f'<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="{top}"/>',
        f'<stop offset="1" stop-color="{low}"/></linearGradient></defs>',
        f'<path fill="url(#s)" d="M0 0h{WIDE}v{HIGH}H0z"/>',
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="46" fill="{light}" opacity=".82"/>',
        _hills(draw, far, 250, 74, 0.55),
        _mist(low, 322),
        _hills(draw, near, 338, 58, 0.6),
        _mist(low, 396),
        _hills(draw, near, 404, 30, 0.95),
        _birds(draw, ink),
        f'<path fill="{water}" d="M0 {SHORE}h{WIDE}V{HIGH}H0z"/>',
        f'<g transform="translate(0 {2 * SHORE}) scale(1 -1)" opacity=".17">{built}</g>',
        _ripples(draw, low),
        f'<path fill="{ink}" opacity=".16" d="M0 {SHORE - 3}h{WIDE}v6H0z"/>',
        built,
        _reeds(draw, ink),
        "</svg>",
    ]
    return "".join(parts)


def _hills(draw: Random, colour: str, base: float, height: float, opacity: float) -> str:
    waves = [(draw.uniform(0.6, 1), draw.uniform(90, 260), draw.uniform(0, 9)) for _ in range(4)]
    line = " ".join(
        f"L{x} {base - height * sum(a * math.sin(x / w + p) for a, w, p in waves) / 2.4:.1f}"
        for x in range(0, WIDE + 1, 16)
    )
    return f'<path fill="{colour}" opacity="{opacity}" d="M0 {SHORE}{line}L{WIDE} {SHORE}z"/>'


def _mist(colour: str, y: float) -> str:
    return f'<path fill="{colour}" opacity=".5" d="M0 {y}q240 -22 480 0t480 0v34q-240 16 -480 0t-480 0z"/>'


def _birds(draw: Random, ink: str) -> str:
    x, y = draw.uniform(180, 620), draw.uniform(110, 200)
    flown = [(x + draw.uniform(-70, 110), y + draw.uniform(-34, 34)) for _ in range(4)]
    lines = "".join(f"M{a:.0f} {b:.0f}q7 -8 12 0q6 -8 13 -1" for a, b in flown)
    return f'<path d="{lines}" fill="none" stroke="{ink}" stroke-width="2.4" stroke-linecap="round" opacity=".55"/>'


def _ripples(draw: Random, light: str) -> str:
    lines = "".join(
        f"M{draw.uniform(20, 860):.0f} {y:.0f}h{draw.uniform(30, 150):.0f}"
        for y in (SHORE + 16 + n * 12 for n in range(12))
        for _ in range(2)
    )
    return f'<path d="{lines}" stroke="{light}" stroke-width="2.2" stroke-linecap="round" opacity=".75"/>'


def _reeds(draw: Random, ink: str) -> str:
    lines = []
    for side in (draw.uniform(20, 150), draw.uniform(800, 930)):
        for n in range(9):
            x, tall = side + n * 7 - 30, draw.uniform(50, 130)
            lines.append(
                f"M{x:.0f} {HIGH}q{draw.uniform(-6, 6):.0f} {-tall / 2:.0f} {draw.uniform(-16, 16):.0f} {-tall:.0f}"
            )
    return f'<path d="{"".join(lines)}" fill="none" stroke="{ink}" stroke-width="2.6" opacity=".5" stroke-linecap="round"/>'


def _roof(x: float, y: float, wide: float, tall: float, ink: str) -> str:
    """A tiled roof with its eaves turned up, the same on both sides."""
    half, lift = wide / 2, tall * 0.3
    out, ridge, eave = half + 16, half * 0.34, y - tall * 0.16
    return (
        f'<path fill="{ink}" d="M{x - out:.1f} {eave - lift:.1f}Q{x - half:.1f} {eave - tall * 0.06:.1f} '
        f"{x - half * 0.7:.1f} {y - tall * 0.42:.1f}L{x - ridge:.1f} {y - tall:.1f}h{2 * ridge:.1f}"
        f"L{x + half * 0.7:.1f} {y - tall * 0.42:.1f}Q{x + half:.1f} {eave - tall * 0.06:.1f} "
        f'{x + out:.1f} {eave - lift:.1f}L{x + half:.1f} {y:.1f}H{x - half:.1f}z"/>'
    )


def _wall(x: float, y: float, wide: float, tall: float, fill: str) -> str:
    return f'<path fill="{fill}" d="M{x - wide / 2} {y - tall}h{wide}v{tall}h{-wide}z"/>'


def _posts(x: float, y: float, wide: float, tall: float, ink: str, count: int) -> str:
    step = wide / (count - 1)
    lines = "".join(f"M{x - wide / 2 + n * step:.0f} {y}v{-tall}" for n in range(count))
    return f'<path d="{lines}" stroke="{ink}" stroke-width="8"/>'


def _hall(ink: str, light: str) -> str:
    base = f'<path fill="{ink}" opacity=".75" d="M250 418h460v12H250z"/>'
    door = f'<path fill="{light}" opacity=".85" d="M450 348h60v70h-60z"/><path stroke="{ink}" stroke-width="3" d="M480 348v70"/>'
    wings = _wall(330, 418, 120, 62, "#f4efe6") + _wall(630, 418, 120, 62, "#f4efe6")
    roofs = _roof(330, 362, 140, 44, ink) + _roof(630, 362, 140, 44, ink)
    middle = _wall(480, 418, 220, 92, "#faf6ee") + _posts(480, 418, 200, 92, ink, 5) + door
    return base + wings + roofs + middle + _roof(480, 334, 270, 76, ink)


def _pavilion(ink: str, light: str) -> str:
    base = f'<path fill="{ink}" opacity=".8" d="M372 416h216l14 14H358z"/>'
    lamp = f'<circle cx="480" cy="342" r="9" fill="{light}"/>'
    rail = f'<path d="M392 392h176" stroke="{ink}" stroke-width="5"/>'
    top = f'<circle cx="480" cy="206" r="8" fill="{ink}"/>'
    return (
        base
        + _posts(480, 418, 164, 110, ink, 4)
        + rail
        + lamp
        + _roof(480, 318, 226, 84, ink)
        + _roof(480, 250, 110, 44, ink)
        + top
    )


def _bridge(ink: str, light: str) -> str:
    deck = f'<path fill="{ink}" d="M150 430q90 -14 150 -74q86 -66 180 -66t180 66q60 60 150 74z"/>'
    arches = "".join(
        f'<path fill="#e9efec" d="M{x - r} 430a{r} {r * 1.02:.0f} 0 0 1 {2 * r} 0z"/>'
        for x, r in ((480, 78), (318, 42), (642, 42))
    )
    posts = "".join(
        f"M{x} {y}v-22"
        for x, y in (
            (250, 384),
            (310, 338),
            (380, 306),
            (440, 292),
            (520, 292),
            (580, 306),
            (650, 338),
            (710, 384),
        )
    )
    rail = f'<path d="M236 374q70 -60 130 -80q56 -22 114 -22t114 22q60 20 130 80" fill="none" stroke="{ink}" stroke-width="5"/>'
    lamp = f'<circle cx="480" cy="262" r="8" fill="{light}"/>'
    return deck + arches + f'<path d="{posts}" stroke="{ink}" stroke-width="5"/>' + rail + lamp


def _gate(ink: str, light: str) -> str:
    feet = "".join(
        f'<path fill="{ink}" opacity=".85" d="M{x - 18} 408h36v22h-36z"/>' for x in (300, 410, 550, 660)
    )
    beams = f'<path fill="{ink}" d="M392 300h176v20H392zM282 336h128v16H282zM550 336h128v16H550z"/>'
    plate = f'<path fill="{light}" d="M436 262h88v34h-88z"/>'
    posts = _posts(480, 430, 140, 158, ink, 2) + _posts(480, 430, 360, 116, ink, 2)
    return (
        posts
        + feet
        + beams
        + plate
        + _roof(480, 262, 190, 50, ink)
        + _roof(336, 330, 120, 36, ink)
        + _roof(624, 330, 120, 36, ink)
    )


def _pagoda(ink: str, light: str) -> str:
    parts = []
    for no in range(5):
        wide, y = 190 - no * 28, 430 - no * 58
        parts.append(_wall(480, y, wide * 0.7, 58, "#f3efe6"))
        parts.append(f'<path fill="{light}" opacity=".9" d="M472 {y - 34}q8 -12 16 0v26h-16z"/>')
        parts.append(_roof(480, y - 44, wide, 26, ink))
    return (
        "".join(parts)
        + f'<path stroke="{ink}" stroke-width="6" d="M480 118v-46"/><circle cx="480" cy="70" r="6" fill="{ink}"/>'
    )


def _well(ink: str, light: str) -> str:
    ring = f'<path fill="{ink}" d="M412 372h136l10 58H402z"/><ellipse cx="480" cy="372" rx="68" ry="16" fill="#eef2ee" stroke="{ink}" stroke-width="7"/>'
    frame = f'<path d="M396 430V286M564 430V286M384 292h192" stroke="{ink}" stroke-width="9"/><path d="M480 292v62" stroke="{ink}" stroke-width="3"/>'
    pail = f'<path fill="{light}" d="M464 346h32l-5 30h-22z"/>'
    return frame + ring + pail + _roof(480, 290, 220, 58, ink)


def _granary(ink: str, light: str) -> str:
    parts = [f'<path fill="{ink}" opacity=".7" d="M250 418h460v12H250z"/>']
    for x, tall in ((330, 110), (480, 140), (630, 110)):
        parts.append(f'<path fill="#f2e9d6" d="M{x - 58} {418 - tall}h116v{tall}h-116z"/>')
        parts.append(
            f'<path d="M{x - 58} {418 - tall * 0.4}h116M{x - 58} {418 - tall * 0.7}h116" stroke="{ink}" stroke-width="3" opacity=".5"/>'
        )
        parts.append(f'<path fill="{ink}" d="M{x - 82} {422 - tall}L{x} {342 - tall}l82 80z"/>')
        parts.append(f'<path fill="{light}" d="M{x - 14} 376h28v42h-28z"/>')
    return "".join(parts)


def _boat(ink: str, light: str) -> str:
    hull = f'<path fill="{ink}" d="M292 428q30 34 92 36h196q66 -2 96 -44q-64 14 -130 14H390q-56 0 -98 -6z"/>'
    hut = f'<path fill="#e8dcc4" d="M408 434v-34q70 -58 140 0v34z"/><path d="M408 400q70 -58 140 0" fill="none" stroke="{ink}" stroke-width="8"/>'
    mast = f'<path d="M600 434V214" stroke="{ink}" stroke-width="7"/><path fill="#f7efdf" stroke="{ink}" stroke-width="3" d="M606 224q96 70 88 168h-88z"/>'
    return mast + hut + hull + f'<circle cx="430" cy="412" r="8" fill="{light}"/>'


def _tree(ink: str, light: str) -> str:
    trunk = f'<path fill="{ink}" d="M452 430q22 -60 14 -128q-6 -40 -40 -70q40 14 56 44q6 -50 40 -84q-14 50 -14 90q30 -30 70 -36q-52 34 -62 84q-6 50 16 100z"/>'
    crowns = "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="{ink}" opacity=".38"/>'
        for x, y, r in ((420, 220, 74), (500, 170, 92), (570, 214, 78), (470, 250, 60), (540, 252, 58))
    )
    leaves = "".join(
        f'<circle cx="{x}" cy="{y}" r="6" fill="{light}"/>'
        for x, y in ((404, 196), (452, 142), (528, 120), (590, 186), (560, 244), (440, 262))
    )
    seat = f'<path fill="{ink}" opacity=".8" d="M372 420h80v10h-80zM530 420h80v10h-80z"/>'
    return crowns + trunk + leaves + seat


def _stele(ink: str, light: str) -> str:
    stone = f'<path fill="#f1eee6" stroke="{ink}" stroke-width="7" d="M424 414V252q56 -52 112 0v162z"/>'
    lines = "".join(f"M{x} 282v104" for x in (446, 463, 480, 497, 514))
    signs = f'<path d="{lines}" stroke="{ink}" stroke-width="4" stroke-dasharray="9 7" opacity=".75"/>'
    return (
        f'<path fill="{ink}" d="M388 410h184l16 20H372z"/>'
        + stone
        + signs
        + f'<circle cx="480" cy="252" r="9" fill="{light}"/>'
    )


def _sluice(ink: str, light: str) -> str:
    wall = f'<path fill="{ink}" opacity=".9" d="M210 430v-92h540v92h-60v-56h-90v56h-60v-56h-120v56h-60v-56h-90v56z"/>'
    gates = "".join(
        f'<path fill="{light}" d="M{x} 352h{w}v18h-{w}z"/>' for x, w in ((274, 84), (424, 112), (604, 84))
    )
    house = (
        _wall(480, 338, 150, 60, "#f4f0e6")
        + f'<path fill="{light}" opacity=".9" d="M430 300h24v22h-24zM506 300h24v22h-24z"/>'
    )
    return wall + gates + house + _roof(480, 284, 190, 48, ink)


def _village(ink: str, light: str) -> str:
    parts = []
    for x, wide, tall in ((300, 120, 78), (420, 104, 104), (540, 130, 84), (660, 104, 66)):
        parts.append(_wall(x, 430, wide, tall, "#f6f2ea"))
        y = 430 - tall
        parts.append(
            f'<path fill="{ink}" d="M{x - wide / 2 - 8} {y + 4}v-26h16v-16h16v-14h{wide - 48}v14h16v16h16v26z"/>'
        )
        parts.append(
            f'<path fill="{ink}" d="M{x - 12} 394h24v36h-24z"/><path fill="{light}" opacity=".9" d="M{x + 20} {y + 22}h16v16h-16z"/>'
        )
    return "".join(parts)


def _study(ink: str, light: str) -> str:
    wall = _wall(480, 430, 380, 150, "#faf6ee") + _roof(480, 288, 430, 62, ink)
    window = f'<circle cx="392" cy="356" r="50" fill="#e2ece6" stroke="{ink}" stroke-width="7"/>'
    canes = f'<path d="M372 404q6 -50 2 -92M396 406q-2 -52 8 -98M416 398q2 -34 -2 -72" stroke="{ink}" stroke-width="4" fill="none" opacity=".7"/>'
    desk = f'<path d="M520 392h120M534 392v38M626 392v38" stroke="{ink}" stroke-width="8"/><path fill="{light}" d="M560 376h44v12h-44z"/><path d="M616 388v-30" stroke="{ink}" stroke-width="4"/>'
    return wall + window + canes + desk


def _lotus(ink: str, light: str) -> str:
    leaves = "".join(
        f'<ellipse cx="{x}" cy="{y}" rx="{r}" ry="{r * 0.3:.0f}" fill="{ink}" opacity="{o}"/>'
        for x, y, r, o in (
            (330, 470, 92, 0.5),
            (520, 500, 112, 0.42),
            (680, 462, 80, 0.55),
            (430, 440, 66, 0.6),
        )
    )
    flowers = ""
    for x, y, size in ((420, 330, 1.0), (590, 290, 1.25)):
        petals = "".join(
            f'<path transform="translate({x} {y}) rotate({turn}) scale({size})" fill="#f7dcd3" stroke="{light}" stroke-width="2" d="M0 0q-20 -36 0 -74q20 38 0 74z"/>'
            for turn in (-64, -34, 34, 64, 0)
        )
        flowers += f'<path d="M{x} {y}q-8 60 4 {170 - 60 * (size > 1)}" stroke="{ink}" stroke-width="6" fill="none"/>{petals}'
    return leaves + flowers


MOTIFS: dict[str, Callable[[str, str], str]] = {
    "hall": _hall, "pavilion": _pavilion, "bridge": _bridge, "gate": _gate, "pagoda": _pagoda, "well": _well,
    "granary": _granary, "boat": _boat, "tree": _tree, "stele": _stele, "sluice": _sluice, "village": _village,
    "study": _study, "lotus": _lotus,
}  # fmt: skip
