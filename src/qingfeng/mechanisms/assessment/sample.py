"""Stories of assessments, as plain data; fictional. See `mechanisms/sampling.py` for how they are played.

What the house finds out by itself (list, names, results) stands in the steps too, for who reads the stories.
The demonstration tells them of one cast after another (`casts.py`), all of this year before any of the last.
"""

from __future__ import annotations

from typing import Any

from qingfeng.mechanisms.assessment.casts import CASTS, KEYS

POINTS_GIVEN = ("94.50", "91.00", "0.00", "83.20", "88.00", "86.40", "94.50", "72.60")
PEOPLE = tuple((key, f"name:{key}", points) for key, points in zip(KEYS, POINTS_GIVEN, strict=True))
"""Who is on the list, in its order: key of the cast, name, points."""
NEW, AWAY, FIRST, EQUAL, APPEALS = 3, 6, 1, 7, 8  # numbers of lines

OPENING: dict[str, Any] = {
    "title": CASTS[0]["title"],
    "opened_by": "org_head",
    "owner": "org",
    "facts": {"year": "{free_year}", **CASTS[0]["facts"]},
    "casts": CASTS,
}


def paper(day: int, step: str, minutes: str, document: str) -> dict[str, Any]:
    """Return the step in which the document and the minutes of a gate are laid down."""
    line = {
        "step": step,
        "step_on": f"day:{day}",
        "step_minutes": minutes,
        "step_paper": [f"file:{document}.pdf"],
    }
    return {"day": day, "by": "org_head", "act": "lay_paper", "lines": {"steps": [line]}}


def sign(day: int, act: str, no: int, **others: Any) -> dict[str, Any]:
    """Return the step in which a leader signs a gate."""
    return {"day": day, "by": "member_two", "act": act, "changes": {"steps": {no: {}}}, **others}


def graded(no: int) -> str:
    """Return the grade that the points of a line propose; two with equal points share one place."""
    return "none" if no == NEW else "basic" if no == APPEALS else "competent"


METHOD: tuple[dict[str, Any], ...] = (
    {
        "day": 1,
        "by": "org_head",
        "act": "set_method",
        "facts": {"points_from": "paper", "quota": 20, "limit_excellent": 90, "limit_competent": 75,
                  "limit_basic": 60},
    },
    {
        "day": 1,
        "by": "org_head",
        "act": "add_object",
        "lines": {
            "objects": [{"object": f"person:{key}", "object_name": name} for key, name, _points in PEOPLE]
        },
    },
    paper(2, "method", "部务会逐条审定考核办法，分数线和优秀比例与上年一致，名单核对无误。", "考核办法"),
    sign(3, "sign_method", 1, parties={"assessed": [key for key, *_rest in PEOPLE]}),
)  # fmt: skip

SELVES: tuple[dict[str, Any], ...] = (
    {
        "day": 5,
        "by": "org_head",
        "act": "mark_special",
        "changes": {
            "objects": {
                NEW: {"special": "away", "special_why": "全年借用到市里专班，由借用单位考核，见借用通知。"}
            }
        },
    },
    *(
        {
            "day": 6,
            "by": key,
            "act": "self_assess",
            "lines": {
                "selves": [
                    {
                        "self_did": "全年承办事项均在时限内办结，退回一次，已按意见补正。",
                        "self_lacks": "调研不够，材料偏长。",
                        "self_next": "每季度至少到点上一次，材料先写结论。",
                    }
                ]
            },
        }
        for no, (key, *_rest) in enumerate(PEOPLE, start=1)
        if no not in {NEW, AWAY}
    ),
    {
        "day": 9,
        "by": "org_head",
        "act": "excuse",
        "changes": {"objects": {AWAY: {"no_self_why": "住院治疗，出院后补写；住院证明已核。"}}},
    },
    paper(9, "self", "七人应交，六人交自评表，一人因住院未交并说明。", "自评情况"),
    sign(10, "sign_self", 2),
)

