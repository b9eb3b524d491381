"""Forms of accountability (问责方式) and sanctions, with how heavy each is and how long its effects last.

Law:
    中国共产党问责条例 (2019) [verify]; 政务处分法 Art. 7, 8; 中国共产党纪律处分条例 [verify]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

FOR_ORGANISATIONS = (
    ("org_inspect", _("Organisation: written self-examination")),
    ("org_circular", _("Organisation: circular criticism")),
    ("org_reorganise", _("Organisation: reorganisation")),
)
FOR_LEADERS = (
    ("circular", _("Leader: circular criticism")),
    ("admonish", _("Leader: admonition")),
    ("adjust", _("Leader: transfer or organisational handling")),
    ("discipline", _("Leader: disciplinary sanction")),
)
FORMS = (*FOR_ORGANISATIONS, *FOR_LEADERS)
WEIGHT = {
    "": 0,
    "org_inspect": 1,
    "org_circular": 2,
    "org_reorganise": 3,
    "circular": 1,
    "admonish": 2,
    "adjust": 3,
    "discipline": 4,
}

STATE_SANCTIONS = (
    ("warning", _("Warning")),
    ("demerit", _("Demerit")),
    ("major_demerit", _("Major demerit")),
    ("demotion", _("Demotion")),
    ("removal", _("Removal from post")),
    ("discharge", _("Discharge")),
)
INFLUENCE_MONTHS = {"warning": 6, "demerit": 12, "major_demerit": 18, "demotion": 24, "removal": 24}
"""Months for which a state sanction has effects; a discharge ends the relation itself (政务处分法 Art. 8)."""

PARTY_SANCTIONS = (
    ("party_warning", _("Party warning")),
    ("party_serious_warning", _("Serious party warning")),
    ("party_removal", _("Removal from party posts")),
    ("party_probation", _("Probation within the party")),
    ("party_expulsion", _("Expulsion from the party")),
)


def is_heavier(after: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Return whether a measure weighs more than another in any of its three parts.

    Args:
        after: `form`, `state_sanction`, `party_sanction`; None or absent for none.
        before: The same.
    """
    state = ["", *(key for key, _words in STATE_SANCTIONS)]
    party = ["", *(key for key, _words in PARTY_SANCTIONS)]

    def weights(one: Mapping[str, Any]) -> tuple[int, int, int]:
        return (
            WEIGHT[one.get("form") or ""],
            state.index(one.get("state_sanction") or ""),
            party.index(one.get("party_sanction") or ""),
        )

    return any(new > old for new, old in zip(weights(after), weights(before), strict=True))
