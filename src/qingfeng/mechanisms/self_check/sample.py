"""Stories of self-checks, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "公务加油自查自纠",
    "opened_by": "style_head",
    "owner": "style",
    "facts": {
        "area": "conduct",
        "self_topics": "对照《党政机关公务用车管理办法》，自查近一年公务加油卡领用、登记、报销情况。",
        "self_by": "day:15",
    },
    "parties": {"unit": ["education"]},
}


def step(day: int, by: str, act: str, **facts: Any) -> dict[str, Any]:
    """Return a step of a story."""
    return {"day": day, "by": by, "act": act, "facts": facts}


PROBLEM: dict[str, Any] = {
    "admitted": "两张加油卡由一人保管，登记表三个月未登记里程。",
    "admitted_from": "day:-120",
    "admitted_until": "day:-30",
    "admitted_yuan": "1860.00",
    "admitted_cause": "卡和登记由同一岗位经办，没有复核。",
    "measure": "一车一卡，登记和报销分岗，按月核对里程。",
    "measure_by": "day:40",
}
ADMITTED: dict[str, Any] = {
    **step(6, "education_contact", "admit", **PROBLEM),
    "lines": {"admissions": [{**PROBLEM, "admitted_on": "day:6", "own_accord": "yes"}]},
}
REPORTED = step(
    10,
    "education_contact",
    "report",
    found_any="yes",
    checked_how="逐张核对加油卡、登记表、报销凭证共六十份。",
    signed_form=["file:自查自纠表签字件.pdf"],
)
CHECKERS: dict[str, Any] = {
    **step(12, "style_head", "name_checkers", recusal_checked=True),
    "parties": {"member": ["style_one", "style_two"]},
}
SPOT_CHECK: dict[str, Any] = {
    **step(
        14,
        "style_one",
        "spot_check",
        spot_on="day:14",
        spot_place="区教育局后勤科",
        spot_sample="抽取二十份加油登记表和对应凭证。",
        spot_saw="与自查表所报一致，没有发现未报告的问题。",
        spot_agrees="yes",
        spot_more=0,
    ),
    "second": "style_two",
}
ACCEPTED = step(18, "style_head", "accept", self_opinion="自查如实，同意整改措施。")
PUT_RIGHT: dict[str, Any] = {
    "day": 36,
    "by": "education_contact",
    "act": "prove",
    "changes": {
        "admissions": {
            1: {
                "put_right_on": "day:35",
                "put_right": "已实行一车一卡，补登里程，清退无法说明的费用。",
                "recovered": "320.00",
                "unit_system": "云教〔{year}〕8号",
                "proof": ["file:整改佐证.pdf"],
            }
        }
    },
}
CLOSED = step(40, "style_head", "close")
NOTHING = step(
    9,
    "education_contact",
    "report",
    found_any="no",
    checked_how="核对全部加油卡和登记表，未发现问题。",
    signed_form=["file:自查自纠表签字件.pdf"],
)

CASES: dict[str, dict[str, Any]] = {
    "for_campaign": {
        **OPENING,
        "steps": (ADMITTED, REPORTED, CHECKERS, SPOT_CHECK, ACCEPTED, PUT_RIGHT, CLOSED),
    },
    "nothing_found": {
        **OPENING,
        "title": "公务接待自查自纠",
        "steps": (
            {**step(5, "style_head", "extend", until="day:20"), "reason": "单位正在搬迁，资料待整理。"},
            NOTHING,
            {
                **step(12, "style_head", "return_report", self_by="day:24"),
                "reason": "只核对了卡，没有核对报销凭证，请补充。",
            },
            {**NOTHING, "day": 20},
            {**ACCEPTED, "day": 24},
            {**CLOSED, "day": 26},
        ),
    },
    "silent": {
        **OPENING,
        "title": "公务用车自查自纠（逾期未报）",
        "steps": (
            {
                "day": 20,
                "by": "style_head",
                "act": "note_silence",
                "reason": "两次提醒后仍未报送，列入重点核查范围。",
            },
        ),
    },
}
