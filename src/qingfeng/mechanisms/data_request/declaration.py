"""Data request (调数据): tables asked for, once or every month; few columns, a purpose, a day of deletion.

Law:
    个人信息保护法 Art. 5, 6, 19, 34, 55, 56. Figures are settings of the district.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import (
    Act,
    Clock,
    Entry,
    Figure,
    Ledger,
    Mechanism,
    Opens,
    Role,
    Slip,
    Stage,
)
from qingfeng.mechanisms.data_request import fields, gates

LETTER = Slip("letter", _("Data request"), "数据调取函", "调数", to="holder")
CHASE_SLIP = Slip("chase", _("Chase of a data request"), "数据催办函", "调数催办", to="holder")
RECEIPT = Slip("receipt", _("Receipt of data"), "数据接收回执", "调数回执", to="holder")
PROOF = Slip("proof", _("Proof of deletion"), "数据删除证明", "调数删除", to="holder")

PARTIES = (
    Role("drafter", _("Data analyst"), term="数据分析员", office=("analyst",), within="owner"),
    Role("head", _("Head of the room"), term="部门负责人", office=("dept_head",), within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("holder", _("Holder of the data"), term="数据持有单位", kind="unit", most=1, reads=False,
         told_by=("issue",)),
    Role("holder_contact", _("Contact of the holder"), term="持有单位联络员",
         office=("partner", "unit_contact"), within="holder", reads=False),
)  # fmt: skip

STAGES = (
    Stage("drafted", _("Drafted"), "拟定"),
    Stage("submitted", _("Submitted for approval"), "报批"),
    Stage("approved", _("Approved"), "审批"),
    Stage("issued", _("Sent, data to come"), "发出"),
    Stage("received", _("Data has come"), "到数"),
    Stage("deleted", _("Deleted, with proof"), "到期删除", open=False),
    Stage("dropped", _("Not asked for"), "不予调取", open=False),
)

LEADERS = ("deputy", "principal")
UNDER_WAY = ("issued", "received")

ACTS = (
    Act("revise", _("Change the draft"), by="drafter", from_="drafted", asks=fields.OPENING,
        gates=(gates.PERIODS_FIT,)),
    Act("name_holder", _("Name the holder"), by="drafter", from_="drafted", names=("holder",)),
    Act("list_columns", _("List columns"), by="drafter", from_="drafted",
        enters=(Entry("columns", "asked", least=1),)),
    Act("strike_column", _("Strike a column"), by=("drafter", "head"), from_="drafted",
        enters=(Entry("columns", "struck", ("asked",), least=1),)),
    Act("assess", _("Assess what it means for people"), by="drafter", from_="drafted",
        asks=fields.ASSESSMENT),
    Act("submit", _("Submit for approval"), by="drafter", from_="drafted", to="submitted",
        asks=(fields.NEW_KINDS,), computes="data_request.kinds", finds=("pia_new",),
        gates=(gates.HOLDER_NAMED, gates.COLUMNS_LISTED, gates.TIMES_GIVEN, gates.PERIODS_FIT,
               gates.ANSWERABLE, gates.ASSESSED),
        stops="draft", starts="approve"),
    Act("return_draft", _("Send back"), by=("head", *LEADERS), from_="submitted", to="drafted", reason=True,
        not_by=("drafter",), stops="approve", starts="draft"),
    Act("approve", _("Approve the request"), by=LEADERS, from_="submitted", to="approved",
        not_by=("drafter",), stops="approve", starts="issue", on_paper=True, meeting=True,
        opens=(Opens("impact", "assessed_by", always=True, if_there=True,
                     when_holds=gates.brings_new_kinds),)),
    Act("issue", _("Send the request out"), by=("drafter", "head"), from_="approved", to="issued",
        gates=(gates.ANSWERABLE, gates.IMPACT_NOT_REFUSED), prints=(LETTER,), stops="issue",
        starts=("deliver", "monthly", "deletion")),
    Act("name_answerable", _("Say who answers for it"), by=("holder_contact", "drafter"),
        from_=("drafted", "approved", *UNDER_WAY), asks=fields.ANSWERABLE),
    Act("hand_over", _("Hand data over"), by="holder_contact", from_=UNDER_WAY,
        enters=(Entry("handovers", "sent", least=1),)),
    Act("chase", _("Chase"), by=("drafter", "head"), from_=UNDER_WAY, prints=(CHASE_SLIP,),
        enters=(Entry("chases", "sent", least=1, columns=("missing", "answer_by")),)),
    Act("answer_chase", _("Answer a chase"), by=("holder_contact", "drafter"), from_=UNDER_WAY,
        enters=(Entry("chases", "answered", ("sent",), 1, ("answer",)),)),
    Act("receive", _("Record what has come"), by="drafter", from_=UNDER_WAY, to="received",
        gates=(gates.ANSWERABLE, gates.IMPACT_NOT_REFUSED, gates.OUTSIDE_DROPPED, gates.HASHED,
               gates.DELETED_IN_TIME, gates.WITHIN_THE_REQUEST),
        enters=(Entry("deliveries", "in", least=1, columns=fields.ARRIVED),), prints=(RECEIPT,),
        stops=("deliver", "monthly")),
    Act("prove_deletion", _("Record a deletion"), by=("drafter", "head"), from_="received",
        enters=(Entry("deliveries", "deleted", ("in",), 1, fields.DELETED),)),
    Act("end_deliveries", _("End the monthly deliveries"), by=("head", *LEADERS), from_=UNDER_WAY,
        reason=True, stops="monthly", when=gates.is_standing),
    Act("close", _("Close: all is deleted"), by=("head", *LEADERS), from_="received", to="deleted",
        gates=(gates.NOTHING_TO_COME, gates.ALL_DELETED), prints=(PROOF,), stops=("deletion", "deliver")),
    Act("drop", _("Do not ask for it"), by=LEADERS, from_=("drafted", "submitted", "approved", "issued"),
        to="dropped", reason=True, stops=("draft", "approve", "issue", "deliver", "monthly", "deletion")),
)  # fmt: skip

CLOCKS = (
    Clock("draft", _("Draft the request"), working_days=5, starts="open", law=gates.PRACTICE,
          setting="data_request.draft", bears="drafter", escalates=("head",)),
    Clock("approve", _("Decide on the request"), working_days=3, law=gates.PRACTICE,
          setting="data_request.approve", bears="deputy", escalates=("principal",)),
    Clock("issue", _("Send the request"), working_days=3, law=gates.PRACTICE, setting="data_request.issue",
          bears="drafter", escalates=("head",)),
    Clock("deliver", _("The holder delivers"), until="deliver_by", law=gates.PRACTICE, bears="holder_contact",
          escalates=("drafter", "head", "deputy"), when=gates.is_single),
    Clock("monthly", _("The holder delivers this month"), each_month="delivery_day", law=gates.PRACTICE,
          bears="holder_contact", escalates=("drafter", "head"),
          repeats=True, during=UNDER_WAY, when=gates.is_standing),
    Clock("deletion", _("Delete the data, with proof"), until="delete_on", law=gates.KEPT_SHORT,
          bears="drafter", escalates=("head", "deputy", "principal")),
)  # fmt: skip

LEDGERS = (
    Ledger("columns", _("Columns asked for"), "调取清单", fields.COLUMN,
           (("asked", _("on the list")), ("struck", _("struck off the list"))), ("asked", "struck"),
           unsaid=("struck",)),
    Ledger("chases", _("Chases"), "催办台账", fields.CHASE,
           (("sent", _("sent")), ("answered", _("answered"))), ("answered",), due="answer_by"),
    Ledger("handovers", _("Handed over by the holder"), "持有单位交付", fields.HANDOVER,
           (("sent", _("sent")),), ("sent",)),
    Ledger("deliveries", _("Data that has come"), "到数台账", fields.DELIVERY,
           (("in", _("still kept")), ("deleted", _("deleted with proof"))), ("deleted",), due="delete_on"),
)  # fmt: skip

FIGURES = (
    Figure("by_holder", _("Requests by holder"), by=("holder", "repeats")),
    Figure("by_stage", _("Requests by stage and light"), by=("stage", "light")),
    Figure("single_in_time", _("Delivered in time, once"), counts="clocks:deliver", by=("holder",)),
    Figure("monthly_in_time", _("Delivered in time, every month"), counts="clocks:monthly", by=("holder",)),
    Figure("deleted_in_time", _("Deleted in time"), counts="clocks:deletion", by=("owner",)),
    Figure("chased", _("Chases sent"), counts="ledger:chases", by=("holder",)),
    Figure("arrived", _("Deliveries that came"), counts="acts:receive", by=("holder",)),
    Figure("median_days", _("Median days from sending to data"), counts="median_days:issue:receive",
           by=("holder",)),
    Figure("assessed", _("Assessments by result"), by=("pia_result",)),
)  # fmt: skip

DATA_REQUEST = Mechanism(
    key="data_request",
    name=_("Data request"),
    term="调数据",
    purpose=_("Ask a holder for records: the fewest columns, for a purpose, until a day of deletion."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("drafter",),
    asks=fields.OPENING,
    names=("holder",),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.LEAST,
    number="调",
    keywords=("repeats", "delivery_day", "deliver_by", "delete_on"),
)
