"""The ground of this room's tests."""

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # nothing is timed
settings.load_profile("patient")


@pytest.fixture
def office(db):
    """The sample office, with the demonstration's passwords."""
    from qingfeng.organization.sample import make_sample_office

    return make_sample_office()


@pytest.fixture(autouse=True)
def _no_throttle():
    """Counts of earlier tests do not slow this one down."""
    from django.core.cache import cache

    cache.clear()
