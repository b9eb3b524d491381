"""Two at once: what may never meet in one person does not meet however the two are timed."""

from datetime import date
from threading import Barrier, Thread

import an_office as an
import pytest
from django.db import OperationalError, connection

from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do all acts at the same time, each on a connection of its own; return what each refused with."""
    barrier, told = Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            act()
        except (Problem, OperationalError) as error:
            told.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_two_administrators_cannot_give_one_person_two_roles_that_exclude_each_other():
    from qingfeng.organization.models import PostRole
    from qingfeng.organization.people import give_role

    post = an.a_post()

    told = at_once(
        lambda: give_role(post, "system_admin", from_on=date(2026, 1, 1), by=None),
        lambda: give_role(post, "auditor", from_on=date(2026, 1, 1), by=None),
    )

    assert len(told) == 1
    assert PostRole.objects.filter(post=post).count() == 1


def test_two_moves_at_once_never_close_a_ring():
    from qingfeng.organization.models import Unit
    from qingfeng.organization.units import move_unit

    one, other = an.a_unit(), an.a_unit()

    told = at_once(
        lambda: move_unit(one, parent=other, by=None),
        lambda: move_unit(other, parent=one, by=None),
    )

    one.refresh_from_db()
    other.refresh_from_db()
    assert len(told) == 1
    assert {one.parent_id, other.parent_id} - {None} in ({one.pk}, {other.pk})
    assert all(unit.line[-1] == unit.pk and len(unit.line) <= 2 for unit in Unit.objects.all())
