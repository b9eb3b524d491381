"""What is asked of the board of goals: year, office, pillar, how they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.mechanisms.goal.fields import PILLARS
from qingfeng.organization.models import Unit

STATES: tuple[tuple[str, Any], ...] = (
    ("planned", _("Being set")),
    ("on_course", pgettext_lazy("goal", "On course")),
    ("behind", pgettext_lazy("goal", "Behind or stuck")),
    ("overdue", pgettext_lazy("goal", "Overdue")),
    ("to_judge", _("To be verified or judged")),
    ("achieved", _("Achieved")),
    ("partly", _("Partly achieved")),
    ("missed", _("Not achieved")),
    ("out", _("Not set, or taken back")),
)
KINDS: tuple[tuple[str, Any], ...] = (
    ("in_time", _("Rated in time")),
    ("late", _("Rated late")),
    ("evidence", _("With evidence")),
    ("no_evidence", _("Without evidence")),
)
"""What a number of the board opens besides a state."""


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    Attributes:
        year: Year of the goals.
        pillar: Key of a pillar, or "".
        owner: Key of an office, or None.
        state: Key of `STATES`, or "".
        kind: Key of `KINDS`, or "".
    """

    year: int
    pillar: str = ""
    owner: int | None = None
    state: str = ""
    kind: str = ""

    @classmethod
    def read(cls, asked: QueryDict, today: date) -> Asked:
        """Return what an address asks for; what it cannot mean is left out."""
        year, owner = asked.get("year", ""), asked.get("owner", "")
        return cls(
            int(year) if year.isdecimal() and len(year) == len("2026") else today.year,
            _known(asked.get("pillar", ""), dict(PILLARS)),
            int(owner) if owner.isdecimal() and len(owner) < len(str(2**31)) else None,
            _known(asked.get("state", ""), dict(STATES)),
            _known(asked.get("kind", ""), dict(KINDS)),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether not every goal of the year is asked for."""
        return bool(self.pillar or self.owner or self.state or self.kind)

    @property
    def office(self) -> Unit | None:
        """The office asked for."""
        return Unit.objects.filter(pk=self.owner).first() if self.owner else None

    @property
    def query(self) -> str:
        """The query of an address that asks the same."""
        asked = QueryDict(mutable=True)
        for key in ("year", "pillar", "owner", "state", "kind"):
            if value := getattr(self, key):
                asked[key] = str(value)
        return asked.urlencode()

    def narrowed(self, **more: Any) -> str:
        """Return the query that opens one number."""
        return replace(self, **more).query


def _known(value: str, choices: dict[str, Any]) -> str:
    return value if value in choices else ""
