"""The sample office; runs come from the tests of findings, tiny lakes from those of screening."""

import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "findings"), str(TESTS / "screening" / "leads")]


@pytest.fixture
def office(db):
    """The sample office."""
    from an_office_kept import sample_office

    return sample_office()
