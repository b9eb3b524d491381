"""Stories of complaints about our own staff, as plain data; fictional. See `mechanisms/sampling.py`."""

from __future__ import annotations

from typing import Any

PHRASE = "一泓清水照见不遮掩的影子"
"""Unlock phrase of the custodian in the demonstration and in tests; a real one is kept nowhere."""

RECEIVED = {
    "complaint_kind": "conduct",
    "concerns": "staff",
    "received_on": "day:0",
    "channel": "letter",
    "is_named": True,
    "paper_no": "干反卷{year}-004",
}

OPENING: dict[str, Any] = {
    "title": "对本委干部的反映",
    "opened_by": "custodian",
    "owner": "self_supervision",
    "facts": RECEIVED,
    "parties": {"custodian": ["custodian"]},
}

SEALED: dict[str, Any] = {
    "day": 0,
    "by": "custodian",
    "act": "keep_identity",
    "phrase": PHRASE,
    "facts": {
        "reporter": "宁不言",
        "reporter_reached": "城东邮政代办点留言",
        "reporter_wish": "请勿当面联系。",
    },
}

ACCEPTED: dict[str, Any] = {
    "day": 3,
    "by": "appeal_one",
    "act": "accept",
    "facts": {
        "complaint_about": "delay",
        "room": "unit:case_room",
        "persons_count": 1,
        "repeated": "no",
    },
    "parties": {"unit": ["case_room"]},
}

ASSIGNED: dict[str, Any] = {
    "day": 5,
    "by": "appeal_one",
    "act": "assign",
    "facts": {"recusal_checked": True},
    "parties": {"handler": ["appeal_two", "visitor_one"]},
}

HEARD: dict[str, Any] = {
    "day": 15,
    "by": "appeal_two",
    "second": "visitor_one",
    "act": "hear",
    "facts": {"heard_on": "day:15", "hearing_no": "听取笔录{year}-04"},
}

ACKNOWLEDGED: dict[str, Any] = {
    "day": 6,
    "by": "custodian",
    "act": "acknowledge",
    "facts": {"acknowledged_on": "day:6"},
}

TAKEN = (SEALED, ACCEPTED, ASSIGNED, ACKNOWLEDGED, HEARD)


def decided(found: str, outcome: str, *, day: int = 24) -> tuple[dict[str, Any], ...]:
    """Return the steps from the proposal of a result to the collective decision."""
    result = {"found": found, "outcome": outcome}
    return (
        {
            "day": day,
            "by": "appeal_two",
            "second": "visitor_one",
            "act": "propose",
            "facts": {**result, "report_no": "核查报告{year}-04"},
        },
        {
            "day": day + 4,
            "by": "principal",
            "act": "decide",
            "facts": {
                **result,
                "met_on": f"day:{day + 4}",
                "attended": ["person:principal", "person:deputy", "person:member_one"],
                "minutes_no": "委务会纪要{year}-11",
            },
        },
    )


FED_BACK: dict[str, Any] = {
    "day": 34,
    "by": "custodian",
    "act": "give_feedback",
    "facts": {"fed_back_on": "day:34", "objection": False, "new_evidence": False},
}
CLOSED: dict[str, Any] = {"day": 40, "by": "appeal_one", "act": "close"}

RETALIATION: tuple[dict[str, Any], ...] = (
    {
        "day": 8,
        "by": "custodian",
        "act": "note_retaliation",
        "lines": {"retaliation": [{"seen_on": "day:8", "form": "asked", "answer_by": "day:14"}]},
    },
    {
        "day": 12,
        "by": "appeal_one",
        "act": "answer_retaliation",
        "changes": {"retaliation": {1: {"answered_on": "day:12", "step": "stopped"}}},
    },
)

CLEARED: tuple[dict[str, Any], ...] = (
    {
        "day": 30,
        "by": "principal",
        "act": "approve_clarification",
        "facts": {"wish": "shared", "clarify_approval_no": "呈〔{year}〕71号"},
    },
    {
        "day": 33,
        "by": "appeal_one",
        "act": "clarify",
        "facts": {"clarified_on": "day:33", "told_count": 7},
    },
)

MEASURE = {**RECEIVED, "complaint_kind": "measure", "channel": "visit", "is_named": False}
AGAINST: tuple[dict[str, Any], ...] = (
    {**ACCEPTED, "facts": {**ACCEPTED["facts"], "complaint_about": "property"}},
    ASSIGNED,
    HEARD,
)
PUT_RIGHT: dict[str, Any] = {
    "day": 30,
    "by": "appeal_one",
    "act": "put_right",
    "facts": {"put_right_on": "day:30", "put_right_no": "解除通知{year}-02"},
}

