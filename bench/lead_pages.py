"""`python -m bench.lead_pages [--leads N] [--runs N] [--viewers …] [--home DIR]`: pages over leads.

The list with every filter, order and mark, the search box, an export, a selection handed out, a rule, the
cockpit, blind spots and prone areas, each against its own SQL executed by hand plus rendering the empty layout, in turn
(`bench.site` says how). A PostgreSQL from the wheel holds the sample office with as many people and units
as a large commission has (`bench.office`), and N leads of the house's own rules: one in ten has a
verification, one in seven names a person of no record, one in twenty is found no more; some are excepted,
watched only, drawn. It is filled once.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import site
from bench.site import DATA, SETTINGS, Ask, Reader, say

# ruff: noqa: E501 - SQL reads better unbroken

VIEWERS = ("analyst", "dept_head", "principal", "handler")
AT_ONCE = 50_000
VERIFIED_OF = 10  # one lead of so many has a verification
TURNED = 39  # pages that are turned before page 40

LEADS = """
INSERT INTO findings_lead (key, title, rule, rules, tier, watch, colour, points, factor, weight, subject_kind,
  subject_key, subject_name, named, post, unit_id, unit_name, at, month, amount, found, innocent, verify, arithmetic,
  snapshot, content, first_seen_id, last_seen_id, first_seen_at, is_current, matter_id)
SELECT substr(md5('bench ' || n), 1, 16), r.title, r.rule, to_jsonb(ARRAY[r.rule]), r.tier, r.watch,
  CASE WHEN r.tier = 'C' THEN 'grey' ELSE (ARRAY['red', 'yellow', 'blue', 'blue'])[1 + n * 7 % 4] END,
  30 + n * 13 % 60, 1 + n % 4, round((0.05 + (n * 7919 % 9000) / 10000.0)::numeric, 5),
  CASE WHEN r.tier = 'C' THEN 'unit' WHEN n % 7 = 0 THEN 'person' ELSE 'plate' END,
  CASE WHEN r.tier = 'C' THEN u.name WHEN n % 7 = 0 THEN u.name || '·某' || n % 997 || '·' || lpad((n % 10000)::text, 4, '0')
       ELSE '苏M' || lpad((n * 31 % 20000)::text, 5, '0') END,
  CASE WHEN r.tier <> 'C' AND n % 7 = 0 THEN '某' || n % 997 ELSE '' END,
  CASE WHEN n % 5 = 0 THEN '、某' || n % 997 || '、' ELSE '' END,
  CASE WHEN r.tier <> 'C' AND n % 7 = 0 THEN 'staff' ELSE '' END, u.id, u.name, d.at, date_trunc('month', d.at AT TIME ZONE 'Asia/Shanghai')::date,
  CASE WHEN n % 11 > 0 THEN round((n * 104729 % 20000000) / 100.0, 2) END, 1 + n % 3, '["经批准值班", "登记有误"]',
  '["查：值班表"]', '{{"points": "B级30"}}', repeat('5', 64), substr(md5('content ' || n), 1, 16), s.id, s.id,
  s.at - n % 90 * interval '1 day', n % 20 > 0, m.id
FROM generate_series({since}::bigint, {until}::bigint) n
JOIN bench_rule r ON r.k = 1 + n * 17 % r.of JOIN bench_lead_unit u ON u.k = 1 + n * 101 % u.of
CROSS JOIN (SELECT * FROM findings_screening WHERE is_newest LIMIT 1) s
CROSS JOIN LATERAL (SELECT s.at - (n * 37 % 540) * interval '1 day' AS at) d
LEFT JOIN bench_verification m ON m.k = n
"""
FINDINGS = """
INSERT INTO findings_leadfinding (lead_id, place, rule, title, tier, version, params, message, facts, evidence)
SELECT l.id, p, l.rule, l.title, l.tier, 'sha256:1', '{{"tolerance": 1.05, "slack_l": 2}}',
  l.subject_key || ' 于 2026年10月3日 12:01 加油 87 升，登记油箱容积 60 升，待核',
  '{{"liters": "87.00", "tank_l": "60.00", "station": "第一加油站"}}',
  jsonb_build_array(jsonb_build_object('table', 'fuel', 'file', '加油/2026-10.csv', 'sheet', NULL, 'row', l.id * 3 + p))
FROM findings_lead l JOIN generate_series(0, 2) p ON p < l.found
WHERE l.snapshot = repeat('5', 64) AND NOT EXISTS (SELECT 1 FROM findings_leadfinding f WHERE f.lead_id = l.id)
"""
SETUP = """
CREATE UNLOGGED TABLE bench_rule AS
  SELECT rule, title, tier, watch, row_number() OVER (ORDER BY rule) AS k, count(*) OVER () AS of
  FROM findings_rulerun WHERE screening_id = (SELECT id FROM findings_screening WHERE is_newest LIMIT 1);
