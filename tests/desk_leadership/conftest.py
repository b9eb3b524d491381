"""The ground of this room's tests: a year in which talks are due, held, overdue and given up; made once."""

import sys
from pathlib import Path

import pytest
from django.db import transaction

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "mechanisms"), str(TESTS / "desk")]


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker):
    """The office in a year of talks, for every test of a module; each test undoes what it wrote."""
    import a_year_of_talks

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # files are kept outside transactions, except a test's own
        with block:
            yield a_year_of_talks.Year()
            transaction.set_rollback(True)


@pytest.fixture
def talks(year, db):
    """The office in a year of talks."""
    return year
