"""What blocks an act on an appeal. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.counting import months_after
from qingfeng.matters.gates import act_done
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

REVIEW = (Law("监察法", "Art. 56"),)
NEW_PEOPLE = (Law("监察法", "Art. 56"), Law("政务处分法", "Art. 55-60"))
PARTY = (Law("纪检机关受理党员申诉工作规定", mark=Mark.VERIFY),)
PRACTICE = (Law("申诉复审复核工作惯例", mark=Mark.PROPOSAL),)
LEAST_VOTES = 3
OTHERWISE = {"changed", "revoked"}


def is_kind(kind: str, seen: Snapshot) -> bool:
    """Return whether it is an appeal of a kind."""
    return seen.facts.get("appeal_kind") == kind


def is_appeal(seen: Snapshot) -> bool:
    """Return whether a party member appeals."""
    return is_kind("appeal", seen)


def is_review(seen: Snapshot) -> bool:
    """Return whether a supervisory decision is reviewed for the first time."""
    return is_kind("review", seen)


def is_recheck(seen: Snapshot) -> bool:
    """Return whether a supervisory decision is reviewed for the second time."""
    return is_kind("recheck", seen)


def decided_otherwise(seen: Snapshot) -> bool:
    """Return whether the result was changed, so that what went out is corrected."""
    return seen.facts.get("appeal_result") in OTHERWISE


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def _is_late(seen: Snapshot) -> bool:
    if seen.entered.get("refused_ground") != "late":
        return True
    filed, served = _day(seen.entered.get("appeal_filed_on")), _day(seen.entered.get("served_on"))
    if filed is None or served is None:
        return True
    return seen.entered.get("appeal_kind") != "appeal" and filed > months_after(served, 1)


def _new_reviewers(seen: Snapshot) -> bool:
    chosen = set(seen.entered.get("examiner") or seen.persons("examiner"))
    enough = len(chosen) >= 2 or seen.stage == "accepted"
    return enough and not chosen & set(seen.facts.get("original_hands") or ())


def _several(seen: Snapshot) -> bool:
    return "attended" not in seen.entered or len(set(seen.entered["attended"] or ())) >= LEAST_VOTES


def _all_grounds(seen: Snapshot) -> bool:
    given = seen.entered.get("grounds_answered")
    return given is None or int(given) >= int(seen.facts.get("grounds_count") or 0)


def _corrected(seen: Snapshot) -> bool:
    lines = seen.lines("corrections")
    done = bool(lines) and all(one.state == "corrected" and one.facts.get("corrected_no") for one in lines)
    return done or not decided_otherwise(seen)


LATE = Gate(
    "late",
    _("It did not come late: a party member's appeal has no limit, the others have a month. Take it up."),
    _is_late,
    REVIEW,
)
NEW_REVIEWERS = Gate(
    "new_reviewers",
    _("Name two who examine it and who had no part in the case: handlers and reviewers do not."),
    _new_reviewers,
    NEW_PEOPLE,
)
HEARD = act_done(
    "hear", _("Whoever appeals has not been heard: hear them, or record that they gave it up."), law=REVIEW
)
ALL_GROUNDS = Gate(
    "all_grounds",
    _("A ground of the appeal has no answer: answer every one."),
    _all_grounds,
    NEW_PEOPLE,
)
SEVERAL_DECIDE = Gate(
    "several_decide",
    _(
        "One person does not decide this: record the meeting with at least three who were present "
        "with a vote."
    ),
    _several,
    NEW_PEOPLE,
)
ALL_CORRECTED = Gate(
    "all_corrected",
    _("The result changed: list everything that told the earlier decision, and correct each."),
    _corrected,
    NEW_PEOPLE,
)
