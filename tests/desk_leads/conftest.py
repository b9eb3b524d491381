"""The sample office; runs come from the tests of findings, tiny lakes from those of screening."""

import shutil
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


@pytest.fixture
def own_home(office, settings, tmp_path):
    """A home of the test's own, with the keys that the office was sealed with; its lake is empty."""
    shutil.copytree(settings.HOME / "keys", tmp_path / "home" / "keys")
    settings.HOME = tmp_path / "home"
    return settings.HOME
