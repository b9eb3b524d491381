import pytest


@pytest.fixture
def office(db):
    """The sample office, with the errand known."""
    import an_errand
    from an_office_kept import sample_office

    an_errand.known()
    yield sample_office()
    an_errand.unknown()
