"""Stories of slips to offices, as plain data; fictional. See `mechanisms/sampling.py`."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "小区供水管网改造后水压不足",
    "opened_by": "petition_head",
    "owner": "petitions",
    "parties": {"lead_unit": ["housing"]},
}
WRITTEN: dict[str, Any] = {
    "day": 1,
    "by": "petition_registrar",
    "act": "write_duty",
    "facts": {
        "duty_why": "explained",
        "aid": ["legal_aid", "relief"],
        "contact_post": "物业管理科负责人",
        "unit_head": "区住建局局长",
        "due_on": "day:25",
    },
    "lines": {
        "steps": [{"owed": "explain", "owed_due": "day:10"}, {"owed": "pay", "owed_due": "day:20"}],
    },
}
ISSUED: dict[str, Any] = {"day": 2, "by": "petition_head", "act": "issue"}
SIGNED: dict[str, Any] = {
    "day": 3,
    "by": "housing_contact",
    "act": "sign_for",
    "facts": {"signed_post": "办公室负责人"},
}
SUPERVISED: tuple[dict[str, Any], ...] = (
    {
        "day": 1,
        "by": "petition_head",
        "act": "write_supervision",
        "facts": {
            "fault": "evading",
            "fault_facts": "两次答复内容相同，未到现场，退费至今未办。",
            "requirement": "十日内退还多收费用；不得劝返、截访，不得向信访人提任何条件。",
            "improvement": "报修和收费由同一科室负责到底，逐户答复。",
            "level": "head",
        },
    },
    {
        "day": 2,
        "by": "deputy",
        "second": "petition_head",
        "act": "issue_by_two",
        "facts": {"words_why": "要求中写明禁止的做法。"},
    },
    SIGNED,
)
ANSWERED: dict[str, Any] = {
    "day": 7,
    "by": "housing_contact",
    "act": "answer",
    "facts": {"adopted": "all", "answer": "已采纳，本周退费并逐户答复。"},
}


def closed(day: int) -> dict[str, Any]:
    """Return the step that closes a slip."""
    return {
        "day": day,
        "by": "petition_head",
        "act": "close",
        "facts": {"real_step": "yes", "closing_note": "费用已退，原因已说明。"},
    }


CASES: dict[str, dict[str, Any]] = {
    "duty": {
        **OPENING,
        "facts": {"slip_of": "信〔{year}〕1号", "slip_kind": "duty", "made_by": "hand"},
        "steps": (
            WRITTEN,
            ISSUED,
            SIGNED,
            {
                "day": 5,
                "by": "housing_contact",
                "act": "meet",
                "facts": {"met_on": "day:5", "met_how": "当面说明原因、修复日期和可以申请的法律援助。"},
            },
            {
                "day": 7,
                "by": "housing_contact",
                "act": "report_first",
                "facts": {"first_report": "已联系住户代表，退费清单正在核对。"},
            },
            {
                "day": 18,
                "by": "housing_contact",
                "act": "do_step",
                "changes": {
                    "steps": {1: {"owed_proof": "说明记录{year}-03"}, 2: {"owed_proof": "退费清单{year}-02"}}
                },
            },
            {**ANSWERED, "day": 19},
            closed(22),
        ),
    },
    "supervision": {
        **OPENING,
        "title": "退费事项迟延",
        "facts": {"slip_of": "信〔{year}〕1号", "slip_kind": "supervision", "made_by": "hand"},
        "steps": (
            *SUPERVISED,
            ANSWERED,
            {"day": 9, "by": "petition_head", "act": "send_back", "reason": "未写明退费日期，请补充。"},
            {**ANSWERED, "day": 11},
            {
                "day": 32,
                "by": "housing_contact",
                "act": "report_month",
                "facts": {"first_report": "退费完成九成，其余三户待核对。"},
            },
            {
                "day": 36,
                "by": "housing_contact",
                "act": "put_right",
                "facts": {"put_right_on": "day:36", "put_right": "全部退费，答复逐户送达。"},
            },
            closed(38),
        ),
    },
    "warning": {
        **OPENING,
        "title": "楼顶渗水修复迟延",
        "facts": {
            "slip_kind": "warning",
            "made_by": "hand",
        },
        "steps": (
            {
                "day": 0,
                "by": "petition_registrar",
                "act": "write_warning",
                "facts": {
                    "ground": "written_again",
                    "clock_name": "单位：出具处理意见",
                    "days_left": 17,
                    "missing": "处理意见尚未出具。",
                },
            },
            {**ISSUED, "day": 0},
            {**SIGNED, "day": 1},
        ),
    },
    "revoked": {
        **OPENING,
        "title": "重复发出的提醒",
        "facts": {"slip_of": "信〔{year}〕1号", "slip_kind": "warning", "made_by": "hand"},
        "steps": ({"day": 1, "by": "petition_head", "act": "revoke", "reason": "同一事项已经发单。"},),
    },
}
