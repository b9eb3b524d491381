"""The ground of this room's tests: the cast and the papers of the rooms that two installations carry."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "mechanisms"))
