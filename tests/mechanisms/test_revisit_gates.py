"""Return visits: voluntary, confidential, and what blocks closing (mechanisms.md M07)."""

from datetime import timedelta
from itertools import chain

import a_life
import pytest

from qingfeng.matters.vocabulary import Confidentiality
from qingfeng.mechanisms.revisit.declaration import REVISIT

FIELDS = {one.key: one for one in chain(REVISIT.asks, *(act.asks for act in REVISIT.acts))}


def closing():
    return a_life.entering("revisit", "made", "close")


@pytest.mark.parametrize("act", ["schedule", "visit"])
def test_nobody_makes_a_return_visit_alone(act):
    seen = a_life.entering("revisit", "made", act)

    assert a_life.unmet("revisit", act, seen) == []
    assert "two_visitors" in a_life.unmet("revisit", act, a_life.alone(seen, "visitor"))
    assert REVISIT.role("visitor").least == 2


def test_a_visit_is_confirmed_by_the_second_visitor():
    assert REVISIT.act("visit").second


def test_an_outline_is_prepared_before_a_day_is_agreed():
    seen = a_life.entering("revisit", "made", "schedule")

    assert a_life.unmet("revisit", "schedule", a_life.with_fact(seen, outline="")) == ["outline_ready"]


def test_a_visit_months_before_the_end_is_not_the_last_one():
    seen = a_life.entering("revisit", "made", "visit")

    assert a_life.unmet("revisit", "visit", a_life.with_entered(seen, is_last=True)) == ["last_month"]
    assert a_life.unmet("revisit", "visit", a_life.entering("revisit", "made", "visit", nth=2)) == []


def test_a_missing_last_visit_blocks_closing():
    seen = closing()
    only_first = a_life.replace(seen, done=tuple(one for one in seen.done if not one.facts.get("is_last")))

    assert a_life.unmet("revisit", "close", seen) == []
    assert a_life.unmet("revisit", "close", only_first) == ["last_visit_answered"]
    assert a_life.unmet("revisit", "end_visits", only_first) == ["last_visit_answered"]


def test_a_visit_that_was_declined_does_not_block():
    seen = a_life.entering("revisit", "declined", "end_visits")

    assert a_life.unmet("revisit", "end_visits", seen) == []


def test_one_declined_in_the_last_month_answers_the_last_visit_and_an_earlier_one_does_not():
    early = a_life.lived("revisit", "declined_once")
    ends = a_life.date.fromisoformat(early.facts["influence_ends_on"])
    late = a_life.Done(
        "decline", a_life.datetime.combine(ends - timedelta(days=3), a_life.time(9), a_life.BEIJING), 1
    )

    assert a_life.unmet("revisit", "end_visits", early) == ["last_visit_answered"]
    assert a_life.unmet("revisit", "end_visits", a_life.replace(early, done=(*early.done, late))) == []


def test_declining_all_and_wishing_visits_after_all_makes_the_last_visit_due_again():
    seen = a_life.entering("revisit", "declined", "end_visits")
    resumed = a_life.Done("resume", seen.done[-1].at, 1)

    changed_mind = a_life.replace(seen, done=(*seen.done, resumed))

    assert a_life.unmet("revisit", "end_visits", changed_mind) == ["last_visit_answered"]


@pytest.mark.parametrize("act", ["decline", "decline_all"])
def test_declining_is_an_answer_without_a_reason(act):
    declared = REVISIT.act(act)

    assert not declared.reason
    assert declared.asks == ()
    assert declared.gates == ()


def test_promised_help_that_was_not_delivered_blocks_closing():
    seen = closing()

    owed = a_life.with_lines(seen, "promises", ("promised", {"kind": "study"}, 0))
    released = a_life.with_lines(seen, "promises", ("released", {"kind": "study"}, 0))

    assert a_life.unmet("revisit", "close", owed) == ["ledger_done:promises"]
    assert a_life.unmet("revisit", "close", released) == []


def test_an_expiry_letter_that_was_not_sent_blocks_closing():
    seen = closing()

    assert a_life.unmet("revisit", "close", a_life.without_act(seen, "send_letter")) == ["letter_sent"]


def test_the_letter_of_the_decision_itself_is_enough():
    seen = a_life.without_act(closing(), "send_letter")

    for stage, missing in (("expired", []), ("filed", []), ("settled", ["letter_sent"])):
        linked = a_life.linked(seen, "followed_by", "accountability", stage, outward=False)
        assert a_life.unmet("revisit", "close", linked) == missing


def test_the_letter_goes_out_only_after_the_effects_ended():
    seen = a_life.entering("revisit", "made", "send_letter")
    ends = a_life.date.fromisoformat(seen.facts["influence_ends_on"])

    assert a_life.unmet("revisit", "send_letter", a_life.replace(seen, today=ends)) == ["effects_over"]
    assert a_life.unmet("revisit", "send_letter", a_life.replace(seen, today=ends + timedelta(days=1))) == []


def test_visits_end_with_a_decision_that_fell_and_not_before():
    seen = a_life.lived("revisit", "planned")

    for stage, missing in (("revoked", []), ("annulled", []), ("settled", ["decision_fell"])):
        linked = a_life.linked(seen, "followed_by", "accountability", stage, outward=False)
        assert a_life.unmet("revisit", "end_with_decision", linked) == missing


def test_it_is_restricted_and_only_visitors_the_organisation_room_and_the_principal_read_it():
    reading = {role.key for role in REVISIT.parties if role.restricted}

    assert REVISIT.confidentiality is Confidentiality.RESTRICTED
    assert reading == {"organiser", "principal"}
    assert REVISIT.role("subject_person").confidential


def test_nothing_grades_anybody_s_mind():
    graded = {key for key, one in FIELDS.items() if one.kind == "score" or "grade" in key or "mood" in key}

    assert graded == set()


def test_what_a_person_says_is_theirs_to_leave_out_and_counts_as_personal():
    said = ("own_words", "work", "difficulties", "view_of_decision", "unit_view", "wishes")

    assert all(FIELDS[key].personal and not FIELDS[key].needed for key in said)
    assert not FIELDS["person_signed"].needed


def test_nothing_asks_about_reporters():
    words = " ".join(f"{one.key} {one.term}" for one in FIELDS.values())

    assert "report" not in words
    assert "举报" not in words


def test_the_record_says_all_that_the_text_lists_but_the_grade():
    assert set(FIELDS) >= {
        "internal_id", "decision_no", "form", "decided_on", "influence_ends_on", "visited_on", "place", "way",
        "own_words", "work", "difficulties", "view_of_decision", "unit_view", "wishes", "visitors_signed",
        "person_signed",
    }  # fmt: skip
