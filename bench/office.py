"""An office with very many matters: the demonstration's, copied with other people, units, days and levels.

The demonstration plays matters into every stage of every mechanism through the door; what is here copies
them inside PostgreSQL by `INSERT … SELECT` out of tables that hold those only, and makes the indexes
afterwards: each copy has its story, parties, clocks, ledger lines, slips and notices, and the journal has an
entry of its opening. 97 of 100 are closed and lie up to seven years back; the open ones began lately. The
journal's copies are rows only: nobody publishes them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# ruff: noqa: E501 - SQL reads better unbroken

STAFF = 240  # beside the sample office: a commission of about 300
UNITS = 120  # supervised units beside the sample's
OPEN_OF_100 = 3
STORY_ROOM = 64  # numbers of acts that one copy may have
FIRST = 10_000_000  # keys of copies begin here
AT_ONCE = 100_000
TABLES = (
    "matters_matter", "matters_party", "matters_clockrun", "matters_ledgerline", "matters_performance",
    "matters_notice", "matters_matterslip", "journal_journalentry",
)  # fmt: skip
OWN_KEY = ("matters_matter", "journal_journalentry")  # found by their own key, all others by their matter's
SURNAMES, NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "一然子墨思远雨桐景行书言清越知秋"


def more_people(report: Callable[[str], None]) -> None:
    """Give the sample office as many people and units as a large commission has."""
    from datetime import date  # noqa: PLC0415

    from qingfeng.organization.models import Unit  # noqa: PLC0415 - Django is started by now
    from qingfeng.organization.people import add_person, appoint  # noqa: PLC0415
    from qingfeng.organization.units import add_unit  # noqa: PLC0415

    report(f"{STAFF} more people, {UNITS} more units.")
    rooms = list(Unit.objects.filter(is_ours=True, kind__in=("room", "resident", "township")).order_by("pk"))
    for n in range(STAFF):
        name = SURNAMES[n % len(SURNAMES)] + NAMES[n // len(SURNAMES) % len(NAMES)]
        person = add_person(f"B{n:04d}", name, by=None)
        appoint(
            person,
            rooms[n % len(rooms)],
            title="科员",
            roles=["handler"],
            from_on=date(2023, 3, 1),
            by=None,
        )
    area = Unit.objects.get(short_name="云水区")
    for n in range(UNITS):
        add_unit(f"云水区第{n + 1}事业单位", "supervised", parent=area, by=None, short_name=f"第{n + 1}单位")


SETUP = """
CREATE UNLOGGED TABLE bench_template AS
  SELECT id, is_open, row_number() OVER (PARTITION BY is_open ORDER BY id) AS k,
         count(*) OVER (PARTITION BY is_open) AS of FROM matters_matter WHERE id < {first};
CREATE UNLOGGED TABLE bench_person AS
  SELECT p.id, ours.is_ours, row_number() OVER (PARTITION BY ours.is_ours ORDER BY p.id) AS k,
         count(*) OVER (PARTITION BY ours.is_ours) AS of
  FROM organization_person p
  JOIN LATERAL (SELECT u.is_ours FROM organization_post o JOIN organization_unit u ON u.id = o.unit_id
                WHERE o.person_id = p.id ORDER BY o.until_on DESC NULLS FIRST LIMIT 1) ours ON true;
CREATE UNLOGGED TABLE bench_unit AS
  SELECT id, kind, row_number() OVER (PARTITION BY kind ORDER BY id) AS k, count(*) OVER (PARTITION BY kind) AS of
  FROM organization_unit;
CREATE UNLOGGED TABLE bench_cast AS  -- whoever stands in for whom in a copy: one of 997 casts
  SELECT c AS draw, a.id AS was, b.id AS now FROM generate_series(0, 996) c, bench_person a
  JOIN bench_person b ON b.is_ours = a.is_ours AND a.is_ours WHERE b.k = 1 + (c * 31 + a.k * 17) % b.of
  UNION ALL SELECT c, a.id, a.id FROM generate_series(0, 996) c, bench_person a WHERE NOT a.is_ours;
CREATE UNLOGGED TABLE bench_place AS
  SELECT c AS draw, a.id AS was, b.id AS now FROM generate_series(0, 996) c, bench_unit a
  JOIN bench_unit b ON b.kind = a.kind WHERE b.k = 1 + (c * 13 + a.k * 7) % b.of;
