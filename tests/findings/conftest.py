import pytest


@pytest.fixture
def office(db):
    """The sample office."""
    from an_office_kept import sample_office

    return sample_office()
