"""The ground of the journeys: the sample office behind a live server, one Chromium for a module."""

import shutil
import sys
from pathlib import Path

import pytest
from in_chromium import chromium

sys.path.append(str(Path(__file__).parents[1] / "house"))


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def road(live_server, browser, transactional_db):
    """The office and its people at browsers of their own."""
    import a_road
    from an_office_kept import sample_office

    made = a_road.Road(sample_office(), browser, live_server)
    yield made
    made.close()
    assert made.troubles() == []


@pytest.fixture
def home(settings, tmp_path):
    """A home of its own, whose office opens what the sample office keeps sealed."""
    from qingfeng.organization.sealing import seal

    seal("")
    (tmp_path / "keys").mkdir()
    shutil.copyfile(Path(settings.HOME) / "keys" / "organization.key", tmp_path / "keys" / "organization.key")
    settings.HOME = tmp_path
    return tmp_path
