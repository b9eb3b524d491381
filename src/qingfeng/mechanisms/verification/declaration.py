"""Verification (疑点核查): a doubt out of the records is looked into by two, the unit heard, the result told.

A finding is a question. It ends with a verdict on every finding (属实, 部分属实, 有正当理由, 不属实,
无法核实), from which the rules learn, and with a letter to whoever was asked.

Law:
    监察法 Art. 5, 18, 44; 政务处分法 Art. 43. Figures are settings of the district.
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
from qingfeng.mechanisms.verification import fields, forms, gates

INQUIRY = Slip("inquiry", _("Request for an explanation"), "情况说明函", "情况说明", to="unit")
CHECK_SHEET = Slip("check_sheet", _("Check sheet of a doubt"), "疑点核查单", "核查单")
RESULT = Slip("result", _("Result of a verification"), "结果告知函", "结果告知", to="unit")
CLEARANCE = Slip("clearance", _("Letter that nothing was wrong"), "澄清函", "澄清", to="unit")

PARTIES = (
    Role("analyst", _("Data analyst"), term="数据分析员", office=("analyst",), within="owner"),
    Role("head", _("Head of the room"), term="部门负责人", office=("dept_head",), within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("verifier", _("Verifiers, the leading one first"), term="核查人", least=2),
    Role("rule_author", _("Author of the rule"), term="规则编写人", least=0),
    Role("unit", _("Unit whose records raise the doubt"), term="疑点涉及单位", kind="unit", least=0, most=1,
         subject=True, reads=False, told_by=("ask_unit", "tell_result", "clear")),
    Role("unit_contact", _("Contact of the unit"), term="单位联络员", office=("unit_contact",), within="unit",
         reads=False),
    Role("subject_person", _("Person named by the record itself"), term="记录载明的人员", least=0,
         subject=True, confidential=True, reads=False),
)  # fmt: skip

STAGES = (
    Stage("weighed", _("Weighed, to be handed out"), "研判"),
    Stage("verifying", _("Being verified"), "核查中"),
    Stage("asked", _("The unit is explaining"), "单位说明"),
    Stage("proposed", _("Verdict proposed"), "提出结论"),
    Stage("approved", _("Verdict approved"), "结论审定"),
    Stage("disposed", _("Disposed of"), "处置"),
    Stage("told", _("Unit told the result"), "已告知"),
    Stage("filed", _("Filed"), "归档", open=False),
    Stage("excluded", _("Excluded with a reason"), "排除", open=False),
)

LEADERS = ("deputy", "principal")
ASSIGNERS = ("analyst", "head", *LEADERS)
VERIFY = ("verify_red", "verify_yellow", "verify_blue")


ACTS = (
    Act("lay_out", _("List findings and explanations"), by=ASSIGNERS, from_="weighed",
        enters=(Entry("labels", "open", least=1, columns=fields.FINDING),
                Entry("explanations", "open", least=1, columns=("explanation",)))),
    Act("name_unit", _("Name the unit"), by=(*ASSIGNERS, "verifier"), from_=("weighed", "verifying"),
        names=("unit",), gates=(gates.NOT_ASKED,)),
    Act("name_person", _("Name the person on the record"), by=(*ASSIGNERS, "verifier"),
        from_=("weighed", *forms.AT_WORK), names=("subject_person",), gates=(gates.NAMES_NOBODY,)),
    Act("name_author", _("Name the author of the rule"), by=ASSIGNERS, from_=("weighed", *forms.AT_WORK),
        names=("rule_author",)),
    Act("note_video", _("Note a recording"), by=(*ASSIGNERS, "verifier"), from_=("weighed", *forms.AT_WORK),
        asks=fields.VIDEO, starts="video_expiry"),
    Act("assign", _("Hand out to verifiers"), by=ASSIGNERS, from_="weighed", to="verifying",
        names=("verifier",), gates=(gates.LISTED, gates.NAMES_NOBODY), stops="assign", on_paper=True,
        meeting=True),
    Act("reassign", _("Name other verifiers"), by=("head", *LEADERS), from_=forms.AT_WORK,
        names=("verifier",), reason=True),
    Act("confirm_receipt", _("Confirm receipt"), by="verifier", from_=forms.AT_WORK,
        when=gates.not_received_yet, bulk=True),
    Act("note_progress", _("Note progress"), by="verifier", from_=forms.AT_WORK,
        enters=(Entry("progress", "noted", least=1),), bulk=True),
    Act("set_task", _("Set a task"), by="verifier", from_=forms.AT_WORK, gates=(gates.TWO_GO,),
        enters=(Entry("tasks", "set", least=1, columns=fields.SET),)),
    *forms.RECORDS,
    Act("drop_task", _("Drop a task"), by="verifier", from_=forms.AT_WORK,
        enters=(Entry("tasks", "dropped", ("set",), 1, ("why_dropped",)),)),
    Act("give_up_video", _("Record that there is no video"), by="verifier", from_=forms.AT_WORK, reason=True,
        stops="video_expiry"),
    Act("add_explanation", _("Add an innocent explanation"), by="verifier", from_=forms.AT_WORK,
        enters=(Entry("explanations", "open", least=1, columns=("explanation",)),)),
    Act("test_explanation", _("Answer an innocent explanation"), by="verifier", from_=forms.AT_WORK,
        enters=(Entry("explanations", "tested", ("open", "tested"), 1, fields.TESTED),)),
    Act("ask_unit", _("Ask the unit"), by="verifier", from_="verifying", to="asked",
        gates=(gates.UNIT_NAMED, gates.TWO_VERIFIERS, gates.NAMES_NOBODY),
        enters=(Entry("questions", "asked", least=1, columns=fields.ASKED),), prints=(INQUIRY,),
        starts="alert_escalate"),
    Act("explain", _("Give the explanation"), by=("unit_contact", "verifier"), from_="asked", to="verifying",
        gates=(gates.ALL_ANSWERED,), stops="alert_escalate",
        enters=(Entry("questions", "answered", ("asked",), 1, fields.ANSWERED),)),
    Act("allow_longer", _("Allow the unit more time"), by=("head", *LEADERS), from_="asked",
        asks=fields.LONGER, extends="alert_escalate", reason=True),
    Act("note_silence", _("Record that the unit did not answer"), by="verifier", from_="asked",
        to="verifying", gates=(gates.TIME_IS_OVER,), reason=True, stops="alert_escalate"),
    Act("keep_secret", _("Approve that the unit is not heard yet"), by=LEADERS, from_="verifying",
        gates=(gates.NOT_ASKED,), not_by=("verifier",), reason=True, on_paper=True),
    Act("judge", _("Give a verdict on a finding"), by=("verifier", *ASSIGNERS),
        from_=("weighed", "verifying"),
        enters=(Entry("labels", "judged", ("open", "judged"), 1, fields.VERDICT),)),
    Act("exclude", _("Exclude with a reason"), by=("verifier", *ASSIGNERS), from_=("weighed", "verifying"),
        to="excluded", gates=(gates.NOT_ASKED, gates.LABEL_GIVEN, gates.NOTHING_FOUND), second=True,
        not_by=("rule_author",), reason=True, stops=("assign", *VERIFY, "video_expiry")),
    Act("conclude", _("Propose the verdict"), by="verifier", from_="verifying", to="proposed",
        asks=fields.VERDICT_ON_ALL, second=True, stops=VERIFY, starts="approve",
        gates=(gates.TWO_VERIFIERS, gates.TASKS_DONE, gates.EXPLANATIONS_TICKED, gates.UNIT_HEARD,
               gates.VIDEO_SETTLED, gates.LABEL_GIVEN, gates.VERDICT_FITS, gates.NO_EXPLANATION_HOLDS,
               gates.NAMES_NOBODY)),
    Act("send_back", _("Send back"), by=LEADERS, from_="proposed", to="verifying", reason=True,
        not_by=("verifier",), stops="approve", starts=VERIFY),
    Act("approve", _("Approve the verdict"), by=LEADERS, from_="proposed", to="approved",
        asks=fields.OPINION, not_by=("verifier", "rule_author"), prints=(CHECK_SHEET,), stops="approve",
        starts="dispose", on_paper=True, meeting=True),
    Act("dispose", _("Decide what follows"), by=("head", *LEADERS), from_="approved", to="disposed",
        asks=fields.DISPOSAL, gates=(gates.DISPOSAL_FITS, gates.DISPOSAL_WHOLE), not_by=("verifier",),
        stops="dispose", starts="tell", on_paper=True, meeting=True,
        opens=(Opens("clue", "leads_to", always=True, when_holds=gates.becomes_clue, if_there=True),
               Opens("recommendation", "leads_to", always=True, when_holds=gates.calls_for_letter,
                     if_there=True, own_level=True))),
    Act("tell_result", _("Tell the unit the result"), by=("verifier", "head"), from_="disposed", to="told",
        asks=fields.TOLD, gates=(gates.UNIT_NAMED,), prints=(RESULT,), stops="tell",
        starts=("file", "correct"), when=gates.something_found),
    Act("clear", _("Tell the unit that nothing was wrong"), by=("verifier", "head"), from_="disposed",
        to="told", asks=fields.TOLD, gates=(gates.UNIT_NAMED,), prints=(CLEARANCE,), stops="tell",
        starts="file", when=gates.nothing_wrong),
    Act("withhold", _("Decide to wait with telling the unit"), by=LEADERS, from_="disposed", reason=True,
        gates=(gates.KEPT_SECRET,), not_by=("verifier",), stops="tell", starts="file"),
    Act("report_correction", _("Report what was put right"), by=("unit_contact", "verifier"), from_="told",
        asks=fields.CORRECTED, stops="correct", when=gates.must_correct),
    Act("file", _("File"), by=("verifier", "head"), from_=("disposed", "told"), to="filed",
        gates=(gates.RESULT_TOLD, gates.PUT_RIGHT), stops=("file", "tell", "correct"), bulk=True),
)  # fmt: skip

CLOCKS = (
    Clock("assign", _("Hand the doubt out"), working_days=3, starts="open", law=gates.PRACTICE,
          setting="verification.assign", bears="analyst", escalates=("head", "deputy")),
    Clock("verify_red", _("Verify a red doubt"), working_days=10, starts="open", law=gates.PRACTICE,
          setting="verification.verify_red", bears="verifier", escalates=("head", "deputy", "principal"),
          when=gates.is_red),
    Clock("verify_yellow", _("Verify a yellow doubt"), working_days=20, starts="open", law=gates.PRACTICE,
          setting="verification.verify_yellow", bears="verifier", escalates=("head", "deputy"),
          when=gates.is_yellow),
    Clock("verify_blue", _("Verify a blue doubt with the next quarterly batch"), months=3, starts="open",
          law=gates.PRACTICE, setting="verification.verify_blue", bears="verifier", escalates=("head",),
          when=gates.is_blue),
    Clock("alert_escalate", _("The unit explains"), working_days=5, law=gates.ALERT,
          setting="verification.alert_escalate", most_extension_days=10, extended_by="head",
          bears="unit_contact", escalates=("verifier", "deputy", "principal")),
    Clock("video_expiry", _("Copy the recording before it is overwritten"), days=30, starts="open",
          from_fact="happened_on", law=gates.PRACTICE, setting="verification.video_expiry", bears="verifier",
          escalates=("head", "deputy"), when=gates.video_runs_out),
    Clock("approve", _("Decide on the verdict"), working_days=3, law=gates.PRACTICE,
          setting="verification.approve", bears="deputy", escalates=("principal",)),
    Clock("dispose", _("Decide what follows"), working_days=5, law=gates.PRACTICE,
          setting="verification.dispose", bears="head", escalates=("deputy",)),
    Clock("tell", _("Tell the unit the result"), working_days=5, law=gates.PRACTICE,
          setting="verification.tell", bears="verifier", escalates=("head", "deputy")),
    Clock("correct", _("The unit puts it right"), until="correct_by", law=gates.PRACTICE,
          bears="unit_contact", escalates=("verifier", "head")),
    Clock("file", _("File the papers"), months=1, law=gates.PRACTICE, setting="verification.file",
          bears="verifier", escalates=("head",)),
)  # fmt: skip

LEDGERS = (
    Ledger("labels", _("Findings and their verdicts"), "疑点标签", fields.LABEL,
           (("open", _("without a verdict")), ("judged", _("verdict given"))), ("judged",)),
    Ledger("explanations", _("Innocent explanations"), "合理解释核验", fields.EXPLANATION,
           (("open", _("not answered")), ("tested", _("answered"))), ("tested",)),
    Ledger("tasks", _("Tasks"), "核查任务单", fields.TASK,
           (("set", _("set")), ("done", _("done")), ("dropped", _("not needed any more"))),
           ("done", "dropped"), due="due_on"),
    *forms.LEDGERS,
    Ledger("progress", _("Progress"), "核查进展", fields.PROGRESS, (("noted", _("noted")),), ("noted",)),
    Ledger("questions", _("Questions to the unit"), "单位说明", fields.QUESTION,
           (("asked", _("asked of the unit")), ("answered", _("answered"))), ("answered",)),
)  # fmt: skip

FIGURES = (
    Figure("by_rule", _("Doubts by rule and verdict"), by=("rule", "verdict")),
    Figure("by_unit", _("Doubts by unit and verdict"), by=("unit", "verdict")),
    Figure("by_watch", _("Doubts by kind of records and grade"), by=("watch", "colour")),
    Figure("judged", _("Verdicts approved"), counts="acts:approve", by=("rule",)),
    Figure("precision", _("Share of verdicts that confirm the doubt, by rule"), counts="acts:approve",
           by=("rule",), where=(("verdict", "confirmed"),), share_of="judged"),
    Figure("refuted", _("Share of verdicts by which the rule was wrong"), counts="acts:approve",
           by=("rule",), where=(("verdict", "refuted"),), share_of="judged"),
    Figure("excluded", _("Doubts excluded"), counts="acts:exclude", by=("rule",)),
    Figure("median_days", _("Median days from the doubt to its verdict"), counts="median_days:open:approve",
           by=("watch",)),
    Figure("red_in_time", _("Red doubts verified in time"), counts="clocks:verify_red", by=("watch",)),
    Figure("yellow_in_time", _("Yellow doubts verified in time"), counts="clocks:verify_yellow",
           by=("watch",)),
    Figure("answered_in_time", _("Explanations given in time"), counts="clocks:alert_escalate", by=("unit",)),
    Figure("money", _("Yuan confirmed"), counts="sum:amount_confirmed", by=("watch",)),
    Figure("repeated", _("Found again after it had been put right"), by=("unit",),
           where=(("repeated", "yes"),)),
    Figure("dispositions", _("What followed"), by=("disposition",)),
    Figure("tasks", _("Tasks set"), counts="ledger:tasks", by=("watch",)),
)  # fmt: skip

VERIFICATION = Mechanism(
    key="verification",
    name=_("Verification"),
    term="疑点核查",
    purpose=_(
        "Look into a doubt out of the records: two people, every innocent explanation, the unit heard."
    ),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=ASSIGNERS,
    asks=fields.OPENING,
    names=("unit", "rule_author"),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.HEARING,
    number="核",
    keywords=("watch", "tier", "colour", "verdict"),
)
