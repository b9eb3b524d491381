"""What blocks an act on a lesson. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, act_done_after, ledger_has
from qingfeng.matters.snapshot import Linked, Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("以案促改工作惯例", mark=Mark.PROPOSAL),)
PRIVACY = (Law("个人信息保护法", "Art. 5, 6, 34"),)


def letter_follows(seen: Snapshot) -> bool:
    """Return whether a letter of recommendation is opened here."""
    return seen.facts.get("letter_answer") == "yes"


def rule_follows(seen: Snapshot) -> bool:
    """Return whether a rule is made."""
    return seen.facts.get("rule_answer") == "yes"


def pattern_follows(seen: Snapshot) -> bool:
    """Return whether a pattern card is opened."""
    return seen.facts.get("pattern_answer") == "proposed"


def came_back(seen: Snapshot) -> bool:
    """Return whether the look back found the same again."""
    return seen.facts.get("recurred") == "yes"


def _names_nobody(seen: Snapshot) -> bool:
    return all(one.get("names_nobody") is True for one in seen.entered.get("education") or ())


def _trace_fits(seen: Snapshot) -> bool:
    given = seen.entered.get("pattern_answer")
    return given is None or (given == "no_trace") == (seen.facts.get("data_trace") == "no")


def _has_ended(one: Linked) -> bool:
    """Return whether a measure has ended; a rule that is carried out and a field that is followed go on."""
    if not (one.outward and one.kind == "leads_to" and one.is_open):
        return True
    if one.mechanism == "rule_made":
        return one.stage == "in_force" and one.facts.get("executed") == "yes"
    return one.mechanism == "pattern" and one.stage == "followed"


TWO_DISSECT = Gate(
    "two_dissect",
    _("Name two who dissect the case."),
    lambda seen: len(set(seen.persons("dissector"))) >= 2,
    PRACTICE,
)
NAMES_NOBODY = Gate(
    "names_nobody",
    _("The material leads to somebody: take out what does, then show it."),
    _names_nobody,
    PRIVACY,
)
TRACE_FITS = Gate(
    "trace_fits",
    _(
        "The dissection says whether there is a trace in data: propose a rule for it, or reject one "
        "with reasons."
    ),
    _trace_fits,
    PRACTICE,
)
EDUCATED = ledger_has(
    "education",
    _("Nobody has been warned yet: hold a warning education and record for whom and when."),
    law=PRACTICE,
)
LETTER_ANSWERED = act_done("answer_letter", _("Say whether a letter follows, and why."), law=PRACTICE)
RULE_ANSWERED = act_done("answer_rule", _("Say whether a rule is made, and why."), law=PRACTICE)
PATTERN_ANSWERED = act_done(
    "answer_pattern", _("Say whether a pattern card follows: a rule proposed or rejected, and why."),
    law=PRACTICE,
)  # fmt: skip
LOOKED_BACK = act_done_after(
    "look_back", "accept", _("Nobody has looked back yet: visit the unit and see."), law=PRACTICE
)
HELD = Gate(
    "controls_hold",
    _("The same came back: take the lesson up again."),
    lambda seen: not came_back(seen),
    PRACTICE,
)
MEASURES_ENDED = Gate(
    "links_closed:leads_to",
    _("A letter, a rule or a card that this led to has not ended: wait for it."),
    lambda seen: all(map(_has_ended, seen.links)),
    PRACTICE,
)
