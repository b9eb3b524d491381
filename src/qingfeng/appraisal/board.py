"""What leaders are shown of a round: distributions and groups, no names, no order; worked out once.

Because it is never worked out again, two exports of a round cannot be held against each other. A group of
fewer than five people is joined with others up the tree; where that leaves one small, it is hidden, and with
it what would give it away by a difference (`plain/suppression`). A round that is held again in the same year,
with somebody more or fewer, is checked against what the earlier ones gave out (`plain/overlaps`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean, stdev
from typing import Any

from qingfeng.appraisal.models import SELF, Rated, Round
from qingfeng.plain.overlaps import Group, hidden_beside, is_alike, tells_of_few
from qingfeng.plain.suppression import LEAST, TOTAL, can_be_known, is_small, totals

Rows = Sequence[tuple[Rated, Mapping[str, Any]]]
Name = tuple[str, ...]
STEP = 2
TOGETHER = "together"


def of_round(round_: Round, rows: Rows) -> dict[str, Any]:
    """Return the board: people, distribution, groups, dimensions, what severity did; nothing under five.

    `beside` has the codes of earlier rounds of the year for the sake of which more is hidden than else.
    """
    valued = [(rated, result) for rated, result in rows if "value" in result]
    if len(valued) < LEAST:
        return {"people": len(rows)}
    before = given_before(round_, _people(valued))
    given = [group for groups_ in before.values() for group in groups_ or ()]
    whole = [_people(valued), _people(_seen_both_ways(valued)), _people(_freed(valued))]
    if None in before.values() or (
        given
        and (tells_of_few(whole[0], given) or any(is_alike(group, given) for group in whole[1:] if group))
    ):
        return {"people": len(rows), "beside": sorted(before)}
    told = groups(valued, given=[*given, whole[0]] if given else ())
    found: dict[str, Any] = {"beside": sorted(before)} if told != groups(valued) else {}
    return found | {
        "people": len(rows),
        "valued": len(valued),
        "distribution": distribution([result["value"] for _rated, result in valued]),
        "groups": told,
        "dimensions": dimensions(valued),
        "severity": _severity(valued),
        "left_out": _left_out(rows),
        "turnout": _turnout(round_),
    }


def given_before(round_: Round, people: Group) -> dict[str, list[Group] | None]:
    """Return the groups that earlier boards of the year told of, by code, where some people are the same.

    None stands for a board of which it is not known any more whom it told of: a unit has got another name or
    kind since. Another year is another work, judged anew by all; decision 0034 says why it is not held
    against this one.
    """
    same_year = Round.objects.filter(until_on__year=round_.until_on.year, closed_on__isnull=False)
    found: dict[str, list[Group] | None] = {}
    for one in same_year.exclude(pk=round_.pk):
        told = one.board or {}
        if "distribution" not in told:
            continue
        rows = [
            (rated, rated.result) for rated in one.rated.select_related("unit") if "value" in rated.result
        ]
        hidden = {(each["group"], each["level"]) for each in told["groups"] if each.get("hidden")}
        whole = [_people(rows), _people(_seen_both_ways(rows)), _people(_freed(rows))]
        if whole[0] & people:
            of = _members(rows)
            parts = [group for name, group in of.items() if name not in hidden]
            is_as_told = _are_as_told(told["groups"], of)
            found[one.code] = [group for group in (*whole, *parts) if group] if is_as_told else None
    return found


def _are_as_told(told: Sequence[Mapping[str, Any]], of: Mapping[Name, Group]) -> bool:
    """Return whether groups as they are now have the names and sizes of those that were told of."""
    sizes: dict[Name, Any] = {(each["group"], each["level"]): each.get("count") for each in told}
    return sizes.keys() == of.keys() and all(sizes[one] in {None, len(group)} for one, group in of.items())


def _people(rows: Rows) -> Group:
    return frozenset(rated.person_id for rated, _result in rows)


def _freed(rows: Rows) -> Rows:
    """Return those whose sum could be freed of severity."""
    return [(rated, result) for rated, result in rows if "corrected" in result]


def _members(rows: Rows) -> dict[Name, Group]:
    """Return the people of each group, each level and all, by name."""
    names = _groups(rows)
    cells: dict[Name, set[int]] = {}
    for rated, _result in rows:
        cells.setdefault((names[rated.unit_id], rated.level), set()).add(rated.person_id)
    sums = totals({key: len(people) for key, people in cells.items()})
    return {
        name: frozenset(one for own, people in cells.items() if _lies_in(own, name) for one in people)
        for name in sums
    }


def distribution(values: Sequence[float]) -> list[dict[str, Any]]:
    """Return how many people lie in steps of two points; neighbours are joined until each step has five."""
    lowest, highest = int(min(values)) // STEP * STEP, int(max(values)) // STEP * STEP
    steps: list[list[float]] = [
        [low, low + STEP, sum(1 for one in values if low <= one < low + STEP)]
        for low in range(lowest, highest + STEP, STEP)
    ]
    joined: list[list[float]] = []
    for one in steps:
        if joined and joined[-1][2] < LEAST:
            joined[-1] = [joined[-1][0], one[1], joined[-1][2] + one[2]]
        else:
            joined.append(one)
    if len(joined) > 1 and joined[-1][2] < LEAST:
        last = joined.pop()
        joined[-1] = [joined[-1][0], last[1], joined[-1][2] + last[2]]
    return [{"from": int(low), "to": int(high), "count": int(count)} for low, high, count in joined]


def groups(rows: Rows, given: Sequence[Group] = ()) -> list[dict[str, Any]]:
    """Return people, mean and spread of each group, each level and all; hidden ones carry only their names.

    Groups and levels overlap, and neither is shown by the other. Small ones are hidden, and the smallest
    of the others with them until nothing small, nor what a group and a level have in common, can be
    worked out: from these, and from groups that were given out before.
    """
    names = _groups(rows)
    cells: dict[Name, list[float]] = {}
    people: dict[Name, set[int]] = {}
    for rated, result in rows:
        key = (names[rated.unit_id], rated.level)
        cells.setdefault(key, []).append(result["value"])
        people.setdefault(key, set()).add(rated.person_id)
    counts: dict[Name, float] = {key: len(values) for key, values in cells.items()}
    hidden = hidden_groups(counts)
    if given:
        of = _members(rows)
        shown = {name: group for name, group in of.items() if name not in hidden}
        few = [frozenset(one) for one in (*people.values(), *of.values()) if is_small(len(one))]
        hidden |= hidden_beside(shown, given, few)
    found: list[dict[str, Any]] = []
    for name in sorted(totals(counts), key=lambda name: (name[0] == TOTAL, name)):
        values = [one for own, part in cells.items() if _lies_in(own, name) for one in part]
        told = {"hidden": True} if name in hidden else _told(values)
        found.append({"group": name[0], "level": name[1], **told})
    return found


def hidden_groups(counts: Mapping[Name, float]) -> set[Name]:
    """Return which totals by group and level are hidden; the cells themselves are never shown."""
    sums = totals(counts)
    small = {key for key, count in {**counts, **sums}.items() if is_small(count)}
    hidden = {key for key in sums if is_small(sums[key])}
    while small & set(can_be_known(counts, {*counts, *hidden}, are_counts=False)):  # means are kept back
        left = [key for key in sums if key not in hidden]
        hidden.add(min(left, key=lambda key: (key == (TOTAL, TOTAL), sums[key], key)))
    return hidden


def _lies_in(name: Sequence[str], key: Sequence[str]) -> bool:
    return all(part in {TOTAL, own} for own, part in zip(name, key, strict=True))


def _told(values: Sequence[float]) -> dict[str, Any]:
    return {
        "count": len(values),
        "value": round(mean(values), 1),
        "spread": round(stdev(values), 1),
    }


def _groups(rows: Rows) -> dict[int, str]:
    """Return the group of each unit: itself, its kind below the same one, or all small ones together."""
    units = {rated.unit_id: rated.unit for rated, _result in rows}
    size: dict[int, int] = {}
    for rated, _result in rows:
        size[rated.unit_id] = size.get(rated.unit_id, 0) + 1
    kinds: dict[str, int] = {}
    for pk, unit in units.items():
        if size[pk] < LEAST:
            kinds[unit.kind] = kinds.get(unit.kind, 0) + size[pk]
    found = {}
    for pk, unit in units.items():
        if size[pk] >= LEAST:
            found[pk] = f"unit:{unit}"
        else:
            found[pk] = f"kind:{unit.kind}" if kinds[unit.kind] >= LEAST else TOGETHER
    return found


def dimensions(rows: Rows) -> list[dict[str, Any]]:
    """Return each dimension as others see it and as people see themselves, over all that have both."""
    pairs: dict[str, list[tuple[float, float]]] = {}
    names: dict[str, str] = {}
    for _rated, result in rows:
        parts = {one["key"]: one for one in result["parts"] if "value" in one}
        own = {one["key"]: one["value"] for one in parts.get(SELF, {}).get("dimensions", ())}
        others: dict[str, list[float]] = {}
        for key, part in parts.items():
            if key != SELF:
                for one in part["dimensions"]:
                    names[one["key"]] = one["name"]
                    others.setdefault(one["key"], []).append(one["value"])
        for key, value in own.items():
            if key in others:
                pairs.setdefault(key, []).append((value, mean(others[key])))
    return [
        {
            "name": names[key], "count": len(both),
            "own": round(mean(own for own, _seen in both), 2),
            "others": round(mean(seen for _own, seen in both), 2),
            "spread": round(stdev(seen for _own, seen in both), 2),
        }
        for key, both in pairs.items()
        if len(both) >= LEAST
    ]  # fmt: skip


def _seen_both_ways(rows: Rows) -> Rows:
    """Return those who have scored themselves and were scored by others."""
    keys = [{one["key"] for one in result["parts"] if "value" in one} for _rated, result in rows]
    return [row for row, there in zip(rows, keys, strict=True) if SELF in there and there - {SELF}]


def _severity(rows: Rows) -> dict[str, Any] | None:
    """Return what freeing the sums of severity changed; None where it could be told of fewer than five."""
    changed = [result["corrected"] - result["value"] for _rated, result in _freed(rows)]
    if len(changed) < LEAST:
        return None
    return {
        "count": len(changed),
        "typical": round(mean(abs(one) for one in changed), 2),
        "most": round(max(abs(one) for one in changed), 1),
    }


def _left_out(rows: Rows) -> dict[str, int]:
    """Return how many results do without a part, by form."""
    found: dict[str, int] = {}
    for _rated, result in rows:
        for one in result["parts"]:
            if one.get("left_out"):
                found[one["key"]] = found.get(one["key"], 0) + 1
    return found


def _turnout(round_: Round) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for slate in round_.slates.prefetch_related("dues"):
        one = found.setdefault(slate.form, {"form": slate.form, "due": 0, "taken": 0})
        states = [due.state for due in slate.dues.all()]
        one["due"] += len(states)
        one["taken"] += sum(1 for state in states if state)
    return list(found.values())
