"""The start page of a demonstration: every sample sign-in stands there once, and a story opens its page."""

import pytest
from django.urls import path, reverse

from qingfeng.organization.sample import make_sample_office, open_for_demonstration, sample_accounts
from qingfeng.project import demo_views
from qingfeng.project.urls import urlpatterns as of_the_house

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
urlpatterns = [
    path("demo/", demo_views.sign_ins, name="demo"),
    path("demo/report/", demo_views.report, name="demo-report"),
    *of_the_house,
]


@pytest.fixture
def shown(settings, client):
    settings.DEMO = True
    make_sample_office()
    open_for_demonstration()
    return client.get("/demo/").content.decode()


def test_every_sign_in_stands_there_once_with_what_it_is_for(shown):
    roles = shown.split("is-roles", 1)[1]
    said = {one.username: roles.count(f'value="{one.username}"') for one in sample_accounts()}

    assert said == dict.fromkeys(said, 1)
    assert len(said) > 20


@pytest.mark.parametrize("story", demo_views.STORIES, ids=lambda one: one.key)
def test_a_story_opens_its_page_for_the_one_who_tells_it(shown, client, story):
    assert f'name="story" value="{story.key}"' in shown

    entered = client.post("/demo/", {"username": story.username, "story": story.key})

    assert entered.url == reverse(story.view)
    assert client.get(entered.url).status_code == 200


def test_an_unknown_story_leads_to_the_own_work_and_an_unknown_name_nowhere(shown, client):
    assert client.post("/demo/", {"username": "analyst", "story": "https://elsewhere.example/"}).url == "/"
    assert client.post("/demo/", {"username": "nobody"}).status_code == 404


def test_who_is_not_signed_in_is_shown_the_way_to_it(shown, client):
    assert 'href="/demo/"' in client.get(reverse("account_login")).content.decode()


def test_no_way_leads_to_it_where_nothing_is_demonstrated(settings, client):
    settings.DEMO = False

    assert client.get("/demo/").status_code == 404
