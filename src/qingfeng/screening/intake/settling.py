"""One table, all its sheets: duplicates go out, and what is new moves into the batch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from qingfeng.screening.intake.derive import q
from qingfeng.screening.intake.duplicates import Found, Lists, find, key_of
from qingfeng.screening.intake.incoming import Incoming, Sheet
from qingfeng.screening.intake.parquet import parquet_tree, parquet_trees
from qingfeng.screening.intake.restate import flagged
from qingfeng.screening.tables import Table, tables


def settle(incoming: Incoming, table: Table, sheets: Iterable[Sheet]) -> None:
    """Take duplicates out of a table's new rows and move the rest to the batch.

    Args:
        incoming: The batch, which gets the rows.
        table: The table; its parent was settled before it.
        sheets: Every sheet of the batch, by number.
    """
    here = [sheet for sheet in sheets if table.name in sheet.written]
    if not here:
        return
    follows = table.parent + "_row" in table.stored()
    own = [s for s in here if s.reading.table == table.name or not follows]
    _follow(incoming, table, [s for s in here if s not in own])
    found = None
    if own:
        new = parquet_trees([s.written[table.name] for s in own])
        found = find(
            incoming.con,
            table,
            new=new,
            old=_old_for(incoming, table, new),
            lists=_lists(incoming, table, own),
        )
        incoming.found[table.name] = found
        incoming.conflicts += [(table.name, *told) for told in found.conflicts]
        incoming.conflicts_found += found.conflicts_found
    for sheet in own:
        _take_out(incoming, sheet, table, found)
    for sheet in here:
        _move(incoming, sheet, table)


def _follow(incoming: Incoming, table: Table, sheets: list[Sheet]) -> None:
    """Let the rows of lists go where the row that they belong to has gone."""
    found = incoming.found.get(table.parent)
    if not found or not incoming.con.execute(f"SELECT count(*) FROM {found.dropped}").fetchone()[0]:  # type: ignore[index]
        return
    link = q(table.parent + "_row")
    for sheet in sheets:
        rows = parquet_tree(sheet.written[table.name])
        stays = f"{link} NOT IN (SELECT row_id FROM {found.dropped})"
        (gone,) = incoming.con.execute(f"SELECT count(*) FROM {rows} WHERE NOT {stays}").fetchone()  # type: ignore[misc]
        if gone:
            incoming.write_again(sheet, table, f"SELECT * FROM {rows} WHERE {stays}")


def _take_out(incoming: Incoming, sheet: Sheet, table: Table, found: Found | None) -> None:
    if found is None:
        return
    ours = f"row_id >> 42 = {sheet.file_no}"
    touched = incoming.con.execute(
        f"SELECT count(*) FROM (SELECT row_id FROM {found.dropped} UNION ALL "
        f"SELECT row_id FROM {found.marked} WHERE is_new) WHERE {ours}"
    ).fetchone()[0]  # type: ignore[index]
    if touched:
        rows = parquet_tree(sheet.written[table.name])
        stays = f"SELECT * FROM {rows} WHERE row_id NOT IN (SELECT row_id FROM {found.dropped})"
        incoming.write_again(sheet, table, flagged(stays, f"(SELECT * FROM {found.marked} WHERE is_new)"))


def _move(incoming: Incoming, sheet: Sheet, table: Table) -> None:
    folder = sheet.written.get(table.name)
    if folder is None:
        return
    _tell(incoming, sheet, table, parquet_tree(folder))
    incoming.move(folder, table.name)
    incoming.arrived.add(table.name)


def _tell(incoming: Incoming, sheet: Sheet, table: Table, rows: str) -> None:
    """Count flags and the days that a sheet's rows cover."""
    if table.name not in (sheet.account.counted, sheet.reading.table):
        return
    for flag, count in incoming.con.execute(
        f"SELECT flag, count(*) FROM (SELECT unnest(string_split(trim(quality_flags, ','), ',')) AS flag "
        f"FROM {rows} WHERE quality_flags <> ',') GROUP BY 1"
    ).fetchall():
        sheet.account.flags[flag] = sheet.account.flags.get(flag, 0) + count
    if table.time:
        since, until = incoming.con.execute(
            f"SELECT min({table.time}), max({table.time}) FROM {rows}"
        ).fetchone()  # type: ignore[misc]
        sheet.account.since, sheet.account.until = _iso(since), _iso(until)


def _old_for(incoming: Incoming, table: Table, new: str) -> str:
    """The lake's rows that new ones may repeat: without an id only those of the same months."""
    if not table.time or key_of(table):
        return incoming.old(table.name)
    since, until = incoming.con.execute(f"SELECT min({table.time}), max({table.time}) FROM {new}").fetchone()  # type: ignore[misc]
    days = [_day(since), _day(until)]
    if table.name not in incoming.snapshot.tables() or not incoming.snapshot.files(table.name, *days):
        return ""
    return incoming.staying(table.name, incoming.snapshot.relation(table.name, *days))


def _lists(incoming: Incoming, table: Table, own: list[Sheet]) -> list[Lists]:
    lists = []
    for name in sorted(
        {n for s in own for n in s.written if n != table.name} | set(incoming.snapshot.tables())
    ):
        child = tables().get(name)
        if child is None or child.parent != table.name or table.name + "_row" not in child.stored():
            continue
        folders = [s.written[name] for s in own if name in s.written]
        lists.append(Lists(child, parquet_trees(folders) if folders else "", incoming.old(name)))
    return lists


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _iso(moment: date | datetime | None) -> str:
    day = _day(moment)
    return day.isoformat() if day else ""
