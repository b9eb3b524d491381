"""Jobs for a worker that is told to end while it is at one of them."""

import threading
from pathlib import Path

from django_tasks import task


@task()
def last_until_told(folder: str) -> None:
    """Last until somebody says go."""
    (Path(folder) / "begun").touch()
    while not (Path(folder) / "go").exists():
        threading.Event().wait(0.05)
    (Path(folder) / "first").touch()


@task()
def write_a_name(folder: str, name: str) -> None:
    """Write a name."""
    (Path(folder) / name).touch()
