"""Stories of integrity files, as plain data; fictional. See `mechanisms/sampling.py`."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "区教育局主要负责人廉政档案",
    "opened_by": "style_head",
    "owner": "style",
    "facts": {"file_purpose": "heads"},
    "parties": {"subject_head": ["education_head"], "clerk": ["style_two"]},
}

BEGUN: dict[str, Any] = {
    "day": 2,
    "by": "style_two",
    "act": "begin",
    "facts": {"check_by": "months:2+12"},
    "lines": {
        "offices": [
            {"office_unit": "unit:education", "office_title": "局长", "office_from": "day:-600"},
        ]
    },
}

DISCLOSED: dict[str, Any] = {
    "day": 30,
    "by": "style_two",
    "act": "note_disclosure",
    "lines": {
        "disclosures": [
            {"disclosure_kind": "yearly", "disclosed_on": "day:28", "disclosure_check": "agrees"},
        ]
    },
}

ASKED: dict[str, Any] = {
    "day": 40,
    "by": "style_two",
    "act": "note_inquiry",
    "lines": {
        "inquiries": [{"inquiry_no": "函询〔{year}〕6号", "inquiry_form": "letter", "asked_on": "day:38"}]
    },
}

CLEARED: dict[str, Any] = {
    "day": 70,
    "by": "style_two",
    "act": "note_outcome",
    "changes": {
        "inquiries": {
            1: {
                "outcome": "accepted",
                "outcome_on": "day:66",
                "told_on": "day:68",
                "told_no": "反馈〔{year}〕6号",
                "clarified": "made",
                "clarified_how": "在局党组会议上说明",
            }
        }
    },
}

READ: dict[str, Any] = {
    "day": 80,
    "by": "style_head",
    "act": "consult",
    "lines": {
        "consultations": [
            {
                "read_for": "talk",
                "read_matter": "谈〔{year}〕1号",
                "read_why": "年度监督谈话前了解以往谈话承诺是否办结。",
                "read_until": "day:83",
            }
        ]
    },
}

READ_OVER: dict[str, Any] = {"day": 84, "by": "house", "act": "end_reading", "parties": {"reader": []}}

OBJECTED: dict[str, Any] = {
    "day": 90,
    "by": "education_head",
    "act": "object",
    "lines": {
        "objections": [
            {"objects_to": "任职情况缺少此前任副局长的经历。", "wishes": "补录任职起止时间。"},
        ]
    },
}

ANSWERED: dict[str, Any] = {
    "day": 95,
    "by": "style_two",
    "act": "answer_objection",
    "changes": {"objections": {1: {"answer": "经核对干部任免文件，已补录。", "was_mended": "yes"}}},
}

CHECKED: dict[str, Any] = {
    "day": 100,
    "by": "style_two",
    "act": "check",
    "facts": {
        "complete_on": "day:100",
        "complete_says": "逐项核对任免文件和反馈函，无缺项。",
        "check_by": "months:100+12",
    },
}

PENALTY: dict[str, Any] = {
    "day": 10,
    "by": "style_two",
    "act": "note_penalty",
    "lines": {
        "penalties": [
            {
                "penalty_form": "service",
                "penalty_no": "政务〔{last_year}〕12号",
                "penalty_on": "day:-120",
                "effects_until": "day:60",
            }
        ]
    },
}

CASES: dict[str, dict[str, Any]] = {
    "kept": {
        **OPENING,
        "steps": (BEGUN, DISCLOSED, ASKED, CLEARED, READ, READ_OVER, OBJECTED, ANSWERED, CHECKED),
    },
    "effects_ended": {
        **OPENING,
        "title": "区农业农村局主要负责人廉政档案",
        "parties": {"subject_head": ["farming_head"], "clerk": ["style_two"]},
        "steps": (
            {
                **BEGUN,
                "lines": {
                    "offices": [
                        {"office_unit": "unit:farming", "office_title": "局长", "office_from": "day:-600"}
                    ]
                },
            },
            PENALTY,
            {"day": 62, "by": "house", "act": "end_effects", "changes": {"penalties": {1: {}}}},
            {"day": 250, "by": "house", "act": "drop_ended", "changes": {"penalties": {1: {}}}},
        ),
    },
    "discarded": {
        **OPENING,
        "title": "调离人员廉政档案",
        "parties": {"subject_head": ["housing_head"], "clerk": ["style_two"]},
        "steps": (
            {"day": 1, "by": "style_head", "act": "discard", "reason": "已调离本区，档案由新任职地建立。"},
        ),
    },
    "closed": {
        **OPENING,
        "title": "离任主要负责人廉政档案",
        "parties": {"subject_head": ["farming_head"], "clerk": ["style_two"]},
        "steps": (
            {
                **BEGUN,
                "lines": {
                    "offices": [
                        {"office_unit": "unit:farming", "office_title": "局长", "office_from": "day:-600"}
                    ]
                },
            },
            {
                "day": 60,
                "by": "style_two",
                "act": "leave",
                "facts": {"left_on": "day:59", "left_no": "云组〔{year}〕8号", "keep_until": "months:59+24"},
            },
            {"day": 800, "by": "style_two", "act": "close"},
        ),
    },
}
