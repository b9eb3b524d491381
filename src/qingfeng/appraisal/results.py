"""Results of a round, worked out once at its close: parts, spreads, counts, severity, weights.

A part under five ballots is left out, so is one with more ballots than were given out, and so is a form
by name that is missing; the weights of the others share its weight in proportion, and the result says so.
Parts by name have no spread; whoever judged is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from qingfeng.appraisal import numbers
from qingfeng.appraisal.models import BY_NAME, DEMOCRATIC, ORGANISATION, PEER, Box, Form, Rated, Round, Slate
from qingfeng.plain.suppression import LEAST

FULL = 10
"""A part goes from 1 to 10, the whole from 10 to 100: a part counts with a tenth of its weight."""

WIDTH = 1.645
"""Of a 90 % interval."""

FEW, MISSING, OVER = "few", "missing", "over"
Part = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """What a slate's ballots say: one array (ballot, person, dimension), NaN where nobody was judged."""

    people: tuple[int, ...]
    scores: numbers.Matrix


def judged(slate: Slate, form: Form, ballots: Sequence[Mapping[str, Any]]) -> Judged:
    """Return the ballots of a slate as an array."""
    people, keys = tuple(slate.people), form.keys
    scores = np.full((len(ballots), len(people), len(keys)), np.nan)
    for row, ballot in enumerate(ballots):
        for place, person in enumerate(people):
            said = ballot.get(str(person))
            if said:
                scores[row, place] = [said[key] for key in keys]
    return Judged(people, scores)


def of_slate(found: Judged, form: Form, *, widened: bool) -> dict[int, Part]:
    """Return the part of each person of a slate; one of fewer than five ballots is left out."""
    whole = found.scores.mean(axis=2)
    means = numbers.trimmed(whole)
    corrected = numbers.additive(whole)
    each = [numbers.trimmed(found.scores[:, :, no]) for no in range(found.scores.shape[2])]
    parts: dict[int, Part] = {}
    for place, person in enumerate(found.people):
        if means.count[place] < LEAST:
            parts[person] = left_out(form, FEW)
            continue
        parts[person] = {
            **_measured(means, place),
            "key": form.key,
            "weight": form.weight,
            "widened": widened,
            "dimensions": [
                {"key": one["key"], "name": one["name"], **_measured(each[no], place)}
                for no, one in enumerate(form.dimensions)
            ],
            "corrected": _corrected(corrected, place),
        }
    return parts


def _measured(means: numbers.Means, place: int) -> dict[str, Any]:
    return {
        "value": round(float(means.value[place]), 2),
        "error": round(float(means.error[place]), 3),
        "spread": round(float(means.spread[place]), 2),
        "count": int(means.count[place]),
    }


def _corrected(found: numbers.Corrected | None, place: int) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "value": round(float(found.value[place]), 2),
        "error": round(float(found.error[place]), 3),
        "severity": round(found.severity, 2),
        "raters": found.raters,
    }


def left_out(form: Form, why: str) -> Part:
    """Return a part that does not count, and why."""
    return {"key": form.key, "weight": form.weight, "left_out": why}


def by_name(rated: Rated, form: Form) -> Part:
    """Return a part by name: the mean of the sheets handed in; the organisation's counts once agreed to."""
    sheets = [
        one
        for one in rated.sheets.all()
        if one.form == form.key and one.handed_on and (form.key != ORGANISATION or one.second_by_id)
    ]
    if not sheets:
        return left_out(form, MISSING)
    count = len(sheets)
    dimensions = [
        {
            "key": one["key"],
            "name": one["name"],
            "value": round(sum(sheet.scores[one["key"]] for sheet in sheets) / count, 2),
            "count": count,
        }
        for one in form.dimensions
    ]
    value = sum(one["value"] for one in dimensions) / len(dimensions)
    return {
        "key": form.key, "weight": form.weight, "value": round(value, 2), "count": count,
        "dimensions": dimensions, "corrected": None,
    }  # fmt: skip


def missing(rated: Rated) -> list[str]:
    """Return the forms by name that a result does without."""
    parts = (rated.result or {}).get("parts", ())
    return [one["key"] for one in parts if one.get("left_out") == MISSING]


def whole(parts: Sequence[Part]) -> dict[str, Any]:
    """Return the result of a person: parts with the weights that counted, the sum, its interval.

    The interval is what would be expected if as many others had voted; parts by name add nothing to it.
    `corrected` is the same sum with the parts freed of severity, where there is such a part.
    """
    there = [one for one in parts if "value" in one]
    total = sum(one["weight"] for one in there)
    for one in parts:
        one["counted"] = round(100 * one["weight"] / total, 1) if total and "value" in one else 0
    if not there:
        return {"parts": list(parts)}

    def summed(read: Any) -> float:
        return float(sum(read(one) * one["weight"] for one in there)) * FULL / total

    value = summed(lambda one: one["value"])
    variance = sum((one["weight"] * FULL / total * one.get("error", 0)) ** 2 for one in there)
    half = WIDTH * sqrt(variance)
    found: dict[str, Any] = {
        "parts": list(parts), "value": round(value, 1),
        "low": round(max(value - half, 10), 1), "high": round(min(value + half, 100), 1),
        "ballots": sum(one["count"] for one in there if one["key"] not in BY_NAME),
    }  # fmt: skip
    if any(one.get("corrected") for one in there):
        found["corrected"] = round(summed(lambda one: (one.get("corrected") or one)["value"]), 1)
    return found


def work_out(round_: Round) -> list[tuple[Rated, dict[str, Any]]]:
    """Return everybody's result, in the order of the units; the boxes are emptied by now."""
    forms = {form.key: form for form in round_.forms.all()}
    of_ballots: dict[str, dict[int, Part]] = {PEER: {}, DEMOCRATIC: {}}
    boxes = {box.slate_id: box.ballots for box in Box.objects.filter(slate__round=round_)}
    for slate in round_.slates.all():
        form = forms[slate.form]
        ballots = boxes.get(slate.pk, [])
        if len(ballots) > slate.dues.exclude(state="").count():
            of_ballots[slate.form].update({person: left_out(form, OVER) for person in slate.people})
        elif len(ballots) >= LEAST:
            found = judged(slate, form, ballots)
            of_ballots[slate.form].update(of_slate(found, form, widened=slate.widened))
    rows = round_.rated.select_related("person", "unit").prefetch_related("sheets")
    return [(one, whole([_part(one, form, of_ballots) for form in forms.values()])) for one in rows]


def _part(rated: Rated, form: Form, of_ballots: Mapping[str, Mapping[int, Part]]) -> Part:
    if form.key in BY_NAME:
        return by_name(rated, form)
    return of_ballots[form.key].get(rated.person_id) or left_out(form, FEW)
