"""Report on a person (检举控告): sealed, extracted, handed on; the reporter is told and protected.

Only the custodians whom it is sealed to know of it, and only with their phrase what it says. Whoever handles
it gets an extract on a clue that never knows who reported. What belongs above is stopped before a word is
typed, or locked once it is seen. An identity is released by a second person, with reasons, to somebody named.

Law:
    信访工作条例 Art. 18, 30, 46; 监察法 Art. 73; 检举控告工作规则 [reported]
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
from qingfeng.mechanisms.report import fields, gates

SEALED_ITEM = Slip("sealed_item", _("Sheet of a sealed item sent up"), "密封件报送登记单", "密封报送")
RELEASED = Slip("released", _("Sheet of approval of a release"), "身份信息知悉审批单", "知悉审批")

PARTIES = (
    Role("custodian", _("Custodian of identities"), term="身份信息保管人", office=("custodian",)),
    Role("approver", _("Second person, who decides on a release"), term="审批人", least=0, most=1, anew=True),
    Role("confidant", _("Who was let know the identity"), term="经批准知悉人", least=0, reads=False,
         confidential=True, anew=True),
)  # fmt: skip

STAGES = (
    Stage("received", _("Report received, sealed"), "收到（密封）"),
    Stage("accepted", _("Taken up"), "受理"),
    Stage("handed", _("Handed on as a clue"), "转问题线索",
          rests=_("The clue has its own deadlines; its result comes here by itself.")),
    Stage("answered", _("Result known"), "办理结果已反馈"),
    Stage("proposed", _("Setting aside proposed"), "拟不予处置"),
    Stage("locked", _("Locked: it belongs above"), "锁定待上报"),
    Stage("closed", _("Report closed"), "办结", open=False),
    Stage("set_aside", _("Not followed"), "不予处置", open=False),
    Stage("sent_up", _("Sent up, sealed"), "密封上报", open=False),
    Stage("sent_on", _("Sent on, sealed"), "密封移送", open=False),
)  # fmt: skip

ALL_ALONG = ("received", "accepted", "handed", "answered", "proposed")
IN_HAND = ("accepted", "handed", "answered")
AT_FIRST = ("accept", "hand_on")

ACTS = (
    Act("arrive", _("Take in what came, sealed"), by="clock", from_=ALL_ALONG, asks=fields.ARRIVED),
    Act("write_in", _("Seal what came in"), by="custodian", from_=("received", "accepted"),
        asks=fields.WRITTEN, when=gates.by_hand),
    Act("send_item_up", _("Send up, unopened"), by="custodian", from_="received", to="sent_up",
        asks=fields.SENT_UP, prints=(SEALED_ITEM,), stops="accept", when=gates.by_hand,
        then="report.nothing_left"),
    Act("accept", _("Take up"), by="custodian", from_="received", to="accepted", asks=fields.ACCEPTED,
        gates=(gates.IS_SEALED,), stops="accept", starts=("rep_named_ack", "hand_on")),
    Act("lock", _("Lock: it concerns a superior's cadre or our principal"), by="custodian",
        from_=ALL_ALONG, to="locked", then="report.nothing_left",
        stops=(*AT_FIRST, "decide_aside", "rep_named_ack", "rep_named_feedback", "protect", "close"),
        starts="rep_superior"),
    Act("send_up", _("Record that it was sent up"), by="custodian", from_="locked", to="sent_up",
        asks=fields.SENT_UP, prints=(SEALED_ITEM,), stops="rep_superior"),
    Act("send_on", _("Send on: not ours"), by="custodian", from_=("received", "accepted"), to="sent_on",
        asks=fields.NOT_OURS, reason=True, stops=(*AT_FIRST, "rep_named_ack")),
    Act("tell", _("Record that whoever reported was told something"), by="custodian", from_=IN_HAND,
        asks=fields.TOLD),
    Act("acknowledge", _("Tell whoever gave a name that it is taken up"), by="custodian", from_=IN_HAND,
        asks=(fields.TOLD[1],), stops="rep_named_ack", when=gates.is_named, then="report.accepted"),
    Act("make_extract", _("Make the extract"), by="custodian", from_=("accepted", "handed"),
        asks=fields.EXTRACT, computes="report.extract", gates=(gates.NO_SOURCE,)),
    Act("hand_on", _("Hand on as a clue"), by="custodian", from_="accepted", to="handed",
        gates=(gates.EXTRACT_MADE,), stops="hand_on",
        opens=(Opens("clue", "leads_to", always=True, if_there=True),)),
    Act("hear_result", _("Take in the result of the clue"), by="clock", from_=("handed", "answered"),
        to="answered", asks=fields.RESULT, starts=("rep_named_feedback", "close")),
    Act("give_feedback", _("Tell whoever gave a name the result"), by="custodian", from_="answered",
        asks=fields.FED_BACK, gates=(gates.OBJECTION_CHECKED,), stops="rep_named_feedback",
        when=gates.is_named),
    Act("propose_aside", _("Propose that it is not followed"), by="custodian", from_="accepted",
        to="proposed", asks=fields.SET_ASIDE, names=("approver",), reason=True, stops="hand_on",
        starts="decide_aside"),
    Act("agree_aside", _("Agree that it is not followed"), by="approver", from_="proposed", to="set_aside",
        gates=(gates.ANOTHER_ALLOWS, gates.ACKNOWLEDGED, gates.PROTECTED), reason=True,
        stops=("decide_aside", "rep_named_ack")),
    Act("send_back", _("Have it followed"), by="approver", from_="proposed", to="accepted",
        gates=(gates.ANOTHER_ALLOWS,), reason=True, stops="decide_aside", starts="hand_on"),
    Act("ask_release", _("Ask for a release of the identity"), by="custodian", from_=IN_HAND,
        names=("approver",), reason=True,
        enters=(Entry("releases", "asked", least=1, columns=("release_for", "release_asked_on")),)),
    Act("allow_release", _("Allow the release"), by="approver", from_=IN_HAND, reason=True,
        gates=(gates.ANOTHER_ALLOWS,), prints=(RELEASED,),
        enters=(Entry("releases", "allowed", ("asked",), 1, ("release_answered_on",)),)),
    Act("refuse_release", _("Refuse the release"), by="approver", from_=IN_HAND, reason=True,
        gates=(gates.ANOTHER_ALLOWS,),
        enters=(Entry("releases", "refused", ("asked",), 1, ("release_answered_on",)),)),
    Act("release", _("Release the identity to somebody named"), by="custodian", from_=IN_HAND,
        asks=fields.IDENTITY, names=("confidant",),
        enters=(Entry("releases", "released", ("allowed",), 1, ("release_for",)),)),
    Act("note_retaliation", _("Note a sign of retaliation"), by="custodian", from_=ALL_ALONG,
        enters=(Entry("protection", "noted", least=1, columns=fields.NOTED),), starts="protect"),
    Act("answer_retaliation", _("Record what was done against retaliation"), by=("custodian", "approver"),
        from_=ALL_ALONG, enters=(Entry("protection", "answered", ("noted",), 1, fields.ANSWERED),),
        stops="protect"),
    Act("close", _("Close the report"), by="custodian", from_="answered", to="closed",
        gates=(gates.ACKNOWLEDGED, gates.FED_BACK, gates.PROTECTED, gates.NO_RELEASE_OPEN), stops="close"),
)  # fmt: skip

CLOCKS = (
    Clock("accept", _("Open the report and take it up, or send it on"), working_days=5, starts="open",
          law=gates.PRACTICE, setting="report.accept", bears="custodian"),
    Clock("rep_superior", _("Send it up, sealed"), working_days=5, law=gates.HANDLING,
          setting="report.rep_superior", bears="custodian"),
    Clock("rep_named_ack", _("Tell whoever gave a name whether it is taken up"), working_days=15,
          from_fact="received_on", law=gates.HANDLING, setting="report.rep_named_ack", bears="custodian",
          when=gates.is_named),
    Clock("hand_on", _("Make the extract and hand it on"), working_days=10, law=gates.PRACTICE,
          setting="report.hand_on", bears="custodian"),
    Clock("decide_aside", _("Decide whether it is followed"), working_days=5, law=gates.PRACTICE,
          setting="report.decide_aside", bears="approver", escalates=("custodian",)),
    Clock("rep_named_feedback", _("Tell whoever gave a name the result"), working_days=15,
          law=gates.HANDLING, setting="report.rep_named_feedback", bears="custodian", when=gates.is_named),
    Clock("protect", _("Answer a sign of retaliation"), working_days=5, law=gates.RETALIATION,
          setting="report.protect", bears="custodian", escalates=("approver",)),
    Clock("close", _("Close the report"), months=1, law=gates.PRACTICE, setting="report.close",
          bears="custodian"),
)  # fmt: skip

LEDGERS = (
    Ledger("releases", _("Releases of the identity"), "身份信息知悉", fields.RELEASE,
           (("asked", _("asked")), ("allowed", _("allowed")), ("refused", _("refused")),
            ("released", _("released"))), ("refused", "released")),
    Ledger("protection", _("Protected: signs of retaliation"), "保护事项", fields.PROTECTION,
           (("noted", _("noted")), ("answered", _("answered"))), ("answered",), due="answer_by"),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Reports received"), by=("channel",)),
    Figure("stock", _("Reports by stage and light"), by=("stage", "light")),
    Figure("accepted_in_time", _("Reports taken up in time"), counts="clocks:accept"),
    Figure("sent_up_in_time", _("Reports sent up in time"), counts="clocks:rep_superior"),
    Figure("handed_in_time", _("Reports handed on in time"), counts="clocks:hand_on"),
    Figure("acknowledged_in_time", _("Receipts told in time"), counts="clocks:rep_named_ack"),
    Figure("fed_back_in_time", _("Results told in time"), counts="clocks:rep_named_feedback"),
    Figure("releases", _("Releases of an identity and how they ended"), counts="ledger:releases",
           by=("release_for",)),
    Figure("protection", _("Signs of retaliation and what was done"), counts="ledger:protection",
           by=("form", "step")),
)  # fmt: skip

REPORT = Mechanism(
    key="report",
    name=_("Report on a person"),
    term="检举控告",
    purpose=_("Keep who reported and what sealed; hand on an extract; tell and protect whoever reported."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("custodian",),
    asks=fields.OPENING,
    names=("custodian",),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    confidentiality=Confidentiality.RESTRICTED,
    law=gates.SECRET,
    number="检",
    names_sources=True,
    named_only=True,
    keywords=("channel",),
    gates=(gates.LEVEL_OURS, gates.CUSTODIAN_OPENS),
)
