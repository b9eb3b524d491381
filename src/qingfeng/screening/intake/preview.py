"""How files are understood, without importing them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qingfeng.screening.intake.explain import explained
from qingfeng.screening.intake.mapping import Mappings
from qingfeng.screening.intake.recognise import recognise
from qingfeng.screening.intake.sources import Refused, open_sources

if TYPE_CHECKING:
    from qingfeng.screening.home import Home
    from qingfeng.screening.progress import Progress


def preview(
    inputs: Sequence[Path], home: Home, progress: Progress
) -> tuple[list[dict[str, Any]], tuple[Refused, ...]]:
    """Return what `explain.explained` says of every sheet, and the files that cannot be read.

    Args:
        inputs: Files and folders.
        home: Whose remembered mappings count; nothing is kept in it.
        progress: Who is told.
    """
    scratch = home.scratch("staging")
    try:
        mappings = Mappings.load(inputs, home)
        found = open_sources(inputs, scratch, progress)
        return [explained(sheet, recognise(sheet, mappings)) for sheet in found.sheets], found.refused
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
