"""What the desk does by itself: what goes wrong with one work holds up no other, and is told at the end."""

import pytest

from qingfeng.desk import rounds


@pytest.mark.parametrize(
    ("turn", "first", "last"),
    [
        ("each_moment", "indexing.keep_up", "alike.keep_up"),
        ("each_minute", "reminding.remind", "readings.keep_up"),
        ("each_day", "indexing.mend", "shipping.ship"),
    ],
)
def test_what_goes_wrong_with_the_first_is_told_once_the_last_was_done(
    turn, first, last, monkeypatch, caplog
):
    done = []

    def wrong():
        raise LookupError("a matter's own words")

    for name in works_of(turn):
        room, _, does = name.rpartition(".")
        work = wrong if name == first else lambda *_days, name=name: done.append(name)
        monkeypatch.setattr(getattr(rounds, room), does, work)

    with pytest.raises(LookupError):
        getattr(rounds, turn)()

    assert done == works_of(turn)[1:]
    assert done[-1] == last
    assert "LookupError" in caplog.text
    assert "own words" not in caplog.text


def works_of(turn):
    """Return what a turn does, in its order, as it is called in the module."""
    return {
        "each_moment": ["indexing.keep_up", "alike.keep_up"],
        "each_minute": [
            "reminding.remind", "evaluation.tick", "dailies.tick", "mailing.send_due", "counting.keep_up",
            "readings.keep_up",
        ],
        "each_day": [
            "indexing.mend", "deciding_words.publish", "parting.begin_owed", "checks.remind",
            "sweeping.sweep", "alike.mend", "drafts.forget_old", "large_exports.forget_old",
            "readings.forget_old", "shipping.ship",
        ],
    }[turn]  # fmt: skip
