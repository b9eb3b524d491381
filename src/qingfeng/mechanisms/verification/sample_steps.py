"""The steps of the main story of a verification; fictional."""

# ruff: noqa: E501 - a sentence of a story stands on one line, however wide its signs are

from __future__ import annotations

from typing import Any

HASH = "5b1f0c7c1b2f4f0e9d8a6c3e7f2a4b6d8c0e1f3a5b7d9c2e4f6a8b0d1c3e5f70"

OPENING: dict[str, Any] = {
    "title": "区教育局：单次加油超油箱容积",
    "opened_by": "analyst",
    "owner": "style",
    "facts": {
        "lead": "a41f0c92be77d310",
        "doubt": "尾号617公务用车在城东加油站单次加油87.00升，车辆登记油箱容积60升。",
        "watch": "vehicle",
        "tier": "A",
        "colour": "red",
        "rule": "fuel_over_tank_single",
        "rules": "fuel_over_tank_single sha256:3f7a",
        "parameters": "fuel_over_tank_single：slack_l=2，tolerance=1.05",
        "subject": "尾号617公务用车",
        "evidence": "加油明细/10月.csv 第1289行\n车辆台账.xlsx 车辆 第14行",
        "snapshot": "sha256:77d310",
        "amount": "612.00",
        "happened_on": "day:-12",
        "video": "调：城东加油站2号机位视频",
    },
    "parties": {"unit": ["education"]},
}

LAID_OUT: dict[str, Any] = {
    "day": 0,
    "by": "analyst",
    "act": "lay_out",
    "lines": {
        "labels": [
            {
                "finding": 1,
                "rule": "fuel_over_tank_single",
                "version": "sha256:3f7a",
                "message": "尾号617公务用车在城东加油站单次加油87.00升，车辆登记油箱容积60升。",
            }
        ],
        "explanations": [
            {"explanation": "登记的油箱容积有误"},
            {"explanation": "经批准为发电机、割草机加油"},
        ],
    },
}

ASSIGNED: dict[str, Any] = {
    "day": 1,
    "by": "style_head",
    "act": "assign",
    "parties": {"verifier": ["style_one", "style_two"]},
}

TASKS: tuple[dict[str, Any], ...] = (
    {"day": 1, "by": "style_one", "act": "confirm_receipt"},
    {"day": 1, "by": "style_two", "act": "confirm_receipt"},
    {
        "day": 2,
        "by": "style_two",
        "act": "note_progress",
        "lines": {
            "progress": [
                {
                    "on": "day:2",
                    "what": "已联系加油站，确认录像尚未覆盖。",
                    "next": "两人到场拷贝录像，同时调取票据。",
                }
            ]
        },
    },
    {
        "day": 2,
        "by": "style_one",
        "act": "set_task",
        "lines": {
            "tasks": [
                {
                    "kind": "video",
                    "purpose": "看清当次加油的车辆和容器",
                    "authority": "监察法第十八条",
                    "who": ["person:style_one", "person:style_two"],
                    "place": "城东加油站",
                    "due_on": "day:6",
                },
                {
                    "kind": "invoice",
                    "purpose": "核对当次加油票据和报销凭证",
                    "authority": "监察法第十八条",
                    "who": ["person:style_one", "person:style_two"],
                    "place": "区教育局计划财务科",
                    "due_on": "day:10",
                },
            ]
        },
    },
    {
        "day": 4,
        "by": "style_one",
        "act": "record_video",
        "changes": {
            "tasks": {
                1: {
                    "done_on": "day:4",
                    "result": "视频显示先向车辆加油，后向两只塑料桶加油。",
                    "papers": ["file:视频调取单.pdf"],
                    "evidence_sha256": HASH,
                }
            }
        },
        "lines": {
            "video_pulls": [
                {
                    "task_no": 1,
                    "camera": "2号机位",
                    "window": "当日12时00分至12时10分",
                    "camera_reason": "当次加油量超过油箱容积",
                    "expires_on": "day:18",
                    "copied_by": "罗一诺、程思源",
                    "sha256": HASH,
                    "viewed_by": "罗一诺、程思源",
                    "seal": "封-07",
                }
            ]
        },
    },
)

