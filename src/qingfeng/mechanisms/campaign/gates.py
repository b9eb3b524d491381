"""What blocks a campaign until its net is closed. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first. What only
the house can find out (`joining.py`) it tells at the act; on the page the latest count speaks.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, ledger_has
from qingfeng.matters.registry import is_known
from qingfeng.matters.snapshot import Linked, Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.mechanisms.campaign.fields import TIMETABLE
from qingfeng.screening.rulebook.somebody import identifies

PRACTICE = (Law("专项治理工作惯例", mark=Mark.PROPOSAL),)
LEAST_DATA = (Law("个人信息保护法", "Art. 5, 6, 34"),)
ASSESSED = (Law("个人信息保护法", "Art. 55, 56"),)
HEARING = (Law("监察法", "Art. 5"), Law("政务处分法", "Art. 43"))
LEAST_LABELLED = 5
"""Findings with a verdict from which on a rule counts as tested [proposal]."""
ACCEPTABLE = {"acceptable", "with_measures"}
STOOD = {"stands", "kept", "closed"}
"""Stages of an assessment that somebody else than its writer has looked at."""
ENDED = {"kept", "closed"}


def day(value: Any) -> date | None:
    """Return a civil date out of what is entered or stored."""
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def out(seen: Snapshot, kind: str) -> list[Linked]:
    """Return the matters to which a campaign leads by a kind of link."""
    return [one for one in seen.links if one.outward and one.kind == kind]


def not_assessed_yet(seen: Snapshot) -> bool:
    """Return whether no assessment of what it means for people is under way or stands."""
    last = next(iter(out(seen, "assessed_by")[::-1]), None)
    return last is None or (last.stage in ENDED and not _is_good(last))


def _is_good(one: Linked) -> bool:
    return one.stage in STOOD and one.facts.get("result") in ACCEPTABLE


def not_staffed_yet(seen: Snapshot) -> bool:
    """Return whether no task force works on it."""
    return not any(one.is_open for one in out(seen, "staffed_by"))


def _period_fits(seen: Snapshot) -> bool:
    first, last = day(seen.value("period_from")), day(seen.value("period_until"))
    return first is None or last is None or first <= last


def _timetable_fits(seen: Snapshot) -> bool:
    days = [found for key in TIMETABLE if (found := day(seen.value(key)))]
    gone = day(seen.value("data_until"))
    return days == sorted(days) and (gone is None or not days or gone > days[-1])


def _units_fit(seen: Snapshot) -> bool:
    return seen.value("scope") != "chosen" or bool(seen.value("units"))


def _assessed(seen: Snapshot) -> bool:
    if not is_known("impact"):  # a house without that room asks nobody for one
        return True
    last = next(iter(out(seen, "assessed_by")[::-1]), None)
    return last is not None and _is_good(last)


def _trace_told(seen: Snapshot) -> bool:
    if seen.entered.get("data_trace") != "yes":
        return True
    return bool(seen.entered.get("trace_tables")) and bool(str(seen.entered.get("trace") or "").strip())


def _traced(seen: Snapshot) -> bool:
    told = str(seen.facts.get("trace") or "").strip()
    return seen.facts.get("data_trace") == "yes" and bool(told) and bool(seen.facts.get("trace_tables"))


def _trick_names_nobody(seen: Snapshot) -> bool:
    said = [str(seen.entered.get(key) or "") for key in ("trick", "why_unseen", "trace", "pilots_told")]
    return not any(identifies(one) for one in said)


def _custody(seen: Snapshot) -> bool:
    if "custody_missing" in seen.entered:
        return not seen.entered["custody_missing"]
    asked = [one for one in out(seen, "asks_for") if one.stage != "dropped"]
    return bool(asked) and all(one.stage in {"received", "deleted"} for one in asked)


def _tested(seen: Snapshot) -> bool:
    if "untested" in seen.entered:
        return not seen.entered["untested"]
    return not untested(seen)


def untested(seen: Snapshot) -> list[str]:
    """Return the campaign's rules of which too few labelled findings stand on record."""
    looked = dict.fromkeys(seen.facts.get("rules") or (), 0)
    for line in seen.lines("rule_tests"):
        rule = str(line.facts.get("tested_rule") or "")
        judged = int(line.facts.get("sample_right") or 0) + int(line.facts.get("sample_wrong") or 0)
        if rule in looked:
            looked[rule] = max(looked[rule], judged)
    return [rule for rule, most in looked.items() if most < LEAST_LABELLED]


