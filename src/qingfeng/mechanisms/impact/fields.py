"""What an impact assessment asks for: what Art. 55 and 56 name, and nothing about any one person."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import YES_NO

OPENING = (
    Field(
        "about",
        _("What is assessed"),
        "choice",
        term="评估对象",
        choices=(
            ("drive", _("A campaign")),
            ("data_set", _("A data set")),
            ("system", _("A system or a new use of data")),
        ),
        needed=False,
    ),
    Field("purpose", _("What the data is for"), "long", term="处理目的"),
    Field("data_list", _("The data list it stands for: tables and columns"), "long", term="数据清单",
          needed=False),
)  # fmt: skip

CATEGORIES = (
    ("none", _("No personal information")),
    ("names", _("Names and posts in public records")),
    ("identifiers", _("Numbers of persons, cards or accounts, as keyed hashes")),
    ("payments", _("Payments, wages and allowances")),
    ("tracks", _("Places and times of public vehicles")),
    ("family", _("Declared family relations")),
    ("petitions", _("Petitions and what they ask for")),
)
SENSITIVE = (
    ("none", _("None")),
    ("accounts", _("Financial accounts")),
    ("tracks", _("Tracks of where somebody was")),
    ("medical", _("Medical or health data")),
    ("beliefs", _("Beliefs or a special identity")),
    ("biometric", _("Biometric data")),
    ("minors", _("Children under 14")),
)
RISK = (("low", _("Low")), ("medium", _("Medium")), ("high", _("High")))

ASSESSMENT = (
    Field(
        "lawful_basis",
        _("Lawful basis"),
        "choice",
        term="合法性基础",
        choices=(
            ("duty", _("Needed for a statutory duty (Art. 13, no. 3)")),
            ("emergency", _("Protection of life or property in an emergency (Art. 13, no. 4)")),
            ("public", _("Public already, within reason (Art. 13, no. 6)")),
            ("consent", _("Consent (Art. 13, no. 1)")),
            ("none", _("None was found")),
        ),
    ),
    Field("basis_text", _("Provision that gives the power"), term="职权依据"),
    Field("necessity", _("Why less would not do"), "long", term="必要性"),
    Field("categories", _("Categories of personal information"), "choices", term="个人信息类别",
          choices=CATEGORIES),
    Field("sensitive", _("Sensitive personal information"), "choices", term="敏感个人信息",
          choices=SENSITIVE),
    Field("sensitive_need", _("Why sensitive data is strictly needed, and how it is protected"), "long",
          term="敏感信息的必要性和严格保护", needed=False),
    Field("whose", _("Whose data it is, as groups"), term="涉及人群",
          help=_("For example: drivers of public vehicles of 60 units; no name.")),
    Field("effect", _("What it may mean for the people in it"), "long", term="对个人权益的影响"),
    Field("risk", _("Risk before measures"), "choice", term="安全风险", choices=RISK),
    Field("measures", _("Measures, and whether they fit the risk"), "long", term="保护措施及适应性"),
    Field("kept_until", _("Data is kept until"), "day", term="保存期限", needed=False),
    Field("told", _("Are the people told"), "choice", term="是否告知个人", choices=YES_NO),
    Field("told_why", _("Why, or why not (Art. 18, 35)"), term="告知或者不告知的理由"),
    Field(
        "result",
        _("Result"),
        "choice",
        term="评估结论",
        choices=(
            ("acceptable", _("Acceptable")),
            ("with_measures", _("Acceptable with these measures")),
            ("not_acceptable", _("Not acceptable")),
        ),
    ),
)  # fmt: skip

REVIEW = (Field("review", _("Opinion of who reviewed it"), "long", term="复核意见"),)
KEEP_UNTIL = Field("keep_until", _("The record is kept until"), "day", term="记录保存至", needed=False)
REFUSAL = (*REVIEW, KEEP_UNTIL)
CHANGED = (
    Field(
        "changed_what",
        _("What has changed"),
        "choices",
        term="变化内容",
        choices=(
            ("purpose", _("The purpose")),
            ("list", _("The data list")),
            ("people", _("Whose data it is")),
            ("way", _("The way it is processed")),
            ("incident", _("An incident happened")),
            ("nothing", _("Nothing: it was due to be looked at")),
        ),
    ),
    *OPENING[1:],
)
ENDED = (Field("ended_on", _("Last day of processing"), "day", term="处理终止日期", most=0), KEEP_UNTIL)
