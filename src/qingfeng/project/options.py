"""Options that every command takes."""

from __future__ import annotations

from pathlib import Path

import click

from qingfeng.screening.home import default_home

PathType = click.Path(path_type=Path)
HOME = click.option(
    "--home",
    type=PathType,
    default=default_home,
    show_default="$QINGFENG_HOME, else ./var",
    help="The folder that everything is kept in.",
)
