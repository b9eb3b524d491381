"""Case (案件): from the approval to open it to its file; a card, never the investigation itself.

Number, stage, office, days, outcome. Nobody is called guilty before the decision; a defence and an appeal
never make it heavier. A case does not close before it says whether a letter is needed, and why (案书联动).

Law:
    监察法 Art. 44, 51, 52, 56, 67; 政务处分法 Art. 43; 监督执纪工作规则 [verify]
"""

from typing import Any

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
from qingfeng.mechanisms.case import fields, gates
from qingfeng.mechanisms.common import RECUSAL_ASKED, RECUSAL_CHECKED

FILING = Slip("filing", _("Decision to open a case"), "立案决定书", "立案")
TOLD = Slip("told", _("Notification before a sanction"), "处分事先告知书", "处分告知")
DECIDED = Slip("decision_card", _("Card of a decision"), "处分决定登记表", "处分登记")
EXECUTED = Slip("execution", _("Report on execution"), "处分决定执行情况报告", "处分执行")
WITHDRAWN = Slip("withdrawal", _("Decision to withdraw a case"), "撤销案件决定书", "撤案")
CLARIFIED = Slip("clarified", _("Letter of clarification"), "澄清正名通知书", "澄清正名")
QUALITY = Slip("quality", _("Table of the quality review"), "案件质量评查表", "质量评查")
WEIGHED = Slip("letter_weighing", _("Record of whether a letter is needed"), "案书联动研判表", "案书联动")

PARTIES = (
    Role("case_supervisor", _("Case supervision"), term="案件监督管理员", office=("case_supervisor",),
         restricted=True),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",), restricted=True),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",), restricted=True),
    Role("room_head", _("Head of the room that handles it"), term="承办部门负责人", most=1),
    Role("handler", _("Handlers, the leading one first"), term="承办人", least=2),
    Role("reviewer", _("Reviewers before the decision"), term="审理人员", least=2),
    Role("unit", _("Unit it is about"), term="涉及单位", kind="unit", least=0, most=1, subject=True,
         reads=False, told_by=("announce",)),
    Role("subject_person", _("Persons on record that it is about"), term="审查调查对象（在册人员）", least=0,
         subject=True, confidential=True, reads=False),
)  # fmt: skip

STAGES = (
    Stage("proposed", _("Opening proposed"), "立案呈批"),
    Stage("begun", _("Under examination and investigation"), "审查调查"),
    Stage("handed_in", _("Handed in for review"), "移送审理"),
    Stage("in_trial", _("Under review"), "审理"),
    Stage("tried", _("Review ended"), "审理终结"),
    Stage("informed", _("Told before a decision"), "处分前告知"),
    Stage("heard", _("Heard"), "听取陈述申辩"),
    Stage("decided", _("Decided"), "集体审议，处分决定"),
    Stage("announced", _("Announced"), "宣布"),
    Stage("executed", _("Carried out"), "执行"),
    Stage("settled", _("Final"), "申诉期满或者申诉办结"),
    Stage("revoked", _("Revoked on appeal, being restored"), "申诉撤销，恢复中"),
    Stage("dropped", _("Withdrawn, clarification to be answered"), "撤案，待答复澄清"),
    Stage("filed", _("Filed"), "结案归档", open=False),
    Stage("not_begun", _("No case opened"), "不予立案", open=False),
    Stage("ended", _("Case withdrawn"), "撤销案件", open=False),
    Stage("annulled", _("Revoked and restored"), "撤销并恢复", open=False),
)  # fmt: skip

COLLECTIVE: dict[str, Any] = {
    "by": "principal",
    "not_by": ("handler", "reviewer"),
    "meeting": True,
    "on_paper": True,
}
KEEPERS = ("case_supervisor", "room_head")
LEADERS = ("deputy", "principal")
AT_WORK = ("begun", "handed_in", "in_trial", "tried", "informed", "heard")
STANDING = ("announced", "executed", "settled")
DECIDED_ON = ("decided", *STANDING)

