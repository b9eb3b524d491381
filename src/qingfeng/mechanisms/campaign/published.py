"""The figures of a campaign's yields, and the forms on which they are said outside.

What is said and what the house counts stand side by side on a line; where they differ the line says why.
"""

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.vocabulary import Field

FIGURES = (
    ("rows", _("Rows screened"), "筛查记录数"),
    ("hits", _("Hits"), "规则命中数"),
    ("true", _("Doubts verified as true"), "核查属实疑点"),
    ("part", _("Doubts verified as true in part"), "部分属实疑点"),
    ("explained", _("Doubts explained"), "有正当理由疑点"),
    ("refuted", _("Doubts in which the rule was wrong"), "不属实疑点"),
    ("units_found", _("Units in which something was found"), "查实问题单位"),
    ("clues", _("Clues"), "问题线索"),
    ("cases", _("Cases filed"), "立案件数"),
    ("recovered", _("Yuan recovered after verification"), "核查追回资金（元）"),
    ("systems", _("Rules made in it"), "建章立制"),
    ("self_units", _("Units that reported problems themselves"), "自查报告问题单位"),
    ("self_problems", _("Problems that units reported themselves"), "自查报告问题数"),
    ("self_recovered", _("Yuan recovered by units themselves"), "自查清退资金（元）"),
)
"""Key, name and term, in the order of the work; self-reported ones stand apart, at the end."""

OWN = ("self_units", "self_problems", "self_recovered")
"""What units reported themselves: never added to what was found."""
MONEY = ("recovered", "self_recovered")


def said_key(figure: str) -> str:
    """Return the key of the field in which a figure is said."""
    return f"said_{figure}"


def _said(*, needed: bool) -> tuple[Field, ...]:
    return tuple(
        Field(said_key(key), name, "money" if key in MONEY else "whole", term=term, needed=needed, least=0)
        for key, name, term in FIGURES
    )


WHY = Field("difference_why", _("Why a number said differs from the one counted"), "long",
            term="数字差异说明", needed=False)  # fmt: skip

CIRCULAR = (
    Field("circular_title", _("Title of the circular"), term="通报标题", most=60),
    Field("circular_text", _("Text, without names of persons and units"), "long", term="通报内容"),
    Field("circular_to", _("To whom it goes"), term="印发范围"),
    *_said(needed=False),
    WHY,
)
SUMMARY = (
    Field("summary_text", _("What was done, found and changed"), "long", term="总结报告"),
    Field("summary_no", _("Number of the summary"), term="总结报告编号"),
    *_said(needed=True),
    WHY,
)

LINE = (
    Field("where_said", _("Where it is said"), "choice", term="公布载体",
          choices=(("circular", _("Circular of typical cases")), ("summary", _("Summary")))),
    Field("figure", _("Figure"), "choice", term="指标",
          choices=tuple((key, name) for key, name, _term in FIGURES)),
    Field("number_said", _("Number said"), term="公布数", most=40),
    Field("number_counted", _("Number counted"), term="系统计数", most=40),
    Field("differs", _("Do they differ"), "flag", term="是否不一致"),
    Field("why_differs", _("Why they differ"), "long", term="差异说明", needed=False),
)  # fmt: skip

COUNT = (
    Field("counted_on", _("Counted on"), "day", term="计数日期"),
    *(Field(key, name, "money" if key in MONEY else "whole", term=term, least=0)
      for key, name, term in FIGURES),
    Field("a_hits", _("Doubts of tier A"), "whole", term="A级疑点", least=0),
    Field("a_left", _("Of these not verified yet"), "whole", term="A级未核", least=0),
    Field("b_hits", _("Doubts of tier B"), "whole", term="B级疑点", least=0),
    Field("b_left", _("Of these not verified yet, tier B"), "whole", term="B级未核", least=0),
    Field("clues_left", _("Clues not decided yet"), "whole", term="线索未办结", least=0),
    Field("unverifiable", _("Doubts that cannot be verified"), "whole", term="无法核实疑点", least=0),
    Field("both_units", _("Units that reported themselves and in which something was found"), "whole",
          term="自查报告且查实单位", least=0),
    Field("letters", _("Letters of recommendation"), "whole", term="纪检监察建议", least=0),
)  # fmt: skip
