"""Stories of reports on persons, as plain data; fictional. See `mechanisms/sampling.py`."""

from __future__ import annotations

from typing import Any

PHRASE = "一泓清水照见不遮掩的影子"
"""Unlock phrase of the custodian in the demonstration and in tests; a real one is kept nowhere."""

REPORTER = "宋不鸣"
REACHED = "青石街道邮政所留交，勿打电话"
CONTENT = "反映某单位车辆加油卡交他人使用：十月上旬，同一张卡一天内在两处加油站加油，驾驶员当日在外地。"
EXTRACT = "某单位一张加油卡于十月上旬同日在两处加油站使用；该车驾驶员当日是否在外地，请核。"

OPENING: dict[str, Any] = {
    "title": "检举控告件（密封）",
    "opened_by": "custodian",
    "owner": "petitions",
    "facts": {"level_asked": "ours", "received_on": "day:0", "channel": "letter"},
    "parties": {"custodian": ["custodian"]},
}

SEALED: dict[str, Any] = {
    "day": 0,
    "by": "custodian",
    "act": "write_in",
    "phrase": PHRASE,
    "facts": {"reporter": REPORTER, "reporter_reached": REACHED, "content": CONTENT},
}
ACCEPTED: dict[str, Any] = {"day": 2, "by": "custodian", "act": "accept", "facts": {"is_named": True}}
ACKNOWLEDGED: dict[str, Any] = {
    "day": 3,
    "by": "custodian",
    "act": "acknowledge",
    "facts": {"told_on": "day:3"},
}
EXTRACTED: dict[str, Any] = {
    "day": 4,
    "by": "custodian",
    "act": "make_extract",
    "facts": {"extract": EXTRACT},
}
HANDED: dict[str, Any] = {"day": 5, "by": "custodian", "act": "hand_on", "then": "from_a_report"}
TAKEN = (SEALED, ACCEPTED, ACKNOWLEDGED, EXTRACTED, HANDED)

RETALIATION: tuple[dict[str, Any], ...] = (
    {
        "day": 12,
        "by": "custodian",
        "act": "note_retaliation",
        "lines": {"protection": [{"seen_on": "day:12", "form": "asked", "answer_by": "day:16"}]},
    },
    {
        "day": 15,
        "by": "custodian",
        "act": "answer_retaliation",
        "changes": {"protection": {1: {"answered_on": "day:15", "step": "stopped"}}},
    },
)

RELEASED: tuple[dict[str, Any], ...] = (
    {
        "day": 20,
        "by": "custodian",
        "act": "ask_release",
        "parties": {"approver": ["deputy"]},
        "lines": {"releases": [{"release_for": "verify", "release_asked_on": "day:20"}]},
        "reason": "核查须当面向检举控告人了解加油地点，别无他法。",
    },
    {
        "day": 21,
        "by": "deputy",
        "act": "allow_release",
        "changes": {"releases": {1: {"release_answered_on": "day:21"}}},
        "reason": "限一人一次，地点由检举控告人定。",
    },
)

RESULT: tuple[dict[str, Any], ...] = (
    {"day": 60, "by": "house", "act": "hear_result", "facts": {"found": "partly"}},
    {
        "day": 66,
        "by": "custodian",
        "act": "give_feedback",
        "facts": {"fed_back_on": "day:66", "objection": False, "new_evidence": False},
    },
    {"day": 70, "by": "custodian", "act": "close"},
)

PROPOSED: dict[str, Any] = {
    "day": 3,
    "by": "custodian",
    "act": "propose_aside",
    "facts": {"why_aside": "nothing"},
    "parties": {"approver": ["deputy"]},
    "reason": "来信无对象、时间、地点和可查事项。",
}
ANONYMOUS: dict[str, Any] = {**ACCEPTED, "facts": {"is_named": False}}

CASES: dict[str, dict[str, Any]] = {
    "named": {**OPENING, "steps": (*TAKEN, *RETALIATION, *RELEASED, RESULT[0])},
    "to_the_end": {**OPENING, "steps": (*TAKEN, *RETALIATION, *RESULT)},
    "refused": {
        **OPENING,
        "steps": (
            *TAKEN,
            RELEASED[0],
            {**RELEASED[1], "act": "refuse_release", "reason": "可以不经检举控告人核实。"},
            {"day": 22, "by": "custodian", "act": "tell",
             "facts": {"word_kind": "question", "told_on": "day:22"}},
        ),
    },
    "set_aside": {
        **OPENING,
        "steps": (
            SEALED,
            ANONYMOUS,
            PROPOSED,
            {"day": 4, "by": "deputy", "act": "send_back", "reason": "请先核对附件。"},
            {**PROPOSED, "day": 6, "reason": "附件为空白，无可查事项。"},
            {"day": 7, "by": "deputy", "act": "agree_aside", "reason": "同意。"},
        ),
    },
    "locked": {
        **OPENING,
        "steps": (
            SEALED,
            ANONYMOUS,
            {"day": 3, "by": "custodian", "act": "lock"},
            {"day": 4, "by": "custodian", "act": "send_up",
             "facts": {"sent_up_on": "day:4", "sealed_item_no": "密{year}-011"}},
        ),
    },
    "unopened": {
        **OPENING,
        "facts": {"level_asked": "sealed", "received_on": "day:0", "channel": "letter"},
        "steps": (
            {"day": 0, "by": "custodian", "act": "send_item_up", "facts": {"sent_up_on": "day:0"}},
        ),
    },
    "not_ours": {
        **OPENING,
        "steps": (
            SEALED,
            {"day": 2, "by": "custodian", "act": "send_on",
             "facts": {"sent_on_to": "区人民法院", "sent_on_on": "day:2"},
             "reason": "属诉讼事项。"},
        ),
    },
}  # fmt: skip
