"""The command line: every command, and the one place where errors become words."""

from __future__ import annotations

import errno
import secrets
import sqlite3
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click
import duckdb

from qingfeng.project import (
    counter_commands,
    culture_commands,
    demo_commands,
    exchange_commands,
    journal_commands,
    lake_commands,
    rules_commands,
    screen_commands,
    site_commands,
)
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import default_home

FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
FULL_WORDS = (
    "disk I/O error",
    "disk is full",
    "No space left",
    "File too large",
    "failed to offload",
    "Disk quota",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="qingfeng", prog_name="qingfeng")
def cli() -> None:
    """Qingfeng 清风: from spending records to a correction that the records confirm."""


for command in (
    screen_commands.screen,
    screen_commands.intake,
    screen_commands.explain,
    demo_commands.sample,
    demo_commands.score,
    demo_commands.demo,
    lake_commands.delete,
    lake_commands.lake,
    rules_commands.rules,
    site_commands.serve,
    site_commands.worker,
    site_commands.migrate,
    site_commands.backup,
    site_commands.restore,
    journal_commands.journal,
    exchange_commands.exchange,
    counter_commands.counter,
    culture_commands.culture,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with the exit code of the contract.

    0 done; 1 failed, nothing changed; 2 wrong use; 3 (`--strict`) rows were rejected.
    """
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; no traceback reaches a person."""
    try:
        cli.main(args=arguments, prog_name="qingfeng", standalone_mode=False)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except Problem as problem:
        _say(str(problem))
        return problem.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        _say("Stopped at your wish. Nothing is half-written; say the same again to go on.")
        return 1
    except BrokenPipeError:
        return 1
    except Exception as error:  # noqa: BLE001 - the last door: whatever it was, a person gets words
        return _unexpected(error, _home_of(sys.argv[1:] if arguments is None else arguments))
    return 0


def _home_of(arguments: Sequence[str]) -> Path:
    """Return the home that the words of a command name, for what is kept when it broke off."""
    for place, word in enumerate(arguments):
        if word == "--home" and place + 1 < len(arguments):
            return Path(arguments[place + 1])
        if word.startswith("--home="):
            return Path(word.removeprefix("--home="))
    return default_home()


def _unexpected(error: Exception, home: Path) -> int:
    full = (isinstance(error, OSError) and error.errno in FULL) or (
        isinstance(error, OSError | duckdb.Error | sqlite3.Error)
        and any(word in str(error) for word in FULL_WORDS)
    )
    if full:
        _say("The disk is full or a file may not grow further. Nothing is half-written.")
        _say("Free space (the home needs about the size of the input), or give --home on another disk.")
        return 1
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        _say("There is not enough memory for this. Nothing is half-written.")
        _say("Close other programs, or give fewer files at once: results are the same.")
        return 1
    if _is_away(error):
        _say("The database cannot be reached, or does not let us in. Nothing is half-written.")
        _say("Look at DATABASE_URL, and whether PostgreSQL runs there; then say the same again.")
        return 1
    number = secrets.token_hex(4)
    kept = _keep_details(number, error, home)
    _say(f"Something went wrong that should not: {type(error).__name__}. Nothing is half-written.")
    _say(f"Details for the maintainers, without personal data of yours, are in {kept}." if kept else "")
    _say(f"Say the same again; if it stays, report it with the number {number}.")
    return 1


def _is_away(error: Exception) -> bool:
    """Return whether PostgreSQL gave no answer; told by names, for most commands start no Django."""
    said, cause = type(error), type(error.__cause__)
    return said.__name__ == "OperationalError" and {said.__module__, cause.__module__} == {
        "django.db.utils",
        "psycopg",
    }


def _keep_details(number: str, error: Exception, home: Path) -> Path | None:
    """Keep where it happened; the message itself may quote a record, so it stays out."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{type(error).__module__}.{type(error).__name__}"]
    lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    file = home / "errors" / f"{number}.txt"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        return None
    return file


def _say(line: str) -> None:
    if line:
        sys.stderr.write(line + "\n")
