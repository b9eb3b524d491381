"""What blocks an act on a reception: nobody received, a promise without a day, without a result. Pure.

Law:
    信访工作条例 Art. 18
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

LEADERS_DUTY = (Law("信访工作条例", "Art. 18"),)
PRACTICE = (Law("领导接访工作惯例", mark=Mark.PROPOSAL),)
LONGEST = 15  # days of a promise, unless a reason is stated


def has_promises(seen: Snapshot) -> bool:
    """Return whether something was promised."""
    return bool(seen.lines("promises"))


def all_kept(seen: Snapshot) -> bool:
    """Return whether every promise has a result while their clock runs."""
    run = seen.clock("promises")
    runs = run is not None and run.state == "running"
    return runs and all(one.state in {"done", "told"} for one in seen.lines("promises"))


def _received(seen: Snapshot) -> bool:
    by = seen.entered.get("received_by")
    return by != "substitute" or bool(seen.persons("substitute"))


def _has_day(line: Mapping[str, Any], held_on: Any) -> bool:
    if not line.get("promise_due") or not held_on:
        return True
    until = date.fromisoformat(str(held_on)) + timedelta(days=LONGEST)
    return date.fromisoformat(str(line["promise_due"])) <= until or bool(line.get("promise_why"))


def _days_fit(seen: Snapshot) -> bool:
    held_on = seen.value("held_on")
    return all(_has_day(line, held_on) for line in seen.entered.get("promises", ()))


def _offices_named(seen: Snapshot) -> bool:
    owed = {int(one.facts["promise_unit"]) for one in seen.lines("promises") if one.facts.get("promise_unit")}
    if "office" in seen.entered:  # who had it and is not named again has it no more
        return owed <= {int(one) for one in seen.entered["office"]}
    return seen.stage == "held" or owed <= set(seen.units("office"))


def _told(seen: Snapshot) -> bool:
    return all(line.state == "told" for line in seen.lines("promises"))


def _recorded(seen: Snapshot) -> bool:
    return len(seen.lines("items")) >= int(seen.facts.get("visitors") or 0)


PUBLISHED = act_done("publish", _("The meeting was not published: publish it first."), law=LEADERS_DUTY)
SOMEBODY_RECEIVED = Gate(
    "somebody_received",
    _("No substitute is named: the leader receives, or names a substitute first."),
    _received,
    LEADERS_DUTY,
)
DAYS_FIT = Gate(
    "days_fit",
    _("A promise has more than fifteen days and no reason: shorten it, or say why."),
    _days_fit,
    PRACTICE,
)
OFFICES_NAMED = Gate(
    "offices_named",
    _("An office that was promised for is not named: hand it to every office that owes a step."),
    _offices_named,
    PRACTICE,
)
RECORDED = Gate(
    "recorded",
    _("Fewer petitions are recorded than were received: record each with its demand and what was said."),
    _recorded,
    LEADERS_DUTY,
)
TOLD = Gate(
    "told",
    _("A promise has no result, or the petitioner was not told of it."),
    _told,
    LEADERS_DUTY,
)
RESULT = Gate(
    "result",
    _("Say what was done: a promise ends by a result."),
    lambda seen: all(one.get("promise_result") for one in seen.entered.get("promises", ())),
    PRACTICE,
)
DAY_TOLD = Gate(
    "day_told",
    _("Enter the day on which the petitioner was told."),
    lambda seen: all(one.get("told_on") for one in seen.entered.get("promises", ())),
    LEADERS_DUTY,
)
ASKED = act_done("rate", _("The petitioners were not asked: the counter asks them."), law=PRACTICE)
