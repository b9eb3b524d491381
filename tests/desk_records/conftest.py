"""The ground of this room's tests: the sample office, and a home of the test's own."""

import shutil

import pytest
from django.db import transaction


@pytest.fixture
def home(settings, tmp_path):
    """An empty home for records; the site reads and writes there."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return settings.HOME


@pytest.fixture
def records(db, home):
    """The sample office with an analyst who brings records in."""
    import a_delivery
    from an_office_kept import sample_office

    return a_delivery.Records(sample_office(), home)


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory):
    """The sample office with a delivery that has come in, for every test of a module; undone after it."""
    import a_delivery
    from an_office_kept import sample_office
    from django.conf import settings

    home = tmp_path_factory.mktemp("filled") / "home"
    home.mkdir()
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # files are kept outside transactions, except a test's own
        with block, pytest.MonkeyPatch.context() as patched:
            patched.setattr(settings, "HOME", home)
            made = a_delivery.Records(sample_office(), home)
            made.brought_in()
            patched.undo()
            yield made
            transaction.set_rollback(True)


@pytest.fixture
def full(filled, db, settings, tmp_path):
    """That office with a home of the test's own, whose lake holds what was delivered."""
    import a_delivery

    shutil.copytree(filled.home, tmp_path / "home")
    settings.HOME = tmp_path / "home"
    return a_delivery.Records(filled.office, settings.HOME)
