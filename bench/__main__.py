"""`python -m bench [rules|corrections|intake|growth|journal|leads|lead_pages|returns|site|upload] …`.

Each figure is a whole process of its own: wall time and peak memory as the operating
system counts them (`journal`, `leads`, `lead_pages`, `returns` and `site` say themselves what they measure).
Two commands are compared in turn, A B A B …, and the ratio is the
median of the pairs; the spread of the pairs is the machine's noise.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE / "data"
MILLION = 1_000_000
PARTS = {
    "journal": "entries",
    "lead_pages": "leads",
    "leads": "leads",
    "returns": "matters",
    "site": "matters",
    "upload": "mib",
}  # part: what it counts


@dataclass(frozen=True)
class Took:
    """One whole process: seconds of wall time and of processors, peak memory in MiB, what it printed last."""

    seconds: float
    busy: float
    peak: float
    said: str


def run(*arguments: str) -> Took:
    """Run `python -m bench.work …` once."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "bench.work", *arguments], cwd=HERE.parent, stdout=subprocess.PIPE, text=True
    )
    said = child.stdout.read() if child.stdout else ""
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        sys.exit(f"bench.work {' '.join(arguments)} failed")
    lines = said.strip().splitlines()
    return Took(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, lines[-1] if lines else "")


def make(maker: str, *arguments: object) -> None:
    """Make records in a process of their own: a child's peak memory counts what its parent once held."""
    subprocess.run(
        [sys.executable, "-m", "bench.records", maker, *map(str, arguments)], cwd=HERE.parent, check=True
    )


def pairs(ours: list[str], theirs: list[str], runs: int) -> tuple[list[Took], list[Took]]:
    """Run both in turn; more than one pair begins with a warm-up of each."""
    if runs > 1:
        run(*ours), run(*theirs)
    took = [(run(*ours), run(*theirs)) for _ in range(runs)]
    return [one for one, _ in took], [other for _, other in took]


def inner(took: Took) -> float:
    """Return the seconds that the work itself took, without start and imports."""
    return float(json.loads(took.said)["seconds"])


def processor(took: Took) -> float:
    """Return the seconds of all processors that the work itself took."""
    return float(json.loads(took.said)["processor"])


def row(name: str, ours: list[Took], theirs: list[Took]) -> str:
    """Return a Markdown row: medians, ratios with their spread, peaks.

    Other people's work on the machine moves processor time less than wall time.
    """
    ratios = [inner(a) / inner(b) for a, b in zip(ours, theirs, strict=True)]
    busy = [processor(a) / processor(b) for a, b in zip(ours, theirs, strict=True)]
    mine, other = statistics.median(map(inner, ours)), statistics.median(map(inner, theirs))
    peaks = max(t.peak for t in ours), max(t.peak for t in theirs)
    return (
        f"| {name} | {mine:.1f} s | {other:.1f} s | **{statistics.median(ratios):.2f}** "
        f"({min(ratios):.2f}-{max(ratios):.2f}) | {statistics.median(busy):.2f} "
        f"({min(busy):.2f}-{max(busy):.2f}) | {peaks[0]:,.0f} MiB | {peaks[1]:,.0f} MiB |"
    )


def bench_rules(rows: int, runs: int) -> None:
    """Screening against the same SELECTs one after another in plain DuckDB."""
    home = DATA / f"lake-{rows // MILLION}m"
    make("make_lake", home, rows)
    run("screen", str(home))  # plain reads the findings of a run for the cross rules
    ours, theirs = pairs(["screen", str(home)], ["plain-rules", str(home)], runs)
    print("| main rows | screening | plain DuckDB, same SELECTs | ratio | in processor time | peak | plain |")
    print("|---|---|---|---|---|---|---|")
    print(row(f"{rows / MILLION:.0f} M", ours, theirs))
    print(f"\n{ours[-1].said}")


