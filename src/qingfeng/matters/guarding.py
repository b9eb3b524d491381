"""Guarding matters: reads, recusal decided, interference, emergency access, and who could read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.journal.store import append
from qingfeng.matters import access, notices
from qingfeng.matters.answers import Refusal
from qingfeng.matters.district import BREAK_GLASS_HOURS
from qingfeng.matters.keeping import may_keep
from qingfeng.matters.kept_records import note_refused, tells_of
from qingfeng.matters.models import BreakGlass, Interference, Matter, ReadMark, RecusalDecision
from qingfeng.matters.reach import named_only
from qingfeng.matters.vocabulary import Confidentiality, Law
from qingfeng.organization.district_settings import setting
from qingfeng.organization.models import Person, Post, Unit
from qingfeng.organization.roles import NAMED_ONLY, ROLES
from qingfeng.organization.viewer import Viewer, viewer_for

INTERFERENCE = (Law("监察法", "Art. 66"),)


def _subject(matter: Matter) -> str:
    return f"{matter.mechanism}/{matter.slug}"


def note_read(viewer: Viewer, matter: Matter, way: str = "page") -> None:
    """Keep that somebody read a restricted matter; the first time of a day and way is a journal entry.

    Args:
        viewer: Who reads.
        matter: Only restricted ones are noted.
        way: `page`, `slip`, `file`, `export`, `api`.
    """
    if matter.confidentiality != Confidentiality.RESTRICTED.value or viewer.person_id is None:
        return
    with transaction.atomic():
        _mark, is_new = ReadMark.objects.get_or_create(
            matter=matter,
            person_id=viewer.person_id,
            on=timezone.localdate(),
            way=way,
            defaults={"first_at": timezone.now(), "account_id": viewer.account_id},
        )
        if is_new:
            append(
                "matter.read", subject=_subject(matter), by=f"person:{viewer.person_id}", facts={"way": way}
            )


def recuse(matter: Matter, person: Person, ground: str, *, by: Viewer) -> RecusalDecision | Refusal:
    """Recuse a person from a matter by decision, or on their own request; they see nothing of it from now on.

    Law:
        监察法 Art. 67
    """
    if not access.may_see(by, matter):
        return Refusal("absent", _("There is no such matter."))
    if by.person_id != person.pk and not may_keep(by, matter):
        return Refusal("role", _("Recusal is decided by those who keep the matter."))
    if not ground.strip():
        return Refusal("facts", _("Say why."), errors={"ground": (_("Say why."),)})
    with transaction.atomic():
        now = timezone.now()
        made = RecusalDecision.objects.create(
            matter=matter, person=person, ground=ground.strip(), decided_by_id=by.person_id, at=now
        )
        gone = matter.parties.filter(person=person, until_at=None)
        roles = list(gone.values_list("role", flat=True))
        gone.update(until_at=now)
        append(
            "matter.recused",
            subject=_subject(matter),
            by=f"person:{by.person_id}",
            facts={"person": person.pk, "roles": roles},
            personal={"ground": ground.strip()},
        )
    return made


def exclude(matter: Matter, persons: Iterable[Person], ground: str, *, rooms: Iterable[Unit] = ()) -> int:
    """Keep people and rooms away from a matter because whoever brought it excludes them; return how many.

    The house does it in the caller's transaction, before anybody has seen the matter. Who is away already
    is no second one.

    Args:
        matter: Opened in this transaction.
        persons: Who is excluded; they stay away wherever they go.
        ground: In words.
        rooms: Whose people are excluded, whoever joins later too; in their stead nobody sees it either.
    """
    now, there = timezone.now(), set(matter.recusals.filter(until_at=None).values_list("person", "unit"))
    made = [
        RecusalDecision(matter=matter, person=person, unit=room, ground=ground, decided_by=None, at=now)
        for person, room in (*((one, None) for one in persons), *((None, one) for one in rooms))
        if (person and person.pk, room and room.pk) not in there
    ]
    RecusalDecision.objects.bulk_create(made)
    for one in made:
        facts = {"person": one.person_id, "roles": []} if one.person_id else {"unit": one.unit_id}
        append(
            "matter.recused", subject=_subject(matter), by="house", facts=facts, personal={"ground": ground}
        )
    return len(made)


def register_interference(
    *, by: Viewer, about: str, who: str, what: str, happened_on: date, matter: Matter | None = None
) -> Interference | Refusal:
    """Register that somebody asked about or spoke for a matter (过问登记); it can never be changed.

    Law:
        监察法 Art. 66
    """
    errors = {
        key: (_("Fill this in."),)
        for key, value in (("about", about), ("who", who), ("what", what))
        if not value.strip()
    }
    if happened_on > timezone.localdate():
        errors["happened_on"] = (_("Enter a day that has come."),)
    if by.person_id is None or not by.is_ours:
        return Refusal("role", _("Own staff register interference."), INTERFERENCE)
    if matter is not None and not access.may_see(by, matter):
        matter = None
    if errors:
        return Refusal(
            "facts", _("Some fields need another look; nothing was changed."), INTERFERENCE, errors
        )
    telling = _tells_of(matter, by, about=about, who=who, what=what) if matter else None
    if telling is not None:
        return telling
    with transaction.atomic():
        made = Interference.objects.create(
            matter=matter,
            about=about.strip(),
            who=who.strip(),
            what=what.strip(),
            happened_on=happened_on,
            registered_by_id=by.person_id,
            registered_at=timezone.now(),
        )
        append(
            "interference.registered",
            subject=f"interference:{made.pk}",
            by=f"person:{by.person_id}",
            facts={"on": happened_on.isoformat(), "matter": _subject(matter) if matter else ""},
            personal={"who": made.who, "what": made.what, "about": made.about},
        )
    return made


def _tells_of(matter: Matter, by: Viewer, **texts: str) -> Refusal | None:
    """Return why texts may not stand, as `tells_of`; that somebody tried them is on record."""
    telling = tells_of(texts, matter, by=by)
    if telling is not None:
        with transaction.atomic():
            note_refused(matter, f"person:{by.person_id}")
    return telling


def break_glass(number: str, reason: str, *, by: Viewer) -> BreakGlass | Refusal:
    """Give somebody emergency access to one matter for a few hours; somebody else reviews it afterwards.

    It never opens sealed fields, and never helps against a recusal.
    """
    ours = by.person_id is not None and any(
        ROLES[key].is_ours and ROLES[key].reads_matters and key not in NAMED_ONLY for key in by.roles
    )
    if not ours or by.is_administrator:
        return Refusal("role", _("Emergency access is for own staff who handle matters."))
    if len(reason.strip()) < 10:
        said = _("Say in a sentence why this cannot wait.")
        return Refusal("facts", said, errors={"reason": (said,)})
    matter = (
        Matter.objects.filter(number=number.strip())
        .exclude(access.recused_q(by) | Q(mechanism__in=named_only()))
        .first()
    )
    if matter is None:
        said = _("There is no matter of this number that emergency access could open.")
        return Refusal("absent", said, errors={"number": (said,)})
    telling = _tells_of(matter, by, reason=reason)
    if telling is not None:
        return telling
    with transaction.atomic():
        now = timezone.now()
        made = BreakGlass.objects.create(
            matter=matter,
            person_id=by.person_id,
            reason=reason.strip(),
            at=now,
            expires_at=now + timedelta(hours=int(setting(BREAK_GLASS_HOURS))),
        )
        append(
            "matter.glass_broken",
            subject=_subject(matter),
            by=f"person:{by.person_id}",
            facts={"expires_at": made.expires_at.isoformat()},
            personal={"reason": made.reason},
        )
        reviewers = _leaders().exclude(pk=by.person_id).values_list("pk", flat=True)
        notices.tell(reviewers, "glass_broken", None, {"glass": made.pk})
    return made


def _leaders() -> QuerySet[Person]:
    today = timezone.localdate()
    posts = Post.objects.held_on(today).filter(roles__role__in=("principal", "auditor"))
    return Person.objects.filter(posts__in=posts).distinct()


def review_glass(glass: BreakGlass, *, by: Viewer, was_right: bool, review: str) -> BreakGlass | Refusal:
    """Review an emergency access: by the principal or the auditor, never by who used it."""
    if not by.has("principal", "auditor") or by.person_id == glass.person_id:
        return Refusal("separation", _("Somebody else reviews this: the principal or the auditor."))
    if not review.strip():
        return Refusal("facts", _("Say what you found."), errors={"review": (_("Say what you found."),)})
    telling = _tells_of(glass.matter, by, review=review)
    if telling is not None:
        return telling
    with transaction.atomic():
        held = BreakGlass.objects.select_for_update().get(pk=glass.pk)
        if held.reviewed_at:
            return Refusal("conflict", _("This was reviewed already."))
        held.reviewer_id, held.reviewed_at = by.person_id, timezone.now()
        held.was_right, held.review = was_right, review.strip()
        held.save()
        append(
            "matter.glass_reviewed",
            subject=_subject(held.matter),
            by=f"person:{by.person_id}",
            facts={"glass": held.pk, "was_right": was_right},
            personal={"review": held.review},
        )
    return held


@dataclass(frozen=True)
class Reader:
    """Somebody who could read a matter on a day, how much of it, and whether they did.

    Attributes:
        person: Who.
        view: whole, card or part.
        reads: (day, way) of reads that were kept, up to that day.
    """

    person: Person
    view: str
    reads: tuple[tuple[date, str], ...]


def readers_of(matter: Matter, on: date) -> Iterator[Reader]:
    """Yield everybody who could read a matter on a day; for the auditor, who reads none of it.

    Posts, roles and parts are those of the day; confidentiality is today's.
    """
    marks: dict[int, list[tuple[date, str]]] = {}
    for mark in matter.reads.filter(on__lte=on):
        marks.setdefault(mark.person_id, []).append((mark.on, mark.way))
    held = Q(posts__from_on__lte=on) & (Q(posts__until_on=None) | Q(posts__until_on__gte=on))
    for person in Person.objects.filter(held, account__isnull=False).distinct().order_by("pk"):
        view = access.view_of(viewer_for(person, on), matter)
        if view or person.pk in marks:
            yield Reader(person, view, tuple(marks.get(person.pk, ())))
