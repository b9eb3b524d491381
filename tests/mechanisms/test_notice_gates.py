"""What blocks a result notice: refused without it, allowed with it (mechanisms.md M06)."""

import a_life
import pytest

from qingfeng.mechanisms.notice.declaration import NOTICE

PUBLISHING = ("publish", "publish_full")


def publishing():
    seen = a_life.entering("notice", "full", "publish_full")
    return a_life.linked(seen, "announces", "accountability", "settled", outward=False)


def told(stage):
    return a_life.linked(publishing(), "announces", "accountability", stage, outward=False)


@pytest.mark.parametrize("act", PUBLISHING)
def test_a_notice_published_before_the_appeal_window_ended_without_approval_is_refused(act):
    assert a_life.unmet("notice", act, told("settled")) == []
    assert a_life.unmet("notice", act, told("executed")) == ["final_or_approved"]


@pytest.mark.parametrize("act", PUBLISHING)
def test_the_principal_may_approve_it_before_the_appeal_window_ends(act):
    early = a_life.entering("notice", "early", "publish")
    early = a_life.linked(early, "announces", "accountability", "executed", outward=False)

    assert "final_or_approved" not in a_life.unmet("notice", act, early)
    assert NOTICE.act("approve_early").by == ("principal",)
    assert NOTICE.act("approve_early").reason


def test_an_early_approval_given_for_another_range_does_not_count():
    early = a_life.entering("notice", "early", "publish")
    again = next(one for one in early.done if one.act == "approve_range")
    early = a_life.replace(early, done=(*early.done, again))
    early = a_life.linked(early, "announces", "accountability", "executed", outward=False)

    assert a_life.unmet("notice", "publish", early) == ["final_or_approved"]


@pytest.mark.parametrize("act", PUBLISHING)
@pytest.mark.parametrize("stage", ["decided", "announced", "revoked"])
def test_a_decision_that_is_not_carried_out_is_not_published(act, stage):
    assert "carried_out" in a_life.unmet("notice", act, told(stage))


def test_a_range_is_not_approved_before_the_decision_was_announced():
    seen = a_life.entering("notice", "full", "approve_range")

    for stage, missing in (("announced", []), ("decided", ["announced"])):
        linked = a_life.linked(seen, "announces", "accountability", stage, outward=False)
        assert a_life.unmet("notice", "approve_range", linked) == missing


def test_a_version_without_names_that_leads_to_somebody_goes_back():
    """个人信息保护法 Art. 5, 6, 34."""
    seen = a_life.entering("notice", "full", "review")

    assert a_life.unmet("notice", "review", seen) == []
    assert a_life.unmet("notice", "review", a_life.with_entered(seen, names_nobody=False)) == ["names_nobody"]


def test_a_text_that_does_not_agree_with_the_decision_goes_back():
    seen = a_life.entering("notice", "full", "review")

    assert a_life.unmet("notice", "review", a_life.with_entered(seen, agrees=False)) == ["agrees"]


def test_the_full_version_goes_only_where_it_was_approved():
    seen = publishing()

    for refused in ({"full_allowed": False}, {"scope": "public"}, {"scope": "district"}):
        assert a_life.unmet("notice", "publish_full", a_life.with_fact(seen, **refused)) == ["full_allowed"]
    assert a_life.unmet("notice", "publish_full", seen) == []


def test_a_notice_to_named_units_names_them():
    seen = a_life.entering("notice", "full", "approve_range")
    nobody = a_life.replace(seen, parties=tuple(one for one in seen.parties if one.role != "recipient"))

    assert a_life.unmet("notice", "approve_range", nobody) == ["recipients_named"]
    assert a_life.unmet("notice", "approve_range", a_life.with_entered(nobody, scope="public")) == []


def test_a_receipt_that_is_missing_keeps_it_open():
    seen = a_life.entering("notice", "full", "confirm_receipts")
    one_missing = a_life.with_lines(seen, "receipts", *(
        (line.state, line.facts, line.files) for line in seen.lines("receipts")[:1]
    ))  # fmt: skip

    assert a_life.unmet("notice", "confirm_receipts", seen) == []
    assert a_life.unmet("notice", "confirm_receipts", one_missing) == ["all_received"]


def test_there_are_two_versions_and_the_one_without_names_is_anonymous():
    slips = {slip.key: slip for slip in NOTICE.slips()}

    assert slips["anonymous"].anonymous
    assert not slips["full"].anonymous
    assert NOTICE.act("publish").prints == (slips["anonymous"],)


def test_the_full_text_counts_as_about_a_person_so_that_an_anonymous_slip_leaves_it_out():
    fields = {one.key: one for act in NOTICE.acts for one in act.asks}

    assert fields["full_text"].personal
    assert not fields["anonymous_text"].personal
