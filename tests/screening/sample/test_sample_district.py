import csv
import hashlib
import json
import zipfile
from collections import Counter, defaultdict
from datetime import datetime
from io import StringIO

import pytest
from lxml import etree
from openpyxl import load_workbook

from qingfeng.screening.errors import Problem, WrongUse
from qingfeng.screening.sample import write_sample
from qingfeng.screening.sample.people import CHECKS, WEIGHTS
from qingfeng.screening.sample.styles import capitals, instant, money

SMALL = {"units": 4, "days": 300, "scale": 0.02}


def digest(folder):
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            found[str(file.relative_to(folder))] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def truth(folder):
    with (folder / "truth.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def records(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clean")
    return write_sample(folder, seed=7, **SMALL)


@pytest.fixture(scope="module")
def messy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("messy")
    return write_sample(folder, seed=7, messy=True, **SMALL)


def test_every_rule_has_at_least_six_violations_and_six_twins(clean):
    assert len(clean.planted) == 46
    assert {rule: n for rule, n in clean.planted.items() if min(n) < 6} == {}


def test_the_same_seed_gives_the_same_bytes(clean, tmp_path):
    again = write_sample(tmp_path, seed=7, **SMALL)

    assert digest(again.folder) == digest(clean.folder)


def test_the_same_seed_gives_the_same_untidy_bytes(messy, tmp_path):
    again = write_sample(tmp_path, seed=7, messy=True, **SMALL)

    assert digest(again.folder) == digest(messy.folder)


def test_another_seed_gives_another_district(clean, tmp_path):
    other = write_sample(tmp_path, seed=8, **SMALL)

    same = set(digest(other.folder / "in").values()) & set(digest(clean.folder / "in").values())
    assert same == set()


def test_truth_points_at_the_line_of_a_text_file(clean):
    line = next(
        t for t in truth(clean.folder) if t["rule"] == "fuel_over_tank_single" and t["kind"] == "violation"
    )
    place = line["evidence"][0]

    row = records(clean.folder / "in" / place["file"])[place["row"] - 2]

    tanks = {}
    book = load_workbook(clean.folder / "in/机关事务/车辆登记.xlsx", read_only=True)
    sheet = book["车辆"]
    header, *rows = sheet.iter_rows(values_only=True)
    for cells in rows:
        told = dict(zip(header, cells, strict=False))
        tanks[told["车牌号"]] = told["油箱容积"]
    book.close()
    assert float(row["数量"]) > tanks[row["车牌号"]] * 1.05 + 2


def test_truth_never_names_a_row_of_a_register(clean):
    registers = (
        "名册/",
        "机关事务/车辆登记",
        "机关事务/加油卡台账",
        "机关事务/重点场所",
        "机关事务/值班安排",
        "人社/人员事件",
    )

    named = {place["file"] for line in truth(clean.folder) for place in line["evidence"]}

    assert [file for file in named if file.startswith(registers)] == []


def test_an_untidy_archive_holds_the_row_that_truth_names(messy):
    line = next(t for t in truth(messy.folder) for p in t["evidence"] if ".zip/" in p["file"])
    place = next(p for p in line["evidence"] if ".zip/" in p["file"])
    archive, _, member = place["file"].partition(".zip/")

    with zipfile.ZipFile(messy.folder / "in" / f"{archive}.zip") as packed:
        text = packed.read(member).decode("gb18030")

    assert len(list(csv.reader(StringIO(text)))) >= place["row"] > 1


def test_an_electronic_invoice_is_named_by_its_line_item(clean):
    line = next(t for t in truth(clean.folder) for p in t["evidence"] if p["file"].endswith(".xml"))
    place = next(p for p in line["evidence"] if p["file"].endswith(".xml"))

    invoice = etree.parse(clean.folder / "in" / place["file"])

    items = [item.findtext("ItemName") for item in invoice.iter("IssuItemInformation")]
    assert items[0] == "*餐饮服务*餐费"
    assert 1 < place["row"] <= len(items)
    assert place["sheet"] is None


