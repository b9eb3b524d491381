"""What must hold before an act: standing, stage, part, separation, recusal, files, gates.

Each function lets pass or raises `Refused`, which carries a lawful no out of the door's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.documents.models import Attachment
from qingfeng.matters import access, at_hand, naming
from qingfeng.matters.answers import Refusal
from qingfeng.matters.computed import told_at_opening
from qingfeng.matters.models import Matter, Meeting
from qingfeng.matters.sheets import Paper, ReadSheet, Sheet
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.matters.today import today
from qingfeng.matters.vocabulary import Act, Gate, Mechanism
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer, viewer_for


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


def _meeting_part(matter: Matter, declared: Mechanism, act: Act, knock: Knock) -> access.Part | None:
    """Return the own part, else the chair's: who keeps the minutes enters what the meeting decided."""
    own = _own_part(matter, declared, act, knock)
    if own or knock.by is None or not knock.by.is_ours or access.view_of(knock.by, matter) != "whole":
        return own
    chair = Meeting.objects.select_related("chair").get(pk=knock.meeting_id).chair
    if Matter.objects.filter(access.recused_q(viewer_for(chair)), pk=matter.pk).exists():
        return None
    found = access.part_in(viewer_for(chair), matter, act, declared)
    return access.Part(found.role, chair.pk) if found else None


def _own_part(matter: Matter, declared: Mechanism, act: Act, knock: Knock) -> access.Part | None:
    return access.part_in(knock.by, matter, act, declared) if knock.by else None


def _paper_part(matter: Matter, declared: Mechanism, act: Act, knock: Knock) -> access.Part | None:
    """Return the signer's own part; own staff who see the matter whole may enter what another has signed."""
    paper = knock.paper
    if knock.by is None or paper is None or not knock.by.is_staff:
        return None
    if access.view_of(knock.by, matter) != "whole":
        return None
    if paper.signed_on > timezone.localdate():
        said = _("Enter a day that has come.")
        raise Refused(Refusal("facts", said, errors={"signed_on": (said,)}))
    signer = Person.objects.filter(pk=paper.person_id).first()
    if signer is None or Matter.objects.filter(access.recused_q(viewer_for(signer)), pk=matter.pk).exists():
        return None
    found = access.part_in(viewer_for(signer, paper.signed_on), matter, act, declared)
    return access.Part(found.role, signer.pk) if found else None


def check_files(matter: Matter | None, knock: Knock, read: ReadSheet) -> None:
    """Refuse attachments that somebody else brought and that are not on this matter: ids can be guessed."""
    if knock.paper and not read.files.get("paper"):
        said = _("Attach the scan of the signed sheet.")
        raise Refused(Refusal("facts", said, errors={"paper": (said,)}))
    ids = {one for given in read.files.values() for one in given}
    ids |= {one for line in read.lines for one in line.files}
    if not ids or knock.by is None:
        return
    own = set(
        Attachment.objects.filter(pk__in=ids, uploaded_by=knock.by.account_id).values_list("pk", flat=True)
    )
    if matter is not None:
        own |= set(matter.files.filter(attachment__in=ids).values_list("attachment_id", flat=True))
    if ids - own:
        said = _("Attach the file again: it was not stored.")
        raise Refused(Refusal("facts", said, errors={"files": (said,)}))


def check_standing(matter: Matter, declared: Mechanism, act: Act, knock: Knock) -> None:
    """Refuse an act on a matter that does not count, from a wrong stage, or from an old page."""
    if knock.seen is not None and knock.seen != matter.revision:
        since = tuple(matter.story.filter(no__gt=knock.seen).select_related("by"))
        said = _("Somebody else has acted here since you opened the page. Look at what changed, then act.")
        raise Refused(Refusal("conflict", said, changed=since))
    why_not = no_start(matter, declared, act)
    if why_not is not None:
        raise Refused(why_not)


def no_start(matter: Matter, declared: Mechanism, act: Act) -> Refusal | None:
    """Return why an act does not start as a matter stands and from the stage it is in; None where it does."""
    if not counts_for(act, matter):
        return Refusal("standing", _("This matter is void, withdrawn or merged: nothing more happens here."))
    return None if declared.is_from(act, matter.stage) else not_here(matter, declared, act)


def not_here(matter: Matter, declared: Mechanism, act: Act) -> Refusal:
    """Return the refusal of an act that does not start from the stage a matter is in."""
    said = _("%(act)s does not start from the stage this matter is in (%(stage)s).")
    return Refusal("stage", said % {"act": act.name, "stage": declared.stage(matter.stage).name})


def counts_for(act: Act, matter: Matter) -> bool:
    """Return whether a matter stands so that an act can be done on it at all."""
    return matter.standing == Matter.Standing.VALID or act.even_ended


def part_of(matter: Matter, declared: Mechanism, act: Act, knock: Knock) -> access.Part:
    """Return the part in which an act is done; refuse who has none, or one that excludes it."""
    if knock.by is None:
        if "clock" not in act.by and not act.comes:
            raise Refused(Refusal("role", _("No clock performs this act.")))
        return access.Part("clock")
    found = _paper_part if knock.paper else _meeting_part if knock.meeting_id else _own_part
    part = found(matter, declared, act, knock)
    if part is None:
        who = ", ".join(str(declared.role(key).name) for key in act.by if key != "clock")
        raise Refused(Refusal("role", _("This act belongs to: %(who)s.") % {"who": who}))
    check_apart(matter, declared, act, (knock.by.person_id, part.for_person_id))
    if knock.paper and not act.on_paper:
        raise Refused(Refusal("role", _("This act cannot be entered from paper.")))
    if knock.meeting_id and not act.meeting:
        raise Refused(Refusal("role", _("This act is not decided in a meeting.")))
    return part


