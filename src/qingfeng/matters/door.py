"""The one door that writes: `open_matter`, `perform`, and the second signature.

Each is one transaction: it locks the matter, checks stage, part, recusal and gates, stores what
was entered, moves the stage, starts and stops clocks, prints slips, and appends to the journal.
A lawful "no" is a value; nothing has happened then. The same key sent twice acts once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.matters import access, naming
from qingfeng.matters.answers import Answer, Done, Refusal, Waiting
from qingfeng.matters.clocks import CannotStart
from qingfeng.matters.models import Awaiting, Matter, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import Paper, Sheet, read_sheet
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.matters.vocabulary import Act, Gate, Mechanism
from qingfeng.matters.writing import Signed, write_act, write_opening
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer


class Refused(Exception):  # noqa: N818 - carries a lawful no out of a transaction; never leaves this floor
    """Rolls a transaction back; `perform` returns its refusal."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(str(refusal.reason))


@dataclass(frozen=True)
class Knock:
    """How somebody comes to the door.

    Attributes:
        by: Who acts; None for the house itself (a clock).
        key: Idempotency key of the request.
        seen: Revision of the matter that the form showed.
        at: Instant; now unless matters are taken over.
        paper: The act was signed on paper by somebody else.
        second: Id of the second signer.
        meeting_id: The meeting that decided it.
    """

    by: Viewer | None
    key: str | None = None
    seen: int | None = None
    at: datetime | None = None
    paper: Paper | None = None
    second: int | None = None
    meeting_id: int | None = None


def open_matter(
    kind: str, *, by: Viewer | None, title: str, owner: Unit, key: str | None = None, at: datetime | None = None,
    confidentiality: str = "", **sheet: Any,
) -> Answer:  # fmt: skip
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
        if key and (before := Performance.objects.filter(key=key).select_related("matter").first()):
            return Done(before.matter, before, again=True)
        role = access.may_open(by, declared) if by else "clock"
        if not role:
            raise Refused(Refusal("role", _("Matters of this kind are opened by other roles.")))
        if not title.strip():
            errors = {"title": (_("Say in one line what it is about."),)}
            raise Refused(
                Refusal("facts", _("Some fields need another look; nothing was changed."), errors=errors)
            )
        read = _passed(read_sheet(None, declared, None, handed))
        named = _named(None, declared, declared.names, handed)
        _own_unit(by, declared, named)
        signed = Signed(by, role, at or timezone.now(), key=key)
        return write_opening(
            declared, signed, read, named, title=title.strip(), owner=owner, confidentiality=confidentiality
        )

    return _through(write)


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
    return _through(lambda: _perform(act, matter.pk, knock, sheet))


def confirm(awaiting: Awaiting, *, by: Viewer, key: str | None = None) -> Answer:
    """Sign an act as its second signer; it happens now, as it was handed in."""

    def write() -> Done | Waiting:
        waiting = Awaiting.objects.select_for_update().get(pk=awaiting.pk)
        if waiting.ended:
            raise Refused(Refusal("conflict", _("This was decided already.")))
        first = waiting.by
        if first.pk == by.person_id:
            raise Refused(Refusal("separation", _("The second signature is somebody else's.")))
        from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415 - only here

        knock = Knock(viewer_for(first), key=key, seen=waiting.revision, second=by.person_id)
        declared = mechanism(waiting.matter.mechanism, waiting.matter.version)
        if not access.may_see(by, waiting.matter) or not access.part_in(
            by, waiting.matter, declared.act(waiting.act)
        ):
            raise Refused(Refusal("role", _("The second signature belongs to somebody with the same part.")))
        done = _perform(waiting.act, waiting.matter_id, knock, _sheet_from(waiting))
        waiting.ended = "confirmed"
        waiting.save(update_fields=["ended"])
        return done

    return _through(write)


def decline(awaiting: Awaiting, *, by: Viewer, reason: str) -> Answer:
    """Refuse the second signature, with a reason; the first signer is told."""
    from qingfeng.matters.notices import tell  # noqa: PLC0415 - notices come after the door

    def write() -> Done:
        waiting = Awaiting.objects.select_for_update().select_related("matter").get(pk=awaiting.pk)
        if waiting.ended or not access.may_see(by, waiting.matter):
            raise Refused(Refusal("conflict", _("This was decided already.")))
        if not reason.strip():
            raise Refused(Refusal("facts", _("Say why."), errors={"reason": (_("Say why."),)}))
        waiting.ended = "declined"
        waiting.save(update_fields=["ended"])
        tell([waiting.by_id], "declined", waiting.matter, {"act": waiting.act, "reason": reason.strip()})
        return Done(waiting.matter, None)

    return _through(write)


