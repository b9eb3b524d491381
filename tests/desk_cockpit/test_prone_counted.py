"""What prone areas are counted with: exposures, units and posts, read from the lake once a screening."""

from datetime import date

import pytest
from a_run import a_lead, a_person, on_the_desk
from tiny_lake import a_fill, a_house, put

from qingfeng.findings.models import Exposure, Lead, RuleRun, Screening, UnitOnRecord
from qingfeng.findings.prone import counting
from qingfeng.findings.prone.kinds import Registered, expense_of, expenses, places, post_of
from qingfeng.organization.models import Unit
from qingfeng.screening.tables import tables

pytestmark = pytest.mark.django_db
UNITS = [
    {"unit_id": "U1", "name": "云水区教育局", "kind": "机关", "lon": 124.1, "lat": 30.5},
    {"unit_id": "U2", "name": "云水区柳溪镇人民政府", "short_name": "柳溪镇", "kind": "镇街"},
    {"unit_id": "U9", "name": "云水区柳溪文化馆", "kind": "事业"},
]


@pytest.fixture
def lake(tmp_path, settings):
    """A home with fills of three vehicles of two units, receptions, a payroll and its people."""
    settings.HOME = tmp_path / "home"
    _home, lake = a_house(settings.HOME)
    fills = [a_fill(f"2026-03-0{day}T08:00:00", plate_norm=plate, unit_id="U1")
             for day, plate in ((1, "苏M00001"), (2, "苏M00001"), (3, "苏M00002"))]  # fmt: skip
    fills += [a_fill("2026-04-01T08:00:00", plate_norm="苏M00001", unit_id="U1")]
    fills += [a_fill("2026-04-02T08:00:00", plate_norm="苏M00009", unit_id="U9")]
    people = [
        {"person_id": "a", "name": "赵一", "unit_id": "U1", "post": "局长", "id_last4": "1111"},
        {"person_id": "b", "name": "钱二", "unit_id": "U1", "post": "科员", "id_last4": "2222"},
    ]
    pay = [{"person_id": one, "unit_id": "U1", "pay_month": date(2026, 3, 1)} for one in ("a", "a", "b")]
    meals = [{"rcpt_id": f"J{no}", "unit_id": "U1", "date": date(2026, 3, no)} for no in (1, 2, 3)]
    put(
        lake,
        ("加油.csv", "fuel", fills),
        ("单位.csv", "unit", UNITS),
        ("人员.csv", "person", people),
        ("工资.csv", "payroll", pay),
        ("接待.csv", "reception", meals),
    )
    return lake


def _told(expense):
    rows = Exposure.objects.filter(expense=expense)
    return {(one.unit_name, one.month, one.post): one.amount for one in rows}


def _all_ran(*tables_):
    for place, name in enumerate(tables_):
        one = RuleRun.objects.first()
        one.pk, one.rule, one.table, one.ran = None, f"rule_{place}", name, True
        one.save(force_insert=True)


def test_each_kind_of_expense_counts_what_it_is_exposed_by(desk, lake, tmp_path):
    on_the_desk(tmp_path / "run", a_lead("1"))
    _all_ran("payroll", "reception")
    march, april = date(2026, 3, 1), date(2026, 4, 1)

    assert counting.keep_up()

    assert _told("vehicle_cost") == {
        ("云水区教育局", march, ""): 2,
        ("云水区教育局", april, ""): 1,
        ("云水区柳溪文化馆", april, ""): 1,
    }
    assert _told("reception") == {("云水区教育局", march, ""): 3}
    assert _told("pay") == {("云水区教育局", march, "leading"): 1, ("云水区教育局", march, "staff"): 1}
    known = Exposure.objects.filter(unit_name="云水区教育局").first()
    assert known.unit == Unit.objects.get(name="云水区教育局")
    assert Exposure.objects.get(unit_name="云水区柳溪文化馆").unit is None


def test_what_no_rule_went_through_has_no_exposure(desk, lake, tmp_path):
    on_the_desk(tmp_path / "run", a_lead("1"))

    assert counting.keep_up()

    assert _told("vehicle_cost")
    assert _told("pay") == {}


def test_units_have_kind_place_and_seat(desk, lake, tmp_path):
    on_the_desk(tmp_path / "run", a_lead("1"))
    counting.keep_up()

    told = {one.name: (one.kind, one.place, one.lon) for one in UnitOnRecord.objects.all()}

    assert told == {
        "云水区教育局": ("机关", "", 124.1),
        "云水区柳溪镇人民政府": ("镇街", "柳溪镇", None),
        "云水区柳溪文化馆": ("事业", "柳溪镇", None),
    }


def test_a_lead_on_a_person_knows_the_kind_of_post_and_nothing_else(desk, lake, tmp_path):
    on_the_desk(tmp_path / "run", a_lead("1", subject=a_person("云水区教育局", "赵一", "1111")), a_lead("2"))

    counting.keep_up()

    assert [one.post for one in Lead.objects.order_by("key")] == ["leading", ""]


def test_they_are_counted_once_a_screening_and_anew_after_a_newer_one(desk, lake, tmp_path):
    on_the_desk(tmp_path / "run", a_lead("1"))

    assert counting.keep_up()
    assert not counting.keep_up()
    Screening.objects.update(snapshot="6" * 64)
    assert counting.keep_up()


def test_other_rules_over_the_same_records_are_counted_anew(desk, lake, tmp_path):
    on_the_desk(tmp_path / "run", a_lead("1"))
    counting.keep_up()
    second = Screening.objects.get()
    Screening.objects.update(is_newest=False)
    second.pk, second.run, second.is_newest = None, "2" * 16, True
    second.save(force_insert=True)
    one = RuleRun.objects.first()
    one.pk, one.screening, one.rule, one.table, one.ran = None, second, "rule_pay", "payroll", True
    one.save(force_insert=True)

    assert counting.keep_up()
    assert _told("pay")
    assert not counting.keep_up()


def test_without_a_screening_nothing_is_counted(desk):
    assert not counting.keep_up()
    assert not Exposure.objects.exists()


def test_a_place_is_what_name_parent_or_address_say_and_is_never_guessed():
    town = Registered("云水区石湾镇人民政府", "石湾镇", "镇街")
    others = [
        Registered("云水区石湾第一中学", kind="事业"),
        Registered("水利站", kind="事业", parent="云水区石湾镇人民政府"),
        Registered("敬老院", kind="事业", address="云水区石湾镇中心街3号"),
        Registered("云水区民政局", kind="机关", address="清河市云水区石湾路9号"),
    ]

    found = places([town, *others])

    assert [found[one.name] for one in (town, *others)] == ["石湾镇", "石湾镇", "石湾镇", "石湾镇", ""]


@pytest.mark.parametrize(
    ("title", "kind"),
    [("副局长", "leading"), ("办公室主任", "section"), ("四级主任科员", "staff"), ("驾驶员", "driver"),
     ("财务科长", "money"), ("志愿者", "")],
)  # fmt: skip
def test_a_title_gives_the_kind_of_a_post(title, kind):
    assert post_of(title) == kind


def test_every_table_of_records_belongs_to_one_kind_of_expense():
    facts = {name for name, one in tables().items() if one.kind == "fact"}
    listed = [table for one in expenses().values() for table in one.tables]

    assert len(listed) == len(set(listed))
    assert facts <= set(listed)
    assert all(set(one.counted) <= set(one.tables) for one in expenses().values())
    assert expense_of("x_private_fuel_overlay", "finding") == "vehicle_cost"
    assert expense_of("of_the_district", "nowhere") == ""
