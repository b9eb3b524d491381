"""Units' spellings: an alias matches, a likeness is suggested and never applied."""

from __future__ import annotations

from office import FUEL, UNITS, Office

from qingfeng.screening.intake.units import book, fold

ROWS = [
    {
        "unit_id": "U1",
        "name": "清河区城市管理局",
        "short_name": "区城管局",
        "aliases": "城管局机关、清河城管",
        "union_name": None,
        "credit_code": "91X1",
        "is_ours": None,
    },
    {
        "unit_id": "U2",
        "name": "清河区水利局",
        "short_name": None,
        "aliases": "城管局机关",
        "union_name": None,
        "credit_code": None,
        "is_ours": False,
    },
]


def test_names_ids_short_names_aliases_and_codes_are_one_unit():
    units = book(ROWS)

    assert {units.find(s) for s in ("U1", "清河区城市管理局", "区城管局", "清河城管", "91X1")} == {"U1"}


def test_width_spaces_and_brackets_do_not_make_another_unit():
    assert fold(" 清河区（城管）局　") == fold("清河区[城管]局")


def test_an_alias_of_two_units_is_neither_and_both_are_suggested():
    units = book(ROWS)

    assert units.find("城管局机关") is None
    assert set(units.suggest("城管局机关")) == {"清河区城市管理局", "清河区水利局"}


def test_a_likeness_is_only_suggested():
    units = book(ROWS)

    assert units.find("清河区城市管理局机关") is None
    assert units.suggest("清河区城市管理局机关") == ("清河区城市管理局",)


def test_what_is_not_alike_is_not_suggested():
    assert book(ROWS).suggest("南川市某某贸易公司") == ()


def test_a_unit_outside_supervision_is_known_and_not_ours():
    units = book(ROWS)

    assert units.find("清河区水利局") == "U2"
    assert units.ours == {"U1"}


def test_a_spelling_that_matches_nothing_is_flagged_told_and_left_alone(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put(
        "fuel.csv",
        [FUEL + ",单位", "T1,苏M12345,2024-01-02 08:00:00,92#汽油,40,320.00,清河站,清河城市管理局"],
    )

    intake = office.take()

    assert office.rows("fuel", "unit, unit_id, quality_flags") == [
        ("清河城市管理局", None, ",unit_unresolved,")
    ]
    (told,) = intake.spellings
    assert (told.spelling, told.column, told.rows) == ("清河城市管理局", "fuel.unit", 1)
    assert told.suggestions[0] == "清河区城市管理局"


def test_without_a_register_of_units_the_spelling_is_the_unit_and_says_so(tmp_path):
    office = Office(tmp_path)
    office.put(
        "fuel.csv", [FUEL + ",单位", "T1,苏M12345,2024-01-02 08:00:00,92#汽油,40,320.00,清河站,区城管局"]
    )

    intake = office.take()

    assert office.rows("fuel", "unit_id, quality_flags") == [("区城管局", ",unit_unregistered,")]
    assert intake.spellings == ()
