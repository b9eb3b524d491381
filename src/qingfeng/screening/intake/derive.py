"""What no file says and the registers do: units, owners, people, and the flags that go with them.

One SELECT over rows that have every stored column but these. New rows and rows that
lie in the lake go through the same SELECT, so that a register that has grown can
correct what an older one could not know.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from qingfeng.screening.intake.registers import Registers
from qingfeng.screening.tables import Column, Table

FLAGS = ("unit_unresolved", "unit_unregistered", "person_unresolved", "plate_by_card")
LATEST = "TIMESTAMP '9999-12-30'"


@dataclass(frozen=True)
class Deriving:
    """How a table's worked-out columns follow from the rest.

    Attributes:
        table: The table.
        have: Declared columns that may have values; the others need no join.
        registers: The registers of now.
        parent: SQL after FROM with the parent's rows, for a list's table, or "".
        carried: Further columns of the base to be carried through.
    """

    table: Table
    have: Container[str]
    registers: Registers
    parent: str = ""
    carried: Sequence[str] = ()

    def select(self, base: str) -> str:
        """Return the SELECT of every stored column, in lake order.

        Args:
            base: SELECT with the stored columns that `worked_out` does not name.
        """
        told = self._flags()
        stored = [
            f"{told} AS quality_flags" if name == "quality_flags" else f"{self._source(name)} AS {q(name)}"
            for name in self.table.stored()
        ]
        wanted = ", ".join([*stored, *map(q, self.carried)])
        return f"SELECT {wanted} FROM ({self._people(self._row_unit(self._units(self._cards(base))))})"

    # Steps, innermost first. Columns that they add are called "#…".

    def _cards(self, base: str) -> str:
        if not self._fills_plate:
            return base
        period = self._during("c")
        return f"""
            SELECT b.* REPLACE (
                    coalesce(b.plate_norm, CASE WHEN b.plate_raw IS NULL THEN c.plate END) AS plate_norm),
                c.unit_id AS "#card",
                b.plate_norm IS NULL AND b.plate_raw IS NULL AND c.plate IS NOT NULL AS "#filled"
            FROM ({base}) AS b LEFT JOIN reg_card AS c ON c.card = b.card_h AND {period}"""

    def _units(self, base: str) -> str:
        added, joins = [], []
        for column in self._unit_columns():
            if self.registers.units is None:
                added.append(f"b.{q(column.name)} AS {q('#' + column.name)}")
                continue
            alias = q("u#" + column.name)
            added.append(f"{alias}.unit_id AS {q('#' + column.name)}")
            joins.append(f"LEFT JOIN reg_unit AS {alias} ON {alias}.spelling = b.{q(column.name)}")
        if self._plate:
            added.append('v.unit_id AS "#plate"')
            joins.append(f"LEFT JOIN reg_plate AS v ON v.plate = b.{q(self._plate)} AND {self._during('v')}")
        if self._by_tax_no:
            added.append('x.unit_id AS "#tax"')
            joins.append("LEFT JOIN reg_tax AS x ON x.tax_no = b.buyer_tax_no")
        if self._by_id:
            added.append('i.unit_id AS "#id"')
            joins.append("LEFT JOIN reg_person AS i ON i.person_id = b.id_h")
        if self.parent:
            added.append(f'{self._parent_unit()} AS "#parent"')
            joins.append(f"LEFT JOIN {self.parent} AS p ON p.row_id = b.{q(self.table.parent + '_row')}")
            if self.table.name == "letter_person":
                joins.append("LEFT JOIN reg_unit AS pu ON pu.spelling = p.issuer")
        if not added:
            return base
        return f"SELECT b.*, {', '.join(added)} FROM ({base}) AS b {' '.join(joins)}"

    def _row_unit(self, base: str) -> str:
        chain: list[str] = []
        own = [column.name for column in self._unit_columns()]
        for owner in self.table.owner:
            if owner in own:
                chain.append(q("#" + owner))
            elif owner == "card" and self._fills_plate:
                chain.append('"#card"')
            elif self._plate and self._plate == owner + "_norm":
                chain.append('"#plate"')
        chain += [q("#unit")] if "unit" in own and "unit" not in self.table.owner else []
        chain += ['"#tax"'] if self._by_tax_no else []
        chain += ['"#parent"'] if self.parent else []
        chain += ['"#id"'] if self._by_id else []
        found = f"coalesce({', '.join(chain)})" if chain else "CAST(NULL AS ENUM(''))"
        if "unit" in own:  # a unit that is spelt out and unknown is nobody else
            found = f'CASE WHEN unit IS NULL THEN {found} ELSE "#unit" END'
        return f'SELECT *, {found} AS "#row_unit" FROM ({base})'

    def _people(self, base: str) -> str:
        added, joins = [], []
        for name, column in (("person", self._name), ("driver", "driver")):
            if self._matches_names and column and column in self.have and column in self.table.columns:
                alias = name[0] + "n"
                added.append(f'{alias}.person_id AS "#{name}"')
                same = f'{alias}.unit_id = b."#row_unit" AND {alias}.name = b.{q(column)}'
                joins.append(f"LEFT JOIN reg_name AS {alias} ON {same}")
        if not added:
            return base
        return f"SELECT b.*, {', '.join(added)} FROM ({base}) AS b {' '.join(joins)}"

    # What the steps look at.

    @property
    def _fills_plate(self) -> bool:
        told = "card" in self.table.owner and "card" in self.have and "plate" in self.table.columns
        return told and "fuel_card" in self.registers.has

    @property
    def _plate(self) -> str:
        """The stored plate column that owns a row, or ""."""
        if "vehicle" not in self.registers.has:
            return ""
        for owner in self.table.owner:
            column = self.table.columns.get(owner)
            if column and column.type == "plate" and (owner in self.have or self._fills_plate):
                return owner + "_norm"
        return ""

    @property
    def _by_tax_no(self) -> bool:
        return self.table.name == "invoice" and "buyer_tax_no" in self.have and "unit" in self.registers.has

    @property
    def _by_id(self) -> bool:
        return (
            "person_id" in self.table.stored()
            and "id" in self.table.columns
            and "id" in self.have
            and self.table.name != "person"
            and "person" in self.registers.has
        )

    @property
    def _matches_names(self) -> bool:
        return "person" in self.registers.has and self.table.name != "person"

    @property
    def _name(self) -> str:
        return "name" if "person_id" in self.table.stored() else ""

    def _unit_columns(self) -> list[Column]:
        return [c for c in self.table.columns.values() if c.type == "unit" and c.name in self.have]

    def _during(self, alias: str) -> str:
        at = f"coalesce(CAST(b.{q(self.table.time)} AS TIMESTAMP), {LATEST})" if self.table.time else LATEST
        return f"{at} >= {alias}.since AND {at} < {alias}.until"

    def _parent_unit(self) -> str:
        if self.table.name == "letter_person":  # who travels belongs to the unit that sends
            return "pu.unit_id"
        if self.table.name == "rcpt_person":  # a guest is not of the host's unit
            return "CASE WHEN b.role = 'guest' THEN NULL ELSE p.unit_id END"
        return "p.unit_id"

    # The columns and flags that come of it.

    def _source(self, name: str) -> str:
        if name == "unit_id" and self.table.name != "unit":
            return '"#row_unit"'
        if name == "person_id":
            return self._person()
        if name == "driver_id":
            return '"#driver"' if self._has_driver else "CAST(NULL AS VARCHAR)"
        column = name.removesuffix("_id")
        if (
            name.endswith("_id")
            and column in self.table.columns
            and self.table.columns[column].type == "unit"
        ):
            if column not in self.have:
                return "CAST(NULL AS VARCHAR)"
            return self._own(column)
        return q(name)

    def _own(self, column: str) -> str:
        """SQL of the unit that a column spells; a buyer is known by its tax number, too."""
        by_tax_no = self._by_tax_no and column == "buyer_name"
        return f'coalesce({q("#" + column)}, "#tax")' if by_tax_no else q("#" + column)

    @property
    def _has_driver(self) -> bool:
        return self._matches_names and "driver" in self.have and "driver" in self.table.columns

    def _person(self) -> str:
        parts = ["id_h"] if "id" in self.table.columns and "id" in self.have else []
        if self.table.name == "person":
            parts.append("\"#row_unit\" || '·' || name")
        elif self._matches_names and self._name in self.have:
            parts.append('"#person"')
        return f"coalesce({', '.join(parts)})" if parts else "CAST(NULL AS VARCHAR)"

    def _flags(self) -> str:
        told: dict[str, list[str]] = {flag: [] for flag in FLAGS}
        guests = "role IS DISTINCT FROM 'guest' AND " if self.table.name == "rcpt_person" else ""
        for column in self._unit_columns():
            spelt = f"{guests}{q(column.name)} IS NOT NULL"
            if self.registers.units is None:
                told["unit_unregistered"].append(spelt)
            else:
                told["unit_unresolved"].append(f"{spelt} AND {self._own(column.name)} IS NULL")
        if self._fills_plate:
            told["plate_by_card"].append('"#filled"')
        if self._name and self._name in self.have:
            told["person_unresolved"].append(f"{q(self._name)} IS NOT NULL AND {self._person()} IS NULL")
        parts = [
            f"CASE WHEN {' OR '.join(f'({p})' for p in predicates)} THEN '{flag},' ELSE '' END"
            for flag, predicates in told.items()
            if predicates
        ]
        return " || ".join(["quality_flags", *parts])


def worked_out(table: Table) -> frozenset[str]:
    """Return the stored columns that `Deriving` works out; a base need not have them."""
    names = {name for name in table.stored() if name in ("person_id", "driver_id")}
    if table.name != "unit":
        names |= {"unit_id"} & set(table.stored())
    return frozenset(names | {c.name + "_id" for c in table.columns.values() if c.type == "unit"})


def as_base(table: Table, relation: str, *, carried: Callable[[str], str] | None = None) -> str:
    """Return rows of the lake as a base to be worked out anew.

    Args:
        table: The table.
        relation: SQL after FROM.
        carried: Names the old value of a worked-out column, to compare it later.
    """
    flags = "quality_flags"
    for flag in FLAGS:
        flags = f"replace({flags}, ',{flag},', ',')"
    columns = []
    for name in table.stored():
        if name == "quality_flags":
            columns.append(f"{flags} AS quality_flags")
        elif name == "plate_norm" and table.name == "fuel":
            columns.append(
                "CASE WHEN quality_flags LIKE '%,plate_by_card,%' THEN NULL ELSE plate_norm END AS plate_norm"
            )
        elif name not in worked_out(table):
            columns.append(q(name))
    if carried:
        changing = [
            *sorted(worked_out(table)),
            "quality_flags",
            *(["plate_norm"] if table.name == "fuel" else []),
        ]
        columns += [f"{q(name)} AS {q(carried(name))}" for name in changing]
    return f"SELECT {', '.join(columns)} FROM {relation}"


def q(name: str) -> str:
    """Return a column's name in quotes."""
    return '"' + name.replace('"', '""') + '"'
