"""Findings become leads: evidence named, chains merged, money counted once, leads ranked.

All of it happens in tables of the engine, so that a rule that finds a million rows costs
disk rather than memory. The tables, in the order in which they are made:

* `qf_found`: findings as rules returned them (`run/finding.py` fills it).
* `qf_subject`: the same with subjects (`subjects.resolve`).
* `qf_finding`: the same, numbered in an order that depends on content only, with the
  evidence as it is shown and as it is hashed.
* `qf_member`: which finding belongs to which lead, and its place in it.
* `qf_lead`: one row a lead with points, colour, score, rank and id.

**Amount.** A finding's own rows are its evidence rows of the first table its rule reads
(of a cross rule: the own rows of the findings it cites). Within a lead, findings are
taken by amount, larger first, then by number of own rows, more first, and those of cross
rules after all others (their amounts repeat what they cite). Each own row is credited to
the first finding that has it, and a finding counts with amount x credited rows / own
rows, rounded to a fen. So money is counted once per distinct row, and a finding whose
rows are covered by larger ones adds nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa

from qingfeng.screening.leads.subjects import resolve
from qingfeng.screening.leads.weights import CHAIN_DAYS, RAISE_DAYS, RAISED_SUBJECTS, macros

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from qingfeng.screening.lake import SheetRecord

FOUND = """
CREATE OR REPLACE TABLE qf_found (
  rule VARCHAR, header_tier VARCHAR, tier VARCHAR, watch VARCHAR, raw_kind VARCHAR, raw_key VARCHAR,
  unit_id VARCHAR, moment TIMESTAMP, amount DECIMAL(18,2), evidence STRUCT(t VARCHAR, r BIGINT)[],
  own BIGINT[], source VARCHAR, facts VARCHAR
)
"""

_NUMBERED = "CREATE OR REPLACE TABLE qf_numbered AS SELECT *, row_number() OVER () AS n FROM qf_subject"

# Evidence rows as a person finds them again; items of one list cell are one row there.
_NAMED_EVIDENCE = """
CREATE OR REPLACE TABLE qf_evidence AS
WITH cited AS (SELECT n, unnest(evidence, recursive := true) FROM qf_numbered),
row_of AS (
  SELECT DISTINCT c.n, c.t, s.file, s.sheet, s.file_json, s.sheet_json, (c.r >> 10) & 4294967295 AS row_no
  FROM cited AS c JOIN qf_sheet AS s ON s.file_no = c.r >> 42
)
SELECT n,
  '[' || string_agg('{"file":' || file_json || ',"row":' || row_no || ',"sheet":' || sheet_json
    || ',"table":"' || t || '"}', ',' ORDER BY t, file, sheet NULLS FIRST, row_no) || ']' AS canon,
  '[' || string_agg('{"table": "' || t || '", "file": ' || file_json || ', "sheet": ' || sheet_json
    || ', "row": ' || row_no || '}', ', ' ORDER BY t, file, sheet NULLS FIRST, row_no) || ']' AS shown
FROM row_of GROUP BY n
"""

_FINDINGS = """
INSERT INTO qf_finding
SELECT f.* EXCLUDE (n),
  $start + row_number() OVER (
    ORDER BY f.rule, e.canon, f.subject_kind, f.subject_key, f.moment NULLS LAST, f.amount NULLS LAST, f.facts
  ) AS finding_row,
  '{"evidence":' || e.canon || ',"rule":"' || f.rule || '"}' AS canon, e.shown
FROM qf_numbered AS f JOIN qf_evidence AS e ON f.n = e.n
"""

_NO_FINDINGS = """
CREATE OR REPLACE TABLE qf_finding AS
SELECT *, CAST(0 AS BIGINT) AS finding_row, '' AS canon, '' AS shown FROM qf_subject LIMIT 0
"""

FINDING_VIEW = """
CREATE OR REPLACE TABLE finding AS
SELECT rule, tier, watch, subject_kind, subject_id AS subject_key, unit_id, moment AS "at",
  CAST(amount AS DECIMAL(14,2)) AS amount, finding_row,
  list_transform(evidence, lambda e: e.r) AS evidence_rows
