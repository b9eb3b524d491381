"""Years in post: counted in full years, seen by who leads them, marked by the district's figures."""

from datetime import date, timedelta

import pytest
from a_desk import text_of
from django.utils import timezone

from qingfeng.desk.team.posts import CONSIDER, MUST, chart_of, full_years, held_by_ours
from qingfeng.matters.counting import months_after
from qingfeng.mechanisms.exchange import joining
from qingfeng.organization.district_settings import set_setting
from qingfeng.organization.models import Post, Unit


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        (date(2021, 3, 1), date(2026, 2, 28), 4),
        (date(2021, 3, 1), date(2026, 3, 1), 5),
        (date(2020, 2, 29), date(2026, 2, 28), 5),
        (date(2020, 2, 29), date(2026, 3, 1), 6),
    ],
)
def test_a_year_is_full_on_its_anniversary(since, on, years):
    assert full_years(since, on) == years


@pytest.mark.django_db
def test_a_head_sees_the_own_room_and_the_organisation_department_everybody(desk):
    own = {one.post.unit.short_name for one in held_by_ours(desk.viewer("style_head"))}
    led = {one.post.unit.short_name for one in held_by_ours(desk.viewer("deputy"))}
    every = {one.post.unit.short_name for one in held_by_ours(desk.viewer("org_head"))}

    assert own == {"党风室"}
    assert led == {"党风室", "案管室", "区委巡察办"}
    assert every > led
    assert every == {one.post.unit.short_name for one in held_by_ours(desk.viewer("principal"))}
    kinds = Unit.objects.filter(short_name__in=every).values_list("kind", flat=True)
    assert "supervised" not in kinds


@pytest.mark.django_db
def test_posts_are_marked_by_the_districts_own_years_and_the_chart_says_how_many(desk):
    today = timezone.localdate()
    post = Post.objects.held_on(today).get(person=desk.person("style_one"), is_main=True)
    post.from_on = months_after(today, -6 * 12) - timedelta(days=1)
    post.save()
    mine = next(one for one in held_by_ours(desk.viewer("style_head")) if one.post == post)

    set_setting(MUST, 6, by=None, reason="区里规定")
    stricter = next(one for one in held_by_ours(desk.viewer("style_head")) if one.post == post)
    set_setting(CONSIDER, 7, by=None, reason="区里规定")
    set_setting(MUST, 9, by=None, reason="区里规定")
    rows = held_by_ours(desk.viewer("style_head"))

    assert (mine.years, mine.state, stricter.state) == (6, "consider", "must")
    assert {one.state for one in rows} == {""}
    assert sum(chart_of(rows).series[0].values) == len(rows)


@pytest.mark.django_db
def test_the_study_of_an_exchange_reads_the_same_full_years_as_the_page(desk):
    exchange = desk.played("exchange", "dropped", steps=0, ago=1)
    post = Post.objects.held_on(timezone.localdate()).get(person=desk.person("style_two"), is_main=True)
    post.from_on = months_after(timezone.localdate(), -12)
    post.save()
    shown = next(one for one in held_by_ours(desk.viewer("style_head")) if one.post == post)

    assert joining.study(exchange, None).facts["years_in_post"] == shown.years == 1


@pytest.mark.django_db
def test_the_page_is_there_for_who_leads_people_and_for_nobody_else(desk):
    page = desk.browser("org_head").get("/exchanges/posts/")
    handler = desk.browser("handler").get("/exchanges/posts/")

    assert desk.person("style_one").name in text_of(page)
    assert handler.status_code == 404
