"""Stories of leaders' meetings, as plain data; fictional. See `mechanisms/sampling.py`."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "区领导挂牌接访",
    "opened_by": "petition_registrar",
    "owner": "petitions",
    "facts": {
        "meeting_way": "roster",
        "planned_on": "day:12",
        "planned_at": "9:00—11:30",
        "meeting_place": "区信访接待中心三号接待室",
        "leader_post": "区纪委副书记",
        "themes": "住房和物业",
    },
    "parties": {"leader": ["deputy"], "recorder": ["petition_one"]},
}
PUBLISHED: dict[str, Any] = {
    "day": 2,
    "by": "petition_registrar",
    "act": "publish",
    "facts": {"published_on": "day:2", "published_where": "政务公开栏、公众号"},
}
BOOKED: dict[str, Any] = {
    "day": 5,
    "by": "petition_one",
    "act": "book",
    "lines": {"bookings": [{"booked_item": "信访事项一件", "booked_at": "9:00", "booked_why": "信访人申请"}]},
}
HELD: dict[str, Any] = {
    "day": 12,
    "by": "petition_one",
    "act": "hold",
    "facts": {"held_on": "day:12", "received_by": "leader", "visitors": 1},
    "lines": {
        "items": [
            {
                "item": "信访事项一件",
                "item_demand": "恢复水压，退还多收费用。",
                "item_opinion": "十五日内退费，水压问题当面答复。",
                "settled": "no",
                "item_signed": "signed",
            }
        ]
    },
}
PROMISED: tuple[dict[str, Any], ...] = (
    {
        "day": 12,
        "by": "petition_one",
        "act": "promise",
        "lines": {
            "promises": [
                {
                    "promise_item": "信访事项一件",
                    "promise": "退还三个月多收的加压费。",
                    "promise_unit": "unit:housing",
                    "promise_due": "day:27",
                }
            ]
        },
    },
    {"day": 13, "by": "petition_head", "act": "hand_over", "parties": {"office": ["housing"]}},
)
KEPT: tuple[dict[str, Any], ...] = (
    {
        "day": 22,
        "by": "housing_contact",
        "act": "do_promise",
        "changes": {"promises": {1: {"promise_result": "已全额退还，凭证附后。"}}},
    },
    {
        "day": 24,
        "by": "petition_one",
        "act": "tell",
        "changes": {"promises": {1: {"told_on": "day:24"}}},
    },
    {"day": 26, "by": "petition_registrar", "act": "rate", "facts": {"rating": "good"}},
    {
        "day": 28,
        "by": "petition_head",
        "act": "close",
        "facts": {"closing_note": "承诺一项，已落实并反馈。"},
    },
)

CASES: dict[str, dict[str, Any]] = {
    "closed": {**OPENING, "steps": (PUBLISHED, BOOKED, HELD, *PROMISED, *KEPT)},
    "missed": {
        **OPENING,
        "title": "重点约访",
        "facts": {**OPENING["facts"], "meeting_way": "appointment"},
        "steps": (
            PUBLISHED,
            {
                "day": 13,
                "by": "petition_registrar",
                "act": "note_absence",
                "facts": {"absent_why": "临时会议，未安排替班。"},
                "reason": "当日无人接访。",
            },
        ),
    },
    "substituted": {
        **OPENING,
        "title": "带案下访",
        "facts": {**OPENING["facts"], "meeting_way": "place", "meeting_place": "云川小区居委会"},
        "steps": (
            PUBLISHED,
            {
                "day": 9,
                "by": "petition_head",
                "act": "substitute",
                "reason": "因公外出。",
                "parties": {"substitute": ["member_one"]},
            },
            {
                "day": 10,
                "by": "petition_registrar",
                "act": "move",
                "facts": {"planned_on": "day:15"},
                "reason": "居委会场地调整。",
            },
            {**HELD, "day": 15, "facts": {"held_on": "day:15", "received_by": "substitute", "visitors": 1}},
        ),
    },
    "cancelled": {
        **OPENING,
        "title": "挂牌接访（与会议冲突）",
        "steps": ({"day": 1, "by": "petition_head", "act": "cancel", "reason": "改由次周接访，另行公示。"},),
    },
}
