"""A worker that is told to end finishes the job it has, and takes no other."""

import signal
import sqlite3
import subprocess
import sys
import threading

import a_migrated_database
import a_worker_that_is_told_to_end
import pytest
from test_site_commands import clean_env

pytestmark = pytest.mark.slow


def wait_for(file, worker):
    while not file.exists():
        assert worker.poll() is None, worker.stderr.read()[-2000:]
        threading.Event().wait(0.05)


def test_a_worker_that_is_told_to_end_finishes_its_job_and_takes_no_other(tmp_path, django_db_setup):
    home, folder = tmp_path / "home", tmp_path / "folder"
    folder.mkdir()
    a_migrated_database.give(home)
    program = a_worker_that_is_told_to_end.__file__
    command = [sys.executable, program, str(home), str(folder)]
    with subprocess.Popen(
        command, env=clean_env(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as worker:
        try:
            wait_for(folder / "begun", worker)
            worker.send_signal(signal.SIGTERM)
            wait_for(folder / "told", worker)
            (folder / "go").touch()

            assert worker.wait(60) == 0, worker.stderr.read()[-2000:]
        finally:
            worker.kill()
    assert {one.name for one in folder.iterdir()} == {"begun", "told", "go", "first"}
    with sqlite3.connect(home / "qingfeng.sqlite3") as held:
        found = held.execute(
            "SELECT status, count(*) FROM django_tasks_database_dbtaskresult GROUP BY status ORDER BY status"
        ).fetchall()
    assert found == [("READY", 2), ("SUCCESSFUL", 1)]