def bench_corrections(rows: int, runs: int) -> None:
    """The before and after of 200 letters in one pass, against the rules' own SELECTs."""
    home = DATA / f"lake-{rows // MILLION}m"
    make("make_lake", home, rows)
    run("screen", str(home))  # the run beside which the counts are kept
    ours, theirs = pairs(["corrections", str(home)], ["plain-rules", str(home)], runs)
    print("| main rows | 200 letters | rules' own SELECTs | ratio | in processor time | peak | rules |")
    print("|---|---|---|---|---|---|---|")
    print(row(f"{rows / MILLION:.0f} M", ours, theirs))
    print(f"\n{ours[-1].said}")


def bench_growth(rows: int, runs: int) -> None:
    """How cost grows: a tenth, a third and all of the rows."""
    print("| main rows | screening | per million rows | processor | peak |\n|---|---|---|---|---|")
    for part in (rows // 9, rows // 3, rows):
        home = DATA / f"lake-{part // MILLION}m"
        make("make_lake", home, part)
        took = [run("screen", str(home)) for _ in range(runs)]
        seconds = statistics.median(map(inner, took))
        peak = max(t.peak for t in took)
        print(
            f"| {part / MILLION:.0f} M | {seconds:.1f} s | {seconds / part * MILLION:.2f} s "
            f"| {statistics.median(map(processor, took)):.1f} s | {peak:,.0f} MiB |"
        )


def bench_intake(rows: int, runs: int) -> None:
    """Intake of a clean fuel CSV against DuckDB's own typed copy to Parquet."""
    DATA.mkdir(exist_ok=True)
    utf8, gb = DATA / f"fuel-{rows}.csv", DATA / f"fuel-{rows}-gb18030.csv"
    if not utf8.exists():
        make("write_csv", utf8, rows)
    if not gb.exists():
        make("write_gb18030", utf8, gb)
    print("| file | intake | DuckDB's typed copy | copy ÷ intake | processors: intake, copy, ratio | peak |")
    print("|---|---|---|---|---|---|")
    for name, file in (("UTF-8", utf8), ("GB18030", gb)):
        ours, theirs = pairs(["intake", str(file)], ["plain-copy", str(utf8)], runs)
        ratios = [inner(b) / inner(a) for a, b in zip(ours, theirs, strict=True)]
        mine, other = statistics.median(map(inner, ours)), statistics.median(map(inner, theirs))
        busy = [statistics.median(took.busy for took in side) for side in (ours, theirs)]
        print(
            f"| {name}, {rows / MILLION:.0f} M rows | {mine:.1f} s | {other:.1f} s "
            f"| **{statistics.median(ratios):.2f}** ({min(ratios):.2f}-{max(ratios):.2f}) "
            f"| {busy[0]:.1f} s, {busy[1]:.1f} s, {busy[1] / busy[0]:.2f} "
            f"| {max(t.peak for t in ours):,.0f} MiB |"
        )
        shutil.rmtree(DATA / "intake-home", ignore_errors=True)


def bench_part(part: str, rows: int, runs: int) -> None:
    """Measure a part that starts Django, in a process of its own."""
    told = [f"--{PARTS[part]}", str(rows)] if rows else []
    subprocess.run(
        [sys.executable, "-m", f"bench.{part}", *told, "--runs", str(runs)], cwd=HERE.parent, check=True
    )


def main() -> None:
    """Say what the machine is, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=["rules", "corrections", "intake", "growth", *PARTS])
    parser.add_argument(
        "--rows",
        type=int,
        default=0,
        help="main rows (rules, growth: 90 M; corrections: 60 M; intake: 20 M), "
        "entries (journal: 262,144), leads (200,000), matters (returns, site: 1 M), MiB (upload: 512)",
    )
    parser.add_argument("--runs", type=int, default=3)
    told = parser.parse_args()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"{os.cpu_count()} processors, {memory:.0f} GiB, Python {platform.python_version()}\n")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    benches = {
        "rules": (bench_rules, 90),
        "intake": (bench_intake, 20),
        "growth": (bench_growth, 90),
        "corrections": (bench_corrections, 60),
    }
    for what in told.what:
        print(f"\n### {what}\n", flush=True)
        if what in PARTS:
            bench_part(what, told.rows, told.runs)
            continue
        bench, millions = benches[what]
        bench(told.rows or millions * MILLION, told.runs)


if __name__ == "__main__":
    main()
