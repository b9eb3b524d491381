from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

MADE = frozenset(
    {
        "green-hill-post",
        "green-hill-path",
        "green-hill-spring",
        "green-hill-hike",
        "old-cannon",
        "willow-wharf",
    }
)


@pytest.fixture
def culture(db, settings, tmp_path):
    from a_district_of_culture import Culture
    from an_office_kept import sample_office

    office, keys = sample_office(), Path(settings.HOME) / "keys"  # the office is sealed with these
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    (settings.HOME / "keys").symlink_to(keys)
    return Culture(office)


@pytest.fixture
def editor(culture):
    """A browser in which an editor is signed in."""
    client = Client()
    client.force_login(culture.office.accounts["editor"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def places(culture):
    culture.a_place("one", place={"lon": 124.0, "lat": 30.5})
    culture.a_place("two", place={"lon": 124.01, "lat": 30.51})
    culture.a_place("three", place={"lon": 124.02, "lat": 30.52})


@pytest.fixture(scope="module")
def district(django_db_setup, django_db_blocker, tmp_path_factory):
    """Three places and a route that are public, one withdrawn, one under review; undone after the module."""
    from an_office_kept import sample_office
    from django.conf import settings

    from qingfeng.culture.sample.make import make_sample

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        block = transaction.atomic()
        block._from_testcase = True
        with block:
            sample_office()
            home, keys = tmp_path_factory.mktemp("culture"), Path(settings.HOME) / "keys"
            (home / "keys").symlink_to(keys)
            patch.setattr(settings, "HOME", home)
            make_sample(only=MADE)
            yield home
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def copy(district, tmp_path_factory):
    """The export, and the tables that it read."""
    from qingfeng.public.culture import exporting

    folder = tmp_path_factory.mktemp("copy") / "site"
    with CaptureQueriesContext(connection) as captured:
        made = exporting.export(folder)
    exporting.keep_zip(folder)
    return folder, made, captured.captured_queries


@pytest.fixture(scope="module")
def quiet_hall(django_db_setup, django_db_blocker, tmp_path_factory):
    """A hall of two scenes that is public; undone after the module."""
    from a_district_of_culture import Culture
    from a_hall import a_hall
    from an_office_kept import sample_office
    from django.conf import settings

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        block = transaction.atomic()
        block._from_testcase = True
        with block:
            office = sample_office()
            home, keys = tmp_path_factory.mktemp("halls"), Path(settings.HOME) / "keys"
            (home / "keys").symlink_to(keys)
            patch.setattr(settings, "HOME", home)
            culture = Culture(office)
            culture.number_the_map()
            culture.row = culture.published(a_hall(culture, tmp_path_factory.mktemp("drawn")))
            yield culture
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def hall_copy(quiet_hall, tmp_path_factory):
    """The export with the hall, and the tables that it read."""
    from qingfeng.public.culture import exporting

    folder = tmp_path_factory.mktemp("copy") / "site"
    with CaptureQueriesContext(connection) as captured:
        made = exporting.export(folder, host="https://qingfeng.example")
    return folder, made, captured.captured_queries
