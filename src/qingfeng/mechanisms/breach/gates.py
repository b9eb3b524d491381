"""What blocks an act on a breach. Pure functions of the snapshot."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, ledger_done, ledger_has
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("个人信息安全事件处置惯例", mark=Mark.PROPOSAL),)
AT_ONCE = (Law("个人信息保护法", "Art. 57"),)


def authority_is_told(seen: Snapshot) -> bool:
    """Return whether it was decided that the authority is told."""
    return seen.facts.get("tell_authority") == "yes"


def people_are_told(seen: Snapshot) -> bool:
    """Return whether it was decided that the people are told."""
    return seen.facts.get("tell_people") == "yes"


def _said(seen: Snapshot, key: str) -> bool:
    return bool(str(seen.value(key) or "").strip())


def _reasons(seen: Snapshot) -> bool:
    authority = seen.value("tell_authority") != "no" or _said(seen, "authority_why_not")
    return authority and (seen.value("tell_people") != "no" or _said(seen, "people_why_not"))


CONTAINED = act_done("contain", _("Say first what was done at once to stop it."), law=AT_ONCE)
ASSESSED = act_done("assess", _("Say first which data, how many people and what harm."), law=AT_ONCE)
REASONS_GIVEN = Gate(
    "reasons_given",
    _("Who is not told needs a reason: measures that prevent the harm, or a duty that it would hinder."),
    _reasons,
    AT_ONCE,
)
AUTHORITY_NAMED = Gate(
    "authority_named",
    _("Say which authority is told."),
    lambda seen: seen.value("tell_authority") != "yes" or _said(seen, "authority"),
    AT_ONCE,
)
AUTHORITY_TOLD = Gate(
    "authority_told",
    _("The authority is not told yet, as was decided."),
    lambda seen: not authority_is_told(seen) or seen.times("tell_authority_now") > 0,
    AT_ONCE,
)
PEOPLE_TOLD = Gate(
    "people_told",
    _("The people are not told yet, as was decided."),
    lambda seen: not people_are_told(seen) or seen.times("tell_people_now") > 0,
    AT_ONCE,
)
MEASURES_LISTED = ledger_has(
    "measures", _("List at least one measure against its coming again."), law=PRACTICE
)
MEASURES_DONE = ledger_done("measures", ("done",), _("A measure is not done yet."), law=PRACTICE)
