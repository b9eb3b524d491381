"""What accountability asks for: the fields of its forms and the columns of its ledgers."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.accountability.forms import FORMS, PARTY_SANCTIONS, STATE_SANCTIONS
from qingfeng.mechanisms.common import AREAS

PROPOSAL = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field(
        "object_level",
        _("Level of the person or organisation"),
        "choice",
        term="问责对象层级",
        choices=(
            ("county_head", _("Leading post of county level")),
            ("section_head", _("Leading post of township level")),
            ("staff", _("Other staff")),
            ("organisation", _("Organisation")),
        ),
    ),
    Field("doubt", _("What is to be found out"), "long", term="提请启动事由", personal=True),
    Field("source_paper", _("What the proposal rests on"), "files", term="提请依据", needed=False),
)

START = (Field("start_opinion", _("Opinion on beginning"), "long", term="启动审批意见"),)

LONGER = (Field("days", _("Days added"), "whole", term="延长天数", least=1, most=31),)

MEASURE = (
    Field("form", _("Form of accountability"), "choice", term="问责方式", choices=FORMS),
    Field(
        "state_sanction",
        _("State sanction"),
        "choice",
        term="政务处分",
        choices=STATE_SANCTIONS,
        needed=False,
    ),
    Field(
        "party_sanction",
        _("Party sanction"),
        "choice",
        term="党纪处分",
        choices=PARTY_SANCTIONS,
        needed=False,
    ),
)

FINDINGS = (
    Field("facts_found", _("Facts, each with its evidence"), "long", term="认定事实", personal=True),
    Field(
        "responsibility",
        _("Kind of responsibility"),
        "choice",
        term="责任类型",
        choices=(
            ("direct", _("Direct responsibility")),
            ("main_leader", _("Main leading responsibility")),
            ("important_leader", _("Important leading responsibility")),
            ("organisation", _("Responsibility of the organisation")),
        ),
    ),
    Field("basis_article", _("Article it rests on"), term="问责依据", help=_("Text and article, as cited.")),
    Field("report_paper", _("Report signed by all who investigated"), "files", term="调查报告"),
)

CLARIFIED = Field(
    "clarified",
    _("How it is made clear that nobody answers for it"),
    "choice",
    term="澄清方式",
    choices=(
        ("letter", _("By letter to the person or organisation and their superior body")),
        ("meeting", _("In a meeting where it had become known")),
        ("not_wished", _("Not wished by the person or organisation")),
    ),
    help=_("Ask the person or organisation first; their wish decides."),
)

ENDED = (
    CLARIFIED,
    Field("end_paper", _("Opinion on ending, signed"), "files", term="终止意见"),
)

INTENDED = (
    Field("intended_form", _("Form intended"), "choice", term="拟问责方式", choices=FORMS),
    Field(
        "intended_state_sanction",
        _("State sanction intended"),
        "choice",
        term="拟给予政务处分",
        choices=STATE_SANCTIONS,
        needed=False,
    ),
    Field(
        "intended_party_sanction",
        _("Party sanction intended"),
        "choice",
        term="拟给予党纪处分",
        choices=PARTY_SANCTIONS,
        needed=False,
    ),
    Field("informed_on", _("Day on which it was told"), "day", term="告知日期", most=0),
)

HEARING = (
    Field("heard_on", _("Day of the hearing"), "day", term="听取日期", most=0),
    Field(
        "heard_way",
        _("How it was heard"),
        "choice",
        term="听取方式",
        choices=(
            ("spoken", _("In person")),
            ("written", _("In writing")),
            ("waived", _("Given up in writing")),
        ),
    ),
    Field("statement", _("Statement and defence"), "long", term="陈述申辩内容", personal=True),
    Field("hearing_paper", _("Record, signed by the one who was heard"), "files", term="陈述申辩记录"),
)

POINT = (
    Field("point", _("Point of the defence"), "long", term="申辩要点", personal=True),
    Field("reply", _("Answer to it, with reasons"), "long", term="复核意见", needed=False),
    Field(
        "adopted",
        _("Whether it is adopted"),
        "choice",
        term="采纳情况",
        needed=False,
        choices=(("adopted", _("Adopted")), ("partly", _("Adopted in part")), ("not", _("Not adopted"))),
    ),
)

_ANSWERS = (("yes", _("Yes")), ("no", _("No")))
WEIGHING = (
    Field(
        "honest_error",
        _("An error for want of experience in trying something new, not a wilful breach?"),
        "choice",
        term="推进改革中因缺乏经验、先行先试出现的失误，而非明知故犯",
        choices=_ANSWERS,
    ),
    Field(
        "exploring",
        _("An error of exploration where no rule was clear, not one that went on after a ban?"),
        "choice",
        term="尚无明确限制的探索性试验中的失误，而非明令禁止后我行我素",
        choices=_ANSWERS,
    ),
    Field(
        "for_progress",
        _("An unintended slip in the service of development, not a breach for own gain?"),
        "choice",
        term="为推动发展的无意过失，而非谋取私利",
        choices=_ANSWERS,
    ),
    Field("three_reasons", _("Reasons for the three answers"), "long", term="三个区分开来研判理由"),
    Field(
        "exemption",
        _("Do grounds apply on which nobody, or less, is held to account?"),
        "choice",
        term="免责减责情形",
        choices=(
            ("exempt", _("Grounds to exempt")),
            ("mitigate", _("Grounds to mitigate")),
            ("none", _("No such grounds")),
        ),
    ),
    Field(
        "exemption_reasons", _("Which grounds, and why they apply or not"), "long", term="免责减责研判理由"
    ),
)

COLLECTIVE = (
    Field(
        "body",
        _("Body that decides"),
        "choice",
        term="集体研究机构",
        choices=(
            ("standing_committee", _("Standing committee of the discipline commission")),
            ("commission_meeting", _("Commission meeting of the supervision commission")),
            ("party_committee", _("Party committee")),
        ),
    ),
    Field("met_on", _("Day of the meeting"), "day", term="会议日期", most=0),
    Field("attended", _("Present, with a vote"), "persons", term="出席人员"),
    Field("minutes_paper", _("Minutes"), "files", term="会议纪要"),
)

DECISION = (
    *COLLECTIVE,
    *MEASURE,
    Field("decision_facts", _("Facts of the decision"), "long", term="决定认定的事实", personal=True),
    Field("decided_on", _("Day of the decision"), "day", term="决定日期", most=0),
    Field(
        "influence_ends_on",
        _("Effects last until"),
        "day",
        term="影响期至",
        needed=False,
        help=_("Empty for a form without a period; for a state sanction as the law counts it."),
    ),
)

NO_DECISION = (
    *COLLECTIVE,
    CLARIFIED,
    Field("exempt_reasons", _("Why nobody is held to account"), "long", term="不予问责理由"),
)

ANNOUNCEMENT = (
    Field("announced_on", _("Day on which it was announced"), "day", term="宣布日期", most=0),
    Field("announced_to", _("Announced to whom, and who was present"), "long", term="宣布范围"),
    Field("served_on", _("Day on which the decision was handed over"), "day", term="送达日期", most=0),
    Field("service_paper", _("Receipt of service"), "files", term="送达回证"),
)

EXECUTION = (
    Field(
        "kind",
        _("What is to be carried out"),
        "choice",
        term="执行类别",
        choices=(
            ("organisation", _("Organisation and membership")),
            ("post", _("Post and rank")),
            ("pay", _("Pay")),
            ("file", _("Personnel file")),
            ("examination", _("Self-examination or correction by an organisation")),
            ("restoration", _("Restoration after an appeal")),
        ),
    ),
    Field("what", _("What exactly"), "long", term="执行事项"),
    Field("office", _("Office that carries it out"), "unit", term="执行单位"),
    Field("due_on", _("Due"), "day", term="办理时限"),
    Field("done_on", _("Carried out on"), "day", term="执行日期", needed=False, most=0),
    Field("papers", _("Papers that prove it"), "files", term="执行材料", needed=False),
)

FILE_COPY = (
    Field("file_copied_on", _("Day on which the organisation department got its copy"), "day",
          term="抄送组织部门日期", most=0),
    Field("file_copy_paper", _("Its receipt"), "files", term="组织部门回执"),
)  # fmt: skip

APPEAL = (
    Field("appeal_filed_on", _("Day on which the appeal came in"), "day", term="申诉日期", most=0),
    Field("appeal_grounds", _("What the appeal says"), "long", term="申诉理由", personal=True),
    Field("appeal_paper", _("The appeal"), "files", term="申诉书", needed=False),
)

APPEAL_RESULT = (
    *COLLECTIVE,
    Field("appeal_reasons", _("Answer to every ground of the appeal"), "long", term="申诉复查意见"),
)

CHANGED = (
    *APPEAL_RESULT,
    *MEASURE,
    *(one for one in DECISION if one.key in {"decision_facts", "decided_on", "influence_ends_on"}),
)

NEW_FACTS = (
    Field("new_facts", _("New facts that must be looked into"), "long", term="新的事实", personal=True),
    Field("new_evidence", _("Evidence of them"), "files", term="新的证据"),
)
