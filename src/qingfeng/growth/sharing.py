"""Sharing: a named part, with a named person, until a day; withdrawn at once; every reading is told.

Nobody else reads a growth file: no office, no head, no administrator, no evaluation.

Law:
    个人信息保护法 Arts. 14, 15, 23 (consent of one's own, withdrawn as easily as given)
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.growth.attaching import Attachment, opened
from qingfeng.growth.files import Shown, entries_of
from qingfeng.growth.keys import is_closed
from qingfeng.growth.models import GrowthFile, Part, Reading, Share
from qingfeng.journal.store import append
from qingfeng.matters.notices import tell
from qingfeng.matters.today import today
from qingfeng.organization.models import Account, Person
from qingfeng.organization.viewer import Viewer, viewer_of
from qingfeng.screening.errors import Problem

LONGEST_DAYS = 366


def share(file: GrowthFile, part: Part, reader: Person, *, until_on: date) -> Share:
    """Let somebody read a part until a day; shared with them before, it is the new day that counts.

    Raises:
        Problem: If it is shared with oneself, with nobody of the house, or until a day that cannot be.
    """
    if reader.pk == file.person_id:
        raise Problem(_("You read your own file anyway."))
    if not _is_of_the_house(reader):
        raise Problem(_("A part is shared with somebody of the house who has an account."))
    if not today() <= until_on <= today() + timedelta(days=LONGEST_DAYS):
        raise Problem(_("Share until a day from today on, a year at most; it can be shared anew then."))
    with transaction.atomic():
        made: Share = Share.objects.update_or_create(
            file=file, part=part, reader=reader, withdrawn_on=None,
            defaults={"until_on": until_on, "made_on": today()},
        )[0]  # fmt: skip
        _note(file, "growth.shared", part, reader, until_on)
        tell([reader.pk], "growth_shared", None)
    return made


def _is_of_the_house(person: Person) -> bool:
    account = Account.objects.filter(person=person, is_active=True).first()
    return account is not None and viewer_of(account).is_staff


def _note(file: GrowthFile, kind: str, part: Part, reader: Person, until_on: date | None = None) -> None:
    """Write an entry of the journal; reader, part and day stand in it as values erased with the file."""
    personal = {"reader": f"person:{reader.pk}", "part": str(part)}
    personal |= {"until": until_on.isoformat()} if until_on else {}
    by = "" if kind == "growth.read" else f"person:{file.person_id}"
    entry = append(kind, by=by, personal=personal)
    held = GrowthFile.objects.select_for_update().get(pk=file.pk)
    held.entries_of_journal = [*held.entries_of_journal, entry.pk]
    held.save(update_fields=["entries_of_journal"])


def withdraw(made: Share) -> None:
    """Withdraw a part from somebody, at once."""
    with transaction.atomic():
        if Share.objects.filter(pk=made.pk, withdrawn_on=None).update(withdrawn_on=today()):
            _note(made.file, "growth.withdrawn", Part(made.part), made.reader)


def shared_with(viewer: Viewer) -> list[Share]:
    """Return what others let somebody read today."""
    if viewer.person_id is None or not viewer.is_staff:
        return []
    rows = Share.objects.filter(reader=viewer.person_id, withdrawn_on=None, until_on__gte=today())
    return list(rows.select_related("file__person"))


def read(viewer: Viewer, pk: int) -> tuple[Share, list[Shown]] | None:
    """Let somebody read a part that is shared with them, tell its owner, and return it.

    None where it is not shared with them, not any more, they are not of the house any more, or it is closed.
    """
    found = _open_to(viewer, pk)
    return (found, entries_of(found.file, Part(found.part))) if found else None


def read_attachment(viewer: Viewer, pk: int, attached: int) -> tuple[Attachment, bytes] | None:
    """Let somebody fetch an attachment of a part that is shared with them; the owner is told each time.

    None as in `read`, and where the part has no attachment of that key.
    """
    with transaction.atomic():
        found = _open_to(viewer, pk)
        held = opened(found.file, attached, Part(found.part)) if found else None
        if held is None:
            transaction.set_rollback(True)  # nothing was read, so nothing is told
    return held


def _open_to(viewer: Viewer, pk: int) -> Share | None:
    """Return a share that somebody may read now, and tell its owner that they do."""
    with transaction.atomic():
        rows = Share.objects.select_for_update(of=("self",)).select_related("file__person", "reader")
        mine = rows.filter(reader=viewer.person_id, withdrawn_on=None, until_on__gte=today())
        found: Share | None = mine.filter(pk=pk).first()
        if found is None or not viewer.is_staff or is_closed(found.file):
            return None
        Reading.objects.create(share=found, at=timezone.now())
        _note(found.file, "growth.read", Part(found.part), found.reader)
        tell([found.file.person_id], "growth_read", None)
    return found


def readings_of(file: GrowthFile) -> list[Reading]:
    """Return every reading of a file by others, newest first."""
    return list(Reading.objects.filter(share__file=file).select_related("share__reader"))
