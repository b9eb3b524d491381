"""`python -m bench.journal [--entries N] [--runs N]`: how fast the journal publishes and verifies.

Publishing: entries a second from waiting rows to signed checkpoint, everything included (reading,
hashing, tiles brought to the disk, indexes in the database). On SQLite in a fresh home; on
PostgreSQL too where DATABASE_URL names one that may be written to.

Verifying: the files of the log as `qingfeng journal verify` reads them, against plain hashing of
the same bytes: the same entries and inner nodes read into memory from the same files, and then
one SHA-256 each, in order, nothing compared. Both in turn, A B A B …; the ratio is the median
of the pairs, the range their spread.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qingfeng.journal.folder import LogFolder

FACTS = {"stage": "issued", "from": "registered", "act": "issue", "digest": "a" * 64}


def main() -> None:
    """Set up a fresh home, then measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=262_144)
    parser.add_argument("--runs", type=int, default=5)
    told = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="journal-", dir=Path(__file__).parent))
    try:
        _set_up(home)
        _bench(home, told.entries, told.runs)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _set_up(home: Path) -> None:
    os.environ["QINGFENG_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "qingfeng.project.settings"
    import django  # noqa: PLC0415 - only after the home is named
    from django.conf import settings  # noqa: PLC0415

    settings.INSTALLED_APPS = ["qingfeng.journal"]
    settings.AUTH_USER_MODEL = "auth.User"
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", "journal", verbosity=0)


def _bench(home: Path, entries: int, runs: int) -> None:
    from django.db import connection  # noqa: PLC0415 - only after Django is set up

    from qingfeng.journal.folder import LogFolder  # noqa: PLC0415
    from qingfeng.journal.publisher import Publisher  # noqa: PLC0415
    from qingfeng.journal.verifying import verify_home  # noqa: PLC0415

    print(f"{os.cpu_count()} processors, {connection.vendor}, {entries:,} entries\n")
    publisher = Publisher(home)
    rates, busy = [], []
    for _ in range(runs):
        _append(entries // runs)
        began, worked = time.perf_counter(), time.process_time()
        done = publisher.publish("internal")
        rates.append(done / (time.perf_counter() - began))
        busy.append(done / (time.process_time() - worked))
    print("| publishing | entries a second | entries a second of this process's own time |\n|---|---|---|")
    print(
        f"| {connection.vendor} | **{statistics.median(rates):,.0f}** ({min(rates):,.0f}-{max(rates):,.0f}) "
        f"| {statistics.median(busy):,.0f} |\n"
    )

    folder = LogFolder(home, "internal")
    if differences := verify_home(home):
        sys.exit(f"the journal differs: {differences[0]}")
    pairs = [(_took(lambda: verify_home(home)), plain_hashing(folder)) for _ in range(runs)]
    ratios = [mine / plain for mine, (plain, _) in pairs]
    streams = [stream_hashing(folder) for _ in range(runs)]
    mine, plain = statistics.median(one for one, _ in pairs), statistics.median(one for _, (one, _) in pairs)
    count = pairs[0][1][1]
    print(
        "| verifying | plain hashing of the same bytes | ratio | one hash over the files |\n|---|---|---|---|"
    )
    print(
        f"| {mine:.2f} s | {plain:.2f} s ({count:,} hashes) | **{statistics.median(ratios):.2f}** "
        f"({min(ratios):.2f}-{max(ratios):.2f}) | {statistics.median(streams):.2f} s |"
    )


def _append(number: int) -> None:
    from django.db import transaction  # noqa: PLC0415 - only after Django is set up

    from qingfeng.journal.store import Draft, append_many  # noqa: PLC0415

    drafts = (Draft("matter.performed", subject=f"2026-{at}", by="12", facts=FACTS) for at in range(number))
    with transaction.atomic():
        append_many(drafts)


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def plain_hashing(folder: LogFolder) -> tuple[float, int]:
    """Return the seconds of reading the files and hashing each entry and inner node once, and how many."""
    from qingfeng.journal.tiles import BUNDLE, entries_in, tiles_of  # noqa: PLC0415

    size = folder.checkpoint(folder.note()).size
    began = time.perf_counter()
    hashes = 0
    for tile in tiles_of(size):
        held = folder.read(tile)
        if tile.level == BUNDLE:
            messages = [b"\x00" + entry for entry in entries_in(held)]
        else:
            pairs = [held[at : at + 64] for at in range(0, len(held) - 63, 64)]
            messages = [b"\x01" + pair for pair in pairs]
            messages += [b"\x01" + held[:64]] * (max(0, len(held) // 32 - 1) - len(pairs))
        for message in messages:
            sha256(message).digest()
        hashes += len(messages)
    return time.perf_counter() - began, hashes


def stream_hashing(folder: LogFolder) -> float:
    """Return the seconds of one hash over all files of the log."""
    from qingfeng.journal.tiles import tiles_of  # noqa: PLC0415

    size = folder.checkpoint(folder.note()).size
    began = time.perf_counter()
    whole = sha256()
    for tile in tiles_of(size):
        whole.update(folder.read(tile))
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
