"""What blocks an appeal: refused without it, allowed with it (rights.md 15; 监察法 Art. 56)."""

import a_life
import pytest

from qingfeng.mechanisms.appeal.declaration import APPEAL


def entering(case, act, **others):
    return a_life.entering("appeal", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("appeal", act, seen)


def test_an_appeal_is_refused_as_late_only_where_it_is_late():
    """监察法 Art. 56: one month after service."""
    seen = entering("late", "refuse")
    in_time = a_life.with_entered(seen, served_on=seen.entered["appeal_filed_on"])

    assert unmet("refuse", seen) == []
    assert unmet("refuse", in_time) == ["late"]
    assert unmet("refuse", a_life.with_entered(seen, appeal_kind="appeal")) == ["late"]
    assert unmet("refuse", a_life.with_entered(in_time, refused_ground="again")) == []


def test_recusal_is_asked_about_whenever_an_appeal_gets_new_hands():
    seen = entering("upheld", "assign")

    assert unmet("assign", a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]
    assert {act.key for act in APPEAL.acts if "examiner" in act.names} == {"assign", "reassign"}


@pytest.mark.parametrize("hand", ["case_head", "case_one", "case_two", "trial_head", "trial_reviewer"])
@pytest.mark.parametrize("act", ["assign", "reassign"])
def test_the_original_hands_do_not_examine_an_appeal(act, hand):
    """监察法 Art. 56; 政务处分法 Art. 55-60."""
    seen = entering("upheld", "hear" if act == "reassign" else act)
    new = a_life.with_entered(
        seen, recusal_checked=True, examiner=[a_life.IDS["appeal_one"], a_life.IDS["appeal_two"]]
    )
    old = a_life.with_entered(new, examiner=[a_life.IDS[hand], a_life.IDS["appeal_two"]])

    assert unmet(act, new) == []
    assert unmet(act, old) == ["new_reviewers"]


def test_one_person_alone_does_not_examine_an_appeal():
    seen = entering("upheld", "propose")

    assert unmet("propose", seen) == []
    assert unmet("propose", a_life.alone(seen, "examiner")) == ["new_reviewers"]


def test_whoever_appeals_is_heard():
    seen = entering("upheld", "propose")

    assert unmet("propose", a_life.without_act(seen, "hear")) == ["act_done:hear"]


def test_every_ground_of_an_appeal_is_answered():
    seen = entering("upheld", "propose")

    assert unmet("propose", a_life.with_entered(seen, grounds_answered=1)) == ["all_grounds"]


def test_an_appeal_is_decided_by_several():
    seen = entering("upheld", "decide")

    assert unmet("decide", seen) == []
    assert unmet("decide", a_life.with_entered(seen, attended=seen.entered["attended"][:2])) == [
        "several_decide"
    ]


def test_an_appeal_that_changed_the_result_closes_only_when_everything_is_corrected():
    changed, upheld = entering("changed", "close"), entering("upheld", "close")
    owed = a_life.with_lines(changed, "corrections", ("owed", {"what": "service"}, 0))

    assert unmet("close", changed) == unmet("close", upheld) == []
    assert unmet("close", a_life.with_lines(changed, "corrections")) == ["all_corrected"]
    assert unmet("close", owed) == ["all_corrected"]


@pytest.mark.parametrize(
    ("kind", "clock"),
    [("appeal", "appeal_decision"), ("review", "sup_review"), ("recheck", "sup_recheck")],
)
def test_one_deadline_runs_by_the_kind_of_appeal(kind, clock):
    seen = a_life.with_fact(entering("upheld", "assign"), appeal_kind=kind)
    clocks = [APPEAL.clock(key) for key in ("appeal_decision", "sup_review", "sup_recheck")]

    assert [one.key for one in clocks if one.when(seen)] == [clock]


def test_an_appeal_has_no_result_that_is_heavier():
    results = next(one for one in APPEAL.act("decide").asks if one.key == "appeal_result")

    assert [key for key, _words in results.choices] == ["upheld", "changed", "revoked"]
