"""What a campaign asks for: plan, pilots, rules and their tests, tasks, systems, summary, look back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field, Looked
from qingfeng.mechanisms.campaign.rulebook import choices as rules
from qingfeng.mechanisms.common import AREAS, RECUSAL_ASKED, YES_NO
from qingfeng.screening.tables import tables


def _tables() -> tuple[tuple[str, str], ...]:
    """Return the tables of records by their Chinese name."""
    return tuple(sorted(((one.name, one.term) for one in tables().values()), key=lambda pair: pair[1]))


OPENING = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("topic", _("Topic"), "long", term="选题",
          help=_("What is to be cleared up, and small enough: a kind of spending, a procedure.")),
    Field("topic_basis", _("What the topic rests on"), "long", term="选题依据", needed=False,
          help=_("Petitions, verified doubts, cases, pattern cards by kind and number; nobody by name.")),
    Field("purpose", _("What its data is for"), "long", term="治理目的", needed=False),
)  # fmt: skip

PLAN = (
    *OPENING[:-1],  # a campaign that a topic opened has only what both ask
    Field("purpose", _("What its data is for"), "long", term="治理目的"),
    Field("legal_basis", _("Legal basis"), term="依据"),
    Field("period_from", _("Records from"), "day", term="筛查期间起"),
    Field("period_until", _("Records until"), "day", term="筛查期间止"),
    Field("scope", _("Which units"), "choice", term="治理范围",
          choices=(("all", _("All supervised units")), ("chosen", _("The units named below")))),
    Field("units", _("Units, where not all"), "units", term="涉及单位", needed=False),
    Field("evidence_rules", _("Rules of evidence"), "long", term="证据规则",
          help=_("What a doubt needs before it counts as true; who hears the unit; what is kept.")),
    Field("pilot_by", _("Step 1 until"), "day", term="点上破题时限"),
    Field("lock_by", _("Step 2 until"), "day", term="锁定线索时限"),
    Field("sweep_by", _("Step 3 until"), "day", term="面上收网时限"),
    Field("spread_by", _("Step 4 until"), "day", term="全面铺开时限"),
    Field("data_until", _("Last day of its data"), "day", term="数据最迟删除日期", needed=False,
          help=_("Left empty: 30 days after the summary, as the district has set it.")),
)  # fmt: skip
TIMETABLE = ("pilot_by", "lock_by", "sweep_by", "spread_by")

DATA = (
    Field("data_set", _("Data set"), "choice", term="数据集", choices=Looked(_tables)),
    Field("data_holder", _("Who holds it"), term="持有单位"),
    Field("data_why", _("What it is needed for, and why less would not do"), "long", term="用途和必要性"),
)

APPROVED = (Field("approval_no", _("Number of the approval"), term="审批件编号"),)
TEAM = (
    RECUSAL_ASKED,
)  # fmt: skip

DIVE = (
    Field("dived_on", _("Day of the dive"), "day", term="深挖日期", most=0),
    Field("dived_place", _("Place of the dive"), term="地点"),
    Field("dived_papers", _("Papers and records seen"), "long", term="查阅资料"),
    Field("dived_asked", _("Posts that were asked, and about what"), "long", term="询问岗位及内容"),
    Field("dived_saw", _("What was learnt there"), "long", term="了解情况"),
    Field("dived_files", _("Copies"), "files", term="底稿", needed=False),
)

PROBLEM = (
    Field("problem", _("Problem"), "long", term="问题",
          help=_("The gap, never a person: who did it stands in the verification.")),
    Field("problem_basis", _("Which provision it departs from"), term="对照条款"),
    Field("problem_spread", _("How far it may reach"), "choice", term="面上可能性",
          choices=(("one", _("Here only")), ("some", _("Some units")), ("all", _("Every unit of the kind")))),
)  # fmt: skip

PILOT = (
    Field("trick", _("How it is done"), "long", term="手法",
          help=_("The steps and papers of the pattern; no name, unit, plate or amount.")),
    Field("why_unseen", _("Why the controls did not see it"), "long", term="管控失效原因"),
    Field("data_trace", _("Does it leave a trace in data"), "choice", term="是否有数据痕迹", choices=YES_NO),
    Field("trace_tables", _("In which records"), "choices", term="痕迹所在数据", needed=False,
          choices=Looked(_tables)),
    Field("trace", _("What the trace looks like"), "long", term="数据痕迹", needed=False),
    Field("pilot_no", _("Number of the report"), term="破题报告编号"),
)  # fmt: skip
PILOTS_TOLD = (
    Field("pilots_told", _("What the pilot units are told"), "long", term="告知内容",
          help=_("One letter to all of them: nothing about a single one, no rule, no doubt.")),
)  # fmt: skip

RULES = (
    Field("rules", _("Rules"), "choices", term="筛查规则", choices=Looked(rules), least=1),
    Field("rules_why", _("How the trick became these rules"), "long", term="规则依据"),
)
RULE_TEST = (
    Field("tested_rule", _("Rule"), "choice", term="规则", choices=Looked(rules)),
    Field("tested_version", _("Version of the rule"), term="版本", most=80, needed=False),
    Field("sample_size", _("Findings or rows looked at"), "whole", term="样本数", least=1),
    Field("sample_right", _("Of these the rule was right"), "whole", term="规则正确", least=0),
    Field("sample_wrong", _("Of these it was wrong"), "whole", term="规则错误", least=0),
    Field("sample_missed", _("Known ones that it did not find"), "whole", term="漏报", least=0,
          needed=False),
    Field("sample_how", _("Where the labels come from"), "long", term="样本来源和标注方法"),
    Field("sample_paper", _("The labelled sample"), "files", term="标注样本", needed=False),
)  # fmt: skip

DOUBTS = (
    Field("doubts_rule", _("Rule"), "choice", term="规则", choices=Looked(rules)),
    Field("doubts_tier", _("Tier"), term="等级", most=1),
    Field("doubts_read", _("Rows that the rule is about"), "whole", term="适用记录数", least=0),
    Field("doubts_found", _("Hits in period and scope"), "whole", term="命中数", least=0),
    Field("doubts_units", _("Number of units"), "whole", term="涉及单位数", least=0),
)

TASK = (
    Field("task_what", _("What is verified"), "long", term="核查内容",
          help=_("Rule and batch; the units stand in the verifications.")),
    Field("task_doubts", _("Number of doubts"), "whole", term="疑点数", least=1),
    Field("task_who", _("Who verifies: two at least"), "persons", term="核查人员", least=2),
    Field("task_due", _("Until"), "day", term="完成时限"),
    Field("task_done", _("How it ended"), "long", term="完成情况", needed=False),
)  # fmt: skip
TASK_SET = ("task_what", "task_doubts", "task_who", "task_due")

SELF_CHECKS = (
    Field("self_topics", _("What the units look at"), "long", term="自查内容",
          help=_("The subject and the provisions; never a rule, a threshold, or that there is a doubt.")),
    Field("self_by", _("Until"), "day", term="自查报送时限", least=1),
    Field("units_asked", _("Units that are asked"), "units", term="自查单位", needed=False),
)  # fmt: skip

SYSTEM = (
    Field("system_name", _("Name of the rule made"), term="制度名称"),
    Field("system_no", _("Its number"), term="文号"),
    Field("system_unit", _("Who issued it"), term="制发单位"),
    Field("system_from", _("In force from"), "day", term="施行日期"),
    Field("system_closes", _("Which gap it closes"), "long", term="堵塞漏洞"),
)

KEPT_ON = (
    Field("kept_request", _("Number of the data request"), term="数据调取编号", most=60),
    Field("kept_purpose", _("The other lawful purpose"), "long", term="继续留存的合法目的"),
    Field("kept_law", _("Its provision"), term="依据条款"),
    Field("kept_until", _("Kept until"), "day", term="留存至", least=1),
)

DELETED = (
    Field("deleted_request", _("Number of the data request"), term="数据调取编号", most=60),
    Field("deleted_files", _("Files"), "long", term="文件"),
    Field("deleted_sha256", _("SHA-256"), "long", term="哈希（SHA-256）"),
    Field("deleted_on", _("Deleted on"), "day", term="删除日期"),
    Field("deleted_record", _("Record of the deletion"), "long", term="删除记录"),
)

LOOK_BACK = (
    Field("looked_on", _("Day of the look back"), "day", term="回头看日期", most=0),
    Field("look_back_found", _("What the look back found"), "long", term="回头看情况"),
    Field("systems_kept", _("Are the rules made kept"), "choice", term="制度执行", choices=YES_NO),
    Field("recurred", _("Did the same come back"), "choice", term="是否反弹", choices=YES_NO),
)
CLOSED = (Field("close_opinion", _("Opinion on striking it off"), "long", term="销号意见"),)
AGAIN = (Field("sweep_by", _("Step 3 until"), "day", term="面上收网时限", least=1),)
LONGER = (
    Field("until", _("New day approved"), "day", term="批准延至", least=0),
)  # fmt: skip
