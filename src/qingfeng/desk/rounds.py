"""What the desk does by itself: keep the search and the exposures up, send mail, forget what is old."""

from __future__ import annotations

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


def each_moment() -> None:
    """Take in what was done since: a few seconds after an act its matter is found by what it says."""
    indexing.keep_up()
    alike.keep_up()


def each_minute() -> None:
    """Remind of packs and evaluations, send what is due, count what panels draw."""
    reminding.remind()
    evaluation.tick()
    dailies.tick()
    mailing.send_due()
    counting.keep_up()
    readings.keep_up()


def each_day() -> None:
    """Mend the search and the file of own words, remind, remove what is old, ask who left, define returns."""
    indexing.mend()
    deciding_words.publish()
    parting.begin_owed(timezone.localdate())
    checks.remind()
    sweeping.sweep()
    alike.mend()
    drafts.forget_old()
    large_exports.forget_old()
    readings.forget_old()
    shipping.ship()
