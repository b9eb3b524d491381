"""Deliveries (到数): begun, filled with files, looked at, brought in, discarded.

The walk: `begin`, `announce` every file, `receiving.take_piece` until all is there, `finish` (which has the
files looked at), corrections by `correcting`, `bring_in`. What is removed is removed from the disk at once.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.findings import jobs
from qingfeng.findings.models import DeliveredFile, Delivery, Job, WatchedFolder
from qingfeng.findings.receiving import (
    MOST_FILES,
    Marked,
    OutOfPlace,
    Piece,
    check_room,
    first_rows_of,
    folder_of,
    lies_there,
    one_line,
    safe_path,
    take_piece,
)
from qingfeng.findings.telling import tell
from qingfeng.matters.models import Matter
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem

__all__ = [
    "Checked",
    "OutOfPlace",
    "Piece",
    "announce",
    "begin",
    "bring_in",
    "check_against_list",
    "discard",
    "finish",
    "folder_of",
    "look",
    "take_piece",
]


@dataclass(frozen=True)
class Checked:
    """A delivery held against the list it was asked for under; before it came in or after.

    Attributes:
        missing_tables: Tables asked for of which no file was recognised.
        missing_columns: `table.column` asked for that no file of a delivered table has.
        outside_tables: Tables that were delivered and not asked for: dropped at the gate.
        outside_columns: `table.column` delivered and not asked for: dropped at the gate.
        unknown: Files or sheets that no table knows.
    """

    missing_tables: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    outside_tables: tuple[str, ...] = ()
    outside_columns: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether all that was asked for is there."""
        return not self.missing_tables and not self.missing_columns


def begin(
    name: str,
    *,
    by: Person | None,
    request: Matter | None = None,
    listed: Mapping[str, Collection[str]] | None = None,
    watched: WatchedFolder | None = None,
) -> Delivery:
    """Begin a delivery.

    Args:
        name: What people call it, at most 120 characters.
        by: Who brings it; None for a watched folder.
        request: The `data_request` that it answers.
        listed: What was asked for: table to columns. What is not on it stays at the gate; None for all.
        watched: The watched folder that it was found in.

    Raises:
        Problem: If it has no name.
    """
    name = one_line(name, 120)
    if not name:
        raise Problem(_("The delivery has no name."), then=_("Say what it is: the holder and the period."))
    with transaction.atomic():
        delivery = Delivery.objects.create(
            name=name,
            by=by,
            request=request,
            listed={table: sorted(columns) for table, columns in (listed or {}).items()},
            made_at=timezone.now(),
            watched=watched,
            is_watched=watched is not None,
        )
        facts = {"request": request.number if request else "", "watched": watched.name if watched else ""}
        tell("findings.delivery.begun", delivery, by=by, facts=facts)
    folder_of(delivery).mkdir(parents=True, exist_ok=True)
    return delivery


def announce(delivery: Delivery, path: str, size: int, *, by: Person | None) -> DeliveredFile:
    """Make room for one file, or find the one of which a part lies there.

    Args:
        delivery: One that is being received.
        path: As the browser says it.
        size: Bytes of the whole file.
        by: Who brings it.

    Returns:
        The row; `received` says how many bytes lie there.

    Raises:
        Marked: If its name carries a secrecy mark; this is an entry of the journal, without the name.
        Problem: If it may not come in or there is no room.
    """
    _still(delivery, Delivery.State.RECEIVING)
    safe = _safe(delivery, path, by=by)
    if size <= 0:
        raise Problem(_("The file is empty."), where=safe, then=_("Export it again."))
    known = delivery.files.filter(path=safe).first()
    if known is not None and known.size == size:
        known.received = lies_there(known)
        known.save(update_fields=["received"])
        return known
    if known is not None and known.received:
        raise Problem(
            _("Another file of this name lies here already, of another size."),
            where=safe,
            then=_("Take that one away first, or rename this one."),
        )
    check_room(size, without=known)
    if known is not None:
        known.size = size
        known.save(update_fields=["size"])
        return known
    if delivery.files.count() >= MOST_FILES:
        raise Problem(
            _("A delivery has at most %(most)s files.") % {"most": f"{MOST_FILES:,}"},
            then=_("Pack them into a zip archive, or begin a second delivery."),
        )
    return DeliveredFile.objects.create(delivery=delivery, path=safe, size=size)


def _safe(delivery: Delivery, path: str, *, by: Person | None) -> str:
    """Return a path as it is kept; a secrecy mark is noted without the name."""
    try:
        return safe_path(path)
    except Marked:
        with transaction.atomic():
            tell("findings.delivery.refused", delivery, by=by, facts={"reason": "secrecy_mark"})
        raise


