"""Stories of topics, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

PROPOSAL: dict[str, Any] = {
    "area": "conduct",
    "office_kind": "town",
    "topic": "镇街公务用车加油与里程不相匹配",
    "sources": ["finding", "clue", "pattern"],
    "seen_from": "day:-182",
    "seen_until": "day:-1",
    "why_now": "近两个季度镇街车辆加油疑点属实数高于前两个季度：是用车管理松动，还是新纳入的车辆较多？",
    "purpose": "弄清加油与里程不相匹配的成因，规范派车、加油、报销三个环节。",
    "alternatives": "逐件提醒：已提醒过，未见减少。全区统一检查：范围过大，人手不足。",
    "needs": "抽调财政、机关事务人员各一名，调取近一年加油卡与里程数据，三个月。",
    "expected": "查明两类以上成因，形成一项可执行的加油核销制度，同类疑点半年内下降三成。",
    "expected_clues": 2,
    "expected_rules": 1,
    "names_nobody": True,
}

OPENING: dict[str, Any] = {
    "title": "镇街公务用车加油专项治理选题",
    "opened_by": "analyst",
    "owner": "style",
    "facts": PROPOSAL,
}

NUMBER: dict[str, Any] = {
    "source": "clue",
    "what": "登记的问题线索",
    "now": 9,
    "before": 6,
    "counted_on": "day:3",
}

HANDED_IN: tuple[dict[str, Any], ...] = (
    {
        "day": 2,
        "by": "style_head",
        "act": "set_hands",
        "facts": {"recusal_checked": True},
        "parties": {"studier": ["style_one", "style_two"]},
    },
    {"day": 3, "by": "analyst", "act": "count", "lines": {"numbers": [NUMBER]}},
    {"day": 4, "by": "analyst", "act": "amend", "facts": PROPOSAL},
    {"day": 6, "by": "analyst", "act": "hand_in"},
)


def studied(advice: str, why: str) -> dict[str, Any]:
    """Return the step of a study."""
    return {
        "day": 20,
        "by": "style_one",
        "second": "style_two",
        "act": "study",
        "facts": {
            "other_reasons": "新增车辆四辆，已扣除；冬季取暖用油在登记用途之外，单列。",
            "data_limits": "里程数据缺两个月；疑点核查尚有三成未办结。",
            "advice": advice,
            "advice_why": why,
        },
    }


MET: dict[str, Any] = {"met_on": "day:28", "minutes_no": "会纪{year}-05"}
DECIDED: dict[str, Any] = {
    "day": 28,
    "by": "deputy",
    "act": "decide",
    "facts": {
        **MET,
        "decision": "campaign",
        "decision_why": "小切口、数据可得、成因可查，同意开展专项治理。",
    },
}
LOOKED: tuple[dict[str, Any], ...] = (
    {
        "day": 380,
        "by": "style_one",
        "act": "take_yields",
        "lines": {
            "yields": [{"yield_of": "专项治理", "yield_what": "阶段", "taken_on": "day:380"}],
        },
    },
    {
        "day": 385,
        "by": "style_one",
        "second": "style_two",
        "act": "look_again",
        "facts": {
            "looked_on": "day:385",
            "against": "less",
            "came_of_it": "查明一类成因，制度已印发，疑点下降尚在波动范围内，不能说明与治理有关。",
            "learnt": "提出选题时先核实数据是否完整，预期按季度写明。",
        },
    },
    {"day": 392, "by": "deputy", "act": "close"},
)

CASES: dict[str, dict[str, Any]] = {
    "carried_out": {
        **OPENING,
        "steps": (
            *HANDED_IN,
            {"day": 12, "by": "style_one", "act": "send_back", "reason": "请补充其他可能原因的核实情况。"},
            {"day": 14, "by": "analyst", "act": "hand_in"},
            studied("campaign", "成因集中、数据可得，适合专项治理。"),
            DECIDED,
            *LOOKED,
        ),
    },
    "refused": {
        **OPENING,
        "title": "机关单位办公用品采购选题",
        "facts": {**PROPOSAL, "area": "procurement", "office_kind": "organ", "topic": "办公用品小额多次采购"},
        "steps": (
            HANDED_IN[0],
            HANDED_IN[1],
            {**HANDED_IN[3], "day": 5},
            studied("no", "数量上升可由集中补货解释，未见异常。"),
            {
                "day": 28,
                "by": "principal",
                "act": "refuse",
                "facts": {**MET, "decision_why": "上升可以解释，不作选题，列入日常监督。"},
            },
        ),
    },
    "put_off": {
        **OPENING,
        "title": "村级小额工程选题",
        "facts": {**PROPOSAL, "area": "villages", "office_kind": "village", "topic": "村级小额工程拆分"},
        "steps": (
            HANDED_IN[0],
            HANDED_IN[1],
            {**HANDED_IN[3], "day": 5},
            studied("later", "数据只有一个季度，三个月后再看。"),
            {
                "day": 28,
                "by": "deputy",
                "act": "put_off",
                "facts": {"again_on": "months:28+3", "decision_why": "数据不足，三个月后再议。"},
            },
            {"day": 118, "by": "analyst", "act": "take_up"},
        ),
    },
    "let_go": {
        **OPENING,
        "title": "差旅住宿选题",
        "facts": {**PROPOSAL, "topic": "差旅住宿超标"},
        "steps": (
            HANDED_IN[0],
            HANDED_IN[1],
            {**HANDED_IN[3], "day": 5},
            studied("later", "标准正在调整，待新标准施行后再看。"),
            {
                "day": 28,
                "by": "deputy",
                "act": "put_off",
                "facts": {"again_on": "months:28+3", "decision_why": "待新标准施行。"},
            },
            {"day": 120, "by": "deputy", "act": "let_go", "reason": "新标准施行后疑点消失，不再作选题。"},
        ),
    },
    "dropped": {
        **OPENING,
        "title": "会议培训费选题",
        "facts": {**PROPOSAL, "topic": "会议培训费重复列支"},
        "steps": ({"day": 6, "by": "analyst", "act": "drop", "reason": "与市级专项重复，撤回。"},),
    },
}
