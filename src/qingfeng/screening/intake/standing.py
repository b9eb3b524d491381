"""The lake's standing rows after new ones have come: what has to be written anew, and `at_place`."""

from __future__ import annotations

from qingfeng.screening.intake.incoming import Incoming
from qingfeng.screening.intake.parquet import quoted, write_rows
from qingfeng.screening.intake.places import LOOKED_UP, look_up, read_places
from qingfeng.screening.intake.registers import REGISTERS
from qingfeng.screening.intake.restate import Restating
from qingfeng.screening.tables import Table, tables

AT_PLACE = "at_place"


def bring_up_to_date(incoming: Incoming) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write anew what new rows have changed about old ones, and look places up.

    Returns:
        Tables whose earlier rows go away in the new snapshot, and those of them that
        changed because a register did.
    """
    restating = Restating(incoming.con, incoming.registers, incoming.present)
    replaced, restated = [], []
    fewer = False
    for table in sorted(map(tables().get, incoming.snapshot.tables()), key=_parents_first):
        if table is None:
            continue
        removed = _is_fewer(incoming, table)
        fewer |= removed and table.name in LOOKED_UP
        owners = _may_change(incoming, table) and restating.changes(table, incoming.old(table.name))
        marked = _marked(incoming, table)
        if not (removed or owners or marked):
            continue
        select = restating.select(table, incoming.old(table.name), marked, owners=owners)
        folder = incoming.folder / table.name / "anew"
        if write_rows(incoming.con, select, folder, table):
            incoming.move(folder, table.name)
        incoming.rewritten.add(table.name)
        replaced.append(table.name)
        if owners:
            restated.append(table.name)
    if _look_places_up(incoming, anew=fewer):
        replaced.append(AT_PLACE)
    return tuple(replaced), tuple(restated)


def _parents_first(table: Table | None) -> tuple[bool, str]:
    return (table is not None and bool(table.parent), table.name if table else "")


def _is_fewer(incoming: Incoming, table: Table) -> bool:
    old = incoming.old(table.name)
    if old == incoming.snapshot.relation(table.name):
        return False
    (count,) = incoming.con.execute(f"SELECT count(*) FROM {old}").fetchone()  # type: ignore[misc]
    return bool(count < incoming.snapshot.rows(table.name))


def _may_change(incoming: Incoming, table: Table) -> bool:
    if incoming.taken_over or incoming.arrived & set(REGISTERS):
        return True
    return table.parent in incoming.arrived and table.parent + "_row" in table.stored()


def _marked(incoming: Incoming, table: Table) -> str:
    found = incoming.found.get(table.name)
    if found is None:
        return ""
    old = f"(SELECT m.* FROM {found.marked} AS m WHERE NOT m.is_new)"
    (count,) = incoming.con.execute(f"SELECT count(*) FROM {old}").fetchone()  # type: ignore[misc]
    return old if count else ""


def _look_places_up(incoming: Incoming, *, anew: bool) -> bool:
    """Write `at_place` for new rows, or for all if the register of places changed.

    Returns:
        Whether its earlier rows go away.
    """
    changed = "geofence" in incoming.arrived or "geofence" in incoming.rewritten or anew
    geofence = incoming.present("geofence")
    if not geofence:
        return changed and AT_PLACE in incoming.snapshot.tables()
    places = read_places(incoming.con, geofence)
    incoming.warnings += [
        f"The boundary of {name} is no polygon and it has no point: nothing lies in it."
        for name in places.unreadable
        if changed
    ]
    for table in LOOKED_UP:
        rows = incoming.present(table) if changed else incoming.new(table)
        if not rows:
            continue
        select = look_up(incoming.con, table, rows, geofence, places)
        folder = incoming.folder / AT_PLACE / table
        folder.mkdir(parents=True)
        told = f"COPY ({select}) TO '{quoted(folder / 'rows.parquet')}' (FORMAT parquet, COMPRESSION zstd)"
        (count,) = incoming.con.execute(told).fetchone()  # type: ignore[misc]
        if count:
            incoming.move(folder, AT_PLACE)
    return changed and AT_PLACE in incoming.snapshot.tables()