def check_apart(matter: Matter, declared: Mechanism, act: Act, persons: Iterable[int | None]) -> None:
    """Refuse an act of those who had a part on the matter that excludes it."""
    for person in persons:
        if person and act.not_by and access.has_acted_as(matter, person, act.not_by):
            roles = ", ".join(str(declared.role(key).name) for key in act.not_by)
            said = _("Whoever acted as %(roles)s on this matter does not do this: ask a colleague.") % {
                "roles": roles
            }
            raise Refused(Refusal("separation", said))


def named_parties(
    matter: Matter | None, declared: Mechanism, roles: tuple[str, ...], sheet: Sheet
) -> dict[str, Any]:
    """Return who is named for the roles of an act; refuse strangers to it, and who must be recused."""
    wanted = {key: sheet.parties.get(key, ()) for key in roles}
    strange = set(sheet.parties) - set(roles)
    if strange:
        raise Refused(
            Refusal("role", _("This act names nobody as %(roles)s.") % {"roles": ", ".join(sorted(strange))})
        )
    named = passed(naming.resolved(declared, wanted))
    refusal = naming.conflict(matter, declared, named)
    if refusal is not None:
        raise Refused(refusal)
    return named


def itself(matter: Matter, act: Act, knock: Knock) -> dict[str, Any]:
    """Return who has the role in which an act names whoever does it, with them; empty for other acts."""
    if not act.names_self or knock.by is None:
        return {}
    there = [one.person for one in at_hand.of(matter).parties() if one.role == act.names_self and one.person]
    mine = Person.objects.filter(pk=knock.by.person_id).exclude(pk__in=[one.pk for one in there])
    return {act.names_self: [*there, *mine]}


def check_own_unit(by: Viewer | None, declared: Mechanism, named: dict[str, Any]) -> None:
    """A body outside opens matters in its own name only."""
    if by is None or not access.is_outside(by):
        return
    units = {row.pk for role, rows in named.items() if declared.role(role).kind == "unit" for row in rows}
    if not units & access.units_spoken_for(by):
        raise Refused(Refusal("role", _("Name the body that you speak for.")))


def check_gates(matter: Matter, act: Act, knock: Knock, entered: dict[str, Any], sheet: Sheet) -> None:
    """Refuse an act whose gates do not hold and are not lawfully passed with a reason."""
    missing = unmet(matter, act, actor=knock.by.person_id if knock.by else None, entered=entered)
    held: list[Gate] = []
    for gate in missing:
        reason = sheet.overrides.get(gate.key, "").strip()
        if not (gate.overridden_by and reason and knock.by and _may_override(matter, gate, knock.by)):
            held.append(gate)
    _refuse_for(held)


def check_opening(
    declared: Mechanism, by: Viewer | None, facts: dict[str, Any], named: dict[str, Any]
) -> None:
    """Refuse to open a matter of whose form a gate does not hold."""
    parts = {role: [row.pk for row in rows] for role, rows in named.items()}
    actor = by.person_id if by else None
    entered = {**facts, **parts, **told_at_opening(declared.computes, facts)}
    seen = Snapshot(stage="", today=today(), actor=actor, entered=entered)
    _refuse_for([gate for gate in declared.gates if not gate.holds(seen)])


def check_kept(declared: Mechanism, matter: Matter) -> None:
    """Refuse where what a matter says by now could not be opened beside the others (`Mechanism.computes`)."""
    if declared.computes and matter.standing == Matter.Standing.VALID:
        entered = {**matter.facts, **told_at_opening(declared.computes, matter.facts, matter)}
        seen = Snapshot(stage="", today=today(), entered=entered)
        _refuse_for([gate for gate in declared.gates if not gate.holds(seen)])


def _refuse_for(held: list[Gate]) -> None:
    if held:
        said = " ".join(str(gate.says) for gate in held)
        law = tuple(law for gate in held for law in gate.law)
        raise Refused(Refusal("gate", said, law, gates=tuple(gate.key for gate in held)))


def _may_override(matter: Matter, gate: Gate, by: Viewer) -> bool:
    return access.part_in(by, matter, Act("override", "", by=gate.overridden_by)) is not None


def unmet(
    matter: Matter, act: Act, *, actor: int | None = None, entered: dict[str, Any] | None = None
) -> list[Gate]:
    """Return the gates of an act that do not hold now, in order.

    Raises:
        Refused: If the act is not offered here at all (`Act.when`).
    """
    if not act.when and not act.gates:
        return []
    seen = snapshot_of(matter, today=today(), actor=actor, entered=entered)
    if act.when and not act.when(seen):
        raise Refused(Refusal("stage", _("%(act)s is not to be done here.") % {"act": act.name}))
    return [gate for gate in act.gates if not gate.holds(seen)]


def passed(answer: Any) -> Any:
    """Return an answer that is no refusal; raise one that is."""
    if isinstance(answer, Refusal):
        raise Refused(answer)
    return answer
