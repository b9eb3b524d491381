"""Options that every command takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qingfeng.screening.errors import WrongUse
from qingfeng.screening.home import default_home

PathType = click.Path(path_type=Path)


def _made(_context: click.Context, _option: click.Parameter, home: Path) -> Path:
    """Refuse a home that nobody has made: whoever reads one would find nothing, and be content."""
    if not home.is_dir():
        raise WrongUse(
            "There is no home here.",
            where=str(home.absolute()),
            then="Give the folder that everything is kept in with --home, or set QINGFENG_HOME.",
        )
    return home


_SAID: dict[str, Any] = {
    "type": PathType,
    "default": default_home,
    "show_default": "$QINGFENG_HOME, else ./var",
    "help": "The folder that everything is kept in.",
}
HOME = click.option("--home", **_SAID)
MADE_HOME = click.option("--home", callback=_made, **_SAID)
