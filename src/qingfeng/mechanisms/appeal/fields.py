"""What an appeal asks for. An index card only: numbers, days, offices, choices."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field

KINDS = (
    ("appeal", _("Appeal of a party member (申诉)")),
    ("review", _("First review of a supervisory decision (复审)")),
    ("recheck", _("Second review of a supervisory decision (复核)")),
)
RESULTS = (
    ("upheld", _("The decision stands")),
    ("changed", _("The decision becomes lighter")),
    ("revoked", _("The decision is revoked")),
)
DECISION = (
    Field("decision_no", _("Number of the decision"), term="原决定文号"),
    Field("decided_on", _("Day of the decision"), "day", term="原决定日期", most=0),
    Field("served_on", _("Day on which the decision was handed over"), "day", term="原决定送达日期", most=0),
    Field("paper_no", _("Number of the paper file"), term="案卷编号",
          help=_("The file stays on paper or on the other network; none of it is typed in here.")),
)  # fmt: skip
OPENING = (
    Field("appeal_kind", _("Kind of appeal"), "choice", term="申请种类", choices=KINDS),
    Field("appeal_filed_on", _("Day on which the appeal came in"), "day", term="收到申请日期", most=0),
    *DECISION,
)
ACCEPTED = (
    *OPENING,
    Field("grounds_count", _("How many grounds it gives"), "whole", term="申请理由数", least=1, most=99),
    Field("original_hands", _("Who handled, reviewed and decided the case"), "persons",
          term="原办理人员", help=_("None of them examines the appeal.")),
)  # fmt: skip
REFUSED = (
    *OPENING,
    Field(
        "refused_ground",
        _("Why it is not taken up"),
        "choice",
        term="不予受理理由",
        choices=(
            ("late", _("It came after its month")),
            ("not_ours", _("Another body decided")),
            ("again", _("It was answered already, with nothing new")),
        ),
    ),
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
    Field("hearing_no", _("Number of the record of the hearing"), term="听取意见笔录编号"),
)
PROPOSAL = (
    Field("appeal_report_no", _("Number of the report"), term="复查报告编号"),
    Field("grounds_answered", _("How many grounds are answered"), "whole", term="已答复理由数", least=0,
          most=99),
    Field("suggested_result", _("Result suggested"), "choice", term="复查意见", choices=RESULTS),
)  # fmt: skip
RESULT = (
    Field("met_on", _("Day of the meeting"), "day", term="会议日期", most=0),
    Field("attended", _("Present, with a vote"), "persons", term="出席人员"),
    Field("minutes_no", _("Number of the minutes"), term="会议纪要编号"),
    Field("appeal_result", _("Result of the appeal"), "choice", term="复查决定", choices=RESULTS),
    Field("result_no", _("Number of the decision on the appeal"), term="复查决定文号"),
)
TOLD = (Field("told_on", _("Told to whoever appealed on"), "day", term="告知日期", most=0),)
CORRECTION = (
    Field(
        "what",
        _("What went out"),
        "choice",
        term="类别",
        choices=(
            ("service", _("Decision handed to the person")),
            ("meeting", _("Announced in a meeting")),
            ("file_copy", _("Copy for the personnel file")),
            ("letter", _("Letter to a unit or body")),
            ("circular", _("Circular")),
            ("public", _("Published")),
        ),
    ),
    Field("whom", _("To whom, by office"), term="送达或者通报范围"),
    Field("correct_by", _("To be corrected by"), "day", term="更正时限"),
    Field("corrected_on", _("Corrected on"), "day", term="更正日期", most=0),
    Field("corrected_no", _("Number of the correction"), term="更正文号"),
)
OWED = ("what", "whom", "correct_by")
DONE = ("corrected_on", "corrected_no")
WITHDRAWAL = (Field("withdrawal_no", _("Number of the person's own letter"), term="撤回申请书编号"),)
