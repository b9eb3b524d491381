"""What blocks a self-check. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import clock_over, ledger_done
from qingfeng.matters.snapshot import Line, Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.screening.rulebook.somebody import identifies

PRACTICE = (Law("自查自纠工作惯例", mark=Mark.PROPOSAL),)
MITIGATION = (Law("政务处分法", "Art. 11"),)
PRIVACY = (Law("个人信息保护法", "Art. 5, 6"),)
TEXTS = ("admitted", "admitted_cause", "measure")


def standing(seen: Snapshot) -> list[Line]:
    """Return the problems that the unit reported and did not strike again."""
    return [one for one in seen.lines("admissions") if one.state != "struck"]


def has_problems(seen: Snapshot) -> bool:
    """Return whether the unit reported a problem."""
    return bool(standing(seen))


def _days_fit(seen: Snapshot) -> bool:
    lines = seen.entered.get("admissions") or ()
    return all(
        not one.get("admitted_until") or str(one["admitted_from"]) <= str(one["admitted_until"])
        for one in lines
    )


def _names_nobody(seen: Snapshot) -> bool:
    lines = seen.entered.get("admissions") or ()
    return not any(identifies(str(one.get(key) or "")) for one in lines for key in TEXTS)


def _answer_fits(seen: Snapshot) -> bool:
    answer = seen.entered.get("found_any")
    return answer is None or (answer == "yes") == has_problems(seen)


def _proved(seen: Snapshot) -> bool:
    return all(one.files for one in seen.lines("admissions") if one.state == "put_right")


DAYS_FIT = Gate("days_fit", _("It ended before it began: look at both days."), _days_fit, PRACTICE)
NAMES_NOBODY = Gate(
    "names_nobody",
    _("The text holds the number of a person, phone, account or vehicle: write the post instead."),
    _names_nobody,
    PRIVACY,
)
ANSWER_FITS = Gate(
    "answer_fits",
    _("The answer and the list do not agree: enter what was found, or strike what was not."),
    _answer_fits,
    PRACTICE,
)
SIGNED = Gate(
    "signed_by_head",
    _("The head of the unit signs the form: attach the signed sheet."),
    lambda seen: "signed_form" not in seen.entered or bool(seen.entered["signed_form"]),
    PRACTICE,
)
TIME_IS_OVER = clock_over("report", _("The unit still has time to report: wait, or remind it."), law=PRACTICE)
PUT_RIGHT = ledger_done(
    "admissions",
    ("put_right", "struck"),
    _("A problem that the unit reported is not put right: wait for its report with papers."),
    law=PRACTICE,
)
PROVED = Gate(
    "put_right_proved",
    _("A problem was reported as put right without a paper: ask for it."),
    _proved,
    PRACTICE,
)
