"""Stories of return visits, as plain data; fictional. See `mechanisms/sampling.py`."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "影响期内回访",
    "opened_by": "registrar",
    "owner": "style",
    "facts": {"decision_no": "云纪问〔{year}〕3号", "form": "discipline", "decided_on": "day:-41",
              "influence_ends_on": "months:-41+6"},
    "parties": {"subject_person": ["person_concerned"], "org_room": ["org"]},
}  # fmt: skip

OUTLINE: dict[str, Any] = {
    "day": 3,
    "by": "org_head",
    "act": "prepare",
    "facts": {
        "decision_no": "云纪问〔{year}〕3号",
        "form": "discipline",
        "decided_on": "day:-41",
        "influence_ends_on": "months:-41+6",
        "person_unit": "unit:education",
        "internal_id": "R-014",
        "outline": "听本人谈工作和困难；说明申诉渠道；问需要什么帮助。不问案情来源，不作评价。",
    },
    "parties": {
        "visitor": ["visitor_one", "visitor_two"],
        "subject_person": ["person_concerned"],
        "org_room": ["org"],
    },
}

VISITED: tuple[dict[str, Any], ...] = (
    {
        "day": 10,
        "by": "visitor_one",
        "act": "schedule",
        "facts": {"visit_on": "day:20", "place": "所在单位小会议室", "way": "talk"},
    },
    {
        "day": 20,
        "by": "visitor_one",
        "second": "visitor_two",
        "act": "visit",
        "facts": {"visited_on": "day:20", "is_last": False},
    },
)

RECORDED: tuple[dict[str, Any], ...] = (
    {
        "day": 22,
        "by": "visitor_one",
        "act": "record",
        "facts": {
            "own_words": "本人表示已放下包袱，愿意把财务审批流程理顺。",
            "work": "负责汛期保障，工作正常。",
            "difficulties": "对新报销系统不熟悉。",
            "view_of_decision": "接受决定。",
            "wishes": "希望参加财务审批业务培训。",
            "wants_appeal": "no",
            "visitors_signed": ["file:回访登记表（回访人签名）.pdf"],
        },
        "lines": {
            "promises": [
                {
                    "what": "推荐参加财务审批业务培训",
                    "kind": "study",
                    "office": "unit:org",
                    "due_on": "day:80",
                }
            ]
        },
    },
    {
        "day": 60,
        "by": "visitor_two",
        "act": "deliver",
        "changes": {"promises": {1: {"result": "已参加三天培训。"}}},
    },
)

LAST: tuple[dict[str, Any], ...] = (
    {
        "day": 115,
        "by": "visitor_one",
        "act": "schedule",
        "facts": {"visit_on": "day:120", "place": "所在单位小会议室", "way": "talk"},
    },
    {
        "day": 120,
        "by": "visitor_one",
        "second": "visitor_two",
        "act": "visit",
        "facts": {"visited_on": "day:120", "is_last": True},
    },
    {
        "day": 122,
        "by": "visitor_one",
        "act": "record",
        "facts": {
            "work": "工作正常，流程已理顺。",
            "wishes": "希望影响期满后正常使用。",
            "wants_appeal": "no",
            "visitors_signed": ["file:回访登记表（第二次）.pdf"],
        },
    },
    {"day": 124, "by": "visitor_one", "act": "end_visits"},
)

CLOSED: tuple[dict[str, Any], ...] = (
    {"day": 145, "by": "org_head", "act": "send_letter"},
    {"day": 148, "by": "org_head", "act": "close", "facts": {"restored": "recommended"}},
)

DECLINED: tuple[dict[str, Any], ...] = ({"day": 12, "by": "visitor_one", "act": "decline_all"},)

CASES: dict[str, dict[str, Any]] = {
    "planned": {**OPENING, "steps": (OUTLINE,)},
    "fallen": {
        **OPENING,
        "title": "影响期内回访（随决定撤销终止）",
        "within": ("accountability", "appeal_revoked"),
        "steps": ({"day": 1, "by": "org_head", "act": "end_with_decision"},),
    },
    "made": {**OPENING, "steps": (OUTLINE, *VISITED, *RECORDED, *LAST, *CLOSED)},
    "declined": {
        **OPENING,
        "title": "影响期内回访（本人婉拒）",
        "steps": (
            OUTLINE,
            *DECLINED,
            {"day": 124, "by": "visitor_one", "act": "end_visits"},
            *CLOSED[:-1],
            {"day": 148, "by": "org_head", "act": "close", "facts": {"restored": "not_raised"}},
        ),
    },
    "declined_once": {
        **OPENING,
        "title": "影响期内回访（首次婉拒）",
        "steps": (OUTLINE, {"day": 12, "by": "visitor_one", "act": "decline"}),
    },
}
