"""The work calendar: the State Council's days off and make-up workdays.

Never derived from weekdays alone: a weekday means nothing until the year's notice is
known. The published years come from `chinesecalendar`; a district's own `calendar`
table goes over them and may carry a year that the package does not know yet.

Law:
    全国年节及纪念日放假办法 (2024), and the yearly notice of the State Council's office.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar
from chinese_calendar.constants import holidays, in_lieu_days, workdays

from qingfeng.screening.errors import Problem

SATURDAY = 5
KNOWN_YEARS = range(min(holidays).year, max(holidays).year + 1)
CHINESE = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


@dataclass(frozen=True)
class Day:
    """One day of the work calendar.

    Attributes:
        date: Civil date.
        day_kind: workday, weekend, holiday or makeup (a weekend day that is worked).
        holiday_name: In Chinese, "" on ordinary days.
        announced_by: Where it comes from.
    """

    date: date
    day_kind: str
    holiday_name: str
    announced_by: str


def missing_years(since: date, until: date, own: Iterable[Day] = ()) -> tuple[int, ...]:
    """Return the years from since to until whose notice nobody has entered.

    A district's table counts as a year's notice when it names at least one holiday of it.
    """
    entered = {day.date.year for day in own if day.day_kind == "holiday"}
    return tuple(
        year for year in range(since.year, until.year + 1) if year not in KNOWN_YEARS and year not in entered
    )


def work_calendar(since: date, until: date, own: Iterable[Day] = ()) -> Iterator[Day]:
    """Yield every day from since to until, both inclusive, in order.

    Args:
        since: First day.
        until: Last day.
        own: The district's own days; they win.

    Raises:
        Problem: If a year's notice is not known; never a guess from weekdays.
    """
    own = tuple(own)
    missing = missing_years(since, until, own)
    if missing:
        raise Problem(
            f"The work calendar of {', '.join(map(str, missing))} is not known.",
            where=f"chinesecalendar {KNOWN_YEARS[0]}-{KNOWN_YEARS[-1]}",
            then="Give the year's notice as a table 工作日历 (日期, 类型, 节日), or update the package.",
        )
    known: Mapping[date, Day] = {day.date: day for day in own}
    for ordinal in range((until - since).days + 1):
        day = since + timedelta(days=ordinal)
        yield known.get(day) or _national(day)


@cache
def _national(day: date) -> Day:
    weekend = day.weekday() >= SATURDAY
    if day.year not in KNOWN_YEARS:  # entered by the district; unlisted days are as the notice leaves them
        return Day(day, "weekend" if weekend else "workday", "", "工作日历")
    name = CHINESE.get(str(holidays.get(day) or workdays.get(day) or in_lieu_days.get(day) or ""), "")
    if chinese_calendar.is_holiday(day):
        kind = "holiday" if day in holidays else "weekend"
    else:
        kind = "makeup" if weekend else "workday"
    return Day(day, kind, name if kind in ("holiday", "makeup") else "", "国务院办公厅通知")
