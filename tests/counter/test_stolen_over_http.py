"""The counter's own process, written to over HTTP with an enclosure: a copy of its machine tells nothing.

What is copied while it runs: home, database with its write-ahead log, what the process printed, and the
folder for temporary files. It is searched in every way in which a text can stand in bytes.
"""

import html
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from base64 import b64encode
from contextlib import suppress
from pathlib import Path

import pytest
from a_counter_outside import Machine, Office
from PIL import Image
from ways_of_a_text import ways_of

from qingfeng.sealing import packages
from qingfeng.sealing.cards import read_card

pytestmark = pytest.mark.slow
NAME, CONTACT, ABOUT = "宋不鸣", "青石街道邮政所留交本人", "河西闸管所值班表"
TEXT, LATER = "值班补助十月重复发放两次未见审批单", "补充：第二次发放在二十六日上午"
FILE, SHOWN, INSIDE = "值班表扫描件.txt", "网上窗口", "十月值班表第三行与第九行同名同日"
CAMERA = "CAMERA-OF-A-PETITIONER"
AGENT, COOKIE, REFERER = (
    "Pangolin-Browser-31415",
    "tracking=rhinoceros-2718",
    "https://example.org/came-from-there",
)
SECRETS = (NAME, CONTACT, ABOUT, TEXT, LATER, FILE, INSIDE, CAMERA, AGENT, COOKIE, REFERER)
A_MOMENT = 0.3  # a ticket is good from a tenth of a second on
_FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_CODE = re.compile(r'<p class="code"><code aria-hidden="true">([2-9A-HJ-NP-Z-]{24})<')


class Person:
    """Somebody at a browser without scripts, over the network."""

    def __init__(self, address):
        self.address = f"{address}/counter/zh/"

    def send(self, place, fields=None, file=None):
        """Open a page, or send a form with perhaps a file; return the page."""
        body, kind = None, None
        if fields is not None:
            body, kind = _form(fields, file)
        headers = {"User-Agent": AGENT, "Cookie": COOKIE, "Referer": REFERER}
        headers |= {"Content-Type": kind} if kind else {}
        asked = urllib.request.Request(f"{self.address}{place}", body, headers)
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.read().decode()

    def writes(self, said, *files):
        """Write all of it with its files; return the code of the receipt."""
        fields = dict(said)
        for name, data in files:
            page = self.send("write/", {**fields, "at": "files", "go": "add"}, (name, data))
            fields = {**hidden(page)} | {"line": said["line"]}
        page = self.send("write/", {**fields, "at": "excludes", "go": "next"})
        time.sleep(A_MOMENT)
        page = self.send("write/", {**hidden(page), "go": "next"})
        found = _CODE.search(page)
        assert found, re.sub(r"<[^>]+>", " ", page)[:2000]
        return found[1]

    def opens(self, code):
        """Type a code; return what it opens."""
        asked = hidden(self.send("follow/"))
        time.sleep(A_MOMENT)
        return self.send("follow/", {**asked, "code": code, "go": "open"})

    def says(self, opened, what, **words):
        """Say something to what was opened."""
        asked = self.send("follow/", {**hidden(opened), "go": f"say:{what}"})
        time.sleep(A_MOMENT)
        return self.send("follow/", {**hidden(asked), **words, "go": f"send:{what}"})


def hidden(page):
    """The hidden fields of a page."""
    return {name: html.unescape(value) for name, value in _FIELD.findall(page)}


