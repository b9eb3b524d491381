"""Petition (信访事项): appeals, demands and suggestions, carried by offices to a lawful and real end.

分级负责、归口办理、部门联动、集中处置、共同化解. It binds offices: nothing here watches, scores, ranks
or restricts whoever writes. The three tests of closing (三到位) ask what offices did: a lawful result
delivered and carried out; a contact named and help offered; the petitioner asked, or the lawful
procedures ended and explained.

Law:
    信访工作条例 Art. 17-23, 27-37, 39-46
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Mechanism
from qingfeng.mechanisms.petition import answering, duties, fields, figures, gates, parts, taking_in

PETITION = Mechanism(
    key="petition",
    name=_("Petition"),
    term="信访事项",
    purpose=_("Carry an appeal, a demand or a suggestion to a lawful result that is delivered and done."),
    stages=parts.STAGES,
    parties=parts.PARTIES,
    acts=(*taking_in.ACTS, *answering.ACTS),
    opened_by=parts.OURS,
    asks=fields.OPENING,
    clocks=duties.CLOCKS,
    ledgers=duties.LEDGERS,
    figures=figures.FIGURES,
    law=(*gates.ROUTING, *gates.TOGETHER, *gates.KINDS),
    number="信",
    names_sources=True,
    keywords=("area", "topic", "level", "line", "supported"),
    gates=(gates.NO_REPORT, gates.FIVE_SPEAK),
)
