"""The ground of this room's tests: the sample office at work, made once a module and rolled back after it."""

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def kept_house(django_db_setup, django_db_blocker):
    """The sample office with matters to keep; each test undoes what it wrote."""
    import a_keeper

    with django_db_blocker.unblock(), a_keeper.parcels():
        block = transaction.atomic()
        block._from_testcase = True  # files are kept outside transactions, except a test's own
        with block:
            yield a_keeper.House().at_work()
            transaction.set_rollback(True)


@pytest.fixture
def house(kept_house, db):
    """The sample office at work."""
    return kept_house
