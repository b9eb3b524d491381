"""How this room's pages show: one template, tables of the look, roles by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qingfeng.look.said import day
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.organization.roles import ROLES

Link = tuple[str, str]
LINES = "organization/cells/lines.html"


@dataclass(frozen=True)
class NamedTable(Table):
    """A table with an id of its own on the page."""

    ident: str = "rows"


def role_name(key: str) -> str:
    """Return a role in the reader's language, by its key."""
    return _(ROLES[key].name) if key in ROLES else key


def period(from_on: date | None, until_on: date | None) -> str:
    """Return a period as people say it; an open end is said."""
    return f"{day(from_on)} – {day(until_on) if until_on else _('in force')}"


def show(
    request: HttpRequest, title: str, *tables: NamedTable, acts: Iterable[Link] = (), **more: Any
) -> HttpResponse:
    """Show a page.

    Args:
        request: The request.
        title: Heading.
        tables: One after the other.
        acts: What can be done here: words and address.
        more: `day` (asked for with a form), `facts` (words and value), `notes`.
    """
    shown = {"title": title, "tables": tables, "acts": list(acts), **more}
    return render(request, "organization/page.html", shown)


def lines(key: Callable[[Any], list[str]], label: str) -> Column:
    """Return a column whose cell has several lines."""
    return Column(key, label, template=LINES)


def row_acts(key: Callable[[Any], list[Link]]) -> Column:
    """Return the column of what can be done with a row."""
    return Column(key, _("acts"), template="organization/cells/acts.html")


def nothing(title: str, says: str, act: str = "", href: str = "") -> Empty:
    """Return what an empty table says."""
    return Empty(title, says, act, href)
