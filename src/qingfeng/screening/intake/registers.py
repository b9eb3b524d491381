"""The registers as intake needs them: who owns a plate or card at a time, who is who in a unit.

Small tables in the connection, made anew whenever a register has been read:
`reg_unit(spelling, unit_id)`, `reg_tax(tax_no, unit_id)`,
`reg_plate(plate, since, until, unit_id)`, `reg_card(card, since, until, unit_id, plate)`,
`reg_person(person_id, unit_id)`, `reg_name(unit_id, name, person_id)`,
`reg_ours(unit_id)`, `roster(row_id, unit_id, name, person_id, status_from)`.
Periods of one plate or card do not overlap and cover all time, so that a join finds
one owner at most.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import duckdb

from qingfeng.screening.intake.units import UnitBook, book

BEGINNING = "TIMESTAMP '0001-01-01'"
END = "TIMESTAMP '9999-12-31'"
EMPTY = """
CREATE OR REPLACE TEMP TABLE reg_unit (spelling VARCHAR, unit_id VARCHAR);
CREATE OR REPLACE TEMP TABLE reg_tax (tax_no VARCHAR, unit_id VARCHAR);
CREATE OR REPLACE TEMP TABLE reg_plate (plate VARCHAR, since TIMESTAMP, until TIMESTAMP, unit_id VARCHAR);
CREATE OR REPLACE TEMP TABLE reg_card
    (card VARCHAR, since TIMESTAMP, until TIMESTAMP, unit_id VARCHAR, plate VARCHAR);
CREATE OR REPLACE TEMP TABLE reg_person (person_id VARCHAR, unit_id VARCHAR);
CREATE OR REPLACE TEMP TABLE reg_name (unit_id VARCHAR, name VARCHAR, person_id VARCHAR);
CREATE OR REPLACE TEMP TABLE reg_ours (unit_id VARCHAR);
CREATE OR REPLACE TEMP TABLE roster
    (row_id BIGINT, unit_id VARCHAR, name VARCHAR, person_id VARCHAR, status_from DATE);