def _through(write: Callable[[], Any]) -> Answer:
    """Run a write in one transaction; a refusal inside rolls it back and is returned."""
    try:
        with transaction.atomic():
            return write()
    except Refused as refused:
        return refused.refusal
    except CannotStart as missing:
        words = _("A deadline counts from this day: enter it.")
        return Refusal("facts", words, errors={str(missing): (words,)})
    except IntegrityError as error:
        if "key" in str(error):
            return Refusal("key", _("This was sent twice at the same moment; it has happened once."))
        raise


def _perform(act_key: str, pk: int, knock: Knock, sheet: Sheet) -> Done | Waiting:
    matter = Matter.objects.select_for_update().get(pk=pk)
    if knock.key and (before := Performance.objects.filter(key=knock.key).first()):
        if before.matter_id != pk or before.act != act_key:
            raise Refused(Refusal("key", _("This form was used for another act: open it again.")))
        return Done(matter, before, again=True)
    if knock.by is not None and not access.may_see(knock.by, matter):
        raise Refused(Refusal("absent", _("There is no such matter.")))
    declared = mechanism(matter.mechanism, matter.version)
    try:
        act = declared.act(act_key)
    except KeyError:
        raise Refused(Refusal("stage", _("There is no such act on this matter."))) from None
    _standing(matter, declared, act, knock)
    part = _part(matter, declared, act, knock)
    read = _passed(read_sheet(matter, declared, act, sheet))
    named = _named(matter, declared, act.names, sheet)
    _gates(
        matter,
        act,
        knock,
        {**read.facts, **{role: [row.pk for row in rows] for role, rows in named.items()}},
        sheet,
    )
    if act.second and knock.second is None:
        return _wait(matter, act, knock, part, sheet)
    signed = Signed(
        knock.by, part.role, knock.at or timezone.now(), key=knock.key, for_person_id=part.for_person_id,
        second_id=knock.second, reason=sheet.reason.strip(), paper=knock.paper, meeting_id=knock.meeting_id,
        overrides=dict(sheet.overrides),
    )  # fmt: skip
    return write_act(matter, declared, act, signed, read, named, wished=sheet.opens)


def _standing(matter: Matter, declared: Mechanism, act: Act, knock: Knock) -> None:
    """Refuse an act on a matter that does not count, from a stage it does not start in, or from an old page."""
    if knock.seen is not None and knock.seen != matter.revision:
        since = tuple(matter.story.filter(no__gt=knock.seen).select_related("by"))
        said = _(
            "Somebody else has acted on this matter since you opened the page. Look at what changed, then act."
        )
        raise Refused(Refusal("conflict", said, changed=since))
    if matter.standing != Matter.Standing.VALID:
        raise Refused(
            Refusal("standing", _("This matter is void, withdrawn or merged: nothing more happens here."))
        )
    if not declared.is_from(act, matter.stage):
        said = _("%(act)s does not start from the stage this matter is in (%(stage)s).") % {
            "act": act.name,
            "stage": declared.stage(matter.stage).name,
        }
        raise Refused(Refusal("stage", said))


def _part(matter: Matter, declared: Mechanism, act: Act, knock: Knock) -> access.Part:
    if knock.by is None:
        if "clock" not in act.by:
            raise Refused(Refusal("role", _("No clock performs this act.")))
        return access.Part("clock")
    part = access.part_in(knock.by, matter, act, declared)
    if part is None:
        who = ", ".join(str(declared.role(key).name) for key in act.by if key != "clock")
        raise Refused(Refusal("role", _("This act belongs to: %(who)s.") % {"who": who}))
    for person in (knock.by.person_id, part.for_person_id):
        if person and act.not_by and access.has_acted_as(matter, person, act.not_by):
            roles = ", ".join(str(declared.role(key).name) for key in act.not_by)
            said = _("Whoever acted as %(roles)s on this matter does not do this: ask a colleague.") % {
                "roles": roles
            }
            raise Refused(Refusal("separation", said))
    if knock.paper and not act.on_paper:
        raise Refused(Refusal("role", _("This act cannot be entered from paper.")))
    if knock.meeting_id and not act.meeting:
        raise Refused(Refusal("role", _("This act is not decided in a meeting.")))
    return part


