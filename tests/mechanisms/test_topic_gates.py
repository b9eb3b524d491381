"""What blocks a topic, what the house counts for it, and what comes of it (小数据形成大决策)."""

from datetime import date

import a_life
import a_story
import pytest

from qingfeng.matters.models import Matter
from qingfeng.mechanisms.topic import fields, numbers
from qingfeng.mechanisms.topic.declaration import TOPIC
from qingfeng.mechanisms.topic.joining import came_of
from qingfeng.mechanisms.topic.numbers import Cell, Days

STORY = "carried_out"


def entering(act, case=STORY, **others):
    return a_life.entering("topic", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("topic", act, seen)


def test_recusal_is_asked_about_whenever_a_topic_gets_hands():
    seen = entering("set_hands")

    assert unmet("set_hands", seen) == []
    assert unmet("set_hands", a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]


@pytest.mark.parametrize("text", ["苏M12345加油异常", "联系电话13800001234", "证件320102199001011234"])
def test_a_topic_that_leads_to_somebody_is_refused(text):
    """By topic and office, never by person (rights.md 22)."""
    seen = entering("amend")

    assert unmet("amend", seen) == []
    assert unmet("amend", a_life.with_entered(seen, why_now=text)) == ["names_nobody"]
    assert unmet("amend", a_life.with_entered(seen, names_nobody=False)) == ["names_nobody"]


def test_the_same_holds_of_the_form_that_opens_it():
    _declared, seen = a_life.opened("topic", STORY)
    held = [gate.key for gate in TOPIC.gates if not gate.holds(a_life.with_entered(seen, topic="苏M12345"))]

    assert held == ["names_nobody"]


def test_a_period_that_ends_before_it_begins_is_refused():
    seen = a_life.with_entered(entering("amend"), seen_from="2025-03-01", seen_until="2025-02-01")

    assert unmet("amend", seen) == ["days_fit"]


def test_a_topic_opened_from_elsewhere_is_filled_in_before_anything_is_counted():
    seen = entering("count")

    assert unmet("count", seen) == []
    assert unmet("count", a_life.with_fact(seen, seen_until="")) == ["fact_given:seen_until"]


def test_a_topic_without_numbers_is_not_handed_in():
    seen = entering("hand_in")

    assert unmet("hand_in", seen) == []
    assert unmet("hand_in", a_life.with_lines(seen, "numbers")) == ["ledger_has:numbers"]


@pytest.mark.parametrize("act", ["hand_in", "study"])
def test_two_study_a_topic(act):
    seen = entering(act)

    assert unmet(act, a_life.alone(seen, "studier")) == ["two_study"]


def test_a_topic_is_looked_back_on_after_what_came_of_it_was_taken_in():
    seen = entering("look_again")

    assert unmet("look_again", seen) == []
    assert unmet("look_again", a_life.without_act(seen, "take_yields")) == [
        "act_done_after:take_yields:decide"
    ]


@pytest.mark.parametrize(
    ("decision", "opened"), [("campaign", "campaign"), ("letter", "recommendation"), ("rule", "rule_made")]
)
def test_a_decision_opens_what_it_says_and_nothing_else(decision, opened):
    seen = a_life.with_fact(entering("look_again"), decision=decision)

    found = [one.mechanism for one in TOPIC.act("decide").opens if one.when_holds(seen)]

    assert found == [opened]


def test_whoever_studied_a_topic_does_not_decide_on_it():
    for act in ("decide", "refuse", "put_off", "close"):
        assert TOPIC.act(act).not_by == ("studier",)


def test_nothing_in_a_topic_asks_for_a_person_or_a_unit():
    asked = [one for act in TOPIC.acts for one in act.asks]
    asked += [*TOPIC.asks, *(one for ledger in TOPIC.ledgers for one in ledger.fields)]

    assert {one.kind for one in asked}.isdisjoint({"person", "persons", "unit", "units"})
    assert {role.kind for role in TOPIC.parties} == {"person"}
    assert not [role.key for role in TOPIC.parties if role.subject]
    assert {key for key, _words in fields.SOURCES} == {
        "petition", "clue", "finding", "prone", "pattern", "letter",
    }  # fmt: skip


def test_small_sums_are_hidden_and_not_compared():
    days = Days(date(2025, 4, 1), date(2025, 6, 30))
    cell = Cell("clue", "", "conduct", "town")

    small = numbers.compared({cell: 4}, {cell: 12}, cell, days)
    large = numbers.compared({cell: 24}, {cell: 6}, cell, days)
    nothing = numbers.compared({cell: 0}, {cell: 0}, cell, days)

    assert (small.now, small.before, small.change, small.stands_out) == (None, 12, None, False)
    assert large.stands_out
    assert large.change.ratio == pytest.approx(24 / 6.5, rel=0.01)
    assert (nothing.now, nothing.change) == (0, None)


def test_the_days_before_are_as_many_and_end_where_the_period_begins():
    days = Days(date(2025, 4, 1), date(2025, 6, 30))

    assert (days.number, days.before) == (91, Days(date(2024, 12, 31), date(2025, 3, 31)))
    assert days.before.number == 91


@pytest.fixture
def topic(office):
    """A topic that was carried to its end."""
    return a_story.played(office, "topic", STORY)


@pytest.mark.django_db
def test_the_house_counts_the_numbers_and_takes_in_what_came_of_it(topic):
    counted = [line.facts for line in topic.lines.filter(ledger="numbers")]
    yields = [line.facts for line in topic.lines.filter(ledger="yields")]

    assert topic.stage == "closed"
    assert {facts["source"] for facts in counted} >= {"clue", "pattern", "letter", "finding"}
    assert all(facts["what"] != "登记的问题线索" or facts["now"] == 0 for facts in counted)
    assert yields[0]["yield_of"].startswith("专项治理")
    assert {facts["yield_what"] for facts in yields} >= {"小特精制度"}
    assert {facts.get("yield_expected") for facts in yields} >= {1}


@pytest.mark.django_db
def test_a_decision_for_a_campaign_opens_it_with_field_topic_and_purpose(topic):
    campaign = topic.links_out.get(kind="leads_to", target__mechanism="campaign").target

    assert campaign.facts["area"] == "conduct"
    assert campaign.facts["topic"] == topic.facts["topic"]
    assert campaign.facts["purpose"] == topic.facts["purpose"]
    assert came_of(campaign).total() == 0


@pytest.mark.django_db
def test_what_is_counted_by_kind_of_office_is_what_its_rows_are(office):
    for name in ("closed", "refused"):
        if name in a_story.sampling.cases("recommendation"):
            a_story.played(office, "recommendation", name)
    letter = Matter.objects.filter(mechanism="recommendation").first()
    if letter is None:
        letter = a_story.in_stage(office, "recommendation", "delivered")
    delivered = letter.story.get(act="deliver").at.date()
    days = Days(delivered.replace(day=1), delivered)

    sums = numbers.counted(Matter.objects.all(), numbers.Lead.objects.all(), days)
    cell = next(one for one in sums if one.source == "letter")

    assert cell.office_kind == "organ"
    assert numbers.matters_behind(cell, Matter.objects.all(), days).count() == sums[cell]
    assert not numbers.matters_behind(cell._replace(office_kind="town"), Matter.objects.all(), days).exists()


@pytest.mark.django_db
def test_a_petition_counts_for_the_office_that_leads_it_and_never_for_whoever_wrote(office):
    petition = a_story.in_stage(office, "petition", "handling")
    days = Days(petition.opened_on, petition.opened_on)

    sums = numbers.counted(Matter.objects.all(), numbers.Lead.objects.all(), days)
    cell = next(one for one in sums if one.source == "petition")

    assert (cell.area, cell.office_kind) == (petition.facts["area"], "organ")
    assert numbers.matters_behind(cell, Matter.objects.all(), days).get() == petition
