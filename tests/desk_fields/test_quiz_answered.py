"""A quiz is answered by nobody in particular: sums, no trace, small ones together, before and after."""

import logging
import re
from collections import Counter

import a_story
import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client

from qingfeng.desk.quizzes import answering, before_after, panel, sums
from qingfeng.desk.quizzes.before_after import Share
from qingfeng.desk.quizzes.models import Tally
from qingfeng.journal.models import JournalEntry
from qingfeng.matters.models import Matter
from qingfeng.mechanisms import sampling

SHEETS = {"organ": 7, "town": 5, "village": 2}


def steps_to(act):
    steps = sampling.cases("quiz")["closed"]["steps"]
    return steps[: next(no for no, step in enumerate(steps) if step["act"] == act)]


def sheet(quiz, kind, *, right=True):
    """What a browser sends."""
    told = {"office_kind": kind}
    for one in answering.questions_of(quiz):
        wrong = next(key for key, _text in one.answers if key != one.right)
        told[f"q{one.no}"] = one.right if right else wrong
    return told


def whole_database():
    """Every row of every table but the sums themselves, as text."""
    models = [one for one in apps.get_models() if one is not Tally]
    return {one._meta.label: serializers.serialize("json", one.objects.order_by("pk")) for one in models}


@pytest.fixture
def quiz(desk):
    """A quiz that is being answered before its education."""
    return a_story.played(desk.office, "quiz", "closed", steps=len(steps_to("open_after")))


def go_on(desk, quiz, until=None):
    steps = sampling.cases("quiz")["closed"]["steps"]
    begin = len(steps_to("open_after"))
    return sampling.go_on(quiz, steps[begin:until], a_story.scene(desk.office))


def test_a_sheet_leaves_sums_and_nothing_else_in_database_journal_and_log(desk, quiz, caplog):
    """rights.md 21: no address, no instant, no account, no session; whoever is signed in is not looked at."""
    address = f"/answer/{answering.code_of(quiz, 'before')}/"
    signed_in = desk.browser("unit_contact", HTTP_USER_AGENT="某浏览器", REMOTE_ADDR="10.9.8.7")
    before, entries = whole_database(), JournalEntry.objects.count()

    with caplog.at_level(logging.DEBUG):
        answers = [
            client.post(address, sheet(quiz, "organ"), HTTP_USER_AGENT="某浏览器", REMOTE_ADDR="10.9.8.7")
            for client in (signed_in, Client())
        ]

    assert [one.status_code for one in answers] == [200, 200]
    assert whole_database() == before
    assert JournalEntry.objects.count() == entries
    assert "10.9.8.7" not in caplog.text
    assert "某浏览器" not in caplog.text
    assert quiz.number not in caplog.text
    rows = Tally.objects.filter(matter=quiz).order_by("question_no")
    assert list(rows.values_list("office_kind", "question_no", "asked", "right")) == [
        ("organ", 0, 2, 0), ("organ", 1, 2, 2), ("organ", 2, 2, 2), ("organ", 3, 2, 2),
    ]  # fmt: skip
    assert not {one.name for one in Tally._meta.get_fields()} & {"at", "person", "account", "session", "ip"}


def test_whoever_answers_reads_what_is_right_and_why_and_gets_no_score(quiz):
    address = f"/answer/{answering.code_of(quiz, 'before')}/"

    asked = Client().get(address)
    told = Client().post(address, sheet(quiz, "town", right=False)).content.decode()

    assert asked.status_code == 200
    assert asked["Cache-Control"].startswith("max-age=0")
    assert "公务接待凭公函或者邀请函" not in asked.content.decode()
    assert told.count("没有答对") == 3
    assert "公务接待凭公函或者邀请函" in told
    assert "党政机关国内公务接待管理规定" in told
    assert not re.search(r"得分|成绩单|\d+ ?分\b|\d+ ?%", told.split("<main", 1)[1].split("<footer", 1)[0])


def test_a_sheet_that_is_not_whole_adds_nothing(quiz):
    address = f"/answer/{answering.code_of(quiz, 'before')}/"

    answer = Client().post(address, {"office_kind": "organ", "q1": "a"})

    assert answer.status_code == 422
    assert not Tally.objects.exists()


