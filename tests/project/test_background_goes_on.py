"""Background work after a failure: said, and begun again soon, however long its pause is."""

import pytest

from qingfeng.project import site


class Waited:
    """An event that is told how long it is waited for, and is set after so many times."""

    def __init__(self, times):
        self.times, self.seconds = times, []

    def is_set(self):
        """Whether it was waited for often enough."""
        return len(self.seconds) >= self.times

    def wait(self, seconds):
        """Note for how long, and go on at once."""
        self.seconds.append(seconds)
        return self.is_set()


@pytest.mark.parametrize(("pause", "again"), [(site.SWEEP_SECONDS, site.AGAIN_SECONDS), (2, 2)])
@pytest.mark.django_db
def test_after_a_failure_the_same_work_is_begun_again_soon_and_then_keeps_its_pause(
    pause, again, monkeypatch
):
    import django.db

    monkeypatch.setattr(django.db, "close_old_connections", lambda: None)
    monkeypatch.setattr(django.db.connections, "close_all", lambda: None)
    said, fails = [], [LookupError("one matter"), None]
    background = site.Background(lambda *told: said.append(told))
    background._stop = Waited(2)

    def work():
        if wrong := fails.pop(0):
            raise wrong

    background._run("clocks", work, pause)

    assert said == [("clocks", "LookupError: one matter")]
    assert background._stop.seconds == [again, pause]


@pytest.mark.django_db
def test_findings_have_their_turn_although_clocks_went_wrong(monkeypatch):
    from qingfeng.findings import ticking as findings
    from qingfeng.matters import ticking as matters

    def wrong():
        raise LookupError("one matter")

    turns = []
    monkeypatch.setattr(matters, "tick", wrong)
    monkeypatch.setattr(findings, "tick", lambda: turns.append("findings"))

    with pytest.raises(LookupError):
        site.Background(print)._clocks()

    assert turns == ["findings"]
