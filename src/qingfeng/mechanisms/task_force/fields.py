"""What a task force asks for: the fields of its forms and the columns of its ledgers."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import AREAS, RECUSAL_ASKED, YES_NO

OPENING = (
    Field("purpose", _("What the force is for"), "long", term="组建目的"),
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS, needed=False),
    Field("ends_on", _("Day on which all access through it ends"), "day", term="权限终止日期", needed=False,
          help=_("From this day on nobody reads anything through the force, dissolved or not.")),
    Field("rules_of_work", _("Rules of work and of secrecy"), "long", term="工作规则和保密要求",
          needed=False),
)  # fmt: skip

CALL = (
    Field("department", _("Department"), "unit", term="抽调单位"),
    Field("specialty", _("Specialty"), term="专业方向"),
    Field("how_many", _("How many people"), "whole", term="人数", least=1, most=20),
    Field("answer_by", _("Answer by"), "day", term="回复时限"),
    Field("answer", _("Whom they send, or why nobody"), "long", term="回复情况"),
)
CALLED = tuple(one.key for one in CALL[:4])

PERSON = (
    Field("person", _("Person"), "person", term="姓名"),
    Field("from_department", _("Department they come from"), "unit", term="来源单位"),
    Field("specialty", _("Specialty"), term="专业方向"),
    Field("sign_by", _("Undertaking signed by"), "day", term="签署时限"),
    Field("undertakes", _("I keep secret what I learn here"), "flag", term="保密承诺",
          help=_("I read only what my task needs, copy and pass on nothing, say when I must recuse myself, "
                 "hand back every paper, and keep silent after the force has ended. I know that from the day "
                 "it ends I read nothing of it, and that what I read is recorded.")),
    Field("left_why", _("Why they leave"), term="离组原因"),
)  # fmt: skip
BROUGHT = tuple(one.key for one in PERSON[:4])

CALL_IN = (RECUSAL_ASKED,)

TASK = (
    Field("task", _("Task"), "long", term="任务"),
    Field("who", _("Who does it"), "person", term="责任人"),
    Field("task_due", _("Done by"), "day", term="完成时限"),
    Field("task_matter", _("Number of the matter it belongs to"), term="对应事项编号", needed=False),
    Field("task_result", _("Result"), "long", term="完成情况"),
    Field("handed_to", _("Handed over to"), "person", term="交接给"),
    Field("handed_note", _("What was handed over, and where it stands"), "long", term="交接情况"),
)
SHARED_OUT = tuple(one.key for one in TASK[:4])

MEETING = (
    Field("held_on", _("Held on"), "day", term="会议日期", most=0),
    Field("present", _("Departments present"), "units", term="参会单位"),
    Field("minutes", _("What was reported"), "long", term="通报情况"),
    Field("decided", _("What was agreed, with who and by when"), "long", term="议定事项"),
)

DATA_NEED = (
    Field("department", _("Department"), "unit", term="提供单位"),
    Field("data", _("Data set, with the fewest columns"), "long", term="数据内容"),
    Field("need_purpose", _("What it is needed for"), term="用途"),
    Field("needed_by", _("Needed by"), "day", term="提供时限"),
    Field("supplied_on", _("Supplied on"), "day", term="提供日期", needed=False, most=0),
    Field(
        "timely",
        _("Whether it came in time"),
        "choice",
        term="是否按时",
        choices=(
            ("in_time", _("In time")),
            ("late", _("Late")),
            ("none", _("Not supplied")),
        ),
    ),
)
NEEDED = tuple(one.key for one in DATA_NEED[:4])

OPINION = (
    Field("question", _("Question put to the expert"), "long", term="咨询问题"),
    Field("expert", _("Expert"), "person", term="专家"),
    Field("field_of_expert", _("Field"), term="专业"),
    Field("opinion_due", _("Opinion due"), "day", term="提交时限"),
    Field("opinion", _("Opinion"), "long", term="专家意见"),
    Field("opinion_basis", _("What it rests on"), "long", term="依据"),
    Field("dropped_why", _("Why it is no longer needed"), term="撤回原因"),
)
ASKED = tuple(one.key for one in OPINION[:4])

PROBLEM = (
    Field("problem", _("What is to be looked into"), "long", term="待核问题",
          help=_("What the records or the department say; no conclusion, no name of a private person.")),
    Field("problem_area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("source_department", _("Department it came from"), "unit", term="来源单位"),
    Field("passed_to", _("Number of the matter it was passed to"), term="移交事项编号"),
)  # fmt: skip
NOTED = tuple(one.key for one in PROBLEM[:3])

RESULT = (
    Field("result", _("Result that is shared"), "long", term="成果"),
    Field("shared_with", _("Shared with"), "units", term="共享单位"),
    Field("shared_on", _("Shared on"), "day", term="共享日期", most=0),
    Field(
        "is_free_of_persons", _("It names no private person and no reporter"), "flag", term="已去除个人信息"
    ),
)

PAPER = (
    Field("paper", _("Papers or device"), term="材料或设备"),
    Field("keeper", _("Who has them"), "person", term="领用人"),
    Field("out_on", _("Handed out on"), "day", term="领用日期", most=0),
    Field("back_on", _("Handed back on"), "day", term="交回日期", most=0),
)
OUT = tuple(one.key for one in PAPER[:3])

PROLONG = (
    Field("ends_on", _("Day on which all access through it ends"), "day", term="权限终止日期", least=1),
)
DISSOLUTION = (
    Field("summary", _("What the force has done"), "long", term="工作总结"),
    Field(
        "accounts_checked",
        _("Devices, papers and copies were checked"),
        "flag",
        term="已核对设备、材料和复制件",
    ),
    Field("went_on", _("Where open work goes on"), "long", term="后续工作去向", needed=False),
)
KEPT_SECRET = Field("leaks", _("Was anything passed on that should not have been"), "choice",
                    term="有无失泄密情形", choices=YES_NO)  # fmt: skip