def _form(fields, file):
    """A body and its kind: with a file in parts, else as a browser sends a form."""
    if file is None:
        return urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
    mark, out = uuid.uuid4().hex, io.BytesIO()
    for name, value in fields.items():
        out.write(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n'
    out.write(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + file[1])
    out.write(f"\r\n--{mark}--\r\n".encode())
    return out.getvalue(), f"multipart/form-data; boundary={mark}"


def _picture():
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = CAMERA
    Image.new("RGB", (640, 480), (90, 120, 130)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def _served(machine, folder):
    """Start the counter's process; return it and its address."""
    environment = machine.environment | {"TMPDIR": str(folder / "temporary"), "PYTHONUNBUFFERED": "1"}
    out = (folder / "printed").open("wb")
    port = 20_000 + os.getpid() % 20_000
    command = [sys.executable, "-m", "qingfeng", "counter", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
    for _try in range(600):
        said = re.search(r"http://127\.0\.0\.1:\d+", (folder / "printed").read_text(errors="replace"))
        if said and _answers(said[0]):
            return process, said[0]
        assert process.poll() is None, (folder / "printed").read_text()
        time.sleep(0.1)
    raise AssertionError((folder / "printed").read_text())


def _answers(address):
    try:
        with urllib.request.urlopen(f"{address}/counter/zh/", timeout=10):
            return True
    except OSError:
        return False


def _taken(file, target):
    """Copy a file of a machine that runs: one that has just been renamed is copied under its name."""
    with suppress(FileNotFoundError):
        shutil.copy2(file, target)


@pytest.fixture(scope="module")
def stolen(tmp_path_factory):
    """Every file of the copied machine by name, the code of the receipt, and the last page."""
    folder = tmp_path_factory.mktemp("http")
    machine, office = Machine(folder / "counter"), Office()
    (folder / "temporary").mkdir()
    machine.says("init", "--name", SHOWN)
    counter = read_card((machine.home / "exchange" / "counter" / "card.qfk").read_bytes())
    (folder / "office.qfk").write_bytes(office.card.encoded(office.seed))
    machine.says("keys", "--office", folder / "office.qfk")
    machine.says("keys", "--heard", office.card.fingerprint)
    keys = packages.Part("counter_keys", {"file": b64encode(office.keys()).decode()})
    machine.says("import", office.package(folder / "1.qfp", counter, keys))
    (machine.home / "counter.toml").write_text("wait_seconds = 0\nread_seconds = 0\n", encoding="utf-8")
    process, address = _served(machine, folder)
    try:
        person = Person(address)
        petition = {"line": "petition", "about": ABOUT, "text": TEXT, "named": "yes", "name": NAME}
        given = [(FILE, INSIDE.encode() * 9), ("现场.jpg", _picture())]
        code = person.writes({**petition, "contact": CONTACT}, *given)
        report = {"line": "report", "whom": "ours", "about": ABOUT, "text": TEXT, "named": "no"}
        person.writes(report, (FILE, INSIDE.encode()))
        said = person.says(person.opens(code), "reply", text=LATER)
        shutil.copytree(folder, folder.with_name("stolen"), copy_function=_taken)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=120)
    held = {str(one): one.read_bytes() for one in folder.with_name("stolen").rglob("*") if one.is_file()}
    return held, code, said


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_that_was_written_or_that_a_browser_says_of_itself_is_in_the_copy(stolen, secret):
    held, _code, _said = stolen

    found = [(where, way) for way, said in ways_of(secret) for where, data in held.items() if said in data]

    assert found == []


def test_neither_is_the_code_of_the_receipt(stolen):
    held, code, _said = stolen

    for form in (code, code.replace("-", "")):
        assert [where for where, data in held.items() if form.encode() in data] == []


def test_what_was_said_later_has_arrived_and_all_of_it_lies_there_sealed(stolen):
    held, _code, said = stolen
    whole = b"".join(held.values())

    assert "已经收到" in said
    assert whole.count(b"QFB1") >= 3
    assert b"QFS1" in whole


def test_the_copy_is_whole_and_the_same_look_finds_what_is_no_secret(stolen):
    held, _code, _said = stolen
    names = {Path(one).name for one in held}

    assert any(one.endswith("sqlite3-wal") for one in names)
    assert "printed" in names
    assert any(said in data for _way, said in ways_of(SHOWN) for data in held.values())
    assert json.loads(next(data for one, data in held.items() if one.endswith("exchange-counter.json")))


def test_no_file_waits_in_the_folder_for_temporary_ones(stolen):
    held, _code, _said = stolen

    assert [one for one in held if "/temporary/" in one] == []
