"""The sample that is typed twice: drawn, compared, settled; then the sheet becomes a delivery."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.desk.typing.grid import cells_in, close_gaps, columns_of, head_of, same
from qingfeng.desk.typing.models import TypedRow, TypedSheet
from qingfeng.findings import deliveries
from qingfeng.findings.asked import list_of
from qingfeng.findings.receiving import Piece
from qingfeng.findings.telling import tell
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem

SHARE, FEWEST = 10, 5  # one row in ten, five at least
STANDS, AGAIN, OTHER = "first", "second", "other"


@dataclass(frozen=True)
class Difference:
    """A box that two people typed differently."""

    no: int
    page: int
    column: str
    head: str
    first: str
    second: str

    @property
    def name(self) -> str:
        """Its name in the form."""
        return f"d-{self.no}-{self.column}"


@dataclass(frozen=True)
class Compared:
    """What the second entry shows: boxes compared, and those that differ."""

    boxes: int
    differences: list[Difference]

    @property
    def percent(self) -> float:
        """Share of boxes that differ, in per cent."""
        return 100 * len(self.differences) / self.boxes if self.boxes else 0.0


def hand_over(sheet: TypedSheet, second: Person | None) -> TypedSheet:
    """Draw the sample and hand it to the second person; the first entry is closed.

    Raises:
        Problem: If nothing was typed, nobody was chosen, or the second person is the first.
    """
    if second is None:
        raise Problem(_("Nobody was chosen."), then=_("Choose who types the sample again."))
    if second.pk == sheet.by_id:
        raise Problem(_("Nobody types their own sample."), then=_("Choose a colleague."))
    with transaction.atomic():
        held = _held(sheet, TypedSheet.State.TYPING)
        count = close_gaps(held)
        if not count:
            raise Problem(_("Nothing was typed yet."), then=_("Type the rows of the scan first."))
        most = min(count, max(FEWEST, -(-count // SHARE)))
        held.sample = sorted(secrets.SystemRandom().sample(range(1, count + 1), most))
        held.second, held.state = second, TypedSheet.State.CHECKING
        held.save(update_fields=["sample", "second", "state"])
        facts = {"rows": count, "sample": len(held.sample)}
        tell("findings.typed.handed_over", held, by=held.by, facts=facts)
    return held


def sample_rows(sheet: TypedSheet) -> list[TypedRow]:
    """Return the rows of the sample, in order."""
    return list(sheet.rows.filter(no__in=sheet.sample))


def keep_second(sheet: TypedSheet, data: Mapping[str, str], *, done: bool) -> TypedSheet:
    """Keep what the second person typed; where it is all, compare it with the first entry."""
    columns = [one.name for one in columns_of(sheet)]
    with transaction.atomic():
        held = _held(sheet, TypedSheet.State.CHECKING)
        for row in sample_rows(held):
            row.again = cells_in(data, f"c-{row.no}-", columns)
            row.save(update_fields=["again"])
        if done:
            found = compared(held)
            held.state = TypedSheet.State.SETTLING
            held.save(update_fields=["state"])
            facts = {"boxes": found.boxes, "differ": len(found.differences)}
            tell("findings.typed.compared", held, by=held.second, facts=facts)
    return held


def compared(sheet: TypedSheet) -> Compared:
    """Return what the two entries of the sample show; a box that both left blank is none."""
    boxes, found = 0, []
    for row in sample_rows(sheet):
        again = row.again or {}
        for column in columns_of(sheet):
            first, second = row.cells.get(column.name, ""), again.get(column.name, "")
            if not first and not second:
                continue
            boxes += 1
            if not same(first, second):
                found.append(Difference(row.no, row.page, column.name, head_of(column), first, second))
    return Compared(boxes, found)


def settle(sheet: TypedSheet, data: Mapping[str, str], *, by: Person) -> None:
    """Put what the paper says into every box that differed.

    Raises:
        Problem: If a difference is left open.
    """
    with transaction.atomic():
        held = _held(sheet, TypedSheet.State.SETTLING)
        rows = {row.no: row for row in sample_rows(held)}
        for one in compared(held).differences:
            chosen = data.get(one.name, "")
            texts = {STANDS: one.first, AGAIN: one.second, OTHER: data.get(f"{one.name}-text", "").strip()}
            if chosen not in texts:
                raise Problem(
                    _("Row %(no)s, %(column)s is not settled.") % {"no": one.no, "column": one.head},
                    then=_("Look at the paper and choose what it says."),
                )
            row = rows[one.no]
            for side in (row.cells, row.again):
                side[one.column] = texts[chosen]
        for row in rows.values():
            row.save(update_fields=["cells", "again"])
        tell("findings.typed.settled", held, by=by, facts={"rows": len(rows)})


def deliver(sheet: TypedSheet, *, by: Person) -> TypedSheet:
    """Make the delivery: a CSV whose name and line numbers lead back to the scan.

    Raises:
        Problem: If a difference is left, or the delivery cannot be taken.
    """
    if sheet.state == TypedSheet.State.DELIVERED:
        return sheet
    with transaction.atomic():
        held = _held(sheet, TypedSheet.State.SETTLING)
        if compared(held).differences:
            raise Problem(_("Some differences are not settled."), then=_("Settle them first."))
        content = as_csv(held)
        listed = list_of(held.request) if held.request else None
        made = deliveries.begin(held.name, by=by, request=held.request, listed=listed)
        file = deliveries.announce(made, file_name(held), len(content), by=by)
        deliveries.take_piece(file, io.BytesIO(content), Piece(0, len(content)))
        deliveries.finish(made, by=by)
        held.delivery, held.state, held.delivered_at = made, TypedSheet.State.DELIVERED, timezone.now()
        held.save(update_fields=["delivery", "state", "delivered_at"])
        facts = {"rows": held.rows.count(), "delivery": made.pk, "scan": held.scan.sha256}
        tell("findings.typed.delivered", held, by=by, facts=facts)
    return held


def file_name(sheet: TypedSheet) -> str:
    """Return the name of the file that is delivered: it says which sheet, and so which scan."""
    plain = "".join(sign if sign.isalnum() else "_" for sign in sheet.name)
    return f"录入-{sheet.pk}-{plain}.csv"


def as_csv(sheet: TypedSheet) -> bytes:
    """Return the rows as CSV in UTF-8, headed as offices head them; row n stands on line n + 1."""
    columns = columns_of(sheet)
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([head_of(one) for one in columns])
    for row in sheet.rows.all():
        writer.writerow([" ".join(row.cells.get(one.name, "").split()) for one in columns])
    return held.getvalue().encode()


def _held(sheet: TypedSheet, state: Any) -> TypedSheet:
    held = TypedSheet.objects.select_for_update().get(pk=sheet.pk)
    if held.state != state:
        raise Problem(
            _("This sheet is: %(state)s.") % {"state": held.get_state_display()},
            then=_("Open its page to see what can be done."),
        )
    return held
