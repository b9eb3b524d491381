"""Stories of rules, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "物资入库两人验收规定",
    "opened_by": "style_head",
    "owner": "style",
    "facts": {"rule_kind": "unit", "area": "procurement", "letter_no": "纪监建{year}-004"},
    "parties": {"unit": ["housing"]},
}

NAMED: dict[str, Any] = {
    "day": 1,
    "by": "style_head",
    "act": "set_hands",
    "facts": {"rule_kind": "unit", "recusal_checked": True},
    "parties": {"reviewer": ["trial_reviewer", "trial_head"], "tracker": ["style_two"], "unit": ["housing"]},
}
ASKED: dict[str, Any] = {
    "day": 2,
    "by": "style_two",
    "act": "ask_unit",
    "facts": {
        "task_no": "制度拟定{year}-02",
        "what_is_wanted": "物资入库由谁验收、当天用什么单据、由谁复核。",
    },
}
CLAUSES: list[dict[str, Any]] = [
    {
        "clause_no": "第一条",
        "clause_text": "物资到货当日，由仓库保管员和使用科室验收员两人现场清点，在入库验收单上同时签字。",
        "who_post": "仓库保管员、使用科室验收员",
        "when_due": "到货当日17时前",
        "with_form": "入库验收单（一式三联）",
        "how_checked": "财务科出纳付款前核对两人签字和日期",
        "limit": "单批500元以上",
    },
    {
        "clause_no": "第二条",
        "clause_text": "入库验收单次日上午交财务科出纳，没有两人签字的不付款，退回单登记在册。",
        "who_post": "财务科出纳",
        "when_due": "验收次日12时前",
        "with_form": "入库验收单、退回登记表",
        "how_checked": "办公室主任每月5日抽五张入库验收单对照付款凭证",
        "limit": "每月5张",
    },
]
WRITTEN: dict[str, Any] = {
    "day": 10,
    "by": "housing_contact",
    "act": "write_clause",
    "lines": {"clauses": CLAUSES},
}
HANDED_IN: dict[str, Any] = {
    "day": 12,
    "by": "housing_contact",
    "act": "hand_in",
    "facts": {
        "one_matter": "物资入库验收",
        "settles_one": True,
        "pages": 1,
        "own_posts": "仓库保管员\n使用科室验收员\n财务科出纳",
        "own_forms": "入库验收单\n退回登记表",
        "owner_post": "办公室主任",
        "review_on": "months:12+18",
        "draft_file": ["file:入库验收规定草案.pdf"],
    },
}
CLEARED: dict[str, Any] = {
    "day": 20,
    "by": "trial_reviewer",
    "act": "clear",
    "facts": {
        "compared_with": "政府采购履约验收有关规定、行政事业单位内部控制规范",
        "conflicts": "no",
        "loosens": "no",
        "compliance_why": "与上位规定不抵触，未放宽经费标准，条款责任到岗。",
    },
}
CONSULTED: dict[str, Any] = {
    "day": 30,
    "by": "housing_contact",
    "act": "consult",
    "facts": {
        "asked_whom": "仓库、财务科、各使用科室负责人",
        "opinions": 4,
        "adopted_opinions": 3,
        "why_not_adopted": "一条意见建议提高起点金额，与内控要求不符。",
    },
}
ADOPTED: dict[str, Any] = {
    "day": 40,
    "by": "housing_contact",
    "act": "adopt",
    "facts": {"met_on": "day:40", "decided_by": "局党组会议", "minutes_no": "党组纪要{year}-11"},
}
ISSUED: dict[str, Any] = {
    "day": 45,
    "by": "housing_contact",
    "act": "issue",
    "facts": {
        "issued_no": "住建办{year}-23",
        "issued_on": "day:45",
        "effective_on": "day:50",
        "issued_file": ["file:入库验收规定.pdf"],
    },
}
ON_FILE: dict[str, Any] = {
    "day": 52,
    "by": "style_two",
    "act": "file_copy",
    "facts": {"file_no": "制备{year}-07", "filed_on": "day:52"},
}
EXECUTED: dict[str, Any] = {
    "day": 120,
    "by": "housing_contact",
    "act": "record_execution",
    "lines": {
        "execution": [
            {
                "done_on": "day:118",
                "carried_out": "办公室主任抽查五张入库验收单，均有两人签字，当月退回一张。",
                "record_no": "抽查表{year}-05",
                "proof": ["file:入库验收单抽查表.pdf"],
            }
        ]
    },
}
CHECKED: dict[str, Any] = {
    "day": 200,
    "by": "style_two",
    "act": "spot_check",
    "facts": {
        "checked_on": "day:200",
        "checked_where": "仓库及财务科，抽六月至七月入库验收单十张",
        "executed": "yes",
        "check_found": "十张均由两人当日签字，付款前已核对。",
    },
}


def evaluated(works: str, why: str, *, day: int = 540) -> dict[str, Any]:
    """Return the step of an evaluation."""
    return {
        "day": day,
        "by": "style_two",
        "second": "trial_reviewer",
        "act": "evaluate",
        "facts": {"evaluated_on": f"day:{day}", "works": works, "evaluation_why": why},
    }


TO_FORCE = (NAMED, ASKED, WRITTEN, HANDED_IN, CLEARED, CONSULTED, ADOPTED, ISSUED, ON_FILE)
TO_EVALUATION = (*TO_FORCE, EXECUTED, CHECKED, {**CHECKED, "day": 380, "facts": {
    **CHECKED["facts"], "checked_on": "day:380"}})  # fmt: skip

OWN_CLAUSE: dict[str, Any] = {
    "clause_no": "第三条",
    "clause_text": "承办室收到问题线索后一个月内提出处置意见，填写处置意见表报分管领导审批。",
    "who_post": "承办室承办人",
    "when_due": "收到之日起一个月内",
    "with_form": "处置意见表",
    "how_checked": "案件监督管理员每周五在系统查看期限灯",
    "limit": "一个月",
    "became": "clock:clue.lead_proposal",
}

LONGER_CLAUSE = {
    **OWN_CLAUSE,
    "clause_no": "第四条",
    "clause_text": "确需延期的，承办室承办人填写处置意见表报分管领导批准。",
}

OWN_CLAUSES: list[dict[str, Any]] = [
    {
        "clause_no": "第一条",
        "clause_text": "承办室收到问题线索后一个月内提出处置意见，填写处置意见表报分管领导审批。",
        "who_post": "承办室承办人",
        "when_due": "收到之日起一个月内",
        "with_form": "处置意见表",
        "how_checked": "案件监督管理员每周五在系统查看期限灯",
        "limit": "一个月",
        "became": "clock:clue.lead_proposal",
    },
    {
        "clause_no": "第二条",
        "clause_text": "案件监督管理室每季度末通报各承办室按期提出处置意见的比例，列入处置意见表台账。",
        "who_post": "案件监督管理室主任",
        "when_due": "每季度末月25日",
        "with_form": "处置意见表台账",
        "how_checked": "分管领导核对系统统计口径",
        "became": "figure:clue.proposed_in_time",
    },
    {
        "clause_no": "第三条",
        "clause_text": "承办室承办人与线索所涉单位谈话时须两人在场，谈话前向分管领导口头报告。",
        "who_post": "承办室承办人",
        "when_due": "谈话开始前",
        "with_form": "谈话审批记录本",
        "how_checked": "分管领导每月5日查阅谈话审批记录本",
        "became": "none",
        "not_software_why": "口头报告在保密场所进行，不进入本系统。",
    },
]

CASES: dict[str, dict[str, Any]] = {
    "abolished": {
        **OPENING,
        "steps": (
            *TO_EVALUATION,
            evaluated("useless", "采购已改由区级集中验收，本规定不再需要。"),
            {
                "day": 550,
                "by": "deputy",
                "act": "abolish",
                "facts": {"abolished_on": "day:560"},
                "reason": "集中验收办法已施行，本规定废止。",
            },
        ),
    },
    "kept": {
        **OPENING,
        "title": "公务用车出车派单规定",
        "steps": (
            *TO_EVALUATION,
            evaluated("works", "两次抽查均按规定执行，同类疑点未再出现。"),
            {"day": 555, "by": "style_head", "act": "keep", "facts": {"review_on": "months:555+18"}},
        ),
    },
    "mended": {
        **OPENING,
        "title": "公务接待清单附件规定",
        "steps": (
            *TO_EVALUATION,
            evaluated("mend", "三联单改为电子单，条款须相应修改。"),
            {"day": 550, "by": "style_head", "act": "revise", "reason": "改用电子验收单。"},
            {
                "day": 560,
                "by": "housing_contact",
                "act": "mend_clause",
                "changes": {"clauses": {1: {**CLAUSES[0], "with_form": "电子入库验收单"}}},
            },
            {**HANDED_IN, "day": 565, "facts": {**HANDED_IN["facts"], "review_on": "months:565+18"}},
        ),
    },
    "own": {
        **OPENING,
        "title": "关于规范问题线索处置的实施意见",
        "facts": {"rule_kind": "opinion", "area": "other"},
        "parties": {},
        "steps": (
            {
                "day": 1,
                "by": "deputy",
                "act": "set_hands",
                "facts": {"rule_kind": "opinion", "recusal_checked": True},
                "parties": {
                    "drafter": ["style_one"],
                    "reviewer": ["trial_reviewer", "trial_head"],
                    "tracker": ["style_two"],
                },
            },
            {"day": 6, "by": "style_one", "act": "write_clause", "lines": {"clauses": [OWN_CLAUSE]}},
            {
                "day": 10,
                "by": "style_one",
                "act": "hand_in",
                "facts": {
                    "one_matter": "问题线索处置期限",
                    "settles_one": True,
                    "pages": 3,
                    "own_posts": "承办室承办人",
                    "own_forms": "处置意见表",
                    "owner_post": "案件监督管理室主任",
                    "review_on": "months:10+12",
                },
            },
            {"day": 14, "by": "trial_reviewer", "act": "send_back", "reason": "请写明延期由谁批准。"},
            {
                "day": 16,
                "by": "style_one",
                "act": "write_clause",
                "lines": {"clauses": [LONGER_CLAUSE]},
            },
        ),
    },
    "own_kept": {
        **OPENING,
        "title": "问题线索处置考核办法",
        "facts": {"rule_kind": "assessment", "area": "other"},
        "parties": {},
        "steps": (
            {
                "day": 1,
                "by": "deputy",
                "act": "set_hands",
                "facts": {"rule_kind": "assessment", "recusal_checked": True},
                "parties": {
                    "drafter": ["style_one"],
                    "reviewer": ["trial_reviewer", "trial_head"],
                    "tracker": ["style_two"],
                },
            },
            *(
                {"day": 6 + no, "by": "style_one", "act": "write_clause", "lines": {"clauses": [one]}}
                for no, one in enumerate(OWN_CLAUSES)
            ),
            {
                "day": 10,
                "by": "style_one",
                "act": "hand_in",
                "facts": {
                    "one_matter": "问题线索处置期限和考核",
                    "settles_one": True,
                    "pages": 3,
                    "own_posts": "承办室承办人\n案件监督管理室主任",
                    "own_forms": "处置意见表",
                    "owner_post": "案件监督管理室主任",
                    "review_on": "months:10+12",
                },
            },
            CLEARED,
            {**CONSULTED, "by": "style_one"},
            {**ADOPTED, "by": "deputy"},
            {**ISSUED, "by": "style_one"},
            ON_FILE,
        ),
    },
    "dropped": {
        **OPENING,
        "title": "会议用品领用规定",
        "steps": (NAMED, {"day": 15, "by": "deputy", "act": "drop", "reason": "已有区级规定。"}),
    },
}
