"""What a topic proposal asks for: what stands out, why, what else was thought of, what it would need."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.matters.vocabulary import Field
from qingfeng.mechanisms.common import AREAS, OFFICE_KINDS, RECUSAL_ASKED

SOURCES = (
    ("petition", _("Petitions")),
    ("clue", _("Clues")),
    ("finding", _("Doubts found to be so")),
    ("prone", _("Prone areas")),
    ("pattern", _("Pattern cards")),
    ("letter", _("Letters of recommendation")),
)

DECISIONS = (
    ("campaign", _("A campaign: it opens here")),
    ("letter", _("A letter of recommendation: it opens here")),
    ("rule", _("A rule: it opens here")),
)

PROPOSAL = (
    Field("area", _("Field of work"), "choice", term="领域", choices=AREAS),
    Field("office_kind", _("Kind of office"), "choice", term="单位类别", choices=OFFICE_KINDS, needed=False,
          help=_("Left empty: offices of every kind.")),
    Field("topic", _("The topic in one line"), term="选题", most=60,
          help=_("A small cut: one kind of thing, in one kind of office; no office and nobody by name.")),
    Field("sources", _("Where it shows"), "choices", term="来源", choices=SOURCES),
    Field("seen_from", _("Looked at from"), "day", term="观察期起", most=0),
    Field("seen_until", _("until"), "day", term="观察期止", most=0),
    Field("why_now", _("What stands out, as a question"), "long", term="提出理由",
          help=_("What the numbers ask; they say of nobody that something was done.")),
    Field("purpose", _("What is to be found out or put right"), "long", term="目的"),
    Field("alternatives", _("What else was thought of, and why not"), "long", term="比选方案"),
    Field("needs", _("What it would need: people, data, time"), "long", term="所需条件"),
    Field("expected", _("What may be expected, so that it can be held against what comes"), "long",
          term="预期成效"),
    Field("expected_clues", _("Clues expected"), "whole", term="预期问题线索数", needed=False, least=0),
    Field("expected_rules", _("Rules expected"), "whole", term="预期制度数", needed=False, least=0),
    Field("names_nobody", _("It names nobody and leads to nobody"), "flag", term="不涉及具体个人"),
)  # fmt: skip
SAID = ("topic", "why_now", "purpose", "alternatives", "needs", "expected")

HANDS = (RECUSAL_ASKED,)

NUMBER = (
    Field("source", _("Source"), "choice", term="来源", choices=SOURCES),
    Field("what", _("What is counted"), term="统计内容", most=120),
    Field("now", _("In the period"), "whole", term="观察期", needed=False, least=0),
    Field("before", _("In as many days before"), "whole", term="上一同长期间", needed=False, least=0),
    Field("ratio", _("Ratio with its interval"), term="比值及区间", needed=False, most=60),
    Field("says", _("In words"), "long", term="说明", needed=False),
    Field("counted_on", _("Counted on"), "day", term="计算日期", most=0),
)  # fmt: skip

STUDY = (
    Field("other_reasons", _("What else may explain the numbers"), "long", term="其他可能原因",
          help=_("More checks, a new register, one large office, a season: each is answered.")),
    Field("data_limits", _("What the numbers cannot say"), "long", term="数据局限"),
    Field("advice", _("What is advised"), "choice", term="研究建议",
          choices=(*DECISIONS, ("no", _("Nothing")), ("later", _("To be looked at later")))),
    Field("advice_why", _("Why"), "long", term="建议理由"),
)  # fmt: skip

MEETING = (
    Field("met_on", _("Day of the meeting"), "day", term="会议日期", most=0),
    Field("minutes_no", _("Number of the minutes"), term="会议纪要编号"),
)
DECISION = (
    *MEETING,
    Field("decision", _("What is decided"), "choice", term="决策", choices=DECISIONS),
    Field("decision_why", _("Why"), "long", term="决策理由"),
)
REFUSED = (*MEETING, Field("decision_why", _("Why"), "long", term="决策理由"))
PUT_OFF = (
    Field("again_on", _("To be looked at again on"), "day", term="再议日期", least=1),
    Field("decision_why", _("Why"), "long", term="决策理由"),
)

YIELD = (
    Field("yield_of", _("What it led to"), term="由此开展", most=60),
    Field("yield_what", _("What came of it"), term="成效", most=120),
    Field("yield_count", _("Number"), "whole", term="数量", needed=False, least=0),
    Field("yield_expected", _("Expected"), "whole", term="预期", needed=False, least=0),
    Field("taken_on", _("Taken on"), "day", term="提取日期", most=0),
)

LOOK_AGAIN = (
    Field("looked_on", _("Day of the look back"), "day", term="回看日期", most=0),
    Field("against", _("Against what was expected"), "choice", term="与预期相比",
          choices=(("more", pgettext_lazy("topic", "More")), ("as", _("About as expected")),
                   ("less", _("Less")), ("cannot_be_said", _("Cannot be said")))),
    Field("came_of_it", _("What came of it"), "long", term="实际成效"),
    Field("learnt", _("What the next proposal can learn from it"), "long", term="经验教训"),
)  # fmt: skip
