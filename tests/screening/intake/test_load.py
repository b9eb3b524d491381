"""The load pipeline on real files: every row is accounted for, and the same input adds nothing."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import FUEL, LINES, PEOPLE, UNITS, VEHICLES, Office, sheet

from qingfeng.screening.errors import Problem
from qingfeng.screening.intake.words import Words
from qingfeng.screening.lake import Lake

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


def test_a_plate_is_whose_the_register_says_at_that_time(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put(
        "vehicles.csv",
        [
            "车牌号,单位,车辆用途,油箱容积,状态日期",
            "苏M12345,区城管局,一般公务,60,2024-01-01",
            "苏M12345,清河区水利局,一般公务,60,2024-01-20",
        ],
    )
    office.put("fuel.csv", [FUEL, ROW.format(1, 19), ROW.format(2, 20)])

    office.take()

    assert office.rows("fuel", "txn_id, unit_id") == [("T1", "U1"), ("T2", "U2")]


def test_a_fill_without_a_plate_has_the_plate_of_its_card_and_says_so(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("vehicles.csv", VEHICLES)
    office.put(
        "cards.csv", ["加油卡号,绑定车牌,卡状态,开卡日期", "9000111122223333,苏M22222,正常,2020-01-01"]
    )
    office.put(
        "fuel.csv",
        [
            "交易流水号,加油卡号,交易时间,油品,数量,金额,加油站",
            "T1,9000111122223333,2024-01-02 08:00:00,92#汽油,40,320,清河站",
        ],
    )

    office.take()

    assert office.rows("fuel", "plate_norm, plate_raw, unit_id, quality_flags") == [
        ("苏M22222", None, "U2", ",plate_by_card,")
    ]


def test_a_person_is_the_one_of_that_name_in_the_unit_or_nobody(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put(
        "people.csv", [*PEOPLE, "王五,,区城管局,科员,在职", "王五,320101198001011234,区城管局,科员,在职"]
    )
    office.put(
        "pay.csv",
        [
            "姓名,身份证号,单位,发放月份,工资项目,实发工资",
            "李四,,清河区水利局,2024-01,基本工资,5000",
            "王五,,区城管局,2024-01,基本工资,5000",
            "张三,320101199001011234,区城管局,2024-01,基本工资,5000",
        ],
    )

    office.take()

    rows = office.rows("payroll", "name, person_id, quality_flags")
    assert rows[0][1] is not None
    assert rows[1][1:] == (None, ",person_unresolved,")
    assert rows[2][1] == office.home.hash("320101199001011234")


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


def test_the_items_of_a_list_cell_are_rows_of_their_own(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("people.csv", PEOPLE)
    office.put_cells(
        "trips.csv",
        [
            ["派车单号", "车牌号", "单位", "驾驶员", "乘车人", "目的地", "出车时间", "收车时间"],
            [
                "P1",
                "苏M12345",
                "区城管局",
                "张三",
                "张三、王五，赵六；钱七",
                "云川",
                "2024-01-02 08:00",
                "2024-01-02 18:00",
            ],
            ["P2", "苏M12345", "区城管局", "张三", "", "云川", "2024-01-03 08:00", "2024-01-03 18:00"],
        ],
    )

    intake = office.take()

    (trip, _) = office.rows("trip", "row_id, driver_id")
    people = office.rows("trip_person", "row_id, trip_row, trip_id, name, unit_id, person_id IS NOT NULL")
    assert [(name, known) for *_, name, _, known in people] == [
        ("张三", True), ("王五", False), ("赵六", False), ("钱七", False)
    ]  # fmt: skip
    assert [row[0] - trip[0] for row in people] == [1, 2, 3, 4]
    assert {(row[1], row[2], row[4]) for row in people} == {(trip[0], "P1", "U1")}
    assert sheet(intake, "trips.csv").rows_in == 2


def test_guests_and_companions_of_a_reception_have_their_roles(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("people.csv", PEOPLE)
    office.put(
        "receptions.csv",
        [
            "接待单号,接待单位,来宾单位,接待日期,来宾人数,陪同人数,来宾姓名,陪同人员,餐费,用餐地点,发票号码",
            "R1,区城管局,南川市城管局,2024-01-02,2,1,孙一、周二,张三,300,食堂,24322000000012345678、24322000000012345679",
        ],
    )

    office.take()

    people = office.rows("rcpt_person", "name, role, unit, unit_id, rcpt_id")
    assert people == [
        ("孙一", "guest", "南川市城管局", None, "R1"),
        ("周二", "guest", "南川市城管局", None, "R1"),
        ("张三", "companion", None, "U1", "R1"),
    ]
    assert [key for (key,) in office.rows("reception_invoice", "inv_key")] == [
        "24322000000012345678",
        "24322000000012345679",
    ]


def test_an_export_at_line_level_gives_one_invoice_and_its_lines(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    line = "24322000000012345678,清河超市,清河区城市管理局,2024-01-02,1010101,{0},A4,1,{1},{1},3%,{2},{3}"
    other = (
        "24322000000012345679,清河超市,清河区水利局,2024-01-03,1010101,纸,A4,1,100.00,100.00,3%,3.00,103.00"
    )
    office.put(
        "invoices.csv",
        [
            LINES,
            line.format("纸", "100.00", "3.00", "103.00"),
            line.format("笔", "50.00", "1.50", "51.50"),
            other,
        ],
    )

    intake = office.take()

    account = sheet(intake, "invoices.csv")
    assert office.rows("invoice", "inv_key, amount::VARCHAR, tax::VARCHAR, total::VARCHAR, unit_id") == [
        ("24322000000012345678", "150.00", "4.50", "154.50", "U1"),
        ("24322000000012345679", "100.00", "3.00", "103.00", "U2"),
    ]
    first, second = (row for (row,) in office.rows("invoice", "row_id"))
    assert office.rows("invoice_line", "row_id, item_name, invoice_row") == [
        (first, "纸", first),
        (first + 1024, "笔", first),
        (second, "纸", second),
    ]
    assert (account.rows_in, account.counted, account.rows_kept) == (3, "invoice_line", 3)


def test_a_register_that_comes_later_tells_whose_older_rows_are(tmp_path):
    office = Office(tmp_path)
    office.put("vehicles.csv", VEHICLES)
    office.put("units.csv", [UNITS[0], "U1,清河区城市管理局,,,91X1", UNITS[2]])
    office.put("fuel.csv", [FUEL, ROW.format(1, 1)])
    office.take()
    assert office.rows("fuel", "unit_id") == [(None,)]

    office.put("units.csv", UNITS)
    intake = office.take()

    assert office.rows("fuel", "unit_id") == [("U1",)]
    assert "unit_unresolved" not in str(office.rows("vehicle", "quality_flags"))
    assert set(intake.restated) == {"fuel", "vehicle"}


def test_a_newer_register_takes_the_place_of_the_older_one_row_by_row(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("vehicles.csv", VEHICLES)
    office.take()

    office.put("vehicles.csv", [VEHICLES[0], VEHICLES[1].replace(",60", ",80"), VEHICLES[2]])
    intake = office.take()

    assert office.rows("vehicle", "plate_norm, tank_l::VARCHAR") == [
        ("苏M22222", "50.00"),
        ("苏M12345", "80.00"),
    ]
    assert intake.superseded == {"vehicle": 1}


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


def test_a_list_file_finds_the_row_that_it_belongs_to_even_if_that_comes_later(tmp_path):
    office = Office(tmp_path)
    office.put("people.csv", ["接待单号,姓名,单位,角色", "R1,孙一,南川市城管局,来宾"])
    office.take()
    assert office.rows("rcpt_person", "reception_row") == [(None,)]

    office.put(
        "reception.csv",
        [
            "接待单号,接待单位,来宾单位,接待日期,来宾人数,餐费,用餐地点",
            "R1,区城管局,南川市城管局,2024-01-02,2,300,食堂",
        ],
    )
    office.take()

    ((row,),) = office.rows("reception", "row_id")
    assert office.rows("rcpt_person", "reception_row") == [(row,)]


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
