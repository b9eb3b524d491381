"""What the register of deployments asks for: source, clause, due, what was done, the report upward."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import AREAS

SOURCES = (
    ("plenary", _("Plenary session")),
    ("document", _("Document of a superior")),
    ("instruction", _("Instruction of a leader")),
    ("concern", _("What the superior watches now")),
)

OPENING = (
    Field("source_kind", _("Kind of source"), "choice", term="来源类别", choices=SOURCES),
    Field("source_title", _("Document, session or instruction"), term="文件、会议或者批示名称"),
    Field("source_no", _("Document number"), term="文号", needed=False),
    Field("source_on", _("Its day"), "day", term="印发或者召开日期", most=0),
    Field("clause_no", _("Number of the clause"), term="条目号"),
    Field("clause_text", _("What the clause says, word for word"), "long", term="部署要求原文"),
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("due_by", _("To be carried out by"), "day", term="落实时限"),
)

ASSIGNED = (
    Field("task_text", _("What is to be done here"), "long", term="本委任务"),
    Field("due_by", _("To be carried out by"), "day", term="落实时限"),
)

PROGRESS = (
    Field("progress_on", _("Day"), "day", term="日期", most=0),
    Field("progress_what", _("What was done"), "long", term="进展情况"),
)

DONE = (
    Field("done_text", _("What was done, and what it shows"), "long", term="落实情况"),
    Field("done_files", _("Proof"), "files", term="佐证材料", needed=False),
)

REPORTED = (
    Field("reported_to", _("Reported to"), term="报告对象"),
    Field("reported_on", _("Reported on"), "day", term="报告日期", most=0),
    Field("report_no", _("Number of the report"), term="报告文号", needed=False),
)

CLOSED = (Field("closing_opinion", _("Opinion on closing"), "long", term="销号意见"),)
