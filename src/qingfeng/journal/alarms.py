"""Alarms: kept as rows that others can show, counted when they repeat, settled by a person."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingfeng.journal.errors import Alarm, Refused
from qingfeng.journal.guard import counted
from qingfeng.journal.models import JournalAlarm, JournalTally
from qingfeng.journal.store import append

SETTLED = "journal.alarm_settled"
ADVICE = {
    "gap": _("Find out who deletes or writes rows past the journal; then settle the alarm with the reason."),
    "row": _("Compare with the newest backup and restore the row; nothing is signed before."),
    "root": _("Compare with the newest backup and restore the files; nothing is signed before."),
    "shrunk": _("Restore the newest backup; nothing is signed before."),
    "forked": _("Find out which of the two journals is true; nothing is signed before."),
    "key": _("Bring the key back from its backup; a new key would begin a new journal."),
    "clock": _("Look at the machine's time service. The order of entries is not touched."),
}
"""What to do next, by the code of an alarm, in the reader's language."""


def raise_alarm(log: str, alarm: Alarm) -> JournalAlarm:
    """Keep an alarm; the same one that is still open is counted again."""
    now = timezone.now()
    with transaction.atomic():
        same = JournalAlarm.objects.filter(
            log=log, code=alarm.code, what=alarm.what, where=alarm.where, settled_at=None
        )
        if same.update(last_at=now, times=F("times") + 1):
            return same.latest("id")
        return JournalAlarm.objects.create(
            log=log,
            code=alarm.code,
            what=alarm.what,
            where=alarm.where,
            then=alarm.then,
            first_at=now,
            last_at=now,
        )


def open_alarms() -> Sequence[JournalAlarm]:
    """Return the alarms that nobody has settled, newest first."""
    return JournalAlarm.objects.filter(settled_at=None).order_by("-last_at", "-id")


def settle(alarm: JournalAlarm, *, by: str, reason: str) -> None:
    """Settle an alarm; the journal keeps who did and why.

    A gap cannot be healed: what is missing before publication is missing. Settling it writes the
    number of missing (or foreign) entries into the journal for good and counts anew, so that the
    publisher goes on. Every other alarm comes again while its cause stays.

    Args:
        alarm: The alarm.
        by: Number of the account.
        reason: What was found out.

    Raises:
        Refused: If there is no reason.
    """
    if not reason.strip():
        raise Refused(gettext("An alarm is settled with a reason."), then=gettext("Say what was found out."))
    with transaction.atomic():
        facts = {"code": alarm.code, "what": alarm.what, "where": alarm.where, "reason": reason}
        if alarm.code == "gap":
            facts["missing"] = _count_anew(alarm.log)
        append(SETTLED, by=by, facts=facts, log=alarm.log)
        JournalAlarm.objects.filter(pk=alarm.pk).update(settled_at=timezone.now(), settled_by=by)


def _count_anew(log: str) -> int:
    """Make the tallies say what is there; return how many entries are missing (negative: too many)."""
    appended, there = counted(log)
    tallies = JournalTally.objects.filter(log=log)
    if appended != there:
        _, made = tallies.get_or_create(log=log, slot=0, defaults={"appended": there - appended})
        if not made:
            tallies.filter(slot=0).update(appended=F("appended") + there - appended)
    return appended - there
