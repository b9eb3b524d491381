"""Rule made (小特精制度): drafted, reviewed, consulted on, issued, filed, checked, evaluated, mended.

小特精: small (one matter, three pages at most), specific (the unit's own posts, forms, thresholds),
precise (who, when, with what form, how checked). The commission's own opinions and rules of assessment
are kept here too, each clause with what it became.

Law:
    No national text fixes the figures; each is a setting of the district.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Entry, Figure, Ledger, Mechanism, Role, Slip, Stage
from qingfeng.mechanisms.common import RECUSAL_CHECKED
from qingfeng.mechanisms.rule_made import fields, gates

TASK = Slip("task", _("Request to draft a rule"), "制度拟定函", "制度拟定", to="unit")
OPINION = Slip("opinion", _("Opinion on compliance"), "制度合规审核意见", "合规审核", to="unit")
CARD = Slip("card", _("Card of a rule"), "小特精制度卡", "制度卡")
CHECK = Slip("check", _("Record of a spot check"), "制度执行抽查记录", "制度抽查")

PARTIES = (
    Role("registrar", _("Registrar"), term="登记员", office=("registrar",)),
    Role("case_supervisor", _("Case supervision"), term="案件监督管理员", office=("case_supervisor",)),
    Role("head", _("Head of the room"), term="部门负责人", office=("dept_head",), within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("drafter", _("Drafters in the commission"), term="起草人", least=0),
    Role("reviewer", _("Reviewers of compliance"), term="合规审核人"),
    Role("tracker", _("Who follows its execution"), term="执行跟踪人"),
    Role("unit", _("Unit whose rule it is"), term="制定单位", kind="unit", least=0, most=1, reads=False,
         told_by=("ask_unit",)),
    Role("unit_contact", _("Contact of the unit"), term="单位联络员", office=("unit_contact",), within="unit",
         reads=False),
)  # fmt: skip

STAGES = (
    Stage("planned", _("Draft being written"), "拟定"),
    Stage("submitted", _("Compliance under review"), "合规审核"),
    Stage("cleared", _("Opinions being asked"), "征求意见"),
    Stage("consulted", _("To be decided on"), "审议"),
    Stage("adopted", _("To be issued"), "印发"),
    Stage("issued", _("To be put on file"), "备案"),
    Stage("in_force", _("In force, being checked"), "执行抽查"),
    Stage("evaluated", _("Evaluated"), "评估"),
    Stage("abolished", _("Abolished"), "废止", open=False),
    Stage("dropped", _("Not made"), "不再制定", open=False),
)

LEADERS = ("deputy", "principal")
ASSIGNERS = ("head", "registrar", "case_supervisor", *LEADERS)
WRITERS = ("unit_contact", "drafter")
BEFORE = ("planned", "submitted", "cleared", "consulted")

ACTS = (
    Act("set_hands", _("Name who works on it"), by=ASSIGNERS, from_=BEFORE, asks=fields.HANDS,
        names=("drafter", "reviewer", "tracker", "unit"), gates=(RECUSAL_CHECKED,)),
    Act("ask_unit", _("Ask the unit to draft it"), by=("tracker", *ASSIGNERS), from_="planned",
        asks=fields.ASKED, gates=(gates.UNIT_NAMED,), prints=(TASK,), starts="draft",
        when=gates.of_a_unit),
    Act("write_clause", _("Write a clause"), by=WRITERS, from_="planned",
        enters=(Entry("clauses", "drafted", least=1),)),
    Act("mend_clause", _("Mend a clause"), by=WRITERS, from_="planned",
        enters=(Entry("clauses", "drafted", ("drafted",), 1),)),
    Act("strike_clause", _("Strike a clause"), by=WRITERS, from_="planned",
        enters=(Entry("clauses", "struck", ("drafted",), 1, ("clause_no",)),)),
    Act("hand_in", _("Hand the draft in"), by=WRITERS, from_="planned", to="submitted", asks=fields.DRAFT,
        gates=(gates.HAS_CLAUSES, gates.SMALL, gates.SPECIFIC, gates.PRECISE, gates.CLAUSES_LINKED),
        stops="draft", starts="clear"),
    Act("clear", _("Find it in order"), by="reviewer", from_="submitted", to="cleared",
        asks=fields.COMPLIANCE, gates=(gates.NO_CONFLICT, gates.NOT_LOOSENED, gates.STANDARDS_KEPT),
        not_by=("drafter", "unit_contact"), prints=(OPINION,), stops="clear", starts="consult"),
    Act("send_back", _("Send the draft back"), by=("reviewer", *LEADERS),
        from_=("submitted", "cleared", "consulted"), to="planned", reason=True,
        not_by=("drafter", "unit_contact"), stops=("clear", "consult", "adopt"), starts="draft"),
    Act("consult", _("Record the opinions"), by=(*WRITERS, "tracker"), from_="cleared", to="consulted",
        asks=fields.CONSULTED, gates=(gates.OPINIONS_ANSWERED,), stops="consult", starts="adopt"),
    Act("adopt", _("Record the decision of the meeting"), by=("unit_contact", *LEADERS), from_="consulted",
        to="adopted", asks=fields.MEETING, not_by=("drafter",), stops="adopt", starts="issue",
        on_paper=True, meeting=True),
    Act("issue", _("Issue the rule"), by=(*WRITERS, "registrar"), from_="adopted", to="issued",
        asks=fields.ISSUED, prints=(CARD,), stops="issue", starts="file_copy"),
    Act("file_copy", _("Put it on file"), by=("tracker", "registrar"), from_="issued", to="in_force",
        asks=fields.KEPT_ON_FILE, gates=(gates.CARRIED,), stops="file_copy", starts=("spot_check", "review")),
    Act("record_execution", _("Enter a record of its execution"), by=(*WRITERS, "tracker"), from_="in_force",
        enters=(Entry("execution", "shown", least=1),)),
    Act("spot_check", _("Record a spot check"), by="tracker", from_="in_force", asks=fields.SPOT_CHECK,
        gates=(gates.HAS_EVIDENCE,), not_by=("drafter", "unit_contact"), prints=(CHECK,),
        stops="spot_check"),
    Act("evaluate", _("Evaluate the rule"), by=("reviewer", "tracker"), from_="in_force", to="evaluated",
        asks=fields.EVALUATION, gates=(gates.CHECKED,), not_by=("drafter", "unit_contact"), second=True,
        stops=("spot_check", "review"), starts="decide"),
    Act("keep", _("Keep the rule in force"), by=("head", *LEADERS), from_="evaluated", to="in_force",
        asks=fields.NEXT_REVIEW, gates=(gates.WORKS, gates.CARRIED), not_by=("drafter",), stops="decide",
        starts=("spot_check", "review")),
    Act("revise", _("Have the rule mended"), by=("head", *LEADERS), from_=("issued", "in_force", "evaluated"),
        to="planned", reason=True, stops=("file_copy", "decide", "spot_check", "review"), starts="draft"),
    Act("abolish", _("Abolish the rule"), by=LEADERS, from_=("in_force", "evaluated"), to="abolished",
        asks=fields.ABOLISHED, reason=True, stops=("decide", "spot_check", "review"), on_paper=True,
        meeting=True),
    Act("drop", _("Decide that no rule is made"), by=LEADERS, from_=BEFORE, to="dropped", reason=True,
        not_by=("drafter",), on_paper=True, meeting=True,
        stops=("draft", "clear", "consult", "adopt")),
)  # fmt: skip

OWES = ("head", "deputy")

CLOCKS = (
    Clock("draft", _("Draft the rule"), months=1, starts="open", law=gates.PRACTICE,
          setting="rule_made.draft", bears="unit_contact", escalates=OWES),
    Clock("clear", _("Review its compliance"), working_days=10, law=gates.PRACTICE,
          setting="rule_made.clear", bears="reviewer", escalates=OWES),
    Clock("consult", _("Ask for opinions"), working_days=15, law=gates.PRACTICE,
          setting="rule_made.consult", bears="unit_contact", escalates=OWES),
    Clock("adopt", _("Decide on the rule"), months=1, law=gates.PRACTICE, setting="rule_made.adopt",
          bears="unit_contact", escalates=OWES),
    Clock("issue", _("Issue the rule"), working_days=10, law=gates.PRACTICE, setting="rule_made.issue",
          bears="unit_contact", escalates=OWES),
    Clock("file_copy", _("Put the rule on file"), working_days=15, law=gates.PRACTICE,
          setting="rule_made.file_copy", bears="tracker", escalates=OWES),
    Clock("spot_check", _("Check on the spot whether it is kept"), months=6, law=gates.PRACTICE,
          setting="rule_made.spot_check", bears="tracker", escalates=OWES, repeats=True,
          during=("in_force",)),
    Clock("review", _("Look at the rule again"), until="review_on", law=gates.PRACTICE, bears="reviewer",
          escalates=OWES),
    Clock("decide", _("Decide what becomes of the rule"), working_days=20, law=gates.PRACTICE,
          setting="rule_made.decide", bears="head", escalates=("deputy",)),
)  # fmt: skip

LEDGERS = (
    Ledger("clauses", _("Clauses"), "条款责任清单", fields.CLAUSE,
           (("drafted", _("standing")), ("struck", _("struck"))),
           ("drafted", "struck"), unsaid=("struck",)),
    Ledger("execution", _("Records of its execution"), "执行记录", fields.EXECUTION,
           (("shown", _("shown")),), ("shown",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Rules by kind and stage"), by=("rule_kind", "stage")),
    Figure("made", _("Rules issued"), counts="acts:issue", by=("area",)),
    Figure("checked", _("Spot checks"), counts="acts:spot_check", by=("area",)),
    Figure("executed", _("Share of spot checks that found it carried out"), counts="acts:spot_check",
           by=("area",), where=(("executed", "yes"),), share_of="checked"),
    Figure("evidence", _("Records of execution"), counts="ledger:execution", by=("area",)),
    Figure("filed", _("Rules put on file"), counts="acts:file_copy", by=("area",)),
    Figure("evidence_rate", _("Share of rules on file whose execution is shown"), counts="acts:file_copy",
           by=("area",), where=(("executed", "yes"),), share_of="filed"),
    Figure("revised", _("Rules sent to be mended"), counts="acts:revise", by=("area",)),
    Figure("abolished", _("Rules abolished"), counts="acts:abolish", by=("area",)),
    Figure("evaluated", _("Evaluations by result"), counts="acts:evaluate", by=("works",)),
    Figure("checked_in_time", _("Spot checks in time"), counts="clocks:spot_check"),
    Figure("reviewed_in_time", _("Rules looked at again in time"), counts="clocks:review"),
)  # fmt: skip

RULE_MADE = Mechanism(
    key="rule_made",
    name=_("Rule made"),
    term="小特精制度",
    purpose=_("Make one small, specific, precise rule, and see that it is kept, looked at again and mended."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=ASSIGNERS,
    asks=fields.OPENING,
    names=("unit",),
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.PRACTICE,
    number="制",
    keywords=("rule_kind", "area", "executed", "review_on"),
)
