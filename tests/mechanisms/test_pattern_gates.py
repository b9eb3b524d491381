"""What blocks a pattern card: refused without it, allowed with it (mechanisms.md M09)."""

import a_life
import a_story
import pytest

from qingfeng.matters import statistics
from qingfeng.matters.answers import Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.pattern.declaration import PATTERN
from qingfeng.organization.viewer import viewer_for


def entering(case, act, **others):
    return a_life.entering("pattern", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("pattern", act, seen)


def without_line(seen, state):
    rules = tuple(one for one in seen.lines("rules") if one.state != state)
    return a_life.replace(seen, ledgers={**seen.ledgers, "rules": rules})


def test_recusal_is_asked_about_when_a_card_gets_a_keeper():
    seen = a_life.with_entered(entering("closed", "fill"), recusal_checked=True)

    assert unmet("set_keeper", seen) == []
    assert unmet("set_keeper", a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]


@pytest.mark.parametrize(
    "leads_to_somebody",
    [
        {"names_nobody": False},
        {"trick": "车牌苏M12345多次加油"},
        {"trace": "证件号320123199001011234重复出现"},
        {"how_failed": "电话13812345678打不通"},
    ],
)
def test_a_card_that_leads_to_somebody_is_refused(leads_to_somebody):
    """个人信息保护法 Art. 5, 6: a card teaches a pattern, it keeps nobody on record."""
    seen = entering("closed", "fill")

    assert unmet("fill", seen) == []
    assert unmet("fill", a_life.with_entered(seen, **leads_to_somebody)) == ["names_nobody"]


def test_a_trace_is_said_with_its_records_and_its_look():
    seen = entering("closed", "fill")

    assert unmet("fill", a_life.with_entered(seen, trace_tables=[])) == ["trace_told"]
    assert unmet("fill", a_life.with_entered(seen, trace=" ")) == ["trace_told"]
    assert unmet("fill", a_life.with_entered(seen, data_trace="no", trace="", trace_tables=[])) == []


def test_a_trace_without_a_rule_proposed_or_rejected_blocks_following_and_closing():
    """M09: a card that says 'data trace exists' but no rule proposed or rejected with reason."""
    following = entering("rejected", "follow")
    closing = entering("closed", "close")

    assert unmet("follow", following) == []
    assert unmet("follow", a_life.without_act(following, "reject_trace")) == ["trace_settled"]
    assert unmet("close", closing) == []
    assert unmet("close", without_line(closing, "in_use")) == ["trace_settled"]


def test_a_rejection_from_before_the_card_was_filled_anew_settles_nothing():
    seen = entering("rejected", "follow")
    filled = next(one for one in seen.done if one.act == "fill")

    assert unmet("follow", a_life.replace(seen, done=(*seen.done, filled))) == ["trace_settled"]


def test_without_a_trace_the_field_is_followed_at_once():
    seen = a_life.with_fact(a_life.without_act(entering("rejected", "follow"), "reject_trace"),
                            data_trace="no")  # fmt: skip

    assert unmet("follow", seen) == []


def test_a_card_is_looked_back_on_before_it_closes():
    seen = entering("closed", "close")

    assert unmet("close", a_life.without_act(seen, "look_back")) == ["act_done:look_back"]


def test_what_came_back_is_taken_up_again_and_does_not_close():
    seen = a_life.with_fact(entering("closed", "close"), recurred="yes")

    assert unmet("close", seen) == ["field_in_order"]
    assert PATTERN.act("take_up").when(seen)
    assert not PATTERN.act("take_up").when(entering("closed", "close"))


def test_nobody_stands_on_a_card():
    asked = [one for act in PATTERN.acts for one in act.asks]
    asked += [one for ledger in PATTERN.ledgers for one in ledger.fields]

    assert not [one.key for one in asked if one.kind in {"person", "persons", "unit", "units"}]
    assert {role.key for role in PATTERN.parties if role.subject} == set()


def test_what_the_house_enters_no_person_can():
    house = [act for act in PATTERN.acts if "clock" in act.by]

    assert {act.key for act in house} == {
        "link_rule", "note_rule", "use_rule", "drop_rule", "note_sweep", "note_month", "note_hit",
    }  # fmt: skip
    assert {act.by for act in house} == {("clock",)}


@pytest.mark.django_db
def test_an_analyst_cannot_say_that_a_rule_is_in_use(office):
    card = a_story.played(office, "pattern", "closed", steps=3)
    analyst = viewer_for(a_story.scene(office).person("analyst"))

    answer = perform("use_rule", card, by=analyst, facts={"rule_id": "d_x", "rule_title": "x"})

    assert isinstance(answer, Refusal)
    assert Matter.objects.get(pk=card.pk).stage == "ruled"


@pytest.mark.django_db
def test_whoever_filled_a_card_neither_rejects_its_trace_nor_closes_it(office):
    card = a_story.played(office, "pattern", "closed")

    assert card.stage == "closed"
    assert "keeper" in PATTERN.act("close").not_by
    assert "keeper" in PATTERN.act("reject_trace").not_by


@pytest.mark.django_db
def test_cards_that_became_rules_and_fields_that_came_back_are_counted(office):
    """Pattern cards → rules → confirmed hits, recurrence within 24 months."""
    card = a_story.played(office, "pattern", "came_back")
    period = statistics.Period(card.opened_on, card.opened_on.replace(year=2028), card.opened_on)

    def counted(key):
        figure = next(one for one in PATTERN.figures if one.key == key)
        return [
            (row.value, row.of) for row in statistics.count(figure, PATTERN, Matter.objects.all(), period)
        ]

    assert counted("ruled") == [(1, 1)]
    assert counted("hits") == [(1.0, None)]
    assert counted("recurred") == [(1, 1)]


@pytest.mark.django_db
def test_a_lesson_that_proposes_a_rule_opens_its_card(office):
    steps = [dict(step) for step in a_story.sampling.cases("lesson")["closed"]["steps"]]
    answered = next(no for no, step in enumerate(steps) if step["act"] == "answer_pattern")
    lesson = a_story.played(office, "lesson", "closed", steps=answered)
    facts = {"pattern_answer": "proposed", "pattern_why": "痕迹明确，可转为规则。"}

    lesson = a_story.sampling.go_on(lesson, [{**steps[answered], "facts": facts}], a_story.scene(office))

    card = lesson.links_out.get(kind="leads_to").target
    assert (card.mechanism, card.stage, card.facts["area"]) == ("pattern", "opened", "procurement")
