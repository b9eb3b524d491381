"""Who plays which part in a letter, and where it stands."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Role, Stage

PARTIES = (
    Role("registrar", _("Registrar"), term="登记员（编号用印）", office=("registrar",)),
    Role("proposer", _("Who proposes it"), term="动议部门",
         office=("dept_head", "tracker", "case_supervisor"), within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("issuing_room", _("Issuing room"), term="职能室（制发）", kind="unit", most=1),
    Role("room_head", _("Head of the issuing room"), term="职能室负责人", office=("dept_head",),
         within="issuing_room"),
    Role("signing_team", _("Resident team that issues in its own name"), term="署名派驻机构", kind="unit",
         least=0, most=1),
    Role("drafter", _("Drafters, the leading one first"), term="起草人", least=2),
    Role("examiner", _("Reviewers of the letter"), term="专审人员", least=2),
    Role("tracking_unit", _("Tracking team"), term="派驻组（跟踪）", kind="unit", most=1),
    Role("tracker", _("Trackers"), term="跟踪人", office=("tracker", "dept_head"), within="tracking_unit"),
    Role("unit", _("Receiving unit"), term="接收单位（整改）", kind="unit", least=0, most=1, subject=True,
         reads=False, told_by=("deliver",)),
    Role("unit_contact", _("Contact of the unit"), term="单位联络员", office=("unit_contact",), within="unit",
         reads=False),
    Role("chasing_office", _("Chasing office"), term="办公室（督改）", kind="unit", most=1),
    Role("chaser", _("Who chases"), term="督改人", office=("handler", "dept_head"), within="chasing_office"),
    Role("evaluator", _("Evaluators"), term="评估人", least=2),
)  # fmt: skip

STAGES = (
    Stage("proposed", _("Proposed, to be studied"), "动议，待专题研判"),
    Stage("drafting", _("Needed, being drafted"), "起草"),
    Stage("submitted", _("Before the head of the room"), "部门审核"),
    Stage("in_review", _("Before the reviewers"), "专审"),
    Stage("consulting", _("Opinions asked for"), "征求意见"),
    Stage("reviewed", _("Reviewed, before the principal"), "审批"),
    Stage("approved", _("Approved, to be numbered and sealed"), "编号用印"),
    Stage("sealed", _("Sealed, to be delivered"), "待送达"),
    Stage("delivered", _("Delivered, plan awaited"), "已送达，待整改方案"),
    Stage("objected", _("Objection being re-examined"), "异议复核"),
    Stage("planned", _("Plan handed in"), "整改方案审核"),
    Stage("correcting", _("Being corrected"), "整改中"),
    Stage("reported", _("Reported for closing, before the team"), "报结，派驻组意见"),
    Stage("tracked", _("Team agrees, before the room"), "报结，制发室意见"),
    Stage("accepted", _("Room agrees, to be evaluated"), "评估"),
    Stage("evaluated", _("Evaluated, before the office"), "办公室完整性审核"),
    Stage("checked", _("Complete, before the leader"), "销号审批"),
    Stage("struck_off", _("Struck off, to be looked back on"), "销号，待回头看"),
    Stage("looked_back", _("Looked back on"), "已回头看"),
    Stage("filed", _("Filed"), "归档", open=False),
    Stage("not_needed", _("No letter"), "不予制发", open=False),
    Stage("withdrawn", _("Withdrawn"), "撤回", open=False),
)

LEADERS = ("deputy", "principal")
BEFORE = ("proposed", "drafting", "submitted", "in_review", "consulting", "reviewed", "approved", "sealed")
CLOSING = ("reported", "tracked", "accepted", "evaluated", "checked")
IN_HAND = ("delivered", "objected", "planned", "correcting", *CLOSING)
STRUCK = ("struck_off", "looked_back")
AFTER = (*IN_HAND, *STRUCK)
