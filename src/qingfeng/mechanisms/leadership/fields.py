"""What the supervision of a leading team asks for: plan, occasions of talks, decisions, judgement, report."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import OFFICE_KINDS, YES_NO

TALK_KINDS = (
    ("appointment", _("Talk on appointment")),
    ("supervision", _("Supervisory talk")),
    ("reminder", _("Reminding talk")),
    ("admonition", _("Admonitory talk")),
)
POST_KINDS = (("head", _("Head of the unit")), ("member", _("Member of the leading team")))

OPENING = (
    Field("plan_year", _("Year of the plan"), "whole", term="计划年度", least=2020, most=2100),
    Field("office_kind", _("Kind of office"), "choice", term="单位类别", choices=OFFICE_KINDS),
)

TALK_LINE = (
    Field("about_person", _("Who is talked with"), "person", term="谈话对象", personal=True),
    Field("post_title", _("Title of their post"), term="职务", most=60),
    Field("post_kind", _("Kind of leading post"), "choice", term="岗位", choices=POST_KINDS),
    Field("talker_person", _("Who talks with them"), "person", term="谈话人"),
    Field("talk_kind", _("Kind of talk"), "choice", term="谈话类型", choices=TALK_KINDS),
    Field("talk_by", _("Talk at the latest on"), "day", term="最迟谈话日期", needed=False),
    Field("appointed_on", _("Appointed on"), "day", term="任职日期", needed=False, most=0),
)

APPROVAL = (Field("report_by", _("Duty report due on"), "day", term="述责述廉截止日期"),)

TRIGGER_KINDS = (
    ("appointment", _("New appointment")),
    ("sign", _("First signs of a problem")),
    ("reports", _("Repeated reports: their count only")),
    ("collective", _("Collective decisions not in order")),
    ("overdue_letter", _("Letter of recommendation overdue")),
)

TRIGGER = (
    Field("trigger_kind", _("What gives rise to it"), "choice", term="触发情形", choices=TRIGGER_KINDS),
    Field("found_on", _("Known since"), "day", term="发现日期", most=0),
    Field("reports_count", _("How many reports"), "whole", term="反映件次", least=2, needed=False,
          help=_("The count only: neither what they say nor who sent them.")),
    Field("trigger_ref", _("Number of the matter it rests on"), term="依据编号", most=40, needed=False),
    *TALK_LINE,
)  # fmt: skip

DECISION = (
    Field(
        "decision_kind",
        _("Which of the four"),
        "choice",
        term="事项类别",
        choices=(
            ("major", _("Major decision")),
            ("posts", _("Appointment to an important post")),
            ("project", _("Important project")),
            ("funds", _("Use of a large sum")),
        ),
    ),
    Field("decided_what", _("What was decided on"), "long", term="议题"),
    Field(
        "meeting_kind",
        _("Meeting"),
        "choice",
        term="会议名称",
        choices=(
            ("party", _("Party group or committee")),
            ("office", _("Office meeting of the head")),
            ("workers", _("Congress of staff")),
        ),
    ),
    Field("met_on", _("Day of the meeting"), "day", term="会议日期", most=0),
    Field("members", _("Members with a vote"), "whole", term="应到人数", least=1),
    Field("present", _("Members present"), "whole", term="实到人数", least=1),
    Field("votes_for", _("Votes for"), "whole", term="同意", least=0),
    Field("votes_against", _("Votes against"), "whole", term="反对", least=0),
    Field("abstained", _("Votes withheld"), "whole", term="弃权", least=0),
    Field("dissent", _("Other opinions, as they were said"), "long", term="不同意见", needed=False),
    Field("head_last", _("The head spoke last"), "flag", term="主要负责人末位表态"),
    Field("decided_yuan", _("Amount"), "money", term="金额（元）", least=0, needed=False),
    Field(
        "decision_result",
        _("Result"),
        "choice",
        term="决议",
        choices=(("passed", _("Passed")), ("rejected", _("Not passed")), ("put_off", _("Put off"))),
    ),
    Field("minutes", _("Minutes"), "files", term="会议记录", needed=False),
)

STOCK = (
    Field("stocked_on", _("Looked over on"), "day", term="盘点日期", most=0),
    Field(
        "collective",
        _("Decisions above the money threshold since the year began"),
        "choice",
        term="大额事项集体决策",
        choices=(
            ("recorded", _("Recorded as decided together")),
            ("none_recorded", _("Sums were spent, and no decision is recorded")),
            ("nothing_due", _("No sum above the threshold was spent")),
        ),
    ),
    Field("irregular", _("Is something in the records not in order"), "choice", term="是否有待核问题",
          choices=YES_NO),
    Field("stock_says", _("What was looked at, and what is to be asked"), "long", term="盘点情况"),
    Field("threshold_yuan", _("Money threshold"), "money", term="大额标准（元）", needed=False),
    Field("above_count", _("Decisions recorded above it"), "whole", term="大额决策记录数", needed=False),
)  # fmt: skip

ECOLOGY = (
    Field("judged_on", _("Judged on"), "day", term="研判日期", most=0),
    Field("eco_duty", _("How the duty is carried"), "long", term="责任落实"),
    Field("eco_team", _("How the team decides"), "long", term="民主集中制执行"),
    Field("eco_conduct", _("Conduct and the eight-point rules"), "long", term="作风建设"),
    Field(
        "eco_level",
        _("How the unit stands"),
        "choice",
        term="研判意见",
        choices=(
            ("steady", _("Steady")),
            ("attend", _("To be watched")),
            ("focus", _("To be supervised more closely")),
        ),
        help=_("Of the unit; nobody is graded."),
    ),
    Field("eco_measures", _("What follows"), "long", term="工作建议"),
    Field("talks_open", _("Talks of the year that are still open"), "whole", term="未办结谈话", needed=False),
    Field("talks_closed", _("Talks of the year that are closed"), "whole", term="已办结谈话", needed=False),
    Field("letters_overdue", _("Letters of recommendation that are overdue"), "whole", term="超期建议书",
          needed=False),
)  # fmt: skip

REPORT = (
    Field("reported_on", _("Duty report of"), "day", term="述责述廉日期", most=0),
    Field("duty_done", _("How the duty was carried"), "long", term="履行责任情况"),
    Field("team_led", _("How the team was led, and the head kept the rules"), "long",
          term="带班子和廉洁自律情况"),
    Field("admitted", _("Problems that they see themselves"), "long", term="存在问题"),
    Field("next_steps", _("What they will do"), "long", term="下步打算"),
    Field("report_file", _("Report as signed"), "files", term="述责述廉报告", needed=False),
)  # fmt: skip

EVALUATION = (
    Field("evaluated_on", _("Evaluated on"), "day", term="评议日期", most=0),
    Field(
        "report_judged",
        _("The report is"),
        "choice",
        term="评议意见",
        choices=(
            ("agrees", _("in keeping with what is known")),
            ("partly", _("in keeping with it in part")),
        ),
    ),
    Field("evaluation", _("Opinion on the report"), "long", term="评议说明"),
)