def test_an_address_is_good_for_its_own_time_only(desk, quiz):
    before, after = (answering.code_of(quiz, phase) for phase in ("before", "after"))

    assert Client().get(f"/answer/{after}/").status_code == 404
    assert Client().get("/answer/aaaaaaaaaaaa/").status_code == 404
    go_on(desk, quiz, -1)
    assert Client().get(f"/answer/{before}/").status_code == 404
    assert Client().get(f"/answer/{after}/").status_code == 200


def test_no_more_sheets_are_taken_than_people_were_invited(quiz):
    Matter.objects.filter(pk=quiz.pk).update(facts={**quiz.facts, "invited_before": 1})
    address = f"/answer/{answering.code_of(quiz, 'before')}/"

    answers = [Client().post(address, sheet(quiz, "organ")).status_code for _ in range(2)]

    assert answers == [200, 409]
    assert answering.sheets_in(quiz, "before") == 1
    assert "不再接收" in Client().get(address).content.decode()


def test_small_kinds_of_office_stand_together_and_the_counters_go(desk, quiz):
    for kind, number in SHEETS.items():
        for no in range(number):
            answering.hand_in(
                quiz, kind, {one.no: one.right if no else "a" for one in answering.questions_of(quiz)}
            )

    quiz = go_on(desk, quiz, -1)
    lines = [line.facts for line in quiz.lines.filter(ledger="results")]

    assert {(facts["office_kind"], facts["sheets"]) for facts in lines} == {("organ", 7), ("together", 7)}
    assert [line.facts["sheets"] for line in quiz.lines.filter(ledger="by_question")] == [14, 14, 14]
    assert not Tally.objects.filter(matter=quiz, phase="before").exists()


@pytest.mark.parametrize(
    ("sheets", "found"),
    [
        ({"organ": 9, "town": 5}, {"organ": ("organ",), "town": ("town",)}),
        ({"organ": 9, "town": 3, "village": 2}, {"organ": ("organ",), "together": ("town", "village")}),
        ({"organ": 9, "town": 5, "village": 2}, {"organ": ("organ",), "together": ("town", "village")}),
        ({"organ": 9, "village": 2}, {"together": ("organ", "village")}),
        ({"village": 4}, {}),
    ],
)
def test_no_sum_of_fewer_than_five_sheets_stands_and_none_can_be_taken_off(sheets, found):
    assert sums.groups(Counter(sheets)) == found


def test_before_and_after_are_held_against_each_other_on_the_page(desk, quiz):
    for right in (False, True):
        for _ in range(12):
            told = {one.no: one.right if right or one.no == 1 else "" for one in answering.questions_of(quiz)}
            answering.hand_in(quiz, "organ", told)
        quiz = go_on(desk, quiz, -1) if not right else quiz
        quiz.refresh_from_db()
    quiz = sampling.go_on(quiz, sampling.cases("quiz")["closed"]["steps"][-1:], a_story.scene(desk.office))

    lines = panel.lines_of(quiz)
    page = desk.browser("case_supervisor").get(f"/quizzes/{quiz.slug}/").content.decode()

    assert quiz.stage == "closed"
    assert [(line.name, line.told.says) for line in lines] == [("合计", "more"), ("区直机关", "more")]
    assert "教育后答对更多" in page
    assert "逐题答对情况" in page


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (Share(10, 30, 15), Share(10, 30, 29), "more"),
        (Share(10, 30, 29), Share(10, 30, 15), "fewer"),
        (Share(10, 30, 20), Share(10, 30, 24), "chance"),
        (None, Share(10, 30, 24), "no_before"),
        (Share(10, 30, 24), None, "no_after"),
    ],
)
def test_a_difference_is_said_only_beyond_chance(before, after, says):
    told = before_after.difference(before, after)

    assert told.says == says
    assert (told.low, told.high) == (0, 0) or told.low < told.high


def test_answers_on_one_sheet_count_as_one_sheet():
    """Ten answers of one person are not ten people."""
    few, many = Share(10, 100, 60).interval, Share(100, 100, 60).interval

    assert few[1] - few[0] > 2.5 * (many[1] - many[0])
