"""Posts and roles over time."""

from datetime import date, timedelta

import an_office as an
import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as some

from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)
days = some.integers(0, 40).map(lambda step: DAY + timedelta(days=step))
periods = some.tuples(days, some.none() | days).filter(lambda both: both[1] is None or both[1] >= both[0])


@how(max_examples=40)
@given(period=periods, on=days)
def test_a_post_is_held_from_its_first_to_its_last_day(period, on):
    from qingfeng.organization.models import Post

    with an.undone():
        post = an.a_post(from_on=period[0], until_on=period[1])

        held = Post.objects.held_on(on).filter(pk=post.pk).exists()

        assert held == (period[0] <= on and (period[1] is None or on <= period[1]))


@how(max_examples=40)
@given(first=periods, second=periods)
def test_two_roles_that_exclude_each_other_are_given_only_where_no_day_has_both(first, second):
    with an.undone():
        person = an.a_person()
        an.a_post(person, None, "system_admin", from_on=first[0], until_on=first[1])
        meet = any(
            begun <= DAY + timedelta(days=step) and (ended is None or DAY + timedelta(days=step) <= ended)
            and other <= DAY + timedelta(days=step) and (last is None or DAY + timedelta(days=step) <= last)
            for begun, ended in [first]
            for other, last in [second]
            for step in range(42)
        )  # fmt: skip

        if meet:
            with pytest.raises(Problem):
                an.a_post(person, None, "auditor", from_on=second[0], until_on=second[1])
        else:
            assert an.a_post(person, None, "auditor", from_on=second[0], until_on=second[1])


@how(max_examples=30)
@given(period=periods, role=periods, on=days)
def test_a_role_is_held_only_while_its_post_is(period, role, on):
    from qingfeng.organization.models import Post, PostRole
    from qingfeng.organization.people import give_role

    with an.undone():
        post = an.a_post(from_on=period[0], until_on=period[1])
        try:
            give_role(post, "handler", from_on=role[0], until_on=role[1], by=None)
        except Problem:
            return

        if PostRole.objects.held_on(on).filter(post=post).exists():
            assert Post.objects.held_on(on).filter(pk=post.pk).exists()


def test_ending_a_post_ends_its_roles_and_keeps_what_was():
    from qingfeng.organization.people import end_post, holders

    post = an.a_post(None, None, "handler", "registrar")

    end_post(post, date(2026, 3, 31), by=None)

    assert holders("handler", date(2026, 3, 31)) == [post.person]
    assert holders("handler", date(2026, 4, 1)) == []
    assert {given.until_on for given in post.roles.all()} == {date(2026, 3, 31)}


def test_holders_are_found_in_a_unit_and_below():
    from qingfeng.organization.people import holders

    root = an.a_unit()
    inside = an.a_post(None, an.a_unit(parent=root), "handler")
    an.a_post(None, an.a_unit(), "handler")

    assert holders("handler", date(2026, 1, 1), unit=root) == [inside.person]


def test_nobody_changes_their_own_posts_and_roles():
    from qingfeng.organization.people import appoint, end_post, end_role, give_role

    account = an.an_account("security_admin")
    post = account.person.posts.get()

    for change in (
        lambda: appoint(account.person, an.a_unit(), title="主任", from_on=date(2026, 1, 1), by=account),
        lambda: give_role(post, "editor", from_on=date(2026, 1, 1), by=account),
        lambda: end_role(post.roles.get(), date(2026, 1, 1), by=account),
        lambda: end_post(post, date(2026, 1, 1), by=account),
    ):
        with pytest.raises(Problem):
            change()


def test_an_id_number_is_in_no_row_of_the_database():
    from django.core import serializers

    from qingfeng.journal.models import JournalEntry
    from qingfeng.organization.models import Person

    person = an.a_person(id_number="11010119900307211x")

    rows = serializers.serialize("json", [*Person.objects.all(), *JournalEntry.objects.all()])
    assert "19900307" not in rows
    assert person.id_last4 == "211X"


def test_the_same_id_number_is_told_however_it_is_typed():
    an.a_person(id_number="110101 19900307 211X")

    with pytest.raises(Problem):
        an.a_person(id_number="11010119900307211x")


def test_an_unknown_role_is_refused_and_nothing_is_written():
    from qingfeng.organization.models import Post

    with pytest.raises(Problem):
        an.a_post(None, None, "king")

    assert not Post.objects.exists()
