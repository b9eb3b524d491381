from pathlib import Path

import pytest


@pytest.fixture
def culture(db, settings, tmp_path):
    from a_district_of_culture import Culture
    from an_office_kept import sample_office

    office, keys = sample_office(), Path(settings.HOME) / "keys"  # the office is sealed with these
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    (settings.HOME / "keys").symlink_to(keys)
    return Culture(office)
