"""Referral from both sides, accountability with hearing and appeal, return visits: in browsers."""

import a_road
import pytest
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]


def steps_of(kind, case):
    return sampling.cases(kind)[case]["steps"]


def place_of(steps, act):
    return next(no for no, step in enumerate(steps) if step["act"] == act)


def test_a_referral_is_carried_by_both_sides_and_each_sees_its_own(road):
    from qingfeng.desk.kinds import address

    steps, scene = steps_of("referral", "received"), road.scene()
    asked = place_of(steps, "ask_papers")
    matter = sampling.play("referral", "received", scene, steps=asked)

    matter = a_road.carry(road, matter, steps[asked : asked + 3])
    answered = place_of(steps, "feed_back")
    matter = sampling.go_on(matter, steps[asked + 3 : answered], scene)
    matter = a_road.carry(road, matter, steps[answered : answered + 2])

    with road.on(steps[answered + 1]["day"]):
        partner, ours = road.at("audit_contact"), road.at("style_head")
        partner.go(address(matter))
        ours.go(address(matter))
    inside = sampling.cases("referral")["received"]["steps"][place_of(steps, "dispose")]["facts"]
    secret = next(value for value in inside.values() if isinstance(value, str) and len(value) > 12)
    assert matter.stage == sampling.stages_of(a_declared("referral"), {"steps": steps})[answered + 2]
    assert secret[:12] in ours.page.content()  # folded with the other facts of its act
    assert secret[:12] not in partner.page.content()
    assert partner.page.locator("section[aria-labelledby=parties] dd").count() <= 1


def a_declared(kind):
    from qingfeng.matters.registry import mechanism

    return mechanism(kind)


def test_accountability_hears_the_person_decides_and_is_changed_on_appeal(road):
    """政务处分法 Art. 43, 55: heard before the decision; an appeal is decided by others."""
    steps, scene = steps_of("accountability", "appeal_lighter"), road.scene()
    heard, appealed = place_of(steps, "hear"), place_of(steps, "appeal")
    matter = sampling.play("accountability", "appeal_lighter", scene, steps=heard)

    matter = a_road.carry(road, matter, steps[heard : heard + 2])
    matter = sampling.go_on(matter, steps[heard + 2 : appealed], scene)
    matter = a_road.carry(road, matter, steps[appealed : appealed + 2])

    acts = list(matter.story.values_list("act", flat=True))
    assert acts.index("hear") < acts.index("decide") < acts.index("appeal") < acts.index("change")
    assert matter.story.get(act="hear").second_id != matter.story.get(act="hear").by_id


def test_a_return_visit_that_is_declined_is_carried_to_its_end_without_any_script(road):
    matter = a_road.opened(road, "revisit", "declined", java_script_enabled=False)

    done = a_road.carry(road, matter, steps_of("revisit", "declined"), java_script_enabled=False)

    assert not done.is_open


def test_a_return_visit_is_made_by_two_and_recorded(road):
    steps, scene = steps_of("revisit", "made"), road.scene()
    matter = sampling.play("revisit", "made", scene, steps=1)

    done = a_road.carry(road, matter, steps[1:4])

    visit = done.story.get(act="visit")
    assert visit.second_id not in {None, visit.by_id}
