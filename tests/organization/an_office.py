"""Builders of this room's tests: fictional units, people and accounts."""

from contextlib import contextmanager, suppress
from datetime import date
from itertools import count

from django.db import transaction

from qingfeng.journal.models import JournalEntry
from qingfeng.organization.accounts import open_account
from qingfeng.organization.people import add_person, appoint
from qingfeng.organization.units import add_unit

_numbers = count(1)
LONG_AGO = date(2020, 1, 1)


def a_unit(name=None, *, kind="room", parent=None, **more):
    return add_unit(name or f"示例单位{next(_numbers)}", kind, parent=parent, by=None, **more)


def a_person(name="示例人", **more):
    return add_person(f"T{next(_numbers):05}", name, by=None, **more)


def a_post(person=None, unit=None, *roles, from_on=LONG_AGO, until_on=None, title="科员"):
    person, unit = person or a_person(), unit or a_unit()
    return appoint(person, unit, title=title, roles=roles, from_on=from_on, until_on=until_on, by=None)


def an_account(*roles, name="示例人"):
    """An account with a post of these roles; nobody signs in with it until it is given a password."""
    person = a_person(name)
    a_post(person, None, *roles)
    return open_account(person, f"user{next(_numbers)}", by=None, prepared="!")[0]


def entries(kind=None):
    """The journal's entries of a kind, oldest first, as (kind, subject, by)."""
    rows = JournalEntry.objects.order_by("pk")
    return [(row.kind, row.subject, row.by) for row in (rows.filter(kind=kind) if kind else rows)]


class UndoneError(Exception):
    """Thrown to roll back."""


@contextmanager
def undone():
    """Undo what an example of a property test wrote."""
    with suppress(UndoneError), transaction.atomic():
        yield
        raise UndoneError
