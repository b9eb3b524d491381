"""A campaign through the door: from its topic to its end, what the house finds out, and who sees what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import a_story
import pytest
import time_machine
from django.db import transaction

from qingfeng.desk.seen import seen_of
from qingfeng.matters import access
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter, Performance
from qingfeng.organization.viewer import viewer_for

STORY = a_story.sampling.cases("campaign")["closed"]["steps"]


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker):
    """The office and a campaign after its whole story; played once."""
    from an_office_kept import sample_office

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True
        with block:
            office = sample_office()
            yield office, a_story.played(office, "campaign", "closed")
            transaction.set_rollback(True)


@pytest.fixture
def ended(lived, db):
    """The campaign at its end."""
    return Matter.objects.get(pk=lived[1].pk)


@pytest.fixture
def looking(lived, db):
    """Gives somebody of the cast, as they look on the last day of the story."""
    where = a_story.scene(lived[0])
    return lambda key: viewer_for(where.person(key))


def linked(matter, kind):
    return [line.target for line in matter.links_out.filter(kind=kind, until_at=None).order_by("pk")]


def test_a_campaign_goes_from_its_topic_to_its_end(ended):
    assert (ended.stage, ended.is_open) == ("closed", False)
    assert [one.stage for one in linked(ended, "assessed_by")] == ["stands"]
    assert [one.stage for one in linked(ended, "asks_for")] == ["deleted"]
    assert [one.stage for one in linked(ended, "rolls_out")] == ["closed"]


def test_every_document_of_the_text_is_printed(ended):
    check = linked(ended, "rolls_out")[0]
    printed = {line.key for line in ended.slips.all()} | {line.key for line in check.slips.all()}

    assert printed == {
        "plan", "pilot", "problems", "pilots_told", "doubts", "tasks", "circular", "summary", "systems",
        "look_back", "deletion", "struck", "notice", "form", "spot", "ended",
    }  # fmt: skip


def test_what_the_request_for_data_needs_goes_along(ended):
    """The purpose of a campaign is that of its data; its last day is no later."""
    request = linked(ended, "asks_for")[0]

    assert request.facts["purpose"]
    assert request.parties.filter(role="holder").exists()


def test_the_data_goes_thirty_days_after_the_summary(ended):
    """个人信息保护法 Art. 19; a worked example."""
    clock = ended.clocks.get(key="data_gone")
    summed = a_story.NEW_YEAR_2025 + timedelta(days=110)

    assert clock.started_on == summed
    assert clock.due_on == summed + timedelta(days=30) == date(2025, 5, 26)
    assert ended.facts["data_until"] == "2025-05-26"
    assert clock.stopped_on == a_story.NEW_YEAR_2025 + timedelta(days=120)


def test_the_proof_of_deletion_names_request_file_hash_and_record(ended):
    proof = ended.lines.get(ledger="deletions").facts

    assert proof["deleted_request"] == linked(ended, "asks_for")[0].number
    assert proof["deleted_sha256"]
    assert proof["deleted_record"]


def test_numbers_that_were_said_stand_beside_those_that_are_counted(ended):
    said = {
        (line.facts["where_said"], line.facts["figure"]): line.facts
        for line in ended.lines.filter(ledger="published")
    }

    own = said["summary", "self_recovered"]
    assert (own["number_said"], own["number_counted"], own["differs"]) == ("320.00", "320.00", False)
    assert not [line for line in said.values() if line["differs"]]
    assert ("circular", "self_units") in said
    assert ("circular", "hits") not in said


def test_what_units_report_themselves_is_counted_apart(ended):
    count = ended.lines.filter(ledger="counts").order_by("-no").first().facts

    assert (count["self_units"], count["self_problems"], count["self_recovered"]) == (1, 1, "320.00")
    assert (count["units_found"], count["true"], count["recovered"]) == (0, 0, "0.00")


def test_the_day_of_an_admission_is_the_house_s_and_it_came_before_any_question(ended):
    """政务处分法 Art. 11."""
    line = linked(ended, "rolls_out")[0].lines.get(ledger="admissions")
    act = Performance.objects.get(matter=line.matter_id, act="admit")

    assert line.facts["admitted_on"] == act.at.date().isoformat()
    assert line.facts["own_accord"] == "yes"


def test_the_unit_sees_its_own_self_check_and_nothing_of_the_campaign(ended, looking):
    contact, check = looking("education_contact"), linked(ended, "rolls_out")[0]
    seen = seen_of(contact, check)

    assert access.view_of(contact, ended) == ""
    assert seen.view == "part"
    assert {line.ledger for line in seen.lines} == {"admissions"}
    assert {line.key for line in seen.slips} == {"notice", "form", "ended"}


def test_a_pilot_knows_only_what_it_was_told(ended, looking):
    seen = seen_of(looking("housing_contact"), ended)

    assert seen.view == "part"
    assert {line.key for line in seen.slips} == {"pilots_told"}
    assert seen.lines == []


def test_whoever_worked_on_it_does_not_strike_it_off(ended):
    last = ended.story.get(act="close")

    assert last.as_role == "deputy"


# --- what the house finds out at an act ---------------------------------------------------------


def standing_before(office, act, **changed):
    """A campaign just before an act, with some steps left out or changed."""
    place = next(no for no, one in enumerate(STORY) if one["act"] == act)
    kept = [one for one in STORY[:place] if changed.get(one["act"], {}) is not None]
    matter = a_story.played(office, "campaign", "closed", steps=0)
    return go(office, matter, *({**one, **changed.get(one["act"], {})} for one in kept))


def go(office, matter, *steps):
    return a_story.sampling.go_on(matter, steps, a_story.scene(office))


def test_the_net_is_not_closed_before_data_has_come_and_rules_are_tested(lived, looking, db):
    matter = standing_before(lived[0], "sweep", test_rule=None, ask_data={"then": "nothing"})

    with time_machine.travel(datetime(2025, 2, 20, 9, tzinfo=UTC), tick=False):
        answer = perform("sweep", matter, by=looking("style_head"))

    assert answer.gates == ("rules_tested", "custody")


def test_members_of_the_force_are_taken_in_and_gone_on_the_day_it_is_dissolved(lived, looking, db):
    """M24: access is removed the same day."""
    office, forces = lived[0], a_story.sampling.cases("task_force")["dissolved"]["steps"]
    by_head = {"by": "style_head"}
    changed = {"set_team": None, "dive": {**by_head, "second": "analyst"}, "list_problem": by_head,
               "strike_problem": by_head}  # fmt: skip
    matter = standing_before(office, "lock", **changed)
    matter = go(office, matter, {"day": 15, "by": "style_head", "act": "staff"})
    force = linked(matter, "staffed_by")[0]
    formed = next(no for no, one in enumerate(forces) if one["act"] == "begin")
    later = replace(a_story.scene(office), base=a_story.NEW_YEAR_2025 + timedelta(days=15))
    force = a_story.sampling.go_on(force, forces[:formed], later)

    matter = go(office, matter, {"day": 26, "by": "style_head", "act": "take_in"})
    named = set(matter.parties.filter(role="member", until_at=None).values_list("person__number", flat=True))
    a_story.sampling.go_on(force, [{**forces[-1], "day": 20}], later)

    assert len(named) == 3
    assert not matter.parties.filter(role="member", until_at=None).exists()


def test_a_circular_that_names_a_unit_or_somebody_is_refused_and_its_numbers_are_held_to_the_count(
    lived, looking, db
):
    matter = standing_before(lived[0], "circulate")
    step = next(one for one in STORY if one["act"] == "circulate")
    head = looking("style_head")

    with time_machine.travel(datetime(2025, 4, 20, 9, tzinfo=UTC), tick=False):
        named = perform(
            "circulate", matter, by=head, facts={**step["facts"], "circular_text": "区教育局登记补填。"}
        )
        other = perform("circulate", matter, by=head, facts={**step["facts"], "said_self_problems": 3})

    assert named.gates == ("anonymous",)
    assert other.gates == ("differences_explained",)


def test_the_text_for_the_units_does_not_name_the_rule(lived, looking, db):
    matter = standing_before(lived[0], "send_self_checks")
    facts = {"self_topics": "自查单次加油超油箱容积的情况。", "self_by": "2025-05-01"}

    with time_machine.travel(datetime(2025, 3, 20, 9, tzinfo=UTC), tick=False):
        answer = perform("send_self_checks", matter, by=looking("style_head"), facts=facts)

    assert answer.gates == ("no_rule_told",)


def test_a_data_set_that_another_purpose_keeps_is_named_and_then_it_is_struck_off(lived, looking, db):
    matter = standing_before(lived[0], "prove_deletion", sum_up={"also": {}})
    kept = {
        "kept_request": linked(matter, "asks_for")[0].number,
        "kept_purpose": "公车监督规则的按月筛查，另经审批。",
        "kept_law": "监察法第十八条",
        "kept_until": "2025-12-31",
    }
    with time_machine.travel(datetime(2025, 5, 6, 9, tzinfo=UTC), tick=False):
        refused = perform("prove_deletion", matter, by=looking("analyst"))
        strange = perform(
            "keep_on",
            matter,
            by=looking("deputy"),
            facts={**kept, "kept_request": "调〔2025〕99号"},
            reason="按月筛查",
        )
        perform("keep_on", matter, by=looking("deputy"), facts=kept, reason="按月筛查")
        proved = perform("prove_deletion", matter, by=looking("analyst"))

    assert refused.gates == ("data_gone",)
    assert strange.gates == ("request_linked",)
    assert isinstance(proved, Done)
    assert matter.clocks.get(key="data_gone").state == "stopped"


def test_a_unit_is_asked_to_check_itself_once(lived, looking, db):
    matter = standing_before(lived[0], "enter_system")
    facts = {"self_topics": "自查加油登记。", "self_by": "2025-05-01"}

    with time_machine.travel(datetime(2025, 3, 28, 9, tzinfo=UTC), tick=False):
        answer = perform("send_self_checks", matter, by=looking("style_head"), facts=facts)

    assert answer.gates == ("units_to_ask",)