def take_away(file: DeliveredFile) -> None:
    """Remove one file of a delivery that is being received."""
    _still(file.delivery, Delivery.State.RECEIVING)
    (folder_of(file.delivery) / file.path).unlink(missing_ok=True)
    file.delete()


def unfinished(delivery: Delivery) -> QuerySet[DeliveredFile]:
    """Return the files of which something is still to come."""
    return delivery.files.filter(received__lt=F("size"))


def finish(delivery: Delivery, *, by: Person | None) -> Job:
    """Say that all files are there, and have them looked at.

    Raises:
        Problem: If there is no file, or one is not whole.
    """
    _still(delivery, Delivery.State.RECEIVING)
    files = delivery.files.count()
    if not files:
        raise Problem(_("There is no file yet."), then=_("Choose files or a folder."))
    if missing := unfinished(delivery).count():
        what = _("%(count)s files are not whole yet.") % {"count": missing}
        raise Problem(what, then=_("Choose them again to go on, or take them away."))
    with transaction.atomic():
        delivery.state = Delivery.State.READY
        delivery.save(update_fields=["state"])
        facts = {"files": files, "bytes": sum(delivery.files.values_list("size", flat=True))}
        tell("findings.delivery.received", delivery, by=by, facts=facts)
        return look(delivery, by=by)


def look(delivery: Delivery, *, by: Person | None) -> Job:
    """Have the files looked at (anew): what they are, header by header, and why."""
    _still(delivery, Delivery.State.READY)
    return jobs.ask(Job.Kind.LOOK, by=by, delivery=delivery)


def bring_in(delivery: Delivery, *, by: Person | None) -> Job:
    """Have the files brought into the lake.

    Raises:
        Problem: If they were not looked at, or no table was recognised.
    """
    _still(delivery, Delivery.State.READY)
    if not any(sheet["table"] for sheet in delivery.explained.get("sheets", ())):
        raise Problem(_("No file here is recognised yet."), then=_("Say for at least one which table it is."))
    return jobs.ask(Job.Kind.IMPORT, by=by, delivery=delivery)


def discard(delivery: Delivery, *, by: Person | None) -> None:
    """Remove a delivery's files for good; nothing of it has come in.

    Raises:
        Problem: If it came in already, or work on it is under way.
    """
    _still(delivery, Delivery.State.RECEIVING, Delivery.State.READY)
    if delivery.jobs.filter(state__in=jobs.OPEN).exists():
        raise Problem(_("Work on this delivery is under way."), then=_("Cancel it first."))
    with transaction.atomic():
        delivery.state = Delivery.State.DISCARDED
        delivery.explained, delivery.mapping = {}, ""
        delivery.save(update_fields=["state", "explained", "mapping"])
        facts = {"files": delivery.files.count()}
        tell("findings.delivery.discarded", delivery, by=by, facts=facts)
    remove_files(delivery)


def remove_files(delivery: Delivery) -> None:
    """Remove everything of a delivery that lies in `incoming`."""
    shutil.rmtree(folder_of(delivery), ignore_errors=True)
    first_rows_of(delivery).unlink(missing_ok=True)


def check_against_list(delivery: Delivery, tables: Collection[str], columns: Collection[str]) -> Checked:
    """Hold a delivery against what was asked for.

    Args:
        delivery: One that was looked at, whether or not it has come in.
        tables: Tables asked for.
        columns: `table.column` asked for; a table none of whose columns are named was asked for whole.

    Returns:
        What is missing, and what was outside and stays at the gate.
    """
    sheets = delivery.explained.get("sheets", ())
    given = {sheet["table"] for sheet in sheets if sheet["table"]}
    has = {f"{c['table']}.{c['column']}" for sheet in sheets for c in sheet["columns"]}
    narrowed = {name.partition(".")[0] for name in columns}
    refused = [file["path"] for file in delivery.explained.get("refused", ())]
    unknown = [sheet["file"] for sheet in sheets if not sheet["table"]]
    return Checked(
        missing_tables=tuple(sorted(set(tables) - given)),
        missing_columns=tuple(sorted(n for n in set(columns) - has if n.partition(".")[0] in given)),
        outside_tables=tuple(sorted(given - set(tables))),
        outside_columns=tuple(
            sorted(n for n in has - set(columns) if n.partition(".")[0] in narrowed & set(tables))
        ),
        unknown=tuple(sorted({*refused, *unknown})),
    )


def _still(delivery: Delivery, *states: Any) -> None:
    delivery.refresh_from_db(fields=["state"])
    if delivery.state not in states:
        raise Problem(
            _("This delivery is: %(state)s.") % {"state": delivery.get_state_display()},
            where=delivery.name,
            then=_("Open its page to see what can be done."),
        )
