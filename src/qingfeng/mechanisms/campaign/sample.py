"""Stories of campaigns, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "公务加油卡专项治理",
    "opened_by": "style_head",
    "owner": "style",
    "facts": {
        "area": "conduct",
        "topic": "公务加油卡“一卡多车”、超油箱容积加油、节假日加油。",
        "topic_basis": "近一年疑点核查中加油类属实占比较高，信访件反映集中。",
        "purpose": "核对公务用车加油与车辆、里程是否相符，只用于本次治理的规则筛查。",
    },
}

PLAN: dict[str, Any] = {
    **OPENING["facts"],
    "legal_basis": "党政机关公务用车管理办法；监察法第十八条",
    "period_from": "day:-1100",
    "period_until": "day:-736",
    "scope": "chosen",
    "units": ["unit:education"],
    "evidence_rules": "每条疑点须有原始凭证、车辆登记和单位说明三方印证，由两人核查，逐一排除合理解释。",
    "pilot_by": "day:40",
    "lock_by": "day:60",
    "sweep_by": "day:90",
    "spread_by": "day:150",
}


def step(day: int, by: str, act: str, **facts: Any) -> dict[str, Any]:
    """Return a step of a story."""
    return {"day": day, "by": by, "act": act, "facts": facts}


PLANNED: tuple[dict[str, Any], ...] = (
    {**step(2, "style_head", "write_plan", **PLAN), "parties": {"subject_pilot": ["housing"]}},
    {
        **step(3, "analyst", "list_data"),
        "lines": {
            "data_list": [
                {
                    "data_set": "fuel",
                    "data_holder": "区机关事务中心",
                    "data_why": "逐笔核对加油时间、数量和车辆，汇总数无法核对。",
                },
                {
                    "data_set": "vehicle",
                    "data_holder": "区机关事务中心",
                    "data_why": "核对油箱容积和车卡对应，不需要驾驶人信息。",
                },
                {"data_set": "trip", "data_holder": "区机关事务中心", "data_why": "派车记录。"},
            ]
        },
    },
    {"day": 3, "by": "analyst", "act": "strike_data", "changes": {"data_list": {3: {}}}},
    {**step(3, "style_head", "assess"), "then": "for_campaign"},
)
APPROVED: tuple[dict[str, Any], ...] = (
    step(12, "style_head", "submit_plan"),
    step(14, "deputy", "approve_plan", approval_no="批〔{year}〕31号"),
)
STAFFED: tuple[dict[str, Any], ...] = (
    {
        **step(15, "style_head", "set_team", recusal_checked=True),
        "parties": {"lead": ["style_one"], "member": ["style_one", "style_two"]},
    },
    {**step(16, "analyst", "ask_data"), "then": "for_campaign"},
)
CRACKED: tuple[dict[str, Any], ...] = (
    {
        **step(20, "style_one", "dive"),
        "second": "style_two",
        "lines": {
            "dives": [
                {
                    "dived_on": "day:20",
                    "dived_place": "区住建局后勤科",
                    "dived_papers": "三个月加油卡明细、车辆登记、报销凭证。",
                    "dived_asked": "车辆管理岗、报销岗：卡由谁保管、怎样登记。",
                    "dived_saw": "卡由一人集中保管，登记表月底补填，报销只核对总额。",
                    "dived_files": ["file:深挖底稿.pdf"],
                }
            ]
        },
    },
    {
        **step(22, "style_one", "list_problem"),
        "lines": {
            "problems": [
                {
                    "problem": "加油卡与车辆不对应，登记表月底补填。",
                    "problem_basis": "公务用车管理办法第十五条",
                    "problem_spread": "all",
                },
                {
                    "problem": "加油站小票未随卡保存。",
                    "problem_basis": "公务用车管理办法第十六条",
                    "problem_spread": "some",
                },
            ]
        },
    },
    {"day": 22, "by": "style_one", "act": "strike_problem", "changes": {"problems": {2: {}}}},
    step(
        25,
        "style_head",
        "report_pilot",
        trick="以一张卡为多辆车加油，单次数量超过登记车辆的油箱容积，登记表事后补填。",
        why_unseen="卡和登记由同一岗位经办，报销只核对总额，不核对单次数量。",
        data_trace="yes",
        trace_tables=["fuel", "vehicle"],
        trace="加油明细单次升数大于车辆台账油箱容积；同一卡同日在两地加油。",
        pilot_no="破题{year}-01",
    ),
    step(26, "style_head", "lock"),
    step(
        27,
        "style_head",
        "tell_pilots",
        pilots_told="试点了解情况已经结束，请按制度完善加油卡登记和报销核对。",
    ),
)
LOCKED: tuple[dict[str, Any], ...] = (
    step(
        30,
        "analyst",
        "set_rules",
        rules=["fuel_over_tank_single"],
        rules_why="破题报告的痕迹一对应单次超油箱容积规则，容差沿用规则默认值。",
    ),
    {
        **step(32, "analyst", "test_rule"),
        "second": "style_one",
        "lines": {
            "rule_tests": [
                {
                    "tested_rule": "fuel_over_tank_single",
                    "sample_size": 12,
                    "sample_right": 9,
                    "sample_wrong": 2,
                    "sample_missed": 1,
                    "sample_how": "试点单位三个月全部命中十二条，两人对照凭证分别标注后合并，一条无法核实。",
                    "sample_paper": ["file:标注样本.pdf"],
                }
            ]
        },
    },
    step(33, "analyst", "count_labels"),
    {**step(34, "deputy", "extend_lock", until="day:70"), "reason": "数据持有单位系统升级，交付推迟。"},
    step(40, "style_head", "sweep"),
)
SWEPT: tuple[dict[str, Any], ...] = (
    {
        **step(42, "style_head", "set_task"),
        "lines": {
            "tasks": [
                {
                    "task_what": "单次加油超油箱容积，第一批",
                    "task_doubts": 3,
                    "task_who": ["person:style_one", "person:style_two"],
                    "task_due": "day:55",
                },
                {
                    "task_what": "单次加油超油箱容积，第二批",
                    "task_doubts": 1,
                    "task_who": ["person:style_one", "person:style_two"],
                    "task_due": "day:58",
                },
            ]
        },
    },
    {
        "day": 54,
        "by": "style_one",
        "act": "end_task",
        "changes": {"tasks": {1: {"task_done": "逐条核对凭证并听取单位说明，已提出结论。"}}},
    },
    {
        "day": 56,
        "by": "style_head",
        "act": "drop_task",
        "changes": {"tasks": {2: {"task_done": "与第一批为同一车辆，合并核查。"}}},
    },
    step(60, "analyst", "count_yields"),
    step(62, "deputy", "spread"),
)
ROLLED_OUT: tuple[dict[str, Any], ...] = (
    {
        **step(
            63,
            "style_head",
            "send_self_checks",
            self_topics="对照公务用车管理办法，自查近一年加油卡领用、登记、报销情况。",
            self_by="day:90",
        ),
        "then": "for_campaign",
    },
    {
        **step(80, "style_two", "enter_system"),
        "lines": {
            "systems": [
                {
                    "system_name": "公务加油卡一车一卡管理办法",
                    "system_no": "云机管〔{year}〕12号",
                    "system_unit": "区机关事务中心",
                    "system_from": "day:85",
                    "system_closes": "卡车不对应、登记补填、报销只核总额。",
                }
            ]
        },
    },
    step(
        95,
        "style_head",
        "circulate",
        circular_title="关于公务加油管理典型问题的通报",
        circular_text="某单位加油卡由一人集中保管，登记表月底补填，单次加油数量与车辆不符而未被发现。请引以为戒。",
        circular_to="全区各单位",
        said_self_units=1,
        said_self_problems=1,
    ),
)
SAID: dict[str, Any] = {
    **{f"said_{key}": 0 for key in ("rows", "hits", "true", "part", "explained", "refuted", "units_found")},
    **{f"said_{key}": 0 for key in ("clues", "cases", "recovered")},
    "said_systems": 1,
    "said_self_units": 1,
    "said_self_problems": 1,
    "said_self_recovered": "320.00",
}
SUMMED_UP: dict[str, Any] = {
    **step(
        110,
        "style_head",
        "sum_up",
        summary_text="四步完成：试点破题、规则检验、全域筛查核查、单位自查和建章立制。",
        summary_no="总结{year}-01",
        **SAID,
        difference_why="筛查记录数以收网时的筛查批次为准，此后新到的记录不计入。",
    ),
    "also": {"data_request": "after_campaign"},
}
LOOKED_BACK: dict[str, Any] = {
    **step(
        200,
        "style_one",
        "look_back",
        looked_on="day:200",
        look_back_found="抽查五个单位加油登记，一车一卡执行，单次数量与车辆相符。",
        systems_kept="yes",
        recurred="no",
    ),
    "second": "style_two",
}
CLOSED: tuple[dict[str, Any], ...] = (
    SUMMED_UP,
    step(120, "analyst", "prove_deletion"),
    LOOKED_BACK,
    step(205, "deputy", "close", close_opinion="问题已整改，制度已执行，数据已删除，同意销号。"),
)

CASES: dict[str, dict[str, Any]] = {
    "closed": {
        **OPENING,
        "steps": (
            *PLANNED,
            *APPROVED,
            *STAFFED,
            *CRACKED,
            *LOCKED,
            *SWEPT,
            *ROLLED_OUT,
            *CLOSED,
        ),
    },
    "no_trace": {
        **OPENING,
        "title": "办公用房专项治理（没有数据痕迹）",
        "steps": (
            *PLANNED,
            APPROVED[0],
            {**step(13, "deputy", "return_plan"), "reason": "试点单位偏少，请说明理由。"},
            {**step(14, "style_head", "submit_plan")},
            {**APPROVED[1], "day": 16},
            {
                **step(20, "deputy", "drop"),
                "reason": "试点表明问题不留数据痕迹，改以实地检查方式开展，不再作为专项治理。",
            },
        ),
    },
}
