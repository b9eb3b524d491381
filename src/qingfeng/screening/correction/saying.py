"""What the records say, in sentences that a clerk understands; both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qingfeng.screening.correction.judging import Verdict

Values = Mapping[str, Any]

HEADS = {
    "confirmed": ("The records confirm the correction.", "数据印证整改。"),
    "not_confirmed": ("The records do not show a correction.", "数据未显示整改效果。"),
    "moved": ("The findings have gone here and come up elsewhere.", "疑点在此处减少，在别处出现。"),
    "cannot_be_said": ("The records cannot say.", "现有数据不足以判断。"),
}


def _n(value: Any) -> str:
    """Return a number with one decimal where it has any."""
    return f"{value:.1f}".removesuffix(".0")


def _listed(value: Any) -> str:
    return "、".join(map(str, value))


SENTENCES: dict[str, tuple[Callable[[Values], str], Callable[[Values], str]]] = {
    "gone": (
        lambda v: (
            f"{v['rule']}: {v['found']} found; {_n(v['expected'])} to be expected had nothing been done."
        ),
        lambda v: f"{v['rule']}：发现{v['found']}条；如未整改，预计应有{_n(v['expected'])}条。",
    ),
    "still_found": (
        lambda v: f"{v['rule']}: still {v['found']} found, where {_n(v['expected'])} were to be expected.",
        lambda v: f"{v['rule']}：仍发现{v['found']}条，如未整改预计应有{_n(v['expected'])}条。",
    ),
    "came_back": (
        lambda v: (
            f"It came back after the letter was struck off ({v['day']}); "
            "records are compared anew after the next day of correction."
        ),
        lambda v: f"销号后再次命中（{v['day']}），待新的整改期限届满后重新比对。",
    ),
    "within_chance": (
        lambda v: f"{_listed(v['rules'])}: fewer than before, but no fewer than chance can make them.",
        lambda v: f"{_listed(v['rules'])}：比以前少，但偶然波动也可能如此。",
    ),
    "too_few": (
        lambda v: (
            f"Only {_n(v['expected'])} findings were to be expected; at least {_n(v['least'])} are needed"
            + (
                f", in about {_n(v['more_months'])} months more."
                if v["more_months"]
                else "; that will not be in two years: the look-back visit decides."
            )
        ),
        lambda v: (
            f"按以往情况仅预计{_n(v['expected'])}条，至少要有{_n(v['least'])}条才能判断"
            + (
                f"，约需再等{_n(v['more_months'])}个月。"
                if v["more_months"]
                else "，两年内难以达到，以回头看实地核查为准。"
            )
        ),
    ),
    "too_early": (
        lambda v: (
            f"Records of {v['months']} whole months after the correction was due; "
            f"at least {v['least']} are needed."
        ),
        lambda v: (
            f"整改期满后只有{v['months']}个完整月的数据，至少需要{v['least']}个月。"
            if v["months"]
            else f"整改期满后还没有完整月的数据，至少需要{v['least']}个月。"
        ),
    ),
    "no_rule": (
        lambda _: "No rule shows the problem in data: the look-back visit decides.",
        lambda _: "没有规则能从数据反映该问题，以回头看实地核查为准。",
    ),
    "unit_unknown": (
        lambda _: "No one unit of the records goes by this unit's names.",
        lambda _: "数据中没有唯一对应该单位名称的单位。",
    ),
    "not_run": (
        lambda v: f"{v['rule']}: did not run in this screening, {v['reason'][0]}.",
        lambda v: f"{v['rule']}：本次筛查未运行，{v['reason'][1]}。",
    ),
    "sources_missing": (
        lambda v: f"There are no records any more from: {_listed(v['sources'])}.",
        lambda v: f"以下来源不再有数据：{_listed(v['sources'])}。",
    ),
    "months_missing": (
        lambda v: f"No records have come of: {_listed(v['months'])}.",
        lambda v: f"以下月份没有到数：{_listed(v['months'])}。",
    ),
    "subjects_gone": (
        lambda v: f"Only {v['share']:.0%} of the vehicles and cards of before are still in the records.",
        lambda v: f"原有车辆、卡号中仅{v['share']:.0%}仍在数据中。",
    ),
    "came_up_elsewhere": (
        lambda v: f"{v['rule']}: {v['found']} found, where {_n(v['expected'])} were to be expected.",
        lambda v: f"{v['rule']}：发现{v['found']}条，预计只有{_n(v['expected'])}条。",
    ),
    "just_under": (
        lambda v: (
            f"{v['rule']}: {v['after']:.1%} of the rows lie just under the limit, before {v['before']:.1%}."
        ),
        lambda v: f"{v['rule']}：{v['after']:.1%}的记录刚好低于标准，整改前为{v['before']:.1%}。",
    ),
}


def sentences(verdict: Verdict, titles: Mapping[str, str], *, language: str = "zh") -> list[str]:
    """Return a verdict in sentences: what it says first, then why, then who supplied the records.

    Args:
        verdict: What was judged.
        titles: Rule to its title; a rule without one is named by its id.
        language: "zh" or "en".
    """
    place = 1 if language.startswith("zh") else 0
    said = [HEADS[verdict.says][place]]
    for key, values in verdict.because:
        named: dict[str, Any] = dict(values)
        if "rule" in named:
            named["rule"] = titles.get(str(named["rule"]), named["rule"])
        if "rules" in named:
            named["rules"] = [titles.get(str(one), one) for one in named["rules"]]
        said.append(SENTENCES[key][place](named))
    if verdict.self_supplied:
        said.append(("The unit itself supplied the records.", "数据由该单位自行提供。")[place])
    return said
