"""Access × roles × recusal: a planted string that only those may find who may see its lead."""

import a_run
import pytest
from a_run import (
    ANALYST,
    DEPUTY,
    HANDLER,
    HEAD,
    OTHER_HEAD,
    PRINCIPAL,
    a_finding,
    a_lead,
    looking,
    on_the_desk,
)

from qingfeng.findings.access import lead_or_none, may_assign, may_read_records, visible_leads
from qingfeng.findings.models import LeadFinding
from qingfeng.organization.models import Interest, Person, PostRole, Relation
from qingfeng.organization.viewer import Viewer

PLANTED = "落雁坡七号井"


def found_by(viewer):
    """Whether somebody finds the planted string in the findings of the leads they may see."""
    said = LeadFinding.objects.filter(lead__in=visible_leads(viewer)).values_list("message", flat=True)
    return any(PLANTED in message for message in said)


@pytest.fixture
def planted(office, tmp_path):
    finding = a_finding(message=f"苏M00001 在{PLANTED}加油，待核")
    return on_the_desk(tmp_path, a_lead("a1", findings=[finding]))["a1"]


@pytest.mark.parametrize("number", [ANALYST, HEAD, DEPUTY, PRINCIPAL])
def test_who_weighs_leads_finds_it(planted, number):
    assert found_by(looking(number))
    assert may_assign(looking(number))
    assert lead_or_none(looking(number), planted.key) == planted


@pytest.mark.parametrize(
    "number",
    [
        HANDLER,  # own staff without a part in its verification
        OTHER_HEAD,  # head of a room in which no analyst serves
        "Y0102", "Y0202", "Y0302", "Y0504", "Y0602", "Y1002", "Y1302", "Y1402",
        "Y1102", "Y1201", "Y1202",  # the three administrators
        "W0103", "W0202",  # contacts of units
    ],
)  # fmt: skip
def test_nobody_else_finds_it(planted, number):
    assert not found_by(looking(number))
    assert not may_assign(looking(number))
    assert lead_or_none(looking(number), planted.key) is None


def test_somebody_who_has_not_signed_in_finds_nothing(planted):
    from django.utils import timezone

    assert not found_by(None)
    assert not found_by(Viewer(timezone.localdate()))


@pytest.mark.parametrize(
    ("number", "may"), [(ANALYST, True), (HEAD, False), (PRINCIPAL, False), ("Y1201", False)]
)
def test_records_are_the_analysts(planted, number, may):
    assert may_read_records(looking(number)) is may


def test_who_also_speaks_for_a_unit_outside_finds_nothing(planted):
    post = Person.objects.get(number="Y1402").posts.get()
    PostRole.objects.create(post=post, role="unit_contact", from_on=post.from_on)
    PostRole.objects.create(post=post, role="tracker", from_on=post.from_on)

    assert not found_by(looking("Y1402"))


@pytest.mark.parametrize("number", [ANALYST, HEAD, DEPUTY, PRINCIPAL])
def test_an_interest_in_the_unit_hides_it(planted, number):
    person = Person.objects.get(number=number)
    Interest.objects.create(person=person, unit=a_run.unit("区教育局"), kind=Interest.Kind.SHARES)

    assert not found_by(looking(number))
    assert visible_leads(looking(number)).count() == 0


def test_an_interest_in_another_unit_hides_nothing(planted):
    person = Person.objects.get(number=ANALYST)
    Interest.objects.create(person=person, unit=a_run.unit("区卫健委"), kind=Interest.Kind.SHARES)

    assert found_by(looking(ANALYST))


def test_a_relative_on_record_whom_it_names_hides_it(office, tmp_path):
    named = Person.objects.get(number="W0102")
    Person.objects.filter(pk=named.pk).update(id_last4="123X")
    subject = a_run.a_person("云水区教育局", named.name, "123X")
    on_the_desk(tmp_path, a_lead("a1", findings=[a_finding(message=PLANTED)], subject=subject))
    Relation.objects.create(
        person=Person.objects.get(number=ANALYST), other=named, kind=Relation.Kind.SIBLING
    )

    assert not found_by(looking(ANALYST))
    assert found_by(looking(HEAD))


@pytest.mark.parametrize("where", ["subject", "fact"])
def test_the_name_of_a_declared_relative_outside_hides_it(office, tmp_path, where):
    from qingfeng.organization.declarations import declare_relation

    subject = a_run.a_person("云水区教育局", "易外人") if where == "subject" else ("plate", "苏M00001")
    facts = {"driver": "罗生、易外人"} if where == "fact" else None
    on_the_desk(tmp_path, a_lead("a1", findings=[a_finding(message=PLANTED, facts=facts)], subject=subject))
    assert found_by(looking(ANALYST))

    declare_relation(Person.objects.get(number=ANALYST), "spouse", outside_name="易外人", by=None)

    assert not found_by(looking(ANALYST))
    assert found_by(looking(HEAD))


def test_a_name_that_only_contains_a_relatives_hides_nothing(office, tmp_path):
    from qingfeng.organization.declarations import declare_relation

    on_the_desk(tmp_path, a_lead("a1", findings=[a_finding(message=PLANTED, facts={"driver": "小易外人"})]))
    declare_relation(Person.objects.get(number=ANALYST), "spouse", outside_name="易外人", by=None)

    assert found_by(looking(ANALYST))
