"""Relatives, interests, standing in, and the grounds for recusal that follow."""

from datetime import date, timedelta

import an_office as an
import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as some

from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def grounds(person, *, units=(), persons=(), names=(), on=TODAY):
    from qingfeng.organization.conflicts import Subjects, grounds

    subjects = Subjects(
        frozenset(unit.pk for unit in units), frozenset(one.pk for one in persons), frozenset(names)
    )
    return [ground.ground for ground in grounds(person, subjects, on=on)]


def declared(relation, on=date(2026, 1, 1)):
    """The same declaration, made earlier."""
    relation.declared_on = on
    relation.save()
    return relation


def test_a_stranger_has_no_ground():
    assert grounds(an.a_person(), units=[an.a_unit()], persons=[an.a_person()]) == []


def test_everybody_is_recused_from_a_matter_about_themselves():
    """监察法 Art. 67."""
    person = an.a_person()

    assert grounds(person, persons=[person]) == ["subject"]


def test_a_declared_relative_recuses_both():
    """监察法 Art. 67."""
    from qingfeng.organization.declarations import declare_relation

    one, other = an.a_person(), an.a_person()
    declared(declare_relation(one, "sibling", other=other, by=None))

    assert grounds(one, persons=[other]) == ["relative"]
    assert grounds(other, persons=[one]) == ["relative"]


def test_a_relation_that_has_ended_recuses_no_more():
    from qingfeng.organization.declarations import declare_relation, end_declaration

    one, other = an.a_person(), an.a_person()
    relation = declared(declare_relation(one, "in_law", other=other, by=None))
    end_declaration(relation, date(2026, 5, 1), by=None)

    assert grounds(one, persons=[other], on=date(2026, 5, 1)) == ["relative"]
    assert grounds(one, persons=[other], on=date(2026, 5, 2)) == []


def test_an_outside_name_is_a_doubt_and_is_kept_sealed():
    from django.core import serializers

    from qingfeng.journal.models import JournalEntry
    from qingfeng.organization.conflicts import Subjects
    from qingfeng.organization.conflicts import grounds as grounds_of
    from qingfeng.organization.declarations import declare_relation
    from qingfeng.organization.models import Relation

    person = an.a_person()
    declared(declare_relation(person, "spouse", outside_name="欧阳外人", by=None))

    found = grounds_of(person, Subjects(names=frozenset({"欧阳外人"})), on=TODAY)
    rows = serializers.serialize("json", Relation.objects.all())
    bodies = b"".join(bytes(entry.body) for entry in JournalEntry.objects.all())
    assert [(ground.ground, ground.is_certain) for ground in found] == [("possible_relative", False)]
    assert "欧阳外人" not in rows
    assert "欧某" in rows.encode().decode("unicode_escape", "ignore") or "欧某" in rows
    assert "欧阳外人".encode() not in bodies


def test_one_relative_is_named_and_nobody_is_their_own():
    from qingfeng.organization.declarations import declare_relation

    person = an.a_person()

    for named in ({}, {"other": an.a_person(), "outside_name": "外人"}, {"other": person}):
        with pytest.raises(Problem):
            declare_relation(person, "spouse", by=None, **named)


def test_who_holds_a_post_in_the_unit_or_a_part_of_it_is_recused():
    whole = an.a_unit(kind="supervised")
    part = an.a_unit(kind="supervised", parent=whole)
    post = an.a_post(None, part)

    assert grounds(post.person, units=[part]) == ["own_unit"]
    assert grounds(post.person, units=[whole]) == ["own_unit"]


def test_a_post_in_a_room_does_not_recuse_from_the_commission_or_the_superior_above():
    superior = an.a_unit(kind="superior")
    commission = an.a_unit(kind="commission", parent=superior)
    post = an.a_post(None, an.a_unit(parent=commission))

    assert grounds(post.person, units=[commission, superior]) == []


def test_who_serves_in_one_unit_with_the_person_concerned_is_recused():
    unit = an.a_unit()
    mine, theirs = an.a_post(None, unit), an.a_post(None, unit)

    assert grounds(mine.person, persons=[theirs.person]) == ["colleague"]


