"""What a report on prone areas asks for, and what the house counts for it."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field

QUARTER = (
    Field("quarter", _("A day of the quarter"), "day", term="季度内任一日", needed=False, most=0,
          help=_("Left empty: the last whole quarter.")),
)  # fmt: skip
COUNTED = (
    Field("counted_on", _("Counted on"), "day", term="计算日期"),
    Field("period_from", _("Counted from"), "day", term="统计期起"),
    Field("period_until", _("Counted until"), "day", term="统计期止"),
    Field("verified_total", _("Verified, whole or in part"), "whole", term="核实属实数", least=0),
    Field("raw_total", _("Found by rules, not verified"), "whole", term="规则命中数", least=0),
    Field("missing_total", _("Verified leads still wanting"), "whole", term="尚缺核实数", least=0),
    Field("looked_at", _("Cells compared"), "whole", term="比较单元数", least=0),
    Field("standing_out", _("Cells that stand out"), "whole", term="突出单元数", least=0),
    Field("by_chance", _("Of these expected by chance"), term="其中预计偶然"),
    Field("hidden_total", _("Cells hidden"), "whole", term="隐去单元数", least=0),
)  # fmt: skip
FOUND = tuple(one.key for one in COUNTED)

CELL = (
    Field("cell", _("Cell"), term="单元", most=200),
    Field("cell_verified", _("Verified"), "whole", term="核实属实", least=0),
    Field("cell_raw", _("Found, not verified"), "whole", term="规则命中", least=0),
    Field("cell_exposure", _("Exposure"), term="暴露量", most=60),
    Field("cell_ratio", _("Times the common rate, with its interval"), term="相对平均倍数（区间）", most=60),
    Field("cell_picture", _("Interval drawn"), term="区间图", needed=False, most=60),
    Field("cell_change", _("Against the quarter before"), term="较上季", needed=False, most=60),
    Field("cell_standing", _("What it says"), "choice", term="判断",
          choices=(("out", _("Stands out")), ("like", _("Like the others")),
                   ("little", _("Too little to say")))),
    Field("cell_needs", _("What more would be needed"), term="尚需数据", needed=False, most=80),
    Field("control", _("Suggested control"), "long", term="建议管控措施", needed=False),
)  # fmt: skip
TAKEN = tuple(one.key for one in CELL if one.key != "control")

UNSEEN = (
    Field("unseen", _("What nobody has looked at"), term="未筛查范围", most=200),
    Field("unseen_why", _("Why"), term="原因", most=200),
)

DRAFT = (
    Field("summary", _("What the quarter shows, as a question"), "long", term="分析意见",
          help=_("Rates, not people. A number that is called verified must be one of the verified numbers.")),
    Field("limits", _("What the numbers cannot say"), "long", term="数据局限"),
    Field("public_text", _("What may be published, without units and persons"), "long", term="公开部分"),
)  # fmt: skip
OPINION = (Field("review_opinion", _("Opinion of the reviewer"), "long", term="审核意见"),)
APPROVAL = (Field("approval", _("Opinion of the leader"), "long", term="审批意见"),)
