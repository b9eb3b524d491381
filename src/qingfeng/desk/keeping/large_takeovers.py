"""Taking over many old matters: the worker reads the workbook, somebody looks, the worker writes.

A workbook of more than `takeover.MOST_ROWS` rows is read row by row and never held whole. What fits is shown
with what does not before anything is written. A worker that is killed while it writes goes on where it was:
the numbers that are there are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from qingfeng.desk.models import LargeTakeover
from qingfeng.documents import attachments
from qingfeng.documents.models import Attachment
from qingfeng.matters import access, takeover
from qingfeng.matters.answers import Refusal
from qingfeng.matters.models import TakeoverBatch
from qingfeng.matters.notices import tell
from qingfeng.matters.registry import mechanism
from qingfeng.matters.takeover import Reject, Row
from qingfeng.organization.viewer import Viewer, viewer_of
from qingfeng.screening.errors import Problem

State = LargeTakeover.State
UNDER_WAY = (State.READING, State.WRITING, State.WITHDRAWING)
MOST_REJECTS = 20_000
TELLS_EVERY = 500


def begin(viewer: Viewer, kind: str, file: Attachment, rows: int) -> LargeTakeover:
    """Have the worker read a workbook."""
    with transaction.atomic():
        asked = LargeTakeover.objects.create(
            account_id=viewer.account_id,
            kind=kind,
            attachment=file,
            language=translation.get_language() or "",
            rows=rows,
            asked_at=timezone.now(),
        )
        go_on.enqueue(asked.pk)
    return asked


def take(asked: LargeTakeover, viewer: Viewer) -> None:
    """Have the worker take over what fits; once."""
    with transaction.atomic():
        ready = LargeTakeover.objects.filter(pk=asked.pk, state=State.READ, fits__gt=0)
        if not ready.update(state=State.WRITING, done=0):
            return
        rejects = [Reject(*one) for one in asked.rejects]
        file = _workbook(asked)
        asked.batch = takeover.begin_batch(
            asked.kind, by=viewer, file_name=file.name, sha256=file.sha256, rejects=rejects
        )
        asked.save(update_fields=["batch"])
        go_on.enqueue(asked.pk)


def withdraw(batch: TakeoverBatch, reason: str) -> bool:
    """Have the worker take a large batch back, or go on with it where it was cut short.

    Returns:
        Whether it is large, so that the worker does it.
    """
    with transaction.atomic():
        mine = LargeTakeover.objects.filter(batch=batch, state__in=(State.WRITTEN, State.FAILED))
        if not mine.update(state=State.WITHDRAWING, done=0, reason=reason, problem=""):
            return False
        go_on.enqueue(mine.model.objects.get(batch=batch).pk)
    return True


@task()
def go_on(key: int) -> None:
    """Do what is under way; begun again after a worker was killed, it goes on."""
    asked = LargeTakeover.objects.select_related("account__person", "attachment", "batch").get(pk=key)
    doing = {State.READING: _look, State.WRITING: _write, State.WITHDRAWING: _withdraw}.get(asked.state)
    if doing is None:
        return
    with translation.override(asked.language or "zh-hans"):
        try:
            doing(asked)
        except Problem as problem:
            _end(asked, str(State.FAILED), problem=str(problem))
        except Exception:
            _end(asked, str(State.FAILED), problem=_("Something broke: the office's technicians see what."))
            raise


def _look(asked: LargeTakeover) -> None:
    """Count what fits, keep what does not."""
    fits, rejected, rejects = 0, 0, list[list[Any]]()
    with attachments.opened(_workbook(asked)) as held:
        for one in takeover.stream(asked.kind, held):
            if isinstance(one, Row):
                fits += 1
            else:
                rejected += 1
                rejects += [[one.sheet, one.row, one.column, one.reason]] * (len(rejects) < MOST_REJECTS)
            if (fits + rejected) % TELLS_EVERY == 0:
                _step(asked, fits + rejected)
    asked.fits, asked.rejects, asked.rejected = fits, rejects, rejected
    _end(asked, str(State.READ))


def _write(asked: LargeTakeover) -> None:
    viewer, batch = viewer_of(asked.account), asked.batch
    if batch is None or not access.may_take_over(viewer, mechanism(asked.kind)):
        _end(asked, str(State.FAILED), problem=_("Matters of this kind are opened by other roles."))
        return
    with attachments.opened(_workbook(asked)) as held:
        rows: Iterator[Row | Reject] = takeover.stream(asked.kind, held)
        takeover.write_many(batch, rows, by=viewer, step=lambda done: _step(asked, done))
    _end(asked, str(State.WRITTEN))
    _forget_workbook(asked)


def _workbook(asked: LargeTakeover) -> Attachment:
    """Return the workbook.

    Raises:
        Problem: If nothing is read out of it any more.
    """
    if asked.attachment is None:
        raise Problem(_("The workbook was taken over before: bring it again."))
    return asked.attachment


def _forget_workbook(asked: LargeTakeover) -> None:
    """Erase a workbook that was taken over: what it said of each matter is kept with that matter alone."""
    file = asked.attachment
    with transaction.atomic():
        LargeTakeover.objects.filter(pk=asked.pk).update(attachment=None)
        held = file is not None and not LargeTakeover.objects.filter(attachment=file).exists()
        if file is not None and held:
            attachments.erase(file, by=None, reason=_("It was taken over."))


def _withdraw(asked: LargeTakeover) -> None:
    viewer, batch = viewer_of(asked.account), asked.batch
    if batch is None:
        return
    answer = takeover.withdraw_many(
        batch, by=viewer, reason=asked.reason, step=lambda done: _step(asked, done)
    )
    if isinstance(answer, Refusal):
        _end(asked, str(State.WRITTEN), problem=str(answer.reason))
        return
    _batch, stay = answer
    said = _("%(count)s matters stay, for somebody has acted on them: %(numbers)s. Withdraw them one by one.")
    _end(
        asked,
        str(State.WITHDRAWN),
        problem=said % {"count": len(stay), "numbers": "、".join(stay[:5])} if stay else "",
    )


def _step(asked: LargeTakeover, done: int) -> None:
    LargeTakeover.objects.filter(pk=asked.pk).update(done=done)


def _end(asked: LargeTakeover, state: str, *, problem: str = "") -> None:
    asked.state, asked.problem = state, problem
    asked.save(update_fields=["state", "problem", "fits", "rejects", "rejected"])
    if asked.state not in UNDER_WAY and asked.batch_id:
        tell([asked.account.person_id], "takeover_ended", None)


@dataclass(frozen=True)
class Shown:
    """How far it is, as `{% progress %}` draws it."""

    asked: LargeTakeover

    @property
    def ident(self) -> str:
        """Part of the element's id."""
        return f"takeover-{self.asked.pk}"

    @property
    def href(self) -> str:
        """Where a page asks how far it is."""
        return reverse("desk:takeover_large", kwargs={"pk": self.asked.pk})

    @property
    def words(self) -> str:
        """What is being done, and how much of it."""
        return _("%(state)s: %(done)s of %(of)s") % {
            "state": self.asked.get_state_display(),
            "done": self.asked.done,
            "of": self._of,
        }

    @property
    def share(self) -> float:
        """How far, 0 to 1."""
        return min(1.0, self.asked.done / self._of) if self._of else 0.0

    @property
    def is_done(self) -> bool:
        """Whether nothing is under way."""
        return self.asked.state not in UNDER_WAY

    @property
    def _of(self) -> int:
        return self.asked.rows if self.asked.state == State.READING else int(self.asked.fits or 0)
