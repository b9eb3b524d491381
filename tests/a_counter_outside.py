"""The counter on a machine of its own, and the office that it knows: builders of tests with two processes."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.request

from nacl.utils import random

from qingfeng.sealing import boxes, packages
from qingfeng.sealing.cards import Card, public_of
from qingfeng.sealing.counter_keys import CounterKeys, Receiver

FILE = """
import json, sys, django
django.setup()
from qingfeng.public.counter import codes, filing, house
from qingfeng.public.counter.letters import Letter
keys = house.house()
told = []
for given in json.load(sys.stdin):
    files = tuple((name, text.encode()) for name, text in given.pop("files", []))
    filed = filing.file_letter(Letter(**given, files=files), house.receivers(keys, given["line"]))
    told.append([filed.code, filed.arrival.number, codes.pair_of(filed.code)[1].hex()])
print(json.dumps(told))
"""


class Office:
    """The office inside, as far as its counter can know it: keys, and packages that it writes."""

    def __init__(self):
        self.seed, (self.secret, self.seal) = random(32), boxes.new_pair()
        self.intake, self.custodian = boxes.new_pair(), boxes.new_pair()
        self.card = Card("云水区纪委监委", public_of(self.seed), self.seal)
        self.number, self.previous = 0, ""

    def keys(self):
        """The file of the counter's keys."""
        said = CounterKeys(
            1, "云水区纪委监委", "district", (self.intake[1],), (Receiver("保管人", self.custodian[1]),)
        )
        return said.encoded(self.seed)

    def package(self, target, to, *parts):
        """The next package to the counter."""
        self.number += 1
        address = packages.Address(
            self.card.key_id, to.key_id, "main", self.number, self.previous, "2026-11-27"
        )
        self.previous = packages.write_package(target, address, parts, seed=self.seed, to=[to.seal]).digest
        return target


class Machine:
    """The counter's machine: commands on a home of its own, in processes of their own."""

    def __init__(self, home):
        self.home = home
        self.environment = {**os.environ, "QINGFENG_HOME": str(home), "PYTHONWARNINGS": "ignore"}
        for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "QINGFENG_HOME_IN_USE"):
            self.environment.pop(name, None)

    def says(self, *words):
        """What a command prints; it must be well."""
        done = subprocess.run(
            [sys.executable, "-m", "qingfeng", "counter", *map(str, words)],
            env=self.environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def files(self, letters):
        """Codes, numbers and answer keys of letters that are filed, as a web process files them."""
        settings = {"DJANGO_SETTINGS_MODULE": "qingfeng.project.counter_settings"}
        done = subprocess.run(
            [sys.executable, "-c", FILE], env=self.environment | settings, input=json.dumps(letters),
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def runs(self, script, **given):
        """What a script prints that is run as the counter's processes are; it must be well."""
        settings = {"DJANGO_SETTINGS_MODULE": "qingfeng.project.counter_settings"}
        done = subprocess.run(
            [sys.executable, "-c", script], env=self.environment | settings, input=json.dumps(given),
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextlib.contextmanager
    def serves(self, printed, *, port=0):
        """The counter's web process, with its address once it answers; it is killed at the end, as by a cut.

        Args:
            printed: File that it prints to.
            port: Where it listened before; a free one by default.
        """
        port = port or 20_000 + os.getpid() % 20_000
        command = [sys.executable, "-m", "qingfeng", "counter", "serve", "--port", str(port)]
        with printed.open("wb") as out:
            process = subprocess.Popen(
                command, env=self.environment | {"PYTHONUNBUFFERED": "1"}, stdout=out,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        try:
            yield self._answering(process, printed)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
            process.wait(timeout=60)

    @staticmethod
    def _answering(process, printed):
        for _try in range(900):
            said = re.search(r"http://127\.0\.0\.1:\d+", printed.read_text(errors="replace"))
            with contextlib.suppress(OSError):
                if said and urllib.request.urlopen(f"{said[0]}/counter/zh/", timeout=10):
                    return said[0]
            assert process.poll() is None, printed.read_text()
            time.sleep(0.1)
        raise AssertionError(printed.read_text())

    def everything(self):
        """Every byte of the folder."""
        return {one: one.read_bytes() for one in self.home.rglob("*") if one.is_file()}
