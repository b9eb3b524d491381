"""The sample office; tiny lakes and rules come from the tests of leads."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "screening" / "leads"))


@pytest.fixture
def office(db):
    """The sample office."""
    from an_office_kept import sample_office

    return sample_office()
