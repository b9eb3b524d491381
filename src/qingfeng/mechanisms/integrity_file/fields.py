"""What an integrity file holds: what the person knows of already, and nothing else."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import RECUSAL_ASKED, YES_NO

OPENING = (
    Field("file_purpose", _("What the file is kept for"), "choice", term="建档目的",
          choices=(("heads", _("Supervision of heads and leading teams")),),
          help=_("A file is kept of who holds a leading post within our authority, and of nobody else.")),
)  # fmt: skip

TEAM = (RECUSAL_ASKED,)

OFFICE = (
    Field("office_unit", _("Unit of the post"), "unit", term="任职单位"),
    Field("office_title", _("Title of the post"), term="职务", most=60),
    Field("office_from", _("Held from"), "day", term="任职起始"),
    Field("office_until", _("Held until"), "day", term="任职截止", needed=False),
)

TALKED = (
    Field("talk_no", _("Number of the talk"), term="谈话编号", most=40),
    Field("talk_type", _("Kind of talk"), "choice", term="谈话类型",
          choices=(("appointment", _("Talk on appointment")), ("supervision", _("Supervisory talk")),
                   ("reminder", _("Reminding talk")), ("admonition", _("Admonitory talk")))),
    Field("talked_on", _("Talk held on"), "day", term="谈话日期"),
    Field("issues_kept", _("Issues, all corrected and checked"), "whole", term="整改事项数", least=0),
)  # fmt: skip

DISCLOSURE = (
    Field(
        "disclosure_kind",
        _("What was disclosed"),
        "choice",
        term="报告事项",
        choices=(
            ("yearly", _("Yearly report on personal matters")),
            ("event", _("Wedding, funeral or other event")),
            ("abroad", _("Journey or stay abroad")),
            ("interest", _("Interest or business of a near relative")),
        ),
    ),
    Field("disclosed_on", _("Handed in on"), "day", term="报告日期", most=0),
    Field(
        "disclosure_check",
        _("Result of the check"),
        "choice",
        term="核查结果",
        choices=(
            ("unchecked", _("Not checked")),
            ("agrees", _("Agrees with the records")),
            ("explained", _("Differed, and was explained")),
            ("handled", _("Differed, and was handled")),
        ),
        help=_("The result only: what was disclosed stays with the organisation department."),
    ),
)

PENALTY = (
    Field(
        "penalty_form",
        _("Kind of decision"),
        "choice",
        term="处分或处理",
        choices=(
            ("party", _("Party discipline")),
            ("service", _("Administrative sanction")),
            ("accountability", _("Accountability")),
            ("organisation", _("Organisational handling")),
        ),
    ),
    Field("penalty_no", _("Number of the decision"), term="决定文号", most=60),
    Field("penalty_on", _("Decided on"), "day", term="决定日期", most=0),
    Field("effects_until", _("Effects last until"), "day", term="影响期至"),
)

INQUIRY = (
    Field("inquiry_no", _("Number of the inquiry"), term="谈话函询编号", most=40),
    Field("inquiry_form", _("How they were asked"), "choice", term="方式",
          choices=(("talk", _("By a talk")), ("letter", _("By a letter")))),
    Field("asked_on", _("Asked on"), "day", term="谈话函询日期", most=0),
    Field(
        "outcome",
        _("Outcome"),
        "choice",
        term="结果",
        needed=False,
        choices=(
            ("accepted", _("Explanation accepted, closed")),
            ("not_so", _("Not so, closed")),
            ("reminded", _("Reminded, closed")),
            ("taken_on", _("Taken on in another procedure")),
        ),
    ),
    Field("outcome_on", _("Outcome of"), "day", term="了结日期", needed=False, most=0),
    Field("told_on", _("They were told of it on"), "day", term="发函反馈日期", needed=False, most=0),
    Field("told_no", _("Number of the letter that told them"), term="反馈函文号", needed=False, most=60),
    Field(
        "clarified",
        _("Clarification"),
        "choice",
        term="澄清正名",
        needed=False,
        choices=(
            ("made", _("Made, as they wished")),
            ("not_wished", _("Offered, not wished")),
        ),
    ),
    Field("clarified_how", _("How and before whom it was clarified"), term="澄清方式和范围", needed=False,
          most=200),
)  # fmt: skip

CONSULTATION = (
    Field(
        "read_for",
        _("What it is read for"),
        "choice",
        term="查阅事由",
        choices=(
            ("talk", _("To prepare a talk")),
            ("opinion", _("Opinion on somebody's integrity, asked by the organisation department")),
            ("inspection", _("Inspection of the unit")),
            ("objection", _("To answer an objection")),
            ("check", _("To check the file")),
        ),
    ),
    Field("read_matter", _("Number of the matter or letter it is read for"), term="依据编号", most=60),
    Field("read_why", _("Why it must be read"), "long", term="查阅理由"),
    Field("read_until", _("Last day on which it is read"), "day", term="查阅截止", least=0),
)

OBJECTION = (
    Field("objects_to", _("What is not right"), "long", term="异议内容"),
    Field("wishes", _("What should stand there"), "long", term="本人要求"),
    Field("answer", _("Answer"), "long", term="答复", needed=False),
    Field("was_mended", _("Was the file mended"), "choice", term="是否更正", choices=YES_NO, needed=False),
)

NEXT = (Field("check_by", _("To be checked until"), "day", term="下次核对截止", needed=False),)
CHECK = (
    Field("complete_on", _("Checked on"), "day", term="核对日期", most=0),
    Field("complete_says", _("What was checked and put right"), "long", term="核对情况"),
    *NEXT,
)
KEEP = (
    Field("left_on", _("Left the leading post on"), "day", term="离任日期", most=0),
    Field("keep_until", _("Retained until"), "day", term="留存截止", needed=False),
)
LEAVING = (
    *KEEP,
    Field("left_no", _("Number of the decision on it"), term="任免文号", most=60),
)
