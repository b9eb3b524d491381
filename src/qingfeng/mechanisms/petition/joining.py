"""What the house finds out for a petition: which deadline of the office is near, for a warning slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qingfeng.exchange.answers import same_with
from qingfeng.exchange.kinds import PETITION, REPORT, NotTaken, register
from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.following import follow_with, part_with
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.matters.today import today
from qingfeng.mechanisms.petition import arriving, gates, settings
from qingfeng.mechanisms.petition.handing import File, same_letter, to_reports
from qingfeng.mechanisms.petition.taking_in import FOUND
from qingfeng.mechanisms.petition.telling import parted, tells


def warning(matter: Matter, _sheet: Sheet) -> Found:
    """Find what a warning slip says: the deadline, the days that are left, what is missing."""
    run = gates.near(snapshot_of(matter, today=today()))
    if run is None or run.due_on is None:
        return Found()
    clock = str(mechanism(matter.mechanism, matter.version).clock(run.key).name)
    missing = _("“%(clock)s” is due on %(day)s; nothing has been entered for it yet.") % {
        "clock": clock,
        "day": date_format(run.due_on, "DATE_FORMAT"),
    }
    facts = {
        "slip_kind": "warning",
        "made_by": "house",
        "clock_key": run.key,
        "clock_name": clock,
        "days_left": max(0, (run.due_on - today()).days),
        "missing": missing,
        "slip_of": matter.number,
        "ground": "seventy",
    }
    return Found(facts=facts)


def by_hand(matter: Matter, _sheet: Sheet) -> Found:
    """Say that a slip is made by hand: what an earlier warning found does not go along."""
    return Found(facts={"made_by": "hand", **dict.fromkeys(FOUND), "slip_of": matter.number})


SATISFIED = {5: "yes", 4: "rather", 3: "no", 2: "no", 1: "no"}


def rated(_matter: Matter, sheet: Sheet) -> Found:
    """Say which answer a number is: 5 and 4 are satisfied, the others are not."""
    given = sheet.facts.get("rating")
    return Found(facts={"satisfied": SATISFIED[int(given)]}) if given else Found()


def name_off(_matter: Matter, sheet: Sheet) -> Found:
    """Take name and contact off where who wrote asks for it."""
    return Found(facts={"petitioner": None, "contact": None}) if sheet.lines else Found()


def arrive(arrival: Mapping[str, Any], files: Sequence[File]) -> Matter:
    """Take in what a package of the counter brought.

    Raises:
        NotTaken: As the exchange knows it, with the reason.
    """
    try:
        return arriving.take(arrival, files)
    except arriving.NotTaken as why:
        raise NotTaken(str(why)) from why


def join() -> None:
    """Let petitions arrive, and the house find warnings and forget them where somebody writes."""
    settings.offer()
    register(PETITION, arrive)
    follow_with("petition.tells", tells)
    part_with(arriving.KIND, parted)
    for kind in (arriving.KIND, REPORT):
        same_with(kind, same_letter)
    follow_with("petition.to_reports", to_reports)
    find_with("petition.warning", warning)
    find_with("petition.by_hand", by_hand)
    find_with("petition.rated", rated)
    find_with("petition.name_off", name_off)
