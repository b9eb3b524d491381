"""One letter, one evaluation (一书一评估): five aspects, 100 points, four grades [proposal]."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SCALE = (
    ("duty", _("Responsibility taken"), "责任落实", 20),
    ("mending", _("Correction carried out"), "整改实施", 30),
    ("rules_made", _("Rules made"), "制度建设", 20),
    ("effect", _("Effect, recurrence, data run again"), "治理成效", 20),
    ("reporting", _("Reporting and feedback"), "报告反馈", 10),
)
"""Key, name, term and the most points of each aspect."""

GRADES = (
    ("excellent", _("Excellent")),
    ("passed", _("Passed")),
    ("again", _("To be corrected again within a time")),
    ("failed", _("Failed")),
)
LEAST = (("excellent", 90), ("passed", 70), ("again", 60))
GAPS = (
    ("over", _("Ten points or more above")),
    ("even", _("Less than ten points apart")),
    ("under", _("Ten points or more below")),
)
GAP = 10


def grade_of(score: int) -> str:
    """Return the grade of a score out of 100."""
    return next((grade for grade, least in LEAST if score >= least), "failed")


def gap_of(own: int, given: int) -> str:
    """Return how a unit's score of its own lies to the one it was given."""
    if abs(own - given) < GAP:
        return "even"
    return "over" if own > given else "under"
