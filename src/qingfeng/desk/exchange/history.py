"""Every package that ever went out or came in, found by number, digest, kind, day and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.exchange import shown
from qingfeng.desk.keeping import fields
from qingfeng.exchange.models import OFFICE, Correspondent, Received, Sent
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters.forms import DATES

A_PAGE = 50
OUT, INTO = "out", "in"


class Sought(fields.Form):
    """What is looked for; every field may be empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("all"))]
        whom = Correspondent.objects.filter(end=OFFICE).order_by("name").values_list("pk", "name")
        states = [
            ("receipted", _("receipt is here")),
            ("owed", _("without receipt")),
            *((str(value), words) for value, words in Received.State.choices),
        ]
        self.fields["q"] = fields.text(_("Number, digest or kind"), needed=False, most=80)
        self.fields["whom"] = forms.ChoiceField(
            label=pgettext("packages", "With whom"),
            choices=[*every, *((str(pk), name) for pk, name in whom)],
            required=False,
        )
        self.fields["way"] = forms.ChoiceField(
            label=_("Which way"),
            choices=[*every, (OUT, pgettext("packages", "Sent")), (INTO, pgettext("packages", "Received"))],
            required=False,
        )
        self.fields["state"] = forms.ChoiceField(
            label=_("What became of it"), choices=[*every, *states], required=False
        )
        for name, label in (("since", _("From day")), ("until", _("To day"))):
            picks = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = forms.DateField(
                label=label, required=False, input_formats=DATES, widget=picks
            )
        for field in self.fields.values():
            is_list = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_list else "form-control"


@dataclass(frozen=True)
class Found:
    """One package of the history."""

    at: datetime
    way: str
    number: int | None
    name: str
    state: str
    kinds: str
    size: int
    times: int
    digest: str
    what: str
    href: str


def page_of(sought: Sought, number: str) -> Page:
    """Return one page of packages, the newest first.

    Args:
        sought: A form that is valid.
        number: Of the page, as the address says it.
    """
    given = sought.cleaned_data
    out = _within(Sent.objects.filter(stream__correspondent__end=OFFICE), given, "made_at")
    into = _within(Received.objects.filter(end=OFFICE), given, "came_at")
    out, into = _in_state(out, into, given["state"])
    if given["way"]:
        out, into = (out, into.none()) if given["way"] == OUT else (out.none(), into)
    rows = _keys(out, OUT, "made_at").union(_keys(into, INTO, "came_at"), all=True).order_by("-at", "-row")
    page = Paginator(rows, A_PAGE).get_page(number)
    page.object_list = _found([(one["way"], one["row"]) for one in page.object_list])
    return page


def _keys(rows: QuerySet[Any], way: str, at: str) -> QuerySet[Any, dict[str, Any]]:
    return rows.order_by().values(at=F(at), row=F("pk"), way=Value(way))


def _within(rows: QuerySet[Any], given: dict[str, Any], at: str) -> QuerySet[Any]:
    if given["whom"]:
        rows = rows.filter(stream__correspondent=int(given["whom"]))
    if given["since"]:
        rows = rows.filter(**{f"{at}__date__gte": given["since"]})
    if given["until"]:
        rows = rows.filter(**{f"{at}__date__lte": given["until"]})
    return rows.filter(_said(given["q"].strip())) if given["q"].strip() else rows


def _said(words: str) -> Q:
    """Return what fits words: a number, the beginning of a digest, or what a kind is called."""
    found = Q(digest__istartswith=words) | Q(kinds__has_key=words)
    if words.isdecimal() and len(words) < 10:  # what a number column holds
        found |= Q(number=int(words))
    for kind, name in shown.KINDS.items():
        if words.lower() in {kind, str(name).lower()} or (len(words) > 1 and words in str(name)):
            found |= Q(kinds__has_key=kind)
    return found


def _in_state(out: Any, into: Any, state: str) -> tuple[Any, Any]:
    if state == "receipted":
        return out.filter(receipt_at__isnull=False), into.none()
    if state == "owed":
        return out.filter(receipt_at=None, wants_receipt=True), into.none()
    return (out.none(), into.filter(state=state)) if state else (out, into)


def _found(keys: Sequence[tuple[str, int]]) -> list[Found]:
    sent = Sent.objects.select_related("stream__correspondent").in_bulk(
        [pk for way, pk in keys if way == OUT]
    )
    came = Received.objects.select_related("stream__correspondent").in_bulk(
        [pk for way, pk in keys if way == INTO]
    )
    return [_sent(sent[pk]) if way == OUT else _came(came[pk]) for way, pk in keys]


def _sent(row: Sent) -> Found:
    if row.receipt_at:
        state, what = _("receipt is here"), _("their entry %(leaf)s") % {"leaf": row.receipt_leaf[:16]}
    else:
        state, what = (_("without receipt") if row.wants_receipt else _("asks for no receipt")), ""
    with_whom = row.stream.correspondent
    href = reverse("desk:packages_with", args=[with_whom.pk])
    way = pgettext("packages", "Sent")
    kinds = shown.kinds_of(row.kinds)
    return Found(
        row.made_at, way, row.number, with_whom.name, state, kinds, row.size, 1, row.digest, what, href
    )


def _came(row: Received) -> Found:
    with_whom = row.stream.correspondent if row.stream else None
    href = reverse("desk:packages_with", args=[with_whom.pk]) if with_whom else ""
    way = pgettext("packages", "Received")
    name = with_whom.name if with_whom else row.sender[:16]  # as a digest: no line would break in it
    state, kinds = str(row.get_state_display()), shown.kinds_of(row.kinds)
    return Found(
        row.came_at, way, row.number, name, state, kinds, row.size, row.times, row.digest, row.what, href
    )


def table(page: Page) -> Table:
    """Return a page of the history as a table."""
    columns = [
        Column("at", pgettext("packages", "When"), "moment"),
        Column("way", _("Which way"), "tag"),
        Column("number", pgettext("packages", "Number"), "number"),
        Column("name", pgettext("packages", "With whom"), is_head=True, link=lambda row: row.href or None),
        Column("state", _("State"), "tag"),
        Column("kinds", _("Carries")),
        Column("size", _("Bytes"), "number"),
        Column("times", _("Times brought"), "number"),
        Column("what", pgettext("packages", "Remark")),
        Column(lambda row: row.digest[:16], _("Digest"), "exact"),
    ]
    empty = Empty(_("No package fits"), _("Look for less: a number, a day, a correspondent alone."))
    return Table(columns, page, _("History of packages"), empty=empty)


def is_asked(given: dict[str, Any]) -> bool:
    """Say whether anything narrows the list."""
    return any(isinstance(one, date) or one for one in given.values())
