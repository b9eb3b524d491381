"""Returns that came with the house: TOML files beside this module, defined once, again where one changed."""

from __future__ import annotations

from pathlib import Path

from qingfeng.desk.returns import definitions, keeping
from qingfeng.desk.returns.models import Definition

FOLDER = Path(__file__).parent / "shipped"


def ship() -> int:
    """Define what came with the house and is not there as it came; return how many were defined.

    A definition that somebody here has written another version of stays as it is.
    """
    newest: dict[str, Definition] = {}
    for row in Definition.objects.order_by("version"):
        newest[row.key] = row
    done = 0
    for path in sorted(FOLDER.glob("*.toml")):
        said = definitions.from_toml(path.read_text(encoding="utf-8"))
        there = newest.get(path.stem)
        if there is None or (there.shipped and there.digest != said.digest):
            keeping.define(path.stem, said, by=None, shipped=True)
            done += 1
    return done
