"""Appeal (申诉、复审、复核): examined by new people, answered ground by ground, never made heavier.

Whoever handled or reviewed the case is recused from it. A changed result is noted on the case, and
everything that told the earlier decision is corrected. The decision is carried out meanwhile.

Law:
    监察法 Art. 56, 67; 政务处分法 Art. 55-60; 纪检机关受理党员申诉工作规定 [verify]
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
    Role,
    Slip,
    Stage,
)
from qingfeng.mechanisms.appeal import fields, gates
from qingfeng.mechanisms.common import RECUSAL_ASKED, RECUSAL_CHECKED

ACCEPTED = Slip(
    "accepted", _("Notice that an appeal is taken up"), "申诉（复审、复核）受理通知书", "申诉受理"
)
REFUSED = Slip("refused", _("Notice that an appeal is not taken up"), "申诉（复审、复核）不予受理通知书",
               "申诉不予受理")  # fmt: skip
RESULT = Slip("result", _("Decision on an appeal"), "申诉（复审、复核）决定书", "申诉决定")
CORRECTING = Slip("correcting", _("List of what is to be corrected"), "原决定送达通报更正清单", "更正清单")

PARTIES = (
    Role("case_supervisor", _("Case supervision"), term="案件监督管理员", office=("case_supervisor",),
         restricted=True),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",), restricted=True),
    Role("examiner", _("Examiners of the appeal"), term="复查人员", least=2),
    Role("unit", _("Unit it is about"), term="涉及单位", kind="unit", least=0, most=1, subject=True,
         reads=False, told_by=("prove_correction",)),
    Role("subject_person", _("Whoever appeals"), term="申请人（在册人员）", least=0, subject=True,
         confidential=True, reads=False),
)  # fmt: skip

STAGES = (
    Stage("received", _("Appeal received"), "收到申请"),
    Stage("accepted", _("Taken up"), "受理"),
    Stage("examining", _("Being examined"), "复查"),
    Stage("proposed", _("Result proposed"), "提出复查意见"),
    Stage("decided", _("Decided"), "集体研究决定"),
    Stage("told", _("Told to whoever appealed"), "告知申请人"),
    Stage("closed", _("Appeal closed"), "办结", open=False),
    Stage("refused", _("Not taken up"), "不予受理", open=False),
    Stage("withdrawn", _("Withdrawn by whoever appealed"), "申请人撤回", open=False),
)

DEADLINES = ("appeal_decision", "sup_review", "sup_recheck")

ACTS = (
    Act("accept", _("Take up"), by="case_supervisor", from_="received", to="accepted", asks=fields.ACCEPTED,
        names=("unit", "subject_person"), prints=(ACCEPTED,), stops="accept",
        starts=("assign", *DEADLINES)),
    Act("refuse", _("Do not take up"), by="principal", from_="received", to="refused", asks=fields.REFUSED,
        gates=(gates.LATE,), reason=True, prints=(REFUSED,), stops="accept", on_paper=True),
    Act("assign", _("Name the examiners"), by="principal", from_="accepted", to="examining",
        asks=(RECUSAL_ASKED,), names=("examiner",), gates=(RECUSAL_CHECKED, gates.NEW_REVIEWERS),
        stops="assign", on_paper=True, meeting=True),
    Act("reassign", _("Name other examiners"), by="principal", from_=("examining", "proposed"),
        asks=(RECUSAL_ASKED,), names=("examiner",), gates=(RECUSAL_CHECKED, gates.NEW_REVIEWERS),
        reason=True, on_paper=True),
    Act("hear", _("Record the hearing"), by="examiner", from_="examining", asks=fields.HEARING,
        second=True),
    Act("propose", _("Propose the result"), by="examiner", from_="examining", to="proposed",
        asks=fields.PROPOSAL, gates=(gates.NEW_REVIEWERS, gates.HEARD, gates.ALL_GROUNDS), second=True),
    Act("send_back", _("Send back"), by="principal", from_="proposed", to="examining", reason=True,
        not_by=("examiner",)),
    Act("decide", _("Record the collective decision"), by="principal", from_="proposed", to="decided",
        asks=fields.RESULT, gates=(gates.NEW_REVIEWERS, gates.SEVERAL_DECIDE), not_by=("examiner",),
        prints=(RESULT,), stops=DEADLINES, starts=("tell", "correct"), on_paper=True, meeting=True),
    Act("tell", _("Tell whoever appealed"), by=("examiner", "case_supervisor"), from_="decided", to="told",
        asks=fields.TOLD, stops="tell", starts="close"),
    Act("list_corrections", _("List what is to be corrected"), by="case_supervisor",
        from_=("decided", "told"), prints=(CORRECTING,), when=gates.decided_otherwise,
        enters=(Entry("corrections", "owed", least=1, columns=fields.OWED),)),
    Act("prove_correction", _("Record what was corrected"), by="case_supervisor", from_=("decided", "told"),
        enters=(Entry("corrections", "corrected", ("owed",), 1, fields.DONE),)),
    Act("withdraw_appeal", _("Record that it was withdrawn"), by="case_supervisor",
        from_=("received", "accepted", "examining", "proposed"), to="withdrawn", asks=fields.WITHDRAWAL,
        reason=True, stops=("accept", "assign", *DEADLINES)),
    Act("close", _("Close the appeal"), by="case_supervisor", from_="told", to="closed",
        gates=(gates.ALL_CORRECTED,), stops=("close", "correct")),
)  # fmt: skip

CLOCKS = (
    Clock("accept", _("Take the appeal up, or not"), working_days=5, starts="open", law=gates.PRACTICE,
          setting="appeal.accept", bears="case_supervisor", escalates=("principal",)),
    Clock("assign", _("Name who examines the appeal"), working_days=5, law=gates.PRACTICE,
          setting="appeal.assign", bears="principal", escalates=("case_supervisor",)),
    Clock("appeal_decision", _("Decide the appeal"), months=3, law=gates.PARTY,
          setting="appeal.appeal_decision", from_fact="appeal_filed_on", bears="examiner",
          escalates=("case_supervisor", "principal"), when=gates.is_appeal),
    Clock("sup_review", _("Decide the first review"), months=1, law=gates.REVIEW,
          from_fact="appeal_filed_on", bears="examiner", escalates=("case_supervisor", "principal"),
          when=gates.is_review),
    Clock("sup_recheck", _("Decide the second review"), months=2, law=gates.REVIEW,
          from_fact="appeal_filed_on", bears="examiner", escalates=("case_supervisor", "principal"),
          when=gates.is_recheck),
    Clock("tell", _("Tell whoever appealed the result"), working_days=5, law=gates.PRACTICE,
          setting="appeal.tell", bears="examiner", escalates=("case_supervisor",)),
    Clock("correct", _("Correct everything that told the earlier decision"), months=1, law=gates.PRACTICE,
          setting="appeal.correct", bears="case_supervisor", escalates=("principal",),
          when=gates.decided_otherwise),
    Clock("close", _("Close the appeal"), months=1, law=gates.PRACTICE, setting="appeal.close",
          bears="case_supervisor", escalates=("principal",)),
)  # fmt: skip

LEDGERS = (
    Ledger("corrections", _("What is corrected"), "更正台账", fields.CORRECTION,
           (("owed", _("to be corrected")), ("corrected", _("corrected"))), ("corrected",),
           due="correct_by"),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Appeals by kind"), by=("appeal_kind", "stage")),
    Figure("decided", _("Appeals decided"), counts="acts:decide", by=("appeal_kind",)),
    Figure("changed", _("Share of appeals that made the decision lighter"), counts="acts:decide",
           by=("appeal_kind",), where=(("appeal_result", "changed"),), share_of="decided"),
    Figure("revoked", _("Share of appeals that revoked the decision"), counts="acts:decide",
           by=("appeal_kind",), where=(("appeal_result", "revoked"),), share_of="decided"),
    Figure("appeals_in_time", _("Appeals of party members decided in time"),
           counts="clocks:appeal_decision"),
    Figure("reviews_in_time", _("First reviews decided in time"), counts="clocks:sup_review"),
    Figure("rechecks_in_time", _("Second reviews decided in time"), counts="clocks:sup_recheck"),
    Figure("corrections", _("Notices corrected after an appeal"), counts="ledger:corrections",
           by=("appeal_kind",)),
    Figure("corrected_in_time", _("Corrected in time"), counts="clocks:correct"),
)  # fmt: skip

APPEAL = Mechanism(
    key="appeal",
    name=_("Appeal"),
    term="申诉复审复核",
    purpose=_("Let new people examine a decision; correct everything that told the earlier one."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("case_supervisor",),
    asks=fields.OPENING,
    names=("unit", "subject_person"),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    confidentiality=Confidentiality.RESTRICTED,
    law=gates.NEW_PEOPLE,
    number="申诉",
    keywords=("appeal_kind", "appeal_result"),
)
