"""A test database as the migrations leave it: kept in `.make/tests`, put back, emptied after who commits.

Migrating takes as long as a hundred tests. What is kept bears the digest of what it was made from: the
migrations, the modules of the house that they name, the settings and the pins of what is installed. With
anything else the migrations run; those that are younger than what is kept run in any case.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection, transaction

HOUSE = Path(__file__).parents[1]
SOURCE = HOUSE / "src"
KEPT = HOUSE / ".make" / "tests"
LEFT = {
    "auth_permission",
    "django_content_type",
    "django_migrations",
}  # what migrating writes, for nobody's test


_held = []


def wait_for_whoever_migrates():
    """Wait while another worker migrates: what it keeps is put back here, in a hundredth of the time."""
    KEPT.mkdir(parents=True, exist_ok=True)
    _held.append((KEPT / "lock").open("w"))
    fcntl.flock(_held[0], fcntl.LOCK_EX)


def go_on():
    """Let the others go on."""
    _held.pop().close()


def put_back():
    """Put the kept database where this process will test, if there is one; say whether there was."""
    kept, name = _place(connection.vendor), connection.creation._get_test_db_name()
    if not kept.exists():
        return False
    if connection.vendor == "sqlite":
        shutil.copyfile(kept, name)
        return True
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    _program(
        "psql", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", f"--file={kept}", address=_at(name)
    )
    return True


def keep():
    """Keep the database of this process, which was migrated and holds nothing else yet."""
    kept = _place(connection.vendor)
    fresh = kept.with_name(f"fresh.{kept.name}.{os.getpid()}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(fresh)])
    else:
        _program("pg_dump", "--no-owner", f"--file={fresh}", address=_at(connection.settings_dict["NAME"]))
    fresh.replace(kept)
    cut_off = set(KEPT.glob(f"fresh.{connection.vendor}.*"))  # of runs that were stopped just here
    for older in set(KEPT.glob(f"{connection.vendor}.*")) - {kept} | cut_off:
        older.unlink(missing_ok=True)


def give(home, url=""):
    """Give a home the tables as they were migrated before, if they were: its own migrating then ends at once.

    Args:
        home: Its folder, without a database yet.
        url: On PostgreSQL the address of its empty database.
    """
    kept = _place("postgresql" if url else "sqlite")
    if not kept.exists():
        return
    if url:
        _program(
            "psql", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", f"--file={kept}", address=url
        )
    else:
        home.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, home / "qingfeng.sqlite3")


def empty(_case):
    """Delete the rows that a test has committed, in place of Django's flush.

    That writes every permission anew after each test, which takes longer than most of these tests.
    """
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = [f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in sorted(set(names) - LEFT)]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")  # in whatever order
        cursor.execute(" UNION ALL ".join(asked))
        for (name,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{name}"')


def _place(vendor):
    migrations = sorted(SOURCE.rglob("migrations/*.py"))
    named = {name for one in migrations for name in re.findall(r"qingfeng(?:\.\w+)+", one.read_text("utf-8"))}
    modules = (
        SOURCE / f"{name.replace('.', '/')}.py" for end in named for name in (end, end.rpartition(".")[0])
    )
    others = (SOURCE / "qingfeng/project/settings.py", HOUSE / "requirements/lock.txt")
    digest = hashlib.sha256()
    for file in (*migrations, *sorted({one for one in modules if one.is_file()}), *others):
        digest.update(str(file.relative_to(HOUSE)).encode() + b"\0" + file.read_bytes() + b"\0")
    return KEPT / f"{vendor}.{digest.hexdigest()[:32]}"


def _at(name):
    before, mark, after = os.environ["DATABASE_URL"].partition("?")
    return before.rsplit("/", 1)[0] + f"/{name}" + mark + after


def _program(name, *words, address):
    program = f"{os.environ['POSTGRES_PROGRAMS']}/{name}"
    subprocess.run([program, *words, address], check=True, capture_output=True, text=True)
