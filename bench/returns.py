"""`python -m bench.returns [--matters N] [--runs N]`: returns and cockpits over so many matters.

In the house of `bench.site`: every return that came with the house is counted as the worker does, in
turn with its own SQL captured and executed by hand; then the pages of returns and the cockpit are asked
for, as `bench.site` asks for its pages, by the principal (the house's readings) and by a leader who sees
less (counted anew). Both are to be at most three times what stands beside them.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.site import CURSOR, Ask, Reader, bench_pages, postgres, say

SHOWN = ("clues_by_source", "public_statistics")
"""Returns whose pages are asked for: counted in the demonstration, and signed by nobody."""


def main() -> None:
    """Fill a house, or use the one that is there, and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--matters", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    told = parser.parse_args()
    with postgres(told.matters, is_searched=False):
        _bench_counting(told.runs)
        _read()
        bench_pages(told.runs, ("principal", "deputy"), Pages)


def _bench_counting(runs: int) -> None:
    """Print for every return what the worker takes, and what its SQL takes by hand."""
    from django.utils import timezone  # noqa: PLC0415 - Django is started by now

    from qingfeng.desk.returns import computing, definitions, doors, periods, shipping  # noqa: PLC0415
    from qingfeng.desk.returns.scope import Scope  # noqa: PLC0415
    from qingfeng.matters.statistics import Period  # noqa: PLC0415

    shipping.ship()
    on = timezone.localdate()
    print("| return | questions | counted | by hand | ratio |\n|---|---|---|---|---|")
    for definition in doors.newest():
        said = definitions.from_json(definition.said)
        days = periods.of_slug(said.period, periods.slug_of(said.period, periods.Days(on, on)))
        if days is None:
            continue
        scope = Scope(Period(days.since, days.until, on))
        wanted = computing.questions(said, days.since, days.until)

        def count(wanted: Any = wanted, scope: Any = scope) -> None:
            for one in wanted:
                computing.answer(one, scope, behind=True)

        whole, hand = _pairs(count, runs)
        ratio = statistics.median(one / other for one, other in zip(whole, hand, strict=True))
        print(
            f"| {definition.key} | {len(wanted)} | {statistics.median(whole) * 1000:,.0f} ms "
            f"| {statistics.median(hand) * 1000:,.0f} ms | **{ratio:.2f}** |",
            flush=True,
        )


def _pairs(work: Callable[[], None], runs: int) -> tuple[list[float], list[float]]:
    """Return the seconds of a work and of its own statements by hand, in turn."""
    from django.db import connection  # noqa: PLC0415 - Django is started by now
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as held:
        work()
    statements = [CURSOR.sub("", one["sql"]) for one in held.captured_queries if one["sql"]]

    def by_hand() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                if cursor.description:
                    cursor.fetchall()

    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for one, into in ((work, taken[0]), (by_hand, taken[1])):
            began = time.perf_counter()
            one()
            into.append(time.perf_counter() - began)
    return taken


def _read() -> None:
    """Let the worker count two returns over the house as it is now, and what panels want."""
    from django.utils import timezone  # noqa: PLC0415 - Django is started by now

    from qingfeng.desk.returns import computing, doors, keeping, periods, readings  # noqa: PLC0415
    from qingfeng.desk.returns.models import Edition, StoredReading  # noqa: PLC0415
    from qingfeng.organization.models import Account  # noqa: PLC0415
    from qingfeng.organization.viewer import viewer_of  # noqa: PLC0415

    on, principal = timezone.localdate(), viewer_of(Account.objects.get(username="principal"))
    for definition in doors.newest().filter(key__in=SHOWN):
        slug = periods.slug_of(definition.said["period"], periods.Days(on, on))
        there = Edition.objects.filter(key=definition.key, state=Edition.State.COUNTED).first()
        again = keeping.count_again(there, by=principal) if there else None
        computing.count.call((again or keeping.ask(definition, slug, by=principal)).pk)
    StoredReading.objects.all().delete()  # those of the house before it was filled
    began = time.perf_counter()
    say(f"{readings.keep_up()} readings in {time.perf_counter() - began:.1f} s.")


class Pages(Reader):
    """The pages of returns, and the cockpit."""

    def pages(self) -> Iterator[tuple[str, Ask]]:
        """Yield the name of every page and how it is asked for."""
        from qingfeng.desk.returns.models import Edition  # noqa: PLC0415 - Django is started by now

        addresses = {"cockpit": "/cockpit/", "returns": "/returns/"}
        rows = Edition.objects.filter(key__in=SHOWN, state=Edition.State.COUNTED)
        for edition in rows.order_by("key", "-pk"):
            here = f"/returns/{edition.key}/of/{edition.slug}/"
            addresses.setdefault(edition.key, here)
        yield from (
            (name, lambda address=address: self.client.get(address)) for name, address in addresses.items()
        )


if __name__ == "__main__":
    main()
