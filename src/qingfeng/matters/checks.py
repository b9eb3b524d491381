"""Declarations are checked at start-up: what, where, what to do, with a stable id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from django.core import checks as django_checks
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError

from qingfeng.matters import walking
from qingfeng.matters.registry import every_version, mechanisms
from qingfeng.matters.vocabulary import OPEN, Act, Mechanism
from qingfeng.organization.roles import ROLES


@register("matters")
def declarations_hold(**_others: Any) -> list[CheckMessage]:
    """Check every version of every mechanism."""
    found = [message for one in every_version() for message in problems(one)]
    keys = {one.key for one in mechanisms()}
    found += [message for one in mechanisms() for message in _finds(one)]
    found += [
        _error(
            f"the act {act.key} opens a {opened.mechanism}, and there is no such mechanism",
            _near(opened.mechanism, keys),
            one,
            "E009",
        )
        for one in mechanisms()
        for act in one.acts
        for opened in act.opens
        if opened.mechanism not in keys and not opened.if_there
    ]
    return found


@register("matters", deploy=False)
def versions_are_kept(**_others: Any) -> list[CheckMessage]:
    """Check that no declaration changed under matters that stand on it, and that none is missing."""
    from qingfeng.matters.models import Declaration, Matter  # noqa: PLC0415 - tables exist later than checks

    known = {(one.key, one.version): one for one in every_version()}
    found: list[CheckMessage] = []
    try:
        kept = list(Declaration.objects.all())
        used = set(Matter.objects.filter(is_open=True).values_list("mechanism", "version").distinct())
    except DatabaseError:
        return []
    for line in kept:
        one = known.get((line.mechanism, line.version))
        if one is None and (line.mechanism, line.version) in used:
            found.append(
                Error(
                    f"Open matters stand on {line.mechanism}, version {line.version}: it is missing.",
                    hint=f"Put its file back as mechanisms/{line.mechanism}/v{line.version}.py.",
                    id="matters.E010",
                )
            )
        elif one is not None and one.digest != line.digest:
            found.append(
                Error(
                    f"The declaration {line.mechanism}, version {line.version}, changed under its matters.",
                    hint=f"Keep the old text as v{line.version}.py; the new one is {line.version + 1}.",
                    id="matters.E011",
                )
            )
    return found


def problems(one: Mechanism) -> Iterator[CheckMessage]:
    """Yield what is wrong with a declaration."""
    yield from _names(one)
    yield from _everybodys(one)
    yield from _stages(one)
    for act in one.acts:
        yield from _act(one, act)
    yield from _clocks(one)
    yield from _months(one)
    yield from _apart(one)
    yield from _sealed(one)


def _sealed(one: Mechanism) -> Iterator[CheckMessage]:
    """An act that waits for a second signer keeps what was entered: nothing sealed may wait in clear."""
    for act in one.acts:
        if act.second and any(field.sealed for field in act.asks):
            yield _error(
                f"the act {act.key} waits for a second signer and asks for something sealed",
                "Seal it in an act of its own, before or after.",
                one,
                "E015",
            )


def _everybodys(one: Mechanism) -> Iterator[CheckMessage]:
    for role in one.parties:
        if role.by_everybody and (role.reads or role.subject or role.office or role.kind == "unit"):
            yield _error(
                f"the role {role.key} is played by everybody and gives more than the own part",
                "Take `by_everybody` away, or name a person who reads only the own part (`reads=False`).",
                one,
                "E016",
            )


def _names(one: Mechanism) -> Iterator[CheckMessage]:
    for what in ("stages", "acts", "parties", "clocks", "ledgers", "figures"):
        keys = [value.key for value in getattr(one, what)]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield _error(f"{what} names {key} twice", "Give each its own key.", one, "E001")
    for role in one.parties:
        for office in role.office:
            if office not in ROLES:
                yield _error(
                    f"the role {role.key} is held by the office role {office}, which nobody can have",
                    _near(office, ROLES),
                    one,
                    "E002",
                )
        acts = {act.key for act in one.acts}
        for act in role.told_by:
            if act not in acts:
                yield _error(f"the role {role.key} is told by the act {act}", _near(act, acts), one, "E006")
    roles = {role.key for role in one.parties}
    for key in (*one.opened_by, *one.names):
        if key not in roles:
            yield _error(
                f"opening names the role {key}, which is not among the parties",
                _near(key, roles),
                one,
                "E002",
            )


def _stages(one: Mechanism) -> Iterator[CheckMessage]:
    ways = walking.reachable(one)
    for stage in one.stages:
        if stage.key not in ways:
            yield _error(
                f"the stage {stage.key} cannot be reached",
                "Let an act lead to it, or take it out.",
                one,
                "E003",
            )
    for key in walking.dead_ends(one):
        yield _error(
            f"from the stage {key} there is no way to an end", "Give it an act that leads on.", one, "E004"
        )
    if all(stage.open for stage in one.stages):
        yield _error("no stage is an end", "Mark one with open=False.", one, "E004")
    for key in walking.unclocked(one):
        yield _error(
            f"a matter may stand in the stage {key} with no clock running",
            "Start a clock on every way into it, or say in `rests` why it rightly waits.",
            one,
            "E005",
        )


def _act(one: Mechanism, act: Act) -> Iterator[CheckMessage]:
    stages = {stage.key for stage in one.stages}
    roles = {role.key for role in one.parties} | {"clock"}
    clocks = {clock.key for clock in one.clocks}
    for stage in (*act.from_, *((act.to,) if act.to else ())):
        if stage not in stages:
            yield _error(f"the act {act.key} names the stage {stage}", _near(stage, stages), one, "E006")
    if not act.by and not act.comes:
        yield _error(f"nobody may {act.key}", "Name a role in `by`.", one, "E006")
    itself = (act.names_self,) if act.names_self else ()
    for role in (*act.by, *act.names, *act.not_by, *itself):
        if role not in roles:
            yield _error(f"the act {act.key} names the role {role}", _near(role, roles), one, "E006")
    extended = (act.extends,) if act.extends else ()
    for clock in (*act.starts, *act.stops, *act.pauses, *act.resumes, *extended):
        if clock not in clocks:
            yield _error(f"the act {act.key} names the clock {clock}", _near(clock, clocks), one, "E007")
    yield from _entries(one, act)
    yield from _bulk(one, act)
    ways = {"bulk": act.bulk, "on_paper": act.on_paper, "meeting": act.meeting, "clock": "clock" in act.by}
    also = [key for key, is_so in ways.items() if is_so]
    if act.even_ended and also:
        yield _error(
            f"the act {act.key} is done on ended matters, and {' and '.join(also)} with it",
            "Let a person do it, on one matter at a time: take that away, or `even_ended`.",
            one,
            "E017",
        )


def _entries(one: Mechanism, act: Act) -> Iterator[CheckMessage]:
    ledgers = {ledger.key: ledger for ledger in one.ledgers}
    for entry in act.enters:
        ledger = ledgers.get(entry.ledger)
        states = {state for state, _ in ledger.states} if ledger else set()
        if ledger is None or not {entry.to, *entry.from_} <= states:
            yield _error(
                f"the act {act.key} enters {entry.ledger} as {entry.to}",
                _near(entry.ledger, ledgers)
                if ledger is None
                else f"Its states: {', '.join(sorted(states))}.",
                one,
                "E007",
            )
            continue
        columns = {column.key for column in ledger.fields}
        author = (entry.author,) if entry.author else ()
        for key in (*entry.columns, *author, *(key for key, _value in entry.where)):
            if key not in columns:
                yield _error(f"the act {act.key} names the column {key}", _near(key, columns), one, "E007")


def _finds(one: Mechanism) -> Iterator[CheckMessage]:
    from qingfeng.matters.computed import is_found, is_told  # noqa: PLC0415 - tables exist later than checks
    from qingfeng.matters.following import is_followed, is_sent  # noqa: PLC0415

    if one.computes and not is_told(one.computes):
        hint = "Let the room register it in `join()` with `computed.tell_with`."
        yield _error(f"opening {one.key} asks for {one.computes}, which no room tells", hint, one, "E013")
    for act in one.acts:
        if act.computes and not is_found(act.computes):
            hint = "Let the room register it in `join()` with `computed.find_with`."
            yield _error(f"the act {act.key} asks for {act.computes}, which no room finds", hint, one, "E013")
        if act.then and not is_followed(act.then):
            hint = "Let the room register it in `join()` with `following.follow_with`."
            yield _error(f"the act {act.key} leads to {act.then}, which no room does", hint, one, "E014")
        if act.sends and not is_sent(act.sends):
            hint = "Let the room register it in `join()` with `following.send_with`."
            yield _error(f"the act {act.key} sends {act.sends}, which no room packs", hint, one, "E014")


def _bulk(one: Mechanism, act: Act) -> Iterator[CheckMessage]:
    if act.bulk and (act.second or act.names):
        yield django_checks.Warning(
            f"{one.key}: {act.key} may be done in bulk, though it names persons or needs two signers.",
            hint="Decisions on persons are taken one by one.",
            obj=one.key,
            id="matters.W001",
        )
    if act.second and any(field.sealed for field in act.asks):
        yield _error(
            f"the act {act.key} waits for a second signer with a sealed field in clear",
            "Ask for the sealed field in an act of its own.",
            one,
            "E012",
        )


def _clocks(one: Mechanism) -> Iterator[CheckMessage]:
    acts = {act.key for act in one.acts}
    roles = {role.key for role in one.parties}
    for clock in one.clocks:
        lasts = (clock.days, clock.working_days, clock.months, clock.until, clock.each_month, clock.of_year)
        if sum(map(bool, lasts)) != 1:
            yield _error(
                f"the clock {clock.key} needs exactly one of days, working_days, months, until, each_month, "
                "of_year",
                "Say how long it is.",
                one,
                "E008",
            )
        for act in (*clock.starts, *clock.stops):
            if act not in acts | {OPEN}:
                yield _error(f"the clock {clock.key} names the act {act}", _near(act, acts), one, "E008")
        if not (clock.starts or any(clock.key in act.starts for act in one.acts)):
            yield _error(f"nothing starts the clock {clock.key}", "Name an act, or `open`.", one, "E008")
        if not list(_stoppers(one, clock.key)):
            yield _error(f"nothing stops the clock {clock.key}", "Name the act that meets it.", one, "E008")
        if not clock.law:
            yield _error(
                f"the clock {clock.key} names no basis",
                "Every duty names its law, or says it is a proposal.",
                one,
                "E008",
            )
        for role in (
            *clock.escalates,
            *((clock.extended_by,) if clock.extended_by else ()),
            *((clock.bears,) if clock.bears else ()),
        ):
            if role not in roles:
                yield _error(f"the clock {clock.key} names the role {role}", _near(role, roles), one, "E008")


def _months(one: Mechanism) -> Iterator[CheckMessage]:
    for clock in one.clocks:
        if bool(clock.of_year) != bool(clock.end_of_month):
            hint = "Name the fact that is the year, and the month at whose end it is due."
            yield _error(f"the clock {clock.key} names a year or a month alone", hint, one, "E008")
        if clock.in_months and not (clock.each_month and set(clock.in_months) <= set(range(1, 13))):
            hint = "They go with each_month, and are 1 to 12."
            yield _error(f"the clock {clock.key} names months", hint, one, "E008")


def _apart(one: Mechanism) -> Iterator[CheckMessage]:
    acts = {act.key for act in one.acts}
    counted = {by for figure in one.figures for by in figure.by}
    for ledger in one.ledgers:
        if not ledger.apart_until:
            continue
        if ledger.apart_until not in acts:
            hint = _near(ledger.apart_until, acts)
            yield _error(f"the ledger {ledger.key} is apart until {ledger.apart_until}", hint, one, "E014")
        if ledger.due or counted & {column.key for column in ledger.fields}:
            hint = "What nobody may read yet is neither due nor counted by its columns."
            yield _error(f"the ledger {ledger.key} is apart, and told of elsewhere", hint, one, "E014")


def _stoppers(one: Mechanism, clock: str) -> Iterator[Act]:
    for act in one.acts:
        if clock in {stopped.key for stopped in one.stopped_by(act.key)} or (
            act.to and not one.stage(act.to).open
        ):
            yield act


def _near(word: str, among: Iterable[str]) -> str:
    among = sorted(among)
    near = get_close_matches(word, among, 1)
    return (f"Did you mean {near[0]}? " if near else "") + f"There are: {', '.join(among)}."


def _error(what: str, hint: str, one: Mechanism, number: str) -> CheckMessage:
    return Error(
        f"{one.key} (version {one.version}): {what}.", hint=hint, obj=one.key, id=f"matters.{number}"
    )
