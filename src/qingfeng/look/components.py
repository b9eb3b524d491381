"""Components: functions that prepare what a compiled part draws. Each is shown on /look/gallery/."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template.defaultfilters import linebreaksbr
from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django_vite.core.asset_loader import DjangoViteAssetLoader
from markupsafe import Markup

from qingfeng.look import compiled, diagram_svg, lights, said, tables
from qingfeng.look import diagram as drawing
from qingfeng.look.addresses import url
from qingfeng.look.compiled import component

SAID = {
    name: getattr(said, name)
    for name in ("day", "dated", "moment", "left", "money", "amount", "number", "filesize")
}
compiled.filters(**SAID, linebreaksbr=lambda text: linebreaksbr(str(text)) if "\n" in str(text) else text)
compiled.function(url)


@compiled.function
@cache
def icon(name: str, words: str = "") -> SafeString:
    """Draw an icon of `frontend/site/icons.txt`; `words` are heard, without them it is only seen."""
    sprite = DjangoViteAssetLoader.instance().generate_vite_asset_url("icons.svg")
    heard = format_html('role="img" aria-label="{}"', words) if words else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"></use></svg>', heard, sprite, name)


@compiled.function
def csrf_input(token: Any) -> SafeString | str:
    """Draw the token of a form, as Django's own tag does; nothing where the page has none."""
    if not token or str(token) == "NOTPROVIDED":
        return ""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@component("light")
def light(clock: Any = None, *, state: str = "", words: str = "", due: Any = None) -> dict[str, Any]:
    """Draw the light of a clock (an object with `state`, `due`, `words`) or of what is given by name."""
    return lights.drawn(lights.Light(state, due, words) if clock is None else clock)


@component("track")
def track(stages: Sequence[tuple[str, Any]], here: str) -> dict[str, Any]:
    """Draw the stages as a thin track; `stages` are (key, words), `here` is a key."""
    keys = [key for key, _words in stages]
    at = keys.index(here) if here in keys else len(keys)
    last = len(stages) - 1
    steps = [
        (words, "here" if place == at else ("done" if place < at else "coming"), place in {0, last})
        for place, (_key, words) in enumerate(stages)
    ]
    return {"steps": steps, "place": min(at, last) + 1, "total": len(stages), "is_many": len(stages) > 8}


@component("diagram")
def diagram(nodes: Sequence[drawing.Node], edges: Iterable[drawing.Edge], title: str) -> dict[str, Any]:
    """Draw stages and acts as a diagram, with the same as a list."""
    edges = list(edges)
    names = {node.key: node.label for node in nodes}
    ident = f"diagram-{secrets.token_hex(3)}"
    picture = diagram_svg.svg(drawing.lay_out(nodes, edges), nodes, title=title, ident=ident)
    ways = [
        {
            "node": node,
            "acts": [
                {"label": edge.label, "to": "" if edge.source == edge.target else names[edge.target]}
                for edge in edges
                if edge.source == node.key
            ],
        }
        for node in nodes
    ]
    return {"picture": mark_safe(picture), "title": title, "ways": ways}  # noqa: S308 - every text in it is escaped


@component("timeline")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Tell what happened, oldest or newest first as given.

    An entry (mapping or object) has `at` and `title`, and may have `who`, `post`, `words`, `href`, `kind`
    (`act`, `refusal` or nothing), `files` (each `name`, `href`, `size` in bytes).
    """
    names = ("at", "title", "who", "post", "words", "href", "kind", "files")
    return {"entries": [_with(entry, names) for entry in entries]}


def _with(one: Any, names: Iterable[str], **usual: Any) -> dict[str, Any]:
    """Return what a mapping or an object has of these names, "" or the usual for what it lacks."""
    if isinstance(one, Mapping):
        return {name: one.get(name, usual.get(name, "")) for name in names}
    return {name: getattr(one, name, usual.get(name, "")) for name in names}


@component("table", takes_context=True)
def data_table(context: Any, table: tables.Table, ident: str = "rows") -> dict[str, Any]:
    """Draw a `tables.Table`; `ident` is the element's id, for htmx."""
    heads = tables.heads(table, context["request"].GET)
    totals = [
        table.totals.get(column.key) if isinstance(column.key, str) else None for column in table.columns
    ]
    page = table.page
    return {
        "table": table,
        "heads": heads,
        "columns": [_Drawn.of(column) for column in table.columns],
        "rows": list(table.rows),
        "ident": ident,
        "totals": list(zip(heads, totals, strict=True)) if table.totals else [],
        "foot": pager(context, page) if page is not None and page.paginator.num_pages > 1 else "",
    }


