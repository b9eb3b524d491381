"""Goal of the year (三争): proposed, approved, served by other matters, read every quarter, judged honestly.

争先进位 rests on a standing among peers with its source, 争创品牌 on recognition, 争作贡献 on what was made
or reached. A goal that was missed says so, with what is learnt from it.

Law:
    No national text fixes the figures; each is a setting of the district.
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
from qingfeng.mechanisms.goal import fields, gates

SHEET = Slip("sheet", _("Goal sheet"), "年度目标任务分解表", "目标任务")
CHASE_SLIP = Slip("chase", _("Reminder of a goal"), "目标推进提示函", "目标提示")
RESULT = Slip("result", _("Judgement of a goal"), "年度目标评定表", "目标评定")

PARTIES = (
    Role("proposer", _("Who proposes it"), term="目标提出人", office=("dept_head", "tracker"),
         within="owner"),
    Role("keeper", _("Who carries it"), term="责任人", office=("dept_head", "tracker", "handler"),
         within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("cooperating", _("Cooperating offices"), term="配合部门", kind="unit", least=0),
    Role("cooperator", _("Who cooperates"), term="配合人员", office=("dept_head", "tracker", "handler"),
         within="cooperating"),
    Role("verifier", _("Who verifies it"), term="核验人"),
)  # fmt: skip

STAGES = (
    Stage("proposed", _("Being proposed"), "提出"),
    Stage("submitted", _("To be approved"), "审定"),
    Stage("under_way", _("Under way, read every quarter"), "推进，季度报送"),
    Stage("self_rated", _("Rated by ourselves, to be verified"), "自评，待核验"),
    Stage("verified", _("Verified, to be judged"), "核验，待评定"),
    Stage("achieved", _("Achieved"), "完成", open=False),
    Stage("partly", _("Partly achieved"), "部分完成", open=False),
    Stage("missed", _("Not achieved"), "未完成", open=False),
    Stage("dropped", _("Not set"), "不列入", open=False),
    Stage("revoked", _("Taken back"), "撤销", open=False),
)

LEADERS = ("deputy", "principal")
KEEPERS = ("keeper", "proposer")
DONE_BY_THEM = (*KEEPERS, "cooperator")

ACTS = (
    Act("revise", _("Change the goal"), by=("proposer", *LEADERS), from_="proposed", asks=fields.OPENING,
        gates=gates.FAIR),
    Act("record_standing", _("Record the standing among peers"), by=KEEPERS,
        from_=("proposed", "under_way"), enters=(Entry("standings", "sourced", least=1),)),
    Act("submit", _("Submit the goal"), by=KEEPERS, from_="proposed", to="submitted",
        gates=(*gates.FAIR, gates.PILLAR_ASKED, gates.STANDING_SOURCED), stops="propose", starts="approve"),
    Act("send_back", _("Send the goal back"), by=LEADERS, from_="submitted", to="proposed", reason=True,
        stops="approve", starts="propose"),
    Act("approve", _("Approve the goal"), by=LEADERS, from_="submitted", to="under_way",
        asks=fields.APPROVAL, names=("verifier", "cooperating"), gates=gates.FAIR, not_by=KEEPERS,
        prints=(SHEET,), stops="approve", starts=("reading", "finish"), on_paper=True, meeting=True,
        computes="goal.first_reading", finds=("read_from",)),
    Act("name_hands", _("Name who verifies and cooperates"), by=LEADERS, from_="under_way",
        names=("verifier", "cooperating")),
    Act("read", _("Read the quarter"), by="keeper", from_="under_way",
        gates=(gates.QUARTER_HAS_COME, gates.NOT_READ_YET, gates.DELAY_SAID),
        enters=(Entry("readings", "read", least=1),), stops="reading", computes="goal.measured",
        finds=("value",)),
    Act("correct_reading", _("Correct a reading"), by="keeper", from_="under_way", reason=True,
        gates=(gates.DELAY_SAID,), computes="goal.measured", finds=("value",),
        enters=(Entry("readings", "read", ("read",), 1,
                      ("progress", "percent", "course", "why_behind", "measure", "value")),)),
    Act("add_evidence", _("Add evidence"), by=("keeper", "cooperator"), from_="under_way",
        enters=(Entry("evidence", "kept", least=1),)),
    Act("chase", _("Remind of the goal"), by=("verifier", *LEADERS), from_="under_way",
        enters=(Entry("chases", "sent", least=1, columns=("missing", "answer_by")),), prints=(CHASE_SLIP,)),
    Act("answer_chase", _("Answer a reminder"), by="keeper", from_="under_way",
        enters=(Entry("chases", "answered", ("sent",), 1, ("answer",)),)),
    Act("extend", _("Approve a later day"), by=LEADERS, from_="under_way", asks=fields.EXTENSION,
        extends="finish", reason=True, not_by=KEEPERS),
    Act("self_rate", _("Rate the goal ourselves"), by="keeper", from_="under_way", to="self_rated",
        asks=fields.SELF_RATING,
        gates=(gates.HAS_EVIDENCE, gates.EVIDENCE_PROVED, gates.OWN_KIND_OF_EVIDENCE, gates.STANDS_LATER,
               gates.QUARTERS_READ, gates.CHASES_ANSWERED, gates.LINKED_CLOSED),
        stops=("reading", "finish", "mend"), starts="verify"),
    Act("return_rating", _("Send the rating back"), by=("verifier", *LEADERS),
        from_=("self_rated", "verified"), to="under_way", reason=True, not_by=DONE_BY_THEM,
        stops=("verify", "judge"), starts=("reading", "mend")),
    Act("verify", _("Verify the goal"), by="verifier", from_="self_rated", to="verified",
        asks=fields.VERIFICATION, not_by=DONE_BY_THEM, stops="verify", starts="judge"),
    Act("judge_achieved", _("Judge it achieved"), by=LEADERS, from_="verified", to="achieved",
        asks=fields.JUDGED, gates=(gates.VERIFIED_ACHIEVED, gates.HAS_EVIDENCE, gates.LINKED_CLOSED),
        not_by=(*DONE_BY_THEM, "verifier"), prints=(RESULT,), stops="judge", on_paper=True, meeting=True),
    Act("judge_partly", _("Judge it partly achieved"), by=LEADERS, from_="verified", to="partly",
        asks=fields.FELL_SHORT, gates=(gates.VERIFIED_PARTLY, gates.HAS_EVIDENCE, gates.LINKED_CLOSED),
        not_by=(*DONE_BY_THEM, "verifier"), prints=(RESULT,), stops="judge", on_paper=True, meeting=True),
    Act("judge_missed", _("Judge it not achieved"), by=LEADERS, from_="verified", to="missed",
        asks=fields.FELL_SHORT, gates=(gates.HAS_EVIDENCE, gates.LINKED_CLOSED),
        not_by=(*DONE_BY_THEM, "verifier"), prints=(RESULT,), stops="judge", on_paper=True, meeting=True),
    Act("drop", _("Decide not to set it"), by=LEADERS, from_=("proposed", "submitted"), to="dropped",
        reason=True, stops=("propose", "approve")),
    Act("revoke", _("Take the goal back"), by="principal", from_="under_way", to="revoked", reason=True,
        stops=("reading", "finish", "mend"), meeting=True),
)  # fmt: skip

CLOCKS = (
    Clock("propose", _("Submit the goal"), working_days=10, starts="open", law=gates.PRACTICE,
          setting="goal.propose", bears="proposer", escalates=("deputy",)),
    Clock("approve", _("Decide on the goal"), working_days=10, law=gates.PRACTICE, setting="goal.approve",
          bears="deputy", escalates=("principal",)),
    Clock("reading", _("Read the goal for the quarter"), each_month="reading_day", in_months=(3, 6, 9, 12),
          from_fact="read_from", law=gates.PRACTICE, bears="keeper", when=gates.owes_a_reading,
          escalates=("proposer", "deputy", "principal"), repeats=True, during=("under_way",)),
    Clock("finish", _("Reach the goal and rate it"), until="due", law=gates.PRACTICE, bears="keeper",
          most_extension_days=180, extended_by="deputy", escalates=("proposer", "deputy", "principal")),
    Clock("mend", _("Mend what was sent back"), working_days=10, law=gates.PRACTICE, setting="goal.mend",
          bears="keeper", escalates=("proposer", "deputy")),
    Clock("verify", _("Verify the goal"), working_days=10, law=gates.PRACTICE, setting="goal.verify",
          bears="verifier", escalates=("deputy", "principal")),
    Clock("judge", _("Judge the goal"), working_days=10, law=gates.PRACTICE, setting="goal.judge",
          bears="deputy", escalates=("principal",)),
)  # fmt: skip

LEDGERS = (
    Ledger("standings", _("Standing among peers"), "同类位次", fields.STANDING,
           (("sourced", _("with its source")),), ("sourced",)),
    Ledger("readings", _("Quarterly progress"), "季度进展", fields.READING,
           (("read", _("read")),), ("read",)),
    Ledger("evidence", _("Evidence"), "佐证材料", fields.EVIDENCE,
           (("kept", _("kept")),), ("kept",)),
    Ledger("chases", _("Reminders"), "推进提示", fields.CHASE,
           (("sent", _("sent")), ("answered", _("answered"))), ("answered",), due="answer_by"),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Goals by pillar and stage"), by=("pillar", "stage")),
    Figure("by_office", _("Goals by office and stage"), by=("owner", "stage")),
    Figure("in_time_by_pillar", _("Rated in time, by pillar"), counts="clocks:finish", by=("pillar",)),
    Figure("in_time_by_office", _("Rated in time, by office"), counts="clocks:finish", by=("owner",)),
    Figure("readings_in_time", _("Quarters read in time"), counts="clocks:reading", by=("owner",)),
    Figure("no_evidence", _("Share of goals without evidence yet"), by=("owner",), never="add_evidence",
           share_of="all"),
    Figure("evidence", _("Pieces of evidence by kind"), counts="ledger:evidence", by=("evidence_kind",)),
    Figure("achieved", _("Goals judged achieved"), counts="acts:judge_achieved", by=("pillar",)),
    Figure("partly", _("Goals judged partly achieved"), counts="acts:judge_partly", by=("pillar",)),
    Figure("missed", _("Goals judged not achieved"), counts="acts:judge_missed", by=("pillar",)),
)  # fmt: skip

GOAL = Mechanism(
    key="goal",
    name=_("Goal of the year"),
    term="三争目标",
    purpose=_(
        "Set a goal for the year, let other matters serve it, read it every quarter, judge it honestly."
    ),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=("proposer", *LEADERS),
    asks=fields.OPENING,
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    confidentiality=Confidentiality.ORDINARY,
    law=gates.PRACTICE,
    number="目标",
    keywords=("area", "pillar", "year", "due"),
    gates=gates.FAIR,
)
