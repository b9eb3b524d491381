"""A foreign layout comes in through mapping.toml alone."""

from __future__ import annotations

import csv
import datetime as dt
import lzma
import re
import tomllib
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from paper import columns, paper

from qingfeng.screening import normalise
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.intake.mapping import Mappings
from qingfeng.screening.intake.recognise import recognise
from qingfeng.screening.intake.sources import open_sources

EXPENSES = Path(__file__).parents[3] / "../shared/data/expenses/reimbursements_sample_fd8a9f21.xz"
PAGE = Path(__file__).parents[3] / "docs" / "mapping.md"
STATION = """
[[file]]
path = "pump/*.csv"
table = "fuel"
header_row = 2
[file.columns]
"When" = "ts"
"Car" = "plate"
"Qty" = "liters"
"Paid" = "amount"
"What" = "txn_type"
"油品" = ""
[file.units]
"Paid" = "千元"
[file.values]
txn_type = {"加油" = ["FUEL"]}
[file.formats]
date = "%d/%m/%Y"
"""
ROWS = ("station export|||||", "When|Car|Qty|Paid|What|油品", "02/01/2024|苏M12345|40|0.3|FUEL|92#汽油")
BRAZIL = """
[[file]]
path = "*.csv"
table = "voucher"
header_row = 1
[file.columns]
"document_id" = "voucher_no"
"issue_date" = "date"
"subquota_description" = "summary"
"subquota_number" = "account_code"
"supplier" = "payee"
"total_net_value" = "debit"
"congressperson_name" = "preparer"
"""


