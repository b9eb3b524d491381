"""Two installations in one process: each with its own home, database and keys; one is entered at a time.

A house is a copy of an empty migrated database. Inside `with house.entered():` everything that asks for
the home or the database finds this one; a test's own transaction, on the database outside, is left alone.
"""

import contextlib
import sqlite3
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections


class TestedHouse:
    """One installation."""

    __test__ = False

    def __init__(self, home, database):
        self.home, self.database = Path(home), str(database)
        self.home.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def entered(self):
        """Everything inside happens in this house."""
        outside, home = connections["default"], settings.HOME
        inside = connections.create_connection("default")
        inside.settings_dict = {**outside.settings_dict, "NAME": self.database}
        connections["default"], settings.HOME = inside, self.home
        try:
            yield self
        finally:
            inside.close()
            connections["default"], settings.HOME = outside, home


def copied(folder, name):
    """A new house, its tables those of the database that is open now."""
    home = Path(folder) / name
    home.mkdir(parents=True)
    if connection.vendor == "sqlite":
        return TestedHouse(home, _copied_file(home / "qingfeng.sqlite3"))
    template, made = connection.settings_dict["NAME"], f"house_{uuid4().hex[:12]}"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{made}" TEMPLATE "{template}"')
    return TestedHouse(home, made)


def _copied_file(target):
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(target)) as new:
        connection.connection.backup(new)
    return target
