"""Who may see leads: the one place that decides; every list, count, chart and export begins here.

| viewer | leads |
|---|---|
| analyst; principal, leader in charge; head of the room in whose unit an analyst serves | all |
| other own staff | those whose verification they may see |
| anybody who speaks for a unit or body outside, the three administrators | none |
| anybody recused | not that lead |

A lead is recused by its unit, by the person on record whom it names, by a name that it says and that
is the viewer's, a near relative's on record, or a declared relative's outside, and by whatever recuses
from its verification.

Law:
    监察法 Art. 18 (secrets), Art. 67 (recusal)
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from qingfeng.findings.models import Lead
from qingfeng.journal import composing
from qingfeng.matters.access import bound_by, question_of, recused_matters, visible
from qingfeng.organization.conflicts import conflicts_of
from qingfeng.organization.models import Person, PostRole
from qingfeng.organization.roles import ROLES
from qingfeng.organization.viewer import Viewer

VERIFICATION = "verification"  # key of the mechanism that carries a lead to its verdicts
LEADERS = ("principal", "deputy")
_HEADS = "_heads_analysts"  # what a viewer was asked once
_BOUND = "_recused_leads"


def visible_leads(viewer: Viewer | None) -> QuerySet[Lead]:
    """Return the leads that somebody may know of; nothing else may be counted, listed or exported."""
    if viewer is None or not _is_inside(viewer):
        return Lead.objects.none()
    leads = Lead.objects.exclude(_recused(viewer))
    if may_assign(viewer):
        return leads
    mine = visible(viewer).filter(mechanism=VERIFICATION)
    return leads.filter(matter__isnull=False, matter__in=mine.values("pk"))  # few: said to the planner


def seen_among(viewer: Viewer | None, keys: Iterable[int]) -> list[Lead]:
    """Return those of these leads that somebody may know of, in no order; composed once a reader."""
    return _seen(viewer, keys, ())


def lead_or_none(viewer: Viewer | None, key: str) -> Lead | None:
    """Return a lead that somebody may see; None as well where it does not exist for them."""
    keys = Lead.objects.filter(key=key).order_by().values_list("pk", flat=True)
    return next(iter(_seen(viewer, keys, ("unit", "matter", "replaced_by"))), None)


def _seen(viewer: Viewer | None, keys: Iterable[int], related: tuple[str, ...]) -> list[Lead]:
    if viewer is None or not _is_inside(viewer):
        return []
    bound = [sorted(one) for one in bound_to(viewer)]
    question = ("leads seen", question_of(viewer), may_assign(viewer), repr(bound), related)

    def make(marks: list[int]) -> QuerySet[Lead]:
        rows = visible_leads(viewer).filter(pk__in=marks).order_by()
        return rows.select_related(*related) if related else rows

    return composing.rows_of(question, keys, make)


def may_read_records(viewer: Viewer | None) -> bool:
    """Return whether somebody may read and bring in screened records: the data analyst alone."""
    return viewer is not None and _is_inside(viewer) and viewer.has("analyst")


def may_assign(viewer: Viewer | None) -> bool:
    """Return whether somebody sees every lead and may hand one out to be verified."""
    if viewer is None or not _is_inside(viewer):
        return False
    return viewer.has("analyst", *LEADERS) or _heads_analysts(viewer)


def _is_inside(viewer: Viewer) -> bool:
    """Whether somebody holds roles of ours only: who speaks for a unit or body outside too is outside."""
    if viewer.person_id is None or viewer.is_administrator or not viewer.roles:
        return False
    return all(ROLES[role].is_ours for role in viewer.roles)


def _heads_analysts(viewer: Viewer) -> bool:
    """Whether an analyst serves in a unit that the viewer heads, or below it; one query, asked once."""
    heads = viewer.roles.get("dept_head", ())
    if not heads:
        return False
    kept: bool | None = viewer.__dict__.get(_HEADS)
    if kept is None:
        here = Q()
        for path in heads:
            here |= Q(post__unit__path__startswith=path)
        analysts = PostRole.objects.held_on(viewer.on).filter(here, role="analyst")
        kept = viewer.__dict__[_HEADS] = analysts.exists()
    return kept


def _recused(viewer: Viewer) -> Q:
    """Return the condition under which a lead does not exist for somebody; never empty."""
    units, persons, names = bound_to(viewer)
    found = Q(subject_person__in=persons) | Q(matter__in=recused_matters(viewer))
    found |= Q(unit__in=units) if units else Q()
    for name in sorted(names):
        found |= Q(subject_name=name) | Q(named__contains=f"、{name}、")
    return found


def bound_to(viewer: Viewer) -> tuple[frozenset[int], frozenset[int], frozenset[str]]:
    """Return the units, persons and names that bind somebody; asked once a request."""
    kept: tuple[frozenset[int], frozenset[int], frozenset[str]] | None = viewer.__dict__.get(_BOUND)
    if kept is None:
        found = conflicts_of(Person(pk=viewer.person_id), on=viewer.on)
        near = [
            key
            for key, why in found.persons.items()
            if any(ground.ground in ("subject", "relative") for ground in why)
        ]
        on_record = Person.objects.filter(pk__in=near).values_list("name", flat=True)
        units, persons = bound_by(viewer)
        kept = viewer.__dict__[_BOUND] = (units, persons, frozenset({*on_record, *found.names} - {""}))
    return kept


def recused_leads(viewer: Viewer) -> QuerySet[Lead]:
    """Return the leads that do not exist for somebody because they are recused."""
    return Lead.objects.filter(_recused(viewer)).order_by()
