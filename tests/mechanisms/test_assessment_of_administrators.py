"""The three administrators are assessed like everybody: the own part is theirs, and nothing else is."""

import re
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import a_story
import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from qingfeng.desk.assessment.years import years_of
from qingfeng.desk.holding import OnMatter, part_of
from qingfeng.desk.seen import seen_of
from qingfeng.matters import access, checks, guarding
from qingfeng.matters.at_hand import of
from qingfeng.matters.models import Matter, RecusalDecision
from qingfeng.matters.registry import forget, mechanism, mechanisms, register
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.assessment.declaration import ASSESSMENT
from qingfeng.organization.models import Account
from qingfeng.organization.viewer import viewer_for

BASE = a_story.NEW_YEAR_2025
AFTER = BASE + timedelta(days=47)
STEPS = sampling.cases("assessment")["begun"]["steps"]
ADMIN, OTHERS = "Y1201", ("Y1102", "Y1202")
APPELLANT = "case_two"
OWN_SELF = next(
    no for no, step in enumerate(STEPS) if (step["act"], step["by"]) == ("self_assess", APPELLANT)
)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The system administrator appeals in one year, and has the own self-assessment to write in another."""
    from an_office_kept import sample_office

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # files are kept outside transactions, except a test's own
        with block:
            office = sample_office()
            scene = a_story.scene(office)
            person = scene.person
            admin = office.people[ADMIN]
            where = replace(scene, person=lambda key: admin if key == APPELLANT else person(key))
            yield SimpleNamespace(
                office=office,
                told=sampling.play("assessment", "begun", where),
                due=sampling.play("assessment", "begun", where, steps=OWN_SELF),
                unsigned=sampling.play("assessment", "begun", where, steps=3),
                exchange=a_story.played(office, "exchange", next(iter(sampling.cases("exchange")))),
            )
            transaction.set_rollback(True)


@pytest.fixture
def year(house, db):
    """The years; each test undoes what it wrote."""
    return house


def hidden(page, name):
    """The value of a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', page).group(1)


def admin(year, number=ADMIN, on=AFTER):
    """One of the three administrators on a day."""
    return viewer_for(year.office.people[number], on)


def browser(year, number=ADMIN):
    """A browser in which an administrator has signed in."""
    client = Client()
    account = Account.objects.get(person=year.office.people[number])
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_administrator_hands_in_reads_signs_for_it_and_appeals(year):
    """The story was played through the door: a step that was refused would have broken it."""
    with time_machine.travel(AFTER, tick=False):
        own = next(one.own for one in years_of(admin(year)) if one.matter == year.told)

    assert own.has_self
    assert own.is_read
    assert (own.before, own.points) == ("72.60", "77.60")
    assert [(one["before"], one["after"]) for one in own.appeals] == [("72.60", "77.60")]


def test_an_administrator_sees_the_own_part_and_nobody_elses_lines(year):
    with time_machine.travel(AFTER, tick=False):
        seen = seen_of(admin(year), year.told)
    names = {str(line.facts) for shown in seen.ledgers for line, *_rest in shown.lines}
    others = [key.name for key in year.office.people.values() if key.number != ADMIN]

    assert access.view_of(admin(year), year.told) == "part"
    assert {shown.ledger.key for shown in seen.ledgers} == {"objects", "selves", "results", "appeals"}
    assert not [name for name in others if any(name in said for said in names)]


def test_of_all_matters_an_administrator_sees_those_they_are_assessed_in_and_the_others_none(year):
    mine = {year.told, year.due}
    rows = list(Matter.objects.all())

    assert set(access.visible(admin(year))) == mine
    assert {one for one in rows if access.may_see(admin(year), one)} == mine
    assert not Matter.objects.filter(access.whole_q(admin(year))).exists()
    assert access.seen_among(admin(year), [one.pk for one in rows]) == dict.fromkeys(
        [one.pk for one in mine], "part"
    )
    for number in OTHERS:
        assert not access.visible(admin(year, number)).exists()
        assert not any(access.may_see(admin(year, number), one) for one in rows)


