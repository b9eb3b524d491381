"""What came back is entered: one act a task, through the kernel's door, as the verifier who brings it in.

Each act has a key of the pack and the task, so that a second press, or a press after a power cut, enters
what is missing and nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.desk.packs.contents import Contents
from qingfeng.desk.packs.leaving import finish
from qingfeng.desk.packs.models import Pack
from qingfeng.desk.packs.returning import Result
from qingfeng.desk.packs.sheets import filled_sheet
from qingfeng.desk.packs.verification import is_open, record
from qingfeng.documents.attachments import keep
from qingfeng.documents.fieldwork import sheets_pdf
from qingfeng.journal import store
from qingfeng.matters.answers import Done, Refusal, Waiting
from qingfeng.matters.vocabulary import Law
from qingfeng.organization.viewer import Viewer

TWO_PERSONS = (Law("监察法", "Art. 44"),)


@dataclass(frozen=True)
class Outcome:
    """What became of the result of one task: entered, refused with words, or left out."""

    result: Result
    answer: Done | Waiting | Refusal | None

    @property
    def is_refused(self) -> bool:
        """Whether the door said no."""
        return isinstance(self.answer, Refusal)


def enter(
    pack: Pack,
    contents: Contents,
    results: Iterable[Result],
    *,
    by: Viewer,
    account: Any,
    scans: Sequence[int] = (),
) -> list[Outcome]:
    """Enter results, and close the pack once none is refused.

    Args:
        pack: That is out.
        contents: What it said.
        results: To be entered; tasks done meanwhile, or not done, are left out and stay as they are.
        by: A verifier of the matter.
        account: Of the verifier, who owns the files.
        scans: Attachments of signed sheets, where it came back on paper; then no record is typeset.

    Returns:
        One outcome a result. While one is refused the pack stays out, and can be entered again.
    """
    outcomes = [_enter_one(pack, contents, one, by=by, account=account, scans=scans) for one in results]
    if not any(one.is_refused for one in outcomes):
        _close(pack, outcomes, by=by)
    return outcomes


def _enter_one(
    pack: Pack, contents: Contents, result: Result, *, by: Viewer, account: Any, scans: Sequence[int]
) -> Outcome:
    no = result.task.no
    if str(no) in pack.entered:
        return Outcome(result, None)
    if not result.is_done or not is_open(pack.matter, no):
        return Outcome(result, None)
    if len(result.present) < 2:
        said = _("Two verifiers must have been there: save it anew from the form, or enter the signed sheet.")
        return Outcome(result, Refusal("facts", said, TWO_PERSONS))
    files = list(scans) or _files(contents, result, account)
    remark = _remark(pack)
    answer = record(pack.matter, result, by=by, key=f"pack-{pack.code}-{no}", files=files, remark=remark)
    if not isinstance(answer, Refusal):
        done = answer.performance.no if isinstance(answer, Done) else 0
        pack.entered = {**pack.entered, str(no): done}
        pack.save(update_fields=["entered"])
    return Outcome(result, answer)


def _remark(pack: Pack) -> str:
    """Return what the matter keeps of a pack that came back after its last day."""
    today = timezone.localdate()
    if not pack.is_late(today):
        return ""
    came = pack.came_on or today
    return f"（任务包{pack.typed}截止{pack.expires_on:%Y-%m-%d}，{came:%Y-%m-%d}交回，逾期。）"


def _files(contents: Contents, result: Result, account: Any) -> list[int]:
    """Keep the record of a task and its photographs, in that order; whatever is left on them is taken off."""
    no, on = result.task.no, timezone.localdate()
    sheet = sheets_pdf(filled_sheet(contents, result, on))
    kept = [keep(sheet, f"任务{no}-外出核查记录-{contents.code}.pdf", by=account).pk]
    for place, one in enumerate(result.photos, start=1):
        name = f"任务{no}-照片{place}-{one.taken_at:%Y%m%d-%H%M%S}.jpg"
        kept.append(keep(one.data, name, by=account).pk)
    return kept


def _close(pack: Pack, outcomes: Sequence[Outcome], *, by: Viewer) -> None:
    with transaction.atomic():
        held = Pack.objects.select_for_update().get(pk=pack.pk)
        if held.state != Pack.State.OUT:
            return
        held.entered = pack.entered
        held.left_out = sorted(set(held.tasks) - {int(no) for no in held.entered})
        file = held.arrived
        finish(held, str(Pack.State.BACK), by=by)
        store.append(
            "packs.back",
            subject=f"pack/{held.code}",
            by=f"account:{by.account_id}",
            facts={
                "entered": sorted(int(no) for no in held.entered),
                "left_out": held.left_out,
                "photographs": [photo.sha256 for one in outcomes for photo in one.result.photos],
                "sha256": file,
                "late": held.is_late(timezone.localdate()),
            },
        )
