"""What the house finds out at an act: lines, links and what gates of the act may look at; slips, figures."""

from dataclasses import replace

import pytest
from an_errand import ERRAND, an_errand, in_hand
from django.utils import timezone

from qingfeng.matters import checks, computed, statistics
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import forget, register
from qingfeng.matters.vocabulary import Figure, Gate

pytestmark = pytest.mark.django_db
GATE = Gate("enough", "Too few were found.", lambda seen: seen.entered.get("counted", 9) >= 2)


@pytest.fixture
def finding(office):
    """A version of the errand whose promises are found by the house, with what it finds."""
    found = {}
    computed.find_with("errand.found", lambda _matter, _sheet: found["now"])
    acts = tuple(
        replace(one, computes="errand.found", gates=(GATE,)) if one.key == "promise" else one
        for one in ERRAND.acts
    )
    made = register(replace(ERRAND, acts=acts, version=2))
    yield lambda **what: found.update(now=computed.Found(**what))
    forget(made)


def promised(matter, by, *texts):
    lines = {"promises": [{"text": one} for one in texts]}
    return perform("promise", matter, by=by, lines=lines)


def test_what_the_house_finds_is_entered_in_place_of_what_was_handed_in(finding):
    matter, handlers = in_hand()
    other = an_errand()
    finding(lines={"promises": [{"text": "查明"}]}, told={"counted": 2}, alike=(("alike", other),))

    answer = promised(matter, handlers[0], "手填")

    assert isinstance(answer, Done)
    assert [line.facts["text"] for line in matter.lines.all()] == ["查明"]
    assert matter.links_out.get(kind="alike").target == other


def test_what_the_house_tells_is_there_for_the_gates_and_kept_nowhere(finding):
    matter, handlers = in_hand()
    finding(lines={"promises": [{"text": "查明"}]}, told={"counted": 1})
    refused = promised(matter, handlers[0])
    finding(lines={"promises": [{"text": "查明"}]}, told={"counted": 2})
    done = promised(matter, handlers[0])

    assert refused.gates == ("enough",)
    assert isinstance(done, Done)
    assert "counted" not in done.performance.entered


def test_a_declaration_that_asks_for_what_no_room_finds_is_told_at_start_up(office):
    acts = tuple(replace(one, computes="errand.lost") if one.key == "note" else one for one in ERRAND.acts)
    made = register(replace(ERRAND, acts=acts, version=2))

    told = [one.msg for one in checks.declarations_hold() if one.id == "matters.E013"]
    forget(made)

    assert len(told) == 1
    assert "errand.lost" in told[0]


def test_a_figure_may_leave_out_matters_on_which_an_act_was_done_and_split_by_a_column(office):
    first, handlers = in_hand()
    in_hand()
    promised(first, handlers[0], "周五前答复", "周五前答复", "补证")
    today = timezone.localdate()
    period = statistics.Period(today, today, today)

    def rows(**figure):
        counted = statistics.count(Figure("x", "X", **figure), ERRAND, Matter.objects.all(), period)
        return {row.split: row.value for row in counted}

    assert rows(counts="acts:dispatch") == {(): 2.0}
    assert rows(counts="acts:dispatch", never="promise") == {(): 1.0}
    assert rows(counts="ledger:promises", by=("text",)) == {("周五前答复",): 2.0, ("补证",): 1.0}
