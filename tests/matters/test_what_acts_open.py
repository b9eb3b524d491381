"""What an act opens, under which condition, on which level, and who stays away from it."""

from dataclasses import replace

import pytest
from an_errand import ERRAND, in_hand, unit, who

from qingfeng.matters import access, checks, leading_on
from qingfeng.matters.door import open_matter, perform
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import forget, register
from qingfeng.matters.vocabulary import Field, Gate, Opens

pytestmark = pytest.mark.django_db


@pytest.fixture
def opening():
    """Make a version of the errand known whose note opens another one in a way that a test chooses."""
    made = []

    def known(*opens):
        acts = tuple(replace(one, opens=opens) if one.key == "note" else one for one in ERRAND.acts)
        made.append(register(replace(ERRAND, acts=acts, version=2 + len(made))))

    yield known
    for one in made:
        forget(one)


def noted(matter, by, **others):
    return perform("note", matter, by=by, facts={"what": "已核对"}, **others).matter


def opened_from(matter):
    return [one.target for one in matter.links_out.order_by("pk")]


@pytest.mark.parametrize(("holds", "count"), [(True, 1), (False, 0)])
def test_an_act_opens_a_matter_only_where_its_condition_holds(office, opening, holds, count):
    opening(Opens("errand", "leads_to", always=True, when_holds=lambda seen: holds and bool(seen.facts)))
    matter, handlers = in_hand()

    noted(matter, handlers[0])

    assert len(opened_from(matter)) == count


def test_the_condition_sees_what_the_act_has_entered(office, opening):
    opening(
        Opens("errand", "leads_to", always=True, when_holds=lambda seen: seen.facts.get("what") == "已核对")
    )
    matter, handlers = in_hand()

    noted(matter, handlers[0])

    assert len(opened_from(matter)) == 1


def test_a_room_that_does_not_stand_is_neither_opened_nor_offered_nor_missed(office, opening):
    opening(
        Opens("nowhere", "leads_to", always=True, if_there=True),
        Opens("elsewhere", "leads_to", if_there=True),
    )
    matter, handlers = in_hand()
    noted(matter, handlers[0])

    act = next(one for one in access.declared_of(matter).acts if one.key == "note")
    assert opened_from(matter) == []
    assert leading_on.offered(act) == []
    assert [one.id for one in checks.declarations_hold() if one.obj == "errand"] == []


def test_a_room_that_must_stand_and_does_not_is_found_at_start_up(office, opening):
    opening(Opens("nowhere", "leads_to", always=True))

    assert [one.id for one in checks.declarations_hold() if "nowhere" in one.msg] == ["matters.E009"]


def test_what_is_opened_on_its_own_level_says_only_its_kind_and_number(office, opening):
    opening(Opens("errand", "leads_to", always=True, own_level=True))
    matter, handlers = in_hand()
    Matter.objects.filter(pk=matter.pk).update(confidentiality="restricted")

    noted(matter, handlers[0])

    opened = opened_from(matter)[0]
    assert (opened.confidentiality, opened.title) == ("internal", f"差事（{matter.number}）")


def test_hands_that_are_kept_away_are_recused_even_after_they_left_the_part(office, opening):
    """监察法 Art. 56, 67."""
    opening(Opens("errand", "leads_to", always=True, keeps_away=("handler",)))
    matter, handlers = in_hand()
    matter = noted(matter, handlers[0])
    earlier = opened_from(matter)[0]
    later = [who("handler", in_unit="二室"), who("handler", in_unit="三室")]
    matter.parties.filter(role="handler").delete()
    for one in later:
        matter.parties.create(role="handler", person_id=one.person_id, since_at=matter.opened_at)

    noted(matter, later[0])

    away = set(opened_from(matter)[1].recusals.values_list("person_id", flat=True))
    assert set(earlier.recusals.values_list("person_id", flat=True)) == {one.person_id for one in handlers}
    assert away == {handlers[0].person_id, *(one.person_id for one in later)}
    assert not access.may_see(handlers[0], opened_from(matter)[1])


def test_a_digest_does_not_change_for_a_declaration_that_uses_none_of_the_later_words():
    plain = replace(ERRAND, acts=(replace(ERRAND.acts[0], opens=(Opens("errand", "leads_to"),)),))
    same = replace(plain, acts=(replace(plain.acts[0], opens=(Opens("errand", "leads_to", keeps_away=()),)),))
    other = replace(
        plain, acts=(replace(plain.acts[0], opens=(Opens("errand", "leads_to", own_level=True),)),)
    )

    assert plain.digest == same.digest
    assert plain.digest != other.digest


def test_the_form_that_opens_a_matter_has_gates_of_its_own(office):
    says = "Name the unit that it is about."
    gate = Gate("subject_named", says, lambda seen: bool(seen.entered.get("subject_unit")))
    made = register(replace(ERRAND, gates=(gate,), version=2))
    given = {
        "by": who("registrar"),
        "title": "核对",
        "owner": unit("办公室"),
        "facts": {"matter": "核对台账"},
    }
    receiver = {"receiver": [unit("区教育局")]}

    refused = open_matter("errand", **given, parties=receiver)
    opened = open_matter("errand", **given, parties={**receiver, "subject_unit": [unit("区水务局")]})
    forget(made)

    assert (refused.why, refused.reason, refused.gates) == ("gate", says, ("subject_named",))
    assert opened.matter.number
    assert Matter.objects.filter(mechanism="errand").count() == 1


def test_a_declaration_without_gates_of_its_form_keeps_its_digest():
    gate = Gate("never", "Never.", lambda _seen: False)

    assert replace(ERRAND, gates=()).digest == ERRAND.digest
    assert replace(ERRAND, gates=(gate,)).digest != ERRAND.digest


def test_an_act_opens_one_matter_for_each_unit_that_is_entered(office):
    each = Opens("errand", "leads_to", always=True, each="units", each_as="receiver")
    asks = (Field("what", "What", "long"), Field("units", "Units", "units", needed=False))
    acts = tuple(replace(one, asks=asks, opens=(each,)) if one.key == "note" else one for one in ERRAND.acts)
    made = register(replace(ERRAND, acts=acts, version=2))
    matter, handlers = in_hand()
    units = [unit("区水务局"), unit("区教育局")]

    facts = {"what": "分送各单位", "units": [one.pk for one in units]}
    done = perform("note", matter, by=handlers[0], facts=facts)
    forget(made)

    named = [one.parties.get(role="receiver").unit for one in done.opened]
    assert {one.pk for one in named} == {one.pk for one in units}
    assert len(opened_from(matter)) == 2
