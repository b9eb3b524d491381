"""`python -m bench.points [--people N] [--runs N]`: a whole year's sheets worked out again.

A home of its own on SQLite holds the sample office with so many people more, a scheme in force, and of each
of them a final sheet with every score and an appeal. `replay_year` works both versions of each out again;
in turn with it, the same sheets one by one as their pages do. Processor time of this process alone.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

YEAR = 2025
ONE_BY_ONE = 20  # sheets that are worked out as on their pages


def filled(people: int) -> Any:
    """Fill a fresh home and return the scheme; every sheet is final, with two versions."""
    import django  # noqa: PLC0415 - the home is chosen first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from qingfeng.appraisal.points import schemes, sheets, trial  # noqa: PLC0415
    from qingfeng.matters.today import counts_as  # noqa: PLC0415
    from qingfeng.organization.models import Person, Post, Unit  # noqa: PLC0415
    from qingfeng.organization.sample import make_sample_office  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    make_sample_office()
    unit = Unit.objects.filter(kind="room").first()
    made = Person.objects.bulk_create(Person(number=f"B{no:05}", name=f"示例{no}") for no in range(people))
    Post.objects.bulk_create(
        Post(person=one, unit=unit, title="科员", from_on=date(2020, 1, 1)) for one in made
    )
    by, principal = (Person.objects.get(number=number).pk for number in ("Y0202", "Y0001"))
    with counts_as(date(YEAR, 1, 6)):
        scheme = schemes.draft(YEAR, "考核办法", by=by)
        trial.run(scheme, by=by)
        schemes.put_in_force(scheme, by=principal)
        sheets.lay_out(scheme, by=by)
    scheme.sheets.exclude(person__in=made).delete()
    _score(scheme, principal)
    return scheme


def _score(scheme: Any, by: int) -> None:
    """Give every sheet a score in every line, close it, and let an appeal make a second version."""
    from django.utils import timezone  # noqa: PLC0415

    from qingfeng.appraisal.points import formula, totals  # noqa: PLC0415
    from qingfeng.appraisal.points.readings import READINGS  # noqa: PLC0415
    from qingfeng.appraisal.points.tables import Score, Settled  # noqa: PLC0415

    now, indicators, rows = timezone.now(), list(scheme.indicators.all()), []
    for no, sheet in enumerate(scheme.sheets.all()):
        for one in (each for each in indicators if each.holds_for(sheet.kind)):
            share = Decimal(60 + (no * 7 + one.pk) % 40) / 100
            for period in one.in_periods:
                row = Score(sheet=sheet, indicator=one, period=period, evidence=["材料"], at=now)
                if one.is_judged:
                    row.value, row.by_id = (one.most * share).quantize(Decimal("0.01")), by
                else:
                    tree = formula.parse(one.formula, READINGS)
                    row.inputs = {key: {"value": str(share), "count": 9} for key in formula.names(tree)}
                    row.value = formula.points(tree, dict.fromkeys(row.inputs, share), one.most)
                rows.append(row)
    Score.objects.bulk_create(rows)
    scheme.sheets.update(final_on=now.date(), version=2)
    Settled.objects.bulk_create(
        Settled(sheet=sheet, version=no, total=totals.total(sheet, no).as_json(), on=now.date())
        for sheet in scheme.sheets.select_related("scheme")
        for no in (1, 2)
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "QINGFENG_HOME": str(Path(home) / "home"),
            "DJANGO_SETTINGS_MODULE": "qingfeng.project.settings",
        }
        os.environ.pop("DATABASE_URL", None)
        scheme = filled(told.people)
        from qingfeng.appraisal.points import totals  # noqa: PLC0415 - Django is started by now

        some = list(scheme.sheets.select_related("scheme")[:ONE_BY_ONE])
        together, singly = [], []
        for _run in range(told.runs):
            began = time.process_time()
            found = totals.replay_year(scheme)
            together.append(time.process_time() - began)
            began = time.process_time()
            for sheet in some:
                totals.replay(sheet)
            singly.append((time.process_time() - began) / len(some))
    assert not found.differ, "a sheet gives something else than was settled"
    print(
        f"{found.sheets} sheets, {found.versions} versions: {statistics.median(together):.2f} s of processor "
        f"time ({min(together):.2f}-{max(together):.2f}); one with what has changed since, as on its page: "
        f"{1000 * statistics.median(singly):.0f} ms; load {os.getloadavg()[0]:.0f}"
    )


if __name__ == "__main__":
    main()
