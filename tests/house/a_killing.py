"""Said by a process of its own: kill a worker after every statement that it writes, and look what is left.

`python a_killing.py house` sets up a house in QINGFENG_HOME with matters that are overdue, slips that wait to
be typeset and entries that wait to be published. `python a_killing.py WORK` lets children do the work in such
a house, each killed one written statement later than the one before, until one comes through. At the end it
prints what there is.
"""

import json
import os
import signal
import sys
from collections import Counter
from datetime import timedelta
from itertools import count

WRITTEN = ("INSERT", "UPDATE", "DELETE")


def main(work):
    """Kill, count."""
    from qingfeng.project import site
    from qingfeng.screening.home import default_home

    site.set_up(default_home().absolute())
    from django.db import connection, connections

    deaths = 0
    for event in count(1):
        connections.close_all()
        child = os.fork()
        if not child:
            left = event

            def statement(execute, sql, params, many, context):
                nonlocal left
                result = execute(sql, params, many, context)
                left -= sql.startswith(WRITTEN)
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return result

            with connection.execute_wrapper(statement):
                WORKS[work]()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL, status
        deaths += 1
    sys.stdout.write(json.dumps({"deaths": deaths, **_seen()}) + "\n")


def _set_up():
    from qingfeng.project import site
    from qingfeng.screening.home import default_home

    site.set_up(default_home().absolute())
    site.migrate()
    from a_house import House
    from django.utils import timezone

    from qingfeng.journal.publisher import publish
    from qingfeng.mechanisms.cast import PEOPLE, UNITS
    from qingfeng.mechanisms.sampling import Scene, play
    from qingfeng.organization.sample import make_sample_office

    house = House(make_sample_office())
    scene = Scene(
        base=timezone.localdate() - timedelta(days=200),
        person=lambda key: house.office.people[PEOPLE[key]],
        unit=lambda key: house.office.units[UNITS[key]],
        attach=lambda _name, by: house.papers[by.pk],
    )
    publish()
    play("directive", "closing", scene, steps=3)
    play("directive", "closing", scene, steps=1)


def _tick():
    from qingfeng.matters.ticking import tick

    tick()


def _publish():
    from qingfeng.journal.publisher import publish

    publish()


def _jobs():
    from qingfeng.project.site import Background

    Background(lambda *_told: None)._jobs()


WORKS = {"clocks": _tick, "journal": _publish, "jobs": _jobs}


def _seen():
    from pathlib import Path

    from django.conf import settings
    from django_tasks_db.models import DBTaskResult

    from qingfeng.documents.models import Slip
    from qingfeng.journal.guard import database_rows
    from qingfeng.journal.models import JournalAlarm, JournalEntry
    from qingfeng.journal.verifying import verify_home
    from qingfeng.matters.models import ClockRun, Notice

    told = Counter(
        (one.person_id, one.matter_id, one.facts["clock"], one.facts["point"])
        for one in Notice.objects.exclude(matter=None)
        if "point" in one.facts
    )
    entries = Counter(
        (one.kind, one.subject, json.dumps(one.said["facts"], sort_keys=True))
        for one in JournalEntry.objects.filter(kind__in=("matter.escalated", "documents.slip_typeset"))
    )
    return {
        "points": sorted(f"{run.pk} {run.key} {one}" for run in ClockRun.objects.all() for one in run.told),
        "told": len(told),
        "twice": [str(one) for one, n in (told + entries).items() if n > 1],
        "jobs": sorted({job.status for job in DBTaskResult.objects.all()}),
        "slips": Slip.objects.count(),
        "typeset": Slip.objects.exclude(pdf_sha256="").count(),
        "entries": JournalEntry.objects.count(),
        "published": sum(one.index is not None for one in JournalEntry.objects.all()),
        "alarms": [str(one) for one in JournalAlarm.objects.all()],
        "differences": [str(one) for one in verify_home(Path(settings.HOME), database_rows())],
    }


if __name__ == "__main__":
    _set_up() if sys.argv[1] == "house" else main(sys.argv[1])
