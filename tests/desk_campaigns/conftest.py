"""The ground of this room's tests: one campaign with its net closed and its doubts, made once a module."""

import sys
from pathlib import Path

import pytest
from django.db import transaction

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / one) for one in ("findings", "mechanisms")]


@pytest.fixture(scope="module")
def ground(tmp_path_factory, django_db_setup, django_db_blocker):
    """The office, the campaign and its leads by key; made once a module."""
    import a_drive
    from an_office_kept import sample_office

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True
        with block:
            office = sample_office()
            yield (office, *a_drive.made(office, tmp_path_factory.mktemp("drive")))
            transaction.set_rollback(True)


@pytest.fixture
def drive(ground, db):
    """The campaign."""
    from qingfeng.matters.models import Matter

    return Matter.objects.get(pk=ground[1].pk)


@pytest.fixture
def leads(ground, db):
    """Its leads, and two that are not its own, by key."""
    return ground[2]


@pytest.fixture
def browser(ground, db):
    """Gives somebody of the cast at a browser."""
    import a_drive

    return lambda key: a_drive.browser(ground[0], key)
