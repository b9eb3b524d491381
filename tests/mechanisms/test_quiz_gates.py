"""What blocks a quiz: refused without it, allowed with it; nobody who answers is anywhere in it."""

import a_life
import a_story
import pytest

from qingfeng.mechanisms.quiz import sample
from qingfeng.mechanisms.quiz.declaration import QUIZ


def entering(act, case="closed", **others):
    return a_life.entering("quiz", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("quiz", act, seen)


def test_recusal_is_asked_about_whenever_a_quiz_gets_hands():
    seen = entering("set_hands")

    assert unmet("set_hands", seen) == []
    assert unmet("set_hands", a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]


@pytest.mark.parametrize(
    ("wrong", "held"),
    [
        ({}, []),
        ({"right": "d"}, ["answers_fit"]),
        ({"option_a": "不可以，无公函的公务活动不予接待"}, ["answers_fit"]),
        ({"question": "苏M12345能否派车？"}, ["names_nobody"]),
    ],
)
def test_a_question_has_its_right_answer_among_those_given_and_names_nobody(wrong, held):
    seen = a_life.with_entered(entering("write_question"), questions=[{**sample.QUESTIONS[0], **wrong}])

    assert unmet("write_question", seen) == held


def test_a_quiz_has_three_questions_and_struck_ones_do_not_count():
    seen = entering("hand_in")
    lines = [("written", one, 0) for one in sample.QUESTIONS[:2]]

    assert unmet("hand_in", seen) == []
    assert unmet("hand_in", a_life.with_lines(seen, "questions", *lines)) == ["enough_questions"]
    struck = [*lines, ("struck", sample.QUESTIONS[2], 0)]
    assert unmet("hand_in", a_life.with_lines(seen, "questions", *struck)) == ["enough_questions"]


def test_answers_are_held_against_their_source_before_a_quiz_is_used():
    seen = entering("approve")

    assert unmet("approve", seen) == []
    assert unmet("approve", a_life.with_entered(seen, sources_checked=False)) == ["sources_checked"]
    assert unmet("approve", a_life.with_entered(seen, names_nobody=False)) == ["names_nobody"]


def test_whoever_wrote_a_question_does_not_review_it():
    assert QUIZ.act("approve").not_by == ("writer",)
    assert QUIZ.act("send_back").not_by == ("writer",)


def test_a_quiz_has_no_place_for_whoever_answers():
    """No score of a person exists anywhere; what is kept are sums (rights.md 19, 21)."""
    sums = [*QUIZ.ledger("results").fields, *QUIZ.ledger("by_question").fields]

    assert {one.kind for one in sums} == {"choice", "whole"}
    assert {role.key for role in QUIZ.parties}.isdisjoint({"answerer", "participant", "unit"})
    assert all(one.least == 5 for one in sums if one.key == "sheets")


@pytest.mark.django_db
def test_a_lesson_has_its_education_tested_by_a_quiz_that_says_only_its_number(office):
    lesson = a_story.played(office, "lesson", "taught", steps=4)

    quiz = lesson.links_out.get(kind="tested_by").target

    assert (quiz.mechanism, quiz.stage) == ("quiz", "writing")
    assert quiz.title == f"教育测评（{lesson.number}）"
    assert quiz.facts["area"] == "procurement"
