"""The ground of this room's tests: an office with a course and activities, played once a module."""

import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

for _room in ("desk", "appraisal", "house"):
    sys.path.append(str(Path(__file__).parents[1] / _room))
BASE = date(2026, 3, 2)
STORIES = (("activity", "shown"), ("activity", "closed"), ("activity", "dropped"), ("course", "kept"))


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The sample office with those matters by name, and its people."""
    import a_desk
    from an_office_kept import sample_office

    from qingfeng.mechanisms import sampling

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # files are kept outside transactions, except a test's own
        with block:
            desk = a_desk.Desk(sample_office())
            desk.matters = {
                f"{kind}_{name}": sampling.play(kind, name, desk.scene(BASE)) for kind, name in STORIES
            }
            yield desk
            transaction.set_rollback(True)


@pytest.fixture
def desk(told, db):
    """The sample office with those matters; each test undoes what it wrote."""
    return told
