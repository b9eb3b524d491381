"""Words of rows that stay out, or go, are in no file of the home."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from office import FUEL, Office, sheet

from qingfeng.screening.intake.words import Words
from qingfeng.screening.lake import Lake

ROW = "T{0},苏M12345,2024-01-{1:02d} 08:00:00,92#汽油,40,320.00,清河站"


def test_what_a_large_file_reads_word_by_word_is_what_a_small_one_reads_row_by_row(tmp_path, monkeypatch):
    lines = [
        FUEL,
        *(ROW.format(n, n % 27 + 1) for n in range(400)),
        "T苏,苏MO1234,2024-01-03 08:00,矿泉水,1,2,清河站",
    ]
    seen = []
    for name, large in (("rows", 10**9), ("words", 1)):
        monkeypatch.setattr("qingfeng.screening.intake.words.LARGE", large)
        monkeypatch.setattr("qingfeng.screening.intake.words.CODES", 1)
        office = Office(tmp_path, name)
        office.put("fuel.csv", lines)
        office.take()
        seen.append(office.rows("fuel"))

    assert seen[0] == seen[1]
    assert any("plate_char_fixed" in str(row) for row in seen[0])


def test_a_word_that_only_a_row_that_stays_out_has_is_in_no_file_of_the_home(tmp_path, monkeypatch):
    monkeypatch.setattr("qingfeng.screening.intake.words.LARGE", 1)
    monkeypatch.setattr("qingfeng.screening.intake.words.CODES", 1)
    office = Office(tmp_path)
    broken = ROW.format(999, 1).replace("苏M12345", "苏M99999").replace("2024-01-01", "很久以前")
    total = "合计,苏M88888,,,400,320.00,"
    office.put("fuel.csv", [FUEL, *(ROW.format(n, n % 27 + 1) for n in range(400)), broken, total])

    intake = office.take()

    assert (intake.rejected, sheet(intake, "fuel.csv").rows_kept) == (1, 400)
    assert set(office.rows("fuel", "plate_norm")) == {("苏M12345",)}
    assert "苏M99999".encode() not in office.bytes_of_home()
    assert "苏M88888".encode() not in office.bytes_of_home()
    assert office.texts_said_in_vain("fuel") == {}


@pytest.mark.parametrize("kept", [0, 1])
def test_words_are_written_again_where_hardly_any_row_is_kept(tmp_path, monkeypatch, kept):
    monkeypatch.setattr("qingfeng.screening.intake.words.LARGE", 1)
    monkeypatch.setattr("qingfeng.screening.intake.words.CODES", 1)
    office = Office(tmp_path)
    broken = [ROW.format(n, 1).replace("2024-01-01", "很久以前") for n in range(100)]
    office.put("fuel.csv", [FUEL, *broken, *([ROW.format(999, 1).replace("清河站", "")] * kept)])

    account = sheet(office.take(), "fuel.csv")

    assert (account.rejected, account.rows_kept, account.adds_up) == (100, kept, True)
    assert "清河站".encode() not in office.bytes_of_home()


def test_words_of_kept_rows_need_no_engine_that_blanks_what_no_row_has():
    with duckdb.connect() as con:
        con.execute("CREATE TYPE word AS ENUM ('苏M12345', '苏M99999')")
        con.execute("CREATE TABLE kept AS SELECT '苏M12345' AS plate_norm")
        words = Words(types={("fuel", "plate_norm"): "word"})

        kinds = words.of_kept(con, "fuel", "kept")

        assert con.execute(f"SELECT enum_range(NULL::{kinds['plate_norm']})").fetchone() == (["苏M12345"],)
        assert words.of_kept(con, "fuel", "kept") == {}


def test_a_word_of_a_deleted_month_is_in_no_file_afterwards(tmp_path, monkeypatch):
    monkeypatch.setattr("qingfeng.screening.intake.words.LARGE", 1)
    monkeypatch.setattr("qingfeng.screening.intake.words.CODES", 1)
    office = Office(tmp_path)
    old = ROW.format(999, 1).replace("苏M12345", "苏M99999").replace("2024-01", "2023-01")
    office.put("fuel.csv", [FUEL, *(ROW.format(n, n % 27 + 1) for n in range(400)), old])
    office.take()
    assert "苏M99999".encode() in office.bytes_of_home()

    Lake(office.home).delete(table="fuel", until=date(2023, 12, 31), under="测试清单")

    assert len(office.rows("fuel", "row_id")) == 400
    assert "苏M99999".encode() not in office.bytes_of_home()
