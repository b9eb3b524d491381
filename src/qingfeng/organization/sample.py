"""The office of the fictional district 云水区: for the demonstration and for tests."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.organization.accounts import open_account
from qingfeng.organization.calendar import enter_days
from qingfeng.organization.declarations import declare_interest, declare_relation
from qingfeng.organization.models import Account, OwnDay, Person, Unit
from qingfeng.organization.people import add_person, appoint, end_post
from qingfeng.organization.roles import ROLES
from qingfeng.organization.units import add_unit, change_unit
from qingfeng.screening.errors import Problem
from qingfeng.screening.reference.workdays import KNOWN_YEARS

IN_CHARGE = "分管领导"
LATELY_YEARS = 2


@dataclass(frozen=True)
class SampleOffice:
    """What was made.

    Attributes:
        units: By short name.
        people: By person number.
        accounts: By sign-in name.
    """

    units: dict[str, Unit]
    people: dict[str, Person]
    accounts: dict[str, Account]

    def person(self, username: str) -> Person:
        """Return the person behind a sample sign-in."""
        person = self.accounts[username].person
        if person is None:
            raise KeyError(username)
        return person


@dataclass(frozen=True)
class SampleAccount:
    """One sample sign-in.

    Attributes:
        role: Key of the role it shows.
        term: The field's word for it.
        username: Name to sign in with.
        name: The fictional person.
        post: Unit and title.
    """

    role: str
    term: str
    username: str
    name: str
    post: str


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "sample_office.toml").read_text(encoding="utf-8"))


def sample_began() -> date:
    """Return the day on which everybody of the sample office took up their post."""
    return _data()["began"]


def sample_password() -> str:
    """Return the password of every sample sign-in; "" where the demonstration is off."""
    return _data()["password"] if settings.DEMO else ""


def sample_accounts() -> list[SampleAccount]:
    """Return the sample sign-ins in the order of rank; none where the demonstration is off."""
    if not settings.DEMO:
        return []
    known = set(Account.objects.filter(is_active=True).values_list("username", flat=True))
    besides = dict(_data()["people"]["in_demonstration"])
    return [
        SampleAccount(roles[0], ROLES[roles[0]].term, sign_in, name, f"{unit} {title}")
        for number, name, unit, title, roles, username in _data()["people"]["rows"]
        if (sign_in := username or besides.get(number, "")) in known
    ]


def open_for_demonstration() -> None:
    """Open the sign-ins that only a demonstration has: of people beside those who show a role each."""
    password = make_password(sample_password() or None)
    for number, username in _data()["people"]["in_demonstration"]:
        open_account(Person.objects.get(number=number), username, by=None, prepared=password)


@transaction.atomic
def make_sample_office() -> SampleOffice:
    """Make the sample office in an empty house, with one account for every role that signs in.

    The accounts have a password that is known only where the demonstration is switched on;
    elsewhere nobody can sign in with them.

    Raises:
        Problem: If there are units already.
    """
    if Unit.objects.exists():
        raise Problem(
            _("There are units in this house already."), then=_("Use a fresh home for the sample office.")
        )
    data = _data()
    units = _units(data)
    people, accounts = _people(data, units)
    _past(data, units, people)
    _days_off(data["calendar"])
    return SampleOffice(units, people, accounts)


def _later(day: date, years: int) -> date:
    return day.replace(year=day.year + years)


def _days_off(told: dict[str, Any]) -> None:
    """Enter the days off of the years after the published ones, to the end of the next year."""
    years = range(KNOWN_YEARS[-1] + 1, max(KNOWN_YEARS[-1], timezone.localdate().year) + 2)
    for first, last, name in told["days"]:
        if first.year in years:
            notice = told["announced_by"]
            enter_days(first, last, kind=OwnDay.Kind.HOLIDAY, name=name, announced_by=notice, by=None)


def _units(data: dict[str, Any]) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for name, short, kind, level, above, code, ours in data["units"]:
        units[short] = add_unit(
            name,
            kind,
            parent=units.get(above),
            by=None,
            short_name=short,
            level=level,
            number_code=code,
            is_ours=ours,
        )
    for overseer, overseen in data["oversees"].items():
        for short in overseen:
            units[short] = change_unit(units[short], by=None, overseen_by=units[overseer])
    return units


def _people(data: dict[str, Any], units: dict[str, Unit]) -> tuple[dict[str, Person], dict[str, Account]]:
    people: dict[str, Person] = {}
    accounts: dict[str, Account] = {}
    password = make_password(sample_password() or None)  # None: a password that nothing equals
    began = {row[0]: row[4] + timedelta(days=1) for row in data["people"]["former"]}
    longer = dict(data["people"]["long"])
    for number, name, unit, title, roles, username in data["people"]["rows"]:
        person = people[number] = add_person(number, name, by=None)
        since = longer.get(number) or max(data["began"], began.get(number, data["began"]))
        appoint(person, units[unit], title=title, roles=roles, from_on=since, by=None)
        if username:
            accounts[username] = open_account(person, username, by=None, prepared=password)[0]
    _in_charge(data, units, people)
    return people, accounts


def _in_charge(data: dict[str, Any], units: dict[str, Unit], people: dict[str, Person]) -> None:
    """Put leaders in charge of rooms: a second post in each, which gives their role there and below."""
    for number, rooms in data["people"]["in_charge"]:
        for room in rooms:
            appoint(
                people[number],
                units[room],
                title=IN_CHARGE,
                roles=["deputy"],
                from_on=data["began"],
                is_main=False,
                by=None,
            )


def _past(data: dict[str, Any], units: dict[str, Unit], people: dict[str, Person]) -> None:
    former = data["people"]["former"]
    newest = max(until_on.year for *_post, until_on in former)
    years = max(0, timezone.localdate().year - LATELY_YEARS - newest)  # it goes on to recuse
    for number, unit, title, from_on, until_on in former:
        post = appoint(people[number], units[unit], title=title, from_on=_later(from_on, years), by=None)
        end_post(post, _later(until_on, years), by=None)
    for number, kind, relative in data["people"]["relations"]:
        other = people.get(relative)
        declare_relation(people[number], kind, other=other, outside_name="" if other else relative, by=None)
    for number, unit, kind in data["people"]["interests"]:
        declare_interest(people[number], units[unit], kind=kind, by=None)
