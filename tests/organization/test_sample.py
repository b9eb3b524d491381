"""The sample office."""

import pytest
import time_machine

from qingfeng.organization.roles import HELD_WITHOUT_POST, ROLES
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


def test_every_role_that_signs_in_has_a_sample_account(office):
    from qingfeng.organization.models import PostRole

    with_account = set(
        PostRole.objects.filter(post__person__account__isnull=False).values_list("role", flat=True)
    )

    assert with_account == set(ROLES) - HELD_WITHOUT_POST


def test_the_office_has_its_rooms_teams_townships_and_people(office):
    from qingfeng.organization.models import Person, Unit

    def count(kind):
        return Unit.objects.filter(kind=kind).count()

    assert count("room") >= 11
    assert (count("resident"), count("township")) == (3, 4)
    assert count("supervised") >= 12
    assert count("partner") >= 8
    assert Person.objects.count() >= 60


def test_no_sample_sign_in_exists_without_the_demonstration(office, settings):
    from qingfeng.organization.sample import sample_accounts, sample_password

    settings.DEMO = False

    assert sample_accounts() == []
    assert sample_password() == ""
    assert not any(account.has_usable_password() for account in office.accounts.values())


def test_in_the_demonstration_every_listed_sample_signs_in(settings, client):
    from qingfeng.organization.sample import make_sample_office, sample_accounts, sample_password

    settings.DEMO = True
    make_sample_office()

    listed = sample_accounts()
    assert {account.role for account in listed} == set(ROLES) - HELD_WITHOUT_POST
    for account in listed[:2]:
        assert client.login(username=account.username, password=sample_password())


def test_the_sample_office_is_made_in_an_empty_house_only(office):
    from qingfeng.organization.sample import make_sample_office

    with pytest.raises(Problem):
        make_sample_office()


def test_the_recused_sample_has_every_kind_of_ground(office):
    from qingfeng.organization.conflicts import Subjects, conflicts_of

    found = conflicts_of(office.person("recused"))
    own, former = office.units["三室"].pk, office.units["区农业农村局"].pk

    grounds = {
        ground.ground
        for ground in found.of(Subjects(units=frozenset({own, former}), persons=frozenset(found.persons)))
    }
    assert grounds == {"own_unit", "former_office", "subject", "relative", "colleague"}


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2031])
def test_periods_can_be_counted_into_the_next_year_whenever_the_house_is_shown(year):
    from datetime import UTC, date, datetime

    from qingfeng.organization import sample
    from qingfeng.organization.calendar import work_calendar_of

    with time_machine.travel(datetime(year, 12, 31, 8, tzinfo=UTC), tick=False):
        sample._days_off(sample._data()["calendar"])

        assert work_calendar_of().is_rest_day(date(year + 1, 1, 1))
        assert work_calendar_of().kind(date(year + 1, 10, 3)) == "holiday"
        assert max(work_calendar_of().years) == max(year, 2026) + 1


def test_every_room_has_a_leader_in_charge_who_holds_their_role_there(office):
    from qingfeng.organization.models import Unit
    from qingfeng.organization.viewer import viewer_for

    leaders = [viewer_for(office.people[number]) for number in ("Y0002", "Y0003", "Y0004", "Y0005")]
    rooms = Unit.objects.filter(kind="room").exclude(short_name="技术室")  # its people administer the house

    for room in rooms:
        in_charge = [one.name for one in leaders if one.covers("deputy", room.path)]
        assert len(in_charge) == 1, (room, in_charge)


def test_who_leads_rooms_that_investigate_leads_neither_their_review_nor_their_supervision(office):
    from qingfeng.organization.viewer import viewer_for

    units = office.units
    for number in ("Y0002", "Y0003", "Y0004", "Y0005"):
        leader = viewer_for(office.people[number])
        investigates = [leader.covers("deputy", units[one].path) for one in ("一室", "二室", "三室")]
        watches = [leader.covers("deputy", units[one].path) for one in ("审理室", "干部监督室")]
        assert not (any(investigates) and any(watches))


def test_the_main_post_of_a_leader_stays_in_the_committee(office):
    person = office.people["Y0002"]

    assert [post.unit.short_name for post in person.posts.filter(is_main=True)] == ["常委会"]


def test_a_petition_goes_its_whole_way_by_the_sign_ins_of_a_demonstration(settings, client):
    from qingfeng.mechanisms.cast import PEOPLE
    from qingfeng.organization.models import Account
    from qingfeng.organization.sample import (
        make_sample_office,
        open_for_demonstration,
        sample_accounts,
        sample_password,
    )

    settings.DEMO = True
    make_sample_office()
    open_for_demonstration()

    listed = {one.username for one in sample_accounts()}
    players = (
        "petition_head",
        "petition_registrar",
        "petition_one",
        "deputy",
        "principal",
        "housing_contact",
    )
    for key in players:
        account = Account.objects.get(person__number=PEOPLE[key])
        assert account.username in listed
        assert client.login(username=account.username, password=sample_password())
