"""What a complaint about our own staff asks for. An index card only: numbers, days, offices, choices.

What somebody has reported stays on the paper file. Who reported is asked once, in an act of its own, and
sealed to the custodian; no other field, column or figure speaks of a reporter.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import WISH

KINDS = (
    ("conduct", _("About the conduct of our own staff")),
    ("measure", _("Against a measure that is held to be unlawful (监察法 Art. 69)")),
)
CONCERNS = (
    ("staff", _("Staff of a room or team")),
    ("supervision", _("The room that supervises our own staff")),
    ("leaders", _("A member of the leading group")),
    ("principal", _("The principal")),
)
CHANNELS = (
    ("letter", _("By letter")),
    ("visit", _("In person")),
    ("phone", _("By telephone")),
    ("net", _("By the network")),
    ("handed_on", _("Handed on by another office")),
)
MATTERS = (
    ("secrets", _("Secrets passed on, or a case asked about")),
    ("favour", _("Favour or private interest in a case")),
    ("manner", _("Manner and way of working")),
    ("delay", _("Delay, or nothing done")),
    ("measures", _("A measure taken or prolonged against the rules")),
    ("property", _("Property seized or kept against the rules")),
    ("integrity", _("Integrity and self-discipline")),
)
FOUNDS = (
    ("yes", _("It is so")),
    ("partly", _("It is so in part")),
    ("no", _("It is not so")),
    ("unverifiable", _("It cannot be verified")),
)
OUTCOMES = (
    ("clue", _("Registered as a clue")),
    ("remind", _("Talk as a reminder, criticism and education")),
    ("move", _("Moved from the post, or from the case")),
    ("right", _("Put right, nothing further")),
    ("close", _("Closed: nothing to follow up")),
)

OPENING = (
    Field("complaint_kind", _("Kind of complaint"), "choice", term="反映种类", choices=KINDS),
    Field("concerns", _("Whom it concerns"), "choice", term="反映对象", choices=CONCERNS,
          help=_("Anything but staff goes straight up and is not typed in: name whom it concerns, and they "
                 "see nothing of it.")),
    Field("received_on", _("Received on"), "day", term="收到日期", most=0),
    Field("channel", _("How it came in"), "choice", term="来源渠道", choices=CHANNELS),
    Field("is_named", _("Whoever reported gave a name"), "flag", term="实名反映"),
    Field("paper_no", _("Number of the paper file"), term="卷号",
          help=_("What was reported stays there; none of it is typed in here.")),
)  # fmt: skip

IDENTITY = (
    Field("reporter", _("Who reported"), term="反映人", sealed=True, holders=("custodian",), personal=True),
    Field("reporter_reached", _("How they are reached"), term="联系方式", sealed=True, holders=("custodian",),
          personal=True),
    Field("reporter_wish", _("What they ask of their protection"), "long", term="保护请求", needed=False,
          sealed=True, holders=("custodian",), personal=True),
)  # fmt: skip

SENT_UP = (
    Field("sent_to", _("Higher commission that it was sent to"), "unit", term="报送机关"),
    Field("sent_up_on", _("Sent on"), "day", term="报送日期", most=0),
    Field("sealed_item_no", _("Number of the sealed item"), term="密封件编号",
          help=_("One sealed item: neither copied nor excerpted.")),
)  # fmt: skip

ACCEPTED = (
    Field("complaint_about", _("What it is about"), "choice", term="反映问题类别", choices=MATTERS),
    Field("room", _("Room or team of whom it is about"), "unit", term="所在部门"),
    Field("persons_count", _("Number of persons it is about"), "whole", term="涉及人数", least=1, most=99),
    Field("repeated", _("Came in before"), "choice", term="是否重复",
          choices=(("yes", _("Yes")), ("no", _("No")))),
)  # fmt: skip

NOT_OURS = (
    Field("sent_to_office", _("Where it is sent"), term="移送去向"),
    Field("not_ours_on", _("Sent on"), "day", term="移送日期", most=0),
)

ACKNOWLEDGED = (
    Field("acknowledged_on", _("Told whether it is taken up on"), "day", term="受理告知日期", most=0),
)

HEARING = (
    Field("heard_on", _("Day of the hearing"), "day", term="听取日期", most=0),
    Field("hearing_no", _("Number of the record of the hearing"), term="听取意见笔录编号"),
)

LONGER = (Field("days", _("Days added"), "whole", term="延长天数", least=1, most=30),)

PROPOSAL = (
    Field("found", _("Result of inquiry or verification"), "choice", term="核查结论", choices=FOUNDS),
    Field("outcome", _("What follows"), "choice", term="处理意见", choices=OUTCOMES),
    Field("report_no", _("Number of the report"), term="报告编号"),
)

DECISION = (
    *PROPOSAL[:2],
    Field("met_on", _("Day of the meeting"), "day", term="会议日期", most=0),
    Field("attended", _("Present, with a vote"), "persons", term="出席人员"),
    Field("minutes_no", _("Number of the minutes"), term="会议纪要编号"),
)

PUT_RIGHT = (
    Field("put_right_on", _("Put right on"), "day", term="纠正日期", most=0),
    Field("put_right_no", _("Number of the paper that shows it"), term="纠正凭证编号"),
)

FEEDBACK = (
    Field("fed_back_on", _("Told on"), "day", term="反馈日期", most=0),
    Field("objection", _("An objection was raised"), "flag", term="提出异议"),
    Field("new_evidence", _("New evidence was checked"), "flag", term="新证据已核对",
          help=_("Only where an objection was raised: it is recorded, and what is new is looked at.")),
)  # fmt: skip

REVIEW_ASKED = (
    Field("review_asked_on", _("Review asked for on"), "day", term="申请复查日期", most=0),
    Field("decided_told_on", _("Day on which the decision was handed over"), "day", term="决定送达日期",
          most=0),
)  # fmt: skip

REVIEWED = (
    Field("review_result", _("Result of the review above"), "choice", term="上级复查结果",
          choices=(("upheld", _("The decision stands")), ("changed", _("It is to be put right")))),
    Field("review_no", _("Number of the decision of the review"), term="复查决定文号"),
)  # fmt: skip

CLARIFICATION = (
    WISH,
    Field("clarify_approval_no", _("Number of the principal's approval"), term="澄清呈批件编号"),
)  # fmt: skip

CLARIFIED = (
    Field("clarified_on", _("Clarified on"), "day", term="澄清日期", most=0),
    Field("told_count", _("How many were told"), "whole", term="知悉人数", least=1),
)

NOT_CLARIFIED = (
    Field("why_not_clarified", _("Why nothing is clarified"), "choice", term="不予澄清理由",
          choices=(("not_wished", _("Not wished by the person or organisation")),
                   ("unknown", _("Nobody knew of it, nobody was asked")),
                   ("nobody", _("It was about nobody in particular")))),
)  # fmt: skip

RETALIATION = (
    Field("seen_on", _("Noticed on"), "day", term="发现日期", most=0),
    Field("form", _("What it looks like"), "choice", term="表现形式",
          choices=(("post", _("Post, pay or appraisal changed")), ("pressure", _("Pressure or threat")),
                   ("asked", _("Somebody asked who reported")), ("other", _("Something else")))),
    Field("answer_by", _("To be answered by"), "day", term="处置期限"),
    Field("answered_on", _("Answered on"), "day", term="处置日期", most=0),
    Field("step", _("What was done"), "choice", term="处置措施",
          choices=(("stopped", _("It was stopped")), ("protected", _("Protection was arranged")),
                   ("clue", _("It is looked into on its own")), ("unfounded", _("It was not so")))),
)  # fmt: skip
NOTED = ("seen_on", "form", "answer_by")
ANSWERED = ("answered_on", "step")
