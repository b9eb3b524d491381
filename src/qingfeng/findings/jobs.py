"""Long work on records: asked for, cancelled, begun again when it fell silent (`running` does it)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingfeng.findings.models import Delivery, Job
from qingfeng.findings.telling import tell
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem

OPEN = (Job.State.WAITING, Job.State.RUNNING)
AT_THE_LAKE = (Job.Kind.IMPORT, Job.Kind.SCREEN, Job.Kind.FORGET)
MOST_ATTEMPTS = 3
SILENT_SECONDS = 180
LINES_KEPT = 50

# What the work says of itself, for the catalogue.
PHASES = (
    gettext_noop("Looking"),
    gettext_noop("Hashing"),
    gettext_noop("Reading"),
    gettext_noop("Loading"),
    gettext_noop("Committing"),
    gettext_noop("Counting"),
    gettext_noop("Rules"),
    gettext_noop("Cases"),
    gettext_noop("Leads"),
    gettext_noop("Leads to the desk"),
    gettext_noop("Keeping what open leads cite"),
    gettext_noop("Deleting"),
)


def ask(
    kind: Any,
    *,
    by: Person | None,
    delivery: Delivery | None = None,
    asked: Mapping[str, Any] | None = None,
) -> Job:
    """Ask for work; the same that waits or is under way already is not asked twice.

    Args:
        kind: Of `Job.Kind`.
        by: Who asks; None for the house itself.
        delivery: What it is about.
        asked: Plain values for the work itself.

    Raises:
        Problem: If other work on the delivery is under way.
    """
    told = dict(asked or {})
    with transaction.atomic():
        open_ones = Job.objects.filter(state__in=OPEN, delivery=delivery)
        if delivery is None:
            open_ones = open_ones.filter(kind=kind)
        for one in open_ones:
            if one.kind == kind and one.asked == told and not one.cancel_asked_at:
                return one
            if delivery is not None:
                raise Problem(
                    _("Work on this delivery is under way: %(kind)s.") % {"kind": one.get_kind_display()},
                    where=delivery.name,
                    then=_("Wait until it is done, or cancel it."),
                )
        return Job.objects.create(
            kind=kind, delivery=delivery, asked=told, asked_by=by, asked_at=timezone.now()
        )


def cancel(job: Job, *, by: Person | None) -> None:
    """Stop work: at once where it waits, cleanly where it runs; the lake stays as it was."""
    now = timezone.now()
    with transaction.atomic():
        waiting = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
        stopped = waiting.update(state=Job.State.CANCELLED, cancel_asked_at=now, ended_at=now)
        running = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, cancel_asked_at=None)
        if stopped or running.update(cancel_asked_at=now):
            tell("findings.job.cancelled", job, by=by, facts={"kind": job.kind})
    job.refresh_from_db()


def begin_again_what_fell_silent(*, at: datetime | None = None) -> int:
    """Put work whose worker no longer tells of it back into the row, at most three times.

    Returns:
        How many jobs were put back or given up.
    """
    at = at or timezone.now()
    silent = Job.objects.filter(state=Job.State.RUNNING, beat_at__lt=at - timedelta(seconds=SILENT_SECONDS))
    return sum(give_back(job, at=at) for job in silent)


def give_back(job: Job, *, at: datetime | None = None) -> bool:
    """Put one running job back; after the third time it has failed, and a cancelled one is cancelled.

    Returns:
        Whether it was still this attempt that ran.
    """
    at = at or timezone.now()
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)
    if job.cancel_asked_at:
        return bool(mine.update(state=Job.State.CANCELLED, ended_at=at))
    if job.attempts < MOST_ATTEMPTS:
        return bool(mine.update(state=Job.State.WAITING, phase="", done=0, total=None))
    problem = {
        "what": str(_("The work was ended from outside three times.")),
        "where": "",
        "then": str(
            _("Look whether memory and disk of the server suffice, then start it again. Nothing was changed.")
        ),
    }
    return bool(mine.update(state=Job.State.FAILED, ended_at=at, problem=problem))
