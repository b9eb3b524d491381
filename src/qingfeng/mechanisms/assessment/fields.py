"""What an assessment asks for: five papers, who is assessed, points and grades, votes, results, appeals."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.appraisal.points.grades import BASIC, COMPETENT, EXCELLENT, FAILED, UNDETERMINED
from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import RECUSAL_ASKED

CLASSES = (
    ("middle", _("Heads of rooms and teams")),
    ("staff", _("Staff of rooms and teams")),
    ("room", _("Internal rooms")),
    ("resident", _("Resident teams")),
    ("township", _("Commissions of towns and sub-districts")),
    ("inspection", _("Inspection office")),
    ("enterprise", _("Discipline offices of enterprises")),
)
"""Classes of the 100-point assessment, by its keys; people or units are graded among their like."""
OF_PEOPLE = ("middle", "staff")
PLATFORM, PAPER = "platform", "paper"
GRADES = (
    (EXCELLENT, pgettext_lazy("assessment", "Excellent")),
    (COMPETENT, _("Competent")),
    (BASIC, _("Basically competent")),
    (FAILED, _("Not competent")),
    (UNDETERMINED, _("No grade is determined")),
)
"""格次: 优秀、称职、基本称职、不称职, and 不定等次."""

APPEAL_UPHELD, OBJECTION_FOUND, BY_ORDER = "appeal", "objection", "order"
BASES = (
    (APPEAL_UPHELD, _("An appeal that was upheld")),
    (OBJECTION_FOUND, _("An objection to the posting, looked into")),
    (BY_ORDER, _("A decision of a higher organ")),
)
NOT_EXCELLENT = "not_excellent"
POSTED_AS = (
    (EXCELLENT, pgettext_lazy("assessment", "Excellent")),
    (NOT_EXCELLENT, _("Not among the excellent")),
)
"""What a posting says of somebody: whether they are to be excellent, and never another grade."""

SPECIAL = (
    ("new", _("New this year, on probation")),
    ("sick", _("Away ill for more than half of the year")),
    ("examined", _("Under examination that has not ended")),
    ("away", _("Studying or lent elsewhere, assessed there")),
)
STEPS = (
    ("method", _("1 Method")),
    ("self", _("2 Self-assessment")),
    ("grades", _("3 Points and grades")),
    ("reports", _("4 Reports on duty and vote")),
    ("result", _("5 Study and result")),
)
"""五步."""

OPENING = (
    Field("year", _("Year that is assessed"), "whole", term="考核年度", least=2000, most=2100),
    Field("objects_class", _("Who is assessed"), "choice", term="考核对象类别", choices=CLASSES),
    Field("units", _("Rooms and teams"), "units", term="参加考核室组"),
)

STEP = (
    Field("step", _("Step"), "choice", term="考核步骤", choices=STEPS),
    Field("step_on", _("Day of the step"), "day", term="日期", most=0),
    Field("step_minutes", _("Minutes: who was there, what was decided"), "long", term="会议记录"),
    Field("step_paper", _("Document of the step"), "files", term="文件"),
)
STEP_KEYS = ("step_on", "step_minutes", "step_paper")

METHOD = (
    Field("points_from", _("Where the points come from"), "choice", term="量化分来源",
          choices=((PLATFORM, _("Sheets of the 100-point assessment here")),
                   (PAPER, _("Sheets on paper, entered by two")))),
    Field("quota", _("Excellent at most, percent of those graded"), "whole", term="优秀比例上限（%）",
          least=1, most=25, help=_("A fifth, unless a superior has allowed more for this year.")),
    Field("limit_excellent", _("Excellent from how many points"), "whole", term="优秀分数线",
          least=1, most=100),
    Field("limit_competent", _("Competent from how many points"), "whole", term="称职分数线",
          least=1, most=100),
    Field("limit_basic", _("Basically competent from how many points"), "whole", term="基本称职分数线",
          least=1, most=100),
)  # fmt: skip

BEGUN = (Field("listed_count", _("People or units on the list"), "whole", term="考核对象数", needed=False),)

OBJECT = (
    Field("object", _("Who is assessed, or heads what is"), "person", term="考核对象"),
    Field("object_name", _("Name on the table of grades"), term="名单名称", most=60),
    Field("object_post", _("Post in the year"), term="年度岗位", needed=False, most=80),
    Field("special", _("Special case"), "choice", term="特殊情形", choices=SPECIAL),
    Field("special_why", _("Since when, and on what paper it rests"), "long", term="特殊情形依据"),
    Field("no_self_why", _("Why there is no self-assessment"), "long", term="未自评原因"),
)
OBJECT_KEYS = ("object", "object_name", "object_post")

SELF = (
    Field("self_of", pgettext_lazy("assessment", "Whose"), "person", term="自评人"),
    Field("self_did", _("What I did this year, and what came of it"), "long", term="履职情况"),
    Field("self_lacks", _("What fell short"), "long", term="存在不足"),
    Field("self_next", _("What I will do otherwise"), "long", term="改进打算"),
    Field("self_paper", _("Sheet of the self-assessment"), "files", term="自评表", needed=False),
)

GRADE = (
    Field("graded_no", _("Line of who is assessed"), "whole", term="名单序号", least=1),
    Field("graded", _("Who is graded"), term="评定对象", most=60),
    Field("total", _("Points of the year"), "score", term="量化得分", most=115),
    Field("points_version", _("Version of the points"), "whole", term="得分版本", needed=False),
    Field("vetoed", _("A veto stands"), "flag", term="一票否决", needed=False),
    Field("points_paper", _("Sheet of points"), "files", term="评分表", needed=False),
    Field("proposed", _("Grade that the points propose"), "choice", term="建议格次", choices=GRADES,
          needed=False),
    Field("grade", pgettext_lazy("assessment", "Grade"), "choice", term="格次", choices=GRADES, needed=False),
    Field("grade_why", _("Reason, where people chose otherwise or between equals"), "long", term="评定理由",
          needed=False, help=_("The person reads it: name nobody else in it.")),
    Field("change_basis", _("What the change rests on"), "choice", term="变更依据", choices=BASES),
    Field("change_paper", _("Paper of that decision"), "files", term="变更依据文件", needed=False),
    Field("votes", _("Valid ballots"), "whole", term="有效票", least=5,
          help=_("Fewer than five say too much about each: leave the vote out and say so in the minutes.")),
    Field("votes_good", _("Excellent or competent"), "whole", term="优秀和称职票", least=0),
    Field("votes_value", _("Value of the round of evaluation"), term="五评得分", needed=False),
)  # fmt: skip
TYPED = ("graded_no", "graded", "total", "vetoed", "points_paper")
FROM_POINTS = ("graded_no", "graded", "total", "points_version", "vetoed", "proposed", "grade")
JUDGED = ("grade", "grade_why")
CHANGED = (*JUDGED, "change_basis", "change_paper")
VOTED = ("votes", "votes_good")
FROM_ROUND = ("votes_value",)

VOTE = (
    Field("round_code", _("Number of the round of evaluation"), term="评次编号", needed=False,
          help=_("Where the vote was part of a round here; else count the paper ballots by two.")),
    Field("reported_on", _("Meeting of the reports on duty"), "day", term="述职测评日期", most=0),
    Field("invited", _("Invited to vote"), "whole", term="应到人数", least=1),
    Field("came", _("Came"), "whole", term="实到人数", least=1),
)  # fmt: skip

RESULT = (
    Field("told_person", _("Told to"), "person", term="告知对象"),
    Field("told_no", _("Line of the grade"), "whole", term="格次表序号"),
    Field("total_before", _("Points before"), term="原得分", needed=False),
    Field("told_total", _("Points of the year"), term="得分", needed=False),
    Field("told_grade", _("Grade of the year"), "choice", term="年度格次", choices=GRADES),
    Field("told_why", _("Why no grade is determined, or what changed"), "long", term="说明", needed=False),
    Field("told_on", _("Told on"), "day", term="告知日期", most=0),
    Field("handed_how", _("How it was handed over"), "choice", term="送达方式",
          choices=(("signed", _("Signed for on paper")), ("refused", _("Not signed for; two witnesses")))),
    Field("handed_on", _("Handed over on"), "day", term="送达日期", most=0),
)  # fmt: skip
TOLD = ("told_person", "told_no", "total_before", "told_total", "told_grade", "told_why", "told_on")
HANDED = ("handed_how", "handed_on")

POSTED = (
    Field("posted_name", _("Who is posted"), term="公示对象", most=60),
    Field("posted_grade", _("Grade that is posted"), "choice", term="公示格次", choices=POSTED_AS),
    Field("posted_no", _("Line of the grade"), "whole", term="格次表序号", needed=False),
    Field("posted_before", _("Posted before"), "choice", term="原公示格次", choices=POSTED_AS, needed=False),
    Field(
        "posted_why", _("What the change rests on"), "choice", term="变更依据", choices=BASES, needed=False
    ),
    Field("posted_on", _("Changed on"), "day", term="变更日期", needed=False),
)
POSTING = (Field("posted_where", _("Where it is posted within the commission"), term="公示范围"),)

OBJECTION = (
    Field("objection", _("What is objected to the posting"), "long", term="公示异议"),
    Field("objection_answer", _("What was found of it, and answered"), "long", term="异议核实答复"),
)

APPEAL = (
    Field("appellant", _("Who appeals"), "person", term="申诉人"),
    Field("appeal_why", _("What is wrong with the result, and why"), "long", term="申诉理由"),
    Field("appeal_paper", _("What shows it"), "files", term="申诉材料", needed=False),
    Field("outcome", _("Outcome of the appeal"), "choice", term="申诉结论",
          choices=(("upheld", pgettext_lazy("assessment", "Upheld")), ("rejected", _("Not upheld")))),
    Field("appeal_answer", _("What was looked at, and the answer"), "long", term="申诉答复"),
    Field("appeal_total", _("Points after it, where sheets are on paper"), "score", term="复核后得分",
          needed=False, most=115),
    Field("appeal_before", _("Points before it"), term="申诉前得分", needed=False),
    Field("appeal_after", _("Points after it"), term="申诉后得分", needed=False),
)  # fmt: skip
APPEALED = ("appeal_why", "appeal_paper")
ANSWERED = ("outcome", "appeal_answer", "appeal_total")

SUGGESTION = (
    Field("suggested", _("For whom"), "person", term="建议对象"),
    Field("strengths", _("What the year has shown they are good at"), "long", term="年度突出长处"),
    Field("fits", _("What they would fit"), "long", term="适合岗位"),
    Field("suggested_unit", _("Room or team it could be in"), "unit", term="建议室组", needed=False),
)

HANDS = (RECUSAL_ASKED,)
