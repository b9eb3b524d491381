"""Meetings that decide many matters: agenda, attendance, minutes, and each decision an act of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.journal.store import append
from qingfeng.matters import access
from qingfeng.matters.answers import Answer, Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter, Meeting
from qingfeng.matters.registry import mechanism
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer, viewer_for

QUORUM = 3


def call_meeting(
    *, by: Viewer, name: str, held_on: date, chair: Person, agenda: Sequence[tuple[Matter, str]]
) -> Meeting | Refusal:
    """Put matters on the agenda of a meeting; nothing is decided yet.

    Args:
        by: The secretary, who may see every matter of the agenda.
        name: For example 第12次常委会会议.
        held_on: Civil date.
        chair: Who chairs.
        agenda: (matter, act to be decided); only acts that a meeting may decide.
    """
    if by.person_id is None or not name.strip() or not agenda:
        said = _("A meeting needs a name and at least one matter.")
        return Refusal("facts", said, errors={"name": (said,)})
    for matter, act in agenda:
        if not access.may_see(by, matter):
            return Refusal("absent", _("There is no such matter."))
        declared = mechanism(matter.mechanism, matter.version)
        if not any(one.key == act and one.meeting for one in declared.acts):
            return Refusal(
                "role", _("%(matter)s: this act is not decided in a meeting.") % {"matter": matter.number}
            )
    with transaction.atomic():
        made = Meeting.objects.create(
            name=name.strip(),
            held_on=held_on,
            chair=chair,
            made_by_id=by.person_id,
            made_at=timezone.now(),
            agenda=[{"matter": matter.pk, "number": matter.number, "act": act} for matter, act in agenda],
        )
        append(
            "meeting.called",
            subject=f"meeting:{made.pk}",
            by=f"person:{by.person_id}",
            facts={"on": held_on.isoformat(), "items": len(agenda)},
        )
    return made


def minute(
    meeting: Meeting,
    *,
    by: Viewer,
    attendance: Iterable[tuple[int, str]],
    minutes: str,
    file_id: int | None = None,
) -> Meeting | Refusal:
    """Record who was there and what was said.

    Args:
        meeting: Not decided yet.
        by: The secretary who called it.
        attendance: (person, `voted`, `attended`, `absent` or `recused`).
        minutes: Text.
        file_id: The signed scan.
    """
    rows = [{"person": person, "as": how} for person, how in attendance]
    voters = [row for row in rows if row["as"] == "voted"]
    if by.person_id != meeting.made_by_id or meeting.decided_at:
        return Refusal("role", _("Minutes are kept by who called the meeting, until it has decided."))
    if len(voters) < QUORUM or not minutes.strip():
        said = _("Record at least three who voted, and what was decided.")
        return Refusal("facts", said, errors={"attendance": (said,)})
    with transaction.atomic():
        meeting.attendance, meeting.minutes, meeting.minutes_file_id = rows, minutes.strip(), file_id
        meeting.save(update_fields=["attendance", "minutes", "minutes_file"])
        append(
            "meeting.minuted",
            subject=f"meeting:{meeting.pk}",
            by=f"person:{by.person_id}",
            facts={"voters": len(voters)},
            personal={"minutes": meeting.minutes},
        )
    return meeting


def decide(
    meeting: Meeting, decisions: Mapping[int, Mapping[str, Any]], *, by: Viewer
) -> list[tuple[str, Answer]]:
    """Enter what the meeting decided, one act a matter; each succeeds or is refused by itself.

    Whoever is recused from a matter must not have voted on it: the act is refused then.

    Args:
        meeting: Minuted.
        decisions: Matter id → sheet of the act (facts, parties, lines …).
        by: The secretary, acting for the meeting in the part that the act names.

    Returns:
        (number, answer) in the order of the agenda.
    """
    said: list[tuple[str, Answer]] = []
    for item in meeting.agenda:
        if item["matter"] not in decisions:
            continue
        matter = Matter.objects.get(pk=item["matter"])
        said.append((matter.number, _decide(meeting, matter, item["act"], decisions[matter.pk], by)))
    if any(isinstance(answer, Done) for _number, answer in said) and not meeting.decided_at:
        meeting.decided_at = timezone.now()
        meeting.save(update_fields=["decided_at"])
    return said


def _decide(meeting: Meeting, matter: Matter, act: str, sheet: Mapping[str, Any], by: Viewer) -> Answer:
    if not meeting.minutes:
        return Refusal("gate", _("Record attendance and minutes first."))
    voters = Person.objects.filter(
        pk__in=[row["person"] for row in meeting.attendance if row["as"] == "voted"]
    )
    for person in voters:
        if Matter.objects.filter(pk=matter.pk).filter(access.recused_q(viewer_for(person))).exists():
            return Refusal(
                "recusal", _("%(person)s must be recused from this matter and voted.") % {"person": person}
            )
        apart = mechanism(matter.mechanism, matter.version).act(act).not_by
        if apart and access.has_acted_as(matter, person.pk, apart):
            said = _("%(person)s had a part in this matter that excludes the decision, and voted.")
            return Refusal("separation", said % {"person": person})
    return perform(
        act, matter, by=by, key=f"meeting:{meeting.pk}:{matter.pk}", meeting_id=meeting.pk, **sheet
    )
