"""What the house finds out at an act: lines, links and what gates of the act may look at; slips, figures."""

from dataclasses import replace

import pytest
from an_errand import ERRAND, an_errand, in_hand, unit
from django.utils import timezone

from qingfeng.desk.fitting import Asked
from qingfeng.matters import checks, computed, statistics
from qingfeng.matters.answers import Done
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import forget, mechanism, register
from qingfeng.matters.vocabulary import Field, Figure, Gate

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


def test_a_declaration_that_leads_to_what_no_room_does_is_told_at_start_up(office):
    acts = tuple(replace(one, then="errand.lost") if one.key == "note" else one for one in ERRAND.acts)
    made = register(replace(ERRAND, acts=acts, version=2))

    told = [one.msg for one in checks.declarations_hold() if one.id == "matters.E014"]
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


@pytest.fixture
def filled_in(office):
    """A version of the errand whose note is filled in by the house, with what it fills in."""
    found = {}
    computed.find_with("errand.filled", lambda _matter, _sheet: computed.Found(**found))
    asks = (Field("what", "What", "long"), Field("count", "Count", "whole", needed=False))
    acts = tuple(
        replace(
            one,
            asks=asks,
            names=("subject_unit",),
            computes="errand.filled",
            finds=("count", "subject_unit"),
        )
        if one.key == "note"
        else one
        for one in ERRAND.acts
    )
    made = register(replace(ERRAND, acts=acts, version=2))
    yield found
    forget(made)


def test_the_house_fills_in_facts_names_parties_and_links_others_here(filled_in):
    matter, handlers = in_hand()
    other, about = an_errand(), unit("区水务局")
    filled_in |= {
        "facts": {"count": 7},
        "parties": {"subject_unit": [about.pk]},
        "joining": (("serves", other),),
    }

    perform("note", matter, by=handlers[0], facts={"what": "核对", "count": 1})

    matter.refresh_from_db()
    assert (matter.facts["what"], matter.facts["count"]) == ("核对", 7)
    assert matter.parties.get(role="subject_unit").unit == about
    assert matter.links_in.get(kind="serves").source == other


def test_no_form_asks_for_what_the_house_fills_in(filled_in):
    matter, _handlers = in_hand()
    declared = mechanism("errand")

    asked = Asked(declared, declared.act("note"), matter)

    assert [one.key for one in asked.fields] == ["what"]
    assert asked.roles == []
