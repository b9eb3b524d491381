"""What the house enters at an admission: its day, and whether the unit had been asked before.

Whether an admission is of a unit's own accord is no answer of the unit: it is so if the unit had not been
asked about a doubt of the same campaign before that day. What was found is never self-reported afterwards.

Law:
    政务处分法 Art. 11 (who admits of their own accord may be dealt with more lightly)
"""

from __future__ import annotations

from typing import Any

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.models import Matter, MatterLink, Performance
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.mechanisms.self_check.fields import TYPED

VERIFICATION = "verification"
ASKED = "ask_unit"


def admitted(matter: Matter, sheet: Sheet) -> Found:
    """Return the line of an admission: what was typed, the day, whether it came unasked."""
    typed: dict[str, Any] = {one.key: sheet.facts.get(one.key) for one in TYPED}
    own = "no" if was_asked(matter) else "yes"
    return Found(lines={"admissions": [{**typed, "admitted_on": today().isoformat(), "own_accord": own}]})


def was_asked(matter: Matter) -> bool:
    """Return whether the unit of a self-check was asked about a doubt that serves the same campaign."""
    units = matter.parties.filter(role="unit", until_at=None).values_list("unit", flat=True)
    campaigns = matter.links_in.filter(kind="rolls_out", until_at=None).values("source")
    serving = MatterLink.objects.filter(target__in=campaigns, kind="serves", until_at=None).values("source")
    about = Matter.objects.filter(
        pk__in=serving,
        mechanism=VERIFICATION,
        standing=Matter.Standing.VALID,
        parties__role="unit",
        parties__unit__in=list(units),
    )
    return Performance.objects.filter(matter__in=about.values("pk"), act=ASKED, undone_by=None).exists()


def join() -> None:
    """Let the kernel ask this room at an admission; called once, at start-up."""
    find_with("self_check.admitted", admitted)
