"""What blocks an act on a petition; every sentence is a duty of an office. Pure functions of the snapshot.

Law:
    信访工作条例 Art. 20, 22-23, 27, 31-37, 40
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, act_done_after, done_after, fact_given, ledger_done
from qingfeng.matters.snapshot import Line, Running, Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

RULES = "信访工作条例"
ROUTING = (Law(RULES, "Art. 22"),)
TELLING = (Law(RULES, "Art. 23"),)
TOGETHER = (Law(RULES, "Art. 27"),)
KINDS = (Law(RULES, "Art. 31"),)
OPINIONS = (Law(RULES, "Art. 32"),)
TIME = (Law(RULES, "Art. 34"),)
REVIEWING = (Law(RULES, "Art. 35"),)
RECHECKING = (Law(RULES, "Art. 36"),)
ENDED = (Law(RULES, "Art. 37"),)
VISITS = (Law(RULES, "Art. 20"),)
PRACTICE = (Law("信访事项办理工作惯例", mark=Mark.PROPOSAL),)

MOST_DELEGATES = 5
SUPPORTED = ("all", "part", "taken_up")


def can_be_told(seen: Snapshot) -> bool:
    """Return whether a name and an address are clear enough for an answer."""
    return seen.value("can_be_told") == "yes"


def told_directly(seen: Snapshot) -> bool:
    """Return whether the office that got it first owes the answer."""
    return can_be_told(seen) and seen.value("way") != "transferred"


def told_after_transfer(seen: Snapshot) -> bool:
    """Return whether it was transferred here, and the answer is owed by the office that has it now."""
    return can_be_told(seen) and seen.value("way") == "transferred"


def came_by_counter(seen: Snapshot) -> bool:
    """Return whether the house took it, or what it was split from, in from the counter: no clerk typed it."""
    opened, parted = seen.last("open"), seen.last("kernel.split_off")
    if opened is None:
        return parted is not None and bool(parted.facts.get("by_house"))
    return opened.by is None


def is_heard(seen: Snapshot) -> bool:
    """Return whether something from the counter is being entered; what it is said to may have been merged."""
    return bool(seen.entered.get("dialogue"))


def is_rated(seen: Snapshot) -> bool:
    """Return whether a rating from the counter is being entered, to a petition that came by it."""
    return came_by_counter(seen) and bool(seen.entered.get("rating"))


def was_ended_by_recheck(seen: Snapshot) -> bool:
    """Return whether an earlier petition on the same matter is named."""
    return bool(seen.value("earlier"))


def is_supported(seen: Snapshot) -> bool:
    """Return whether something was supported and must be carried out."""
    return seen.value("supported") in SUPPORTED


def has_day(seen: Snapshot) -> bool:
    """Return whether a day was set by which it is carried out."""
    return is_supported(seen) and bool(seen.value("execute_by"))


def review_is_over(seen: Snapshot) -> bool:
    """Return whether the days in which a review may be asked for have passed and the clock still shows."""
    return (
        _runs(seen, "pet_review_request")
        and _over(seen, "pet_review_request")
        and not _asked_at_counter(seen, "review")
    )


def recheck_is_over(seen: Snapshot) -> bool:
    """Return whether the days for a re-examination have passed and the clock still shows."""
    return (
        _runs(seen, "pet_recheck_request")
        and _over(seen, "pet_recheck_request")
        and not _asked_at_counter(seen, "reexamine")
    )


def _asked_at_counter(seen: Snapshot, what: str) -> bool:
    """Return whether who wrote has asked for a step at the counter, in the time in which they may."""
    run = seen.clock("pet_review_request" if what == "review" else "pet_recheck_request")
    if run is None or run.due_on is None:
        return False
    asked = [one.facts.get("said_on") for one in seen.lines("dialogue") if one.facts.get("said_as") == what]
    return any(run.started_on <= date.fromisoformat(str(on)) <= run.due_on for on in asked if on)


def _runs(seen: Snapshot, clock: str) -> bool:
    run = seen.clock(clock)
    return run is not None and run.state == "running"


def objection_is_over(seen: Snapshot) -> bool:
    """Return whether the five working days of an objection have passed while it could be made."""
    return _runs(seen, "pet_objection_to_transfer") and _over(seen, "pet_objection_to_transfer")


def may_object(seen: Snapshot) -> bool:
    """Return whether the office may still say that a petition is not its own."""
    return _runs(seen, "pet_objection_to_transfer") and not _over(seen, "pet_objection_to_transfer")


def all_done(seen: Snapshot) -> bool:
    """Return whether everything that was supported has been carried out while its clock runs."""
    owed = _still_said(seen)
    return _runs(seen, "execute") and bool(owed) and all(one.state == "done" for one in owed)


OFFICE_CLOCKS = ("plan", "pet_handle", "serve", "execute")
WARNS_AT = 7  # tenths of the time that have passed


def near(seen: Snapshot) -> Running | None:
    """Return the clock of the office that is nearest its end, past seven tenths and not warned about yet."""
    runs = [run for run in seen.clocks if run.key in OFFICE_CLOCKS and run.state == "running" and run.due_on]
    late = [run for run in runs if _passed(run, seen.today) and not _is_warned(seen, run)]
    return min(late, key=lambda run: run.due_on or date.max, default=None)


def needs_warning(seen: Snapshot) -> bool:
    """Return whether a clock of the office calls for a warning slip, and an office has it.

    An office whose objection was right does not lead any more, though another is not named yet.
    """
    return seen.stage != "accepted" and bool(seen.units("lead_unit")) and near(seen) is not None


def _passed(run: Running, today: date) -> bool:
    whole = (run.due_on - run.started_on).days if run.due_on else 0
    return whole > 0 and 10 * (today - run.started_on).days >= WARNS_AT * whole


def _is_warned(seen: Snapshot, run: Running) -> bool:
    warned = (one for one in seen.done if one.act == "warn" and one.facts.get("clock_key") == run.key)
    return any(one.at.date() >= run.started_on for one in warned)


def _apart(seen: Snapshot) -> bool:
    """Whoever handled it, took charge of it, or reviewed it before does not review it."""
    named = set(seen.entered.get("reviewer", ()))
    earlier = set(seen.persons("handler")) | set(seen.persons("leader"))
    if seen.stage == "reviewed":
        earlier |= {one.by for one in seen.done if one.act == "review" and one.by is not None}
    return not named & earlier


def _over(seen: Snapshot, clock: str) -> bool:
    run = seen.clock(clock)
    return run is not None and run.due_on is not None and seen.today > run.due_on


def _wrote_online(seen: Snapshot) -> bool:
    return came_by_counter(seen) and seen.value("way") == "online"


def _is_silent(seen: Snapshot) -> bool:
    return seen.entered.get("satisfied", "no_answer") == "no_answer"


def _has_no_rating(seen: Snapshot) -> bool:
    """Return whether who wrote has not rated this opinion: nobody writes over what they said."""
    return not done_after(seen, "rate", "serve")


def _in_time(seen: Snapshot, clock: str) -> bool:
    run, asked = seen.clock(clock), seen.entered.get("review_asked_on")
    if run is None or run.due_on is None or not asked:
        return True
    return (asked if isinstance(asked, date) else date.fromisoformat(str(asked))) <= run.due_on


def _settled(seen: Snapshot) -> bool:
    """A lawful result is delivered and carried out, or the lawful procedures ended with reasons explained."""
    done = all(line.state == "done" for line in _still_said(seen))
    return done and seen.facts.get("explained") is True


def _windows(seen: Snapshot) -> bool:
    if seen.stage == "served":
        return _over(seen, "pet_review_request") and not _asked_at_counter(seen, "review")
    if seen.stage == "reviewed":
        return _over(seen, "pet_recheck_request") and not _asked_at_counter(seen, "reexamine")
    return True


def _speak_as_they_may(seen: Snapshot) -> bool:
    """Return whether delegates are those of a visit, and more than five who come name who speaks for them."""
    way, speak = seen.entered.get("way"), int(seen.entered.get("delegates") or 0)
    come = int(seen.entered.get("signers") or 0)
    return (speak > 0 or come <= MOST_DELEGATES) if way == "visit" else not speak


def _still_said(seen: Snapshot) -> list[Line]:
    """Return what the office owes by an opinion, without what was dropped when it was taken back."""
    return [one for one in seen.lines("owed") if one.state != "dropped"]


def _owed_entered(seen: Snapshot) -> bool:
    if "supported" not in seen.entered or not is_supported(seen):
        return True
    return bool(seen.entered.get("owed") or _still_said(seen))


def _helped(seen: Snapshot) -> bool:
    return bool(seen.facts.get("help_offered")) and seen.facts.get("help_safety") is True


NO_REPORT = Gate(
    "no_report",
    _(
        "A report on a person is not entered here: choose the line of reports, where who reported and what "
        "is sealed before anybody reads it. Put nothing of its content into this form."
    ),
    lambda seen: seen.entered.get("line") != "report",
    KINDS,
)
FIVE_SPEAK = Gate(
    "five_speak",
    _("At most five speak for a joint visit: enter how many spoke; letters may have any number of signers."),
    _speak_as_they_may,
    VISITS,
)
CLASSIFIED = Gate(
    "classified",
    _("Nobody has said yet which line this is, which came from the counter: decide it first, with a reason."),
    lambda seen: not came_by_counter(seen) or seen.last("classify") is not None,
    KINDS,
)
OFFICE_SPEAKS = Gate(
    "office_speaks",
    _("What is written here is said by the office: what who wrote says comes from the counter itself."),
    lambda seen: all(one.get("said_by", "office") == "office" for one in seen.entered.get("dialogue", ())),
    TELLING,
)
TOLD_AS_IT_CAN = Gate(
    "told_as_it_can",
    _("Name and address are clear: tell the petitioner in writing or on the spot."),
    lambda seen: seen.entered.get("told_how") != "cannot" or not can_be_told(seen),
    TELLING,
)
NOTHING_NEW = Gate(
    "nothing_new",
    _("Read the papers for a new fact first: where there is one, it is taken up and examined."),
    lambda seen: seen.entered.get("nothing_new", True) is True,
    ENDED,
)
LEADER_NAMED = act_done(
    "name_leader",
    _("No leader is in charge of it: name one, by post, with what is to be reached."),
    law=PRACTICE,
)
PARTS_DONE = ledger_done(
    "parts", ("done", "dropped"),
    _("An office that shares in it has not done its part: chase it, or drop the part with a reason."),
    law=TOGETHER,
)  # fmt: skip
EXAMINED = ledger_done(
    "new_facts", ("examined",),
    _("A new fact is not examined: examine it, and say what was found."), law=ENDED,
)  # fmt: skip
SOMETHING_OWED = Gate(
    "something_owed",
    _("The demand is supported: enter what the office owes, by when."),
    _owed_entered,
    OPINIONS,
)
DAY_SET = Gate(
    "day_set",
    _("The demand is supported: set the day by which it is carried out."),
    lambda seen: "supported" not in seen.entered or not is_supported(seen) or bool(seen.value("execute_by")),
    OPINIONS,
)
EXPLAINED = Gate(
    "explained",
    _("Explain the opinion, its reasons and the next remedy to the petitioner when it is served."),
    lambda seen: seen.entered.get("explained", True) is True,
    TOGETHER,
)
REVIEW_IN_TIME = Gate(
    "review_in_time",
    _("The thirty days for a review have passed: tell the petitioner so, and what remains open."),
    lambda seen: _in_time(seen, "pet_review_request"),
    REVIEWING,
)
RECHECK_IN_TIME = Gate(
    "recheck_in_time",
    _("The thirty days for a re-examination have passed: tell the petitioner so, and what remains open."),
    lambda seen: _in_time(seen, "pet_recheck_request"),
    RECHECKING,
)
OPINION_WRITTEN = act_done(
    "issue", _("There is no written opinion: the handling office writes it, two sign."), law=OPINIONS
)
SERVED = act_done_after("serve", "issue", _("The opinion has not been served: serve it."), law=OPINIONS)
EXECUTED = Gate(
    "executed",
    _("What was supported has not been carried out, or was never explained: do what the office owes first."),
    _settled,
    (*OPINIONS, *TOGETHER),
)
WINDOW_OVER = Gate(
    "window_over",
    _("The petitioner can still ask for a review, or has asked: wait for the end of the thirty days."),
    _windows,
    (*REVIEWING, *RECHECKING),
)
HELPED = Gate(
    "helped",
    _("Name the contact, say what help was offered, and ask about dangers to the petitioner."),
    _helped,
    TOGETHER,
)
ASKED = Gate(
    "asked",
    _("The petitioner was not asked about satisfaction: the counter asks, never who handled it."),
    lambda seen: any(done_after(seen, one, "serve") for one in ("ask", "rate")),
    PRACTICE,
)
COUNTER_ASKS = Gate(
    "counter_asks",
    _("Who wrote through the counter says it there: record only that no answer came, where none came."),
    lambda seen: _has_no_rating(seen) and (not _wrote_online(seen) or _is_silent(seen)),
    PRACTICE,
)
HELP_GIVEN = fact_given("help_offered", _("Say what help was offered before the help is ended."), law=ENDED)
REVIEWERS_APART = Gate(
    "reviewers_apart",
    _("Name others: who handled it, took charge of it or reviewed it before does not review it now."),
    _apart,
    (*REVIEWING, *RECHECKING),
)
LEAVES_IT = Gate(
    "leaves_it",
    _("The opinion is revoked: record that it is handled anew."),
    lambda seen: seen.entered.get("review_result", "upheld") in {"upheld", "changed"},
    REVIEWING,
)
REVOKES_IT = Gate(
    "revokes_it",
    _("The opinion stands, or is changed: record the result itself."),
    lambda seen: seen.entered.get("review_result", "revoked") == "revoked",
    REVIEWING,
)
HEARING_BEGUN = act_done_after("begin_hearing", "end_hearing", _("No hearing has begun."), law=RECHECKING)
PROVED = Gate(
    "proved",
    _("Enter the number of the proof, or the proof itself: what is owed is done when papers show it."),
    lambda seen: all(one.get("owed_proof") or one.get("owed_paper") for one in seen.entered.get("owed", ())),
    OPINIONS,
)
FACT_CHANGES = act_done_after(
    "examine_fact", "issue",
    _("No new fact was examined: note it and record what the examination found first."), law=ENDED,
)  # fmt: skip
