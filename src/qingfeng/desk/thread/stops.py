"""Where a matter stops on its way: what is corrected after a letter or an appeal, evaluation, look back.

They are no matters of their own; the thread shows them as such to who reads the matter whole.
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

CORRECTED = {"recommendation": "items", "appeal": "corrections"}  # kind → its ledger of what is corrected
RECORDS, SAYS = "records", "says"  # what the records say of a letter's correction
LATER = (("evaluate", "e"), ("look_back", "b"))  # acts that stand for themselves, with the sign of their key
SAID = {"evaluate": "grade", "look_back": "recurred"}


def stops(matters: Iterable[Matter]) -> tuple[list[Knot], list[Tie], dict[str, Performance]]:
    """Return the stops of matters that are read whole, the ties to them, and the acts behind them.

    Two queries where there is a letter or an appeal, else none.
    """
    there = {one.pk: one for one in matters if one.mechanism in CORRECTED}
    if not there:
        return [], [], {}
    lines: dict[int, list[LedgerLine]] = defaultdict(list)
    wanted = (*CORRECTED.values(), RECORDS)
    for line in LedgerLine.objects.filter(matter__in=there, ledger__in=wanted).order_by("no"):
        lines[line.matter_id].append(line)
    acts: dict[int, dict[str, Performance]] = defaultdict(dict)
    done = Performance.objects.filter(matter__in=there, act__in=[act for act, _sign in LATER], undone_by=None)
    for one in done.order_by("no"):
        acts[one.matter_id][one.act] = one
    knots: list[Knot] = []
    joined: list[Tie] = []
    behind: dict[str, Performance] = {}
    for key, one in there.items():
        found = [*_correction(one, lines[key]), *_later(one, acts[key], behind)]
        before = [f"m{key}", *(knot.key for knot in found)]
        joined += [
            Tie(earlier, knot.key, str(ties.GOES_ON)) for earlier, knot in zip(before, found, strict=False)
        ]
        knots += found
    return knots, joined, behind


def _correction(matter: Matter, lines: list[LedgerLine]) -> Iterable[Knot]:
    items = [one for one in lines if one.ledger == CORRECTED[matter.mechanism]]
    if not items:
        return
    heard = [one for one in lines if one.ledger == RECORDS]
    done = sum(one.is_done for one in items)
    yield Knot(
        f"c{matter.pk}",
        _("Correction"),
        _("%(done)d of %(all)d done") % {"done": done, "all": len(items)},
        address(matter),
        timezone.localdate(items[0].entered_at),
        stage=_heard(matter, heard[-1]) if heard else "",
        is_open=done < len(items),
    )


def _heard(letter: Matter, line: LedgerLine) -> str:
    """Return what the records say of a correction."""
    ledger = mechanism(letter.mechanism, letter.version).ledger(RECORDS)
    return _say(_column(ledger, SAYS), line.facts)


def _column(ledger: Ledger, key: str) -> Field:
    return next(one for one in ledger.fields if one.key == key)


def _say(field: Field, facts: Mapping[str, object]) -> str:
    return values.say(field, facts.get(field.key), values.Names())


def _later(matter: Matter, acts: Mapping[str, Performance], behind: dict[str, Performance]) -> Iterable[Knot]:
    declared = mechanism(matter.mechanism, matter.version)
    known = values.fields_of(declared)
    for act, sign in LATER:
        if act in acts:
            key = f"{sign}{matter.pk}"
            behind[key] = acts[act]
            words = values.act_name(declared, act)
            field = known.get(SAID[act])
            said = f"{field.name} {_say(field, acts[act].entered)}" if field else ""
            yield Knot(key, "", words, address(matter), timezone.localdate(acts[act].at), stage=said)
