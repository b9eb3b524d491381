"""The input tables: one declaration a table, and what a declaration yields.

A file here says what a table is called, which columns it has, how offices spell
their headers and what identifies a row. Nothing else in the house knows a table
by name except the rules that read it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MONEY = "DECIMAL(14,2)"

# What a declared type is stored as: suffix of the stored column ("" is the declared
# name itself) and its SQL type. `plate` and `letter_no` drop the declared name for
# `<name>_norm` beside `<name>_raw`; identifiers leave only a keyed hash and a tail.
STORED: dict[str, tuple[tuple[str, str], ...]] = {
    "text": (("", "VARCHAR"),),
    "texts": (("", "VARCHAR"),),  # items joined by "、", in the order of the cell
    "code": (("", "VARCHAR"),),
    "enum": (("", "VARCHAR"),),
    "money": (("", MONEY),),
    "price": (("", "DECIMAL(14,4)"),),
    "litres": (("", "DECIMAL(10,2)"),),
    "km": (("", "DECIMAL(12,2)"),),
    "minutes": (("", "DECIMAL(12,2)"),),
    "engine": (("", "DECIMAL(6,2)"),),  # litres, whether the cell said 1.8L or 1798 ml
    "number": (("", "DECIMAL(14,4)"),),
    "ratio": (("", "DECIMAL(9,6)"),),  # 0 to 1, whether the cell said 98%, 98 or 0.98
    "integer": (("", "INTEGER"),),
    "lon": (("", "DOUBLE"),),  # degrees, WGS-84
    "lat": (("", "DOUBLE"),),
    "day": (("", "DATE"),),
    "month": (("", "DATE"),),  # its first day
    "instant": (("", "TIMESTAMP"),),  # Asia/Shanghai, without zone
    "flag": (("", "BOOLEAN"),),
    "plate": (("_norm", "VARCHAR"), ("_raw", "VARCHAR")),
    "letter_no": (("_norm", "VARCHAR"), ("_raw", "VARCHAR")),
    "invoice_no": (("", "VARCHAR"),),
    "product": (("", "VARCHAR"), ("_class", "VARCHAR")),
    "unit": (("", "VARCHAR"), ("_id", "VARCHAR")),
    "card": (("_h", "VARCHAR"), ("_last4", "VARCHAR")),
    "id_number": (("_h", "VARCHAR"), ("_last4", "VARCHAR")),
    "account": (("_h", "VARCHAR"), ("_last4", "VARCHAR")),
    "phone": (("_h", "VARCHAR"), ("_last4", "VARCHAR")),
    "list": (),  # its items are rows of another table
}

IDENTIFIERS = frozenset({"card", "id_number", "account", "phone"})


@dataclass(frozen=True)
class Column:
    """One declared column.

    Attributes:
        name: Declared name; the stored columns follow from `STORED`.
        type: A key of `STORED`.
        of: The enum's name, or the list's table, else "".
        role: For a list of people: the role that the column gives them, else "".
        headers: Spellings seen in exports, as written; `intake` folds them.
        telling: Whether the header speaks for this table rather than another.
    """

    name: str
    type: str
    of: str
    role: str
    headers: tuple[str, ...]
    telling: bool

    def stored(self) -> tuple[tuple[str, str], ...]:
        """Return the stored columns as (name, SQL type), possibly none."""
        return tuple((self.name + suffix, sql_type) for suffix, sql_type in STORED[self.type])


@dataclass(frozen=True)
class Table:
    """One declared input table.

    Attributes:
        name: Its name in rules.
        term: Its Chinese name.
        title: Its English name.
        kind: `register` (read first), `fact`, or `list` (rows of a parent's cell, or a file).
        key: The stored column that identifies an entity of a register, else "".
        time: The stored column that places a row in time, else "".
        natural_key: Columns that make up the row's own id, empty if it has none.
        owner: Columns the row's unit is taken from, first that answers.
        parent: The table that a list belongs to, else "".
        private: Whether rows of other people's business are withheld.
        columns: Declared columns by name, in the order of the file.
    """

    name: str
    term: str
    title: str
    kind: str
    key: str
    time: str
    natural_key: tuple[str, ...]
    owner: tuple[str, ...]
    parent: str
    private: bool
    columns: dict[str, Column]

    def stored(self) -> dict[str, str]:
        """Return every stored column of a row: name to SQL type, in lake order."""
        columns = {"row_id": "BIGINT", "given": "VARCHAR", "quality_flags": "VARCHAR"}
        for column in self.columns.values():
            columns.update(column.stored())
        columns.update(DERIVED.get(self.name, {}))
        if self.kind != "register" or self.name in ("person", "vehicle", "fuel_card"):
            columns.setdefault("unit_id", "VARCHAR")
        if "id" in self.columns or self.name in PEOPLE:
            columns["person_id"] = "VARCHAR"
        return columns


# Columns that no file carries and intake works out.
DERIVED: dict[str, dict[str, str]] = {
    "unit": {"unit_id": "VARCHAR"},
    "trip": {"driver_id": "VARCHAR"},
    "fuel": {"octane": "INTEGER"},
    "invoice": {"inv_key": "VARCHAR"},
    "geofence": {"place_id": "VARCHAR"},
    "letter": {"letter_id": "VARCHAR", "blank_flags": "VARCHAR"},
    "trip_person": {"trip_row": "BIGINT"},
    "maint_line": {"maint_row": "BIGINT"},
    "letter_person": {"letter_row": "BIGINT"},
    "rcpt_person": {"reception_row": "BIGINT"},
    "reception_invoice": {"reception_row": "BIGINT"},
    "invoice_line": {"invoice_row": "BIGINT"},
    "voucher_invoice": {"voucher_row": "BIGINT"},
}

PEOPLE = frozenset({"trip_person", "rcpt_person", "letter_person", "duty_roster"})


def _column(name: str, told: dict[str, object]) -> Column:
    kind, _, rest = str(told["type"]).partition(":")
    of, _, role = rest.partition(":")
    headers = told.get("headers", ())
    assert isinstance(headers, list | tuple)
    return Column(name, kind, of, role, tuple(map(str, headers)), bool(told.get("telling")))


@cache
def tables() -> dict[str, Table]:
    """Return every declared table by name, sorted by name."""
    found = {}
    for file in sorted(files(__name__).iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml") or file.name == "shared.toml":
            continue
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        found[told["name"]] = Table(
            name=told["name"],
            term=told["term"],
            title=told["title"],
            kind=told["kind"],
            key=told.get("key", ""),
            time=told.get("time", ""),
            natural_key=tuple(told.get("natural_key", ())),
            owner=tuple(told.get("owner", ())),
            parent=told.get("parent", ""),
            private=told.get("private", False),
            columns={name: _column(name, column) for name, column in told["columns"].items()},
        )
    return found
