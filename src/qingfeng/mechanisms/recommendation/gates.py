"""What blocks an act on a letter until it is delivered. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, ledger_done, named
from qingfeng.matters.snapshot import Line, Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("纪检监察建议工作惯例", mark=Mark.PROPOSAL),)
STEPS = (Law("“三专三提”工作惯例", mark=Mark.PROPOSAL),)
ADOPTION = (Law("监察法", "Art. 71"), Law("政务处分法", "Art. 61"))
POWER = (Law("监察法", "Art. 13"),)
PRIVACY = (Law("个人信息保护法", "Art. 5, 6, 34"),)
SECRETS = (Law("保守国家秘密法"),)
LEAST_SCORE = 70


def place(seen: Snapshot, *acts: str) -> int:
    """Return the place of the latest of some acts in the story, from 1; 0 where there is none."""
    return max((no for no, one in enumerate(seen.done, start=1) if one.act in acts), default=0)


def standing(seen: Snapshot, ledger: str) -> list[Line]:
    """Return the lines of a ledger that were not struck."""
    return [one for one in seen.lines(ledger) if one.state != "struck"]


def day(value: Any) -> date | None:
    """Return a civil date out of what is entered or stored."""
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def is_instrument(key: str) -> Any:
    """Return a condition that holds for letters of an instrument."""

    def holds(seen: Snapshot) -> bool:
        return seen.facts.get("instrument") == key

    return holds


def _yes(*keys: str) -> Any:
    def holds(seen: Snapshot) -> bool:
        return all(seen.entered.get(key, "yes") == "yes" for key in keys)

    return holds


WROTE = ("draft", "list_problem", "rewrite_problem", "list_proposal", "rewrite_proposal", "strike_problem",
         "strike_proposal")  # fmt: skip


def _team_signs(seen: Snapshot) -> bool:
    if "issuer" not in seen.entered:
        return True
    signs = bool(seen.entered.get("signing_team") or ())
    return signs == (seen.entered["issuer"] == "team")


def _matched(seen: Snapshot) -> bool:
    problems = {one.no for one in standing(seen, "problems")}
    answered = {int(one.facts.get("for_problem") or 0) for one in standing(seen, "proposals")}
    return bool(problems) and problems == answered


def _rules_or_why(seen: Snapshot) -> bool:
    if "tolerance" not in seen.entered and "tolerance" not in seen.facts:
        return True
    return bool(seen.value("rules")) or bool(str(seen.value("no_rule_why") or "").strip())


def _months_in_order(seen: Snapshot) -> bool:
    first, last = day(seen.value("trigger_from")), day(seen.value("trigger_until"))
    if first is None or last is None:
        return first is last and not seen.value("rules")
    return first <= last


def _mend_by_ahead(seen: Snapshot) -> bool:
    last = day(seen.entered.get("mend_by"))
    return last is None or last > seen.today


def _since_draft(act: str) -> Any:
    def holds(seen: Snapshot) -> bool:
        return place(seen, act) > place(seen, *WROTE)

    return holds


def _good_enough(seen: Snapshot) -> bool:
    return _since_draft("score_draft")(seen) and int(seen.facts.get("draft_score") or 0) >= LEAST_SCORE


TEAM_SIGNS = Gate(
    "team_signs",
    _("Name the resident team that issues in its own name, and none where the commission issues."),
    _team_signs,
    POWER,
)
UNIT_NAMED = named("unit", _("Name the unit that receives the letter."), law=PRACTICE)
ROWS_NAMED = Gate(
    "rows_named",
    _("Name the issuing room, the tracking team and the chasing office: four links, each with its owner."),
    lambda seen: all(seen.units(role) for role in ("issuing_room", "tracking_unit", "chasing_office")),
    PRACTICE,
)
TWO_DRAFTERS = named("drafter", _("Name two who draft: one of the team, and a second."), least=2, law=STEPS)
TWO_EXAMINERS = named(
    "examiner", _("Name two who review the letter: trial room and office."), least=2, law=STEPS
)
EXAMINERS_APART = Gate(
    "examiners_apart",
    _("Whoever drafts the letter does not review it: name others."),
    lambda seen: (
        not (
            set(seen.entered.get("drafter") or seen.persons("drafter"))
            & set(seen.entered.get("examiner") or seen.persons("examiner"))
        )
    ),
    STEPS,
)
NOT_SECRET = Gate(
    "not_secret",
    _("This letter is secret: send it by the confidential channel; it is not entered here."),
    lambda seen: seen.entered.get("not_secret", True) is True,
    SECRETS,
)
RULES_OR_WHY = Gate(
    "rules_or_why",
    _("Name the rules that show the problems in the records, or say why none fits."),
    _rules_or_why,
    PRACTICE,
)
MONTHS_IN_ORDER = Gate(
    "months_in_order",
    _("Give the first and the last day of the months that gave rise to the letter, in order."),
    _months_in_order,
    PRACTICE,
)
MEND_BY_AHEAD = Gate(
    "mend_by_ahead", _("The day of correction lies ahead: choose a later one."), _mend_by_ahead, PRACTICE
)
DRAFTED = act_done("draft", _("Write the letter first."), law=STEPS)
JOINED_EARLY = act_done(
    "join_early", _("The review has not joined the drafting yet: let it look early and record it."), law=STEPS
)
MATCHED = Gate(
    "matched",
    _("Each problem needs a recommendation, and each recommendation a problem: look at the numbers."),
    _matched,
    PRACTICE,
)
COMPARED = Gate(
    "compared",
    _("Have the house compare this very text first: it changed, or nobody has compared it."),
    _since_draft("compare"),
    STEPS,
)
WARNINGS_ANSWERED = ledger_done(
    "warnings", ("answered",), _("A warning has no answer: answer each with a reason."), law=STEPS
)
NOTHING_TO_REWRITE = Gate(
    "nothing_to_rewrite",
    _("A part is to be rewritten: send the letter back to its drafters."),
    lambda seen: (
        not any(
            one.facts.get("answer_kind") == "rewritten" and one.no > _last_compared(seen)
            for one in seen.lines("warnings")
        )
    ),
    STEPS,
)
CHECKED_EVIDENCE = Gate(
    "checked_evidence", _("A problem without evidence is no problem: send it back."), _yes("evidenced"), STEPS
)
CHECKED_DOABLE = Gate(
    "checked_doable",
    _("This unit cannot do what is recommended: send it back."),
    _yes("doable", "within_power"),
    POWER,
)
CHECKED_PRIVACY = Gate(
    "checked_privacy",
    _("The letter says more about persons than it needs: send it back."),
    _yes("no_more_data"),
    PRIVACY,
)
GOOD_ENOUGH = Gate(
    "good_enough",
    _("The draft has no quality score of 70 or more since it was last changed: score it, or send it back."),
    _good_enough,
    STEPS,
)
ALL_STEPS = Gate(
    "all_steps",
    _("One of the six gates is not passed since the letter was last changed: look at them on the page."),
    lambda seen: (
        bool(place(seen, "weigh") and place(seen, "assign_rows") and place(seen, "join_early"))
        and place(seen, *WROTE) < place(seen, "pass_review") < place(seen, "approve")
    ),
    STEPS,
)
SIGNED_FOR = Gate(
    "signed_for",
    _("A letter is delivered in the open and signed for: attach the signed certificate."),
    lambda seen: "served_paper" not in seen.entered or bool(seen.entered["served_paper"]),
    PRACTICE,
)


def _last_compared(seen: Snapshot) -> int:
    """Return how many warnings stood before the latest comparison."""
    last = seen.last("compare")
    if last is None:
        return 0
    numbers = [one[1] for one in last.facts.get("lines", ()) if one[0] == "warnings"]
    return min(numbers) - 1 if numbers else len(seen.lines("warnings"))
