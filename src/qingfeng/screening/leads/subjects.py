"""Who or what a finding is about: from keys in the lake to names that may be shown.

A card counts as the plate it is bound to; a person is unit·name·last four, never a
hash; a finding of tier C is about a unit, whatever its rule looked at. Findings merge
by the key in the lake (`subject_id`) and are shown by the name (`subject_key`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    import duckdb

HASH = "[0-9a-f]{32}"  # what a keyed hash looks like; see Home.hash
UNKNOWN_UNIT = "单位不明"
SOMEBODY = "某人"

_UNITS = """
CREATE OR REPLACE TABLE qf_unit AS
SELECT unit_id, min(name) AS name FROM unit WHERE unit_id IS NOT NULL AND name IS NOT NULL GROUP BY unit_id
"""

_CARDS = """
CREATE OR REPLACE TABLE qf_card AS
SELECT card_h, plate_norm AS plate, card_last4 AS last4 FROM fuel_card
WHERE card_h IN (SELECT raw_key FROM qf_found WHERE raw_kind = 'card')
QUALIFY row_number() OVER (
  PARTITION BY card_h
  ORDER BY plate_norm IS NULL, opened_on DESC NULLS LAST, plate_norm, card_last4
) = 1
"""

_PEOPLE = """
CREATE OR REPLACE TABLE qf_person AS
SELECT person_id, unit_id, name, id_last4 AS last4 FROM person
WHERE person_id IN (SELECT raw_key FROM qf_found WHERE raw_kind = 'person') AND name IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY unit_id NULLS LAST, name, id_last4) = 1
"""

# Subjects that no register knows, and the evidence rows that may tell what to call them.
_STRANGERS = """
CREATE OR REPLACE TABLE qf_stranger AS
SELECT DISTINCT f.raw_kind, f.raw_key, unnest(f.evidence, recursive := true)
FROM qf_found AS f
WHERE (f.raw_kind = 'card' AND f.raw_key NOT IN (SELECT card_h FROM qf_card WHERE last4 IS NOT NULL))
   OR (f.raw_kind = 'person' AND f.raw_key NOT IN (SELECT person_id FROM qf_person))
"""

# A row without a card number is counted for its plate, which then stands for the card.
_SUBJECTS = r"""
CREATE OR REPLACE TABLE qf_subject AS
WITH named AS (
  SELECT f.*, u.name AS known_unit, c.plate AS bound_plate, c.last4 AS card_last4,
    p.name AS person_name, p.last4 AS person_last4, coalesce(pu.name, p.unit_id) AS person_unit,
    p.unit_id AS person_unit_id,
    ku.name AS key_unit, f.raw_key IN (SELECT plate FROM qf_plate)
      OR (f.raw_kind = 'card' AND NOT regexp_full_match(f.raw_key, $hash)
        AND regexp_matches(f.raw_key, '^\p{Han}')) AS is_plate
  FROM qf_found AS f
  LEFT JOIN qf_unit AS u ON f.unit_id = u.unit_id
  LEFT JOIN qf_card AS c ON f.raw_kind = 'card' AND f.raw_key = c.card_h
  LEFT JOIN qf_person AS p ON f.raw_kind = 'person' AND f.raw_key = p.person_id
  LEFT JOIN qf_unit AS pu ON p.unit_id = pu.unit_id
  LEFT JOIN qf_unit AS ku ON f.raw_kind = 'unit' AND f.raw_key = ku.unit_id
), told AS (
  SELECT *,
    coalesce(known_unit, unit_id, key_unit, CASE WHEN raw_kind = 'unit' THEN raw_key END, person_unit)
      AS unit_name,
    CASE
      WHEN tier = 'C' OR raw_key IS NULL THEN 'unit'
      WHEN raw_kind = 'card' AND (bound_plate IS NOT NULL OR is_plate) THEN 'plate'
      WHEN raw_kind = 'person' AND person_name IS NULL THEN 'unit'
      ELSE raw_kind
    END AS kind
  FROM named
)
SELECT * EXCLUDE (kind, known_unit, bound_plate, card_last4, person_name, person_last4, person_unit,
    person_unit_id, key_unit, is_plate),
  kind AS subject_kind,
  CASE kind
    WHEN 'plate' THEN CASE WHEN raw_kind = 'card' THEN coalesce(bound_plate, raw_key) ELSE raw_key END
    WHEN 'unit' THEN coalesce(
      CASE WHEN raw_kind = 'unit' THEN raw_key END, unit_id, person_unit_id,
      -- Findings that nobody can be named for do not merge with each other.
      CASE WHEN tier = 'C' THEN '' ELSE CAST(own AS VARCHAR) END)
    ELSE raw_key
  END AS subject_id,
  CASE kind
    WHEN 'plate' THEN CASE WHEN raw_kind = 'card' THEN coalesce(bound_plate, raw_key) ELSE raw_key END
    WHEN 'unit' THEN CASE WHEN raw_kind = 'unit' THEN coalesce(key_unit, raw_key, unit_name, $unknown)
      ELSE coalesce(unit_name, $unknown) END
    WHEN 'card' THEN coalesce(unit_name, $unknown) || '·尾号' || coalesce(card_last4, '不明')
    WHEN 'person' THEN concat_ws('·', coalesce(person_unit, unit_name, $unknown), person_name, person_last4)
    ELSE CASE WHEN regexp_full_match(raw_key, $hash) THEN coalesce(unit_name, $unknown) ELSE raw_key END
  END AS subject_key,
  CASE raw_kind
    WHEN 'card' THEN CASE WHEN is_plate THEN raw_key ELSE '尾号' || coalesce(card_last4, '不明') END
    WHEN 'person' THEN CASE WHEN tier = 'C' THEN $somebody ELSE coalesce(person_name, $somebody) END
    WHEN 'unit' THEN coalesce(key_unit, raw_key, unit_name, $unknown)
    ELSE raw_key
  END AS spoken,
  qf_named(evidence) AS named
