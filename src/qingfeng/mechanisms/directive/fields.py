"""What a directive asks for: the fields of its forms and the columns of its ledgers."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import AREAS

LEVELS = (
    ("province", _("Province")),
    ("city", _("City")),
    ("district", _("District")),
)

FORMS = (
    ("org_inspect", _("Organisation: written self-examination")),
    ("org_circular", _("Organisation: circular criticism")),
    ("org_reorganise", _("Organisation: reorganisation")),
    ("circular", _("Leader: circular criticism")),
    ("admonish", _("Leader: admonition")),
    ("adjust", _("Leader: transfer or organisational handling")),
    ("discipline", _("Leader: disciplinary sanction")),
    ("none", _("Nobody held accountable")),
)

SOURCE = (
    Field("source_organ", _("Organ that gives the order"), term="交办机关"),
    Field("source_level", _("Its level"), "choice", term="交办层级", choices=LEVELS),
    Field("source_no", _("Number of its document"), term="来文字号"),
    Field("received_on", _("Day of receipt"), "day", term="收文日期", most=0),
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("matter", _("What the order is about"), "long", term="督办事项"),
    Field("requirement", _("What is required"), "long", term="办理要求"),
    Field("upward_due_on", _("To be reported upwards by"), "day", term="上报时限"),
    Field("source_paper", _("The order itself"), "files", term="来文", needed=False),
)

INTERNAL_DUE = Field(
    "internal_due_on",
    _("To be reported to us by"),
    "day",
    term="办结时限",
    help=_("A day before the upward deadline, so that the result can be reviewed and sent in time."),
)

REGISTER = (
    Field(
        "not_secret",
        _("The order bears no secrecy mark"),
        "flag",
        term="非涉密",
        help=_("An order marked 秘密 or above goes by the confidential channel and is not entered here."),
    ),
)

ASSIGN = (Field("instruction", _("Instruction of the leader"), "long", term="批办意见"), INTERNAL_DUE)

ASK_EXTENSION = (
    Field("asked_until", _("New day asked for"), "day", term="申请延至"),
    Field("why_longer", _("Why more time is needed"), "long", term="延期理由"),
)

GRANT_EXTENSION = (
    Field("until", _("New day approved"), "day", term="批准延至"),
    Field(
        "superior_agreed",
        _("The superior has agreed to a later upward deadline"),
        "flag",
        term="上级同意延期",
        help=_("Only where the new day lies after the upward deadline."),
    ),
)

REPORT = (
    Field("facts_found", _("Facts"), "long", term="基本事实", personal=True),
    Field(
        "answerable",
        _("Persons and organisations answerable"),
        "long",
        term="责任人员和责任单位",
        help=_("By post and internal number; no more about a person than the report needs."),
        personal=True,
    ),
    Field("forms_applied", _("Accountability applied"), "choices", term="问责方式", choices=FORMS),
    Field("execution", _("How far decisions are carried out"), "long", term="执行情况"),
    Field("correction", _("What has been corrected"), "long", term="整改情况"),
    Field("report_paper", _("Signed report"), "files", term="结果报告"),
)

REVIEW = (Field("review_opinion", _("Opinion of the review"), "long", term="审核意见"),)

SUBMIT = (
    Field("submission_no", _("Number of the report sent up"), term="上报文号"),
    Field("submitted_on", _("Day it was sent up"), "day", term="上报日期", most=0),
)

RECEIPT = (
    Field("receipt_no", _("Number of the superior's receipt"), term="上级回执文号"),
    Field("receipt_on", _("Day of the superior's receipt"), "day", term="上级回执日期", most=0),
    Field("receipt_paper", _("The receipt"), "files", term="上级回执"),
)

KEPT = (Field("kept_paper", _("The superior's answer"), "files", term="上级异议答复"),)

RECALLED = (Field("recall_paper", _("The superior's notice"), "files", term="上级收回通知"),)

SENT_BACK = (
    INTERNAL_DUE,
    Field("upward_due_on", _("To be reported upwards by"), "day", term="上报时限"),
    Field("sent_back_paper", _("The superior's letter"), "files", term="上级退回函"),
)

SUPERIOR_EXTENSION = (
    Field("until", _("New upward deadline"), "day", term="上级同意延至"),
    Field("extension_paper", _("The superior's consent"), "files", term="上级同意延期函"),
)

MILESTONE = (
    Field("step", _("Milestone"), term="节点"),
    Field("due_on", _("Due"), "day", term="时限"),
    Field("reached_on", _("Reached on"), "day", term="完成日期", needed=False, most=0),
)

PROGRESS = (
    Field("on", _("Day"), "day", term="日期", most=0),
    Field("what", _("What was done"), "long", term="办理进展"),
    Field("next", _("What comes next"), "long", term="下步安排", needed=False),
)

CHASE = (
    Field(
        "level",
        _("Step of chasing"),
        "choice",
        term="催办级别",
        choices=(
            ("remind", _("Reminder")),
            ("written", _("Written chase")),
            ("talk", _("Talk with the head of the office")),
        ),
    ),
    Field("missing", _("What is missing"), "long", term="催办事项"),
    Field("answer_by", _("Answer by"), "day", term="答复时限"),
    Field("answer", _("Answer"), "long", term="答复", needed=False),
)

DECISION = (
    Field("object", _("Person or organisation, by internal number"), term="问责对象"),
    Field("form", _("Form of accountability"), "choice", term="问责方式", choices=FORMS[:-1]),
    Field("decided_on", _("Day of the decision"), "day", term="决定日期", most=0),
    Field("decision_no", _("Number of the decision"), term="决定文号"),
    Field("executed_on", _("Carried out on"), "day", term="执行日期", needed=False, most=0),
    Field("proof", _("Proof of execution"), "files", term="执行材料", needed=False),
)

CORRECTION = (
    Field("problem", _("Problem"), "long", term="问题"),
    Field("measure", _("Measure"), "long", term="整改措施"),
    Field("post", _("Post answerable"), term="责任岗位"),
    Field("due_on", _("Due"), "day", term="时限"),
    Field("result", _("Result"), "long", term="整改结果", needed=False),
    Field("proof", _("Proof of correction"), "files", term="整改佐证", needed=False),
)
