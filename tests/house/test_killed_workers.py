"""A worker that is killed at any statement that it writes: nothing is lost, nothing happens twice."""

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent


@pytest.fixture
def killed(tmp_path, database_url):
    """Have a work killed in a house of its own; on PostgreSQL in a database of its own."""
    environment = {
        **os.environ,
        "QINGFENG_HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join((str(HERE), str(HERE.parent))),
        "PYTHONWARNINGS": "ignore",
    }
    if url := database_url:
        import psycopg

        name = f"killed_{uuid4().hex[:12]}"
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        before, mark, after = url.partition("?")
        environment["DATABASE_URL"] = before.rsplit("/", 1)[0] + f"/{name}" + mark + after

    def run(work):
        told = subprocess.run(
            [sys.executable, str(HERE / "a_killing.py"), work],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stderr[-4000:]
        return json.loads(told.stdout.splitlines()[-1])

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