def _rules_kept(seen: Snapshot) -> bool:
    if seen.stage != "sweeping" or "rules" not in seen.entered:
        return True
    return set(seen.facts.get("rules") or ()) <= set(seen.entered["rules"] or ())


def _sample_adds_up(seen: Snapshot) -> bool:
    for one in seen.entered.get("rule_tests") or ():
        judged = int(one.get("sample_right") or 0) + int(one.get("sample_wrong") or 0)
        if judged > int(one.get("sample_size") or 0):
            return False
    return True


def latest_count(seen: Snapshot, key: str) -> int | None:
    """Return a figure as it is told at this act, else of the latest count; None before any."""
    if key in seen.entered:
        return int(seen.entered[key])
    lines = seen.lines("counts")
    return int(lines[-1].facts.get(key) or 0) if lines else None


def nothing_left(*keys: str) -> Any:
    """Return a condition that holds where none of some figures is left, by what is told or counted last."""

    def holds(seen: Snapshot) -> bool:
        return all(latest_count(seen, key) == 0 for key in keys)

    return holds


PERIOD_FITS = Gate(
    "period_fits", _("The records end before they begin: look at both days."), _period_fits, PRACTICE
)
TIMETABLE_FITS = Gate(
    "timetable_fits",
    _("The steps follow one another, and the data is gone after the last: put the days in order."),
    _timetable_fits,
    PRACTICE,
)
UNITS_FIT = Gate("units_fit", _("Name the units, or choose all supervised units."), _units_fit, LEAST_DATA)
PLANNED = act_done("write_plan", _("Write the plan first."), law=PRACTICE)
DATA_LISTED = Gate(
    "data_listed",
    _("The list of data is empty: enter each data set with who holds it and why it is needed."),
    lambda seen: any(one.state == "listed" for one in seen.lines("data_list")),
    LEAST_DATA,
)
IMPACT_STANDS = Gate(
    "impact_stands",
    _("The assessment of what it means for people is missing, unfinished, or says no: finish it first."),
    _assessed,
    ASSESSED,
)
TEAM_NAMED = Gate(
    "force_there",
    _("No task force stands yet, or it has no members: let it be formed first."),
    lambda seen: int(seen.entered.get("force_members", 1)) > 0,
    PRACTICE,
)
DIVED = ledger_has(
    "dives", _("No deep dive at a pilot unit is on record: record what was seen there."), law=PRACTICE
)
TRACE_TOLD = Gate(
    "trace_told", _("Say in which records the trace lies and what it looks like."), _trace_told, PRACTICE
)
TRICK_NAMES_NOBODY = Gate(
    "trick_names_nobody",
    _("The text leads to somebody: take out names, plates, numbers of papers and phones."),
    _trick_names_nobody,
    LEAST_DATA,
)
PILOT_REPORTED = act_done("report_pilot", _("Report on the pilots first."), law=PRACTICE)
TRACED = Gate(
    "traced",
    _("No trace in data is documented: say where it lies, or end the campaign."),
    _traced,
    PRACTICE,
)
RULES_SET = Gate(
    "rules_set",
    _("No rule is chosen: turn the trick into rules first."),
    lambda seen: bool(seen.facts.get("rules")),
    PRACTICE,
)
RULES_KEPT = Gate(
    "rules_kept",
    _("A rule that found doubts stays until they are verified: add rules, take none out in step 3."),
    _rules_kept,
    HEARING,
)
RULES_TESTED = Gate(
    "rules_tested",
    _("A rule is not tested on five labelled findings in its present version: count labels, or test it."),
    _tested,
    PRACTICE,
)
SAMPLE_ADDS_UP = Gate(
    "sample_adds_up", _("More findings are judged than were looked at: count again."), _sample_adds_up,
    PRACTICE,
)  # fmt: skip
CUSTODY = Gate(
    "custody",
    _("The custody list of the data is incomplete: a request has no holder, list, hash, or has not arrived."),
    _custody,
    LEAST_DATA,
)
A_VERIFIED = Gate(
    "a_verified",
    _("A doubt of tier A is not verified, or nobody has counted yet: verify all, then have them counted."),
    nothing_left("a_left"),
    HEARING,
)
