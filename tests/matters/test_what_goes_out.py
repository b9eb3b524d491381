"""What an act sends to another installation, and what lets the house itself do one."""

from dataclasses import replace

import pytest
from an_errand import ERRAND, in_hand

from qingfeng.matters import checks, following
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.registry import forget, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def noting(monkeypatch):
    """Make a version of the errand known whose note sends or comes."""
    made = []
    monkeypatch.setattr(following, "_SENDS", {})

    def known(**words):
        acts = tuple(replace(one, **words) if one.key == "note" else one for one in ERRAND.acts)
        made.append(register(replace(ERRAND, acts=acts, version=2 + len(made))))
        return made[-1]

    yield known
    for one in made:
        forget(one)


def test_an_act_that_sends_hands_the_matter_and_its_line_of_the_story_over(office, noting):
    noting(sends="errand_note")
    went = []
    following.send_with("errand_note", lambda matter, performance: went.append((matter.pk, performance.act)))
    matter, handlers = in_hand()

    perform("note", matter, by=handlers[0], facts={"what": "已核对"})

    assert went == [(matter.pk, "note")]


def test_what_cannot_be_packed_rolls_the_act_back(office, noting):
    noting(sends="errand_note")

    def breaks(_matter, _performance):
        raise RuntimeError

    following.send_with("errand_note", breaks)
    matter, handlers = in_hand()

    with pytest.raises(RuntimeError):
        perform("note", matter, by=handlers[0], facts={"what": "已核对"})

    assert not matter.story.filter(act="note").exists()


def test_a_declaration_that_sends_what_nobody_packs_stops_the_house(office, noting):
    declared = noting(sends="errand_note")

    said = [one.msg for one in checks._finds(declared)]

    assert any("sends errand_note" in one for one in said)


def test_the_house_does_an_act_that_comes_from_elsewhere_and_no_other(office, noting):
    noting(comes="errand_note")
    matter, _handlers = in_hand()

    came = perform("note", matter, by=None, facts={"what": "对方已核对"})
    other = perform("promise", matter, by=None)

    assert isinstance(came, Done)
    assert isinstance(other, Refusal)
    assert other.why == "role"


def test_what_comes_from_elsewhere_is_not_done_by_a_clock(office, noting):
    from qingfeng.matters.ticking import tick

    noting(comes="errand_note", asks=())
    matter, _handlers = in_hand()

    tick()

    assert not matter.story.filter(act="note").exists()
