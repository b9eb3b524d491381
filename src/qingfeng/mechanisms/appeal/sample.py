"""Stories of appeals, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

FILED = {
    "appeal_kind": "review",
    "appeal_filed_on": "day:0",
    "decision_no": "处分决定{year}-05",
    "decided_on": "day:-30",
    "served_on": "day:-20",
    "paper_no": "案卷{year}-006",
}

OPENING: dict[str, Any] = {
    "title": "对处分决定的复审申请",
    "opened_by": "case_supervisor",
    "owner": "case_supervision",
    "facts": FILED,
    "parties": {"unit": ["water"]},
}

HANDS = [
    "person:case_head",
    "person:case_one",
    "person:case_two",
    "person:trial_head",
    "person:trial_reviewer",
]

EXAMINED: tuple[dict[str, Any], ...] = (
    {
        "day": 2,
        "by": "case_supervisor",
        "act": "accept",
        "facts": {**FILED, "grounds_count": 2, "original_hands": HANDS},
        "parties": {"unit": ["water"]},
    },
    {
        "day": 4,
        "by": "principal",
        "act": "assign",
        "facts": {"recusal_checked": True},
        "parties": {"examiner": ["appeal_one", "appeal_two"]},
    },
    {
        "day": 10,
        "by": "appeal_one",
        "second": "appeal_two",
        "act": "hear",
        "facts": {"heard_on": "day:10", "heard_way": "spoken", "hearing_no": "复审听取{year}-01"},
    },
)


def decided(result: str) -> tuple[dict[str, Any], ...]:
    """Return the steps from the proposal of a result to its being told."""
    return (
        {
            "day": 20,
            "by": "appeal_one",
            "second": "appeal_two",
            "act": "propose",
            "facts": {
                "appeal_report_no": "复审报告{year}-01",
                "grounds_answered": 2,
                "suggested_result": result,
            },
        },
        {
            "day": 25,
            "by": "principal",
            "act": "decide",
            "facts": {
                "met_on": "day:25",
                "attended": ["person:principal", "person:deputy", "person:member_two"],
                "minutes_no": "委务会纪要{year}-09",
                "appeal_result": result,
                "result_no": "复审决定{year}-01",
            },
        },
        {"day": 27, "by": "appeal_one", "act": "tell", "facts": {"told_on": "day:27"}},
    )


CORRECTED: tuple[dict[str, Any], ...] = (
    {
        "day": 28,
        "by": "case_supervisor",
        "act": "list_corrections",
        "lines": {
            "corrections": [
                {"what": "service", "whom": "本人", "correct_by": "day:45"},
                {"what": "meeting", "whom": "所在单位党组会议", "correct_by": "day:45"},
            ]
        },
    },
    {
        "day": 40,
        "by": "case_supervisor",
        "act": "prove_correction",
        "changes": {
            "corrections": {
                1: {"corrected_on": "day:40", "corrected_no": "更正{year}-01"},
                2: {"corrected_on": "day:40", "corrected_no": "更正{year}-02"},
            }
        },
    },
)
CLOSED: dict[str, Any] = {"day": 44, "by": "case_supervisor", "act": "close"}

CASES: dict[str, dict[str, Any]] = {
    "upheld": {**OPENING, "steps": (*EXAMINED, *decided("upheld"), CLOSED)},
    "changed": {
        **OPENING,
        "title": "对处分决定的复审申请（变更）",
        "steps": (*EXAMINED, *decided("changed"), *CORRECTED, CLOSED),
    },
    "revoked": {
        **OPENING,
        "title": "对处分决定的复审申请（撤销）",
        "steps": (*EXAMINED, *decided("revoked"), *CORRECTED, CLOSED),
    },
    "late": {
        **OPENING,
        "title": "逾期提出的复审申请",
        "facts": {**FILED, "decided_on": "day:-90", "served_on": "day:-80"},
        "steps": (
            {
                "day": 3,
                "by": "principal",
                "act": "refuse",
                "facts": {
                    **FILED,
                    "decided_on": "day:-90",
                    "served_on": "day:-80",
                    "refused_ground": "late",
                },
                "reason": "自收到决定之日起已逾一个月，告知可以依照规定申诉。",
            },
        ),
    },
    "withdrawn": {
        **OPENING,
        "title": "撤回的复审申请",
        "steps": (
            *EXAMINED,
            {
                "day": 12,
                "by": "case_supervisor",
                "act": "withdraw_appeal",
                "facts": {"withdrawal_no": "撤回{year}-01"},
                "reason": "本人书面自愿撤回。",
            },
        ),
    },
}
