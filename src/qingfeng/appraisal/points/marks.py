"""Bonuses, deductions and vetoes: proposed by one, decided by another, answered by whom they are about.

A deduction or a veto cites the entry of the journal it stands on, and is refused without one. The entry
must be of an act on a matter, about what the person did or a matter they are a party of. Nothing of
petitions, visits, reports, objections or the assessment itself can be cited, no sign-in, reading or
declaration, and a complaint only once it is closed (`docs/decisions/0035`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.appraisal.points.arithmetic import BONUS, VETO
from qingfeng.appraisal.points.ground import locked, note, still_open
from qingfeng.appraisal.points.tables import Mark, ScoreSheet
from qingfeng.journal.folder import INTERNAL
from qingfeng.journal.models import JournalEntry, JournalStretch
from qingfeng.matters.models import Matter, Party
from qingfeng.matters.notices import tell
from qingfeng.matters.today import today
from qingfeng.screening.errors import Problem

NEVER_CITED = ("petition", "petition_slip", "reception", "report", "appeal", "assessment")
ONLY_CLOSED = ("complaint", "case", "clue", "verification", "accountability")
ACTS = "matter."
NO_WORK = (
    "matter.read", "matter.exported", "matter.recused", "matter.sealed_opened", "matter.sealed_refused",
    "matter.sealed_shared", "matter.first_signed", "matter.second_declined", "matter.object",
    "matter.object_above", "matter.appeal", "matter.ask_review",
)  # fmt: skip
"""What stands on a matter in the journal and is no work on it, or the use of a right."""


@dataclass(frozen=True)
class Proposed:
    """What is proposed.

    Attributes:
        of: `bonus`, `deduction` or `veto`.
        points: More than 0; nothing for a veto.
        why: One sentence.
        veto: Key of the scheme's veto.
        evidence: What a bonus stands on.
        journal_seq: Index of the entry a deduction or veto stands on.
    """

    of: str
    why: str
    points: Decimal = Decimal(0)
    veto: str = ""
    evidence: str = ""
    journal_seq: int | None = None


def propose(sheet: ScoreSheet, said: Proposed, *, by: int) -> Mark:
    """Propose a bonus, a deduction or a veto; it counts once another has decided so.

    Raises:
        Problem: If the sheet is final, there is no reason or no evidence, the points are too many, or the
        entry is
            missing or may not be cited.
    """
    if not said.why.strip():
        raise Problem(_("Say why."))
    _fits(sheet, said)
    is_veto = said.of == VETO
    with transaction.atomic():
        there = locked(sheet)
        still_open(there)
        made = Mark.objects.create(
            sheet=there, of=said.of, points=Decimal(0) if is_veto else said.points,
            veto=said.veto if is_veto else "", why=said.why.strip(),
            evidence=said.evidence.strip(), journal_seq=said.journal_seq, version=there.version,
            proposed_by_id=by, proposed_on=today(),
        )  # fmt: skip
        note("mark", there.scheme, by, {"sheet": there.pk, "of": said.of, "entry": said.journal_seq})
        _tell(there)
    return made


def _fits(sheet: ScoreSheet, said: Proposed) -> None:
    scheme = sheet.scheme
    if said.of == VETO:
        if said.veto not in {one["key"] for one in scheme.vetoes}:
            raise Problem(_("Choose one of the vetoes of the scheme."))
    else:
        most = scheme.bonus_max if said.of == BONUS else scheme.deduction_max
        if not Decimal(0) < said.points <= most:
            raise Problem(_("Enter points from 0 to %(most)s.") % {"most": most})
    if said.of != BONUS:
        cited(sheet, said.journal_seq)
    elif not said.evidence.strip():
        raise Problem(_("There are no points without evidence."), then=_("Name a document or a matter."))


def cited(sheet: ScoreSheet, index: int | None) -> JournalEntry:
    """Return the entry that a deduction stands on.

    Raises:
        Problem: If none is named, there is none, it is about somebody else, or it may not be cited.
    """
    entry = entry_at(index) if index is not None else None
    if entry is None:
        raise Problem(
            _("A deduction cites the entry of the journal it stands on."),
            then=_("Enter the number of the entry; it stands beside every act in the story of a matter."),
        )
    kind, slash, slug = entry.subject.partition("/")
    matter = Matter.objects.filter(mechanism=kind, slug=slug).first() if slash else None
    is_work = slash and entry.kind.startswith(ACTS) and entry.kind not in NO_WORK
    if not is_work or kind in NEVER_CITED or (matter and kind in ONLY_CLOSED and matter.is_open):
        raise Problem(
            _("This entry may not be cited."),
            then=_("Nobody loses points for a petition, an objection or what is not decided yet."),
        )
    if not _concerns(sheet, entry, matter):
        raise Problem(_("This entry is about the work of somebody else."))
    return entry


def entry_at(index: int) -> JournalEntry | None:
    """Return the entry of the internal log at an index; None where there is none yet."""
    stretch = JournalStretch.objects.filter(log=INTERNAL, start__lte=index).order_by("-start").first()
    if stretch is None:
        return None
    row = stretch.first_id + index - stretch.start
    return JournalEntry.objects.filter(log=INTERNAL, pk=row).first() if row <= stretch.last_id else None


def _concerns(sheet: ScoreSheet, entry: JournalEntry, matter: Matter | None) -> bool:
    """Return whether an entry is about what the person did, or a matter they, or the unit, carry."""
    if sheet.person_id and entry.by == f"person:{sheet.person_id}":
        return True
    if matter is None:
        return False
    if sheet.person_id:
        return Party.objects.filter(matter=matter, person=sheet.person_id).exists()
    return (
        matter.owner_id == sheet.unit_id or Party.objects.filter(matter=matter, unit=sheet.unit_id).exists()
    )


def decide(mark: Mark, *, stands: bool, by: int) -> None:
    """Decide about what another has proposed.

    Raises:
        Problem: If it was decided, the sheet is final, or whoever proposed it decides.
    """
    if by == mark.proposed_by_id:
        raise Problem(_("Somebody else decides about what you proposed."))
    with transaction.atomic():
        sheet = locked(mark.sheet)
        still_open(sheet)
        there = Mark.objects.select_for_update().get(pk=mark.pk)
        if there.state != Mark.State.PROPOSED:
            raise Problem(_("Somebody has decided about it already."), then=_("Load the page again."))
        there.state = Mark.State.STANDING if stands else Mark.State.DECLINED
        there.decided_by_id, there.decided_on = by, today()
        there.save()
        note("mark_decided", sheet.scheme, by, {"sheet": sheet.pk, "mark": there.pk, "stands": stands})
        _tell(sheet)


def answer(mark: Mark, text: str, *, by: int) -> None:
    """Keep what the person says to a bonus, deduction or veto; whoever decides reads it.

    Raises:
        Problem: If nothing was written.
    """
    if not text.strip():
        raise Problem(_("Write what you want to answer."))
    with transaction.atomic():
        Mark.objects.filter(pk=mark.pk).update(answer=text.strip())
        note("mark_answered", mark.sheet.scheme, by, {"sheet": mark.sheet_id, "mark": mark.pk})


def _tell(sheet: ScoreSheet) -> None:
    if sheet.person_id:
        tell([sheet.person_id], "points_mark", None)
