"""Stories of the supervision of leading teams, as plain data; fictional. See `mechanisms/sampling.py`."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "区教育局一把手和领导班子监督",
    "opened_by": "style_head",
    "owner": "style",
    "facts": {"plan_year": "{year}", "office_kind": "organ"},
    "parties": {"unit": ["education"], "overseer": ["team_one"]},
}

HEAD = {
    "about_person": "person:education_head",
    "post_title": "局长",
    "post_kind": "head",
    "talker_person": "person:principal",
    "talk_kind": "supervision",
    "talk_by": "day:350",
}
MEMBER = {
    "about_person": "person:person_concerned",
    "post_title": "副局长",
    "post_kind": "member",
    "talker_person": "person:tracker_head",
    "talk_kind": "supervision",
    "talk_by": "day:350",
}

HOUSING = {**HEAD, "about_person": "person:housing_head"}

PLANNED: tuple[dict[str, Any], ...] = (
    {"day": 2, "by": "style_head", "act": "propose", "lines": {"plan": [HEAD, MEMBER]}},
    {
        "day": 8,
        "by": "principal",
        "act": "approve",
        "facts": {"report_by": "day:330"},
    },
)

DECISIONS: tuple[dict[str, Any], ...] = (
    {
        "decision_kind": "funds",
        "decided_what": "城区三所学校操场改造资金安排。",
        "meeting_kind": "party",
        "met_on": "day:40",
        "members": 7,
        "present": 6,
        "votes_for": 5,
        "votes_against": 1,
        "abstained": 0,
        "dissent": "一名成员认为应先完成检测再安排资金。",
        "head_last": True,
        "decided_yuan": "1860000.00",
        "decision_result": "passed",
    },
    {
        "decision_kind": "posts",
        "decided_what": "中层干部轮岗方案。",
        "meeting_kind": "party",
        "met_on": "day:44",
        "members": 7,
        "present": 7,
        "votes_for": 7,
        "votes_against": 0,
        "abstained": 0,
        "head_last": True,
        "decision_result": "passed",
    },
)

RECORDED: dict[str, Any] = {
    "day": 45,
    "by": "education_secretary",
    "act": "record_decision",
    "lines": {"decisions": DECISIONS},
}

STOCKED: dict[str, Any] = {
    "day": 90,
    "by": "tracker",
    "act": "take_stock",
    "facts": {
        "stocked_on": "day:90",
        "collective": "recorded",
        "irregular": "no",
        "stock_says": "对照财务支出台账核对大额支出，均有会议记录，表决和不同意见齐全。",
    },
}

JUDGED: dict[str, Any] = {
    "day": 200,
    "by": "tracker_head",
    "act": "judge",
    "facts": {
        "judged_on": "day:200",
        "eco_duty": "责任清单分解到科室，半年专题研究一次。",
        "eco_team": "议事规则执行较好，末位表态落实，不同意见有记录。",
        "eco_conduct": "公务接待、公务用车支出平稳，对下属学校检查偏少。",
        "eco_level": "steady",
        "eco_measures": "督促加强对下属学校采购环节的监督检查。",
    },
}

REPORTED: dict[str, Any] = {
    "day": 325,
    "by": "education_secretary",
    "act": "report",
    "facts": {
        "reported_on": "day:325",
        "duty_done": "主持专题研究两次，对重点事项亲自部署。",
        "team_led": "带头执行议事规则，个人事项如实报告。",
        "admitted": "对下属学校监督检查频次不足。",
        "next_steps": "建立下属学校采购验收抽查制度。",
        "report_file": ["file:述责述廉报告.pdf"],
    },
}

EVALUATED: dict[str, Any] = {
    "day": 336,
    "by": "deputy",
    "act": "evaluate",
    "facts": {
        "evaluated_on": "day:336",
        "report_judged": "agrees",
        "evaluation": "报告与日常监督掌握的情况相符，问题找得准。",
    },
}

SIGN: dict[str, Any] = {
    "day": 120,
    "by": "tracker_head",
    "act": "note_trigger",
    "lines": {
        "triggers": [
            {
                "trigger_kind": "reports",
                "found_on": "day:118",
                "reports_count": 3,
                **HEAD,
                "talk_kind": "reminder",
                "talk_by": None,
            }
        ]
    },
}

CASES: dict[str, dict[str, Any]] = {
    "evaluated": {
        **OPENING,
        "steps": (
            *PLANNED,
            RECORDED,
            STOCKED,
            SIGN,
            JUDGED,
            REPORTED,
            {"day": 328, "by": "style_head", "act": "send_back", "reason": "对班子其他成员情况未作说明。"},
            {**REPORTED, "day": 334, "facts": {**REPORTED["facts"], "reported_on": "day:334"}},
            EVALUATED,
        ),
    },
    "closed": {
        **OPENING,
        "title": "区住建局一把手和领导班子监督",
        "parties": {"unit": ["housing"], "overseer": ["team_three"]},
        "steps": (
            {"day": 2, "by": "style_head", "act": "propose", "lines": {"plan": [HOUSING]}},
            {"day": 8, "by": "principal", "act": "approve", "facts": {"report_by": "day:330"}},
            {**RECORDED, "by": "housing_contact"},
            {**STOCKED, "by": "tracker_three"},
            {**JUDGED, "by": "tracker_three_head", "also": {"talk": "of_the_year"}},
            {**REPORTED, "by": "housing_contact"},
            EVALUATED,
            {"day": 345, "by": "style_head", "act": "close"},
        ),
    },
    "began": {
        **OPENING,
        "title": "区农业农村局一把手和领导班子监督",
        "parties": {"unit": ["farming"], "overseer": []},
        "steps": (
            {
                "day": 1,
                "by": "style_head",
                "act": "propose",
                "lines": {"plan": [{**HEAD, "about_person": "person:farming_head"}]},
            },
            {
                "day": 3,
                "by": "style_head",
                "act": "plan_talk",
                "lines": {
                    "plan": [
                        {
                            **HEAD,
                            "about_person": "person:farming_head",
                            "talker_person": "person:deputy",
                            "talk_by": "day:300",
                        }
                    ]
                },
            },
            {
                "day": 4,
                "by": "style_head",
                "act": "strike_line",
                "reason": "由主要负责人一人谈话即可。",
                "changes": {"plan": {2: {"talk_by": "day:300"}}},
            },
            {"day": 6, "by": "deputy", "act": "approve", "facts": {"report_by": "day:330"}},
        ),
    },
    "dropped": {
        **OPENING,
        "title": "区水务局一把手和领导班子监督",
        "parties": {"unit": ["water"], "overseer": []},
        "steps": (
            {"day": 5, "by": "principal", "act": "drop", "reason": "机构改革，单位并入其他部门监督。"},
        ),
    },
}
