"""What must hold of a matter whatever has been done to it, in whatever order."""

import json
from dataclasses import replace


def broken(matter):
    """Return what does not hold of a matter, a line each; nothing for a matter that is whole.

    Args:
        matter: Read again from its tables.
    """
    from qingfeng.matters.registry import mechanism

    declared = mechanism(matter.mechanism, matter.version)
    return [*_story(matter, declared), *_standing(matter, declared), *_clocks(matter, declared)]


def _story(matter, declared):
    story = list(matter.story.select_related("entry").order_by("no"))
    if [one.no for one in story] != list(range(1, matter.revision + 1)):
        yield f"the story has holes: {[one.no for one in story]} at revision {matter.revision}"
    stage = story[0].to_stage
    for one in story[1:]:
        if one.from_stage != stage:
            yield f"{one.no} {one.act} begins in {one.from_stage}, the one before ended in {stage}"
        stage = one.to_stage
    if stage != matter.stage:
        yield f"the story ends in {stage}, the matter stands in {matter.stage}"
    for one in story:
        yield from _line(matter, declared, one)


def _line(matter, declared, one):
    if one.entry is None or one.entry.subject != f"{matter.mechanism}/{matter.slug}":
        yield f"{one.no} {one.act} has no entry in the journal"
    elif (one.entry.kind, _entry(one)["facts"]["revision"]) != (f"matter.{one.act}", one.no):
        yield f"{one.no} {one.act} has the entry of {one.entry.kind}"
    if one.act == "open" or one.act.startswith("kernel."):
        return
    act = declared.act(one.act)
    if not declared.is_from(act, one.from_stage):
        yield f"{one.no} {one.act} began in {one.from_stage}"
    if one.to_stage != (act.to or one.from_stage):
        yield f"{one.no} {one.act} led to {one.to_stage}"
    if one.as_role not in act.by and not (act.comes and one.as_role == "clock"):  # what comes, the house does
        yield f"{one.no} {one.act} was done as {one.as_role}"
    if act.second and one.second_id in {None, one.by_id, one.for_person_id}:
        yield f"{one.no} {one.act} has no second signer of its own"


def _entry(one):
    return json.loads(bytes(one.entry.body))


def _standing(matter, declared):
    stage = declared.stage(matter.stage)
    if matter.is_open != (stage.open and matter.standing == "valid"):
        yield f"{matter.stage}, {matter.standing}: open is {matter.is_open}"
    if matter.is_open != (matter.closed_on is None):
        yield f"open is {matter.is_open} and it was closed on {matter.closed_on}"


def _clocks(matter, declared):
    from qingfeng.matters.counting import Working

    runs = list(matter.clocks.all())
    going = [one for one in runs if one.state != "stopped"]
    stage = declared.stage(matter.stage)
    if matter.is_open and not stage.rests and not going:
        yield f"open in {matter.stage} with no clock"
    if not matter.is_open and going:
        yield f"ended, and {[one.key for one in going]} go on"
    if len({one.key for one in going}) != len(going):
        yield f"a clock runs twice: {[one.key for one in going]}"
    running = [one.due_on for one in going if one.state == "running"]
    if matter.due_on != min(running, default=None):
        yield f"due on {matter.due_on}, its clocks say {running}"
    for run in runs:
        working = Working.from_json(run.working)
        if (working.due_on, working.recomputed().due_on) != (run.due_on, run.due_on):
            yield f"{run.key} is due on {run.due_on}, its working says {working.recomputed().due_on}"
        for old in run.earlier:
            kept = Working.from_json(old)
            if kept.recomputed().due_on != kept.due_on:
                yield f"an earlier working of {run.key} does not count to {kept.due_on}"


def unlawful(before, act, performance, named):
    """Return what made an act that happened unlawful, a line each.

    Args:
        before: Snapshot of the matter before it.
        act: Its declaration.
        performance: The line it left.
        named: Role → ids of those whom it named.
    """
    entered = {key: value for key, value in performance.entered.items() if key not in {"lines", "overrides"}}
    asked = {one.key: None for one in act.asks if not one.sealed}
    seen = replace(before, entered={**asked, **entered, **named}, actor=performance.by_id)
    passed = performance.entered.get("overrides", {})
    for gate in act.gates:
        if not gate.holds(seen) and gate.key not in passed:
            yield f"{act.key} escaped the gate {gate.key}"
    if act.when and not act.when(replace(seen)):
        yield f"{act.key} is not offered here"
    hands = {performance.by_id, performance.for_person_id, performance.second_id} - {None}
    for role in act.not_by:
        apart = set(before.persons(role))
        if hands & apart:
            yield f"{act.key} was done by somebody who is {role}"
