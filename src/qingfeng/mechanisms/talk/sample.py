"""Stories of talks, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "区教育局主要负责人年度监督谈话",
    "opened_by": "style_head",
    "owner": "style",
    "facts": {
        "talk_kind": "supervision",
        "head_unit": "unit:education",
        "office_kind": "organ",
        "post_kind": "head",
        "plan_year": "{year}",
        "talk_by": "day:120",
    },
    "parties": {"subject_planned": ["education_head"], "talker": ["principal"]},
}

TEAM: dict[str, Any] = {
    "day": 3,
    "by": "style_head",
    "act": "set_talker",
    "facts": {"recusal_checked": True},
    "parties": {"talker": ["principal"], "recorder": ["style_one"]},
}

TOLD: dict[str, Any] = {
    "day": 20,
    "by": "principal",
    "act": "notify",
    "facts": {
        "talk_on": "day:30",
        "talk_place": "区纪委监委谈话室",
        "talk_about": "落实全面从严治党第一责任人责任、班子议事决策和作风建设情况。",
    },
    "parties": {"subject_planned": [], "subject_head": ["education_head"]},
}

HELD: dict[str, Any] = {
    "day": 30,
    "by": "principal",
    "act": "hold",
    "facts": {"held_on": "day:30", "held_place": "区纪委监委谈话室"},
}

ISSUES = (
    {
        "issue": "大额资金使用会议记录未载明不同意见。",
        "commitment": "修订会议记录格式，逐项载明表决和不同意见。",
        "due_on": "day:75",
    },
    {
        "issue": "对下属学校采购事项检查不够。",
        "commitment": "上半年对下属学校采购验收环节检查一遍。",
        "due_on": "day:90",
    },
)

RECORDED: dict[str, Any] = {
    "day": 33,
    "by": "style_one",
    "act": "record",
    "facts": {
        "points": "肯定班子分工明确；指出大额资金记录不完整、对下属单位检查偏少，要求对照清单整改。",
        "answered": "承认记录不规范，由办公室统一格式；检查计划已列入本季度。",
        "record_file": ["file:谈话记录扫描件.pdf"],
    },
    "lines": {"issues": ISSUES},
}

SIGNED: dict[str, Any] = {
    "day": 36,
    "by": "education_head",
    "act": "sign",
    "facts": {"read_and_right": True, "remarks": "记录属实，按承诺时限整改。"},
}


def corrected(no: int, day: int, said: str) -> dict[str, Any]:
    """Return the step in which an issue is reported as corrected."""
    return {
        "day": day,
        "by": "education_head",
        "act": "report_corrected",
        "changes": {"issues": {no: {"result": said, "proof": ["file:整改佐证.pdf"]}}},
    }


def confirmed(no: int, day: int, said: str) -> dict[str, Any]:
    """Return the step in which an issue is found to be corrected."""
    return {
        "day": day,
        "by": "style_head",
        "act": "confirm_issue",
        "changes": {"issues": {no: {"looked_at": said}}},
    }


BOTH_CORRECTED = (
    corrected(1, 60, "会议记录新格式已启用，附三次会议记录。"),
    confirmed(1, 64, "抽看三次会议记录，表决和不同意见均已载明。"),
    corrected(2, 80, "检查下属学校九所，发现的问题已交办。"),
    confirmed(2, 85, "查阅检查台账和交办单，属实。"),
)

CHECKED: dict[str, Any] = {
    "day": 88,
    "by": "principal",
    "act": "check",
    "facts": {"checked_on": "day:88", "check_found": "两项问题均已整改，措施可以坚持。"},
}

CASES: dict[str, dict[str, Any]] = {
    "announced": {
        **OPENING,
        "title": "区教育局副局长年度监督谈话",
        "facts": {**OPENING["facts"], "post_kind": "member"},
        "parties": {"subject_planned": ["person_concerned"], "talker": ["tracker_head"]},
        "steps": (
            {
                **TOLD,
                "by": "tracker_head",
                "parties": {"subject_planned": [], "subject_head": ["person_concerned"]},
            },
        ),
    },
    "spoken": {
        **OPENING,
        "title": "区住建局主要负责人提醒谈话",
        "facts": {
            "talk_kind": "reminder",
            "head_unit": "unit:housing",
            "office_kind": "organ",
            "post_kind": "head",
            "plan_year": "{year}",
        },
        "parties": {"subject_planned": ["housing_head"], "talker": ["principal"]},
        "steps": (
            {
                **TOLD,
                "day": 3,
                "facts": {
                    **TOLD["facts"],
                    "talk_on": "day:9",
                    "talk_about": "纪检监察建议回复超期，提醒尽快整改。",
                },
                "parties": {"subject_planned": [], "subject_head": ["housing_head"]},
            },
            {**HELD, "day": 9, "facts": {"held_on": "day:9", "held_place": "区纪委监委谈话室"}},
        ),
    },
    "written": {
        **OPENING,
        "title": "区农业农村局主要负责人年度监督谈话",
        "facts": {**OPENING["facts"], "head_unit": "unit:farming"},
        "parties": {"subject_planned": ["farming_head"], "talker": ["principal"]},
        "steps": (
            {**TOLD, "parties": {"subject_planned": [], "subject_head": ["farming_head"]}},
            HELD,
            {**RECORDED, "by": "principal", "lines": {"issues": ISSUES[:1]}},
        ),
    },
    "closed": {
        **OPENING,
        "steps": (
            TEAM,
            TOLD,
            HELD,
            RECORDED,
            SIGNED,
            *BOTH_CORRECTED,
            CHECKED,
            {"day": 92, "by": "style_head", "act": "close"},
        ),
    },
    "of_the_year": {
        **OPENING,
        "title": "区住建局主要负责人年度监督谈话",
        "facts": {**OPENING["facts"], "head_unit": "unit:housing"},
        "parties": {"subject_planned": ["housing_head"], "talker": ["principal"]},
        "steps": (
            TEAM,
            {
                **TOLD,
                "day": 4,
                "facts": {**TOLD["facts"], "talk_on": "day:8"},
                "parties": {"subject_planned": [], "subject_head": ["housing_head"]},
            },
            {**HELD, "day": 8, "facts": {"held_on": "day:8", "held_place": "区纪委监委谈话室"}},
            {**RECORDED, "day": 10, "lines": {"issues": ()}},
            {**SIGNED, "day": 12, "by": "housing_head"},
            {**CHECKED, "day": 20, "facts": {"checked_on": "day:20", "check_found": "未提出整改事项。"}},
            {"day": 22, "by": "style_head", "act": "close"},
        ),
    },
    "correcting": {
        **OPENING,
        "title": "区住建局新任主要负责人任职谈话",
        "facts": {
            "talk_kind": "appointment",
            "head_unit": "unit:housing",
            "office_kind": "organ",
            "post_kind": "head",
            "plan_year": "{year}",
            "appointed_on": "day:-2",
        },
        "parties": {"subject_planned": ["housing_head"], "talker": ["principal"]},
        "steps": (
            TEAM,
            {
                **TOLD,
                "day": 6,
                "parties": {"subject_planned": [], "subject_head": ["housing_head"]},
                "facts": {
                    **TOLD["facts"],
                    "talk_on": "day:9",
                    "talk_about": "任职廉政要求、班子议事规则和廉政风险提示。",
                },
            },
            {
                "day": 8,
                "by": "style_head",
                "act": "put_off",
                "reason": "谈话人公务冲突，顺延两日。",
                "facts": {
                    **TOLD["facts"],
                    "talk_on": "day:11",
                    "talk_about": "任职廉政要求、班子议事规则和廉政风险提示。",
                },
            },
            {**HELD, "day": 11, "facts": {"held_on": "day:11", "held_place": "区纪委监委谈话室"}},
            {
                **RECORDED,
                "day": 13,
                "facts": {
                    **RECORDED["facts"],
                    "points": "提出任职廉政要求，提示工程变更审批廉政风险。",
                    "answered": "表示遵守各项规定，主动接受监督。",
                },
                "lines": {
                    "issues": (
                        {
                            "issue": "工程变更审批权限过于集中。",
                            "commitment": "三个月内修订变更审批规程。",
                            "due_on": "day:100",
                        },
                    )
                },
            },
            {
                "day": 14,
                "by": "style_one",
                "act": "mend_record",
                "reason": "本人说明漏记一句，补记。",
                "facts": {
                    "points": "提出任职廉政要求，提示工程变更审批廉政风险。",
                    "answered": "表示遵守各项规定，主动接受监督，并说明变更规程正在修订。",
                },
            },
            {
                "day": 16,
                "by": "principal",
                "act": "note_no_signature",
                "reason": "本人外出学习，返回后补签。",
            },
        ),
    },
    "admonished": {
        **OPENING,
        "title": "区农业农村局主要负责人诫勉谈话",
        "facts": {
            "talk_kind": "admonition",
            "head_unit": "unit:farming",
            "office_kind": "organ",
            "post_kind": "head",
            "plan_year": "{year}",
        },
        "parties": {"subject_planned": ["farming_head"], "talker": ["deputy"]},
        "steps": (
            {
                "day": 2,
                "by": "principal",
                "act": "approve",
                "facts": {"admonition_ground": "问责〔{year}〕3号"},
            },
            {**TEAM, "parties": {"talker": ["deputy"], "recorder": ["style_two"]}},
            {
                **TOLD,
                "day": 5,
                "by": "deputy",
                "parties": {"subject_planned": [], "subject_head": ["farming_head"]},
                "facts": {**TOLD["facts"], "talk_on": "day:12", "talk_about": "对项目监管不力问题予以诫勉。"},
            },
            {
                **HELD,
                "day": 12,
                "by": "deputy",
                "facts": {"held_on": "day:12", "held_place": "区纪委监委谈话室"},
            },
        ),
    },
    "dropped": {
        **OPENING,
        "title": "区住建局主要负责人监督谈话",
        "parties": {"subject_planned": ["housing_head"], "talker": ["principal"]},
        "steps": (
            {"day": 10, "by": "style_head", "act": "drop", "reason": "本人已调离，由新任负责人另行谈话。"},
        ),
    },
}
