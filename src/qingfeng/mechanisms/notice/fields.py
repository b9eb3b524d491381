"""What a result notice asks for: the fields of its forms and the columns of its ledger."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field

FORMS = (
    ("org_inspect", _("Organisation: written self-examination")),
    ("org_circular", _("Organisation: circular criticism")),
    ("org_reorganise", _("Organisation: reorganisation")),
    ("circular", _("Leader: circular criticism")),
    ("admonish", _("Leader: admonition")),
    ("adjust", _("Leader: transfer or organisational handling")),
    ("discipline", _("Leader: disciplinary sanction")),
)

SCOPES = (
    ("inside", _("Inside the commission")),
    ("units", _("Named units")),
    ("district", _("All units of the district")),
    ("public", _("The public")),
)

OPENING = (
    Field("decision_no", _("Number of the decision"), term="问责决定文号"),
    Field("decided_on", _("Day of the decision"), "day", term="决定日期", most=0),
    Field("form", _("Form of accountability"), "choice", term="问责方式", choices=FORMS),
)

TEXT = (
    *OPENING,
    Field("scope", _("Proposed range"), "choice", term="拟通报范围", choices=SCOPES),
    Field("anonymous_text", _("Version without names"), "long", term="匿名版正文",
          help=_("No name, no post that leads to one person, no number of a document that does.")),
    Field("full_text", _("Full version"), "long", term="完整版正文", personal=True,
          help=_("Only for those whom the approval names.")),
    Field("lessons", _("What others should learn from it"), "long", term="工作要求"),
)  # fmt: skip

REVIEW = (
    Field(
        "names_nobody", _("The version without names leads to nobody"), "flag", term="匿名版无法识别到个人"
    ),
    Field("agrees", _("Both versions agree with the decision"), "flag", term="与问责决定一致"),
    Field("review_opinion", _("Opinion of the review"), "long", term="审核意见"),
)

RANGE = (
    Field("scope", _("Range approved"), "choice", term="批准通报范围", choices=SCOPES),
    Field(
        "full_allowed", _("The full version may go to the named recipients"), "flag", term="准予发送完整版"
    ),
    Field("range_opinion", _("Opinion on the range"), "long", term="通报范围审批意见"),
)

EARLY = (
    Field(
        "early_opinion", _("Why it cannot wait for the end of the appeal"), "long", term="提前通报审批意见"
    ),
)

PUBLISHED = (Field("published_on", _("Day of publication"), "day", term="通报日期", most=0),)

RECEIPT = (
    Field("unit", _("Unit"), "unit", term="收文单位"),
    Field("received_on", _("Received on"), "day", term="收文日期", most=0),
    Field("passed_on", _("How it was passed on and studied"), "long", term="传达学习情况"),
    Field("receipt_paper", _("Receipt"), "files", term="回执", needed=False),
)

CORRECTION = (
    Field("correction", _("What is corrected, and how it stands now"), "long", term="更正内容"),
    Field("corrected_on", _("Day of the correction"), "day", term="更正日期", most=0),
)
