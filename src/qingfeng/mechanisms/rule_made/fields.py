"""What a rule asks for: three tests, clauses that say who, when, with what form, how checked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field, Looked
from qingfeng.mechanisms.common import AREAS, RECUSAL_ASKED, YES_NO
from qingfeng.mechanisms.rule_made import carried
from qingfeng.mechanisms.rule_made.standards import standard_choices

KINDS = (
    ("unit", _("Rule of a supervised unit")),
    ("opinion", _("The commission's own: implementing opinion")),
    ("assessment", _("The commission's own: rules of assessment")),
)

OPENING = (
    Field("rule_kind", _("Whose rule"), "choice", term="制度类别", choices=KINDS),
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("letter_no", _("Number of the letter or case it comes from"), term="来源文号", needed=False),
)

HANDS = (
    Field("rule_kind", _("Whose rule"), "choice", term="制度类别", choices=KINDS),
    RECUSAL_ASKED,
)  # fmt: skip

ASKED = (
    Field("task_no", _("Number of the request"), term="拟定函编号", needed=False),
    Field("what_is_wanted", _("The one matter to be settled"), "long", term="拟规范事项"),
)

DRAFT = (
    Field("one_matter", _("The one matter it settles"), term="规范的一件事", most=60),
    Field("settles_one", _("It settles this one matter only"), "flag", term="一事一规"),
    Field("pages", _("Pages"), "whole", term="页数", least=1),
    Field("own_posts", _("Own posts it names, one a line"), "long", term="本单位岗位"),
    Field("own_forms", _("Own forms it names, one a line"), "long", term="本单位表单"),
    Field("owner_post", _("Post that answers for it"), term="责任岗位"),
    Field("review_on", _("To be looked at again on"), "day", term="复审日期", least=1),
    Field("draft_file", _("Text of the draft"), "files", term="制度草案", needed=False),
)


CLAUSE = (
    Field("clause_no", _("Number of the clause"), term="条款"),
    Field("clause_text", _("What it says"), "long", term="内容"),
    Field("who_post", _("Who, by post"), term="谁来做"),
    Field("when_due", _("When"), term="何时做"),
    Field("with_form", _("With what form"), term="用什么表单"),
    Field("how_checked", _("How it is checked"), term="怎么检查"),
    Field("limit", _("The unit's own threshold"), term="本单位限额或期限", needed=False),
    Field("standard", _("Standard that binds it"), "choice", term="对照标准", needed=False,
          choices=Looked(standard_choices)),
    Field("limit_yuan", _("The threshold in yuan, where a standard binds it"), "money", term="限额（元）",
          needed=False),
    Field("became", _("Mechanism, clock or indicator it became"), "choice", term="落到", needed=False,
          choices=Looked(lambda: tuple(carried.choices()))),
    Field("not_software_why", _("Why it is not in software"), "long", term="未落到系统的原因", needed=False),
)  # fmt: skip

COMPLIANCE = (
    Field("compared_with", _("Higher rules it was compared with"), "long", term="对照的上位规定"),
    Field("conflicts", _("Does it conflict with a higher rule"), "choice", term="是否与上位规定抵触",
          choices=YES_NO),
    Field("loosens", _("Does it loosen a spending standard"), "choice", term="是否放宽“三公”标准",
          choices=YES_NO),
    Field("compliance_why", _("Opinion of the review"), "long", term="合规审核意见"),
)  # fmt: skip

CONSULTED = (
    Field("asked_whom", _("Who was asked, by office and kind of post"), term="征求意见范围"),
    Field("opinions", _("Opinions that came in"), "whole", term="收到意见数", least=0),
    Field("adopted_opinions", _("Of these adopted"), "whole", term="采纳数", least=0),
    Field("why_not_adopted", _("Why the others were not adopted"), "long", term="未采纳理由", needed=False),
)

MEETING = (
    Field("met_on", _("Day of the meeting"), "day", term="审议日期", most=0),
    Field("decided_by", _("Body that decided"), term="审议机构"),
    Field("minutes_no", _("Number of the minutes"), term="会议纪要编号"),
)

ISSUED = (
    Field("issued_no", _("Number of the rule"), term="制度文号"),
    Field("issued_on", _("Issued on"), "day", term="印发日期", most=0),
    Field("effective_on", _("In force from"), "day", term="施行日期"),
    Field("issued_file", _("The rule as issued"), "files", term="制度文本", needed=False),
)

KEPT_ON_FILE = (
    Field("file_no", _("Number under which it is on file"), term="备案号"),
    Field("filed_on", _("On file since"), "day", term="备案日期", most=0),
)

EXECUTION = (
    Field("done_on", _("Day"), "day", term="执行日期", most=0),
    Field("carried_out", _("What was done under the rule"), term="执行情况"),
    Field("record_no", _("Number of the record or form"), term="记录编号"),
    Field("proof", _("The record"), "files", term="执行佐证", needed=False),
)

SPOT_CHECK = (
    Field("checked_on", _("Day of the check"), "day", term="抽查日期", most=0),
    Field("checked_where", _("Where, and which records were drawn"), term="抽查地点及样本"),
    Field("executed", _("Is it carried out"), "choice", term="是否执行", choices=YES_NO),
    Field("check_found", _("What the check found"), "long", term="抽查情况"),
)

EVALUATION = (
    Field("evaluated_on", _("Day of the evaluation"), "day", term="评估日期", most=0),
    Field(
        "works",
        _("Does it work"),
        "choice",
        term="评估结论",
        choices=(
            ("works", _("It is kept and it works")),
            ("mend", _("It is to be mended")),
            ("useless", _("It is not needed, or nobody keeps it")),
        ),
    ),
    Field("evaluation_why", _("What that rests on"), "long", term="评估依据"),
)

NEXT_REVIEW = (Field("review_on", _("To be looked at again on"), "day", term="复审日期", least=1),)
ABOLISHED = (Field("abolished_on", _("No longer in force from"), "day", term="废止日期"),)
