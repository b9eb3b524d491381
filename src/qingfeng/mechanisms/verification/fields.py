"""What a verification asks for: the fields of its forms and the columns of its ledgers.

What the supervised unit reads (the ledger of questions, the letters) has no rule, no threshold, no rank.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import WATCHES, YES_NO

TIERS = (
    ("A", _("A: records contradict each other")),
    ("B", _("B: departs from a rule")),
    ("C", _("C: statistical; names no person")),
)

COLOURS = (
    ("red", pgettext_lazy("lead", "Red")),
    ("yellow", pgettext_lazy("lead", "Yellow")),
    ("blue", pgettext_lazy("lead", "Blue")),
    ("grey", pgettext_lazy("lead", "Grey")),
)

VERDICTS = (
    ("confirmed", _("Confirmed")),
    ("partly", _("Partly confirmed")),
    ("explained", _("Explained: the rule was right, the act had good reason")),
    ("refuted", _("Not so: the rule was wrong here")),
    ("unverifiable", _("Cannot be verified")),
)

KINDS = (
    ("office", _("Visit to an office")),
    ("enterprise", _("Visit to an enterprise")),
    ("resident", _("Talk with residents")),
    ("invoice", _("Check of invoices")),
    ("accounts", _("Check of accounts")),
    ("data", _("Data asked for")),
    ("video", _("Video asked for")),
)

VIDEO = (
    Field("happened_on", _("Day it happened"), "day", term="发生日期", most=0, needed=False),
    Field("video", _("Camera that may have seen it"), term="可调取的视频", needed=False,
          help=_("Recordings are overwritten: from that day on their time runs out.")),
)  # fmt: skip

OPENING = (
    Field("lead", _("Number of the lead"), term="疑点编号", most=16),
    Field("doubt", _("The doubt, as a question of fact"), "long", term="疑点内容", personal=True,
          help=_("What the records say and what does not fit; no rule's threshold, no judgement.")),
    Field("watch", _("Kind of records"), "choice", term="监督类别", choices=WATCHES),
    Field("tier", _("Tier of evidence"), "choice", term="证据层级", choices=TIERS),
    Field("colour", _("Grade of the lead"), "choice", term="研判分级", choices=COLOURS),
    Field("rule", _("Id of the rule"), term="规则编号", most=60),
    Field("rules", _("Rules with their versions"), "long", term="规则及版本", needed=False),
    Field("parameters", _("Parameters used"), "long", term="使用参数", needed=False,
          help=_("For the check sheet inside the commission; the unit never reads them.")),
    Field("subject", _("What the records are about"), term="核查对象", needed=False, personal=True,
          help=_("A vehicle, a card, an invoice; a person only if the record itself names one.")),
    Field("evidence", _("Files and rows"), "long", term="数据来源及行号", needed=False),
    Field("snapshot", _("Snapshot of the records"), term="数据快照", needed=False),
    Field("amount", _("Yuan in question"), "money", term="涉及金额", needed=False, least=0),
    *VIDEO,
)  # fmt: skip

LABEL = (
    Field("finding", _("Number of the finding"), "whole", term="疑点序号", least=1),
    Field("rule", _("Id of the rule"), term="规则编号", most=60),
    Field("version", _("Version of the rule"), term="规则版本", most=80),
    Field("message", _("What it says"), "long", term="疑点内容", personal=True),
    Field("verdict", _("Verdict on the finding"), "choice", term="核查标签", choices=VERDICTS),
    Field("verdict_reason", _("Reason for the verdict"), "long", term="认定理由"),
)
FINDING = ("finding", "rule", "version", "message")
VERDICT = ("verdict", "verdict_reason")

EXPLANATION = (
    Field("explanation", _("Innocent explanation"), "long", term="合理解释"),
    Field("tested_how", _("How it was tested"), "long", term="核验方式"),
    Field(
        "holds",
        _("Does it hold"),
        "choice",
        term="是否成立",
        choices=(("yes", _("It holds")), ("partly", _("It holds in part")), ("no", _("It does not hold"))),
    ),
    Field("why", _("On what that rests"), "long", term="依据"),
    Field("tested_papers", _("Papers that show it"), "files", term="佐证", needed=False),
)
TESTED = ("tested_how", "holds", "why", "tested_papers")

QUESTION = (
    Field("fact", _("Fact to be explained"), "long", term="需说明的事实",
          help=_("What the records say; no rule, no threshold, nothing of where it was found.")),
    Field("rows", _("The unit's own records on it"), "long", term="相关记录",
          help=_("File, row and the columns that say it; no other unit's records.")),
    Field("question", _("What the unit is asked"), "long", term="请说明"),
    Field(
        "stance",
        _("What the unit says to the fact"),
        "choice",
        term="说明类别",
        choices=(
            ("reason", _("It is so, and there was a reason")),
            ("wrong_record", _("The record is wrong")),
            ("as_stated", _("It is as stated")),
            ("in_part", _("It is so in part")),
        ),
    ),
    Field("answer", _("Explanation of the unit"), "long", term="情况说明"),
    Field("answer_papers", _("Papers that show it"), "files", term="佐证材料", needed=False),
)  # fmt: skip
ASKED = ("fact", "rows", "question")
ANSWERED = ("stance", "answer", "answer_papers")

LONGER = (Field("until", _("New day for the answer"), "day", term="延至"),)

TASK = (
    Field("kind", _("Kind of task"), "choice", term="任务类型", choices=KINDS),
    Field("purpose", _("What is to be found out"), "long", term="核查目的"),
    Field("authority", _("Legal authority"), term="法律依据"),
    Field("who", _("Who goes: two at least"), "persons", term="核查人员"),
    Field("place", _("Place of the task"), term="地点"),
    Field("due_on", _("To be done by"), "day", term="完成时限"),
    Field("done_on", _("Done on"), "day", term="完成日期", most=0),
    Field("result", _("Result"), "long", term="核查结果"),
    Field(
        "evidence_sha256", _("SHA-256 of evidence kept elsewhere"), term="证据哈希", needed=False, most=200
    ),
    Field("papers", _("Signed record and evidence"), "files", term="记录及证据", needed=False),
    Field("why_dropped", _("Why it is not needed"), "long", term="取消理由"),
)
SET = ("kind", "purpose", "authority", "who", "place", "due_on")
RESULT = ("done_on", "result", "evidence_sha256", "papers")

PROGRESS = (
    Field("on", _("Day"), "day", term="日期", most=0),
    Field("what", _("What was done"), "long", term="进展"),
    Field("next", _("What comes next"), "long", term="下步安排", needed=False),
)

VERDICT_ON_ALL = (
    Field("verdict", _("Verdict on the lead"), "choice", term="核查结论", choices=VERDICTS),
    Field("conclusion", _("What was found, and on what it rests"), "long", term="核查结论及依据",
          personal=True),
    Field("amount_confirmed", _("Yuan confirmed"), "money", term="认定金额", needed=False, least=0),
    Field("repeated", _("Was the same found here and put right before"), "choice", term="整改后再次出现",
          choices=YES_NO),
)  # fmt: skip

OPINION = (Field("opinion", _("Opinion of the leader"), "long", term="审批意见"),)

DISPOSALS = (
    ("clue", _("To be registered as a clue")),
    ("remind", _("Reminder to put it right")),
    ("letter", _("Letter of recommendation proposed: a gap in management")),
    ("clear", _("Clearing: nothing was wrong, or nothing can be held against the unit")),
)

DISPOSAL = (
    Field("disposition", _("What follows"), "choices", term="处置方式", choices=DISPOSALS),
    Field("clue_grounds", _("Why it is a clue: who, when, what, how much"), "long", term="转问题线索理由",
          needed=False, personal=True,
          help=_("Kept for registration as a clue; registering decides nothing about anybody.")),
    Field("correction", _("What the unit is to put right"), "long", term="整改要求", needed=False),
    Field("correct_by", _("To be put right by"), "day", term="整改时限", needed=False),
)  # fmt: skip

TOLD = (
    Field("result_told", _("What the unit is told"), "long", term="告知内容",
          help=_("The fact, what was found, what follows; no rule and nothing about where it was found.")),
)  # fmt: skip

CORRECTED = (
    Field("corrected", _("What was put right"), "long", term="整改情况"),
    Field("corrected_papers", _("Papers that show it"), "files", term="整改佐证", needed=False),
)
