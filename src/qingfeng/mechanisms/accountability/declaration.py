"""Accountability (责任追究): from the approval to begin to the end of the decision's effects.

Nobody is called answerable before the decision; a defence and an appeal never make it heavier.

Law:
    中国共产党问责条例 2019 [verify]; 政务处分法 Art. 8, 43; 监察法 Art. 44, 56
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import (
    Act,
    Clock,
    Entry,
    Figure,
    Law,
    Ledger,
    Mark,
    Mechanism,
    Opens,
    Role,
    Slip,
    Stage,
)
from qingfeng.mechanisms.accountability import fields, gates

TOLD = Slip("told", _("Notification before a decision"), "问责事先告知书", "问责告知")
HEARD = Slip("hearing", _("Record of statement and defence"), "陈述申辩记录", "陈述申辩")
WEIGHED = Slip("weighing", _("Opinion on honest error"), "容错研判意见", "容错研判")
DECIDED = Slip("decision", _("Decision on accountability"), "问责决定书", "问责")
SPARED = Slip("spared", _("Decision that nobody is held to account"), "不予问责决定书", "不予问责")
EXECUTED = Slip("execution", _("Table of execution"), "问责决定执行情况表", "问责执行")
FILED_COPY = Slip("file_copy", _("Copy to the organisation department"), "问责决定抄送函", "问责抄送",
                  to="org_department")  # fmt: skip
UPHELD = Slip("appeal_upheld", _("Decision on an appeal: it stands"), "问责申诉复查决定书", "问责复查")
CHANGED = Slip("appeal_changed", _("Decision on an appeal: made lighter"), "问责申诉复查决定书", "问责复查")
REVOKED = Slip("appeal_revoked", _("Decision on an appeal: revoked"), "问责申诉复查决定书", "问责复查")
EXPIRED = Slip("expiry", _("Notice that the effects have ended"), "影响期满通知", "影响期满")

PARTIES = (
    Role("registrar", _("Registrar"), term="登记员", office=("registrar",)),
    Role("head", _("Head of the room that proposes"), term="提请部门负责人", office=("dept_head",),
        within="owner"),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("handler", _("Investigators, the leading one first"), term="调查人员", least=2),
    Role("reviewer", _("Reviewer who weighs honest error"), term="容错研判人员", most=1),
    Role("appeal_handler", _("Examiners of the appeal"), term="申诉复查人员", least=2),
    Role("subject_person", _("Person it is about"), term="问责对象（个人）", least=0, most=1, subject=True,
         confidential=True, reads=False),
    Role("subject_unit", _("Organisation it is about"), term="问责对象（组织）", kind="unit", least=0, most=1,
         subject=True, reads=False),
    Role("org_room", _("Organisation room"), term="组织部", kind="unit", most=1, reads=False),
    Role("org_department", _("Organisation department"), term="组织部门", kind="unit", most=1, reads=False),
)  # fmt: skip

STAGES = (
    Stage("proposed", _("Proposed"), "提请启动"),
    Stage("approved", _("Under investigation"), "批准启动，调查中"),
    Stage("investigated", _("Investigated"), "调查终结"),
    Stage("informed", _("Told before a decision"), "已告知"),
    Stage("heard", _("Heard"), "已听取陈述申辩"),
    Stage("weighed", _("Honest error weighed"), "已容错研判"),
    Stage("decided", _("Decided"), "集体决定"),
    Stage("announced", _("Announced"), "宣布"),
    Stage("executed", _("Carried out"), "执行"),
    Stage("settled", _("Final"), "申诉期满或申诉办结"),
    Stage("expired", _("Effects ended"), "影响期满"),
    Stage("revoked", _("Revoked on appeal, being restored"), "申诉撤销，恢复中"),
    Stage("filed", _("Filed"), "归档", open=False),
    Stage("refused", _("Not begun"), "不予启动", open=False),
    Stage("ended", _("Nobody held to account"), "不予问责", open=False),
    Stage("annulled", _("Revoked and restored"), "撤销并恢复", open=False),
)  # fmt: skip

COLLECTIVE: dict[str, Any] = {
    "by": "principal",
    "not_by": ("handler", "reviewer"),
    "meeting": True,
    "on_paper": True,
}

ACTS = (
    Act("complete", _("Complete the proposal"), by=("registrar", "head"), from_="proposed",
        asks=fields.PROPOSAL,
        names=("subject_person", "subject_unit")),
    Act("approve_start", _("Approve the beginning"), by="principal", from_="proposed", to="approved",
        asks=fields.START, names=("handler", "reviewer"), gates=(gates.ONE_OBJECT, gates.DOUBT_GIVEN),
        not_by=("head",), stops="start", starts="investigate", on_paper=True, meeting=True),
    Act("refuse_start", _("Refuse the beginning"), by="principal", from_="proposed", to="refused",
        reason=True,
        not_by=("head",), stops="start", on_paper=True, meeting=True),
    Act("extend_investigation", _("Extend the investigation"), by="principal", from_="approved",
        asks=fields.LONGER,
        extends="investigate", reason=True, not_by=("handler",), on_paper=True),
    Act("report_findings", _("Report what was found"), by="handler", from_="approved", to="investigated",
        asks=fields.FINDINGS, gates=(gates.TWO_INVESTIGATORS,), second=True, stops="investigate",
        starts="inform"),
    Act("end_investigation", _("End: nothing to answer for"), by="principal", from_=("investigated",
        "weighed"),
        to="ended", asks=fields.ENDED, reason=True, not_by=("handler",), stops=("inform", "decide")),
    Act("inform", _("Tell the person or organisation"), by="handler", from_="investigated", to="informed",
        asks=fields.INTENDED, gates=(gates.FITS_OBJECT,), prints=(TOLD,), stops="inform", starts="hear"),
    Act("hear", _("Record the hearing"), by="handler", from_="informed", to="heard", asks=fields.HEARING,
        enters=(Entry("points", "raised"),), prints=(HEARD,), second=True, stops="hear", starts="weigh"),
    Act("answer_point", _("Answer a point of the defence"), by="handler", from_=("heard", "weighed"),
        enters=(Entry("points", "answered", ("raised", "answered"), least=1),)),
    Act("weigh", _("Weigh honest error"), by="reviewer", from_="heard", to="weighed", asks=fields.WEIGHING,
        gates=(gates.POINTS_ANSWERED,), not_by=("handler",), prints=(WEIGHED,), stops="weigh",
        starts="decide"),
    Act("investigate_further", _("Look into new facts"), by="principal", from_=("informed", "heard",
        "weighed"),
        to="approved", asks=fields.NEW_FACTS, reason=True, not_by=("handler",),
        stops=("hear", "weigh", "decide"), starts="investigate"),
    Act("decide", _("Record the collective decision"), from_=("informed", "heard", "weighed"), to="decided",
        asks=fields.DECISION, gates=(
            gates.HEARD, gates.POINTS_ANSWERED, gates.WEIGHED, gates.SEVERAL_DECIDE, gates.NEVER_HEAVIER,
            gates.FITS_OBJECT, gates.PERIOD_FITS),
        prints=(DECIDED,), stops=("hear", "weigh", "decide"), starts=("announce_decision", "org_adjust"),
        **COLLECTIVE),
    Act("spare", _("Record the decision to hold nobody to account"), from_="weighed", to="ended",
        asks=fields.NO_DECISION, gates=(gates.WEIGHED, gates.SEVERAL_DECIDE), prints=(SPARED,),
        stops="decide",
        **COLLECTIVE),
    Act("announce", _("Announce"), by=("registrar", "head"), from_="decided", to="announced",
        asks=fields.ANNOUNCEMENT, gates=(gates.NOTICES_CORRECTED,), stops="announce_decision",
        starts=("account_appeal", "influence_period"), on_paper=True),
    Act("list_execution", _("List what is to be carried out"), by=("registrar", "head"),
        from_=("decided", "announced", "revoked"), enters=(Entry("executions", "owed", least=1),)),
    Act("prove_execution", _("Record what was carried out"), by=("registrar", "head"),
        from_=("announced", "revoked"), enters=(Entry("executions", "done", ("owed", "done"), least=1),)),
    Act("copy_file", _("Send the copy for the personnel file"), by="registrar", from_=("announced",
        "executed"),
        asks=fields.FILE_COPY, names=("org_department",), prints=(FILED_COPY,)),
    Act("confirm_execution", _("Confirm the execution"), by=("registrar", "head"), from_="announced",
        to="executed", gates=(gates.EXECUTED_WITH_PAPERS, gates.FILE_COPIED), prints=(EXECUTED,),
        not_by=("handler",), stops="org_adjust"),
    Act("appeal", _("Record an appeal"), by="registrar", from_=("announced", "executed"), asks=fields.APPEAL,
        names=("appeal_handler",), gates=(gates.APPEAL_IN_TIME, gates.NO_APPEAL_OPEN), stops="account_appeal",
        starts="appeal_decision", on_paper=True),
    Act("uphold", _("Decide the appeal: the decision stands"), from_=("announced", "executed"),
        asks=fields.APPEAL_RESULT, gates=(gates.APPEAL_OPEN, gates.NEW_REVIEWERS, gates.SEVERAL_DECIDE),
        prints=(UPHELD,), stops="appeal_decision", starts="settle", **COLLECTIVE),
    Act("change", _("Decide the appeal: a lighter decision"), from_=("announced", "executed"), to="decided",
        asks=fields.CHANGED, gates=(
            gates.APPEAL_OPEN, gates.NEW_REVIEWERS, gates.SEVERAL_DECIDE, gates.APPEAL_NEVER_HEAVIER,
            gates.FITS_OBJECT, gates.PERIOD_FITS),
        prints=(CHANGED, DECIDED), stops=("appeal_decision", "influence_period"),
        starts=("announce_decision", "org_adjust"), **COLLECTIVE),
    Act("revoke", _("Decide the appeal: the decision is revoked"), from_=("announced", "executed"),
        to="revoked",
        asks=fields.APPEAL_RESULT, gates=(gates.APPEAL_OPEN, gates.NEW_REVIEWERS, gates.SEVERAL_DECIDE),
        prints=(REVOKED,), stops=("appeal_decision", "influence_period", "org_adjust"), starts="restore",
        **COLLECTIVE),
    Act("restore", _("Confirm the restoration"), by=("registrar", "head"), from_="revoked", to="annulled",
        gates=(gates.RESTORED_WITH_PAPERS, gates.NOTICES_CORRECTED), not_by=("handler",), stops="restore"),
    Act("settle", _("Record that the decision is final"), by="registrar", from_="executed", to="settled",
        gates=(gates.FINAL,), stops=("account_appeal", "settle"), starts="file"),
    Act("open_notice", _("Open a result notice"), by=("registrar", "head"),
        from_=("announced", "executed", "settled", "expired"), opens=(Opens("notice", "announces",
        always=True),)),
    Act("plan_revisit", _("Plan return visits"), by=("registrar", "head"),
        from_=("announced", "executed", "settled"), names=("org_room",), gates=(gates.PERSON_WITH_PERIOD,),
        opens=(Opens("revisit", "followed_by", always=True),)),
    Act("expire", _("Record that the effects have ended"), by="registrar", from_="settled", to="expired",
        gates=(gates.INFLUENCE_OVER,), prints=(EXPIRED,), stops="influence_period", starts="file",
        when=gates.has_period),
    Act("file", _("File"), by="registrar", from_=("settled", "expired"), to="filed",
        gates=(gates.EXPIRY_TOLD, gates.REVISITS_ANSWERED), stops="file"),
)  # fmt: skip

CLOCKS = (
    Clock("start", _("Approve or refuse the beginning"), working_days=5, starts="open", law=gates.PRACTICE,
          setting="accountability.start", bears="principal", escalates=("head",)),
    Clock("investigate", _("Investigate"), months=2, law=gates.PRACTICE, setting="accountability.investigate",
          most_extension_days=31, extended_by="principal", bears="handler", escalates=("head", "principal")),
    Clock("inform", _("Tell the person or organisation"), working_days=5, law=gates.PRACTICE,
          setting="accountability.inform", bears="handler", escalates=("head",)),
    Clock("hear", _("Hear the person or organisation"), working_days=10, law=gates.PRACTICE,
          setting="accountability.hear", bears="handler", escalates=("head",)),
    Clock("weigh", _("Weigh honest error"), working_days=5, law=gates.PRACTICE,
          setting="accountability.weigh",
          bears="reviewer", escalates=("head",)),
    Clock("decide", _("Decide together"), months=1, law=gates.PRACTICE, setting="accountability.decide",
          bears="principal", escalates=("head",)),
    Clock("announce_decision", _("Announce the decision"), months=1, from_fact="decided_on",
          law=(Law("监督执纪工作规则", mark=Mark.VERIFY),), setting="accountability.announce_decision",
          bears="registrar", escalates=("head", "principal")),
    Clock("org_adjust", _("Complete the formalities"), months=1, from_fact="decided_on",
          law=gates.FORMALITIES,
          setting="accountability.org_adjust", bears="registrar", escalates=("head", "principal")),
    Clock("account_appeal", _("Time for an appeal"), months=1, from_fact="served_on", law=gates.RULES,
          setting="accountability.account_appeal", bears="registrar"),
    Clock("appeal_decision", _("Decide the appeal"), months=1, law=gates.RULES,
          setting="accountability.appeal_decision", bears="appeal_handler", escalates=("principal",)),
    Clock("settle", _("Record that the decision is final"), working_days=5, law=gates.PRACTICE,
          setting="accountability.settle", bears="registrar", escalates=("head",)),
    Clock("restore", _("Restore what was taken"), months=1, law=gates.PRACTICE,
          setting="accountability.restore",
          bears="registrar", escalates=("head", "principal")),
    Clock("influence_period", _("Effects of the decision"), until="influence_ends_on", law=gates.PERIOD,
          bears="registrar"),
    Clock("file", _("File the papers"), months=1, law=gates.PRACTICE, setting="accountability.file",
          bears="registrar", escalates=("head",), when=gates.nothing_to_wait_for),
)  # fmt: skip

LEDGERS = (
    Ledger("points", _("Points of the defence"), "申辩要点", fields.POINT,
           (("raised", _("raised")), ("answered", _("answered"))), ("answered",)),
    Ledger("executions", _("Execution"), "执行台账", fields.EXECUTION,
           (("owed", _("owed")), ("done", _("carried out"))), ("done",), due="due_on"),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Matters on accountability"), by=("stage",)),
    Figure("by_form", _("Decisions by form"), by=("form", "object_level")),
    Figure("by_area", _("Matters by field of work and level"), by=("area", "object_level")),
    Figure("decisions", _("Decisions"), counts="acts:decide"),
    Figure("heard", _("Heard before a decision"), counts="acts:hear", share_of="all"),
    Figure("mitigated", _("Mitigated for honest error"), by=("area",), where=(("exemption", "mitigate"),)),
    Figure("exempted", _("Exempted for honest error"), by=("area",), where=(("exemption", "exempt"),)),
    Figure("announced_in_time", _("Announced in time"), counts="clocks:announce_decision"),
    Figure("formalities_in_time", _("Formalities completed in time"), counts="clocks:org_adjust"),
    Figure("appeals", _("Appeals"), counts="acts:appeal"),
    Figure("upheld", _("Decisions that stood on appeal"), counts="acts:uphold", share_of="appeals"),
    Figure("changed", _("Decisions made lighter on appeal"), counts="acts:change", share_of="appeals"),
    Figure("revoked", _("Decisions revoked on appeal"), counts="acts:revoke", share_of="appeals"),
    Figure("final", _("Decisions that became final"), counts="acts:settle", share_of="decisions"),
)  # fmt: skip

ACCOUNTABILITY = Mechanism(
    key="accountability",
    name=_("Accountability"),
    term="责任追究",
    purpose=_(
        "Decide together, after hearing, whether somebody answers for a failure; carry it out and end it."
    ),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("head", "registrar"),
    asks=fields.PROPOSAL,
    names=("subject_person", "subject_unit"),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.RULES,
    number="问责",
    keywords=("form", "object_level", "decided_on", "announced_on", "file_copied_on", "influence_ends_on"),
)
