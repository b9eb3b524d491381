"""A year's procedure as five gates: signed, at hand, or locked, and what stands in the way of the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qingfeng.desk.offers import Missing, missing
from qingfeng.desk.values import as_day, as_list
from qingfeng.look import said
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.snapshot import Line, Snapshot
from qingfeng.mechanisms.assessment.fields import STEPS
from qingfeng.mechanisms.assessment.parts import STEP_OF

KIND = "assessment"
SIGNED, NOW, LOCKED = "signed", "now", "locked"
_ACTS = {
    "method": "sign_method", "self": "sign_self", "grades": "sign_grades", "reports": "sign_reports",
    "result": "sign_result",
}  # fmt: skip


@dataclass(frozen=True)
class GateShown:
    """One gate.

    Attributes:
        key: Key of the step.
        name: Its number and name.
        state: `signed`, `now` or `locked`.
        on: Day of its newest paper, in words, "" where there is none.
        minutes: Minutes of it.
        papers: How many documents are with it.
        missing: What stands in the way of its signature, in words; of the one at hand only.
    """

    key: str
    name: Any
    state: str
    on: str = ""
    minutes: str = ""
    papers: int = 0
    missing: tuple[Missing, ...] = ()


def gates_of(matter: Matter, seen: Snapshot) -> list[GateShown]:
    """Return the five gates of an assessment in order; none is at hand where it was dropped."""
    now = STEP_OF.get(seen.stage, "")
    signed = {str(one.facts.get("step")) for one in seen.lines("steps") if one.state == SIGNED}
    return [_gate(matter, seen, (key, name), now=now, signed=signed) for key, name in STEPS]


def _gate(
    matter: Matter, seen: Snapshot, step: tuple[str, Any], *, now: str, signed: Iterable[str]
) -> GateShown:
    key, name = step
    lines = [one for one in seen.lines("steps") if one.facts.get("step") == key]
    newest: Line | None = lines[-1] if lines else None
    state = SIGNED if key in signed else NOW if key == now else LOCKED
    act = mechanism(matter.mechanism, matter.version).act(_ACTS[key])
    not_met = missing([gate for gate in act.gates if not gate.holds(seen)]) if state == NOW else ()
    return GateShown(
        key,
        name,
        state,
        on=said.dated(day) if newest and (day := as_day(newest.facts.get("step_on"))) else "",
        minutes=str(newest.facts.get("step_minutes") or "") if newest else "",
        papers=len({str(file) for one in lines for file in as_list(one.facts.get("step_paper"))}),
        missing=not_met,
    )
