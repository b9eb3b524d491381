"""What a letter asks for until it is delivered: weighing, drafting, review, approval, service."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field, Looked
from qingfeng.mechanisms.common import AREAS, RECUSAL_ASKED, YES_NO
from qingfeng.mechanisms.recommendation.rulebook import choices as rules

INSTRUMENTS = (
    ("discipline", _("Discipline inspection recommendation (to a party organisation)")),
    ("supervision", _("Supervision recommendation (has legal force)")),
    ("both", _("Discipline inspection and supervision recommendation")),
)
ORIGINS = (
    ("case", _("Case")),
    ("lesson", _("Lesson out of a case")),
    ("verification", _("Verified doubt")),
    ("supervision", _("Supervision of our own")),
    ("inspection", _("Inspection or audit")),
)
ISSUERS = (
    ("commission", _("The commission")),
    ("team", _("Resident team, in its own name")),
)

OPENING = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("origin", _("Where the proposal comes from"), "choice", term="动议来源", choices=ORIGINS,
          needed=False),
    Field("proposal_reason", _("Why a letter is proposed"), "long", term="动议理由", needed=False,
          help=_("The gap in management, never the person.")),
)  # fmt: skip

WEIGHED = (
    Field("origin", _("Where the proposal comes from"), "choice", term="动议来源", choices=ORIGINS),
    Field("weighed_on", _("Day of the meeting"), "day", term="研判日期", most=0),
    Field("weigh_no", _("Number of the minutes"), term="研判纪要编号"),
    Field("weigh_reason", _("Why a letter is needed, or why none"), "long", term="研判理由"),
)
INSTRUMENT = (
    Field("instrument", _("Instrument"), "choice", term="文种", choices=INSTRUMENTS),
    Field("issuer", _("Who issues it"), "choice", term="制发主体", choices=ISSUERS),
)
ROWS = (
    RECUSAL_ASKED,
)  # fmt: skip
EARLY = (
    Field("joined_on", _("Day on which the review joined"), "day", term="提前介入日期", most=0),
    Field("joined_saw", _("What it looked at, and what it asked for"), "long", term="提前介入情况"),
    Field("joined_no", _("Number of the record"), term="提前介入记录编号"),
)

LETTER = (
    Field("letter_title", _("Subject of the letter"), term="建议书事由", most=60,
          help=_("What is to be improved: 关于……的建议; no name.")),
    Field("cc", _("Copies to"), term="抄送", needed=False),
    Field("situation", _("Situation of the supervision or investigation"), "long", term="监督调查情况"),
    Field("basis", _("Basis, with articles"), "long", term="依据"),
    Field("causes", _("Causes"), "long", term="原因分析"),
    Field("duty", _("Duty to report back"), "long", term="整改和反馈义务"),
    Field("contact", _("Contact: office and its telephone"), term="联系方式"),
    Field("not_secret", _("The letter is not secret"), "flag", term="非涉密",
          help=_("A letter marked 秘密 or above goes by the confidential channel and is not entered here.")),
)  # fmt: skip

CONFIRMED_BY = (
    Field("rules", _("Rules that show the problems in the records"), "choices", term="印证规则",
          choices=Looked(rules), needed=False,
          help=_("The same rules over the new records say whether the correction is real.")),
    Field("no_rule_why", _("Why no rule fits"), "long", term="无适用规则的理由", needed=False,
          help=_("The letter then rests on the look back.")),
    Field("neighbours", _("Rules into which the spending could move"), "choices", term="邻近规则",
          choices=Looked(rules), needed=False),
    Field("tolerance", _("Percent of the expected findings that may remain"), "whole", term="容许比例",
          least=0, most=100, help=_("30 unless there is a reason.")),
    Field("trigger_from", _("First day of the months that gave rise to the letter"), "day",
          term="触发期起", most=0, needed=False),
    Field("trigger_until", _("Last day of these months"), "day", term="触发期止", most=0, needed=False),
    Field("mend_by", _("Correction due"), "day", term="整改期限",
          help=_("90 days, and more only for long work.")),
)  # fmt: skip

PROBLEM = (
    Field("problem", _("Problem"), "long", term="问题"),
    Field("evidence_no", _("Number of its evidence"), term="证据编号",
          help=_("Where the evidence stands in the file; none of it is typed in here.")),
)  # fmt: skip
PROPOSAL = (
    Field("for_problem", _("Number of the problem"), "whole", term="对应问题", least=1),
    Field("action", _("What is to be done"), "long", term="建议事项"),
    Field("answerable_post", _("Post answerable"), term="责任岗位"),
    Field("measurable", _("Measurable result"), term="可检验的结果"),
    Field("done_by", _("Due"), "day", term="完成时限"),
)

WARNING = (
    Field("found_kind", _("What the house noticed"), "choice", term="提示类别",
          choices=(("alike", _("Almost the same as another letter (公式化)")),
                   ("personal", _("Personal data")))),
    Field("found_where", _("Where"), term="位置"),
    Field("found_share", _("Likeness in percent"), "whole", term="相似度", needed=False, least=0, most=100),
    Field("found_says", _("What was found"), "long", term="提示内容"),
    Field("answer_kind", _("Answer"), "choice", term="处理", needed=False,
          choices=(("stays", _("Stays as it is, with reasons")), ("rewritten", _("To be rewritten")))),
    Field("answer_why", _("Reason"), "long", term="理由", needed=False),
)  # fmt: skip
WARNED = ("found_kind", "found_where", "found_share", "found_says")
ANSWERED = ("answer_kind", "answer_why")

CHECKLIST = (
    Field("evidenced", _("Each problem has evidence"), "choice", term="问题有据", choices=YES_NO),
    Field("doable", _("Each recommendation can be done by this very unit"), "choice", term="切实可行",
          choices=YES_NO),
    Field("within_power", _("Within the power of whoever issues it"), "choice", term="权限适当",
          choices=YES_NO),
    Field("no_more_data", _("No personal data beyond need"), "choice", term="个人信息最少", choices=YES_NO),
    Field("reviewed_on", _("Day of the review"), "day", term="审核日期", most=0),
    Field("review_no", _("Number of the record of the review"), term="专审记录编号"),
)  # fmt: skip
DRAFT_SCORE = (
    Field(
        "draft_score", _("Quality of the draft, out of 100"), "whole", term="文稿质量评分", least=0, most=100
    ),
    Field("draft_score_no", _("Number of the score sheet"), term="评分表编号"),
)
CONSULTED = (
    Field("consulted", _("Who is consulted"), "units", term="征求意见单位"),
    Field("opinions_by", _("Opinions by"), "day", term="反馈时限", least=0),
)
OPINIONS = (Field("opinions", _("Opinions, and what was taken up"), "long", term="意见采纳情况"),)
APPROVED = (Field("approval_no", _("Number of the approval"), term="审批件编号"),)
SERVED = (
    Field("served_on", _("Day of service"), "day", term="送达日期", most=0),
    Field("served_way", _("How it was served"), "choice", term="送达方式",

          choices=(("public", _("Read out at a meeting and signed for")),
                   ("in_person", _("Handed over and signed for")))),
    Field("served_place", _("Where, and before whom"), term="送达地点及参加范围"),
    Field("received_by", _("Who signed for it, by post"), term="签收人（职务）"),
    Field("served_paper", _("The signed certificate of service"), "files", term="送达回证签收件"),
)  # fmt: skip
