"""The diagram of a mechanism: stages in layers, acts as labelled arrows; pure.

Stages come in the order of their declaration, which is the order of the work: an act to an earlier stage
is a way back (dashed). Layers are the longest way from the start. Every act's words are themselves a node
between two layers, so that no words lie on words; the order within a layer is found by sweeping barycentres,
the places by least squares under the distances that must be kept (pooled neighbours, exact); the longest way
forward and every long line are then drawn straight. Same input, same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

EM_NODE, EM_LABEL = 14.0, 12.0
PAD, GAP, LAYER_GAP, MARGIN = 14.0, 18.0, 15.0, 14.0
LONGEST_LYING = 960.0
SWEEPS = 12


@dataclass(frozen=True)
class Node:
    """A stage: `state` is `` (to come), `done` or `here`; `is_last` for an end.

    Anything else that hangs together can be drawn too: `lines` are then its words, the first the largest, and
    `href` where it leads.
    """

    key: str
    label: str
    state: str = ""
    is_last: bool = False
    lines: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True)
class Edge:
    """An act that leads from a stage to a stage (the same for one that stays)."""

    source: str
    target: str
    label: str = ""


@dataclass
class Spot:
    """A place in a layer: a stage, an act's words or a bend of a line.

    `x` is its middle across the layer, `size` its extent there, `depth` its extent along.
    The last `own` of its lines name acts that stay at the stage.
    """

    key: str
    layer: int
    lines: list[str] = field(default_factory=list)
    size: float = 6.0
    depth: float = 0.0
    x: float = 0.0
    kind: str = "bend"
    weight: float = 1.0
    own: int = 0


@dataclass
class Line:
    """An arrow through its spots, from the earlier stage to the later; `is_back` points it the other way."""

    spots: list[str]
    is_back: bool
    words: str
    ends: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Drawing:
    """A laid-out diagram; `is_lying` runs from left to right, else from top to bottom."""

    spots: dict[str, Spot]
    lines: list[Line]
    starts: list[float]
    depths: list[float]
    breadth: float
    length: float
    is_lying: bool


def ems(text: str) -> float:
    """Return the width of text in ems: a Chinese character is 1, a Latin one about 0.56."""
    return sum(1.0 if ord(char) > 0x2E7F else 0.56 for char in text)


def wrapped(text: str, widest: float) -> list[str]:
    """Return text in lines of at most `widest` ems, broken at spaces, in Chinese anywhere."""
    words = text.split(" ") if " " in text else list(text)
    joint = " " if " " in text else ""
    lines = [""]
    for word in words:
        longer = f"{lines[-1]}{joint}{word}" if lines[-1] else word
        if lines[-1] and ems(longer) > widest:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def lay_out(nodes: Sequence[Node], edges: Iterable[Edge]) -> Drawing:
    """Return the places of everything.

    Args:
        nodes: Stages in the order of their declaration; at least one.
        edges: Acts; several between the same two stages share an arrow.

    Raises:
        ValueError: If an act names a stage that is not there.
    """
    order = {node.key: place for place, node in enumerate(nodes)}
    joined, own = _joined(order, edges)
    layer = _layers(nodes, order, joined)
    spots = {node.key: _spot(node, 2 * layer[node.key]) for node in nodes}
    for key, words in own.items():
        own_lines = wrapped(" / ".join(words), 12)
        spots[key].lines += [f"\u21bb {own_lines[0]}", *own_lines[1:]]
        spots[key].own = len(own_lines)
    lines = [_line(spots, layer, order, pair, words) for pair, words in joined.items()]
    rows: list[list[Spot]] = [[] for _ in range(max(spot.layer for spot in spots.values()) + 1)]
    for spot in spots.values():
        rows[spot.layer].append(spot)
    is_lying = _measure(rows)
    near = _neighbours(lines)
    for key in _spine(lines):
        spots[key].weight = 1e9
    _sort(rows, near)
    _place(rows, spots, near)
    _straighten(rows, spots, lines)
    return _drawing(rows, spots, lines, is_lying=is_lying)


def _spot(node: Node, layer: int) -> Spot:
    lines = list(node.lines) or wrapped(node.label, 9)
    return Spot(node.key, layer, lines, kind="stage", own=max(0, len(node.lines) - 1))


def _joined(
    order: dict[str, int], edges: Iterable[Edge]
) -> tuple[dict[tuple[str, str], list[str]], dict[str, list[str]]]:
    """Return the words of every pair of stages, and of acts that stay where they are."""
    joined: dict[tuple[str, str], list[str]] = defaultdict(list)
    own: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        for end in (edge.source, edge.target):
            if end not in order:
                raise ValueError(f"The act {edge.label!r} names the stage {end!r}, which is not there.")
        words = own[edge.source] if edge.source == edge.target else joined[edge.source, edge.target]
        if edge.label not in words:
            words.append(edge.label)
    return joined, own


def _layers(
    nodes: Sequence[Node], order: dict[str, int], joined: dict[tuple[str, str], list[str]]
) -> dict[str, int]:
    layer = {node.key: 0 for node in nodes}
    for node in nodes:
        for source, target in joined:
            if source == node.key and order[target] > order[source]:
                layer[target] = max(layer[target], layer[source] + 1)
    return layer


def _line(
    spots: dict[str, Spot],
    layer: dict[str, int],
    order: dict[str, int],
    pair: tuple[str, str],
    words: list[str],
) -> Line:
    """Add the spots of one arrow: its words in the gap beside its beginning, bends in the other layers."""
    is_back = order[pair[1]] < order[pair[0]]
    upper, lower = (pair[1], pair[0]) if is_back else pair
    text = " / ".join(word for word in words if word)
    first, last = 2 * layer[upper] + 1, 2 * layer[lower] - 1
    if last < first:  # two stages of one layer: the line dips below both
        first = last = 2 * layer[upper] + 1
    at = last if is_back else first
    between = []
    for row in range(first, last + 1):
        key = f"{pair[0]}>{pair[1]}:{row}"
        spots[key] = Spot(key, row)
        if row == at and text:
            spots[key].lines, spots[key].kind = wrapped(text, 9), "words"
        between.append(key)
    return Line([upper, *between, lower], is_back, text)


def _measure(rows: list[list[Spot]]) -> bool:
    """Give every spot its extent; return whether the whole fits lying."""
    sizes = {}
    for spot in (spot for row in rows for spot in row):
        em = EM_NODE if spot.kind == "stage" else EM_LABEL
        wide = max((ems(line) for line in spot.lines), default=0) * em
        high = len(spot.lines) * em * 1.4
        pad = PAD if spot.kind == "stage" else (5.0 if spot.kind == "words" else 0.0)
        sizes[spot.key] = (
            max(wide + 2 * pad, 76.0 if spot.kind == "stage" else 6.0),
            high + (16.0 if spot.kind == "stage" else 4.0),
        )
    lying = sum(max((sizes[spot.key][0] for spot in row), default=0) + LAYER_GAP for row in rows)
    is_lying = lying <= LONGEST_LYING
    for spot in (spot for row in rows for spot in row):
        wide, high = sizes[spot.key]
        spot.size, spot.depth = (high, wide) if is_lying else (wide, high)
    return is_lying


def _neighbours(lines: list[Line]) -> dict[str, list[tuple[str, float]]]:
    """Return the neighbours of every spot with their pull: a long line is straight between its ends."""
    near: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for line in lines:
        ends = (line.spots[0], line.spots[-1])
        for one, other in pairwise(line.spots):
            pull = (0.25 if line.is_back else 1.0) if one in ends or other in ends else 8.0
            near[one].append((other, pull))
            near[other].append((one, pull))
    return near


def _spine(lines: list[Line]) -> list[str]:
    """Return the spots of the longest way forward through neighbouring layers, to be drawn straight."""
    ways: dict[str, list[str]] = {}
    for line in sorted(
        (line for line in lines if len(line.spots) == 3 and not line.is_back), key=_first_layer
    ):
        way = [*ways.get(line.spots[0], [line.spots[0]]), *line.spots[1:]]
        if len(way) > len(ways.get(line.spots[2], [])):
            ways[line.spots[2]] = way
    return max(ways.values(), key=len, default=[])


def _first_layer(line: Line) -> int:
    return int(line.spots[1].rpartition(":")[2])


def _sort(rows: list[list[Spot]], near: dict[str, list[tuple[str, float]]]) -> None:
    """Order every layer so that few lines cross: by the mean place of the neighbours, down and up."""
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for place in range(len(rows)) if down else range(len(rows) - 1, -1, -1):
            beside = place - 1 if down else place + 1
            if not 0 <= beside < len(rows):
                continue
            rank = {spot.key: rank for rank, spot in enumerate(rows[beside])}
            here = {spot.key: rank for rank, spot in enumerate(rows[place])}
            rows[place].sort(
                key=lambda spot: _mean(
                    [(float(rank[key]), 1.0) for key, _pull in near[spot.key] if key in rank],
                    here[spot.key],
                )
            )


def _mean(places: list[tuple[float, float]], default: float) -> float:
    """Return the weighted mean of (place, weight)."""
    return (
        sum(place * weight for place, weight in places) / sum(weight for _, weight in places)
        if places
        else default
    )


def _place(rows: list[list[Spot]], spots: dict[str, Spot], near: dict[str, list[tuple[str, float]]]) -> None:
    """Move every spot towards its neighbours, as far as those beside it allow."""
    for row in rows:
        _settle(row, [0.0] * len(row))
    for sweep in range(4 * SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = (_mean([(spots[key].x, pull) for key, pull in near[spot.key]], spot.x) for spot in row)
            _settle(row, [0.0 if spot.weight > 1 else want for spot, want in zip(row, wanted, strict=True)])


def _straighten(rows: list[list[Spot]], spots: dict[str, Spot], lines: list[Line]) -> None:
    """Let every long line run straight, on its outer side; then move the whole to the margin."""
    for line in lines:
        between = [spots[key] for key in line.spots[1:-1]]
        if len(between) > 1:
            outer = max if sum(spot.x for spot in between) > 0 else min
            at = outer(spot.x for spot in between)
            for spot in between:
                spot.x, spot.weight = at, 1e6
    for row in rows:
        _settle(row, [spot.x for spot in row])
    left = min(spot.x - spot.size / 2 for row in rows for spot in row)
    for spot in spots.values():
        spot.x += MARGIN - left


def _settle(row: list[Spot], wanted: list[float]) -> None:
    """Put a layer's spots as near as can be to where they want, in order and apart (pooled neighbours)."""
    offsets = [0.0]
    for one, other in pairwise(row):
        offsets.append(offsets[-1] + (one.size + other.size) / 2 + GAP)
    pools: list[tuple[float, float, int]] = []
    for spot, want, offset in zip(row, wanted, offsets, strict=True):
        pool = (want - offset, spot.weight, 1)
        while pools and pools[-1][0] >= pool[0]:
            value, weight, count = pools.pop()
            both = weight + pool[1]
            pool = ((value * weight + pool[0] * pool[1]) / both, both, count + pool[2])
        pools.append(pool)
    base = [value for value, _weight, count in pools for _ in range(count)]
    for spot, start, offset in zip(row, base, offsets, strict=True):
        spot.x = start + offset


