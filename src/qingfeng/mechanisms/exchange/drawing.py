"""The list of what is to be handed over: drawn from what is in somebody's hands, and drawn anew.

Drawn anew, what the house itself listed and nobody has touched is replaced by what is in hand now. What was
handed over, struck or added by people stays, and the act says what changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.key_models import KeyShare
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.mechanisms.exchange.fields import DRAWN, GONE, HANDED, LISTED, OUTSIDE, OWN
from qingfeng.mechanisms.exchange.ground import is_held, matters_of, person_of, posts_in, sealed_alone
from qingfeng.organization.models import Person, PostRole, StandIn
from qingfeng.organization.roles import ROLES

Drawn = Mapping[str, str]
Draws = Callable[[Person], Iterable[Drawn]]
_ALSO: list[Draws] = []

OWN_ON_LEAVING = "本人成长档案等本人资料：如有，由本人带走（有无由本人说了算）"
_COUNT = re.compile(r"(\d+) (?:项|份)")
_CHANGING = re.compile(r"\d[\d-]*")


def draw_also(function: Draws) -> None:
    """Have a floor above add what it knows to be in somebody's hands; the same again is no change.

    Args:
        function: Gives lines of the list: `what_kind` of `fields.HANDED`, and `what`; one that says how many
            there are says it as "3 项" or "3 份".
    """
    if function not in _ALSO:
        _ALSO.append(function)


def drawn(matter: Matter, _sheet: Sheet) -> Found:
    """Bring the list up to what is in somebody's hands now, and say what changed."""
    person = person_of(matter)
    if person is None:
        return Found()
    there = [one for one in matter.lines.filter(ledger="handing").order_by("no") if one.state != GONE]
    wanted, untouched = list(_in_hand(matter, person)), _untouched(matter)
    going = [one for one in there if one.no in untouched and not any(_is_it(new, one) for new in wanted)]
    staying = [one for one in there if one not in going]
    new = [dict(one) for one in wanted if not any(_is_there(one, line) for line in staying)]
    return Found(
        lines={"handing": new},
        changes={"handing": {one.no: {} for one in going}},
        facts={DRAWN: _changed(new, going, len(staying))},
    )


def _untouched(matter: Matter) -> set[int]:
    """Return the numbers of the lines that the house itself drew and that are still as it drew them."""
    numbers = {
        int(no)
        for act in matter.story.filter(act="draw_list", undone_by=None)
        for _ledger, no, state, _facts in act.entered.get("lines", ())
        if state == LISTED
    }
    rows = matter.lines.filter(ledger="handing", state=LISTED, no__in=numbers)
    return set(rows.values_list("no", flat=True))


def _is_it(one: Drawn, line: LedgerLine) -> bool:
    """Return whether a line says exactly this."""
    return (line.facts.get("what_kind"), line.facts.get("what")) == (one["what_kind"], one["what"])


def _is_there(one: Drawn, line: LedgerLine) -> bool:
    """Return whether a line that stays says this, or said it of no fewer when it was decided."""
    if _is_it(one, line):
        return True
    if one["what_kind"] != line.facts.get("what_kind"):
        return False
    if one["what_kind"] == OWN:
        return True
    now, before = one["what"], str(line.facts.get("what"))
    counts = _COUNT.search(now), _COUNT.search(before)
    if counts[0] is None or counts[1] is None or _CHANGING.sub("", now) != _CHANGING.sub("", before):
        return False
    return int(counts[0][1]) <= int(counts[1][1])


def _changed(new: list[dict[str, str]], going: list[LedgerLine], staying: int) -> str:
    """Return what drawing the list changes, in a sentence."""
    if not new and not going:
        return f"没有变化，清单仍为 {staying} 项。"
    told = []
    if new:
        told.append(f"新列入 {len(new)} 项：{'、'.join(one['what'] for one in new)}")
    if going:
        told.append(f"移出 {len(going)} 项：{'、'.join(str(one.facts.get('what')) for one in going)}")
    return f"{'；'.join(told)}。{f'其余 {staying} 项不变。' if staying else ''}"


def _in_hand(matter: Matter, person: Person) -> Iterator[Drawn]:
    """Yield what is in somebody's hands now: matters, standing in, rights, keys, days, what is their own."""
    for number in dict.fromkeys(one.matter.number for one in matters_of(person)):
        yield {"what_kind": HANDED[0][0], "what": number}
    for one in StandIn.objects.filter(Q(until_on__gte=today()), stand_in=person).select_related("principal"):
        yield {"what_kind": "stand_in", "what": f"代{one.principal.name}办理，至{one.until_on.isoformat()}"}
    yield from _rights(matter, person)
    yield from _keys(person)
    yield from _dated(person)
    for function in _ALSO:
        yield from function(person)
    if matter.facts.get("direction") in OUTSIDE:
        yield {"what_kind": OWN, "what": OWN_ON_LEAVING}


def _rights(matter: Matter, person: Person) -> Iterator[Drawn]:
    """Yield the rights that somebody has by posts in the old unit, each once: they end with the post."""
    held = [one for one in posts_in(person, matter.facts.get("from_unit")) if is_held(one, today())]
    keys = (
        PostRole.objects.held_on(today()).filter(post__in=held).order_by("pk").values_list("role", flat=True)
    )
    unit = held[0].unit if held else None
    for key in dict.fromkeys(keys):
        yield {"what_kind": "right", "what": f"{ROLES[key].term} · {unit}"}


def _dated(person: Person) -> Iterator[Drawn]:
    """Yield what somebody is named for, with a day, in lists of open matters."""
    rows = LedgerLine.objects.filter(is_done=False, due_on__isnull=False, matter__is_open=True)
    for line in rows.select_related("matter").order_by("matter", "ledger", "no"):
        ledger = mechanism(line.matter.mechanism, line.matter.version).ledger(line.ledger)
        named: list[Any] = [line.facts.get(one.key) for one in ledger.fields if one.kind == "person"]
        if str(person.pk) in map(str, named):
            yield {"what_kind": "duty", "what": f"{line.matter.number} {ledger.term} {line.no}"}


def _keys(person: Person) -> Iterator[Drawn]:
    """Yield what only somebody's own key opens, and halves of others' keys that they hold."""
    alone, halves = sealed_alone(person), KeyShare.objects.filter(holder=person).count()
    if alone:
        yield {"what_kind": "key", "what": f"仅本人可开启的密封内容 {alone} 项"}
    if halves:
        yield {"what_kind": "key", "what": f"保管的备用密钥 {halves} 份"}


def join() -> None:
    """Let the kernel ask this room when a list is drawn; called once, at start-up."""
    find_with("exchange.drawn", drawn)
