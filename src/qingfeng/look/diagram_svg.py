"""The diagram of a mechanism as SVG: classes only, so that the page's tokens give the colours; pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from qingfeng.look.diagram import EM_LABEL, EM_NODE, Drawing, Line, Node, Spot


def svg(drawing: Drawing, nodes: Sequence[Node], *, title: str, ident: str = "diagram") -> str:
    """Return the drawing as SVG with classes only (no style), to be read with the list beside it.

    Args:
        drawing: From `lay_out`, of the same nodes.
        nodes: For the state of every stage.
        title: What it shows, for those who hear it.
        ident: Unique on the page; letters, digits and hyphens.
    """
    wide, high = (drawing.length, drawing.breadth) if drawing.is_lying else (drawing.breadth, drawing.length)
    role = "group" if any(node.href for node in nodes) else "img"  # what can be followed is not one image
    box = f'viewBox="0 0 {math.ceil(wide)} {math.ceil(high)}" width="{wide / 15:.2f}em"'
    size = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="{role}" aria-labelledby="{ident}-title" {box}>',
        f'<title id="{ident}-title">{escape(title)}</title><defs><marker id="{ident}-tip" {size}>',
        '<path class="tip" d="M0 0.5 L8 4 L0 7.5 z"/></marker></defs>',
        *(_edge(drawing, line, ident) for line in drawing.lines),
        *(_stage(drawing, node) for node in nodes),
        "</svg>",
    ]
    return "".join(parts)


def _point(drawing: Drawing, across: float, along: float) -> str:
    one, other = (along, across) if drawing.is_lying else (across, along)
    return f"{one:.1f} {other:.1f}"


def _middle(drawing: Drawing, spot: Spot) -> float:
    return drawing.starts[spot.layer] + drawing.depths[spot.layer] / 2


def _edge(drawing: Drawing, line: Line, ident: str) -> str:
    first, *between, last = (drawing.spots[key] for key in line.spots)
    points = [(line.ends[0], _middle(drawing, first) + first.depth / 2)]
    for spot in between:
        half = drawing.depths[spot.layer] / 2
        points += [(spot.x, _middle(drawing, spot) - half), (spot.x, _middle(drawing, spot) + half)]
    side = -1 if last.layer > first.layer else 1
    points.append((line.ends[1], _middle(drawing, last) + side * last.depth / 2))
    path = f"M{_point(drawing, *points[0])}"
    for (x, y), (to_x, to_y) in pairwise(points):
        half = (y + to_y) / 2
        path += f" C{_point(drawing, x, half)} {_point(drawing, to_x, half)} {_point(drawing, to_x, to_y)}"
    end = "start" if line.is_back else "end"
    words = "".join(_words(drawing, spot) for spot in between if spot.kind == "words")
    drawn = f'<path d="{path}" marker-{end}="url(#{ident}-tip)"/>{words}'
    return f'<g class="edge{" is-back" if line.is_back else ""}">{drawn}</g>'


def _words(drawing: Drawing, spot: Spot) -> str:
    return "".join(_texts(drawing, spot, EM_LABEL, "ground")) + "".join(_texts(drawing, spot, EM_LABEL, ""))


def _texts(drawing: Drawing, spot: Spot, em: float, name: str) -> Iterable[str]:
    middle = _middle(drawing, spot)
    x, y = (middle, spot.x) if drawing.is_lying else (spot.x, middle)
    top = y - len(spot.lines) * em * 0.7 + em * 1.05
    first_own = len(spot.lines) - spot.own
    for place, line in enumerate(spot.lines):
        kind = (
            f' class="{name}" aria-hidden="true"' if name else (' class="own"' if place >= first_own else "")
        )
        yield f'<text{kind} x="{x:.1f}" y="{top + place * em * 1.4:.1f}">{escape(line)}</text>'


def _stage(drawing: Drawing, node: Node) -> str:
    spot = drawing.spots[node.key]
    middle = _middle(drawing, spot)
    wide, high = (spot.depth, spot.size) if drawing.is_lying else (spot.size, spot.depth)
    x, y = (middle, spot.x) if drawing.is_lying else (spot.x, middle)
    names = " ".join(
        ["node", *([f"is-{node.state}"] if node.state else []), *(["is-last"] if node.is_last else [])]
    )
    radius = min(high / 2, 16.0) if node.is_last else 4.0
    corner = f'x="{x - wide / 2:.1f}" y="{y - high / 2:.1f}"'
    box = f'<rect {corner} width="{wide:.1f}" height="{high:.1f}" rx="{radius:.1f}"/>'
    words = "".join(_texts(drawing, spot, EM_NODE, ""))
    if not node.href:
        return f'<g class="{names}">{box}{words}</g>'
    here = ' aria-current="true"' if node.state == "here" else ""
    name = escape("，".join(node.lines) or node.label)
    return f'<a href="{escape(node.href)}" aria-label="{name}"{here}><g class="{names}">{box}{words}</g></a>'
