"""The steps of which stories of petitions are made; fictional."""

from __future__ import annotations

from typing import Any

Step = dict[str, Any]

OPENING: dict[str, Any] = {
    "title": "小区供水管网改造后水压不足",
    "opened_by": "petition_registrar",
    "owner": "petitions",
    "facts": {
        "line": "demand",
        "line_why": "要求有关单位履行改造后的维护职责，不涉及对人员的检举。",
        "way": "letter",
        "received_on": "day:0",
        "area": "grassroots",
        "topic": "housing",
        "level": "district",
        "summary": "管网改造后高层水压不足，多次报修未解决。",
        "demand": "查明原因，恢复供水压力，退还改造后三个月多收的加压费。",
        "petitioner": "云川小区住户代表",
        "contact": "云川小区居委会转",
        "can_be_told": "yes",
        "signers": 36,
        "from_above": "no",
    },
}


def elsewhere(place: str, **facts: str) -> dict[str, Any]:
    """Return the same demand from another estate."""
    from_there = {"petitioner": f"{place}住户代表", "contact": f"{place}居委会转", **facts}
    return {
        **OPENING,
        "title": f"{place}供水管网改造后水压不足",
        "facts": {**OPENING["facts"], **from_there},
    }


def about(title: str, summary: str, demand: str, **facts: Any) -> dict[str, Any]:
    """Return another demand of one person, in its own words."""
    told = {"summary": summary, "demand": demand, "petitioner": "居民一人", "contact": "来信所留地址"}
    return {**OPENING, "title": title, "facts": {**OPENING["facts"], **told, "signers": 1, **facts}}


ACCEPTED: Step = {"day": 3, "by": "petition_registrar", "act": "accept", "facts": {"told_how": "written"}}

HANDED: tuple[Step, ...] = (
    ACCEPTED,
    {
        "day": 5,
        "by": "deputy",
        "act": "name_leader",
        "facts": {
            "leader_post": "区纪委副书记",
            "aim": "六十日内恢复水压并退还多收费用。",
            "recusal_checked": True,
        },
        "parties": {"leader": ["deputy"], "handler": ["petition_one", "chaser"]},
    },
    {
        "day": 6,
        "by": "petition_head",
        "act": "dispatch",
        "facts": {"principle": "区级责任，供水归口水务，收费由住建协办。"},
        "parties": {"lead_unit": ["housing"], "co_unit": ["education"]},
        "lines": {
            "parts": [
                {
                    "part_unit": "unit:education",
                    "part_owes": "核对同一管网上学校的供水记录。",
                    "part_due": "day:25",
                }
            ]
        },
    },
)

PLANNED: tuple[Step, ...] = (
    *HANDED,
    {
        "day": 14,
        "by": "housing_contact",
        "act": "plan",
        "facts": {"named_contact": "物业管理科负责人", "plan": "查管网，测压力，复核收费，逐户答复。"},
        "lines": {
            "steps": [
                {"step": "逐楼测量水压", "step_due": "day:24"},
                {"step": "复核三个月加压费", "step_due": "day:30"},
            ]
        },
    },
    {
        "day": 20,
        "by": "education_contact",
        "act": "do_part",
        "changes": {"parts": {1: {"part_done": "学校供水记录已提供，同期压力正常。"}}},
    },
    {
        "day": 26,
        "by": "housing_contact",
        "act": "report_progress",
        "changes": {"steps": {1: {"step_done": "高区六栋水压低于标准，原因是加压泵未调试。"}}},
    },
    {
        "day": 28,
        "by": "petition_one",
        "act": "try_together",
        "lines": {
            "efforts": [
                {
                    "effort": "met",
                    "effort_on": "day:28",
                    "effort_with": "主办单位、居委会",
                    "effort_result": "当面说明原因和修复日期，住户代表同意等待调试。",
                    "effort_no": "化解{year}-11",
                }
            ]
        },
    },
)


