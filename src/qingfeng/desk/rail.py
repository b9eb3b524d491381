"""What the desk hangs on the rail, the bell, and the menu under a person's name."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk import notes
from qingfeng.desk.awaiting import count_in
from qingfeng.desk.cockpit.asked import may_open as may_open_cockpit
from qingfeng.desk.culture import doors as culture
from qingfeng.desk.duties import may_work
from qingfeng.desk.leads import rail as leads
from qingfeng.desk.listing import knows
from qingfeng.desk.returns.doors import may_open as may_open_returns
from qingfeng.desk.shelves import TEAM, shelf_of
from qingfeng.desk.team.views import leads_people
from qingfeng.desk.unit.views import may_open as may_open_unit
from qingfeng.look.rail import Bell, RailEntry, hang_bell, register, register_personal
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.vocabulary import Mechanism


def _works(request: HttpRequest) -> bool:
    return may_work(request.viewer)


def _leads(request: HttpRequest) -> bool:
    return leads_people(request.viewer)


def _waiting(request: HttpRequest) -> int:
    return count_in(request)


def _unread(request: HttpRequest) -> int:
    return notes.unread_count(request.viewer)


def _has_unit(request: HttpRequest) -> bool:
    return may_open_unit(request.viewer)


def _has_cockpit(request: HttpRequest) -> bool:
    return may_open_cockpit(request.viewer)


def _administers(request: HttpRequest) -> bool:
    return request.viewer.is_administrator


def _has_returns(request: HttpRequest) -> bool:
    return may_open_returns(request.viewer)


def hang() -> None:
    """Put the entries of the desk on the rail, each for those who have a desk."""
    register(
        RailEntry(
            _("Awaiting my approval"), "desk:tray", 10, count=_waiting, may_see=_works, icon="inbox", key="t"
        )
    )
    register(RailEntry(_("My work"), "desk:my_work", 20, may_see=_works, icon="home", key="w"))
    register(RailEntry(_("My unit's work"), "desk:my_unit", 25, may_see=_has_unit, icon="users", key="u"))
    register(RailEntry(_("Cockpit"), "desk:cockpit", 30, may_see=_has_cockpit, icon="dashboard", key="c"))
    register(RailEntry(_("Returns"), "desk:returns", 32, may_see=_has_returns, icon="table", key="b"))
    leads.hang()
    culture.hang()
    register(RailEntry(_("Years in post"), "desk:posts_by_years", 549, None, _leads, "calendar-event", TEAM))
    for one in mechanisms():
        register(_entry(one))
    register_personal(
        RailEntry(_("Calendar feed"), "desk:feed_settings", 50, may_see=_works, icon="calendar-event")
    )
    register_personal(RailEntry(_("Drafts"), "desk:drafts", 40, may_see=_works, icon="pencil"))
    register_personal(RailEntry(_("How I am told"), "desk:telling", 45, may_see=_works, icon="mail"))
    breach = RailEntry(
        _("Report a breach of personal data"), "desk:new", 990, may_see=_administers, icon="alert-triangle",
        group=_("Administration"), url_kwargs={"kind": "breach"},
    )  # fmt: skip
    register(breach)
    hang_bell(Bell("desk:notices", _unread))


def _entry(one: Mechanism) -> RailEntry:
    def may_see(request: HttpRequest) -> bool:
        return knows(request.viewer, one)

    heading, place, icon = shelf_of(one.key)
    return RailEntry(one.name, "desk:list", place, None, may_see, icon, heading, {"kind": one.key})
