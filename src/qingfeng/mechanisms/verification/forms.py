"""The record forms of the seven kinds of task (三访、两查、两调): each a ledger of its own.

Law:
    监察法 Art. 18, 43 (trade secrets, operation of enterprises), Art. 44 (two persons)
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Act, Entry, Field, Ledger, Words
from qingfeng.mechanisms.verification import fields, gates

TASK_NO = Field("task_no", _("Number of the task"), "whole", term="任务序号", least=1)
TALK = (
    Field("asked", _("What was asked"), "long", term="询问内容"),
    Field("said", _("What was answered"), "long", term="回答内容"),
)
SEEN = Field("papers_seen", _("Papers seen"), "long", term="查阅材料", needed=False)
SIGNED = Field("signed", _("Signed by all who were there"), "flag", term="签字确认")

OFFICE = (
    TASK_NO,
    Field("visited", _("Office visited"), term="走访机关"),
    Field("met", _("Who was met, by post"), "long", term="受访人员（职务）",
          help=_("Posts only; no private data.")),
    Field("authority_told", _("Authority and the right to explain were announced"), "flag",
          term="已告知依据和说明权利"),
    *TALK,
    SEEN,
    SIGNED,
)  # fmt: skip

ENTERPRISE = (
    TASK_NO,
    Field("visited", _("Enterprise visited"), term="走访企业"),
    Field("met", _("Who was met, by post"), "long", term="受访人员（职务）"),
    Field("relation", _("Business with the unit"), "long", term="与单位业务往来"),
    *TALK,
    Field("copies", _("Copies taken: shop, restaurant, garage, hotel, travel agency"), "long",
          term="复印材料", needed=False),
    Field("secrets_kept", _("Its operation and trade secrets were left alone"), "flag",
          term="未影响经营、未涉及商业秘密"),
    SIGNED,
)  # fmt: skip

RESIDENT = (
    TASK_NO,
    Field("group", _("What kind of people, without names"), term="群众类别",
          help=_("For example residents of a building, customers of a shop: nobody can be told from it.")),
    *TALK,
    Field(
        "wants_answer",
        _("Wants to hear what came of it"),
        "choice",
        term="是否需要反馈",
        choices=(("no", _("No: stays anonymous")), ("yes", _("Yes: keep the contact on paper, sealed"))),
    ),
)  # fmt: skip

INVOICE = (
    TASK_NO,
    Field("invoice_no", _("Invoice number"), term="发票号码"),
    Field("tax_check", _("Result at the tax platform"), term="查验结果"),
    Field("seller_scope", _("Seller and scope of business"), term="销方及经营范围"),
    Field("items", _("Items on the invoice"), "long", term="商品明细"),
    Field("voucher", _("Voucher that reimbursed it"), term="报销凭证"),
    Field("copy_no", _("Number of the copy"), term="复印件编号", needed=False),
    Field("returned", _("Originals given back"), "flag", term="原件已退还"),
)

ACCOUNTS = (
    TASK_NO,
    Field("voucher_no", _("Number of the voucher"), term="凭证号"),
    Field("summary", _("Summary of the voucher"), term="摘要"),
    Field("account", _("Account of the voucher"), term="科目"),
    Field("voucher_amount", _("Yuan of the voucher"), "money", term="金额"),
    Field("attached", _("Attachments there and missing"), "long", term="附件情况"),
    Field("judgement", _("What it shows"), "long", term="判断"),
    Field("accountant_says", _("What the accountant explains"), "long", term="会计说明", needed=False),
)

DATA = (
    TASK_NO,
    Field("data_holder", _("Who holds it"), term="数据持有单位"),
    Field("dataset", _("Data set"), term="数据名称"),
    Field("columns_asked", _("Columns, the fewest that do"), "long", term="字段（最小范围）"),
    Field("data_period", _("Period of the data"), term="数据期间"),
    Field("data_format", _("Format of the data"), term="格式"),
    Field("sha256", _("SHA-256 of the file"), term="哈希（SHA-256）", most=200),
    Field("received_by", _("Received by"), term="接收人"),
    Field("storage", _("Where it is kept"), term="存放位置"),
    Field("delete_on", _("To be deleted on"), "day", term="删除日期"),
    Field("deletion_proof", _("Proof of deletion"), term="删除证明", needed=False),
)

FOOTAGE = (
    TASK_NO,
    Field("camera", _("Camera"), term="摄像机"),
    Field("window", _("Time window, no more than needed"), term="时间段"),
    Field("camera_reason", _("Why it is needed"), "long", term="调取理由"),
    Field("expires_on", _("Overwritten on"), "day", term="覆盖日期"),
    Field("copied_by", _("Copied by: two"), term="拷贝人（两人）"),
    Field("sha256", _("SHA-256 of the file"), term="哈希（SHA-256）", most=200),
    Field("viewed_by", _("Viewed by"), term="查看人"),
    Field("seal", _("Number of the seal"), term="封存编号"),
)

KEPT = (("kept", _("kept on file")),)


def _form(key: str, name: Words, term: str, columns: tuple[Field, ...]) -> Ledger:
    return Ledger(key, name, term, columns, KEPT, ("kept",))


LEDGERS = (
    _form("office_visits", _("Visits to offices"), "访机关走访记录", OFFICE),
    _form("enterprise_visits", _("Visits to enterprises"), "访企业走访记录", ENTERPRISE),
    _form("resident_talks", _("Talks with residents"), "访群众记录", RESIDENT),
    _form("invoice_checks", _("Invoices checked"), "查发票抽样底稿", INVOICE),
    _form("account_checks", _("Accounts checked"), "查账目底稿", ACCOUNTS),
    _form("data_pulls", _("Data asked for"), "数据调取清单", DATA),
    _form("video_pulls", _("Video asked for"), "视频调取单", FOOTAGE),
)


AT_WORK = ("verifying", "asked")


def _record(kind: str, name: Words, *, stops: str = "") -> Act:
    """Return the act that reports on a task and keeps its record."""
    done = Entry("tasks", "done", ("set",), 1, fields.RESULT, (("kind", kind),))
    kept = Entry(gates.FORM_OF[kind], "kept", least=1)
    return Act(
        f"record_{kind}",
        name,
        by="verifier",
        from_=AT_WORK,
        enters=(done, kept),
        gates=(gates.FORM_FITS,),
        stops=stops,
    )


RECORDS = (
    _record("office", _("Record a visit to an office")),
    _record("enterprise", _("Record a visit to an enterprise")),
    _record("resident", _("Record talks with residents")),
    _record("invoice", _("Record invoices checked")),
    _record("accounts", _("Record accounts checked")),
    _record("data", _("Record data received")),
    _record("video", _("Record video copied"), stops="video_expiry"),
)
