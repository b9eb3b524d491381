"""Stories of years of duty, as plain data; fictional. See `mechanisms/sampling.py` for how they are played.

All begin on 6 January: day 75 is 22 March, day 163 in June, day 323 in November, day 374 in January after.
A unit has one year of a number, so that every stage is reached by the story of another unit (of two stories
equally near, by the first of the alphabet).
"""

from __future__ import annotations

from typing import Any

BASIS = "党委（党组）落实全面从严治党主体责任规定"


def opening(unit: str, committee: str, team: str, who: str) -> dict[str, Any]:
    """Return how the year of a unit is opened by the team that follows it."""
    return {
        "title": f"{committee}年度全面从严治党责任",
        "opened_by": who,
        "owner": team,
        "begins": "01-06",
        "facts": {"year": "{year}", "committee": committee, "recusal_checked": True},
        "parties": {"unit": [unit], "tracking_unit": [team]},
    }


def item(duty: str, what: str, post: str, often: str, proof: str) -> dict[str, Any]:
    """Return an item of a list."""
    return {
        "item_duty": duty,
        "item": what,
        "item_basis": BASIS,
        "item_post": post,
        "item_often": often,
        "item_proof": proof,
        "item_due": "day:350",
    }


ITEMS = [
    item("main", "每半年专题研究全面从严治党工作", "党组", "每半年一次", "会议记录"),
    item("first", "“四个亲自”：部署、过问、协调、督办，逐次纪实", "党组书记", "随时", "纪实"),
    item("member", "与分管科室负责人谈话，抓好分管领域廉洁风险防控", "副局长", "每季度一次", "谈话记录"),
    item("supervision", "会商反馈问题，跟踪整改", "派驻组", "每年至少一次", "会商纪要"),
]  # fmt: skip


def drawn_up(who: str, items: list[dict[str, Any]] = ITEMS) -> tuple[dict[str, Any], ...]:
    """Return the steps in which a list is entered and issued."""
    return (
        {"day": 60, "by": who, "act": "list_item", "lines": {"items": items}},
        {
            "day": 75,
            "by": who,
            "act": "issue_list",
            "facts": {
                "list_no": "党组发{year}-6",
                "list_on": "day:74",
                "list_file": ["file:责任清单.pdf"],
            },
        },
    )


def studied(act: str, day: int, who: str) -> dict[str, Any]:
    """Return the step that records a study."""
    return {
        "day": day + 3,
        "by": who,
        "act": act,
        "lines": {
            "studies": [
                {
                    "studied_on": f"day:{day}",
                    "attended": 7,
                    "attended_posts": "党组书记、副书记、党组成员，派驻组组长列席",
                    "topics": "本系统全面从严治党形势；上一阶段反馈问题整改",
                    "decisions": "修订食堂采购验收制度；由分管副局长牵头开展一次抽查。",
                    "followed_by": "分管副局长",
                    "follow_due": f"day:{day + 30}",
                    "minutes": ["file:专题研究会议记录.pdf"],
                }
            ]
        },
    }


def reported(who: str) -> dict[str, Any]:
    """Return the step that hands in the report on duty and integrity."""
    return {
        "day": 374,
        "by": who,
        "act": "report_duty",
        "facts": {
            "report_on": "day:373",
            "report_text": "三项责任的履行情况、存在不足和下一步打算。",
            "report_file": ["file:述责述廉报告.pdf"],
        },
    }


EVALUATED: tuple[dict[str, Any], ...] = (
    {
        "day": 376,
        "by": "deputy",
        "act": "name_evaluators",
        "facts": {"recusal_checked": True},
        "parties": {"evaluator": ["style_one", "style_two"]},
    },
    {
        "day": 384,
        "by": "style_one",
        "second": "style_two",
        "act": "evaluate",
        "facts": {
            "judged_on": "day:383",
            "ballots": 31,
            "votes_good": 20,
            "votes_fair": 8,
            "votes_plain": 3,
            "votes_poor": 0,
            "grade": "fair",
            "grade_why": "清单逐项有佐证，反馈问题已整改；下半年研究偏晚。",
        },
    },
)

PROBLEM = {
    "problem": "食堂采购验收由一人签字，责任清单未落到岗位。",
    "problem_area": "procurement",
    "problem_post": "办公室主任",
    "problem_due": "day:260",
}


def conferred(day: int, who: str) -> dict[str, Any]:
    """Return the step that records a meeting of both sides."""
    return {
        "day": day,
        "by": who,
        "act": "confer",
        "facts": {
            "conferred_on": f"day:{day - 1}",
            "conferred_by": "派驻组组长、副组长；党组书记、分管副局长",
            "agreed": "双方对问题无异议，逐项明确岗位和时限。",
        },
        "lines": {"problems": [PROBLEM]},
    }


def logged(kind: str, day: int, what: str) -> dict[str, Any]:
    """Return an entry of the secretary's log."""
    return {
        "person_kind": kind,
        "person_on": f"day:{day}",
        "person_what": what,
        "person_came": "已落实，形成记录。",
    }


LOG = {
    "day": 200,
    "by": "education_secretary",
    "act": "log_in_person",
    "lines": {
        "in_person": [
            logged("arranges", 80, "主持部署全年全面从严治党工作。"),
            logged("asks", 120, "听取校服采购问题整改情况，当场明确责任岗位。"),
            logged("coordinates", 150, "协调财务、后勤共同修订验收制度。"),
            logged("presses", 195, "督办纪检监察建议整改，约见责任科室负责人。"),
        ]
    },
}

