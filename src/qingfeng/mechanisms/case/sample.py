"""Stories of cases, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

CARD = {
    "area": "procurement",
    "object_level": "section_head",
    "persons_count": 1,
    "paper_no": "案卷{year}-006",
    "source": "supervision",
    "room": "unit:case_room",
}

OPENING: dict[str, Any] = {
    "title": "物资采购领域案件",
    "opened_by": "case_supervisor",
    "owner": "case_supervision",
    "facts": CARD,
    "parties": {"unit": ["water"]},
}

BEGUN: tuple[dict[str, Any], ...] = (
    {
        "day": 2,
        "by": "principal",
        "act": "approve_case",
        "facts": {"approval_no": "呈〔{year}〕60号", "recusal_checked": True},
        "parties": {"room_head": ["case_head"], "handler": ["case_one", "case_two"]},
    },
)


def handed_in(day: int) -> tuple[dict[str, Any], ...]:
    """Return the steps by which a case comes to its review."""
    return (
        {
            "day": day,
            "by": "case_one",
            "second": "case_two",
            "act": "hand_in",
            "facts": {"report_no": "审查报告{year}-06", "property_no": "财物清单{year}-03"},
        },
        {
            "day": day + 2,
            "by": "case_supervisor",
            "act": "accept_trial",
            "facts": {"recusal_checked": True},
            "parties": {"reviewer": ["trial_head", "trial_reviewer"]},
        },
    )


TRIED: tuple[dict[str, Any], ...] = (
    *handed_in(60),
    {"day": 66, "by": "trial_reviewer", "act": "return_for_more", "reason": "银行流水与凭证尚有两笔未对应。"},
    *handed_in(74),
    {
        "day": 92,
        "by": "trial_reviewer",
        "second": "trial_head",
        "act": "finish_trial",
        "facts": {"trial_no": "审理报告{year}-05", "suggested_form": "third"},
    },
)

HEARD: tuple[dict[str, Any], ...] = (
    {
        "day": 94,
        "by": "case_one",
        "act": "inform",
        "facts": {
            "intended_form": "third",
            "intended_state_sanction": "major_demerit",
            "informed_on": "day:94",
        },
    },
    {
        "day": 98,
        "by": "case_one",
        "second": "case_two",
        "act": "hear",
        "facts": {
            "heard_on": "day:98",
            "heard_way": "spoken",
            "hearing_no": "申辩{year}-05",
            "points_count": 2,
            "points_answered": True,
        },
    },
)

MEETING = {
    "attended": ["person:principal", "person:deputy", "person:member_one"],
    "minutes_no": "常委会纪要{year}-11",
}

ANNOUNCED: dict[str, Any] = {
    "day": 106,
    "by": "case_supervisor",
    "act": "announce",
    "facts": {"announced_on": "day:106", "served_on": "day:106"},
    "lines": {
        "notices": [
            {"told_kind": "service", "told_whom": "本人", "told_no": "送达{year}-05", "told_on": "day:106"},
            {"told_kind": "meeting", "told_whom": "所在单位党组会议", "told_on": "day:106"},
        ]
    },
}

DECIDED: tuple[dict[str, Any], ...] = (
    {
        "day": 102,
        "by": "principal",
        "act": "decide",
        "facts": {
            **MEETING,
            "met_on": "day:102",
            "form": "third",
            "state_sanction": "demerit",
            "decision_no": "处分决定{year}-05",
            "decided_on": "day:102",
        },
    },
    ANNOUNCED,
)

EXECUTED: tuple[dict[str, Any], ...] = (
    {
        "day": 107,
        "by": "case_supervisor",
        "act": "list_execution",
        "lines": {
            "executions": [
                {"kind": "pay", "office": "unit:org_department", "due_on": "day:130"},
                {"kind": "file", "office": "unit:org_department", "due_on": "day:130"},
            ]
        },
    },
    {
        "day": 122,
        "by": "case_head",
        "act": "prove_execution",
        "changes": {
            "executions": {
                1: {"done_on": "day:120", "proof_no": "工资变动{year}-21"},
                2: {"done_on": "day:121", "proof_no": "档案回执{year}-08"},
            }
        },
    },
    {"day": 123, "by": "case_supervisor", "act": "confirm_execution"},
)

LETTER: dict[str, Any] = {
    "day": 126,
    "by": "deputy",
    "act": "answer_letter",
    "facts": {
        "letter_needed": "yes",
        "letter_reason": "采购验收由一人完成，缺少复核环节，同类单位普遍存在。",
        "letter_meeting_no": "研判纪要{year}-04",
    },
}
NO_LETTER: dict[str, Any] = {
    **LETTER,
    "facts": {
        "letter_needed": "no",
        "letter_reason": "制度健全，系个案中未按制度执行，单位已自行整改。",
        "letter_meeting_no": "研判纪要{year}-05",
    },
}

REVIEWED: dict[str, Any] = {
    "day": 130,
    "by": "case_supervisor",
    "second": "case_supervision_head",
    "act": "review_quality",
    "facts": {
        "score_evidence": 28,
        "score_character": 19,
        "score_procedure": 18,
        "score_papers": 9,
        "score_property": 10,
        "score_rights": 10,
        "score": 94,
        "grade": "excellent",
    },
}

CLOSED: tuple[dict[str, Any], ...] = (
    {
        "day": 125,
        "by": "case_head",
        "act": "reconcile_property",
        "facts": {"property_state": "reconciled", "property_no": "财物清单{year}-03"},
    },
    NO_LETTER,
    REVIEWED,
    {"day": 145, "by": "case_supervisor", "act": "settle"},
    {"day": 160, "by": "case_supervisor", "act": "file"},
)

APPEALED: dict[str, Any] = {"day": 128, "by": "case_supervisor", "act": "open_appeal", "then": "upheld"}

MARKED = {"notices": {1: {"told_no": "送达{year}-05"}, 2: {"told_no": ""}}}
CORRECTED: dict[str, Any] = {
    "day": 185,
    "by": "case_supervisor",
    "act": "correct_notice",
    "changes": {
        "notices": {
            1: {"corrected_on": "day:184", "corrected_no": "更正{year}-01"},
            2: {"corrected_on": "day:185", "corrected_no": "更正{year}-02"},
        }
    },
}

CHANGED: tuple[dict[str, Any], ...] = (
    {**APPEALED, "then": "changed"},
    {
        "day": 182,
        "by": "principal",
        "act": "note_changed",
        "facts": {
            **MEETING,
            "met_on": "day:182",
            "form": "second",
            "state_sanction": "warning",
            "decision_no": "处分决定{year}-05之一",
            "decided_on": "day:182",
        },
        "changes": MARKED,
    },
    CORRECTED,
    {
        **ANNOUNCED,
        "day": 188,
        "facts": {"announced_on": "day:188", "served_on": "day:188"},
        "lines": {
            "notices": [
                {
                    "told_kind": "meeting",
                    "told_whom": "原宣布范围",
                    "told_no": "变更{year}-01",
                    "told_on": "day:188",
                }
            ]
        },
    },
)

REVOKED: tuple[dict[str, Any], ...] = (
    {**APPEALED, "then": "revoked"},
    {"day": 182, "by": "principal", "act": "note_revoked", "changes": MARKED},
    {
        "day": 184,
        "by": "case_supervisor",
        "act": "list_execution",
        "lines": {
            "executions": [{"kind": "restoration", "office": "unit:org_department", "due_on": "day:200"}]
        },
    },
    CORRECTED,
    {
        "day": 190,
        "by": "case_supervisor",
        "act": "prove_execution",
        "changes": {"executions": {3: {"done_on": "day:189", "proof_no": "恢复待遇{year}-01"}}},
    },
    {"day": 192, "by": "case_supervisor", "act": "restore"},
)

DROPPED: tuple[dict[str, Any], ...] = (
    {
        "day": 50,
        "by": "principal",
        "act": "drop_case",
        "facts": {"drop_ground": "no_evidence", "approval_no": "呈〔{year}〕77号"},
    },
    {
        "day": 56,
        "by": "principal",
        "act": "clarify",
        "facts": {
            "wish": "shared",
            "audience": ["person", "range"],
            "clarified_on": "day:56",
            "told_count": 23,
        },
    },
)

TO_DECISION = (*BEGUN, *TRIED, *HEARD, *DECIDED)

CASES: dict[str, dict[str, Any]] = {
    "closed": {**OPENING, "steps": (*TO_DECISION, *EXECUTED, *CLOSED)},
    "taught": {
        **OPENING,
        "title": "公务接待领域案件",
        "facts": {**CARD, "area": "conduct", "source": "finding"},
        "parties": {"unit": ["housing"]},
        "steps": (
            *TO_DECISION,
            *EXECUTED,
            *CLOSED,
            {"day": 165, "by": "case_supervisor", "act": "open_lesson", "then": "taught"},
        ),
    },
    "linked": {
        **OPENING,
        "title": "物资采购领域案件（制发建议）",
        "parties": {"unit": ["housing"]},
        "steps": (
            *TO_DECISION,
            *EXECUTED,
            {**LETTER, "then": "from_case"},
            {"day": 127, "by": "deputy", "act": "open_accountability"},
        ),
    },
    "upheld": {
        **OPENING,
        "title": "工程招标领域案件（申诉维持）",
        "steps": (
            *TO_DECISION,
            *EXECUTED,
            APPEALED,
            {"day": 182, "by": "case_supervisor", "act": "note_upheld"},
            {"day": 184, "by": "case_supervisor", "act": "settle"},
        ),
    },
    "changed": {
        **OPENING,
        "title": "工程招标领域案件（申诉变更）",
        "steps": (*TO_DECISION, *EXECUTED, *CHANGED),
    },
    "revoked": {
        **OPENING,
        "title": "国有资产领域案件（申诉撤销）",
        "steps": (*TO_DECISION, *EXECUTED, *REVOKED),
    },
    "withdrawn": {**OPENING, "title": "公务接待领域案件（撤案）", "steps": (*BEGUN, *DROPPED)},
    "not_begun": {
        **OPENING,
        "title": "公务接待领域案件（不予立案）",
        "steps": (
            {"day": 4, "by": "principal", "act": "refuse_case", "reason": "情节轻微，改以谈话提醒处置。"},
        ),
    },
}