def test_untidy_exports_come_in_every_dress(messy):
    files = [file for file in (messy.folder / "in").rglob("*") if file.is_file()]
    heads = Counter()
    for file in files:
        head = file.read_bytes()[:600]
        heads["zip"] += file.suffix == ".zip"
        heads["html named xls"] += file.suffix == ".xls" and b"<table" in head
        heads["csv named xls"] += file.suffix == ".xls" and b"<table" not in head
        heads["utf-16"] += head.startswith(b"\xff\xfe")
        heads["utf-8 with a mark"] += head.startswith(b"\xef\xbb\xbf")
        heads["xlsx"] += file.suffix == ".xlsx"

    assert [dress for dress, files in heads.items() if not files] == []


def test_no_vehicle_has_two_odometers_that_run_backwards(clean):
    last = defaultdict(float)
    back = []
    for file in sorted((clean.folder / "in/加油明细").glob("*.csv")):
        for row in records(file):
            if row["里程表"]:
                back += [row] if float(row["里程表"]) < last[row["车牌号"]] else []
                last[row["车牌号"]] = float(row["里程表"])

    assert back == []


def test_vouchers_balance(clean):
    sums = defaultdict(float)
    for file in (clean.folder / "in/财务/记账凭证").glob("*.csv"):
        for row in records(file):
            key = (row["账套"], row["单位"], row["凭证号"])
            sums[key] += float(row["借方金额"]) - float(row["贷方金额"])

    assert [key for key, rest in sums.items() if abs(rest) > 0.005] == []


def test_identity_numbers_have_valid_check_digits_of_an_area_that_does_not_exist(clean):
    numbers = {
        row["身份证号"] for file in (clean.folder / "in/人社/工资发放").glob("*.csv") for row in records(file)
    }

    assert numbers
    for number in numbers:
        total = sum(int(d) * w for d, w in zip(number[:17], WEIGHTS, strict=True))
        assert number.startswith("9901")
        assert number[17] == CHECKS[total % 11]


def test_strangers_park_too(clean):
    ours = {
        row["车牌号码"] for file in (clean.folder / "in/停车").glob("市区停车_*.csv") for row in records(file)
    }

    assert ours
    assert all(plate.startswith("苏K") for plate in ours)


def test_scale_adds_rows_to_the_big_tables(clean, tmp_path):
    bigger = write_sample(tmp_path, seed=7, units=4, days=300, scale=1.1)

    for table in ("fuel", "gps", "sighting", "invoice", "voucher", "vehicle", "fuel_card"):
        assert bigger.rows[table] > clean.rows[table]


def test_a_folder_that_holds_something_is_refused(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notes.txt").write_text("mine")

    with pytest.raises(Problem, match="not empty"):
        write_sample(tmp_path, **SMALL)
    assert (tmp_path / "in" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("wrong", [{"units": 0}, {"days": 10}, {"scale": 0}])
def test_a_number_out_of_range_is_wrong_use(tmp_path, wrong):
    with pytest.raises(WrongUse, match="out of range"):
        write_sample(tmp_path, **wrong)


@pytest.mark.parametrize(
    ("yuan", "written"),
    [
        (120, "壹佰贰拾元整"),
        (30050.78, "叁万零伍拾元柒角捌分"),
        (1020304.05, "壹佰零贰万零叁佰零肆元零伍分"),
        (10000.5, "壹万元伍角"),
    ],
)
def test_amounts_are_written_in_capitals_as_banks_want_them(yuan, written):
    assert capitals(yuan) == written


def test_ten_thousands_lose_no_cent():
    assert money(1234.56, "wan") == "0.123456"


def test_an_afternoon_is_written_with_its_half_of_the_day():
    assert instant(datetime(2026, 3, 5, 19, 5, 33), "half") == "2026-03-05 7:05:33 下午"  # noqa: DTZ001
