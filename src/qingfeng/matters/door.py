"""The one door that writes: `open_matter`, `perform`, and the second signature.

Each is one transaction: it locks the matter, checks stage, part, recusal and gates, stores what
was entered, moves the stage, starts and stops clocks, prints slips, and appends to the journal.
A lawful "no" is a value; nothing has happened then. The same key sent twice acts once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.journal.driver import in_one_go
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.straight import Question, ask_all
from qingfeng.matters import access, at_hand, in_force
from qingfeng.matters.answers import Answer, Done, Refusal, Waiting
from qingfeng.matters.clocks import CannotExtend, CannotStart
from qingfeng.matters.computed import found_at
from qingfeng.matters.conditions import (
    Knock,
    Refused,
    check_files,
    check_gates,
    check_opening,
    check_own_unit,
    check_standing,
    itself,
    named_parties,
    part_of,
    passed,
)
from qingfeng.matters.models import Awaiting, ClockRun, Matter, Party, Performance
from qingfeng.matters.notices import tell
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import Sheet, read_sheet
from qingfeng.matters.story import Signed, note_signature
from qingfeng.matters.today import counts_as
from qingfeng.matters.vocabulary import OPEN
from qingfeng.matters.waiting import (
    check_second,
    knock_of,
    locked,
    part_of_second,
    sheet_from,
    used_key,
    wait,
)
from qingfeng.matters.writing import join, write_act, write_opening
from qingfeng.organization.calendar import CalendarMissing
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer

USED_KEY = re.compile(r"matters_(performance|awaiting)[._]key")


def open_matter(
    kind: str,
    *,
    by: Viewer | None,
    title: str,
    owner: Unit,
    key: str | None = None,
    at: datetime | None = None,
    confidentiality: str = "",
    **sheet: Any,
) -> Answer:
    """Open a matter.

    Args:
        kind: Key of the mechanism.
        by: Who opens it.
        title: What it is about, one line.
        owner: The unit that answers for it.
        key: Idempotency key.
        at: Instant; now unless taken over.
        confidentiality: Another level than the mechanism's own.
        sheet: As `Sheet`: facts, parties, files.

    Returns:
        Done, or a refusal: `role`, `facts`, `recusal`, `gate`.
    """
    declared = mechanism(kind)
    handed = Sheet(**sheet)

    def write() -> Done:
        if key and (before := next(iter(_BY_KEY(key)), None)):
            if (before.act, before.matter.mechanism) != (OPEN, kind):
                raise Refused(used_key())
            return _again(before.matter, before, by)
        role = access.may_open(by, declared) if by else "clock"
        if not role:
            raise Refused(Refusal("role", _("Matters of this kind are opened by other roles.")))
        if not title.strip():
            errors = {"title": (_("Say in one line what it is about."),)}
            raise Refused(
                Refusal("facts", _("Some fields need another look; nothing was changed."), errors=errors)
            )
        read = passed(read_sheet(None, declared, None, handed))
        check_files(None, Knock(by), read)
        named = named_parties(None, declared, declared.names, handed)
        check_own_unit(by, declared, named)
        check_opening(declared, by, read.facts, named)
        signed = Signed(by, role, at or timezone.now(), key=key)
        return write_opening(
            declared, signed, read, named, title=title.strip(), owner=owner, confidentiality=confidentiality
        )

    with counts_as(at):
        return through(in_force.read_once(Matter, *_WRITTEN)(write))


def perform(act: str, matter: Matter, *, by: Viewer | None, **others: Any) -> Answer:
    """Perform an act on a matter.

    Args:
        act: Key of the act in the matter's declaration.
        matter: The matter; read again under lock.
        by: Who acts; None for the house itself (an act by a clock).
        others: As `Knock` (key, seen, at, paper, second, meeting_id) and `Sheet` (facts, parties, lines,
            changes, files, reason, opens, overrides).

    Returns:
        Done; Waiting where a second signer must confirm; or a refusal.
    """
    at_door = {name: others.pop(name) for name in tuple(others) if name in Knock.__dataclass_fields__}
    knock, sheet = Knock(by, **at_door), Sheet(**others)
    with counts_as(knock.paper.signed_on if knock.paper else knock.at):
        return through(lambda: _perform(act, matter.pk, knock, sheet))


def confirm(awaiting: Awaiting, *, by: Viewer, key: str | None = None, at: datetime | None = None) -> Answer:
    """Sign an act as its second signer; it happens now, as it was handed in.

    Args:
        awaiting: What waits.
        by: Somebody else with the same part.
        key: Idempotency key.
        at: Instant; now unless a story of the past is taken over.
    """

    def write() -> Done | Waiting:
        waiting = locked(awaiting, by)
        if waiting.ended == "confirmed":
            signed = waiting.matter.story.filter(act=waiting.act, by=waiting.by, second=by.person_id).last()
            if signed is not None:
                return Done(waiting.matter, signed, again=True)
        if waiting.ended:
            raise Refused(Refusal("conflict", _("This was decided already.")))
        knock = knock_of(waiting, Knock(by, key=key, at=at))
        check_second(waiting, knock, by)
        done = _perform(waiting.act, waiting.matter_id, knock, sheet_from(waiting))
        waiting.ended = "confirmed"
        waiting.save(update_fields=["ended"])
        return done

    with counts_as(at):
        return through(write)


def decline(awaiting: Awaiting, *, by: Viewer, reason: str) -> Answer:
    """Refuse the second signature, with a reason; the first signer is told."""

    def write() -> Done:
        waiting = locked(awaiting, by)
        if waiting.ended:
            raise Refused(Refusal("conflict", _("This was decided already.")))
        part_of_second(waiting, by)
        if not reason.strip():
            raise Refused(Refusal("facts", _("Say why."), errors={"reason": (_("Say why."),)}))
        waiting.ended = "declined"
        waiting.save(update_fields=["ended"])
        note_signature("matter.second_declined", waiting, by.person_id, reason=reason.strip())
        tell([waiting.by_id], "declined", waiting.matter, {"act": waiting.act, "reason": reason.strip()})
        return Done(waiting.matter, None)

    return through(write)


def through(write: Callable[[], Any]) -> Answer:
    """Run a write in one transaction; a refusal inside rolls it back and is returned.

    Where the same request came twice at the same moment, the later one finds what the earlier one did.
    """
    try:
        try:
            with in_one_go():
                return write()
        except IntegrityError as error:
            if not USED_KEY.search(str(error)):
                raise
        with in_one_go():
            return write()
    except Refused as refused:
        return refused.refusal
    except CannotExtend as why:
        return Refusal("facts", str(why), errors=dict.fromkeys(("days", "until"), (str(why),)))
    except CalendarMissing as missing:
        return Refusal("facts", f"{missing.what} {missing.then}")
    except CannotStart as missing:
        words = _("A deadline counts from this day: enter it.")
        return Refusal("facts", words, errors={str(missing): (words,)})


def _again(matter: Matter, before: Performance, by: Viewer | None) -> Done:
    """Answer a request that has acted before; somebody else's is no request of theirs."""
    if before.by_id != (by.person_id if by else None):
        raise Refused(used_key())
    return Done(matter, before, again=True)


