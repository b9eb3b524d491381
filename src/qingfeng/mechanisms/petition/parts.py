"""Who has a part in a petition, and where it can stand."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Role, Slip, Stage

ACCEPTANCE = Slip("acceptance", _("Notice that a petition is taken up"), "信访事项受理告知书", "信受")
SENT_ON = Slip("sent_on", _("Notice that a petition is sent on"), "信访事项转送告知书", "信转")
ROUTED = Slip("routed", _("Notice of the legal route"), "依法分类处理告知书", "信引")
NOT_AGAIN = Slip(
    "not_again", _("Notice that a petition is not taken up again"), "信访事项不再受理告知书", "信不再"
)
HANDED = Slip("handed", _("Petition handed to an office"), "信访事项交办单", "信交", to="lead_unit")
LEADER = Slip("leader", _("Sheet of the leader in charge"), "领导包案表", "信包")
LONGER = Slip("longer", _("Notice that it takes longer"), "信访事项延期告知书", "信延")
OPINION = Slip("opinion", _("Written opinion on a petition"), "信访事项处理意见书", "信意")
REVIEW = Slip("review", _("Result of a review"), "信访事项复查意见书", "信查")
RECHECK = Slip("recheck", _("Result of the re-examination"), "信访事项复核意见书", "信核")
RESOLVED = Slip("resolved", _("Report on a petition resolved"), "信访事项化解报告", "信结")

PARTIES = (
    Role("registrar", _("Registrar of petitions"), term="信访登记员", office=("registrar",), within="owner"),
    Role("petition_head", _("Head of the petition office"), term="信访室负责人", office=("dept_head",),
         within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("leader", _("Leader who takes charge of it"), term="包案领导", most=1),
    Role("handler", _("Those who follow it"), term="跟踪人", least=2),
    Role("lead_unit", _("Office that leads"), term="主办单位", kind="unit", most=1, reads=False,
         told_by=("dispatch",)),
    Role("lead_contact", _("Contact of the office that leads"), term="主办单位联络员",
         office=("unit_contact",), within="lead_unit", reads=False),
    Role("co_unit", _("Offices that share in it"), term="协办单位", kind="unit", least=0, reads=False,
         told_by=("dispatch", "add_part")),
    Role("co_contact", _("Contacts of the offices that share in it"), term="协办单位联络员",
         office=("unit_contact",), within="co_unit", reads=False),
    Role("reviewer", _("Those who review it"), term="复查复核人员", least=2),
)  # fmt: skip

STAGES = (
    Stage("registered", _("Petition registered"), "登记"),
    Stage("accepted", _("Taken up"), "受理"),
    Stage("objected", _("The office objects"), "转送异议"),
    Stage("handling", _("In hand"), "办理中"),
    Stage("drafted", _("Opinion written"), "拟定处理意见"),
    Stage("issued", _("Opinion issued"), "出具处理意见书"),
    Stage("served", _("Opinion served"), "送达"),
    Stage("reviewing", _("In review"), "复查"),
    Stage("reviewed", _("Review done"), "复查完毕"),
    Stage("rechecking", _("Under re-examination"), "复核"),
    Stage("final", _("Lawful procedures ended"), "复核终结"),
    Stage("in_help", _("Not taken up again, help goes on"), "不再受理，疏导帮扶"),
    Stage("closed", _("Struck off"), "销号", open=False),
    Stage("sent_on", _("Sent on to the competent office"), "转送有权处理机关", open=False),
    Stage("routed", _("Led to a legal route"), "转法定途径", open=False),
    Stage("other_line", _("Handed to the line of reports"), "转检举控告线", open=False),
    Stage("withdrawn", _("Withdrawn by the petitioner"), "信访人撤回", open=False),
    Stage("helped", _("Help ended"), "帮扶终结", open=False),
)  # fmt: skip

LEADERS = ("deputy", "principal")
OURS = ("registrar", "petition_head")
IN_HAND = ("accepted", "objected", "handling", "drafted", "issued")
AFTER = ("served", "reviewing", "reviewed", "rechecking", "final")
