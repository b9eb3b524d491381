"""What blocks an act on a report. Pure functions of the snapshot; none of them knows what a report says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, clock_not_running, ledger_done
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

HANDLING = (Law("检举控告工作规则", mark=Mark.REPORTED),)
SECRET = (Law("信访工作条例", "Art. 30, 46(5)"), Law("检举控告工作规则", "Art. 52(3)", Mark.REPORTED))
RETALIATION = (Law("信访工作条例", "Art. 18, 46(6)"), Law("监察法", "Art. 73"))
SEALED_WAYS = frozenset({"counter", "other_line", "package"})
"""Ways on which it comes sealed: there is no paper of it in our safe."""
PRACTICE = (Law("检举控告办理惯例", mark=Mark.PROPOSAL),)


def is_named(seen: Snapshot) -> bool:
    """Return whether whoever reported gave a name."""
    return seen.facts.get("is_named") is True


def by_hand(seen: Snapshot) -> bool:
    """Return whether somebody of ours brought it in, so that what it says can still be sealed here."""
    return seen.facts.get("channel") not in SEALED_WAYS


def _level(seen: Snapshot) -> bool:
    return seen.entered.get("level_asked") != "above"


def _custodian_opens(seen: Snapshot) -> bool:
    named = seen.entered.get("custodian") or ()
    return seen.actor is None or seen.actor in named


def _is_sealed(seen: Snapshot) -> bool:
    return seen.times("arrive") + seen.times("write_in") > 0


def _another(seen: Snapshot) -> bool:
    return seen.actor not in seen.persons("custodian")


def _objection_checked(seen: Snapshot) -> bool:
    return seen.entered.get("objection") is not True or seen.entered.get("new_evidence") is True


def _nothing_open(seen: Snapshot) -> bool:
    return not any(line.state in {"asked", "allowed"} for line in seen.lines("releases"))


LEVEL_OURS = Gate(
    "level_ours",
    _(
        "It belongs above: type nothing. Put the paper into an envelope, seal it, send it to the superior "
        "commission by confidential post, and record one sealed item sent on this date."
    ),
    _level,
    HANDLING,
)
CUSTODIAN_OPENS = Gate(
    "custodian_opens",
    _("Name yourself as the custodian: who takes it in keeps it sealed."),
    _custodian_opens,
    SECRET,
)
IS_SEALED = Gate(
    "is_sealed",
    _("Nothing is sealed here yet: seal what came in first."),
    _is_sealed,
    SECRET,
)
ANOTHER_ALLOWS = Gate(
    "another_allows",
    _("Whoever keeps the identity does not allow its release: a second person does."),
    _another,
    SECRET,
)
EXTRACT_MADE = act_done(
    "make_extract", _("Those who handle it get an extract without the source: make it first."), law=SECRET
)
NO_SOURCE = Gate(
    "no_source",
    _("The extract says that somebody reported: say what is to be looked into, not from whom."),
    lambda seen: not seen.entered.get("source_words"),
    SECRET,
)
OBJECTION_CHECKED = Gate(
    "objection_checked",
    _("An objection was raised: look at what is new in it, then record that."),
    _objection_checked,
    HANDLING,
)
ACKNOWLEDGED = clock_not_running(
    "rep_named_ack",
    _("Whoever gave a name has not been told whether it is taken up: tell them."),
    law=HANDLING,
)
FED_BACK = clock_not_running(
    "rep_named_feedback", _("Whoever gave a name has not been told the result: tell them."), law=HANDLING
)
PROTECTED = ledger_done(
    "protection",
    ("answered",),
    _("A sign of retaliation has no answer: answer every one."),
    law=RETALIATION,
)
NO_RELEASE_OPEN = Gate(
    "no_release_open",
    _("A release of the identity is not decided or not carried out: end it first."),
    _nothing_open,
    SECRET,
)
