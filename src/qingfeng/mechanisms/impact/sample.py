"""Stories of impact assessments, as plain data; fictional. See `mechanisms/sampling.py`."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "公务接待专项数据使用影响评估",
    "opened_by": "analyst",
    "owner": "style",
    "facts": {
        "about": "drive",
        "purpose": "核对接待费用与公函是否相符，只用于公务接待专项。",
        "data_list": "接待台账（日期、单位、金额）；支付明细（日期、单位、金额）。",
    },
}

ASSESSMENT: dict[str, Any] = {
    "lawful_basis": "duty",
    "basis_text": "监察法第十八条",
    "necessity": "少于所列字段无法核对单位、日期和金额。",
    "categories": ["names", "payments"],
    "sensitive": ["none"],
    "sensitive_need": None,
    "whose": "二十家单位的经办人员和公务卡持卡人",
    "effect": "误配可能使经办人被询问；结论前先听取说明。",
    "risk": "medium",
    "measures": "最小字段、哈希存储、两人核查、到期删除，与风险程度相适应。",
    "kept_until": "months:0+6",
    "told": "no",
    "told_why": "告知将妨碍履行法定职责；结束后在统计公开中说明。",
    "result": "with_measures",
}

ASSESSED: tuple[dict[str, Any], ...] = (
    {"day": 3, "by": "analyst", "act": "assess", "facts": ASSESSMENT},
    {"day": 4, "by": "analyst", "act": "submit"},
)
STANDS: tuple[dict[str, Any], ...] = (
    *ASSESSED,
    {
        "day": 6,
        "by": "style_head",
        "act": "let_stand",
        "facts": {"review": "目的明确、清单最小，措施与风险相适应。"},
    },
)
AGAIN: tuple[dict[str, Any], ...] = (
    {
        "day": 60,
        "by": "style_head",
        "act": "look_again",
        "reason": "专项增加一张表，评估重新进行。",
        "facts": {
            "changed_what": ["list"],
            "purpose": OPENING["facts"]["purpose"],
            "data_list": "接待台账、支付明细（日期、单位、金额）；公函登记（编号、日期）。",
        },
    },
    {"day": 62, "by": "analyst", "act": "assess", "facts": ASSESSMENT},
    {"day": 62, "by": "analyst", "act": "submit"},
    {
        "day": 64,
        "by": "style_head",
        "act": "let_stand",
        "facts": {"review": "新增公函登记不含个人信息，结论不变。"},
    },
)

DESCRIBED: dict[str, Any] = {"day": 1, "by": "analyst", "act": "describe", "facts": OPENING["facts"]}

CASES: dict[str, dict[str, Any]] = {
    "for_campaign": {**OPENING, "title": "专项治理数据使用影响评估", "steps": (DESCRIBED, *STANDS)},
    "stands": {**OPENING, "steps": STANDS},
    "kept": {
        **OPENING,
        "title": "惠民补贴核查数据使用影响评估",
        "steps": (
            *STANDS,
            *AGAIN,
            {
                "day": 180,
                "by": "analyst",
                "act": "end",
                "facts": {"ended_on": "day:180", "keep_until": "months:180+36"},
            },
            {"day": 1280, "by": "style_head", "act": "close"},
        ),
    },
    "refused": {
        **OPENING,
        "title": "就医记录比对影响评估",
        "facts": {
            "about": "data_set",
            "purpose": "核对病假与出勤。",
            "data_list": "就医记录（姓名、日期、科室）。",
        },
        "steps": (
            {
                "day": 2,
                "by": "analyst",
                "act": "assess",
                "facts": {
                    **ASSESSMENT,
                    "lawful_basis": "none",
                    "basis_text": "未找到职权依据",
                    "categories": ["names"],
                    "sensitive": ["medical"],
                    "sensitive_need": "非严格必要：考勤登记即可核对。",
                    "risk": "high",
                    "kept_until": None,
                    "result": "not_acceptable",
                },
            },
            {"day": 2, "by": "analyst", "act": "submit"},
            {
                "day": 3,
                "by": "deputy",
                "act": "refuse",
                "facts": {
                    "review": "就医信息属敏感个人信息，非履职必需，不得处理。",
                    "keep_until": "months:3+36",
                },
            },
        ),
    },
}
