"""Figures of the kernel that the district may set: the law fixes none of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _

from qingfeng.matters.own_words import declared_words
from qingfeng.matters.vocabulary import Clock, Mechanism
from qingfeng.organization.declarations import register_kind
from qingfeng.organization.district_settings import Choice, register, setting

LAST_DAY_MOVES = "matters.last_day_moves"
BREAK_GLASS_HOURS = "matters.break_glass_hours"
TAKEOVER_WITHDRAW_DAYS = "matters.takeover_withdraw_days"
ESCALATE_EVERY_DAYS = "matters.escalate_every_days"
QUIET_FROM = "matters.quiet_from_hour"
QUIET_UNTIL = "matters.quiet_until_hour"
MOST_MONTHS = 18  # of a year and the half year after it

register(
    Choice(
        LAST_DAY_MOVES,
        _("A last day that is a rest day moves to the next working day"),
        default=True,
        unit="",
        description=_("Counted so for every deadline in calendar days and months."),
        basis="民法典 Art. 203 [verify]",
    ),
    Choice(
        BREAK_GLASS_HOURS,
        _("Hours that emergency access lasts"),
        4,
        _("hours"),
        _("After that the matter is closed to the person again; somebody else reviews it."),
        "[proposal]",
        1,
        72,
    ),
    Choice(
        TAKEOVER_WITHDRAW_DAYS,
        _("Days in which matters taken over can be withdrawn"),
        7,
        _("days"),
        _("Only while nobody has acted on them."),
        "[proposal]",
        0,
        60,
    ),
    Choice(
        ESCALATE_EVERY_DAYS,
        _("Working days between one step up the line and the next"),
        3,
        _("working days"),
        _("An overdue duty is told to the next person in line after so many working days."),
        "[proposal]",
        1,
        30,
    ),
    Choice(
        QUIET_FROM,
        _("Hour from which nobody is told anything"),
        20,
        _("o'clock"),
        _("A notice made after it is shown, and mailed, the next morning."),
        "[proposal]",
        0,
        23,
    ),
    Choice(
        QUIET_UNTIL,
        _("Hour from which people are told again"),
        8,
        _("o'clock"),
        _("The same hour as the one above: nothing is held back."),
        "[proposal]",
        0,
        23,
    ),
)


def quiet_hours() -> tuple[int, int]:
    """Return the hour from which nobody is told anything, and the hour from which again."""
    return int(setting(QUIET_FROM)), int(setting(QUIET_UNTIL))


def register_mechanism(mechanism: Mechanism) -> None:
    """Make a setting of every figure that no law fixes and every field that is off; name the kind."""
    register_kind(mechanism.key, mechanism.name)
    for field in (*mechanism.asks, *(field for act in mechanism.acts for field in act.asks)):
        if field.setting:
            said = _("Whether forms ask for it.")
            choice = Choice(
                field.setting,
                _english(field.name),
                default=False,
                unit="",
                description=said,
                basis=mechanism.term,
            )
            register(choice)
    for clock in mechanism.clocks:
        if not clock.setting:
            continue
        amount, unit, said = _figure(clock)
        basis = "; ".join(f"{law} [{law.mark}]" for law in clock.law)
        register(
            Choice(
                clock.setting,
                _english(clock.name),
                amount,
                unit,
                said,
                basis,
                1,
                MOST_MONTHS if clock.of_year else 3650,
            )
        )


def _figure(clock: Clock) -> tuple[int, str, str]:
    """Return the figure of a clock, its unit, and what the setting says."""
    if clock.of_year:
        said = _("Due at the end of this month of the year; from 13 on a month of the year after.")
        return clock.end_of_month, _("month of the year"), said
    said = _("How long this duty has; a change counts for clocks that start after it.")
    unit = _("working days") if clock.working_days else _("months") if clock.months else _("days")
    return clock.working_days or clock.months or clock.days, unit, said


def _english(words: Any) -> str:
    """Return the text as it stands in the source; settings are translated where they are shown."""
    return str(getattr(declared_words(words), "_args", (words,))[0])