UP: dict[str, Any] = {
    "day": 2,
    "by": "custodian",
    "act": "send_up",
    "facts": {"sent_to": "unit:superior", "sent_up_on": "day:2", "sealed_item_no": "密{year}-003"},
}

CASES: dict[str, dict[str, Any]] = {
    "so_in_part": {
        **OPENING,
        "steps": (
            *TAKEN[:4],
            *RETALIATION,
            HEARD,
            {"day": 20, "by": "principal", "act": "extend", "facts": {"days": 15},
             "reason": "需听取多人意见。"},
            *decided("partly", "remind"),
            FED_BACK,
            CLOSED,
        ),
    },
    "cleared": {
        **OPENING,
        "title": "对本委干部的反映（不属实）",
        "steps": (*TAKEN, *decided("no", "close"), *CLEARED, FED_BACK, CLOSED),
    },
    "not_clarified": {
        **OPENING,
        "title": "对本委干部的匿名反映",
        "facts": {**RECEIVED, "is_named": False},
        "steps": (
            ACCEPTED,
            ASSIGNED,
            {**ASSIGNED, "day": 7, "act": "reassign", "reason": "一人另有任务。",
             "parties": {"handler": ["appeal_two", "visitor_two"]}},
            {**HEARD, "second": "visitor_two"},
            {**decided("partly", "move")[0], "second": "visitor_two"},
            {"day": 26, "by": "deputy", "act": "send_back", "reason": "请补充听取当事人意见。"},
            {**decided("unverifiable", "close", day=28)[0], "second": "visitor_two"},
            decided("unverifiable", "close", day=28)[1],
            {"day": 35, "by": "principal", "act": "do_not_clarify",
             "facts": {"why_not_clarified": "unknown"}, "reason": "未向他人了解，无人知悉。"},
            CLOSED,
        ),
    },
    "to_clue": {
        **OPENING,
        "title": "对本委干部的反映（转问题线索）",
        "steps": (*TAKEN, *decided("yes", "clue"), FED_BACK, CLOSED),
    },
    "measure": {
        **OPENING,
        "title": "对采取措施的申诉",
        "facts": MEASURE,
        "steps": (*AGAINST, *decided("yes", "right"), PUT_RIGHT, CLOSED),
    },
    "reviewed": {
        **OPENING,
        "title": "对采取措施的申诉（上级复查）",
        "facts": MEASURE,
        "steps": (
            *AGAINST,
            *decided("no", "close"),
            {"day": 35, "by": "principal", "act": "do_not_clarify",
             "facts": {"why_not_clarified": "not_wished"}, "reason": "本人不要求澄清。"},
            {"day": 40, "by": "custodian", "act": "ask_review",
             "facts": {"review_asked_on": "day:40", "decided_told_on": "day:29"}},
            {"day": 80, "by": "custodian", "act": "take_review",
             "facts": {"review_result": "changed", "review_no": "清监复〔{year}〕2号"}},
            {**PUT_RIGHT, "day": 83,
             "facts": {"put_right_on": "day:83", "put_right_no": "退还清单{year}-01"}},
            {**CLOSED, "day": 88},
        ),
    },
    "about_the_principal": {
        **OPENING,
        "title": "上报密封件一件",
        "owner": "petitions",
        "facts": {**RECEIVED, "concerns": "principal", "is_named": False},
        "parties": {"custodian": ["custodian"], "subject_person": ["principal"], "unit": ["leading_group"]},
        "steps": (UP,),
    },
    "about_the_room": {
        **OPENING,
        "title": "上报密封件一件",
        "owner": "petitions",
        "facts": {**RECEIVED, "concerns": "supervision", "is_named": False},
        "parties": {"custodian": ["custodian"], "unit": ["self_supervision"]},
        "steps": (UP,),
    },
    "not_ours": {
        **OPENING,
        "title": "不属本委干部的反映",
        "facts": {**RECEIVED, "is_named": False},
        "steps": (
            {"day": 2, "by": "appeal_one", "act": "send_on",
             "facts": {"sent_to_office": "区委组织部", "not_ours_on": "day:2"},
             "reason": "反映对象不是本委干部。"},
        ),
    },
}  # fmt: skip
