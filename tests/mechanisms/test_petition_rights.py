"""A petition binds offices: what may be kept stands in one list, and what an office sees is its own part."""

import tomllib
from datetime import timedelta
from pathlib import Path

import a_story
import pytest

from qingfeng.matters import access, ticking
from qingfeng.matters.door import open_matter, perform
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms import petition, sampling
from qingfeng.mechanisms.cast import PEOPLE, UNITS
from qingfeng.mechanisms.petition.declaration import PETITION
from qingfeng.organization.viewer import viewer_for

ALLOWED = tomllib.loads((Path(petition.__file__).parent / "allowed.toml").read_text(encoding="utf-8"))
ROOMS = tuple(ALLOWED)
CONTROL = (
    "稳控",
    "行踪",
    "轨迹",
    "定位",
    "手机号",
    "身份证",
    "家属",
    "亲属",
    "出行",
    "进京",
    "重点人",
    "列管",
    "黑名单",
    "次数",
)


def viewer(office, key):
    return viewer_for(office.people[PEOPLE[key]])


def asked(declared):
    return (*declared.asks, *(field for act in declared.acts for field in act.asks))


@pytest.mark.parametrize("kind", ROOMS)
def test_every_field_column_setting_and_dimension_stands_in_the_list_and_nothing_else(kind):
    """rights.md, schema test (a)."""
    one = mechanism(kind)

    declared = {
        "facts": list(dict.fromkeys(field.key for field in asked(one))),
        "roles": [role.key for role in one.parties],
        "settings": [clock.setting for clock in one.clocks if clock.setting],
        "dimensions": list(dict.fromkeys(by for figure in one.figures for by in figure.by)),
        "keywords": list(one.keywords),
        "columns": {ledger.key: [field.key for field in ledger.fields] for ledger in one.ledgers},
    }

    assert declared == ALLOWED[kind]


@pytest.mark.parametrize("kind", ROOMS)
def test_no_field_asks_after_the_life_of_a_petitioner(kind):
    one = mechanism(kind)
    fields = (*asked(one), *(field for ledger in one.ledgers for field in ledger.fields))
    words = [f"{field.term}{''.join(str(word) for _key, word in field.choices)}" for field in fields]
    words = [said.replace("稳控交办单", "") for said in words]  # the name of the slip that binds an office

    assert [(said, mark) for said in words for mark in CONTROL if mark in said] == []


@pytest.mark.parametrize("kind", ROOMS)
def test_every_figure_is_about_an_office_or_an_item(kind):
    one = mechanism(kind)
    personal = {field.key for field in one.asks if field.personal} | {"signers", "delegates", "earlier"}

    assert {by for figure in one.figures for by in figure.by} & personal == set()


@pytest.mark.django_db
def test_what_is_stored_has_no_key_beyond_the_list(office):
    for case in ("rechecked", "routed", "helped"):
        a_story.played(office, "petition", case)

    a_story.played(office, "petition", "warned")
    a_story.played(office, "petition_slip", "duty")

    for matter in Matter.objects.filter(mechanism__in=ROOMS).prefetch_related("story", "lines"):
        allowed = ALLOWED[matter.mechanism]
        columns = {key for keys in allowed["columns"].values() for key in keys}
        assert set(matter.facts) <= set(allowed["facts"])
        for line in matter.lines.all():
            assert set(line.facts) <= set(allowed["columns"][line.ledger])
        for act in matter.story.all():
            assert set(act.entered.get("facts", {})) <= set(allowed["facts"]) | columns


@pytest.mark.django_db
def test_an_office_learns_of_a_petition_when_it_is_handed_to_it_and_sees_its_own_part(office):
    before = a_story.played(office, "petition", "closed", steps=2)
    handed = a_story.played(office, "petition", "kept", steps=3)

    assert access.view_of(viewer(office, "housing_contact"), before) == ""
    assert access.view_of(viewer(office, "housing_contact"), handed) == "part"
    assert access.view_of(viewer(office, "vehicles_contact"), handed) == ""
    assert access.view_of(viewer(office, "petition_registrar"), handed) == "whole"
    assert access.view_of(viewer(office, "case_one"), handed) == ""


@pytest.mark.django_db
def test_a_report_on_a_person_is_refused_at_the_counter_and_nothing_is_kept(office):
    facts = {**sampling.cases("petition")["closed"]["facts"], "line": "report", "received_on": "2026-01-05"}

    refused = open_matter(
        "petition",
        by=viewer(office, "petition_registrar"),
        title="来信",
        owner=office.units[UNITS["petitions"]],
        facts=facts,
    )

    assert (refused.why, refused.gates) == ("gate", ("no_report",))
    assert not Matter.objects.filter(mechanism="petition").exists()


@pytest.mark.django_db
def test_who_handled_it_does_not_ask_whether_the_petitioner_is_satisfied(office):
    matter, step, _day = a_story.before(office, "petition", "closed", "ask")

    refused = perform("ask", matter, by=viewer(office, "petition_one"), facts=step["facts"])

    assert refused.why == "role"
    assert set(PETITION.act("ask").not_by) == {"handler", "leader"}
    assert matter.facts.get("satisfied") is None


@pytest.mark.django_db
def test_the_window_of_a_review_ends_by_itself_and_the_office_is_reminded_to_strike_off(office):
    import time_machine

    matter = a_story.played(office, "petition", "served")
    over = matter.clocks.get(key="pet_review_request").due_on + timedelta(days=1)

    with time_machine.travel(f"{over}T09:00:00+08:00", tick=False):
        ticking.tick()

    assert matter.story.filter(act="lapse_review").count() == 1
    assert matter.clocks.get(key="close").state == "running"
