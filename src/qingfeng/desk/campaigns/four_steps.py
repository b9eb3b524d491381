"""Where a campaign stands in its four steps, and what blocks the next one, found out as the act would.

Nothing here decides: the gates of the act that leads on are asked with what the house tells at that act.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qingfeng.desk.lights import clock_of, light
from qingfeng.desk.offers import laws
from qingfeng.look.lights import Light
from qingfeng.matters.models import ClockRun, Matter, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.matters.vocabulary import Gate
from qingfeng.mechanisms.campaign.joining import FINDS
from qingfeng.mechanisms.campaign.rulebook import titles

NEXT = {
    "proposed": "submit_plan",
    "planned": "approve_plan",
    "piloting": "lock",
    "locking": "sweep",
    "sweeping": "spread",
    "spreading": "sum_up",
    "summed_up": "look_back",
    "looked_back": "close",
}
"""Stage → the act that leads on."""

STEPS = (
    ("piloting", gettext_lazy("Crack one point"), "lock", "pilot"),
    ("locking", gettext_lazy("Lock leads"), "sweep", "lock"),
    ("sweeping", gettext_lazy("Close the net"), "spread", "sweep"),
    ("spreading", gettext_lazy("Roll it out"), "sum_up", "spread"),
)
"""Stage, words, act that ends it, clock."""


@dataclass(frozen=True)
class Step:
    """One of the four steps.

    Attributes:
        no: 1 to 4.
        name: In words.
        state: `done`, `now` or `later`.
        ended_on: When it ended, or None.
        light: Of its clock while it runs, or None.
    """

    no: int
    name: Any
    state: str
    ended_on: date | None = None
    light: Light | None = None


@dataclass(frozen=True)
class Blocked:
    """What is missing before the next act: the gate's sentence with how much of it, and its law."""

    reason: str
    law: str = ""


@dataclass(frozen=True)
class Standing:
    """A campaign as four steps.

    Attributes:
        matter: The campaign.
        on: Civil date that lights are of.
    """

    matter: Matter
    on: date

    @cached_property
    def story(self) -> list[Performance]:
        """Acts that count, oldest first."""
        return list(self.matter.story.filter(undone_by=None).order_by("no"))

    def _last(self, act: str) -> date | None:
        found = next((one for one in reversed(self.story) if one.act == act), None)
        return timezone.localdate(found.at) if found else None

    @cached_property
    def steps(self) -> list[Step]:
        """The four steps in order."""
        order = [stage.key for stage in mechanism(self.matter.mechanism, self.matter.version).stages]
        place = order.index(self.matter.stage)
        runs = {run.key: run for run in self.matter.clocks.exclude(state=ClockRun.State.STOPPED)}
        found = []
        for no, (stage, name, ends, clock) in enumerate(STEPS, start=1):
            ended = self._last(ends)
            if self.matter.stage == stage:
                state, ended = "now", None
            elif self.matter.stage == "dropped":
                state = "done" if ended else "later"
            else:
                state = "done" if place > order.index(stage) else "later"
            shown = self._light(runs.get(clock)) if state == "now" else None
            found.append(Step(no, name, state, ended, shown))
        return found

    def _light(self, run: ClockRun | None) -> Light | None:
        if run is None:
            return None
        return light(run, clock_of(run, self.matter.mechanism, self.matter.version), self.on)

    @cached_property
    def next_act(self) -> Any:
        """The act that leads on, or None at the end."""
        declared = mechanism(self.matter.mechanism, self.matter.version)
        return declared.act(NEXT[self.matter.stage]) if self.matter.stage in NEXT else None

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """What the house would tell at that act, now."""
        act = self.next_act
        return FINDS[act.computes](self.matter, Sheet()).told if act and act.computes else {}

    @cached_property
    def blocked(self) -> list[Blocked]:
        """What is missing before it, in words."""
        if self.next_act is None:
            return []
        seen = snapshot_of(self.matter, today=self.on, entered=dict(self.told))
        return [
            Blocked(" ".join(filter(None, (str(gate.says), self._detail(gate)))), laws(gate.law))
            for gate in self.next_act.gates
            if not gate.holds(seen)
        ]

    def _detail(self, gate: Gate) -> str:
        told = self.told
        if gate.key == "rules_tested":
            known = titles()
            return "、".join(known.get(one, one) for one in told.get("untested", ()))
        if gate.key in {"custody", "data_gone"}:
            count = len(told.get("custody_missing", told.get("data_left", ())))
            return ngettext("%(count)d data request", "%(count)d data requests", count) % {"count": count}
        if gate.key in {"a_verified", "leads_handled"}:
            return "，".join(self._left(told))
        return ""

    @staticmethod
    def _left(told: Mapping[str, Any]) -> Iterable[str]:
        said = {
            "a_left": _("tier A: %(count)d not verified"),
            "b_left": _("tier B: %(count)d not verified"),
            "clues_left": _("clues: %(count)d not decided"),
        }
        return [words % {"count": told[key]} for key, words in said.items() if told.get(key)]
