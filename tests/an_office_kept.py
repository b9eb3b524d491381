"""The sample office for many tests: built once in a process, then put back row by row.

Building it plays some three hundred acts through the organization's doors; putting the rows back
takes a twentieth of that. What is put back is what was built, every table of it, and the keys of the home it
was built in: a test that gives itself another home would not open what its office has sealed.
"""

from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

KEYS = ("organization.key", "identifiers.key")
_kept, _keys = {}, {}


def sample_office():
    """The sample office in this test's empty database."""
    from qingfeng.organization.sample import SampleOffice, make_sample_office

    if connection.alias not in _kept:
        office = make_sample_office()
        _kept[connection.alias] = _rows()
        _keys[connection.alias] = [(name, file.read_bytes()) for name, file in _files() if file.exists()]
        return office
    _put_back(_kept[connection.alias])
    for name, key in _keys[connection.alias]:
        _put_key(dict(_files())[name], key)
    from qingfeng.organization.models import Account, Person, Unit

    return SampleOffice(
        units={unit.short_name: unit for unit in Unit.objects.all()},
        people={person.number: person for person in Person.objects.all()},
        accounts={account.username: account for account in Account.objects.select_related("person")},
    )


def _files():
    return [(name, Path(settings.HOME) / "keys" / name) for name in KEYS]


def _put_key(file, key):
    if not file.exists() or file.read_bytes() != key:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(key)


def _tables():
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [name for name in sorted(names) if not name.startswith(("django_", "auth_permission"))]


def _rows():
    kept = []
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [one[0] for one in cursor.description]
            rows = cursor.fetchall()
            if rows:
                kept.append((table, columns, [tuple(map(_plain, row)) for row in rows]))
    return kept


def _plain(value):
    if connection.vendor == "postgresql" and isinstance(value, dict | list):
        from psycopg.types.json import Jsonb

        return Jsonb(value)
    return bytes(value) if isinstance(value, memoryview) else value


def _put_back(kept):
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        for table, columns, rows in kept:
            quoted, marks = ", ".join(f'"{one}"' for one in columns), ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})', rows)
        if connection.vendor == "postgresql":
            for table, columns, _found in kept:
                if "id" in columns:
                    cursor.execute(
                        f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), "
                        f'(SELECT max(id) FROM "{table}"))'
                    )
