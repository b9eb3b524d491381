"""Words of periods, indicators, readings and evidence, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.grades import BASIC, COMPETENT, EXCELLENT, FAILED, UNDETERMINED
from qingfeng.appraisal.points.readings import READINGS, SHARE
from qingfeng.appraisal.points.tables import Indicator, Period
from qingfeng.desk.kinds import address
from qingfeng.matters.access import visible
from qingfeng.matters.models import ClockRun
from qingfeng.organization.viewer import Viewer

MOST_SHOWN = 30


def is_chinese() -> bool:
    """Return whether the page is read in Chinese."""
    return (get_language() or "").startswith("zh")


def of_indicator(one: Indicator) -> str:
    """Return the name of an indicator."""
    return one.name_zh if is_chinese() or not one.name_en else one.name_en


def of_period(key: str) -> str:
    """Return the name of a period."""
    return str(Period(key).label)


def of_grade(key: str) -> str:
    """Return the name of a grade, "" for none."""
    names = {
        EXCELLENT: pgettext("points", "Excellent"), COMPETENT: _("Competent"),
        BASIC: _("Basically competent"), FAILED: _("Not competent"), UNDETERMINED: _("No grade this year"),
    }  # fmt: skip
    return names.get(key, "")


def of_reading(key: str) -> str:
    """Return the name of a reading."""
    return READINGS[key].term if is_chinese() else str(READINGS[key].words)


def of_value(key: str, value: str) -> str:
    """Return the value of a reading with its unit."""
    number = float(value)
    return f"{100 * number:.0f} %" if READINGS[key].unit == SHARE else f"{number:.1f}"


@dataclass(frozen=True)
class Shown:
    """One piece of evidence: words, and an address where the reader may open it."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Evidence:
    """What a score rests on: what the reader may see, and how much there is besides."""

    shown: tuple[Shown, ...]
    more: int


def evidence_of(viewer: Viewer, refs: Iterable[str], whose: int | None) -> Evidence:
    """Return evidence as somebody may see it: matters they cannot open are counted only.

    Args:
        viewer: Who reads it.
        refs: As a score keeps it.
        whose: Whose sheet it is, None for that of a unit. Their own entries of the daily record are shown in
            their words; of those of others, which their check rests on, only the days.
    """
    found: list[Shown] = []
    keys: dict[str, list[int]] = {}
    for ref in refs:
        kind, colon, key = ref.partition(":")
        if colon and kind in {"clock", "matter", "daily"} and key.isdecimal():
            keys.setdefault(kind, []).append(int(key))
        else:
            found.append(Shown(_plain(kind, key, ref)))
    clocks = keys.get("clock", ())
    wanted = {*keys.get("matter", ()), *(_of_clocks(clocks) if clocks else ())}
    rows = visible(viewer).filter(pk__in=wanted).order_by("number") if wanted else ()
    matters = list(rows[:MOST_SHOWN])
    entries = list(Daily.objects.filter(pk__in=keys["daily"]).order_by("day")) if "daily" in keys else []
    found += [Shown(_of_entry(one, whose)) for one in entries[:MOST_SHOWN]]
    found += [Shown(one.number, address(one)) for one in matters]
    told = min(len(entries), MOST_SHOWN) + len(matters)
    return Evidence(tuple(found), len(wanted) + len(keys.get("daily", ())) - told)


def _of_entry(one: Daily, whose: int | None) -> str:
    if one.person_id == whose:
        return f"{one.day:%Y-%m-%d} {one.work}"
    if one.checked_on is None:
        return _("entry of another of %(day)s, not checked by %(until)s") % {
            "day": one.day, "until": one.check_until,
        }  # fmt: skip
    return _("entry of another of %(day)s, checked on %(on)s, due by %(until)s") % {
        "day": one.day, "on": one.checked_on, "until": one.check_until,
    }  # fmt: skip


def _plain(kind: str, key: str, ref: str) -> str:
    if kind == "evaluation":
        return _("Result of a round of five-way evaluation")
    if kind == "month":
        return _("%(month)s: no confirmed entry") % {"month": key}
    return ref


def _of_clocks(keys: Iterable[int]) -> Iterable[int]:
    return ClockRun.objects.filter(pk__in=tuple(keys)).values_list("matter", flat=True)
