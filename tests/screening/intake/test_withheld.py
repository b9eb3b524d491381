"""Other people's business is counted by reason and never written."""

from __future__ import annotations

from office import PEOPLE, UNITS, VEHICLES, Office, sheet

PARKING = "车牌号,停车场,入场时间,出场时间"
OURS = "苏M12345,清河公园停车场,2024-01-06 10:00:00,2024-01-06 12:00:00"
STRANGER = "苏A9XK27,清河公园停车场,2024-01-06 10:00:00,2024-01-06 12:00:00"
HOTEL = "酒店名称,入住日期,离店日期,间夜数,房价,付款单位,团队名称"


def an_office(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("vehicles.csv", VEHICLES)
    office.put("people.csv", PEOPLE)
    return office


def test_a_strangers_parking_is_counted_and_its_plate_is_in_no_file_of_the_home(tmp_path):
    office = an_office(tmp_path)
    no_plate = ",清河公园停车场,2024-01-06 10:00:00,2024-01-06 12:00:00"
    office.put("parking.csv", [PARKING, OURS, STRANGER, STRANGER, no_plate])

    account = sheet(office.take(), "parking.csv")

    assert account.withheld == {"plate_not_registered": 2, "no_plate": 1}
    assert account.adds_up
    assert office.rows("sighting", "plate_norm, unit_id") == [("苏M12345", "U1")]
    assert "苏A9XK27".encode() not in office.bytes_of_home()
    assert b"A9XK27" not in office.bytes_of_home()


def test_a_strangers_plate_is_in_no_dictionary_of_a_sheet_large_enough_for_words(tmp_path, monkeypatch):
    monkeypatch.setattr("qingfeng.screening.intake.words.LARGE", 1)
    monkeypatch.setattr("qingfeng.screening.intake.words.CODES", 1)
    office = an_office(tmp_path)
    torn = OURS.replace("苏M12345", "苏M22222").replace("2024-01-06 10:00:00", "某日")
    office.put("parking.csv", [PARKING, *[OURS] * 300, *[STRANGER] * 3, torn])

    account = sheet(office.take(), "parking.csv")

    assert account.withheld == {"plate_not_registered": 3}
    assert (account.rejected, account.adds_up) == (1, True)
    assert b"A9XK27" not in office.bytes_of_home()
    assert office.texts_said_in_vain("sighting") == {}


def test_where_no_register_withholds_a_rejected_rows_plate_is_in_no_dictionary(tmp_path, monkeypatch):
    monkeypatch.setattr("qingfeng.screening.intake.words.LARGE", 1)
    monkeypatch.setattr("qingfeng.screening.intake.words.CODES", 1)
    office = Office(tmp_path)
    torn = STRANGER.replace("2024-01-06 10:00:00", "某日")
    office.put("parking.csv", [PARKING, *[OURS] * 300, torn])

    account = sheet(office.take(), "parking.csv")

    assert (account.rejected, account.withheld) == (1, {})
    assert b"A9XK27" not in office.bytes_of_home()


def test_a_strangers_row_that_cannot_be_read_is_withheld_and_not_among_the_rejects(tmp_path):
    office = an_office(tmp_path)
    office.put("parking.csv", [PARKING, OURS, STRANGER.replace("2024-01-06 10:00:00", "某日")])

    intake = office.take()

    assert sheet(intake, "parking.csv").withheld == {"plate_not_registered": 1}
    assert list(intake.rejects) == []


def test_a_hotel_row_comes_in_if_a_unit_or_a_rostered_person_pays(tmp_path):
    office = an_office(tmp_path)
    office.put(
        "hotel.csv",
        [
            HOTEL,
            "清河宾馆,2024-01-06,2024-01-07,1,300,区城管局,考察团",
            "清河宾馆,2024-01-06,2024-01-07,1,300,李四,",
            "清河宾馆,2024-01-06,2024-01-07,1,300,南川某某公司,年会",
        ],
    )

    account = sheet(office.take(), "hotel.csv")

    assert account.withheld == {"nobody_of_ours": 1}
    assert office.rows("hotel", "payer") == [("区城管局",), ("李四",)]
    assert "南川某某公司".encode() not in office.bytes_of_home()


def test_a_payer_that_looks_like_a_unit_is_told_though_its_row_is_withheld(tmp_path):
    office = an_office(tmp_path)
    office.put("hotel.csv", [HOTEL, "清河宾馆,2024-01-06,2024-01-07,1,300,清河区城市管理局本级,考察团"])

    intake = office.take()

    assert [(s.spelling, s.suggestions) for s in intake.spellings] == [
        ("清河区城市管理局本级", ("清河区城市管理局",))
    ]


def test_without_a_register_of_vehicles_nothing_is_withheld_for_want_of_it(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("parking.csv", [PARKING, OURS, STRANGER])

    intake = office.take()

    assert sheet(intake, "parking.csv").withheld == {}
    assert len(office.rows("sighting")) == 2
    assert any("register of vehicles" in line for line in intake.warnings)


def test_a_register_that_has_grown_lets_withheld_rows_in_when_the_file_is_given_again(tmp_path):
    office = an_office(tmp_path)
    office.put("parking.csv", [PARKING, OURS, STRANGER])
    office.take()

    office.put("vehicles2.csv", [VEHICLES[0], "苏A9XK27,清河区水利局,一般公务,50"])
    intake = office.take()

    account = sheet(intake, "parking.csv")
    assert (account.rows_kept, account.duplicates, account.withheld) == (1, 1, {})
    assert sorted(office.rows("sighting", "plate_norm, unit_id")) == [("苏A9XK27", "U2"), ("苏M12345", "U1")]
