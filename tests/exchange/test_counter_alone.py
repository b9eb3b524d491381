"""The counter's own settings: it starts without people and matters, and every page of it is served."""

import json
import os
import subprocess
import sys

import pytest

WALK = """
import json, django
django.setup()
from django.apps import apps
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
call_command("check")
browser = Client(HTTP_HOST="localhost")
pages = ["", "write/", "follow/", "draft/", "rules/", "anonymity/", "paper/", "proof/", "poster/"]
paths = [f"/counter/{lang}/{page}" for lang in ("zh", "en") for page in pages]
proofs = ["/proof/", "/proof/check_proof.py", "/proof/check-receipt.html"]
got = {path: browser.get(path).status_code for path in [*paths, *proofs]}
print(json.dumps([[one.label for one in apps.get_app_configs()], got]))
"""


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """The applications of a counter by itself, and what each of its pages answers."""
    environment = {
        **os.environ,
        "QINGFENG_HOME": str(tmp_path_factory.mktemp("counter")),
        "DJANGO_SETTINGS_MODULE": "qingfeng.project.counter_settings",
        "PYTHONWARNINGS": "ignore",
    }
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", WALK],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_every_page_of_the_counter_is_served(alone):
    _apps, pages = alone

    assert {path: status for path, status in pages.items() if status != 200} == {}


def test_it_knows_no_people_and_no_matters(alone):
    apps, _pages = alone

    assert {"journal", "exchange", "counter"} <= set(apps)
    assert not {"organization", "matters", "documents", "desk", "findings", "auth"} & set(apps)


@pytest.mark.parametrize("words", [["import", "a.qfp"], ["export"], ["status"], ["keys"], ["serve"]])
def test_a_home_without_a_counter_is_told_how_to_begin_one(tmp_path, words):
    (tmp_path / "a.qfp").write_bytes(b"")
    environment = {one: value for one, value in os.environ.items() if one != "DATABASE_URL"}
    asked = [sys.executable, "-m", "qingfeng", "counter", *words, "--home", str(tmp_path / "new")]

    done = subprocess.run(
        asked, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
    )

    assert done.returncode == 1
    assert "no counter in this home" in done.stderr + done.stdout
    assert "counter init" in done.stderr + done.stdout
