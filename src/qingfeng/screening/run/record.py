"""Runs as the home keeps them, so that any lead can be shown again.

    runs/<id>/run.json          settings and what every rule counted
    runs/<id>/leads.jsonl       the leads
    runs/<id>/findings.parquet  every finding with its lead, rows and raw subject
    runs/rules/<version>/<rule>.sql   the text of every rule that ever ran
    runs/snapshots/<hash>.json  content hash of a set of tables -> the lake's snapshot id

A run's id says what was asked of which records, so the same screening again replaces
its own folder, file by file, with the same bytes.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qingfeng.screening.errors import Problem
from qingfeng.screening.run.outcome import Run

if TYPE_CHECKING:
    from qingfeng.screening.home import Home
    from qingfeng.screening.rulebook import Rule

SHORTEST_PREFIX = 4


def run_id(told: Mapping[str, object]) -> str:
    """Return the id of a run: 16 hex digits of SHA-256 over what went in."""
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def runs(home: Home) -> tuple[Run, ...]:
    """Return the runs of a home, newest first."""
    return tuple(sorted(_runs(home), key=lambda run: run.number, reverse=True))


def _runs(home: Home) -> Iterator[Run]:
    for file in home.runs.glob("*/run.json"):
        try:
            yield Run.from_json(json.loads(file.read_text(encoding="utf-8")), file.parent)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Problem(
                "The record of a run cannot be read.",
                where=str(file),
                then="Remove its folder and screen again; records and rules are untouched.",
            ) from error


def previous_run(home: Home, key: str, same: Mapping[str, object]) -> Run | None:
    """Return the run whose leads a new run's `replaces` names, if there is one.

    A run that is repeated names what it named at first, so that the same input gives the
    same bytes; a new one names the newest other run that was asked the same.

    Args:
        home: Whose runs.
        key: Id of the new run.
        same: Attributes of a run that must be equal: what was asked.
    """
    known = runs(home)
    by_id = {run.id: run for run in known}
    if key in by_id:
        return by_id.get(by_id[key].previous)
    return next((run for run in known if all(getattr(run, k) == v for k, v in same.items())), None)


def keep(run: Run, built: Path) -> Run:
    """Put a finished run where it is kept; run.json goes last.

    Args:
        run: The run; its folder need not exist.
        built: Folder with its other files, on the same disk; emptied.
    """
    run.folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(built.iterdir()):
        os.replace(file, run.folder / file.name)  # noqa: PTH105 - pathlib's replace is this
    replace_text(run.folder / "run.json", json.dumps(run.as_json(), ensure_ascii=False, indent=1))
    return run


def keep_rules(home: Home, rules: Iterable[Rule]) -> None:
    """Keep the text of every rule under its version."""
    for rule in rules:
        file = kept_rule(home, rule.id, rule.version)
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_text(file, rule.path.read_text(encoding="utf-8"))


def kept_rule(home: Home, rule_id: str, version: str) -> Path:
    """Return where the text of a rule's version is kept."""
    return home.runs / "rules" / version.removeprefix("sha256:") / f"{rule_id}.sql"


def keep_snapshot(home: Home, content: str, lake_snapshot: str) -> None:
    """Remember which of the lake's snapshots has a content hash; the newest wins."""
    file = home.runs / "snapshots" / f"{content}.json"
    file.parent.mkdir(exist_ok=True)
    replace_text(file, json.dumps({"lake": lake_snapshot}))


def kept_snapshot(home: Home, content: str) -> str:
    """Return the lake's snapshot id of a content hash, or "" if no run met it."""
    file = home.runs / "snapshots" / f"{content}.json"
    return str(json.loads(file.read_text(encoding="utf-8"))["lake"]) if file.exists() else ""


def replace_text(file: Path, text: str) -> None:
    """Write a text file whole or not at all.

    Raises:
        Problem: If there is no space or no right to.
    """
    _replace(file, lambda part: part.write_text(text, encoding="utf-8", newline="\n"))


def replace_file(file: Path, source: Path) -> None:
    """Copy a file over another, whole or not at all.

    Raises:
        Problem: If there is no space or no right to.
    """
    _replace(file, lambda part: shutil.copyfile(source, part))


def _replace(file: Path, write: Callable[[Path], object]) -> None:
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        write(part)
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Problem(
            f"The file cannot be written: {error.strerror}.",
            where=str(file),
            then="Free space or give another place, then say the same again.",
        ) from error


def find_lead(home: Home, wanted: str) -> tuple[Run, dict[str, Any]]:
    """Return a lead and the newest run that has it.

    Args:
        home: Whose runs.
        wanted: Its id, or the beginning of it (at least four digits) if only one begins so.

    Raises:
        Problem: If there is none or more than one; near ones are named.
    """
    wanted = wanted.strip().lower()
    places: dict[str, Run] = {}
    for run in runs(home):
        for lead_id, _ in _lines(run):
            places.setdefault(lead_id, run)
    hits = [wanted] if wanted in places else sorted(i for i in places if _begins(i, wanted))
    if len(hits) == 1:
        run = places[hits[0]]
        return run, json.loads(next(line for lead_id, line in _lines(run) if lead_id == hits[0]))
    if hits:
        named = ", ".join(hits[:5])
        raise Problem(f"{len(hits)} leads begin with {wanted}.", then=f"Give more digits: {named} …")
    near = difflib.get_close_matches(wanted, sorted(places), n=3, cutoff=0.5)
    then = f"Did you mean {' or '.join(near)}?" if near else "Ids stand in leads.jsonl; screen first."
    raise Problem(f"No run of this home has a lead {wanted}.", where=str(home.runs), then=then)


def _begins(lead_id: str, wanted: str) -> bool:
    return len(wanted) >= SHORTEST_PREFIX and lead_id.startswith(wanted)


def _lines(run: Run) -> Iterator[tuple[str, str]]:
    """Yield id and line of every lead of a run; a line begins with its id.

    A run that is being removed has none.
    """
    with suppress(FileNotFoundError), run.file.open(encoding="utf-8") as file:
        for line in file:
            yield line[8:24], line
