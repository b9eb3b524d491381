"""What is done with a round: drafted, opened, extended, closed, finished. Each is in the journal.

What a voter does stands in none of it: taking a token is a mark on the roll, and a ballot is nowhere at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.appraisal import board, box, defaults, results, rosters, spool, tokens
from qingfeng.appraisal.models import Box, Due, Form, Rated, Remark, Roll, Round, Slate
from qingfeng.journal.store import append
from qingfeng.matters.notices import tell
from qingfeng.matters.today import today
from qingfeng.organization.calendar import work_calendar_of
from qingfeng.organization.models import Unit
from qingfeng.screening.errors import Problem

State: Any = Round.State
ANSWER_DAYS = 5
"""Workdays in which a person may answer the own result. [proposal: M29]"""

NAMED = 5
"""People named at most where something is missing of many."""
REMIND_BEFORE = (3, 0)
"""Days before the last one on which the house reminds by itself."""


@dataclass(frozen=True)
class Planned:
    """What a round is to be.

    Attributes:
        title: Its name.
        from_on: First day.
        until_on: Last day, inclusive.
        units: Whose people are evaluated.
        forms: As `defaults.forms()`: key, weight, dimensions.
    """

    title: str
    from_on: date
    until_on: date
    units: tuple[int, ...]
    forms: tuple[Mapping[str, Any], ...]


def note(kind: str, round_: Round, by: int | None, facts: Mapping[str, Any] | None = None) -> None:
    """Write into the journal what was done with a round; never what a voter did."""
    who = f"person:{by}" if by else "house"
    with transaction.atomic():
        append(f"appraisal.{kind}", subject=f"appraisal:{round_.code}", by=who, facts=dict(facts or {}))


def draft(planned: Planned, *, by: int) -> Round:
    """Prepare a round and lay out its rolls.

    Raises:
        Problem: If its days run backwards, weights do not make a hundred, or nobody would be evaluated.
    """
    try:
        return _drafted(planned, by)
    except IntegrityError:  # somebody took the same number at the same moment
        return _drafted(planned, by)


def _drafted(planned: Planned, by: int) -> Round:
    with transaction.atomic():
        round_ = Round(code=free_code(planned.from_on.year), made_by_id=by)
        _fill(round_, planned)
        note("drafted", round_, by, {"weights": {one["key"]: one["weight"] for one in planned.forms}})
    return round_


def free_code(year: int) -> str:
    """Return the next number of a round in a year."""
    codes = Round.objects.filter(code__startswith=f"{year}-").values_list("code", flat=True)
    return f"{year}-{max((int(one.rpartition('-')[2]) for one in codes), default=0) + 1}"


def change(round_: Round, planned: Planned, *, by: int) -> None:
    """Change what was prepared, while nobody has opened it.

    Raises:
        Problem: As `draft`; or if it was opened.
    """
    with transaction.atomic():
        _locked(round_, State.DRAFTED)
        _fill(round_, planned)
        note("changed", round_, by, {"weights": {one["key"]: one["weight"] for one in planned.forms}})


def _fill(round_: Round, planned: Planned) -> None:
    wrong = defaults.wrong_weights({one["key"]: one["weight"] for one in planned.forms})
    if wrong:
        raise Problem(wrong)
    if planned.until_on < planned.from_on:
        raise Problem(_("The last day is before the first."), then=_("Enter a later one."))
    round_.title, round_.from_on, round_.until_on = planned.title, planned.from_on, planned.until_on
    round_.save()
    round_.units.set(Unit.objects.filter(pk__in=planned.units, is_ours=True))
    round_.forms.all().delete()
    Form.objects.bulk_create(
        Form(round=round_, place=place, key=one["key"], weight=one["weight"], dimensions=one["dimensions"])
        for place, one in enumerate(planned.forms)
    )
    rosters.lay_out(round_, rosters.office_on(planned.from_on))
    if not round_.rated.exists():
        raise Problem(
            _("Nobody in these units is evaluated."), then=_("Choose rooms or teams with people in them.")
        )


def _locked(round_: Round, *states: str) -> None:
    """Lock a round and read it anew.

    Raises:
        Problem: If it stands elsewhere by now.
    """
    there = Round.objects.select_for_update().get(pk=round_.pk)
    if there.state not in states:
        raise Problem(_("This round has gone on meanwhile."), then=_("Load the page again."))
    round_.refresh_from_db()


def open_round(round_: Round, *, by: int) -> None:
    """Open a round: lay the rolls out by the posts of its first day, make the keys, tell the voters.

    Raises:
        Problem: If whoever prepared it opens it, it was opened before, or its last day has passed.
    """
    if by == round_.made_by_id:
        raise Problem(_("Somebody else opens what you prepared."))
    if round_.until_on < today():
        raise Problem(_("Its last day has passed."), then=_("Change the days first."))
    with transaction.atomic():
        _locked(round_, State.DRAFTED)
        rosters.lay_out(round_, rosters.office_on(round_.from_on))
    digest = tokens.make_keys(round_.slates.all())
    with transaction.atomic():
        _locked(round_, State.DRAFTED)
        for slate in round_.slates.all():
            spool.begin(slate.pk)
        round_.state, round_.opened_by_id, round_.opened_on = State.OPEN, by, today()
        round_.keys_digest = digest
        round_.save()
        counts = {"rated": round_.rated.count(), "voters": round_.rolls.count()}
        note("opened", round_, by, {"keys": digest, "slates": round_.slates.count(), **counts})
        tell(_everybody(round_), "appraisal_open", None)


def _everybody(round_: Round) -> set[int]:
    return {*round_.rolls.values_list("person", flat=True), *round_.rated.values_list("person", flat=True)}


def put_on_paper(slate: Slate, *, on_paper: bool, by: int) -> None:
    """Let a slate be voted on with paper, or with a browser again, as long as nobody took either.

    Raises:
        Problem: If somebody did.
    """
    with transaction.atomic():
        _locked(slate.round, State.OPEN)
        if slate.dues.exclude(state="").exists():
            raise Problem(_("Somebody has taken a ballot of this slate."), then=_("Leave it as it is."))
        Slate.objects.filter(pk=slate.pk).update(on_paper=on_paper)
        note("paper" if on_paper else "no_paper", slate.round, by, {"slate": slate.pk})


def hand_out(slate: Slate, persons: Iterable[int], *, by: int) -> int:
    """Mark who was handed a ballot of paper; return how many are new."""
    with transaction.atomic():
        _locked(slate.round, State.OPEN)
        if not slate.on_paper:
            raise Problem(_("This slate is voted on in the browser."))
        dues = Due.objects.filter(slate=slate, person__in=list(persons), state="")
        count = int(dues.update(state=Due.State.PAPER))
        if count:
            note("paper_handed_out", slate.round, by, {"slate": slate.pk, "count": count})
    return count


def extend(round_: Round, person: int, *, until_on: date, because: str, by: int) -> None:
    """Give somebody more time, for a reason.

    Raises:
        Problem: If there is no reason, the day is not later, or the person has no part in it.
    """
    with transaction.atomic():
        _locked(round_, State.OPEN)
        roll = Roll.objects.filter(round=round_, person=person).first()
        if roll is None:
            raise Problem(_("This person is not on the roll."))
        if not because.strip():
            raise Problem(_("Say why."))
        if until_on <= max(round_.until_on, roll.until_on or round_.until_on) or until_on < today():
            raise Problem(_("Enter a day after the last one so far."))
        roll.until_on, roll.because = until_on, because.strip()
        roll.save()
        note("extended", round_, by, {"person": person, "until": until_on.isoformat()})
        tell([person], "appraisal_extended", None)


def late(round_: Round) -> set[int]:
    """Return who has not yet taken all that they may vote on."""
    return set(Due.objects.filter(slate__round=round_, state="").values_list("person", flat=True))


def remind(round_: Round, *, by: int | None) -> int:
    """Remind those who have not voted; return how many."""
    with transaction.atomic():
        _locked(round_, State.OPEN)
        people = late(round_)
        tell(sorted(people), "appraisal_due", None)
        note("reminded", round_, by, {"count": len(people)})
    return len(people)


def last_day(round_: Round) -> date:
    """Return the last day on which anybody may fill in, inclusive."""
    own = [one for one in round_.rolls.values_list("until_on", flat=True) if one]
    return max([round_.until_on, *own])


def close(round_: Round, *, by: int | None) -> None:
    """Close a round after its last day: empty the boxes, destroy the keys, work the results out, tell people.

    Each box is emptied in a step of its own, so that a close that was cut off goes on where it was.

    Raises:
        Problem: If somebody may still vote.
    """
    if round_.state != State.OPEN:
        raise Problem(_("This round is not being filled in."))
    if today() <= last_day(round_):
        raise Problem(
            _("Until %(day)s somebody may still vote.") % {"day": last_day(round_)},
            then=_("Nothing is counted before."),
        )
    until = _workdays_after(today(), ANSWER_DAYS)  # before any box is emptied: a calendar may be missing
    for slate in round_.slates.filter(cast=None):
        cast = box.empty(slate)
        is_first = Slate.objects.filter(pk=slate.pk, cast=None).update(cast=cast, secret=b"")
        if is_first and cast > slate.dues.exclude(state="").count():
            note("more_ballots_than_tokens", round_, by, {"slate": slate.pk})
    with transaction.atomic():
        same_year = Round.objects.filter(until_on__year=round_.until_on.year)
        list(same_year.select_for_update().order_by("pk"))  # their boards are looked at: one after the other
        _locked(round_, State.OPEN)
        rows = results.work_out(round_)
        for rated, result in rows:
            rated.result, rated.answer_until = result, until
        Rated.objects.bulk_update([rated for rated, _result in rows], ["result", "answer_until"])
        _keep_remarks(round_, [rated for rated, _result in rows])
        round_.board = board.of_round(round_, rows)
        round_.state, round_.closed_on = State.CLOSED, today()
        round_.save()
        note("closed", round_, by, {"cast": sum(slate.cast or 0 for slate in round_.slates.all())})
        tell(sorted(round_.rated.values_list("person", flat=True)), "appraisal_result", None)


def _keep_remarks(round_: Round, rated: Iterable[Rated]) -> None:
    """Keep what was said in words of each, in the order of the texts, which is no order of ballots."""
    people = {str(one.person_id): one for one in rated}
    said = [row for held in Box.objects.filter(slate__round=round_) for row in held.remarks]
    Remark.objects.bulk_create(
        Remark(rated=people[row["person"]], text=row["text"])
        for row in sorted(said, key=lambda row: (row["person"], row["text"]))
        if row["person"] in people
    )
    Box.objects.filter(slate__round=round_).update(remarks=[])


def _workdays_after(day: date, count: int) -> date:
    calendar = work_calendar_of()
    while count:
        day += timedelta(days=1)
        count -= not calendar.is_rest_day(day)
    return day


def unfinished(round_: Round) -> list[str]:
    """Return what must be done before a round is finished, a sentence each; empty for nothing."""
    found = []
    rows = list(round_.rated.select_related("person").prefetch_related("remarks"))
    untalked = [one for one in rows if not hasattr(one, "talk")]
    unsaid = [one for one in rows if results.missing(one) and not one.missing_because]
    unread = sum(1 for one in rows for said in one.remarks.all() if said.state == Remark.State.WAITING)
    if untalked:
        names = "、".join(one.person.name for one in untalked[:NAMED])
        found.append(
            ngettext(
                "The talk with %(count)d person is not recorded: %(names)s.",
                "The talk with %(count)d people is not recorded: %(names)s.",
                len(untalked),
            )
            % {"count": len(untalked), "names": names + " …" * (len(untalked) > NAMED)}
        )
    if unsaid:
        found.append(
            ngettext(
                "A form by name is missing of %(count)d person without a reason.",
                "A form by name is missing of %(count)d people without a reason.",
                len(unsaid),
            )
            % {"count": len(unsaid)}
        )
    if unread:
        found.append(
            ngettext("%(count)d remark waits to be read.", "%(count)d remarks wait to be read.", unread)
            % {"count": unread}
        )
    if any(one.answer_until and one.answer_until >= today() for one in rows):
        found.append(_("People may still answer their results."))
    return found


def finish(round_: Round, *, by: int) -> None:
    """Finish a round and destroy its ballots; results, answers and talks stay.

    Raises:
        Problem: With what is not done yet.
    """
    with transaction.atomic():
        _locked(round_, State.CLOSED)
        open_ends = unfinished(round_)
        if open_ends:
            raise Problem(" ".join(open_ends))
        Box.objects.filter(slate__round=round_).delete()
        round_.state, round_.finished_on = State.FINISHED, today()
        round_.save()
        note("finished", round_, by)


def tick() -> None:
    """Remind and close what is due, once a day each; called by the worker."""
    for round_ in Round.objects.filter(state=State.OPEN):
        if today() > last_day(round_):
            close(round_, by=None)
        elif (round_.until_on - today()).days in REMIND_BEFORE and round_.reminded_on != today():
            Round.objects.filter(pk=round_.pk).update(reminded_on=today())
            remind(round_, by=None)