@how(max_examples=30)
@given(years=some.integers(0, 6), left=some.integers(0, 2600))
def test_a_former_office_recuses_for_as_many_years_as_the_district_decided(years, left):
    from qingfeng.organization.district_settings import FORMER_OFFICE_YEARS, set_setting

    with an.undone():
        set_setting(FORMER_OFFICE_YEARS, years, by=None, reason="示例")
        until = TODAY - timedelta(days=left + 1)
        post = an.a_post(from_on=date(2010, 1, 1), until_on=until)

        expected = ["former_office"] if until >= TODAY.replace(year=TODAY.year - years) else []
        assert grounds(post.person, units=[post.unit]) == expected


def test_a_declared_interest_recuses():
    from qingfeng.organization.declarations import declare_interest

    person, unit = an.a_person(), an.a_unit()
    declared(declare_interest(person, unit, kind="shares", by=None))

    assert grounds(person, units=[unit]) == ["interest"]


def test_every_ground_names_its_law_and_has_words():
    from qingfeng.organization.conflicts import GROUNDS, conflicts_of

    post = an.a_post()
    found = conflicts_of(post.person, on=TODAY)

    each = [ground for some_of in (*found.units.values(), *found.persons.values()) for ground in some_of]
    assert {ground.ground for ground in each} <= set(GROUNDS)
    assert all("监察法 Art. 67" in ground.law for ground in each)


def test_the_sets_of_conflicts_say_what_the_grounds_say(office):
    from qingfeng.organization.conflicts import conflicts_of
    from qingfeng.organization.models import Person, Unit

    on = date(2030, 1, 1)
    for person in [office.person("recused"), office.person("handler"), office.person("unit_contact")]:
        units = {unit.pk for unit in Unit.objects.all() if grounds(person, units=[unit], on=on)}
        persons = {other.pk for other in Person.objects.all() if grounds(person, persons=[other], on=on)}

        found = conflicts_of(person, on=on)
        assert found.units.keys() == units
        assert found.persons.keys() == persons


def test_conflicts_cost_the_same_queries_however_many_matters_follow(office, django_assert_max_num_queries):
    from qingfeng.organization.conflicts import Subjects, conflicts_of
    from qingfeng.organization.models import Unit

    units = list(Unit.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(6):
        found = conflicts_of(office.person("recused"))
        for key in units * 20:
            found.of(Subjects(units=frozenset({key})))


def stand_in(**given):
    from qingfeng.organization.declarations import let_stand_in

    told = {
        "kinds": ["directive"],
        "from_on": TODAY,
        "until_on": TODAY + timedelta(days=9),
        "reason": "出差",
        "by": None,
    }
    principal = given.pop("principal", None) or an.a_person()
    other = given.pop("stand_in", None) or an.a_person()
    approved_by = given.pop("approved_by", None) or an.a_person()
    return let_stand_in(principal, other, approved_by=approved_by, **{**told, **given})


def test_standing_in_holds_for_its_days_and_shows_whose_posts_they_are():
    from qingfeng.organization.models import Account
    from qingfeng.organization.viewer import viewer_of

    absent, account = an.an_account("deputy"), an.an_account("dept_head")
    row = stand_in(principal=absent.person, stand_in=account.person)

    account = Account.objects.get(pk=account.pk)
    before, during = viewer_of(account, row.from_on - timedelta(days=1)), viewer_of(account, row.until_on)
    assert before.stands_in_for == ()
    assert [one.person_id for one in during.stands_in_for] == [absent.person_id]
    assert during.stands_in_for[0].posts[0].roles == {"deputy"}
    assert not during.has("deputy")


def test_nobody_stands_in_for_themselves_or_approves_it_themselves():
    one, other = an.a_person(), an.a_person()

    with pytest.raises(Problem):
        stand_in(principal=one, stand_in=one)
    with pytest.raises(Problem):
        stand_in(principal=one, stand_in=other, approved_by=other)


def test_administrators_neither_stand_in_nor_are_stood_in_for():
    admin = an.an_account("system_admin").person

    with pytest.raises(Problem):
        stand_in(principal=admin)
    with pytest.raises(Problem):
        stand_in(stand_in=admin)


def test_standing_in_ends_within_the_days_the_district_decided():
    from qingfeng.organization.district_settings import STAND_IN_MOST_DAYS, set_setting

    set_setting(STAND_IN_MOST_DAYS, 10, by=None, reason="示例")

    assert stand_in(until_on=TODAY + timedelta(days=9))
    with pytest.raises(Problem):
        stand_in(until_on=TODAY + timedelta(days=10))


def test_standing_in_names_kinds_and_a_reason():
    with pytest.raises(Problem):
        stand_in(kinds=[])
    with pytest.raises(Problem):
        stand_in(reason=" ")
