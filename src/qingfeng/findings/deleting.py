"""Records deleted for good (删除): asked under a list, confirmed by a second person, done by the worker.

What open leads cite is copied into sealed extracts first, those columns only, so that a lead can be shown
again; everything else leaves every snapshot and file. The record of the deletion stays.

Law:
    个人信息保护法 Arts. 19, 47 (kept no longer than needed)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.findings import jobs
from qingfeng.findings.models import Forgetting, Job
from qingfeng.findings.receiving import one_line
from qingfeng.findings.telling import tell
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake
from qingfeng.screening.tables import tables


@dataclass(frozen=True)
class Doomed:
    """What is to go: a batch, or a table (whole, or a period of it).

    Attributes:
        batch: Name of the lake's batch, or "".
        table: Name of the table, or "".
        since: First day, or None.
        until: Last day, inclusive, or None.
    """

    batch: str = ""
    table: str = ""
    since: date | None = None
    until: date | None = None


def ask_to_delete(doomed: Doomed, *, under: str, by: Person) -> Forgetting:
    """Ask that records be deleted for good; somebody else confirms.

    Args:
        doomed: What is to go.
        under: The list or order it is done under.
        by: Who asks.

    Raises:
        Problem: If it is not said what, or under what, or there is nothing of it in the lake.
    """
    under = one_line(under, 200)
    if not under:
        raise Problem(
            _("Say under which list or order this is done."), then=_("Its number or title suffices.")
        )
    _check(doomed)
    with transaction.atomic():
        order = Forgetting.objects.create(
            batch=doomed.batch,
            table=doomed.table,
            since=doomed.since,
            until=doomed.until,
            under=under,
            asked_by=by,
            asked_at=timezone.now(),
        )
        facts = {"batch": doomed.batch, "table": doomed.table, "since": doomed.since, "until": doomed.until}
        tell("findings.deletion.asked", order, by=by, facts=facts)
    return order


def _check(doomed: Doomed) -> None:
    if bool(doomed.batch) == bool(doomed.table):
        raise Problem(_("Choose a batch or a table."), then=_("One of the two."))
    snapshot = Lake(Home(settings.HOME)).snapshot()
    if doomed.batch and doomed.batch not in {sheet.batch for sheet in snapshot.sheets()}:
        raise Problem(_("The lake has no such batch."), then=_("Choose one of the list."))
    if doomed.table and doomed.table not in snapshot.tables():
        raise Problem(_("The lake has no rows of this table."), then=_("There is nothing to delete."))
    if (doomed.since or doomed.until) and not tables()[doomed.table or "unit"].time:
        raise Problem(_("This table has no time."), then=_("It can only be deleted whole."))
    if doomed.since and doomed.until and doomed.since > doomed.until:
        raise Problem(_("The first day is after the last."), then=_("Exchange the two days."))


def confirm(order: Forgetting, *, by: Person) -> Job:
    """Confirm a deletion as the second person; the worker does it.

    Raises:
        Problem: If the same person asked, or it is decided already.
    """
    with transaction.atomic():
        _decide(order, Forgetting.Standing.CONFIRMED, by=by)
        asked = {
            "order": order.pk,
            "batch": order.batch,
            "table": order.table,
            "since": order.since.isoformat() if order.since else None,
            "until": order.until.isoformat() if order.until else None,
            "under": order.under,
        }
        order.job = jobs.ask(Job.Kind.FORGET, by=by, asked=asked)
        order.save(update_fields=["job"])
        tell("findings.deletion.confirmed", order, by=by)
    return order.job


def decline(order: Forgetting, *, by: Person) -> None:
    """Decline a deletion as the second person.

    Raises:
        Problem: As `confirm`.
    """
    with transaction.atomic():
        _decide(order, Forgetting.Standing.DECLINED, by=by)
        tell("findings.deletion.declined", order, by=by)


def _decide(order: Forgetting, standing: Any, *, by: Person) -> None:
    if order.asked_by_id == by.pk:
        raise Problem(
            _("Whoever asks for a deletion does not decide it."), then=_("Let a second person look at it.")
        )
    waiting = Q(standing=Forgetting.Standing.ASKED) | Q(
        standing=Forgetting.Standing.CONFIRMED, job__state__in=(Job.State.FAILED, Job.State.CANCELLED)
    )
    if not Forgetting.objects.filter(waiting, pk=order.pk).update(
        standing=standing, decided_by=by, decided_at=timezone.now()
    ):
        raise Problem(_("This deletion is decided already."), then=_("Open the list of deletions."))
    order.refresh_from_db()