def _drawing(rows: list[list[Spot]], spots: dict[str, Spot], lines: list[Line], *, is_lying: bool) -> Drawing:
    depths = [max((spot.depth for spot in row), default=0.0) for row in rows]
    starts, at = [], MARGIN
    for depth in depths:
        starts.append(at)
        at += depth + LAYER_GAP
    _spread(lines, spots)
    breadth = max(spot.x + spot.size / 2 for spot in spots.values()) + MARGIN
    return Drawing(spots, lines, starts, depths, breadth, at - LAYER_GAP + MARGIN, is_lying)


def _spread(lines: list[Line], spots: dict[str, Spot]) -> None:
    """Let arrows that share a side of a stage leave it beside one another, in the order of where they go."""
    sides: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
    for place, line in enumerate(lines):
        for end, (stage, following) in enumerate(
            ((line.spots[0], line.spots[1]), (line.spots[-1], line.spots[-2]))
        ):
            side = 1 if spots[following].layer > spots[stage].layer else -1
            sides[stage, side].append((spots[following].x, place, end))
    found: dict[tuple[int, int], float] = {}
    for (stage, _side), ends in sides.items():
        step = min(22.0, spots[stage].size * 0.7 / max(1, len(ends)))
        for rank, (_x, place, end) in enumerate(sorted(ends)):
            found[place, end] = spots[stage].x + (rank - (len(ends) - 1) / 2) * step
    for place, line in enumerate(lines):
        line.ends = (found[place, 0], found[place, 1])
