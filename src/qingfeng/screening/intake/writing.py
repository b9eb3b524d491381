"""One staged sheet on its way into the batch: its readable rows, typed; the rest is counted."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from qingfeng.screening.intake.derive import Deriving, q
from qingfeng.screening.intake.incoming import Incoming, Sheet
from qingfeng.screening.intake.parquet import parquet, parquet_tree, quoted, write_rows
from qingfeng.screening.intake.rejects import OTHERWISE, REASONS
from qingfeng.screening.intake.restate import with_parent
from qingfeng.screening.intake.rows import SheetRows
from qingfeng.screening.intake.totals import check_totals
from qingfeng.screening.intake.units import VERY_ALIKE
from qingfeng.screening.intake.unpivot import item_numbers, unpivoted
from qingfeng.screening.intake.withheld import judge
from qingfeng.screening.intake.words import Words, read_words
from qingfeng.screening.tables import Column, Table, tables


def write(incoming: Incoming, sheet: Sheet) -> None:
    """Write a staged sheet's readable rows, typed, and count the rest.

    Args:
        incoming: The batch, which gets the rows.
        sheet: Staged; its staged text is removed in the end.
    """
    assert sheet.staged is not None
    account, staged = sheet.account, unpivoted(sheet.staged.relation(), sheet.reading.items)
    rows = SheetRows(sheet.reading, staged, sheet.file_no)
    judged = judge(incoming.con, incoming.registers, rows)
    words = Words()
    if not judged.keep and not sheet.reading.items:  # a word of a row that is withheld must not be written
        words = read_words(incoming.con, sheet.reading, sheet.staged, name=f"words_{sheet.file_no}")
    rows = SheetRows(sheet.reading, rows.staged, sheet.file_no, judged.keep, words)
    account.withheld = dict(judged.withheld)
    incoming.warnings += [line for line in judged.warnings if line not in incoming.warnings]
    for (column, spelling), count in judged.unmatched.items():
        if _is_very_alike(incoming, spelling):  # a stranger's name is not to be shown
            incoming.spellings[rows.table.name, column, spelling] = count
    lost = sheet.staged.rejected
    account.rows_in = _data_rows(incoming, sheet, rows) + len(lost)
    account.other_rows = {k: n for k, n in sheet.staged.rows.items() if k != "data" and n}
    sheet.given = {rows.table.name: sheet.reading.given(rows.table.name)}
    if rows.lines:
        _write_lines(incoming, sheet, rows, rows.lines)
    else:
        _write_rows(incoming, sheet, rows)
    for child, columns in rows.cells().items():
        _write_cells(incoming, sheet, rows, tables()[child], columns)
    read = account.rows_in - len(lost) - sum(account.withheld.values())
    account.rejected = len(lost) + read - account.kept.get(account.counted, 0)
    if account.rejected:
        _reject(incoming, sheet, rows)
        _leave_no_word(incoming, sheet, rows.table, words)
    words.forget(incoming.con)
    if account.other_rows.get("total"):
        numbers = rows.numbers | item_numbers(sheet.reading)
        account.totals_checked, account.totals = check_totals(incoming.con, sheet.staged.relation(), numbers)
    sheet.staged.remove()


def _data_rows(incoming: Incoming, sheet: Sheet, rows: SheetRows) -> int:
    """Return how many rows of data a sheet has; of a wide one, how many items."""
    assert sheet.staged is not None
    if not sheet.reading.items:
        return sheet.staged.rows.get("data", 0)
    (count,) = incoming.con.execute(f"SELECT count(*) FROM {rows.staged} WHERE row_kind = 'data'").fetchone()  # type: ignore[misc]
    return int(count)


def _write_rows(incoming: Incoming, sheet: Sheet, rows: SheetRows) -> None:
    table, base = rows.table, rows.rows()
    if table.parent + "_row" in table.stored():
        base = f"SELECT *, CAST(NULL AS BIGINT) AS {q(table.parent + '_row')} FROM ({base})"
        base = with_parent(table, base, incoming.present(table.parent), rows.have)
    sheet.account.counted = table.name
    _derive(incoming, sheet, table, base, rows.have, spelt=rows)


def _write_lines(incoming: Incoming, sheet: Sheet, rows: SheetRows, child: Table) -> None:
    lines = incoming.folder / f"lines-{sheet.file_no}.parquet"
    incoming.con.execute(f"COPY ({rows.rows()}) TO '{quoted(lines)}' (FORMAT parquet)")
    groups = f"groups_{sheet.file_no}"
    incoming.con.execute(f"CREATE TEMP TABLE {groups} AS {rows.groups(parquet(lines))}")
    _derive(incoming, sheet, rows.table, rows.parents(parquet(lines), groups), rows.have)
    parents = _written(sheet, rows.table)
    if parents:
        have = rows.lines_have | {"inv_key"}
        _derive(incoming, sheet, child, rows.line_rows(parquet(lines), groups), have, parents=parents)
    sheet.account.counted = child.name
    sheet.given[child.name] = sheet.reading.given(child.name)
    incoming.con.execute(f"DROP TABLE {groups}")
    lines.unlink()


def _write_cells(
    incoming: Incoming, sheet: Sheet, rows: SheetRows, child: Table, columns: list[Column]
) -> None:
    parents = _written(sheet, rows.table)
    if not parents:
        return
    base = rows.cell_rows(child, columns, parents)
    _derive(incoming, sheet, child, base, frozenset(child.columns), parents=parents)


def _derive(
    incoming: Incoming,
    sheet: Sheet,
    table: Table,
    base: str,
    have: frozenset[str],
    *,
    parents: str = "",
    spelt: SheetRows | None = None,
) -> None:
    """Work out owners and people and write the rows of one table.

    Args:
        incoming: The batch.
        sheet: Whose rows they are.
        table: Their table.
        base: SELECT of what the sheet itself says.
        have: Declared columns that it may have.
        parents: SQL after FROM of the rows that a list's rows belong to, or "".
        spelt: Where units' spellings can be read without reading all the rest.
    """
    if table.parent + "_row" not in table.stored():
        parents = ""
    elif not parents:
        parents = incoming.present(table.parent)
    _meet(incoming, table, base, have, spelt)
    select = Deriving(table, have, incoming.registers, parents).select(base)
    folder = incoming.folder / table.name / str(sheet.file_no)
    count = write_rows(incoming.con, select, folder, table)
    sheet.account.kept[table.name] = count
    if count:
        sheet.written[table.name] = folder


def _meet(incoming: Incoming, table: Table, base: str, have: frozenset[str], spelt: SheetRows | None) -> None:
    for column in table.columns.values():
        if column.type != "unit" or column.name not in have:
            continue
        told = (f"({base})", q(column.name))
        if spelt:
            told = (spelt.data, spelt.typed[table.name, column.name].stored[column.name])
        for spelling, count in incoming.registers.meet(*told).items():
            if table.name == "rcpt_person":
                continue  # guests' units are strangers and need no alias
            if table.private:
                continue  # they were met where strangers are told apart
            key = (table.name, column.name, spelling)
            incoming.spellings[key] = incoming.spellings.get(key, 0) + count
    if table.name == "letter_person":
        parents = incoming.present("letter")
        if parents:
            incoming.registers.meet(parents, "issuer")


def _is_very_alike(incoming: Incoming, spelling: str) -> bool:
    return bool(incoming.registers.units and incoming.registers.units.suggest(spelling, at_least=VERY_ALIKE))


def _reject(incoming: Incoming, sheet: Sheet, rows: SheetRows) -> None:
    account = sheet.account
    assert sheet.staged is not None
    incoming.rejects.add(
        account.path, account.sheet, ((row, "", "", reason) for row, reason in sheet.staged.rejected)
    )
    if not rows.unread:
        return
    cells = " UNION ALL ".join(
        f"SELECT row_no, {place} AS place, {u.source} AS value, {u.header_sql or 'NULL'} AS header "
        f"FROM {rows.data} WHERE {u.predicate}"
        for place, u in enumerate(rows.unread)
    )
    cursor = incoming.con.execute(f"SELECT * FROM ({cells}) ORDER BY row_no, place, header")
    incoming.rejects.add(account.path, account.sheet, _cells(cursor, rows))


def _cells(cursor: duckdb.DuckDBPyConnection, rows: SheetRows) -> Iterator[tuple[int, str, str, str]]:
    while batch := cursor.fetchmany(10_000):
        for row_no, place, value, header in batch:
            told = rows.unread[place]
            yield row_no, header or told.header, str(value), REASONS.get(told.type, OTHERWISE)


def _leave_no_word(incoming: Incoming, sheet: Sheet, table: Table, words: Words) -> None:
    """Write a sheet's rows again if their dictionaries may name a word that only a rejected row has."""
    written = _written(sheet, table)
    kinds = words.of_kept(incoming.con, table.name, written) if written else {}
    if kinds:
        own = ", ".join(f"CAST({q(stored)} AS {kind}) AS {q(stored)}" for stored, kind in kinds.items())
        incoming.write_again(sheet, table, f"SELECT * REPLACE ({own}) FROM {written}")


def _written(sheet: Sheet, table: Table) -> str:
    return parquet_tree(sheet.written[table.name]) if table.name in sheet.written else ""
