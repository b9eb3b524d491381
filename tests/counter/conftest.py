"""The ground of the counter's tests: a home with the keys of an office, fresh for each test."""

import a_counter
import pytest


@pytest.fixture
def home(settings, tmp_path, db):
    """A home with the keys of an office."""
    settings.HOME = tmp_path
    a_counter.give_keys()
    return tmp_path
