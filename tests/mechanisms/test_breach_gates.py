"""What blocks a breach of personal data, who reports one, who is told (rights.md 5)."""

import a_life
import a_story
import pytest

from qingfeng.matters import access
from qingfeng.matters.answers import Done
from qingfeng.matters.door import open_matter
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanisms
from qingfeng.mechanisms.breach.declaration import BREACH
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.organization.roles import ADMINISTRATORS
from qingfeng.organization.viewer import viewer_for


def entering(act, case="closed", **others):
    return a_life.entering("breach", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("breach", act, seen)


def test_a_breach_is_stopped_before_it_is_assessed_and_assessed_before_it_is_decided():
    assess, decide = entering("assess"), entering("decide")

    assert unmet("assess", assess) == []
    assert unmet("assess", a_life.without_act(assess, "contain")) == ["act_done:contain"]
    assert unmet("decide", decide) == []
    assert unmet("decide", a_life.without_act(decide, "assess")) == ["act_done:assess"]


@pytest.mark.parametrize(
    ("entered", "held"),
    [
        ({"tell_authority": "no", "authority_why_not": None}, ["reasons_given"]),
        ({"tell_authority": "no", "authority_why_not": "未发生泄露。"}, []),
        ({"tell_people": "no", "people_why_not": None}, ["reasons_given"]),
        ({"tell_people": "no", "people_why_not": "措施能够有效避免危害。"}, []),
        ({"tell_authority": "yes", "authority": None}, ["authority_named"]),
    ],
)
def test_who_is_not_told_needs_a_reason_and_who_is_told_a_name(entered, held):
    seen = a_life.with_entered(entering("decide"), **entered)

    assert unmet("decide", seen) == held


def test_the_principal_decides_who_is_told():
    assert BREACH.act("decide").by == ("principal",)


def test_how_many_people_is_a_number_and_nobody_is_named():
    kinds = {one.key: one.kind for act in BREACH.acts for one in act.asks}

    assert (kinds["how_many_people"], kinds["people_told"]) == ("whole", "whole")
    assert {"person", "persons"}.isdisjoint(kinds.values())


@pytest.mark.parametrize(
    ("act", "gate"), [("tell_authority_now", "authority_told"), ("tell_people_now", "people_told")]
)
def test_a_breach_closes_when_those_who_must_know_were_told(act, gate):
    seen = entering("close")

    assert unmet("close", seen) == []
    assert unmet("close", a_life.without_act(seen, act)) == [gate]


def test_where_nobody_is_told_nobody_is_waited_for():
    seen = a_life.with_fact(entering("close"), tell_authority="no", tell_people="no")
    alone = a_life.without_act(a_life.without_act(seen, "tell_authority_now"), "tell_people_now")

    assert unmet("close", alone) == []
    assert not BREACH.clock("tell_people").when(alone)
    assert not BREACH.act("tell_people_now").when(alone)


def test_a_breach_closes_with_what_was_changed():
    seen = entering("close")

    assert unmet("close", a_life.with_lines(seen, "measures")) == ["ledger_has:measures"]
    assert unmet("close", a_life.with_lines(seen, "measures", ("planned", {}, 0))) == ["ledger_done:measures"]
    assert next(one for one in BREACH.act("close").asks if one.key == "changed").needed


@pytest.mark.django_db
def test_anybody_on_staff_and_every_administrator_reports_a_breach_and_reads_none(office):
    kept = []
    for who in ("handler", "seconded", "editor", *sorted(ADMINISTRATORS)):
        viewer = viewer_for(office.accounts[who].person)
        done = open_matter(
            "breach", by=viewer, title="台账误发", owner=office.units["技术室"],
            facts={"what_happened": "误发。", "noticed_on": "2026-01-05", "noticed_by": "staff",
                   "breach_kind": "leak", "where": "台账"},
        )  # fmt: skip
        kept.append((isinstance(done, Done), access.may_see(viewer, done.matter)))

    assert kept == [(True, False)] * 6


@pytest.mark.django_db
def test_an_administrator_opens_nothing_else_and_a_unit_outside_no_breach(office):
    administrator = viewer_for(office.accounts["system_admin"].person)
    contact = viewer_for(office.accounts["unit_contact"].person)
    openable = [one.key for one in mechanisms() if access.may_open(administrator, one)]

    assert openable == ["breach"]
    assert not access.may_take_over(administrator, BREACH)
    assert access.may_open(contact, BREACH) == ""


@pytest.mark.django_db
def test_the_notices_say_what_art_57_asks(office):
    """种类、原因、可能造成的危害; 补救措施、个人可以采取的减轻危害的措施; 联系方式."""
    breach = a_story.played(office, "breach", "closed")
    texts = {one.key: one.slip for one in breach.slips.select_related("slip")}

    assert set(texts) == {"authority", "people", "closed"}
    assert (
        access.view_of(viewer_for(office.people[PEOPLE["style_one"]]), Matter.objects.get(pk=breach.pk))
        == "whole"
    )
    assert (
        access.view_of(viewer_for(office.people[PEOPLE["case_one"]]), Matter.objects.get(pk=breach.pk)) == ""
    )
