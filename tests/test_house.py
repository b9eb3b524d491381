"""The house itself: imports go down, the tree names no host, and the contract notices a breach."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
TRACKED = subprocess.run(
    ["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True, check=False
).stdout.split("\0")


@pytest.fixture
def copy(tmp_path):
    """A copy of the house that may be damaged."""
    ignore = shutil.ignore_patterns("__pycache__", "built")
    shutil.copytree(HOUSE / "src", tmp_path / "src", ignore=ignore)
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    config = (tmp_path / "pyproject.toml").read_text(encoding="utf-8")
    assert "exhaustive = true" in config
    return tmp_path


def run_in(copy):
    code = (
        "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports_command as c; c()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=copy, capture_output=True, text=True, check=False
    )


def test_a_floor_that_reaches_up_is_noticed(copy):
    (copy / "src/qingfeng/plain/reaching.py").write_text("import qingfeng.screening.home\n", encoding="utf-8")

    seen = run_in(copy)

    assert seen.returncode != 0
    assert "Imports only go down the floors of the house BROKEN" in seen.stdout


def test_a_new_folder_without_a_floor_is_noticed(copy):
    (copy / "src/qingfeng/attic").mkdir()
    (copy / "src/qingfeng/attic/__init__.py").write_text('"""A room nobody placed."""\n', encoding="utf-8")

    seen = run_in(copy)

    assert seen.returncode != 0
    assert "attic" in seen.stdout


def test_the_house_as_it_stands_keeps_its_floors(copy):
    seen = run_in(copy)

    assert seen.returncode == 0, seen.stdout


@pytest.mark.skipif(len(TRACKED) < 2, reason="not a git checkout")
def test_no_file_names_a_download_host_or_a_path_of_one_machine():
    host = re.compile(
        rb'"resolved": *"https?:|--(extra-)?index-url|https?://[^ ]+\.(whl|tgz)|registry = "https?:'
    )
    found = [
        name
        for name in TRACKED
        if name and (HOUSE / name).is_file() and not name.startswith("tests/test_house")
        if host.search((HOUSE / name).read_bytes())
    ]

    assert found == []


def test_every_lock_line_has_its_hash():
    for lock in (HOUSE / "requirements").glob("*.txt"):
        pinned = re.findall(
            r"^[A-Za-z0-9_.\[\]-]+==.*$", lock.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        assert pinned
        assert all(line.endswith("\\") for line in pinned), lock.name


def test_no_two_modules_of_tests_share_a_name():
    names = [path.name for path in (HOUSE / "tests").rglob("*.py") if path.name != "conftest.py"]

    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_link_of_our_documents_leads_somewhere():
    lost = [
        f"{name}: {to}"
        for name in TRACKED
        if name.endswith(".md") and (HOUSE / name).is_file()
        for to in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (HOUSE / name).read_text(encoding="utf-8"))
        if not ((HOUSE / name).parent / to).exists()
    ]

    assert lost == []


def test_every_decision_stands_in_their_index():
    folder = HOUSE / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")

    for file in sorted(folder.glob("0*.md")):
        title = file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        assert f"[{title}]({file.name})" in index, file.name


def test_every_floor_and_every_room_of_mechanisms_has_its_readme():
    floors = HOUSE.glob("src/qingfeng/*/__init__.py")
    rooms = HOUSE.glob("src/qingfeng/mechanisms/*/__init__.py")

    assert [file.parent.name for file in (*floors, *rooms) if not (file.parent / "README.md").is_file()] == []


def test_every_folder_of_tests_with_a_database_runs_on_postgresql_too():
    listed = re.findall(
        r"^(?:FIRST|THEN)_ON_POSTGRES := (.*)$", (HOUSE / "Makefile").read_text(), re.MULTILINE
    )
    named = {Path(one) for line in listed for one in line.split()}
    asking = {
        Path(file).relative_to(".").parent
        for file in TRACKED
        if file.startswith("tests/")
        and file.endswith(".py")
        and "django_db" in (HOUSE / file).read_text("utf-8")
    }

    assert {one for one in named if not (HOUSE / one).is_dir()} == set()
    assert {one for one in asking if not named & {one, *one.parents}} - WITHOUT_POSTGRES == set()


# Pages without data of their own, processes that start the site themselves, and the fixtures of all.
WITHOUT_POSTGRES = {Path("tests"), Path("tests/look"), Path("tests/project")}
