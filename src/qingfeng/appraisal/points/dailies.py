"""The daily record (平时纪实): written in a minute, checked by the supervisor within seven days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.appraisal.points.checkers import checks_of
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.ground import days_after
from qingfeng.journal.store import append
from qingfeng.matters.access import visible
from qingfeng.matters.notices import tell
from qingfeng.matters.today import today
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

CHECK_DAYS = 7
"""Days in which the supervisor checks an entry. [proposal: M31]"""

REMIND_BEFORE = 2
OLDEST_DAYS = 31
"""An entry is of the last month: a record is kept, not made up."""


@dataclass(frozen=True)
class Written:
    """What an entry says."""

    day: date
    work: str
    role: str = "lead"
    result: str = ""
    matter: str = ""


def write(viewer: Viewer, said: Written, *, entry: Daily | None = None) -> Daily:
    """Keep an entry, or change one that was not confirmed yet; the days for its check begin anew.

    Raises:
        Problem: If nothing was written, the day is none of the last month, the matter cannot be seen, or
        the entry is
            confirmed.
    """
    if not said.work.strip():
        raise Problem(_("Write what you did, in one sentence."))
    if not today() - timedelta(days=OLDEST_DAYS) <= said.day <= today():
        raise Problem(_("Enter a day of the last month, today at the latest."))
    matter = said.matter.strip()
    if matter and not visible(viewer).filter(number=matter).exists():
        raise Problem(
            _("There is no matter of this number among yours."), then=_("Mend it, or leave it out.")
        )
    with transaction.atomic():
        row = _changed(entry) if entry else Daily(person_id=viewer.person_id)
        row.day, row.work, row.role = said.day, said.work.strip(), said.role
        row.result, row.matter = said.result.strip(), matter
        row.written_on, row.check_until = today(), days_after(today(), CHECK_DAYS)
        row.state, row.remark, row.reminded_on = Daily.State.WAITING, "", None
        row.checked_by_id = row.checked_on = None
        row.save()
        _note("written", row, viewer.person_id)
    return row


def _changed(entry: Daily) -> Daily:
    there = Daily.objects.select_for_update().get(pk=entry.pk)
    if there.state == Daily.State.CHECKED:
        raise Problem(_("This entry is confirmed."), then=_("Write another one that puts it right."))
    return there


def take_back(entry: Daily, *, by: int) -> None:
    """Delete an own entry that was not confirmed."""
    with transaction.atomic():
        row = _changed(entry)
        _note("taken_back", row, by)
        row.delete()


def confirm(entries: Iterable[Daily], *, by: int) -> int:
    """Confirm entries, many at once; return how many were still waiting."""
    with transaction.atomic():
        keys = [one.pk for one in entries]
        rows = list(
            Daily.objects.select_for_update()
            .filter(pk__in=keys, state=Daily.State.WAITING)
            .exclude(person=by)
        )
        for row in rows:
            row.state, row.checked_by_id, row.checked_on = Daily.State.CHECKED, by, today()
        Daily.objects.bulk_update(rows, ["state", "checked_by", "checked_on"])
        if rows:
            _note_many(rows, by)
    return len(rows)


@dataclass(frozen=True)
class Signed:
    """What signing many at once did: how many were confirmed, how many sent back."""

    confirmed: int
    sent_back: int


def sign(entries: Iterable[Daily], objections: Mapping[int, str], *, by: int) -> Signed:
    """Confirm entries, many at once, and send back those to which something is objected.

    Args:
        entries: Those to be confirmed; one with an objection is not.
        objections: What is missing, by key of the entry.
        by: Who checks.

    Raises:
        Problem: If one that is objected to was confirmed since; then nothing is done.
    """
    said = {key: words for key, words in objections.items() if words.strip()}
    with transaction.atomic():
        back = list(Daily.objects.filter(pk__in=said, state=Daily.State.WAITING).exclude(person=by))
        for one in back:
            send_back(one, said[one.pk], by=by)
        count = confirm([one for one in entries if one.pk not in said], by=by)
    return Signed(count, len(back))


def send_back(entry: Daily, remark: str, *, by: int) -> None:
    """Send an entry back to be mended, with what is missing.

    Raises:
        Problem: If nothing is said, it is the own one, or it was confirmed.
    """
    if not remark.strip():
        raise Problem(_("Say what is missing."))
    if entry.person_id == by:
        raise Problem(_("Nobody checks the own entries."))
    with transaction.atomic():
        row = _changed(entry)
        row.state, row.remark, row.checked_by_id, row.checked_on = (
            Daily.State.RETURNED, remark.strip(), by, today(),
        )  # fmt: skip
        row.save()
        _note("sent_back", row, by)
        tell([row.person_id], "points_daily_back", None)


def tick() -> None:
    """Remind supervisors once of what is due in two days; called by the worker."""
    due = Daily.objects.filter(
        state=Daily.State.WAITING, reminded_on=None, check_until__lte=today() + timedelta(days=REMIND_BEFORE)
    )
    rows = list(due)
    if not rows:
        return
    people = {one for check in checks_of(rows, today()).values() for one in check.persons}
    with transaction.atomic():
        Daily.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=today())
        tell(sorted(people), "points_check_due", None)


def _note(kind: str, row: Daily, by: int | None) -> None:
    append(
        f"points.daily_{kind}",
        subject=f"daily:{row.pk}",
        by=f"person:{by}",
        facts={"day": row.day.isoformat()},
    )


def _note_many(rows: list[Daily], by: int) -> None:
    facts = {"entries": [row.pk for row in rows]}
    append("points.daily_confirmed", subject="daily", by=f"person:{by}", facts=facts)
