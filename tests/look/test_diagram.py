"""The diagram of a mechanism: nothing on top of anything, the same bytes every time, harmless words."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfeng.look.diagram import Edge, Node, lay_out, wrapped
from qingfeng.look.diagram_svg import svg

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=24)


@st.composite
def graphs(draw):
    """Any stages with any acts between them: on, back, staying, across."""
    count = draw(st.integers(1, 9))
    nodes = [Node(f"s{place}", draw(WORDS)) for place in range(count)]
    ends = st.integers(0, count - 1)
    edges = [
        Edge(f"s{source}", f"s{target}", label)
        for source, target, label in draw(st.lists(st.tuples(ends, ends, WORDS), max_size=16))
    ]
    return nodes, edges


@settings(deadline=None)
@given(graphs())
def test_no_two_things_of_a_layer_lie_on_one_another(graph):
    drawing = lay_out(*graph)

    layers = {}
    for spot in drawing.spots.values():
        layers.setdefault(spot.layer, []).append(spot)
    for spots in layers.values():
        for one, other in pairwise(sorted(spots, key=lambda spot: spot.x)):
            assert other.x - one.x >= (one.size + other.size) / 2 - 1e-6
    assert all(spot.x - spot.size / 2 >= -1e-6 for spot in drawing.spots.values())
    assert all(spot.x + spot.size / 2 <= drawing.breadth for spot in drawing.spots.values())


@settings(deadline=None)
@given(graphs())
def test_the_same_declaration_gives_the_same_picture(graph):
    nodes, edges = graph

    assert svg(lay_out(nodes, edges), nodes, title="一") == svg(lay_out(nodes, edges), nodes, title="一")


@settings(deadline=None)
@given(graphs())
def test_the_picture_is_well_formed_names_every_stage_and_carries_no_style(graph):
    nodes, edges = graph

    picture = ET.fromstring(svg(lay_out(nodes, edges), nodes, title="<流程>"))  # noqa: S314 - our own

    shown = [
        "".join(part for text in group for part in text.itertext())
        for group in picture
        if group.get("class", "").startswith("node")
    ]
    assert len(shown) == len(nodes)
    assert all("style" not in item.attrib for item in picture.iter())


def test_stages_stand_in_the_order_of_the_work_and_a_return_points_back():
    nodes = [Node(key, key) for key in ("registered", "reported", "closed")]
    edges = [
        Edge("registered", "reported", "report"),
        Edge("reported", "closed", "close"),
        Edge("reported", "registered", "return"),
    ]

    drawing = lay_out(nodes, edges)

    layers = [drawing.spots[node.key].layer for node in nodes]
    assert layers == sorted(layers)
    assert [line.words for line in drawing.lines if line.is_back] == ["return"]


def test_the_way_forward_is_a_straight_line():
    nodes = [Node(str(place), f"环节{place}") for place in range(9)]
    edges = [Edge(str(place), str(place + 1), "下一步") for place in range(8)] + [
        Edge("6", "2", "退回重新办理")
    ]

    drawing = lay_out(nodes, edges)

    assert len({round(drawing.spots[node.key].x, 3) for node in nodes}) == 1


def test_acts_between_the_same_stages_share_an_arrow_and_those_that_stay_are_named_in_the_stage():
    nodes = [Node("a", "甲"), Node("b", "乙")]
    edges = [Edge("a", "b", "交办"), Edge("a", "b", "转办"), Edge("a", "a", "催办")]

    drawing = lay_out(nodes, edges)

    assert [line.words for line in drawing.lines] == ["交办 / 转办"]
    assert drawing.spots["a"].lines == ["甲", "↻ 催办"]


def test_a_short_way_lies_and_a_long_one_stands():
    short = [Node(str(place), "环节") for place in range(3)]
    long = [Node(str(place), "环节") for place in range(12)]

    assert lay_out(short, [Edge("0", "1", "办"), Edge("1", "2", "办")]).is_lying
    assert not lay_out(long, [Edge(str(place), str(place + 1), "办理") for place in range(11)]).is_lying


def test_words_cannot_become_markup():
    nodes = [Node("a", "<script>alert(1)</script>")]

    assert "<script" not in svg(lay_out(nodes, []), nodes, title="</title><script>")


def test_an_act_to_a_stage_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="'close' names the stage 'closed'"):
        lay_out([Node("open", "办理中")], [Edge("open", "closed", "close")])


def test_long_words_are_broken_at_spaces_and_chinese_anywhere():
    assert wrapped("send back to the handler", 6) == ["send back", "to the", "handler"]
    assert wrapped("关于落实整改情况的督办", 6) == ["关于落实整改", "情况的督办"]
