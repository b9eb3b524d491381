"""A worker that is killed at any statement that it writes: nothing is lost, nothing happens twice."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import a_migrated_database
import pytest

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent


def environment(home, url):
    """Those of a process that works in a house."""
    more = {"DATABASE_URL": url} if url else {}
    path = os.pathsep.join((str(HERE), str(HERE.parent)))
    return {**os.environ, "QINGFENG_HOME": str(home), "PYTHONPATH": path, "PYTHONWARNINGS": "ignore", **more}


def said(what, home, url):
    """What such a process said at its end."""
    command = [sys.executable, str(HERE / "a_killing.py"), what]
    done = subprocess.run(
        command, env=environment(home, url), capture_output=True, text=True, check=False, timeout=500
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def a_database(url, like=""):
    """On PostgreSQL a database of one's own, like another or empty; its address."""
    import psycopg

    name = f"killed_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {like}" if like else ""))
    before, mark, after = url.partition("?")
    return name, before.rsplit("/", 1)[0] + f"/{name}" + mark + after


@pytest.fixture(scope="module")
def house(tmp_path_factory, database_url):
    """A house in which much waits to be done: its home, and on PostgreSQL the name of its database."""
    home = tmp_path_factory.mktemp("house")
    name, url = a_database(database_url) if database_url else ("", "")
    a_migrated_database.give(home, url)
    said("house", home, url)
    return home, name


@pytest.fixture
def killed(tmp_path, database_url, house):
    """Have a work killed in such a house of its own."""
    shutil.copytree(house[0], tmp_path, dirs_exist_ok=True)
    _name, url = a_database(database_url, like=house[1]) if database_url else ("", "")

    def run(work):
        return json.loads(said(work, tmp_path, url).splitlines()[-1])

    return run


def test_clocks_killed_anywhere_tell_everybody_once(killed):
    seen = killed("clocks")

    assert seen["deaths"] > 10, "the work has so few points that its middle is not reached"
    assert len(seen["points"]) == len(set(seen["points"])) > 5
    assert any("escalated" in point for point in seen["points"])
    assert seen["told"] >= len(seen["points"])
    assert seen["twice"] == []


def test_publishing_killed_anywhere_leaves_every_entry_published_once(killed):
    seen = killed("journal")

    assert seen["deaths"] > 2
    assert seen["published"] == seen["entries"] > 20
    assert (seen["alarms"], seen["differences"]) == ([], [])


def test_jobs_killed_anywhere_are_begun_again_and_typeset_once(killed):
    seen = killed("jobs")

    assert seen["deaths"] > 5
    assert seen["jobs"] == ["SUCCESSFUL"]
    assert seen["typeset"] == seen["slips"] > 0
    assert seen["twice"] == []
    assert (seen["alarms"], seen["differences"]) == ([], [])
