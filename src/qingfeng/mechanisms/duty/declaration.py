"""Duty (主体责任): one unit's year, in which three duties interlock, from its list to its evaluation.

贯通联动: the committee has the main responsibility (主体责任), its secretary is the first responsible
(第一责任人), its members answer in their own fields (一岗双责), the commission supervises (监督责任). A year
in which something is missing ends as not fulfilled, with its reason, told to the unit: nothing is forged.

Law:
    党委（党组）落实全面从严治党主体责任规定 [reported]: a study each half-year, four things in person. Other
    figures are settings of the district.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Mechanism
from qingfeng.mechanisms.common import RECUSAL_CHECKED
from qingfeng.mechanisms.duty import fields, gates, lists, parts, supervising, unit_side

DUTY = Mechanism(
    key="duty",
    name=_("Year of duty"),
    term="主体责任年度履责",
    purpose=_(
        "See a unit's year through: list, two studies, the secretary in person, problems put right, "
        "evaluation; or say what was not fulfilled."
    ),
    stages=parts.STAGES,
    parties=parts.PARTIES,
    acts=(*unit_side.ACTS, *supervising.ACTS),
    opened_by=("head", "tracker", "registrar", *parts.LEADERS),
    asks=fields.OPENING,
    names=("unit", "tracking_unit"),
    clocks=lists.CLOCKS,
    ledgers=lists.LEDGERS,
    figures=lists.FIGURES,
    law=(*gates.RULE, *gates.PRACTICE),
    number="履责",
    keywords=("year", "grade"),
    gates=(gates.PARTS_NAMED, RECUSAL_CHECKED),
)