@dataclass(frozen=True)
class _Drawn:
    """A column as the rows of one table need it: its label said once, and how a cell is drawn."""

    label: Any
    is_head: bool
    is_number: bool
    link: Callable[[Any], str | None] | None
    drawn: Callable[[Any], Any]

    @classmethod
    def of(cls, column: tables.Column) -> _Drawn:
        label = conditional_escape(column.label)
        return cls(label, column.is_head, column.is_number, column.link, _cell_of(column))


def _cell_of(column: tables.Column) -> Callable[[Any], Any]:
    """Return how a cell is drawn: by its kind, the macro `cell` of a part, or a template of Django's."""
    if not column.template:
        by_kind = compiled.macro("look/parts/cell.html", "cell")
        return lambda row: by_kind(column.kind, column.value(row))
    if compiled.is_part(column.template):
        own = compiled.macro(column.template, "cell")
        return lambda row: own(row, column.value(row))
    template = get_template(column.template)
    return lambda row: template.render({"row": row, "value": column.value(row)})


@component("pager", takes_context=True)
def pager(context: Any, page: Any) -> dict[str, Any]:
    """Draw the pages of a list (a Django `Page`); other parts of the address are kept."""
    asked = context["request"].GET.copy()

    def href(number: int) -> str:
        asked["page"] = str(number)
        return f"?{asked.urlencode()}"

    gap = page.paginator.ELLIPSIS
    pages = [
        {
            "number": number,
            "href": "" if number == gap else href(int(number)),
            "is_here": number == page.number,
        }
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "pages": pages,
        "before": href(page.previous_page_number()) if page.has_previous() else "",
        "after": href(page.next_page_number()) if page.has_next() else "",
    }


_GROUPED = (RadioSelect, CheckboxSelectMultiple)


@component("field")
def field(bound: BoundField, *, is_sealed: bool = False) -> dict[str, Any]:
    """Draw a form's field: label, help, error, control; that it is required is said in a word."""
    widget = bound.field.widget
    errors = bound.errors
    is_choice = isinstance(widget, CheckboxInput) and not isinstance(widget, _GROUPED)
    is_group = isinstance(widget, _GROUPED) or getattr(widget, "use_fieldset", False)
    kind = "" if is_choice or is_group else ("form-select" if isinstance(widget, Select) else "form-control")
    attrs = {"class": f"{widget.attrs.get('class', '')} {kind}".strip()} if kind else {}
    described = " ".join(
        part
        for part in (
            f"{bound.auto_id}_helptext" if bound.help_text else "",
            f"{bound.auto_id}_error" if errors else "",
        )
        if part
    )
    if described and not is_group:
        attrs["aria-describedby"] = described
    return {
        "bound": bound,
        "label": conditional_escape(bound.label),
        "control": bound.as_widget(attrs=attrs),
        "errors": errors,
        "is_choice": is_choice,
        "is_group": is_group,
        "described": described,
        "is_sealed": is_sealed,
    }


@component("form")
def form(shown: BaseForm) -> dict[str, Any]:
    """Draw all fields of a form, with the sum of its errors above.

    `fieldsets` of the form groups them: (legend, [names]) or (legend, [names], help); fields that no
    group names come last. The page brings `<form>`, the token and the buttons.
    """
    groups, named = [], set()
    for legend, names, *help_text in getattr(shown, "fieldsets", ()):
        named |= set(names)
        groups.append(
            {
                "legend": legend,
                "help": help_text[0] if help_text else "",
                "fields": [shown[name] for name in names],
            }
        )
    rest = [bound for bound in shown.visible_fields() if bound.name not in named]
    if rest:
        groups.append({"legend": "", "help": "", "fields": rest})
    return {
        "form": shown,
        "groups": groups,
        "wrong": [bound for bound in shown.visible_fields() if bound.errors],
    }


