"""What one measured process does; its last line says the seconds of the work itself."""

from __future__ import annotations

import json
import shutil
import sys
import time
from contextlib import closing
from pathlib import Path

import duckdb

from bench.records import PLAIN_COPY
from qingfeng.screening.engines.duckdb_engine import ask, connect, mount
from qingfeng.screening.home import Home
from qingfeng.screening.intake.load import import_inputs
from qingfeng.screening.lake import Lake
from qingfeng.screening.leads.merging import FINDING_VIEW
from qingfeng.screening.progress import Silent
from qingfeng.screening.rulebook import load_rules
from qingfeng.screening.run import runs, screen
from qingfeng.screening.run.screening import is_cross

DATA = Path(__file__).parent / "data"


def say(seconds: float, **more: object) -> None:
    """Print what the driver reads."""
    print(json.dumps({"seconds": round(seconds, 3), **more}))


def work_screen(folder: str) -> None:
    """Screen a lake: counts, rules, findings, leads, record."""
    home = Home(Path(folder))
    rules = load_rules()
    began, busy = time.perf_counter(), time.process_time()
    run = screen(home, Lake(home), rules, progress=Silent())
    ran = [rule for rule in run.rules if not rule.reason]
    say(
        time.perf_counter() - began,
        processor=round(time.process_time() - busy, 2),
        rules=len(ran),
        findings=run.findings,
        in_rules=round(sum(rule.seconds for rule in ran), 1),
        slowest={r.rule: r.seconds for r in sorted(ran, key=lambda r: -r.seconds)[:6]},
    )


def work_plain_rules(folder: str) -> None:
    """Execute the SELECTs of the rules that the newest run could run, one after another, results fetched.

    Those of cross rules too, over the findings that the run kept.
    """
    home = Home(Path(folder))
    lake = Lake(home)
    newest = runs(home)[0]
    ran = {rule.rule for rule in newest.rules if not rule.reason}
    rules = sorted((r for r in load_rules().values() if r.id in ran), key=is_cross)
    began, busy = time.perf_counter(), time.process_time()
    found = 0
    with closing(connect(home)) as con:
        mount(con, lake.snapshot(), as_of=None)
        kept = newest.folder / "findings.parquet"
        con.execute(f"CREATE VIEW qf_finding AS SELECT * FROM '{kept}' WHERE watch <> 'cross'")
        con.execute(FINDING_VIEW)
        for rule in rules:
            sql, values = rule.query()
            found += ask(con, sql, values).num_rows
    processor = round(time.process_time() - busy, 2)
    say(time.perf_counter() - began, processor=processor, rules=len(rules), findings=found)


def work_intake(file: str) -> None:
    """Import one file into a fresh home."""
    folder = DATA / "intake-home"
    shutil.rmtree(folder, ignore_errors=True)
    home = Home(folder)
    began = time.perf_counter()
    came_in = import_inputs([Path(file)], home, Lake(home), Silent())
    say(time.perf_counter() - began, kept=sum(sheet.rows_kept for sheet in came_in.sheets))


def work_plain_copy(file: str) -> None:
    """Let DuckDB read the typed CSV and write Parquet."""
    out = DATA / "plain.parquet"
    began = time.perf_counter()
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        con.execute(PLAIN_COPY.format(file=file, out=out))
    say(time.perf_counter() - began)
    out.unlink()


if __name__ == "__main__":
    {
        "screen": work_screen,
        "plain-rules": work_plain_rules,
        "intake": work_intake,
        "plain-copy": work_plain_copy,
    }[sys.argv[1]](sys.argv[2])
