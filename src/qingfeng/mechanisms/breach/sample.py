"""Stories of breaches, as plain data; fictional. See `mechanisms/sampling.py`."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "接待台账导出文件误发",
    "opened_by": "style_two",
    "owner": "style",
    "facts": {
        "what_happened": "接待台账导出文件误发至另一单位工作群，十分钟后撤回。",
        "noticed_on": "day:0",
        "noticed_by": "staff",
        "breach_kind": "leak",
        "where": "公务接待台账",
    },
}

ASSESSED: tuple[dict[str, Any], ...] = (
    {"day": 0, "by": "style_head", "act": "assign", "parties": {"handler": ["style_one"]}},
    {
        "day": 0,
        "by": "style_one",
        "act": "contain",
        "facts": {"measures_now": "撤回文件，请收件人删除并书面确认。", "stopped_on": "day:0"},
    },
    {
        "day": 1,
        "by": "style_one",
        "act": "assess",
        "facts": {
            "categories": ["names"],
            "how_many_people": 26,
            "cause": "rule_not_kept",
            "cause_text": "导出文件未按规定在专用机上交接。",
            "harm": "经办人姓名和接待日期可能被无关人员知悉。",
            "severity": "low",
            "self_help": "收到可疑询问请及时告知联系部门。",
        },
    },
)

TOLD: tuple[dict[str, Any], ...] = (
    {
        "day": 2,
        "by": "principal",
        "act": "decide",
        "facts": {
            "tell_authority": "yes",
            "authority": "区网信部门",
            "tell_people": "yes",
        },
    },
    {
        "day": 2,
        "by": "style_one",
        "act": "tell_authority_now",
        "facts": {"authority_told_on": "day:2", "authority_receipt": "云网信收〔{year}〕7号"},
    },
    {
        "day": 3,
        "by": "style_one",
        "act": "tell_people_now",
        "facts": {"people_told_on": "day:3", "people_told": 26, "told_how": "书面告知，逐人签收"},
    },
    {
        "day": 4,
        "by": "style_head",
        "act": "list_measure",
        "lines": {"measures": [{"measure": "导出文件只在专用机交接，水印到人。", "measure_by": "day:20"}]},
    },
)

ENDED: tuple[dict[str, Any], ...] = (
    {
        "day": 18,
        "by": "style_one",
        "act": "finish_measure",
        "changes": {"measures": {1: {"measure_result": "已启用，抽查三次均符合要求。"}}},
    },
    {
        "day": 22,
        "by": "deputy",
        "act": "close",
        "facts": {"changed": "修订导出文件交接规定，组织一次培训。", "rule_changed": "导出交接规定第三条"},
    },
)

CASES: dict[str, dict[str, Any]] = {
    "closed": {**OPENING, "steps": (*ASSESSED, *TOLD, *ENDED)},
    "not_told": {
        **OPENING,
        "title": "专用机外壳破损送修",
        "facts": {
            **OPENING["facts"],
            "what_happened": "专用机外壳破损送修，硬盘全程加密且未离开视线。",
            "breach_kind": "may_be",
            "where": "数据专用机",
        },
        "steps": (
            *ASSESSED,
            {
                "day": 2,
                "by": "principal",
                "act": "decide",
                "facts": {
                    "tell_authority": "no",
                    "authority_why_not": "硬盘全程加密，未发生泄露。",
                    "tell_people": "no",
                    "people_why_not": "已采取的加密措施能够有效避免危害。",
                },
            },
        ),
    },
    "none": {
        **OPENING,
        "title": "台账文件无法打开",
        "facts": {**OPENING["facts"], "breach_kind": "lost", "what_happened": "台账文件无法打开，疑似丢失。"},
        "steps": (
            {
                "day": 1,
                "by": "deputy",
                "act": "no_breach",
                "reason": "核实为软件版本不一致，文件完整。",
            },
        ),
    },
}
