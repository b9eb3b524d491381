"""What a lesson asks for: which control failed, who was warned, which measures follow. Nobody is named."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import AREAS, RECUSAL_ASKED, YES_NO

CONTROLS = (
    ("people", _("People: choice, training, rotation")),
    ("power", _("Power: who may decide alone")),
    ("money", _("Money: budget, payment, accounts")),
    ("procedure", _("Procedure: steps, papers, separation of duties")),
    ("supervision", _("Supervision: who looks, how often, with what")),
)

OPENING = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("lead", _("Number of the lead"), term="疑点编号", most=16, needed=False),
)

TEAM = (RECUSAL_ASKED,)

DISSECTION = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field(
        "post_kind",
        _("Kind of post"),
        "choice",
        term="岗位类别",
        choices=(
            ("leading", _("Leading post")),
            ("approval", _("Approval and licences")),
            ("buying", _("Buying and tenders")),
            ("accounts", _("Accounts and cash")),
            ("enforcement", _("Enforcement")),
            ("counter", _("Counter and village")),
        ),
        help=_("The kind only, never who held it."),
    ),
    Field("failed_controls", _("Which controls failed"), "choices", term="失效的管控", choices=CONTROLS),
    Field("how_done", _("How it was done"), "long", term="作案手法",
          help=_("The steps and papers of the pattern; no name, no amount that leads to somebody.")),
    Field("how_failed", _("Why the controls did not hold"), "long", term="管控失效原因"),
    Field(
        "should_have_seen",
        _("Who should have seen it"),
        "choices",
        term="应当发现而未发现的环节",
        choices=(
            ("superior", _("The superior")),
            ("second", _("The second signer")),
            ("finance", _("Finance")),
            ("audit", _("Internal audit")),
            ("discipline", _("The resident discipline team")),
        ),
    ),
    Field("data_trace", _("Does it leave a trace in data"), "choice", term="是否有数据痕迹", choices=YES_NO),
    Field("dissection_no", _("Number of the dissection report"), term="剖析报告编号"),
)  # fmt: skip

EDUCATION = (
    Field(
        "education_kind",
        _("How people were warned"),
        "choice",
        term="教育方式",
        choices=(
            ("meeting", _("Warning meeting")),
            ("circular", _("Warning circular")),
            ("visit", _("Visit to an education base")),
            ("class", _("Class with discussion")),
        ),
    ),
    Field("held_on", _("Held on"), "day", term="开展日期", most=0),
    Field("held_for", _("For whom, by office and kind of post"), term="教育对象"),
    Field("present", _("How many were present"), "whole", term="参加人数", least=1),
    Field("names_nobody", _("Its text and pictures lead to nobody"), "flag", term="材料已脱敏"),
    Field("education_no", _("Number of the record of the education"), term="教育记录编号", needed=False),
)

LETTER = (
    Field(
        "letter_answer",
        _("Does a letter of recommendation follow"),
        "choice",
        term="纪检监察建议",
        choices=(
            ("yes", _("Needed: it opens here")),
            ("case", _("Opened by the case already")),
            ("no", _("Not needed")),
        ),
    ),
    Field("letter_why", _("Why a letter, or why none"), "long", term="制发建议的理由"),
)
RULE = (
    Field(
        "rule_answer",
        _("Is a rule made"),
        "choice",
        term="建章立制",
        choices=(
            ("yes", _("Needed: it opens here")),
            ("exists", _("A rule exists and was not kept")),
            ("no", _("Not needed")),
        ),
    ),
    Field("rule_why", _("Why a rule, or why none"), "long", term="建章立制的理由"),
)
PATTERN = (
    Field(
        "pattern_answer",
        _("Pattern card and screening rule"),
        "choice",
        term="规律卡及筛查规则",
        choices=(
            ("proposed", _("A rule is proposed: the card opens here")),
            ("rejected", _("A rule was considered and rejected")),
            ("no_trace", _("It leaves no trace in data")),
        ),
    ),
    Field("pattern_why", _("Why a pattern card, or why none"), "long", term="规律卡的理由"),
)

REPORT = (Field("closing_no", _("Number of the report for closing"), term="报结报告编号"),)
OPINION = (Field("opinion", _("Opinion of the leader"), "long", term="审批意见"),)

LOOK_BACK = (
    Field("looked_on", _("Day of the look back"), "day", term="回头看日期", most=0),
    Field("recurred", _("Did the same come back in this unit or kind of post"), "choice",
          term="是否再次发生", choices=YES_NO),
    Field("look_back_found", _("What the visit found"), "long", term="回头看情况",
          help=_("Whether the controls hold now; nothing about persons.")),
)  # fmt: skip