@component("act", takes_context=True)
def act_button(
    context: Any,
    address: str,
    label: Any,
    *,
    kind: str = "primary",
    method: str = "post",
    gates: Iterable[Any] = (),
    key: str = "",
    icon: str = "",
    hidden: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Draw an act as a button: a form of its own (`post`) or a link to its form (`get`).

    Args:
        context: Of the template.
        address: Where the act is done.
        label: A verb.
        kind: `primary`, `plain` or `danger`.
        method: `post` or `get`.
        gates: What is not yet met; then the button rests and says so.
        key: The key of the keyboard that presses it.
        icon: A name of `frontend/site/icons.txt`.
        hidden: Names and values sent along (the key of idempotency is one).
    """
    return {
        "address": address, "label": label, "kind": kind, "method": method, "gates": list(gates), "key": key,
        "icon_name": icon, "hidden": list((hidden or {}).items()), "csrf_token": context.get("csrf_token"),
        "ident": f"gates-{secrets.token_hex(3)}",
    }  # fmt: skip


@component("gates")
def gate_list(gates: Iterable[Any]) -> dict[str, Any]:
    """Say what is not yet met: words, or objects with `reason` and perhaps `law`, `href`, `is_met`."""
    names = ("reason", "law", "href", "is_met")
    return {
        "gates": [_with({"reason": gate} if isinstance(gate, str) else gate, names) for gate in gates],
    }


@component("figure")
def figure(label: Any, value: Any, *, unit: Any = "", href: str = "", note: Any = "") -> dict[str, Any]:
    """Draw one number inside `<dl class="figures">`; `href` opens its rows."""
    return {"label": label, "value": said.number(value), "unit": unit, "href": href, "note": note}


@component("tag")
def tag(words: Any, kind: str = "") -> dict[str, Any]:
    """Draw a small word: kind ``, `act`, `warning`, `closed` or `secret`."""
    return {"words": words, "kind": kind}


@component("who")
def who(name: Any, post: Any = "", *, instead_of: Any = "") -> dict[str, Any]:
    """Name a person and the post they act in; `instead_of` for whom they stand in."""
    return {"name": name, "post": post, "instead_of": instead_of}


@component("tabs")
def tabs(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Draw pages side by side: items with `words`, `href`, perhaps `is_here`, `count`."""
    names = ("words", "href", "is_here", "count")
    return {"items": [_with(item, names, count=None) for item in items], "label": label}


@component("progress")
def progress(job: Any) -> dict[str, Any]:
    """Draw how far a job is, asking again every two seconds (every five without a script).

    The job has `ident`, `words`, `share` (0 to 1, None if it is not known), `is_done`, `href` (answers
    with this very part for htmx, with the page otherwise), perhaps `then` (where the result is), `problem`.
    """
    share = getattr(job, "share", None)
    return {
        "job": job,
        "then": getattr(job, "then", ""),
        "problem": getattr(job, "problem", ""),
        "percent": None if share is None else round(100 * share),
    }


@component("chart", takes_context=True)
def chart(context: Any, shown: Any) -> dict[str, Any]:
    """Draw a `charts.Chart` with its table under one click, and PNG, XLSX and CSV of what is shown."""
    ident = f"chart-{secrets.token_hex(3)}"
    return {
        "chart": shown,
        "ident": ident,
        "data": json_script(shown.data, ident),
        "csrf_token": context.get("csrf_token"),
        "sheet": url("look:sheet"),
    }


@component("empty")
def empty(says: tables.Empty) -> dict[str, Any]:
    """Say what will be here and how to begin."""
    return {"says": says}


def draw(context: Any, file: str, **more: Any) -> Markup:
    """Draw a compiled part on a page of Django's, with everything that the page has, and what is named."""
    return compiled.draw(file, {"csrf_token": ""} | context.flatten() | more)
