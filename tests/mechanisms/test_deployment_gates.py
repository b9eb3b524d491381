"""What blocks a deployment: nothing cites it, or what cites it is open (抓住全会部署要求和上级关注重点)."""

import a_life
import a_story
import pytest

from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.organization.viewer import viewer_for


def unmet(act, seen):
    return a_life.unmet("deployment", act, seen)


def test_a_clause_that_nothing_cites_is_not_carried_out():
    seen = a_life.entering("deployment", "carried_out", "carry_out")

    assert unmet("carry_out", seen) == []
    assert unmet("carry_out", a_life.replace(seen, links=())) == ["cited"]
    outward = a_life.linked(seen, "cites", "directive", "filed")
    assert unmet("carry_out", outward) == ["cited"]


@pytest.mark.parametrize("act", ["carry_out", "close"])
def test_a_clause_waits_for_what_cites_it(act):
    seen = a_life.entering("deployment", "carried_out", act)
    still_open = a_life.linked(seen, "cites", "directive", "dispatched", outward=False)

    assert unmet(act, seen) == []
    assert unmet(act, still_open) == ["citing_ended"]


def test_a_clause_is_carried_out_by_an_office_that_is_named():
    seen = a_life.entering("deployment", "carried_out", "carry_out")

    assert unmet("carry_out", a_life.replace(seen, parties=())) == ["named:responsible"]


@pytest.mark.django_db
def test_where_nothing_needs_to_cite_it_the_leader_in_charge_says_why(office):
    matter = a_story.played(office, "deployment", "set_aside", steps=0)
    where = a_story.scene(office)
    steps = a_story.sampling.cases("deployment")["carried_out"]["steps"]
    a_story.sampling.go_on(matter, [steps[0]], where)

    def carry(who, **others):
        with where.on(where.at(10)):
            viewer = viewer_for(where.person(who), where.at(10).date())
            facts = {"done_text": "已传达学习。"}
            return perform("carry_out", matter, by=viewer, facts=facts, at=where.at(10), **others)

    why = {"cited": "本条只要求传达学习，无须立项。"}
    by_staff, by_leader = carry("style_one", overrides=why), carry("deputy", overrides=why)

    assert isinstance(by_staff, Refusal)
    assert by_staff.gates == ("cited",)
    assert isinstance(by_leader, Done)
    assert matter.story.last().entered["overrides"] == why


@pytest.mark.django_db
def test_a_clause_shows_what_carried_it_out(office):
    matter = a_story.played(office, "deployment", "carried_out")

    cited = [(link.kind, link.source.mechanism, link.source.stage) for link in matter.links_in.all()]

    assert (matter.stage, cited) == ("closed", [("cites", "directive", "filed")])
