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
    about,
    asked,
    done,
    elsewhere,
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
        **elsewhere("石桥新村", summary="改造后每月加收加压费，核定标准时未听取住户意见。"),
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
        **elsewhere("城东里小区"),
        "steps": (
            *PLANNED,
            opinion("no"),
            *served(),
            REVIEW_ASKED,
            reviewed("review_anew", "revoked", day=80, by=("style_one", "style_two")),
        ),
    },
    "objected": {
        **elsewhere("望湖苑", way="online"),
        "steps": (
            *HANDED,
            {
                "day": 9,
                "by": "housing_contact",
                "act": "object",
                "facts": {"objection": "泵房尚未移交，由供水企业负责。"},
                "reason": "职责不在本单位。",
            },
        ),
    },
    "kept": {
        **elsewhere("青石里小区"),
        "steps": (
            *HANDED,
            {
                "day": 9,
                "by": "housing_contact",
                "act": "object",
                "facts": {"objection": "加压泵由业主自管。"},
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
        **elsewhere("白鹭新村"),
        "steps": (*PLANNED, {"day": 46, "by": "house", "act": "warn"}),
    },
    "accepted": {
        **about(
            "校门口斜坡积水",
            "校门口斜坡雨后积水，学生绕行机动车道。",
            "修整排水沟，恢复人行通道。",
            topic="schooling",
        ),
        "steps": (ACCEPTED,),
    },
    "registered": {
        **about(
            "建议增设夜间公交",
            "医院夜班职工二十二时后没有公交可乘。",
            "在工作日增设两班夜间公交。",
            line="suggestion",
            line_why="属于改进工作的建议。",
            way="call",
            topic="traffic",
        ),
        "steps": (),
    },
    "drafted": {**elsewhere("柳溪家园"), "steps": (*PLANNED, opinion())},
    "issued": {**elsewhere("南渡小区"), "steps": (*PLANNED, opinion(), served()[0])},
    "served": {**elsewhere("杏花里"), "steps": (*PLANNED, opinion(), *served())},
    "sent_on": {
        **about(
            "跨区公交线路调整",
            "跨区公交改线后，镇区到城区需换乘两次。",
            "恢复直达，或者缩短换乘等候。",
            topic="traffic",
        ),
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
        **about(
            "欠付工资",
            "工地停工后欠付三个月工资。",
            "付清三个月工资。",
            line_why="要求用人单位付清工资，不涉及对人员的检举。",
            topic="labour",
            way="visit",
            delegates=3,
            signers=12,
            petitioner="工人代表三人",
        ),
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
        **about("电梯故障", "九号楼电梯停用两周，老人上下楼不便。", "尽快修复电梯。"),
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
        **about(
            "旧城改造补偿（再次来信）",
            "对旧城改造的补偿面积仍有异议，材料与此前相同。",
            "重新丈量，补足面积差额。",
            topic="land",
            earlier="此前事项已复核终结",
        ),
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
