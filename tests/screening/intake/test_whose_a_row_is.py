"""Whose a row is: plates, cards and persons by the registers, lists as rows of their own."""

from __future__ import annotations

from office import FUEL, LINES, PEOPLE, UNITS, VEHICLES, Office, sheet

ROW = "T{0},苏M12345,2024-01-{1:02d} 08:00:00,92#汽油,40,320.00,清河站"


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
