"""Watched folders (监控文件夹): what others put under `inbox/` becomes a delivery and goes on by itself.

A file counts as whole when it has not changed from one look to the next and for a minute. What is
recognised altogether comes in; anything that is not waits for a person. A name with a secrecy mark stays
where it lies, and the folder says so.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.findings import deliveries, jobs
from qingfeng.findings.models import DeliveredFile, Delivery, Job, WatchedFolder
from qingfeng.findings.receiving import Marked, folder_of, safe_path
from qingfeng.findings.telling import tell
from qingfeng.matters.models import Matter
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem

STILL_SECONDS = 60
NIGHT = range(1, 5)  # hours in which records that came in by day are screened
UNDER_WAY = re.compile(r"(\..*|~\$.*|.*\.(part|tmp|crdownload|filepart|swp))", re.IGNORECASE)


def inbox(folder: WatchedFolder) -> Path:
    """Return where a watched folder lies."""
    return Path(settings.HOME) / "inbox" / folder.name


def watch(
    name: str,
    *,
    by: Person | None,
    request: Matter | None = None,
    listed: Mapping[str, Collection[str]] | None = None,
    screens: Any = WatchedFolder.Screens.AT_ONCE,
) -> WatchedFolder:
    """Watch a folder of the home, or change how it is watched.

    Args:
        name: Of the folder under `inbox/`: letters, digits, hyphens.
        by: Who says so; None for the house itself.
        request: The standing data request that is answered there.
        listed: What was asked for, table to columns.
        screens: Of `WatchedFolder.Screens`.

    Raises:
        Problem: If the name is none for a folder.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", name):
        raise Problem(
            _("This is no name of a folder."), where=name, then=_("Use letters, digits and hyphens.")
        )
    told = {table: sorted(columns) for table, columns in (listed or {}).items()}
    kept = {"request": request, "listed": told, "screens": screens, "by": by, "is_on": True}
    with transaction.atomic():
        folder, _is_new = WatchedFolder.objects.update_or_create(
            name=name, defaults=kept, create_defaults={**kept, "made_at": timezone.now()}
        )
        facts = {"name": name, "screens": screens, "request": request.number if request else ""}
        tell("findings.folder.watched", folder, by=by, facts=facts)
    inbox(folder).mkdir(parents=True, exist_ok=True)
    return folder


def leave(folder: WatchedFolder, *, by: Person | None) -> None:
    """Stop watching; files stay where they lie."""
    with transaction.atomic():
        folder.is_on = False
        folder.save(update_fields=["is_on"])
        tell("findings.folder.left", folder, by=by, facts={"name": folder.name})


def look_around(*, at: datetime | None = None) -> int:
    """Look into every watched folder, and screen in the night what came in by day.

    Returns:
        How many deliveries were made.
    """
    made = sum(_look_into(folder) for folder in WatchedFolder.objects.filter(is_on=True))
    _screen_in_the_night(at or timezone.now())
    return made


def go_on(delivery: Delivery) -> None:
    """Bring in a delivery from a watched folder if every file of it is recognised."""
    told = delivery.explained
    unknown = sum(not sheet["table"] for sheet in told["sheets"]) + len(told["refused"])
    folder = delivery.watched
    if told["sheets"] and not unknown:
        deliveries.bring_in(delivery, by=folder.by if folder else None)
        said = _("A delivery is being brought in.")
    else:
        said = _("A delivery waits for a person: not every file was recognised.")
    if folder:
        folder.said = said
        folder.save(update_fields=["said"])


def _look_into(folder: WatchedFolder) -> bool:
    place = inbox(folder)
    place.mkdir(parents=True, exist_ok=True)
    lying = {file.relative_to(place).as_posix(): file for file in sorted(place.rglob("*")) if _counts(file)}
    seen = {path: _mark(file) for path, file in lying.items()}
    is_still = seen == folder.seen and all(time.time() - mark[1] > STILL_SECONDS for mark in seen.values())
    made, marked = None, 0
    safe: dict[str, Path] = {}
    for path, file in lying.items() if is_still else ():
        try:
            safe[safe_path(path)] = file
        except Marked:
            marked += 1
        except Problem:
            continue
    if safe:
        made = _delivery_of(folder, safe)
        seen = {}
    said = folder.said
    if made is not None:
        said = _("%(count)s files became a delivery.") % {"count": len(safe)}
    if marked:
        said = _("A file with a secrecy mark lies here and is not taken: have it removed.")
        if said != folder.said:
            with transaction.atomic():
                tell("findings.delivery.refused", folder, by=None, facts={"reason": "secrecy_mark"})
    WatchedFolder.objects.filter(pk=folder.pk).update(looked_at=timezone.now(), seen=seen, said=said)
    return made is not None


def _counts(file: Path) -> bool:
    return file.is_file() and not file.is_symlink() and not UNDER_WAY.fullmatch(file.name)


def _mark(file: Path) -> list[int]:
    held = file.stat()
    return [held.st_size, int(held.st_mtime)]


def _delivery_of(folder: WatchedFolder, files: Mapping[str, Path]) -> Delivery:
    day = timezone.localdate().isoformat()
    delivery = deliveries.begin(
        f"{folder.request.title if folder.request else folder.name} {day}",
        by=folder.by,
        request=folder.request,
        listed=folder.listed,
        watched=folder,
    )
    for path, file in files.items():
        place = folder_of(delivery) / path
        place.parent.mkdir(parents=True, exist_ok=True)
        size = file.stat().st_size
        shutil.move(file, place)
        DeliveredFile.objects.create(delivery=delivery, path=path, size=size, received=size)
    deliveries.finish(delivery, by=folder.by)
    return delivery


def _screen_in_the_night(at: datetime) -> None:
    now = timezone.localtime(at)
    if now.hour not in NIGHT:
        return
    came_in = Delivery.objects.filter(
        watched__screens=WatchedFolder.Screens.NIGHTLY, in_at__gte=at - timedelta(days=1)
    )
    newest = came_in.order_by("-in_at").first()
    if newest is None or newest.in_at is None:
        return
    if not Job.objects.filter(kind=Job.Kind.SCREEN, asked_at__gte=newest.in_at).exists():
        jobs.ask(Job.Kind.SCREEN, by=None, asked={"as_of": None, "only": []})
