"""Who plays which part in an assessment, where it stands, and what it prints."""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Role, Slip, Stage

PARTIES = (
    Role("organizer", _("Who organises the assessment"), term="考核工作人员",
         office=("dept_head", "evaluator"), within="owner", restricted=True),
    Role("deputy", _("Leader in charge"), term="分管领导", office=("deputy",), within="owner",
         restricted=True),
    Role("principal", _("Principal"), term="主要负责人", office=("principal",), restricted=True),
    Role("assessed", _("Who is assessed"), term="考核对象", least=0, reads=False,
         by_everybody=True),
    Role("examiner", _("Who examines appeals"), term="申诉复核人", least=2),
)  # fmt: skip

METHOD, SELF, GRADING, REPORTING, STUDYING = (
    "method_writing", "self_assessing", "grading", "reporting", "studying"
)  # fmt: skip
STEP_OF = {METHOD: "method", SELF: "self", GRADING: "grades", REPORTING: "reports", STUDYING: "result"}
"""Stage → the step whose gate is before it."""

STAGES = (
    Stage(METHOD, _("Gate 1: method being made"), "制定考核办法"),
    Stage(SELF, _("Gate 2: self-assessment"), "自查自评"),
    Stage(GRADING, _("Gate 3: points and grades"), "量化评分和格次赋分"),
    Stage(REPORTING, _("Gate 4: reports on duty and vote"), "述职测评"),
    Stage(STUDYING, _("Gate 5: study of the result"), "分析研判"),
    Stage("decided", _("Result decided, to be told"), "结果已定，待告知"),
    Stage("notified", _("Everybody told"), "已逐人告知"),
    Stage("posted", _("Posted"), "公示"),
    Stage("settling", _("Posting over, appeals being settled"), "申诉办理"),
    Stage("closed", _("Assessment of the year closed"), "办结", open=False),
    Stage("dropped", _("Assessment not carried out"), "终止", open=False),
)

METHOD_SLIP = Slip("method", _("Method and list"), "年度考核方案", "考核方案")
TABLE = Slip("table", _("Table of grades"), "年度考核评分格次表", "格次表")
TOLD = Slip("told", _("List of results told"), "年度考核结果告知登记表", "考核告知")
POSTING = Slip("posting", _("Posting"), "年度考核优秀等次公示", "考核公示")
POSTING_CHANGE = Slip("posting_change", _("Posting of a change"), "年度考核优秀等次公示变更", "考核公示")
ANSWERS = Slip("answers", _("Answers to appeals"), "年度考核申诉复核表", "考核申诉")
SUMMARY = Slip("summary", _("Summary of the year"), "年度考核结果汇总表", "考核汇总")

LEADERS = ("deputy", "principal")
FIVE = (METHOD, SELF, GRADING, REPORTING, STUDYING)
TOLD_STAGES = ("notified", "posted", "settling")
