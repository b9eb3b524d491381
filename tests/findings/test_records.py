"""One engine answers every page of a process, and what it read is not kept."""

from __future__ import annotations

import os

import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet

from qingfeng.findings import records
from qingfeng.screening.home import Home


def _asked(home, file):
    with records.engine(home) as con:
        return con.execute(f"SELECT min(a) FROM '{file}'").fetchone()


def test_what_a_file_says_no_longer_is_answered_by_nobody(tmp_path):
    home, file = Home(tmp_path), tmp_path / "lake" / "a.parquet"
    parquet.write_table(pa.table({"a": ["before"] * 1000}), file)
    first, stood = _asked(home, file), file.stat()

    parquet.write_table(pa.table({"a": ["after."] * 1000}), file)
    os.utime(file, ns=(stood.st_atime_ns, stood.st_mtime_ns))

    assert (first, _asked(home, file)) == (("before",), ("after.",))


@pytest.mark.parametrize("error", [duckdb.FatalException, duckdb.InternalException])
def test_an_engine_that_broke_is_not_asked_again(tmp_path, error):
    home = Home(tmp_path)
    with records.engine(home) as con:
        con.execute("CREATE TABLE mark (a INTEGER)")

    with pytest.raises(error), records.engine(home):
        raise error("the database has been invalidated")

    with records.engine(home) as con:
        assert con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'mark'").fetchone() == (
            0,
        )


def test_an_error_of_one_page_leaves_the_engine_to_the_others(tmp_path):
    home = Home(tmp_path)
    with records.engine(home) as con:
        con.execute("CREATE TABLE mark (a INTEGER)")

    with pytest.raises(duckdb.BinderException), records.engine(home) as con:
        con.execute("SELECT nothing_of_this_name FROM mark")

    with records.engine(home) as con:
        assert con.execute("SELECT count(*) FROM mark").fetchone() == (0,)
