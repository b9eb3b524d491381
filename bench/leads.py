"""`python -m bench.leads [--leads N] [--lake ROWS] [--runs N]`: leads read in, and their evidence opened.

Reading in: a run of N leads into an empty desk, the same run again, and a run in which a tenth is new, each
with the peak memory of its own process; a tenth and all of N, to see how the cost grows.

Evidence: the rows of a lead out of a lake of so many main rows, against plain DuckDB that reads the same
rows from the same files by their numbers, in turn, each a connection of its own.

Pages over leads are measured by `bench.lead_pages`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.site import DATA, SETTINGS, served

MILLION = 1_000_000
RULES = tuple((f"rule_{n:02d}", "AB"[n % 3 > 0] if n % 9 else "C") for n in range(45))
CITES = (2, 20, 200)


def main() -> None:
    """Fill a desk, or use the one that is there, and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--leads", type=int, default=200_000)
    parser.add_argument("--lake", type=int, default=90 * MILLION)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only", choices=("reading", "evidence"), default="")
    parser.add_argument("--read", nargs=2, default=(), help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.read:
        _read(Path(told.read[0]), told.read[1])
        return
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    if told.only in ("", "reading"):
        bench_desk(told.leads)
    if told.only in ("", "evidence"):
        bench_evidence(told.lake, told.runs)


# --- runs ---------------------------------------------------------------------------------------


def write_run(folder: Path, leads: int, *, new_of_ten: int = 0) -> None:
    """Write a run of so many leads; of every ten, so many differ from those of the plain run."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "leads.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        for n in range(leads):
            is_new = n % 10 < new_of_ten
            out.write(json.dumps(_lead(n, f"{'b' if is_new else 'a'}{leads}"), ensure_ascii=False) + "\n")


def _lead(n: int, mark: str) -> dict[str, Any]:
    dice = random.Random(n)  # noqa: S311 - the same leads on every machine
    rule, tier = RULES[dice.randrange(len(RULES))]
    plate, unit = f"苏M{dice.randrange(20_000):05d}", f"云水区第{dice.randrange(120)}事业单位"
    at = f"2026-{1 + dice.randrange(12):02d}-{1 + dice.randrange(28):02d}T08:00:00+08:00"
    findings = [
        {
            "rule": rule, "version": "sha256:1", "title": f"规则{rule}", "params": {"tolerance": 1.05},
            "tier": tier, "at": at, "amount": "612.00",
            "message": f"{plate} 于 2026年10月3日 12:01 加油 87 升，登记油箱容积 60 升，待核",
            "facts": {"liters": "87.00", "tank_l": "60.00", "station": f"站{k}", "driver": f"某{n % 997}"},
            "evidence": [{"table": "fuel", "file": "加油/2026-10.csv", "sheet": None, "row": n * 3 + k}],
        }
        for k in range(1 + dice.randrange(3))
    ]  # fmt: skip
    return {
        "id": sha256(f"{mark} {n}".encode()).hexdigest()[:16], "rank": n + 1, "score": 0.6,
        "points": 30 + dice.randrange(60),
        "colour": "grey" if tier == "C" else dice.choice(("red", "yellow", "blue")), "tier": tier,
        "watch": dice.choice(("vehicle", "card", "letter", "scenic", "ledger", "payroll")),
        "title": f"规则{rule}",
        "subject": {"kind": "unit", "key": unit} if tier == "C" else {"kind": "plate", "key": plate},
        "unit": unit, "at": at, "amount": f"{dice.randrange(200_000)}.00", "findings": findings,
        "innocent": ["经批准值班", "登记有误"], "verify": ["查：值班表"], "snapshot": "5" * 64,
        "arithmetic": {"points": "B级30", "score": "B级先验 Beta(6,4)：0.60"},
    }  # fmt: skip


def _run_of(folder: Path, key: str) -> Any:
    from qingfeng.screening.run.outcome import RAN, RuleRun, Run  # noqa: PLC0415

    rules = tuple(RuleRun(rule, rule, "vehicle", tier, "sha256:1", state=RAN) for rule, tier in RULES)
    return Run(key, folder, 1, "5" * 64, "1", None, None, (), rules, findings=0, leads={})


def _read(folder: Path, key: str) -> None:
    """Read a run in, in this process, and say what it took."""
    _set_up(Path(os.environ["QINGFENG_HOME"]))
    from qingfeng.findings.reading_in import read_in  # noqa: PLC0415

    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    read_in(_run_of(folder, key), by=None)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "peak": peak / 1024, "idle": idle / 1024}))


# --- the desk -----------------------------------------------------------------------------------


@contextmanager
def desk(home: Path) -> Iterator[None]:
    """Run a fresh PostgreSQL with the sample office on a home."""
    shutil.rmtree(home, ignore_errors=True)
    with served(home, SETTINGS):
        os.environ["QINGFENG_HOME"] = str(home)
        yield


def _set_up(home: Path) -> None:
    from qingfeng.project import site  # noqa: PLC0415 - only after the database is named

    site.set_up(home)


def bench_desk(leads: int) -> None:
    """Measure reading in at two sizes."""
    home = DATA / f"leads-{leads}"
    print("| leads | first | again | a tenth new | a lead | peak, idle |\n|---|---|---|---|---|---|")
    with desk(home):
        _set_up(home)
        from qingfeng.organization.sample import make_sample_office  # noqa: PLC0415
        from qingfeng.project import site  # noqa: PLC0415

        site.migrate()
        make_sample_office()
        for part in (leads // 10, leads):
            print(_reading(home, part), flush=True)


def _reading(home: Path, leads: int) -> str:
    plain, changed = home / f"plain-{leads}", home / f"changed-{leads}"
    write_run(plain, leads)
    write_run(changed, leads, new_of_ten=1)
    took = []
    for folder, key in ((plain, "1" * 16), (plain, "1" * 16), (changed, "2" * 16)):
        told = subprocess.run(
            [sys.executable, "-m", "bench.leads", "--read", str(folder), f"{leads:08d}{key}"[:16]],
            check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        took.append(json.loads(told.stdout.strip().splitlines()[-1]))
    first, again, new = (one["seconds"] for one in took)
    peak, idle = max(one["peak"] for one in took), max(one["idle"] for one in took)
    return (
        f"| {leads:,} | {first:.1f} s | {again:.1f} s | {new:.1f} s | {first / leads * 1000:.2f} ms "
        f"| {peak:,.0f} MiB, {idle:,.0f} MiB |"
    )


def _in_turn(one: Callable[[], Any], other: Callable[[], Any], runs: int) -> tuple[list[float], list[float]]:
    one(), other()
    ours: list[float] = []
    theirs: list[float] = []
    for _turn in range(runs):
        for work, took in ((one, ours), (other, theirs)):
            began = time.perf_counter()
            work()
            took.append(time.perf_counter() - began)
    return ours, theirs


# --- evidence -----------------------------------------------------------------------------------


def bench_evidence(rows: int, runs: int) -> None:
    """Open the rows of leads that cite few and many, in lakes of a tenth and of all rows."""
    from bench.__main__ import make  # noqa: PLC0415

    print("\n| main rows | rows cited | house | plain DuckDB | ratio | slowest |\n|---|---|---|---|---|---|")
    for part in (rows // 9, rows):
        home = DATA / f"lake-{part // MILLION}m"
        make("make_lake", home, part)
        for cited in CITES:
            print(f"| {part // MILLION} M | {cited} | {_opening(home, cited, runs)} |", flush=True)


def _opening(home: Path, cited: int, runs: int) -> str:
    import duckdb  # noqa: PLC0415

    from qingfeng.screening.engines.duckdb_engine import connect  # noqa: PLC0415
    from qingfeng.screening.home import Home  # noqa: PLC0415
    from qingfeng.screening.lake import Lake  # noqa: PLC0415
    from qingfeng.screening.run.evidence import cited_cells  # noqa: PLC0415

    snapshot = Lake(Home(home)).snapshot()
    (sheet,) = [sheet for sheet in snapshot.sheets() if sheet.kept.get("fuel")]
    dice = random.Random(cited)  # noqa: S311 - the same rows on every machine
    numbers = [2 + dice.randrange(sheet.kept["fuel"]) for _row in range(cited)]
    entries = [{"table": "fuel", "file": sheet.path, "sheet": sheet.sheet, "row": row} for row in numbers]
    ids = ", ".join(str(sheet.file_no << 42 | row << 10) for row in numbers)
    files = snapshot.relation("fuel")

    def ours() -> int:
        with connect(Home(home), memory="512MB", threads=2) as con:
            return len(cited_cells(con, Lake(Home(home)).snapshot(), entries))

    def plain() -> int:
        with duckdb.connect(config={"threads": 2}) as con:
            found = con.execute(f"SELECT * FROM {files} WHERE row_id IN ({ids})")
            return len(found.fetchall())

    assert ours() == plain() == len(set(numbers))
    mine, theirs = _in_turn(ours, plain, runs)
    ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
    return (
        f"{statistics.median(mine) * 1000:.0f} ms | {statistics.median(theirs) * 1000:.0f} ms | {ratio:.2f} "
        f"| {max(mine) * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
