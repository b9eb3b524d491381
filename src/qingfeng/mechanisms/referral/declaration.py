"""Referral (移送): handed over to us, or by us; the papers checked, the result answered, the answer judged.

One declaration for both directions: the clocks of both sides run here, and the other body sees
only its own part of it.

Law:
    监察法 Art. 37
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
from qingfeng.mechanisms.referral import fields, gates
from qingfeng.mechanisms.referral.gates import is_inward, is_outward

LETTER = Slip("letter", _("Referral"), "问责事项移送函", "移送", to="partner")
RECEIPT = Slip("receipt", _("Receipt of a referral"), "移送事项受理回执", "受理回执", to="partner")
SUPPLEMENT = Slip("supplement", _("Request for missing papers"), "移送材料补充通知", "移送补正", to="partner")
REFUSAL = Slip("refusal", _("Referral not taken up"), "移送事项不予受理告知书", "不予受理", to="partner")
ANSWER = Slip("answer", _("Result of a referral"), "移送事项处置结果反馈函", "移送反馈", to="partner")
RECALL = Slip("recall", _("Referral taken back"), "移送事项撤回函", "移送撤回", to="partner")
CHASE = Slip("chase", _("Chase of a referral"), "移送事项催办函", "移送催办")

PARTNER = ("registrar", "partner_contact")  # the other body itself, or our registrar from its paper

PARTIES = (
    Role("registrar", _("Registrar"), term="登记员", office=("registrar",)),
    Role("head", _("Head of the owning room"), term="部门负责人", office=("dept_head",), within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("partner", _("The other body"), term="移送（接收）单位", kind="unit", most=1, reads=False),
    Role("partner_contact", _("Contact of the other body"), term="对方联络员", office=("partner",),
         within="partner", reads=False),
    Role("handler_office", _("Handling office"), term="承办部门", kind="unit", most=1),
    Role("handler", _("Handlers, the leading one first"), term="承办人", least=2),
    Role("subject_person", _("Persons it concerns"), term="涉及人员", least=0, subject=True,
        confidential=True,
         reads=False),
    Role("subject_unit", _("Units it concerns"), term="涉及单位", kind="unit", least=0, subject=True,
        reads=False),
)  # fmt: skip

STAGES = (
    Stage("registered", _("Registered, being checked"), "移送登记，材料审核中"),
    Stage("incomplete", _("Sent back for papers"), "退补"),
    Stage("accepted", _("Taken up"), "受理"),
    Stage("assigned", _("Assigned to a room"), "分办"),
    Stage("disposed", _("Disposed of"), "处置"),
    Stage("fed_back", _("Answered"), "已反馈移送单位"),
    Stage("approved", _("Approved for handing over"), "批准移送"),
    Stage("sent", _("Handed over to them"), "已移送"),
    Stage("wanting", _("They ask for papers"), "对方要求补充"),
    Stage("taken_up", _("Taken up by the other body"), "对方受理"),
    Stage("declined", _("Not taken up by the other body"), "对方不予受理"),
    Stage("answered", _("Answered by the other body"), "对方已反馈"),
    Stage("rated", _("Judged"), "评价"),
    Stage("pending", _("Closed, appeal pending"), "办结，申诉未决",
          rests=_("Waits for the end of the appeal, whose clocks run on the matter on accountability.")),
    Stage("filed", _("Filed"), "归档", open=False),
    Stage("refused", _("Not taken up"), "不予受理", open=False),
    Stage("dropped", _("Not handed over"), "未移送", open=False),
    Stage("recalled", _("Taken back by the other body"), "对方撤回", open=False),
)  # fmt: skip

ACTS = (
    Act("list_evidence", _("List evidence"), by=("registrar", "head", "partner_contact"),
        from_=("registered", "incomplete", "wanting"), enters=(Entry("evidence", "listed", least=1),)),
    Act("name_concerned", _("Name whom it concerns"), by=("registrar", "head"),
        from_=("registered", "accepted", "assigned"), names=("subject_person", "subject_unit")),
    # handed over to us
    Act("ask_papers", _("Send back for papers"), by=("registrar", "head"), from_="registered",
        to="incomplete",
        asks=fields.MISSING, prints=(SUPPLEMENT,), stops="receipt_check", starts="supply", when=is_inward,
        sends="referral_papers"),
    Act("supply", _("Supply the papers"), by=PARTNER, from_="incomplete", to="registered",
        asks=fields.SUPPLIED,
        stops="supply", starts="receipt_check", comes="referral_supplied"),
    Act("accept", _("Take up"), by="registrar", from_="registered", to="accepted", asks=fields.CHECK,
        gates=(gates.COMPLETE, gates.OURS_TO_DECIDE, gates.EVIDENCE_LISTED), prints=(RECEIPT,),
        stops="receipt_check", starts=("transfer_feedback", "assign"), when=is_inward,
        sends="referral_receipt"),
    Act("refuse", _("Refuse to take up"), by="deputy", from_=("registered", "incomplete"), to="refused",
        asks=fields.NOT_TAKEN, reason=True, prints=(REFUSAL,), stops=("receipt_check", "supply"),
        when=is_inward,
        on_paper=True, sends="referral_refused"),
    Act("take_recall", _("Take the other body's withdrawal"), by=PARTNER, to="recalled",
        from_=("registered", "incomplete", "accepted", "assigned"), asks=fields.RECALLED, reason=True,
        stops=("receipt_check", "supply", "assign", "transfer_feedback"), when=is_inward,
        comes="referral_recall"),
    Act("assign", _("Assign to a room"), by=("deputy", "principal"), from_="accepted", to="assigned",
        asks=fields.ASSIGN,
        names=("handler_office", "handler"), stops="assign", on_paper=True, meeting=True),
    Act("allow_longer", _("Allow more time: a complex matter"), by=("deputy", "principal"),
        from_=("accepted", "assigned", "disposed"), asks=fields.LONGER, extends="transfer_feedback",
        reason=True,
        not_by=("handler",), on_paper=True),
    Act("start_accountability", _("Propose accountability"), by=("handler",), from_="assigned", reason=True,
        opens=(Opens("accountability", "leads_to", always=True),)),
    Act("dispose", _("Report the disposal"), by="handler", from_="assigned", to="disposed",
        asks=fields.DISPOSAL,
        gates=(gates.TWO_HANDLERS,), second=True),
    Act("send_back", _("Send the disposal back"), by="deputy", from_="disposed", to="assigned", reason=True,
        not_by=("handler",)),
    Act("feed_back", _("Answer the other body"), by="registrar", from_="disposed", to="fed_back",
        asks=fields.FEEDBACK, gates=(gates.ANNOUNCED,), not_by=("handler",), prints=(ANSWER,),
        stops="transfer_feedback", starts="rating", sends="referral_result"),
    Act("rate", _("Judge the answer"), by=PARTNER, from_="fed_back", to="rated", asks=fields.RATING,
        stops="rating", starts="file", comes="referral_rating"),
    # handed over by us
    Act("approve", _("Approve the handing over"), by=("principal", "deputy"), from_="registered",
        to="approved",
        asks=fields.CHECK, gates=(gates.COMPLETE, gates.OURS_TO_DECIDE, gates.EVIDENCE_LISTED),
        not_by=("head",),
        stops="receipt_check", starts="send", when=is_outward, on_paper=True, meeting=True),
    Act("drop", _("Do not hand over"), by=("principal", "deputy"), from_=("registered", "declined"),
        to="dropped",
        reason=True, not_by=("head",), stops=("receipt_check", "redirect"), when=is_outward, on_paper=True),
    Act("send", _("Hand over"), by="registrar", from_="approved", to="sent", names=("handler",),
        prints=(LETTER,),
        stops="send", starts="their_check", sends="referral"),
    Act("recall", _("Take the referral back"), by=("principal", "deputy"), from_=("sent", "wanting"),
        to="registered", reason=True, prints=(RECALL,), on_paper=True, stops=("their_check", "our_supply"),
        starts="receipt_check", sends="referral_recall"),
    Act("want_papers", _("Ask for papers"), by=PARTNER, from_="sent", to="wanting", asks=fields.MISSING,
        stops="their_check", starts="our_supply", comes="referral_papers"),
    Act("complete", _("Send the papers"), by=("handler", "registrar"), from_="wanting", to="sent",
        asks=fields.SUPPLIED, stops="our_supply", starts="their_check", sends="referral_supplied"),
    Act("take_up", _("Give the receipt"), by=PARTNER, from_="sent", to="taken_up", asks=fields.THEIR_RECEIPT,
        stops="their_check", starts="their_feedback", comes="referral_receipt"),
    Act("decline", _("Decline, with reasons"), by=PARTNER, from_="sent", to="declined", asks=fields.NOT_TAKEN,
        reason=True, stops="their_check", starts="redirect", comes="referral_refused"),
    Act("redirect", _("Choose another body"), by="head", from_="declined", to="registered",
        names=("partner",),
        reason=True, stops="redirect", starts="receipt_check"),
    Act("answer", _("Give the result"), by=PARTNER, from_="taken_up", to="answered", asks=fields.THEIR_ANSWER,
        stops="their_feedback", starts="our_rating", comes="referral_result"),
    Act("judge", _("Judge their answer"), by=("handler", "head"), from_="answered", to="rated",
        asks=fields.RATING,
        stops="our_rating", starts="file", sends="referral_rating"),
    # both
    Act("chase", _("Chase"), by=("registrar", "head"),
        from_=("incomplete", "accepted", "assigned", "disposed", "sent", "taken_up"),
        enters=(Entry("chases", "sent", least=1),), prints=(CHASE,)),
    Act("answer_chase", _("Answer a chase"), by=("handler", "registrar", "partner_contact"),
        from_=("incomplete", "accepted", "assigned", "disposed", "sent", "taken_up"),
        enters=(Entry("chases", "answered", ("sent",), least=1),)),
    Act("close_pending", _("Close, appeal pending"), by=("registrar", "head"), from_=("fed_back", "rated"),
        to="pending", gates=(
            gates.FEEDBACK_SENT, gates.ANNOUNCED, gates.FILE_COPIED, gates.APPEAL_PENDING,
            gates.RATED_OR_WAITED),
        not_by=("handler",), stops=("rating", "file"), when=is_inward),
    Act("close", _("Close and file"), by=("registrar", "head"), to="filed", not_by=("handler",),
        from_=("disposed", "fed_back", "rated", "pending"), gates=(
            gates.FEEDBACK_SENT, gates.ANNOUNCED, gates.FILE_COPIED, gates.APPEALS_OVER,
            gates.RATED_OR_WAITED),
        when=is_inward),
    Act("close_ours", _("Close and file"), by=("registrar", "head"), from_=("taken_up", "answered", "rated"),
        to="filed", gates=(gates.THEY_ANSWERED,), when=is_outward),
)  # fmt: skip

CLOCKS = (
    Clock("receipt_check", _("Check papers and jurisdiction"), working_days=5, starts="open",
          law=gates.PRACTICE,
          setting="referral.receipt_check", bears="registrar", escalates=("head", "deputy")),
    Clock("supply", _("The other body supplies the papers"), until="supply_by", law=gates.PRACTICE,
          most_extension_days=30, extended_by="deputy", bears="partner", escalates=("registrar",)),
    Clock("assign", _("Assign the referral"), working_days=3, law=gates.PRACTICE, setting="referral.assign",
          bears="deputy", escalates=("principal",)),
    Clock("transfer_feedback", _("Answer the body that handed it over"), months=3, law=gates.ANSWER,
          setting="referral.transfer_feedback", most_extension_days=93, extended_by="deputy", bears="handler",
          escalates=("head", "deputy", "principal")),
    Clock("rating", _("The other body judges the answer"), working_days=15, law=gates.PRACTICE,
          setting="referral.rating", bears="partner", escalates=("registrar",)),
    Clock("send", _("Hand over what was approved"), working_days=3, law=gates.PRACTICE,
          setting="referral.send",
          bears="registrar", escalates=("head", "deputy")),
    Clock("their_check", _("The other body checks papers and jurisdiction"), working_days=5,
          law=gates.PRACTICE,
          setting="referral.their_check", bears="partner", escalates=("registrar", "head")),
    Clock("our_supply", _("Send the papers they ask for"), until="supply_by", law=gates.PRACTICE,
          bears="handler", escalates=("head",)),
    Clock("redirect", _("Choose another body, or end"), working_days=5, law=gates.PRACTICE,
          setting="referral.redirect", bears="head", escalates=("deputy",)),
    Clock("their_feedback", _("The other body gives the result"), months=3, law=gates.ANSWER,
          setting="referral.their_feedback", bears="partner", escalates=("registrar", "head")),
    Clock("our_rating", _("Judge their answer"), working_days=15, law=gates.PRACTICE,
          setting="referral.our_rating", bears="handler", escalates=("head",)),
    Clock("file", _("File the papers"), months=1, law=gates.PRACTICE, setting="referral.file",
          bears="registrar",
          escalates=("head",)),
)  # fmt: skip

LEDGERS = (
    Ledger("evidence", _("Evidence"), "证据清单", fields.EVIDENCE,
           (("listed", _("listed")), ("returned", _("returned"))), ("listed", "returned")),
    Ledger("chases", _("Chases"), "催办台账", fields.CHASE, (("sent", _("sent")), ("answered",
        _("answered"))),
           ("answered",), due="answer_by"),
)  # fmt: skip

FIGURES = (
    Figure("received", _("Handed over to us"), by=("body_kind", "area"), where=(("direction", "in"),)),
    Figure("accepted", _("Taken up"), counts="acts:accept", by=("body_kind",), share_of="received"),
    Figure("returned", _("Sent back for papers"), counts="acts:ask_papers", by=("body_kind",),
        share_of="received"),
    Figure("refused", _("Not taken up"), counts="acts:refuse", by=("body_kind",), share_of="received"),
    Figure("conversion", _("Led to a proposal of accountability"), counts="acts:start_accountability",
           by=("body_kind", "area"), share_of="accepted"),
    Figure("outcomes", _("How referrals were disposed of"), by=("outcome", "area"), where=(("direction",
        "in"),)),
    Figure("answered_in_time", _("Answered in time"), counts="clocks:transfer_feedback",
        by=("handler_office",)),
    Figure("ratings", _("How answers were judged"), by=("rating", "body_kind")),
    Figure("handed_over", _("Handed over by us"), by=("body_kind", "area"), where=(("direction", "out"),)),
    Figure("their_time", _("Answered to us in time"), counts="clocks:their_feedback", by=("body_kind",)),
    Figure("median_days", _("Median days from receipt to answer"), counts="median_days:accept:feed_back",
           by=("body_kind",)),
)  # fmt: skip

REFERRAL = Mechanism(
    key="referral",
    name=_("Referral"),
    term="移送",
    purpose=_(
        "Hand a matter over between bodies, both ways: checked, taken up, answered, and the answer judged."
    ),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("registrar", "head", "partner_contact"),
    asks=fields.LETTER,
    names=("partner",),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.HANDED_OVER,
    number="移",
    keywords=("direction", "body_kind", "area", "outcome"),
)