CREATE UNLOGGED TABLE bench_lead_unit AS
  SELECT id, name, row_number() OVER (ORDER BY id) AS k, count(*) OVER () AS of FROM organization_unit WHERE kind = 'supervised';
CREATE UNLOGGED TABLE bench_verification AS
  SELECT m.id, row_number() OVER (ORDER BY m.id) * {one_of} AS k FROM matters_matter m
  WHERE m.mechanism = 'verification' AND NOT EXISTS (SELECT 1 FROM findings_lead l WHERE l.matter_id = m.id);
"""


EXPOSED = """
INSERT INTO findings_unitonrecord (name, unit_id, kind, place, lon, lat)
SELECT name, id, (ARRAY['机关', '事业', '镇街', '国企', '参公'])[1 + k % 5], CASE WHEN k % 3 = 0 THEN '' ELSE '第' || k % 20 || '镇' END,
  124.0 + k % 40 / 100.0, 30.5 + k % 37 / 100.0 FROM bench_lead_unit;
INSERT INTO findings_exposure (unit_id, unit_name, expense, post, month, amount, snapshot)
SELECT u.id, u.name, e, '', date_trunc('month', s.at - m * interval '1 month')::date, 4 + (u.k * 7 + m) % 60, s.snapshot
FROM bench_lead_unit u, generate_series(0, 18) m, unnest(ARRAY{expenses}) e,
  (SELECT * FROM findings_screening WHERE is_newest LIMIT 1) s;
"""
APART = """
UPDATE findings_rulestanding SET is_watch_only = true WHERE rule = (SELECT max(rule) FROM bench_rule WHERE tier = 'B');
UPDATE findings_lead SET excepted_by_id = (SELECT max(id) FROM findings_ruleexception)
  WHERE rule = (SELECT min(rule) FROM bench_rule WHERE tier = 'B') AND id % 4 = 0;
UPDATE findings_lead SET drawn_id = (SELECT max(id) FROM findings_draw) WHERE id % 500 = 0;
"""


def main() -> None:
    """Fill a desk, or use the one that is there, and measure every page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--leads", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--viewers", nargs="+", default=VIEWERS)
    parser.add_argument("--home", type=Path, default=None, help="where it stands; bench/data where not given")
    told = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    home = told.home or DATA / f"lead-pages-{told.leads}"
    with desk(home, told.leads):
        site.bench_pages(told.runs, told.viewers, LeadReader)


@contextmanager
def desk(home: Path, leads: int) -> Iterator[None]:
    """Start Django on a PostgreSQL with so many leads; filled only the first time."""
    with site.served(home, SETTINGS):
        site.set_up(home, is_new=False)
        if not (home / "filled").exists():
            from bench.office import more_people  # noqa: PLC0415 - Django is started by now
            from qingfeng.organization.sample import make_sample_office  # noqa: PLC0415

            make_sample_office()
            more_people(say)
            fill(leads, say)
            (home / "filled").touch()
        yield


def fill(leads: int, report: Callable[[str], None]) -> None:
    """Add so many leads, of the rules that found something and of every supervised unit."""
    from django.db import connection, transaction  # noqa: PLC0415

    from qingfeng.findings.prone.kinds import expenses  # noqa: PLC0415

    _screened()
    report(f"{leads // VERIFIED_OF:,} verifications.")
    _verifications(leads // VERIFIED_OF)
    with connection.cursor() as cursor:
        cursor.execute(SETUP.format(one_of=VERIFIED_OF))
        for since in range(1, leads + 1, AT_ONCE):
            with transaction.atomic():
                cursor.execute(LEADS.format(since=since, until=min(since + AT_ONCE - 1, leads)))
                cursor.execute(FINDINGS.format())
            report(f"{min(since + AT_ONCE - 1, leads):,} leads.")
        cursor.execute(EXPOSED.format(expenses=list(expenses())))
        cursor.execute(APART)
        cursor.execute("DROP TABLE bench_rule, bench_lead_unit, bench_verification")
        cursor.execute("VACUUM ANALYZE")


def _screened() -> None:
    """Let every rule of the house have run once, one exception hold, and one draw be made."""
    from datetime import timedelta  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from qingfeng.desk.leads import rulebook  # noqa: PLC0415
    from qingfeng.findings import precision  # noqa: PLC0415
    from qingfeng.findings.models import Draw, RuleException  # noqa: PLC0415
    from qingfeng.findings.reading_in import read_in  # noqa: PLC0415
    from qingfeng.organization.models import Person  # noqa: PLC0415
    from qingfeng.screening.run.outcome import RAN, RuleRun, Run  # noqa: PLC0415

    folder = Path(settings.HOME) / "runs" / ("1" * 16)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "leads.jsonl").touch()
    rules = tuple(
        RuleRun(
            one.id, one.title, one.watch, one.tier, one.version, state=RAN, table=min(one.tables, default="")
        )
        for one in rulebook.rules().values()
    )
    read_in(Run("1" * 16, folder, 1, "5" * 64, "1", None, None, (), rules, findings=0, leads={}), by=None)
    precision.refresh()
    today, (hand, other) = timezone.localdate(), Person.objects.order_by("pk")[:2]
    RuleException.objects.create(
        rule=min(one.id for one in rulebook.rules().values() if one.tier == "B"), subject_kind="plate",
        subject_key="苏M00042", reason="备勤", from_on=today, until_on=today + timedelta(days=90),
        standing=RuleException.Standing.APPROVED, proposed_by=hand, decided_by=other,
        proposed_at=timezone.now(),
    )  # fmt: skip
    Draw.objects.create(
        week_on=today - timedelta(days=today.weekday()), share=5, count=400, digest="0" * 64,
        asked_at=timezone.now(), after_size=0,
    )  # fmt: skip


