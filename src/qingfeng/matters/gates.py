"""Gates that many declarations need, as functions that make one. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Words


def fact_given(key: str, says: Words, *, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds when a fact is not empty."""
    return Gate(f"fact_given:{key}", says, lambda seen: seen.value(key) not in (None, "", [], ()), law)


def fact_is(key: str, values: tuple[Any, ...], says: Words, *, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds when a fact has one of the values."""
    return Gate(f"fact_is:{key}", says, lambda seen: seen.value(key) in values, law)


def act_done(act: str, says: Words, *, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds when an act has been performed."""
    return Gate(f"act_done:{act}", says, lambda seen: seen.last(act) is not None, law)


def act_done_after(act: str, other: str, says: Words, *, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds when an act was performed after the latest performance of another, if any."""
    return Gate(f"act_done_after:{act}:{other}", says, lambda seen: done_after(seen, act, other), law)


def done_after(seen: Snapshot, act: str, other: str) -> bool:
    """Return whether an act was performed after the latest performance of another, if any."""
    keys = [one.act for one in seen.done]
    if act not in keys:
        return False
    return other not in keys or keys[::-1].index(act) < keys[::-1].index(other)


def ledger_has(ledger: str, says: Words, *, least: int = 1, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds when a ledger has at least so many lines."""
    return Gate(f"ledger_has:{ledger}", says, lambda seen: len(seen.lines(ledger)) >= least, law)


def ledger_done(ledger: str, done: tuple[str, ...], says: Words, *, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds when every line of a ledger is in one of the states (an empty one holds)."""
    return Gate(
        f"ledger_done:{ledger}", says, lambda seen: all(one.state in done for one in seen.lines(ledger)), law
    )


def ledger_proved(ledger: str, says: Words, *, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds when every line of a ledger has an attachment."""
    return Gate(
        f"ledger_proved:{ledger}", says, lambda seen: all(one.files for one in seen.lines(ledger)), law
    )


def entered_fit(
    key: str,
    ledger: str,
    fits: Callable[[Mapping[str, Any]], bool],
    *,
    says: Words,
    law: tuple[Law, ...] = (),
) -> Gate:
    """Return a gate that holds when every line that is being entered in a ledger, or changed, fits."""
    return Gate(key, says, lambda seen: all(map(fits, seen.entered.get(ledger) or ())), law)


def one_entered(key: str, ledger: str, says: Words, *, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds while no more than one line is being entered in a ledger."""
    return Gate(key, says, lambda seen: len(seen.entered.get(ledger) or ()) <= 1, law)


def alone(says: Words, *, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds unless the house found an earlier matter on the same (`is_second`, told)."""
    return Gate("alone", says, lambda seen: not seen.entered.get("is_second"), law)


def named(role: str, says: Words, *, least: int = 1, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds when at least so many different persons or units have a role."""
    return Gate(
        f"named:{role}",
        says,
        lambda seen: len({(p.person, p.unit) for p in seen.parties if p.role == role}) >= least,
        law,
    )


def links_closed(kind: str, says: Words, *, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds when every matter that this one leads to by a kind of link has ended."""
    return Gate(
        f"links_closed:{kind}",
        says,
        lambda seen: not any(one.is_open for one in seen.links if one.outward and one.kind == kind),
        law,
    )


def clock_over(clock: str, says: Words, *, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds when a clock's last day has passed (a window that had to stay open)."""

    def holds(seen: Snapshot) -> bool:
        run = seen.clock(clock)
        return run is not None and run.due_on is not None and seen.today > run.due_on

    return Gate(f"clock_over:{clock}", says, holds, law)


def clock_not_running(clock: str, says: Words, *, law: tuple[Law, ...] = ()) -> Gate:
    """Return a gate that holds when a clock is not running (it was met, or never started)."""

    def holds(seen: Snapshot) -> bool:
        run = seen.clock(clock)
        return run is None or run.state == "stopped"

    return Gate(f"clock_not_running:{clock}", says, holds, law)


def either(first: Gate, second: Gate, says: Words) -> Gate:
    """Return a gate that holds when one of two does."""
    return Gate(
        f"{first.key}|{second.key}",
        says,
        lambda seen: first.holds(seen) or second.holds(seen),
        (*first.law, *second.law),
    )
