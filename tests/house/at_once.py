"""Doing things at the same moment, in threads with connections of their own or in processes."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

from django.db import connection

HERE = Path(__file__).parent


def at_once(*acts):
    """Do all acts at the same moment; return what each answered or raised, in order."""
    barrier, told = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            connection.ensure_connection()  # before the race: opening one is no part of it
        finally:
            barrier.wait()
        try:
            told[place] = act()
        except Exception as error:  # noqa: BLE001 - whatever it was, the test looks at it
            told[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def in_processes(script, count):
    """Run a script in so many processes on this test's PostgreSQL; return what each said.

    The script finds Django started and the errand known.
    """
    start = (
        f"import sys; sys.path.append({str(HERE.parent / 'matters')!r})\n"
        "import django; django.setup()\nimport an_errand; an_errand.known()\n"
    )
    place = connection.settings_dict
    host = place["HOST"] or place["OPTIONS"].get("host", "")
    address = f"postgresql://{place['USER']}@/{place['NAME']}?host={host}"
    environment = {**os.environ, "DATABASE_URL": address}
    command = [sys.executable, "-c", start + script]
    made = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(count)
    ]
    told = [one.communicate(timeout=300) for one in made]
    assert [one.returncode for one in made] == [0] * count, told
    return [said.split() for said, _ in told]
