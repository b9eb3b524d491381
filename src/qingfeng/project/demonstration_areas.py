"""Prone areas of the demonstration: exposures counted, and what stands out held against the answer key.

Nothing is told here: which leads were found so is said by their verifications, all of one rule in the whole
district (`demonstration_campaigns`), and how much every unit is exposed by its records.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

DAYS = 365  # as the page counts by default


def look(answers: Path, report: Callable[[str], None]) -> None:
    """Count the exposures and say what stands out.

    Args:
        answers: `areas.jsonl` of the sample district.
        report: Told how it compares, a line for each pair of dimensions.
    """
    from django.utils import timezone  # noqa: PLC0415 - Django is started by now

    from qingfeng.findings.prone import counting, scoring  # noqa: PLC0415
    from qingfeng.matters.statistics import Period  # noqa: PLC0415

    counting.keep_up()
    today = timezone.localdate()
    for told in scoring.score(answers, Period(today - timedelta(days=DAYS), today, today)):
        report(
            f"Prone areas, {told.name}: {told.found} of {told.violations} found, {told.right} of "
            f"{told.findings} right, {told.twins_found} of {told.twins} twins found."
        )
