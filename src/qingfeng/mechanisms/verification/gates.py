"""What blocks an act on a verification. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import clock_not_running, clock_over, ledger_done
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("疑点核查工作惯例", mark=Mark.PROPOSAL),)
ALERT = (Law("疑点提示反馈惯例", mark=Mark.REPORTED),)
TWO_PERSONS = (Law("监察法", "Art. 44"),)
HEARING = (Law("监察法", "Art. 5"), Law("政务处分法", "Art. 43"))
NO_AUTOMATON = (Law("个人信息保护法", "Art. 24"),)
SECRECY = (Law("监察法", "Art. 18"),)

FORM_OF = {
    "office": "office_visits",
    "enterprise": "enterprise_visits",
    "resident": "resident_talks",
    "invoice": "invoice_checks",
    "accounts": "account_checks",
    "data": "data_pulls",
    "video": "video_pulls",
}
"""Kind of task → ledger of its record form; the act that records it is `record_<kind>`."""

FOUND = {"confirmed", "partly"}
"""Verdicts by which something was found."""


def is_red(seen: Snapshot) -> bool:
    """Return whether the lead is red."""
    return seen.facts.get("colour") == "red"


def is_yellow(seen: Snapshot) -> bool:
    """Return whether the lead is yellow."""
    return seen.facts.get("colour") == "yellow"


def is_blue(seen: Snapshot) -> bool:
    """Return whether the lead is neither red nor yellow: its turn comes with the next quarterly batch."""
    return not is_red(seen) and not is_yellow(seen)


def video_runs_out(seen: Snapshot) -> bool:
    """Return whether there may be a recording, of a day that is known."""
    return bool(seen.value("video")) and bool(seen.value("happened_on"))


def verdicts(seen: Snapshot) -> list[str]:
    """Return the verdict on every finding, "" where one is missing."""
    return [str(one.facts.get("verdict") or "") for one in seen.lines("labels")]


def verdict_of(labels: list[str]) -> str:
    """Return the verdict on a lead that the verdicts on its findings add up to.

    Confirmed only if every finding is; partly if any was found; else explained before unverifiable
    before refuted: whoever reads "refuted" may rely on all of it being so.
    """
    given = set(labels)
    if given == {"confirmed"}:
        return "confirmed"
    if given & FOUND:
        return "partly"
    return next((one for one in ("explained", "unverifiable") if one in given), "refuted")


def not_received_yet(seen: Snapshot) -> bool:
    """Return whether whoever is about to act has not confirmed yet that the doubt has reached them."""
    return not any(one.act == "confirm_receipt" and one.by == seen.actor for one in seen.done)


def was_asked(seen: Snapshot) -> bool:
    """Return whether the unit was asked."""
    return seen.times("ask_unit") > 0


def is_kept_secret(seen: Snapshot) -> bool:
    """Return whether a leader has approved that the unit is not heard yet."""
    return seen.times("keep_secret") > 0


def nothing_wrong(seen: Snapshot) -> bool:
    """Return whether nothing was found."""
    return seen.facts.get("verdict") not in FOUND


def something_found(seen: Snapshot) -> bool:
    """Return whether something was found."""
    return not nothing_wrong(seen)


def becomes_clue(seen: Snapshot) -> bool:
    """Return whether it is to be registered as a clue; registering decides nothing about anybody."""
    return "clue" in (seen.facts.get("disposition") or ())


def calls_for_letter(seen: Snapshot) -> bool:
    """Return whether a letter of recommendation is proposed."""
    return "letter" in (seen.facts.get("disposition") or ())


def must_correct(seen: Snapshot) -> bool:
    """Return whether the unit was reminded to put something right."""
    return "remind" in (seen.facts.get("disposition") or ())


def _unit_heard(seen: Snapshot) -> bool:
    if is_kept_secret(seen) and not was_asked(seen):
        return True
    order = [one.act for one in seen.done]
    asked = max((place for place, act in enumerate(order) if act == "ask_unit"), default=-1)
    return asked >= 0 and bool({"explain", "note_silence"} & set(order[asked:]))


def _all_answered(seen: Snapshot) -> bool:
    given = seen.entered.get("questions")
    waiting = sum(one.state == "asked" for one in seen.lines("questions"))
    return given is None or len(given) >= waiting


def _two_go(seen: Snapshot) -> bool:
    lines = seen.entered.get("tasks") or ()
    named = set(seen.persons("verifier"))
    return all(len(set(one.get("who") or ())) >= 2 and set(one["who"]) <= named for one in lines)


def _form_fits(seen: Snapshot) -> bool:
    """Whether every record names a task of the kind that is reported on."""
    kinds = {one.get("kind") for one in seen.entered.get("tasks") or ()}
    numbers = {one.no: one.facts.get("kind") for one in seen.lines("tasks")}
    kept = [line for key in FORM_OF.values() for line in seen.entered.get(key) or ()]
    return all(numbers.get(int(one.get("task_no") or 0)) in kinds for one in kept)


def _verdict_fits(seen: Snapshot) -> bool:
    verdict = seen.entered.get("verdict")
    return verdict is None or verdict == verdict_of(verdicts(seen))


def _no_explanation_holds(seen: Snapshot) -> bool:
    holds = any(one.facts.get("holds") == "yes" for one in seen.lines("explanations"))
    return not (holds and seen.entered.get("verdict") == "confirmed")


def _disposal_fits(seen: Snapshot) -> bool:
    given = seen.entered.get("disposition")
    if given is None:
        return True
    return ("clear" in given) == nothing_wrong(seen) and (len(given) == 1 or "clear" not in given)


def _disposal_whole(seen: Snapshot) -> bool:
    given = seen.entered.get("disposition") or ()
    wanted = [("clue", "clue_grounds"), ("remind", "correction"), ("remind", "correct_by")]
    return all(seen.entered.get(key) for word, key in wanted if word in given)


def _names_nobody(seen: Snapshot) -> bool:
    named = seen.entered.get("subject_person") or seen.persons("subject_person")
    return seen.facts.get("tier") != "C" or not named


def _label_given(seen: Snapshot) -> bool:
    lines = seen.lines("labels")
    return bool(lines) and all(
        one.state == "judged" and one.facts.get("verdict") and one.facts.get("verdict_reason")
        for one in lines
    )


def _explanations_ticked(seen: Snapshot) -> bool:
    lines = seen.lines("explanations")
    return bool(lines) and all(
        one.state == "tested" and all(one.facts.get(key) for key in ("tested_how", "holds", "why"))
        for one in lines
    )


LISTED = Gate(
    "listed",
    _("List the findings and the innocent explanations first: each is answered one by one."),
    lambda seen: bool(seen.lines("labels")) and bool(seen.lines("explanations")),
    PRACTICE,
)
TWO_VERIFIERS = Gate(
    "two_verifiers",
    _("The second verifier is missing: nobody verifies alone."),
    lambda seen: len(set(seen.persons("verifier"))) >= 2,
    TWO_PERSONS,
)
TWO_GO = Gate(
    "two_go",
    _("Name two of the verifiers for the task: nobody goes alone, and nobody who was not named here."),
    _two_go,
    TWO_PERSONS,
)
FORM_FITS = Gate(
    "form_fits",
    _("The record belongs to another task: enter the number of the task that you report on."),
    _form_fits,
    PRACTICE,
)
TASKS_DONE = ledger_done(
    "tasks",
    ("done", "dropped"),
    _("A task is still open: report on it, or say why it is not needed."),
    law=PRACTICE,
)
EXPLANATIONS_TICKED = Gate(
    "explanations_ticked",
    _("Innocent explanations are answered one by one: how each was tested, whether it holds, why."),
    _explanations_ticked,
    HEARING,
)
UNIT_NAMED = Gate(
    "unit_named",
    _("No unit is named: name the unit whose records these are."),
    lambda seen: bool(seen.units("unit")),
    HEARING,
)
UNIT_HEARD = Gate(
    "unit_heard",
    _("The unit has not been heard: ask it and wait for its answer, or have a leader approve secrecy."),
    _unit_heard,
    HEARING,
)
NOT_ASKED = Gate(
    "not_asked",
    _("The unit has been asked: it gets a result, not silence. Conclude instead."),
    lambda seen: not was_asked(seen),
    HEARING,
)
ALL_ANSWERED = Gate(
    "all_answered",
    _("Answer every question; for one that you cannot answer, say why."),
    _all_answered,
    HEARING,
)
TIME_IS_OVER = clock_over(
    "alert_escalate", _("The time for the answer has not passed yet: wait, or remind the unit."), law=ALERT
)
VIDEO_SETTLED = clock_not_running(
    "video_expiry",
    _("A recording is running out: copy it now, or say why there is none."),
    law=PRACTICE,
)
LABEL_GIVEN = Gate(
    "label_given",
    _("A finding has no verdict: give each its verdict with a reason; the rules learn from it."),
    _label_given,
    PRACTICE,
)
VERDICT_FITS = Gate(
    "verdict_fits",
    _("The verdict is not what the verdicts on the findings add up to: look at both again."),
    _verdict_fits,
    PRACTICE,
)
NO_EXPLANATION_HOLDS = Gate(
    "no_explanation_holds",
    _("An innocent explanation holds: then the doubt is not confirmed."),
    _no_explanation_holds,
    HEARING,
)
NOTHING_FOUND = Gate(
    "nothing_found",
    _("Something was found: that is concluded and approved, not excluded."),
    lambda seen: not FOUND & set(verdicts(seen)),
    NO_AUTOMATON,
)
NAMES_NOBODY = Gate(
    "names_nobody",
    _("A finding of tier C is a number about a unit: it names no person."),
    _names_nobody,
    HEARING,
)
DISPOSAL_FITS = Gate(
    "disposal_fits",
    _("Where nothing was found the unit is cleared and nothing else follows; where something was, not so."),
    _disposal_fits,
    HEARING,
)
DISPOSAL_WHOLE = Gate(
    "disposal_whole",
    _("Say why it is a clue; for a reminder, what is to be put right and by when."),
    _disposal_whole,
    PRACTICE,
)
KEPT_SECRET = Gate(
    "kept_secret",
    _("Secrecy was not approved here: the unit is told the result."),
    is_kept_secret,
    SECRECY,
)
RESULT_TOLD = Gate(
    "result_told",
    _("The unit has not been told the result: tell it, or have a leader decide to wait."),
    lambda seen: any(seen.times(act) for act in ("tell_result", "clear", "withhold")),
    HEARING,
)
PUT_RIGHT = Gate(
    "put_right",
    _("The unit was to put something right and has not reported it yet."),
    lambda seen: (
        not (must_correct(seen) and seen.times("tell_result")) or seen.times("report_correction") > 0
    ),
    PRACTICE,
)
