"""What blocks a self-check: refused without it, allowed with it (mechanisms.md M20)."""

import a_life
import pytest

from qingfeng.mechanisms.self_check.declaration import SELF_CHECK


def entering(act, case="for_campaign", **others):
    return a_life.entering("self_check", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("self_check", act, seen)


def admission(seen, **others):
    return a_life.with_entered(seen, admissions=[{**seen.entered["admissions"][0], **others}])


def test_an_admission_ends_after_it_began():
    seen = entering("admit")

    assert unmet("admit", seen) == []
    assert unmet("admit", admission(seen, admitted_until="2020-01-01")) == ["days_fit"]


@pytest.mark.parametrize("key", ["admitted", "admitted_cause", "measure"])
def test_a_unit_writes_posts_and_no_numbers_of_anybody(key):
    assert unmet("admit", admission(entering("admit"), **{key: "苏M12345由其保管。"})) == ["names_nobody"]


@pytest.mark.parametrize(
    ("answer", "lines", "held"),
    [("yes", 1, []), ("yes", 0, ["answer_fits"]), ("no", 0, []), ("no", 1, ["answer_fits"])],
)
def test_nothing_found_is_an_answer_and_fits_the_list(answer, lines, held):
    seen = a_life.with_entered(entering("report"), found_any=answer)
    seen = a_life.with_lines(seen, "admissions", *[("admitted", {}, 0)] * lines)

    assert unmet("report", seen) == held


def test_the_head_of_the_unit_signs():
    seen = a_life.with_entered(entering("report"), signed_form=[])

    assert unmet("report", seen) == ["signed_by_head"]


def test_a_self_check_closes_when_everything_is_put_right_with_papers():
    seen = entering("close")

    assert unmet("close", seen) == []
    assert unmet("close", a_life.with_lines(seen, "admissions", ("admitted", {}, 0))) == [
        "ledger_done:admissions"
    ]
    assert unmet("close", a_life.with_lines(seen, "admissions", ("put_right", {}, 0))) == ["put_right_proved"]


def test_recusal_is_asked_about_before_somebody_looks_on_site():
    """监察法 Art. 67."""
    seen = entering("name_checkers")

    assert unmet("name_checkers", seen) == []
    assert unmet("name_checkers", a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]


def test_silence_is_recorded_only_after_the_last_day():
    seen = entering("note_silence", "silent")

    assert unmet("note_silence", seen) == []
    early = a_life.replace(seen, today=seen.clock("report").due_on)
    assert unmet("note_silence", early) == ["clock_over:report"]


def test_the_unit_types_neither_the_day_of_its_admission_nor_whether_it_came_of_its_own_accord():
    typed = {one.key for one in SELF_CHECK.act("admit").asks}

    assert typed.isdisjoint({"admitted_on", "own_accord"})


def test_a_self_check_asks_for_no_rule_and_names_no_person():
    asked = {one.key for act in SELF_CHECK.acts for one in act.asks}
    asked |= {one.key for ledger in SELF_CHECK.ledgers for one in ledger.fields}

    assert asked.isdisjoint({"rule", "rules", "lead", "threshold", "tier"})
    assert not [one for act in SELF_CHECK.acts for one in act.asks if one.kind in {"person", "persons"}]
