"""What was looked at before anything was said of a correction: a list, each with its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.desk.letters.words import language, months_in_words
from qingfeng.findings.confirming import Compared
from qingfeng.screening.correction.judging import LEAST_MONTHS, SAME_SUBJECTS


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What.
        answer: What was found.
        is_in_doubt: Whether it stands in the way of an answer, or says that findings moved.
    """

    name: Any
    answer: str
    is_in_doubt: bool = False


def checks_of(told: Compared) -> list[Check]:
    """Return what was checked, in the order of weight."""
    if not told.facts.rules:
        return []
    return [*_records(told), *_elsewhere(told), *_compared_with(told)]


def _records(told: Compared) -> Iterator[Check]:
    looked, records = told.checked, told.checked.records
    for rule, why in sorted(records.not_run.items()):
        says = _("Did not run: %(why)s.") % {"why": why[0] if language() == "en" else why[1]}
        yield Check(told.titles.get(rule, rule), says, is_in_doubt=True)
    if records.missing_sources:
        says = _("No records any more from: %(gone)s.") % {"gone": "、".join(records.missing_sources)}
        yield Check(_("The same sources"), says, is_in_doubt=True)
    else:
        held = "、".join(looked.sources) or "—"
        yield Check(_("The same sources"), _("Before and after from: %(held)s.") % {"held": held})
    yield _months(told)
    yield _subjects(told)
    if records.self_supplied:
        yield Check(_("Who brought the records"), _("The unit itself brought them."), is_in_doubt=True)
    else:
        known = "、".join(looked.suppliers)
        says = _("%(known)s, not the unit itself.") % {"known": known} if known else _("Not the unit itself.")
        yield Check(_("Who brought the records"), says)


def _months(told: Compared) -> Check:
    after, missing = told.periods.after, told.checked.records.missing_months
    if missing:
        says = _("Nothing has come of: %(months)s.") % {"months": "、".join(missing)}
        return Check(_("Months after"), says, is_in_doubt=True)
    says = ngettext(
        "%(count)d whole month (%(months)s); at least %(least)d are needed.",
        "%(count)d whole months (%(months)s); at least %(least)d are needed.",
        len(after),
    ) % {"count": len(after), "months": months_in_words(after) or "—", "least": LEAST_MONTHS}
    return Check(_("Months after"), says, is_in_doubt=len(after) < LEAST_MONTHS)


def _subjects(told: Compared) -> Check:
    looked = told.checked
    share = looked.records.same_subjects
    if share is None:
        return Check(_("The same vehicles and cards"), _("These rules are not about vehicles or cards."))
    says = _("%(still)d of %(before)d that were regular before are still there.") % {
        "still": looked.subjects_still,
        "before": looked.subjects_before,
    }
    return Check(_("The same vehicles and cards"), says, is_in_doubt=share < SAME_SUBJECTS)


def _elsewhere(told: Compared) -> Iterator[Check]:
    moved = {values.get("rule") for key, values in told.verdict.because if key == "just_under"}
    for rule, (before, after) in sorted(told.checked.records.just_under.items()):
        says = _("%(before)s of 100 records before, %(after)s after.") % {
            "before": f"{before.rate * 100:.1f}",
            "after": f"{after.rate * 100:.1f}",
        }
        name = _("Just under the threshold: %(rule)s") % {"rule": told.titles.get(rule, rule)}
        yield Check(name, says, is_in_doubt=rule in moved)
    for rule in told.checked.without_margin:
        name = _("Just under the threshold: %(rule)s") % {"rule": told.titles.get(rule, rule)}
        yield Check(name, _("This rule has no threshold that one could keep just under."))
    for rule in told.facts.neighbours:
        change = told.verdict.changes[rule]
        name = _("Come up elsewhere: %(rule)s") % {"rule": told.titles.get(rule, rule)}
        says = _("%(found)d found, %(expected)s to be expected.") % {
            "found": change.after.found,
            "expected": f"{change.expected:.1f}",
        }
        yield Check(name, says, is_in_doubt=bool(change.low > 1 and change.after.found))
    if not told.facts.neighbours:
        yield Check(_("Come up elsewhere"), _("The letter names no rule into which it could move."))


def _compared_with(told: Compared) -> Iterator[Check]:
    peers = told.peers
    said = {
        "kind": _("%(count)d units of the same kind (%(kind)s) with records in both periods."),
        "all": _("All %(count)d units with records in both periods: too few are of the same kind."),
        "none": _("There are none: only the unit's own months count."),
    }[peers.how] % {"count": len(peers.units), "kind": peers.kind}
    if peers.left_out:
        said += ngettext(
            " %(count)d is left out: it has a letter of its own about this.",
            " %(count)d are left out: they have letters of their own about this.",
            peers.left_out,
        ) % {"count": peers.left_out}
    yield Check(_("Comparable units"), said)
    trigger = months_in_words(told.periods.trigger)
    says = _("%(before)s; the months that gave rise to the letter (%(trigger)s) are left out.") % {
        "before": months_in_words(told.periods.before) or "—",
        "trigger": trigger or "—",
    }
    yield Check(_("Months before"), says)
    yield Check(
        _("Tolerated"),
        _("%(percent)d of 100 findings that were to be expected.")
        % {"percent": round(told.facts.tolerance * 100)},
    )
