"""Components as tags: `{% load look %}`; `{% draw "desk/parts/story.html" %}` for larger compiled parts."""

from __future__ import annotations

from django import template

from qingfeng.look import components

register = template.Library()
for _name, _filter in components.SAID.items():
    register.filter(_name, _filter)
for _tag in (
    components.diagram, components.empty, components.field, components.figure, components.form,
    components.gate_list, components.icon, components.light, components.progress, components.tabs,
    components.tag, components.timeline, components.track, components.who,
):  # fmt: skip
    register.simple_tag(_tag)
for _tag in (
    components.act_button, components.chart, components.data_table, components.draw, components.pager,
):  # fmt: skip
    register.simple_tag(_tag, takes_context=True)
