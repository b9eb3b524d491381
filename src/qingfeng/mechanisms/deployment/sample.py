"""Stories of deployments, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "深化群众身边不正之风和腐败问题集中整治",
    "opened_by": "registrar",
    "owner": "office",
    "facts": {
        "source_kind": "plenary",
        "source_title": "区纪委全体会议工作报告",
        "source_no": "云纪发{year}-1",
        "source_on": "day:0",
        "clause_no": "二（三）",
        "clause_text": "深化群众身边不正之风和腐败问题集中整治，办好群众可感可及的实事。",
        "area": "grassroots",
        "due_by": "day:200",
    },
}
ASSIGNED: dict[str, Any] = {
    "day": 3,
    "by": "office_head",
    "act": "assign",
    "facts": {
        "task_text": "由党风室牵头，对挂单督办的河道管理问题一督到底，年内办结并回访。",
        "due_by": "day:200",
    },
    "parties": {"responsible": ["style"]},
}
NOTED: dict[str, Any] = {
    "day": 100,
    "by": "style_one",
    "act": "note_progress",
    "lines": {"progress": [{"progress_on": "day:99", "progress_what": "承接的督办事项已办结并归档。"}]},
    "joined": {"cites": ("directive", "closing")},
}
CARRIED_OUT: dict[str, Any] = {
    "day": 120,
    "by": "style_one",
    "act": "carry_out",
    "facts": {
        "done_text": "承接本条的督办事项已经销号，责任追究和整改均已到位。",
        "done_files": ["file:落实情况.pdf"],
    },
}
REPORTED: dict[str, Any] = {
    "day": 126,
    "by": "registrar",
    "act": "report",
    "facts": {"reported_to": "市纪委监委", "reported_on": "day:126", "report_no": "云纪报{year}-31"},
}

CASES: dict[str, dict[str, Any]] = {
    "at_first": {
        **OPENING,
        "title": "推动纪检监察建议落地见效",
        "facts": {
            **OPENING["facts"],
            "source_kind": "instruction",
            "source_title": "区委主要领导批示",
            "source_no": "云批{year}-12",
            "clause_no": "批示一",
            "clause_text": "对同类问题反复出现的单位，建议书要一抓到底，整改结果报区委。",
            "area": "procurement",
        },
        "steps": (),
    },
    "being_done": {
        **OPENING,
        "title": "压实党委（党组）主体责任",
        "facts": {
            **OPENING["facts"],
            "clause_no": "三（一）",
            "clause_text": "推动主体责任、监督责任贯通联动，专题研究全面从严治党工作每半年不少于一次。",
            "area": "conduct",
        },
        "steps": (
            {
                **ASSIGNED,
                "facts": {
                    "task_text": "由党风室牵头，逐单位建立年度履责台账，缺一次专题研究的及时提醒。",
                    "due_by": "day:200",
                },
            },
        ),
    },
    "carried_out": {
        **OPENING,
        "steps": (
            ASSIGNED,
            NOTED,
            CARRIED_OUT,
            REPORTED,
            {
                "day": 130,
                "by": "principal",
                "act": "close",
                "facts": {"closing_opinion": "已落实，同意销号。"},
            },
        ),
    },
    "brought_back": {
        **OPENING,
        "title": "统筹推进专项监督与日常监督",
        "facts": {
            **OPENING["facts"],
            "source_kind": "document",
            "source_title": "市纪委监委年度监督工作要点",
            "source_no": "清纪发{year}-3",
            "clause_no": "五",
            "clause_text": "把专项监督中发现的共性问题转化为日常监督的重点，防止一阵风。",
            "area": "conduct",
        },
        "steps": (
            ASSIGNED,
            NOTED,
            CARRIED_OUT,
            {"day": 124, "by": "deputy", "act": "send_back", "reason": "未说明如何转入日常监督，请补充。"},
        ),
    },
    "set_aside": {
        **OPENING,
        "title": "完善基层监督站点建设",
        "facts": {
            **OPENING["facts"],
            "source_kind": "concern",
            "source_title": "市纪委监委重点工作调度",
            "source_no": "",
            "clause_no": "调度事项四",
            "clause_text": "完善基层监督站点建设。",
            "area": "villages",
        },
        "steps": (
            {
                "day": 4,
                "by": "deputy",
                "act": "set_aside",
                "reason": "上级已发文以新的工作方案替代，由新条目承接。",
            },
        ),
    },
}
