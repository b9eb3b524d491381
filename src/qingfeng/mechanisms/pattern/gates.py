"""What blocks an act on a pattern card. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.screening.rulebook.somebody import identifies

PRACTICE = (Law("以案促改工作惯例", mark=Mark.PROPOSAL),)
PRIVACY = (Law("个人信息保护法", "Art. 5, 6, 34"),)
SAID = ("trick", "how_failed", "trace")


def came_back(seen: Snapshot) -> bool:
    """Return whether the look back found the same again."""
    return seen.facts.get("recurred") == "yes"


def has_trace(seen: Snapshot) -> bool:
    """Return whether the card says that the trick leaves a trace in data."""
    return seen.facts.get("data_trace") == "yes"


def _names_nobody(seen: Snapshot) -> bool:
    said = [str(seen.entered.get(key) or "") for key in SAID]
    return seen.entered.get("names_nobody", True) is True and not any(map(identifies, said))


def _trace_is_told(seen: Snapshot) -> bool:
    if seen.entered.get("data_trace") != "yes":
        return True
    return bool(seen.entered.get("trace_tables")) and bool(str(seen.entered.get("trace") or "").strip())


def _trace_settled(seen: Snapshot) -> bool:
    if not has_trace(seen):
        return True
    since = [one.act for one in seen.done]
    since = since[len(since) - since[::-1].index("fill") :] if "fill" in since else since
    return "reject_trace" in since or any(one.state == "in_use" for one in seen.lines("rules"))


NAMES_NOBODY = Gate(
    "names_nobody",
    _("The card leads to somebody: take out names, plates, numbers of papers and phones, then say so."),
    _names_nobody,
    PRIVACY,
)
TRACE_TOLD = Gate(
    "trace_told",
    _("Say in which records the trace lies and what it looks like."),
    _trace_is_told,
    PRACTICE,
)
TRACE_SETTLED = Gate(
    "trace_settled",
    _("The card says that there is a trace in data: make a rule of it, or reject it with reasons."),
    _trace_settled,
    PRACTICE,
)
LOOKED_BACK = act_done(
    "look_back", _("Nobody has looked back yet: look at the field's figures and say what they show."),
    law=PRACTICE,
)  # fmt: skip
HELD = Gate(
    "field_in_order",
    _("The same came back: take the card up again."),
    lambda seen: not came_back(seen),
    PRACTICE,
)
