"""What the desk does by itself: keep the search and the exposures up, send mail, forget what is old.

What goes wrong with one of them holds up no other: each is in the log, and the first is raised at the end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.utils import timezone

from qingfeng.appraisal import rounds as evaluation
from qingfeng.appraisal.points import dailies
from qingfeng.desk import drafts, indexing, large_exports, mailing
from qingfeng.desk.culture import checks, sweeping
from qingfeng.desk.packs import reminding
from qingfeng.desk.petitions import alike
from qingfeng.desk.returns import readings, shipping
from qingfeng.findings.prone import counting
from qingfeng.matters import deciding_words
from qingfeng.organization import parting

log = logging.getLogger("qingfeng")


def each_moment() -> None:
    """Take in what was done since: a few seconds after an act its matter is found by what it says."""
    _in_turn(indexing.keep_up, alike.keep_up)


def each_minute() -> None:
    """Remind of packs and evaluations, send what is due, count what panels draw."""
    _in_turn(
        reminding.remind,
        evaluation.tick,
        dailies.tick,
        mailing.send_due,
        counting.keep_up,
        readings.keep_up,
    )


def each_day() -> None:
    """Mend the search and the file of own words, remind, remove what is old, ask who left, define returns."""
    _in_turn(
        indexing.mend,
        deciding_words.publish,
        lambda: parting.begin_owed(timezone.localdate()),
        checks.remind,
        sweeping.sweep,
        alike.mend,
        drafts.forget_old,
        large_exports.forget_old,
        readings.forget_old,
        shipping.ship,
    )


def _in_turn(*works: Callable[[], object]) -> None:
    wrong = list[Exception]()
    for work in works:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - it is kept, and raised at the end
            log.warning("%s: %s", work.__module__, type(error).__name__)
            wrong.append(error)
    if wrong:
        raise wrong[0]
