"""Whoever ends the house ends it, though its database answers nothing any more."""

import signal
import socket
import subprocess
import sys
import threading

import pytest
from test_site_commands import clean_env

pytestmark = pytest.mark.slow
MUST_END_SECONDS = 40


@pytest.fixture
def silent():
    """A database that takes every connection and never says a word; its port, and what it has taken."""
    taken = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept():
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1], taken
    for one in taken:
        one.close()


def test_a_worker_whose_database_hangs_ends_when_it_is_told_to(silent, tmp_path):
    port, taken = silent
    said = {**clean_env(), "DATABASE_URL": f"postgres://q:q@127.0.0.1:{port}/q"}
    command = [sys.executable, "-m", "qingfeng", "worker", "--home", str(tmp_path / "home")]
    with subprocess.Popen(command, env=said, stdout=subprocess.PIPE, text=True) as worker:
        try:
            worker.stdout.readline()
            while not taken:
                threading.Event().wait(0.1)
            worker.send_signal(signal.SIGTERM)

            assert worker.wait(MUST_END_SECONDS) == 0
        finally:
            worker.kill()
