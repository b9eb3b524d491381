import pytest
from a_run import a_lead, a_person, on_the_desk, unit

from qingfeng.findings.matching import Named, match_units, person_of, unmatched_units
from qingfeng.findings.models import Lead
from qingfeng.organization.models import Person, Unit


@pytest.mark.parametrize(
    "spelling", ["云水区教育局", "区教育局", "教体局", "云水区 教育局", "云水区教育局　"]
)
def test_a_unit_goes_by_name_short_name_and_other_names(office, tmp_path, spelling):
    Unit.objects.filter(short_name="区教育局").update(aliases=["教体局"])

    lead = on_the_desk(tmp_path, a_lead("a1", unit=spelling))["a1"]

    assert lead.unit == unit("区教育局")
    assert unmatched_units() == []


def test_a_name_that_no_unit_has_gives_no_unit_and_is_listed(office, tmp_path):
    lead = on_the_desk(tmp_path, a_lead("a1", unit="云水区渔政站"))["a1"]

    assert lead.unit is None
    assert [(one.name, one.leads, one.why) for one in unmatched_units()] == [("云水区渔政站", 1, "none")]


def test_a_name_that_two_units_have_gives_neither_and_is_listed(office, tmp_path):
    Unit.objects.filter(short_name__in=["区教育局", "区水务局"]).update(aliases=["三中心"])

    lead = on_the_desk(tmp_path, a_lead("a1", unit="三中心"))["a1"]

    assert lead.unit is None
    assert [one.why for one in unmatched_units()] == ["several"]


def test_the_full_name_of_one_unit_comes_before_the_other_name_of_another(office, tmp_path):
    Unit.objects.filter(short_name="区水务局").update(aliases=["云水区教育局"])

    lead = on_the_desk(tmp_path, a_lead("a1", unit="云水区教育局"))["a1"]

    assert lead.unit == unit("区教育局")


def test_a_name_that_is_added_later_gives_leads_their_unit(office, tmp_path):
    on_the_desk(tmp_path, a_lead("a1", unit="云水区渔政站"), a_lead("a2", unit="区水务局"))
    Unit.objects.filter(short_name="区水务局").update(aliases=["云水区渔政站"])

    changed = match_units()

    assert changed == 1
    assert set(Lead.objects.values_list("unit__short_name", flat=True)) == {"区水务局"}


def test_a_lead_without_a_unit_is_on_no_list_of_names(office, tmp_path):
    on_the_desk(tmp_path, a_lead("a1", unit=None))

    assert unmatched_units() == []


@pytest.mark.parametrize(
    ("key", "unit_name", "named"),
    [
        ("云水区教育局·鲁春生·123X", "云水区教育局", Named("云水区教育局", "鲁春生", "123X")),
        ("云水区教育局·鲁春生·123x", "云水区教育局", Named("云水区教育局", "鲁春生", "123X")),
        ("云水区教育局·鲁春生", "云水区教育局", Named("云水区教育局", "鲁春生")),
        ("云水·教育局·鲁春生·1234", "云水·教育局", Named("云水·教育局", "鲁春生", "1234")),
        ("云水区教育局·古丽·阿依·1234", "云水区教育局", Named("云水区教育局", "古丽·阿依", "1234")),
        ("云水区水务局·鲁春生·1234", "云水区教育局", Named("云水区水务局", "鲁春生", "1234")),
    ],
)  # fmt: skip
def test_a_person_is_read_out_of_unit_name_and_last_four(key, unit_name, named):
    assert person_of(key, unit_name) == named


def named_person(folder, unit_name, last4="1234"):
    subject = a_person(unit_name, Person.objects.get(number="W0103").name, last4)
    return on_the_desk(folder, a_lead("a1", unit=unit_name, subject=subject))["a1"].subject_person


def test_the_last_four_decide_where_both_sides_have_them(office, tmp_path):
    Person.objects.filter(number="W0103").update(id_last4="1234")

    assert named_person(tmp_path, "云水区水务局") == Person.objects.get(number="W0103")


def test_other_last_four_are_somebody_else_of_the_same_name(office, tmp_path):
    Person.objects.filter(number="W0103").update(id_last4="9999")

    assert named_person(tmp_path, "云水区教育局") is None


def test_without_last_four_on_record_the_unit_decides(office, tmp_path):
    Person.objects.filter(number="W0103").update(id_last4="")

    assert named_person(tmp_path / "1", "云水区教育局") == Person.objects.get(number="W0103")


def test_two_of_one_name_and_last_four_are_nobody(office, tmp_path):
    one = Person.objects.get(number="W0103")
    Person.objects.filter(pk=one.pk).update(id_last4="1234")
    Person.objects.create(number="W9999", name=one.name, id_hash="f" * 32, id_last4="1234")

    assert named_person(tmp_path, "云水区教育局") is None
