import pytest


@pytest.fixture
def office(db):
    """The sample office."""
    from qingfeng.organization.sample import make_sample_office

    return make_sample_office()
