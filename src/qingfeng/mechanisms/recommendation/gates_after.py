"""What blocks an act on a letter after it was delivered. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done_after, ledger_done
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.mechanisms.recommendation.gates import PRACTICE, day, place, standing
from qingfeng.mechanisms.recommendation.scale import SCALE, gap_of, grade_of

CLOSING = (Law("报结制工作惯例", mark=Mark.PROPOSAL),)
ONE_EACH = (Law("一书一评估工作惯例", mark=Mark.PROPOSAL),)
CHAIN = (Law("责任链工作惯例", mark=Mark.PROPOSAL),)
LEVELS = ("remind", "written", "talk", "circular")
PASSING = {"excellent", "passed"}
TALK_AFTER = 3


def is_recorded(seen: Snapshot) -> bool:
    """Return whether the house is entering what the records say; nobody else does."""
    return bool(seen.entered.get("records"))


def fires_again(seen: Snapshot) -> bool:
    """Return whether the house is saying that a rule fired again."""
    return bool(seen.entered.get("recurred_on"))


def window_is_over(seen: Snapshot) -> bool:
    """Return whether the time for an objection has passed unused."""
    run = seen.clock("rec_objection")
    return run is not None and run.state == "running" and run.due_on is not None and seen.today > run.due_on


def came_back(seen: Snapshot) -> bool:
    """Return whether the look back found the same again."""
    return seen.facts.get("recurred") == "yes"


def not_adopted(seen: Snapshot) -> bool:
    """Return whether the unit has refused the letter, wholly or in part."""
    return seen.facts.get("adoption") in {"none", "part"}


def to_the_unit(seen: Snapshot) -> bool:
    """Return whether the unit itself is chased."""
    return seen.facts.get("chased") in seen.units("unit")


def to_ourselves(seen: Snapshot) -> bool:
    """Return whether one of our own links is chased."""
    return not to_the_unit(seen)


def _window_open(seen: Snapshot) -> bool:
    run = seen.clock("rec_objection")
    return run is not None and run.state == "running" and (run.due_on is None or seen.today <= run.due_on)


def _problems(seen: Snapshot) -> set[int]:
    return {one.no for one in standing(seen, "problems")}


def _planned(seen: Snapshot) -> bool:
    held = {int(one.facts.get("item_problem") or 0) for one in standing(seen, "items")}
    return bool(held) and held == _problems(seen)


def _items_done(seen: Snapshot) -> bool:
    return bool(standing(seen, "items")) and all(one.state == "done" for one in standing(seen, "items"))


def _items_proved(seen: Snapshot) -> bool:
    return all(one.files and one.facts.get("done_on") for one in standing(seen, "items"))


def _systems_executed(seen: Snapshot) -> bool:
    """Return whether every rule made was carried out at least once, by its line or by its own matter."""
    made = seen.lines("systems")
    own = [one for one in seen.links if one.outward and one.mechanism == "rule_made"]
    if own and len(own) >= len(made) and all(one.facts.get("executed") for one in own):
        return True
    return all(one.state == "executed" for one in made)


def _executed_after(seen: Snapshot) -> bool:
    for one in seen.entered.get("systems") or ():
        done, since = day(one.get("executed_on")), day(one.get("system_from"))
        if done and since and done < since:
            return False
    return True


def _visited(seen: Snapshot) -> bool:
    again = place(seen, "return_report", "recur", "take_up")
    since = seen.done[again - 1].at.date() if again else None
    looked = {
        int(one.facts.get("visit_problem") or 0)
        for one in seen.lines("visits")
        if one.facts.get("visit_on_site") == "yes"
        and (since is None or (day(one.facts.get("visit_on")) or since) >= since)
    }
    return _problems(seen) <= looked


def _level_follows(seen: Snapshot) -> bool:
    level = seen.entered.get("chase_level")
    if not level or level == "remind":
        return True
    before = LEVELS[LEVELS.index(level) - 1]
    whom = seen.entered.get("chased")
    return any(
        one.facts.get("chase_level") == before and one.facts.get("chased") == whom
        for one in seen.lines("chases")
    )


def _talk_held(seen: Snapshot) -> bool:
    returns = [no for no, one in enumerate(seen.done, start=1) if one.act == "return_report"]
    return len(returns) < TALK_AFTER or place(seen, "hold_talk") > returns[TALK_AFTER - 1]


def _sum(prefix: str, total: str) -> Callable[[Snapshot], bool]:
    def holds(seen: Snapshot) -> bool:
        given = seen.entered.get(total)
        return given is None or int(given) == sum(
            int(seen.entered.get(f"{prefix}{key}") or 0) for key, *_rest in SCALE
        )

    return holds


def _grade_fits(seen: Snapshot) -> bool:
    given = seen.entered.get("grade")
    return given is None or given == grade_of(int(seen.entered.get("score") or 0))


def _gap_fits(seen: Snapshot) -> bool:
    given = seen.entered.get("self_gap")
    own = seen.facts.get("self_score")
    return given is None or own is None or given == gap_of(int(own), int(seen.entered.get("score") or 0))


def latest_record(seen: Snapshot) -> str:
    """Return what the records say in the latest line, or ""."""
    lines = seen.lines("records")
    return str(lines[-1].facts.get("says") or "") if lines else ""


def _rerun_told(seen: Snapshot) -> bool:
    if "score" not in seen.entered or not seen.facts.get("rules"):
        return True
    return bool(latest_record(seen)) and seen.entered.get("rerun") == latest_record(seen)


def _records_confirm(seen: Snapshot) -> bool:
    if not seen.facts.get("rules"):
        return True
    says = latest_record(seen)
    if says == "cannot_be_said":
        return seen.entered.get("rests_on_visit", True) is True
    return says == "confirmed"


def _evaluated(seen: Snapshot) -> bool:
    return place(seen, "evaluate") > place(seen, "report") and seen.facts.get("grade") in PASSING


def _objection_closed(seen: Snapshot) -> bool:
    return place(seen, "object") <= place(seen, "keep_letter", "amend_letter", "revoke_letter")


WINDOW_OPEN = Gate(
    "window_open",
    _("The time for an objection has passed; write to the issuing room all the same."),
    _window_open,
    PRACTICE,
)
PLANNED = Gate(
    "planned",
    _("Each problem of the letter needs a measure in the plan: enter one for each number."),
    _planned,
    CLOSING,
)
OBJECTION_CLOSED = Gate(
    "objection_closed", _("An objection is open: decide it first."), _objection_closed, CLOSING
)
ITEMS_DONE = Gate(
    "items_done", _("A measure is not reported as done: report each, with its day."), _items_done, CLOSING
)
ITEMS_PROVED = Gate(
    "items_proved", _("A measure has no proof: attach a paper to each."), _items_proved, CLOSING
)
SYSTEMS_EXECUTED = Gate(
    "systems_executed",
    _("A rule was made and never carried out: enter the record of its first execution."),
    _systems_executed,
    CLOSING,
)
EXECUTED_AFTER = Gate(
    "executed_after",
    _("It was carried out before it was in force: look at the days again."),
    _executed_after,
    CLOSING,
)
CHASES_ANSWERED = ledger_done(
    "chases", ("answered",), _("A chase has no answer: answer each first."), law=CHAIN
)
TALK_HELD = Gate(
    "talk_held",
    _("Sent back three times: the leader talks with the head of the unit first."),
    _talk_held,
    CLOSING,
)
VISITED = Gate(
    "visited",
    _("Each problem needs a visit on site, since it was last sent back: record what was seen there."),
    _visited,
    CHAIN,
)
LEVEL_FOLLOWS = Gate(
    "level_follows",
    _("Chase step by step: the level before this one was not used on them."),
    _level_follows,
    CHAIN,
)
SELF_ADDS_UP = Gate(
    "self_adds_up",
    _("The five scores of your own add up to another number: look at both again."),
    _sum("self_", "self_score"),
    ONE_EACH,
)
SCORE_ADDS_UP = Gate(
    "score_adds_up",
    _("The five scores add up to another number of points: look at both again."),
    _sum("given_", "score"),
    ONE_EACH,
)
GRADE_FITS = Gate("grade_fits", _("The grade does not fit the points."), _grade_fits, ONE_EACH)
GAP_FITS = Gate(
    "gap_fits", _("The gap to the unit's own score is another: count again."), _gap_fits, ONE_EACH
)
RERUN_TOLD = Gate(
    "rerun_told",
    _("The letter names rules: run them over the new records, and enter what the latest line says."),
    _rerun_told,
    ONE_EACH,
)
TWO_EVALUATE = Gate(
    "two_evaluate",
    _("Name two who evaluate."),
    lambda seen: len(set(seen.persons("evaluator"))) >= 2,
    ONE_EACH,
)
EVALUATORS_APART = Gate(
    "evaluators_apart",
    _("At least one evaluator comes from another office than the issuing room: name others."),
    lambda seen: seen.entered.get("outside_evaluators", 1) >= 1,
    ONE_EACH,
)
EXTENSION_ASKED = Gate(
    "extension_asked",
    _("No extension is being asked for: the unit asks first, with its reason."),
    lambda seen: seen.times("ask_extension") > seen.times("grant_extension") + seen.times("refuse_extension"),
    CLOSING,
)
EVALUATED = Gate(
    "evaluated",
    _("There is no evaluation that passed since the report: evaluate it, or send it back."),
    _evaluated,
    ONE_EACH,
)
RECORDS_CONFIRM = Gate(
    "records_confirm",
    _("The records do not confirm the correction: look at the latest line of the comparison."),
    _records_confirm,
    CLOSING,
    overridden_by="principal",
)
LOOKED_BACK = act_done_after(
    "look_back", "strike_off", _("Nobody has looked back yet: visit the unit and see."), law=CLOSING
)
HELD = Gate(
    "correction_holds",
    _("The same came back: take the correction up again."),
    lambda seen: not came_back(seen),
    CLOSING,
)
