"""Campaign (专项治理): 点上破题、锁定线索、面上收网、全面铺开, from a topic to a look back; its data goes.

Four steps, each blocked until what it rests on is there: a documented trace, tested rules and data in
custody, every doubt of tier A verified. What units report themselves is counted apart from what was found.

Law:
    No national text fixes the figures; each is a setting of the district or a day of the plan.
    个人信息保护法 Art. 5, 6, 19, 34, 55, 56; 监察法 Art. 5, 18, 44; rights.md 1-5.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Mechanism
from qingfeng.mechanisms.campaign import duties, ending, fields, figures, gates, parts, planning, steps

CAMPAIGN = Mechanism(
    key="campaign",
    name=_("Campaign"),
    term="专项治理",
    purpose=_(
        "Clear one thing up in four steps: one point, leads, the whole area, every unit; then look back."
    ),
    stages=parts.STAGES,
    parties=parts.PARTIES,
    acts=(*planning.ACTS, *steps.ACTS, *ending.ACTS),
    opened_by=("head", "analyst", *parts.LEADERS),
    asks=fields.OPENING,
    clocks=duties.CLOCKS,
    ledgers=duties.LEDGERS,
    figures=figures.FIGURES,
    law=(*gates.PRACTICE, *gates.LEAST_DATA),
    number="专治",
    keywords=("area", "period_from", "period_until", "data_until"),
)
