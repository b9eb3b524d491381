"""The records as pages read them: one engine for all pages of a process, opened by the first that asks.

Opening one takes longer than most of what pages ask. What it read is not kept: a row that was deleted for
good must not be answered from memory. A home has one at a time, and every page a connection to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

import duckdb
from django.conf import settings

from qingfeng.screening.engines.duckdb_engine import connect
from qingfeng.screening.home import Home

MEMORY, THREADS = "512MB", 2  # of all pages of a process: they share the machine with others
_FORGETFUL = ("enable_external_file_cache", "parquet_metadata_cache")

_kept: dict[tuple[int, Path], duckdb.DuckDBPyConnection] = {}
_one = Lock()


def home() -> Home:
    """Return the home of this installation."""
    return Home(Path(settings.HOME))


@contextmanager
def engine(of: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection that may read the lake of a home; only the caller uses it.

    After an error inside an engine it answers nothing any more: the next page opens another.
    """
    kept = _engine(of)
    try:
        with closing(kept.cursor()) as con:
            con.execute("SET enable_progress_bar = false")
            yield con
    except (duckdb.FatalException, duckdb.InternalException):
        _give_up(kept)
        raise


def _give_up(broken: duckdb.DuckDBPyConnection) -> None:
    with _one:
        for key in [key for key, one in _kept.items() if one is broken]:
            del _kept[key]


def _engine(of: Home) -> duckdb.DuckDBPyConnection:
    me = os.getpid()
    with _one:
        if (me, of.root) not in _kept:
            others = [key for key in _kept if key[0] == me]  # not those of the process that began this one
            for other in others:
                del _kept[other]
            _kept[me, of.root] = _opened(of)
        return _kept[me, of.root]


def _opened(of: Home) -> duckdb.DuckDBPyConnection:
    con = connect(of, memory=MEMORY, threads=THREADS)
    for name in _FORGETFUL:
        con.execute(f"SET GLOBAL {name} = false")
    (folder,) = con.execute("SELECT current_setting('temp_directory')").fetchall()[0]
    Path(folder).rmdir()  # made again by whatever does not fit into memory
    return con
