"""Taking over matters already under way (接管), from a sheet that was read and checked.

At any stage, with past dates, numbers, parties and ledgers. Clocks are counted from the past dates;
nothing is sent. A batch can be withdrawn for some days while nobody has acted on its matters.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.matters import access, clocks, naming
from qingfeng.matters.answers import Refusal
from qingfeng.matters.district import TAKEOVER_WITHDRAW_DAYS
from qingfeng.matters.models import ClockRun, LedgerLine, Matter, TakeoverBatch
from qingfeng.matters.numbers import next_number
from qingfeng.matters.registry import mechanism
from qingfeng.matters.takeover_sheet import Preview, Reject, Row, day_of, preview, template_of
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.matters.walking import clocks_running
from qingfeng.matters.writing import Signed, Trace, keep_declaration, record
from qingfeng.organization.district_settings import setting
from qingfeng.organization.viewer import Viewer

__all__ = ["Preview", "Reject", "Row", "clocks_owed", "preview", "take_over", "template_of", "withdraw_batch"]


def take_over(kind: str, plan: Preview, *, by: Viewer, file_name: str) -> TakeoverBatch | Refusal:
    """Write what a preview showed, in one transaction; rejected rows are kept with the batch.

    Args:
        kind: Key of the mechanism.
        plan: From `preview`.
        by: Who may open matters of this kind.
        file_name: Shown with the batch.
    """
    declared = mechanism(kind)
    if by.person_id is None or not access.may_take_over(by, declared):
        return Refusal("role", _("Matters of this kind are opened by other roles."))
    if not plan.rows:
        return Refusal("facts", _("No row can be taken over: look at the list of rejected rows."))
    with transaction.atomic():
        keep_declaration(declared)
        batch = TakeoverBatch.objects.create(
            mechanism=kind,
            file_name=file_name[:200],
            sha256=plan.sha256,
            by_id=by.person_id,
            at=timezone.now(),
            rejects=[[one.sheet, one.row, one.column, one.reason] for one in plan.rejects],
        )
        for row in plan.rows:
            _write(declared, row, batch, by)
    return batch


def _write(declared: Mechanism, row: Row, batch: TakeoverBatch, by: Viewer) -> None:
    _number, slug = next_number(declared, row.opened_on)
    is_open = declared.stage(row.stage).open
    opened_at = timezone.make_aware(datetime.combine(row.opened_on, time(9)))
    matter = Matter.objects.create(
        mechanism=declared.key,
        version=declared.version,
        number=row.number,
        slug=slug,
        title=row.title[:200],
        stage=row.stage,
        is_open=is_open,
        confidentiality=declared.confidentiality.value,
        owner=row.owner,
        opened_on=row.opened_on,
        opened_at=opened_at,
        opened_by_id=by.person_id,
        facts=row.facts,
        taken_over=True,
        closed_on=None if is_open else row.since,
        takeover_batch=batch,
    )
    signed = Signed(by, "taken_over", timezone.now(), reason=_("Taken over"))
    record(
        matter, signed, Trace("kernel.take_over", row.stage, "", {"facts": row.facts}, {"batch": batch.pk})
    )
    naming.write_parties(matter, declared, row.parties, at=opened_at)
    for key, state, facts in row.lines:
        ledger = declared.ledger(key)
        LedgerLine.objects.create(
            matter=matter,
            ledger=key,
            no=matter.lines.filter(ledger=key).count() + 1,
            state=state,
            facts=facts,
            due_on=day_of(facts.get(ledger.due)) if ledger.due else None,
            is_done=state in ledger.done,
            entered_at=opened_at,
            changed_at=opened_at,
        )
    if is_open:
        for key in clocks_owed(declared, row.stage) | set(row.clocks):
            clocks.start(matter, declared.clock(key), on=row.clocks.get(key, row.since), facts=row.facts)
        _tell_nobody(matter)
        clocks.note_next_due(matter)
        matter.save(update_fields=["due_on"])


def clocks_owed(declared: Mechanism, stage: str) -> set[str]:
    """Return the clocks that run in a stage whichever way it was reached, else those of the fewest."""
    sets = clocks_running(declared).get(stage, set())
    if not sets:
        return set()
    always: frozenset[str] = frozenset.intersection(*sets)
    fewest = min(sets, key=lambda one: (len(set(one)), sorted(one)))
    return set(always or fewest)


def _tell_nobody(matter: Matter) -> None:
    """Mark reminders that lie in the past as told: what was overdue before it came here is seen, not sent."""
    for run in matter.clocks.filter(state=ClockRun.State.RUNNING):
        run.told = ["yellow", "due", "overdue", *(f"escalated:{step}" for step in range(1, 10))]
        if run.due_on and run.due_on >= timezone.localdate():
            run.told = []
        run.save(update_fields=["told"])


def withdraw_batch(batch: TakeoverBatch, *, by: Viewer, reason: str) -> TakeoverBatch | Refusal:
    """Take a whole batch back while nobody has acted on it; numbers become free again."""
    until = batch.at + timedelta(days=int(setting(TAKEOVER_WITHDRAW_DAYS)))
    if by.person_id != batch.by_id and not by.has("dept_head", "deputy", "principal"):
        return Refusal("role", _("A batch is withdrawn by who brought it, or a leader."))
    if batch.withdrawn_at or timezone.now() > until:
        return Refusal("stage", _("This batch can no longer be withdrawn."))
    if not reason.strip():
        return Refusal("facts", _("Say why."), errors={"reason": (_("Say why."),)})
    with transaction.atomic():
        matters = list(Matter.objects.select_for_update().filter(takeover_batch=batch))
        acted = [one.number for one in matters if one.revision > 1]
        if acted:
            said = _("Somebody has acted on %(numbers)s: withdraw matters one by one.")
            return Refusal("conflict", said % {"numbers": "、".join(acted[:5])})
        for one in matters:
            one.revision += 1
            one.standing, one.is_open, one.closed_on = Matter.Standing.WITHDRAWN, False, timezone.localdate()
            one.number = f"{one.number}（撤回 {batch.pk}）"[:60]
            clocks.stop_all(one, on=timezone.localdate())
            one.due_on = None
            signed = Signed(by, "taken_over", timezone.now(), reason=reason.strip())
            record(one, signed, Trace("kernel.withdraw", one.stage, one.stage, {}, {"batch": batch.pk}))
            one.save()
        batch.withdrawn_at = timezone.now()
        batch.save(update_fields=["withdrawn_at"])
    return batch
