"""Stories of clues, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

ORIGIN = {
    "source": "supervision",
    "source_office": "unit:style",
    "source_no": "党风监督{year}-12",
    "received_on": "day:0",
}

OPENING: dict[str, Any] = {
    "title": "物资采购领域问题线索",
    "opened_by": "case_supervisor",
    "owner": "case_supervision",
    "facts": ORIGIN,
    "parties": {"unit": ["water"]},
}

REGISTERED: dict[str, Any] = {
    "day": 1,
    "by": "case_supervisor",
    "act": "register",
    "facts": {
        **ORIGIN,
        "area": "procurement",
        "object_level": "section_head",
        "persons_count": 1,
        "repeated": "no",
        "paper_no": "线索卷{year}-031",
        "clear_who": "yes",
        "clear_when": "yes",
        "clear_where": "yes",
        "clear_amount": "partly",
        "clear_evidence": "yes",
        "quality": "high",
    },
    "parties": {"unit": ["water"]},
}

FOUND_IN_RECORDS: dict[str, Any] = {
    **REGISTERED,
    "facts": {
        **REGISTERED["facts"],
        "source": "finding",
        "source_no": "",
        "area": "conduct",
        "object_level": "organisation",
        "persons_count": 0,
        "clear_amount": "yes",
    },
    "parties": {"unit": ["housing"]},
}

TAKEN: tuple[dict[str, Any], ...] = (
    REGISTERED,
    {
        "day": 3,
        "by": "deputy",
        "act": "distribute",
        "facts": {"room": "unit:case_room", "approval_no": "呈〔{year}〕31号", "recusal_checked": True},
        "parties": {"room_head": ["case_head"]},
    },
    {
        "day": 4,
        "by": "case_head",
        "act": "sign_for",
        "facts": {"recusal_checked": True},
        "parties": {"handler": ["case_one", "case_two"]},
    },
)


def proposed(way: str, *, day: int = 15) -> tuple[dict[str, Any], ...]:
    """Return the steps from the proposal of a way to its collective study."""
    return (
        {
            "day": day,
            "by": "case_one",
            "second": "case_two",
            "act": "propose",
            "facts": {"way": way, "proposal_no": "意见{year}-18"},
        },
        {
            "day": day + 4,
            "by": "deputy",
            "act": "study",
            "facts": {
                "met_on": f"day:{day + 4}",
                "attended": ["person:principal", "person:deputy", "person:member_one"],
                "minutes_no": "纪要{year}-07",
                "way_agreed": way,
            },
        },
    )


VERIFIED: tuple[dict[str, Any], ...] = (
    {
        "day": 21,
        "by": "principal",
        "act": "approve_verification",
        "facts": {"approval_no": "呈〔{year}〕44号"},
    },
    {
        "day": 60,
        "by": "principal",
        "act": "extend_verification",
        "facts": {"days": 20},
        "reason": "需待银行回函。",
    },
    {
        "day": 85,
        "by": "case_one",
        "second": "case_two",
        "act": "report_verification",
        "facts": {"found": "partly", "report_no": "初核报告{year}-09", "all_signed": True},
    },
)

FED_BACK: dict[str, Any] = {
    "day": 100,
    "by": "case_supervisor",
    "act": "give_feedback",
    "facts": {"fed_back_on": "day:100", "fed_back_no": "回执{year}-15"},
}
FILED: dict[str, Any] = {"day": 104, "by": "case_supervisor", "act": "file"}


def concluded(found: str, outcome: str, *, day: int = 90) -> dict[str, Any]:
    """Return the step by which the principal decides what follows."""
    return {
        "day": day,
        "by": "principal",
        "act": "conclude",
        "facts": {"found": found, "outcome": outcome, "approval_no": "呈〔{year}〕58号"},
    }


INQUIRED: tuple[dict[str, Any], ...] = (
    *proposed("inquiry"),
    {"day": 21, "by": "deputy", "act": "approve_inquiry", "facts": {"approval_no": "呈〔{year}〕45号"}},
    {
        "day": 23,
        "by": "case_one",
        "second": "case_two",
        "act": "send_inquiry",
        "facts": {"inquiry_no": "函询{year}-06", "inquiry_on": "day:23"},
    },
    {
        "day": 38,
        "by": "case_two",
        "act": "take_reply",
        "facts": {"reply_on": "day:38", "reply_signed_off": True, "reply_no": "回复{year}-06"},
    },
    {
        "day": 50,
        "by": "case_two",
        "second": "case_one",
        "act": "report_inquiry",
        "facts": {"found": "no", "report_no": "函询报告{year}-06", "suggested": "believe"},
    },
    concluded("no", "close", day=56),
)

CLEARED: tuple[dict[str, Any], ...] = (
    *INQUIRED,
    {"day": 58, "by": "case_one", "act": "answer_person", "facts": {"answered_on": "day:58"}},
    {
        "day": 59,
        "by": "principal",
        "act": "approve_clarification",
        "facts": {
            "wish": "shared",
            "audience": ["person", "leaders"],
            "clarify_approval_no": "呈〔{year}〕61号",
        },
    },
    {
        "day": 62,
        "by": "case_head",
        "act": "clarify",
        "facts": {
            "clarified_on": "day:62",
            "told_count": 6,
            "audience_record": "单位领导班子成员5人，本人1人。",
        },
    },
    {"day": 62, "by": "case_head", "act": "tell_unit"},
    FED_BACK,
    FILED,
)

HELD: tuple[dict[str, Any], ...] = (
    *proposed("hold"),
    {
        "day": 21,
        "by": "principal",
        "act": "hold",
        "facts": {"approval_no": "呈〔{year}〕46号", "hold_reason": "linked"},
    },
    {
        "day": 190,
        "by": "case_supervisor",
        "act": "review_held",
        "lines": {
            "reviews": [
                {"review_day": "day:190", "review_result": "hold", "review_ground": "关联事项尚未办结。"}
            ]
        },
    },
    {
        "day": 300,
        "by": "case_head",
        "act": "review_held",
        "lines": {
            "reviews": [
                {"review_day": "day:300", "review_result": "take_up", "review_ground": "关联事项已经办结。"}
            ]
        },
    },
    {"day": 301, "by": "case_head", "act": "take_up", "reason": "关联事项已经办结，具备核查条件。"},
    *proposed("close", day=310),
    concluded("unverifiable", "close", day=318),
    {
        "day": 320,
        "by": "principal",
        "act": "do_not_clarify",
        "facts": {"why_not_clarified": "unknown"},
        "reason": "未向任何人了解，无人知悉。",
    },
    {**FED_BACK, "day": 322, "facts": {"fed_back_on": "day:322"}},
    {**FILED, "day": 330},
)

TALKED: tuple[dict[str, Any], ...] = (
    *proposed("preliminary"),
    {"day": 20, "by": "deputy", "act": "send_back", "reason": "情节轻微，请研究以谈话方式处置。"},
    *proposed("inquiry", day=24),
    {"day": 30, "by": "deputy", "act": "approve_inquiry", "facts": {"approval_no": "呈〔{year}〕47号"}},
    {
        "day": 36,
        "by": "case_one",
        "second": "case_two",
        "act": "hold_talk",
        "facts": {"talk_on": "day:36", "talk_no": "谈话{year}-11"},
    },
    {
        "day": 50,
        "by": "case_one",
        "second": "case_two",
        "act": "report_inquiry",
        "facts": {"found": "partly", "report_no": "谈话报告{year}-11", "suggested": "educate"},
    },
    concluded("partly", "remind", day=55),
)

CASES: dict[str, dict[str, Any]] = {
    "to_case": {
        **OPENING,
        "steps": (*TAKEN, *proposed("preliminary"), *VERIFIED, concluded("partly", "case"), FED_BACK, FILED),
    },
    "cleared": {**OPENING, "title": "工程招标领域问题线索", "steps": (*TAKEN, *CLEARED)},
    "from_a_report": {
        **OPENING,
        "title": "公务用车领域问题线索",
        "facts": {**ORIGIN, "source": "petition", "source_no": ""},
        "steps": (
            {
                **REGISTERED,
                "facts": {
                    **REGISTERED["facts"],
                    "source": "petition",
                    "source_office": "unit:petitions",
                    "source_no": "",
                    "area": "conduct",
                },
            },
            *TAKEN[1:],
        ),
    },
    "held": {**OPENING, "title": "国有资产出租领域问题线索", "steps": (*TAKEN, *HELD)},
    "talked": {**OPENING, "title": "公务接待领域问题线索", "steps": (*TAKEN, *TALKED)},
    "from_finding": {
        **OPENING,
        "title": "公务接待票据问题线索",
        "facts": {**ORIGIN, "source": "finding"},
        "parties": {"unit": ["housing"]},
        "steps": (FOUND_IN_RECORDS, *TAKEN[1:]),
    },
    "thread": {
        **OPENING,
        "title": "公务接待票据问题线索（立案）",
        "facts": {**ORIGIN, "source": "finding"},
        "parties": {"unit": ["housing"]},
        "steps": (
            FOUND_IN_RECORDS,
            *TAKEN[1:],
            *proposed("preliminary"),
            *VERIFIED,
            {**concluded("yes", "case"), "then": "taught"},
            FED_BACK,
            FILED,
        ),
    },
    "sent_on": {
        **OPENING,
        "title": "不属本级管辖的问题线索",
        "steps": (
            {
                "day": 1,
                "by": "case_supervisor",
                "act": "send_on",
                "facts": {"sent_to": "清河市纪委监委", "sent_on_day": "day:1"},
                "reason": "反映对象属市管干部。",
            },
        ),
    },
}  # fmt: skip