ACTS = (
    Act("complete", _("Complete the card"), by="case_supervisor", from_="proposed", asks=fields.CARD,
        names=("unit", "subject_person")),
    Act("approve_case", _("Approve opening the case"), by="principal", from_="proposed", to="begun",
        asks=fields.BEGINNING, names=("room_head", "handler"),
        gates=(gates.CARD_GIVEN, RECUSAL_CHECKED),
        prints=(FILING,), stops="approve_case", starts="investigate", on_paper=True, meeting=True),
    Act("refuse_case", _("Refuse to open a case"), by="principal", from_="proposed", to="not_begun",
        reason=True, stops="approve_case", on_paper=True, meeting=True),
    Act("reassign", _("Name other handlers"), by=("room_head", *LEADERS), from_=AT_WORK,
        asks=(RECUSAL_ASKED,), names=("handler",), gates=(RECUSAL_CHECKED,), reason=True),
    Act("extend_investigation", _("Extend the investigation"), by="principal", from_="begun",
        asks=fields.LONGER, extends="investigate", reason=True, not_by=("handler",), on_paper=True),
    Act("hand_in", _("Hand in for review"), by="handler", from_="begun", to="handed_in",
        asks=fields.HANDED_IN, gates=(gates.TWO_HANDLERS,), second=True, stops="investigate",
        starts="accept_trial"),
    Act("accept_trial", _("Accept for review and name the reviewers"), by=("case_supervisor", "deputy"),
        from_="handed_in", to="in_trial", asks=(RECUSAL_ASKED,), names=("reviewer",),
        gates=(RECUSAL_CHECKED, gates.REVIEWERS_APART), stops="accept_trial", starts="trial_review"),
    Act("return_for_more", _("Return for more work"), by="reviewer", from_="in_trial", to="begun",
        reason=True, not_by=("handler",), stops="trial_review", starts="investigate"),
    Act("extend_trial", _("Extend the review"), by="principal", from_="in_trial", asks=fields.LONGER,
        extends="trial_review", reason=True, not_by=("handler", "reviewer"), on_paper=True),
    Act("finish_trial", _("End the review"), by="reviewer", from_="in_trial", to="tried", asks=fields.TRIAL,
        gates=(gates.TWO_REVIEWERS,), not_by=("handler",), second=True, stops="trial_review",
        starts="inform"),
    Act("inform", _("Tell facts and intended sanction"), by=("handler", "reviewer"), from_="tried",
        to="informed", asks=fields.INTENDED, prints=(TOLD,), stops="inform", starts="hear"),
    Act("hear", _("Record the hearing"), by=("handler", "reviewer"), from_="informed", to="heard",
        asks=fields.HEARING, gates=(gates.POINTS_ANSWERED,), second=True, stops="hear", starts="decide"),
    Act("look_again", _("Look into new facts"), by="principal", from_=("informed", "heard"), to="begun",
        reason=True, not_by=("handler",), stops=("hear", "decide"), starts="investigate", on_paper=True),
    Act("decide", _("Record the collective decision"), from_="heard", to="decided", asks=fields.DECISION,
        gates=(gates.HEARD, gates.SEVERAL_DECIDE, gates.NEVER_HEAVIER), prints=(DECIDED,), stops="decide",
        starts=("announce_decision", "org_adjust", "letter"), **COLLECTIVE),
    Act("drop_case", _("Withdraw the case"), from_=AT_WORK, to="dropped", asks=fields.DROPPED,
        prints=(WITHDRAWN,), stops=("investigate", "accept_trial", "trial_review", "inform", "hear",
                                    "decide"),
        starts="clarify", **COLLECTIVE),
    Act("clarify", _("Record the clarification"), by="principal", from_="dropped", to="ended",
        asks=fields.CLARIFIED, gates=(gates.WISH_FOLLOWED,), not_by=("handler",), prints=(CLARIFIED,),
        stops="clarify", on_paper=True),
    Act("do_not_clarify", _("Record why nothing is clarified"), by="principal", from_="dropped", to="ended",
        asks=fields.NOT_CLARIFIED, reason=True, not_by=("handler",), stops="clarify", on_paper=True),
    Act("announce", _("Announce"), by=KEEPERS, from_="decided", to="announced", asks=fields.ANNOUNCEMENT,
        gates=(gates.NOTICES_CORRECTED,), enters=(Entry("notices", "sent", least=1, columns=fields.SENT),),
        stops="announce_decision", starts="appeal_window", on_paper=True),
    Act("note_notice", _("Note what went out"), by=KEEPERS, from_=STANDING,
        enters=(Entry("notices", "sent", least=1, columns=fields.SENT),)),
    Act("list_execution", _("List what is to be carried out"), by=KEEPERS,
        from_=("decided", "announced", "revoked"),
        enters=(Entry("executions", "owed", least=1, columns=fields.OWED),)),
    Act("prove_execution", _("Record what was carried out"), by=KEEPERS, from_=("announced", "revoked"),
        enters=(Entry("executions", "done", ("owed", "done"), 1, fields.DONE),)),
    Act("confirm_execution", _("Confirm the execution"), by=KEEPERS, from_="announced", to="executed",
        gates=(gates.EXECUTED,), not_by=("handler",), prints=(EXECUTED,), stops="org_adjust",
        starts="quality_review"),
    Act("reconcile_property", _("Account for the property"), by=KEEPERS, from_=DECIDED_ON,
        asks=fields.PROPERTY),
    Act("answer_letter", _("Letter needed? Yes or no, and why"), by=LEADERS, from_=DECIDED_ON,
        asks=fields.LETTER, not_by=("handler",), prints=(WEIGHED,), stops="letter", meeting=True,
        opens=(Opens("recommendation", "leads_to", always=True, when_holds=gates.letter_needed,
                     if_there=True, own_level=True),)),
    Act("open_appeal", _("Record an appeal"), by="case_supervisor", from_=STANDING,
        gates=(gates.NO_APPEAL_OPEN,), stops="appeal_window", starts="note_appeal", on_paper=True,
        opens=(Opens("appeal", "appealed", always=True, if_there=True,
                     keeps_away=("room_head", "handler", "reviewer")),)),
    Act("note_upheld", _("Note: the decision stands"), by="case_supervisor", from_=STANDING,
        gates=(gates.SAYS_UPHELD,), stops="note_appeal", starts="settle"),
    Act("note_changed", _("Note: a lighter decision"), from_=STANDING, to="decided", asks=fields.DECISION,
        gates=(gates.SAYS_CHANGED, gates.SEVERAL_DECIDE, gates.APPEAL_NEVER_HEAVIER, gates.ALL_MARKED),
        enters=(Entry("notices", "to_correct", ("sent",), 1, ("told_no",)),), prints=(DECIDED,),
        stops=("note_appeal", "settle", "file", "quality_review", "org_adjust"),
        starts=("announce_decision", "org_adjust"), **COLLECTIVE),
    Act("note_revoked", _("Note: the decision is revoked"), from_=STANDING, to="revoked",
        gates=(gates.SAYS_REVOKED, gates.ALL_MARKED),
        enters=(Entry("notices", "to_correct", ("sent",), 1, ("told_no",)),),
        stops=("note_appeal", "settle", "file", "quality_review", "org_adjust", "letter"), starts="restore",
        **COLLECTIVE),
    Act("correct_notice", _("Correct a notice that went out"), by=KEEPERS, from_=("decided", "revoked"),
        enters=(Entry("notices", "corrected", ("to_correct",), 1, fields.CORRECTED),)),
    Act("restore", _("Confirm the restoration"), by=KEEPERS, from_="revoked", to="annulled",
        gates=(gates.RESTORED, gates.NOTICES_CORRECTED), not_by=("handler",), stops="restore"),
    Act("settle", _("Record that the decision is final"), by="case_supervisor",
        from_=("executed", "settled"), to="settled", gates=(gates.FINAL,),
        stops=("appeal_window", "settle"), starts="file"),
    Act("review_quality", _("Review the quality of the case"), by="case_supervisor",
        from_=("executed", "settled"), asks=fields.QUALITY, gates=(gates.SCORE_ADDS_UP, gates.GRADE_FITS),
        not_by=("handler", "reviewer"), prints=(QUALITY,), second=True, stops="quality_review"),
    Act("open_accountability", _("Open accountability"), by=LEADERS, from_=(*DECIDED_ON, "filed"),
        not_by=("handler",), opens=(Opens("accountability", "leads_to", always=True, own_level=True),)),
    Act("open_notice", _("Open a result notice"), by=KEEPERS, from_=STANDING,
        opens=(Opens("notice", "announces", always=True, own_level=True),)),
    Act("open_lesson", _("Open a lesson"), by=("case_supervisor", "room_head", *LEADERS),
        from_=("executed", "settled", "filed"),
        opens=(Opens("lesson", "teaches", always=True, if_there=True, own_level=True),)),
    Act("file", _("File"), by="case_supervisor", from_="settled", to="filed",
        gates=(gates.LETTER_ANSWERED, gates.QUALITY_REVIEWED, gates.PROPERTY_RECONCILED,
               gates.NO_APPEAL_OPEN, gates.NOTICES_CORRECTED),
        stops=("file", "letter", "quality_review"), bulk=True),
)  # fmt: skip