def _perform(act_key: str, pk: int, knock: Knock, sheet: Sheet) -> Done | Waiting:
    found, told = ask_all((_LOCKED, (pk,)), (at_hand.AT_ONCE, (pk,)), foresees=_WRITTEN)
    if (matter := next(iter(found), None)) is None:
        raise Matter.DoesNotExist(f"There is no matter {pk}.")
    with at_hand.held(matter) as reading, reading.knowing(told):
        return _perform_on(matter, act_key, knock, sheet)


_WRITTEN = (JournalEntry, Performance, ClockRun, ClockRun, Party, Party)  # by nearly every act, at most
_LOCKED = Question(lambda pk: Matter.objects.select_for_update().filter(pk=pk))
_BY_KEY = Question(lambda key: Performance.objects.filter(key=key), "s")


def _perform_on(matter: Matter, act_key: str, knock: Knock, sheet: Sheet) -> Done | Waiting:
    if knock.key and (before := next(iter(_BY_KEY(knock.key)), None)):
        if before.matter_id != matter.pk or before.act != act_key:
            raise Refused(used_key())
        return _again(matter, before, knock.by)
    if knock.by is not None and not access.may_see(knock.by, matter):
        raise Refused(Refusal("absent", _("There is no such matter.")))
    declared = mechanism(matter.mechanism, matter.version)
    try:
        act = declared.act(act_key)
    except KeyError:
        raise Refused(Refusal("stage", _("There is no such act on this matter."))) from None
    check_standing(matter, declared, act, knock)
    part = part_of(matter, declared, act, knock)
    whole, found = found_at(act, matter, sheet)
    read = passed(read_sheet(matter, declared, act, whole))
    read.write_authors(part.for_person_id or (knock.by.person_id if knock.by else None))
    check_files(matter, knock, read)
    named = named_parties(matter, declared, act.names, whole) | itself(matter, act, knock)
    who = {role: [row.pk for row in rows] for role, rows in named.items()}
    check_gates(matter, act, knock, {**read.facts, **who, **read.by_ledger, **found.told}, sheet)
    if act.second and knock.second is None:
        return wait(matter, act, knock, part, sheet)
    signed = Signed(
        knock.by,
        part.role,
        knock.at or timezone.now(),
        key=knock.key,
        for_person_id=part.for_person_id,
        second_id=knock.second,
        reason=sheet.reason.strip(),
        paper=knock.paper,
        meeting_id=knock.meeting_id,
        overrides=dict(sheet.overrides),
    )
    for kind, other in found.alike:
        join(matter, other, kind, at=signed.at)
    for kind, other in found.joining:
        join(other, matter, kind, at=signed.at)
    return write_act(matter, declared, act, signed, read, named, wished=sheet.opens)
