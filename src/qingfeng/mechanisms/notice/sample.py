"""Stories of result notices, as plain data; fictional. See `mechanisms/sampling.py`."""

# ruff: noqa: E501 - a sentence of a story stands on one line, however wide its signs are

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "值班补助管理问题问责结果通报",
    "opened_by": "registrar",
    "owner": "style",
    "facts": {"decision_no": "云纪问〔{year}〕3号", "decided_on": "day:0", "form": "admonish"},
}

TEXT = {
    "decision_no": "云纪问〔{year}〕3号",
    "decided_on": "day:0",
    "form": "admonish",
    "scope": "units",
    "anonymous_text": "某单位一名负责人签批值班补助时未核对排班表，致同一排班重复列支。该负责人已受到相应处理，款项全部清退。",
    "full_text": "区教育局一名副局长签批值班补助时未核对排班表，致同一排班两次列支5400元，受到相应处理，款项全部清退。",
    "lessons": "各单位要把排班、审批、发放三张表对应起来，谁签批谁核对。",
}

WRITTEN: tuple[dict[str, Any], ...] = (
    {
        "day": 3,
        "by": "style_one",
        "act": "write",
        "facts": TEXT,
        "parties": {"recipient": ["education", "housing"], "subject_person": ["person_concerned"]},
    },
)

RETURNED: tuple[dict[str, Any], ...] = (
    {
        "day": 4,
        "by": "trial_reviewer",
        "act": "send_back",
        "reason": "匿名版中的任职时间可以推知到个人，请删去。",
    },
    {**WRITTEN[0], "day": 5},
)

REVIEWED: tuple[dict[str, Any], ...] = (
    {
        "day": 6,
        "by": "trial_reviewer",
        "act": "review",
        "facts": {
            "names_nobody": True,
            "agrees": True,
            "review_opinion": "两个版本与决定书一致，匿名版不能识别到个人。",
        },
    },
)

RANGE: tuple[dict[str, Any], ...] = (
    {
        "day": 9,
        "by": "deputy",
        "act": "approve_range",
        "facts": {
            "scope": "units",
            "full_allowed": True,
            "range_opinion": "同意向两家单位党组发送完整版，其他单位发匿名版。",
        },
    },
)

EARLY: tuple[dict[str, Any], ...] = (
    {
        "day": 10,
        "by": "principal",
        "act": "approve_early",
        "facts": {"early_opinion": "同类补助正在集中发放，需及时提醒；仅发匿名版。"},
        "reason": "防止同类问题继续发生。",
    },
)

PUBLISHED: tuple[dict[str, Any], ...] = (
    {"day": 12, "by": "registrar", "act": "publish_full", "facts": {"published_on": "day:12"}},
)

RECEIPTS: tuple[dict[str, Any], ...] = (
    {
        "day": 16,
        "by": "education_contact",
        "act": "give_receipt",
        "lines": {
            "receipts": [
                {
                    "unit": "unit:education",
                    "received_on": "day:13",
                    "passed_on": "党组会传达，财务科对照排查。",
                }
            ]
        },
    },
    {
        "day": 18,
        "by": "housing_contact",
        "act": "give_receipt",
        "lines": {
            "receipts": [
                {
                    "unit": "unit:housing",
                    "received_on": "day:13",
                    "passed_on": "中层干部会传达，未发现同类问题。",
                }
            ]
        },
    },
    {"day": 20, "by": "registrar", "act": "confirm_receipts"},
    {"day": 30, "by": "registrar", "act": "file"},
)

CORRECTED: tuple[dict[str, Any], ...] = (
    {
        "day": 40,
        "by": "principal",
        "act": "correct",
        "facts": {
            "correction": "原通报所述处理决定经申诉复查已变更，以复查决定为准。",
            "corrected_on": "day:40",
        },
        "reason": "申诉复查变更了原决定。",
    },
)

CASES: dict[str, dict[str, Any]] = {
    "full": {**OPENING, "steps": (*WRITTEN, *RETURNED, *REVIEWED, *RANGE, *PUBLISHED, *RECEIPTS)},
    "early": {
        **OPENING,
        "title": "津贴补贴发放问题问责结果通报（提前）",
        "steps": (
            *WRITTEN, *REVIEWED, *RANGE, *EARLY,
            {"day": 12, "by": "registrar", "act": "publish", "facts": {"published_on": "day:12"}},
        ),
    },
    "corrected": {
        **OPENING,
        "title": "值班管理问题问责结果通报",
        "steps": (*WRITTEN, *REVIEWED, *RANGE, *PUBLISHED, *RECEIPTS, *CORRECTED),
    },
    "dropped": {
        **OPENING,
        "title": "信息公开迟缓问题问责结果通报",
        "steps": ({"day": 2, "by": "principal", "act": "drop", "reason": "问题已在内部会议讲评，情节轻微，不再通报。"},),
    },
}  # fmt: skip
