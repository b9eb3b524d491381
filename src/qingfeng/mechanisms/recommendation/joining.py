"""What the house finds out for a letter: how alike it is to others, whom it names, who evaluates it.

Gates look at one matter; these look at other letters and at posts, inside the act (`matters.computed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.models import LedgerLine, Matter, Performance
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.mechanisms.recommendation.texts import likeness, personal
from qingfeng.organization.district_settings import Choice, register, setting
from qingfeng.organization.models import Person, Post

KIND = "recommendation"
DAYS = 366
TEXTS = {"problems": "problem", "proposals": "action"}
LONG = ("situation", "basis", "causes", "duty", "letter_title")
ALIKE = "recommendation.alike_percent"
SHORT_NAME = 2  # signs; such names are words too often, and count only in the unit that receives the letter


def compare(matter: Matter, _sheet: Sheet) -> Found:
    """Return warnings about a draft: parts alike to another letter, and personal data; with the letters."""
    here = list(_parts(matter))
    names = sorted(_names(matter))
    lines = [_warned("personal", where, said) for where, text in here for said in personal(text, names)]
    lines += [
        _warned("personal", str(key), said)
        for key in LONG
        for said in personal(str(matter.facts.get(key) or ""), names)
    ]
    alike: list[tuple[str, Matter]] = []
    least = int(setting(ALIKE))
    for other in _letters(matter):
        found = list(_alike(here, list(_parts(other)), least))
        lines += found
        alike += [("alike", other)] if found else []
    return Found(lines={"warnings": lines}, alike=tuple(alike))


def _parts(matter: Matter) -> Iterator[tuple[str, str]]:
    """Yield where a problem or recommendation of a letter stands, and its text; struck ones are left out."""
    for line in matter.lines.filter(ledger__in=TEXTS).exclude(state="struck").order_by("ledger", "no"):
        yield f"{line.ledger} {line.no}", str(line.facts.get(TEXTS[line.ledger]) or "")


def _alike(
    here: Iterable[tuple[str, str]], there: list[tuple[str, str]], least: int
) -> Iterator[dict[str, Any]]:
    for where, text in here:
        share = round(100 * max((likeness(text, other) for _where, other in there), default=0.0))
        if share >= least:
            said = gettext_noop("Almost the same stands in a letter to another unit; see the linked letters.")
            yield _warned("alike", where, said, share)


def _warned(kind: str, where: str, said: str, share: int | None = None) -> dict[str, Any]:
    return {"found_kind": kind, "found_where": where, "found_says": _(said), "found_share": share}


def _letters(matter: Matter) -> Iterator[Matter]:
    """Yield the letters that went to other units in the last twelve months, oldest first."""
    since = today() - timedelta(days=DAYS)
    sealed = Performance.objects.filter(act="seal", undone_by=None, at__date__gte=since)
    units = matter.parties.filter(role="unit").values_list("unit_id", flat=True)
    own = Matter.objects.filter(parties__role="unit", parties__unit__in=list(units))  # ever: a unit may merge
    return iter(
        Matter.objects.filter(mechanism=KIND, standing=Matter.Standing.VALID, pk__in=sealed.values("matter"))
        .exclude(pk__in=own.values("pk"))
        .exclude(pk=matter.pk)
        .order_by("opened_at", "pk")
    )


def _names(matter: Matter) -> set[str]:
    """Return the names on record that count here: all of three signs and more, and those of the unit."""
    units = matter.parties.filter(role="unit", until_at=None).values_list("unit_id", flat=True)
    people = set(Person.objects.values_list("name", flat=True))
    own = set(Person.objects.filter(posts__unit__in=list(units)).values_list("name", flat=True))
    return {name for name in people if len(name) > SHORT_NAME} | own


def apart(matter: Matter, sheet: Sheet) -> Found:
    """Tell how many of the evaluators who are named hold no post in the issuing room."""
    named = [int(getattr(one, "pk", one)) for one in sheet.parties.get("evaluator", ()) if one]
    rooms = matter.parties.filter(role="issuing_room", until_at=None).values_list("unit_id", flat=True)
    inside = set(
        Post.objects.held_on(today())
        .filter(unit__in=list(rooms), person__in=named)
        .values_list("person_id", flat=True)
    )
    return Found(told={"outside_evaluators": len(set(named) - inside)})


def alike_lines(matter: Matter) -> list[LedgerLine]:
    """Return the warnings of a letter that say it is alike to another."""
    return [one for one in matter.lines.filter(ledger="warnings") if one.facts.get("found_kind") == "alike"]


STEPS = (
    (
        "weigh",
        gettext_noop("Studied as a subject"),
        "专题研判",
        "会议研判案件是否需要制发建议，载明要或者不要及理由。",
    ),
    (
        "draft",
        gettext_noop("Drafted by named persons"),
        "专人起草",
        "由办案人员和另一人署名起草，不得临时拼凑。",
    ),
    (
        "review",
        gettext_noop("Reviewed by named persons"),
        "专审把关",
        "审理室会同办公室对照清单审核，起草人不得审核。",
    ),
    ("early", gettext_noop("Review joins early"), "提前介入", "审核人员在起草阶段介入，提出取证和表述意见。"),
    (
        "higher",
        gettext_noop("Approved one level higher"),
        "提级审批",
        "由起草部门分管领导之上一级（主要负责人）审批。",
    ),
    (
        "quality",
        gettext_noop("Quality scored before and after"),
        "提质评估",
        "制发前评文稿质量，整改后评实际成效。",
    ),
)
"""The six gates of 三专三提: key, English name, label and definition by default [proposal]."""


def label_key(step: str) -> str:
    """Return the key of the setting that holds the label of a gate."""
    return f"recommendation.gate_{step}.label"


def meaning_key(step: str) -> str:
    """Return the key of the setting that holds the definition of a gate."""
    return f"recommendation.gate_{step}.meaning"


def _register_settings() -> None:
    register(
        Choice(
            ALIKE,
            gettext_noop("Likeness from which a part of a letter is warned about"),
            80,
            gettext_noop("percent"),
            gettext_noop("Against letters to other units in the last twelve months."),
            "[proposal]",
            50,
            100,
        )
    )
    for key, name, label, meaning in STEPS:
        for place, words, says in (
            (label_key(key), label, gettext_noop("Label of one of the six gates of a letter.")),
            (meaning_key(key), meaning, gettext_noop("What one of the six gates of a letter means here.")),
        ):
            register(Choice(place, name, words, "", says, "“三专三提”[proposal]"))


def join() -> None:
    """Let the kernel ask this room at its acts; register the settings; called once, at start-up."""
    find_with("recommendation.compare", compare)
    find_with("recommendation.apart", apart)
    _register_settings()
