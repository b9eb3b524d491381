"""Jobs whose worker was killed in the middle of them are begun again; begun twice, a job acts once."""

from __future__ import annotations

import os
import socket
import threading
from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

LONGEST = timedelta(hours=1)  # a job that another machine has had for longer is not coming back


def worker_name() -> str:
    """Return the name under which this thread takes jobs: machine, process, thread."""
    return f"{socket.gethostname()[:30]}|{os.getpid()}|{threading.get_ident()}"


def begin_again() -> int:
    """Let jobs wait again whose worker is gone; return how many."""
    begun = 0
    for job in DBTaskResult.objects.running():
        if _is_gone(job):
            held = DBTaskResult.objects.running().filter(pk=job.pk, started_at=job.started_at)
            begun += held.update(status=TaskResultStatus.READY, started_at=None)
    return begun


def _is_gone(job: DBTaskResult) -> bool:
    machine, _bar, rest = (job.worker_ids or [""])[-1].partition("|")
    process = rest.partition("|")[0]
    if machine == socket.gethostname()[:30] and process.isdigit() and os.name == "posix":
        return not _is_alive(int(process))
    return job.started_at is None or timezone.now() - job.started_at > LONGEST


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
