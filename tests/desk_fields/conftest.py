"""The ground of this room's tests: the sample office at work, made once a module and rolled back after it."""

import sys
from pathlib import Path

import pytest
from django.db import transaction

for _room in ("desk", "mechanisms"):
    sys.path.append(str(Path(__file__).parents[1] / _room))


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The sample office at work, for every test of a module; each test undoes what it wrote."""
    import a_desk
    from an_office_kept import sample_office

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # files are kept outside transactions, except a test's own
        with block:
            yield a_desk.Desk(sample_office())
            transaction.set_rollback(True)


@pytest.fixture
def desk(house, db):
    """The sample office at work."""
    return house
