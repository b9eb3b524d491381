"""What the public reads of petitions: when leaders receive, and the year without a person in it."""

import re
from datetime import timedelta

import a_story
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from qingfeng.desk.petitions import yearly
from qingfeng.journal.models import JournalEntry
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.organization.viewer import viewer_for


def text_of(answer):
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def viewer(office, key):
    return viewer_for(office.people[PEOPLE[key]])


def test_the_roster_shows_what_was_published_of_the_month_and_no_name_of_anybody(office):
    base = timezone.localdate().replace(day=1)
    planned = a_story.played(office, "reception", "closed", steps=0, base=base)
    address = f"/meetings-of-leaders/?month={base:%Y-%m}"

    hidden = text_of(Client().get(address))
    published = a_story.played(office, "reception", "closed", steps=1, base=base)
    page = text_of(Client().get(address))

    assert planned.facts["meeting_place"] not in hidden
    for key in ("meeting_place", "leader_post", "planned_at", "themes"):
        assert published.facts[key] in page, key
    assert office.people[PEOPLE["deputy"]].name not in page


@pytest.mark.parametrize("month", ["", "2026-13", "x", "9999-01", "0000-01"])
def test_a_month_that_means_nothing_shows_this_one(db, month):
    page = Client().get("/meetings-of-leaders/", {"month": month})

    assert page.status_code == 200
    assert page.context["first"] == timezone.localdate().replace(day=1)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"a": 9, "b": 7, "c": 6}, {"a": 9, "b": 7, "c": 6}),
        ({"a": 9, "b": 7, "c": 2}, {"a": 9, "b": None, "c": None}),
        ({"a": 9, "b": 4, "c": 2}, {"a": 9, "b": None, "c": None}),
        ({"a": 3}, {"a": None}),
        ({"a": 9, "b": 0}, {"a": 9, "b": 0}),
    ],
)
def test_a_small_number_is_hidden_and_never_one_alone(cells, told):
    assert yearly.hidden(cells) == told


def test_the_year_is_published_and_read_by_anybody_without_a_person_in_it(office):
    """监察法 Art. 60-62."""
    matter = a_story.played(office, "petition", "closed", base=timezone.localdate() - timedelta(days=130))
    year = matter.opened_on.year
    before = text_of(Client().get("/petitions-of-the-year/"))

    yearly.publish(viewer(office, "principal"), year)
    page = text_of(Client().get(f"/petitions-of-the-year/{year}/"))
    entry = JournalEntry.objects.get(kind=yearly.PUBLISHED)

    assert "尚未公开" in before
    assert f"{year}年信访工作" in page
    assert entry.log == "public"
    assert entry.said["facts"]["content"]["wholes"]["received"] is None  # one petition: fewer than five
    said = bytes(entry.body).decode() + page
    for text in (
        matter.title,
        *(matter.facts[key] for key in ("petitioner", "contact", "summary", "demand")),
    ):
        assert text not in said, text


def test_a_year_that_was_not_published_is_not_there(db):
    assert Client().get("/petitions-of-the-year/2001/").status_code == 404
    assert Client().get("/petitions-of-the-year/2001/proof/").status_code == 404


@pytest.mark.parametrize(("who", "may"), [("principal", True), ("deputy", True), ("petition_head", False)])
def test_the_year_is_published_by_who_leads_the_commission(office, who, may):
    assert yearly.may_publish(viewer(office, who)) is may
