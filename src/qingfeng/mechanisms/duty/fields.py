"""What a year of duty asks for: list, studies, the secretary's log, problems, letters, report, evaluation."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import AREAS, RECUSAL_ASKED

EARLIEST, LATEST = 2012, 2100

OPENING = (
    Field("year", _("Year"), "whole", term="年度", least=EARLIEST, most=LATEST),
    Field("committee", _("Party committee"), term="党委（党组）"),
    RECUSAL_ASKED,
)

DUTIES = (
    ("main", _("Main responsibility of the committee")),
    ("first", _("First responsible: its secretary")),
    ("member", _("Members of the committee, each in the own field")),
    ("supervision", _("Supervision by the commission")),
)
"""主体责任, 第一责任人责任, 一岗双责, 监督责任."""

ITEM = (
    Field("item_duty", _("Whose duty"), "choice", term="责任类别", choices=DUTIES),
    Field("item", _("Duty to be done"), "long", term="责任事项"),
    Field("item_basis", _("Rule that asks for it"), term="依据"),
    Field("item_post", _("Post answerable"), term="责任岗位"),
    Field("item_often", _("How often"), term="频次"),
    Field("item_proof", _("What proves it"), term="应有佐证"),
    Field("item_due", _("Due"), "day", term="时限", needed=False),
    Field("item_done_on", _("Done on"), "day", term="完成日期", needed=False, most=0),
    Field("item_shown", _("The proof"), "files", term="佐证材料", needed=False),
)
LISTED = ("item_duty", "item", "item_basis", "item_post", "item_often", "item_proof", "item_due")
SHOWN = ("item_done_on", "item_shown")

ISSUED = (
    Field("list_no", _("Number of the list"), term="责任清单文号"),
    Field("list_on", _("Issued on"), "day", term="印发日期", most=0),
    Field("list_file", _("The list as issued"), "files", term="责任清单"),
)

STUDY = (
    Field("studied_on", _("Day of the study"), "day", term="研究日期", most=0),
    Field("attended", _("How many were present"), "whole", term="出席人数", least=1),
    Field("attended_posts", _("Who was present, by post"), "long", term="出席人员（职务）"),
    Field("topics", _("Topics studied"), "long", term="研究议题"),
    Field("decisions", _("What was decided"), "long", term="议定事项"),
    Field("followed_by", _("Post that follows it up"), term="落实责任岗位"),
    Field("follow_due", _("To be followed up by"), "day", term="落实时限"),
    Field("minutes", _("Minutes of the study"), "files", term="会议记录"),
    Field("followed_on", _("Followed up on"), "day", term="落实日期", needed=False, most=0),
    Field("followed_how", _("What was done about the decisions"), "long", term="落实情况", needed=False),
)
HELD = ("studied_on", "attended", "attended_posts", "topics", "decisions", "followed_by", "follow_due",
        "minutes")  # fmt: skip
FOLLOWED = ("followed_on", "followed_how")

IN_PERSON = (
    ("arranges", _("Arranges important work in person")),
    ("asks", _("Asks about grave problems in person")),
    ("coordinates", _("Coordinates key links in person")),
    ("presses", _("Presses important cases in person")),
)
"""重要工作亲自部署, 重大问题亲自过问, 重点环节亲自协调, 重要案件亲自督办."""

LOG = (
    Field("person_kind", _("Which of the four"), "choice", term="“四个亲自”类别", choices=IN_PERSON),
    Field("person_on", _("Day"), "day", term="日期", most=0),
    Field("person_what", _("What the secretary did"), "long", term="履责情况",
          help=_("The matter and what was arranged; nothing that leads to a private person.")),
    Field("person_no", _("Number of the letter or decision"), term="相关文号", needed=False),
    Field("person_came", _("What came of it"), "long", term="结果"),
    Field("person_shown", _("Proof"), "files", term="佐证材料", needed=False),
)  # fmt: skip

CONFER = (
    Field("conferred_on", _("Day on which both sides met"), "day", term="会商日期", most=0),
    Field("conferred_by", _("Who met, by post on both sides"), "long", term="会商人员（职务）"),
    Field("agreed", _("What was agreed"), "long", term="会商意见"),
)
PROBLEM = (
    Field("problem", _("Problem"), "long", term="问题",
          help=_("What the committee or its work lacks; nobody by name, no lead.")),
    Field("problem_area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("problem_post", _("Post answerable"), term="责任岗位"),
    Field("problem_due", _("Due"), "day", term="整改时限"),
    Field("mended_on", _("Day on which it was put right"), "day", term="整改完成日期", needed=False, most=0),
    Field("mended_how", _("How it was put right"), "long", term="整改情况", needed=False),
    Field("mended_shown", _("Proof"), "files", term="整改佐证", needed=False),
    Field("checked_how", _("What the check showed"), "long", term="核查情况", needed=False),
)  # fmt: skip
FED_BACK = ("problem", "problem_area", "problem_post", "problem_due")
MENDED = ("mended_on", "mended_how", "mended_shown")
CHECKED = ("checked_how",)

LETTER = (
    Field("about", _("What gives rise to it"), "long", term="事由"),
    Field("asks_for", _("What the unit is asked to do"), "long", term="要求"),
    Field("sent_to", _("To whom, by post"), term="对象（职务）"),
    Field("sent_by", _("By whom, by post"), term="实施人（职务）"),
    Field("commitment", _("Commitment made in the talk"), "long", term="承诺事项", needed=False),
    Field("commitment_due", _("To be kept by"), "day", term="承诺时限", needed=False),
    Field("answer", _("Answer, or how the commitment was kept"), "long", term="答复或者兑现情况",
          needed=False),
    Field("answer_shown", _("Proof"), "files", term="答复佐证", needed=False),
    Field("settled_how", _("What the answer was held against"), "long", term="答复核实情况", needed=False),
)  # fmt: skip
SENT = ("about", "asks_for", "sent_to", "sent_by")
TALKED = (*SENT, "commitment", "commitment_due")
ANSWERED = ("answer", "answer_shown")
SETTLED = ("settled_how",)

REMINDER = tuple(one for one in LETTER if one.key in SENT)
TALK = tuple(replace(one, needed=True) for one in LETTER if one.key in TALKED)

REPORT = (
    Field("report_on", _("Day of the report"), "day", term="述责述廉日期", most=0),
    Field("report_text", _("How the three duties were met, and what is missing"), "long",
          term="述责述廉主要内容"),
    Field("report_file", _("Report on duty and integrity"), "files", term="述责述廉报告"),
)  # fmt: skip

EVALUATORS = (RECUSAL_ASKED,)
GRADES = (
    ("good", _("Grade: good")),
    ("fair", _("Grade: rather good")),
    ("plain", _("Grade: so so")),
    ("poor", _("Grade: poor")),
)
VOTES = ("good", "fair", "plain", "poor")
FEWEST_BALLOTS = 5
EVALUATION = (
    Field("judged_on", _("Day of the vote"), "day", term="评议日期", most=0),
    Field("ballots", _("Ballots"), "whole", term="评议票数", least=FEWEST_BALLOTS),
    Field("votes_good", _("Of these: good"), "whole", term="好（票）", least=0),
    Field("votes_fair", _("Of these: rather good"), "whole", term="较好（票）", least=0),
    Field("votes_plain", _("Of these: so so"), "whole", term="一般（票）", least=0),
    Field("votes_poor", _("Of these: poor"), "whole", term="差（票）", least=0),
    Field("grade", _("Grade"), "choice", term="评议等次", choices=GRADES),
    Field("grade_why", _("What the grade rests on"), "long", term="评议依据"),
)

CLOSED = (Field("closing_opinion", _("Opinion on closing the year"), "long", term="办结意见"),)

MISSING = (
    ("list", _("No list was issued")),
    ("first_half", _("No study in the first half of the year")),
    ("second_half", _("No study in the second half of the year")),
    ("letters", _("A reminder or a commitment is open")),
    ("problems", _("A problem that was fed back is not put right")),
    ("in_person", _("The secretary's log is empty in one of the four")),
    ("report", _("No report on duty and integrity")),
)
"""What a year can lack; each is read from the ledgers, none is judged."""

HEARING = (
    Field("told_missing", _("What seems to be missing"), "choices", term="拟认定未完成事项", choices=MISSING),
)
STATEMENT = (
    Field("statement", _("What the unit says to it"), "long", term="单位说明"),
    Field("statement_file", _("Letter of the unit"), "files", term="单位说明材料", needed=False),
)
UNFULFILLED = (
    Field("missing", _("What was not fulfilled"), "choices", term="未完成事项", choices=MISSING),
    Field("missing_why", _("Why, as far as it is known, the unit's own words considered"), "long",
          term="原因及单位说明采纳情况"),
    Field("goes_on", _("What is done about it next year"), "long", term="后续要求"),
)  # fmt: skip
