"""What a petition asks for: who is owed what by which office. Nothing is kept about where a petitioner goes.

The columns stand in an allow-list (`allowed.toml`), which a test reads: no field of a petition room can be
added without it.

Law:
    信访工作条例 Art. 17-19, 27-28, 39-46; rights.md 16, 17
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import AREAS, YES_NO

LINES = (
    ("demand", _("Appeal or demand")),
    ("suggestion", _("Opinion or suggestion")),
    ("report", _("Report on a person: the other line")),
)
WAYS = (
    ("letter", _("By letter")),
    ("visit", _("Visit")),
    ("online", _("Online")),
    ("call", _("Call")),
    ("transferred", _("Transferred to us")),
)
LEVELS = (
    ("district", _("District")),
    ("town", _("Town or street")),
    ("village", _("Village or community")),
)
TOPICS = (
    ("labour", _("Work, wages and social insurance")),
    ("land", _("Land and relocation")),
    ("housing", _("Housing and property")),
    ("schooling", _("Schools")),
    ("health", _("Health care")),
    ("relief", _("Relief and care")),
    ("traffic", _("Roads and transport")),
    ("nature", _("Environment")),
    ("village", _("Accounts and affairs of the village")),
    ("courts", _("Courts and law enforcement")),
    ("business", _("Enterprises and markets")),
    ("other", _("Other topic")),
)

OPENING = (
    Field("line", _("Which line is it"), "choice", term="事项类别", choices=LINES,
          help=_("A person decides, with a reason. A report on a person is not entered here.")),
    Field("line_why", _("Why it is of this line"), "long", term="分类理由"),
    Field("way", _("How it came"), "choice", term="信访形式", choices=WAYS),
    Field("received_on", _("Came in on"), "day", term="收到日期", most=0),
    Field("summary", _("What it says, in short"), "long", term="信访事项摘要", personal=True),
    Field("demand", _("What is demanded or proposed"), "long", term="诉求", personal=True),
    Field("petitioner", _("Who writes, as given"), term="信访人", needed=False, personal=True,
          help=_("Blank where nobody is named. Nothing more about the person is kept.")),
    Field("contact", _("How to reach them, as given"), term="联系方式", needed=False, personal=True),
    Field("can_be_told", _("Name and address are clear enough for an answer"), "choice",
          term="姓名地址清楚", choices=YES_NO),
    Field("signers", _("How many signed"), "whole", term="联名人数", needed=False, least=1,
          help=_("A letter or an online petition may have any number.")),
    Field("delegates", _("How many came to speak for a joint visit"), "whole", term="走访代表人数",
          needed=False, least=1, most=5,
          help=_("At most five speak for a joint visit; nobody else is counted.")),
    Field("earlier", _("Numbers of earlier petitions on the same matter"), term="此前信访事项编号",
          needed=False),
    Field("from_above", _("Handed down by a superior as a pending petition"), "choice", term="上级交办积案",
          choices=YES_NO),
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("topic", _("Kind of problem"), "choice", term="问题类别", choices=TOPICS),
    Field("level", _("Level whose office is answerable"), "choice", term="责任层级", choices=LEVELS),
    Field("papers", _("Letter and enclosures"), "files", term="信访材料", needed=False),
)  # fmt: skip
CLASSIFIED = tuple(one for one in OPENING if one.key in {"line", "line_why", "area", "topic", "level"})
DIALOGUE = (
    Field("said_by", _("Who says it"), "choice", term="发言方",
          choices=(("office", _("The office")), ("writer", _("Who wrote")))),
    Field("said", _("What is said"), "long", term="内容", personal=True),
    Field("said_on", _("Day"), "day", term="日期", most=0),
    Field("said_as", _("What it is"), "choice", term="事由", needed=False,
          choices=(("reply", _("Answer or addition")), ("object", _("Objection of who wrote")),
                   ("review", _("Request for a review")), ("reexamine", _("Request for a re-examination")),
                   ("rate", _("Rating")), ("name_off", _("The name is taken off")))),
    Field("said_papers", _("Papers with it"), "files", term="随附材料", needed=False),
)  # fmt: skip
NAME_OFF = tuple(replace(one, needed=False) for one in OPENING if one.key in {"petitioner", "contact"})

ACCEPTED = (
    Field("told_how", _("How the petitioner is told"), "choice", term="告知方式",
          choices=(("on_the_spot", _("On the spot")), ("written", _("In writing")),
                   ("cannot", _("Cannot be told: no clear name or address")))),
)  # fmt: skip
NOT_OURS = (
    Field("competent", _("Which office is competent"), term="有权处理机关"),
    Field("sent_no", _("Number of the letter that sends it on"), term="转送文号"),
)
ROUTE = (
    Field("route", _("Which legal route is open"), "choice", term="法定途径",
          choices=(("court", _("Action in court")), ("arbitration", _("Arbitration")),
                   ("reconsideration", _("Administrative reconsideration")),
                   ("inspection", _("Complaint to the competent inspection")),
                   ("other", _("Another statutory procedure")))),
    Field("route_told", _("What the petitioner was told of it: where, until when, with what papers"), "long",
          term="引导告知内容"),
)  # fmt: skip
REPORT_LINE = (
    Field(
        "handed_on",
        _("Day on which the original was handed over, sealed"),
        "day",
        term="密封移交日期",
        most=0,
    ),
    Field("handed_no", _("Number of the receipt"), term="移交回执编号"),
)
NOT_AGAIN = (
    Field("recheck_no", _("Number of the re-examination that ended it"), term="复核意见文号"),
    Field(
        "nothing_new",
        _("The papers were read for a new fact, and there is none"),
        "flag",
        term="已核对无新事实",
    ),
)
LEADER = (
    Field("leader_post", _("Leader in charge, by post"), term="包案领导（职务）"),
    Field("aim", _("What is to be reached, and by when"), "long", term="化解目标"),
)
DISPATCH = (
    Field(
        "principle",
        _("Why this office leads"),
        "long",
        term="归口依据",
        help=_("By level and by topic; who shares in it, and what each owes."),
    ),
)
PART = (
    Field("part_unit", _("Office that shares in it"), "unit", term="协办单位"),
    Field("part_owes", _("What it owes"), "long", term="协办事项"),
    Field("part_due", _("Due"), "day", term="时限", least=0),
    Field("part_done", _("What it did"), "long", term="办理结果", needed=False),
)
OBJECTION = (Field("objection", _("Why it is not this office's, and whose it is"), "long", term="异议理由"),)
OBJECTION_DECIDED = (Field("objection_answer", _("Answer to the objection"), "long", term="异议答复"),)
PLAN = (
    Field(
        "named_contact",
        _("Contact for the petitioner, by post and telephone of the office"),
        term="责任联系人",
    ),
    Field("plan", _("How the office goes about it"), "long", term="化解方案"),
)
STEP = (
    Field("step", _("Step"), term="办理步骤"),
    Field("step_due", _("Due"), "day", term="时限", least=0),
    Field("step_done", _("What was done"), "long", term="完成情况", needed=False),
)
EFFORT = (
    Field("effort", _("What was tried together"), "choice", term="共同化解方式",
          choices=(("met", _("Met and explained")), ("mediation", _("Mediation")), ("hearing", _("Hearing")),
                   ("lawyer", _("Lawyer")), ("social", _("Social worker or counsellor")),
                   ("relief", _("Relief")), ("joint", _("Joint session of the offices")))),
    Field("effort_on", _("Day"), "day", term="日期", most=0),
    Field("effort_with", _("Which offices took part"), term="参加单位"),
    Field("effort_result", _("Result of the attempt"), "long", term="结果", personal=True),
    Field("effort_no", _("Number of the record"), term="记录编号", needed=False),
    Field("effort_paper", _("Agreement or record"), "files", term="协议书或者笔录", needed=False),
)  # fmt: skip
NEW_FACT = (
    Field("new_fact", _("The new fact"), "long", term="新的事实", personal=True),
    Field("fact_on", _("Came in on"), "day", term="收到日期", most=0),
    Field(
        "fact_examined",
        _("What the examination of it found"),
        "long",
        term="核查情况",
        needed=False,
        personal=True,
    ),
)
LONGER = (
    Field("until", _("New last day"), "day", term="延长至", least=0),
    Field(
        "longer_told_on",
        _("Day on which the petitioner was told the reason"),
        "day",
        term="延期告知日期",
        most=0,
    ),
)
OPINION = (
    Field("opinion_demand", _("The demand, as the petitioner put it"), "long", term="诉求", personal=True),
    Field("opinion_facts", _("Facts found, and the reasons"), "long", term="事实和理由", personal=True),
    Field("supported", _("Is the demand supported"), "choice", term="支持情况",
          choices=(("all", _("Supported")), ("part", _("Supported in part")), ("no", _("Not supported")),
                   ("taken_up", _("Suggestion taken up")), ("explained", _("Suggestion answered")))),
    Field("opinion", _("Opinion on each demand"), "long", term="处理意见", personal=True),
    Field("opinion_law", _("Law and rules it rests on"), "long", term="法律法规和政策依据"),
    Field("cause", _("Where it came from"), "choice", term="成因",
          choices=(("policy", _("A rule or policy has a gap")), ("office",
          _("An office acted wrongly or late")),
                   ("explanation", _("It was never explained")), ("other_party",
                   _("A dispute with others")))),
    Field("avoidable", _("Would the office's own duty, done in time, have avoided it"), "choice",
          term="是否可以避免", choices=YES_NO),
    Field("opinion_no", _("Number of the written opinion"), term="处理意见书文号"),
    Field("execute_by", _("What is supported is carried out by"), "day", term="执行期限", needed=False,
        least=0),
)  # fmt: skip
OWED = (
    Field("owed", _("What the office owes"), "choice", term="应履行事项",
          choices=(("explain", _("Explain")), ("pay", _("Pay what is due")), ("execute",
          _("Carry out a decision")),
                   ("correct", _("Correct its act")), ("help", _("Help")), ("mediate", _("Mediate")),
                   ("refer", _("Refer to the competent body")), ("contact", _("Name a contact")))),
    Field("owed_what", _("What it is exactly"), "long", term="具体内容", personal=True),
    Field("owed_due", _("Due"), "day", term="履行期限", least=0),
    Field("owed_proof", _("Proof that it was done"), term="履行凭证编号", needed=False),
    Field("owed_paper", _("The proof itself"), "files", term="履行凭证", needed=False),
)  # fmt: skip
SERVED = (
    Field("served_on", _("Served on"), "day", term="送达日期", most=0),
    Field("served_how", _("How it was served"), "choice", term="送达方式",
          choices=(("handed", _("Handed over in person")), ("post", _("Sent by post")), ("online",
          _("By the online counter")),
                   ("public", _("By public notice")))),
    Field("explained", _("The opinion, its reasons and the next remedy were explained"), "flag",
        term="已释明"),
)  # fmt: skip
REVIEW_ASKED = (
    Field("review_asked_on", _("Asked for on"), "day", term="申请日期", most=0),
    Field("review_grounds", _("Grounds, as the petitioner put them"), "long", term="申请理由", personal=True),
)
REVIEWED = (
    Field("review_result", _("Result"), "choice", term="复查复核结果",
          choices=(("upheld", _("Upheld")), ("changed", _("Changed")), ("revoked",
          _("Revoked: handle anew")))),
    Field("review_no", _("Number of the written result"), term="复查（复核）意见文号"),
    Field("review_why", _("Reasons and law"), "long", term="理由和依据", personal=True),
    Field("served_on", _("Served on"), "day", term="送达日期", most=0),
)  # fmt: skip
HEARING = (Field("hearing_on", _("Day set for the hearing"), "day", term="听证日期"),)
HEARD = (
    Field("hearing_no", _("Number of the hearing record"), term="听证笔录编号"),
    Field("hearing_found", _("What the hearing found"), "long", term="听证情况", personal=True),
)
HELP = (
    Field("help_offered", _("Help offered"), "choices", term="提供的帮助",
          choices=(("relief", _("Relief")), ("legal_aid", _("Legal aid")), ("counsel", _("Counselling")),
                   ("work", _("Help to find work")), ("care", _("Care and medical help")),
                   ("none_needed", _("None was needed")))),
    Field("help_contact", _("Contact at the office, by post"), term="责任联系人（职务）"),
    Field("help_safety", _("Dangers to the petitioner were asked about and dealt with"), "flag",
          term="已关注并处理信访人面临的风险"),
)  # fmt: skip
SATISFIED = (
    Field("satisfied", _("What the petitioner says"), "choice", term="满意度",
          choices=(("yes", _("Satisfied")), ("rather", _("Rather satisfied")), ("no", _("Not satisfied")),
                   ("no_answer", _("No answer")))),
    Field("satisfied_says", _("In their own words"), "long", term="信访人意见", needed=False, personal=True),
    Field("undertaking", _("An undertaking, where the petitioner offers one freely"), "files",
          term="息诉息访承诺（自愿）", needed=False,
          help=_("Never a condition of anything, and revocable; nothing depends on it.")),
)  # fmt: skip
RATED = (
    Field("rating", _("How satisfied, from 1 to 5"), "whole", term="满意度评分（1—5）", least=1, most=5),
    *(replace(one, needed=False) for one in SATISFIED if one.key != "undertaking"),
)
DELAY = (
    Field("delay_by", _("Office that was late"), "unit", term="拖延单位"),
    Field("delay_found", _("What the examination of the delay found"), "long", term="核查情况"),
    Field("delay_done", _("What follows"), "choice", term="处理",
          choices=(("explained", _("The office was not at fault")), ("reminded", _("Reminded")),
                   ("slip", _("A supervision slip")), ("accountability", _("Accountability is proposed")))),
)  # fmt: skip
SLIP = (
    Field("slip_kind", _("Which slip"), "choice", term="单据种类",
          choices=(("duty", _("Slip of duty and help")), ("warning", _("Warning slip")),
                   ("supervision", _("Supervision slip")))),
)  # fmt: skip
WARNED = (
    *SLIP,
    Field("made_by", _("Made by"), "choice", term="发单方式",
          choices=(("hand", _("By hand")), ("house", _("By the clock itself")))),
    Field("clock_key", _("Deadline that is near"), term="临期时钟"),
    Field("clock_name", _("Which deadline"), term="临期事项"),
    Field("days_left", _("Days left"), "whole", term="剩余天数"),
    Field("missing", _("What is missing"), "long", term="尚缺事项"),
    Field("slip_of", _("Number of the petition"), term="信访事项编号"),
    Field("ground", _("Why it is sent"), "choice", term="预警情形",
          choices=(("seventy", _("Seven tenths of the time have passed")),)),
)  # fmt: skip
BY_HAND = (*SLIP, *(replace(one, needed=False) for one in WARNED[len(SLIP) :]))
CLOSING = (Field("closing_report", _("How it was resolved"), "long", term="化解报告", personal=True),)
WITHDRAWN = (
    Field("withdrawn_on", _("Withdrawn on"), "day", term="撤回日期", most=0),
    Field("withdrawn_paper", _("The petitioner's own words, signed"), "files", term="撤回申请", needed=False),
)
