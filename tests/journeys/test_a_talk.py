"""A head is told of a talk, it is held, a promise is made, kept and checked: each at their own browser."""

import a_road
import pytest
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
]


def test_a_head_s_talk_is_planned_held_and_checked_and_whoever_is_close_sees_nothing(road):
    from qingfeng.desk.kinds import address
    from qingfeng.organization.declarations import declare_relation

    steps = [
        {key: value for key, value in step.items() if step["act"] != "notify" or key != "parties"}
        for step in sampling.cases("talk")["closed"]["steps"]
    ]
    acts = [step["act"] for step in steps]
    talk = sampling.play("talk", "closed", road.scene(), steps=1)
    near = road.person("deputy")
    with road.on(2):
        declare_relation(near, "sibling", other=road.person("education_head"), by=None)
        head, deputy = road.at("education_head"), road.at("deputy")
        head.go("/leadership/mine/")
        assert not head.reads(talk.number)

    talk = a_road.carry(road, talk, [steps[1]])  # told by the principal
    with road.on(21):
        head, deputy = road.at("education_head"), road.at("deputy")
        head.go("/leadership/mine/")
        assert head.reads(talk.number)
        deputy.go("/talks/")
        assert not deputy.reads(talk.number)
        assert deputy.go(address(talk)).status == 404

    sign, check = acts.index("sign"), acts.index("check")
    talk = sampling.go_on(talk, steps[2:sign], road.scene())  # held, and recorded with two promises
    talk = a_road.carry(road, talk, steps[sign : sign + 2])  # signed, and the first issue corrected
    assert [one.state for one in talk.lines.order_by("no")] == ["corrected", "promised"]

    talk = sampling.go_on(talk, steps[sign + 2 : check], road.scene())
    talk = a_road.carry(road, talk, steps[check:])

    assert talk.stage == "closed"
    assert [one.state for one in talk.lines.order_by("no")] == ["confirmed", "confirmed"]


def test_a_head_reads_the_own_file_and_objects_and_the_office_says_why_it_reads_it(road):
    from qingfeng.desk.kinds import address

    steps = sampling.cases("integrity_file")["kept"]["steps"]
    acts = [step["act"] for step in steps]
    consult, objects = acts.index("consult"), acts.index("object")
    file = sampling.play("integrity_file", "kept", road.scene(), steps=consult)

    with road.on(steps[consult]["day"]):
        keeper = road.at("style_head")
        keeper.go(address(file))
        assert not keeper.reads("反馈")
    file = a_road.carry(road, file, [steps[consult]])
    with road.on(steps[consult]["day"]):
        keeper.go(address(file))
        assert keeper.reads("采信了结")

    file = a_road.carry(road, file, [steps[objects]])
    with road.on(steps[objects]["day"]):
        head = road.at("education_head")
        head.go("/leadership/mine/")
        assert head.reads(file.number)
        head.go(address(file))
        assert head.reads("采信了结")
        assert head.reads("年度监督谈话前了解以往谈话承诺是否办结")
