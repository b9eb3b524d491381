"""The rooms' stories lived without a database: one snapshot after another, as pure values.

It knows what an act does to a snapshot and nothing of tables, persons or slips' texts; the tests of
the stories show that the door does the same.
"""

import pkgutil
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar

from qingfeng import mechanisms as house
from qingfeng.matters.counting import Rule, count, end_of_month, months_after, next_in_month
from qingfeng.matters.registry import is_known, mechanism
from qingfeng.matters.snapshot import Done, Line, Linked, PartyView, Running, Snapshot
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.cast import PEOPLE, UNITS

BEIJING = ZoneInfo("Asia/Shanghai")
NEW_YEAR_2025 = date(2025, 1, 6)
ROOMS = tuple(sorted(one.name for one in pkgutil.iter_modules(house.__path__) if one.ispkg))
"""Every kind of matter."""
IDS = {key: no for no, key in enumerate((*PEOPLE, *UNITS), start=1)}


def rest_day(day):
    """Why a day is a rest day, "" if it is not; weekends only in years that are not announced yet."""
    if day.year > 2026:
        return "weekend" if day.weekday() >= 5 else ""
    rests, name = chinese_calendar.get_holiday_detail(day)
    return (name or "weekend") if rests else ""


def due(clock, started_on, facts=None):
    """The last day of a clock that starts on a day."""
    facts = facts or {}
    if clock.each_month:
        day, first = facts.get(clock.each_month), facts.get(clock.from_fact)
        started_on = max(started_on, date.fromisoformat(first)) if first else started_on
        return next_in_month(started_on, int(day), clock.in_months) if day else None
    if clock.until:
        return date.fromisoformat(facts[clock.until]) if facts.get(clock.until) else None
    if clock.of_year:
        return end_of_month(int(facts[clock.of_year]), clock.end_of_month)
    kind = "working_days" if clock.working_days else "months" if clock.months else "days"
    begun = date.fromisoformat(facts[clock.from_fact]) if clock.from_fact else started_on
    return count(Rule(kind, clock.working_days or clock.months or clock.days), begun, rest_day).due_on


