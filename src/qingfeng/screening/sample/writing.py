"""Writing a sample district: living the year, exporting it, and telling the truth about it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qingfeng.screening.errors import Problem, WrongUse
from qingfeng.screening.progress import Progress, Silent
from qingfeng.screening.sample import areas, corrections, exports, mess
from qingfeng.screening.sample.bulk import Pool, swell
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.living import live


@dataclass(frozen=True)
class SampleSummary:
    """What was written.

    Attributes:
        folder: Where; `in/`, `truth.jsonl`, `letters.jsonl` and `areas.jsonl` lie in it.
        files: Files under `in/`.
        rows: Rows by table.
        planted: Cases by rule: (violations, twins).
    """

    folder: Path
    files: int
    rows: Mapping[str, int]
    planted: Mapping[str, tuple[int, int]]


def write_sample(
    folder: Path,
    *,
    seed: int = 1,
    units: int = 24,
    days: int = 365,
    messy: bool = False,
    scale: float = 1.0,
    progress: Progress | None = None,
) -> SampleSummary:
    """Write a fictional district as exports, and the truth about it.

    The same arguments give the same bytes; another seed gives other people, other
    days and other margins.

    Args:
        folder: Where `in/` and `truth.jsonl` go; `in` must not hold anything.
        seed: What every chance is drawn from.
        units: Supervised units, 1 to 400.
        days: Days of records up to 2026-10-31, 150 to 2000: fewer have no room for every story.
        messy: Whether the exports are as untidy as real ones.
        scale: Volume of the big tables; 1 is about 250,000 rows in all.
        progress: Who is told how far it is.

    Raises:
        WrongUse: If a number is out of range.
        Problem: If the folder cannot be written or is not empty.
    """
    _check(units, days, scale)
    target = folder / "in"
    try:
        target.mkdir(parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise Problem(
                "The folder for the sample is not empty.",
                where=str(target),
                then="Give another folder, or empty this one.",
            )
    except OSError as error:
        raise Problem(
            f"The sample cannot be written: {error.strerror}.", where=str(target), then="Give another folder."
        ) from error
    progress = progress or Silent()
    life = Life(seed, days)
    with progress.phase("sample: live the year"):
        stage = live(life, units)
    total = sum(map(len, life.rows.values()))
    with progress.phase("sample: write the exports", total) as step:
        if messy:
            mess.export(life, target, step)
        else:
            exports.export(life.rows, target, step)
    pool = Pool(life, stage.district, target, scale, gb18030=messy, counted={})
    with progress.phase("sample: add volume") as step:
        swell(pool, stage.fleet.plates, step)
    _tell(life, folder / "truth.jsonl")
    corrections.tell(stage, folder / "letters.jsonl")
    areas.tell(stage, folder / "areas.jsonl")
    return _summary(life, folder, pool.counted)


def _check(units: int, days: int, scale: float) -> None:
    for name, value, least, most in (
        ("units", units, 1, 400),
        ("days", days, 150, 2000),
        ("scale", scale, 0.01, 1000),
    ):
        if not least <= value <= most:
            raise WrongUse(
                f"--{name} {value} is out of range.", then=f"Give a number from {least} to {most}."
            )


def _tell(life: Life, file: Path) -> None:
    """Write what is true: the first place, in the order of paths, at which each row stands."""
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for case in life.cases:
            places = sorted(
                {min(row.at, key=lambda a: (a[0], a[1] or "", a[2])) for row in case.rows if row.at}
            )
            if not places:
                continue
            evidence = [{"file": path, "sheet": sheet, "row": number} for path, sheet, number in places]
            for rule in case.rules:
                line = {"rule": rule, "evidence": evidence, "kind": case.kind}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _summary(life: Life, folder: Path, volume: Mapping[str, int]) -> SampleSummary:
    told = Counter((rule, case.kind) for case in life.cases if case.rows for rule in case.rules)
    rules = sorted({rule for rule, _ in told})
    return SampleSummary(
        folder=folder,
        files=sum(1 for file in (folder / "in").rglob("*") if file.is_file()),
        rows={
            name: len(life.rows.get(name, ())) + volume.get(name, 0) for name in sorted({*life.rows, *volume})
        },
        planted={rule: (told[rule, "violation"], told[rule, "twin"]) for rule in rules},
    )
