"""What the commission does in a unit's year: meet, remind, talk, check, evaluate, bring it to its end."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Entry
from qingfeng.mechanisms.common import RECUSAL_CHECKED
from qingfeng.mechanisms.duty import fields, gates, parts
from qingfeng.mechanisms.duty.parts import LEADERS, SUPERVISORS

NEEDED = "duty.needed"
ENDS: dict[str, Any] = {
    "by": "principal", "not_by": ("tracker", "evaluator"), "computes": NEEDED, "on_paper": True,
    "meeting": True,
}  # fmt: skip

ACTS = (
    Act("return_list", _("Send the list back"), by=SUPERVISORS, from_="issued", to="planned", reason=True,
        starts="list"),
    Act("confer", _("Record a meeting of both sides"), by=SUPERVISORS, from_=("issued", "conferred"),
        to="conferred", asks=fields.CONFER,
        enters=(Entry("problems", "fed_back", columns=fields.FED_BACK),), prints=(parts.MINUTES,)),
    Act("check_problem", _("Find a problem put right"), by=("tracker", "head"),
        enters=(Entry("problems", "accepted", ("mended",), 1, fields.CHECKED),)),
    Act("return_problem", _("Find a problem not put right"), by=("tracker", "head"), reason=True,
        enters=(Entry("problems", "fed_back", ("mended",), 1, fields.CHECKED),)),
    Act("carry_problem", _("Carry a problem into the next year"), by=LEADERS, reason=True,
        enters=(Entry("problems", "carried", ("fed_back", "mended"), 1, fields.CHECKED),)),
    Act("remind", _("Send a reminder"), by=SUPERVISORS, asks=fields.REMINDER, gates=(gates.ONE_AT_A_TIME,),
        enters=(Entry("letters", "sent", least=1, columns=fields.SENT),), prints=(parts.REMINDER,),
        starts="answer"),
    Act("circulate", _("Send a circular"), by=LEADERS, asks=fields.REMINDER,
        enters=(Entry("letters", "told", least=1, columns=fields.SENT),), prints=(parts.CIRCULAR,)),
    Act("talk", _("Record a talk on duty"), by=("tracker", *LEADERS), asks=fields.TALK, second=True,
        enters=(Entry("letters", "talked", least=1, columns=fields.TALKED),), prints=(parts.TALK,)),
    Act("settle_letter", _("Accept the answer"), by=("tracker", "head"),
        enters=(Entry("letters", "settled", ("answered",), 1, fields.SETTLED),)),
    Act("send_back_answer", _("Send the answer back"), by=("tracker", "head"), reason=True,
        gates=(gates.ONE_AT_A_TIME,),
        enters=(Entry("letters", "sent", ("answered",), 1, fields.SETTLED),), starts="answer"),
    Act("return_report", _("Send the report back"), by=("tracker", "head"), from_="reported",
        to="conferred", reason=True, stops="evaluate", starts="report_again"),
    Act("name_evaluators", _("Name who holds the evaluation"), by=("head", *LEADERS), from_="reported",
        asks=fields.EVALUATORS, names=("evaluator",), gates=(RECUSAL_CHECKED,)),
    Act("evaluate", _("Record the evaluation"), by="evaluator", from_="reported", to="evaluated",
        asks=fields.EVALUATION, gates=(gates.TWO_EVALUATE, gates.VOTES_ADD_UP), not_by=("tracker",),
        second=True, prints=(parts.EVALUATION,), stops="evaluate", starts="decide"),
    Act("close", _("Close the year"), from_="evaluated", to="closed", asks=fields.CLOSED,
        gates=(gates.FIRST_HALF, gates.SECOND_HALF, gates.LETTERS_SETTLED, gates.PROBLEMS_SETTLED,
               gates.FOUR_IN_PERSON),
        stops="decide", **ENDS),
    Act("ask_statement", _("Ask the unit what it says"), by=SUPERVISORS, asks=fields.HEARING,
        gates=(gates.YEAR_OVER, gates.TOLD_RIGHTLY), computes=NEEDED, prints=(parts.HEARING,),
        starts="statement"),
    Act("declare_unfulfilled", _("Close the year as not fulfilled"), to="unfulfilled",
        asks=fields.UNFULFILLED,
        gates=(gates.ALONE, gates.YEAR_OVER, gates.SOMETHING_MISSING, gates.HEARD, gates.SAID_RIGHTLY),
        prints=(parts.UNFULFILLED,), **ENDS),
    Act("hand_over", _("Hand over to another team or room"), by=("head", *LEADERS), names=("tracking_unit",),
        asks=fields.EVALUATORS, gates=(RECUSAL_CHECKED,), reason=True),
)  # fmt: skip
