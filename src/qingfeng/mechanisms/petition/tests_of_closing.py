"""The three tests of closing (三到位), each bound on offices: where a petition stands by each of them. Pure.

化解到位: a lawful result delivered and carried out, or the lawful procedures ended and explained.
责任与帮扶到位: a contact named, help offered, dangers to the petitioner asked about and dealt with.
息访息诉: the petitioner was asked; no answer blocks, and an undertaking is never a condition.

Law:
    信访工作条例 Art. 27, 31-37
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate
from qingfeng.mechanisms.petition import gates

MENDS: dict[str, tuple[str, ...]] = {
    gates.OPINION_WRITTEN.key: ("write_opinion", "issue"),
    gates.SERVED.key: ("serve",),
    gates.EXECUTED.key: ("do_owed",),
    gates.EXAMINED.key: ("examine_fact",),
    gates.HELPED.key: ("offer_help",),
    gates.ASKED.key: ("ask",),
}
TESTS: tuple[tuple[str, Any, tuple[Gate, ...]], ...] = (
    ("化解到位", _("Resolved"), (gates.OPINION_WRITTEN, gates.SERVED, gates.EXECUTED, gates.EXAMINED)),
    ("责任与帮扶到位", _("Duty and help"), (gates.HELPED,)),
    ("息访息诉", _("Asked, and the remedies over"), (gates.ASKED, gates.WINDOW_OVER)),
)


@dataclass(frozen=True)
class Owed:
    """What is still owed before a petition is struck off.

    Attributes:
        says: A sentence that names the office that must do it.
        acts: Keys of the acts that mend it; empty where only time does.
    """

    says: Any
    acts: tuple[str, ...]


@dataclass(frozen=True)
class Test:
    """One of the three tests.

    Attributes:
        term: Its name in the field.
        name: What it asks.
        missing: What is still owed; empty where it is met.
    """

    term: str
    name: Any
    missing: tuple[Owed, ...]

    @property
    def is_met(self) -> bool:
        """Whether nothing is owed any more."""
        return not self.missing


def tests_of(seen: Snapshot) -> list[Test]:
    """Return how a petition stands by each of the three."""
    return [
        Test(
            term, name, tuple(Owed(one.says, MENDS.get(one.key, ())) for one in asked if not one.holds(seen))
        )
        for term, name, asked in TESTS
    ]
