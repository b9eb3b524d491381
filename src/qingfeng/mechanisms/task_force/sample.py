"""Stories of task forces, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

RULES = "只查阅本人任务所需材料；材料不出专班办公室；发现应当回避的情形立即说明。"

OPENING: dict[str, Any] = {
    "title": "公务接待和津贴补贴联合核查专班",
    "opened_by": "style_head",
    "owner": "style",
    "facts": {
        "purpose": "聚合财政、人社、工会力量，核对公务接待、津贴补贴和工会经费支出。",
        "area": "conduct",
        "ends_on": "day:62",
        "rules_of_work": RULES,
    },
}


def _called(person: str, unit: str, specialty: str) -> dict[str, Any]:
    return {
        "person": f"person:{person}",
        "from_department": f"unit:{unit}",
        "specialty": specialty,
        "sign_by": "day:8",
    }


PEOPLE = ("finance_expert", "union_expert", "style_one", "social_expert")


def _signs(no: int) -> dict[str, Any]:
    return {
        "day": 6,
        "by": PEOPLE[no - 1],
        "act": "sign",
        "parties": {"member": list(PEOPLE[:no]), "called": list(PEOPLE[no:])},
        "changes": {"people": {no: {"undertakes": True}}},
    }


FORMED: tuple[dict[str, Any], ...] = (
    {
        "day": 1,
        "by": "style_head",
        "act": "set_up",
        "facts": OPENING["facts"],
        "parties": {"organiser": ["style_two"]},
    },
    {"day": 2, "by": "deputy", "act": "approve"},
    {
        "day": 2,
        "by": "style_two",
        "act": "call",
        "lines": {
            "calls": [
                {"department": "unit:finance", "specialty": "预算执行", "how_many": 1, "answer_by": "day:4"},
                {"department": "unit:union", "specialty": "工会财务", "how_many": 1, "answer_by": "day:4"},
            ]
        },
    },
    {
        "day": 4,
        "by": "style_two",
        "act": "answer_call",
        "changes": {"calls": {1: {"answer": "推荐国库科闻笛。"}, 2: {"answer": "推荐财务部百里溪。"}}},
    },
    {
        "day": 5,
        "by": "style_two",
        "act": "call_in",
        "parties": {"called": list(PEOPLE)},
        "facts": {"recusal_checked": True},
        "lines": {
            "people": [
                _called("finance_expert", "finance", "预算执行"),
                _called("union_expert", "union", "工会财务"),
                _called("style_one", "style", "作风监督"),
                _called("social_expert", "social", "工资福利"),
            ]
        },
    },
    _signs(1),
    _signs(2),
    _signs(3),
    {
        "day": 7,
        "by": "style_two",
        "act": "decline",
        "parties": {"called": []},
        "changes": {"people": {4: {"left_why": "与被核查单位负责人有亲属关系，本人申请回避。"}}},
    },
    {"day": 7, "by": "style_head", "act": "choose_lead", "parties": {"lead": ["style_one"]}},
)

AT_WORK: tuple[dict[str, Any], ...] = (
    {
        "day": 8,
        "by": "style_one",
        "act": "begin",
        "lines": {
            "tasks": [
                {"task": "核对接待费用与预算执行。", "who": "person:finance_expert", "task_due": "day:30"},
                {"task": "核对工会经费支出。", "who": "person:union_expert", "task_due": "day:30"},
                {"task": "汇总待核问题，起草核查建议。", "who": "person:style_one", "task_due": "day:50"},
            ]
        },
    },
    {
        "day": 9,
        "by": "style_one",
        "act": "list_data",
        "lines": {
            "data_needs": [
                {
                    "department": "unit:finance",
                    "data": "接待费用支付明细（单位、日期、金额）",
                    "need_purpose": "与公函核对",
                    "needed_by": "day:15",
                },
                {
                    "department": "unit:union",
                    "data": "工会经费支出明细（日期、事由、金额）",
                    "need_purpose": "核对支出范围",
                    "needed_by": "day:15",
                },
            ]
        },
    },
    {
        "day": 9,
        "by": "style_two",
        "act": "hand_out",
        "lines": {
            "papers": [
                {"paper": "接待公函复印件一册", "keeper": "person:finance_expert", "out_on": "day:9"},
                {"paper": "专用笔记本电脑一台", "keeper": "person:union_expert", "out_on": "day:9"},
            ]
        },
    },
    {
        "day": 16,
        "by": "style_two",
        "act": "settle_data",
        "changes": {
            "data_needs": {
                1: {"supplied_on": "day:14", "timely": "in_time"},
                2: {"supplied_on": "day:16", "timely": "late"},
            }
        },
    },
    {
        "day": 20,
        "by": "style_two",
        "act": "meet",
        "lines": {
            "meetings": [
                {
                    "held_on": "day:20",
                    "present": ["unit:finance", "unit:union"],
                    "minutes": "通报数据核对进度，两家单位数据已到。",
                    "decided": "财政局于25日前核对预算科目；工会于28日前说明支出依据。",
                }
            ]
        },
    },
    {
        "day": 21,
        "by": "style_one",
        "act": "ask_opinion",
        "lines": {
            "opinions": [
                {
                    "question": "工会福利支出能否列支接待费用？",
                    "expert": "person:union_expert",
                    "field_of_expert": "工会财务",
                    "opinion_due": "day:28",
                },
            ]
        },
    },
    {
        "day": 27,
        "by": "union_expert",
        "act": "give_opinion",
        "changes": {
            "opinions": {
                1: {
                    "opinion": "不能列支；应当从公用经费中安排。",
                    "opinion_basis": "基层工会经费收支管理办法",
                }
            }
        },
    },
    {
        "day": 28,
        "by": "finance_expert",
        "act": "note_problem",
        "lines": {
            "problems": [
                {
                    "problem": "接待费用科目与公函数量不一致，待核。",
                    "problem_area": "conduct",
                    "source_department": "unit:finance",
                },
            ]
        },
    },
    {
        "day": 29,
        "by": "finance_expert",
        "act": "finish",
        "changes": {"tasks": {1: {"task_result": "核对完成，形成待核问题一项。"}}},
    },
    {
        "day": 29,
        "by": "union_expert",
        "act": "finish",
        "changes": {"tasks": {2: {"task_result": "核对完成，提交专家意见一份。"}}},
    },
    {
        "day": 30,
        "by": "style_two",
        "act": "take_back",
        "changes": {"papers": {2: {"back_on": "day:30"}}},
    },
    {
        "day": 31,
        "by": "style_one",
        "act": "let_go",
        "changes": {"people": {2: {"left_why": "本人任务完成，返回原单位。"}}},
    },
)

ENDED: tuple[dict[str, Any], ...] = (
    {
        "day": 40,
        "by": "style_two",
        "act": "pass_problem",
        "changes": {"problems": {1: {"passed_to": "按疑点核查程序办理"}}},
    },
    {
        "day": 44,
        "by": "style_one",
        "act": "share",
        "lines": {
            "results": [
                {
                    "result": "接待费用科目核对口径",
                    "shared_with": ["unit:finance"],
                    "shared_on": "day:44",
                    "is_free_of_persons": True,
                }
            ]
        },
    },
    {
        "day": 45,
        "by": "style_two",
        "act": "take_back",
        "changes": {"papers": {1: {"back_on": "day:45"}}},
    },
    {
        "day": 46,
        "by": "style_one",
        "act": "hand_on",
        "changes": {
            "tasks": {3: {"handed_to": "person:style_two", "handed_note": "核查建议初稿已移交党风室。"}}
        },
    },
    {
        "day": 47,
        "by": "style_head",
        "act": "dissolve",
        "facts": {
            "summary": "完成三项任务，提交专家意见一份，形成待核问题一项。",
            "accounts_checked": True,
            "went_on": "核查建议由党风室继续办理。",
            "leaks": "no",
        },
    },
)

CASES: dict[str, dict[str, Any]] = {
    "dissolved": {**OPENING, "steps": (*FORMED, *AT_WORK, *ENDED)},
    "run_out": {
        **OPENING,
        "title": "惠民补贴发放联合核查专班",
        "steps": (*FORMED, *AT_WORK, {"day": 62, "by": "house", "act": "end_access"}),
    },
    "dropped": {
        **OPENING,
        "title": "节日期间车辆使用联合检查专班",
        "steps": ({"day": 3, "by": "deputy", "act": "drop", "reason": "现有人员可以完成，不需要另组专班。"},),
    },
}
