"""The viewer."""

from dataclasses import FrozenInstanceError
from datetime import date

import an_office as an
import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as some

pytestmark = pytest.mark.django_db


def view(account, on=None):
    from qingfeng.organization.models import Account
    from qingfeng.organization.viewer import viewer_of

    return viewer_of(Account.objects.get(pk=account.pk) if account.pk else account, on)


def test_nobody_signed_in_holds_nothing():
    from qingfeng.organization.viewer import viewer_of

    viewer = viewer_of(AnonymousUser())

    assert not viewer.is_signed_in
    assert not viewer.is_administrator
    assert list(viewer.units_under("principal")) == []


def test_a_role_reaches_its_unit_and_everything_below_and_nothing_else():
    from qingfeng.organization.models import Unit

    root, elsewhere = an.a_unit(), an.a_unit()
    room = an.a_unit(parent=root)
    account = an.an_account("editor")
    an.a_post(account.person, root, "dept_head")

    viewer = view(account)

    assert set(viewer.units_under("dept_head")) == {root, room}
    assert viewer.covers("dept_head", Unit.objects.get(pk=room.pk).path)
    assert not viewer.covers("dept_head", elsewhere.path)
    assert not viewer.covers("principal", root.path)


def test_the_viewer_of_a_past_day_holds_what_was_held_that_day():
    account = an.an_account("editor")
    an.a_post(account.person, None, "handler", from_on=date(2021, 1, 1), until_on=date(2021, 12, 31))

    assert view(account, date(2021, 12, 31)).has("handler")
    assert not view(account, date(2022, 1, 1)).has("handler")


def test_a_closed_account_holds_nothing():
    account = an.an_account("principal")
    account.is_active = False
    account.save()

    assert view(account).roles == {}


def test_a_viewer_cannot_be_changed():
    viewer = view(an.an_account("handler"))

    with pytest.raises(FrozenInstanceError):
        viewer.person_id = 1


def test_a_viewer_costs_the_same_queries_whatever_is_held(django_assert_max_num_queries):
    from qingfeng.organization.viewer import viewer_of

    account = an.an_account("handler", "registrar")
    for _each in range(5):
        an.a_post(account.person, None, "dept_head")

    with django_assert_max_num_queries(4):
        viewer_of(account)


def test_the_viewer_is_made_once_per_request_and_only_if_asked(rf, django_assert_num_queries):
    from django.http import HttpResponse

    from qingfeng.organization.middleware import viewer_middleware

    request = rf.get("/")
    request.user = an.an_account("handler")
    seen = []

    def answer(asked):
        seen.append(asked.viewer)
        return HttpResponse()

    with django_assert_num_queries(0):
        viewer_middleware(answer)(request)
    assert seen[0].has("handler")
    with django_assert_num_queries(0):
        assert not request.viewer.has("auditor")


def test_looking_back_gives_the_same_viewer_with_or_without_the_account():
    from qingfeng.organization.viewer import viewer_for

    account = an.an_account("handler")
    on = date(2026, 1, 1)

    assert viewer_for(account.person, on) == view(account, on)


@how(max_examples=30)
@given(roles=some.sets(some.sampled_from(["handler", "dept_head", "registrar", "analyst", "editor"])))
def test_a_viewer_reads_what_one_of_the_roles_can_be_given(roles):
    from qingfeng.organization.roles import ROLES

    with an.undone():
        viewer = view(an.an_account(*roles))

        for content in ("matters", "leads", "records", "identities", "access_log"):
            assert viewer.reads(content) == any(content in ROLES[role].reads for role in roles)
