"""Quiz (教育测评题目): written, reviewed by somebody else, answered before and after, told as sums only.

Whether an education reached anybody (不想) is asked of those who were there, on their own screen, without a
name. What is kept are sums by kind of office; there is no score of anybody, and no score of anything is made
of these sums.

Law:
    No national text fixes the figures; each is a setting of the district. rights.md 3, 19, 21.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Clock, Entry, Figure, Ledger, Mechanism, Role, Slip, Stage
from qingfeng.mechanisms.common import RECUSAL_CHECKED
from qingfeng.mechanisms.quiz import fields, gates

SHEET = Slip("sheet", _("Reviewed quiz"), "测评题目审定单", "测评题目")
RESULT = Slip("result", _("Result of a quiz before and after"), "教育前后测评情况", "测评情况")

PARTIES = (
    Role("case_supervisor", _("Case supervision"), term="案件监督管理员", office=("case_supervisor",)),
    Role("head", _("Head of the room"), term="部门负责人", office=("dept_head",), within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("writer", _("Who writes the questions"), term="命题人"),
    Role("reviewer", _("Who reviews the questions"), term="审题人"),
)

STAGES = (
    Stage("writing", _("Questions being written"), "命题"),
    Stage("handed_in", _("Questions under review"), "审题"),
    Stage("ready", _("Reviewed, to be used"), "审定，待使用"),
    Stage("before", _("Being answered before"), "教育前作答"),
    Stage("after", _("Being answered after"), "教育后作答"),
    Stage("closed", _("Quiz closed"), "办结", open=False),
    Stage("dropped", _("Not used"), "不再使用", open=False),
)

LEADERS = ("deputy", "principal")
ASSIGNERS = ("case_supervisor", "head", *LEADERS)
RUNNERS = ("writer", "case_supervisor", "head")
SUMS = (Entry("results", "counted"), Entry("by_question", "counted"))

ACTS = (
    Act("set_hands", _("Name who writes and who reviews"), by=ASSIGNERS,
        from_=("writing", "handed_in", "ready"), asks=fields.HANDS, names=("writer", "reviewer"),
        gates=(RECUSAL_CHECKED,)),
    Act("write_question", _("Write a question"), by="writer", from_="writing",
        enters=(Entry("questions", "written", least=1),), gates=(gates.ANSWERS_FIT, gates.NAMES_NOBODY)),
    Act("mend_question", _("Mend a question"), by="writer", from_="writing",
        enters=(Entry("questions", "written", ("written",), 1),),
        gates=(gates.ANSWERS_FIT, gates.NAMES_NOBODY)),
    Act("strike_question", _("Strike a question"), by="writer", from_="writing",
        enters=(Entry("questions", "struck", ("written",), 1, ("source",)),)),
    Act("hand_in", _("Hand the questions in"), by="writer", from_="writing", to="handed_in",
        gates=(gates.ENOUGH,), stops="write", starts="review"),
    Act("approve", _("Find the questions in order"), by="reviewer", from_="handed_in", to="ready",
        asks=fields.REVIEW, gates=(gates.SOURCES_CHECKED, gates.NAMES_NOBODY), not_by=("writer",),
        prints=(SHEET,), stops="review", starts="use"),
    Act("send_back", _("Send the questions back"), by="reviewer", from_="handed_in", to="writing",
        reason=True, not_by=("writer",), stops="review", starts="write"),
    Act("open_before", _("Let it be answered before"), by=RUNNERS, from_="ready", to="before",
        asks=fields.BEFORE, stops="use", starts="hold"),
    Act("open_after", _("Let it be answered after"), by=RUNNERS, from_=("ready", "before"), to="after",
        asks=fields.AFTER, enters=SUMS, computes="quiz.sums", then="quiz.forget", stops=("use", "hold"),
        starts="close"),
    Act("close", _("Close the quiz and keep the sums"), by=RUNNERS, from_="after", to="closed",
        asks=fields.CLOSED, enters=SUMS, computes="quiz.sums", then="quiz.forget", prints=(RESULT,),
        stops="close"),
    Act("drop", _("Decide that it is not used"), by=ASSIGNERS, from_=("writing", "handed_in", "ready"),
        to="dropped", reason=True, stops=("write", "review", "use")),
)  # fmt: skip

OWES = ("case_supervisor", "deputy")

CLOCKS = (
    Clock("write", _("Write the questions"), working_days=15, starts="open", law=gates.PRACTICE,
          setting="quiz.write", bears="writer", escalates=OWES),
    Clock("review", _("Review the questions"), working_days=5, law=gates.PRACTICE, setting="quiz.review",
          bears="reviewer", escalates=OWES),
    Clock("use", _("Use the quiz"), months=3, law=gates.PRACTICE, setting="quiz.use", bears="writer",
          escalates=("case_supervisor",)),
    Clock("hold", _("Hold the education, then ask again"), until="before_until", law=gates.PRACTICE,
          bears="writer", escalates=("case_supervisor",)),
    Clock("close", _("Close the quiz"), until="after_until", law=gates.PRACTICE, bears="writer",
          escalates=("case_supervisor",)),
)  # fmt: skip

LEDGERS = (
    Ledger("questions", _("Questions"), "题目", fields.QUESTION,
           (("written", _("standing")), ("struck", _("struck"))), ("written", "struck"), unsaid=("struck",)),
    Ledger("results", _("Sums by kind of office"), "分类汇总", fields.RESULT, (("counted", _("counted")),),
           ("counted",)),
    Ledger("by_question", _("Sums by question"), "逐题汇总", fields.BY_QUESTION,
           (("counted", _("counted")),), ("counted",)),
)  # fmt: skip

FIGURES = (
    Figure("all", _("Quizzes by field and stage"), by=("area", "stage")),
    Figure("approved", _("Quizzes reviewed"), counts="acts:approve", by=("area",)),
    Figure("asked_before", _("Quizzes answered before"), counts="acts:open_before", by=("area",)),
    Figure("closed", _("Quizzes closed"), counts="acts:close", by=("area", "tests_what")),
    Figure("reviewed_in_time", _("Reviews of questions in time"), counts="clocks:review"),
)  # fmt: skip

QUIZ = Mechanism(
    key="quiz",
    name=_("Quiz"),
    term="教育测评",
    purpose=_("See whether an education reached those who were there: before and after, nobody by name."),
    stages=STAGES,
    parties=PARTIES,
    acts=ACTS,
    opened_by=ASSIGNERS,
    asks=fields.OPENING,
    clocks=CLOCKS,
    ledgers=LEDGERS,
    figures=FIGURES,
    law=gates.PRACTICE,
    number="测评",
    keywords=("area", "tests_what", "held_on"),
)
