"""A worker with jobs that wait, run as a program: `python a_worker_that_is_told_to_end.py HOME FOLDER`.

The first job writes `begun` into FOLDER and lasts until `go` lies there; each of the others writes its own
name. `told` is written once the worker has been told to end.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path


class Background:
    """What tells the background work to end, and then that it was told."""

    def __init__(self, stop: object, folder: Path) -> None:
        self._stop, self._folder = stop, folder

    def __call__(self, work: object, *, wait_seconds: float) -> None:
        """Tell it, say that it was told, and wait for its end."""
        ending = threading.Thread(target=self._stop, args=(work,), kwargs={"wait_seconds": wait_seconds})
        ending.start()
        work._stop.wait()
        (self._folder / "told").touch()
        ending.join()


def main(home: str, folder: Path) -> None:
    """Let jobs wait, then work."""
    from qingfeng.project import site, site_commands

    site.set_up(Path(home))
    site.migrate()
    import a_job_that_lasts

    a_job_that_lasts.last_until_told.enqueue(str(folder))
    a_job_that_lasts.write_a_name.enqueue(str(folder), "second")
    a_job_that_lasts.write_a_name.enqueue(str(folder), "third")
    told = Background(site.Background.stop, folder)
    site.Background.stop = lambda work, *, wait_seconds: told(work, wait_seconds=wait_seconds)
    site_commands.worker.main(["--home", home], standalone_mode=False)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
