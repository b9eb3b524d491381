"""Stories of quizzes, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "公务接待警示教育测评",
    "opened_by": "case_supervisor",
    "owner": "case_supervision",
    "facts": {
        "area": "conduct",
        "tests_what": "education",
        "held_for": "采购、验收、财务岗位人员",
        "record_no": "教育{year}-07",
    },
}

HANDS: dict[str, Any] = {
    "day": 1,
    "by": "case_supervisor",
    "act": "set_hands",
    "facts": {"tests_what": "education", "recusal_checked": True},
    "parties": {"writer": ["style_one"], "reviewer": ["style_two"]},
}


def question(text: str, answers: tuple[str, ...], *, right: str, why: str, source: str) -> dict[str, Any]:
    """Return a question with two to four answers."""
    options = {f"option_{key}": answer for key, answer in zip("abcd", answers, strict=False)}
    return {"question": text, **options, "right": right, "why": why, "source": source}


QUESTIONS = [
    question(
        "接待对象没有公函，只有电话通知，能否安排公务接待？",
        ("可以，事后补函", "不可以，无公函的公务活动不予接待", "领导同意即可"),
        right="b",
        why="公务接待凭公函或者邀请函，事后补函不改变当时没有依据。",
        source="党政机关国内公务接待管理规定",
    ),
    question(
        "接待对象十二人，陪餐人数最多几人？",
        ("三人", "四人", "六人", "不限"),
        right="b",
        why="接待对象超过十人的，陪餐人数不得超过接待对象人数的三分之一。",
        source="党政机关国内公务接待管理规定",
    ),
    question(
        "物资到货，验收由谁签字？",
        ("经办采购的人", "两名以上、与采购分开的人员", "财务人员代签"),
        right="b",
        why="采购与验收是不相容岗位，应当分开并互相制约。",
        source="行政事业单位内部控制规范（试行）",
    ),
]

WRITTEN: tuple[dict[str, Any], ...] = (
    HANDS,
    {
        "day": 4,
        "by": "style_one",
        "act": "write_question",
        "lines": {"questions": [*QUESTIONS, {**QUESTIONS[2], "question": "入库单可以事后补录吗？"}]},
    },
    {
        "day": 5,
        "by": "style_one",
        "act": "strike_question",
        "changes": {"questions": {4: {"source": "与第三题重复"}}},
    },
    {
        "day": 6,
        "by": "style_one",
        "act": "mend_question",
        "changes": {"questions": {1: QUESTIONS[0]}},
    },
    {"day": 7, "by": "style_one", "act": "hand_in"},
)

SENT_BACK: tuple[dict[str, Any], ...] = (
    {"day": 9, "by": "style_two", "act": "send_back", "reason": "第二题缺少对应条款，请补充出处后再报。"},
    {"day": 10, "by": "style_one", "act": "hand_in"},
)

APPROVED: dict[str, Any] = {
    "day": 12,
    "by": "style_two",
    "act": "approve",
    "facts": {"sources_checked": True, "names_nobody": True, "review_says": "题目与出处一致，同意使用。"},
}

OPEN_BEFORE: dict[str, Any] = {
    "day": 20,
    "by": "style_one",
    "act": "open_before",
    "facts": {"invited_before": 46, "before_until": "day:25"},
}
OPEN_AFTER: dict[str, Any] = {
    "day": 26,
    "by": "style_one",
    "act": "open_after",
    "facts": {"held_on": "day:26", "invited_after": 46, "after_until": "day:33"},
}
CLOSED: dict[str, Any] = {
    "day": 34,
    "by": "style_one",
    "act": "close",
    "facts": {"learnt": "陪餐人数的标准仍有人答错，列入下次提醒。"},
}

CASES: dict[str, dict[str, Any]] = {
    "closed": {**OPENING, "steps": (*WRITTEN, *SENT_BACK, APPROVED, OPEN_BEFORE, OPEN_AFTER, CLOSED)},
    "dropped": {
        **OPENING,
        "title": "工程招投标警示教育测评",
        "facts": {"area": "works", "tests_what": "education"},
        "steps": (
            HANDS,
            {"day": 8, "by": "case_supervisor", "act": "drop", "reason": "与市级统一测评重复，不再使用。"},
        ),
    },
}