FROM qf_finding
"""

_MEMBERS = """
CREATE OR REPLACE TABLE qf_member AS
WITH gap AS (
  SELECT finding_row, subject_kind, subject_id, tier = 'C' AS apart, moment IS NULL AS undated, moment, rule,
    qf_tier_points(tier) + qf_amount_points(amount) AS weight,
    CASE
      WHEN moment IS NULL THEN 0
      WHEN CAST(moment AS DATE) - lag(CAST(moment AS DATE)) OVER same <= $days THEN 0
      ELSE 1
    END AS begins
  FROM qf_finding
  WINDOW same AS (
    PARTITION BY subject_kind, subject_id, tier = 'C', moment IS NULL ORDER BY moment, finding_row
  )
), chain AS (
  SELECT *, sum(begins) OVER (
    PARTITION BY subject_kind, subject_id, apart, undated ORDER BY moment, finding_row
    ROWS UNBOUNDED PRECEDING
  ) AS link
  FROM gap
), numbered AS (
  SELECT *, dense_rank() OVER (ORDER BY subject_kind, subject_id, apart, undated, link) AS lead_no FROM chain
)
SELECT lead_no, finding_row,
  row_number() OVER (
    PARTITION BY lead_no ORDER BY weight DESC, moment NULLS LAST, rule, finding_row
  ) AS place
FROM numbered
"""

_AMOUNTS = """
CREATE OR REPLACE TABLE qf_amount AS
WITH own AS (
  SELECT m.lead_no, f.finding_row, f.amount, f.source = 'finding' AS crossed, len(f.own) AS size,
    unnest(f.own) AS own_row
  FROM qf_member AS m JOIN qf_finding AS f ON m.finding_row = f.finding_row
  WHERE f.amount IS NOT NULL
), first_of AS (
  SELECT *, row_number() OVER (
    PARTITION BY lead_no, own_row ORDER BY crossed, amount DESC, size DESC, finding_row
  ) AS k
  FROM own
), credited AS (
  SELECT lead_no, finding_row, amount, size, count(*) AS rows_credited
  FROM first_of WHERE k = 1 GROUP BY ALL
)
SELECT lead_no, CAST(sum(
    CASE WHEN rows_credited = size THEN amount
      ELSE CAST(round(amount * rows_credited / size, 2) AS DECIMAL(18,2)) END
  ) AS DECIMAL(18,2)) AS amount
