"""Stories of reports on prone areas, as plain data; fictional. See `mechanisms/sampling.py`."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "季度易发区分析报告",
    "opened_by": "analyst",
    "owner": "style",
    "facts": {},
}

TAKEN: dict[str, Any] = {"day": 1, "by": "analyst", "act": "take_cells"}
DRAFTED: dict[str, Any] = {
    "day": 4,
    "by": "analyst",
    "act": "draft",
    "facts": {
        "summary": "从已经核实的疑点看，各类费用之间差别有限，车辆运行和公务接待需要继续核查后再作判断。",
        "limits": "核实数量少，区间较宽；未提供数据的单位没有比较，不表示没有问题。",
        "public_text": "本季度对公务用车、公务接待、卡券等费用开展了数据比对，核实工作正在进行。",
    },
}
SUBMITTED: dict[str, Any] = {"day": 6, "by": "analyst", "second": "style_head", "act": "submit"}
REVIEWED: dict[str, Any] = {
    "day": 8,
    "by": "deputy",
    "act": "review",
    "facts": {"review_opinion": "口径清楚，核实数与命中数已经分列。"},
}
APPROVED: dict[str, Any] = {
    "day": 10,
    "by": "principal",
    "act": "approve",
    "facts": {"approval": "同意发布，请继续核查。"},
}
PUBLISHED: dict[str, Any] = {"day": 11, "by": "analyst", "act": "publish"}
TO_PUBLISHED = (TAKEN, DRAFTED, SUBMITTED, REVIEWED, APPROVED, PUBLISHED)

CASES: dict[str, dict[str, Any]] = {
    "published": {
        **OPENING,
        "steps": (*TO_PUBLISHED, {"day": 12, "by": "style_head", "act": "propose_topic"}),
    },
    "followed": {**OPENING, "steps": (*TO_PUBLISHED, {"day": 112, "by": "house", "act": "open_next"})},
    "ended": {
        **OPENING,
        "steps": (
            TAKEN,
            DRAFTED,
            SUBMITTED,
            {"day": 7, "by": "deputy", "act": "send_back", "reason": "请补充未筛查范围的说明。"},
            {**DRAFTED, "day": 8},
            {**SUBMITTED, "day": 9},
            {**REVIEWED, "day": 10},
            {**APPROVED, "day": 12},
            {**PUBLISHED, "day": 13},
            {"day": 20, "by": "principal", "act": "end", "reason": "改为每半年编发一次。"},
        ),
    },
    "dropped": {
        **OPENING,
        "steps": ({"day": 3, "by": "deputy", "act": "drop", "reason": "本季度没有新数据。"},),
    },
}
