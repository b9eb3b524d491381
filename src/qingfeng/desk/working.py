"""The working of a due date in words: what started it, what was counted, what was skipped and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.look import said
from qingfeng.matters.counting import Working
from qingfeng.matters.models import ClockRun
from qingfeng.matters.vocabulary import Clock

LONGEST_LIST = 12


def in_words(run: ClockRun, clock: Clock | None) -> list[str]:
    """Return the working, a sentence each, in the order in which it was counted."""
    working = Working.from_json(run.working)
    lines = [_counted(working)]
    lines += [_paused(one.from_on, one.until_on) for one in working.pauses]
    lines += [_extended(one.days, one.on, one.reason) for one in working.extensions]
    if working.skipped:
        lines.append(_skipped(working.skipped))
    if working.due_on:
        lines.append(
            _("The last day is %(day)s; that day is still in time.") % {"day": said.day(working.due_on)}
        )
    if working.calendar:
        lines.append(
            _("Counted with version %(number)s of the work calendar.") % {"number": working.calendar}
        )
    return lines + _basis(clock)


def _counted(working: Working) -> str:
    rule, amount = working.rule, working.rule.amount
    said_on = {"day": said.day(working.started_on)}
    if rule.kind == "until":
        return _("The day was entered: it is the last day itself.")
    texts = {
        "days": ngettext(
            "%(count)d day from %(day)s, which is not counted.",
            "%(count)d days from %(day)s, which is not counted.",
            amount,
        ),
        "working_days": ngettext(
            "%(count)d working day from %(day)s, which is not counted.",
            "%(count)d working days from %(day)s, which is not counted.",
            amount,
        ),
        "months": ngettext("%(count)d month from %(day)s.", "%(count)d months from %(day)s.", amount),
    }
    return texts[rule.kind] % (said_on | {"count": amount})


def _paused(since: date, until: date | None) -> str:
    if until is None:
        return _("Paused since %(day)s; this time does not count.") % {"day": said.day(since)}
    return _("Paused from %(since)s until %(until)s; this time does not count.") % {
        "since": said.day(since),
        "until": said.day(until),
    }


def _extended(days: int, on: date, reason: str) -> str:
    text = ngettext("Extended by %(count)d day on %(day)s.", "Extended by %(count)d days on %(day)s.", days)
    words = text % {"count": days, "day": said.day(on)}
    return f"{words} {reason}".strip()


def _skipped(skipped: Any) -> str:
    why = {
        "weekend": _("weekend"),
        "holiday": _("public holiday"),
        "workday": _("workday"),
        "makeup": _("make-up workday"),
    }
    named = [f"{said.day(day)} ({why.get(kind, kind)})" for day, kind in skipped[:LONGEST_LIST]]
    more = len(skipped) - len(named)
    text = _("Passed over: %(days)s.") % {"days": _("; ").join(named)}
    if more:
        text += " " + ngettext("And %(count)d rest day more.", "And %(count)d rest days more.", more) % {
            "count": more
        }
    return text


def _basis(clock: Clock | None) -> list[str]:
    marks = {
        "law": "",
        "reported": _("as reported"),
        "verify": _("to be verified"),
        "proposal": _("own practice"),
    }
    laws = [
        f"{said.provision(law)} ({marks[law.mark]})" if marks[law.mark] else said.provision(law)
        for law in (clock.law if clock else ())
    ]
    return [_("Basis: %(laws)s.") % {"laws": _("; ").join(laws)}] if laws else []
