"""The site from the command line: migrate, backup and restore, serve; through the real commands."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import a_migrated_database
import pytest


def say(*words, home, env=None, **others):
    return subprocess.run(
        [sys.executable, "-m", "qingfeng", *map(str, words), "--home", str(home)],
        capture_output=True,
        text=True,
        env={**clean_env(), **(env or {})},
        timeout=300,
        check=False,
        **others,
    )


def clean_env():
    gone = {"QINGFENG_HOME", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "QINGFENG_DEMO"}
    gone |= {"QINGFENG_HOME_IN_USE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return {key: value for key, value in os.environ.items() if key not in gone}


@pytest.fixture(scope="module")
def house(tmp_path_factory, django_db_setup):
    """A home with tables and a few entries in the journal."""
    home = tmp_path_factory.mktemp("house") / "home"
    a_migrated_database.give(home)
    done = say("migrate", home=home)
    assert done.returncode == 0, done.stderr
    code = (
        "import sys; from pathlib import Path; from qingfeng.project import site\n"
        "site.set_up(Path(sys.argv[1]))\n"
        "from qingfeng.organization.sample import make_sample_office; make_sample_office()\n"
        "from qingfeng.journal.publisher import publish; print(publish())\n"
        "from qingfeng.documents.attachments import keep; keep('材料'.encode(), '材料.txt')\n"
    )
    made = subprocess.run(
        [sys.executable, "-c", code, str(home)],
        env=clean_env(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return home


def test_a_backup_is_restored_whole_into_an_empty_home_and_its_journal_verified(house, tmp_path):
    file, other = tmp_path / "saved.zip", tmp_path / "other"

    saved = say("backup", file, home=house)
    restored = say("restore", file, home=other)

    assert saved.returncode == 0, saved.stderr
    assert restored.returncode == 0, restored.stderr
    assert "was verified" in restored.stdout
    assert "growth" not in restored.stdout  # nobody has a growth file here
    assert rows(other) == rows(house)
    assert (other / "keys/site.key").read_bytes() == (house / "keys/site.key").read_bytes()
    assert say("journal", "verify", home=other).returncode == 0


def rows(home):
    with sqlite3.connect(home / "qingfeng.sqlite3") as held:
        return {
            name: held.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in held.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        }


def test_a_backup_file_is_readable_by_its_owner_only(house, tmp_path):
    file = tmp_path / "saved.zip"

    say("backup", file, home=house)

    assert file.stat().st_mode & 0o077 == 0


def test_a_backup_does_not_overwrite_and_a_restore_does_not_mix(house, tmp_path):
    file = tmp_path / "saved.zip"
    file.write_bytes(b"mine")

    saved = say("backup", file, home=house)
    restored = say("restore", file, home=house)

    assert saved.returncode == 1
    assert file.read_bytes() == b"mine"
    assert restored.returncode == 1
    assert "no whole backup" in restored.stderr


def test_a_backup_with_a_changed_byte_is_refused_and_nothing_is_written(house, tmp_path):
    file, other = tmp_path / "saved.zip", tmp_path / "other"
    say("backup", file, home=house)
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(changed, "w") as into:
        for name in source.namelist():
            data = source.read(name)
            bent = data[:-1] + bytes([data[-1] ^ 1])
            into.writestr(name, bent if name == "keys/site.key" else data)

    refused = say("restore", changed, home=other)

    assert refused.returncode == 1
    assert "keys/site.key" in refused.stderr
    assert not other.exists()


def test_the_site_is_served_and_ends_with_its_server_when_a_system_ends_it(house):
    served = subprocess.Popen(
        [sys.executable, "-m", "qingfeng", "serve", "--port", "8765", "--home", str(house)],
        env=clean_env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        line = served.stdout.readline()
        address = re.search(r"http://[\d.]+:\d+/", line)[0]
        page = fetched(address + "accounts/login/")
    finally:
        served.send_signal(signal.SIGTERM)  # Ctrl-C goes the same way
        served.wait(120)

    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=5)
    assert page.status == 200
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert served.returncode == 0


def fetched(address):
    for _try in range(1200):
        try:
            return urllib.request.urlopen(address, timeout=5)
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"nothing answers at {address}")


def test_a_declaration_that_does_not_hold_stops_the_house_in_words(house, tmp_path):
    code = (
        "import sys; from pathlib import Path; from qingfeng.project import site\n"
        "site.set_up(Path(sys.argv[1]))\n"
        "from dataclasses import replace; from qingfeng.matters.registry import mechanism, register\n"
        "one = mechanism('directive'); register(replace(one, key='broken', clocks=()))\n"
        "from qingfeng.screening.errors import Problem\n"
        "try: site.check()\n"
        "except Problem as problem: print(problem)\n"
    )

    told = subprocess.run(
        [sys.executable, "-c", code, str(house)],
        env=clean_env(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert "matters.E005" in told.stdout
    assert "broken" in told.stdout


def test_deploy_checks_are_clean_behind_tls(house):
    code = (
        "import sys; from pathlib import Path; from qingfeng.project import site\n"
        "site.set_up(Path(sys.argv[1]))\n"
        "from django.core.checks import run_checks\n"
        "print([str(one) for one in run_checks(include_deployment_checks=True)])\n"
    )

    told = subprocess.run(
        [sys.executable, "-c", code, str(house)],
        capture_output=True,
        text=True,
        check=False,
        env={**clean_env(), "QINGFENG_SECURE": "1", "QINGFENG_HOSTS": "qingfeng.example"},
    )

    assert told.stdout.strip() == "[]", told.stdout + told.stderr


def test_the_commands_are_listed_with_a_line_each():
    told = subprocess.run(
        [sys.executable, "-m", "qingfeng", "--help"], capture_output=True, text=True, check=False
    )

    assert all(word in told.stdout for word in ("serve", "worker", "migrate", "backup", "restore", "journal"))
    assert Path(sys.executable).exists()
