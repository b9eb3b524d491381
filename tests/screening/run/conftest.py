"""Tiny lakes and rules come from the tests of leads."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "leads"))
