"""What blocks an impact assessment, and what it blocks (rights.md 5; 个人信息保护法 Art. 55, 56)."""

from datetime import date

import a_life
import a_story
import pytest
import time_machine

from qingfeng.matters import keeping
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.mechanisms.impact.declaration import IMPACT
from qingfeng.organization.viewer import viewer_for


def entering(case, act, **others):
    return a_life.entering("impact", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("impact", act, seen)


def test_what_art_56_asks_is_asked():
    """目的和方式是否合法、正当、必要; 对个人权益的影响及安全风险; 措施是否合法、有效并与风险程度相适应."""
    needed = {one.key for one in IMPACT.act("assess").asks if one.needed}

    assert needed >= {"lawful_basis", "necessity", "categories", "sensitive", "effect", "risk", "measures",
                      "told", "told_why", "result"}  # fmt: skip
    assert {"purpose", "data_list"} <= {one.key for one in IMPACT.asks}
    result = next(one for one in IMPACT.act("assess").asks if one.key == "result")
    assert [key for key, _words in result.choices] == ["acceptable", "with_measures", "not_acceptable"]


def test_an_assessment_stands_for_a_data_list():
    seen = entering("stands", "assess")

    assert unmet("assess", seen) == []
    assert unmet("assess", a_life.with_fact(seen, data_list=None)) == ["fact_given:data_list"]


@pytest.mark.parametrize(
    ("sensitive", "need", "held"),
    [
        (["none"], None, []),
        (["accounts"], None, ["sensitive_explained"]),
        (["accounts"], "核对账户归属所必需，只存哈希。", []),
        (["none", "accounts"], "核对账户归属所必需，只存哈希。", ["one_answer"]),
    ],
)
def test_sensitive_data_is_explained_or_left_out(sensitive, need, held):
    """个人信息保护法 Art. 28."""
    seen = a_life.with_entered(entering("stands", "assess"), sensitive=sensitive, sensitive_need=need)

    assert unmet("assess", seen) == held


def test_without_a_lawful_basis_there_is_one_result_only():
    seen = a_life.with_entered(entering("stands", "assess"), lawful_basis="none")

    assert unmet("assess", seen) == ["lawful_basis_found"]
    assert unmet("assess", a_life.with_entered(seen, result="not_acceptable")) == []


def test_what_was_assessed_before_the_purpose_or_the_list_changed_does_not_count():
    again = entering("kept", "submit", nth=2)
    changed_only = a_life.replace(
        again, done=tuple(one for one in again.done if one.at.date() < date(2025, 3, 8))
    )

    assert unmet("submit", again) == []
    assert [one.act for one in changed_only.done][-1] == "look_again"
    assert unmet("submit", changed_only) == ["assessed_since"]


def test_a_refused_assessment_does_not_stand_and_only_such_a_one_is_refused():
    stands, refused = entering("stands", "let_stand"), entering("refused", "refuse")

    assert unmet("let_stand", stands) == []
    assert unmet("let_stand", a_life.with_fact(stands, result="not_acceptable")) == ["not_refused"]
    assert unmet("refuse", refused) == []
    assert unmet("refuse", a_life.with_fact(refused, result="acceptable")) == ["is_refused"]


@pytest.mark.django_db
def test_it_is_reviewed_by_somebody_else(office):
    matter, step, on = a_story.before(office, "impact", "stands", "let_stand")
    at = a_story.scene(office, on).at(0)
    writer, head = (viewer_for(office.people[PEOPLE[who]], on) for who in ("analyst", "style_head"))
    with time_machine.travel(at, tick=False):
        own = perform("let_stand", matter, by=writer, facts=step["facts"])
        others = perform("let_stand", matter, by=head, facts=step["facts"])

    assert isinstance(own, Refusal)
    assert own.why == "role"
    assert isinstance(others, Done)
    assert [one.key for one in matter.slips.all()] == ["report"]


@pytest.mark.django_db
def test_the_record_is_kept_for_three_years_after_the_processing_ended(office):
    """个人信息保护法 Art. 56: 至少保存三年."""
    matter, step, on = a_story.before(office, "impact", "kept", "close")
    ended = date.fromisoformat(matter.facts["ended_on"])
    run = matter.clocks.get(key="keep")
    head = viewer_for(office.people[PEOPLE["style_head"]])
    with time_machine.travel(a_story.scene(office, run.due_on).at(0), tick=False):
        early = perform("close", matter, by=head)
    with time_machine.travel(a_story.scene(office, on).at(0), tick=False):
        late = perform("close", matter, by=head)

    assert run.due_on == ended.replace(year=ended.year + 3)
    assert isinstance(early, Refusal)
    assert early.gates == ("clock_over:keep",)
    assert isinstance(late, Done)
    assert step["act"] == "close"


@pytest.mark.django_db
def test_a_new_kind_of_data_opens_an_assessment_and_one_asked_for_before_does_not(office):
    first, _step, _on = a_story.before(office, "data_request", "standing", "issue")
    second, _step, _on = a_story.before(office, "data_request", "standing", "issue")

    opened = first.links_out.get(kind="assessed_by").target

    assert (first.facts["pia_new"], second.facts["pia_new"]) == ("yes", "no")
    assert (opened.mechanism, opened.stage, opened.facts["purpose"]) == (
        "impact", "drafted", first.facts["purpose"],
    )  # fmt: skip
    assert not second.links_out.exists()


@pytest.mark.django_db
def test_a_kind_of_data_that_is_listed_after_the_assessment_opens_one_too(office):
    a_story.before(office, "data_request", "standing", "issue")
    matter, _step, on = a_story.before(office, "data_request", "standing", "submit")
    analyst = viewer_for(office.people[PEOPLE["analyst"]])
    deputy = viewer_for(office.people[PEOPLE["deputy"]])
    with time_machine.travel(a_story.scene(office, on).at(0), tick=False):
        listed = perform("list_columns", matter, by=analyst, lines={"columns": [
            {"column": "payroll.amount", "column_why": "核对。", "column_purpose": "核对。"},
        ]})  # fmt: skip
        assert isinstance(listed, Done), listed
        assert isinstance(perform("submit", matter, by=analyst), Done)
        done = perform("approve", matter, by=deputy)

    assert isinstance(done, Done), done
    matter.refresh_from_db()
    assert matter.facts["pia_new"] == "yes"
    assert [one.mechanism for one in done.opened] == ["impact"]


@pytest.mark.django_db
def test_a_corrected_day_of_the_month_moves_the_clock_that_runs(office):
    matter, _step, on = a_story.before(office, "data_request", "standing", "receive")
    run = matter.clocks.get(key="monthly", state="running")
    principal = viewer_for(office.people[PEOPLE["principal"]])
    with time_machine.travel(a_story.scene(office, on).at(0), tick=False):
        day = run.due_on.day % 28 + 1
        done = keeping.correct(matter, 1, {"delivery_day": str(day)}, by=principal, reason="录入有误")

    assert isinstance(done, Done), done
    moved = matter.clocks.get(pk=run.pk)
    assert (moved.due_on.day, moved.due_on > run.started_on) == (day, True)


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["9999-12-31", "x", ""])
def test_a_last_day_that_is_none_is_refused_at_the_form(office, day):
    matter, _step, on = a_story.before(office, "impact", "kept", "end")
    with time_machine.travel(a_story.scene(office, on).at(0), tick=False):
        head = viewer_for(office.people[PEOPLE["style_head"]])
        answer = perform("end", matter, by=head, facts={"ended_on": day})

    assert isinstance(answer, Refusal), answer
    assert answer.why == "facts"


@pytest.mark.parametrize("act", ["issue", "receive"])
def test_data_whose_assessment_says_no_is_not_asked_for_and_not_taken_in(act):
    seen = a_life.entering("data_request", "standing", act)
    said = [
        a_life.linked(seen, "assessed_by", "impact", stage, result=result)
        for stage, result in (("drafted", None), ("stands", "with_measures"), ("kept", "not_acceptable"))
    ]

    assert [a_life.unmet("data_request", act, one) for one in said] == [[], [], ["impact_not_refused"]]


@pytest.mark.django_db
def test_an_assessment_names_nobody(office):
    asked = {one.kind for act in IMPACT.acts for one in act.asks} | {one.kind for one in IMPACT.asks}

    assert asked.isdisjoint({"person", "persons"})
    assert Matter.objects.filter(mechanism="impact").count() == 0