def _verifications(many: int) -> None:
    """Make verifications, seven of ten filed with a verdict, each with two verifiers and its unit."""
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from qingfeng.desk.leads import rulebook  # noqa: PLC0415
    from qingfeng.matters.models import ClockRun, LedgerLine, Matter, Party, Performance  # noqa: PLC0415
    from qingfeng.matters.registry import mechanism  # noqa: PLC0415
    from qingfeng.organization.models import Person, Unit  # noqa: PLC0415

    now, version, rules = timezone.now(), mechanism("verification").version, sorted(rulebook.rules())
    owner = Unit.objects.get(short_name="党风室")
    units = list(Unit.objects.filter(kind="supervised").order_by("pk"))
    staff = list(Person.objects.filter(posts__unit__is_ours=True).distinct().order_by("pk"))
    stages = ("filed",) * 7 + ("verifying", "asked", "proposed")
    matters = Matter.objects.bulk_create(
        [
            Matter(
                mechanism="verification", version=version, number=f"核〔2025〕{n}号", slug=f"2025-{n}",
                title=f"疑点核查{n}", stage=stages[n % 10], is_open=n % 10 > 6, owner=owner,
                opened_on=(now - timedelta(days=30 + n % 400)).date(),
                opened_at=now - timedelta(days=30 + n % 400), due_on=now.date() + timedelta(days=n % 20 - 5),
                closed_on=None if n % 10 > 6 else (now - timedelta(days=n % 30)).date(),
            )
            for n in range(1, many + 1)
        ],
        batch_size=2_000,
    )  # fmt: skip
    for model, make in (
        (Party, partial(_parties, staff=staff, units=units)),
        (ClockRun, _clocks),
        (LedgerLine, partial(_labels, rules=rules)),
        (Performance, _approvals),
    ):
        made = [model(matter=matter, **row) for n, matter in enumerate(matters) for row in make(n, matter)]
        model.objects.bulk_create(made, batch_size=2_000)


def _parties(n: int, matter: Any, *, staff: list[Any], units: list[Any]) -> Iterator[dict[str, Any]]:
    for two in (0, 7):
        yield {"role": "verifier", "person": staff[(n + two) % len(staff)], "since_at": matter.opened_at}
    unit = units[n % len(units)]
    yield {"role": "unit", "unit": unit, "is_subject": True, "since_at": matter.opened_at}


def _clocks(n: int, matter: Any) -> Iterator[dict[str, Any]]:
    yield {
        "key": "verify_yellow",
        "state": "running" if matter.is_open else "stopped",
        "started_on": matter.opened_on,
        "due_on": matter.due_on,
        "met": None if matter.is_open else n % 9 > 0,
        "stopped_on": matter.closed_on,
        "working": [],
    }


def _labels(n: int, matter: Any, *, rules: list[str]) -> Iterator[dict[str, Any]]:
    verdict = ("confirmed", "explained", "refuted")[n % 3]
    yield {
        "ledger": "labels",
        "no": 1,
        "state": "judged",
        "is_done": True,
        "entered_at": matter.opened_at,
        "changed_at": matter.opened_at,
        "facts": {"finding": 1, "rule": rules[n % len(rules)], "verdict": verdict},
    }


def _approvals(_n: int, matter: Any) -> Iterator[dict[str, Any]]:
    if not matter.is_open:
        yield {"no": 1, "act": "approve", "at": matter.opened_at, "to_stage": "approved"}


