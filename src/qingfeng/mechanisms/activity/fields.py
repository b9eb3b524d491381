"""What an activity asks for: plan, what was done and made, pictures with consent, costs with vouchers."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import YES_NO

LINES = (
    ("practice", _("Practice: learning by doing")),
    ("lecture", _("Lecture: telling others")),
    ("volunteer", _("Volunteering")),
    ("grassroots", _("At the grassroots")),
)
"""四行: 清风实践行、清风宣讲行、清风志愿行、清风基层行."""

OPENING = (
    Field("line", _("Line of activity"), "choice", term="活动行动", choices=LINES),
    Field("plan", _("What is done, and what for"), "long", term="活动方案"),
    Field("held_by", _("To be held by"), "day", term="计划完成日期"),
    Field("where", _("Place"), term="活动地点"),
    Field("partners", _("With whom"), term="协办单位", needed=False),
    Field("for_whom", _("For whom"), term="活动对象"),
    Field("minors", _("Are minors taking part or in the picture?"), "choice", term="是否涉及未成年人",
          choices=YES_NO),
    Field("planned_cost", _("Planned cost"), "money", term="预算金额（元）", least=0),
    Field("planned_hours", _("Planned hours of all together"), "whole", term="计划参与时长合计（小时）",
          least=1),
)  # fmt: skip

APPROVAL = (Field("approval", _("Opinion of the leader"), "long", term="审批意见"),)
LATER = (Field("until", _("New day"), "day", term="改期至", least=0),)

HELD = (
    Field("held_on", _("Day of the activity"), "day", term="活动日期", most=0),
    Field("hours", _("Hours of all who took part, together"), "whole", term="参与时长合计（小时）", least=1,
          help=_("A sum over everybody. It is counted for the activity and for nobody.")),
    Field("took_part", _("How many took part"), "whole", term="参与人数", least=1),
    Field("served", _("How many people it reached"), "whole", term="服务人数", least=0),
    Field("done", _("What the activity did"), "long", term="活动内容"),
)  # fmt: skip

OUTPUT = (
    Field("made", _("What was made"), term="成果名称"),
    Field("made_kind", _("Kind"), "choice", term="成果类型",
          choices=(("paper", _("Report or paper")), ("tool", _("Tool or method")),
                   ("lesson", _("Lecture that can be given again")), ("other", _("Something else")))),
    Field("made_file", _("It, or a picture of it"), "files", term="成果材料", needed=False),
)  # fmt: skip

PICTURE = (
    Field("shows", _("What the picture shows"), term="画面内容"),
    Field("picture_file", _("Picture"), "files", term="照片"),
    Field("people_in_it", _("Can somebody be recognised?"), "choice", term="可识别人员",
          choices=(("nobody", _("Nobody")), ("adults", _("Grown-ups only")), ("minors", _("Minors too")))),
    Field("consent", _("Who has consented"), "choice", term="同意情况", needed=False,
          choices=(("those", _("Everybody who can be recognised")),
                   ("guardians", _("Everybody, and the guardians of the minors")))),
    Field("consent_file", _("Consent in writing"), "files", term="书面同意", needed=False),
)  # fmt: skip

COST = (
    Field("item", _("For what"), term="支出事项"),
    Field("amount", _("Yuan"), "money", term="金额（元）", least=0),
    Field("spent_on", _("Spent on"), "day", term="支出日期", most=0),
    Field("voucher_no", _("Number of the voucher"), term="凭证编号", needed=False),
    Field("voucher_file", _("Voucher"), "files", term="凭证", needed=False),
    Field("early_why", _("Why it may stand though it was spent before the approval"), "long",
          term="先支后批说明"),
)  # fmt: skip
SPENT = ("item", "amount", "spent_on", "voucher_no", "voucher_file")

OVER = (
    Field("allowed_cost", _("Yuan that may be spent in all"), "money", term="同意支出总额（元）", least=0),
    Field("over_why", _("Why more may be spent than was planned"), "long", term="超预算说明"),
)

SUMMARY = (
    Field("came_of_it", _("What the activity brought"), "long", term="活动成效"),
    Field("learnt", _("What to do otherwise next time"), "long", term="不足和改进"),
    Field("sheets", _("Feedback sheets"), "whole", term="反馈份数", needed=False, least=5,
          help=_("Without names. Fewer than five say too much about each: leave them out.")),
    Field("pleased", _("Of these content"), "whole", term="满意份数", needed=False, least=0),
    Field("cost", _("Cost in all"), "money", term="支出合计（元）", needed=False),
    Field("cost_over", _("Yuan over the plan"), "money", term="超预算金额（元）", needed=False),
    Field("hours_over", _("Hours over the plan"), "whole", term="超计划时长（小时）", needed=False),
)  # fmt: skip

SHOWN = (
    Field("shown_where", _("Where it is shown"), "long", term="展示方式"),
    Field("shown_until", _("Shown until"), "day", term="展示期限", least=0),
)
