"""What a pattern card asks for: field, trick, trace in data, control that failed. Nobody is named."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field, Looked
from qingfeng.mechanisms.common import AREAS, RECUSAL_ASKED, YES_NO
from qingfeng.screening.tables import tables

CONTROLS = (
    ("people", _("People: choice, training, rotation")),
    ("power", _("Power: who may decide alone")),
    ("money", _("Money: budget, payment, accounts")),
    ("procedure", _("Procedure: steps, papers, separation of duties")),
    ("supervision", _("Supervision: who looks, how often, with what")),
)


def _tables() -> tuple[tuple[str, str], ...]:
    """Return the tables of records in which a trace can lie, by their Chinese name."""
    return tuple(sorted(((one.name, one.term) for one in tables().values()), key=lambda pair: pair[1]))


OPENING = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("lead", _("Number of the lead"), term="疑点编号", most=16, needed=False),
)

KEEPERS = (
    RECUSAL_ASKED,
)  # fmt: skip

CARD = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("trick", _("How it is done"), "long", term="手法",
          help=_("The steps and papers of the pattern; no name, unit, plate or amount.")),
    Field("failed_controls", _("Which controls failed"), "choices", term="失效的管控", choices=CONTROLS),
    Field("how_failed", _("Why the controls did not hold"), "long", term="管控失效原因"),
    Field("data_trace", _("Does it leave a trace in data"), "choice", term="是否有数据痕迹", choices=YES_NO),
    Field("trace_tables", _("In which records"), "choices", term="痕迹所在数据", needed=False,
          choices=Looked(_tables)),
    Field("trace", _("What the trace looks like"), "long", term="数据痕迹", needed=False,
          help=_("What stands in the records that would not otherwise: two rows, a sum, a time.")),
    Field("names_nobody", _("The card leads to nobody"), "flag", term="卡片已脱敏"),
)  # fmt: skip

RULE = (
    Field("rule_id", _("Screening rule"), term="筛查规则编号", most=60),
    Field("rule_title", _("Title of the rule"), term="筛查规则名称", most=80),
)

RULE_LINE = (
    Field("rule_code", _("Screening rule"), term="规则编号", most=60),
    Field("version_no", _("Version"), "whole", term="版本", least=1),
    Field("happened_on", _("Day"), "day", term="日期", most=0),
    Field("hand", _("By"), term="经办人", most=60, needed=False),
    Field("why", _("What was found, or why"), "long", term="情况", needed=False),
)

REJECTED = (Field("rejected_why", _("Why no rule is made of the trace"), "long", term="不转规则的理由"),)

FOLLOWED = (
    Field("follow_until", _("The field is followed until"), "day", term="跟踪至", least=1,
          help=_("Two years as a rule: whether the same comes back shows late.")),
)  # fmt: skip

SWEPT = (
    Field("swept_on", _("First screening with the rule"), "day", term="首次扫描日期", most=0),
    Field("sweep_leads", _("Leads of the rule"), "whole", term="疑点数", least=0),
    Field("sweep_units", _("Units among them"), "whole", term="涉及单位数", least=0),
    *FOLLOWED,
)

MONTH = (
    Field("month_from", _("Month"), "day", term="月份"),
    Field(
        "findings",
        _("Findings of the rule in the district"),
        "whole",
        term="规则命中数",
        needed=False,
        least=0,
    ),
    Field("units_found", _("Units among them"), "whole", term="涉及单位数", needed=False, least=0),
    Field("cases", _("Cases of the field that were opened"), "whole", term="本领域案件数", least=0),
    Field("lessons", _("Lessons of the field that were opened"), "whole", term="本领域以案促改数", least=0),
)

HIT = (
    Field("verification_no", _("Verification"), term="核查编号"),
    Field("confirmed", _("Findings confirmed, whole or in part"), "whole", term="属实及部分属实", least=0),
    Field("explained", _("Findings explained"), "whole", term="有正当理由", least=0),
    Field("refuted", _("Findings in which the rule was wrong"), "whole", term="不属实", least=0),
)

LOOK_BACK = (
    Field("looked_on", _("Day of the look back"), "day", term="回头看日期", most=0),
    Field("recurred", _("Did the same come back in this field"), "choice", term="是否再次发生",
          choices=YES_NO),
    Field("look_back_found", _("What the figures and the visits show"), "long", term="回头看情况",
          help=_("Whether the field is in order now; nothing about persons.")),
)  # fmt: skip
