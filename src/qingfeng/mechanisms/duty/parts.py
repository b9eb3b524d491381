"""Who plays which part in a year of duty, where it stands, and what it prints."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Role, Slip, Stage

LIST = Slip("list", _("List of duties"), "责任清单", "责任清单")
STUDY = Slip("study", _("Record of a study"), "专题研究记录", "专题研究")
MINUTES = Slip("minutes", _("Minutes of the meeting of both sides"), "会商纪要", "会商纪要", to="unit")
REMINDER = Slip("reminder", _("Letter of reminder"), "提醒函", "履责提醒", to="unit")
CIRCULAR = Slip("circular", _("Circular on duty"), "履责情况通报", "履责通报", to="unit")
TALK = Slip("talk", _("Record of a talk on duty"), "约谈记录", "履责约谈", to="unit")
EVALUATION = Slip(
    "evaluation", _("Evaluation of duty and integrity"), "述责述廉评议表", "述责述廉", to="unit"
)
HEARING = Slip(
    "hearing", _("Letter that hears the unit"), "年度履责情况听取意见函", "履责听取意见", to="unit"
)
UNFULFILLED = Slip(
    "unfulfilled", _("Notice of a year not fulfilled"), "年度履责未完成告知书", "履责告知", to="unit"
)

PARTIES = (
    Role("registrar", _("Registrar"), term="登记员", office=("registrar",)),
    Role("head", _("Head of the room"), term="部门负责人", office=("dept_head",), within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("unit", _("Unit whose year it is"), term="履责单位", kind="unit", least=0, most=1, subject=True,
         reads=False),
    Role("secretary", _("Office of the committee and its secretary"), term="党委（党组）书记及其党组织秘书",
         office=("committee_secretary",), within="unit", reads=False),
    Role("unit_contact", _("Contact of the unit"), term="单位联络员", office=("unit_contact",), within="unit",
         reads=False),
    Role("tracking_unit", _("Team or room that follows it"), term="跟踪监督的派驻组或者科室", kind="unit",
         least=0, most=1),
    Role("tracker", _("Who follows it"), term="跟踪监督人", office=("tracker", "handler", "dept_head"),
         within="tracking_unit"),
    Role("evaluator", _("Who holds the evaluation"), term="评议组织人", least=2),
)  # fmt: skip

STAGES = (
    Stage("planned", _("List being drawn up"), "责任清单待下发"),
    Stage("issued", _("List issued, year under way"), "年度履责中"),
    Stage("conferred", _("Problems fed back"), "会商反馈，整改中"),
    Stage("reported", _("Report on duty and integrity handed in"), "述责述廉"),
    Stage("evaluated", _("Evaluated, before the principal"), "已评议，待办结"),
    Stage("closed", _("Year closed"), "年度办结", open=False),
    Stage("unfulfilled", _("Year closed as not fulfilled"), "年度履责未完成", open=False),
)

LEADERS = ("deputy", "principal")
UNIT = ("secretary", "unit_contact")
ON_PAPER_TOO = (*UNIT, "tracker")
"""The unit itself; who follows it enters what a unit without a sign-in hands in on paper."""
SUPERVISORS = ("tracker", "head", *LEADERS)
