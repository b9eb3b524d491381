"""What blocks an act on a deployment. Pure functions of the snapshot."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import named
from qingfeng.matters.snapshot import Linked, Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("部署要求落实台账工作惯例", mark=Mark.PROPOSAL),)


def citing(seen: Snapshot) -> list[Linked]:
    """Return the matters that cite it: goals, projects, directives, campaigns, whatever else."""
    return [one for one in seen.links if one.kind == "cites" and not one.outward]


RESPONSIBLE_NAMED = named("responsible", _("Name the office that answers for it."), law=PRACTICE)
CITED = Gate(
    "cited",
    _(
        "Nothing cites this clause: link the goal, project, directive or campaign that carries it out. "
        "Where none is needed, the leader in charge says why."
    ),
    lambda seen: bool(citing(seen)),
    PRACTICE,
    overridden_by="deputy",
)
ENDED = Gate(
    "citing_ended",
    _("What cites this clause is still open: carry it to its end first."),
    lambda seen: not any(one.is_open for one in citing(seen)),
    PRACTICE,
)
