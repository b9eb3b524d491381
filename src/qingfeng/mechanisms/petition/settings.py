"""What the district decides about petitions: which room registers, what is pending for long, the gauges.

None of it is fixed by a law. A gauge (两有两提升) has a name and a formula over figures of petitions: a part
over a whole, each a figure or a sum of several. Its subject is an office; `gauges.read` refuses what cannot
be counted, and says which figures there are.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qingfeng.mechanisms.petition import gauges
from qingfeng.organization.district_settings import Choice, register

OFFICE = "petition.office"
PENDING_DAYS = "petition.pending_days"
PENDING_REPEATS = "petition.pending_repeats"
PENDING_FROM_ABOVE = "petition.pending_from_above"
LEAST_ANSWERS = "petition.least_answers"
GAUGES = ("answered", "examined", "resolved", "satisfied")

NAMES = {
    "answered": "有诉必应",
    "examined": "有责必究",
    "resolved": "一次性化解率提升",
    "satisfied": "群众满意度提升",
}
NAMED = {
    "answered": (
        _("Name of the gauge “every item is answered”"),
        _("Formula of the gauge “every item is answered”"),
    ),
    "examined": (
        _("Name of the gauge “every delay is examined”"),
        _("Formula of the gauge “every delay is examined”"),
    ),
    "resolved": (_("Name of the gauge “resolved at first”"), _("Formula of the gauge “resolved at first”")),
    "satisfied": (_("Name of the gauge “satisfaction”"), _("Formula of the gauge “satisfaction”")),
}
FORMULAS = {
    "answered": "routed_in_time + told_in_time + handled_in_time",
    "examined": "delays / missed:planned_in_time + missed:handled_in_time + missed:executed_in_time",
    "resolved": "at_first",
    "satisfied": "satisfied",
}


def name_key(gauge: str) -> str:
    """Return the key of the setting that names a gauge."""
    return f"petition.gauge_{gauge}_name"


def formula_key(gauge: str) -> str:
    """Return the key of the setting that says how a gauge is counted."""
    return f"petition.gauge_{gauge}_formula"


CHOICES = (
    Choice(
        OFFICE,
        _("Room that registers petitions from the counter"),
        "信访室",
        "",
        _("Short name of one of our own rooms; what comes in by itself belongs to it."),
        "[proposal]",
    ),
    Choice(
        PENDING_DAYS,
        _("Days after which a petition counts as pending for long"),
        90,
        _("days"),
        _("Counted from taking it up, while it is in hand."),
        "[proposal]",
        1,
        3650,
    ),
    Choice(
        PENDING_REPEATS,
        _("Petitions on the same matter from which it counts as pending for long"),
        2,
        "",
        _("Counted by what was linked as a repeat by a person; 0 leaves this out."),
        "[proposal]",
        0,
        100,
    ),
    Choice(
        PENDING_FROM_ABOVE,
        _("What a superior hands down as pending counts as pending for long"),
        default=True,
        unit="",
        description=_("From the day on which it is registered."),
        basis="[proposal]",
    ),
    Choice(
        LEAST_ANSWERS,
        _("Answers from which the share of an office is shown"),
        5,
        _("answers"),
        _("Below it nothing is said of what petitioners answered about an office."),
        "[proposal]",
        5,
        100,
    ),
)


def offer() -> None:
    """Let the district decide about all of them."""
    register(*CHOICES)
    for gauge in GAUGES:
        name, formula = NAMED[gauge]
        said = _("What the gauge is called on the board.")
        counted = _("Figures of petitions by key, added with +, the whole after /; the board names them all.")
        register(
            Choice(name_key(gauge), name, NAMES[gauge], "", said, "[proposal]"),
            Choice(
                formula_key(gauge), formula, FORMULAS[gauge], "", counted, "[proposal]", check=gauges.read
            ),
        )