CREATE INDEX ON bench_cast (draw, was); CREATE INDEX ON bench_place (draw, was);
ANALYZE bench_template; ANALYZE bench_person; ANALYZE bench_cast; ANALYZE bench_place;
"""

PLAYED = """
CREATE UNLOGGED TABLE bench_{short} AS SELECT * FROM {table};
CREATE INDEX ON bench_{short} ({key}); ANALYZE bench_{short};
"""

COPIES = """
DROP TABLE IF EXISTS bench_copy;
CREATE UNLOGGED TABLE bench_copy AS
  SELECT {first} + n AS id, n, t.id AS was, n % 997 AS draw,
         CASE WHEN t.is_open THEN n % 12 ELSE 15 + (n * 7919) % 2500 END::int AS back
  FROM generate_series({since}::bigint, {until}::bigint) n
  JOIN bench_template t ON t.is_open = ((n * 37) % 100 < {open})
    AND t.k = 1 + (n * 101 + n / 100) % t.of;
CREATE INDEX ON bench_copy (was); ANALYZE bench_copy;
"""

ROWS = {
    "matters": """
INSERT INTO matters_matter (id, mechanism, version, number, slug, title, stage, is_open, standing,
  merged_into_id, confidentiality, owner_id, opened_on, opened_at, opened_by_id, closed_on, facts, revision,
  due_on, taken_over, takeover_batch_id)
SELECT c.id, m.mechanism, m.version,
  split_part(m.number, '〔', 1) || '〔' || extract(year FROM m.opened_on - c.back) || '〕' || c.id || '号',
  extract(year FROM m.opened_on - c.back) || '-' || c.id, m.title || '（' || u.short_name || ' ' || c.n || '）',
  m.stage, m.is_open, m.standing, NULL,
  CASE WHEN c.n % 20 < 4 THEN 'ordinary' WHEN c.n % 20 = 4 THEN 'restricted' ELSE m.confidentiality END,
  b.now, m.opened_on - c.back, m.opened_at - c.back * interval '1 day', k.now, m.closed_on - c.back, m.facts,
  m.revision, m.due_on - (CASE WHEN m.is_open THEN c.n % 12 ELSE 0 END)::int, false, NULL
FROM bench_copy c JOIN bench_matter m ON m.id = c.was
JOIN bench_place b ON b.draw = c.draw AND b.was = m.owner_id JOIN organization_unit u ON u.id = b.now
LEFT JOIN bench_cast k ON k.draw = c.draw AND k.was = m.opened_by_id""",
    "parties": """
INSERT INTO matters_party (matter_id, role, person_id, unit_id, is_subject, since_at, until_at, told_at)
SELECT c.id, p.role, k.now, b.now, p.is_subject, p.since_at - c.back * interval '1 day',
  p.until_at - c.back * interval '1 day', p.told_at - c.back * interval '1 day'
FROM bench_copy c JOIN bench_party p ON p.matter_id = c.was
LEFT JOIN bench_cast k ON k.draw = c.draw AND k.was = p.person_id
LEFT JOIN bench_place b ON b.draw = c.draw AND b.was = p.unit_id""",
    "clocks": """
INSERT INTO matters_clockrun (matter_id, key, state, started_on, due_on, stopped_on, met, working, earlier, told)
SELECT c.id, r.key, r.state, r.started_on - c.back, r.due_on - c.back, r.stopped_on - c.back, r.met, r.working,
  r.earlier, r.told
FROM bench_copy c JOIN bench_clockrun r ON r.matter_id = c.was""",
    "ledger lines": """
INSERT INTO matters_ledgerline (matter_id, ledger, no, state, facts, due_on, is_done, entered_at, changed_at)
SELECT c.id, l.ledger, l.no, l.state, l.facts, l.due_on - c.back, l.is_done,
  l.entered_at - c.back * interval '1 day', l.changed_at - c.back * interval '1 day'
FROM bench_copy c JOIN bench_ledgerline l ON l.matter_id = c.was""",
    "entries of the journal": """
INSERT INTO journal_journalentry (id, log, kind, subject, "by", at, written_at, body, leaf_hash)
SELECT c.id, e.log, e.kind, m.mechanism || '/' || m.slug, e."by", e.at - c.back * interval '1 day',
  e.written_at - c.back * interval '1 day', e.body || convert_to(c.id::text, 'UTF8'),
  sha256(e.body || convert_to(c.id::text, 'UTF8'))
