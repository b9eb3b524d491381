"""`culture export`: the public pages as a folder, and the file to take along; `culture sweep`: old files."""

from __future__ import annotations

from pathlib import Path

import click

from qingfeng.project import site
from qingfeng.project.options import HOME
from qingfeng.project.terminal import tell
from qingfeng.screening.errors import Problem


@click.group()
def culture() -> None:
    """The public pages: map, places, routes and halls."""


@culture.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--host", default="", help="Address of the live site, for QR codes: https://example.invalid")
@HOME
def export(folder: Path, host: str, home: Path) -> None:
    """Write map, places, routes and halls into FOLDER.

    Its manifest goes into the public journal.
    """
    site.set_up(home)
    site.check()
    from qingfeng.public.culture import exporting  # noqa: PLC0415 - Django is started by now

    try:
        made = exporting.export(folder, host=host.rstrip("/"))
    except FileExistsError as error:
        raise Problem(
            "The folder is not empty.", where=str(folder), then="Name a new folder; nothing was written."
        ) from error
    exporting.keep_zip(folder)
    tell(
        f"{made.files.count()} files in {folder}; the list's SHA-256 {made.sha256} is in the public journal."
    )


@culture.command()
@click.option("--try", "is_tried", is_flag=True, help="Only say what would be removed.")
@HOME
def sweep(home: Path, *, is_tried: bool) -> None:
    """Remove files that nothing refers to any more.

    The house does it every day: what no draft, version or publication needs goes.
    """
    site.set_up(home)
    site.check()
    from qingfeng.desk.culture import sweeping  # noqa: PLC0415 - Django is started by now

    tell(f"{'Would remove' if is_tried else 'Removed'}: {sweeping.sweep(is_tried=is_tried)}.")
