"""Theme, size of text and language: plain forms, kept by account or browser, leading back home only."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(settings):
    settings.DEMO = True
    return Client()


def test_a_theme_is_kept_by_the_browser_of_somebody_not_signed_in(visitor):
    sent = visitor.post("/look/theme/", {"theme": "dark", "next": "/look/gallery/"})
    page = visitor.get("/look/gallery/")

    assert (sent.status_code, sent["Location"]) == (302, "/look/gallery/")
    assert 'data-theme="dark"' in page.content.decode()


def test_a_size_is_kept_by_the_browser_of_somebody_not_signed_in(visitor):
    visitor.post("/look/size/", {"size": "150", "next": "/look/gallery/"})

    assert 'data-size="150"' in visitor.get("/look/gallery/").content.decode()


def test_the_language_is_kept_by_the_browser_of_somebody_not_signed_in(visitor):
    visitor.post("/look/language/", {"language": "en", "next": "/look/gallery/"})

    page = visitor.get("/look/gallery/").content.decode()
    assert '<html lang="en"' in page
    assert "Skip to the content" in page


def test_a_page_is_chinese_unless_somebody_chose_english(visitor):
    page = visitor.get("/look/gallery/").content.decode()

    assert '<html lang="zh-Hans"' in page
    assert "跳到正文" in page


def test_choices_go_with_the_account_to_another_machine(settings):
    settings.DEMO = True
    account = get_user_model().objects.create_user(username="zhouwenqian")
    here, there = Client(), Client()
    for client in (here, there):
        client.force_login(account)

    here.post("/look/theme/", {"theme": "dark"})
    here.post("/look/size/", {"size": "125"})
    here.post("/look/language/", {"language": "en"})
    page = there.get("/look/gallery/").content.decode()

    assert 'data-theme="dark"' in page
    assert 'data-size="125"' in page
    assert '<html lang="en"' in page


@pytest.mark.parametrize(("switch", "value"), [("theme", "pink"), ("size", "900"), ("language", "tlh")])
def test_what_is_no_choice_changes_nothing(visitor, switch, value):
    sent = visitor.post(f"/look/{switch}/", {switch: value, "next": "/"})

    page = visitor.get("/look/gallery/").content.decode()
    assert sent.status_code == 302
    assert 'data-theme="auto" data-size="100"' in page
    assert '<html lang="zh-Hans"' in page


@pytest.mark.parametrize("switch", ["theme", "size", "language"])
@pytest.mark.parametrize("wanted", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_a_switch_leads_to_no_other_house(visitor, switch, wanted):
    sent = visitor.post(f"/look/{switch}/", {switch: "dark", "next": wanted})

    assert sent["Location"] == "/"


@pytest.mark.parametrize("switch", ["theme", "size", "language"])
def test_a_link_cannot_switch_anything(visitor, switch):
    assert visitor.get(f"/look/{switch}/").status_code == 405


def test_a_switch_asks_for_its_token():
    stranger = Client(enforce_csrf_checks=True)

    assert stranger.post("/look/theme/", {"theme": "dark"}).status_code == 403


def test_a_broken_cookie_is_taken_for_the_default(visitor):
    visitor.cookies["qingfeng_theme"] = '"><script>'

    page = visitor.get("/look/gallery/").content.decode()

    assert 'data-theme="auto"' in page
    assert "<script>alert" not in page


def test_the_gallery_exists_only_in_a_demonstration(settings):
    settings.DEMO = False

    assert Client().get("/look/gallery/").status_code == 404
