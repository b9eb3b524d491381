"""Returns in the demonstration: those that came with the house, two of them counted and signed by three."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone

TO_SIGN = ("accountability", "recommendations", "cases_with_quality", "offices_and_deadlines")
COUNTED = ("clues_by_source", "leads_by_watch", "public_statistics")
SIGNED = 2  # whoever is recused from something that is counted cannot sign: the next is tried
SIGNERS = ("analyst", "registrar", "case_supervisor", "dept_head", "deputy", "principal")


def play(report: Callable[[str], None]) -> None:
    """Define what came with the house, count some as a worker would, sign two, read what panels draw."""
    from qingfeng.desk.returns import doors, readings, shipping  # noqa: PLC0415 - Django is started by now

    report("Returns.")
    shipping.ship()
    there = {definition.key: definition for definition in doors.newest()}
    left = SIGNED
    for key in TO_SIGN:
        edition = _counted(there[key])
        if left:
            _sign(edition)
            left -= edition.is_frozen
    for key in COUNTED:
        _counted(there[key])
    readings.keep_up()


def _counted(definition: Any) -> Any:
    from qingfeng.desk.returns import computing, keeping, periods  # noqa: PLC0415

    kind, on = definition.said["period"], timezone.localdate()
    first, *_rest = _viewers()
    edition = keeping.ask(definition, periods.slug_of(kind, periods.Days(on, on)), by=first)
    computing.count.call(edition.pk)
    edition.refresh_from_db()
    return edition


def _sign(edition: Any) -> None:
    """Let whoever may sign do so, one after the other."""
    from qingfeng.desk.returns import keeping  # noqa: PLC0415

    for viewer in _viewers():
        if keeping.next_step(edition) and not keeping.cannot_sign(viewer, edition):
            keeping.sign(edition, by=viewer)
            edition.refresh_from_db()


def _viewers() -> Iterator[Any]:
    from qingfeng.organization.models import Account  # noqa: PLC0415
    from qingfeng.organization.viewer import viewer_of  # noqa: PLC0415

    for name in SIGNERS:
        yield viewer_of(Account.objects.get(username=name))