ASKED: dict[str, Any] = {
    "day": 5,
    "by": "style_one",
    "act": "ask_unit",
    "lines": {
        "questions": [
            {
                "fact": "尾号617公务用车单次加油87.00升，车辆登记油箱容积60升。",
                "rows": "加油明细/10月.csv 第1289行：交易时间10月3日12时01分，加油站城东加油站，数量87.00升，金额612.00元。\n车辆台账.xlsx 车辆 第14行：油箱容积60升。",
                "question": "请说明当次加油的用途、经办人岗位和审批情况。",
            }
        ]
    },
}

EXPLAINED: dict[str, Any] = {
    "day": 8,
    "by": "education_contact",
    "act": "explain",
    "changes": {
        "questions": {
            1: {
                "stance": "in_part",
                "answer": "当日为考点备用发电机加油约25升，未办理审批手续，其余加入车辆。",
                "answer_papers": ["file:情况说明.pdf"],
            }
        }
    },
}

CHECKED: tuple[dict[str, Any], ...] = (
    {
        "day": 9,
        "by": "style_two",
        "act": "record_invoice",
        "changes": {
            "tasks": {
                2: {
                    "done_on": "day:9",
                    "result": "票据真实，报销单事由为车辆用油，未附发电机用油审批。",
                    "papers": ["file:抽样底稿.pdf"],
                }
            }
        },
        "lines": {
            "invoice_checks": [
                {
                    "task_no": 2,
                    "invoice_no": "24312000000012345678",
                    "tax_check": "查验一致",
                    "seller_scope": "城东加油站，成品油零售",
                    "items": "92号汽油87.00升",
                    "voucher": "10月第36号凭证",
                    "returned": True,
                }
            ]
        },
    },
    {
        "day": 10,
        "by": "style_one",
        "act": "test_explanation",
        "changes": {
            "explanations": {
                1: {
                    "tested_how": "查行驶证和车型公告",
                    "holds": "no",
                    "why": "公告油箱容积60升，与登记一致。",
                },
                2: {
                    "tested_how": "查审批单、看视频、听取单位说明",
                    "holds": "partly",
                    "why": "确有为发电机加油，但没有审批。",
                },
            }
        },
    },
)

JUDGED: dict[str, Any] = {
    "day": 11,
    "by": "style_two",
    "act": "judge",
    "changes": {
        "labels": {1: {"verdict": "partly", "verdict_reason": "部分用于发电机，未经审批，按车辆用油报销。"}}
    },
}

CONCLUDED: dict[str, Any] = {
    "day": 12,
    "by": "style_one",
    "second": "style_two",
    "act": "conclude",
    "facts": {
        "verdict": "partly",
        "conclusion": "单次加油87.00升属实，其中约25升用于考点备用发电机，未办理审批，按车辆用油报销。依据为视频、票据和单位说明。",
        "amount_confirmed": "176.00",
        "repeated": "no",
    },
}

APPROVED: dict[str, Any] = {
    "day": 14,
    "by": "deputy",
    "act": "approve",
    "facts": {"opinion": "同意核查结论，提醒单位规范用油审批。"},
}

PUT_RIGHT: tuple[dict[str, Any], ...] = (
    {
        "day": 16,
        "by": "style_head",
        "act": "dispose",
        "facts": {
            "disposition": ["remind"],
            "correction": "非车辆用油单独审批、单独报销，更正10月第36号凭证。",
            "correct_by": "day:40",
        },
    },
    {
        "day": 18,
        "by": "style_one",
        "act": "tell_result",
        "facts": {"result_told": "单次加油87.00升的记录属实，其中约25升用于考点备用发电机，未办理审批。"},
    },
    {
        "day": 33,
        "by": "education_contact",
        "act": "report_correction",
        "facts": {
            "corrected": "已补办审批并更正凭证，制定非车辆用油审批单。",
            "corrected_papers": ["file:整改报告.pdf"],
        },
    },
    {"day": 45, "by": "style_head", "act": "file"},
)

UP_TO_VERDICT = (LAID_OUT, ASSIGNED, *TASKS, ASKED, EXPLAINED, *CHECKED, JUDGED, CONCLUDED)
