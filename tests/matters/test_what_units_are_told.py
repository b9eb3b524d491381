"""A unit learns of a matter by the act that tells it, not before; columns of an act, months, sums."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from qingfeng.desk import seen as seeing
from qingfeng.matters import access, statistics, takeover_writing
from qingfeng.matters.models import Matter, Notice, TakeoverBatch
from qingfeng.matters.registry import mechanism
from qingfeng.matters.takeover_sheet import Row
from qingfeng.mechanisms import sampling
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db
CONTACT = "education_contact"
BEFORE_IT_IS_ASKED = 7  # steps of the story
BASE = date(2025, 1, 6)


@pytest.fixture
def told(office):
    """Plays the story of a verification to a step, and gives matter and contact."""
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).parents[1] / "mechanisms"))
    import a_story

    def played(steps, kind="verification", case="partly", contact=CONTACT):
        matter = a_story.played(office, kind, case, steps=steps)
        return matter, viewer_for(a_story.scene(office).person(contact))

    return played


def test_a_matter_does_not_exist_for_its_unit_before_it_is_asked(told):
    matter, contact = told(BEFORE_IT_IS_ASKED)

    assert matter.parties.filter(role="unit").exists()
    assert not access.visible(contact).exists()
    assert access.view_of(contact, matter) == ""
    assert not access.may_see(contact, matter)
    assert not Notice.objects.filter(person=contact.person_id).exists()


def test_it_exists_in_part_once_the_unit_is_asked_and_its_contact_is_told(told):
    matter, contact = told(BEFORE_IT_IS_ASKED + 1)

    assert list(access.visible(contact)) == [matter]
    assert access.view_of(contact, matter) == "part"
    assert [one.kind for one in Notice.objects.filter(person=contact.person_id)] == ["named"]


def test_a_unit_knows_of_it_from_the_act_that_tells_it_and_not_on_a_day_before(told):
    matter, contact = told(BEFORE_IT_IS_ASKED + 1)
    act = matter.story.get(act="ask_unit")
    before, then = (replace(contact, on=act.at.date() - timedelta(days=back)) for back in (1, 0))

    assert matter.parties.get(role="unit").told_at == act.at
    assert not access.visible(before).exists()
    assert access.view_of(before, matter) == ""
    assert list(access.visible(then)) == [matter]
    assert access.view_of(then, matter) == "part"


@pytest.mark.parametrize(("stage", "knows"), [("verifying", False), ("asked", True), ("excluded", False)])
def test_of_what_is_taken_over_a_unit_knows_where_only_an_act_that_tells_it_leads(office, stage, knows):
    by, contact = (viewer_for(office.accounts[one].person) for one in ("registrar", "unit_contact"))
    row = Row(
        row=2, number="老〔2025〕9号", title="旧事", owner=Unit.objects.get(kind="commission"), stage=stage,
        opened_on=BASE, since=BASE, facts={}, clocks={},
        parties={"unit": list(Unit.objects.filter(pk__in=contact.own_units))},
    )  # fmt: skip
    batch = TakeoverBatch.objects.create(
        mechanism="verification", file_name="台账.xlsx", sha256="", by_id=by.person_id, at=timezone.now()
    )

    takeover_writing.write_rows(mechanism("verification"), [row], batch, by)

    assert access.visible(contact).exists() is knows
    assert (access.view_of(contact, Matter.objects.get()) == "part") is knows


def test_a_unit_reads_the_fact_its_own_rows_and_the_letter_and_no_rule(told):
    matter, contact = told(BEFORE_IT_IS_ASKED + 2)

    seen = seeing.seen_of(contact, matter)
    said = " ".join(
        [seen.title, *(f"{one.field.name} {one.words}" for one in seen.facts)]
        + [
            cell
            for ledger in seen.ledgers
            for _line, cells, _state, _files in ledger.lines
            for cell, _day in cells
        ]
    )

    assert {ledger.ledger.key for ledger in seen.ledgers} == {"questions"}
    assert [slip.key for slip in seen.slips] == ["inquiry"]
    assert "87.00" in said
    for hidden in ("fuel_over_tank_single", "tolerance", "1.05", "slack_l", matter.facts["lead"], "red"):
        assert hidden not in said


def test_the_letter_to_the_unit_says_no_rule_and_no_threshold(told):
    matter, _contact = told(BEFORE_IT_IS_ASKED + 1)

    letter = matter.slips.get(key="inquiry").slip

    said = str(letter.official)
    assert "87.00升" in said
    for hidden in ("fuel_over_tank_single", "1.05", "slack_l", matter.facts["lead"]):
        assert hidden not in said


def test_a_draft_request_does_not_exist_for_the_holder_before_it_is_sent(told):
    drafted, contact = told(4, "data_request", "standing", "vehicles_contact")
    assert not access.visible(contact).filter(pk=drafted.pk).exists()

    sent, contact = told(6, "data_request", "standing", "vehicles_contact")
    assert access.view_of(contact, sent) == "part"


def test_an_act_fills_in_columns_of_its_own_and_leaves_the_others(told):
    matter, _contact = told(BEFORE_IT_IS_ASKED)

    task = matter.lines.get(ledger="tasks", no=1)

    assert task.state == "done"
    assert task.facts["purpose"] == "看清当次加油的车辆和容器"
    assert task.facts["result"].startswith("视频显示")


def test_a_task_of_another_kind_is_not_reported_on(told, office):
    from qingfeng.matters.door import perform

    matter, _contact = told(BEFORE_IT_IS_ASKED)
    by = viewer_for(office.people["Y0402"])
    line = {"done_on": "2025-01-08", "result": "无"}

    answer = perform("record_data", matter, by=by, changes={"tasks": {1: line}}, lines={"data_pulls": [{}]})

    assert answer.why == "facts"
    assert "tasks.1" in answer.errors


def test_a_monthly_clock_is_due_on_its_day_of_the_next_month_each_time(told):
    matter, _contact = told(None, "data_request", "standing")

    runs = list(matter.clocks.filter(key="monthly").values_list("due_on", "met"))

    assert runs == [(date(2025, 2, 5), True), (date(2025, 3, 5), False), (date(2025, 4, 5), False)]


def test_a_sum_adds_up_a_fact_that_is_money(told):
    told(None)
    declared = mechanism("verification")
    figure = next(one for one in declared.figures if one.key == "money")
    period = statistics.Period(BASE, BASE + timedelta(days=90), BASE + timedelta(days=90))

    rows = statistics.count(figure, declared, Matter.objects.all(), period)

    assert [(row.split, row.value) for row in rows] == [(("vehicle",), 176.0)]
    assert statistics.matters_of(figure, declared, Matter.objects.all(), period, ("vehicle",)).count() == 1


def test_every_story_of_both_kinds_is_there():
    assert set(sampling.cases("verification")) >= {"partly", "cleared", "silent", "secret", "excluded"}
    assert set(sampling.cases("data_request")) >= {"standing", "single", "dropped"}


def test_a_word_that_came_later_changes_a_digest_only_where_it_is_used():
    """What was opened under a digest stands on it as long as its declaration says the same."""
    from dataclasses import replace

    from qingfeng.matters.vocabulary import ADDED, Entry, Figure

    directive = mechanism("directive")
    act = directive.acts[0]

    def entering(entry):
        return replace(directive, acts=(replace(act, enters=(entry,)),)).digest

    def counting(figure):
        return replace(directive, figures=(figure,)).digest

    assert "Entry.columns" in ADDED
    assert entering(Entry("progress", "noted")) == entering(Entry("progress", "noted", columns=()))
    assert entering(Entry("progress", "noted")) != entering(Entry("progress", "noted", columns=("on",)))
    assert counting(Figure("x", "x")) != counting(Figure("x", "x", where=(("a", "b"),)))
