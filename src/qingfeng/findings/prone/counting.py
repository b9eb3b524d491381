"""Exposures, counted out of the lake once a screening; the worker keeps them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from qingfeng.findings.matching import Units, person_of
from qingfeng.findings.models import Exposure, Lead, RuleRun, Screening, UnitOnRecord
from qingfeng.findings.prone.kinds import (
    OTHER,
    Expense,
    Registered,
    expense_of,
    expenses,
    places,
    post_of,
)
from qingfeng.screening.engines.duckdb_engine import connect
from qingfeng.screening.home import Home
from qingfeng.screening.lake.lake import Lake, Snapshot
from qingfeng.screening.tables import tables

AT_ONCE = 2_000
MEMORY = "512MB"
UNIT_COLUMNS = ("name", "short_name", "kind", "parent", "address", "lon", "lat")
Cell = tuple[str, date | None, str]  # unit, month, kind of post


def expense_of_rules(screening: Screening | None, *, only_ran: bool = False) -> dict[str, str]:
    """Return the kind of expense of every rule of a screening."""
    rows = RuleRun.objects.filter(screening=screening)
    rows = rows.filter(ran=True) if only_ran else rows
    return {rule: expense_of(rule, table) for rule, table in rows.values_list("rule", "table")}


def keep_up() -> bool:
    """Count anew where a newer screening was read in; return whether it was.

    A kind of expense through which no rule went has no exposure: nobody looked. The lake is read as it is
    now: a newer delivery counts as soon as it has been screened.
    """
    newest = Screening.objects.filter(is_newest=True).first()
    if newest is None or _mark(newest).exists():
        return False
    looked = set(expense_of_rules(newest, only_ran=True).values()) - {OTHER}
    home = Home(settings.HOME)
    with closing(connect(home, memory=MEMORY, threads=1)) as con:
        reading = _Reading(con, Lake(home).snapshot())
        units = reading.units()
        counted = {key: reading.exposure(one) for key, one in expenses().items() if key in looked}
        posts = reading.posts()
    known = Units()
    with transaction.atomic():
        _write_units(units, known)
        _write_exposures(counted, known, newest)
        _write_posts(posts)
    return True


def _mark(screening: Screening) -> QuerySet[Exposure]:
    """Return the row that says that a screening was counted: another run over the same records is another."""
    return Exposure.objects.filter(expense=OTHER, snapshot=screening.snapshot, amount=screening.pk)


def _write_units(units: Iterable[Registered], known: Units) -> None:
    units = list(units)
    place_of = places(units)
    UnitOnRecord.objects.all().delete()
    rows = [
        UnitOnRecord(
            name=one.name[:100],
            unit_id=known.find(one.name),
            kind=one.kind[:20],
            place=place_of[one.name][:60],
            lon=one.lon,
            lat=one.lat,
        )
        for one in units
    ]
    UnitOnRecord.objects.bulk_create(rows, batch_size=AT_ONCE)


def _write_exposures(counted: Mapping[str, Mapping[Cell, int]], known: Units, screening: Screening) -> None:
    Exposure.objects.all().delete()
    snapshot = screening.snapshot
    rows = [Exposure(unit_name="", expense=OTHER, amount=screening.pk, snapshot=snapshot)]
    for expense, cells in counted.items():
        for (unit, month, post), amount in cells.items():
            row = Exposure(
                unit_id=known.find(unit),
                unit_name=unit[:100],
                expense=expense,
                post=post,
                month=month,
                amount=amount,
                snapshot=snapshot,
            )
            rows.append(row)
    Exposure.objects.bulk_create(rows, batch_size=AT_ONCE)


def _write_posts(posts: Mapping[tuple[str, str, str], str]) -> None:
    """Give leads that name a person the kind of the post that the register of people has."""
    wanted: dict[str, list[int]] = {}
    leads = Lead.objects.filter(subject_kind="person").order_by()
    for pk, key, unit, held in leads.values_list("pk", "subject_key", "unit_name", "post"):
        named = person_of(key, unit)
        found = posts.get((named.unit, named.name, named.last4), "")
        if found != held:
            wanted.setdefault(found, []).append(pk)
    for post, keys in wanted.items():
        for first in range(0, len(keys), AT_ONCE):
            Lead.objects.filter(pk__in=keys[first : first + AT_ONCE]).update(post=post)


class _Reading:
    """A lake that is read: its units, its people's posts, its exposures."""

    def __init__(self, con: Any, snapshot: Snapshot) -> None:
        self._con, self._snapshot = con, snapshot
        self._there = frozenset(snapshot.tables())
        self._names: dict[str, str] = {}

    def units(self) -> list[Registered]:
        """Return the units of the register, by name; the names of their ids are kept."""
        if "unit" not in self._there:
            return []
        columns = ", ".join(f"min({one})" for one in UNIT_COLUMNS)
        sql = f"SELECT unit_id, {columns} FROM {self._snapshot.relation('unit')} GROUP BY 1 ORDER BY 2"  # noqa: S608
        found: dict[str, Registered] = {}
        for unit_id, name, short, kind, parent, address, lon, lat in self._con.execute(sql).fetchall():
            if name:
                self._names[unit_id] = name
                words = (short or "", kind or "", parent or "", address or "")
                found[name] = Registered(name, *words, _degrees(lon), _degrees(lat))
        return list(found.values())

    def exposure(self, expense: Expense) -> dict[Cell, int]:
        """Return what a kind of expense counts, by unit, month and (for staff) kind of post."""
        parts = list(self._parts(expense))
        if not parts:
            return {}
        titles, title = "", "''"
        if expense.counts == "staff" and "person" in self._there:
            people = self._snapshot.relation("person")
            titles = (
                f"LEFT JOIN (SELECT person_id, min(post) AS title FROM {people} GROUP BY 1) AS who "  # noqa: S608
                "ON who.person_id = rows.seen"
            )
            title = "coalesce(who.title, '')"
        sql = (
            f"SELECT rows.unit_id, rows.month, {title}, count(DISTINCT rows.seen) "  # noqa: S608 - names of the lake
            f"FROM ({' UNION ALL '.join(parts)}) AS rows {titles} GROUP BY 1, 2, 3"
        )
        found: Counter[Cell] = Counter()
        for unit, month, words, amount in self._con.execute(sql).fetchall():
            found[self._names.get(unit, unit), month, post_of(words) if words else ""] += amount
        return dict(found)

    def _parts(self, expense: Expense) -> Iterator[str]:
        for name, column in expense.counted.items():
            if name in self._there:
                time = tables()[name].time
                month = f"CAST(date_trunc('month', {time}) AS DATE)" if time else "NULL"
                yield (
                    f"SELECT unit_id, {month} AS month, CAST({column} AS VARCHAR) AS seen "  # noqa: S608
                    f"FROM {self._snapshot.relation(name)} WHERE unit_id IS NOT NULL"
                )

    def posts(self) -> dict[tuple[str, str, str], str]:
        """Return the kind of post of people by unit, name and last four; of one name twice, none."""
        if "person" not in self._there:
            return {}
        sql = f"SELECT unit_id, name, coalesce(id_last4, ''), post FROM {self._snapshot.relation('person')}"  # noqa: S608
        found: dict[tuple[str, str, str], str] = {}
        for unit, name, last4, title in self._con.execute(sql).fetchall():
            if unit and name:
                key, kind = (self._names.get(unit, unit), name, last4.upper()), post_of(title or "")
                found[key] = kind if found.get(key, kind) == kind else ""
        return found


def _degrees(value: Any) -> float | None:
    return None if value is None else float(value)
