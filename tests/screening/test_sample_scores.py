"""The whole way on several seeds: sample, screen, score; precision and recall are printed per rule."""

import subprocess
import sys
from pathlib import Path

import pytest

from qingfeng.screening.rulebook import load_rules
from qingfeng.screening.score import score

COMMAND = str(Path(sys.executable).with_name("qingfeng"))
TARGETS = {"A": (0.95, 0.95), "B": (0.80, 0.90)}  # rules.md, 4.8: precision, recall
DISTRICTS = {
    "seed 1, clean": ["--seed", "1", "--units", "12", "--days", "240"],
    "seed 2, clean": ["--seed", "2", "--units", "8", "--days", "180"],
    "seed 3, messy": ["--seed", "3", "--units", "12", "--days", "240", "--messy"],
    "seed 4, messy": ["--seed", "4", "--units", "8", "--days", "180", "--messy"],
}


ONE_OF_EACH = ("seed 2, clean", "seed 4, messy")


@pytest.mark.parametrize(
    "district",
    [pytest.param(one, marks=() if one in ONE_OF_EACH else pytest.mark.slow) for one in DISTRICTS],
)
def test_planted_violations_are_found_and_innocent_twins_are_not(tmp_path, report, district):
    for arguments in (
        ["sample", "district", *DISTRICTS[district]],
        ["screen", "district/in", "--out", "leads.jsonl", "--rejects", "rejects.csv"],
    ):
        done = subprocess.run(
            [COMMAND, *arguments, "--home", "home"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    told = score(
        tmp_path / "leads.jsonl",
        tmp_path / "district/truth.jsonl",
        tiers={rule.id: rule.tier for rule in load_rules().values()},
    )

    report("\n".join([f"\n{district}", *told.lines()]))
    assert len(told.rules) == 46
    for tally in told.rules:
        precision, recall = TARGETS[tally.tier]
        assert tally.violations >= 2, f"{tally.name} has too few planted violations to say anything"
        assert tally.twins >= 2, f"{tally.name} has too few twins to say anything"
        assert tally.recall >= recall, f"{tally.name}: {tally.found} of {tally.violations} found"
        assert tally.precision >= precision, f"{tally.name}: {tally.right} of {tally.findings} right"
        assert tally.twins_found <= (1 - precision) * tally.twins, f"{tally.name} finds innocent twins"
