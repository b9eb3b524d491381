"""What the house does for the supervision of a leading team: it proposes, looks out, counts, opens talks.

It reads posts, the deadlines of letters that went to the unit, and the ledger itself; nothing about reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop

from qingfeng.matters.alone import others_of
from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.conditions import passed
from qingfeng.matters.door import open_matter
from qingfeng.matters.following import follow_with
from qingfeng.matters.models import ClockRun, LedgerLine, Matter, Performance
from qingfeng.matters.registry import is_known
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.matters.writing import join as link
from qingfeng.mechanisms.leadership.posts import Leading, leading_of, talker_for
from qingfeng.organization.district_settings import Choice, register, setting
from qingfeng.organization.models import Person, Unit

THRESHOLD = "leadership.money_threshold_yuan"
NEW_DAYS = "leadership.new_post_days"
LETTER = "recommendation"
LETTER_CLOCKS = ("rec_reply", "plan", "rec_complete", "mend_again")
WORDS = {
    "appointment": "任职谈话",
    "supervision": "年度监督谈话",
    "reminder": "提醒谈话",
    "admonition": "诫勉谈话",
}


def unit_of(matter: Matter) -> Unit:
    """Return the unit whose leading team is supervised."""
    return Unit.objects.get(parts__matter=matter, parts__role="unit", parts__until_at=None)


def propose(matter: Matter, _sheet: Sheet) -> Found:
    """Propose a talk of the year for each leading post of the unit that has none in the plan yet."""
    unit, on, year = unit_of(matter), today(), int(matter.facts["plan_year"])
    there = {one.facts.get("about_person") for one in matter.lines.filter(ledger="plan", state="planned")}
    lines = [
        {**line, "talk_kind": "supervision", "talk_by": date(year, 12, 31).isoformat()}
        for one in leading_of(unit, on)
        if one.person.pk not in there and (line := _line(one, unit, on))
    ]
    return Found(lines={"plan": lines})


def _line(one: Leading, unit: Unit, on: date) -> dict[str, Any]:
    """Return what a line says of who is talked with and who talks; empty where nobody can."""
    talker = talker_for(one, unit, on)
    if talker is None:
        return {}
    return {
        "about_person": one.person.pk,
        "post_title": one.post.title,
        "post_kind": one.kind,
        "talker_person": talker.pk,
    }


def look_out(matter: Matter, _sheet: Sheet) -> Found:
    """Find what gives rise to a talk and was not called for yet; nothing where there is nothing.

    A year of the unit that is not closed yet looks out beside the next one: what one calls for the other does
    not.
    """
    unit, on = unit_of(matter), today()
    years = [matter.pk, *others_of(matter, "unit").values_list("pk", flat=True)]
    there = LedgerLine.objects.filter(matter__in=years, ledger__in=("plan", "triggers"))
    called = {_sign(one.facts) for one in there.exclude(state="struck")}
    lines = [
        {**line, **found, "found_on": on.isoformat()}
        for one, found in _occasions(matter, unit, on)
        if _sign({"about_person": one.person.pk, **found}) not in called and (line := _line(one, unit, on))
    ]
    return Found(lines={"triggers": lines}) if lines else Found()


def _sign(line: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return by what an occasion is known again: an appointment by who was appointed and when."""
    if line.get("talk_kind") == "appointment":
        return "appointment", line.get("about_person"), line.get("appointed_on")
    return line.get("trigger_kind"), line.get("trigger_ref")


def _occasions(matter: Matter, unit: Unit, on: date) -> Iterator[tuple[Leading, dict[str, Any]]]:
    """Yield with whom a talk is called for, and why: new posts, overdue letters, sums without a decision."""
    leading, new = leading_of(unit, on), on - timedelta(days=int(setting(NEW_DAYS)))
    for one in leading:
        if one.since_on >= new:
            yield (
                one,
                {
                    "trigger_kind": "appointment",
                    "trigger_ref": f"{one.since_on.isoformat()} {one.post.title}"[:40],
                    "talk_kind": "appointment",
                    "appointed_on": one.since_on.isoformat(),
                },
            )
    heads = [one for one in leading if one.kind == "head"][:1]
    for head in heads:
        for number in overdue_letters(unit, on):
            yield head, _reminder("overdue_letter", number)
        stocked = matter.facts.get("stocked_on")
        if matter.facts.get("collective") == "none_recorded" and stocked:
            yield head, _reminder("collective", str(stocked))


