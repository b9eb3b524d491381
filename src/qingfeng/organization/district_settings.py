"""Settings of the district: figures that no law fixes, each with its default, unit and basis.

A room registers what it reads; a page shows what is registered; what nobody reads is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_noop as _

from qingfeng.journal.straight import Question
from qingfeng.organization.models import Account, Setting
from qingfeng.organization.records import record
from qingfeng.screening.errors import Problem

Value = int | bool | str


@dataclass(frozen=True)
class Choice:
    """One setting.

    Attributes:
        key: Its name in code: `room.figure`.
        name: English, translated where it is shown.
        default: What holds until the district decides otherwise; its type is the setting's type.
        unit: `days`, `years`, … or "".
        description: One sentence: what it does.
        basis: A law, `[proposal]` or `[verify]`.
        least: Smallest figure allowed.
        most: Largest figure allowed.
        check: For a text: raises `Problem` where it cannot stand.
    """

    key: str
    name: str
    default: Value
    unit: str
    description: str
    basis: str
    least: int | None = None
    most: int | None = None
    check: Callable[[str], object] | None = None

    def read(self, value: Value | str) -> Value:
        """Return the value in the setting's type.

        Raises:
            Problem: If it is not of that type, outside its bounds, or does not stand the check.
        """
        if isinstance(self.default, bool):
            return value if isinstance(value, bool) else str(value).lower() in ("1", "true", "on", "yes")
        if not isinstance(self.default, int):
            text = str(value).strip()
            if self.check is not None:
                self.check(text)
            return text
        try:
            figure = int(value)
        except ValueError:
            figure = None
        low, high = self.least, self.most
        if figure is None or (low is not None and figure < low) or (high is not None and figure > high):
            raise Problem(
                say("Enter a whole number from %(low)s to %(high)s.") % {"low": low, "high": high},
                where=self.key,
            )
        return figure


CHOICES: dict[str, Choice] = {}


def register(*choices: Choice) -> None:
    """Add settings that a room reads; the same again is no change.

    Raises:
        Problem: If another room has registered the key with another meaning.
    """
    for choice in choices:
        if CHOICES.setdefault(choice.key, choice) != choice:
            raise Problem(
                f"The setting {choice.key} is registered twice.", then="Give one of them another key."
            )


FORMER_OFFICE_YEARS = "organization.former_office_years"
STAND_IN_MOST_DAYS = "organization.stand_in_most_days"
INTAKE_WITHDRAW_DAYS = "organization.intake_withdraw_days"

register(
    Choice(
        FORMER_OFFICE_YEARS,
        _("Years in which a former office recuses"),
        3,
        _("years"),
        _("Who held a post in a unit takes no part in its matters for so long after leaving."),
        "监察法 Art. 67 [proposal]",
        0,
        30,
    ),
    Choice(
        STAND_IN_MOST_DAYS,
        _("Longest period of standing in"),
        90,
        _("days"),
        _("A longer absence is a matter of posts, not of standing in."),
        "[proposal]",
        1,
        366,
    ),
    Choice(
        INTAKE_WITHDRAW_DAYS,
        _("Days in which an import can be withdrawn"),
        7,
        _("days"),
        _("Only while nothing that it brought has been used or changed."),
        "[proposal]",
        0,
        60,
    ),
)


def choice_of(key: str) -> Choice:
    """Return a registered setting.

    Raises:
        Problem: If nobody has registered it.
    """
    if key not in CHOICES:
        near = get_close_matches(key, CHOICES, n=1)
        raise Problem(f"There is no setting {key}.", then=f"Did you mean {near[0]}?" if near else "")
    return CHOICES[key]


def setting(key: str, *, at: datetime | None = None) -> Value:
    """Return the value in force now, or at an instant.

    Raises:
        Problem: If nobody has registered the key.
    """
    choice = choice_of(key)
    if at is None:
        known = _held.get()
        if known is not None:
            return known.get(key, choice.default)
        return next((value for (value,) in _NEWEST(key)), choice.default)
    row = Setting.objects.filter(key=key, set_at__lte=at).first()
    return row.value if row else choice.default


_NEWEST = Question(lambda key: Setting.objects.filter(key=key).values_list("value")[:1], "s")
_held: ContextVar[Mapping[str, Value] | None] = ContextVar("settings_held", default=None)

DECIDED = Question(lambda: Setting.objects.order_by("pk").values_list("key", "value"), "")
"""Every decision about a setting, oldest first: what `held` takes."""


@contextmanager
def held(decided: Iterable[tuple[str, Value]]) -> Iterator[None]:
    """Let every setting inside be what was decided last among these, without asking the table again."""
    before = _held.set(dict(decided))
    try:
        yield
    finally:
        _held.reset(before)


def settings_in_force() -> list[tuple[Choice, Value, Setting | None]]:
    """Return every setting with its value and the row that decided it, by key; two queries at most."""
    newest: dict[str, Setting] = {}
    for row in Setting.objects.select_related("set_by__person").order_by("pk"):
        newest[row.key] = row
    return [
        (one, newest[key].value if key in newest else one.default, newest.get(key)) for key, one in _sorted()
    ]


def _sorted() -> Iterable[tuple[str, Choice]]:
    return sorted(CHOICES.items())


@transaction.atomic
def set_setting(key: str, value: Any, *, by: Account | None, reason: str) -> Setting:
    """Decide about a figure; the earlier decisions stay on record.

    Raises:
        Problem: If the key is unknown, the value is out of bounds or no reason is given.
    """
    choice = choice_of(key)
    if not reason.strip():
        raise Problem(say("Say why the setting changes."), where=key)
    old, new = setting(key), choice.read(value)
    row = Setting.objects.create(key=key, value=new, reason=reason.strip(), set_by=by, set_at=timezone.now())
    record(
        "organization.setting.changed",
        f"setting:{key}",
        by=by,
        facts={"old": old, "new": new, "reason": row.reason},
    )
    return row
