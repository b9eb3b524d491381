"""What a letter asks for after it was delivered: answer, plan, items, visits, chases, report, evaluation."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import YES_NO
from qingfeng.mechanisms.recommendation.scale import GAPS, GRADES, SCALE

REPLY = (
    Field("adoption", _("Is the letter adopted"), "choice", term="采纳情况",
          choices=(("all", _("Adopted")), ("part", _("Adopted in part")), ("none", _("Not adopted")))),
    Field("adoption_why", _("How it is adopted, or the reason why not"), "long", term="采纳说明"),
)  # fmt: skip
OBJECTION = (
    Field("objection", _("What the unit objects to, and why"), "long", term="异议事项和理由"),
    Field("objection_paper", _("Its letter"), "files", term="异议书", needed=False),
)
DECIDED = (
    Field("objection_points", _("Answer to each point"), "long", term="逐项复核意见"),
    Field("objection_no", _("Number of the record of the re-examination"), term="复核记录编号"),
)

ITEM = (
    Field("item_problem", _("Number of the problem in the letter"), "whole", term="对应问题", least=1),
    Field("item_measure", _("Measure"), "long", term="整改措施"),
    Field("item_post", _("Post answerable"), term="责任岗位"),
    Field("item_due", _("Due"), "day", term="时限"),
    Field("done_on", _("Done on"), "day", term="完成日期", needed=False, most=0),
    Field("proof", _("Proof"), "files", term="佐证材料", needed=False),
    Field("execution", _("How it is carried out in daily work"), "long", term="执行情况", needed=False),
    Field("recovered", _("Money recovered"), "money", term="追回资金", needed=False, least=0),
    Field("dealt_with", _("Number of persons dealt with"), "whole", term="处理人数", needed=False, least=0,
          help=_("The number only, no names.")),
)  # fmt: skip
PLANNED = ("item_problem", "item_measure", "item_post", "item_due")
DONE = ("done_on", "proof", "execution", "recovered", "dealt_with")

SYSTEM = (
    Field("system_problem", _("Number of the problem in the letter"), "whole", term="对应问题", least=1),
    Field("system_name", _("Name of the rule made"), term="制度名称"),
    Field("system_no", _("Its number"), term="制度文号"),
    Field("system_from", _("In force from"), "day", term="施行日期"),
    Field("executed_on", _("First carried out on"), "day", term="首次执行日期", needed=False, most=0),
    Field("execution_no", _("Number of the record of its execution"), term="执行记录编号", needed=False),
)
MADE = ("system_problem", "system_name", "system_no", "system_from")
EXECUTED = ("executed_on", "execution_no")

PROGRESS = (
    Field("progress_on", _("Day"), "day", term="日期", most=0),
    Field("progress_what", _("What was done"), "long", term="整改进展"),
    Field("progress_next", _("What comes next"), "long", term="下步安排", needed=False),
)

VISIT = (
    Field("visit_on", _("Day on site"), "day", term="跟踪日期", most=0),
    Field("visit_place", _("Place"), term="地点"),
    Field("visit_on_site", _("On site"), "choice", term="是否现场", choices=YES_NO),
    Field("visit_problem", _("Number of the problem looked at"), "whole", term="核查问题", least=1),
    Field("visit_saw", _("What was seen"), "long", term="真实情况"),
    Field("visit_evidence", _("Photographs and papers"), "files", term="现场佐证", needed=False),
    Field("visit_says", _("Judgement"), "choice", term="研判",
          choices=(("mended", _("Put right")), ("going_on", _("Being corrected")),
                   ("on_paper", _("On paper only")), ("not_begun", _("Nothing begun")))),
    Field("visit_next", _("What comes next"), "long", term="下步", needed=False),
)  # fmt: skip

ADVICE = (
    Field("advised_on", _("Day"), "day", term="释明日期", most=0),
    Field("advice_asked", _("What was asked"), "long", term="咨询事项"),
    Field("advice", _("What was explained"), "long", term="释明内容"),
)

CHASE = (
    Field("chase_level", _("Level"), "choice", term="督改级别",
          choices=(("remind", _("Level 1: reminder")), ("written", _("Level 2: written")),
                   ("talk", _("Level 3: talk")), ("circular", _("Level 4: circular")))),
    Field("chased", _("Who is chased"), "unit", term="督改对象"),
    Field("missing", _("What is missing"), "long", term="督改事项"),
    Field("answer_by", _("Answer by"), "day", term="答复时限", least=0),
    Field("answer", _("Answer"), "long", term="答复", needed=False),
)  # fmt: skip
CHASED_BY = CHASE[:-1]
CHASED = tuple(one.key for one in CHASED_BY)

TRANSFER = (
    Field("from_whom", _("Who hands over, by post"), term="移交人（职务）"),
    Field("to_whom", _("Who takes over, by post"), term="接收人（职务）"),
    Field("open_things", _("What is open"), "long", term="未了事项"),
    Field("transfer_paper", _("The record, signed by both"), "files", term="交接记录签字件"),
)  # fmt: skip

REPORT = (
    *(Field(f"self_{key}", name, "whole", term=f"自评：{term}", least=0, most=most)
      for key, name, term, most in SCALE),
    Field("self_score", _("Score of its own in all"), "whole", term="自评总分", least=0, most=100),
    Field("closing_summary", _("Report of the unit"), "long", term="整改情况报告"),
)  # fmt: skip
LONGER = (
    Field("asked_until", _("New day asked for"), "day", term="申请延至", least=0),
    Field("why_longer", _("Why more time is needed"), "long", term="延期理由"),
)
GRANTED = (Field("until", _("New day approved"), "day", term="批准延至", least=0),)
OVERSEEN = (Field("overseen", _("Where the letter stands, link by link"), "long", term="督改台账核对情况"),)
OPINION_TRACKER = (Field("tracker_opinion", _("Opinion of the tracking team"), "long", term="派驻组意见"),)
OPINION_ISSUER = (Field("issuer_opinion", _("Opinion of the issuing room"), "long", term="制发室意见"),)
COMPLETE = (Field("office_opinion", _("Completeness, as the office sees it"), "long", term="办公室审核意见"),)
RETURNED = (
    Field("mend_by", _("Correction due"), "day", term="整改期限", least=1),
    Field("return_ground", _("Ground of return"), "choice", term="退回原因",
          choices=(("no_proof", _("Proof is missing or thin")), ("on_paper", _("On paper only")),
                   ("not_done", _("A measure is not done")),
                   ("no_system", _("No rule, or none that is kept")),
                   ("low_score", _("The evaluation failed")), ("papers", _("Papers are incomplete")))),
)  # fmt: skip
TALK = (
    Field("talk_on", _("Day of the talk"), "day", term="约谈日期", most=0),
    Field("talk_no", _("Number of the record of the talk"), term="约谈记录编号"),
)
SUPERIOR = (
    Field("superior_body", _("Superior or body in charge"), term="主管部门或者上级机关"),
    Field("superior_no", _("Number of our letter to it"), term="提请文号"),
)

EVALUATION = (
    *(Field(f"given_{key}", name, "whole", term=term, least=0, most=most) for key, name, term, most in SCALE),
    *(Field(f"why_{key}", name, "long", term=f"{term}依据") for key, name, term, _most in SCALE),
    Field("score", _("Points of the evaluation"), "whole", term="评估总分", least=0, most=100),
    Field("grade", _("Grade"), "choice", term="评估等次", choices=GRADES),
    Field("self_gap", _("Score of its own against this"), "choice", term="自评偏差", choices=GAPS),
    Field("rerun", _("What the same rules say over the new records"), "choice", term="数据复跑", needed=False,
          choices=(("confirmed", _("Borne out")), ("not_confirmed", _("Not confirmed")),
                   ("moved", _("Moved elsewhere")), ("cannot_be_said", _("Cannot be said")))),
    Field("ways", _("How it was evaluated"), "choices", term="评估方式",
          choices=(("report", _("Report heard")), ("interviews", _("Interviews")),
                   ("ledger", _("Ledger checked")), ("on_site", _("On-site check")))),
)  # fmt: skip
STRUCK_OFF = (
    Field("rests_on_visit", _("The records cannot say it: it rests on the look back"), "flag",
          term="记录无法说明，依回头看确认"),
)  # fmt: skip
LOOK_BACK = (
    Field("looked_on", _("Day of the look back"), "day", term="回头看日期", most=0),
    Field("look_back_found", _("What the look back found"), "long", term="回头看情况"),
    Field("systems_kept", _("Are the rules made kept"), "choice", term="制度执行", choices=YES_NO),
    Field("recurred", _("Did the same come back"), "choice", term="是否反弹", choices=YES_NO),
)
RECURRED = (
    Field("recurred_on", _("Day on which the rule fired again"), "day", term="再次触发日期"),
    Field("recur_why", _("What the records say"), "long", term="再次触发情况"),
)
RENEWED = (Field("mend_by", _("Correction due"), "day", term="整改期限", least=1),)

RECORD = (
    Field("counted_on", _("Counted on"), "day", term="计算日期"),
    Field("says", _("What the records say"), "choice", term="记录结论",
          choices=(("confirmed", _("The records confirm the correction")),
                   ("not_confirmed", _("The records do not confirm it")),
                   ("moved", _("The spending moved elsewhere")),
                   ("cannot_be_said", _("Cannot be said")))),
    Field("found", _("Found"), "whole", term="发现数", least=0),
    Field("expected", _("Expected"), term="预期数"),
    Field("ratio", _("Ratio with its interval"), term="比值"),
    Field("months", _("Months"), "whole", term="月数", least=0),
    Field("self_supplied", _("Records supplied by the unit itself"), "flag", term="本单位提供的数据"),
    Field("why", _("In words"), "long", term="说明"),
    Field("run", _("Screening"), term="筛查批次"),
)  # fmt: skip
