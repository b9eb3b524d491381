"""The ground of the journal's tests."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)  # nothing is timed
settings.load_profile("patient")
