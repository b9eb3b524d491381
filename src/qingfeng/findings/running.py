"""Jobs done: each in a process of its own, told line by line into its row, stopped when asked.

The process is spawned (never forked with a database open), gets its task on its input and holds no
database. As long as its input is open its worker lives; when it closes, the process ends by itself, so
a killed worker leaves nobody behind who writes to the lake. Killed at any moment the lake is whole.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.findings import jobs, landing
from qingfeng.findings.models import Job
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home

TELL_SECONDS = 1.0  # how often a row is brought up to date
BEAT_SECONDS = 15.0
MERCY_SECONDS = 10  # between being asked to end and being ended
LAST_WORD = "Committing"  # a phase that is not broken off: it is short, and done or not done


def run_next(
    kinds: Sequence[Any] = tuple(Job.Kind.values), *, is_stopped: Callable[[], bool] = lambda: False
) -> bool:
    """Do the oldest job that waits, if it may be done now.

    Args:
        kinds: Kinds that this worker does.
        is_stopped: Asked every second; then the job is put back for the next worker.

    Returns:
        Whether there was one.
    """
    jobs.begin_again_what_fell_silent()
    job = _taken(kinds)
    if job is None:
        return False
    _Work(job, is_stopped).do()
    return True


def _taken(kinds: Sequence[Any]) -> Job | None:
    """Take the oldest job; at the lake there is one at a time, whoever asks."""
    now = timezone.now()
    waiting = Job.objects.filter(state=Job.State.WAITING, kind__in=kinds)
    if Job.objects.filter(state=Job.State.RUNNING, kind__in=jobs.AT_THE_LAKE).exists():
        waiting = waiting.exclude(kind__in=jobs.AT_THE_LAKE)
    job = waiting.order_by("pk").first()
    if job is None:
        return None
    row = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    try:
        with transaction.atomic():
            begun = row.update(
                state=Job.State.RUNNING, attempts=F("attempts") + 1, started_at=now, beat_at=now,
                phase="", done=0, total=None, said=[], problem={},
            )  # fmt: skip
    except IntegrityError:  # another worker was faster
        return None
    if not begun:
        return None
    job.refresh_from_db()
    return job


@dataclass
class _Work:
    """One attempt at one job.

    Attributes:
        job: Its row as this attempt took it.
        is_stopped: Whether the worker is to end.
        told: What the row does not say yet.
        result: What the process gave back.
        problem: What ended it, in three parts.
    """

    job: Job
    is_stopped: Callable[[], bool]
    told: dict[str, Any] = field(default_factory=dict)
    result: dict[str, Any] | None = None
    problem: dict[str, str] | None = None
    phase: str = ""
    done: int = 0
    is_ours: bool = True
    is_cancelled: bool = False

    def do(self) -> None:
        """Do it, and keep what came of it."""
        with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
            with self._process(errors) as process:
                self._follow(process)
            if self.is_ours:
                self._settle(errors)

    @contextmanager
    def _process(self, errors: IO[str]) -> Iterator[subprocess.Popen[str]]:
        task = landing.task_of(self.job)
        process = subprocess.Popen(
            [sys.executable, "-m", "qingfeng.findings.working"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
        )
        try:
            assert process.stdin is not None
            with suppress(BrokenPipeError):
                process.stdin.write(json.dumps(task, ensure_ascii=False) + "\n")
                process.stdin.flush()
            yield process
        finally:
            _end(process)

    def _follow(self, process: subprocess.Popen[str]) -> None:
        """Listen until the process ends, is cancelled, or its job is somebody else's."""
        lines = _lines_of(process)
        told_at = time.monotonic()
        while True:
            try:
                line = lines.get(timeout=TELL_SECONDS)
            except queue.Empty:
                line = ""
            if line is None:
                return
            if line:
                self._hear(json.loads(line))
            if time.monotonic() - told_at >= TELL_SECONDS:
                told_at = time.monotonic()
                if not self._tell() or self._may_stop():
                    return

    def _hear(self, said: dict[str, Any]) -> None:
        if "phase" in said:
            self.phase, self.done = str(said["phase"]), 0
            self.told |= {"phase": self.phase[:80], "done": 0, "total": said["total"]}
        elif "steps" in said:
            self.done += int(said["steps"])
            self.told["done"] = self.done
        elif "say" in said:
            self.told["said"] = [*self.told.get("said", self.job.said), said["say"]][-jobs.LINES_KEPT :]
            self.job.said = self.told["said"]
        elif "result" in said:
            self.result = said["result"]
        elif "problem" in said:
            self.problem = said["problem"]

    def _row(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, attempts=self.job.attempts)

    def _tell(self) -> bool:
        """Bring the row up to date; return whether the job is still ours."""
        self.is_ours = bool(self._row().update(beat_at=timezone.now(), **self.told))
        self.told = {}
        return self.is_ours

    def _may_stop(self) -> bool:
        if self.phase == LAST_WORD or self.result is not None:
            return False
        self.is_cancelled = self._row().exclude(cancel_asked_at=None).exists()
        return self.is_cancelled or self.is_stopped()

    def _settle(self, errors: IO[str]) -> None:
        """Keep the end of it: done, failed, cancelled, or to be begun again."""
        self._tell()
        self.job.refresh_from_db()
        if self.result is not None:
            self._land(self.result)
        elif self.problem is not None:
            self._fail(self.problem)
        else:
            with suppress(Problem):
                Home(settings.HOME).sweep()
            self._broken(errors)

    def _broken(self, errors: IO[str]) -> None:
        """The process ended without a word: cancelled, stopped with its worker, or killed."""
        if self.is_stopped() and not self.is_cancelled:
            self._row().update(state=Job.State.WAITING, attempts=F("attempts") - 1, phase="", done=0)
            return
        errors.seek(0)
        if said := errors.read()[-2000:].strip():
            self._row().update(said=[*self.job.said, said.splitlines()[-1]][-jobs.LINES_KEPT :])
        jobs.give_back(self.job)

    def _land(self, result: dict[str, Any]) -> None:
        """Take over what the process found; the worker tells meanwhile that it lives."""
        self._row().update(phase=landing.PHASES.get(self.job.kind, ""), done=0, total=None)
        try:
            with _beating(self.job):
                kept = landing.land(self.job, result)
        except Problem as problem:
            self._fail({"what": problem.what, "where": problem.where, "then": problem.then})
            return
        except Exception as error:  # noqa: BLE001 - told in the row; the worker goes on
            self._fail(
                {
                    "what": _("The result could not be kept."),
                    "where": f"{type(error).__name__}: {error}"[:300],
                    "then": _("Start it again; what has come in is not brought in twice."),
                }
            )
            return
        self._row().update(state=Job.State.DONE, ended_at=timezone.now(), result=kept, phase="")
        landing.go_on(self.job)

    def _fail(self, problem: dict[str, str]) -> None:
        self._row().update(state=Job.State.FAILED, ended_at=timezone.now(), problem=problem, phase="")


def _lines_of(process: subprocess.Popen[str]) -> queue.Queue[str | None]:
    """Return the lines of a process as they come; None at their end."""
    lines: queue.Queue[str | None] = queue.Queue(10_000)

    def listen() -> None:
        assert process.stdout is not None
        with suppress(ValueError, OSError):
            for line in process.stdout:
                lines.put(line)
        lines.put(None)

    threading.Thread(target=listen, daemon=True).start()
    return lines


def _end(process: subprocess.Popen[str]) -> None:
    """End a process: by closing its input, then by force."""
    with suppress(OSError):
        if process.stdin:
            process.stdin.close()
    try:
        process.wait(MERCY_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


@contextmanager
def _beating(job: Job) -> Iterator[None]:
    """Tell every few seconds that somebody lives, while a result is taken over."""
    over = threading.Event()

    def beat() -> None:
        with closing(connection):
            while not over.wait(BEAT_SECONDS):
                with suppress(DatabaseError):
                    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(beat_at=timezone.now())

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
