"""The ground of this room's tests."""

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # nothing is timed
settings.load_profile("patient")


@pytest.fixture
def office(db):
    """The sample office, with the demonstration's passwords."""
    from an_office_kept import sample_office

    return sample_office()


@pytest.fixture(autouse=True)
def _no_throttle(request):
    """Counts of earlier tests do not slow this one down; they are kept in the database."""
    from django.core.cache import cache

    used = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if used or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("transactional_db" if used & {"transactional_db", "live_server"} else "db")
        cache.clear()
