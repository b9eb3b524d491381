"""Stories of pattern cards, as plain data; fictional. `mechanisms/sampling.py` plays them."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "公务用车加油环节规律卡",
    "opened_by": "case_supervisor",
    "owner": "style",
    "facts": {"area": "conduct"},
    "parties": {"keeper": ["style_one"]},
}

FILLED: dict[str, Any] = {
    "day": 8,
    "by": "style_one",
    "act": "fill",
    "facts": {
        "area": "conduct",
        "trick": "公务油卡在加油站为其他车辆加油，按公务用车登记报销，单次加油量高于该车油箱容积。",
        "failed_controls": ["procedure", "supervision"],
        "how_failed": "加油明细与车辆油箱容积没有人核对，油卡由驾驶员单独保管。",
        "data_trace": "yes",
        "trace_tables": ["fuel", "vehicle"],
        "trace": "同一笔加油的升数高于登记油箱容积的一定比例。",
        "names_nobody": True,
    },
}
RULE: dict[str, Any] = {"rule_id": "d_fuel_over_tank_towns", "rule_title": "单次加油超油箱容积（从严）"}


def ruled(day: int, act: str, why: str, **facts: Any) -> dict[str, Any]:
    """Return the step by which the house enters what became of the rule."""
    line = {
        "rule_code": RULE["rule_id"], "version_no": 1, "happened_on": f"day:{day}", "hand": "数据分析员",
        "why": why,
    }  # fmt: skip
    return {"day": day, "by": "house", "act": act, "facts": facts, "lines": {"rules": [line]}}


WRITTEN = ruled(15, "link_rule", "由现有规则调整参数拟定。", **RULE)
TRIED = ruled(16, "note_rule", "历史数据试跑：发现9条，涉及4个单位。")
IN_USE = ruled(20, "use_rule", "双人审核后启用。", **RULE)
SWEPT: dict[str, Any] = {
    "day": 22,
    "by": "house",
    "act": "note_sweep",
    "facts": {"swept_on": "day:22", "sweep_leads": 7, "sweep_units": 4, "follow_until": "months:22+24"},
}
MONTH: dict[str, Any] = {
    "day": 55,
    "by": "house",
    "act": "note_month",
    "lines": {
        "months": [{"month_from": "day:25", "findings": 2, "units_found": 1, "cases": 0, "lessons": 1}]
    },
}
HIT: dict[str, Any] = {
    "day": 70,
    "by": "house",
    "act": "note_hit",
    "lines": {
        "hits": [{"verification_no": "核〔{year}〕031号", "confirmed": 1, "explained": 0, "refuted": 0}]
    },
}


def looked_back(recurred: str, found: str, *, day: int = 740) -> dict[str, Any]:
    """Return the step of a look back."""
    return {
        "day": day,
        "by": "style_one",
        "second": "analyst",
        "act": "look_back",
        "facts": {"looked_on": f"day:{day}", "recurred": recurred, "look_back_found": found},
    }


TO_FOLLOWED = (FILLED, WRITTEN, TRIED, IN_USE, SWEPT, MONTH, HIT)
CLOSED: dict[str, Any] = {"day": 750, "by": "deputy", "act": "close"}

CASES: dict[str, dict[str, Any]] = {
    "closed": {
        **OPENING,
        "steps": (*TO_FOLLOWED, looked_back("no", "近一年规则命中逐月下降，核查无新增属实。"), CLOSED),
    },
    "rejected": {
        **OPENING,
        "title": "办公用品采购验收环节规律卡",
        "facts": {"area": "procurement"},
        "steps": (
            {
                **FILLED,
                "facts": {
                    **FILLED["facts"],
                    "area": "procurement",
                    "trick": "入库单与发票同日补做，验收签字由一人完成。",
                    "trace_tables": ["invoice"],
                    "trace": "发票日期与入库日期为同一天。",
                },
            },
            {
                "day": 20,
                "by": "deputy",
                "act": "reject_trace",
                "facts": {"rejected_why": "同日入库开票在应急采购中属正常，历史数据试跑误报多，改为抽查。"},
            },
            {"day": 25, "by": "style_one", "act": "follow", "facts": {"follow_until": "months:25+24"}},
            looked_back("no", "两年内本领域未再发生同类案件。", day=745),
            {**CLOSED, "day": 752},
        ),
    },
    "came_back": {
        **OPENING,
        "title": "公务用车加油环节规律卡（镇街）",
        "steps": (
            *TO_FOLLOWED,
            looked_back("yes", "规则命中下降后又回升，两个单位再次出现同类情形。"),
            {"day": 745, "by": "deputy", "act": "take_up", "reason": "同类情形再次出现，重新研判。"},
        ),
    },
    "retired": {
        **OPENING,
        "title": "公务用车加油环节规律卡（国企）",
        "steps": (*TO_FOLLOWED, ruled(120, "drop_rule", "误报过多，停用后重新拟定。")),
    },
    "covered": {
        **OPENING,
        "title": "公务用车加油环节规律卡（同类）",
        "steps": ({"day": 4, "by": "principal", "act": "cover", "reason": "与同类规律卡合并。"},),
    },
}
