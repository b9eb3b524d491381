"""`python -m qingfeng.findings.working`: one job in a process of its own; reads and writes JSON lines.

In: one line, the task. Out: `{"phase", "total"}`, `{"steps"}`, `{"say"}`, and in the end `{"result"}` or
`{"problem": {"what", "where", "then"}}`. It knows no Django and no database. When its input closes, its
worker has gone or the job was cancelled, and it ends at once; the lake keeps whole batches only.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from qingfeng.findings.holding import count_units
from qingfeng.findings.looking import looked_at
from qingfeng.findings.registering import register_file
from qingfeng.findings.replaying import replayed
from qingfeng.findings.rulebook import rules_of
from qingfeng.findings.trying import tried
from qingfeng.screening.correction import keep_cube
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.intake.account import Intake
from qingfeng.screening.intake.load import import_inputs
from qingfeng.screening.lake import Lake
from qingfeng.screening.run import screen
from qingfeng.screening.run.forgetting import forget, keep_extracts

TELL_SECONDS = 0.5
Task = Mapping[str, Any]


class Told:
    """Progress as lines for the worker; steps are added up between two of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def tell(self, **said: Any) -> None:
        """Write one line."""
        with self._lock:
            sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
            sys.stdout.flush()

    @contextmanager
    def phase(self, title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """Begin a phase."""
        self.tell(phase=title, total=total)
        steps, told_at = 0, time.monotonic()

        def count(more: int) -> None:
            nonlocal steps, told_at
            steps += more
            if time.monotonic() - told_at >= TELL_SECONDS:
                self.tell(steps=steps)
                steps, told_at = 0, time.monotonic()

        yield count
        if steps:
            self.tell(steps=steps)

    def say(self, line: str) -> None:
        """Tell one line that stays."""
        self.tell(say=line)


def look(task: Task, home: Home, told: Told) -> dict[str, Any]:
    """Say what every file is taken for; the first rows of every sheet go to a file beside them."""
    folder = Path(task["folder"])
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    with told.phase("Hashing", sum(file.stat().st_size for file in files)) as done:
        hashes = {file.relative_to(folder).as_posix(): _hash(file, done) for file in files}
    found = looked_at(folder, home, told, listed=task["listed"])
    first_rows = Path(task["first_rows"])
    first_rows.write_text(json.dumps(found.pop("first_rows"), ensure_ascii=False), encoding="utf-8")
    return {**found, "hashes": hashes}


def _hash(file: Path, done: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as held:
        while block := held.read(1 << 20):
            digest.update(block)
            done(len(block))
        os.fsync(held.fileno())  # it was written in pieces; from here on it is on the disk
    return digest.hexdigest()


def bring_in(task: Task, home: Home, told: Told) -> dict[str, Any]:
    """Bring the files of a delivery into the lake, or spellings into its register of units."""
    lake = Lake(home)
    before = lake.snapshot().id
    if "spellings" in task:
        scratch = home.scratch("staging")
        try:
            file = register_file(lake, task["spellings"], scratch)
            came_in = import_inputs([file], home, lake, told)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    else:
        came_in = import_inputs([Path(task["folder"])], home, lake, told, listed=task["listed"] or None)
        _write_rejects(came_in, Path(task["rejects"]))
    if came_in.snapshot != before:
        with told.phase("Counting"):
            count_units(home)
    return {"account": came_in.as_json(), "batch": _batch(lake, before, came_in.snapshot)}


def _batch(lake: Lake, before: str, after: str) -> str:
    """Return the name of the batch that an import made, "" if it brought nothing."""
    if before == after:
        return ""
    newest = max(lake.snapshot(after).sheets(), key=lambda sheet: sheet.file_no, default=None)
    return newest.batch if newest else ""


def _write_rejects(came_in: Intake, file: Path) -> None:
    if not len(came_in.rejects):
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    with draft.open("w", encoding="utf-8-sig", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(["文件 file", "工作表 sheet", "行 row", "列 column", "内容 value", "原因 reason"])
        for one in came_in.rejects:
            cells = [one.file, one.sheet or "", one.row, one.column, one.value, one.reason]
            lines.writerow([_harmless(cell) for cell in cells])
    draft.replace(file)


def _harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell


def screen_all(task: Task, home: Home, told: Told) -> dict[str, Any]:
    """Run the rules over the whole lake."""
    lake = Lake(home)
    only = tuple(task.get("only") or ())
    as_of = date.fromisoformat(task["as_of"]) if task.get("as_of") else None
    rules, unfit = rules_of(lake, only)
    run = screen(home, lake, rules, as_of=as_of, only=only, progress=told)
    if (asked := task.get("corrections")) and asked["rules"]:
        with told.phase("Before and after letters"), suppress(duckdb.Error):  # counted again with the answers
            named = [rules[name] for name in asked["rules"] if name in rules]
            keep_cube(home, lake.snapshot(run.lake_snapshot), run, named, names=asked["units"])
    reads = {name: {"watch": rule.watch, "reads": sorted(rule.reads)} for name, rule in rules.items()}
    return {"run": run.id, "unfit": unfit, "reads": reads}


def delete(task: Task, home: Home, told: Told) -> dict[str, Any]:
    """Delete a batch or a table's period for good, and keep what open leads cite."""
    lake = Lake(home)
    with told.phase("Keeping what open leads cite"):
        kept = keep_extracts(home, lake, rules_of(lake)[0], also=task.get("leads", ()))
    days = {key: date.fromisoformat(task[key]) if task[key] else None for key in ("since", "until")}
    with told.phase("Deleting"):
        record = lake.delete(table=task["table"], batch=task["batch"], under=task["under"], **days)
        runs = forget(home, lake)
        count_units(home)
    return {"record": asdict(record), "extracts": kept, "runs": runs}


def run_again(task: Task, home: Home, told: Told) -> dict[str, Any]:
    """Run a lead's rules again, as they were, over its snapshot."""
    with told.phase("Rules"):
        return replayed(home, task["lead"])


def try_rule(task: Task, home: Home, told: Told) -> dict[str, Any]:
    """Try a rule of the district on the history."""

    def give_up(problem: Problem) -> None:
        told.tell(problem={"what": problem.what, "where": problem.where, "then": problem.then})
        os._exit(0)

    found: dict[str, Any] = tried(task, home, told, give_up=give_up)
    return found


WORK: dict[str, Callable[[Task, Home, Told], dict[str, Any]]] = {
    "look": look, "import": bring_in, "screen": screen_all, "forget": delete, "replay": run_again,
    "try": try_rule,
}  # fmt: skip


def _end_with_the_worker() -> None:
    """End this process when its input closes."""

    def wait() -> None:
        with suppress(OSError, ValueError):
            while sys.stdin.readline():
                pass
        os._exit(3)

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    """Do the task on the input."""
    task = json.loads(sys.stdin.readline())
    _end_with_the_worker()
    told = Told()
    try:
        told.tell(result=WORK[task["kind"]](task, Home(Path(task["home"])), told))
    except Problem as problem:
        told.tell(problem={"what": problem.what, "where": problem.where, "then": problem.then})
    sys.stdout.flush()
    os._exit(0)  # the thread above still reads; nothing is left to be written


if __name__ == "__main__":
    main()
