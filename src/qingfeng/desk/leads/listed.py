"""The rows of a list of leads, as far as the viewer may see them: a few queries however many there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.desk.leads import asked, terms
from qingfeng.desk.leads.asked import UNASSIGNED, Wanted
from qingfeng.findings.models import Lead, LeadFinding, RuleRun
from qingfeng.matters.registry import mechanism
from qingfeng.organization.models import Unit


@dataclass(frozen=True)
class Row:
    """One line of the list.

    Attributes:
        lead: The lead.
        says: The sentence of its heaviest finding.
        subject: Kind and key of what it is about.
        unit: Name of the unit.
        stage: Where its verification stands, in words.
        colour: Its colour in words.
        marks: Words beside it: drawn, hidden by an exception, watched only, gone.
        can_tick: Whether it can be chosen to be handed out.
    """

    lead: Lead
    says: str
    subject: str
    unit: str
    stage: str
    colour: str = ""
    marks: list[tuple[Any, str]] = field(default_factory=list)
    can_tick: bool = False

    @property
    def href(self) -> str:
        """Address of the lead."""
        return reverse("desk:lead", kwargs={"key": self.lead.key})


def rows_of(leads: list[Lead], *, may_assign: bool) -> list[Row]:
    """Return the rows of some leads, fetched with `unit`, `matter`; two queries."""
    first = dict(LeadFinding.objects.filter(lead__in=leads, place=0).values_list("lead_id", "message"))
    watched = set(asked.watched_rules())
    colours = {key: str(words) for key, words in terms.COLOURS.items()}
    return [
        Row(
            lead,
            first.get(lead.pk, ""),
            asked.subject_of(lead),
            str(lead.unit) if lead.unit else lead.unit_name,
            stage_of(lead),
            colours.get(lead.colour, ""),
            marks_of(lead, watched),
            can_tick=may_assign and lead.matter_id is None and lead.is_current,
        )
        for lead in leads
    ]


def stage_of(lead: Lead) -> str:
    """Return where the verification of a lead stands, in words."""
    if lead.matter is None:
        return str(terms.NOT_ASSIGNED)
    return str(mechanism(lead.matter.mechanism, lead.matter.version).stage(lead.matter.stage).name)


def marks_of(lead: Lead, watched: set[str]) -> list[tuple[Any, str]]:
    """Return the words beside a lead, with the kind of their tag."""
    marks: list[tuple[Any, str]] = []
    if lead.drawn_id:
        marks.append((_("drawn at random"), "act"))
    if lead.excepted_by_id:
        marks.append((_("hidden by an exception"), "closed"))
    if lead.rule in watched:
        marks.append((_("watched only"), "closed"))
    if not lead.is_current:
        marks.append((_("grown into another") if lead.replaced_by_id else _("no longer found"), "closed"))
    return marks


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it."""

    words: str
    href: str


def chips(wanted: Wanted) -> list[Chip]:
    """Return the filters in force, each to be taken away alone."""
    found = []
    for name, words in _filters(wanted):
        found.append(Chip(words, wanted.query(**{name: None if name in {"least", "most"} else ""})))
    return found


def _filters(wanted: Wanted) -> list[tuple[str, str]]:
    unit = Unit.objects.filter(pk=wanted.unit).first() if wanted.unit else None
    said = {
        "watch": terms.WATCHES.get(wanted.watch, ""),
        "month": wanted.month,
        "colour": terms.COLOURS.get(wanted.colour, ""),
        "tier": _("tier %(tier)s") % {"tier": wanted.tier} if wanted.tier else "",
        "unit": unit or "",
        "rule": rule_title(wanted.rule) if wanted.rule else "",
        "least": _("from %(amount)s yuan") % {"amount": f"{wanted.least:,}"}
        if wanted.least is not None
        else "",
        "most": _("up to %(amount)s yuan") % {"amount": f"{wanted.most:,}"}
        if wanted.most is not None
        else "",
        "stage": (terms.NOT_ASSIGNED if wanted.stage == UNASSIGNED else asked.stages()[wanted.stage])
        if wanted.stage
        else "",
        "drawn": _("drawn at random") if wanted.drawn else "",
        "show": dict(shows()).get(wanted.show, "") if wanted.show else "",
        "text": f"“{wanted.text}”" if wanted.text else "",
    }
    return [(name, str(words)) for name, words in said.items() if words]


def rule_title(rule: str) -> str:
    """Return what a rule is called in the newest run that met it, its id where none did."""
    known = RuleRun.objects.filter(rule=rule).order_by("-screening_id").values_list("title", flat=True)
    return known.first() or rule


def shows() -> list[tuple[str, Any]]:
    """Return which leads a list can show, in words."""
    return [
        ("", _("to be looked at")),
        ("watched", _("watched only")),
        ("excepted", _("hidden by an exception")),
        ("gone", _("no longer found")),
        ("all", _("all")),
    ]
