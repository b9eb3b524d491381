"""Where a letter stops on its way: correction and what the records say of it, evaluation, look back.

They are no matters of their own; the thread shows them as such to who reads the letter whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.desk import values
from qingfeng.desk.kinds import address
from qingfeng.desk.thread import ties
from qingfeng.desk.thread.marks import Knot, Tie
from qingfeng.matters.models import LedgerLine, Matter, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Field, Ledger

LETTER = "recommendation"
ITEMS, RECORDS, SAYS = "items", "records", "says"
LATER = (("evaluate", "e"), ("look_back", "b"))  # acts that stand for themselves, with the sign of their key
SAID = {"evaluate": "grade", "look_back": "recurred"}


def stops(letters: Iterable[Matter]) -> tuple[list[Knot], list[Tie], dict[str, Performance]]:
    """Return the stops of letters that are read whole, the ties to them, and the acts behind them.

    Two queries where there is a letter, else none.
    """
    there = {one.pk: one for one in letters if one.mechanism == LETTER}
    if not there:
        return [], [], {}
    lines: dict[int, list[LedgerLine]] = defaultdict(list)
    for line in LedgerLine.objects.filter(matter__in=there, ledger__in=(ITEMS, RECORDS)).order_by("no"):
        lines[line.matter_id].append(line)
    acts: dict[int, dict[str, Performance]] = defaultdict(dict)
    done = Performance.objects.filter(matter__in=there, act__in=[act for act, _sign in LATER], undone_by=None)
    for one in done.order_by("no"):
        acts[one.matter_id][one.act] = one
    knots: list[Knot] = []
    joined: list[Tie] = []
    behind: dict[str, Performance] = {}
    for key, letter in there.items():
        found = [*_correction(letter, lines[key]), *_later(letter, acts[key], behind)]
        before = [f"m{key}", *(one.key for one in found)]
        joined += [
            Tie(earlier, one.key, str(ties.GOES_ON)) for earlier, one in zip(before, found, strict=False)
        ]
        knots += found
    return knots, joined, behind


def _correction(letter: Matter, lines: list[LedgerLine]) -> Iterable[Knot]:
    items = [one for one in lines if one.ledger == ITEMS]
    if not items:
        return
    ledger = mechanism(letter.mechanism, letter.version).ledger(RECORDS)
    heard = [one for one in lines if one.ledger == RECORDS]
    done = sum(one.is_done for one in items)
    yield Knot(
        f"c{letter.pk}",
        _("Correction"),
        _("%(done)d of %(all)d done") % {"done": done, "all": len(items)},
        address(letter),
        timezone.localdate(items[0].entered_at),
        stage=_say(_column(ledger, SAYS), heard[-1].facts) if heard else "",
        is_open=done < len(items),
    )


def _column(ledger: Ledger, key: str) -> Field:
    return next(one for one in ledger.fields if one.key == key)


def _say(field: Field, facts: Mapping[str, object]) -> str:
    return values.say(field, facts.get(field.key), values.Names())


def _later(letter: Matter, acts: Mapping[str, Performance], behind: dict[str, Performance]) -> Iterable[Knot]:
    declared = mechanism(letter.mechanism, letter.version)
    known = values.fields_of(declared)
    for act, sign in LATER:
        if act in acts:
            key = f"{sign}{letter.pk}"
            behind[key] = acts[act]
            words = values.act_name(declared, act)
            field = known.get(SAID[act])
            said = f"{field.name} {_say(field, acts[act].entered)}" if field else ""
            yield Knot(key, "", words, address(letter), timezone.localdate(acts[act].at), stage=said)
