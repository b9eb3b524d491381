"""A mechanism drawn from its declaration: diagram, roles, acts with gates in words, clocks with their law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.desk.counted import definition
from qingfeng.desk.offers import laws
from qingfeng.look.diagram import Edge, Node
from qingfeng.look.said import provision
from qingfeng.matters.vocabulary import OPEN, Act, Clock, Mechanism, Role
from qingfeng.organization.district_settings import setting
from qingfeng.organization.roles import ROLES


@dataclass(frozen=True)
class ActDrawn:
    """An act in words."""

    act: Act
    by: str
    from_stages: str
    to_stage: str
    needs: list[tuple[Any, str]]
    notes: list[str]


@dataclass(frozen=True)
class ClockDrawn:
    """A clock in words."""

    clock: Clock
    period: str
    bearer: str
    begins: str
    ends: str
    law: str


@dataclass(frozen=True)
class Drawn:
    """A mechanism in words and as a diagram."""

    nodes: list[Node]
    edges: list[Edge]
    roles: list[tuple[Role, str]]
    acts: list[ActDrawn]
    clocks: list[ClockDrawn]
    figures: list[tuple[Any, str]]
    law: str
    opened_by: str


def drawn(declared: Mechanism) -> Drawn:
    """Return a mechanism for its page."""
    nodes = [Node(stage.key, str(stage.name), is_last=not stage.open) for stage in declared.stages]
    edges = [
        Edge(stage.key, act.to, str(act.name))
        for act in declared.acts
        for stage in declared.stages
        if act.to
        and act.to != stage.key
        and declared.is_from(act, stage.key)
        and (stage.open or not act.even_ended)
    ]
    return Drawn(
        nodes,
        edges,
        [(role, _holders(role)) for role in declared.parties],
        [_act(declared, act) for act in declared.acts],
        [_clock(declared, clock) for clock in declared.clocks],
        [(figure, definition(figure, declared)) for figure in declared.figures],
        laws(declared.law),
        _joined(declared, declared.opened_by),
    )


def _joined(declared: Mechanism, keys: Iterable[str]) -> str:
    return _("; ").join(_("the clock") if key == "clock" else str(declared.role(key).name) for key in keys)


def _holders(role: Role) -> str:
    """Return who plays a role: those named, or the holders of an office."""
    if role.office:
        offices = _("; ").join(_(ROLES[key].name) for key in role.office if key in ROLES)
        return _("by office: %(offices)s") % {"offices": offices}
    if role.kind == "unit":
        return _("a unit that is named")
    if role.least <= 1:
        return _("a person who is named")
    return ngettext(
        "at least %(count)d person who is named", "at least %(count)d persons who are named", role.least
    ) % {"count": role.least}


def _act(declared: Mechanism, act: Act) -> ActDrawn:
    stages = {stage.key: str(stage.name) for stage in declared.stages}
    roles = {role.key: str(role.name) for role in declared.parties}
    notes = []
    if act.second:
        notes.append(_("needs a second signature"))
    if act.not_by:
        notes.append(
            _("not by whoever acted as %(roles)s") % {"roles": _("; ").join(roles[key] for key in act.not_by)}
        )
    if act.on_paper:
        notes.append(_("may be signed on paper"))
    if act.meeting:
        notes.append(_("may be decided in a meeting"))
    if act.prints:
        notes.append(
            _("prints %(slips)s") % {"slips": _("; ").join(f"《{slip.term}》" for slip in act.prints)}
        )
    starts = _("; ").join(stages[key] for key in act.from_) if act.from_ else _("any open stage")
    if act.even_ended:
        starts = _("wherever it stands, void, withdrawn or merged too")
    needs = [(gate.says, laws(gate.law)) for gate in act.gates]
    return ActDrawn(act, _joined(declared, act.by), starts, stages.get(act.to, ""), needs, notes)


def period_of(clock: Clock) -> str:
    """Return how long a clock runs, with the district's own figure where it has one."""
    if clock.until:
        return _("until a day that is entered")
    if clock.in_months:
        return _("in some months, on a day that is entered")
    if clock.each_month:
        return _("each month, on a day that is entered")
    amount = clock.working_days or clock.months or clock.days or clock.end_of_month
    amount = int(setting(clock.setting)) if clock.setting else amount
    if clock.of_year:
        return _("until the end of month %(count)d of the year") % {"count": amount}
    if clock.working_days:
        return ngettext("%(count)d working day", "%(count)d working days", amount) % {"count": amount}
    if clock.months:
        return ngettext("%(count)d month", "%(count)d months", amount) % {"count": amount}
    return ngettext("%(count)d day", "%(count)d days", amount) % {"count": amount}


def _clock(declared: Mechanism, clock: Clock) -> ClockDrawn:
    names = {act.key: str(act.name) for act in declared.acts} | {OPEN: _("opening")}
    begins = [act.key for act in declared.acts if clock in declared.started_by(act.key)]
    begins = ([OPEN] if clock in declared.started_by(OPEN) else []) + begins
    ends = [act.key for act in declared.acts if clock in declared.stopped_by(act.key)]
    roles = {role.key: str(role.name) for role in declared.parties}
    marks = {
        "law": "",
        "reported": _("as reported"),
        "verify": _("to be verified"),
        "proposal": _("own practice"),
    }
    law = _("; ").join(
        f"{provision(one)} ({marks[one.mark]})" if marks[one.mark] else provision(one) for one in clock.law
    )
    return ClockDrawn(
        clock,
        period_of(clock),
        roles.get(clock.bears, ""),
        _("; ").join(names[key] for key in begins),
        _("; ").join(names[key] for key in ends),
        law,
    )
