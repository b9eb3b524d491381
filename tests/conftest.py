"""What tests measured is printed at the end of the run, whichever worker ran them."""

import pytest


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
