"""Replace an erroneous slip by a numbered correction (更正): the old one stays and points to the new one."""

from __future__ import annotations

from copy import copy

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.documents.models import Slip as SlipRow
from qingfeng.matters import access, keeping
from qingfeng.matters.answers import Answer, Done, Refusal
from qingfeng.matters.conditions import Refused
from qingfeng.matters.door import through
from qingfeng.matters.models import Matter, MatterSlip, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.slips import print_slip
from qingfeng.matters.story import Signed, Trace, record
from qingfeng.matters.vocabulary import Mechanism, Slip
from qingfeng.organization.viewer import Viewer

ACT = "kernel.replace_slip"


def replace_slip(row: MatterSlip, *, by: Viewer, reason: str) -> Answer:
    """Print a slip again from the facts as they stand now, under a number of its own.

    Correct the facts first (`keeping.correct`), or the wording of the template; then replace the slip.
    A slip is replaced once; its correction can be replaced again.

    Args:
        row: The slip on its matter.
        by: Who keeps the matter.
        reason: Why; it stands in the story. `{reason}` in the wording stays that of the act that printed it.

    Returns:
        Done, with the new slip among `performance.slips`; or a refusal.

    Raises:
        WrongTemplate: If the wording names a field that the mechanism does not have.
    """

    def write() -> Done:
        matter = Matter.objects.select_for_update().get(pk=row.matter_id)
        declared = mechanism(matter.mechanism, matter.version)
        _check(matter, row, by, reason)
        slip = _declared(declared, row)
        matter.revision += 1
        signed = Signed(by, keeping.KEPT, timezone.now(), reason=reason.strip())
        facts = {"slip": row.slip.number.text, "template": slip.key}
        performance = record(matter, signed, Trace(ACT, matter.stage, matter.stage, facts, facts))
        print_slip(matter, declared, _as_printed(performance, row.performance), slip, replaces=row.slip)
        matter.save()
        return Done(matter, performance)

    try:
        with transaction.atomic():
            return through(write)
    except IntegrityError:
        return Refusal("conflict", _("This slip was replaced already."))


def _check(matter: Matter, row: MatterSlip, by: Viewer, reason: str) -> None:
    if not access.may_see(by, matter):
        raise Refused(Refusal("absent", _("There is no such matter.")))
    if not keeping.may_keep(by, matter):
        said = _("This belongs to those who keep the matter: registrar, head, leader in charge.")
        raise Refused(Refusal("role", said))
    if SlipRow.objects.filter(replaces=row.slip_id).exists():
        raise Refused(Refusal("conflict", _("This slip was replaced already.")))
    if not reason.strip():
        said = _("Say why, in a sentence others will understand.")
        raise Refused(Refusal("facts", said, errors={"reason": (said,)}))


def _declared(declared: Mechanism, row: MatterSlip) -> Slip:
    found = next((one for one in declared.slips() if one.key == row.key), None)
    if found is None:
        raise Refused(Refusal("stage", _("The declaration of this matter does not know this slip any more.")))
    return found


def _as_printed(performance: Performance, printed: Performance) -> Performance:
    """Return the correcting act with the reason and second signer of the act whose slip it is."""
    shown = copy(performance)
    shown.reason, shown.second = printed.reason, printed.second
    return shown
