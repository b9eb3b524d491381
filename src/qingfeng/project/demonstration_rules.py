"""A rule of the district in the demonstration: a card's trace, tried, waiting for its second signer.

It goes through the doors that real work goes through; what the trial found is what the records say.
"""

from __future__ import annotations

from collections.abc import Callable

BASE, RULE = "fuel_over_tank_single", "d_fuel_over_tank_tight"
TITLE = "单次加油超油箱容积（从严）"
REASON = "规律卡所述手法：加油量略高于油箱容积，按内置规则的容差查不出。"


def write_rule(report: Callable[[str], None]) -> bool:
    """Write a variant for a card that was filled, have it tried, and propose it; return whether it waits."""
    from qingfeng.findings import own_rules  # noqa: PLC0415 - Django is started by now
    from qingfeng.findings.models import Job, OwnVersion  # noqa: PLC0415
    from qingfeng.findings.own_cards import open_cards  # noqa: PLC0415
    from qingfeng.findings.running import run_next  # noqa: PLC0415
    from qingfeng.mechanisms.cast import PEOPLE  # noqa: PLC0415
    from qingfeng.organization.models import Person  # noqa: PLC0415
    from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415
    from qingfeng.screening.rulebook import load_rules, variant_text  # noqa: PLC0415

    report("A rule of the district, tried on the history.")
    analyst = viewer_for(Person.objects.get(number=PEOPLE["analyst"]))
    base = load_rules(only=[BASE])[BASE]
    draft = own_rules.Draft(
        rule=RULE,
        text=variant_text(base, title=TITLE, params={"tolerance": 1, "slack_l": 0}),
        cases=base.cases.read_text(encoding="utf-8"),
        reason=REASON,
        base=BASE,
        params={"tolerance": "1", "slack_l": "0"},
        card=open_cards().filter(stage="filled", facts__area="conduct").first(),
    )
    version = own_rules.write(draft, by=analyst)
    if not isinstance(version, OwnVersion):
        return False
    own_rules.ask_trial(version, by=analyst)
    run_next([Job.Kind.TRY])
    return isinstance(own_rules.propose(version, by=analyst), OwnVersion)
