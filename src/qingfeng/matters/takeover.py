"""Taking over matters already under way (接管), from a sheet that was read and checked.

At any stage, with past dates, numbers, parties and ledgers. Clocks are counted from the past dates;
nothing is sent. A batch can be withdrawn for some days while nobody has acted on its matters. A large one
is written some hundreds of rows a transaction: what a killed worker had written is there, and the next go
passes over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.matters import access
from qingfeng.matters.answers import Refusal
from qingfeng.matters.conditions import Refused
from qingfeng.matters.district import TAKEOVER_WITHDRAW_DAYS
from qingfeng.matters.in_force import read_once
from qingfeng.matters.models import Matter, TakeoverBatch
from qingfeng.matters.registry import mechanism
from qingfeng.matters.takeover_reading import MOST_ROWS, clocks_owed, preview, rows_in, stream
from qingfeng.matters.takeover_sheet import Preview, Reject, Row, template_of
from qingfeng.matters.takeover_writing import AT_ONCE, withdrawn_rows, write_rows
from qingfeng.matters.writing import keep_declaration
from qingfeng.organization.district_settings import setting
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

__all__ = [
    "MOST_ROWS",
    "Preview",
    "Reject",
    "Row",
    "begin_batch",
    "clocks_owed",
    "may_withdraw",
    "preview",
    "rows_in",
    "stream",
    "take_over",
    "template_of",
    "withdraw_batch",
    "withdraw_many",
    "write_many",
]

Step = Callable[[int], None]


def take_over(kind: str, plan: Preview, *, by: Viewer, file_name: str) -> TakeoverBatch | Refusal:
    """Write what a preview showed, in one transaction; rejected rows are kept with the batch.

    Args:
        kind: Key of the mechanism.
        plan: From `preview`.
        by: Who may open matters of this kind.
        file_name: Shown with the batch.
    """
    if by.person_id is None or not access.may_take_over(by, mechanism(kind)):
        return Refusal("role", _("Matters of this kind are opened by other roles."))
    if not plan.rows:
        return Refusal("facts", _("No row can be taken over: look at the list of rejected rows."))
    try:
        with transaction.atomic(), read_once():
            batch = begin_batch(kind, by=by, file_name=file_name, sha256=plan.sha256, rejects=plan.rejects)
            write_rows(mechanism(kind), plan.rows, batch, by)
    except Refused as refused:
        return refused.refusal
    return batch


def begin_batch(
    kind: str, *, by: Viewer, file_name: str, sha256: str, rejects: Iterable[Reject]
) -> TakeoverBatch:
    """Write a batch before its rows, in the caller's transaction."""
    keep_declaration(mechanism(kind))
    return TakeoverBatch.objects.create(
        mechanism=kind,
        file_name=file_name[:200],
        sha256=sha256,
        by_id=by.person_id,
        at=timezone.now(),
        rejects=[[one.sheet, one.row, one.column, one.reason] for one in rejects],
    )


def write_many(batch: TakeoverBatch, read: Iterator[Row | Reject], *, by: Viewer, step: Step) -> int:
    """Write a large batch, some hundreds of rows a transaction; return how many it has in the end.

    Args:
        batch: Begun before; rows that it has already are rejected by `stream`, for their numbers are taken.
        read: From `stream`.
        by: Who brings them.
        step: Told how many rows the batch has, after each transaction.

    Raises:
        Problem: If a row may not stand beside another of the file; what was written before it stays.
    """
    declared, done = mechanism(batch.mechanism), batch.matters.count()
    rows = (one for one in read if isinstance(one, Row))
    while some := list(islice(rows, AT_ONCE)):
        try:
            with transaction.atomic(), read_once():
                write_rows(declared, some, batch, by)
        except Refused as refused:
            raise Problem(
                str(refused.refusal.reason), then=_("Take the row out and bring the rest.")
            ) from None
        done += len(some)
        step(done)
    return done


def withdraw_batch(batch: TakeoverBatch, *, by: Viewer, reason: str) -> TakeoverBatch | Refusal:
    """Take a whole batch back while nobody has acted on it; numbers become free again."""
    refused = may_withdraw(batch, by=by, reason=reason)
    if refused is not None:
        return refused
    with transaction.atomic():
        matters = list(Matter.objects.select_for_update().filter(takeover_batch=batch).order_by("pk"))
        acted = _acted(batch)
        if acted is not None:
            return acted
        withdrawn_rows(matters, batch, by, reason=reason.strip())
        _ended(batch)
    return batch


def withdraw_many(
    batch: TakeoverBatch, *, by: Viewer, reason: str, step: Step
) -> tuple[TakeoverBatch, list[str]] | Refusal:
    """Take a large batch back, some hundreds of matters a transaction; begun again, it goes on to its end.

    Once the first are withdrawn the rest follows, whenever that is: what was cut short goes on after the days
    in which it may begin. A matter on which somebody has acted since stays.

    Args:
        batch: Nobody has acted on its matters where it is begun.
        by: Who brought it, or a leader.
        reason: In words.
        step: Told how many are withdrawn, after each transaction.

    Returns:
        The batch, and the numbers of the matters that stay.
    """
    refused = may_withdraw(batch, by=by, reason=reason)
    if refused is not None:
        return refused
    if batch.withdrawing_since is None:
        batch.withdrawing_since = timezone.now()
        batch.save(update_fields=["withdrawing_since"])
    valid, stay, last = batch.matters.filter(standing=Matter.Standing.VALID).order_by("pk"), list[str](), 0
    done = batch.matters.exclude(standing=Matter.Standing.VALID).count()
    while some := list(valid.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            held = list(Matter.objects.select_for_update().filter(pk__in=some).order_by("pk"))
            going = [one for one in held if one.revision == 1 and one.standing == Matter.Standing.VALID]
            withdrawn_rows(going, batch, by, reason=reason.strip())
        stay += [one.number for one in held if one.revision > 1 and one not in going]
        done, last = done + len(going), some[-1]
        step(done)
    _ended(batch)
    return batch, stay


def _ended(batch: TakeoverBatch) -> None:
    batch.withdrawn_at = timezone.now()
    batch.save(update_fields=["withdrawn_at"])


def may_withdraw(batch: TakeoverBatch, *, by: Viewer, reason: str) -> Refusal | None:
    """Return why a batch is not withdrawn, None where it may be."""
    until = batch.at + timedelta(days=int(setting(TAKEOVER_WITHDRAW_DAYS)))
    if by.person_id != batch.by_id and not by.has("dept_head", "deputy", "principal"):
        return Refusal("role", _("A batch is withdrawn by who brought it, or a leader."))
    is_late = timezone.now() > until and batch.withdrawing_since is None
    if batch.withdrawn_at or is_late:
        return Refusal("stage", _("This batch can no longer be withdrawn."))
    if not reason.strip():
        return Refusal("facts", _("Say why."), errors={"reason": (_("Say why."),)})
    return None if batch.withdrawing_since else _acted(batch)


def _acted(batch: TakeoverBatch) -> Refusal | None:
    """Return a refusal where somebody has acted on a matter that stands."""
    valid = batch.matters.filter(standing=Matter.Standing.VALID, revision__gt=1)
    acted = list(valid.order_by("pk").values_list("number", flat=True)[:5])
    return _refused(acted) if acted else None


def _refused(acted: list[str]) -> Refusal:
    said = _("Somebody has acted on %(numbers)s: withdraw matters one by one.")
    return Refusal("conflict", said % {"numbers": "、".join(acted[:5])})
