"""What blocks a task force, its clocks, and who may be called in (mechanisms.md M24)."""

from dataclasses import replace
from datetime import date, timedelta

import a_life
import a_story
import pytest
import time_machine
from django.utils import timezone

from qingfeng.matters import access, ticking
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter, Notice, Party
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.mechanisms.task_force import gates
from qingfeng.mechanisms.task_force.declaration import TASK_FORCE
from qingfeng.organization.models import Post
from qingfeng.organization.people import appoint, give_role
from qingfeng.organization.viewer import viewer_for
from qingfeng.screening.errors import Problem

IDS = a_life.IDS
ENDING = {"summary": "完成核对。", "accounts_checked": True, "leaks": "no"}


def entering(act, case="dissolved", **others):
    return a_life.entering("task_force", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("task_force", act, seen)


def unsigned(seen, *kept):
    """The snapshot with nobody who has signed but these."""
    ids = {IDS[one] for one in kept}
    there = tuple(one for one in seen.parties if one.role not in {"member", "lead"} or one.person in ids)
    return replace(seen, parties=there)


def test_a_force_is_not_approved_without_a_day_on_which_access_ends():
    seen = entering("approve")

    assert unmet("approve", seen) == []
    assert unmet("approve", a_life.with_fact(seen, ends_on=None)) == ["last_day_ahead"]
    assert unmet("approve", a_life.with_fact(seen, ends_on=seen.today.isoformat())) == ["last_day_ahead"]


def test_recusal_is_asked_about_and_nobody_who_speaks_for_another_body_is_called_in():
    seen = entering("call_in")

    assert unmet("call_in", seen) == []
    assert unmet("call_in", a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]
    assert unmet("call_in", a_life.with_entered(seen, not_to_be_called=[3])) == ["may_be_called"]
    assert unmet("call_in", a_life.with_entered(seen, called_already=[3])) == ["called_once"]


def test_everybody_signs_their_own_undertaking_and_signs_it_indeed():
    """监察法 Art. 18."""
    seen = entering("sign")
    line = seen.entered["people"][0]

    assert unmet("sign", seen) == []
    assert unmet("sign", a_life.with_entered(seen, people=[{**line, "undertakes": False}])) == ["undertaken"]
    other = {**line, "person": IDS["union_expert"]}
    assert unmet("sign", a_life.with_entered(seen, people=[other])) == ["own_undertaking"]


def test_the_leader_is_one_who_has_signed():
    seen = a_life.with_entered(entering("choose_lead"), lead=[IDS["style_one"]])

    assert unmet("choose_lead", seen) == []
    assert unmet("choose_lead", unsigned(seen, "finance_expert")) == ["lead_has_signed"]


def test_work_is_shared_out_among_two_at_least_who_have_signed():
    seen = entering("begin")

    assert unmet("begin", seen) == []
    assert unmet("begin", unsigned(seen, "style_one")) == ["two_signed", "task_of_a_member"]


@pytest.mark.parametrize(
    ("act", "gate"), [("hand_out", "paper_to_a_member"), ("ask_opinion", "expert_is_a_member")]
)
def test_papers_and_questions_go_to_members_only(act, gate):
    seen = entering(act)

    assert unmet(act, seen) == []
    assert unmet(act, unsigned(seen, "style_one")) == [gate]


def test_an_opinion_is_the_experts_own_and_a_task_is_its_own_persons():
    opinion, task = entering("give_opinion"), entering("finish")

    assert unmet("give_opinion", opinion) == []
    line = {**opinion.entered["opinions"][0], "expert": IDS["finance_expert"]}
    assert unmet("give_opinion", a_life.with_entered(opinion, opinions=[line])) == ["own_opinion"]
    assert unmet("finish", task) == []
    other = {**task.entered["tasks"][0], "who": IDS["union_expert"]}
    assert unmet("finish", a_life.with_entered(task, tasks=[other])) == ["own_task"]


@pytest.mark.parametrize(
    ("supplied", "timely", "held"),
    [
        ("2025-01-21", "in_time", []),
        ("2025-01-21", "late", ["timely_fits"]),
        ("2025-01-22", "late", []),
        ("2025-01-22", "in_time", ["timely_fits"]),
        (None, "none", []),
        (None, "in_time", ["timely_fits"]),
    ],
)
def test_whether_data_came_in_time_is_what_the_days_say(supplied, timely, held):
    seen = entering("settle_data")
    line = {
        **seen.entered["data_needs"][0],
        "needed_by": "2025-01-21",
        "supplied_on": supplied,
        "timely": timely,
    }

    assert unmet("settle_data", a_life.with_entered(seen, data_needs=[line])) == held


def test_a_result_that_is_shared_names_no_private_person():
    seen = entering("share")
    line = {**seen.entered["results"][0], "is_free_of_persons": False}

    assert unmet("share", seen) == []
    assert unmet("share", a_life.with_entered(seen, results=[line])) == ["names_nobody"]


@pytest.mark.parametrize(
    ("ledger", "state", "gate"),
    [
        ("papers", "out", "ledger_done:papers"),
        ("opinions", "asked", "ledger_done:opinions"),
        ("tasks", "open", "ledger_done:tasks"),
        ("data_needs", "wanted", "ledger_done:data_needs"),
    ],
)
def test_a_force_is_not_dissolved_while_papers_opinions_tasks_or_data_are_open(ledger, state, gate):
    seen = entering("dissolve")

    assert unmet("dissolve", seen) == []
    assert unmet("dissolve", a_life.with_lines(seen, ledger, (state, {}, 0))) == [gate]


@pytest.mark.parametrize(("ledger", "column", "state"), gates.OWN_THINGS)
def test_nobody_leaves_with_something_of_theirs_open_unless_a_leader_lets_them(ledger, column, state):
    seen = entering("let_go")
    held = a_life.with_lines(seen, ledger, (state, {column: IDS["union_expert"]}, 0))

    assert unmet("let_go", seen) == []
    assert unmet("let_go", held) == ["nothing_of_theirs_open"]
    assert gates.NOTHING_OF_THEIRS_OPEN.overridden_by == "deputy"


def test_what_the_field_asks_for_is_printed():
    assert {slip.term for slip in TASK_FORCE.slips()} >= {
        "专班组建通知", "抽调函", "保密承诺书", "任务分工表", "联席会议纪要", "数据需求清单", "专家意见",
    }  # fmt: skip


@pytest.mark.django_db
def test_nobody_reads_anything_before_they_have_signed(office):
    """抽调 → 保密承诺书: a quiet part that shows the own line, and the force only afterwards."""
    force = a_story.played(office, "task_force", "dissolved", steps=5)
    expert = office.people[PEOPLE["finance_expert"]]
    own = office.people[PEOPLE["social_expert"]]
    on = force.opened_on + timedelta(days=5)
    with time_machine.travel(a_story.scene(office).at(5), tick=False):
        viewer = viewer_for(expert, on)
        quiet = access.view_of(viewer, force), access.read_whole_q(viewer)
        whole = Matter.objects.filter(quiet[1], pk=force.pk).exists()
        among = access.seen_among(viewer, [force.pk])
        refused = perform("note_problem", force, by=viewer, lines={"problems": [{}]})

    force = a_story.sampling.go_on(
        force, a_story.sampling.cases("task_force")["dissolved"]["steps"][5:6], a_story.scene(office)
    )
    with time_machine.travel(a_story.scene(office).at(6), tick=False):
        after = access.view_of(viewer_for(expert), Matter.objects.get(pk=force.pk))
        waiting = access.view_of(viewer_for(own), Matter.objects.get(pk=force.pk))

    assert (quiet[0], whole, among) == ("part", False, {force.pk: "part"})
    assert isinstance(refused, Refusal)
    assert (after, waiting) == ("whole", "part")


@pytest.mark.django_db
def test_the_day_comes_and_the_house_ends_all_access_though_nobody_dissolved_it(office):
    """Reminded before, cut off on the day itself, in the first round of that day."""
    force = a_story.played(office, "task_force", "dissolved", steps=14)
    ends = date.fromisoformat(force.facts["ends_on"])
    run = force.clocks.get(key="end")
    expert = office.people[PEOPLE["finance_expert"]]
    with time_machine.travel(a_story.scene(office).at(61), tick=False):
        ticking.tick()
        before = access.view_of(viewer_for(expert), Matter.objects.get(pk=force.pk))
        reminded = Notice.objects.filter(kind="yellow", facts__clock="end").exists()
    with time_machine.travel(a_story.scene(office).at(62), tick=False):
        held_by_post = viewer_for(expert).roles
        ticking.tick()
        after = access.view_of(viewer_for(expert), Matter.objects.get(pk=force.pk))
        again = ticking.tick()

    force.refresh_from_db()
    assert (run.due_on, run.started_on) == (ends, force.opened_on + timedelta(days=2))
    assert (before, reminded, held_by_post, after, again) == ("whole", True, {}, "", 0)
    assert force.stage == "cut_off"
    assert force.clocks.get(key="dissolve").state == "running"
    assert not Party.objects.filter(matter=force, role__in=("lead", "member"), until_at=None).exists()


@pytest.mark.django_db
def test_a_force_that_goes_on_keeps_its_people_and_ends_on_the_later_day(office):
    force = a_story.played(office, "task_force", "dissolved", steps=14)
    expert = office.people[PEOPLE["finance_expert"]]
    later = force.opened_on + timedelta(days=90)
    with time_machine.travel(a_story.scene(office).at(40), tick=False):
        deputy = viewer_for(office.people[PEOPLE["deputy"]])
        done = perform(
            "prolong", force, by=deputy, facts={"ends_on": later.isoformat()}, reason="任务未完成。"
        )
    with time_machine.travel(a_story.scene(office).at(89), tick=False):
        ticking.tick()
        roles = set(viewer_for(expert).roles)
    with time_machine.travel(a_story.scene(office).at(90), tick=False):
        ticking.tick()
        after = access.view_of(viewer_for(expert), Matter.objects.get(pk=force.pk))

    assert isinstance(done, Done)
    assert (roles, after) == ({"seconded"}, "")
    assert [one.due_on for one in force.clocks.filter(key="end").order_by("pk")][-1] == later


@pytest.mark.django_db
def test_whoever_speaks_for_a_body_outside_is_not_lent_and_who_is_lent_speaks_for_none(office):
    force = a_story.played(office, "task_force", "dissolved", steps=4)
    contact = office.people[PEOPLE["audit_contact"]]
    line = {
        "person": contact.pk, "from_department": office.units["区审计局"].pk, "specialty": "审计",
        "sign_by": (force.opened_on + timedelta(days=8)).isoformat(),
    }  # fmt: skip
    with time_machine.travel(a_story.scene(office).at(5), tick=False):
        keeper = viewer_for(office.people[PEOPLE["style_two"]])
        refused = perform(
            "call_in", force, by=keeper, facts={"recusal_checked": True}, lines={"people": [line]}
        )
    lent = Post.objects.filter(roles__role="seconded").first()

    assert isinstance(refused, Refusal)
    assert refused.gates == ("may_be_called",)
    with pytest.raises(Problem):
        give_role(lent, "unit_contact", from_on=timezone.localdate(), by=None)


@pytest.mark.django_db
def test_who_is_lent_reaches_neither_a_rooms_matters_nor_ordinary_ones(office):
    someone = office.people[PEOPLE["social_expert"]]
    today = timezone.localdate()
    appoint(someone, office.units["党风室"], title="抽调人员", roles=["seconded"], from_on=today, by=None)
    matter = a_story.in_stage(office, "directive", "received")
    Matter.objects.filter(pk=matter.pk).update(confidentiality="ordinary", owner=office.units["党风室"])
    lent = viewer_for(someone)

    assert not access.visible(lent).exists()
    assert access.view_of(lent, Matter.objects.get(pk=matter.pk)) == ""


@pytest.mark.django_db
def test_what_a_campaign_gives_its_force_is_taken_back_with_the_force(office):
    """A campaign forms the force, its members sign, it takes them in, they are let go: nothing is left."""
    scene = a_story.scene(office)
    campaign, _step, on = a_story.before(office, "campaign", "closed", "set_team")
    head = viewer_for(office.people[PEOPLE["style_head"]])
    with time_machine.travel(replace(scene, base=on).at(0), tick=False):
        perform("staff", campaign, by=head)
    force = campaign.links_out.get(kind="staffed_by").target
    began_with = list(force.parties.filter(role__in=("lead", "member")))
    first = replace(scene, base=force.opened_on)
    steps = a_story.sampling.cases("task_force")["dissolved"]["steps"]
    force = a_story.sampling.go_on(force, steps[:10], first)
    expert, lead = office.people[PEOPLE["finance_expert"]], office.people[PEOPLE["style_one"]]
    with time_machine.travel(first.at(8), tick=False):
        taken = perform("take_in", campaign, by=head)
        before = access.view_of(viewer_for(expert), Matter.objects.get(pk=campaign.pk))
    force = a_story.sampling.go_on(
        force, [{"day": 9, "by": "style_head", "act": "dissolve", "facts": ENDING}], first
    )
    with time_machine.travel(first.at(9), tick=False):
        after = access.view_of(viewer_for(expert), Matter.objects.get(pk=campaign.pk))
        left = Party.objects.filter(matter__in=(campaign, force), person__in=(expert, lead), until_at=None)

    assert began_with == []
    assert isinstance(taken, Done), taken
    assert (before, after) == ("whole", "")
    assert not left.filter(role="member").exists()