POINTS: tuple[dict[str, Any], ...] = (
    {
        "day": 12,
        "by": "org_head",
        "second": "visitor_one",
        "act": "enter_points",
        "lines": {
            "grades": [
                {"graded_no": no, "graded": name, "total": points, "vetoed": False}
                for no, (_key, name, points) in enumerate(PEOPLE, start=1)
            ]
        },
    },
    {
        "day": 13,
        "by": "visitor_one",
        "second": "org_head",
        "act": "mend_points",
        "changes": {"grades": {5: {"total": "88.50", "vetoed": False}}},
        "reason": "评分表第三页漏计半分，已核。",
    },
    {
        "day": 14,
        "by": "org_head",
        "act": "propose_grades",
        "changes": {
            "grades": {no: {"proposed": graded(no), "grade": graded(no)} for no in range(1, len(PEOPLE) + 1)}
        },
    },
    {
        "day": 14,
        "by": "org_head",
        "act": "judge",
        "changes": {
            "grades": {
                FIRST: {
                    "grade": "excellent",
                    "grade_why": "与另一名同分，名额一个；集体研究认为牵头事项难度大、质量稳定。",
                }
            }
        },
    },
    paper(15, "grades", "逐人核对评分表和格次，同分两人逐项比较后一致通过。", "评分格次表"),
    sign(16, "sign_grades", 3),
)