CLOCKS = (
    Clock("approve_case", _("Decide whether to open the case"), working_days=10, starts="open",
          law=gates.PRACTICE, setting="case.approve_case", bears="principal", escalates=("case_supervisor",)),
    Clock("investigate", _("Examine and investigate"), months=3, law=gates.PRACTICE,
          setting="case.investigate", most_extension_days=92, extended_by="principal", bears="handler",
          escalates=("room_head", "case_supervisor", "principal")),
    Clock("accept_trial", _("Accept for review"), working_days=5, law=gates.PRACTICE,
          setting="case.accept_trial", bears="case_supervisor", escalates=("deputy",)),
    Clock("trial_review", _("Review the case"), months=1, law=gates.TRIAL, setting="case.trial_review",
          most_extension_days=31, extended_by="principal", bears="reviewer",
          escalates=("case_supervisor", "deputy")),
    Clock("inform", _("Tell the person before a decision"), working_days=5, law=gates.PRACTICE,
          setting="case.inform", bears="handler", escalates=("room_head",)),
    Clock("hear", _("Hear the person"), working_days=10, law=gates.PRACTICE, setting="case.hear",
          bears="handler", escalates=("room_head",)),
    Clock("decide", _("Decide together"), months=1, law=gates.PRACTICE, setting="case.decide",
          bears="principal", escalates=("case_supervisor",)),
    Clock("announce_decision", _("Announce the decision"), months=1, from_fact="decided_on",
          law=gates.RULES, setting="case.announce_decision", bears="case_supervisor",
          escalates=("deputy", "principal")),
    Clock("org_adjust", _("Complete the formalities"), months=1, from_fact="decided_on",
          law=gates.FORMALITIES, setting="case.org_adjust", bears="case_supervisor",
          escalates=("deputy", "principal")),
    Clock("appeal_window", _("Time for an appeal"), months=1, from_fact="served_on", law=gates.APPEALS,
          setting="case.appeal_window", bears="case_supervisor"),
    Clock("note_appeal", _("Note what came of the appeal"), months=4, law=gates.PRACTICE,
          setting="case.note_appeal", bears="case_supervisor", escalates=("deputy",)),
    Clock("settle", _("Record that the decision is final"), working_days=5, law=gates.PRACTICE,
          setting="case.settle", bears="case_supervisor", escalates=("deputy",)),
    Clock("restore", _("Restore what was taken"), months=1, law=gates.PRACTICE, setting="case.restore",
          bears="case_supervisor", escalates=("deputy", "principal")),
    Clock("clarify", _("Answer whether it is clarified"), working_days=10, law=gates.PRACTICE,
          setting="case.clarify", bears="principal", escalates=("case_supervisor",)),
    Clock("letter", _("Say whether a letter is needed"), months=1, law=gates.LINKED, setting="case.letter",
          bears="deputy", escalates=("principal",)),
    Clock("quality_review", _("Review the quality of the case"), months=2, law=gates.PRACTICE,
          setting="case.quality_review", bears="case_supervisor", escalates=("deputy",)),
    Clock("file", _("File the papers"), months=1, law=gates.PRACTICE, setting="case.file",
          bears="case_supervisor", escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("notices", _("What went out of the decision"), "决定送达和通报台账", fields.NOTICE,
           (("sent", _("went out")), ("to_correct", _("to be corrected")), ("corrected", _("corrected"))),
           ("sent", "corrected")),
    Ledger("executions", _("Execution"), "执行台账", fields.EXECUTION,
           (("owed", _("owed")), ("done", _("carried out"))), ("done",), due="due_on"),
)  # fmt: skip

EXCELLENT = (("grade", "excellent"),)

FIGURES = (
    Figure("opened", _("Cases by field of work"), by=("area",)),
    Figure("opened_excellent", _("Share of these that were reviewed as excellent"), by=("area",),
           where=EXCELLENT, share_of="opened"),
    Figure("by_source", _("Cases by where they come from"), by=("source",)),
    Figure("by_source_excellent", _("Share of these that were reviewed as excellent"), by=("source",),
           where=EXCELLENT, share_of="by_source"),
    Figure("four_forms", _("Decisions by the four forms"), counts="acts:decide", by=("form",)),
    Figure("four_forms_excellent", _("Share of these that were reviewed as excellent"),
           counts="acts:decide", by=("form",), where=EXCELLENT, share_of="four_forms"),
    Figure("handed_in", _("Cases handed in for review"), counts="acts:hand_in", by=("room",)),
    Figure("returned", _("Share of these that were returned for more work"), counts="acts:return_for_more",
           by=("room",), share_of="handed_in"),
    Figure("decided", _("Cases decided"), counts="acts:decide", by=("room",)),
    Figure("appealed", _("Share of these that were changed on appeal"), counts="acts:note_changed",
           by=("room",), share_of="decided"),
    Figure("revoked", _("Share of these that were revoked on appeal"), counts="acts:note_revoked",
           by=("room",), share_of="decided"),
    Figure("closed", _("Cases closed"), counts="acts:file", by=("room",)),
    Figure("closed_excellent", _("Share of these that were reviewed as excellent"), counts="acts:file",
           by=("room",), where=EXCELLENT, share_of="closed"),
    Figure("without_lesson", _("Closed cases without a lesson"), counts="acts:file", by=("area",),
           lacks="teaches", share_of="closed"),
    Figure("letters", _("Share of closed cases in which a letter was needed"), counts="acts:file",
           by=("area",), where=(("letter_needed", "yes"),), share_of="closed"),
    Figure("reviewed", _("Quality reviews by grade"), counts="acts:review_quality", by=("grade",)),
    Figure("failed", _("Share of these that failed"), counts="acts:review_quality",
           by=("grade",), where=(("grade", "failed"),), share_of="reviewed"),
    Figure("trial_in_time", _("Reviews before a decision in time"), counts="clocks:trial_review"),
    Figure("announced_in_time", _("Announced in time"), counts="clocks:announce_decision"),
    Figure("formalities_in_time", _("Formalities completed in time"), counts="clocks:org_adjust"),
)  # fmt: skip

CASE = Mechanism(
    key="case",
    name=_("Case"),
    term="案件",
    purpose=_("Carry a case to its decision, its execution and its lesson; numbers with quality beside."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("case_supervisor",),
    asks=fields.CARD,
    names=("unit", "subject_person"),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    confidentiality=Confidentiality.RESTRICTED,
    law=gates.RULES,
    number="案",
    keywords=("area", "form", "grade", "letter_needed"),
)
