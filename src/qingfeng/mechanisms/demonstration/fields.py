"""What a demonstration project asks for: the fields of its forms and the columns of its ledgers."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import AREAS, RECUSAL_ASKED, YES_NO

LEADER = (
    Field("leader", _("Leader of the project: the secretary, by name"), term="项目负责人", most=40),
    Field("leader_post", _("The leader's post"), term="负责人职务", most=80),
)

OPENING = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("year", _("Year"), "whole", term="年度", least=2020, most=2100),
    *LEADER,
    Field("problem", _("The problem, in one small cut"), "long", term="针对的问题"),
    Field("measures", _("What is done about the problem"), "long", term="主要措施"),
    Field("replicable", _("Why others can do the same"), "long", term="可复制性"),
    Field("budget", _("What it may cost"), "money", term="经费预算", least=0),
    Field("finish_on", _("To be finished by"), "day", term="结项时限"),
)

OUTCOME = (
    Field("outcome", _("What is to change, so that it can be measured"), term="可衡量成效"),
    Field("before", _("Before"), term="现状值", most=60),
    Field("target", _("Target"), term="目标值", most=60),
    Field("measured_how", _("How it is measured, and by whom"), term="测量办法"),
    Field("measured", _("Measured"), term="实测值", most=60),
    Field("measured_on", _("Measured on"), "day", term="测量日期", most=0),
    Field("reached", _("Against the target"), "choice", term="与目标相比",
          choices=(("reached", _("Reached")), ("partly", _("Reached in part")), ("not", _("Not reached")))),
    Field("outcome_paper", _("What shows it"), "files", term="测量依据"),
)  # fmt: skip
OUTCOME_SET = ("outcome", "before", "target", "measured_how")
OUTCOME_MEASURED = ("measured", "measured_on", "reached", "outcome_paper")

MILESTONE = (
    Field("milestone", _("Milestone"), term="节点任务"),
    Field("milestone_post", _("Post answerable"), term="责任岗位"),
    Field("milestone_due", _("Due"), "day", term="节点时限"),
    Field("ended_on", _("Ended on"), "day", term="完成日期", most=0),
    Field("ended_how", _("What came of it"), "long", term="完成情况或者未完成原因"),
    Field("milestone_paper", _("What shows it"), "files", term="节点佐证", needed=False),
)
MILESTONE_SET = ("milestone", "milestone_post", "milestone_due")
MILESTONE_ENDED = ("ended_on", "ended_how", "milestone_paper")

PREREVIEW = (
    Field("fits", _("What the project is"), "choices", term="预审要点",
          choices=(("small", _("One small cut")), ("hard", _("A hard problem that people feel")),
                   ("within", _("Finishable in a year")), ("measurable", _("Its outcome can be measured")))),
    Field("prereview", _("Opinion of the office"), "long", term="预审意见"),
    RECUSAL_ASKED,
)  # fmt: skip

PARTS = (
    ("score_problem", _("The problem"), "问题精准", 25),
    ("score_measures", _("The measures"), "措施可行", 25),
    ("score_outcome", _("The outcome to be measured"), "成效可衡量", 30),
    ("score_replicable", _("Others can do the same"), "可复制推广", 20),
)
"""What an evaluator scores: key, words, term, most points; 100 in all."""

SCORE = (
    *(Field(key, name, "whole", term=term, least=0, most=most) for key, name, term, most in PARTS),
    Field("score_why", _("Why, part by part"), "long", term="评分理由"),
    Field("score_says", _("Advice"), "choice", term="评审建议",
          choices=(("take", _("Take it on")), ("mend", _("Take it on after changes")),
                   ("not", _("Do not take it on")))),
)  # fmt: skip
SCORED = (
    Field("score_mean", _("Mean of the scores"), term="平均得分"),
    Field("score_spread", _("Lowest and highest"), term="最低分和最高分"),
    Field("score_count", _("How many scored"), "whole", term="评审人数"),
)

TAKEN_ON = (
    Field("project_no", _("Number of the list of projects"), term="立项文号"),
    Field("public_from", _("Announced from"), "day", term="公示起始日期"),
    Field("public_until", _("Announced until"), "day", term="公示截止日期", least=5),
    Field("public_where", _("Where it is announced"), term="公示范围"),
)
OBJECTION = (
    Field("objection", _("What is objected to"), "long", term="公示异议"),
    Field("objection_answer", _("What was found and answered"), "long", term="核实及答复"),
)
BEGUN = (
    Field(
        "note_day", _("Day of the month on which the note is due"), "whole", term="月报日", least=1, most=28
    ),
    Field("midterm_on", _("Midterm check by"), "day", term="中期检查时限", least=0),
)
NOTE = (
    Field("noted_on", _("Day"), "day", term="日期", most=0),
    Field("noted_done", _("Done this month"), "long", term="本月进展"),
    Field("noted_next", _("Next month"), "long", term="下月安排"),
    Field("noted_trouble", _("What is in the way"), "long", term="困难问题", needed=False),
    Field("same_leader", _("Does the leader named in the application still lead it"), "choice",
          term="负责人是否变动", choices=(("yes", _("Yes, the same")), ("no", _("No, it is somebody else")))),
)  # fmt: skip

CHANGED = (
    *LEADER,
    Field("changed_on", _("Changed on"), "day", term="变动日期", most=0),
    Field("changed_why", _("Why it changed"), term="变动原因"),
)
HANDOVER = (
    *CHANGED,
    Field("open_things", _("What is open: milestones, money, promises"), "long", term="未了事项"),
    Field("handover_paper", _("The record, signed by both"), "files", term="交接记录签字件"),
)
CHANGED_KEYS = tuple(one.key for one in CHANGED)
HANDED_KEYS = ("open_things", "handover_paper")

COST = (
    Field("paid_on", _("Paid on"), "day", term="支付日期", most=0),
    Field("paid_for", _("What for"), term="支出事项"),
    Field("amount", _("Amount"), "money", term="金额", least=0),
    Field("voucher_no", _("Number of the voucher"), term="凭证号"),
    Field("voucher", _("The voucher"), "files", term="凭证扫描件"),
)
PAID = ("paid_on", "paid_for", "amount")
VOUCHED = ("voucher_no", "voucher")

MIDTERM = (
    Field("midterm_done_on", _("Day of the check"), "day", term="中期检查日期", most=0),
    Field("midterm_seen", _("What was seen, on site and in the papers"), "long", term="检查情况"),
    Field("midterm_course", _("How it goes"), "choice", term="推进状态",
          choices=(("on_course", _("As planned")), ("behind", _("Behind")), ("stuck", _("Stuck")))),
    Field("midterm_advice", _("What is to change"), "long", term="改进意见"),
)  # fmt: skip

SATISFACTION = (
    Field("asked_by", _("Who asked the people, never the unit itself"), term="测评组织单位"),
    Field("asked_how", _("How they were asked"), term="测评方式"),
    Field("asked_count", _("How many answered"), "whole", term="测评人数", least=0),
    Field(
        "asked_content", _("How many of them were content"), "whole", term="满意人数", least=0, needed=False
    ),
)

LATER = (Field("until", _("New day approved"), "day", term="批准延至", least=0),)

REPORT = (
    Field("report", _("Report of the unit"), "long", term="结项报告"),
    Field("cost_total", _("What it cost in all"), "money", term="实际支出", least=0),
)
EXAMINED = (
    Field("examined_on", _("Day of the examination"), "day", term="验收日期", most=0),
    Field("examined_how", _("How it was examined"), "choices", term="验收方式",
          choices=(("papers", _("Papers read")), ("measured", _("Measured again")), ("on_site", _("On site")),
                   ("people", _("People asked")))),
    Field("evidence_holds", _("Does the evidence hold"), "choice", term="佐证是否成立", choices=YES_NO),
    Field("outcome_judged", _("Outcome against the target"), "choice", term="成效与目标比对",
          choices=(("reached", _("Reached")), ("partly", _("Reached in part")), ("not", _("Not reached")))),
    Field("examined_found", _("What was found"), "long", term="验收意见"),
)  # fmt: skip
RATED = (Field("rating_why", _("Reasons of the rating"), "long", term="评定理由"),)
FAILED = (
    *RATED,
    Field("failed_because", _("Why it did not work"), "choices", term="未达标原因",
          choices=(("problem", _("The problem was not the real one")),
                   ("measure", _("The measure did not help")),
                   ("people", _("People or time were lacking")), ("outside", _("Something outside changed")),
                   ("measuring", _("It could not be measured")))),
    Field("learned", _("What was learnt"), "long", term="得到的教训"),
)  # fmt: skip
STOPPED = (
    Field("stopped_why", _("Why it is stopped"), "long", term="中止原因"),
    Field("learned", _("What was learnt"), "long", term="得到的教训"),
)

MATERIAL = (
    Field("method", _("What was done, step by step"), "long", term="做法"),
    Field("needs", _("What it needs: people, money, rules, data"), "long", term="所需条件"),
    Field("limits", _("Where it does not fit"), "long", term="适用边界"),
    Field("ask_whom", _("Whom to ask"), term="联系岗位"),
)
LESSONS = (
    Field("tried", _("What was tried"), "long", term="做了什么"),
    Field("came_out", _("What came out, in numbers"), "long", term="实际结果"),
    Field("instead", _("What others should do instead"), "long", term="给其他单位的建议"),
    Field("names_nobody", _("It names nobody and blames nobody"), "flag", term="不点名、不归责个人"),
)
REPLICATION = (
    Field("taken_by", _("Unit that took it over"), "unit", term="推广单位"),
    Field("taken_on", _("Since"), "day", term="起始日期", most=0),
    Field("adapted", _("What it changed to fit"), "long", term="结合实际的调整"),
    Field("first_result", _("First result"), "long", term="初步成效", needed=False),
)
