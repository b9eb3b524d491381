"""A route as a day: legs with distance and time, when each stop is reached, whether it is open then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qingfeng.culture.content import Content
from qingfeng.culture.coordinates import km_between
from qingfeng.culture.ordering import Call, Order, best_order, walk

ROAD = 1.3  # a way is longer than a straight line
KMH = {"walk": 4.2, "cycle": 12.0, "bus": 28.0}
PARKING_MIN = {"walk": 0, "cycle": 2, "bus": 6}


@dataclass(frozen=True)
class Reached:
    """A stop as it is reached on the day.

    Attributes:
        stop: As the content says it.
        place: Content of its place.
        km: Of the leg that leads to it; None at the first.
        minutes: Of that leg.
        arrives: Minutes after midnight, before waiting.
        begins: When it can be entered.
        leaves: When it is left.
        is_late: Whether it closes before it is left.
        is_measured: Whether somebody measured the leg.
    """

    no: int
    stop: Content
    place: Content
    km: float | None
    minutes: int | None
    arrives: int
    begins: int
    leaves: int
    is_late: bool
    is_measured: bool


def day_of(route: Content, places: Mapping[str, Content]) -> list[Reached]:
    """Return the stops of a route in their order, as they are reached from its hour on.

    Args:
        route: Content of the route.
        places: Slug to content of every place it stops at.
    """
    now, found, before = as_minutes(route["starts_at"]) or 9 * 60, [], None
    for no, stop in enumerate(route["stops"], 1):
        place = places[stop["place"]]
        km, minutes, measured = _leg(route, stop, before, place) if before else (None, None, False)
        arrives = now + (minutes or 0)
        call = call_of(stop, place)
        begins = max(arrives, int(call.opens))
        now = begins + stop["minutes"]
        found.append(Reached(no, stop, place, km, minutes, arrives, begins, now, now > call.closes, measured))
        before = place
    return found


def suggested(route: Content, places: Mapping[str, Content]) -> tuple[Order, float, float]:
    """Return the order that ends first, its end, and the end as it stands (minutes after midnight)."""
    stops = route["stops"]
    held = [places[one["place"]] for one in stops]
    calls = [call_of(stop, place) for stop, place in zip(stops, held, strict=True)]
    starts = float(as_minutes(route["starts_at"]) or 9 * 60)
    minutes = table_of(route, held)
    found = best_order(calls, minutes, starts=starts)
    return found, found.ends, walk(calls, minutes, range(len(stops)), starts=starts)[0]


def table_of(route: Content, places: Sequence[Content]) -> list[list[float]]:
    """Return the minutes from place to place, a square table."""
    return [
        [0.0 if one is other else _by_straight_line(route, one, other)[1] for other in places]
        for one in places
    ]


def call_of(stop: Mapping[str, Any], place: Content) -> Call:
    """Return a stop as the solver sees it."""
    opens, closes = as_minutes(place["opens_at"]), as_minutes(place["closes_at"])
    return Call(stop["minutes"], opens or 0, closes if closes is not None else 24 * 60)


def as_minutes(hour: str) -> int | None:
    """Return minutes after midnight of `HH:MM`, None for no hour."""
    if not hour:
        return None
    hours, minutes = hour.split(":")
    return int(hours) * 60 + int(minutes)


def as_hour(minutes: float) -> str:
    """Return `HH:MM` of minutes after midnight."""
    return f"{int(minutes) // 60 % 24:02d}:{int(minutes) % 60:02d}"


def _leg(route: Content, stop: Content, before: Content, place: Content) -> tuple[float, int, bool]:
    km, minutes = _by_straight_line(route, before, place)
    if stop["leg_km"] is not None and stop["leg_minutes"] is not None:
        return stop["leg_km"], stop["leg_minutes"], True
    return km, minutes, False


def _by_straight_line(route: Content, one: Content, other: Content) -> tuple[float, int]:
    km = km_between((one["lon"], one["lat"]), (other["lon"], other["lat"])) * ROAD
    mode = route["mode"]
    return round(km, 1), max(1, round(km / KMH[mode] * 60) + PARKING_MIN[mode])
