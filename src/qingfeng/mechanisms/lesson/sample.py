"""Stories of lessons, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "物资采购验收环节以案促改",
    "opened_by": "case_supervisor",
    "owner": "case_supervision",
    "facts": {"area": "procurement"},
    "parties": {"unit": ["water"]},
}

DISSECTED: tuple[dict[str, Any], ...] = (
    {
        "day": 3,
        "by": "case_supervisor",
        "act": "set_team",
        "facts": {"recusal_checked": True},
        "parties": {"dissector": ["style_one", "style_two"], "unit": ["water"]},
    },
    {"day": 5, "by": "style_one", "act": "begin"},
    {
        "day": 28,
        "by": "style_one",
        "second": "style_two",
        "act": "dissect",
        "facts": {
            "area": "procurement",
            "post_kind": "buying",
            "failed_controls": ["power", "procedure"],
            "how_done": "申请、验收、付款签字由同一岗位完成，入库单与发票同日补做。",
            "how_failed": "验收没有第二人复核，入库单可以事后补录，财务只核对金额。",
            "should_have_seen": ["second", "finance"],
            "data_trace": "yes",
            "dissection_no": "剖析{year}-03",
        },
    },
)

EDUCATED: dict[str, Any] = {
    "day": 45,
    "by": "style_two",
    "act": "educate",
    "lines": {
        "education": [
            {
                "education_kind": "meeting",
                "held_on": "day:45",
                "held_for": "采购、验收、财务岗位人员",
                "present": 46,
                "names_nobody": True,
                "education_no": "教育{year}-07",
            }
        ]
    },
}

ANSWERED: tuple[dict[str, Any], ...] = (
    {
        "day": 50,
        "by": "deputy",
        "act": "answer_letter",
        "facts": {"letter_answer": "case", "letter_why": "案件办结前已研判制发建议。"},
    },
    {
        "day": 51,
        "by": "deputy",
        "act": "answer_rule",
        "facts": {"rule_answer": "exists", "rule_why": "验收办法要求两人签字，未执行，重在落实。"},
    },
    {
        "day": 52,
        "by": "style_one",
        "act": "answer_pattern",
        "facts": {
            "pattern_answer": "rejected",
            "pattern_why": "同日入库开票在应急采购中属正常，规则误报较多，改为抽查。",
        },
    },
)

REPORTED: dict[str, Any] = {
    "day": 80,
    "by": "style_one",
    "second": "style_two",
    "act": "report",
    "facts": {"closing_no": "报结{year}-02"},
}
ACCEPTED: dict[str, Any] = {
    "day": 90,
    "by": "deputy",
    "act": "accept",
    "facts": {"opinion": "同意报结，半年后回头看。"},
}


def looked_back(recurred: str, found: str, *, day: int = 265) -> dict[str, Any]:
    """Return the step of a look back."""
    return {
        "day": day,
        "by": "style_two",
        "second": "style_one",
        "act": "look_back",
        "facts": {"looked_on": f"day:{day}", "recurred": recurred, "look_back_found": found},
    }


TO_REPORT = (*DISSECTED, EDUCATED, *ANSWERED, REPORTED)

CASES: dict[str, dict[str, Any]] = {
    "closed": {
        **OPENING,
        "steps": (
            *TO_REPORT,
            ACCEPTED,
            looked_back("no", "抽查六批入库单，均由两人当日签字，管控有效。"),
            {"day": 280, "by": "case_supervisor", "act": "close"},
        ),
    },
    "taught": {
        **OPENING,
        "title": "公务接待审批环节以案促改",
        "facts": {"area": "conduct"},
        "parties": {"unit": ["housing"]},
        "steps": (
            {**DISSECTED[0], "parties": {"dissector": ["style_one", "style_two"], "unit": ["housing"]}},
            *DISSECTED[1:],
            {"day": 30, "by": "style_one", "act": "test"},
            EDUCATED,
            *ANSWERED,
            REPORTED,
            ACCEPTED,
        ),
    },
    "came_back": {
        **OPENING,
        "title": "公务用车管理以案促改",
        "facts": {"area": "conduct"},
        "steps": (
            *TO_REPORT,
            {"day": 84, "by": "deputy", "act": "send_back", "reason": "教育对象未覆盖下属单位，请补充。"},
            {**EDUCATED, "day": 88},
            {**REPORTED, "day": 92},
            {**ACCEPTED, "day": 98},
            looked_back("yes", "下属单位仍有一人验收，入库单事后补录。", day=270),
            {"day": 275, "by": "deputy", "act": "take_up", "reason": "同类问题再次出现，重新治理。"},
        ),
    },
    "covered": {
        **OPENING,
        "title": "物资采购验收环节以案促改（同类）",
        "steps": ({"day": 4, "by": "principal", "act": "cover", "reason": "与同类案件合并剖析，避免重复。"},),
    },
}
