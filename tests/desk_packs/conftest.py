"""The ground of this room's tests: an office, records in a lake, a lead out of them, and its verification."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "screening" / "leads"))


@pytest.fixture
def field(db, settings, tmp_path):
    """A verification with two verifiers and tasks, its records in a lake of this test's own home."""
    from a_verification import Field

    home = tmp_path / "home"
    home.mkdir()
    keys = Path(settings.HOME) / "keys"  # the office is built once, and sealed with these
    keys.mkdir(parents=True, exist_ok=True)
    (home / "keys").symlink_to(keys)
    settings.HOME, settings.MEDIA_ROOT = home, home / "attachments"
    return Field(tmp_path)
