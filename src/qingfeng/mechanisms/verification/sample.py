"""Stories of verifications, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

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

HOUSING: dict[str, Any] = {
    **OPENING,
    "title": "区住建局：同日同店连号发票",
    "facts": {
        "lead": "77c0e5d1a2b94f08",
        "doubt": "同一日同一餐馆开具两张连号发票，金额合计3,960.00元，分两次报销。",
        "watch": "card",
        "tier": "B",
        "colour": "yellow",
        "rule": "invoice_split_same_day",
        "rules": "invoice_split_same_day sha256:9bd2",
        "evidence": "发票/9月.csv 第77行\n发票/9月.csv 第78行",
        "amount": "3960.00",
    },
    "parties": {"unit": ["housing"]},
}

HOUSING_BEGUN: tuple[dict[str, Any], ...] = (
    {
        "day": 1,
        "by": "analyst",
        "act": "lay_out",
        "lines": {
            "labels": [
                {
                    "finding": 1,
                    "rule": "invoice_split_same_day",
                    "version": "sha256:9bd2",
                    "message": "同一日同一餐馆开具两张连号发票，金额合计3,960.00元。",
                }
            ],
            "explanations": [{"explanation": "两批来宾分别接待，各有公函"}],
        },
    },
    {"day": 2, "by": "deputy", "act": "assign", "parties": {"verifier": ["style_one", "style_two"]}},
)  # fmt: skip

HOUSING_ASKED: dict[str, Any] = {
    "day": 4,
    "by": "style_two",
    "act": "ask_unit",
    "lines": {
        "questions": [
            {
                "fact": "同一日同一餐馆开具两张连号发票，金额合计3,960.00元，分两次报销。",
                "rows": "发票/9月.csv 第77行：1,980.00元；第78行：1,980.00元。",
                "question": "请说明两张发票对应的接待事项，并提供公函和接待清单。",
            }
        ]
    },
}

HOUSING_CLEARED: tuple[dict[str, Any], ...] = (
    {
        "day": 8,
        "by": "housing_contact",
        "act": "explain",
        "changes": {
            "questions": {
                1: {
                    "stance": "reason",
                    "answer": "当日接待两批来宾，各有公函和接待清单，餐馆按批次开票。",
                    "answer_papers": ["file:公函及接待清单.pdf"],
                }
            }
        },
    },
    {
        "day": 12,
        "by": "style_one",
        "act": "test_explanation",
        "changes": {
            "explanations": {
                1: {"tested_how": "核对公函、清单并向来函单位核实", "holds": "yes", "why": "两份公函真实，人数与菜单相符。"}
            }
        },
    },
    {
        "day": 13,
        "by": "style_two",
        "act": "judge",
        "changes": {"labels": {1: {"verdict": "explained", "verdict_reason": "两批来宾分别接待，手续齐全。"}}},
    },
    {
        "day": 14,
        "by": "style_two",
        "second": "style_one",
        "act": "conclude",
        "facts": {
            "verdict": "explained",
            "conclusion": "两张发票对应两批来宾，公函、清单齐全，有正当理由。",
            "repeated": "no",
        },
    },
    {"day": 16, "by": "deputy", "act": "approve", "facts": {"opinion": "同意，向单位澄清。"}},
    {"day": 17, "by": "style_head", "act": "dispose", "facts": {"disposition": ["clear"]}},
    {
        "day": 18,
        "by": "style_one",
        "act": "clear",
        "facts": {"result_told": "两张连号发票对应两批来宾，公函和接待清单齐全，手续完备。"},
    },
    {"day": 30, "by": "style_two", "act": "file"},
)  # fmt: skip

SILENT: tuple[dict[str, Any], ...] = (
    {
        "day": 20,
        "by": "style_two",
        "act": "note_silence",
        "reason": "期限届满并电话提醒两次，单位未作说明。",
    },
    {
        "day": 21,
        "by": "style_one",
        "act": "test_explanation",
        "changes": {
            "explanations": {
                1: {"tested_how": "向来函单位核实", "holds": "no", "why": "来函单位当日没有到访。"}
            }
        },
    },
    {
        "day": 21,
        "by": "style_two",
        "act": "judge",
        "changes": {"labels": {1: {"verdict": "confirmed", "verdict_reason": "一次接待分开票据报销。"}}},
    },
    {
        "day": 22,
        "by": "style_one",
        "second": "style_two",
        "act": "conclude",
        "facts": {
            "verdict": "confirmed",
            "conclusion": "一次接待开具两张发票分两次报销，所附公函不实。",
            "amount_confirmed": "3960.00",
            "repeated": "yes",
        },
    },
    {"day": 23, "by": "deputy", "act": "send_back", "reason": "请补充餐馆点菜单后再报。"},
    {
        "day": 24,
        "by": "style_one",
        "act": "add_explanation",
        "lines": {"explanations": [{"explanation": "餐馆误开票，未重复收款"}]},
    },
    {
        "day": 25,
        "by": "style_two",
        "act": "test_explanation",
        "changes": {
            "explanations": {2: {"tested_how": "查餐馆流水和点菜单", "holds": "no", "why": "两张票据均已收款。"}}
        },
    },
    {
        "day": 26,
        "by": "style_one",
        "second": "style_two",
        "act": "conclude",
        "facts": {
            "verdict": "confirmed",
            "conclusion": "一次接待开具两张发票分两次报销，餐馆点菜单为一份。",
            "amount_confirmed": "3960.00",
            "repeated": "yes",
        },
    },
    {"day": 27, "by": "deputy", "act": "approve", "facts": {"opinion": "同意，按程序登记问题线索。"}},
    {
        "day": 28,
        "by": "deputy",
        "act": "dispose",
        "facts": {
            "disposition": ["clue"],
            "clue_grounds": "9月一次公务接待，两张发票共3,960.00元，票据、点菜单和来函单位证明在卷。",
        },
        "then": "thread",
    },
)  # fmt: skip

SECRET: tuple[dict[str, Any], ...] = (
    {"day": 3, "by": "deputy", "act": "keep_secret", "reason": "提前询问可能导致票据被更换，待取证后再听取说明。"},
    {
        "day": 6,
        "by": "style_one",
        "act": "test_explanation",
        "changes": {
            "explanations": {1: {"tested_how": "向来函单位核实", "holds": "no", "why": "来函单位当日没有到访。"}}
        },
    },
    {
        "day": 7,
        "by": "style_one",
        "act": "judge",
        "changes": {"labels": {1: {"verdict": "confirmed", "verdict_reason": "所附公函不实。"}}},
    },
    {
        "day": 8,
        "by": "style_one",
        "second": "style_two",
        "act": "conclude",
        "facts": {"verdict": "confirmed", "conclusion": "所附公函不实。", "repeated": "no"},
    },
    {"day": 9, "by": "deputy", "act": "approve", "facts": {"opinion": "同意。"}},
    {
        "day": 10,
        "by": "deputy",
        "act": "dispose",
        "facts": {"disposition": ["clue"], "clue_grounds": "9月一次公务接待所附公函不实，票据在卷。"},
        "then": "from_finding",
    },
    {"day": 11, "by": "deputy", "act": "withhold", "reason": "线索尚未登记处置，暂不告知单位。"},
    {"day": 35, "by": "style_head", "act": "file"},
)  # fmt: skip

STATISTICAL: dict[str, Any] = {
    **OPENING,
    "title": "区水务局：节前用油量偏离往年",
    "facts": {
        "lead": "0d9e8c7b6a5f4e3d",
        "doubt": "节前两周用油量与本单位往年同期相差较大。",
        "watch": "vehicle",
        "tier": "C",
        "colour": "blue",
        "rule": "fuel_before_holiday",
    },
    "parties": {"unit": ["water"]},
}

EXCLUDED: tuple[dict[str, Any], ...] = (
    {
        "day": 1,
        "by": "analyst",
        "act": "lay_out",
        "lines": {
            "labels": [
                {
                    "finding": 1,
                    "rule": "fuel_before_holiday",
                    "version": "sha256:51ce",
                    "message": "节前两周用油量与本单位往年同期相差较大。",
                }
            ],
            "explanations": [{"explanation": "防汛值守、水源地巡查增加"}],
        },
    },
    {
        "day": 2,
        "by": "analyst",
        "act": "judge",
        "changes": {"labels": {1: {"verdict": "explained", "verdict_reason": "同期防汛应急响应，派车单齐全。"}}},
    },
    {
        "day": 2,
        "by": "analyst",
        "second": "style_head",
        "act": "exclude",
        "reason": "与防汛应急响应时间一致，派车单与轨迹相符。",
    },
)  # fmt: skip

CASES: dict[str, dict[str, Any]] = {
    "partly": {**OPENING, "steps": (*UP_TO_VERDICT, APPROVED, *PUT_RIGHT)},
    "cleared": {**HOUSING, "steps": (*HOUSING_BEGUN, HOUSING_ASKED, *HOUSING_CLEARED)},
    "silent": {**HOUSING, "title": "区住建局：接待票据与公函不符", "facts": {**HOUSING["facts"], "lead": "1b2c3d4e5f607182"},
               "steps": (*HOUSING_BEGUN, HOUSING_ASKED, *SILENT)},
    "secret": {**HOUSING, "title": "区住建局：接待公函存疑", "facts": {**HOUSING["facts"], "lead": "9a8b7c6d5e4f3021"},
               "steps": (*HOUSING_BEGUN, *SECRET)},
    "excluded": {**STATISTICAL, "steps": EXCLUDED},
    "no_video": {
        **OPENING,
        "title": "区教育局：节假日高速通行",
        "facts": {**OPENING["facts"], "lead": "2f3e4d5c6b7a8990", "rule": "toll_on_rest_day", "happened_on": "day:-20"},
        "steps": (
            LAID_OUT,
            ASSIGNED,
            {"day": 3, "by": "style_one", "act": "give_up_video", "reason": "加油站监控已到期覆盖，站方出具书面说明。"},
            ASKED,
        ),
    },
}  # fmt: skip
