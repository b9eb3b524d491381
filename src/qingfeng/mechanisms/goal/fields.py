"""What a goal asks for: the fields of its forms and the columns of its ledgers."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field, Looked
from qingfeng.mechanisms.common import AREAS
from qingfeng.mechanisms.measures import choices

PILLARS = (
    ("advance", _("Move up among peers")),
    ("brand", _("Build a brand")),
    ("contribute", _("Make a contribution")),
)
"""争先进位, 争创品牌, 争作贡献."""

RESULTS = (
    ("achieved", _("Achieved")),
    ("partly", _("Partly achieved")),
    ("missed", _("Not achieved")),
)

QUARTERS = tuple((str(no), name) for no, name in enumerate(
    (_("First quarter"), _("Second quarter"), _("Third quarter"), _("Fourth quarter")), start=1))  # fmt: skip

MEASURED = (
    Field("content", _("What is to be reached"), "long", term="目标内容"),
    Field("indicator", _("Measured by"), term="衡量指标", most=120,
          help=_("What our own work does, such as a share of duties done in time.")),
    Field("standard", _("When is it reached"), "long", term="可量化标准"),
    Field("baseline", _("Where it stood at the end of last year"), term="上年基线", needed=False),
    Field("target", _("Where it is to stand"), term="年度目标值", needed=False),
    Field("recognised_by", _("Who would recognise the brand, and how"), "long", term="品牌认定方式",
          needed=False),
    Field("contributes_to", _("To whose task it contributes, and what"), "long", term="服务的中心任务",
          needed=False),
)  # fmt: skip

OPENING = (
    Field("year", _("Year"), "whole", term="年度", least=2020, most=2100),
    Field("pillar", _("Pillar"), "choice", term="争先争创类别", choices=PILLARS),
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    *MEASURED,
    Field("due", _("Due"), "day", term="完成时限"),
)

STANDING = (
    Field("stood_on", _("As of"), "day", term="位次日期", most=0),
    Field("place", _("Place"), "whole", term="位次", least=1),
    Field("among", _("Among how many peers"), "whole", term="参评单位数", least=2),
    Field("said_by", _("Who says so"), term="发布单位"),
    Field("said_in", _("In which document, with its number"), term="来源文件"),
    Field("said_on", _("Day of the document"), "day", term="文件日期", most=0),
    Field("said_paper", _("The document"), "files", term="来源文件扫描件"),
)

APPROVAL = (
    Field("approval", _("Opinion of the leader"), "long", term="审批意见"),
    Field("reading_day", _("Day of a quarter's last month on which its reading is due"), "whole",
          term="季末月报送日", least=1, most=28),
    Field("read_from", _("Read from"), "day", term="起报日期"),
)  # fmt: skip

READING = (
    Field("quarter", _("Quarter"), "choice", term="季度", choices=QUARTERS),
    Field("progress", _("What was done, and what it came to"), "long", term="季度进展"),
    Field("percent", _("How far, in percent"), "whole", term="完成进度（%）", least=0, most=100),
    Field("course", _("How it goes"), "choice", term="推进状态",
          choices=(("on_course", _("As planned")), ("behind", _("Behind")), ("stuck", _("Stuck")))),
    Field("why_behind", _("What holds it up, and what is done about it"), "long", term="滞后原因及措施",
          needed=False),
    Field("measure", _("Measure it is read from"), "choice", term="取数指标", needed=False,
          choices=Looked(choices), help=_("One of the house's returns; its number is read there.")),
    Field("value", _("Its number"), term="指标值", needed=False, most=60,
          help=_("Counted by the house where a measure is named; type it only where none is.")),
)  # fmt: skip

EVIDENCE = (
    Field("shows", _("What it shows"), term="佐证内容"),
    Field(
        "evidence_kind",
        _("What kind of evidence"),
        "choice",
        term="佐证类型",
        choices=(
            ("standing", _("A ranking or report with its source")),
            ("recognised", _("Recognition: named, commended, put on a list")),
            ("spread", _("Taken over elsewhere: asked for, visited, copied")),
            ("made", _("Something made: a rule, a method, a tool")),
            ("result", _("A result in numbers, with where they come from")),
        ),
    ),
    Field("evidence_on", _("Day of the evidence"), "day", term="佐证日期", most=0),
    Field("evidence_paper", _("The evidence"), "files", term="佐证材料"),
)

CHASE = (
    Field("missing", _("What is missing"), "long", term="催办事项"),
    Field("answer_by", _("Answer by"), "day", term="答复时限"),
    Field("answer", _("Answer"), "long", term="答复", needed=False),
)

EXTENSION = (Field("until", _("New day approved"), "day", term="批准延至", least=0),)

SELF_RATING = (
    Field("self_result", _("Our own rating"), "choice", term="自评结果", choices=RESULTS),
    Field("self_value", _("What was reached, against the standard"), "long", term="完成情况"),
    Field("self_why", _("Why we rate it so"), "long", term="自评理由"),
)
VERIFICATION = (
    Field("verified_result", _("As verified"), "choice", term="核验结果", choices=RESULTS),
    Field("verified_ways", _("How it was verified"), "choices", term="核验方式",
          choices=(("papers", _("Every piece of evidence read")), ("source", _("The source asked")),
                   ("records", _("Against the records of the house")), ("on_site", _("On site")))),
    Field("verified_why", _("What was found, and where it differs from the rating"), "long", term="核验意见"),
)  # fmt: skip
JUDGED = (Field("judgement", _("Reasons of the judgement"), "long", term="评定理由"),)
FELL_SHORT = (
    *JUDGED,
    Field("fell_short", _("What was not reached"), "long", term="未完成事项"),
    Field("learned", _("What is learnt from it, and what follows"), "long", term="原因分析和后续安排"),
)
