"""The ground of this room's tests: the sample office, made once a module and rolled back after it.

Beside it a year that was played to its end, and rounds of evaluation.
"""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import translation


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """The sample office for every test of a module; each test undoes what it wrote."""
    from an_office_kept import sample_office

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True
        with block:
            yield sample_office()
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def played(office):
    """A year of seven people and one room: closed, final, with a board of the staff."""
    import a_year

    scheme = a_year.in_force(office)
    people = {number: office.people[number] for number in a_year.KEPT}
    kept = [a_year.sheet_of(scheme, one).pk for one in people.values()]
    kept.append(scheme.sheets.get(person=None, unit=office.units["党风室"]).pk)
    scheme.sheets.exclude(pk__in=kept).delete()
    entry = a_year.confirmed(a_year.a_record(people["Y0402"], a_year.IN_MARCH), people["Y0401"])
    second = office.person("evaluator")
    with a_year.on(a_year.AFTER):
        a_year.judge_all(scheme, "q2", second, share=Decimal("0.6"))
        a_year.closed(scheme, office)
    return SimpleNamespace(scheme=scheme, people=people, entry=entry, office=office)


@pytest.fixture
def year(played, db):
    """The year as it was played, in English."""
    played.scheme.refresh_from_db()
    with translation.override("en"):
        yield played


@pytest.fixture(scope="module")
def rounds_of_two(office):
    """A round that is being filled in, and one of three rooms that is closed."""
    import a_round

    return a_round.opened(office), a_round.played(office)


@pytest.fixture
def open_one(rounds_of_two, db):
    """The round that is being filled in."""
    return rounds_of_two[0]


@pytest.fixture
def closed(rounds_of_two, db):
    """The round that is closed."""
    return rounds_of_two[1]
