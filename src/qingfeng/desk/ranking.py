"""What one can do, in the order in which one comes to it: the next step, what else is at hand, what is rare.

The order follows from the declaration alone, so that every kind of matter has it: an act that a running clock
waits for comes first, by its day; then what leads to a later stage; then what stays where it is; then what
needs a reason, leads back or ends the matter early. Where a clock waits for nothing else than such acts, they
are what must be done: all of them stand open, and none is called the next step where it needs a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingfeng.desk.offers import Offer
from qingfeng.desk.shown import ClockShown
from qingfeng.matters.models import Matter
from qingfeng.matters.vocabulary import Act, Mechanism

DUE, ONWARD, BESIDE, RARE = range(4)
AT_HAND = 3  # further acts that stand open beside the next step
FEW = 4  # so many acts in all are simply shown
SIFTED = 6  # folded names from which on a field to look for one stands above them


@dataclass(frozen=True)
class Offered:
    """The acts of a matter by how soon one needs them.

    Attributes:
        next: The next step; with what is missing where it cannot be done yet; None where nothing moves it on.
        due_on: The day by which a clock waits for it, None without one.
        at_hand: What can be done besides.
        folded: What can be done and is rarely needed.
        resting: What cannot be done yet, each with what is missing.
    """

    next: Offer | None = None
    due_on: date | None = None
    at_hand: Sequence[Offer] = ()
    folded: Sequence[Offer] = ()
    resting: Sequence[Offer] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.next or self.at_hand or self.folded or self.resting)

    @property
    def is_sifted(self) -> bool:
        """Whether so much is folded that one looks for a name."""
        return len(self.folded) >= SIFTED

    @property
    def folded_names(self) -> list[Any]:
        """What the folded acts are called, to be read before they are unfolded."""
        return [one.act.name for one in self.folded]


def ranked(
    can: Iterable[Offer], declared: Mechanism, matter: Matter, running: Iterable[ClockShown]
) -> Offered:
    """Return acts in the order in which one comes to them; asks the database nothing.

    Args:
        can: What is offered, in the order of the declaration.
        declared: The kind of matter.
        matter: The matter.
        running: Its clocks that run.
    """
    due = {one.run.key: one.run.due_on for one in running}
    only = _without_another_way(declared, due)
    weighed = [(_weight(one.act, declared, matter.stage, due, only), one) for one in can]
    weighed.sort(key=lambda pair: (pair[0], bool(pair[1].missing)))
    step = _next(weighed)
    ready = [pair for pair in weighed if pair[1] is not step and not pair[1].missing]
    resting = [one for _weight_, one in weighed if one is not step and one.missing]
    if len(ready) < FEW:
        at_hand, folded = [one for _weight_, one in ready], []
    else:
        owed = [one for (rank, _on), one in ready if rank == DUE]
        usual = [one for (rank, _on), one in ready if DUE < rank < RARE][: max(0, AT_HAND - len(owed))]
        at_hand = [*owed, *usual]
        folded = [one for _weight_, one in ready if one not in at_hand]
    weight = next((rank for rank, one in weighed if one is step), None)
    due_on = weight[1] if weight and weight[0] == DUE and weight[1] != date.max else None
    return Offered(step, due_on, at_hand, folded, resting)


def _next(weighed: Sequence[tuple[tuple[int, date], Offer]]) -> Offer | None:
    """Return the first act that moves the matter on: one that can be done before one that rests."""
    onward = [one for (rank, _on), one in weighed if rank <= ONWARD and not one.act.reason]
    doable = (one for one in onward if not one.missing)
    ready = next(doable, None) or next(iter(onward), None)
    return ready or next((one for (rank, _on), one in weighed if rank == BESIDE and not one.missing), None)


def _is_rare(act: Act, declared: Mechanism, stage: str, *, is_owed: bool) -> bool:
    places = {one.key: place for place, one in enumerate(declared.stages)}
    leads_back = bool(act.to) and places[act.to] < places[stage]
    ends = bool(act.to) and not declared.stage(act.to).open
    return bool(act.reason) or leads_back or (ends and places[act.to] - places[stage] > 1 and not is_owed)


def _without_another_way(declared: Mechanism, due: Iterable[str]) -> frozenset[str]:
    """Return those clocks that nothing stops, in any stage, but acts that are rare elsewhere."""
    usual = {
        clock.key
        for act in declared.acts
        if any(
            declared.is_from(act, one.key) and not _is_rare(act, declared, one.key, is_owed=True)
            for one in declared.stages
        )
        for clock in declared.stopped_by(act.key)
    }
    return frozenset(due) - usual


def _weight(
    act: Act, declared: Mechanism, stage: str, due: Mapping[str, date | None], only: Collection[str]
) -> tuple[int, date]:
    waits = [one.key for one in declared.stopped_by(act.key) if one.key in due]
    if _is_rare(act, declared, stage, is_owed=bool(waits)):
        waits = [key for key in waits if key in only]
        if not waits:
            return RARE, date.max
    if waits:
        return DUE, min(due[key] or date.max for key in waits)
    return (ONWARD if act.to and act.to != stage else BESIDE), date.max