def told(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mapping.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_mapping_overrules_recognition(tmp_path: Path) -> None:
    mappings = Mappings.load([told(tmp_path / "in", STATION)])

    found = recognise(paper(*ROWS, path="pump/jan.csv"), mappings)

    by_name = {c.header: c for c in found.columns}
    assert (found.table, found.plan.header_from) == ("fuel", 2)
    assert columns(found) == {
        "When": "ts",
        "Car": "plate",
        "Qty": "liters",
        "Paid": "amount",
        "What": "txn_type",
        "油品": "",
    }
    assert (by_name["Paid"].factor, by_name["When"].form) == ("1000", "%d/%m/%Y")
    assert by_name["What"].values == {"加油": ("FUEL",)}


def test_a_mapping_is_for_its_own_paths_only(tmp_path: Path) -> None:
    mappings = Mappings.load([told(tmp_path / "in", STATION)])

    assert recognise(paper(*ROWS, path="shop/jan.csv"), mappings).table == ""
    assert recognise(paper(*ROWS, path="pump/2024/jan.csv"), mappings).table == ""


def test_a_mapping_deeper_in_the_input_is_relative_to_its_own_folder(tmp_path: Path) -> None:
    told(tmp_path / "in/exports", STATION)

    mappings = Mappings.load([tmp_path / "in"])

    assert recognise(paper(*ROWS, path="exports/pump/jan.csv"), mappings).table == "fuel"
    assert recognise(paper(*ROWS, path="pump/jan.csv"), mappings).table == ""


def test_a_mapping_reaches_into_archives_and_any_folders(tmp_path: Path) -> None:
    mappings = Mappings.load([told(tmp_path / "in", STATION.replace("pump/*.csv", "**/jan*.csv"))])

    assert recognise(paper(*ROWS, path="a.zip/deep/jan1.csv"), mappings).table == "fuel"


def test_what_a_mapping_does_not_name_is_recognised_as_usual(tmp_path: Path) -> None:
    mappings = Mappings.load([told(tmp_path / "in", STATION)])

    found = recognise(
        paper(
            *(row + end for row, end in zip(ROWS, ("|", "|加油站", "|云川东站"), strict=True)),
            path="pump/a.csv",
        ),
        mappings,
    )

    assert columns(found)["加油站"] == "station"


def test_a_mapping_without_a_header_row_finds_it_by_its_headers(tmp_path: Path) -> None:
    mappings = Mappings.load([told(tmp_path / "in", STATION.replace("header_row = 2", ""))])

    assert recognise(paper("a|b", *ROWS, path="pump/a.csv"), mappings).plan.header_from == 3


def test_a_mapping_that_was_used_is_remembered_for_the_same_header(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first = Mappings.load([told(tmp_path / "jan", STATION)], home)
    read = recognise(paper(*ROWS, path="pump/jan.csv"), first)
    kept = first.remember()

    (tmp_path / "feb").mkdir()
    again = recognise(paper("", "", *ROWS[1:], path="anything.csv"), Mappings.load([tmp_path / "feb"], home))

    assert kept == 1
    assert (again.table, again.plan.header_from) == ("fuel", 3)
    assert again.fingerprint == read.fingerprint


def test_nothing_is_remembered_before_it_is_asked_for(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    recognise(paper(*ROWS, path="pump/jan.csv"), Mappings.load([told(tmp_path / "jan", STATION)], home))

    (tmp_path / "feb").mkdir()
    assert recognise(paper(*ROWS), Mappings.load([tmp_path / "feb"], home)).table == ""


def test_a_mapping_beside_the_data_overrules_what_is_remembered(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first = Mappings.load([told(tmp_path / "jan", STATION)], home)
    recognise(paper(*ROWS, path="pump/jan.csv"), first)
    first.remember()

    now = Mappings.load([told(tmp_path / "feb", STATION.replace("千元", "万元"))], home)

    assert recognise(paper(*ROWS, path="pump/feb.csv"), now).columns[3].factor == "10000"


@pytest.mark.parametrize(
    ("old", "new", "what", "then"),
    [
        ('"fuel"', '"feul"', "no table “feul”", "“fuel”"),
        ('= "liters"', '= "litres"', "no column “litres”", "“liters”"),
        ("header_row = 2", "headr_row = 2", "no key “headr_row”", "“header_row”"),
        ('= "千元"', '= "仟圆"', "Unit “仟圆”", "元"),
        ('"加油" = [', '"加汽油" = [', "“加汽油” is no value", "“加油”"),
        ('= "%d/%m/%Y"', '= "day first"', "Format “day first”", "docs/mapping.md"),
        ("txn_type = {", "amount = {", "has no list of values", "txn_type"),
        ('"Qty" = "liters"', '"Qty" = "amount"', "Two headers", "docs/mapping.md"),
    ],
)
def test_a_wrong_mapping_says_what_where_and_what_was_meant(
    tmp_path: Path, old: str, new: str, what: str, then: str
) -> None:
    text = STATION.replace(old, new)
    folder = told(tmp_path / "in", text)

    with pytest.raises(Problem) as problem:
        Mappings.load([folder])

    assert what in problem.value.what
    assert re.search(r"mapping\.toml:\d+$", problem.value.where)
    assert then in problem.value.then


def test_a_mapping_that_is_not_toml_says_so(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="not TOML"):
        Mappings.load([told(tmp_path / "in", "[[file]\n")])


def test_a_header_that_the_sheet_does_not_have_is_told_with_the_nearest(tmp_path: Path) -> None:
    mappings = Mappings.load([told(tmp_path / "in", STATION.replace('"Qty" =', '"Qyt" ='))])

    with pytest.raises(Problem) as problem:
        recognise(paper(*ROWS, path="pump/jan.csv"), mappings)

    assert "“Qyt”" in problem.value.what
    assert "“Qty”" in problem.value.then


def test_a_header_row_that_is_not_there_is_told(tmp_path: Path) -> None:
    mappings = Mappings.load([told(tmp_path / "in", STATION.replace("header_row = 2", "header_row = 20"))])

    with pytest.raises(Problem, match="row 20"):
        recognise(paper(*ROWS, path="pump/jan.csv"), mappings)


def test_the_example_in_the_documentation_is_a_mapping(tmp_path: Path) -> None:
    [example] = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    folder = told(tmp_path / "in", example)

    mappings = Mappings.load([folder])

    assert tomllib.loads(example)["file"][0]["table"] == "fuel"
    found = recognise(
        paper("", "", "When|Qty|Driver phone|Paid", path="fuel/a.csv", sheet="Sheet1"), mappings
    )
    assert columns(found) == {"When": "ts", "Qty": "liters", "Driver phone": "", "Paid": ""}


def test_foreign_reimbursements_come_in_with_amounts_and_dates_right(tmp_path: Path) -> None:
    if not EXPENSES.exists():
        pytest.skip("the shared data are not beside the project")
    folder = told(tmp_path / "in", BRAZIL)
    (folder / "reimbursements.csv").write_bytes(lzma.decompress(EXPENSES.read_bytes()))
    with (folder / "reimbursements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    [sheet] = [
        s for s in open_sources([folder], tmp_path / "scratch").sheets if s.source.path.endswith("csv")
    ]
    found = recognise(sheet, Mappings.load([folder]))
    with duckdb.connect() as con:
        normalise.install(con)
        staged = sheet.stage(found.plan, tmp_path / "staged.parquet", con, Home(tmp_path / "home"))
        typed = found.typed("voucher")
        unread = " OR ".join(t.unread for t in typed.values() if t.unread)
        picked = ", ".join(typed[name].stored[name] for name in ("voucher_no", "date", "debit", "payee"))
        rows_of = f"FROM {staged.relation()} WHERE row_kind = 'data'"
        got = con.execute(f"SELECT {picked} {rows_of} ORDER BY row_no").fetchall()
        [(rejected,)] = con.execute(f"SELECT count(*) {rows_of} AND ({unread})").fetchall()

    cents = Decimal("0.01")
    assert rejected == 0
    assert [(no, day, debit) for no, day, debit, _ in got] == [
        (
            row["document_id"],
            dt.date.fromisoformat(row["issue_date"][:10]) if row["issue_date"] else None,
            Decimal(row["total_net_value"]).quantize(cents),
        )
        for row in rows
    ]
    assert len(got) == 1000
