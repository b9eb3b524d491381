"""Complaint about our own staff (对本委干部的反映): looked into by the room that supervises them, or sent up.

Taken in by the custodian of identities, who alone can open who reported. What concerns the supervising room,
the leading group or the principal is sent to the higher commission as one sealed item; whom it concerns is
named when it is opened, and it does not exist for them. A complaint against an unlawful measure has the law's
month; the review above has two.

Law:
    监察法 Art. 60-62, 66-67, 69, 73; 检举控告工作规则 [reported]
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import (
    Act,
    Clock,
    Confidentiality,
    Entry,
    Figure,
    Ledger,
    Mechanism,
    Opens,
    Role,
    Slip,
    Stage,
)
from qingfeng.mechanisms.common import RECUSAL_ASKED, RECUSAL_CHECKED
from qingfeng.mechanisms.complaint import fields, gates

SENT_UP = Slip("sent_up", _("Letter that sends a complaint up"), "反映材料上报函", "反映上报")
ACCEPTED = Slip("accepted", _("Card of a complaint"), "对本委干部反映受理登记卡", "干部反映")
ACKNOWLEDGED = Slip("acknowledged", _("Notice that a complaint is taken up"), "受理告知书", "反映告知")
RESULT = Slip("result", _("Decision on a complaint"), "反映事项处理决定", "反映处理")
FED_BACK = Slip("fed_back", _("Result told to whoever gave a name"), "办理结果反馈书", "反映反馈")
CLARIFIED = Slip("clarified", _("Letter of clarification"), "澄清正名通知书", "干部澄清")

PARTIES = (
    Role("custodian", _("Custodian of identities"), term="身份信息保管人", office=("custodian",), most=1),
    Role("supervision_head", _("Head of the supervising room"), term="干部监督部门负责人",
         office=("dept_head",), within="owner", restricted=True),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",), restricted=True),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",), restricted=True),
    Role("handler", _("Handlers, the leading one first"), term="承办人", least=2),
    Role("unit", _("Room or team it is about"), term="涉及部门", kind="unit", least=0, most=1, subject=True,
         reads=False),
    Role("subject_person", _("Staff it is about"), term="被反映干部", least=0, subject=True,
         confidential=True, reads=False),
)  # fmt: skip

STAGES = (
    Stage("received", _("Complaint received"), "收到反映"),
    Stage("accepted", _("Taken up"), "受理"),
    Stage("examining", _("Being examined"), "核查"),
    Stage("proposed", _("Result proposed"), "提出处理意见"),
    Stage("decided", _("Decided"), "集体研究决定"),
    Stage("under_review", _("Under review above"), "上级复查"),
    Stage("closed", _("Complaint closed"), "办结", open=False),
    Stage("sent_up", _("Sent up"), "上报上级", open=False),
    Stage("not_ours", _("Sent on: not ours"), "移送其他机关", open=False),
)

LEADERS = ("deputy", "principal")
ALL_ALONG = ("received", "accepted", "examining", "proposed", "decided", "under_review")

ACTS = (
    Act("keep_identity", _("Seal who reported"), by="custodian", from_=ALL_ALONG, asks=fields.IDENTITY,
        when=gates.is_named),
    Act("send_up", _("Send up"), by="custodian", from_="received", to="sent_up", asks=fields.SENT_UP,
        gates=(gates.GOES_UP,), prints=(SENT_UP,), stops="rep_superior", when=gates.goes_up),
    Act("accept", _("Take up"), by="supervision_head", from_="received", to="accepted", asks=fields.ACCEPTED,
        names=("unit", "subject_person"),
        gates=(gates.STAYS_HERE, gates.IDENTITY_KEPT), prints=(ACCEPTED,),
        stops="accept", starts=("assign", "handle", "sup_complaint")),
    Act("send_on", _("Send on: not ours"), by="supervision_head", from_="received", to="not_ours",
        asks=fields.NOT_OURS, gates=(gates.STAYS_HERE,), reason=True, stops="accept"),
    Act("acknowledge", _("Tell whoever gave a name that it is taken up"), by="custodian",
        from_=("accepted", "examining", "proposed", "decided"), asks=fields.ACKNOWLEDGED,
        prints=(ACKNOWLEDGED,), stops="rep_named_ack", when=gates.is_named),
    Act("assign", _("Name who handles it"), by=("supervision_head", *LEADERS), from_="accepted",
        to="examining", asks=(RECUSAL_ASKED,), names=("handler",),
        gates=(gates.SUBJECT_KNOWN, RECUSAL_CHECKED), stops="assign", on_paper=True),
    Act("reassign", _("Name other handlers"), by=("supervision_head", *LEADERS),
        from_=("examining", "proposed"), asks=(RECUSAL_ASKED,), names=("handler",),
        gates=(RECUSAL_CHECKED,), reason=True),
    Act("hear", _("Record the hearing"), by="handler", from_="examining", asks=fields.HEARING, second=True),
    Act("extend", _("Extend"), by="principal", from_=("examining", "proposed"), asks=fields.LONGER,
        extends="handle", reason=True, not_by=("handler",), on_paper=True, when=gates.is_conduct),
    Act("propose", _("Propose the result"), by="handler", from_="examining", to="proposed",
        asks=fields.PROPOSAL, gates=(gates.TWO_HANDLERS, gates.HEARD, gates.OUTCOME_FITS), second=True),
    Act("send_back", _("Send back"), by=("supervision_head", *LEADERS), from_="proposed", to="examining",
        reason=True, not_by=("handler",)),
    Act("decide", _("Record the collective decision"), by="principal", from_="proposed", to="decided",
        asks=fields.DECISION, gates=(gates.SEVERAL_DECIDE, gates.OUTCOME_FITS), not_by=("handler",),
        prints=(RESULT,), stops=("handle", "sup_complaint"),
        starts=("rep_named_feedback", "clarify", "put_right", "close"), on_paper=True, meeting=True,
        opens=(Opens("clue", "leads_to", always=True, when_holds=gates.to_clue, if_there=True),)),
    Act("put_right", _("Record that it was put right"), by=("handler", "supervision_head"), from_="decided",
        asks=fields.PUT_RIGHT, stops="put_right", when=gates.to_put_right),
    Act("give_feedback", _("Tell whoever gave a name the result"), by="custodian", from_="decided",
        asks=fields.FEEDBACK, gates=(gates.OBJECTION_CHECKED,), prints=(FED_BACK,),
        stops="rep_named_feedback", when=gates.is_named),
    Act("approve_clarification", _("Approve the clarification"), by="principal", from_="decided",
        asks=fields.CLARIFICATION, not_by=("handler",), on_paper=True, when=gates.nothing_found),
    Act("clarify", _("Record the clarification"), by=("handler", "supervision_head"), from_="decided",
        asks=fields.CLARIFIED, gates=(gates.CLARIFICATION_APPROVED,), prints=(CLARIFIED,), stops="clarify",
        when=gates.nothing_found),
    Act("do_not_clarify", _("Record why nothing is clarified"), by="principal", from_="decided",
        asks=fields.NOT_CLARIFIED, reason=True, not_by=("handler",), stops="clarify", on_paper=True,
        when=gates.nothing_found),
    Act("ask_review", _("Record that a review above was asked for"), by="custodian", from_="decided",
        to="under_review", asks=fields.REVIEW_ASKED, gates=(gates.REVIEW_IN_TIME,),
        starts="sup_review_above", when=gates.is_measure),
    Act("take_review", _("Record the result of the review above"), by="custodian", from_="under_review",
        to="decided", asks=fields.REVIEWED, stops="sup_review_above", starts=("put_right", "close")),
    Act("note_retaliation", _("Note a sign of retaliation"), by=("custodian", "handler", "supervision_head"),
        from_=ALL_ALONG, enters=(Entry("retaliation", "noted", least=1, columns=fields.NOTED),)),
    Act("answer_retaliation", _("Record what was done against retaliation"),
        by=("supervision_head", *LEADERS), from_=ALL_ALONG,
        enters=(Entry("retaliation", "answered", ("noted",), 1, fields.ANSWERED),)),
    Act("close", _("Close the complaint"), by="supervision_head", from_="decided", to="closed",
        gates=(gates.ACKNOWLEDGED, gates.FED_BACK, gates.CLARIFICATION_ANSWERED, gates.IS_PUT_RIGHT,
               gates.RETALIATION_ANSWERED),
        stops=("close", "clarify", "put_right")),
)  # fmt: skip

CLOCKS = (
    Clock("accept", _("Take the complaint up, or send it on"), working_days=5, starts="open",
          law=gates.PRACTICE, setting="complaint.accept", bears="supervision_head",
          escalates=("deputy", "principal"), when=gates.stays_here),
    Clock("rep_superior", _("Send it up, sealed"), working_days=5, starts="open", from_fact="received_on",
          law=gates.HANDLING, setting="complaint.rep_superior", bears="custodian", when=gates.goes_up),
    Clock("rep_named_ack", _("Tell whoever gave a name whether it is taken up"), working_days=15,
          starts="accept", from_fact="received_on", law=gates.HANDLING, setting="complaint.rep_named_ack",
          bears="custodian", escalates=("supervision_head",), when=gates.is_named),
    Clock("assign", _("Name who handles the complaint"), working_days=5, law=gates.PRACTICE,
          setting="complaint.assign", bears="supervision_head", escalates=("deputy",)),
    Clock("handle", _("Decide on the complaint"), months=2, law=gates.PRACTICE, setting="complaint.handle",
          most_extension_days=30, extended_by="principal", bears="handler",
          escalates=("supervision_head", "deputy", "principal"), when=gates.is_conduct),
    Clock("sup_complaint", _("Decide on the complaint against a measure"), months=1, law=gates.UNLAWFUL,
          bears="handler", escalates=("supervision_head", "principal"), when=gates.is_measure),
    Clock("sup_review_above", _("The review above"), months=2, law=gates.UNLAWFUL,
          from_fact="review_asked_on", bears="custodian", escalates=("supervision_head",)),
    Clock("rep_named_feedback", _("Tell whoever gave a name the result"), working_days=15,
          law=gates.HANDLING, setting="complaint.rep_named_feedback", bears="custodian",
          escalates=("supervision_head",), when=gates.is_named),
    Clock("clarify", _("Answer whether it is clarified"), working_days=10, law=gates.PRACTICE,
          setting="complaint.clarify", bears="principal", escalates=("supervision_head",),
          when=gates.nothing_found),
    Clock("put_right", _("Put it right"), working_days=5, law=gates.UNLAWFUL, setting="complaint.put_right",
          bears="supervision_head", escalates=("principal",), when=gates.to_put_right),
    Clock("close", _("Close the complaint"), months=1, law=gates.PRACTICE, setting="complaint.close",
          bears="supervision_head", escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("retaliation", _("Signs of retaliation"), "打击报复情况", fields.RETALIATION,
           (("noted", _("noted")), ("answered", _("answered"))), ("answered",), due="answer_by"),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Complaints by kind and whom they concern"), by=("complaint_kind", "concerns")),
    Figure("by_room", _("Complaints taken up by room and matter"), counts="acts:accept",
           by=("room", "complaint_about")),
    Figure("stock", _("Complaints by stage and light"), by=("stage", "light")),
    Figure("decided", _("Complaints decided"), counts="acts:decide", by=("complaint_kind",)),
    Figure("found", _("Share of complaints that were so, wholly or in part"), counts="acts:decide",
           by=("complaint_kind", "found"), share_of="decided"),
    Figure("outcomes", _("What followed from complaints"), counts="acts:decide", by=("outcome",)),
    Figure("accepted_in_time", _("Complaints taken up in time"), counts="clocks:accept"),
    Figure("sent_up_in_time", _("Complaints sent up in time"), counts="clocks:rep_superior"),
    Figure("measures_in_time", _("Complaints against measures decided in time"),
           counts="clocks:sup_complaint"),
    Figure("acknowledged_in_time", _("Receipts told in time"), counts="clocks:rep_named_ack"),
    Figure("fed_back_in_time", _("Results told in time"), counts="clocks:rep_named_feedback"),
    Figure("clarified_in_time", _("Clarifications answered in time"), counts="clocks:clarify"),
    Figure("retaliation", _("Signs of retaliation and what was done"), counts="ledger:retaliation",
           by=("form", "step")),
)  # fmt: skip

COMPLAINT = Mechanism(
    key="complaint",
    name=_("Complaint about our own staff"),
    term="对本委干部的反映",
    purpose=_(
        "Look into what is said about our own people; keep who said it sealed; send up what is above us."
    ),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("custodian",),
    asks=fields.OPENING,
    names=("custodian", "unit", "subject_person"),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    confidentiality=Confidentiality.RESTRICTED,
    law=gates.OWN_STAFF,
    number="干反",
    names_sources=True,
    keywords=("complaint_kind", "concerns", "outcome"),
    gates=(gates.CUSTODIAN_OPENS, gates.CONCERNED_NAMED),
)
