"""`python -m bench.upload [--mib N] [--runs N]`: sending a file to the site against a bare copy.

Ours: the pieces that the page sends, to the site behind its own web server, with session, access, hash and
the row that says how much lies there. Bare: the same bytes in one request over one connection to the same
web server, where fifteen lines write the body to a file. In turn, A B A B …; the ratio is of speeds.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
HOME = DATA / "upload-home"
PIECE = 64 << 20  # the largest that the page sends; it grows while a piece is quick
BLOCK = 1 << 20
SECRET = "b" * 32  # of the cross-site check: cookie and header say the same


def bare(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Write the body of a request to a file: what no upload can do without."""
    left = int(environ["CONTENT_LENGTH"])
    with (DATA / "upload-bare").open("wb") as out:
        while left and (block := environ["wsgi.input"].read(min(BLOCK, left))):
            out.write(block)
            left -= len(block)
    start_response("200 OK", [("Content-Length", "0")])
    return []


def main() -> None:
    """Prepare a home, then send to both in turn."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mib", type=int, default=512)
    parser.add_argument("--runs", type=int, default=5)
    told = parser.parse_args()
    pieces = max(1, (told.mib << 20) // PIECE)
    block = os.urandom(PIECE)
    os.environ["QINGFENG_HOME"] = str(HOME)
    cookie = _prepare()
    with _served("qingfeng.project.wsgi:application") as site, _served("bench.upload:bare") as plain:
        _ours(site, block, pieces=1, cookie=cookie)
        _bare(plain, block, pieces=1)
        took = [
            (_ours(site, block, pieces=pieces, cookie=cookie), _bare(plain, block, pieces=pieces))
            for _ in range(told.runs)
        ]
    size = pieces * PIECE / 2**20
    ratios = [other / mine for mine, other in took]
    mine, other = (size / statistics.median(side) for side in zip(*took, strict=True))
    print("| file | site, in pieces | bare copy, same server | ratio of speeds |\n|---|---|---|---|")
    print(
        f"| {size:,.0f} MiB | {mine:,.0f} MiB/s | {other:,.0f} MiB/s "
        f"| **{statistics.median(ratios):.2f}** ({min(ratios):.2f}-{max(ratios):.2f}) |"
    )
    shutil.rmtree(HOME / "incoming", ignore_errors=True)
    (DATA / "upload-bare").unlink(missing_ok=True)


def _prepare() -> str:
    """Make a home with the sample office; return the analyst's cookie."""
    HOME.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "qingfeng.project.settings"
    import django  # noqa: PLC0415 - only once the home is known

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django is started by now
    from django.test import Client  # noqa: PLC0415

    from qingfeng.organization.models import Account  # noqa: PLC0415
    from qingfeng.organization.sample import make_sample_office  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if not Account.objects.exists():
        make_sample_office()
    account = Account.objects.get(username="analyst")
    Account.objects.filter(pk=account.pk).update(must_change_password=False)
    browser = Client()
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return str(browser.cookies["sessionid"].value)


@contextmanager
def _served(application: str) -> Iterator[int]:
    """Serve an application as the house is served; yield its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", application, "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws", "--no-log"]
    with subprocess.Popen([*command, "--no-access-log"]) as server:
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        try:
            yield port
        finally:
            server.terminate()


def _ours(port: int, block: bytes, *, pieces: int, cookie: str) -> float:
    """Return the seconds that all pieces of a new file take."""
    from qingfeng.findings import deliveries  # noqa: PLC0415 - Django is started by now

    begun = deliveries.begin("bench", by=None)
    file = deliveries.announce(begun, "bench.csv", pieces * len(block), by=None)
    address = f"/records/{begun.pk}/files/{file.pk}/"
    digest = hashlib.sha256(block).hexdigest()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {
        "Cookie": f"sessionid={cookie}; csrftoken={SECRET}",
        "X-CSRFToken": SECRET,
        "X-SHA256": digest,
        "Content-Type": "application/octet-stream",
    }
    began = time.perf_counter()
    for piece in range(pieces):
        connection.request("PUT", address, block, {**headers, "X-Offset": str(piece * len(block))})
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            sys.exit(f"{answer.status}: {said[:300]!r}")
    seconds = time.perf_counter() - began
    connection.close()
    deliveries.discard(begun, by=None)
    return seconds


def _bare(port: int, block: bytes, *, pieces: int) -> float:
    """Return the seconds that the same bytes take in one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    began = time.perf_counter()
    length = {"Content-Length": str(pieces * len(block))}
    connection.request("PUT", "/", (block for _ in range(pieces)), length)
    connection.getresponse().read()
    seconds = time.perf_counter() - began
    connection.close()
    return seconds


if __name__ == "__main__":
    main()