REMINDED: tuple[dict[str, Any], ...] = (
    {
        "day": 235,
        "by": "tracker",
        "act": "remind",
        "facts": {
            "about": "第二季度分管领域谈话没有记录。",
            "asks_for": "确已谈话的提交当时记录，未谈话的补谈并说明。",
            "sent_to": "分管副局长",
            "sent_by": "派驻组组长",
        },
    },
    {
        "day": 245,
        "by": "education_contact",
        "act": "answer_reminder",
        "changes": {"letters": {1: {"answer": "未谈话，已于本周补谈两人并记录。"}}},
    },
    {
        "day": 250,
        "by": "tracker",
        "act": "settle_letter",
        "changes": {"letters": {1: {"settled_how": "调阅谈话记录两份，属实。"}}},
    },
)

MENDED: tuple[dict[str, Any], ...] = (
    {
        "day": 255,
        "by": "education_contact",
        "act": "mend_problem",
        "changes": {
            "problems": {
                1: {
                    "mended_on": "day:254",
                    "mended_how": "验收改为两人签字，清单已落到岗位。",
                    "mended_shown": ["file:验收单.pdf"],
                }
            }
        },
    },
    {
        "day": 262,
        "by": "tracker",
        "act": "check_problem",
        "changes": {"problems": {1: {"checked_how": "抽查十张验收单，均两人签字。"}}},
    },
)

PRESSED: tuple[dict[str, Any], ...] = (
    {
        "day": 268,
        "by": "tracker",
        "second": "tracker_head",
        "act": "talk",
        "facts": {
            "about": "上半年研究议定的抽查尚未开展。",
            "asks_for": "一个月内完成抽查并报送结果。",
            "sent_to": "分管副局长",
            "sent_by": "派驻组组长",
            "commitment": "一个月内完成抽查。",
            "commitment_due": "day:300",
        },
    },
    {
        "day": 290,
        "by": "education_contact",
        "act": "keep_commitment",
        "changes": {"letters": {2: {"answer": "抽查已完成，发现两处登记不全并补正。"}}},
    },
    {
        "day": 295,
        "by": "tracker",
        "act": "settle_letter",
        "changes": {"letters": {2: {"settled_how": "查看抽查表，与说明一致。"}}},
    },
    {
        "day": 296,
        "by": "education_contact",
        "act": "follow_study",
        "changes": {"studies": {1: {"followed_on": "day:290", "followed_how": "制度已修订，抽查已完成。"}}},
    },
)

CASES: dict[str, dict[str, Any]] = {
    "begun": {
        **opening("agriculture", "区农业农村局党组", "team_two", "tracker_two_head"),
        "steps": ({"day": 60, "by": "tracker_two", "act": "list_item", "lines": {"items": ITEMS[:2]}},),
    },
    "conferred": {
        **opening("water", "区水务局党组", "team_two", "tracker_two_head"),
        "steps": (
            {"day": 50, "by": "tracker_two", "act": "list_item", "lines": {"items": ITEMS[:1]}},
            *drawn_up("tracker_two", ITEMS[1:]),
            conferred(95, "tracker_two"),
        ),
    },
    "drawn_up": {
        **opening("finance", "区财政局党组", "team_three", "tracker_three_head"),
        "steps": (*drawn_up("tracker_three"), studied("study_first", 160, "tracker_three")),
    },
    "fulfilled": {
        **opening("education", "区教育局党组", "team_one", "tracker_head"),
        "steps": (
            *drawn_up("education_contact"),
            studied("study_first", 160, "education_secretary"),
            conferred(185, "tracker"),
            LOG,
            *REMINDED,
            *MENDED,
            *PRESSED,
            studied("study_second", 320, "education_secretary"),
            reported("education_secretary"),
            *EVALUATED,
            {
                "day": 392,
                "by": "principal",
                "act": "close",
                "facts": {"closing_opinion": "台账齐备，同意办结。"},
            },
        ),
    },
    "reported": {
        **opening("health", "区卫健委党委", "team_one", "tracker_head"),
        "steps": (
            *drawn_up("tracker"),
            studied("study_first", 150, "tracker"),
            studied("study_second", 300, "tracker"),
            reported("tracker"),
        ),
    },
    "unfulfilled": {
        **opening("housing", "区住建局党组", "team_three", "tracker_three_head"),
        "steps": (
            *drawn_up("housing_contact"),
            studied("study_first", 160, "housing_contact"),
            {
                "day": 200,
                "by": "housing_contact",
                "act": "follow_study",
                "changes": {"studies": {1: {"followed_on": "day:195", "followed_how": "制度已修订。"}}},
            },
            reported("housing_contact"),
            {
                "day": 376,
                "by": "tracker_three",
                "act": "ask_statement",
                "facts": {"told_missing": ["second_half"]},
            },
            {
                "day": 378,
                "by": "housing_contact",
                "act": "state",
                "facts": {"statement": "下半年主要负责人更替，未召开专题研究会议，情况属实。"},
            },
            {
                "day": 384,
                "by": "principal",
                "act": "declare_unfulfilled",
                "facts": {
                    "missing": ["second_half"],
                    "missing_why": "下半年未专题研究。单位说明属实，负责人更替不免除党组责任。",
                    "goes_on": "新班子到任三个月内专题研究一次，列入下年度会商。",
                },
            },
        ),
    },
    "weighed": {
        **opening("social", "区人社局党组", "team_one", "tracker_head"),
        "steps": (
            *drawn_up("tracker"),
            studied("study_first", 150, "tracker"),
            studied("study_second", 300, "tracker"),
            reported("tracker"),
            *EVALUATED,
        ),
    },
}