"""
REGISTERS = ("unit", "person", "vehicle", "fuel_card")


@dataclass
class Registers:
    """What the home knows of units, vehicles, cards and people at this moment of the import.

    Attributes:
        con: Where the tables lie.
        units: The book of units; None if the home has no register of units.
        has: Registers that have rows.
    """

    con: duckdb.DuckDBPyConnection
    units: UnitBook | None = None
    has: set[str] = field(default_factory=set)
    _met: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.con.execute(EMPTY)

    def refresh(self, table: str, relation: str | None) -> None:
        """Read a register again.

        Args:
            table: unit, person, vehicle or fuel_card; anything else is passed over.
            relation: SQL after FROM with its present rows, or None if it has none.
        """
        if table not in REGISTERS or relation is None:
            return
        self.has.add(table)
        {
            "unit": self._read_units,
            "person": self._read_people,
            "vehicle": self._read_vehicles,
            "fuel_card": self._read_cards,
        }[table](relation)

    def meet(self, relation: str, column: str) -> dict[str, int]:
        """Match every spelling of a unit in a column; the answer lies in `reg_unit`.

        Args:
            relation: SQL after FROM.
            column: SQL of the spelling.

        Returns:
            Spellings that match no unit, with their rows; empty without a register.
        """
        rows = self.con.execute(
            f"SELECT {column} AS s, count(*) FROM {relation} WHERE s IS NOT NULL GROUP BY 1 ORDER BY 1"
        ).fetchall()
        new = [(s, self._unit_of(s)) for s, _ in rows if s not in self._met]
        self._met.update(new)
        self._enter(new)
        return {s: count for s, count in rows if self._met[s] is None}

    def fingerprint(self) -> str:
        """Return SHA-256 (hex) over what decides whether a row is somebody else's business."""
        digest = hashlib.sha256()
        for query in (
            "SELECT DISTINCT plate FROM reg_plate ORDER BY 1",
            "SELECT DISTINCT name FROM roster WHERE name IS NOT NULL ORDER BY 1",
        ):
            for (value,) in self.con.execute(query).fetchall():
                digest.update(f"{value}\n".encode())
            digest.update(b"\0")
        for spelling, unit_id in sorted(self.units.ids.items()) if self.units else ():
            digest.update(f"{spelling} {unit_id if unit_id in self.units.ours else ''}\n".encode())  # type: ignore[union-attr]
        digest.update(" ".join(sorted(self.has)).encode())
        return digest.hexdigest()

    def _unit_of(self, spelling: str) -> str | None:
        return self.units.find(spelling) if self.units else spelling

    def _enter(self, met: list[tuple[str, str | None]]) -> None:
        known = [(spelling, unit_id) for spelling, unit_id in met if unit_id is not None]
        if known:
            spellings, ids = map(list, zip(*known, strict=True))
            self.con.execute("INSERT INTO reg_unit SELECT unnest(?), unnest(?)", [spellings, ids])

    def _read_units(self, relation: str) -> None:
        cursor = self.con.execute(
            "SELECT unit_id, name, short_name, aliases, union_name, credit_code, is_ours "
            f"FROM {relation} ORDER BY row_id"
        )
        names = [told[0] for told in cursor.description]
        self.units = book(dict(zip(names, row, strict=True)) for row in cursor.fetchall())
        self._met = {spelling: self._unit_of(spelling) for spelling in self._met}
        self.con.execute("DELETE FROM reg_unit")
        self._enter(list(self._met.items()))
        self.con.execute("DELETE FROM reg_ours")
        self.con.execute("INSERT INTO reg_ours SELECT unnest(?)", [sorted(self.units.ours)])
        self.con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE reg_tax AS
            SELECT credit_code AS tax_no, arg_max(coalesce(unit_id, name), row_id) AS unit_id
            FROM {relation} WHERE credit_code IS NOT NULL GROUP BY 1
            """
        )

    def _read_people(self, relation: str) -> None:
        self.meet(relation, "unit")
        self.con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE roster AS
            SELECT p.row_id, u.unit_id, p.name, coalesce(p.id_h, u.unit_id || '·' || p.name) AS person_id,
                p.status_from
            FROM {relation} AS p LEFT JOIN reg_unit AS u ON u.spelling = p.unit
            """
        )
        self.con.execute(
            """
            CREATE OR REPLACE TEMP TABLE reg_person AS
            SELECT person_id, arg_max(unit_id, (coalesce(status_from, DATE '0001-01-01'), row_id)) AS unit_id
            FROM roster WHERE person_id IS NOT NULL GROUP BY 1
            """
        )
        # Two people of one name in one unit are nobody: only a row with an ID number tells them apart.
        self.con.execute(
            """
            CREATE OR REPLACE TEMP TABLE reg_name AS
            SELECT unit_id, name, min(person_id) AS person_id FROM roster
            WHERE unit_id IS NOT NULL AND name IS NOT NULL
            GROUP BY 1, 2 HAVING count(DISTINCT person_id) = 1
            """
        )

    def _read_vehicles(self, relation: str) -> None:
        self.meet(relation, "unit")
        self.con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE reg_plate AS
            SELECT plate, {_periods("plate")}, unit_id FROM (
                SELECT v.plate_norm AS plate, CAST(v.status_from AS TIMESTAMP) AS begins,
                    arg_max(u.unit_id, v.row_id) AS unit_id
                FROM {relation} AS v LEFT JOIN reg_unit AS u ON u.spelling = v.unit
                WHERE v.plate_norm IS NOT NULL GROUP BY 1, 2)
            """
        )

    def _read_cards(self, relation: str) -> None:
        self.meet(relation, "unit")
        self.con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE reg_card AS
            SELECT card, {_periods("card")}, unit_id, plate FROM (
                SELECT c.card_h AS card, CAST(c.opened_on AS TIMESTAMP) AS begins,
                    arg_max(u.unit_id, c.row_id) AS unit_id, arg_max(c.plate_norm, c.row_id) AS plate
                FROM {relation} AS c LEFT JOIN reg_unit AS u ON u.spelling = c.unit
                WHERE c.card_h IS NOT NULL GROUP BY 1, 2)
            """
        )


def _periods(key: str) -> str:
    """Return SQL of since and until: the first row of a key holds from the beginning of time."""
    ordered = f"(PARTITION BY {key} ORDER BY begins NULLS FIRST)"
    return (
        f"CASE WHEN row_number() OVER {ordered} = 1 THEN {BEGINNING} ELSE begins END AS since, "
        f"coalesce(lead(begins) OVER {ordered}, {END}) AS until"
    )
