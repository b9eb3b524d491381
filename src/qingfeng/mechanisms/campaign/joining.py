"""What the house finds out at the acts of a campaign (`matters.computed`), and its settings.

Gates look at one matter; whether data has arrived, a rule is tested, a doubt of tier A is verified, a text
names somebody, a number said is the number counted, stands in other tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_noop

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.models import Matter, Party
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.mechanisms.campaign import custody, testing
from qingfeng.mechanisms.campaign.gates import day
from qingfeng.mechanisms.campaign.hits import hits_of
from qingfeng.mechanisms.campaign.published import FIGURES, MONEY, WHY, said_key
from qingfeng.mechanisms.campaign.rulebook import tells_rule
from qingfeng.mechanisms.campaign.yields import SELF, Yields, yields_of
from qingfeng.mechanisms.telling_who import who_is_told
from qingfeng.organization.district_settings import Choice, register, setting
from qingfeng.organization.models import Unit

KIND = "campaign"
DATA_DAYS = "campaign.data_days"
TEAM = ("lead", "member")
LEFT = ("a_left", "b_left", "clues_left")


def force(matter: Matter, _sheet: Sheet) -> Found:
    """Name the members of the task force that works on a campaign."""
    forces = matter.links_out.filter(kind="staffed_by", until_at=None, target__is_open=True).values("target")
    held = Party.objects.filter(matter__in=forces, role__in=TEAM, until_at=None, person__isnull=False)
    named: dict[str, list[int]] = {role: [] for role in TEAM}
    for role, person in held.order_by("pk").values_list("role", "person"):
        named[role].append(person)
    leads = named["lead"][:1] or _leads(matter)
    return Found(told={"force_members": len(named["member"])}, parties={**named, "lead": leads})


def _leads(matter: Matter) -> list[int]:
    """Return who leads the campaign now: a force without a leader leaves that as it is."""
    held = matter.parties.filter(role="lead", until_at=None, person__isnull=False)
    return list(held.values_list("person", flat=True))


def labels(matter: Matter, _sheet: Sheet) -> Found:
    """Enter what verifiers have labelled of the campaign's rules."""
    return Found(lines={"rule_tests": testing.labelled_lines(matter)})


def in_custody(matter: Matter, _sheet: Sheet) -> Found:
    """Tell what is missing before the net is closed, and list the doubts by rule."""
    hits = hits_of(matter)
    told = {"custody_missing": custody.not_in_custody(matter), "untested": testing.untested(matter)}
    lines = {"doubts": hits.by_rule(), "counts": [Yields(matter, hits).line()]}
    return Found(lines=lines, told=told)


def counted(matter: Matter, _sheet: Sheet) -> Found:
    """Count the yields of a campaign, link what serves it, and tell which of its rules are untested."""
    return _counted(yields_of(matter), told={"untested": testing.untested(matter)})


def _counted(found: Yields, **more: Any) -> Found:
    line = found.line()
    lines = {"counts": [line], **more.pop("lines", {})}
    told = {key: line[key] for key in LEFT} | more.pop("told", {})
    return Found(lines=lines, told=told, joining=tuple(found.serving()), **more)


def closing(matter: Matter, _sheet: Sheet) -> Found:
    """Count a campaign for the last time, and tell what of its data is still kept."""
    return _counted(yields_of(matter), told={"data_left": custody.still_kept(matter)})


def to_ask(matter: Matter, sheet: Sheet) -> Found:
    """Return the units that have no self-check of this campaign yet, and whether the text tells a rule."""
    units = Unit.objects.filter(kind=Unit.Kind.SUPERVISED).open_on(today())
    if matter.facts.get("scope") == "chosen":
        units = units.filter(pk__in=[int(one) for one in matter.facts.get("units") or ()])
    checks = matter.links_out.filter(kind=SELF, until_at=None, target__standing=Matter.Standing.VALID)
    asked = Party.objects.filter(matter__in=checks.values("target"), role="unit", until_at=None)
    left = list(units.exclude(pk__in=asked.values("unit")).order_by("pk").values_list("pk", flat=True))
    told = {"units_left": len(left), "tells_rule": tells_rule(matter, str(sheet.facts.get("self_topics")))}
    return Found(facts={"units_asked": left}, told=told)


def circular(matter: Matter, sheet: Sheet) -> Found:
    """Check whether a circular names somebody, and put its numbers beside those that are counted."""
    text = f"{sheet.facts.get('circular_title') or ''}\n{sheet.facts.get('circular_text') or ''}"
    figures = yields_of(matter).figures()
    lines = {"published": list(_said("circular", sheet.facts, figures))}
    return Found(lines=lines, told={"tells_who": who_is_told(text)})


def summary(matter: Matter, sheet: Sheet) -> Found:
    """Put the numbers of a summary beside those that are counted, and say until when data may be kept."""
    found = yields_of(matter)
    lines = {"published": list(_said("summary", sheet.facts, found.figures()))}
    latest = today() + timedelta(days=int(setting(DATA_DAYS)))
    planned = day(matter.facts.get("data_until"))
    last = latest if planned is None or planned < today() else min(planned, latest)
    return _counted(found, lines=lines, facts={"data_until": last.isoformat()})


def _said(where: str, facts: Mapping[str, Any], figures: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    why = str(facts.get(WHY.key) or "").strip()
    for key, _name, _term in FIGURES:
        said = _number(facts.get(said_key(key)))
        if said is None:
            continue
        counted_ = Decimal(figures[key])
        differs = said != counted_
        yield {
            "where_said": where,
            "figure": key,
            "number_said": _plain(key, said),
            "number_counted": _plain(key, counted_),
            "differs": differs,
            "why_differs": why if differs else "",
        }


def _number(value: Any) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        return Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None


def _plain(key: str, number: Decimal) -> str:
    return f"{number:,.2f}" if key in MONEY else f"{number:,.0f}"


def kept(matter: Matter, sheet: Sheet) -> Found:
    """Tell whether a number is that of one of the campaign's data requests."""
    number = str(sheet.facts.get("kept_request") or "").strip()
    return Found(told={"is_linked": number in {one.number for one in custody.requests_of(matter)}})


def deletions(matter: Matter, _sheet: Sheet) -> Found:
    """Gather the proofs of deletion of the campaign's data, and tell what is still kept."""
    told = {"data_left": custody.still_kept(matter)}
    return Found(lines={"deletions": custody.proofs_of(matter)}, told=told)


FINDS = {
    "campaign.force": force,
    "campaign.labels": labels,
    "campaign.custody": in_custody,
    "campaign.yields": counted,
    "campaign.units": to_ask,
    "campaign.circular": circular,
    "campaign.summary": summary,
    "campaign.kept": kept,
    "campaign.deletions": deletions,
    "campaign.closing": closing,
}


def join() -> None:
    """Let the kernel ask this room at its acts; register its setting; called once, at start-up."""
    for key, function in FINDS.items():
        find_with(key, function)
    register(
        Choice(
            DATA_DAYS,
            gettext_noop("Days for which a campaign's data may be kept after its summary"),
            30,
            gettext_noop("days"),
            gettext_noop(
                "Until then every data set is deleted with proof, or another purpose of it is named."
            ),
            "个人信息保护法 Art. 19 [proposal]",
            1,
            90,
        )
    )