def _named(
    matter: Matter | None, declared: Mechanism, roles: tuple[str, ...], sheet: Sheet
) -> dict[str, Any]:
    wanted = {key: sheet.parties.get(key, ()) for key in roles}
    strange = set(sheet.parties) - set(roles)
    if strange:
        raise Refused(
            Refusal("role", _("This act names nobody as %(roles)s.") % {"roles": ", ".join(sorted(strange))})
        )
    named = _passed(naming.resolved(declared, wanted))
    refusal = naming.conflict(matter, declared, named)
    if refusal:
        raise Refused(refusal)
    return named


def _own_unit(by: Viewer | None, declared: Mechanism, named: dict[str, Any]) -> None:
    """A body outside opens matters in its own name only."""
    if by is None or not access.is_outside(by):
        return
    units = {row.pk for role, rows in named.items() if declared.role(role).kind == "unit" for row in rows}
    if not units & access.units_spoken_for(by):
        raise Refused(Refusal("role", _("Name the body that you speak for.")))


def _gates(matter: Matter, act: Act, knock: Knock, entered: dict[str, Any], sheet: Sheet) -> None:
    missing = unmet(matter, act, actor=knock.by.person_id if knock.by else None, entered=entered)
    held: list[Gate] = []
    for gate in missing:
        reason = sheet.overrides.get(gate.key, "").strip()
        if not (gate.overridden_by and reason and knock.by and _may_override(matter, gate, knock.by)):
            held.append(gate)
    if held:
        said = " ".join(str(gate.says) for gate in held)
        law = tuple(law for gate in held for law in gate.law)
        raise Refused(Refusal("gate", said, law, gates=tuple(gate.key for gate in held)))


def _may_override(matter: Matter, gate: Gate, by: Viewer) -> bool:
    return access.part_in(by, matter, Act("override", "", by=gate.overridden_by)) is not None


def unmet(
    matter: Matter, act: Act, *, actor: int | None = None, entered: dict[str, Any] | None = None
) -> list[Gate]:
    """Return the gates of an act that do not hold now, in order; conditions without words count as its stage."""
    seen = snapshot_of(matter, today=timezone.localdate(), actor=actor, entered=entered)
    if act.when and not act.when(seen):
        raise Refused(Refusal("stage", _("%(act)s is not to be done here.") % {"act": act.name}))
    return [gate for gate in act.gates if not gate.holds(seen)]


def _wait(matter: Matter, act: Act, knock: Knock, part: access.Part, sheet: Sheet) -> Waiting:
    if knock.by is None or knock.by.person_id is None:
        raise Refused(Refusal("role", _("An act with two signatures is begun by a person.")))
    matter.awaiting.filter(act=act.key, ended="").update(ended="overtaken")
    return Waiting(
        matter,
        Awaiting.objects.create(
            matter=matter, act=act.key, by_id=knock.by.person_id, as_role=part.role, entered=_plain_sheet(sheet),
            reason=sheet.reason, at=timezone.now(), revision=matter.revision,
        ),
    )  # fmt: skip


def _plain_sheet(sheet: Sheet) -> dict[str, Any]:
    from qingfeng.matters.forms import as_json  # noqa: PLC0415 - one use

    def plain(value: Any) -> Any:
        if hasattr(value, "getlist"):
            return {
                key: value.getlist(key) if len(value.getlist(key)) > 1 else value.get(key) for key in value
            }
        if isinstance(value, dict):
            return {str(key): plain(one) for key, one in value.items()}
        return [plain(one) for one in value] if isinstance(value, list | tuple) else as_json(value)

    return {
        name: plain(getattr(sheet, name))
        for name in ("facts", "parties", "lines", "changes", "files", "overrides")
    } | {"opens": list(sheet.opens)}


def _sheet_from(waiting: Awaiting) -> Sheet:
    kept = dict(waiting.entered)
    changes = {
        key: {int(no): one for no, one in lines.items()} for key, lines in kept.pop("changes", {}).items()
    }
    return Sheet(
        **{**kept, "opens": tuple(kept.get("opens", ())), "changes": changes, "reason": waiting.reason}
    )


def _passed(answer: Any) -> Any:
    if isinstance(answer, Refusal):
        raise Refused(answer)
    return answer
