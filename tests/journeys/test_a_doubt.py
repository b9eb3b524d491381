"""A doubt on its way to a verdict, in browsers: the unit asked, two signers, and what the rule learns."""

from decimal import Decimal

import a_road
import pytest
from django.utils import timezone
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]
STEPS = sampling.cases("verification")["partly"]["steps"]
RULE = "fuel_over_tank_single"


def place_of(act):
    return next(no for no, step in enumerate(STEPS) if step["act"] == act)


def a_lead():
    """Another lead of the same rule, that nobody has verified."""
    from qingfeng.findings.models import Lead, RuleRun, Screening

    now = timezone.now()
    screening = Screening.objects.create(run="0" * 16, snapshot="sha256:77d310", at=now)
    RuleRun.objects.create(
        screening=screening, rule=RULE, title="单次加油超油箱容积", watch="vehicle", tier="A",
        version="sha256:3f7a", ran=True, found=1,
    )  # fmt: skip
    return Lead.objects.create(
        key="b52f0c92be77d310", title="单次加油超油箱容积", rule=RULE, rules=[RULE], tier="A",
        watch="vehicle", colour="yellow",
        points=60, factor=1, weight=Decimal("0.9"), subject_kind="plate",
        subject_key="苏M12345",
        snapshot="sha256:77d310", first_seen=screening, last_seen=screening, first_seen_at=now,
    )  # fmt: skip


def test_a_doubt_is_put_to_the_unit_judged_signed_by_two_approved_and_moves_its_rule(road):
    """监察法 Art. 5, 44: nobody decides alone, and whoever is concerned is heard."""
    from qingfeng.desk.kinds import address
    from qingfeng.findings.models import RuleStanding
    from qingfeng.screening.leads.weights import PRIORS

    scene, asked, judged = road.scene(), place_of("ask_unit"), place_of("judge")
    lead = a_lead()
    matter = sampling.play("verification", "partly", scene, steps=asked)

    matter = a_road.carry(road, matter, STEPS[asked : asked + 2])
    matter = sampling.go_on(matter, STEPS[asked + 2 : judged], scene)
    matter = a_road.carry(road, matter, STEPS[judged : judged + 3])

    with road.on(STEPS[judged + 2]["day"]):
        unit = road.at("education_contact")
        unit.go(address(matter))
    assert unit.reads("87.00升")
    assert not unit.reads(RULE)
    assert not unit.reads("tolerance")
    concluded = matter.story.get(act="conclude")
    assert len({concluded.by_id, concluded.second_id, matter.story.get(act="approve").by_id}) == 3
    standing, weighed = RuleStanding.objects.get(rule=RULE), lead.weight
    lead.refresh_from_db()
    assert standing.counts == {"partly": 1}
    assert standing.mean > float(PRIORS["A"].mean)
    assert lead.weight > weighed
