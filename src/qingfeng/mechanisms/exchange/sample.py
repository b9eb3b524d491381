"""Stories of exchanges, as plain data; fictional. See `mechanisms/sampling.py` for how they are played.

Who moves in them has left the town's post long ago by the records, so that the arrival can be confirmed.
"""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "镇纪委干部交流到审查调查室",
    "opened_by": "org_head",
    "owner": "org",
    "facts": {
        "direction": "grassroots",
        "ground": "growth",
        "from_unit": "unit:town",
        "to_unit": "unit:case_room",
        "to_post": "一室主任",
        "need": "一室需要熟悉镇村资金管理的同志，原单位可由副职接任。",
    },
    "parties": {"subject_planned": ["case_head"]},
}

STUDIED: dict[str, Any] = {
    "day": 6,
    "by": "org_head",
    "act": "study",
    "facts": {
        "evaluation": "上一轮五评在业务、作风两项评价集中，短板是带队伍经验。",
        "fit": "熟悉村级账目，与一室案件类型相合；建议配一名有审理经历的副手。",
    },
}
PROPOSED: dict[str, Any] = {
    "day": 15,
    "by": "member_two",
    "act": "propose",
    "facts": {"motion": "会议一致同意列为交流人选，须先与本人谈话。"},
}
TALKED: dict[str, Any] = {
    "day": 18,
    "by": "org_head",
    "act": "talk",
    "facts": {"talked_on": "day:18", "wishes": "愿意到新岗位，希望留两周把村账抽查收尾。"},
    "parties": {"subject_planned": [], "subject_moved": ["case_head"]},
}
APPROVED: dict[str, Any] = {
    "day": 24,
    "by": "principal",
    "act": "approve",
    "facts": {"decision": "同意交流，交接期按本人意愿放宽到三周。"},
}
NOTIFIED: dict[str, Any] = {"day": 26, "by": "org_head", "act": "notify", "facts": {"report_by": "day:47"}}

ITEMS: tuple[dict[str, Any], ...] = (
    {
        "day": 28,
        "by": "org_head",
        "act": "add_item",
        "lines": {
            "handing": [
                {"what_kind": "evidence", "what": "村账抽查底稿四册", "remark": "第三册待补两处签字。"},
                {"what_kind": "key", "what": "谈话室钥匙一把"},
                {"what_kind": "device", "what": "执法记录仪（误列）"},
            ]
        },
    },
    {
        "day": 33,
        "by": "case_head",
        "act": "hand",
        "changes": {
            "handing": {
                1: {"successor": "person:visitor_one", "handed_on": "day:33", "remark": "签字已补齐。"},
            }
        },
    },
    {"day": 34, "by": "org_head", "act": "hand", "changes": {"handing": {2: {"handed_on": "day:34"}}}},
    {
        "day": 34,
        "by": "org_head",
        "act": "strike",
        "changes": {"handing": {3: {"what": "执法记录仪（属派驻组）"}}},
        "reason": "该设备属派驻组，未领用。",
    },
)
ARRIVED: dict[str, Any] = {
    "day": 40,
    "by": "org_head",
    "act": "arrive",
    "facts": {"arrived_on": "day:40"},
}
LOOKED: dict[str, Any] = {
    "day": 215,
    "by": "org_head",
    "act": "look",
    "facts": {
        "settled": "已独立牵头两项核查，队伍磨合较好。",
        "own_words": "希望参加一次审理业务小课。",
        "stays": "stays",
    },
}
TO_NOTICE = (STUDIED, PROPOSED, TALKED, APPROVED, NOTIFIED)

CASES: dict[str, dict[str, Any]] = {
    "closed": {**OPENING, "steps": (*TO_NOTICE, *ITEMS, ARRIVED, LOOKED)},
    "handing": {
        **OPENING,
        "title": "派驻组干部交流到党风室",
        "facts": {
            "direction": "resident",
            "ground": "strengthen",
            "from_unit": "unit:team_one",
            "to_unit": "unit:style",
            "to_post": "党风室科员",
            "need": "党风室专项治理任务重，需要熟悉驻在单位公务用车管理的同志。",
        },
        "parties": {"subject_planned": ["tracker"]},
        "steps": (
            {
                "day": 1,
                "by": "org_head",
                "act": "choose",
                "facts": {"recusal_checked": True},
                "parties": {"subject_planned": ["tracker"], "receiver": ["style_head"]},
            },
            STUDIED,
            {"day": 9, "by": "org_head", "act": "study_again", "reason": "请补充其在办督改事项的接手人选。"},
            {**STUDIED, "day": 12},
            {**PROPOSED, "day": 16},
            {**TALKED, "day": 18, "parties": {"subject_planned": [], "subject_moved": ["tracker"]}},
            APPROVED,
            NOTIFIED,
            {"day": 28, "by": "org_head", "act": "draw_list"},
            {"day": 30, "by": "member_two", "act": "put_off", "facts": {"until": "day:60"},
             "reason": "驻在单位年度检查未完，顺延。"},
        ),
    },
    "dropped": {
        **OPENING,
        "title": "党风室干部交流到巡察办",
        "facts": {**OPENING["facts"], "direction": "inspection", "ground": "years",
                  "from_unit": "unit:style", "to_unit": "unit:second_room"},
        "parties": {"subject_planned": ["style_two"]},
        "steps": (
            STUDIED,
            {"day": 10, "by": "org_head", "act": "drop", "reason": "拟任岗位已由他人补位，不再交流。"},
        ),
    },
}  # fmt: skip
