"""What a slip to an office asks for: its steps are chosen from what an office owes, nobody is measured.

Law:
    信访工作条例 Art. 40; rights.md 16, schema test (g)
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import YES_NO

KINDS = (
    ("duty", _("Slip of duty and help")),
    ("warning", _("Warning slip")),
    ("supervision", _("Supervision slip")),
)
OWED = (
    ("explain", _("Explain")),
    ("pay", _("Pay what is due")),
    ("execute", _("Carry out a decision")),
    ("correct", _("Correct its act")),
    ("help", _("Help")),
    ("mediate", _("Mediate")),
    ("refer", _("Refer to the competent body")),
    ("contact", _("Name a contact")),
)
AID = (
    ("relief", _("Relief")),
    ("legal_aid", _("Legal aid")),
    ("counsel", _("Counselling")),
    ("work", _("Help to find work")),
    ("care", _("Care and medical help")),
)

GROUND = Field(
    "ground",
    _("Why it is sent"),
    "choice",
    term="预警情形",
    choices=(
        ("seventy", _("Seven tenths of the time have passed")),
        ("written_again", _("Written again, and a promised step is missing")),
        ("superior", _("A superior asks")),
    ),
)
OPENING = (
    Field("slip_of", _("Number of the petition"), term="信访事项编号", needed=False),
    Field("slip_kind", _("Which slip"), "choice", term="单据种类", choices=KINDS),
    Field(
        "made_by",
        _("Made by"),
        "choice",
        term="发单方式",
        needed=False,
        choices=(("hand", _("By hand")), ("house", _("By the clock itself"))),
    ),
    Field("clock_name", _("Which deadline"), term="临期事项", needed=False),
    Field("days_left", _("Days left"), "whole", term="剩余天数", needed=False),
    Field("missing", _("What is missing"), "long", term="尚缺事项", needed=False),
    replace(GROUND, needed=False),
)

DUTY = (
    Field("duty_why", _("What the office has not done"), "choice", term="交办原因",
          choices=(("explained", _("Not explained")), ("paid", _("Not paid")),
                   ("executed", _("Not executed")), ("helped", _("Not helped")))),
    Field("aid", _("Help there is"), "choices", term="可提供的帮助", choices=AID),
    Field("contact_post", _("Contact at the office, by post"), term="责任联系人（职务）"),
    Field("unit_head", _("Head of the office, by post"), term="单位负责人（职务）"),
    Field("due_on", _("All done by"), "day", term="办结期限", least=0),
)  # fmt: skip
STEP = (
    Field("owed", _("Step that is owed"), "choice", term="应履行事项", choices=OWED),
    Field("owed_due", _("Due"), "day", term="时限", least=0),
    Field("owed_proof", _("Proof that it was done"), term="履行凭证编号", needed=False),
)
WARNING = (
    GROUND,
    Field("clock_name", _("Which deadline"), term="临期事项"),
    Field("days_left", _("Days left"), "whole", term="剩余天数"),
    Field("missing", _("What is missing"), "long", term="尚缺事项"),
)  # fmt: skip
SUPERVISION = (
    Field("fault", _("Finding that the slip rests on"), "choice", term="督办情形",
          choices=(("overdue", _("Not done in time")), ("evading", _("Evaded or put off")),
                   ("false", _("Reported what is not so")), ("refused",
                   _("Refused to carry out an opinion")))),
    Field("fault_facts", _("The facts of it"), "long", term="事实"),
    Field("requirement", _("What is required"), "long", term="督办要求"),
    Field("improvement", _("What should be improved"), "long", term="改进建议"),
    Field("level", _("Level"), "choice", term="督办层级",
          choices=(("office", _("The office")), ("head", _("Its head")), ("leader",
          _("The leader above it")))),
)  # fmt: skip

WHY_WORDS = (Field("words_why", _("Why these words are needed"), "long", term="措辞说明"),)
SIGNED = (Field("signed_post", _("Signed for, by post"), term="签收人（职务）"),)
CONTACTED = (
    Field("met_on", _("Contact was made on"), "day", term="联系日期", most=0),
    Field(
        "met_how", _("What the office explained and offered"), "long", term="说明和帮助情况", personal=True
    ),
)
REPORTED = (Field("first_report", _("What has been done so far"), "long", term="首次报告", personal=True),)
ANSWERED = (
    Field("adopted", _("Is it adopted"), "choice", term="采纳情况",
          choices=(("all", _("Adopted")), ("part", _("Adopted in part")), ("none", _("Not adopted")))),
    Field("answer", _("Answer of the office"), "long", term="书面答复"),
    Field("answer_no", _("Number of the answer"), term="答复文号", needed=False),
)  # fmt: skip
PUT_RIGHT = (
    Field("put_right_on", _("Put right on"), "day", term="改正日期", most=0),
    Field("put_right", _("What was put right"), "long", term="改正情况"),
)
CLOSED = (
    Field(
        "real_step",
        _("Did it end in a real step for the petitioner"),
        "choice",
        term="是否形成实际举措",
        choices=YES_NO,
    ),
    Field("closing_note", _("How the slip ended"), "long", term="销单说明"),
)
