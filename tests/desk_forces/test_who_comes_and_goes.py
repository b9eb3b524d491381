"""Who is called into a force and who leaves it: what the one page and the many lists say, and what stays."""

from datetime import timedelta

import a_desk
import a_force
import pytest
import time_machine
from an_office_kept import sample_office
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qingfeng.desk import offers
from qingfeng.desk.forces import panel
from qingfeng.desk.searching_persons import may_seek
from qingfeng.documents import attachments
from qingfeng.matters import access
from qingfeng.matters.answers import Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.matters.sheets import Paper
from qingfeng.matters.ticking import tick
from qingfeng.mechanisms.task_force.reaching import STEPS
from qingfeng.organization.models import StandIn

pytestmark = pytest.mark.django_db
UNTIL_CALLED = 4  # steps of a story until people are called in


@pytest.fixture
def desk():
    """The sample office at its browsers."""
    return a_desk.Desk(sample_office())


def formed(desk):
    """A force into which people are to be called."""
    return desk.played("task_force", "dissolved", steps=UNTIL_CALLED, ago=5)


def line(desk, who):
    """A line that calls somebody in."""
    return {
        "person": desk.person(who).pk,
        "from_department": desk.office.units["区财政局"].pk,
        "specialty": "预算执行",
        "sign_by": (timezone.localdate() + timedelta(days=3)).isoformat(),
    }


def called_in(desk, force, *lines):
    """What the house answers to who calls somebody in."""
    return perform(
        "call_in",
        force,
        by=desk.viewer("style_two"),
        facts={"recusal_checked": True},
        lines={"people": list(lines)},
    )


def says(viewer, force):
    """How much of a force somebody sees: by its page, by a list, by the condition of exports and counts."""
    whole = Matter.objects.filter(access.whole_q(viewer), pk=force.pk).exists()
    return access.view_of(viewer, force), access.seen_among(viewer, [force.pk]).get(force.pk, ""), whole


@pytest.mark.parametrize("who", ["finance_expert", "case_head", "case_one", "org_head"])
def test_who_was_called_and_has_not_signed_sees_their_own_part_by_every_way(desk, who):
    force = formed(desk)
    called_in(desk, force, line(desk, who))

    assert says(desk.viewer(who), force) == ("part", "part", False)


def test_who_stands_in_for_somebody_called_sees_no_more_than_they(desk):
    force = formed(desk)
    called_in(desk, force, line(desk, "case_one"))
    today = timezone.localdate()
    StandIn.objects.create(
        principal=desk.person("case_one"), stand_in=desk.person("case_two"), kinds=["task_force"],
        reason="外出", from_on=today, until_on=today, approved_by=desk.person("case_head"),
    )  # fmt: skip

    assert says(desk.viewer("case_two"), force) == ("card", "card", False)


def test_nobody_is_called_twice_on_one_sheet(desk):
    force = formed(desk)

    answer = called_in(desk, force, line(desk, "finance_expert"), line(desk, "finance_expert"))

    assert isinstance(answer, Refusal), answer
    assert answer.gates == ("called_once",)


@pytest.mark.parametrize("text", ["²", "9" * 40, "x", ""])
def test_a_person_that_is_none_is_refused_at_the_form(desk, text):
    force = formed(desk)

    answer = called_in(desk, force, {**line(desk, "finance_expert"), "person": text})

    assert isinstance(answer, Refusal), answer


def standing_in(desk, first, last):
    """Somebody lent stands in for a colleague, from a day to a day."""
    return StandIn.objects.create(
        principal=desk.person("style_two"), stand_in=desk.person("finance_expert"), kinds=["directive"],
        reason="外出", from_on=first, until_on=last, approved_by=desk.person("style_one"),
    )  # fmt: skip


def test_standing_in_that_was_to_begin_later_never_begins(desk):
    today = timezone.localdate()
    force, _doubt = a_force.at_work(desk)
    standing_in(desk, today, today + timedelta(days=3))
    standing_in(desk, today + timedelta(days=2), today + timedelta(days=9))

    a_force.dissolved(desk, force)

    assert not StandIn.objects.filter(stand_in=desk.person("finance_expert"), until_on__gte=today).exists()


def test_standing_in_ends_too_where_the_last_day_came_by_itself(desk):
    force, _doubt = a_force.at_work(desk)
    ends_on = timezone.localdate().fromisoformat(force.facts["ends_on"])
    standing_in(desk, ends_on - timedelta(days=4), ends_on + timedelta(days=9))

    with time_machine.travel(f"{ends_on}T01:00:00+08:00", tick=False):
        tick()
        force.refresh_from_db()
        held = StandIn.objects.held_on(ends_on).filter(stand_in=desk.person("finance_expert"))

        assert force.stage == "cut_off"
        assert not held.exists()


def test_a_force_that_goes_on_lets_its_people_stand_in_on(desk):
    force, _doubt = a_force.at_work(desk)
    today = timezone.localdate()
    row = standing_in(desk, today - timedelta(days=1), today + timedelta(days=3))
    later = (today + timedelta(days=90)).isoformat()

    perform("prolong", force, by=desk.viewer("deputy"), facts={"ends_on": later}, reason="任务未完")

    force.refresh_from_db()
    row.refresh_from_db()
    assert force.facts["ends_on"] == later
    assert row.until_on == today + timedelta(days=3)
    assert "seconded" in desk.viewer("finance_expert").roles


def test_who_is_lent_enters_no_sheet_that_another_signed_and_seeks_nobody_by_name(desk):
    force, _doubt = a_force.at_work(desk)
    lent, own = desk.viewer("finance_expert"), desk.viewer("style_one")
    later = (timezone.localdate() + timedelta(days=90)).isoformat()
    account = desk.account("finance_expert")
    scan = attachments.keep(a_desk.PAPER, "审批.pdf", by=account).pk

    answer = perform(
        "prolong", force, by=lent, facts={"ends_on": later}, reason="任务未完", files={"paper": [scan]},
        paper=Paper(desk.person("deputy").pk, timezone.localdate()),
    )  # fmt: skip

    assert access.view_of(lent, force) == "whole"
    assert isinstance(answer, Refusal), answer
    assert answer.why == "role"
    assert (offers.paper_acts(lent, force, []), may_seek(lent), may_seek(own)) == ([], False, True)
    assert [one.key for one in offers.paper_acts(own, force, [])] == ["prolong"]


def test_the_panel_asks_once_for_all_its_people(desk):
    force, _doubt = a_force.at_work(desk)
    viewer = desk.viewer("style_head")
    panel.members(viewer, force)

    with CaptureQueriesContext(connection) as asked:
        assert len(panel.members(viewer, force)) == 4

    parts = [one["sql"] for one in asked if 'FROM "matters_matterlink"' in one["sql"]]
    assert len(parts) <= 1 + 2 * STEPS
