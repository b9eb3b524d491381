"""The sample office, a lake that was filled once, and an analyst at the desk."""

import shutil
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "mechanisms"), str(TESTS / "desk_records")]


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory):
    """A home whose lake holds the fills of some vehicles; copied, never written to."""
    import a_trace

    return a_trace.filled(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def home(settings, tmp_path, filled_home):
    """A home of the test's own with those records, and the keys that the office was sealed with."""
    before = settings.HOME
    shutil.copytree(filled_home, tmp_path / "home")
    if (before / "keys").exists():
        shutil.copytree(before / "keys", tmp_path / "home" / "keys", dirs_exist_ok=True)
    settings.HOME = tmp_path / "home"
    return settings.HOME


@pytest.fixture
def desk(db, home):
    """The sample office before those records."""
    import a_trace
    from an_office_kept import sample_office

    return a_trace.Desk(sample_office(), home)
