"""What a data request lists, and what it hears of: whoever declares requests says how, from above."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from django.db import transaction

from qingfeng.findings.models import Delivery
from qingfeng.matters.models import Matter
from qingfeng.organization.models import Person

Listed = Mapping[str, list[str]]
Hearer = Callable[[Delivery, Person | None], None]
_readers: list[Callable[[Matter], Listed | None]] = []
_uses: list[Callable[[Matter], tuple[str, ...]]] = []
_hearers: dict[str, Hearer] = {}


def read_lists_with(reader: Callable[[Matter], Listed | None]) -> None:
    """Say how the list of a request is read; the last one said holds.

    Args:
        reader: Returns table to columns (no columns: the whole table), or None where nothing is listed.
    """
    _readers[:] = [reader]


def list_of(matter: Matter) -> Listed | None:
    """Return what a request lists, None where nobody can say."""
    return _readers[0](matter) if _readers else None


def read_uses_with(reader: Callable[[Matter], tuple[str, ...]]) -> None:
    """Say how is read for which watches data was asked for; the last one said holds.

    Args:
        reader: Returns keys of watches; none where the request does not say.
    """
    _uses[:] = [reader]


def uses_of(matter: Matter) -> tuple[str, ...]:
    """Return for which watches data was asked for, none where nobody says."""
    return _uses[0](matter) if _uses else ()


def tell_requests(*, arrived: Hearer, deleted: Hearer) -> None:
    """Say who is told that data of a request has come in, or was deleted for good; the last one said holds.

    Args:
        arrived: Called with the delivery and who brought it in, after the commit.
        deleted: Called with the delivery and who asked for the deletion, after the commit.
    """
    _hearers.update(arrived=arrived, deleted=deleted)


def told(what: str, delivery: Delivery, by: Person | None) -> None:
    """Tell the request that a delivery answers, once the caller's transaction has committed.

    Args:
        what: `arrived` or `deleted`.
        delivery: One that answers a request; of others nothing is told.
        by: Whose act it is.
    """
    hearer = _hearers.get(what)
    if hearer is not None and delivery.request_id is not None:
        transaction.on_commit(partial(hearer, delivery, by), robust=True)
