"""Who plays which part in a campaign, and where it stands: four steps between a plan and an end."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Role, Stage

PARTIES = (
    Role("head", _("Head of the room"), term="牵头部门负责人", office=("dept_head",), within="owner"),
    Role("analyst", _("Data analyst"), term="数据分析员", office=("analyst",)),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("lead", _("Leader of the task force"), term="专班负责人", least=0, most=1),
    Role("member", _("Members of the task force"), term="专班成员", least=0),
    Role("subject_pilot", _("Pilot units"), term="试点单位", kind="unit", least=1, most=3, subject=True,
         reads=False, told_by=("tell_pilots",)),
)  # fmt: skip

STAGES = (
    Stage("proposed", _("Topic chosen, plan to be written"), "选题"),
    Stage("planned", _("Plan handed in for approval"), "方案审批"),
    Stage("piloting", _("Step 1: one point cracked"), "点上破题"),
    Stage("locking", _("Step 2: leads locked"), "锁定线索"),
    Stage("sweeping", _("Step 3: net closed on the area"), "面上收网"),
    Stage("spreading", _("Step 4: rolled out"), "全面铺开"),
    Stage("summed_up", _("Summed up, to be looked back on"), "总结"),
    Stage("looked_back", _("Looked back on"), "回头看"),
    Stage("closed", _("Struck off"), "销号", open=False),
    Stage("dropped", _("Not carried out"), "不予开展", open=False),
)

STEPS = ("piloting", "locking", "sweeping", "spreading")
LEADERS = ("deputy", "principal")
LEADING = ("head", "lead", *LEADERS)
TEAM = ("member", "lead", "head", "analyst")
AT_WORK = (*STEPS, "summed_up", "looked_back")
