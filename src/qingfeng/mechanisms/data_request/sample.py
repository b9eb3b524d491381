"""Stories of data requests, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

# ruff: noqa: E501 - a sentence of a story stands on one line, however wide its signs are

from __future__ import annotations

from typing import Any

HASH = "c0ffee0a1b2c3d4e5f60718293a4b5c6d7e8f9000112233445566778899aabbc"

STANDING: dict[str, Any] = {
    "title": "公务用车加油和派车数据（按月）",
    "opened_by": "analyst",
    "owner": "style",
    "facts": {
        "purpose": "核对公务用车加油、派车是否相符，只用于公车监督规则的筛查。",
        "uses": ["vehicle", "card"],
        "authority": "监察法第十八条",
        "repeats": "standing",
        "period_from": "day:-90",
        "period_to": "months:0+6",
        "delivery_day": 5,
        "channel": "site",
        "file_format": "CSV或者XLSX",
        "answerable": "信息科科长 祝明远",
        "storage": "委机关数据专用机",
        "delete_on": "months:0+9",
    },
    "parties": {"holder": ["vehicles"]},
}

LISTED: tuple[dict[str, Any], ...] = (
    {
        "day": 0,
        "by": "analyst",
        "act": "list_columns",
        "lines": {
            "columns": [
                {"column": "fuel.plate", "column_purpose": "与车辆台账对应"},
                {"column": "fuel.ts", "column_purpose": "与派车时间对应"},
                {"column": "fuel.liters", "column_purpose": "与油箱容积、里程核对"},
                {"column": "fuel.amount", "column_purpose": "计算涉及金额"},
                {"column": "fuel.station", "column_purpose": "与行程核对"},
                {"column": "trip.plate", "column_purpose": "与加油记录对应"},
                {"column": "fuel.points", "column_purpose": "核对积分去向"},
            ]
        },
    },
    {"day": 1, "by": "analyst", "act": "strike_column", "changes": {"columns": {7: {}}}},
    {
        "day": 1,
        "by": "analyst",
        "act": "assess",
        "facts": {
            "pia_kinds": ["identifiers", "tracks"],
            "pia_need": "少于上述字段无法核对车辆、时间和数量。",
            "pia_effect": "仅涉及公务用车；卡号只留不可还原的哈希。",
            "pia_measures": "最小字段、哈希存储、专用机、到期删除。",
            "pia_result": "measures",
        },
    },
    {"day": 2, "by": "analyst", "act": "submit"},
)

SENT: tuple[dict[str, Any], ...] = (
    {"day": 4, "by": "deputy", "act": "approve"},
    {"day": 4, "by": "analyst", "act": "issue"},
)


def _arrived(day: int, no: int, *, outside: str = "") -> tuple[dict[str, Any], ...]:
    return (
        {
            "day": day,
            "by": "vehicles_contact",
            "act": "hand_over",
            "lines": {
                "handovers": [
                    {"handed_on": f"day:{day}", "files_sent": f"加油明细第{no}期.csv", "sent_sha256": HASH, "rows_sent": 1290}
                ]
            },
        },
        {
            "day": day,
            "by": "analyst",
            "act": "receive",
            "lines": {
                "deliveries": [
                    {
                        "delivered_on": f"day:{day}",
                        "delivery": f"第{no}期",
                        "files": f"加油明细第{no}期.csv",
                        "sha256": HASH,
                        "rows": 1290,
                        "outside": outside,
                        "outside_dropped": bool(outside),
                        "received_by": "叶知秋",
                        "delete_on": "months:0+6",
                    }
                ]
            },
        },
    )  # fmt: skip


GOES_ON: tuple[dict[str, Any], ...] = (
    {
        "day": 8,
        "by": "vehicles_contact",
        "act": "name_answerable",
        "facts": {"answerable": "信息科科长 祝明远"},
    },
    *_arrived(28, 1, outside="fuel.points"),
    {
        "day": 62,
        "by": "analyst",
        "act": "chase",
        "lines": {"chases": [{"missing": "本月加油明细尚未交付。", "answer_by": "day:66"}]},
    },
    {
        "day": 64,
        "by": "vehicles_contact",
        "act": "answer_chase",
        "changes": {"chases": {1: {"answer": "系统升级延迟，明日交付。"}}},
    },
    *_arrived(65, 2),
)

ENDED: tuple[dict[str, Any], ...] = (
    {"day": 120, "by": "style_head", "act": "end_deliveries", "reason": "专项监督结束，不再需要按月数据。"},
    {
        "day": 125,
        "by": "analyst",
        "act": "prove_deletion",
        "changes": {
            "deliveries": {
                1: {
                    "deleted_on": "day:125",
                    "deletion_record": "数据湖删除记录：批次第1期，1290行，快照已过期。",
                },
                2: {
                    "deleted_on": "day:125",
                    "deletion_record": "数据湖删除记录：批次第2期，1290行，快照已过期。",
                },
            }
        },
    },
    {"day": 128, "by": "style_head", "act": "close"},
)

SINGLE: dict[str, Any] = {
    **STANDING,
    "title": "审计发现的接待费用明细",
    "facts": {
        **STANDING["facts"],
        "purpose": "核对审计报告所列接待费用与公函是否相符。",
        "uses": ["letter", "ledger"],
        "repeats": "single",
        "period_to": "day:-1",
        "deliver_by": "day:20",
        "delivery_day": None,
        "channel": "medium",
        "answerable": "法规科科长 柏长青",
        "delete_on": "months:0+3",
    },
    "parties": {"holder": ["audit"]},
}

SINGLE_LISTED: dict[str, Any] = {
    "day": 0,
    "by": "analyst",
    "act": "list_columns",
    "lines": {
        "columns": [
            {"column": "reception.host_unit", "column_purpose": "确定接待单位"},
            {"column": "reception.date", "column_purpose": "与公函日期核对"},
            {"column": "reception.meal_amount", "column_purpose": "核对金额"},
        ]
    },
}

RETURNED: tuple[dict[str, Any], ...] = (
    {"day": 3, "by": "deputy", "act": "return_draft", "reason": "数据期间过长，请缩短到审计所涉月份。"},
    {
        "day": 4,
        "by": "analyst",
        "act": "revise",
        "facts": {**SINGLE["facts"], "period_from": "day:-60"},
    },
    {"day": 5, "by": "analyst", "act": "submit"},
)

FOR_CAMPAIGN: tuple[dict[str, Any], ...] = (
    {"day": 0, "by": "analyst", "act": "revise", "facts": {**SINGLE["facts"], "delete_on": "months:0+9"}},
    {"day": 0, "by": "analyst", "act": "name_holder", "parties": {"holder": ["vehicles"]}},
    *LISTED[:1],
    *LISTED[2:],
    *SENT,
    *_arrived(9, 1),
)
DELETED_AFTER: tuple[dict[str, Any], ...] = (
    {
        **ENDED[1],
        "day": 5,
        "changes": {"deliveries": {1: {**ENDED[1]["changes"]["deliveries"][1], "deleted_on": "day:5"}}},
    },
    {**ENDED[2], "day": 6},
)

CASES: dict[str, dict[str, Any]] = {
    "standing": {**STANDING, "steps": (*LISTED, *SENT, *GOES_ON, *ENDED)},
    "single": {
        **SINGLE,
        "steps": (SINGLE_LISTED, *LISTED[2:], *RETURNED, {**SENT[0], "day": 6}, {**SENT[1], "day": 6}),
    },
    "for_campaign": {**SINGLE, "title": "公务加油卡专项治理数据", "steps": FOR_CAMPAIGN},
    "after_campaign": {**SINGLE, "within": ("campaign", "closed"), "steps": DELETED_AFTER},
    "dropped": {
        **SINGLE,
        "title": "干部家庭成员消费数据",
        "steps": (
            SINGLE_LISTED,
            *LISTED[2:],
            {"day": 3, "by": "deputy", "act": "drop", "reason": "超出必要范围，不予调取。"},
        ),
    },
}
