import pytest


@pytest.fixture
def office(db):
    """The sample office, with the errand known."""
    import an_errand

    from qingfeng.organization.sample import make_sample_office

    an_errand.known()
    yield make_sample_office()
    an_errand.unknown()
