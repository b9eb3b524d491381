"""Stories of petitions, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

from qingfeng.mechanisms.petition.sample_steps import (
    ACCEPTED,
    HANDED,
    OPENING,
    PLANNED,
    REVIEW_ASKED,
    TO_FINAL,
    asked,
    done,
    opinion,
    reviewed,
    served,
    struck_off,
)

CASES: dict[str, dict[str, Any]] = {
    "closed": {
        **OPENING,
        "steps": (
            *PLANNED,
            opinion(),
            *served(),
            *done(),
            asked(82),
            {"day": 83, "by": "house", "act": "lapse_review"},
            struck_off(86),
        ),
    },
    "rechecked": {
        **OPENING,
        "title": "物业加压费核定标准答复",
        "steps": (
            *TO_FINAL,
            {**done()[0], "day": 118},
            asked(120, "no"),
            {
                **struck_off(122),
                "facts": {"closing_report": "诉求不予支持，理由、依据和救济途径已逐项说明，复核终结。"},
            },
        ),
    },
    "anew": {
        **OPENING,
        "title": "改造后路面未恢复",
        "steps": (
            *PLANNED,
            opinion("no"),
            *served(),
            REVIEW_ASKED,
            reviewed("review_anew", "revoked", day=80, by=("style_one", "style_two")),
        ),
    },
    "objected": {
        **OPENING,
        "title": "公交站台位置不便",
        "facts": {**OPENING["facts"], "topic": "traffic", "way": "online"},
        "steps": (
            *HANDED,
            {
                "day": 9,
                "by": "housing_contact",
                "act": "object",
                "facts": {"objection": "站台设置由交通部门负责。"},
                "reason": "职责不在本单位。",
            },
        ),
    },
    "kept": {
        **OPENING,
        "title": "公共楼道照明损坏",
        "steps": (
            *HANDED,
            {
                "day": 9,
                "by": "housing_contact",
                "act": "object",
                "facts": {"objection": "楼道照明由业主自管。"},
                "reason": "职责不在本单位。",
            },
            {
                "day": 10,
                "by": "petition_head",
                "act": "keep_office",
                "facts": {"objection_answer": "保修期内由建设主管部门督促履行。"},
            },
        ),
    },
    "warned": {
        **OPENING,
        "title": "楼顶渗水修复迟延",
        "steps": (*PLANNED, {"day": 46, "by": "house", "act": "warn"}),
    },
    "accepted": {
        **OPENING,
        "title": "校门口斜坡积水",
        "facts": {**OPENING["facts"], "topic": "schooling"},
        "steps": (ACCEPTED,),
    },
    "registered": {
        **OPENING,
        "title": "建议增设夜间公交",
        "facts": {
            **OPENING["facts"],
            "line": "suggestion",
            "line_why": "属于改进工作的建议。",
            "way": "call",
            "topic": "traffic",
        },
        "steps": (),
    },
    "drafted": {**OPENING, "title": "门前道路开挖后未回填", "steps": (*PLANNED, opinion())},
    "issued": {**OPENING, "title": "拆除违建后垃圾未清", "steps": (*PLANNED, opinion(), served()[0])},
    "served": {**OPENING, "title": "安置房交付逾期", "steps": (*PLANNED, opinion(), *served())},
    "sent_on": {
        **OPENING,
        "title": "跨区公交线路调整",
        "steps": (
            {
                "day": 6,
                "by": "petition_registrar",
                "act": "send_on",
                "facts": {"competent": "清河市交通运输局", "sent_no": "云信转〔{year}〕2号"},
                "reason": "线路由市级核定。",
            },
        ),
    },
    "routed": {
        **OPENING,
        "title": "欠付工资",
        "facts": {**OPENING["facts"], "topic": "labour", "way": "visit", "delegates": 3},
        "steps": (
            ACCEPTED,
            {
                "day": 8,
                "by": "petition_head",
                "act": "lead_to_route",
                "facts": {
                    "route": "arbitration",
                    "route_told": "区劳动人事争议仲裁院，一年内申请，带工资记录和身份证明；可申请法律援助。",
                },
                "reason": "属于劳动争议，依法先行仲裁。",
            },
        ),
    },
    "other_line": {
        **OPENING,
        "title": "来信一件",
        "facts": {**OPENING["facts"], "summary": "内容密封。", "demand": "内容密封。"},
        "steps": (
            {
                "day": 1,
                "by": "petition_registrar",
                "act": "hand_to_reports",
                "facts": {"handed_on": "day:1", "handed_no": "密封{year}-04"},
                "reason": "拆阅后发现属于另一类事项。",
            },
        ),
    },
    "withdrawn": {
        **OPENING,
        "title": "电梯故障",
        "steps": (
            ACCEPTED,
            {
                "day": 9,
                "by": "petition_registrar",
                "act": "withdraw",
                "facts": {"withdrawn_on": "day:9"},
                "reason": "电梯已修复，本人提出撤回。",
            },
        ),
    },
    "helped": {
        **OPENING,
        "title": "旧城改造补偿（再次来信）",
        "facts": {**OPENING["facts"], "topic": "land", "earlier": "此前事项已复核终结"},
        "steps": (
            {
                "day": 7,
                "by": "petition_head",
                "act": "not_again",
                "facts": {"recheck_no": "清信核〔{last_year}〕9号", "nothing_new": True},
                "reason": "复核终结，材料中没有新的事实。",
            },
            {
                "day": 20,
                "by": "petition_registrar",
                "act": "offer_help",
                "facts": {
                    "help_offered": ["relief", "legal_aid"],
                    "help_contact": "社区服务科负责人",
                    "help_safety": True,
                },
            },
            {"day": 80, "by": "petition_head", "act": "end_help", "reason": "救助已落实，本人表示不再需要。"},
        ),
    },
}
