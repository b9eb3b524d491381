"""Stories of activities, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "村账公开宣讲进桥头村",
    "opened_by": "org_head",
    "owner": "org",
    "facts": {
        "line": "lecture",
        "plan": "用一本公开的村级账讲清楚收支怎么看、不明白时去哪里问，现场答疑。",
        "held_by": "day:30",
        "where": "桥头村文化广场",
        "partners": "桥头村村务监督委员会",
        "for_whom": "村民和村干部",
        "minors": "yes",
        "planned_cost": "1200.00",
        "planned_hours": 16,
    },
    "parties": {"planner": ["style_one"]},
}

SUBMITTED: dict[str, Any] = {"day": 4, "by": "style_one", "act": "submit"}
APPROVED: dict[str, Any] = {
    "day": 7,
    "by": "deputy",
    "act": "approve",
    "facts": {"approval": "同意，注意留足答疑时间，拍照先征求同意。"},
}
JOINED: tuple[dict[str, Any], ...] = (
    {"day": 9, "by": "style_two", "act": "join"},
    {"day": 10, "by": "case_one", "act": "join"},
)
TO_APPROVAL: tuple[dict[str, Any], ...] = (
    {"day": 1, "by": "style_one", "act": "revise", "facts": OPENING["facts"]},
    SUBMITTED,
    {"day": 5, "by": "deputy", "act": "send_back", "reason": "请写明协办单位和现场答疑的人。"},
    {**SUBMITTED, "day": 6},
    APPROVED,
    *JOINED,
)

HELD: dict[str, Any] = {
    "day": 25,
    "by": "style_one",
    "act": "hold",
    "facts": {
        "held_on": "day:25",
        "hours": 12,
        "took_part": 4,
        "served": 63,
        "done": "逐页讲解村级收支公开表，答复村民提问九个，两个现场不能答的记下转办。",
    },
}

OUTPUTS: dict[str, Any] = {
    "day": 27,
    "by": "style_one",
    "act": "add_output",
    "lines": {
        "outputs": [
            {"made": "村级收支公开表怎么看（图解）", "made_kind": "tool", "made_file": ["file:图解.pdf"]},
            {"made": "桥头村宣讲讲稿", "made_kind": "lesson"},
        ]
    },
}

PICTURES: tuple[dict[str, Any], ...] = (
    {
        "day": 27,
        "by": "style_one",
        "act": "add_picture",
        "lines": {
            "pictures": [
                {"shows": "宣讲现场远景", "picture_file": ["file:远景.pdf"], "people_in_it": "nobody"},
                {"shows": "两名学生举手提问", "picture_file": ["file:提问.pdf"], "people_in_it": "minors"},
                {"shows": "村民翻看公开表", "picture_file": ["file:翻看.pdf"], "people_in_it": "adults",
                 "consent": "those"},
            ]
        },
    },
    {
        "day": 28,
        "by": "style_one",
        "act": "add_consent",
        "changes": {"pictures": {2: {"people_in_it": "minors", "consent": "guardians",
                                     "consent_file": ["file:监护人同意书.pdf"]}}},
    },
    {"day": 28, "by": "style_one", "act": "strike_picture",
     "changes": {"pictures": {3: {"shows": "村民翻看公开表（画面模糊）"}}}},
)  # fmt: skip

PRINTED = {"item": "图解印制", "amount": "460.00", "spent_on": "day:26"}
COSTS: tuple[dict[str, Any], ...] = (
    {
        "day": 28,
        "by": "style_one",
        "act": "add_cost",
        "lines": {"costs": [PRINTED, {**PRINTED, "item": "重复录入"}]},
    },
    {
        "day": 29,
        "by": "style_one",
        "act": "add_voucher",
        "changes": {"costs": {1: {"voucher_no": "记-0318", "voucher_file": ["file:印制发票.pdf"]}}},
    },
    {"day": 29, "by": "org_head", "act": "strike_cost", "reason": "同一笔支出录了两次。",
     "changes": {"costs": {2: {"item": "重复录入"}}}},
)  # fmt: skip

SUMMED: dict[str, Any] = {
    "day": 32,
    "by": "style_one",
    "act": "sum_up",
    "facts": {
        "came_of_it": "村民当场会看公开表，两个问题已转镇纪委答复。",
        "learnt": "下次把表格放大，分成三张。",
        "sheets": 31,
        "pleased": 29,
    },
}
SHOWN: dict[str, Any] = {
    "day": 36,
    "by": "org_head",
    "act": "show",
    "facts": {"shown_where": "委机关走廊展板，远景照片和图解。", "shown_until": "day:120"},
}

WITHDRAWN: dict[str, Any] = {
    "day": 60,
    "by": "org_head",
    "act": "withdraw_picture",
    "changes": {"pictures": {2: {"shows": "两名学生举手提问（已撤下）"}}},
    "reason": "一名学生的监护人撤回同意，当日撤下。",
}
TAKEN_DOWN: dict[str, Any] = {"day": 119, "by": "org_head", "act": "take_down"}

CASES: dict[str, dict[str, Any]] = {
    "ended": {
        **OPENING,
        "title": "村账公开宣讲进渡口村",
        "steps": (
            *TO_APPROVAL, HELD, OUTPUTS, *PICTURES, *COSTS, SUMMED, SHOWN, WITHDRAWN, TAKEN_DOWN,
        ),
    },
    "shown": {
        **OPENING,
        "steps": (*TO_APPROVAL, HELD, OUTPUTS, *PICTURES, *COSTS, SUMMED, SHOWN),
    },
    "closed": {
        **OPENING,
        "title": "养老服务点结对志愿日",
        "facts": {
            **OPENING["facts"],
            "line": "volunteer",
            "plan": "帮老人核对代缴费用清单，教会查询电话。",
            "where": "云水区第二养老服务点",
            "for_whom": "住养老人",
            "minors": "no",
            "planned_cost": "0.00",
            "planned_hours": 20,
        },
        "steps": (
            SUBMITTED,
            APPROVED,
            {"day": 8, "by": "org_head", "act": "put_off", "facts": {"until": "day:45"},
             "reason": "服务点消毒，顺延。"},
            {
                "day": 9,
                "by": "org_head",
                "act": "set_people",
                "parties": {"planner": ["style_one"], "participant": ["style_two"]},
            },
            {
                **HELD,
                "day": 40,
                "facts": {**HELD["facts"], "held_on": "day:40", "took_part": 2, "served": 14},
            },
            {**SUMMED, "day": 44, "facts": {"came_of_it": "核对清单十四份。", "learnt": "带放大镜。"}},
            {"day": 48, "by": "org_head", "act": "close", "reason": "老人不愿拍照展示，尊重其意愿。"},
        ),
    },
    "dropped": {
        **OPENING,
        "title": "水库巡护实践日",
        "facts": {**OPENING["facts"], "line": "practice", "minors": "no"},
        "steps": (
            SUBMITTED,
            {"day": 8, "by": "org_head", "act": "drop", "reason": "汛期封闭管理，今年不办。"},
        ),
    },
}  # fmt: skip
