"""The ground of this room's tests: the sample office, made once a module and rolled back after it."""

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """The sample office for every test of a module; each test undoes what it wrote."""
    from an_office_kept import sample_office

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True
        with block:
            yield sample_office()
            transaction.set_rollback(True)
