"""The settings of the district: folded by the room that reads them, searched, and decided one at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from qingfeng.look.said import number, provision
from qingfeng.look.tables import Column
from qingfeng.organization.calendar import unknown_years
from qingfeng.organization.declarations import KINDS
from qingfeng.organization.district_settings import CHOICES, Choice, set_setting, setting, settings_in_force
from qingfeng.organization.forms import SettingForm
from qingfeng.organization.models import Setting
from qingfeng.organization.permissions import needs_role
from qingfeng.organization.showing import NamedTable, row_acts
from qingfeng.organization.views.asking import Question, ask, data_of

Row = tuple[Choice, object, Setting | None]
ROOMS = {
    "matters": gettext_noop("All matters"),
    "organization": gettext_noop("Posts and people"),
    "findings": gettext_noop("Leads"),
    "desk": gettext_noop("The desk"),
    "packages": gettext_noop("Packages"),
}
"""What reads settings and is no kind of matter, in the order of the page."""
NOTICE_MONTH = 11
"""From which month on the State Council's notice for the next year is usually there."""


@dataclass(frozen=True)
class Group:
    """The settings that one room reads.

    Attributes:
        name: Of the room, in the reader's language.
        table: The settings.
        count: How many there are.
        decided: How many the district has decided.
    """

    name: str
    table: NamedTable
    count: int
    decided: int


@needs_role("system_admin", "auditor")
def setting_list(request: HttpRequest) -> HttpResponse:
    """Show the settings by room, each with its value, unit, basis and who decided it."""
    wanted = request.GET.get("q", "").strip()[:100]
    only = request.GET.get("decided") == "1"
    every = settings_in_force()
    rows = [row for row in every if _is_wanted(row, wanted.casefold()) and (row[2] or not only)]
    shown = {
        "title": _("Settings"),
        "groups": _groups(rows, may_change=request.viewer.has("system_admin")),
        "wanted": wanted,
        "only": only,
        "is_sifted": bool(wanted or only),
        "count": len(every),
        "decided": sum(1 for row in every if row[2]),
        "unknown_years": unknown_years(timezone.localdate(), ahead_from_month=NOTICE_MONTH),
    }
    return render(request, "organization/settings.html", shown)


def _is_wanted(row: Row, wanted: str) -> bool:
    """Say whether a setting has the words sought in its name, what it does, its basis or its room."""
    choice = row[0]
    said = (_(choice.name), _(choice.description), _basis(row), _room_name(_room(choice)), choice.key)
    return any(wanted in one.casefold() for one in said)


def _groups(rows: Iterable[Row], *, may_change: bool) -> list[Group]:
    """Return the rooms that have settings, those of the whole house first, kinds of matters by name."""
    by_room = defaultdict(list)
    for row in rows:
        by_room[_room(row[0])].append(row)
    house = [room for room in ROOMS if room in by_room]
    kinds = sorted(by_room.keys() - ROOMS.keys(), key=_room_name)
    columns = _columns(may_change=may_change)
    return [_group(room, by_room[room], columns) for room in (*house, *kinds)]


def _group(room: str, rows: list[Row], columns: list[Column]) -> Group:
    name = _room_name(room)
    decided = sum(1 for row in rows if row[2])
    return Group(name, NamedTable(columns, rows, name, ident=f"of-{room}"), len(rows), decided)


def _room(choice: Choice) -> str:
    return choice.key.partition(".")[0]


def _room_name(room: str) -> str:
    return _(ROOMS[room]) if room in ROOMS else str(_(KINDS[room]) if room in KINDS else room)


def _columns(*, may_change: bool) -> list[Column]:
    columns = [
        Column(lambda row: _(row[0].name), _("setting"), is_head=True),
        Column(_value, pgettext("of a setting", "value")),
        Column(lambda row: _("decided") if row[2] else _("default"), _("state"), "tag"),
        Column(_basis, _("basis")),
        Column(lambda row: row[2] and row[2].reason, _("reason")),
        Column(lambda row: row[2] and row[2].set_by, _("who")),
        Column(lambda row: row[2] and row[2].set_at, _("when"), "moment"),
    ]
    return [*columns, row_acts(_acts)] if may_change else columns


def _value(row: Row) -> str:
    choice, value, _decided = row
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{number(value) if isinstance(value, int) else value} {_(choice.unit) if choice.unit else ''}"


def _basis(row: Row) -> str:
    """Return the basis with how sure it is in words, not as the mark of the source."""
    marks = {
        "law": "",
        "reported": _("as reported"),
        "verify": _("to be verified"),
        "proposal": _("own practice"),
    }
    basis = row[0].basis
    for mark, words in marks.items():
        basis = basis.replace(f"[{mark}]", f"· {words}" if words else "")
    return provision(basis.strip(" ·"))


def _acts(row: Row) -> list[tuple[str, str]]:
    return [(_("Change"), reverse("organization:setting_change", args=[row[0].key]))]


@needs_role("system_admin")
def setting_change(request: HttpRequest, key: str) -> HttpResponse:
    """Decide about a setting."""
    if key not in CHOICES:
        raise Http404
    choice = CHOICES[key]
    form = SettingForm(data_of(request), initial={"value": setting(key)})
    note = f"{_(choice.description)} {_('Default:')} {choice.default} {_(choice.unit) if choice.unit else ''}"
    question = Question(_(choice.name), _("Save"), reverse("organization:settings"), note=note)

    def act(value: str, reason: str) -> Setting:
        return set_setting(key, value, by=request.user, reason=reason)

    return ask(request, form, question, act)
