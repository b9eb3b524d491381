"""The ground of the tests of the whole house."""

import sys
from pathlib import Path

import pytest
from django.db import transaction

sys.path.append(str(Path(__file__).parents[1] / "matters"))  # the small mechanism of the kernel's tests


@pytest.fixture(scope="module")
def whole_house(django_db_setup, django_db_blocker):
    """The sample office with its cast, for every test of a module; undone after it."""
    import a_house
    from an_office_kept import sample_office

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # files are kept outside transactions, except a test's own
        with block:
            yield a_house.House(sample_office())
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The sample office at work, with one of everything that an address names; undone after the module."""
    import a_site
    from an_office_kept import sample_office

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # files are kept outside transactions, except a test's own
        with block:
            _with_public_keys()
            yield a_site.Site(sample_office())
            transaction.set_rollback(True)


def _with_public_keys():
    """Let both logs have the keys that they sign with, whichever test comes first."""
    from qingfeng.journal.folder import LOGS
    from qingfeng.journal.store import folder_of

    for log in LOGS:
        if not (folder_of(log).root / "vkey").exists():
            folder_of(log).signer(may_make=True)
