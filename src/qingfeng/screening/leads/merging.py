"""Findings become leads: evidence named, chains merged, money counted once, leads ranked.

All of it happens in tables of the engine, so that a rule that finds a million rows costs
disk rather than memory. The tables, in the order in which they are made:

* `qf_found`: findings as rules returned them (`run/finding.py` fills it).
* `qf_subject`: the same with subjects (`subjects.resolve`) and with the distinct rows of
  the evidence as numbers (`naming`).
* `qf_finding`: the same, numbered in an order that depends on content only.
* `qf_member`: which finding belongs to which lead, and its place in it.
* `qf_lead`: one row a lead with points, colour, score, rank and id.

**Amount.** A finding's own rows are its evidence rows of the table its rule is about
(of a cross rule: the own rows of the findings it cites). Within a lead, findings are
taken by amount, larger first, then by number of own rows, more first, and those of cross
rules after all others (their amounts repeat what they cite). Each own row is credited to
the first finding that has it, and a finding counts with amount x credited rows / own
rows, rounded to a fen. So money is counted once per distinct row, and a finding whose
rows are covered by larger ones adds nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qingfeng.screening.leads import wording
from qingfeng.screening.leads.naming import name_rows
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
  own BIGINT[], source VARCHAR, facts VARCHAR, message VARCHAR
)
"""

# Numbered by rule and evidence alone, which is narrow; what else tells equals apart is asked of them only.
_PLACES = """
CREATE OR REPLACE TABLE qf_place AS
SELECT rowid AS n, rank() OVER (ORDER BY rule, qf_order(named)) AS place
FROM qf_subject WHERE len(named) > 0
"""

_EQUALS = """
CREATE OR REPLACE TABLE qf_equal AS
SELECT p.n, row_number() OVER (
    PARTITION BY p.place
    ORDER BY f.subject_kind, f.subject_key, f.moment NULLS LAST, f.amount NULLS LAST, f.facts
  ) - 1 AS further
FROM qf_place AS p JOIN qf_subject AS f ON f.rowid = p.n
WHERE p.place IN (SELECT place FROM qf_place GROUP BY place HAVING count(*) > 1)
"""

_FINDINGS = """
INSERT INTO qf_finding
SELECT f.*, $start + p.place + coalesce(e.further, 0) AS finding_row
FROM qf_subject AS f JOIN qf_place AS p ON f.rowid = p.n LEFT JOIN qf_equal AS e ON p.n = e.n
"""

_NO_FINDINGS = """
CREATE OR REPLACE TABLE qf_finding AS
SELECT *, CAST(0 AS BIGINT) AS finding_row FROM qf_subject LIMIT 0
"""

FINDING_VIEW = """
CREATE OR REPLACE VIEW finding AS
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
    left(sha256('[' || array_to_string(list_sort(list(qf_canon(f.named, f.rule))), ',') || ']'), 16) AS id,
    min_by(f.unit_name, m.place) FILTER (f.unit_name IS NOT NULL) AS unit_name
  FROM qf_member AS m JOIN qf_finding AS f ON m.finding_row = f.finding_row
  GROUP BY m.lead_no
), scored AS (
  SELECT t.lead_no, t.id, t.unit_name, t.findings, h.tier, h.subject_kind, h.subject_key, h.moment, a.amount,
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
    con.execute("CREATE OR REPLACE TABLE qf_named_by (v VARCHAR)")
    name_rows(con, sheets)
    for sql in (*macros(), *wording.macros()):
        con.execute(sql)
    resolve(con)
    con.execute(_NO_FINDINGS)
    con.execute(FINDING_VIEW)


def settle(con: duckdb.DuckDBPyConnection) -> None:
    """Move what stands in `qf_found` to `qf_finding` and let cross rules read it as `finding`."""
    resolve(con)
    (known,) = con.execute("SELECT coalesce(max(finding_row), 0) FROM qf_finding").fetchall()[0]
    con.execute(FOUND)  # emptied before the last copy: only two stand at any time
    con.execute(_PLACES)
    con.execute(_EQUALS)
    con.execute(_FINDINGS, {"start": known})
    con.execute("DELETE FROM qf_plate")
    con.execute(
        "INSERT INTO qf_plate SELECT DISTINCT subject_id FROM qf_finding WHERE subject_kind = 'plate'"
    )
    for table in ("qf_place", "qf_equal", "qf_subject"):
        con.execute(f"DROP TABLE {table}")


def merge(con: duckdb.DuckDBPyConnection) -> int:
    """Make `qf_lead` and `qf_member` of `qf_finding`; return the number of leads."""
    con.execute(_MEMBERS, {"days": CHAIN_DAYS})
    con.execute(_AMOUNTS)
    con.execute(_RAISED, {"days": RAISE_DAYS, "subjects": list(RAISED_SUBJECTS)})
    con.execute(_LEADS)
    (count,) = con.execute("SELECT count(*) FROM qf_lead").fetchall()[0]
    return int(count)