FROM told
"""


def resolve(con: duckdb.DuckDBPyConnection) -> None:
    """Make `qf_subject` of `qf_found`: every finding with the subject it merges under.

    Reads the registers unit, fuel_card and person, and, for subjects that they do not
    know, the evidence rows; `qf_plate(plate)` has the plates that findings already name.
    """
    for sql in (_UNITS, _CARDS, _PEOPLE, _STRANGERS):
        con.execute(sql)
    _name_strangers(con)
    con.execute(_SUBJECTS, {"unknown": UNKNOWN_UNIT, "somebody": SOMEBODY, "hash": HASH})


def _name_strangers(con: duckdb.DuckDBPyConnection) -> None:
    """Add to `qf_card` and `qf_person` what the evidence rows themselves say."""
    seen = con.execute("SELECT DISTINCT raw_kind, t FROM qf_stranger ORDER BY ALL").fetchall()
    for kind, table in seen:
        stored = tables()[table].stored() if table in tables() else {}
        if kind == "card" and {"card_h", "card_last4"} <= stored.keys():
            con.execute(_TELL_CARD.format(table=table))
        name = next((column for column in ("name", "driver") if column in stored), "")
        key = "driver_id" if name == "driver" else "person_id"
        if kind == "person" and name and key in stored:
            last4 = "t.id_last4" if "id_last4" in stored else "NULL"
            con.execute(_TELL_PERSON.format(table=table, name=name, key=key, last4=last4))


_TELL_CARD = """
INSERT INTO qf_card
SELECT t.card_h, min(c.plate), min(t.card_last4) FROM qf_stranger AS s
JOIN {table} AS t ON t.row_id = s.r AND t.card_h = s.raw_key
LEFT JOIN qf_card AS c ON c.card_h = t.card_h
WHERE s.raw_kind = 'card' AND s.t = '{table}'
  AND t.card_h NOT IN (SELECT card_h FROM qf_card)
GROUP BY t.card_h
"""

_TELL_PERSON = """
INSERT INTO qf_person
SELECT s.raw_key, min(t.unit_id), min(t.{name}), min({last4}) FROM qf_stranger AS s
JOIN {table} AS t ON t.row_id = s.r AND t.{key} = s.raw_key
WHERE s.raw_kind = 'person' AND s.t = '{table}' AND t.{name} IS NOT NULL
  AND s.raw_key NOT IN (SELECT person_id FROM qf_person)
GROUP BY s.raw_key
"""