def test_whoever_is_on_a_list_that_is_not_signed_yet_has_no_part(year):
    assert year.unsigned.lines.filter(ledger="objects", facts__object=year.office.people[ADMIN].pk).exists()
    assert not access.may_see(admin(year), year.unsigned)


def test_an_administrator_acts_as_who_is_assessed_and_in_no_other_part(year):
    acts = mechanism("assessment").acts
    may = {one.key for one in acts if access.part_in(admin(year), year.due, one)}
    offered = {
        one.key
        for one in acts
        if part_of(
            admin(year),
            ASSESSMENT,
            one.by,
            OnMatter(year.due, snapshot_of(year.due, today=AFTER, actor=None), {}),
        )
    }

    assert may == offered == {one.key for one in acts if "assessed" in one.by}


def test_an_administrator_who_is_recused_sees_nothing_of_it(year):
    RecusalDecision.objects.create(
        matter=year.told, person=year.office.people[ADMIN], at=year.told.opened_at, ground="近亲属"
    )

    assert not access.may_see(admin(year), year.told)
    assert year.told not in access.visible(admin(year))
    assert of(year.told).view_of(admin(year)) == ""


def test_the_pages_of_it_are_there_for_whoever_is_assessed_and_for_no_other_administrator(year):
    told, due = f"/assessments/{year.told.slug}/", f"/assessments/{year.due.slug}/"
    form = f"{due}acts/self_assess/"
    with time_machine.travel(BASE + timedelta(days=8), tick=False):
        mine = {at: browser(year).get(at) for at in ("/assessments/gates/", told, form, "/assessments/")}
        theirs = {at: browser(year, OTHERS[1]).get(at).status_code for at in (told, form, "/assessments/")}
        other = f"/{mechanism('exchange').key}s/{year.exchange.slug}/"
        closed = [
            browser(year).get(at).status_code for at in (other, "/exchanges/", "/search/?q=1", "/tray/")
        ]

    assert {at: one.status_code for at, one in mine.items()} == dict.fromkeys(mine, 200)
    assert form in mine["/assessments/gates/"].content.decode()
    assert 'role="search"' not in mine["/assessments/gates/"].content.decode()
    assert set(theirs.values()) == {404}
    assert set(closed) == {404}


def test_an_administrator_hands_the_self_assessment_in_at_its_page(year):
    form = f"/assessments/{year.due.slug}/acts/self_assess/"
    line = {
        "self_did": "全年系统可用，演练两次。",
        "self_lacks": "文档更新慢。",
        "self_next": "每月更新一次。",
    }
    with time_machine.travel(BASE + timedelta(days=8), tick=False):
        page = browser(year).get(form).content.decode()
        sent = {name: hidden(page, name) for name in ("act-key", "act-seen")}
        sent |= {f"line-selves-1-{key}": said for key, said in line.items()}
        answer = browser(year).post(form, {**sent, "rows-selves": "1"})

    assert (answer.status_code, year.due.lines.filter(ledger="selves").count()) == (302, 6)


def test_what_an_administrator_is_told_about_it_is_read_at_the_bell(year):
    with time_machine.travel(AFTER, tick=False):
        page = browser(year).get(reverse("desk:notices"))

    assert page.status_code == 200
    assert year.told.number in page.content.decode()


def test_no_administrator_breaks_the_glass_of_it(year):
    made = guarding.break_glass(year.told.number, "要看其他人的结果，不能等。", by=admin(year))

    assert made.why == "role"


def test_a_part_that_reads_the_whole_cannot_be_everybodys(year):
    roles = tuple(
        replace(one, reads=True) if one.by_everybody else one for one in mechanism("assessment").parties
    )
    made = register(replace(ASSESSMENT, parties=roles, version=ASSESSMENT.version + 90))
    told = [one.msg for one in checks.declarations_hold() if one.id == "matters.E016"]
    forget(made)

    assert len(told) == 1
    assert [one.key for one in mechanisms() if any(role.by_everybody for role in one.parties)] == [
        "assessment"
    ]
