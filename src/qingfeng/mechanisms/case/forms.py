"""The four forms of handling (四种形态), sanctions, and the scale of the quality review (案件质量评查).

Law:
    中国共产党党内监督条例 Art. 7 [verify]; 政务处分法 Art. 7; 中国共产党纪律处分条例 [verify]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

FOUR_FORMS = (
    ("first", _("First form: talk, criticism and education")),
    ("second", _("Second form: light sanction, change of post")),
    ("third", _("Third form: heavy sanction, major change of post")),
    ("fourth", _("Fourth form: suspected crime, handed to the judiciary")),
)

STATE_SANCTIONS = (
    ("warning", _("Warning")),
    ("demerit", _("Demerit")),
    ("major_demerit", _("Major demerit")),
    ("demotion", _("Demotion")),
    ("removal", _("Removal from post")),
    ("discharge", _("Discharge")),
)

PARTY_SANCTIONS = (
    ("party_warning", _("Party warning")),
    ("party_serious_warning", _("Serious party warning")),
    ("party_removal", _("Removal from party posts")),
    ("party_probation", _("Probation within the party")),
    ("party_expulsion", _("Expulsion from the party")),
)

SCALE = {
    "score_evidence": 30,
    "score_character": 20,
    "score_procedure": 20,
    "score_papers": 10,
    "score_property": 10,
    "score_rights": 10,
}
"""What a review gives at most for each aspect; 100 in all [verify; weights proposal]."""

EXCELLENT, SOUND = 90, 70


def is_heavier(after: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Return whether a measure weighs more than another in any of its three parts.

    Args:
        after: `form`, `state_sanction`, `party_sanction`; None or absent for none.
        before: The same.
    """
    ladders = (("form", FOUR_FORMS), ("state_sanction", STATE_SANCTIONS), ("party_sanction", PARTY_SANCTIONS))

    def rungs(one: Mapping[str, Any]) -> list[int]:
        return [["", *dict(steps)].index(one.get(key) or "") for key, steps in ladders]

    return any(new > old for new, old in zip(rungs(after), rungs(before), strict=True))


def grade_of(score: int, vetoes: Any) -> str:
    """Return the grade of a review: a veto fails it, whatever the points."""
    if vetoes:
        return "failed"
    return "excellent" if score >= EXCELLENT else "sound" if score >= SOUND else "failed"
