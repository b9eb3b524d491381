"""The thread as a picture: knots that lead to their pages, ties with their words."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from qingfeng.desk.thread.knots import Thread
from qingfeng.desk.thread.marks import Knot
from qingfeng.look import said
from qingfeng.look.diagram import Edge, Node, lay_out
from qingfeng.look.diagram_svg import svg
from qingfeng.look.lights import drawn

SHAPES = {"green": "●", "yellow": "▲", "red": "⬣", "paused": "❚❚", "done": "✓"}


def picture(thread: Thread) -> SafeString:
    """Return the thread as SVG; every text in it is escaped there."""
    nodes = [_node(one, is_here=one.key == thread.here) for one in thread.knots.values()]
    edges = [Edge(one.source, one.target, one.words) for one in thread.ties]
    drawn_out = lay_out(nodes, edges)
    return mark_safe(svg(drawn_out, nodes, title=_("The thread"), ident="thread-picture"))  # noqa: S308


def _node(knot: Knot, *, is_here: bool) -> Node:
    state = "here" if is_here else ("" if knot.is_open or knot.is_coming else "done")
    stands = " · ".join(part for part in (knot.stage, said.day(knot.on) if knot.on else "") if part)
    light = light_words(knot)
    lines = tuple(part for part in (knot.name, knot.kind, stands, light) if part)
    return Node(knot.key, knot.name, state, lines=lines, href=knot.href)


def light_words(knot: Knot) -> str:
    """Return a light as a shape and words, "" for none."""
    if knot.light is None:
        return ""
    told = drawn(knot.light)
    return " ".join(part for part in (SHAPES[told["state"]], told["word"], told["words"]) if part)