def _reminder(kind: str, ref: str) -> dict[str, Any]:
    return {"trigger_kind": kind, "trigger_ref": ref[:40], "talk_kind": "reminder"}


def overdue_letters(unit: Unit, on: date) -> list[str]:
    """Return the numbers of the letters that the unit owes something on and is late with, in order."""
    late = ClockRun.objects.filter(
        matter__mechanism=LETTER,
        matter__standing=Matter.Standing.VALID,
        matter__parties__role="unit",
        matter__parties__unit=unit,
        matter__parties__until_at=None,
        key__in=LETTER_CLOCKS,
        state=ClockRun.State.RUNNING,
        due_on__lt=on,
    )
    return sorted(set(late.values_list("matter__number", flat=True)))


def take_stock(matter: Matter, _sheet: Sheet) -> Found:
    """Count the decisions recorded at or above the money threshold in force."""
    threshold = Decimal(int(setting(THRESHOLD)))
    count = sum(is_above(one.facts, threshold) for one in matter.lines.filter(ledger="decisions"))
    facts = {"threshold_yuan": str(threshold), "above_count": count}
    return Found(facts=facts)


def is_above(line: Mapping[str, Any], threshold: Decimal) -> bool:
    """Return whether a recorded decision is about a sum at or above a threshold in yuan."""
    return bool(line.get("decided_yuan")) and Decimal(str(line["decided_yuan"])) >= threshold


def signals(matter: Matter, _sheet: Sheet) -> Found:
    """Count what the note on a unit begins with: talks and overdue letters."""
    talks = Matter.objects.filter(
        links_in__source=matter, links_in__kind="plans", links_in__until_at=None, standing="valid"
    )
    is_open = list(talks.values_list("is_open", flat=True))
    facts = {
        "talks_open": sum(is_open),
        "talks_closed": len(is_open) - sum(is_open),
        "letters_overdue": len(overdue_letters(unit_of(matter), today())),
    }
    return Found(facts=facts)


def open_talks(matter: Matter, performance: Performance) -> None:
    """Open a talk for each line that an act has put into force, linked to the year.

    Raises:
        Refused: If a talk cannot be opened (somebody named must be recused): then the act is refused too.
    """
    if matter.stage != "in_year" or not is_known("talk"):
        return
    if performance.act == "approve":
        lines = [one.facts for one in matter.lines.filter(ledger="plan", state="planned").order_by("no")]
    else:
        lines = [facts for _ledger, _no, _state, facts in performance.entered.get("lines", ())]
    for line in lines:
        _open_talk(matter, line, performance)


def _open_talk(matter: Matter, line: Mapping[str, Any], performance: Performance) -> None:
    unit = unit_of(matter)
    facts = {key: line[key] for key in ("talk_kind", "post_kind", "talk_by", "appointed_on") if line.get(key)}
    facts |= {key: matter.facts[key] for key in ("office_kind", "plan_year")}
    people = Person.objects.in_bulk([int(line["about_person"]), int(line["talker_person"])])
    done = passed(
        open_matter(
            "talk",
            by=None,
            title=f"{unit}{line.get('post_title') or ''}{WORDS[str(line['talk_kind'])]}",
            owner=matter.owner,
            at=performance.at,
            facts={**facts, "head_unit": unit.pk},
            parties={
                "subject_planned": [people[int(line["about_person"])]],
                "talker": [people[int(line["talker_person"])]],
            },
        )
    )
    link(matter, done.matter, "plans", at=performance.at)


def join() -> None:
    """Let the kernel ask this room at its acts; register the settings; called once, at start-up."""
    find_with("leadership.propose", propose)
    find_with("leadership.look_out", look_out)
    find_with("leadership.take_stock", take_stock)
    find_with("leadership.signals", signals)
    follow_with("leadership.open_talks", open_talks)
    register(
        Choice(
            THRESHOLD,
            gettext_noop("Sum from which a decision is taken together"),
            200_000,
            gettext_noop("yuan"),
            gettext_noop("Decisions of units at or above it are looked for in their ledger."),
            "“三重一大”[proposal]",
            10_000,
            100_000_000,
        ),
        Choice(
            NEW_DAYS,
            gettext_noop("Days in which a new leading post calls for a talk by itself"),
            60,
            gettext_noop("days"),
            gettext_noop("Posts that began earlier are talked about in the plan of the year."),
            "[proposal]",
            1,
            366,
        ),
    )
