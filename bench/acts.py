"""How fast acts are performed, against a bare transaction that writes the same rows with the same SQL."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

WRITES = ("INSERT", "UPDATE", "DELETE")


def bench_acts(runs: int) -> None:
    """Measure noting progress, registering and opening on this database; print a row each.

    Who listens to acts after their commit (the search's index) is left out: it is no part of the transaction.
    """
    from django.db import connection  # noqa: PLC0415 - Django is started by now

    from qingfeng.matters import heard  # noqa: PLC0415

    heard.hear_nobody()
    print(
        "| database | act | acts a second | bare transactions a second | ratio | in processor time "
        "| queries, of them writing |\n|---|---|---|---|---|---|---|"
    )
    for name, act in _acts(runs).items():
        took: list[tuple[float, float, float, float]] = []
        queries = writes = 0
        for n in range(runs):
            statements = _rehearsed(partial(act, 2 * n))
            bare = [one for one in statements if one.startswith(WRITES)]
            queries, writes = len(statements), len(bare)
            (theirs, theirs_busy), (own, own_busy) = (
                _timed(partial(_replay, bare)),
                _timed(partial(act, 2 * n + 1)),
            )
            took.append((own, theirs, own_busy, theirs_busy))
        ours, hand, ours_busy, hand_busy = map(list, zip(*took, strict=True))
        ratios = sorted(bare / own for own, bare in zip(ours, hand, strict=True))
        print(
            f"| {connection.vendor} | {name} | {1 / statistics.median(ours):,.0f} "
            f"| {1 / statistics.median(hand):,.0f} | **{statistics.median(ratios):.2f}** "
            f"({ratios[len(ratios) // 10]:.2f}-{ratios[-1 - len(ratios) // 10]:.2f}) "
            f"| {statistics.median(hand_busy) / statistics.median(ours_busy):.2f} | {queries}, {writes} |",
            flush=True,
        )


def _acts(runs: int) -> dict[str, Callable[[int], Any]]:
    """Return what is performed, each given the number of the run."""
    from django.utils import timezone  # noqa: PLC0415 - Django is started by now

    from qingfeng.matters.door import open_matter, perform  # noqa: PLC0415
    from qingfeng.mechanisms.cast import PEOPLE, UNITS  # noqa: PLC0415
    from qingfeng.organization.models import Person, Unit  # noqa: PLC0415
    from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415

    registrar = viewer_for(Person.objects.get(number=PEOPLE["registrar"]))
    handler = viewer_for(Person.objects.get(number=PEOPLE["case_one"]))
    style = Unit.objects.get(short_name=UNITS["style"])
    above = {"superior": [Unit.objects.get(short_name=UNITS["superior"])]}
    facts = _directive(timezone.localdate())

    def open_one(n: int) -> Any:
        title = f"第{n}件"
        return open_matter("directive", by=registrar, title=title, owner=style, facts=facts, parties=above)

    fresh = [_done(open_one(n)).matter for n in range(2 * runs)]
    working = _in_hand()
    progress = {
        "on": timezone.localdate().isoformat(),
        "what": "已调取发放表和记账凭证。",
        "next": "核对审批表原件。",
    }
    return {
        "note progress": lambda _n: _done(
            perform("note_progress", working, by=handler, lines={"progress": [progress]})
        ),
        "register": lambda n: _done(
            perform(
                "register", fresh[n], by=registrar, facts={"not_secret": True}, parties={"lead_room": [style]}
            )
        ),
        "open": lambda n: _done(open_one(n)),
    }


def _directive(today: date) -> dict[str, str]:
    return {
        "source_organ": "中共清河市纪律检查委员会",
        "source_level": "city",
        "source_no": "清纪办函〔2026〕7号",
        "received_on": today.isoformat(),
        "area": "conduct",
        "matter": "查清事实、厘清责任。",
        "requirement": "查清发放依据、金额和审批环节。",
        "upward_due_on": (today + timedelta(days=90)).isoformat(),
    }


def _in_hand() -> Any:
    """Play a directive until its handlers have it in hand."""
    from django.utils import timezone  # noqa: PLC0415 - Django is started by now

    from qingfeng.mechanisms.cast import PEOPLE, UNITS  # noqa: PLC0415
    from qingfeng.mechanisms.sampling import Scene, play  # noqa: PLC0415
    from qingfeng.organization.models import Person, Unit  # noqa: PLC0415

    scene = Scene(
        base=timezone.localdate() - timedelta(days=3),
        person=lambda key: Person.objects.get(number=PEOPLE[key]),
        unit=lambda key: Unit.objects.get(short_name=UNITS[key]),
        attach=lambda _name, _by: 0,
    )
    return play("directive", "closing", scene, steps=4)


def _done(answer: Any) -> Any:
    if not answer:
        raise SystemExit(f"the door said no: {answer}")
    return answer


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - worked


def _rehearsed(act: Callable[[], object]) -> list[str]:
    """Perform an act, take it back, and return its SQL; the numbers that rows were given come again."""
    from django.db import connection, transaction  # noqa: PLC0415 - Django is started by now
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    before = _sequences()
    with transaction.atomic():
        with CaptureQueriesContext(connection) as held:
            act()
        transaction.set_rollback(True)
    if before:
        with connection.cursor() as cursor:
            for name, value, is_called in before:
                cursor.execute("SELECT setval(%s, %s, %s)", (name, value, is_called))
    return [one["sql"] for one in held.captured_queries]


def _sequences() -> list[tuple[str, int, bool]]:
    from django.db import connection  # noqa: PLC0415 - Django is started by now

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{one}', last_value, is_called FROM {one}" for one in names)
        )
        found: list[tuple[str, int, bool]] = cursor.fetchall()
        return found


def _replay(statements: list[str]) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 - Django is started by now

    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
