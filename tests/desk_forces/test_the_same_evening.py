"""A task force is dissolved, and the same evening its members see nothing, by no way (M24)."""

import a_force
import pytest
from django.utils import timezone

from qingfeng.desk.packs.models import Pack
from qingfeng.journal.models import JournalEntry
from qingfeng.matters.models import BreakGlass, Matter, Party
from qingfeng.organization.models import PostRole, StandIn
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", a_force.WAYS)
def test_who_was_lent_sees_it_by_day_and_nothing_in_the_evening(story, db, way):
    if way != "feed":  # they owe nothing of it that a calendar would show
        assert story.before["finance_expert"][way]

    assert not story.after["finance_expert"][way]


@pytest.mark.parametrize("way", [one for one in a_force.WAYS if one != "of the verification"])
def test_own_staff_see_no_more_of_the_force(story, db, way):
    if way != "large export":  # that export was another person's
        assert story.before["style_one"][way]

    assert not story.after["style_one"][way]


def test_own_staff_keep_what_their_own_room_gives_them_and_their_part_on_it_ends(story, db):
    parts = Party.objects.filter(matter=story.doubt, person=story.desk.person("style_one"), until_at=None)

    assert story.after["style_one"]["of the verification"]
    assert not parts.exists()


@pytest.mark.parametrize("way", a_force.WAYS)
def test_who_left_early_saw_nothing_from_that_day_on(story, db, way):
    assert not story.before["union_expert"][way]


def test_the_session_of_who_was_lent_ends_and_own_staff_go_on(story, db):
    assert story.session_before == 200
    assert story.browser.get("/").status_code == 302
    assert story.own_browser.get("/").status_code == 200


def test_no_post_made_for_the_force_holds_that_evening(story, db):
    held = PostRole.objects.held_on(timezone.localdate()).filter(role="seconded")

    assert not held.filter(post__title__contains=story.force.number).exists()
    assert viewer_for(story.desk.person("finance_expert")).roles == {}


def test_a_pack_that_is_out_is_recalled_and_can_be_brought_in_no_more(story, db):
    pack = Pack.objects.get(pk=story.pack.pk)

    assert (pack.state, bytes(pack.contents)) == ("recalled", b"")
    assert JournalEntry.objects.filter(kind="packs.recalled", subject=f"pack/{pack.code}").exists()


def test_standing_in_and_emergency_access_end_with_it(story, db):
    expert, now = story.desk.person("finance_expert"), timezone.now()

    assert not StandIn.objects.held_on(timezone.localdate()).filter(stand_in=expert).exists()
    assert not BreakGlass.objects.filter(person=expert, expires_at__gt=now).exists()


def test_a_file_that_was_asked_for_is_withheld_and_removed(story, db):
    story.asked.refresh_from_db()

    assert (story.asked.problem, story.asked.file) == ("rights", "")


def test_every_matter_says_that_a_part_has_ended_and_the_journal_says_whose(story, db):
    doubt = Matter.objects.get(pk=story.doubt.pk)
    left = doubt.story.filter(act="kernel.leave")
    ended = JournalEntry.objects.filter(kind="matter.parts_ended", subject__startswith="task_force/")

    assert {one.entered["person"] for one in left} == {story.desk.person(who).pk for who in story.MEMBERS}
    assert ended.count() == 3  # two that evening, one who left before


def test_the_head_reads_on_and_the_force_is_closed(story, db):
    assert story.force.stage == "dissolved"
    assert a_force.access.view_of(story.desk.viewer("style_head"), story.force) == "whole"


def test_the_page_says_what_each_reaches_and_in_the_evening_nothing(story, db):
    reached, nothing = ([story.doubt.number], True), ([], False)

    assert story.people_before == {"闻笛": reached, "罗一诺": reached, "百里溪": nothing, "公羊墨": nothing}
    assert story.people_after == dict.fromkeys(story.people_before, nothing)


def test_the_panel_stands_on_the_page_of_the_force(story, db):
    page = story.desk.browser("style_head").get(f"/task-forces/{story.force.slug}/").content.decode()

    assert "成员和查阅范围" in page
    assert "闻笛" in page
