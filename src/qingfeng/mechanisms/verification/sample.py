"""Stories of verifications, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

# ruff: noqa: E501 - a sentence of a story stands on one line, however wide its signs are

from __future__ import annotations

from typing import Any

from qingfeng.mechanisms.verification.sample_steps import (
    APPROVED,
    ASKED,
    ASSIGNED,
    LAID_OUT,
    OPENING,
    PUT_RIGHT,
    UP_TO_VERDICT,
)

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
