"""The ground of this room's tests: the sample office, and a home of the test's own."""

import pytest


@pytest.fixture
def home(settings, tmp_path):
    """An empty home for records; the site reads and writes there."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return settings.HOME


@pytest.fixture
def records(db, home):
    """The sample office with an analyst who brings records in."""
    import a_delivery
    from an_office_kept import sample_office

    return a_delivery.Records(sample_office(), home)
