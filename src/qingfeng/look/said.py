"""Dates, money and sizes as people say them, in the reader's language.

Chinese: 11月27日 周五 · 还剩 3 个工作日 · 1,234.00 元.
English: Fri 27 Nov · 3 working days left · 1,234.00 yuan.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache, lru_cache

from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

NOTHING = "—"
ARTICLES = re.compile(r"\s*\bArts?\. ?(\d+(?:(?:, ?|-)\d+)*)")


def weekday(on: date) -> str:
    """Return the short name of the day of the week."""
    return _weekdays(get_language())[on.weekday()]


def month(on: date) -> str:
    """Return the short name of the month (its number in Chinese)."""
    return _months(get_language())[on.month - 1]


@cache
def _weekdays(language: str | None) -> tuple[str, ...]:
    """Return the names in the language of the reader, looked up once a language: an export says many days."""
    del language
    return (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )


@cache
def _months(language: str | None) -> tuple[str, ...]:
    del language
    return (
        pgettext("month", "Jan"),
        pgettext("month", "Feb"),
        pgettext("month", "Mar"),
        pgettext("month", "Apr"),
        pgettext("month", "May"),
        pgettext("month", "Jun"),
        pgettext("month", "Jul"),
        pgettext("month", "Aug"),
        pgettext("month", "Sep"),
        pgettext("month", "Oct"),
        pgettext("month", "Nov"),
        pgettext("month", "Dec"),
    )


def today() -> date:
    """Return the civil date, Asia/Shanghai."""
    return datetime.now(timezone.get_default_timezone()).date()


def _civil(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return _local(value).date()
    return value


def _local(value: datetime) -> datetime:
    """Return an instant in the house's own time; no reader has another."""
    return value.astimezone(timezone.get_default_timezone()) if timezone.is_aware(value) else value


def day(value: date | datetime | None) -> str:
    """Return a day with its weekday; the year only where it is not this one."""
    if value is None:
        return NOTHING
    return _day(_civil(value), today().year, get_language())


@lru_cache(4096)
def _day(on: date, this_year: int, language: str | None) -> str:
    """Return a day in the reader's language; the same days stand on a page many times."""
    del language
    parts = {"weekday": weekday(on), "day": on.day, "month": month(on), "year": on.year}
    if on.year == this_year:
        return _("{weekday} {day} {month}").format(**parts)
    return _("{weekday} {day} {month} {year}").format(**parts)


def dated(on: date | None) -> str:
    """Return a day as papers write it, with its year and without its weekday."""
    if on is None:
        return NOTHING
    return _("{day} {month} {year}").format(day=on.day, month=month(on), year=on.year)


def moment(value: datetime | None) -> str:
    """Return a day with its weekday and the time, Asia/Shanghai."""
    if value is None:
        return NOTHING
    local = _local(value)
    return _("{day}, {time}").format(day=day(local), time=f"{local:%H:%M}")


def left(days: int, kind: str = "calendar") -> str:
    """Return how many days are left, or by how many it is late.

    Args:
        days: Days from today to the due date: 0 on the day itself, negative after it.
        kind: `working` or `calendar`.
    """
    if days == 0:
        return _("due today")
    count = abs(days)
    if kind == "working" and days > 0:
        return ngettext("%(count)d working day left", "%(count)d working days left", count) % {"count": count}
    if kind == "working":
        return ngettext("%(count)d working day late", "%(count)d working days late", count) % {"count": count}
    if days > 0:
        return ngettext("%(count)d day left", "%(count)d days left", count) % {"count": count}
    return ngettext("%(count)d day late", "%(count)d days late", count) % {"count": count}


def number(value: Decimal | float | str | None, places: int | None = None) -> str:
    """Return a number with thousands; `places` decimals if given, else as many as it has."""
    if value is None or value == "":
        return NOTHING
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{exact:,f}".replace("-", "\N{MINUS SIGN}")


def amount(value: Decimal | int | str | None) -> str:
    """Return yuan with thousands and two decimals, without the unit (for columns that name it)."""
    return number(value, 2)


def money(value: Decimal | int | str | None) -> str:
    """Return yuan with thousands, two decimals and the unit."""
    if value is None or value == "":
        return NOTHING
    return _("{amount} yuan").format(amount=amount(value))


def filesize(size: int | None) -> str:
    """Return bytes as B, KB, MB or GB (1 KB is 1,024 bytes)."""
    if size is None:
        return NOTHING
    value = Decimal(size)
    for unit in ("B", "KB", "MB"):
        if value < 1024:
            return f"{number(value, 0 if unit == 'B' else 1)} {unit}"
        value /= 1024
    return f"{number(value, 1)} GB"


def provision(cited: object) -> str:
    """Return cited provisions as readers cite them: 监察法 Art. 5, 6 is 监察法第5、6条 in Chinese."""
    text = str(cited)
    if not (get_language() or "").startswith("zh"):
        return text
    return ARTICLES.sub(lambda found: f"第{found[1].replace(', ', '、').replace('-', '至')}条", text)
