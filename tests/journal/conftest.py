"""The ground of the journal's tests: a home of its own for each, in this process or in others."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as how

how.register_profile(
    "patient",
    how.get_profile("untimed"),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # nothing is timed
how.load_profile("patient")


@pytest.fixture
def home(settings, tmp_path, transactional_db):
    """A fresh home and empty tables, in this process."""
    settings.HOME = tmp_path
    return tmp_path


class House:
    """A home with a database of its own, for processes that run beside one another or are killed."""

    def __init__(self, home, url):
        self.home = home
        self.environment = {
            **os.environ,
            "QINGFENG_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "journal_alone",
            "PYTHONPATH": str(Path(__file__).parent),
            "PYTHONWARNINGS": "ignore",
        }
        self.environment.pop("DATABASE_URL", None)
        if url:
            self.environment["DATABASE_URL"] = url

    def start(self, code, *arguments):
        """Start a process that runs code with Django set up."""
        whole = f"import sys, django\ndjango.setup()\n{code}"
        return subprocess.Popen(
            [sys.executable, "-c", whole, *map(str, arguments)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, code, *arguments):
        """Run code in a process of its own; return its exit code and what it said."""
        child = self.start(code, *arguments)
        said, complaint = child.communicate(timeout=300)
        return child.returncode, said.strip(), complaint


TABLES = """
from django.apps import apps
from django.db import connection
with connection.schema_editor() as editor:
    for model in apps.get_app_config("journal").get_models():
        editor.create_model(model)
"""


@pytest.fixture
def house(tmp_path, database_url):
    """A home on a SQLite file, or on a database of its own in the PostgreSQL of this run."""
    url = database_url
    if url:
        import psycopg

        name = f"house_{uuid4().hex[:12]}"
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        before, mark, after = url.partition("?")
        url = before.rsplit("/", 1)[0] + f"/{name}" + mark + after
    made = House(tmp_path / "home", url)
    code, _, complaint = made.run(TABLES)
    assert code == 0, complaint
    return made