def meant(value, base):
    """A value of a story with ids and dates put in."""
    if isinstance(value, dict):
        return {key: meant(one, base) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [meant(one, base) for one in value]
    if isinstance(value, str):
        value = value.replace("{year}", str(base.year)).replace("{last_year}", str(base.year - 1))
    kind, sep, word = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not sep:
        return value
    if kind == "months":
        day, months = word.split("+")
        return months_after(base + timedelta(days=int(day)), int(months)).isoformat()
    if kind == "day":
        return (base + timedelta(days=int(word))).isoformat()
    if kind == "file":
        return 1
    return IDS[word] if kind in {"person", "unit"} else value


def opened(kind, case, *, base=NEW_YEAR_2025):
    """The snapshot of a matter that has just been opened, with its declaration."""
    declared, story = mechanism(kind), sampling.cases(kind)[case]
    seen = Snapshot(stage=declared.stages[0].key, facts=meant(story["facts"], base), today=base)
    seen = _named(seen, declared, story.get("parties", {}))
    return declared, _started(seen, declared, declared.started_by("open"))


def entering(kind, case, act, *, base=NEW_YEAR_2025, nth=1):
    """The snapshot just before a story does an act (for the nth time), with what is about to be entered."""
    declared, seen = opened(kind, case, base=base)
    for step in sampling.cases(kind)[case]["steps"]:
        seen = replace(
            seen,
            today=base + timedelta(days=step["day"]),
            entered=_entered(declared, step, base, seen),
            actor=IDS.get(step["by"]),
        )
        nth -= step["act"] == act
        if nth == 0:
            return seen
        seen = after(declared, seen, step, base=base)
    raise LookupError(f"{kind}.{case} never does {act}")


def lived(kind, case, *, base=NEW_YEAR_2025):
    """The snapshot at the end of a story."""
    declared, seen = opened(kind, case, base=base)
    for step in sampling.cases(kind)[case]["steps"]:
        seen = replace(seen, today=base + timedelta(days=step["day"]), entered={}, actor=IDS.get(step["by"]))
        seen = after(declared, seen, step, base=base)
    return seen


def after(declared, seen, step, *, base=NEW_YEAR_2025):
    """The snapshot after a step of a story, gates taken as passed."""
    act, entered = declared.act(step["act"]), _entered(declared, step, base, seen)
    facts = {**seen.facts, **{one.key: entered.get(one.key) for one in act.asks}}
    facts = {key: value for key, value in facts.items() if value is not None}
    files = sum(
        isinstance(value, list) and one.kind == "files"
        for one in act.asks
        for value in [entered.get(one.key)]
    )
    at = datetime.combine(seen.today, time(9), BEIJING)
    done = Done(act.key, at, seen.actor, entered, files)
    seen = replace(seen, stage=act.to or seen.stage, facts=facts, done=(*seen.done, done), entered={})
    seen = _named(seen, declared, step.get("parties", {}))
    seen = _ledgered(declared, seen, step, base)
    stopped = {clock.key for clock in declared.stopped_by(act.key)}
    clocks = tuple(
        replace(one, state="stopped", stopped_on=seen.today)
        if one.key in stopped and one.state == "running"
        else one
        for one in seen.clocks
    )
    seen = _started(replace(seen, clocks=clocks), declared, declared.started_by(act.key))
    links = tuple(
        Linked(one.link, one.mechanism, mechanism(one.mechanism).stages[0].key, is_open=True)
        for one in act.opens
        if is_known(one.mechanism) and (one.when_holds is None or one.when_holds(seen))
    )
    joined = tuple(
        Linked(link, kind, stage, mechanism(kind).stage(stage).open, outward=False)
        for link, (kind, name) in step.get("joined", {}).items()
        for stage in [sampling.stages_of(mechanism(kind), sampling.cases(kind)[name])[-1]]
    )
    links = (*seen.links, *links, *joined)
    return replace(seen, slips=(*seen.slips, *(slip.key for slip in act.prints)), links=links)


def unmet(kind, act, seen):
    """Keys of the gates of an act that do not hold."""
    return [gate.key for gate in mechanism(kind).act(act).gates if not gate.holds(seen)]


def linked(seen, kind, mechanism_key, stage, *, outward=True, **facts):
    """The snapshot with one link of a kind, to a matter in a stage, instead of those it had."""
    is_open = mechanism(mechanism_key).stage(stage).open
    others = tuple(one for one in seen.links if one.kind != kind)
    return replace(seen, links=(*others, Linked(kind, mechanism_key, stage, is_open, outward, facts)))


def without_act(seen, act):
    """The snapshot as if an act had never been performed."""
    return replace(seen, done=tuple(one for one in seen.done if one.act != act))


def with_lines(seen, ledger, *lines):
    """The snapshot with these lines in a ledger; each (state, facts, files)."""
    made = tuple(Line(no, state, facts, files) for no, (state, facts, files) in enumerate(lines, start=1))
    return replace(seen, ledgers={**seen.ledgers, ledger: made})


def with_entered(seen, **values):
    """The snapshot with other values about to be entered."""
    return replace(seen, entered={**seen.entered, **values})


def with_fact(seen, **values):
    """The snapshot with other facts."""
    return replace(seen, facts={**seen.facts, **values})


def alone(seen, role):
    """The snapshot with only the first holder of a role left."""
    first = next(one for one in seen.parties if one.role == role)
    return replace(seen, parties=tuple(one for one in seen.parties if one.role != role or one == first))


def _entered(declared, step, base, seen):
    given = meant(step.get("facts", {}), base)
    act = declared.act(step["act"])
    lines = {entry.ledger: _read(declared, entry, step, base, seen) for entry in act.enters}
    return {one.key: given.get(one.key) for one in act.asks} | {
        key: read for key, read in lines.items() if read
    }


def _handed_in(declared, entry, step):
    """New lines as handed in, else the act's own facts that are columns: as the door reads them."""
    asked = {one.key for one in declared.act(step["act"]).asks}
    columns = {one.key for one in entry.asks(declared.ledger(entry.ledger))} & asked
    own = {key: value for key, value in step.get("facts", {}).items() if key in columns}
    wrote = {entry.author: IDS.get(step["by"])} if entry.author else {}
    given = list(step.get("lines", {}).get(entry.ledger, ())) or ([own] if columns else [])
    return [{**wrote, **line} for line in given]


def _read(declared, entry, step, base, seen):
    if not entry.from_:
        return meant(_handed_in(declared, entry, step), base)
    there = seen.lines(entry.ledger)
    changes = step.get("changes", {}).get(entry.ledger, {})
    return [{**there[no - 1].facts, **meant(given, base)} for no, given in changes.items()]


def _named(seen, declared, named):
    kept = tuple(one for one in seen.parties if one.role not in named)
    fresh = tuple(
        PartyView(role, unit=IDS[one])
        if declared.role(role).kind == "unit"
        else PartyView(role, person=IDS[one])
        for role, names in named.items()
        for one in names
    )
    return replace(seen, parties=(*kept, *fresh))


def _ledgered(declared, seen, step, base):
    ledgers = dict(seen.ledgers)
    for entry in declared.act(step["act"]).enters:
        lines = list(ledgers.get(entry.ledger, ()))
        if entry.from_:
            for no, given in step.get("changes", {}).get(entry.ledger, {}).items():
                old = lines[no - 1]
                facts = {**old.facts, **meant(given, base)}
                lines[no - 1] = Line(no, entry.to, facts, old.files + _attached(given))
        else:
            for given in _handed_in(declared, entry, step):
                lines.append(Line(len(lines) + 1, entry.to, meant(given, base), _attached(given)))
        ledgers[entry.ledger] = tuple(lines)
    return replace(seen, ledgers=ledgers)


def _attached(given):
    return sum(isinstance(value, list) and str(value[0]).startswith("file:") for value in given.values())


def _started(seen, declared, clocks):
    runs = list(seen.clocks)
    for clock in clocks:
        if clock.when and not clock.when(seen):
            continue
        last = due(clock, seen.today, seen.facts)
        if last is not None:
            runs.append(Running(clock.key, "running", seen.today, last))
    return replace(seen, clocks=tuple(runs))