FROM credited GROUP BY lead_no
"""

_RAISED = """
CREATE OR REPLACE TABLE qf_raised AS
WITH breach AS (
  SELECT m.lead_no,
    f.source <> lag(f.source) OVER near
      AND CAST(f.moment AS DATE) - lag(CAST(f.moment AS DATE)) OVER near <= $days AS agree
  FROM qf_member AS m JOIN qf_finding AS f ON m.finding_row = f.finding_row
  WHERE f.tier = 'B' AND f.source <> 'finding' AND f.subject_kind IN (SELECT unnest($subjects))
  WINDOW near AS (PARTITION BY m.lead_no ORDER BY f.moment, f.finding_row)
)
SELECT DISTINCT lead_no FROM breach WHERE agree
"""

_LEADS = """
CREATE OR REPLACE TABLE qf_lead AS
WITH told AS (
  SELECT m.lead_no, count(*) AS findings, count(DISTINCT f.rule) AS rules,
    left(sha256('[' || string_agg(f.canon, ',' ORDER BY f.canon) || ']'), 16) AS id,
    min_by(f.unit_name, m.place) FILTER (f.unit_name IS NOT NULL) AS unit_name
  FROM qf_member AS m JOIN qf_finding AS f ON m.finding_row = f.finding_row
  GROUP BY m.lead_no
), scored AS (
  SELECT t.lead_no, t.id, t.unit_name, h.tier, h.subject_kind, h.subject_key, h.moment, a.amount,
    qf_prior(h.tier) AS score, qf_amount_points(a.amount) AS amount_points,
    qf_amount_factor(a.amount) AS factor, qf_repetition(t.rules, t.findings) AS repetition,
    r.lead_no IS NOT NULL AND h.tier <> 'C' AS raised, h.watch, h.rule
  FROM told AS t
  JOIN qf_member AS m ON m.lead_no = t.lead_no AND m.place = 1
  JOIN qf_finding AS h ON h.finding_row = m.finding_row
  LEFT JOIN qf_amount AS a ON a.lead_no = t.lead_no
  LEFT JOIN qf_raised AS r ON r.lead_no = t.lead_no
), pointed AS (
  SELECT *, qf_tier_points(tier) + amount_points + repetition AS points FROM scored
), distinct_id AS (
  SELECT * REPLACE (
    CASE WHEN row_number() OVER (PARTITION BY id ORDER BY subject_kind, subject_key, points) = 1 THEN id
      ELSE left(sha256(id || subject_kind || subject_key), 16) END AS id
  ) FROM pointed
)
SELECT *, row_number() OVER (
  ORDER BY tier = 'C', score * factor DESC, points DESC, id
) AS rank
FROM distinct_id
"""


def prepare(con: duckdb.DuckDBPyConnection, sheets: Iterable[SheetRecord]) -> None:
    """Create the empty tables that findings go into.

    Args:
        con: Where the rules run.
        sheets: Of the snapshot: what evidence rows are called.
    """
    con.execute(FOUND)
    con.execute("CREATE OR REPLACE TABLE qf_plate (plate VARCHAR)")
    known = list(sheets)
    named = pa.table(
        {
            "file_no": pa.array([sheet.file_no for sheet in known], pa.int64()),
            "file": pa.array([sheet.path for sheet in known], pa.string()),
            "sheet": pa.array([sheet.sheet for sheet in known], pa.string()),
            "file_json": pa.array([json.dumps(s.path, ensure_ascii=False) for s in known], pa.string()),
            "sheet_json": pa.array([json.dumps(s.sheet, ensure_ascii=False) for s in known], pa.string()),
        }
    )
    con.register("qf_sheet_given", named)
    con.execute("CREATE OR REPLACE TABLE qf_sheet AS SELECT * FROM qf_sheet_given")
    con.unregister("qf_sheet_given")
    for sql in macros():
        con.execute(sql)
    resolve(con)
    con.execute(_NO_FINDINGS)
    con.execute(FINDING_VIEW)


def settle(con: duckdb.DuckDBPyConnection) -> None:
    """Move what stands in `qf_found` to `qf_finding` and let cross rules read it as `finding`."""
    resolve(con)
    (known,) = con.execute("SELECT coalesce(max(finding_row), 0) FROM qf_finding").fetchall()[0]
    con.execute(_NUMBERED)
    con.execute(_NAMED_EVIDENCE)
    con.execute(_FINDINGS, {"start": known})
    con.execute("DELETE FROM qf_found")
    con.execute("DELETE FROM qf_plate")
    con.execute(
        "INSERT INTO qf_plate SELECT DISTINCT subject_id FROM qf_finding WHERE subject_kind = 'plate'"
    )
    for table in ("qf_numbered", "qf_evidence", "qf_subject"):
        con.execute(f"DROP TABLE {table}")
    con.execute(FINDING_VIEW)


def merge(con: duckdb.DuckDBPyConnection) -> int:
    """Make `qf_lead` and `qf_member` of `qf_finding`; return the number of leads."""
    con.execute(_MEMBERS, {"days": CHAIN_DAYS})
    con.execute(_AMOUNTS)
    con.execute(_RAISED, {"days": RAISE_DAYS, "subjects": list(RAISED_SUBJECTS)})
    con.execute(_LEADS)
    (count,) = con.execute("SELECT count(*) FROM qf_lead").fetchall()[0]
    return int(count)
