"""What blocks an act on a data request. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import ledger_done, named
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("数据调取工作惯例", mark=Mark.PROPOSAL),)
LEAST = (Law("个人信息保护法", "Art. 5, 6, 34"),)
KEPT_SHORT = (Law("个人信息保护法", "Art. 19"),)
ASSESSED_LAW = (Law("个人信息保护法", "Art. 55, 56"),)
SHA256 = re.compile(r"\b[0-9a-fA-F]{64}\b")


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def is_standing(seen: Snapshot) -> bool:
    """Return whether data comes every month, and still does."""
    return seen.facts.get("repeats") == "standing" and seen.times("end_deliveries") == 0


def is_single(seen: Snapshot) -> bool:
    """Return whether data comes once."""
    return seen.facts.get("repeats") != "standing"


def brings_new_kinds(seen: Snapshot) -> bool:
    """Return whether it asks for a table that was never asked for before: an impact assessment opens."""
    return seen.facts.get("pia_new") == "yes"


def _times_given(seen: Snapshot) -> bool:
    key = "delivery_day" if seen.value("repeats") == "standing" else "deliver_by"
    return bool(seen.value(key))


def _periods_fit(seen: Snapshot) -> bool:
    begins, ends, gone = (_day(seen.value(key)) for key in ("period_from", "period_to", "delete_on"))
    delivered = _day(seen.value("deliver_by")) if seen.value("repeats") == "single" else None
    in_order = begins is None or ends is None or begins <= ends
    return in_order and (gone is None or all(one is None or one < gone for one in (ends, delivered)))


def _fit_to_go_out(seen: Snapshot) -> bool:
    return seen.facts.get("pia_result") in {"fit", "measures"}


def _outside_dropped(seen: Snapshot) -> bool:
    lines = seen.entered.get("deliveries") or ()
    return all(not one.get("outside") or one.get("outside_dropped") is True for one in lines)


def _hashed(seen: Snapshot) -> bool:
    return all(SHA256.search(str(one.get("sha256") or "")) for one in seen.entered.get("deliveries") or ())


def _deleted_in_time(seen: Snapshot) -> bool:
    held = (one for one in seen.lines("deliveries") if one.state == "in")
    days = [_day(one.facts.get("delete_on")) for one in held]
    return all(day is None or day >= seen.today for day in days)


def _still_kept(seen: Snapshot) -> bool:
    day = _day(seen.facts.get("delete_on"))
    return day is None or day >= seen.today


def _goes_with_the_request(seen: Snapshot) -> bool:
    last = _day(seen.facts.get("delete_on"))
    days = [_day(one.get("delete_on")) for one in seen.entered.get("deliveries") or ()]
    return last is None or all(day is None or day <= last for day in days)


HOLDER_NAMED = named("holder", _("Nobody holds it yet: name the holder of the data."), law=PRACTICE)
IMPACT_NOT_REFUSED = Gate(
    "impact_not_refused",
    _("The impact assessment says that it must not be done like this: do not ask for it, or change it."),
    lambda seen: (
        not any(
            one.outward and one.mechanism == "impact" and one.facts.get("result") == "not_acceptable"
            for one in seen.links
        )
    ),
    ASSESSED_LAW,
)
COLUMNS_LISTED = Gate(
    "columns_listed",
    _("No column is listed: choose the fewest that do, each with what it is needed for."),
    lambda seen: any(one.state == "asked" for one in seen.lines("columns")),
    LEAST,
)
TIMES_GIVEN = Gate(
    "times_given",
    _("Say when it is delivered: a day of the month if every month, else the last day."),
    _times_given,
    PRACTICE,
)
PERIODS_FIT = Gate(
    "periods_fit",
    _("The days do not fit: records end after they begin, and data is deleted after it has come."),
    _periods_fit,
    KEPT_SHORT,
)
ANSWERABLE = Gate(
    "answerable",
    _("Nobody answers for it at the holder: enter the post and the name."),
    lambda seen: bool(seen.value("answerable")),
    PRACTICE,
)
ASSESSED = Gate(
    "assessed",
    _("The assessment of what it means for people is missing, or says that it must not go out like this."),
    _fit_to_go_out,
    ASSESSED_LAW,
)
OUTSIDE_DROPPED = Gate(
    "outside_dropped",
    _("Columns that were not asked for have come: drop them at the gate before you take it in."),
    _outside_dropped,
    LEAST,
)
HASHED = Gate(
    "hashed",
    _("Enter the SHA-256 of what has come: 64 signs of 0 to 9 and a to f."),
    _hashed,
    PRACTICE,
)
DELETED_IN_TIME = Gate(
    "deleted_in_time",
    _("The day of deletion has passed without proof: delete what is overdue and record it first."),
    lambda seen: _deleted_in_time(seen) and _still_kept(seen),
    KEPT_SHORT,
)
WITHIN_THE_REQUEST = Gate(
    "within_the_request",
    _("A delivery is deleted no later than the request says."),
    _goes_with_the_request,
    KEPT_SHORT,
)
ALL_DELETED = ledger_done(
    "deliveries",
    ("deleted",),
    _("Something is still kept: delete it and record the proof."),
    law=KEPT_SHORT,
)
NOTHING_TO_COME = Gate(
    "nothing_to_come",
    _("Data still comes every month: end the deliveries first."),
    lambda seen: not is_standing(seen),
    PRACTICE,
)
