"""What blocks an act on a course. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import entered_fit, links_closed, named
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("小特精课程工作惯例", mark=Mark.PROPOSAL),)
PRIVACY = (Law("个人信息保护法", "Art. 5, 6"), Law("监察法", "Art. 18"))
REVIEWS = ("clear_secrecy", "clear_redaction")


def standing(seen: Snapshot) -> list[Mapping[str, Any]]:
    """Return the facts of the material that was not struck."""
    return [one.facts for one in seen.lines("materials") if one.state != "struck"]


def _tells_nobody(seen: Snapshot) -> bool:
    return not seen.entered.get("tells_who")


def _apart(seen: Snapshot) -> bool:
    teachers = set(seen.entered.get("teacher", seen.persons("teacher")))
    reviewers = [*seen.entered.get("secrecy", seen.persons("secrecy")),
                 *seen.entered.get("redactor", seen.persons("redactor"))]  # fmt: skip
    return not teachers & set(reviewers) and len(set(reviewers)) == len(reviewers)


def _reviewed(seen: Snapshot) -> bool:
    keys = [one.act for one in seen.done]
    since = max((no for no, key in enumerate(keys) if key == "hand_in"), default=-1)
    return all(key in keys[since + 1 :] for key in REVIEWS)


def _adds_up(one: Mapping[str, Any]) -> bool:
    invited, came = one.get("invited"), one.get("came")
    return invited is None or came is None or int(came) <= int(invited)


def _feedback_adds_up(seen: Snapshot) -> bool:
    sheets = seen.entered.get("sheets")
    if sheets is None:
        return True
    return all(int(seen.entered.get(key) or 0) <= int(sheets) for key in ("useful", "applied"))


def _tested(seen: Snapshot) -> bool:
    return seen.last("test") is not None or seen.last("skip_test") is not None


def _claims_what_was_read(seen: Snapshot) -> bool:
    read = all(seen.entered.get(key) for key in ("before_value", "after_value"))
    said = seen.entered.get("effect")
    return said in (None, "cannot_say") or (read and (said != "seen" or bool(seen.entered.get("is_seen"))))


TEACHER_APART = Gate(
    "reviewers_apart",
    _("Who teaches does not review, and the two reviews are by two people: name others."),
    _apart,
    PRIVACY,
)
HAS_HANDS = named("teacher", _("Name who teaches: somebody who does this work."), law=PRACTICE)
HAS_MATERIAL = Gate(
    "has_material",
    _("There is no material: add what is shown, and an exercise."),
    lambda seen: {"exercise"} < {str(one.get("material_kind")) for one in standing(seen)},
    PRACTICE,
)
TELLS_NOBODY = Gate(
    "tells_nobody",
    _("The material tells who somebody is, or names a unit: take that out of text and files, then go on."),
    _tells_nobody,
    PRIVACY,
)
SECRECY_SAID = Gate(
    "holds_no_secret",
    _("It may hold something secret: send it back with what is to be taken out."),
    lambda seen: seen.entered.get("holds_no_secret", True) is True,
    PRIVACY,
)
REDACTED = Gate(
    "is_redacted",
    _("Somebody can still be made out: send it back with what is to be taken out."),
    lambda seen: seen.entered.get("is_redacted", True) is True,
    PRIVACY,
)
BOTH_REVIEWED = Gate(
    "both_reviewed",
    _("Both reviews, of secrecy and of redaction, must find this material in order."),
    _reviewed,
    PRIVACY,
)
ATTENDANCE_FITS = entered_fit(
    "attendance_fits",
    "sessions",
    _adds_up,
    says=_("More came than were invited: correct one of the two."),
    law=PRACTICE,
)
TESTED = Gate(
    "tested",
    _("Nobody was asked what they learnt: open the quiz, or say why there is none."),
    _tested,
    PRACTICE,
)
QUIZ_ENDED = links_closed("tested_by", _("The quiz is still open: close it first."), law=PRACTICE)
FEEDBACK_ADDS_UP = Gate(
    "feedback_adds_up",
    _("More said yes than there are sheets: correct the numbers."),
    _feedback_adds_up,
    PRACTICE,
)
EFFECT_NOT_CLAIMED = Gate(
    "effect_not_claimed",
    _(
        "A change is seen only where a share was read before and after and its interval leaves no zero: else"
        " say that none is seen, or that it cannot be said."
    ),
    _claims_what_was_read,
    PRACTICE,
)