class LeadReader(Reader):
    """Somebody signed in, with the pages over leads that they open."""

    def pages(self) -> Iterator[tuple[str, Ask]]:
        """Yield the name of every page and how it is asked for."""
        for name, query in self._queries().items():
            yield name, partial(self.client.get, f"/leads/?{urlencode(query)}")
        for name, address in self._others().items():
            yield name, partial(self.client.get, address)
        yield from self._sent()

    def _queries(self) -> dict[str, dict[str, Any]]:
        lead = self._visible().exclude(month=None).exclude(unit=None).first()
        if lead is None:
            return {"list": {}}
        return {
            "list": {},
            "watch": {"watch": lead.watch},
            "tier": {"tier": "B"},
            "colour": {"colour": "red"},
            "unit": {"unit": lead.unit_id},
            "rule": {"rule": lead.rule},
            "month": {"month": f"{lead.month:%Y-%m}"},
            "watch and month": {"watch": lead.watch, "month": f"{lead.month:%Y-%m}"},
            "amount from": {"least": "150000"},
            "amount between": {"least": "1000", "most": "1500"},
            "not assigned": {"stage": "none"},
            "being verified": {"stage": "verifying"},
            "drawn": {"drawn": "1"},
            "watched only": {"show": "watched"},
            "excepted": {"show": "excepted"},
            "gone": {"show": "gone"},
            "all": {"show": "all"},
            "by amount": {"sort": "-amount"},
            "smallest first": {"sort": "amount"},
            "newest first": {"sort": "-at"},
            "oldest first": {"sort": "at"},
            "colour by amount": {"colour": "red", "sort": "-amount"},
            "search, a plate": {"text": "苏M00042"},
            "search, a word of many": {"text": "加油"},
            "search, a word of none": {"text": "冰川消融"},
            "page 40": {"after": self._mark("rank")},
            "page 40 by amount": {"sort": "-amount", "after": self._mark("-amount")},
        }

    def _visible(self) -> Any:
        from qingfeng.findings.access import visible_leads  # noqa: PLC0415 - Django is started
        from qingfeng.organization.viewer import viewer_of  # noqa: PLC0415

        return visible_leads(viewer_of(self.account)).filter(is_current=True)

    def _mark(self, sort: str) -> str:
        """Return the mark that leads to page 40, or to the last page where there are fewer."""
        from urllib.parse import unquote  # noqa: PLC0415

        from qingfeng.desk.leads import asked, turning  # noqa: PLC0415

        rows, mark = asked.narrowed(self._visible(), asked.Wanted(sort=sort)), ""
        for _page in range(TURNED):
            after = turning.page_of(rows, sort, after=unquote(mark)).after
            if not after:
                break
            mark = after
        return unquote(mark)

    def _others(self) -> dict[str, str]:
        from qingfeng.desk.cockpit.asked import may_open  # noqa: PLC0415
        from qingfeng.desk.leads.doors import surveys  # noqa: PLC0415
        from qingfeng.organization.viewer import viewer_of  # noqa: PLC0415

        viewer, lead = viewer_of(self.account), self._visible().first()
        found = {"rules": "/screening-rules/", "exceptions": "/exceptions/"}
        if lead:
            found |= {"a lead": f"/leads/{lead.key}/", "a rule": f"/screening-rules/{lead.rule}/"}
        if surveys(viewer):
            found["blind spots"] = "/blind-spots/"
            found |= {
                "prone areas": "/prone-areas/",
                "prone areas, place and month": "/prone-areas/?rows=place&columns=month",
                "prone areas, unit and expense": "/prone-areas/?rows=unit&columns=expense&map=unit",
                "prone areas, leads behind a number": "/prone-areas/rows/?what=raw&by=unit_kind,expense&v=机关&v=invoice",
            }
        if may_open(viewer):
            found |= {"cockpit": "/cockpit/", "cockpit on the wall": "/cockpit/wall/"}
            found["cockpit, leads behind a number"] = "/cockpit/stock/rows/?what=0&of=leads"
            found["cockpit, matters behind a number"] = "/cockpit/quality/rows/?what=due&of=verification"
        return found

    def _sent(self) -> Iterator[tuple[str, Ask]]:
        from qingfeng.findings.access import may_assign  # noqa: PLC0415
        from qingfeng.organization.viewer import viewer_of  # noqa: PLC0415

        rows = self._visible().filter(amount__gte=0).order_by("amount")
        thousandth = rows.values_list("amount", flat=True)[1_000:1_001]
        query = urlencode({"most": next(iter(thousandth), 10**9)})
        for form in ("csv", "xlsx", "ftm"):
            yield (
                f"export of 1,000, {form}",
                partial(self.client.post, f"/leads/export/?{query}", {"form": form}),
            )
        if may_assign(viewer_of(self.account)):
            keys = list(self._visible().filter(matter=None).values_list("key", flat=True)[:50])
            yield "50 chosen, to be handed out", lambda: self.client.post("/leads/assign/", {"lead": keys})


if __name__ == "__main__":
    main()
