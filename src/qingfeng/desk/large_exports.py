"""Exports of many matters: asked for on a list, made by the worker, fetched from the notices, gone in a week.

The file is its author's alone, and theirs only as long as they may see all that is in it, which is asked
again whenever it is fetched. Asking, making, fetching, withholding and removing stand in the journal.

Law:
    监察法 Art. 18 (secrets), Art. 67 (recusal)
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from qingfeng.desk import exporting, listing
from qingfeng.desk.levels import whole_q
from qingfeng.desk.listing import Wanted
from qingfeng.desk.models import LargeExport
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.store import append
from qingfeng.matters import access
from qingfeng.matters.erasing import ERASED
from qingfeng.matters.models import Matter
from qingfeng.matters.notices import tell
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.viewer import Viewer, viewer_of

FOLDER = "exports"
KEPT = timedelta(days=7)
MOST_UNDER_WAY = 3
TAKEN_BACK = "export_taken_back"
KEYS_AT_ONCE = 5_000
BEHIND = 5_000  # entries before the newest that may have been on their way when an export began to read
Problem = LargeExport.Problem


def ask(viewer: Viewer, declared: Mechanism, *, form: str, query: str, rows: int) -> LargeExport | None:
    """Have the worker write a list into a file.

    Args:
        viewer: Who asks.
        declared: Kind of matter.
        form: `xlsx` or `csv`.
        query: The list's address after the question mark.
        rows: How many matters there are now.

    Returns:
        What was asked for; None where enough of theirs is under way already.
    """
    with transaction.atomic():
        mine = LargeExport.objects.filter(account=viewer.account_id)
        if mine.filter(ended_at=None).count() >= MOST_UNDER_WAY:
            return None
        asked = LargeExport.objects.create(
            account_id=viewer.account_id,
            kind=declared.key,
            form=form,
            query=query,
            language=translation.get_language() or settings.LANGUAGE_CODE,
            rows=rows,
            asked_at=timezone.now(),
        )
        _note("asked", asked, viewer, {"kind": declared.key, "form": form, "rows": rows})
        make.enqueue(asked.pk)
    return asked


def of(viewer: Viewer) -> QuerySet[LargeExport]:
    """Return what somebody asked for, newest first."""
    return LargeExport.objects.filter(account=viewer.account_id).defer("holds")


@task()
def make(key: int) -> None:
    """Write what was asked for; once, however often it is begun again after a worker was killed."""
    asked = LargeExport.objects.select_related("account__person").filter(pk=key, ended_at=None).first()
    if asked is None:
        return
    try:
        _make(asked)
    except Exception:
        _end(asked, str(Problem.FAILED))
        raise


def _make(asked: LargeExport) -> None:
    viewer, declared = viewer_of(asked.account), mechanism(asked.kind)
    if viewer.person_id is None or viewer.is_administrator or not listing.knows(viewer, declared):
        _end(asked, str(Problem.RIGHTS))
        return

    def step(done: int) -> None:
        LargeExport.objects.filter(pk=asked.pk).update(done=done)

    newest = JournalEntry.objects.aggregate(one=Max("pk"))["one"] or 0
    known = _erased(asked.kind, newest - BEHIND)
    with translation.override(asked.language):
        wanted = Wanted.read(QueryDict(asked.query), declared, viewer.on)
        rows = listing.ordered(listing.asked_for(viewer, declared, wanted), wanted)
        made = exporting.export(viewer, declared, rows, form=asked.form, wanted=wanted, step=step)
        asked.file, asked.size, asked.sha256 = _keep(asked, made.tables.file())
    asked.holds = {"card": made.card, "whole": made.whole, "own": made.own}
    asked.done, asked.entry = len(made.card) + len(made.whole), made.entry
    _end(asked)
    if _erased(asked.kind, newest - BEHIND) - known:
        _take_back(asked)  # it was read while something in it was taken back


def _erased(kind: str, after: int) -> set[int]:
    """Return the entries after one that say that words of a kind of matter were erased."""
    entries = JournalEntry.objects.filter(pk__gt=after, kind=ERASED, subject__startswith=f"{kind}/")
    return set(entries.values_list("pk", flat=True))


def _end(asked: LargeExport, problem: str = "") -> None:
    asked.problem, asked.ended_at = problem, timezone.now()
    with transaction.atomic():
        asked.save()
        if asked.account.person_id:
            tell([asked.account.person_id], "export_ended", None)


def _keep(asked: LargeExport, held: IO[bytes]) -> tuple[str, int, str]:
    """Keep a file under a name that nobody guesses; return its name, its size and its SHA-256."""
    folder = folder_of_exports()
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{asked.pk}-{secrets.token_hex(8)}"
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while block := held.read(1 << 20):
            out.write(block)
    with (folder / name).open("rb") as written:
        return name, (folder / name).stat().st_size, file_digest(written, "sha256").hexdigest()


def folder_of_exports() -> Path:
    """Return where the files are."""
    return Path(settings.HOME) / FOLDER


def fetch(viewer: Viewer, asked: LargeExport) -> Path | None:
    """Return the file, noting that it was fetched; None where there is none for them any more.

    Args:
        viewer: Who fetches; the export's own author.
        asked: An export that has ended.
    """
    if not asked.file:
        return None
    if not is_theirs(viewer, asked):
        _withhold(viewer, asked, str(Problem.RIGHTS))
        return None
    path = folder_of_exports() / asked.file
    if not path.exists():
        _withhold(viewer, asked, str(Problem.GONE))
        return None
    with transaction.atomic():
        LargeExport.objects.filter(pk=asked.pk).update(fetched_at=timezone.now())
        _note("fetched", asked, viewer, {"sha256": asked.sha256, "exported": asked.entry})
    return path


def is_theirs(viewer: Viewer, asked: LargeExport) -> bool:
    """Return whether somebody may still see all that a file holds, as far as it holds it."""
    declared, holds = mechanism(asked.kind), asked.holds
    seen = access.visible(viewer)
    return (
        _all(seen, [*holds["card"], *holds["whole"]])
        and _all(seen.filter(whole_q(viewer)), holds["whole"])
        and _all(Matter.objects.filter(listing.mine_q(viewer, declared)), holds["own"])
    )


def _all(rows: QuerySet[Matter], keys: Sequence[int]) -> bool:
    """Return whether every key is among the rows."""
    some = (keys[at : at + KEYS_AT_ONCE] for at in range(0, len(keys), KEYS_AT_ONCE))
    return all(rows.filter(pk__in=few).count() == len(few) for few in some)


def _withhold(viewer: Viewer, asked: LargeExport, why: str) -> None:
    """Take a file away from its author, and say why."""
    with transaction.atomic():
        LargeExport.objects.filter(pk=asked.pk).update(problem=why, file="")
        _note("withheld", asked, viewer, {"why": str(why)})
    (folder_of_exports() / asked.file).unlink(missing_ok=True)
    asked.problem, asked.file = why, ""


def forget_old(now: datetime | None = None) -> int:
    """Remove what is older than a week, file and row, and files that belong to no row; return how many."""
    now = now or timezone.now()
    old = list(LargeExport.objects.filter(asked_at__lte=now - KEPT).defer("holds"))
    for one in old:
        with transaction.atomic():
            _note("removed", one, None, {"fetched": one.fetched_at is not None})
            one.delete()
    kept = set(LargeExport.objects.exclude(file="").values_list("file", flat=True))
    under_way = {f"{key}-" for key in LargeExport.objects.filter(ended_at=None).values_list("pk", flat=True)}
    for path in _files():
        if path.name not in kept and not path.name.startswith(tuple(under_way)):
            path.unlink(missing_ok=True)
    return len(old)


def _files() -> Iterator[Path]:
    folder = folder_of_exports()
    yield from folder.iterdir() if folder.exists() else ()


def take_back(matter: Matter) -> None:
    """Take back what was exported of a matter whose words were erased; in that transaction.

    Whoever fetched it, or exported matters of its kind without the worker, is asked to delete their copies.
    """
    made = LargeExport.objects.select_for_update(of=("self",)).filter(kind=matter.mechanism)
    entries = set()
    for asked in made.select_related("account"):  # one under way ends after this, and looks then
        if asked.ended_at is None:
            continue
        entries.add(asked.entry)
        if asked.file and any(matter.pk in keys for keys in asked.holds.values()):
            _take_back(asked)
    direct = JournalEntry.objects.filter(
        kind="matter.exported", subject=matter.mechanism, at__gte=matter.opened_at
    )
    by = direct.exclude(pk__in=entries - {None}).values_list("by", flat=True).distinct()
    tell([int(one.partition(":")[2]) for one in by if one.startswith("person:")], TAKEN_BACK, None)


def _take_back(asked: LargeExport) -> None:
    with transaction.atomic():
        LargeExport.objects.filter(pk=asked.pk).update(problem=str(Problem.TAKEN), file="")
        _note("taken_back", asked, None, {"fetched": asked.fetched_at is not None, "sha256": asked.sha256})
        if asked.fetched_at and asked.account.person_id:
            tell([asked.account.person_id], TAKEN_BACK, None)
        path = folder_of_exports() / asked.file
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _note(what: str, asked: LargeExport, viewer: Viewer | None, facts: dict[str, Any]) -> None:
    by = f"person:{viewer.person_id}" if viewer else "house"
    append(f"desk.export_{what}", subject=f"export:{asked.pk}", by=by, facts=facts)


@dataclass(frozen=True)
class Shown:
    """An export as the page of notices draws it; while it is under way as `{% progress %}` does."""

    asked: LargeExport

    @property
    def ident(self) -> str:
        """Part of the element's id."""
        return f"export-{self.asked.pk}"

    @property
    def href(self) -> str:
        """Where it is fetched, and where a page asks how far it is."""
        return reverse("desk:large_export", kwargs={"pk": self.asked.pk})

    @property
    def name(self) -> str:
        """What it is called, with its ending."""
        asked = self.asked
        ending = "zip" if asked.form == "csv" else "xlsx"
        return f"{mechanism(asked.kind).term} {timezone.localdate(asked.asked_at).isoformat()}.{ending}"

    @property
    def words(self) -> str:
        """How far it is."""
        asked = self.asked
        if not asked.done:
            return _("%(name)s: waits to be made") % {"name": self.name}
        told = {"name": self.name, "done": f"{asked.done:,}", "rows": f"{max(asked.rows, asked.done):,}"}
        return _("%(name)s: %(done)s of %(rows)s matters") % told

    @property
    def share(self) -> float | None:
        """How much is written, None while it waits."""
        return min(1.0, self.asked.done / self.asked.rows) if self.asked.done and self.asked.rows else None

    @property
    def is_done(self) -> bool:
        """Whether it has ended, well or not."""
        return self.asked.ended_at is not None

    @property
    def problem(self) -> str:
        """Why there is no file, "" where there is."""
        return str(self.asked.get_problem_display())

    @property
    def gone_on(self) -> Any:
        """The day on which it is removed."""
        return timezone.localdate(self.asked.asked_at + KEPT)
