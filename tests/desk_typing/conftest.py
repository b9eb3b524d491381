from pathlib import Path

import pytest


@pytest.fixture
def paper(db, settings, tmp_path):
    """Somebody who types, somebody who types again, and a home of their own."""
    from a_paper_sheet import Paper
    from an_office_kept import sample_office

    office, keys = sample_office(), Path(settings.HOME) / "keys"  # the office is sealed with these
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = settings.HOME / "attachments"
    settings.HOME.mkdir()
    (settings.HOME / "keys").symlink_to(keys)
    return Paper(office)
