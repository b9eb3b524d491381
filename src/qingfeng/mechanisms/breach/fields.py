"""What is asked about a breach: what happened, how many people (a number), what was done, who was told."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import YES_NO

CATEGORIES = (
    ("unknown", _("Not known yet")),
    ("names", _("Names and posts")),
    ("identifiers", _("Numbers of persons, cards or accounts")),
    ("payments", _("Payments, wages and allowances")),
    ("tracks", _("Places and times")),
    ("petitions", _("Petitions, or who reported")),
    ("sensitive", _("Other sensitive personal information")),
)

OPENING = (
    Field("what_happened", _("Course of events"), "long", term="事件经过",
          help=_("As far as it is known; no name and no content of the data.")),
    Field("noticed_on", _("Noticed on"), "day", term="发现日期", most=0),
    Field(
        "noticed_by",
        _("How it was noticed"),
        "choice",
        term="发现途径",
        choices=(
            ("staff", _("By staff")),
            ("administrator", _("By an administrator, in the records of the system")),
            ("outside", _("Told by somebody outside")),
            ("check", _("In a check or an audit")),
        ),
    ),
    Field(
        "breach_kind",
        _("Kind"),
        "choice",
        term="事件类型",
        choices=(
            ("leak", _("Disclosed to somebody who may not have it")),
            ("altered", _("Changed without right")),
            ("lost", _("Lost or no longer to be had")),
            ("may_be", _("May have happened")),
        ),
    ),
    Field("where", _("In which data set, system or paper"), term="涉及数据或系统"),
)  # fmt: skip

CONTAINED = (
    Field("measures_now", _("What was done at once"), "long", term="已采取的补救措施"),
    Field("stopped_on", _("It goes on no longer since"), "day", term="制止日期", most=0),
)
ASSESSMENT = (
    Field("categories", _("Categories of personal information"), "choices", term="个人信息种类",
          choices=CATEGORIES),
    Field("how_many_people", _("How many people, a number only"), "whole", term="涉及人数", least=0),
    Field(
        "cause",
        _("Cause"),
        "choice",
        term="原因",
        choices=(
            ("mistake", _("A mistake")),
            ("rule_not_kept", _("A rule was not kept")),
            ("fault", _("A fault of the system")),
            ("attack", _("An attack")),
            ("device", _("A paper or device was lost")),
            ("unknown", _("Not known yet")),
        ),
    ),
    Field("cause_text", _("How it came about"), "long", term="原因说明"),
    Field("harm", _("Harm that it may do"), "long", term="可能造成的危害"),
    Field(
        "severity",
        _("How grave"),
        "choice",
        term="危害程度",
        choices=(("low", _("Low")), ("medium", _("Medium")), ("high", _("High"))),
    ),
    Field("self_help", _("What people can do to lessen the harm"), "long", term="个人可以采取的减轻措施"),
)  # fmt: skip

DECISION = (
    Field("tell_authority", _("Is the authority told"), "choice", term="是否通知履职部门", choices=YES_NO),
    Field("authority", _("Which authority"), term="履职部门", needed=False),
    Field("authority_why_not", _("Why the authority is not told"), "long", term="不通知履职部门的理由",
          needed=False),
    Field("tell_people", _("Are the people told"), "choice", term="是否通知个人", choices=YES_NO),
    Field("people_why_not", _("Why the people are not told"), "long", term="不通知个人的理由", needed=False,
          help=_("Only where measures effectively prevent the harm, or telling would hinder a duty.")),
)  # fmt: skip
AUTHORITY_TOLD = (
    Field("authority_told_on", _("Authority told on"), "day", term="通知履职部门日期", most=0),
    Field("authority_receipt", _("Their receipt or number"), term="回执"),
)
PEOPLE_TOLD = (
    Field("people_told_on", _("People told on"), "day", term="通知个人日期", most=0),
    Field("people_told", _("How many were told, a number only"), "whole", term="已通知人数", least=0),
    Field("told_how", _("How they were told"), term="通知方式"),
)
CLOSING = (
    Field("changed", _("What was changed so that it does not happen again"), "long", term="整改情况"),
    Field("rule_changed", _("Number of the rule or setting that was changed"), term="修改的制度或设置",
          needed=False),
)  # fmt: skip
MEASURE = (
    Field("measure", _("Measure"), "long", term="措施"),
    Field("measure_by", _("Done by"), "day", term="完成时限"),
    Field("measure_result", _("Result"), "long", term="完成情况"),
)
PLANNED = tuple(one.key for one in MEASURE[:2])
