"""Passing work on: handing over every open part when a post is left.

Standing in (代办) is kept by the organization; access reads it. What is handed over is journaled matter
by matter, so that each story says who carries it now; where a recusal stands in the way, it says so
and the part stays where it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.matters import access, naming, notices
from qingfeng.matters.answers import Answer, Done, Refusal
from qingfeng.matters.conditions import Refused
from qingfeng.matters.door import through
from qingfeng.matters.key_models import Sealed
from qingfeng.matters.models import Matter, Party
from qingfeng.matters.registry import mechanism
from qingfeng.matters.story import Signed, Trace, record
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer, viewer_for

GIVERS = ("dept_head", "deputy", "principal", "security_admin")


@dataclass(frozen=True)
class HandedOver:
    """What came of a handover.

    Attributes:
        passed: Numbers of the matters that were handed over.
        kept: (number, why not) of those that were not.
        sealed: How many sealed values the giver still has to seal to the receiver.
    """

    passed: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    sealed: int


def open_parts(person: Person) -> list[Party]:
    """Return the parts that a person has in open matters, by matter."""
    parts = Party.objects.filter(person=person, until_at=None, is_subject=False, matter__is_open=True)
    return list(parts.select_related("matter__owner").order_by("matter_id"))


def hand_over(giver: Person, to: Person, *, by: Viewer, reason: str) -> HandedOver | Refusal:
    """Hand every open part of one person over to another.

    Args:
        giver: Who leaves a post.
        to: Who takes over.
        by: The person who leaves, their head, a leader, or the security administrator, who reads none of it.
        reason: Why.

    Returns:
        What was handed over and what was not, or a refusal.
    """
    own = by.person_id == giver.pk
    if not own and not _is_over(by, giver):
        return Refusal("role", _("A handover is made by the person, their head or a leader."))
    if giver.pk == to.pk or not reason.strip():
        said = _("Choose somebody else, and say why.")
        return Refusal("facts", said, errors={"to": (said,)})
    passed, kept = [], []
    matters = {part.matter_id: part.matter for part in open_parts(giver)}
    for matter in matters.values():
        answer = _pass(matter, giver, to, by, reason.strip())
        if isinstance(answer, Done):
            passed.append(matter.number)
        elif isinstance(answer, Refusal):
            kept.append((matter.number, str(answer.reason)))
    notices.tell([to.pk], "handed_over", None, {"from": giver.pk, "matters": len(passed)})
    return HandedOver(tuple(passed), tuple(kept), _sealed_to(giver, matters))


def _is_over(by: Viewer, giver: Person) -> bool:
    """Whether somebody leads the giver: a head the own room, a leader or the administrator everybody."""
    if by.has(*(set(GIVERS) - {"dept_head"})):
        return True
    return any(by.covers("dept_head", post.unit_path) for post in viewer_for(giver).posts)


def _sealed_to(giver: Person, matters: Iterable[int]) -> int:
    return sum(str(giver.pk) in one.keys for one in Sealed.objects.filter(matter__in=list(matters)))


def _pass(matter: Matter, giver: Person, to: Person, by: Viewer, reason: str) -> Answer:
    def write() -> Done:
        locked = Matter.objects.select_for_update().get(pk=matter.pk)
        declared = mechanism(locked.mechanism, locked.version)
        parts = list(locked.parties.filter(person=giver, until_at=None, is_subject=False))
        for part in parts:
            refusal = naming.conflict(locked, declared, {part.role: [to]})
            apart = _apart(locked, declared, part.role, to)
            if refusal is not None:
                raise Refused(refusal)
            if apart:
                raise Refused(Refusal("separation", apart))
        now = timezone.now()
        locked.revision += 1
        for part in parts:
            part.until_at = now
            part.save(update_fields=["until_at"])
            if not locked.parties.filter(person=to, role=part.role, until_at=None).exists():
                Party.objects.create(matter=locked, role=part.role, person=to, since_at=now, told_at=now)
        facts = {"from": giver.pk, "to": to.pk, "roles": sorted(part.role for part in parts)}
        signed = Signed(by, "giver", now, reason=reason)
        performance = record(
            locked, signed, Trace("kernel.hand_over", locked.stage, locked.stage, facts, facts)
        )
        locked.save()
        return Done(locked, performance)

    return through(write)


def _apart(locked: Matter, declared: object, role: str, to: Person) -> str:
    """Why somebody cannot take a part over because of what they did on the matter, or ""."""
    for act in mechanism(locked.mechanism, locked.version).acts:
        if role in act.by and act.not_by and access.has_acted_as(locked, to.pk, act.not_by):
            return _("%(person)s has acted on this matter in a part that excludes this one.") % {"person": to}
    del declared
    return ""
