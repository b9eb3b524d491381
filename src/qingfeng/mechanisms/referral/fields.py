"""What a referral asks for: the fields of its forms and the columns of its ledgers."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import AREAS

LETTER = (
    Field(
        "direction",
        _("Direction"),
        "choice",
        term="移送方向",
        choices=(("in", _("To us")), ("out", _("From us"))),
    ),
    Field(
        "body_kind",
        _("Kind of the other body"),
        "choice",
        term="移送单位类别",
        choices=(
            ("inspection", _("Inspection office")),
            ("audit", _("Audit")),
            ("enforcement", _("Administrative enforcement")),
            ("court", _("Court")),
            ("procurator", _("Procurator's office")),
            ("police", _("Police")),
            ("tax", _("Tax office")),
            ("market", _("Market regulator")),
            ("party", _("Party organisation")),
            ("discipline", _("Another discipline commission")),
            ("other", _("Other body")),
        ),
    ),
    Field("letter_no", _("Number of the letter"), term="移送函文号", needed=False,
          help=_("Of the other body's letter; ours is numbered when it is sent.")),
    Field("letter_on", _("Date of the letter"), "day", term="移送日期", most=0, needed=False),
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("matter", _("What is handed over"), "long", term="移送事项", personal=True),
    Field("about", _("Persons and units it concerns"), "long", term="涉及人员和单位", personal=True,
          help=_("By post and internal number; no more about a person than the matter needs.")),
    Field("facts_known", _("Facts known so far"), "long", term="基本事实", personal=True),
    Field("rule_doubted", _("Rule that may have been broken"), "long", term="涉嫌违反的规定"),
    Field("suggested_handling", _("Handling suggested"), "long", term="处理建议", needed=False,
          setting="referral.suggested_handling",
          help=_("Off unless the district allows it: an audit body does not propose a specific penalty.")),
    Field("letter_paper", _("Letter and papers"), "files", term="移送材料", needed=False),
)  # fmt: skip

CHECK = (
    Field("complete", _("The papers are complete"), "flag", term="材料齐全"),
    Field("ours_to_decide", _("The receiver has jurisdiction"), "flag", term="属于管辖范围"),
    Field("check_note", _("Result of the check"), "long", term="审核意见"),
)

MISSING = (
    Field("missing", _("What is missing"), "long", term="需补充材料"),
    Field("supply_by", _("To be supplied by"), "day", term="补充时限"),
)

SUPPLIED = (
    Field("supplied", _("What was supplied"), "long", term="补充材料情况"),
    Field("supplied_paper", _("Papers supplied"), "files", term="补充材料"),
)

RECALLED = (Field("recall_paper", _("The letter that takes it back"), "files", term="撤回函"),)

NOT_TAKEN = (
    Field(
        "ground",
        _("Ground"),
        "choice",
        term="不予受理情形",
        choices=(
            ("jurisdiction", _("Outside the receiver's jurisdiction")),
            ("incomplete", _("Papers not supplied in time")),
            ("duplicate", _("In hand already")),
            ("no_facts", _("No facts that can be looked into")),
        ),
    ),
)

ASSIGN = (Field("instruction", _("Instruction of the leader"), "long", term="分办意见"),)

LONGER = (Field("until", _("New day for the answer"), "day", term="延至"),)

DISPOSAL = (
    Field(
        "outcome",
        _("How it was disposed of"),
        "choice",
        term="处置方式",
        choices=(
            ("accountability", _("Accountability")),
            ("clue", _("Registered as a clue")),
            ("recommendation", _("Recommendation")),
            ("talk", _("Talk or reminder")),
            ("handed_on", _("Handed on to the competent body")),
            ("nothing", _("Nothing to pursue")),
        ),
    ),
    Field("disposal", _("Result and reasons"), "long", term="处置情况", personal=True),
    Field("disposal_paper", _("Report on the disposal"), "files", term="处置报告"),
)

FEEDBACK = (
    Field("feedback", _("What the other body is told"), "long", term="反馈内容",
          help=_("The result and its reasons; nothing about a reporter, and no more about a person "
                 "than is needed.")),
    Field("feedback_on", _("Day of the answer"), "day", term="反馈日期", most=0),
)  # fmt: skip

THEIR_RECEIPT = (
    Field("their_no", _("Number of their receipt"), term="受理回执文号", needed=False),
    Field("their_day", _("Date of their receipt"), "day", term="受理日期", most=0),
    Field("their_receipt", _("Their receipt"), "files", term="受理回执", needed=False),
)

THEIR_ANSWER = (
    Field("their_result", _("Result they report"), "long", term="对方反馈结果", personal=True),
    Field("their_answer_no", _("Number of their letter"), term="反馈函文号", needed=False),
    Field("their_answer_on", _("Date of their letter"), "day", term="反馈日期", most=0),
    Field("their_answer_paper", _("Their letter"), "files", term="反馈函", needed=False),
)

RATING = (
    Field(
        "rating",
        _("How the answer is judged"),
        "choice",
        term="评价",
        choices=(
            ("settled", _("It settles the matter")),
            ("partly", _("It settles a part")),
            ("unsettled", _("It leaves the matter open")),
        ),
    ),
    Field("rating_note", _("Remarks"), "long", term="评价意见", needed=False),
)

EVIDENCE = (
    Field("what", _("Piece of evidence"), term="证据名称"),
    Field("shows", _("What it shows"), "long", term="证明内容"),
    Field("pages", _("Pages"), "whole", term="页数", least=1, needed=False),
    Field("form", _("Form"), "choice", term="形式",
          choices=(("original", _("Original")), ("copy", _("Copy")), ("data", _("Data")))),
    Field("copy", _("The piece itself"), "files", term="证据材料", needed=False),
)  # fmt: skip

CHASE = (
    Field("missing", _("What is missing"), "long", term="催办事项"),
    Field("answer_by", _("Answer by"), "day", term="答复时限"),
    Field("answer", _("Answer"), "long", term="答复", needed=False),
)
