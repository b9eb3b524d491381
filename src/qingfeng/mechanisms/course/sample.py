"""Stories of courses, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "公函与接待清单怎样对得上",
    "opened_by": "org_head",
    "owner": "org",
    "facts": {
        "area": "conduct",
        "need_from": "returned",
        "need": "核查报告退回的，多数没有把公函日期和用餐日期逐笔对照。",
        "tied_to": "公务接待类疑点核查",
        "audience": ["handlers", "residents"],
        "minutes": 40,
        "teach_by": "day:45",
    },
    "parties": {"teacher": ["style_one"], "secrecy": ["office_head"], "redactor": ["trial_reviewer"]},
}

TAKEN_UP: dict[str, Any] = {"day": 3, "by": "org_head", "act": "take_up"}

MATERIALS = (
    {
        "material": "三张单据对照法",
        "material_kind": "slides",
        "told": "公函、接待清单、发票三张单据按日期、人数、金额逐项对照，不一致处先问再查。",
        "material_file": ["file:对照法讲义.pdf"],
    },
    {
        "material": "一笔接待的十分钟",
        "material_kind": "exercise",
        "told": "给出一组隐去名称的单据，请学员在十分钟内找出三处对不上的地方，并写出要问的问题。",
        "material_file": ["file:练习单据.pdf"],
    },
    {
        "material": "核查提示卡",
        "material_kind": "handout",
        "told": "五句话提示，随身携带。",
        "material_file": ["file:提示卡.pdf"],
    },
)

PREPARED: tuple[dict[str, Any], ...] = (
    TAKEN_UP,
    {"day": 12, "by": "style_one", "act": "add_material", "lines": {"materials": MATERIALS}},
    {
        "day": 13,
        "by": "style_one",
        "act": "mend_material",
        "changes": {"materials": {3: {**MATERIALS[2], "told": "六句话提示，随身携带。"}}},
    },
    {"day": 15, "by": "style_one", "act": "hand_in"},
)

SENT_BACK: tuple[dict[str, Any], ...] = (
    {
        "day": 16,
        "by": "trial_reviewer",
        "act": "send_back",
        "reason": "练习单据上的酒店简称能认出单位，请隐去。",
    },
    {
        "day": 17,
        "by": "style_one",
        "act": "strike_material",
        "changes": {"materials": {3: {"material": "核查提示卡（与讲义重复）"}}},
    },
    {"day": 18, "by": "style_one", "act": "hand_in"},
)

REVIEWED: tuple[dict[str, Any], ...] = (
    {
        "day": 19,
        "by": "office_head",
        "act": "clear_secrecy",
        "facts": {"holds_no_secret": True, "secrecy_says": "不涉及在办事项和工作秘密。"},
    },
    {
        "day": 20,
        "by": "trial_reviewer",
        "act": "clear_redaction",
        "facts": {"is_redacted": True, "redaction_says": "名称、日期、金额均已改写，无法对应到具体单位。"},
    },
    {"day": 21, "by": "org_head", "act": "release"},
)


def session(day: int, act: str, came: int) -> dict[str, Any]:
    """Return the step in which a session is entered."""
    line = {
        "taught_on": f"day:{day}",
        "taught_at": "区纪委监委学习室",
        "took_minutes": 42,
        "invited": 26,
        "came": came,
        "came_from": ["handlers", "residents"],
    }
    return {"day": day, "by": "style_one", "act": act, "lines": {"sessions": [line]}}


RATED: tuple[dict[str, Any], ...] = (
    {
        "day": 36,
        "by": "org_head",
        "act": "rate",
        "facts": {
            "sheets": 22,
            "useful": 20,
            "applied": 17,
            "better": "希望再给一组更难的单据。",
        },
    },
    {
        "day": 40,
        "by": "org_head",
        "act": "keep",
        "facts": {"kept_as": "mended", "for_whom_again": "派驻组新任联络人到岗后一个月内再讲一次。"},
    },
    session(60, "teach_again", 8),
)

LOOKED: dict[str, Any] = {
    "day": 140,
    "by": "org_head",
    "act": "look",
    "facts": {
        "effect": "cannot_say",
        "effect_says": "三个月内同类核查只有四件，退回一件，件数太少，尚不能下判断。",
    },
}

NO_QUIZ: dict[str, Any] = {
    "day": 33,
    "by": "org_head",
    "act": "skip_test",
    "reason": "练习即测验，现场已逐题讲评。",
}

CASES: dict[str, dict[str, Any]] = {
    "kept": {
        **OPENING,
        "steps": (
            *PREPARED, *SENT_BACK, *REVIEWED, session(30, "teach", 24), NO_QUIZ, *RATED, LOOKED,
        ),
    },
    "tested": {
        **OPENING,
        "title": "数据比对里的三种误判",
        "facts": {**OPENING["facts"], "need_from": "new", "audience": ["analysts", "new_people"],
                  "tied_to": "数据筛查疑点的正当解释"},
        "steps": (
            *PREPARED,
            *REVIEWED,
            {"day": 22, "by": "org_head", "act": "put_off", "facts": {"until": "day:60"},
             "reason": "授课人参加专项治理，顺延两周。"},
            session(50, "teach", 15),
            {"day": 51, "by": "org_head", "act": "test"},
        ),
    },
    "few": {
        **OPENING,
        "title": "村级采购小额拆分怎么看",
        "facts": {**OPENING["facts"], "area": "villages", "need_from": "case", "audience": ["towns"],
                  "tied_to": "采购拆分类规则"},
        "steps": (
            *PREPARED,
            *REVIEWED,
            session(30, "teach", 5),
            NO_QUIZ,
            {"day": 34, "by": "org_head", "act": "rate_few",
             "facts": {"why_no_feedback": "到课五人，收回评价表三份，不足五份不作汇总。"}},
        ),
    },
    "dropped": {
        **OPENING,
        "title": "差旅住宿标准的三个变化",
        "steps": (
            {
                "day": 2,
                "by": "org_head",
                "act": "set_hands",
                "facts": {"recusal_checked": True},
                "parties": {**OPENING["parties"], "teacher": ["style_two"]},
            },
            {"day": 6, "by": "org_head", "act": "drop", "reason": "市里已有统一课程，直接选用。"},
        ),
    },
}  # fmt: skip
