"""Who plays which part in a demonstration project, where it stands, and what it prints."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.matters.vocabulary import Role, Slip, Stage

PARTIES = (
    Role("organizer", _("Organizing office"), term="组织部门", office=("dept_head", "handler"),
         within="owner"),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",)),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",)),
    Role("unit", _("Applying unit"), term="申报单位", kind="unit", most=1, subject=True, reads=False),
    Role("unit_contact", _("Contact of the unit"), term="单位联络员",
         office=("unit_contact", "committee_secretary"), within="unit", reads=False),
    Role("evaluator", _("Evaluators of the project"), term="评审人", least=3),
    Role("examiner", _("Examiners"), term="检查验收人", least=2),
)  # fmt: skip

STAGES = (
    Stage("drafted", _("Application being written"), "申报"),
    Stage("submitted", _("Before the office"), "预审"),
    Stage("in_review", _("Being scored"), "评审"),
    Stage("reviewed", _("Scored, to be decided on"), "待立项"),
    Stage("announced", _("Taken on, announced"), "立项公示"),
    Stage("under_way", _("Under way"), "实施"),
    Stage("midway", _("Past the midterm check"), "中期检查后实施"),
    Stage("handed_in", _("Handed in, to be examined"), "结项验收"),
    Stage("examined", _("Examined, to be rated"), "待评定"),
    Stage("demonstrated", _("A demonstration, being spread"), "示范，推广"),
    Stage("failed", _("Failed, its lessons to be shown"), "不合格，待公开教训"),
    Stage("spread", _("A demonstration"), "示范", open=False),
    Stage("qualified", _("Qualified"), "合格", open=False),
    Stage("learnt", _("Failed, with its lessons shown"), "不合格，教训已公开", open=False),
    Stage("stopped", pgettext_lazy("project", "Stopped"), "中止", open=False),
    Stage("not_taken", _("Not taken on"), "不予立项", open=False),
)

APPLICATION = Slip("application", _("Application"), "示范项目申报书", "示范申报")
REVIEW = Slip("review", _("Record of the scores"), "示范项目评审表", "示范评审")
ANNOUNCEMENT = Slip("announcement", _("Announcement of a project"), "示范项目立项公示", "示范立项", to="unit")
ANSWER = Slip("answer", _("Answer to an application"), "示范项目申报答复", "示范答复", to="unit")
MIDTERM = Slip("midterm", _("Record of the midterm check"), "示范项目中期检查表", "示范中期", to="unit")
ACCEPTANCE = Slip("acceptance", _("Record of the examination"), "示范项目结项验收表", "示范验收")
RATING = Slip("rating", _("Rating of a project"), "示范项目评定通知", "示范评定", to="unit")
MATERIAL = Slip("material", _("Material for others"), "示范项目推广材料", "示范推广")
LESSONS = Slip("lessons", _("Lessons for others"), "示范项目教训材料", "示范教训")
STOP = Slip("stop", _("Notice that a project is stopped"), "示范项目中止通知", "示范中止", to="unit")

LEADERS = ("deputy", "principal")
RUNNING = ("under_way", "midway")
