"""What the desk forgets where the words of a matter are erased: its search, likeness, drafts, exports.

It happens in the transaction in which the words go. Files of exports are deleted at its end, and their
authors are asked to delete what they fetched, in words that say neither which matter it was nor why. An index
keeps what was taken out of it until its parts are written anew: the worker does that right afterwards.

Law:
    rights.md 6
"""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial

from django.db import OperationalError, connection, transaction
from django_tasks import task

from qingfeng.desk import grams, indexing, large_exports
from qingfeng.desk.models import KeptDraft, PetitionGram, SearchText
from qingfeng.matters import erasing
from qingfeng.matters.models import Matter
from qingfeng.matters.said import Said

TRIES = 30


def forget(matter: Matter, _why: str, _said: Said | None = None) -> None:
    """Forget what was made of a matter's words; what is left is taken in anew."""
    SearchText.objects.filter(matter=matter).delete()
    PetitionGram.objects.filter(matter=matter).delete()
    KeptDraft.objects.filter(matter=matter).delete()
    large_exports.take_back(matter)
    transaction.on_commit(partial(_write_anew_soon, matter.pk))


def _write_anew_soon(key: int) -> None:
    write_anew.enqueue(key)


@task()
def write_anew(key: int = 0) -> None:
    """Write the index of the search anew without what was taken out, and empty SQLite's write-ahead log.

    Args:
        key: The matter: what is left of it is found again.
    """
    indexing.index_matters([key])
    if connection.vendor != "sqlite":  # PostgreSQL frees it at its next vacuum
        return
    with connection.cursor() as cursor:
        cursor.execute(grams.write_anew())
    for _each in range(0 if connection.in_atomic_block else TRIES):
        with suppress(OperationalError), connection.cursor() as cursor:
            (is_busy, *_pages) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not is_busy:
                return
        time.sleep(1)


def join() -> None:
    """Hear of what is erased."""
    erasing.when_erased(forget)
