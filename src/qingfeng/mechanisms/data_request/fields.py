"""What a data request asks for: the fields of its forms and the columns of its ledgers."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field, Looked
from qingfeng.mechanisms.common import WATCHES, YES_NO
from qingfeng.mechanisms.data_request.columns import choices

OPENING = (
    Field("purpose", _("What the data is for"), "long", term="调取目的"),
    Field("uses", _("Kinds of supervision that may use it"), "choices", term="使用范围", choices=WATCHES,
          needed=False,
          help=_("A rule of another kind that reads it is told of, recorded with the screening and shown.")),
    Field("authority", _("Legal authority"), term="法律依据"),
    Field(
        "repeats",
        _("Once, or every month"),
        "choice",
        term="调取方式",
        choices=(("single", _("Once only")), ("standing", _("Every month"))),
    ),
    Field("period_from", _("Records from"), "day", term="数据起始日期"),
    Field("period_to", _("Records until"), "day", term="数据截止日期"),
    Field("deliver_by", _("To be delivered by, if once"), "day", term="交付时限", needed=False),
    Field("delivery_day", _("Day of the month of delivery, if every month"), "whole", term="每月交付日",
          needed=False, least=1, most=28),
    Field(
        "channel",
        _("Way it is delivered"),
        "choice",
        term="交付渠道",
        choices=(
            ("site", _("Uploaded here by the holder")),
            ("folder", _("Watched folder on the intranet")),
            ("medium", _("Encrypted medium, handed over by two")),
        ),
    ),
    Field("file_format", _("File format"), term="文件格式", needed=False, help=_("For example CSV or XLSX.")),
    Field("answerable", _("Who answers for it at the holder: post and name"), term="持有单位责任人",
          needed=False),
    Field("storage", _("Where it is kept"), term="存放位置"),
    Field("delete_on", _("To be deleted on"), "day", term="删除日期"),
)  # fmt: skip

ANSWERABLE = (
    Field("answerable", _("Who answers for it at the holder: post and name"), term="持有单位责任人",
          needed=False),
)  # fmt: skip

NEW_KINDS = Field(
    "pia_new",
    _("Does it bring a kind of data that was never asked for"),
    "choice",
    term="是否首次调取的数据种类",
    choices=YES_NO,
    needed=False,
)
ASSESSMENT = (
    Field(
        "pia_kinds",
        _("Personal information in it"),
        "choices",
        term="涉及个人信息类别",
        choices=(
            ("none", _("No personal information")),
            ("plain", _("Names and posts in public records")),
            ("identifiers", _("Numbers of persons, cards or accounts: kept as keyed hashes only")),
            ("tracks", _("Places and times of public vehicles")),
        ),
    ),
    Field("pia_need", _("Why less would not do"), "long", term="必要性"),
    Field("pia_effect", _("What it may mean for the people in it"), "long", term="对个人权益的影响"),
    Field("pia_measures", _("What protects them"), "long", term="保护措施"),
    Field(
        "pia_result",
        _("Result of the assessment"),
        "choice",
        term="评估结论",
        choices=(
            ("fit", _("The request may go out")),
            ("measures", _("It may go out with these measures")),
            ("unfit", _("It must not go out like this")),
        ),
    ),
)

COLUMN = (
    Field("column", _("Table and column"), "choice", term="表和字段", choices=Looked(choices)),
    Field("column_purpose", _("What this column is needed for"), term="用途"),
)

CHASE = (
    Field("missing", _("What is missing"), "long", term="催办事项"),
    Field("answer_by", _("Answer by"), "day", term="答复时限"),
    Field("answer", _("Answer"), "long", term="答复", needed=False),
)

HANDOVER = (
    Field("handed_on", _("Handed over on"), "day", term="交付日期", most=0),
    Field("files_sent", _("Files, by name"), "long", term="文件清单"),
    Field("sent_sha256", _("SHA-256 of each file"), "long", term="哈希（SHA-256）", needed=False),
    Field("rows_sent", _("Rows"), "whole", term="记录数", least=0, needed=False),
    Field("sender_note", _("Remarks"), "long", term="说明", needed=False),
)

DELIVERY = (
    Field("delivered_on", _("Arrived on"), "day", term="到数日期", most=0),
    Field("delivery", _("Delivery it came in"), term="到数批次", most=40),
    Field("files", _("Files"), "long", term="文件清单"),
    Field("sha256", _("SHA-256 of the file"), "long", term="哈希（SHA-256）"),
    Field("rows", _("Rows"), "whole", term="记录数", least=0, needed=False),
    Field("missing_columns", _("Asked for and missing"), "long", term="缺少的表和字段", needed=False),
    Field("outside", _("Delivered and not on the list"), "long", term="清单外的表和字段", needed=False),
    Field("outside_dropped", _("What is not on the list was dropped at the gate"), "flag",
          term="清单外内容已在入口剔除"),
    Field("received_by", _("Received by"), term="接收人"),
    Field("delete_on", _("To be deleted on"), "day", term="删除日期"),
    Field("deleted_on", _("Deleted on"), "day", term="实际删除日期", most=0),
    Field("deletion_record", _("Record of the deletion"), "long", term="删除记录"),
)  # fmt: skip
ARRIVED = tuple(one.key for one in DELIVERY[:10])
DELETED = ("deleted_on", "deletion_record")
