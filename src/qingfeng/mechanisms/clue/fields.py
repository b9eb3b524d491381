"""What a clue asks for. An index card only: numbers, days, offices, choices.

What the clue says, and every paper about somebody, stays on the paper file or the other network; here
stands its number. Who reported is asked nowhere.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import AREAS, AUDIENCE, RECUSAL_ASKED, WISH, YES_NO

SOURCES = (
    ("finding", _("Finding out of the records")),
    ("petition", _("Petition office")),
    ("inspection", _("Inspection")),
    ("audit", _("Audit")),
    ("referral", _("Handed over by another body")),
    ("supervision", _("Supervision of our own")),
)

LEVELS = (
    ("county_head", _("Leading post of county level")),
    ("section_head", _("Leading post of township level")),
    ("staff", _("Other staff")),
    ("organisation", _("Organisation")),
)

CLEAR = (("yes", _("It is clear")), ("partly", _("Clear in part")), ("no", _("Not clear")))
QUALITIES = (("high", _("High")), ("middle", _("Middle")), ("low", _("Low")))

WAYS = (
    ("inquiry", _("Talk or letter of inquiry")),
    ("preliminary", _("Preliminary verification")),
    ("hold", _("Hold for later")),
    ("close", _("Close without follow-up")),
)

OUTCOMES = (
    ("case", _("Case opened")),
    ("admonish", _("Admonition")),
    ("remind", _("Talk as a reminder, criticism and education")),
    ("transfer", _("Handed to the party organisation or another body")),
    ("close", _("Closed: nothing to follow up")),
)

FOUNDS = (
    ("yes", _("It is so")),
    ("partly", _("It is so in part")),
    ("no", _("It is not so")),
    ("unverifiable", _("It cannot be verified")),
)


LEAD = Field("lead", _("Number of the lead"), term="疑点编号", most=16, needed=False)

EXTRACT = (
    Field("extract", _("Extract of what was reported"), "long", term="内容摘录", sealed=True,
          holders=("room_head", "handler")),
)  # fmt: skip

ORIGIN = (
    Field("source", _("Where it comes from"), "choice", term="线索来源", choices=SOURCES),
    Field("source_office", _("Office or body that handed it in"), "unit", term="移送部门", needed=False),
    Field("source_no", _("Its number there"), term="来源编号", needed=False,
          help=_("A number only; never who reported, nor what a letter says.")),
    Field("received_on", _("Received on"), "day", term="收文日期", most=0),
)  # fmt: skip

CARD = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("object_level", _("Level of the person or organisation"), "choice", term="反映对象层级",
          choices=LEVELS),
    Field("persons_count", _("Number of persons it is about"), "whole", term="涉及人数", least=0, most=999),
    Field("repeated", _("Came in before"), "choice", term="是否重复", choices=YES_NO),
    Field("related_nos", _("Numbers of related clues"), term="关联线索编号", needed=False),
    Field("paper_no", _("Number of the paper file"), term="卷号",
          help=_("The text of the clue stays there; none of it is typed in here.")),
)  # fmt: skip

QUALITY = (
    Field("clear_who", _("Is it clear who"), "choice", term="对象", choices=CLEAR),
    Field("clear_when", _("Is it clear when"), "choice", term="时间", choices=CLEAR),
    Field("clear_where", _("Is it clear where"), "choice", term="地点", choices=CLEAR),
    Field("clear_amount", _("Is it clear how much"), "choice", term="数额", choices=CLEAR),
    Field("clear_evidence", _("Is there evidence to begin with"), "choice", term="证据", choices=CLEAR),
    Field("quality", _("How well it can be looked into"), "choice", term="可查性", choices=QUALITIES,
          help=_("Clear counts 2, clear in part 1: high from 8, middle from 4.")),
)  # fmt: skip

REGISTRATION = (*ORIGIN, *CARD, *QUALITY)

SENT_ON = (
    Field("sent_to", _("Where it is sent"), term="移送去向"),
    Field("sent_on_day", _("Sent on"), "day", term="移送日期", most=0),
)

DISTRIBUTION = (
    Field("room", _("Room that handles it"), "unit", term="承办部门"),
    Field("approval_no", _("Number of the approval"), term="呈批件编号"),
    RECUSAL_ASKED,
)

PROPOSAL = (
    Field("way", _("Way of disposal proposed"), "choice", term="拟处置方式", choices=WAYS),
    Field("proposal_no", _("Number of the proposal with its plan"), term="处置意见及方案编号"),
)

STUDY = (
    Field("met_on", _("Day of the meeting"), "day", term="会议日期", most=0),
    Field("attended", _("Present, with a vote"), "persons", term="出席人员"),
    Field("minutes_no", _("Number of the minutes"), term="会议纪要编号"),
    Field("way_agreed", _("Way of disposal agreed on"), "choice", term="处置方式", choices=WAYS),
)

APPROVAL = (Field("approval_no", _("Number of the approval"), term="呈批件编号"),)

HOLD = (
    *APPROVAL,
    Field(
        "hold_reason",
        _("Why it waits"),
        "choice",
        term="暂存理由",
        choices=(
            ("no_means", _("It cannot be looked into with the means at hand")),
            ("person_absent", _("Somebody who must be heard cannot be reached")),
            ("linked", _("It waits for a related matter")),
        ),
    ),
)

INQUIRY = (
    Field("inquiry_no", _("Number of the letter of inquiry"), term="函询通知书编号"),
    Field("inquiry_on", _("Day it was handed over"), "day", term="送达日期", most=0),
)

TALK = (
    Field("talk_on", _("Day of the talk"), "day", term="谈话日期", most=0),
    Field("talk_no", _("Number of the record of the talk"), term="谈话笔录编号"),
)

REPLY = (
    Field("reply_on", _("Day the reply came in"), "day", term="回复日期", most=0),
    Field("reply_signed_off", _("The head of the party organisation there has signed it"), "flag",
          term="所在党组织主要负责人已签字"),
    Field("reply_no", _("Number of the reply"), term="情况说明编号"),
)  # fmt: skip

FOUND = Field("found", _("Result of inquiry or verification"), "choice", term="核查结论", choices=FOUNDS)

INQUIRY_REPORT = (
    FOUND,
    Field("report_no", _("Number of the report"), term="报告编号"),
    Field(
        "suggested",
        _("What is suggested"),
        "choice",
        term="处理建议",
        choices=(
            ("believe", _("Believe it and close")),
            ("educate", _("Criticism and education, or admonition")),
            ("again", _("Inquire again, or check by sample")),
            ("verify", _("Go on to preliminary verification")),
        ),
    ),
)

VERIFICATION_REPORT = (
    FOUND,
    Field("report_no", _("Number of the report"), term="报告编号"),
    Field("all_signed", _("Signed by all who verified"), "flag", term="核查组全体签名"),
)

LONGER = (Field("days", _("Days added"), "whole", term="延长天数", least=1, most=31),)

CONCLUSION = (
    FOUND,
    Field("outcome", _("What the clue leads to"), "choice", term="处置结果", choices=OUTCOMES),
    *APPROVAL,
)

CLARIFICATION = (
    WISH,
    AUDIENCE,
    Field("clarify_approval_no", _("Number of the principal's approval"), term="澄清呈批件编号"),
)

CLARIFIED = (
    Field("clarified_on", _("Clarified on"), "day", term="澄清日期", most=0),
    Field("told_count", _("How many were told"), "whole", term="知悉人数", least=1),
    Field("audience_record", _("Record of who was told, by post"), "long", term="澄清对象记录",
          help=_("Posts and numbers, no names.")),
)  # fmt: skip

NOT_CLARIFIED = (
    Field(
        "why_not_clarified",
        _("Why nothing is clarified"),
        "choice",
        term="不予澄清理由",
        choices=(
            ("not_wished", _("Not wished by the person or organisation")),
            ("unknown", _("Nobody knew of it, nobody was asked")),
            ("nobody", _("It was about nobody in particular")),
        ),
    ),
)

FEEDBACK = (
    Field("fed_back_on", _("Told on"), "day", term="反馈日期", most=0),
    Field("fed_back_no", _("Number of the receipt"), term="反馈回执编号", needed=False),
)

ANSWERED = (Field("answered_on", _("Answered on"), "day", term="反馈函送达日期", most=0),)

HELD_REVIEW = (
    Field("review_day", _("Reviewed on"), "day", term="复评日期", most=0),
    Field("review_result", _("Result of the review"), "choice", term="复评结果",
          choices=(("hold", _("Goes on waiting")), ("take_up", _("To be taken up again")))),
    Field("review_ground", _("Ground of the review"), "long", term="复评依据",
          help=_("Whether what it waits for has come; nothing about persons.")),
)  # fmt: skip
