"""Running a rule: its SELECT as it stands, then its rows in the shape of findings."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qingfeng.screening.leads.wording import Wording, name_people

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from qingfeng.screening.rulebook.rule import Parameter, Rule

RAW = "temp.qf_raw"  # of one cursor: rules may run beside each other


@dataclass(frozen=True)
class Answer:
    """What a rule's SELECT gave.

    Attributes:
        types: Output column to SQL type.
        found: Findings: rows with evidence, each once.
        unproven: Rows without any evidence.
        seconds: Wall time of the SELECT alone.
    """

    types: Mapping[str, str] = field(default_factory=dict)
    found: int = 0
    unproven: int = 0
    seconds: float = 0.0


def find(con: duckdb.DuckDBPyConnection, rule: Rule, params: Mapping[str, Parameter] | None = None) -> Answer:
    """Run a rule and add its rows to `qf_found`.

    Args:
        con: Mounted and prepared (`leads.merging.prepare`); each rule that runs beside others has a cursor.
        rule: The rule; one that reads `finding` sees the findings that are settled.
        params: Values in place of the rule's own.

    Raises:
        duckdb.Error: If the engine cannot run it; nothing is added then.
    """
    sql, values = rule.query(params=params)
    begun = time.perf_counter()
    try:
        (rows,) = con.execute(f"CREATE OR REPLACE TEMP TABLE qf_raw AS {sql}", values).fetchall()[0]
        seconds = time.perf_counter() - begun
        if not rows:
            return Answer(seconds=seconds)
        types = {row[0]: str(row[1]) for row in con.execute(f"DESCRIBE {RAW}").fetchall()}
        shape = _Shape(rule, types)
        (proven, distinct) = con.execute(shape.counted()).fetchall()[0]
        name_people(con, shape.wording, RAW)
        (found,) = con.execute(shape.inserted(once=proven == distinct)).fetchall()[0]
    finally:
        con.execute(f"DROP TABLE IF EXISTS {RAW}")
    return Answer(types, int(found), int(rows) - int(proven), seconds)


@dataclass(frozen=True)
class _Shape:
    """The SQL that gives one rule's raw rows the shape of `qf_found`.

    Attributes:
        rule: The rule.
        types: Its output columns.
    """

    rule: Rule
    types: Mapping[str, str]

    @property
    def wording(self) -> Wording:
        """How its findings are worded."""
        return Wording(self.rule, self.types)

    def counted(self) -> str:
        """Return the SELECT for the number of rows with evidence, and of different ones among them.

        Different is counted by a hash: too few where two hashes meet, never too many.
        """
        evidence, _ = self._evidence()
        return (
            f"SELECT count(*) FILTER (WHERE proven), count(DISTINCT same) FILTER (WHERE proven) "
            f"FROM (SELECT ({self._proven()}) AS proven, "
            f"hash({{'k': CAST(q.\"{self.rule.subject}\" AS VARCHAR), 'e': {evidence}}}) AS same "
            f"FROM {RAW} AS q{self._cited()})"
        )

    def inserted(self, *, once: bool) -> str:
        """Return the INSERT; the same rows found twice for one subject are one finding.

        Args:
            once: Whether it is known that nothing is found twice, so that nothing need be sorted.
        """
        rule, tier = self.rule, self._tier()
        evidence, own = self._evidence()
        columns = ", ".join(
            [
                f"'{rule.id}' AS rule",
                f"'{rule.tier}' AS header_tier",
                f"{tier} AS tier",
                f"'{rule.watch}' AS watch",
                f"'{rule.subject}' AS raw_kind",
                self._cast(rule.subject, "VARCHAR", "raw_key"),
                self._cast("unit_id", "VARCHAR"),
                self._cast("at", "TIMESTAMP", "moment"),
                self._cast("amount", "DECIMAL(18,2)"),
                f"{evidence} AS evidence",
                f"{own} AS own",
                f"'{self._source()}' AS source",
                f"{self.wording.facts(tier)} AS facts",
                f"{self.wording.message(tier)} AS message",
            ]
        )
        texts = f"(SELECT q.*{self.wording.values()} FROM {RAW} AS q) AS q"
        shaped = f"SELECT {columns} FROM {texts}{self._cited()} WHERE {self._proven()}"
        first = (
            " QUALIFY row_number() OVER ("
            "PARTITION BY raw_key, evidence ORDER BY tier, moment, amount, facts, message) = 1"
        )
        return f"INSERT INTO qf_found SELECT * FROM ({shaped}){'' if once else first}"

    def _cast(self, column: str, kind: str, name: str = "") -> str:
        value = f'CAST(q."{column}" AS {kind})' if column in self.types else "NULL"
        return f"{value} AS {name or column}"

    def _tier(self) -> str:
        # Later letters are lower tiers: a row may lower the header's tier, never raise it.
        header = f"'{self.rule.tier}'"
        if "tier" not in self.types:
            return header
        return f"greatest({header}, CASE WHEN q.tier IN ('A', 'B', 'C') THEN q.tier ELSE {header} END)"

    def _proven(self) -> str:
        return " OR ".join(f"len({self._rows(column)}) > 0" for column in self.rule.evidence)

    def _source(self) -> str:
        """Return the table whose rows the rule is about: where its data come from."""
        told = list(self.rule.evidence.values())
        if "finding" in told:
            return "finding"
        return self.rule.about if self.rule.about in told else told[0]

    def _evidence(self) -> tuple[str, str]:
        """Return SQL for all evidence of a raw row, and for the rows that it is about."""
        plain = {column: table for column, table in self.rule.evidence.items() if table != "finding"}
        listed = [
            f"list_transform({self._rows(column)}, lambda r: {{'t': '{table}', 'r': r}})"
            for column, table in plain.items()
        ]
        source = self._source()
        if source == "finding":
            return _distinct([*listed, "coalesce(c.evidence, [])"]), _distinct(["coalesce(c.own, [])"])
        own = _distinct([self._rows(column) for column, table in plain.items() if table == source])
        every = _distinct([self._rows(column) for column in plain])
        return _distinct(listed), f"CASE WHEN len({own}) > 0 THEN {own} ELSE {every} END"

    def _rows(self, column: str) -> str:
        listed = f'q."{column}"' if self.types[column].endswith("[]") else f'[q."{column}"]'
        return f"list_filter(coalesce({listed}, []), lambda r: r IS NOT NULL)"

    def _cited(self) -> str:
        """Return the join that fetches what cited findings rest on, for a cross rule."""
        cited = [self._rows(column) for column, table in self.rule.evidence.items() if table == "finding"]
        if not cited:
            return ""
        return (
            " LEFT JOIN LATERAL (SELECT flatten(list(f.evidence)) AS evidence, flatten(list(f.own)) AS own "
            f"FROM (SELECT unnest(flatten([{', '.join(cited)}])) AS finding_row) AS x "
            "JOIN qf_finding AS f ON f.finding_row = x.finding_row) AS c ON true"
        )


def _distinct(lists: list[str]) -> str:
    return f"list_sort(list_distinct(flatten([{', '.join(lists)}])))"