REPORTS: tuple[dict[str, Any], ...] = (
    {
        "day": 18,
        "by": "org_head",
        "act": "enter_meeting",
        "facts": {"reported_on": "day:18", "invited": 30, "came": 26},
    },
    {
        "day": 18,
        "by": "org_head",
        "second": "visitor_one",
        "act": "count_votes",
        "changes": {
            "grades": {
                no: {"votes": 26, "votes_good": 25 - no // 2} for no in range(1, len(PEOPLE) + 1) if no != NEW
            }
        },
    },
    paper(19, "reports", "分类召开述职测评会，无记名投票，当场由两人清点。", "述职测评"),
    sign(20, "sign_reports", 4),
)

RESULT: tuple[dict[str, Any], ...] = (
    {
        "day": 21,
        "by": "member_two",
        "act": "judge_again",
        "changes": {"grades": {2: {"grade": "competent", "grade_why": "与量化分和测评一致。"}}},
    },
    {
        "day": 22,
        "by": "org_head",
        "act": "suggest",
        "lines": {
            "suggestions": [
                {
                    "suggested": "person:style_one",
                    "strengths": "能把零散单据梳理成清楚的问题。",
                    "fits": "审查调查室或者派驻组骨干岗位。",
                    "suggested_unit": "unit:case_room",
                }
            ]
        },
    },
    paper(22, "result", "常委会逐人分析研判，同意拟定格次，优秀一名按规定公示。", "研判纪要"),
    {
        **sign(23, "sign_result", 5),
        "by": "principal",
        "changes": {"steps": {5: {}}, "grades": {no: {} for no in range(1, len(PEOPLE) + 1)}},
    },
)


def result(no: int, **others: Any) -> dict[str, Any]:
    """Return what somebody is told."""
    key, _name, points = PEOPLE[no - 1]
    grade = "excellent" if no == FIRST else graded(no)
    mended = "88.50" if no == 5 else points
    return {"told_person": f"person:{key}", "told_no": no, "told_total": "" if no == NEW else mended,
            "told_grade": grade, "told_on": "day:24", **others}  # fmt: skip


TOLD: dict[str, Any] = {
    "day": 24,
    "by": "org_head",
    "act": "notify",
    "lines": {"results": [result(no) for no in range(1, len(PEOPLE) + 1)]},
}
SIGNED_FOR: tuple[dict[str, Any], ...] = (
    {
        "day": 25,
        "by": "style_one",
        "act": "sign_for",
    },
    {
        "day": 25,
        "by": "org_head",
        "act": "hand_over",
        "changes": {
            "results": {
                no: {"handed_how": "signed", "handed_on": "day:25"} for no in range(2, len(PEOPLE) + 1)
            }
        },
    },
)
POSTED: dict[str, Any] = {
    "day": 26,
    "by": "org_head",
    "act": "post",
    "facts": {"posted_where": "委机关公告栏和内网考核公示页"},
    "lines": {"posted": [{"posted_name": "name:style_one", "posted_grade": "excellent", "posted_no": FIRST}]},
}

APPEALED: tuple[dict[str, Any], ...] = (
    {
        "day": 27,
        "by": "case_two",
        "act": "appeal",
        "lines": {"appeals": [{"appeal_why": "三季度两件延期是等外单位鉴定，办法规定此类不扣分，请复核。"}]},
    },
    {
        "day": 28,
        "by": "member_two",
        "act": "name_examiners",
        "facts": {"recusal_checked": True},
        "parties": {"examiner": ["trial_reviewer", "visitor_two"]},
    },
    {
        "day": 29,
        "by": "org_head",
        "act": "record_objection",
        "lines": {"objections": [{"objection": "有人反映公示对象下半年有两个月在外学习。"}]},
    },
    {
        "day": 31,
        "by": "member_two",
        "act": "settle_objection",
        "changes": {
            "objections": {1: {"objection_answer": "查明在外学习十一天，不影响考核，已答复反映人。"}}
        },
    },
    {
        "day": 32,
        "by": "trial_reviewer",
        "second": "visitor_two",
        "act": "answer_appeal",
        "changes": {
            "appeals": {
                1: {
                    "outcome": "upheld",
                    "appeal_answer": "调阅两件鉴定委托书，延期属实且不可归责，按办法不扣分。",
                    "appeal_total": "77.60",
                }
            }
        },
    },
)
SETTLED: tuple[dict[str, Any], ...] = (
    {
        "day": 33,
        "by": "visitor_two",
        "act": "recalculate",
        "changes": {
            "appeals": {1: {"appeal_before": "72.60", "appeal_after": "77.60"}},
            "grades": {APPEALS: {"total": "77.60", "points_version": 2}},
        },
        "reason": "申诉成立，按复核意见重新计分。",
    },
    {
        "day": 33,
        "by": "member_two",
        "act": "change_grade",
        "changes": {
            "grades": {
                APPEALS: {
                    "grade": "competent",
                    "grade_why": "复核后得分达到称职分数线。",
                    "change_basis": "appeal",
                }
            }
        },
        "reason": "申诉成立。",
    },
    {
        "day": 34,
        "by": "org_head",
        "act": "notify_again",
        "changes": {"results": {APPEALS: {}}},
        "lines": {
            "results": [
                result(
                    APPEALS,
                    told_total="77.60",
                    told_grade="competent",
                    total_before="72.60",
                    told_on="day:34",
                )
            ]
        },
    },
    {
        "day": 35,
        "by": "case_two",
        "act": "sign_for",
    },
    {"day": 44, "by": "org_head", "act": "end_posting"},
)
CLOSED: dict[str, Any] = {"day": 48, "by": "org_head", "act": "close"}

BY_ORDER: tuple[dict[str, Any], ...] = (
    {"day": 45, "by": "member_two", "act": "change_grade", "reason": "执行上级复查决定。",
     "changes": {"grades": {FIRST: {
         "grade": "competent", "grade_why": "上级复查后决定本年度不列为优秀。",
         "change_basis": "order", "change_paper": ["file:上级复查决定.pdf"]}}}},
    {"day": 45, "by": "org_head", "act": "notify_again", "changes": {"results": {FIRST: {}}},
     "lines": {"results": [
         result(FIRST, told_grade="competent", total_before="94.50", told_on="day:45")]}},
    {"day": 46, "by": "style_one", "act": "sign_for"},
    {"day": 46, "by": "org_head", "act": "post_change", "changes": {"posted": {1: {}}},
     "lines": {"posted": [
         {"posted_name": "name:style_one", "posted_grade": "not_excellent", "posted_no": FIRST,
          "posted_before": "excellent", "posted_why": "order", "posted_on": "day:46"}]}},
    {"day": 56, "by": "org_head", "act": "end_change"},
)  # fmt: skip

TO_SETTLING = (*METHOD, *SELVES, *POINTS, *REPORTS, *RESULT, TOLD, *SIGNED_FOR, POSTED, *APPEALED, *SETTLED)

CASES: dict[str, dict[str, Any]] = {
    "begun": {**OPENING, "steps": TO_SETTLING},
    "closed": {
        **OPENING,
        "begins": "01-06",
        "steps": (*TO_SETTLING, CLOSED),
    },
    "changed": {**OPENING, "steps": (*TO_SETTLING, *BY_ORDER)},
    "dropped": {
        **OPENING,
        "title": "派驻组年度考核",
        "casts": (),
        "facts": {
            "year": "{last_year}",
            "objects_class": "resident",
            "units": ["unit:team_one", "unit:team_two"],
        },
        "steps": (
            {
                "day": 2,
                "by": "org_head",
                "act": "add_object",
                "lines": {"objects": [{"object": "person:tracker_head", "object_name": "派驻一组"}]},
            },
            {"day": 2, "by": "org_head", "act": "draw_list"},
            {
                "day": 2,
                "by": "org_head",
                "act": "strike_object",
                "changes": {"objects": {1: {"object_name": "派驻一组"}}},
                "reason": "由驻在单位一并考核。",
            },
            {"day": 4, "by": "member_two", "act": "drop", "reason": "派驻组改由上级统一考核。"},
        ),
    },
}
