"""What a talk asks for: when, where, what was said, what was promised; never who reported what."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import OFFICE_KINDS, RECUSAL_ASKED

TALK_KINDS = (
    ("appointment", _("Talk on appointment")),
    ("supervision", _("Supervisory talk")),
    ("reminder", _("Reminding talk")),
    ("admonition", _("Admonitory talk")),
)
POST_KINDS = (("head", _("Head of the unit")), ("member", _("Member of the leading team")))

OPENING = (
    Field("talk_kind", _("Kind of talk"), "choice", term="谈话类型", choices=TALK_KINDS),
    Field("head_unit", _("Unit of who is talked with"), "unit", term="所在单位"),
    Field("office_kind", _("Kind of office"), "choice", term="单位类别", choices=OFFICE_KINDS),
    Field("post_kind", _("Kind of leading post"), "choice", term="岗位", choices=POST_KINDS),
    Field("plan_year", _("Year of the plan"), "whole", term="计划年度", least=2020, most=2100),
    Field("talk_by", _("Talk at the latest on"), "day", term="最迟谈话日期", needed=False),
    Field("appointed_on", _("Appointed on"), "day", term="任职日期", needed=False, most=0),
)

TEAM = (RECUSAL_ASKED,)
APPROVAL = (Field("admonition_ground", _("Decision on which the admonition rests"), term="诫勉依据文号"),)

INVITATION = (
    Field("talk_on", _("Day of the talk"), "day", term="谈话日期"),
    Field("talk_place", _("Place of the talk"), term="谈话地点"),
    Field("talk_about", _("What it will be about, in general words"), "long", term="谈话主要内容",
          help=_("Said to who is talked with. Nothing about who reported, what was reported, or how often.")),
)  # fmt: skip

HELD = (
    Field("held_on", _("Talk held on"), "day", term="谈话日期", most=0),
    Field("held_place", _("Talk held at"), term="谈话地点"),
)

RECORD = (
    Field("points", _("Points raised"), "long", term="谈话要点",
          help=_("What was said to them. Nothing about who reported, what was reported, or how often.")),
    Field("answered", _("What they said to it"), "long", term="本人说明"),
    Field("record_file", _("Written record"), "files", term="谈话记录", needed=False),
)  # fmt: skip

REMARKS = (
    Field("remarks", _("Remarks of who was talked with"), "long", term="被谈话人意见", needed=False),
    Field("read_and_right", _("They have read the record and it is right"), "flag", term="已阅，记录属实"),
)

ISSUE = (
    Field("issue", _("Issue"), "long", term="问题"),
    Field("commitment", _("What is promised"), "long", term="承诺整改措施"),
    Field("due_on", _("Promised until"), "day", term="完成时限"),
    Field("result", _("What was done"), "long", term="整改情况", needed=False),
    Field("proof", _("Papers that show it"), "files", term="佐证材料", needed=False),
    Field("looked_at", _("What was looked at, and what was found"), "long", term="核查情况", needed=False),
)

CHECK = (
    Field("checked_on", _("Checked on"), "day", term="检查日期", most=0),
    Field("check_found", _("What the check found"), "long", term="检查情况"),
)
