"""The site as a process: settings on a home, tables up to date, background work in threads."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home

if TYPE_CHECKING:
    from django_tasks_db.management.commands.db_worker import Worker

TICK_SECONDS = 900
PUBLISH_SECONDS = 10
SWEEP_SECONDS = 86_400
DESK_SECONDS = 60
SEARCH_SECONDS = 2
EXCHANGE_SECONDS = 15
INBOX_SECONDS = 60
AGAIN_SECONDS = 10  # after a failure, where the pause is longer
DEMO_MARK = "demonstration"


def set_up(home: Path) -> None:
    """Point Django at a home and start it; a demonstration home says so itself.

    Args:
        home: The folder that everything is kept in; created if needed.

    Raises:
        Problem: If Django was started on another home already, or the home cannot be written.
    """
    root = Home(home).root
    there = os.environ.get("QINGFENG_HOME_IN_USE")
    if there and there != str(root):
        raise Problem("This process serves another home already.", where=there)
    os.environ["QINGFENG_HOME"] = os.environ["QINGFENG_HOME_IN_USE"] = str(root)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingfeng.project.settings")
    if (root / DEMO_MARK).exists():
        os.environ["QINGFENG_DEMO"] = "1"
    import django  # noqa: PLC0415 - only once the home is known

    django.setup()


def migrate() -> None:
    """Bring the tables up to date and collect what the front end built."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is started by now

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)


def check() -> None:
    """Run the system checks; a declaration that does not hold stops the house.

    Raises:
        Problem: With everything that is wrong.
    """
    from django.core.checks import ERROR, run_checks  # noqa: PLC0415 - Django is started by now

    wrong = [one for one in run_checks(include_deployment_checks=False) if one.level >= ERROR]
    if wrong:
        said = "\n".join(f"{one.id}: {one.msg} {one.hint or ''}".rstrip() for one in wrong)
        then = "Mend what is named, then say it again."
        raise Problem("The house does not start as it is:", where=said, then=then)


class Background:
    """Background work of one process: jobs, clocks, the journal's publisher, the search; stopped together.

    Args:
        report: Told the name of a job and what went wrong, in one line.
    """

    def __init__(self, report: Callable[[str, str], None]) -> None:
        self._stop = threading.Event()
        self._report = report
        self._threads: list[threading.Thread] = []
        self._worker: Worker | None = None

    def start(self) -> None:
        """Start all; each goes on after an error, which is reported."""
        for name, work, pause in (
            ("jobs", self._jobs, 1.0),
            ("clocks", self._clocks, TICK_SECONDS),
            ("journal", self._journal, PUBLISH_SECONDS),
            ("sweep", self._sweep, SWEEP_SECONDS),
            ("records", self._records, 1.0),
            ("looks", self._looks, 1.0),
            ("inbox", self._inbox, INBOX_SECONDS),
            ("desk", self._desk, DESK_SECONDS),
            ("search", self._search, SEARCH_SECONDS),
            ("exchange", self._exchange, EXCHANGE_SECONDS),
        ):
            thread = threading.Thread(target=self._run, args=(name, work, pause), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self, *, wait_seconds: float = 30) -> None:
        """Let what is at work finish, then end; all together are waited for so long, and no longer.

        Nothing is begun any more: of the jobs that wait, none is taken.
        """
        self._stop.set()
        if self._worker is not None:
            self._worker.running = False
        until = monotonic() + wait_seconds
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))

    def wait(self) -> None:
        """Wait until somebody stops it."""
        while not self._stop.wait(3600):
            pass

    def _run(self, name: str, work: Callable[[], None], pause: float) -> None:
        from django.db import close_old_connections, connections  # noqa: PLC0415 - Django is started by now

        while not self._stop.is_set():
            close_old_connections()
            try:
                work()
            except Exception as error:  # noqa: BLE001 - one failure must not end the thread
                self._report(name, f"{type(error).__name__}: {error}".splitlines()[0])
                self._stop.wait(min(pause, AGAIN_SECONDS))
            else:
                self._stop.wait(pause)
        with contextlib.suppress(Exception):
            connections.close_all()

    def _jobs(self) -> None:
        """Do what waits; a job that fails is kept with its error, one that was cut off is begun again."""
        from django_tasks_db.management.commands.db_worker import Worker  # noqa: PLC0415

        from qingfeng.project.cut_off import begin_again, worker_name  # noqa: PLC0415

        begin_again()
        self._worker = Worker(
            queue_names=["*"],
            interval=0.5,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_name(),
            excluded_queue_names=[],
        )
        if not self._stop.is_set():
            self._worker.run()

    def _clocks(self) -> None:
        from qingfeng.findings.ticking import tick as let_findings_tick  # noqa: PLC0415
        from qingfeng.matters.ticking import tick  # noqa: PLC0415

        try:
            tick()
        finally:
            let_findings_tick()

    def _sweep(self) -> None:
        """Remove what nothing points to and sign-ins that ended; mend the copy that visitors take along."""
        from django.core.management import call_command  # noqa: PLC0415

        from qingfeng.desk import rounds  # noqa: PLC0415
        from qingfeng.documents.attachments import discard_orphans  # noqa: PLC0415
        from qingfeng.public.culture import exporting  # noqa: PLC0415

        discard_orphans()
        call_command("clearsessions", verbosity=0)
        rounds.each_day()
        exporting.keep_up()

    def _records(self) -> None:
        """Do what waits at the lake, one after the other, each in a process of its own."""
        from qingfeng.findings.jobs import AT_THE_LAKE  # noqa: PLC0415
        from qingfeng.findings.running import run_next  # noqa: PLC0415

        while run_next(AT_THE_LAKE, is_stopped=self._stop.is_set) and not self._stop.is_set():
            pass

    def _looks(self) -> None:
        """Look at files that were delivered and run leads again, also while records come in."""
        from qingfeng.findings.models import Job  # noqa: PLC0415
        from qingfeng.findings.running import run_next  # noqa: PLC0415

        run_next((Job.Kind.LOOK, Job.Kind.REPLAY), is_stopped=self._stop.is_set)

    def _inbox(self) -> None:
        from qingfeng.findings.watching import look_around  # noqa: PLC0415

        look_around()

    def _desk(self) -> None:
        """Send mail, and count what findings are compared with."""
        from qingfeng.desk import rounds  # noqa: PLC0415

        rounds.each_minute()

    def _search(self) -> None:
        """Take in what was done since, so that the search finds it."""
        from qingfeng.desk import rounds  # noqa: PLC0415

        rounds.each_moment()

    def _exchange(self) -> None:
        """Take packages in and put them out; hand over what arrived at the counter of this house."""
        from qingfeng.project.both_ends import go_round  # noqa: PLC0415

        go_round()

    def _journal(self) -> None:
        from qingfeng.journal.publisher import publish  # noqa: PLC0415

        publish()
