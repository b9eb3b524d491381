"""The ground of this room's tests: an office, records in a lake, a lead out of them, and its verification."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "screening" / "leads"))


@pytest.fixture
def field(db, settings, tmp_path):
    """A verification with two verifiers and tasks, its records in a lake of this test's own home."""
    from a_verification import Field, a_home_of_its_own

    a_home_of_its_own(settings, tmp_path)
    return Field(tmp_path)
