"""Rules over a snapshot: findings, leads, and a record of both that can be replayed.

The walk of one screening: `screening.screen` mounts the newest snapshot, `readiness`
says which rules can run, `counting` counts what they will see, `finding` runs them,
`leads.merging` makes leads, `leads.writing` writes them, `record` keeps the run.
"""

from pathlib import Path

from qingfeng.screening.errors import Problem
from qingfeng.screening.run.explaining import EvidenceRow, ExplainedFinding, Explanation, explain
from qingfeng.screening.run.outcome import Reason, RuleRun, Run, Skipped
from qingfeng.screening.run.record import replace_file, runs
from qingfeng.screening.run.screening import screen
from qingfeng.screening.run.summary import plain_lines, rule_table

__all__ = [
    "EvidenceRow",
    "ExplainedFinding",
    "Explanation",
    "Reason",
    "RuleRun",
    "Run",
    "Skipped",
    "explain",
    "plain_lines",
    "rule_table",
    "runs",
    "screen",
    "write_leads",
]


def write_leads(run: Run, path: Path) -> None:
    """Write a run's leads to a file of the user, whole or not at all.

    Raises:
        Problem: If the file cannot be written.
    """
    if not path.absolute().parent.is_dir():
        raise Problem(
            "There is no such folder.",
            where=str(path.absolute().parent),
            then="Make it, or give another --out.",
        )
    replace_file(path, run.file)
