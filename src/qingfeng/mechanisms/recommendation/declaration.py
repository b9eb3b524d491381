"""Recommendation (纪检监察建议): one letter from its proposal to a correction that is proved and kept.

案书联动: tied to a case from the start. 三专三提: six gates. 责任链: room, team, unit and office, each with
its own clock and ledger. 报结制: reported and accepted, never assumed. 一书一评估: one evaluation each.

Law:
    监察法 Art. 13, 71; 政务处分法 Art. 61; 监察法实施条例 Art. 205 [verify]. Figures are settings of the
    district.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Mechanism
from qingfeng.mechanisms.recommendation import duties, fields, figures, gates, mending, parts, writing

RECOMMENDATION = Mechanism(
    key="recommendation",
    name=_("Letter of recommendation"),
    term="纪检监察建议",
    purpose=_("Carry a letter of recommendation from the study to a correction that is proved and kept."),
    stages=parts.STAGES,
    parties=parts.PARTIES,
    acts=(*writing.ACTS, *mending.ACTS),
    opened_by=("proposer", *parts.LEADERS),
    asks=fields.OPENING,
    names=("unit",),
    clocks=duties.CLOCKS,
    ledgers=duties.LEDGERS,
    figures=figures.FIGURES,
    law=(*gates.POWER, *gates.ADOPTION, *gates.PRACTICE),
    number="建议",
    keywords=("area", "instrument", "adoption", "grade", "mend_by"),
)
