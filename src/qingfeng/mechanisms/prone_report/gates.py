"""What blocks an act on a report on prone areas. Pure functions of the snapshot.

What the house finds in the text (`checking.check`) is looked at here; a gate holds while nothing was found.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, act_done_after
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("易发区分析工作惯例", mark=Mark.PROPOSAL),)
PRIVACY = (Law("个人信息保护法", "Art. 5, 6, 34"),)
NOT_GUILT = (Law("监察法", "Art. 5"),)
MONTHS = 3
SETTLES_DAYS = 10  # after a quarter's end, until its records are in


def quarter_before(on: date) -> tuple[date, date]:
    """Return first and last day of the last whole quarter before a day."""
    until = on.replace(month=on.month - (on.month - 1) % MONTHS, day=1) - timedelta(days=1)
    return until.replace(month=until.month - MONTHS + 1, day=1), until


def next_quarter_is_over(seen: Snapshot) -> bool:
    """Return whether the quarter after the reported one has ended, and its records have had time to come."""
    until = seen.facts.get("period_until")
    if not until:
        return False
    _first, ended = quarter_before(seen.today - timedelta(days=SETTLES_DAYS))
    return ended > date.fromisoformat(str(until)[:10])


def _controls_given(seen: Snapshot) -> bool:
    lines = (*seen.lines("kinds"), *seen.lines("spots"))
    out = (one for one in lines if one.facts.get("cell_standing") == "out")
    return all(str(one.facts.get("control") or "").strip() for one in out)


def _nothing(key: str) -> Gate:
    says, law = _SAID[key]
    return Gate(key, says, lambda seen: not seen.entered.get(key), law)


_SAID = {
    "names_somebody": (
        _("The text names somebody, or a cell is about one person: take it out."),
        PRIVACY,
    ),
    "says_hidden": (
        _("The text says a cell that is hidden: take it out, or speak of a larger whole."),
        PRIVACY,
    ),
    "raw_as_verified": (
        _("A number that is called verified is not one: what rules found is a doubt until it is verified."),
        NOT_GUILT,
    ),
}
TEXT_IS_CLEAN = tuple(map(_nothing, _SAID))
COUNTED = act_done("take_cells", _("Let the house count the cells first."), law=PRACTICE)
DRAFTED = act_done_after(
    "draft", "take_cells", _("The cells were counted since: write what they show."), law=PRACTICE
)
CONTROLS_GIVEN = Gate(
    "controls_given", _("Suggest a control for every cell that stands out."), _controls_given, PRACTICE
)
