"""Personnel acts against known reporters: compared in the custodian's session, in memory, and nowhere else.

The custodian sees which; the journal keeps how many, for the auditor. No name, hash or part of a name is
written anywhere. Equal names are a reason to look, not a finding: two people may have one name.

Law:
    监察法 Art. 73; 政务处分法 Art. 32(3), 62(3); rights.md 8
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.journal.store import append
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.matters.notices import tell
from qingfeng.matters.unsealing import open_many_noted
from qingfeng.mechanisms.report.reading import read_with
from qingfeng.organization.models import PostRole
from qingfeng.organization.viewer import Viewer
from qingfeng.plain.source_words import names_in
from qingfeng.screening.errors import Problem

WITHIN_DAYS = 366
KIND = "report.compared"
CHECKED = "report.document_checked"


@dataclass(frozen=True)
class PersonnelAct:
    """One line of a list of personnel acts: a name, and what was done, in the list's words."""

    name: str
    what: str


@dataclass(frozen=True)
class Warned:
    """A personnel act against somebody of the name of a reporter, for the custodian's eyes."""

    act: PersonnelAct
    number: str


@dataclass(frozen=True)
class Compared:
    """What came of comparing.

    Attributes:
        warned: Acts against a known reporter.
        reports: How many reports of the last twelve months were opened for it.
        acts: How many lines were compared.
    """

    warned: tuple[Warned, ...]
    reports: int
    acts: int


def lines_of(text: str) -> list[PersonnelAct]:
    """Return the lines of a list: the name first, then a tab, comma or space, then anything."""
    found = []
    for line in text.splitlines():
        parts = line.replace("，", ",").replace("\t", ",").split(",", 1)
        name, _space, rest = (
            parts[0].strip().partition(" ") if len(parts) == 1 else (parts[0].strip(), "", "")
        )
        if name:
            found.append(PersonnelAct(name, (parts[1] if len(parts) > 1 else rest).strip()))
    return found


def compare(acts: Sequence[PersonnelAct], phrase: str, *, by: Viewer) -> Compared:
    """Compare personnel acts with the names of those who reported to this custodian within twelve months.

    Args:
        acts: Of the organisation department's list; kept nowhere.
        phrase: The custodian's.
        by: The custodian.

    Raises:
        Problem: If nothing is sealed to them, the phrase is wrong, or something was changed.
    """
    reports, secret = _opened(phrase, by=by)
    named = {
        (_folded(letter.name), one.number)
        for one in reports
        for letter in read_with(one, secret, by=by).letters
        if letter.name
    }
    warned = tuple(
        Warned(act, number) for act in acts for name, number in sorted(named) if name == _folded(act.name)
    )
    _note(by, reports=len(reports), acts=len(acts), warned=len(warned))
    return Compared(warned, len(reports), len(acts))


def names_in_document(text: str, phrase: str, *, by: Viewer) -> tuple[str, ...]:
    """Return which names and numbers of those who reported to this custodian a text contains.

    Args:
        text: Of a document before it goes out; kept nowhere.
        phrase: The custodian's.
        by: The custodian.

    Raises:
        Problem: As `compare`.
    """
    reports, secret = _opened(phrase, by=by)
    known = [name for one in reports for name in read_with(one, secret, by=by).names]
    found = names_in(text, tuple(dict.fromkeys(known)))
    with transaction.atomic():
        facts = {"reports": len(reports), "found": len(found)}
        append(CHECKED, subject="report", by=f"person:{by.person_id}", facts=facts)
    return found


def _opened(phrase: str, *, by: Viewer) -> tuple[list[Matter], bytes]:
    """Return the reports of twelve months that are sealed to a custodian, and the key that opens them."""
    since = timezone.localdate() - timedelta(days=WITHIN_DAYS)
    mine = access.visible(by).filter(mechanism="report", sealed__keys__has_key=str(by.person_id))
    reports = list(mine.filter(opened_on__gte=since).distinct().order_by("pk"))
    if not reports:
        raise Problem(_("No report of the last twelve months is sealed to you."))
    return reports, open_many_noted(reports[0], phrase, by=by)[0]


def _note(by: Viewer, **counts: int) -> None:
    auditors = PostRole.objects.held_on(timezone.localdate()).filter(role="auditor").order_by("post_id")
    with transaction.atomic():
        append(KIND, subject="report", by=f"person:{by.person_id}", facts=counts)
        if counts["warned"]:
            tell(auditors.values_list("post__person", flat=True), "report_compared", None, counts)


def _folded(name: str) -> str:
    return "".join(name.split())
