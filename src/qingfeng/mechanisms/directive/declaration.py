"""Directive (督办单): a task from province or city is hung as a ticket and carried to its end.

Law:
    No national text fixes the figures; each is a setting of the district.
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
from qingfeng.mechanisms.directive import fields, gates

TICKET = Slip("ticket", _("Directive"), "督办单", "督办单", to="handler_office")
CHASE_SLIP = Slip("chase", _("Chase"), "催办通知", "催办", to="handler_office")
EXTENSION_SLIP = Slip("extension", _("Answer on an extension"), "延期批复", "督办延期", to="handler_office")
RETURN_SLIP = Slip("return", _("Report sent back"), "督办报结退回通知", "督办退回", to="handler_office")
RESULT_SLIP = Slip("result", _("Report on a directive"), "督办事项办理结果报告", "督办报告", to="superior")

PARTIES = (
    Role("registrar", _("Registrar"), term="办公室登记员", office=("registrar",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("supervisor", _("Supervising leader"), term="包案督办领导", most=1),
    Role("lead_room", _("Room that owns the subject"), term="业务牵头部门", kind="unit", most=1),
    Role(
        "reviewer", _("Reviewer of the owning room"), term="业务审核人", office=("dept_head",), within="lead_room"
    ),
    Role("handler_office", _("Handling office"), term="承办部门", kind="unit", most=1),
    Role(
        "office_head",
        _("Head of the handling office"),
        term="承办部门负责人",
        office=("dept_head",),
        within="handler_office",
    ),
    Role("handler", _("Handlers, the leading one first"), term="承办人", least=2),
    Role("superior", _("Superior commission"), term="上级纪检监察机关", kind="unit", most=1, reads=False),
    Role(
        "superior_contact",
        _("Contact of the superior"),
        term="上级联络员",
        office=("superior",),
        within="superior",
        reads=False,
    ),
)

STAGES = (
    Stage("received", _("Received"), "收单"),
    Stage("registered", _("Registered"), "登记挂号"),
    Stage("assigned", _("Assigned"), "批办"),
    Stage("dispatched", _("Dispatched"), "交办"),
    Stage("signed_for", _("Signed for, in hand"), "签收办理中"),
    Stage("reported", _("Reported for closing"), "报结"),
    Stage("reviewed", _("Reviewed"), "审核通过"),
    Stage("approved", _("Approved"), "审定"),
    Stage("submitted", _("Sent up"), "上报"),
    Stage("acknowledged", _("Receipt from above"), "上级回执"),
    Stage("closed", _("Struck off"), "销号"),
    Stage("filed", _("Filed"), "归档", open=False),
)

IN_WORK = ("signed_for", "reported", "reviewed", "approved", "submitted", "acknowledged")

ACTS = (
    Act("register", _("Register"), by="registrar", from_="received", to="registered",
        asks=fields.REGISTER, names=("lead_room",), gates=(gates.NOT_SECRET,), stops="register", starts="assign"),
    Act("assign", _("Assign"), by=("principal", "deputy"), from_="registered", to="assigned",
        asks=fields.ASSIGN, names=("supervisor", "handler_office", "handler"),
        gates=(gates.INTERNAL_IS_EARLIER,), stops="assign", starts="dispatch", on_paper=True, meeting=True),
    Act("dispatch", _("Dispatch"), by="registrar", from_="assigned", to="dispatched",
        gates=(gates.TWO_HANDLERS,), prints=(TICKET,), stops="dispatch", starts=("sign_for", "internal_due")),
    Act("sign_for", _("Sign for it"), by="office_head", from_="dispatched", to="signed_for", stops="sign_for"),
    Act("object", _("Object: not ours"), by="office_head", from_="dispatched", to="registered",
        reason=True, stops=("sign_for", "internal_due"), starts="assign"),
    Act("set_milestone", _("Set a milestone"), by=("handler", "supervisor"), from_="signed_for",
        enters=(Entry("milestones", "set", least=1),)),
    Act("reach_milestone", _("Note that a milestone is reached"), by="handler", from_="signed_for",
        enters=(Entry("milestones", "reached", ("set",), least=1),)),
    Act("note_progress", _("Note progress"), by="handler", from_="signed_for",
        enters=(Entry("progress", "noted", least=1),)),
    Act("list_decision", _("List a decision on accountability"), by="handler", from_=IN_WORK,
        enters=(Entry("decisions", "listed", least=1),)),
    Act("prove_decision", _("Record that a decision was carried out"), by="handler", from_=IN_WORK,
        enters=(Entry("decisions", "executed", ("listed",), least=1),)),
    Act("list_correction", _("List a correction"), by="handler", from_=IN_WORK,
        enters=(Entry("corrections", "open", least=1),)),
    Act("prove_correction", _("Record that a correction was made"), by="handler", from_=IN_WORK,
        enters=(Entry("corrections", "proved", ("open",), least=1),)),
    Act("accept_correction", _("Accept a correction"), by=("reviewer", "supervisor"), from_=IN_WORK,
        not_by=("handler",), enters=(Entry("corrections", "accepted", ("proved",), least=1),)),
    Act("chase", _("Chase"), by=("registrar", "reviewer", "supervisor"), from_=("dispatched", "signed_for"),
        enters=(Entry("chases", "sent", least=1),), prints=(CHASE_SLIP,)),
    Act("answer_chase", _("Answer a chase"), by=("handler", "office_head"), from_=("dispatched", "signed_for"),
        enters=(Entry("chases", "answered", ("sent",), least=1),)),
    Act("ask_extension", _("Ask for an extension"), by="handler", from_="signed_for", asks=fields.ASK_EXTENSION),
    Act("grant_extension", _("Approve the extension"), by="supervisor", from_="signed_for",
        asks=fields.GRANT_EXTENSION, gates=(gates.EXTENSION_ASKED, gates.EXTENSION_WITHIN), extends="internal_due",
        not_by=("handler",), prints=(EXTENSION_SLIP,), on_paper=True),
    Act("refuse_extension", _("Refuse the extension"), by="supervisor", from_="signed_for", reason=True,
        gates=(gates.EXTENSION_ASKED,), not_by=("handler",), on_paper=True),
    Act("start_accountability", _("Propose accountability"), by=("handler", "office_head"), from_="signed_for",
        opens=(Opens("accountability", "leads_to", always=True),), reason=True),
    Act("report", _("Report for closing"), by="handler", from_="signed_for", to="reported", asks=fields.REPORT,
        gates=(gates.TWO_HANDLERS, gates.CHASES_ANSWERED), starts="review", second=True),
    Act("review", _("Accept after review"), by="reviewer", from_="reported", to="reviewed", not_by=("handler",),
        asks=fields.REVIEW,
        stops="review", starts="approve"),
    Act("return_report", _("Send back"), by=("reviewer", "supervisor"), from_=("reported", "reviewed"),
        to="signed_for", asks=(fields.INTERNAL_DUE,), gates=(gates.INTERNAL_IS_EARLIER,), reason=True,
        not_by=("handler",), stops=("review", "approve"), starts="internal_due", prints=(RETURN_SLIP,)),
    Act("approve", _("Approve the result"), by="supervisor", from_="reviewed", to="approved",
        not_by=("handler", "reviewer"), stops=("approve", "internal_due"), on_paper=True, meeting=True),
    Act("submit", _("Send up"), by="registrar", from_="approved", to="submitted", asks=fields.SUBMIT,
        gates=(gates.RESULT_APPROVED,), stops="upward_due", starts="receipt", prints=(RESULT_SLIP,)),
    Act("extend_upward", _("Record the superior's extension"), by=("registrar", "superior_contact"),
        asks=fields.SUPERIOR_EXTENSION, extends="upward_due", from_=(
            "registered", "assigned", "dispatched", "signed_for", "reported", "reviewed", "approved")),
    Act("return_from_above", _("Take back from the superior"), by=("registrar", "superior_contact"),
        from_=("submitted", "acknowledged"), to="signed_for", asks=fields.SENT_BACK, reason=True,
        gates=(gates.INTERNAL_IS_EARLIER,), stops=("receipt", "close"), starts=("internal_due", "upward_due")),
    Act("record_receipt", _("Record the superior's receipt"), by=("registrar", "superior_contact"),
        from_="submitted", to="acknowledged", asks=fields.RECEIPT, stops="receipt", starts="close"),
    Act("close", _("Strike off"), by="supervisor", from_=("submitted", "acknowledged"), to="closed",
        gates=(gates.RESULT_APPROVED, gates.DECISIONS_EXECUTED, gates.RECEIPT_PRESENT, gates.CORRECTIONS_ACCEPTED),
        not_by=("handler",), stops=("receipt", "close"), starts="file"),
    Act("file", _("File"), by="registrar", from_="closed", to="filed", stops="file", bulk=True),
)  # fmt: skip

CLOCKS = (
    Clock("register", _("Register the order"), working_days=1, starts="open", law=gates.PRACTICE,
          setting="directive.register", bears="registrar", escalates=("deputy",)),
    Clock("assign", _("Assign the order"), working_days=2, law=gates.PRACTICE, setting="directive.assign",
          bears="deputy", escalates=("principal",)),
    Clock("dispatch", _("Dispatch the directive"), working_days=1, law=gates.PRACTICE,
          setting="directive.dispatch", bears="registrar", escalates=("deputy",)),
    Clock("sign_for", _("Sign for the directive"), working_days=2, law=gates.PRACTICE,
          setting="directive.sign_for", bears="office_head", escalates=("supervisor", "principal")),
    Clock("internal_due", _("Report for closing"), until="internal_due_on", law=gates.PRACTICE,
          most_extension_days=90, extended_by="supervisor", bears="handler",
          escalates=("office_head", "supervisor", "principal")),
    Clock("upward_due", _("Report upwards"), until="upward_due_on", starts="open", law=gates.PRACTICE,
          most_extension_days=366, extended_by="superior_contact", bears="registrar",
          escalates=("supervisor", "principal")),
    Clock("review", _("Review the report"), working_days=3, law=gates.PRACTICE, setting="directive.review",
          bears="reviewer", escalates=("supervisor",)),
    Clock("approve", _("Approve the report"), working_days=3, law=gates.PRACTICE, setting="directive.approve",
          bears="supervisor", escalates=("principal",)),
    Clock("receipt", _("Obtain the superior's receipt"), working_days=15, law=gates.PRACTICE,
          setting="directive.receipt", bears="registrar", escalates=("deputy",)),
    Clock("close", _("Strike off the directive"), working_days=5, law=gates.PRACTICE, setting="directive.close",
          bears="supervisor", escalates=("principal",)),
    Clock("file", _("File the papers"), months=1, law=gates.PRACTICE, setting="directive.file",
          bears="registrar", escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("milestones", _("Milestones"), "节点台账", fields.MILESTONE,
           (("set", _("set")), ("reached", _("reached"))), ("reached",), due="due_on"),
    Ledger("progress", _("Progress"), "办理进展", fields.PROGRESS, (("noted", _("noted")),), ("noted",)),
    Ledger("chases", _("Chases"), "催办台账", fields.CHASE,
           (("sent", _("sent")), ("answered", _("answered"))), ("answered",), due="answer_by"),
    Ledger("decisions", _("Decisions on accountability"), "问责决定台账", fields.DECISION,
           (("listed", _("listed")), ("executed", _("carried out"))), ("executed",)),
    Ledger("corrections", _("Corrections"), "整改台账", fields.CORRECTION,
           (("open", _("open")), ("proved", _("proved")), ("accepted", _("accepted"))), ("accepted",),
           due="due_on"),
)  # fmt: skip

FIGURES = (
    Figure("by_source", _("Directives by source"), by=("source_level", "area")),
    Figure("by_office", _("Directives by handling office"), by=("handler_office", "light")),
    Figure("on_time_inside", _("Reported to us in time"), counts="clocks:internal_due", by=("handler_office",)),
    Figure("on_time_upwards", _("Reported upwards in time"), counts="clocks:upward_due", by=("source_level",)),
    Figure("median_days", _("Median days from receipt to report upwards"), counts="median_days:open:submit",
           by=("handler_office",)),
    Figure("extensions", _("Extensions approved"), counts="acts:grant_extension", by=("handler_office",)),
    Figure("reports", _("Reports for closing"), counts="acts:report", by=("handler_office",)),
    Figure("returns", _("Share of reports sent back"), counts="acts:return_report", by=("handler_office",),
           share_of="reports"),
    Figure("chased", _("Chases sent"), counts="ledger:chases", by=("handler_office",)),
    Figure("open_by_light", _("Directives by stage and light"), by=("stage", "light")),
)  # fmt: skip

DIRECTIVE = Mechanism(
    key="directive",
    name=_("Directive"),
    term="督办单",
    purpose=_("Carry a task ordered from above to its end: handled in time, reported up, struck off."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("registrar",),
    asks=fields.SOURCE,
    names=("superior",),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.PRACTICE,
    number="督",
    keywords=("source_organ", "area", "internal_due_on", "upward_due_on"),
)
