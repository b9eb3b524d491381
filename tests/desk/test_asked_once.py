"""What a reader asks again goes to the database as it was composed, and is answered anew."""

from datetime import timedelta

import pytest
import time_machine
from django.db.models import Case, When
from django.utils import timezone

from qingfeng.journal import composing
from qingfeng.matters import access, guarding
from qingfeng.matters.models import ClockRun, Matter, Performance
from qingfeng.organization.models import Person

pytestmark = pytest.mark.django_db
PEOPLE = [
    "principal",
    "deputy",
    "registrar",
    "style_head",
    "case_one",
    "partner",
    "unit_contact",
    "recused",
    "auditor",
]


def seen_of_all(viewer):
    return access.seen_among(viewer, Matter.objects.values_list("pk", flat=True))


def made_once(question, make):
    """The two answers to a question that is asked twice, and how often it was composed."""
    composed = []

    def counted(*keys):
        composed.append(question)
        return make(*keys)

    return [composing.rows(question, counted) for _ in range(2)], len(composed)


@pytest.mark.parametrize("who", PEOPLE)
def test_what_is_seen_among_many_is_what_is_seen_of_each(desk, who):
    desk.restricted(desk.referral)
    viewer = desk.viewer(who)
    each = {matter.pk: access.view_of(viewer, matter) for matter in Matter.objects.all()}

    assert seen_of_all(viewer) == {key: view for key, view in each.items() if view}


def test_a_statement_is_composed_once_and_answered_anew(desk):
    (before, after), times = made_once(
        ("test", "anew"), lambda: Matter.objects.filter(mechanism="referral").values_list("title", flat=True)
    )
    Matter.objects.filter(pk=desk.referral.pk).update(title="另一件事")
    later = composing.rows(("test", "anew"), lambda: pytest.fail("It is known."))

    assert times == 1
    assert before == after
    assert "另一件事" in later
    assert "另一件事" not in before


def test_who_is_recused_since_finds_nothing_by_the_statement_that_was_kept(desk):
    viewer = desk.viewer("registrar")
    assert desk.directive.pk in seen_of_all(viewer)

    guarding.recuse(desk.directive, Person.objects.get(pk=viewer.person_id), "本人申请回避", by=viewer)

    assert desk.directive.pk not in seen_of_all(desk.viewer("registrar"))


def test_emergency_access_ends_though_its_statement_is_kept(desk):
    matter = desk.restricted(desk.referral)
    outsider = next(
        one
        for one in map(desk.viewer, ("style_one", "org_head", "case_one"))
        if matter.pk not in seen_of_all(one)
    )
    guarding.break_glass(matter.number, "承办人失联，材料今日到期必须上报", by=outsider)

    opened = seen_of_all(outsider)
    with time_machine.travel(timezone.now() + timedelta(hours=5), tick=False):
        ended = seen_of_all(outsider)

    assert opened[matter.pk] == "whole"
    assert matter.pk not in ended


def test_a_reader_with_another_office_asks_another_question(desk):
    assert access.question_of(desk.viewer("registrar")) == access.question_of(desk.viewer("registrar"))
    assert access.question_of(desk.viewer("registrar")) != access.question_of(desk.viewer("deputy"))


def test_rows_come_with_what_was_selected_and_computed_with_them(desk):
    late = Case(When(due_on__lt=timezone.localdate(), then=True), default=False)

    def make():
        return ClockRun.objects.select_related("matter__owner").annotate(late=late).order_by("pk")

    kept = composing.rows(("test", "with"), make)

    assert [one.pk for one in kept] == [one.pk for one in make()]
    assert [one.late for one in kept] == [one.late for one in make()]
    assert [str(one.matter.owner) for one in kept] == [str(one.matter.owner) for one in make()]
    assert all("owner" in one.matter._state.fields_cache for one in kept)


def test_values_come_as_django_gives_them(desk):
    def make():
        return Performance.objects.order_by("pk")

    named = composing.rows("test named", lambda: make().values_list("act", "at", "entered", named=True))
    plain = composing.rows("test plain", lambda: make().values_list("act", "at", "entered"))

    assert plain == list(make().values_list("act", "at", "entered"))
    assert [(one.act, one.at, one.entered) for one in named] == plain


@pytest.mark.parametrize("many", [0, 1, 7, 9, 600])
def test_any_number_of_keys_is_asked_and_each_row_comes_once(desk, many):
    there = list(Matter.objects.order_by("pk").values_list("pk", flat=True))
    keys = (there * 2 + [10**9 + one for one in range(many)])[-many:] if many else []

    found = composing.rows_of("test many", keys, lambda marks: Matter.objects.filter(pk__in=marks))

    assert sorted(one.pk for one in found) == sorted(set(there) & set(keys))


def test_a_page_of_rows_is_counted_and_cut(desk):
    kept = composing.Kept("test pages", lambda: Matter.objects.order_by("pk"))
    every = list(Matter.objects.order_by("pk"))

    assert kept[1:3] == every[1:3]
    assert (kept.count(), kept.counted(2)) == (len(every), 2)


def test_what_can_hold_for_nothing_is_not_asked(desk, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert composing.rows("test nothing", Matter.objects.none) == []
        assert composing.count("test nothing", lambda: Matter.objects.filter(pk__in=[])) == 0