def opinion(supported: str = "all", *, day: int = 45, until: str = "day:75") -> Step:
    """Return the step in which the opinion is written by two of the office."""
    owed = [] if supported == "no" else [
        {"owed": "correct", "owed_what": "调试加压泵，恢复高区水压。", "owed_due": "day:60"},
        {"owed": "pay", "owed_what": "退还三个月多收的加压费。", "owed_due": "day:75"},
    ]  # fmt: skip
    facts = {
        "opinion_demand": "恢复水压，退还多收的加压费。",
        "opinion_facts": "经测量，高区六栋水压低于标准；加压泵未调试，期间收费没有依据。",
        "supported": supported,
        "opinion": "限期调试，多收费用全额退还。" if owed else "收费标准符合规定，理由已逐项说明。",
        "opinion_law": "《城市供水条例》；区物价部门核定的收费标准。",
        "cause": "office" if owed else "explanation",
        "avoidable": "yes" if owed else "no",
        "opinion_no": "云信意〔{year}〕3号",
    }
    lines = {"owed": owed} if owed else {}
    if owed:
        facts["execute_by"] = until
    return {
        "day": day, "by": "petition_one", "second": "chaser", "act": "write_opinion", "facts": facts,
        "lines": lines,
    }  # fmt: skip


def served(day: int = 50) -> tuple[Step, ...]:
    """Return the steps in which the opinion is issued and served."""
    return (
        {"day": day - 2, "by": "petition_head", "act": "issue"},
        {
            "day": day,
            "by": "petition_registrar",
            "act": "serve",
            "facts": {"served_on": f"day:{day}", "served_how": "handed", "explained": True},
        },
    )


def done(day: int = 60) -> tuple[Step, ...]:
    """Return the steps in which what is owed is done and help is offered."""
    return (
        {
            "day": day - 2,
            "by": "housing_contact",
            "act": "offer_help",
            "facts": {"help_offered": ["legal_aid"], "help_contact": "物业管理科负责人", "help_safety": True},
        },
        {
            "day": day,
            "by": "housing_contact",
            "act": "do_owed",
            "changes": {
                "owed": {1: {"owed_proof": "调试验收{year}-06"}, 2: {"owed_proof": "退费清单{year}-02"}}
            },
        },
        {"day": day + 1, "by": "house", "act": "note_executed"},
    )


def asked(day: int, says: str = "yes") -> Step:
    """Return the step in which the counter asks the petitioner."""
    return {"day": day, "by": "petition_registrar", "act": "ask", "facts": {"satisfied": says}}


def struck_off(day: int) -> Step:
    """Return the step that strikes it off."""
    return {
        "day": day,
        "by": "petition_head",
        "act": "strike_off",
        "facts": {"closing_report": "水压恢复，多收费用退还，住户代表认可。"},
    }


REVIEW_ASKED: Step = {
    "day": 60,
    "by": "petition_registrar",
    "act": "ask_review",
    "facts": {
        "review_asked_on": "day:60",
        "review_grounds": "认为收费标准核定时未听取意见。",
        "recusal_checked": True,
    },
    "parties": {"reviewer": ["style_one", "style_two"]},
}


def reviewed(act: str, result: str, *, day: int, by: tuple[str, str]) -> Step:
    """Return the step that records the result of a review or re-examination."""
    return {
        "day": day,
        "by": by[0],
        "second": by[1],
        "act": act,
        "facts": {
            "review_result": result,
            "review_no": "云信查〔{year}〕1号",
            "review_why": "核定程序和听证记录齐全，标准符合规定。",
            "served_on": f"day:{day}",
        },
    }


TO_REVIEWED = (
    *PLANNED,
    opinion("no"),
    *served(),
    REVIEW_ASKED,
    reviewed("review", "upheld", day=80, by=("style_one", "style_two")),
)
TO_FINAL = (
    *TO_REVIEWED,
    {
        **REVIEW_ASKED,
        "day": 95,
        "act": "ask_recheck",
        "facts": {**REVIEW_ASKED["facts"], "review_asked_on": "day:95"},
        "parties": {"reviewer": ["trial_head", "trial_reviewer"]},
    },
    {"day": 100, "by": "trial_head", "act": "begin_hearing", "facts": {"hearing_on": "day:103"}},
    {
        "day": 104,
        "by": "trial_head",
        "act": "end_hearing",
        "facts": {"hearing_no": "听证{year}-01", "hearing_found": "双方陈述完毕，收费依据当场出示。"},
    },
    reviewed("recheck", "upheld", day=115, by=("trial_head", "trial_reviewer")),
)
