"""What blocks a course: refused without it, allowed with it; nobody has a score in it (mechanisms.md M33)."""

from dataclasses import replace
from datetime import date

import a_life
import a_story
import pytest

from qingfeng.documents.attachments import keep
from qingfeng.matters.models import MatterFile
from qingfeng.mechanisms import measures
from qingfeng.mechanisms.course import joining
from qingfeng.mechanisms.course.change import change_of
from qingfeng.mechanisms.course.declaration import COURSE


def entering(act, case="kept", **others):
    return a_life.entering("course", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("course", act, seen)


def test_recusal_is_asked_about_whenever_a_course_gets_hands():
    seen = entering("set_hands", "dropped")

    assert unmet("set_hands", seen) == []
    assert unmet("set_hands", a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]


def test_a_course_is_prepared_by_somebody_who_is_named_and_who_does_not_review_it():
    seen = entering("take_up")
    teacher = seen.persons("teacher")[0]

    assert unmet("take_up", seen) == []
    nobody = replace(seen, parties=tuple(one for one in seen.parties if one.role != "teacher"))
    assert unmet("take_up", nobody) == ["named:teacher"]
    hands = entering("set_hands", "dropped")
    for wrong in ({"secrecy": [teacher], "teacher": [teacher]}, {"secrecy": [7], "redactor": [7]}):
        assert unmet("set_hands", a_life.with_entered(hands, **wrong)) == ["reviewers_apart"]


def test_material_has_an_exercise_and_struck_material_does_not_count():
    seen = entering("hand_in")
    slides, exercise = ({"material_kind": kind} for kind in ("slides", "exercise"))

    assert unmet("hand_in", seen) == []
    for lines in ([("added", slides, 1)], [("added", exercise, 1)],
                  [("added", slides, 1), ("struck", exercise, 1)]):  # fmt: skip
        assert unmet("hand_in", a_life.with_lines(seen, "materials", *lines)) == ["has_material"]


@pytest.mark.parametrize("act", ["hand_in", "clear_redaction"])
def test_material_that_tells_who_somebody_is_goes_no_further(act):
    seen = a_life.with_entered(entering(act), tells_who=["the name of a unit"])

    assert unmet(act, seen) == ["tells_nobody"]


def test_each_review_finds_it_in_order_or_sends_it_back():
    secrecy, redaction = entering("clear_secrecy"), entering("clear_redaction")

    assert (unmet("clear_secrecy", secrecy), unmet("clear_redaction", redaction)) == ([], [])
    refused = unmet("clear_secrecy", a_life.with_entered(secrecy, holds_no_secret=False))
    assert refused == ["holds_no_secret"]
    assert unmet("clear_redaction", a_life.with_entered(redaction, is_redacted=False)) == ["is_redacted"]


def test_both_reviews_are_of_the_material_as_it_was_handed_in_last():
    one_review, both = entering("clear_redaction"), entering("release")
    again = replace(both, done=(*both.done, both.last("hand_in")))

    assert unmet("release", both) == []
    assert unmet("release", one_review) == ["both_reviewed"]
    assert unmet("release", again) == ["both_reviewed"]


@pytest.mark.parametrize("act", ["teach", "teach_again"])
def test_no_more_came_than_were_invited(act):
    seen = entering(act)

    assert unmet(act, seen) == []
    many = a_life.with_entered(seen, sessions=[{"invited": 10, "came": 11}])
    assert unmet(act, many) == ["attendance_fits"]


def test_it_is_evaluated_when_people_were_asked_what_they_learnt_and_the_numbers_add_up():
    seen = entering("rate")

    assert unmet("rate", seen) == []
    assert unmet("rate", a_life.without_act(seen, "skip_test")) == ["tested"]
    assert unmet("rate", a_life.linked(seen, "tested_by", "quiz", "writing")) == ["links_closed:tested_by"]
    assert unmet("rate", a_life.with_entered(seen, sheets=6, useful=7)) == ["feedback_adds_up"]


def test_a_change_is_claimed_only_where_the_measure_was_read_before_and_after():
    seen = entering("look")
    claimed = a_life.with_entered(seen, effect="seen")

    assert unmet("look", seen) == []
    assert unmet("look", claimed) == ["effect_not_claimed"]
    assert unmet("look", a_life.with_entered(claimed, before_value="20 %", after_value="")) == [
        "effect_not_claimed"
    ]
    read = a_life.with_entered(claimed, before_value="20 %", after_value="8 %")
    assert unmet("look", read) == ["effect_not_claimed"]
    assert unmet("look", a_life.with_entered(read, is_seen=True)) == []
    assert unmet("look", a_life.with_entered(read, effect="not_seen")) == []


def test_a_change_of_a_share_has_the_interval_of_newcombe_and_few_say_nothing():
    """The example of Statistics in Medicine 17 (1998) 873, table II: 56 of 70 against 48 of 80, method 10."""
    found = change_of((48, 80), (56, 70))

    assert (found.points, found.low, found.high, found.is_seen) == (20.0, 5.2, 33.4, True)
    assert change_of((3, 12), (4, 12)).is_seen is False
    assert change_of((0, 9), (9, 40)) is None


def test_a_course_has_no_place_for_a_score_or_a_name_of_who_came():
    kinds = {one.key: one.kind for ledger in COURSE.ledgers for one in ledger.fields}
    asked = {one.kind for act in COURSE.acts for one in act.asks}

    assert not {"person", "persons", "score"} & ({*kinds.values()} | asked)
    assert {role.key for role in COURSE.parties}.isdisjoint({"learner", "participant"})


@pytest.mark.django_db
def test_material_is_read_text_and_files_and_struck_lines_are_not(office):
    course = a_story.played(office, "course", "kept", steps=2)
    account = office.accounts["handler"]
    told = keep("核查对象为区教育局，车辆苏M12345。".encode(), "底稿.txt", by=account)
    line = course.lines.filter(ledger="materials").first()
    clean = joining.checked(course, None).told["tells_who"]

    MatterFile.objects.create(matter=course, line=line, attachment=told)
    found = joining.checked(course, None).told["tells_who"]
    line.state = "struck"
    line.save()

    assert clean == []
    assert len(found) == 2
    assert joining.checked(course, None).told["tells_who"] == []


@pytest.mark.django_db
def test_the_measure_is_read_over_three_months_on_either_side_of_the_first_session(office, monkeypatch):
    asked = []
    monkeypatch.setattr(measures, "_READERS", [lambda *told: asked.append(told) or "3 件"])
    course = a_story.played(office, "course", "kept")
    course.facts = {**course.facts, "measure": "matters.opened"}
    first = min(one.facts["taught_on"] for one in course.lines.filter(ledger="sessions"))

    found = joining.effect(course, None)

    assert found.facts == {"before_value": "3 件", "after_value": "3 件", "interval": ""}
    assert found.told == {"is_seen": False}
    assert str(asked[0][2]) < first < str(asked[1][1])


@pytest.mark.django_db
def test_the_change_is_that_of_the_rooms_that_were_taught_with_its_interval(office, monkeypatch):
    course = a_story.played(office, "course", "kept")
    course.facts = {**course.facts, "measure": "returned.share"}
    session = course.lines.filter(ledger="sessions").first()
    first = date.fromisoformat(session.facts["taught_on"])
    taught = office.units["一室"]
    session.facts = {**session.facts, "came_units": [taught.pk]}
    session.save()
    asked = []

    def read(_key, since, _until, path):
        asked.append(path)
        return (24, 80) if since < first else (6, 80)

    monkeypatch.setattr(measures, "_SHARES", [read])
    found = joining.effect(course, None)

    assert set(asked) == {taught.path}
    assert found.told == {"is_seen": True}
    assert found.facts["interval"].startswith("-22.5（95% 区间 -")
