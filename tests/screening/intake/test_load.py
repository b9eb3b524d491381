"""The load pipeline on real files: every row is accounted for, and the same input adds nothing."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import FUEL, PEOPLE, UNITS, VEHICLES, Office, sheet

from qingfeng.screening.errors import Problem

ROW = "T{0},苏M12345,2024-01-{1:02d} 08:00:00,92#汽油,40,320.00,清河站"
KINDS = {
    "good": ROW,
    "again": ROW.format("同", 3),
    "bad date": "T{0},苏M12345,去年,92#汽油,40,320.00,清河站",
    "bad money": "T{0},苏M12345,2024-01-03 08:00:00,92#汽油,40,很多,清河站",
    "without id": ",苏M12345,2024-01-03 08:00:00,92#汽油,40,320.00,清河站",
    "blank": ",,,,,,",
    "total": "合计,,,,,320.00,",
    "header": FUEL,
}
DATA = ("good", "again", "bad date", "bad money", "without id")


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=25))
def test_rows_in_are_kept_or_rejected_or_duplicates_whatever_the_mixture(kinds):
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        rows = [ROW.format("首", 1), *(KINDS[kind].format(n, n % 27 + 1) for n, kind in enumerate(kinds))]
        office.put("fuel.csv", [FUEL, *rows])

        account = sheet(office.take(), "fuel.csv")

        assert account.adds_up
        assert account.rows_in == 1 + sum(kind in DATA for kind in kinds)
        assert account.rejected == sum(kind.startswith("bad") for kind in kinds)
        assert account.duplicates == max(kinds.count("again") - 1, 0)
        assert len(office.rows("fuel")) == account.rows_kept


def test_the_same_input_again_adds_nothing_and_says_so(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("vehicles.csv", VEHICLES)
    office.put("fuel.csv", [FUEL, ROW.format(1, 1), ROW.format(2, 2), "T3,苏M12345,去年,92#汽油,40,1,清河站"])
    first = office.take()
    before = office.rows("fuel")

    second = office.take()

    assert office.rows("fuel") == before
    assert second.snapshot == first.snapshot
    assert [(s.rows_in, s.rejected) for s in second.sheets] == [(s.rows_in, s.rejected) for s in first.sheets]
    assert all(s.adds_up and not s.rows_kept for s in second.sheets)
    assert list(second.rejects) == list(first.rejects)
    assert sheet(second, "units.csv").known


def test_the_order_in_which_files_are_named_does_not_matter(tmp_path):
    seen = []
    for name in ("one", "two"):
        office = Office(tmp_path, name)
        files = [
            office.put("units.csv", UNITS),
            office.put("vehicles.csv", VEHICLES),
            office.put("a.csv", [FUEL, ROW.format(1, 1), ROW.format(2, 2)]),
            office.put("b.csv", [FUEL, ROW.format(2, 2), ROW.format(3, 3), ROW.format(1, 9)]),
        ]
        files.sort(reverse=name == "two")
        intake = office.take(*files)
        told = [(s.path, s.rows_in, s.rows_kept, s.duplicates, s.flags) for s in intake.sheets]
        rows = office.rows("fuel", "row_id & 4398046511103, txn_id, ts, unit_id, quality_flags")
        seen.append((told, intake.conflicts, sorted(rows, key=repr)))

    assert seen[0] == seen[1]


def test_a_cell_of_another_kind_is_rejected_with_its_row_and_column(tmp_path):
    office = Office(tmp_path)
    office.put(
        "fuel.csv", [FUEL, ROW.format(1, 1), "T2,苏M12345,2024-01-02 08:00,92#汽油,四十几,320.00,清河站"]
    )

    intake = office.take()

    (reject,) = intake.rejects
    assert (reject.file, reject.row, reject.column, reject.value) == ("fuel.csv", 3, "数量", "四十几")
    assert "无法读成数字" in reject.reason
    assert intake.rejected == 1


def test_a_long_number_in_a_wrong_column_is_masked_among_the_rejects(tmp_path):
    office = Office(tmp_path)
    office.put(
        "fuel.csv", [FUEL, ROW.format(1, 1), "T2,苏M12345,证件320101199001011234,92#汽油,4,3.00,清河站"]
    )

    (reject,) = office.take().rejects

    assert "320101199001011234" not in reject.value
    assert reject.value.endswith("1234")


def test_raw_id_numbers_are_in_no_file_of_the_home(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("people.csv", PEOPLE)
    office.put(
        "pay.csv",
        [
            "姓名,身份证号,单位,发放月份,工资项目,实发工资",
            "张三,320101199001011234,区城管局,2024-01,基本工资,5000",
        ],
    )

    office.take()

    assert len(office.rows("payroll")) == 1
    assert b"320101199001011234" not in office.bytes_of_home()


def test_a_file_that_is_given_again_under_another_mapping_takes_back_what_it_brought(tmp_path):
    office = Office(tmp_path)
    office.put("fuel.csv", [FUEL, ROW.format(1, 1), ROW.format(2, 2)])
    office.take()

    office.put(
        "mapping.toml", ["[[file]]", 'path = "fuel.csv"', 'table = "fuel"', "[file.units]", '"金额" = "万元"']
    )
    office.take()

    assert office.rows("fuel", "txn_id, amount::VARCHAR") == [("T1", "3200000.00"), ("T2", "3200000.00")]


def test_a_folder_without_a_table_is_a_problem_and_changes_nothing(tmp_path):
    office = Office(tmp_path)
    office.put("notes.csv", ["今天天气,很好", "一,二"])

    with pytest.raises(Problem) as told:
        office.take()

    assert "notes.csv" in told.value.where
    assert office.lake.snapshot().tables() == ()


def test_nothing_stays_behind_in_staging(tmp_path):
    office = Office(tmp_path)
    office.put("fuel.csv", [FUEL, ROW.format(1, 1)])

    office.take()

    assert not any(
        file.is_file() for kind in ("staging", "spill") for file in (office.home.root / kind).rglob("*")
    )


def test_a_column_that_is_on_no_list_is_dropped_and_named(tmp_path):
    office = Office(tmp_path)
    office.put("fuel.csv", [FUEL + ",家庭住址", ROW.format(1, 1) + ",清河区无名巷一号"])

    intake = office.take()

    assert sheet(intake, "fuel.csv").dropped_columns == ("家庭住址",)
    assert "无名巷".encode() not in office.bytes_of_home()


def test_the_account_holds_no_cell_of_a_record(tmp_path):
    office = Office(tmp_path)
    office.put("fuel.csv", [FUEL, ROW.format(1, 1), "T2,苏M12345,去年腊月,92#汽油,4,3.00,清河站"])

    told = office.take().as_json()

    assert "去年腊月" not in repr(told)
    assert "fuel.csv" in repr(told)


def test_two_engines_threads_write_the_same_rows(tmp_path, monkeypatch):
    seen = []
    connect = duckdb.connect
    for threads in (1, 4):
        monkeypatch.setattr(
            duckdb, "connect", lambda *a, n=threads, **k: connect(*a, config={"threads": n}, **k)
        )
        office = Office(tmp_path, f"threads-{threads}")
        office.put("units.csv", UNITS)
        office.put("vehicles.csv", VEHICLES)
        office.put("a.csv", [FUEL, *(ROW.format(n, n % 27 + 1) for n in range(50))])
        office.put("b.csv", [FUEL, *(ROW.format(n, n % 25 + 1) for n in range(30, 80))])
        office.take()
        seen.append(office.rows("fuel", "* EXCLUDE (given)"))

    assert seen[0] == seen[1]


def test_an_electronic_invoice_of_a_hundred_lines_keeps_them_all(tmp_path):
    file = Path(__file__).parents[4] / "shared/data/invoices/999.ofd"
    if not file.exists():
        pytest.skip("the folder ../shared/data is not here")
    office = Office(tmp_path)

    intake = office.take(file)

    (account,) = intake.sheets
    ((lines,),) = office.rows("invoice", "total IS NOT NULL")
    assert lines
    assert account.adds_up
    assert len(office.rows("invoice_line")) == account.rows_in >= 100


FULL_DISK = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from office import Office
from qingfeng.screening.errors import Problem
office = Office.__new__(Office)
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake
office.folder = Path(sys.argv[1]) / "one/in"
office.home = Home(Path(sys.argv[1]) / "one/home")
office.lake = Lake(office.home)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
try:
    office.take()
except Problem as problem:
    print(problem)
    sys.exit(1)
"""


def test_a_file_that_may_not_grow_is_a_problem_and_the_lake_is_as_before(tmp_path):
    office = Office(tmp_path)
    office.put("first.csv", [FUEL, ROW.format("首", 1)])
    office.take()
    office.put("fuel.csv", [FUEL, *(ROW.format(f"{n * 7919 % 100003:x}", n % 27 + 1) for n in range(40_000))])

    told = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 1, told.stderr
    assert "disk is full" in told.stdout
    assert "Nothing was changed" in told.stdout
    assert office.rows("fuel", "txn_id") == [("T首",)]
    assert office.take().sheets[1].rows_kept == 40_000
