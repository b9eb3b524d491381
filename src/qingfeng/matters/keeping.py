"""What every matter can do besides its own acts: correct, void, withdraw, reopen, merge, split, relink, move.

Kernel acts (`kernel.…`) are journaled like any other, never an edit: old and new value and the reason
stand in the story. They belong to those who keep a matter: its registrar, the head, the leader in
charge and the principal, over the unit that owns it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.matters import access, clocks, erasing
from qingfeng.matters.answers import Answer, Done, Refusal
from qingfeng.matters.carrying import SPLIT_OFF, came_by_itself, copy_line, take_subjects, twin
from qingfeng.matters.conditions import Refused, check_kept
from qingfeng.matters.door import through
from qingfeng.matters.following import parted
from qingfeng.matters.models import ClockRun, Matter, MatterLink, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import bound
from qingfeng.matters.slips import every_field
from qingfeng.matters.story import Signed, Trace, record
from qingfeng.matters.vocabulary import OPEN, Field, Mechanism
from qingfeng.matters.walking import clocks_running
from qingfeng.matters.writing import join, keep_away, keep_declaration, strictest
from qingfeng.organization.viewer import Viewer

KEEPERS = ("registrar", "case_supervisor", "dept_head", "deputy", "principal")
KEPT = "keeper"
TAKEN_OVER = "kernel.take_over"
ANEW = frozenset({"kernel.correct", "kernel.reopen", "kernel.split"})
"""Acts after which a matter says something else, counts again, or has a twin."""


def may_keep(viewer: Viewer | None, matter: Matter) -> bool:
    """Return whether somebody keeps a matter: over its owner, and able to read it whole."""
    if viewer is None or access.view_of(viewer, matter) != "whole":
        return False
    return any(viewer.covers(role, matter.owner.path) for role in KEEPERS)


Write = Callable[[Matter, Mechanism, Signed], Trace]


def _kept(
    matter: Matter, *, by: Viewer, reason: str, write: Write, valid: bool = True, beside: int = 0
) -> Answer:
    """Run a kernel act in one transaction under lock; of `beside`, another matter, too."""

    def through_door() -> Done:
        both = Matter.objects.select_for_update().filter(pk__in=(matter.pk, beside)).order_by("pk")
        locked = next(one for one in list(both) if one.pk == matter.pk)
        if not access.may_see(by, locked):
            raise Refused(Refusal("absent", _("There is no such matter.")))
        if not may_keep(by, locked):
            said = _("This belongs to those who keep the matter: registrar, head, leader in charge.")
            raise Refused(Refusal("role", said))
        if valid and locked.standing != Matter.Standing.VALID:
            said = _("This matter is void, withdrawn or merged: nothing more happens here.")
            raise Refused(Refusal("standing", said))
        if not reason.strip():
            said = _("Say why, in a sentence others will understand.")
            raise Refused(Refusal("facts", said, errors={"reason": (said,)}))
        signed = Signed(by, KEPT, timezone.now(), reason=reason.strip())
        locked.revision += 1
        declared = mechanism(locked.mechanism, locked.version)
        trace = write(locked, declared, signed)
        if trace.act in ANEW:
            check_kept(declared, locked)
        performance = record(locked, signed, trace)
        locked.save()
        return Done(locked, performance)

    return through(through_door)


def correct(matter: Matter, no: int, values: Mapping[str, Any], *, by: Viewer, reason: str) -> Answer:
    """Correct what was entered with an act: old and new value stay in the story.

    Args:
        matter: The matter.
        no: Number of the act in its story.
        values: New values by field.
        by: Who keeps the matter.
        reason: Why.

    Returns:
        Done, or a refusal (`facts` with the fields that do not fit).
    """

    def write(locked: Matter, declared: Mechanism, _signed: Signed) -> Trace:
        wrong = locked.story.filter(no=no).first()
        asked = {one.key: one for one in asked_with(declared, wrong.act) if not one.sealed} if wrong else {}
        if wrong is None or not asked:
            raise Refused(Refusal("facts", _("There is no such line in the story.")))
        if not values or set(values) - set(asked):
            raise Refused(Refusal("facts", _("Choose a field of that act.")))
        new = _read([asked[key] for key in values], values)
        old = {key: corrected(locked, wrong).get(key) for key in new}
        _take_in(locked, no, new)
        _recount_from(locked, declared, new)
        entered = {"of": no, "old": old, "new": new}
        return Trace("kernel.correct", locked.stage, locked.stage, entered, {"of": no, "fields": sorted(new)})

    return _kept(matter, by=by, reason=reason, write=write)


def asked_with(declared: Mechanism, act: str) -> tuple[Field, ...]:
    """Return the fields that were asked for with a line of the story; none where it cannot be corrected."""
    if act in {OPEN, SPLIT_OFF}:
        return declared.asks
    if act == TAKEN_OVER:
        return tuple(every_field(declared))
    return next((one.asks for one in declared.acts if one.key == act), ())


def corrected(matter: Matter, performance: Performance) -> dict[str, Any]:
    """Return what was entered with an act as all corrections leave it; the line itself never changes."""
    taken = performance.act == TAKEN_OVER
    entered = dict(performance.entered.get("facts", {}) if taken else performance.entered)
    entered |= matter.facts if performance.act == SPLIT_OFF else {}  # as it went along
    for one in matter.story.filter(act="kernel.correct"):
        if one.entered.get("of") == performance.no:
            entered |= one.entered["new"]
    return entered


def _read(fields: list[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    form = bound(fields, values)
    if not form.is_valid():
        said = _("Some fields need another look; nothing was changed.")
        raise Refused(Refusal("facts", said, errors=form.told()))
    return form.facts()


def _take_in(locked: Matter, no: int, new: Mapping[str, Any]) -> None:
    """Let a corrected value count where no later act has entered another."""
    later = [one.entered for one in locked.story.filter(no__gt=no) if not one.act.startswith("kernel.")]
    for key, value in new.items():
        if not any(entered.get(key) is not None for entered in later):
            locked.facts = {**locked.facts, key: value}


def _recount_from(locked: Matter, declared: Mechanism, new: Mapping[str, Any]) -> None:
    """Count clocks again that count from or until a corrected day; the old working is kept."""
    for run in locked.clocks.exclude(state=ClockRun.State.STOPPED):
        clock = next((one for one in declared.clocks if one.key == run.key), None)
        if clock and ({clock.from_fact, clock.until, clock.each_month, clock.of_year} & set(new)):
            clocks.count_again(run, clock, locked.facts)
    clocks.note_next_due(locked)


def void(matter: Matter, *, by: Viewer, reason: str) -> Answer:
    """Void a matter that should never have been opened; its number stays and is listed."""
    return _kept(matter, by=by, reason=reason, write=_ends("kernel.void", str(Matter.Standing.VOID)))


def withdraw(matter: Matter, *, by: Viewer, reason: str) -> Answer:
    """Withdraw a matter that is rightly not gone on with."""
    return _kept(matter, by=by, reason=reason, write=_ends("kernel.withdraw", str(Matter.Standing.WITHDRAWN)))


def _ends(act: str, standing: str) -> Write:
    def write(locked: Matter, _declared: Mechanism, signed: Signed) -> Trace:
        _end(locked, standing, signed.on)
        return Trace(act, locked.stage, locked.stage, {}, {"standing": standing})

    return write


def _end(locked: Matter, standing: str, on: date) -> None:
    locked.standing, locked.is_open, locked.closed_on = standing, False, on
    clocks.stop_all(locked, on=on)
    clocks.note_next_due(locked)


def reopen(matter: Matter, *, by: Viewer, reason: str) -> Answer:
    """Open a closed, voided or withdrawn matter again, in the stage it was in before.

    Clocks that ran when it ended start anew, with the day of reopening as their event.
    """

    def write(locked: Matter, declared: Mechanism, signed: Signed) -> Trace:
        if locked.is_open or locked.standing == Matter.Standing.MERGED:
            raise Refused(Refusal("stage", _("This matter is open, or was merged into another one.")))
        before, ended_on = locked.stage, locked.closed_on
        if not declared.stage(locked.stage).open:
            last = locked.story.filter(to_stage=locked.stage).exclude(from_stage=locked.stage).last()
            if erasing.ended_for_good(locked):
                raise Refused(Refusal("stage", _("It ended for good: nothing of what it said is kept here.")))
            locked.stage = last.from_stage if last and last.from_stage else declared.stages[0].key
        locked.standing, locked.is_open, locked.closed_on = Matter.Standing.VALID, True, None
        ran = set(locked.clocks.filter(stopped_on=ended_on).values_list("key", flat=True))
        ran &= _possible(declared, locked.stage)
        for clock in declared.clocks:
            if clock.key in ran:
                clocks.start(locked, clock, on=signed.on, facts=locked.facts)
        clocks.note_next_due(locked)
        return Trace("kernel.reopen", locked.stage, before)

    return _kept(matter, by=by, reason=reason, write=write, valid=False)


def _possible(declared: Mechanism, stage: str) -> set[str]:
    """Return the clocks that may run in a stage at all: others that ended that day had been met."""
    return set().union(*clocks_running(declared).get(stage, ()))


def merge(matter: Matter, into: Matter, *, by: Viewer, reason: str) -> Answer:
    """Merge a matter into another of its kind: it points on, its open ledger lines go along."""

    def write(locked: Matter, _declared: Mechanism, signed: Signed) -> Trace:
        target = Matter.objects.select_for_update().filter(pk=into.pk).exclude(pk=locked.pk).first()
        same = target is not None and target.mechanism == locked.mechanism and target.is_open
        if target is None or not same or not may_keep(by, target):
            said = _("Choose an open matter of the same kind that you keep as well.")
            raise Refused(Refusal("facts", said, errors={"into": (said,)}))
        if strictest(locked.confidentiality, target.confidentiality) != target.confidentiality:
            said = _("The other matter is open to more people than this one: choose one that is not.")
            raise Refused(Refusal("facts", said, errors={"into": (said,)}))
        take_subjects(locked, target, signed)
        keep_away(locked, target, at=signed.at)
        for line in locked.lines.filter(is_done=False):
            copy_line(line, target)
        _end(locked, str(Matter.Standing.MERGED), signed.on)
        locked.merged_into = target
        join(locked, target, "merged", at=signed.at)
        target.revision += 1
        record(target, signed, Trace("kernel.take_in", target.stage, target.stage, {"from": locked.number}))
        target.save()
        return Trace("kernel.merge", locked.stage, locked.stage, {"into": target.number})

    return _kept(matter, by=by, reason=reason, write=write, beside=into.pk)


def merged(matter: Matter) -> list[Matter]:
    """Return what was merged into a matter, and what had been merged into that before."""
    found = [matter]
    for one in found:
        found += Matter.objects.filter(merged_into=one).order_by("pk")
    return found[1:]


def split_with(matters: Iterable[Matter]) -> list[Matter]:
    """Return what some matters were split from, what was split off them, and so on: not they themselves."""
    found = list(matters)
    first = len(found)
    for one in found:
        links = MatterLink.objects.filter(kind="split_from").filter(Q(source=one) | Q(target=one))
        ends = {key for link in links for key in (link.source_id, link.target_id)}
        ends -= {each.pk for each in found}
        found += Matter.objects.select_for_update().filter(pk__in=ends).order_by("pk")
    return found[first:]


def split(matter: Matter, *, title: str, lines: Mapping[str, list[int]], by: Viewer, reason: str) -> Answer:
    """Split part of a matter off: a new one of its kind in the same stage, with the lines that are named.

    Parties, facts and running clocks go along with their workings; the lines leave this matter.

    Returns:
        Done for this matter; the new one stands in `opened`.
    """
    made: list[Matter] = []

    def write(locked: Matter, declared: Mechanism, signed: Signed) -> Trace:
        if not title.strip() or not locked.is_open:
            said = _("Say in one line what the new matter is about.")
            raise Refused(Refusal("facts", said, errors={"title": (said,)}))
        new = twin(locked, declared, title.strip(), signed)
        for ledger, numbers in lines.items():
            for line in locked.lines.filter(ledger=ledger, no__in=numbers):
                copy_line(line, new)
                line.is_done, line.facts = True, {**line.facts, "moved_to": new.number}
                line.save(update_fields=["is_done", "facts"])
        keep_away(locked, new, at=signed.at)
        join(new, locked, "split_from", at=signed.at)
        begun = {"from": locked.number, "by_house": came_by_itself(locked)}
        record(new, signed, Trace(SPLIT_OFF, new.stage, entered=begun))
        parted(locked, new)
        made.append(new)
        return Trace("kernel.split", locked.stage, locked.stage, {"into": new.number, "lines": dict(lines)})

    answer = _kept(matter, by=by, reason=reason, write=write)
    return Done(answer.matter, answer.performance, tuple(made)) if isinstance(answer, Done) else answer


def link(matter: Matter, other: Matter, kind: str, *, by: Viewer, reason: str) -> Answer:
    """Link a matter to another one that the person may see."""

    def write(locked: Matter, _declared: Mechanism, signed: Signed) -> Trace:
        if other.pk == locked.pk or not access.may_see(by, other) or not kind.strip():
            said = _("Choose another matter.")
            raise Refused(Refusal("facts", said, errors={"other": (said,)}))
        join(locked, other, kind, at=signed.at)
        return Trace("kernel.link", locked.stage, locked.stage, {"kind": kind, "to": other.number})

    return _kept(matter, by=by, reason=reason, write=write)


def unlink(matter: Matter, line: MatterLink, *, by: Viewer, reason: str) -> Answer:
    """Take a link away; its line stays with the day it ended."""

    def write(locked: Matter, _declared: Mechanism, signed: Signed) -> Trace:
        there = MatterLink.objects.filter(pk=line.pk, until_at=None).filter(source=locked).first()
        if there is None:
            raise Refused(Refusal("facts", _("There is no such link from this matter.")))
        there.until_at = signed.at
        there.save(update_fields=["until_at"])
        return Trace(
            "kernel.unlink", locked.stage, locked.stage, {"kind": there.kind, "to": there.target.number}
        )

    return _kept(matter, by=by, reason=reason, write=write)


@dataclass(frozen=True)
class Move:
    """What moving a matter to the newest declaration would change.

    Attributes:
        to_version: The version it moves to.
        stage: (old, new).
        facts_kept_aside: Facts that the new declaration does not know; they stay in the story.
        clocks_ended: Clocks that the new declaration does not have.
        clocks_missing: Clocks of the new declaration that run on no matter of this stage yet.
        digests: SHA-256 of both declarations, hex.
    """

    to_version: int
    stage: tuple[str, str]
    facts_kept_aside: tuple[str, ...]
    clocks_ended: tuple[str, ...]
    clocks_missing: tuple[str, ...]
    digests: tuple[str, str]


def preview_move(matter: Matter) -> Move | Refusal:
    """Return what moving a matter to the newest version would change; nothing is written."""
    old, new = mechanism(matter.mechanism, matter.version), mechanism(matter.mechanism)
    if old.version == new.version:
        return Refusal("stage", _("The matter stands on the newest version already."))
    to = new.moves.get(old.version, {}).get(matter.stage, matter.stage)
    if to not in {stage.key for stage in new.stages}:
        return Refusal(
            "stage",
            _("The new declaration does not say where the stage “%(stage)s” leads.")
            % {"stage": old.stage(matter.stage).name},
        )
    known = {one.key for one in new.asks} | {one.key for act in new.acts for one in act.asks}
    running = set(matter.clocks.exclude(state=ClockRun.State.STOPPED).values_list("key", flat=True))
    keys = {clock.key for clock in new.clocks}
    return Move(
        new.version,
        (matter.stage, to),
        tuple(sorted(set(matter.facts) - known)),
        tuple(sorted(running - keys)),
        tuple(sorted(_owed(new, to) - running)),
        (old.digest, new.digest),
    )


def _owed(declared: Mechanism, stage: str) -> set[str]:
    """Return the clocks that run in a stage whichever way it was reached; empty where it may rest."""
    sets = clocks_running(declared).get(stage, set())
    return set(frozenset.intersection(*sets)) if sets else set()


def move(matter: Matter, *, by: Viewer, reason: str) -> Answer:
    """Move a matter to the newest version of its declaration, as `preview_move` showed."""

    def write(locked: Matter, _declared: Mechanism, signed: Signed) -> Trace:
        plan = preview_move(locked)
        if isinstance(plan, Refusal):
            raise Refused(plan)
        new = mechanism(locked.mechanism)
        keep_declaration(new)
        locked.version, locked.stage = new.version, plan.stage[1]
        for key in plan.clocks_ended:
            clocks.end(locked, key, on=signed.on, replaced=True)
        for key in plan.clocks_missing:
            clocks.start(locked, new.clock(key), on=signed.on, facts=locked.facts)
        clocks.note_next_due(locked)
        facts = {"to_version": new.version, "from_digest": plan.digests[0], "to_digest": plan.digests[1]}
        return Trace("kernel.move", locked.stage, plan.stage[0], {"version": new.version}, facts)

    return _kept(matter, by=by, reason=reason, write=write)