FROM bench_copy c JOIN bench_performance p ON p.matter_id = c.was AND p.no = 1
JOIN bench_journalentry e ON e.id = p.entry_id JOIN matters_matter m ON m.id = c.id""",
    "acts": """
INSERT INTO matters_performance (id, matter_id, no, act, by_id, for_person_id, second_id, as_role, at, from_stage,
  to_stage, entered, reason, key, on_paper, paper_on, meeting_id, undone_by_id, entry_id)
SELECT c.id * {room} + p.no, c.id, p.no, p.act, k.now, NULL, s.now, p.as_role,
  p.at - c.back * interval '1 day', p.from_stage, p.to_stage, p.entered, p.reason, NULL, p.on_paper,
  p.paper_on - c.back, NULL, NULL, CASE WHEN p.no = 1 THEN c.id END
FROM bench_copy c JOIN bench_performance p ON p.matter_id = c.was
LEFT JOIN bench_cast k ON k.draw = c.draw AND k.was = p.by_id
LEFT JOIN bench_cast s ON s.draw = c.draw AND s.was = p.second_id""",
    "slips": """
INSERT INTO matters_matterslip (matter_id, performance_id, key, slip_id)
SELECT c.id, c.id * {room} + p.no, s.key, s.slip_id
FROM bench_copy c JOIN bench_matterslip s ON s.matter_id = c.was
JOIN bench_performance p ON p.id = s.performance_id""",
    "notices": """
INSERT INTO matters_notice (person_id, matter_id, kind, facts, at, shown_from, read_at)
SELECT k.now, c.id, n.kind, n.facts, n.at - c.back * interval '1 day', n.shown_from - c.back * interval '1 day',
  CASE WHEN m.is_open AND c.n % 5 = 0 THEN NULL ELSE n.at - (c.back - 1) * interval '1 day' END
FROM bench_copy c JOIN bench_notice n ON n.matter_id = c.was JOIN bench_matter m ON m.id = c.was
JOIN bench_cast k ON k.draw = c.draw AND k.was = n.person_id
WHERE m.is_open OR c.n % 10 = 0""",
}


def copy_matters(matters: int, report: Callable[[str], None]) -> None:
    """Copy the matters that are there until there are so many; PostgreSQL only, as its superuser."""
    from django.db import connection, transaction  # noqa: PLC0415 - Django is started by now

    words = {"first": FIRST, "open": OPEN_OF_100, "room": STORY_ROOM}
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no look at foreign keys row by row
        cursor.execute("SET work_mem = '256MB'")
        cursor.execute("SET synchronous_commit = off")
        indexes = _take_indexes(cursor)
        cursor.execute(SETUP.format(**words))
        for table in TABLES:
            key = "id" if table in OWN_KEY else "matter_id"
            cursor.execute(PLAYED.format(table=table, short=_short(table), key=key))
        for since in range(1, matters + 1, AT_ONCE):
            until = min(since + AT_ONCE - 1, matters)
            with transaction.atomic():
                cursor.execute(COPIES.format(since=since, until=until, **words))
                for statement in ROWS.values():
                    cursor.execute(statement.format(**words))
            report(f"{until:,} matters.")
        played = ", ".join(f"bench_{_short(table)}" for table in TABLES)
        cursor.execute(
            "DROP TABLE bench_copy, bench_cast, bench_place, bench_person, bench_unit, bench_template, "
            + played
        )
        report(f"{len(indexes)} indexes.")
        for statement in indexes:
            cursor.execute(statement)
        for table in TABLES:
            if table in {"matters_matter", "journal_journalentry", "matters_performance"}:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                )
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET session_replication_role")
        cursor.execute("RESET work_mem")
        cursor.execute("RESET synchronous_commit")


def _short(table: str) -> str:
    return table.partition("_")[2]


def _take_indexes(cursor: Any) -> list[str]:
    """Drop the indexes of what is filled, but those of keys; return what makes them again, built at once."""
    cursor.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid = ANY(%s::text[]::regclass[]) AND NOT i.indisunique "
        "AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [list(TABLES)],
    )
    found = cursor.fetchall()
    for name, _statement in found:
        cursor.execute(f"DROP INDEX {name}")
    return [statement for _name, statement in found]
