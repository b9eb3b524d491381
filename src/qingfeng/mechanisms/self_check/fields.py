"""What a self-check asks a unit for, and what those ask who look at it. No rule, no doubt, nobody by name."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import AREAS, RECUSAL_ASKED, YES_NO

OPENING = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("self_topics", _("What the unit looks at"), "long", term="自查内容",
          help=_("The subject and the provisions; never a rule, a threshold, or that there is a doubt.")),
    Field("self_by", _("Until"), "day", term="自查报送时限"),
)  # fmt: skip

ADMISSION = (
    Field("admitted", _("Problem that was found"), "long", term="自查发现的问题",
          help=_("What, how often, since when; posts instead of names.")),
    Field("admitted_from", _("From"), "day", term="发生时间起", most=0),
    Field("admitted_until", _("Until the day"), "day", term="发生时间止", most=0, needed=False),
    Field("admitted_yuan", _("Yuan it is about"), "money", term="涉及金额（元）", least=0),
    Field("admitted_cause", _("Cause"), "long", term="原因"),
    Field("measure", _("What is done about it"), "long", term="整改措施"),
    Field("measure_by", _("Put right by"), "day", term="整改时限"),
    Field("admitted_on", _("Day of the admission, entered by the house"), "day", term="报告日期",
          needed=False),
    Field("own_accord", _("Of its own accord: before the unit was asked about a doubt"), "choice",
          term="是否主动报告", choices=YES_NO, needed=False),
    Field("put_right_on", _("Put right on"), "day", term="整改完成日期", most=0),
    Field("put_right", _("What was done"), "long", term="整改情况"),
    Field("recovered", _("Yuan given back"), "money", term="清退金额（元）", least=0, needed=False),
    Field("unit_system", _("Rule made, with its number"), term="建立制度及文号", needed=False),
    Field("proof", _("Papers"), "files", term="佐证材料"),
)  # fmt: skip
TYPED = ADMISSION[:7]
ADMITTED = tuple(one.key for one in ADMISSION[:9])
PUT_RIGHT = ("put_right_on", "put_right", "recovered", "unit_system", "proof")

REPORT = (
    Field("found_any", _("Was anything found"), "choice", term="是否发现问题", choices=YES_NO),
    Field("checked_how", _("What was looked at, and how"), "long", term="自查范围和方法"),
    Field("signed_form", _("The form, signed by the head of the unit"), "files", term="主要负责人签字件"),
)

SPOT_CHECK = (
    Field("spot_on", _("Day of the look"), "day", term="抽查日期", most=0),
    Field("spot_place", _("Place of the look"), term="地点"),
    Field("spot_sample", _("What was looked at, and how much of it"), "long", term="抽查内容和数量"),
    Field("spot_saw", _("What was seen there"), "long", term="抽查情况"),
    Field("spot_agrees", _("Does it agree with what the unit reported"), "choice", term="与自查是否一致",
          choices=(("yes", _("It agrees")), ("part", _("In part")), ("no", _("It does not agree")))),
    Field("spot_more", _("Problems found that were not reported"), "whole", term="未报告的问题数", least=0),
    Field("spot_papers", _("Copies"), "files", term="抽查底稿", needed=False),
)  # fmt: skip

CHECKERS = (RECUSAL_ASKED,)
AGAIN = (Field("self_by", _("Until"), "day", term="自查报送时限", least=1),)
LONGER = (Field("until", _("New day approved"), "day", term="批准延至", least=0),)
OPINION = (Field("self_opinion", _("Opinion on the self-check"), "long", term="审核意见"),)
