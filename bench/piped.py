"""Chromium led through a pair of pipes by its own protocol, with nothing between.

A driver that lets one read answers afterwards has the page keep every answer: memory measured under it is
partly the watching's. Here nothing is switched on but what is asked for.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any

MOST_SECONDS = 180


@dataclass
class Browser:
    """A browser at the other end of two pipes.

    Attributes:
        says: Where its messages come from.
        hears: Where ours go.
        number: Of the last message.
    """

    says: IO[bytes]
    hears: IO[bytes]
    number: int = 0
    rest: bytes = field(default=b"", repr=False)

    def send(self, method: str, /, *, session: str = "", **params: Any) -> dict[str, Any]:
        """Ask something and return what is answered.

        Raises:
            RuntimeError: If the browser refuses or has gone.
        """
        self.number += 1
        asked: dict[str, Any] = {"id": self.number, "method": method, "params": params}
        if session:
            asked["sessionId"] = session
        self.hears.write(json.dumps(asked).encode() + b"\0")
        self.hears.flush()
        while (told := self._next()).get("id") != self.number:
            pass
        if "error" in told:
            raise RuntimeError(f"{method}: {told['error']['message']}")
        return dict(told["result"])

    def page(self, address: str) -> Page:
        """Open an address in a tab of its own."""
        target = self.send("Target.createTarget", url=address)["targetId"]
        return Page(self, self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.rest:
            came = os.read(self.says.fileno(), 65_536)
            if not came:
                raise RuntimeError("The browser has gone.")
            self.rest += came
        one, _zero, self.rest = self.rest.partition(b"\0")
        return dict(json.loads(one))


@dataclass(frozen=True)
class Page:
    """A tab.

    Attributes:
        browser: Whose it is.
        session: Its name in messages.
    """

    browser: Browser
    session: str

    def send(self, method: str, /, **params: Any) -> dict[str, Any]:
        """Ask the tab something."""
        return self.browser.send(method, session=self.session, **params)

    def ask(self, script: str) -> Any:
        """Return what a script comes to, once it has.

        Raises:
            RuntimeError: If it raises.
        """
        told = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            raise RuntimeError(told["exceptionDetails"].get("exception", {}).get("description", script))
        return told["result"].get("value")

    def wait(self, script: str) -> None:
        """Wait until a script comes to something.

        Raises:
            TimeoutError: If it has not after three minutes.
        """
        until = time.monotonic() + MOST_SECONDS
        while not self.ask(f"Boolean({script})"):
            if time.monotonic() > until:
                raise TimeoutError(script)
            time.sleep(0.1)


@contextmanager
def piped(switches: list[str]) -> Iterator[Browser]:
    """Start a browser with a folder of its own; end it and remove the folder after use."""
    ours_in, written = os.pipe()
    read, ours_out = os.pipe()
    theirs_in, theirs_out = (fcntl.fcntl(one, fcntl.F_DUPFD, 10) for one in (read, written))
    os.close(read)
    os.close(written)
    with tempfile.TemporaryDirectory(prefix="qingfeng-bench-browser-", ignore_cleanup_errors=True) as own:
        # the protocol wants to read from 3 and write to 4
        led = f'exec 3<&{theirs_in} 4>&{theirs_out}; exec "$0" "$@"'
        quiet = ["--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
        quiet += ["--disable-background-networking", "--disable-component-update"]
        program = [shutil.which("chromium") or "chromium", *quiet, *switches, f"--user-data-dir={own}"]
        process = subprocess.Popen(
            ["bash", "-c", led, *program, "--remote-debugging-pipe", "about:blank"],
            pass_fds=(theirs_in, theirs_out),
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            with os.fdopen(ours_in, "rb") as says, os.fdopen(ours_out, "wb") as hears:
                yield Browser(says, hears)
        finally:
            process.terminate()
            process.wait()
