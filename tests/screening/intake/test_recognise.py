"""Which table a sheet is, and which header is which column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from paper import columns, paper, reading

from qingfeng.screening.intake.explain import as_text, explained
from qingfeng.screening.intake.mapping import Mappings
from qingfeng.screening.intake.recognise import recognise
from qingfeng.screening.intake.sources import open_sources
from qingfeng.screening.tables import tables

FUEL = "车牌号|加油卡号|交易时间|油品|数量(升)|金额(元)|加油站"
FILL = "苏M12345|1000113200001234567|2024-01-02 07:05:00|92#汽油|40.25|304.29|云川东站"
EXPORT = (
    "序号|发票代码|发票号码|数电票号码|销方识别号|销方名称|购方识别号|购买方名称|开票日期|税收分类编码|货物或应税劳务名称"
    "|规格型号|单位|数量|单价|金额|税率|税额|价税合计|发票来源|发票票种|发票状态|是否正数发票|发票风险等级|开票人|备注"
)
DATA = Path(__file__).parents[3] / "../shared/data/invoices"


def line(number: int, e_no: str) -> str:
    return (
        f"{number}|||{e_no}|9132|云川酒楼|1132|区城管局|2024-01-01|3070401|*餐饮服务*餐费||次|1|100|100|6%|6|106"
        "|电子发票服务平台|数电票|正常|是|正常|陈一|"
    )


@pytest.mark.parametrize("name", tables())
def test_a_table_is_known_by_the_headers_it_declares(name: str) -> None:
    declared = tables()[name].columns.values()

    told = reading([column.headers[0] for column in declared])

    assert told.table == name
    taken = {c.header: c.column for c in told.columns if c.table == name}
    assert {c.headers[0]: c.name for c in declared if c.headers[0] in taken} == taken
    assert len(taken) >= len(declared) - 2


@pytest.mark.parametrize(
    ("table", "column", "header"),
    [(t.name, c.name, header) for t in tables().values() for c in t.columns.values() for header in c.headers],
)
def test_every_declared_spelling_finds_its_column(table: str, column: str, header: str) -> None:
    others = [c.headers[0] for c in tables()[table].columns.values() if c.name != column]

    told = reading([header, *others], table=table)

    [first] = [c for c in told.columns if c.position == 0]
    assert first.column in (column, *_same_meaning(table, header))


def _same_meaning(table: str, header: str) -> list[str]:
    """Columns of the table's lists that have the spelling too (a line's amount, a part)."""
    lists = [t for t in tables().values() if t.parent == table]
    return [c.name for t in lists for c in t.columns.values() if header in c.headers]


def test_a_title_and_a_blank_row_above_the_header_are_no_header() -> None:
    told = reading(["2024年1月加油明细"] * 7, [""] * 7, FUEL, FILL)

    assert told.table == "fuel"
    assert (told.plan.header_from, told.plan.header_to) == (3, 3)


@pytest.mark.parametrize(
    "upper",
    ["车辆信息|车辆信息|加油信息|加油信息|加油信息|加油信息|地点", "车辆信息||加油信息||||地点"],
    ids=["merged cells filled", "merged cells left blank"],
)
def test_two_header_rows_are_joined(upper: str) -> None:
    told = reading(["区加油情况表"] * 7, upper, FUEL.replace("加油站", "网点"), FILL)

    assert (told.plan.header_from, told.plan.header_to) == (2, 3)
    assert told.columns[4].header == "加油信息_数量(升)"
    assert columns(told)["加油信息_数量(升)"] == "liters"
    assert columns(told)["车辆信息_车牌号"] == "plate"


def test_a_header_merged_over_two_rows_counts_once() -> None:
    told = reading(
        "车牌号|里程|里程|驾驶员|出车时间",
        "车牌号|起始|结束|驾驶员|出车时间",
        "苏M12345|10|20|陈一|2024-01-02",
    )

    assert columns(told) == {
        "车牌号": "plate",
        "里程_起始": "odo_start",
        "里程_结束": "odo_end",
        "驾驶员": "driver",
        "出车时间": "departed_at",
    }


def test_a_line_about_who_filled_it_in_is_not_joined_to_the_header() -> None:
    told = reading("填报单位|区城管局|||||2024年", FUEL, FILL)

    assert (told.plan.header_from, told.plan.header_to) == (2, 2)


def test_spaces_breaks_brackets_and_width_make_no_difference() -> None:
    told = reading("车 牌\n号|交易时间：|*油品|加油量（升）|ＥＴＣ卡号|单价(元/升)|网点")

    assert columns(told) == {
        "车 牌\n号": "plate",
        "交易时间：": "ts",
        "*油品": "product",
        "加油量（升）": "liters",
        "ＥＴＣ卡号": "card",
        "单价(元/升)": "unit_price",
        "网点": "station",
    }


@pytest.mark.parametrize(
    ("header", "column", "factor"),
    [
        ("购置价格(万元)", "price", "10000"),
        ("购置价格（千元）", "price", "1000"),
        ("购置价格(元)", "price", "1"),
        ("购置价格万元", "price", "10000"),
        ("购置价格/万元", "price", "10000"),
        ("购置价格，元", "price", "1"),
        ("油箱容积(L)", "tank_l", "1"),
        ("油箱容积(ml)", "tank_l", "0.001"),
    ],
)
def test_the_unit_of_a_header_becomes_a_factor(header: str, column: str, factor: str) -> None:
    told = reading(f"车牌号|车辆用途|品牌型号|燃油类型|{header}")

    [found] = [c for c in told.columns if c.header == header]
    assert (found.column, found.factor) == (column, factor)


def test_a_note_above_the_header_gives_the_unit_of_amounts_only() -> None:
    told = reading("预算表||单位：万元|", "单位名称|年度|科目|年初预算", "区城管局|2024|30217|12.5")

    assert {c.column: c.factor for c in told.columns} == {
        "unit": "1",
        "year": "1",
        "econ_class": "1",
        "control": "10000",
    }


def test_the_kind_of_vehicle_is_its_use_only_if_the_values_are_uses() -> None:
    header = "车牌号|单位|车辆类型|品牌型号|油箱容积"

    assert columns(reading(header, "苏M12345|区城管局|小型轿车|甲|60"))["车辆类型"] == ""
    assert columns(reading(header, "苏M12345|区城管局|应急保障|甲|60"))["车辆类型"] == "use_type"


def test_a_unit_of_measure_is_nobodys_unit() -> None:
    told = reading(FUEL + "|单位", FILL + "|升")

    assert columns(told)["单位"] == ""


def test_the_tax_export_is_read_as_invoices_and_their_lines() -> None:
    told = reading(EXPORT, line(1, "24322000000012345678"), line(2, "24322000000012345679"))

    found = columns(told)
    assert (told.table, told.lines) == ("invoice", "invoice_line")
    assert told.sums == {"amount": "invoice_line.amount", "tax": "invoice_line.tax", "total": "total"}
    assert (found["货物或应税劳务名称"], found["单位"]) == (
        "invoice_line.item_name",
        "invoice_line.unit_name",
    )
    assert (found["金额"], found["税额"], found["价税合计"]) == (
        "invoice_line.amount",
        "invoice_line.tax",
        "total",
    )
    assert (found["数电票号码"], found["购买方名称"], found["序号"]) == ("e_no", "buyer_name", "")
    assert ",amount," in told.given("invoice")
    assert told.plan.columns[10] == "invoice_line.item_name"


def test_a_number_that_starts_again_with_every_invoice_is_a_line_number() -> None:
    rows = [line(1, "24322000000012345678"), line(2, "24322000000012345678"), line(1, "24322000000012345679")]

    assert columns(reading(EXPORT, *rows))["序号"] == "invoice_line.line_no"


def test_an_invoice_that_gives_its_own_amounts_has_them_beside_its_lines() -> None:
    told = reading(
        "发票号码|开票日期|销方名称|购买方名称|金额|税额|价税合计|明细_货物或应税劳务名称|明细_数量|明细_金额|明细_税额",
        table="invoice",
    )

    found = columns(told)
    assert (told.lines, told.sums) == ("invoice_line", {})
    assert (found["金额"], found["明细_金额"], found["价税合计"]) == (
        "amount",
        "invoice_line.amount",
        "total",
    )


@pytest.mark.parametrize("name", ["999.ofd", "发票示例.ofd"])
def test_a_real_electronic_invoice_is_an_invoice_with_lines(name: str, tmp_path: Path) -> None:
    if not DATA.exists():
        pytest.skip("the shared data are not beside the project")
    [sheet] = open_sources([DATA / name], tmp_path).sheets

    told = recognise(sheet, Mappings())

    assert (told.table, told.lines, told.sums) == ("invoice", "invoice_line", {})
    assert told.dropped == ()


def test_an_export_of_whole_invoices_has_no_lines() -> None:
    told = reading("发票号码|开票日期|销方名称|购买方名称|金额|税额|价税合计|发票状态")

    assert (told.table, told.lines, columns(told)["金额"]) == ("invoice", "", "amount")


def test_a_repair_with_quantities_and_prices_is_read_by_parts() -> None:
    told = reading("维修单号|车牌号|修理厂|进厂时间|配件名称|数量|单价|金额|合计")

    found = columns(told)
    assert (told.table, told.lines, told.sums) == ("maint", "maint_line", {})
    assert (found["配件名称"], found["金额"], found["合计"]) == (
        "maint_line.part",
        "maint_line.amount",
        "amount",
    )


def test_a_repair_with_one_cell_of_parts_has_a_list_cell() -> None:
    told = reading("维修单号|车牌号|修理厂|进厂时间|维修项目|工时费|材料费|合计")

    assert (told.table, told.lines, columns(told)["维修项目"]) == ("maint", "", "items")


@pytest.mark.parametrize(
    ("table", "header"),
    [
        ("rcpt_person", "接待单号|姓名|单位|职务|角色"),
        ("card_issue", "领取日期|领取人|单位|面值|签收"),
        ("union_recv", "会员姓名|单位|物品名称|金额|发放日期"),
        ("voucher_invoice", "单位|凭证号|日期|发票号码|入账金额"),
        ("letter_person", "公函文号|姓名|职务"),
        ("invoice_line", "发票号码|货物或应税劳务名称|规格型号|数量|单价|金额|税率"),
        ("maint_line", "维修单号|配件名称|数量|单价|金额"),
        ("trip_person", "派车单号|乘车人|单位"),
    ],
)
def test_a_list_in_a_file_of_its_own_is_that_list(table: str, header: str) -> None:
    told = reading(header)

    assert (told.table, told.lines, told.dropped) == (table, "", ())


def test_a_header_that_fits_no_table_is_refused_with_what_came_near() -> None:
    told = reading("姓名|备注|电话", "陈一||1")

    assert (told.table, told.plan.columns) == ("", {})
    assert told.candidates
    assert "mapping.toml" in " ".join(told.why)


def test_a_sheet_without_any_header_is_refused() -> None:
    assert reading("陈一|3|4", "王二|5|6").table == ""


def test_columns_on_no_list_are_dropped_and_named() -> None:
    told = reading(FUEL + "|司机电话|加油枪号", FILL + "|1|2")

    assert [c.header for c in told.dropped] == ["司机电话", "加油枪号"]
    assert 7 not in told.plan.columns


def test_one_header_is_what_its_table_makes_of_it() -> None:
    reception = reading("接待单号|接待日期|来宾单位|来宾人数|陪同人数|金额")
    hotel = reading("入住日期|离店日期|付款单位|间夜数|单价|金额")

    assert columns(reception)["金额"] == "meal_amount"
    assert (columns(hotel)["金额"], columns(hotel)["单价"]) == ("amount", "room_rate")


def test_two_headers_for_one_column_leave_the_better_one() -> None:
    told = reading("接待单号|接待日期|来宾单位|来宾人数|陪同人数|金额|餐费")

    assert columns(told)["餐费"] == "meal_amount"
    assert columns(told)["金额"] == ""


def test_a_column_none_of_whose_values_can_be_read_is_not_taken() -> None:
    told = reading(FUEL, *[FILL.replace("40.25", "见票")] * 6)

    assert columns(told)["数量(升)"] == ""
    assert "none of its values" in told.columns[4].why


@pytest.mark.parametrize("day", ["'2024-01-02", "２０２４．１．２", "二〇二四年一月二日"])
def test_a_column_of_odd_dates_is_taken_all_the_same(day: str) -> None:
    told = reading(FUEL, *[FILL.replace("2024-01-02 07:05:00", day)] * 6)

    assert columns(told)["交易时间"] == "ts"


def test_the_name_of_a_file_helps_where_headers_are_few() -> None:
    assert reading("日期|类型|依据", "2026-10-01|甲|乙").table == ""
    assert reading("日期|类型|依据", "2026-10-01|甲|乙", path="工作日历.csv").table == "calendar"


def test_values_of_a_list_tell_tables_apart() -> None:
    assert reading("日期|类型", "2026-10-01|节假日", "2026-10-02|工作日").table == "calendar"


def test_years_of_two_digits_are_known_by_their_neighbours() -> None:
    alone = reading(FUEL, FILL.replace("2024-01-02", "24-01-02"))
    among = reading(FUEL, FILL.replace("2024-01-02", "24-01-02"), FILL)

    assert (alone.columns[2].form, among.columns[2].form) == ("", "years")


def test_a_coordinate_system_in_the_header_is_remembered() -> None:
    told = reading("车牌号|开始时间|结束时间|经度(GCJ02)|纬度(GCJ02)|停留类型")

    assert [c.form for c in told.columns if c.column in ("lon", "lat")] == ["GCJ-02", "GCJ-02"]


def test_identifiers_are_in_the_plan() -> None:
    told = reading(FUEL, FILL)

    assert told.plan.identifiers == {"card": "card"}
    assert told.plan.headers[1] == "加油卡号"


def test_the_fingerprint_follows_what_the_columns_are_taken_for() -> None:
    yuan, thousands = reading("车牌号|用途|油箱容积|价格(元)"), reading("车牌号|用途|油箱容积|价格(万元)")

    assert yuan.fingerprint == reading("车牌号|用途|油箱容积|价格(元)", "苏M12345||60|1").fingerprint
    assert yuan.fingerprint != thousands.fingerprint


def test_the_order_of_columns_makes_no_difference() -> None:
    header = FUEL.split("|")

    assert columns(reading(header)) == columns(reading(header[::-1]))


def test_an_explanation_says_what_every_header_became_and_why() -> None:
    sheet = paper("说明", FUEL + "|加油枪号", FILL + "|2", path="加油/1月.csv", sheet="明细")

    told = explained(sheet, recognise(sheet, Mappings()))
    text = as_text([told])

    assert json.loads(json.dumps(told)) == told
    assert (told["table"], told["header_rows"]) == ("fuel", [2])
    assert "加油/1月.csv [明细]: fuel (加油明细)" in text
    assert "数量(升) → liters" in text
    assert "加油枪号 → dropped" in text


def test_an_explanation_of_a_refused_sheet_says_why() -> None:
    sheet = paper("姓名|备注|电话")

    assert "not recognised" in as_text([explained(sheet, recognise(sheet, Mappings()))])
