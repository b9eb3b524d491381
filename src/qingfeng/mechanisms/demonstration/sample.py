"""Stories of projects, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

# ruff: noqa: E501 - a sentence of a story stands on one line, however wide its signs are

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "校服采购家长全程参与",
    "opened_by": "education_contact",
    "owner": "style",
    "facts": {
        "area": "schools_clinics",
        "year": "{year}",
        "leader": "闻道远",
        "leader_post": "区教育局党委书记",
        "problem": "校服采购环节家长不知情，价格和质量缺少监督。",
        "measures": "选款、比价、验收三个环节由家长代表参加并签字，结果在校门口公示。",
        "replicable": "只用现有家委会和公示栏，不需要新增人员和系统。",
        "budget": "20000",
        "finish_on": "day:300",
    },
    "parties": {"unit": ["education"]},
}


def by_unit(day: int, act: str, **others: Any) -> dict[str, Any]:
    """Return a step that the unit's contact does."""
    return {"day": day, "by": "education_contact", "act": act, **others}


def by_office(day: int, act: str, *, by: str = "style_head", **others: Any) -> dict[str, Any]:
    """Return a step that the organizing office does."""
    return {"day": day, "by": by, "act": act, **others}


APPLIED: tuple[dict[str, Any], ...] = (
    by_unit(
        2,
        "set_outcome",
        lines={
            "outcomes": [
                {
                    "outcome": "由家长代表签字验收的采购批次占比",
                    "before": "零",
                    "target": "百分之百",
                    "measured_how": "逐批查验收单，由区教育局财务科统计",
                },
                {
                    "outcome": "同款校服单价",
                    "before": "每套268元",
                    "target": "每套不高于230元",
                    "measured_how": "合同单价，由派驻一组核对",
                },
            ]
        },
    ),
    by_unit(
        3,
        "set_milestone",
        lines={
            "milestones": [
                {
                    "milestone": "家长代表推选办法印发",
                    "milestone_post": "基础教育科科长",
                    "milestone_due": "day:80",
                },
                {
                    "milestone": "秋季采购全部由家长代表验收",
                    "milestone_post": "财务科科长",
                    "milestone_due": "day:250",
                },
            ]
        },
    ),
    by_unit(5, "submit"),
)
PREREVIEWED = by_office(
    10,
    "prereview",
    facts={
        "fits": ["small", "hard", "within", "measurable"],
        "prereview": "切口小、群众关注，成效可量化，同意提交评审。",
        "recusal_checked": True,
    },
    parties={"evaluator": ["trial_reviewer", "case_one", "visitor_one"]},
)


def scored(day: int, by: str, points: tuple[int, int, int, int], why: str) -> dict[str, Any]:
    """Return the step of one evaluator."""
    keys = ("score_problem", "score_measures", "score_outcome", "score_replicable")
    line = {**dict(zip(keys, points, strict=True)), "score_why": why, "score_says": "take"}
    return {"day": day, "by": by, "act": "score", "lines": {"scores": [line]}}


SCORED: tuple[dict[str, Any], ...] = (
    scored(12, "trial_reviewer", (22, 20, 27, 18), "问题具体，成效两项均可测量，推广条件低。"),
    scored(13, "case_one", (23, 21, 25, 17), "措施落在三个环节，建议写明代表回避情形。"),
    scored(14, "visitor_one", (21, 22, 26, 19), "可复制性强，测量办法应由单位以外人员复核。"),
    by_office(15, "open_scores"),
)
TAKEN_ON: dict[str, Any] = {
    "day": 20,
    "by": "deputy",
    "act": "take_on",
    "facts": {
        "project_no": "云纪发{year}-18",
        "public_from": "day:20",
        "public_until": "day:27",
        "public_where": "区纪委监委网站、区教育局公示栏",
    },
}
BEGUN = by_office(
    30,
    "begin",
    facts={"note_day": 10, "midterm_on": "day:160"},
    parties={"examiner": ["visitor_two", "appeal_two"]},
)


def note(day: int, done: str, following: str, *, same: str = "yes", trouble: str = "") -> dict[str, Any]:
    """Return the step of a monthly note."""
    line = {"noted_on": f"day:{day}", "noted_done": done, "noted_next": following, "same_leader": same}
    return by_unit(day, "note", lines={"notes": [line | ({"noted_trouble": trouble} if trouble else {})]})


def cost(day: int, what: str, amount: str, no: int) -> tuple[dict[str, Any], ...]:
    """Return the steps of a cost and its voucher."""
    line = {"paid_on": f"day:{day}", "paid_for": what, "amount": amount}
    return (
        by_unit(day, "enter_cost", lines={"costs": [line]}),
        by_unit(
            day + 1,
            "vouch",
            changes={"costs": {no: {"voucher_no": f"记账{no:02d}号", "voucher": ["file:凭证.pdf"]}}},
        ),
    )


def milestone(day: int, no: int, act: str, how: str) -> dict[str, Any]:
    """Return the step that ends a milestone."""
    given = {"ended_on": f"day:{day}", "ended_how": how, "milestone_paper": ["file:节点佐证.pdf"]}
    return by_unit(day, act, changes={"milestones": {no: given}})


def measured(day: int, no: int, value: str, against: str) -> dict[str, Any]:
    """Return the step that measures an outcome."""
    given = {
        "measured": value,
        "measured_on": f"day:{day}",
        "reached": against,
        "outcome_paper": ["file:测量依据.pdf"],
    }
    return by_unit(day, "measure", changes={"outcomes": {no: given}})


def midterm(course: str, seen: str, advice: str) -> dict[str, Any]:
    """Return the step of the midterm check."""
    facts = {
        "midterm_done_on": "day:150",
        "midterm_seen": seen,
        "midterm_course": course,
        "midterm_advice": advice,
    }
    return {"day": 150, "by": "visitor_two", "second": "appeal_two", "act": "check_midterm", "facts": facts}


def people(day: int, asked: int, content: int) -> dict[str, Any]:
    """Return the step of what the people say."""
    return by_office(
        day,
        "ask_people",
        facts={
            "asked_by": "区纪委监委党风政风监督室",
            "asked_how": "校门口纸质问卷，不记名",
            "asked_count": asked,
            "asked_content": content,
        },
    )


def examined(day: int, outcome: str, found: str) -> dict[str, Any]:
    """Return the step of the examination."""
    facts = {
        "examined_on": f"day:{day}",
        "examined_how": ["papers", "measured", "on_site"],
        "evidence_holds": "yes",
        "outcome_judged": outcome,
        "examined_found": found,
    }
    return {"day": day, "by": "visitor_two", "second": "appeal_two", "act": "examine", "facts": facts}


def rated(day: int, act: str, why: str, **others: Any) -> dict[str, Any]:
    """Return the step of the rating."""
    return {"day": day, "by": "principal", "act": act, "facts": {"rating_why": why, **others}}


TO_SCORES = (*APPLIED, PREREVIEWED, *SCORED)
TO_WORK = (*TO_SCORES, TAKEN_ON, BEGUN)
HALF: tuple[dict[str, Any], ...] = (
    note(62, "办法草案征求十所学校意见。", "印发办法。"),
    milestone(78, 1, "reach_milestone", "办法已印发，十所学校推选代表六十二名。"),
    *cost(95, "宣传单印制", "3600.00", 1),
    note(120, "春季两批采购由家长代表验收。", "准备中期检查。"),
)
FINISHED: tuple[dict[str, Any], ...] = (
    *HALF,
    midterm("on_course", "抽查两批验收单，家长代表均签字。", "秋季采购前公布比价结果。"),
    milestone(245, 2, "reach_milestone", "秋季九批全部由家长代表验收。"),
    measured(255, 1, "百分之百（十一批）", "reached"),
    measured(256, 2, "每套225元", "reached"),
    people(262, 184, 171),
    by_unit(
        270,
        "hand_in",
        facts={"report": "十一批采购均由家长代表验收，单价下降，公示无异议。", "cost_total": "3600.00"},
    ),
)

FAILING: dict[str, Any] = {
    **OPENING,
    "title": "“一键上报”廉情信息系统",
    "opened_by": "housing_contact",
    "facts": {
        **OPENING["facts"],
        "area": "works",
        "leader": "苗见远",
        "leader_post": "区住建局党组书记",
        "problem": "工地管理人员与施工单位往来信息掌握不及时。",
        "measures": "管理人员每周在系统内上报往来情况，党组每月抽查。",
        "replicable": "系统可部署到其他执法单位。",
        "budget": "60000",
    },
    "parties": {"unit": ["housing"]},
}


def of_housing(step: dict[str, Any]) -> dict[str, Any]:
    """Return a step of the unit done by the contact of the other unit."""
    return {**step, "by": "housing_contact"} if step["by"] == "education_contact" else step


HOUSING_APPLIED: tuple[dict[str, Any], ...] = (
    by_unit(
        2,
        "set_outcome",
        lines={
            "outcomes": [
                {
                    "outcome": "按周上报的管理人员占比",
                    "before": "零",
                    "target": "百分之九十",
                    "measured_how": "系统记录，由党风政风监督室抽取",
                }
            ]
        },
    ),
    by_unit(
        3,
        "set_milestone",
        lines={
            "milestones": [
                {"milestone": "系统上线", "milestone_post": "办公室主任", "milestone_due": "day:100"}
            ]
        },
    ),
    by_unit(5, "submit"),
)
FAILED_STEPS: tuple[dict[str, Any], ...] = (
    *HOUSING_APPLIED,
    PREREVIEWED,
    *SCORED,
    TAKEN_ON,
    BEGUN,
    milestone(118, 1, "miss_milestone", "系统未按期上线，接口未打通，推迟两个月后试用。"),
    *cost(130, "系统开发首付款", "24000.00", 1),
    midterm("behind", "系统试用一个月，上报率百分之二十一，内容多为空项。", "先弄清管理人员为什么不报。"),
    note(
        175,
        "上报率未提高，管理人员反映重复填报。",
        "与派驻机构商量简化。",
        same="no",
        trouble="负责人已调离。",
    ),
    by_unit(
        180,
        "change_leader",
        facts={
            "leader": "俞长河",
            "leader_post": "区住建局党组书记",
            "changed_on": "day:170",
            "changed_why": "原负责人工作调动",
        },
    ),
    by_unit(
        186,
        "hand_over",
        changes={
            "leaders": {
                1: {
                    "open_things": "系统尾款未付，上报办法待修订，两名联络人需调整。",
                    "handover_paper": ["file:交接记录.pdf"],
                }
            }
        },
    ),
    measured(255, 1, "百分之二十四", "not"),
    people(262, 31, 6),
    by_unit(
        270,
        "hand_in",
        facts={
            "report": "上报率未达目标，管理人员重复填报、内容无用，项目没有解决所针对的问题。",
            "cost_total": "24000.00",
        },
    ),
    examined(280, "not", "实测上报率百分之二十四，与目标相差较大；单位如实报告，凭证齐全。"),
    rated(
        288,
        "rate_failed",
        "目标未达到，成效为负担增加。",
        failed_because=["problem", "measure"],
        learned="问题不在上报渠道，而在往来情况本身没有记录义务；先定制度，再谈系统。",
    ),
)
FAILED_STORY = tuple(of_housing(step) for step in FAILED_STEPS)

CASES: dict[str, dict[str, Any]] = {
    "spread": {
        **OPENING,
        "steps": (
            *TO_WORK,
            *FINISHED,
            examined(280, "reached", "抽查五批验收单和合同，与上报一致，现场询问家长代表属实。"),
            rated(288, "rate_demonstration", "两项成效均达到目标，佐证成立，条件简单可推广。"),
            by_office(
                296,
                "publish",
                facts={
                    "method": "推选代表、三环节签字、结果公示。",
                    "needs": "家委会、公示栏，无需新增经费。",
                    "limits": "寄宿制学校统一配发的不适用。",
                    "ask_whom": "区教育局基础教育科",
                },
            ),
            by_office(
                330,
                "replicate",
                lines={
                    "replications": [
                        {
                            "taken_by": "unit:water",
                            "taken_on": "day:320",
                            "adapted": "改为用水户代表参与水表更换验收。",
                        }
                    ]
                },
            ),
            by_office(400, "end_spreading"),
        ),
    },
    "qualified": {
        **OPENING,
        "title": "食堂采购每日公示",
        "steps": (
            *TO_WORK,
            *FINISHED,
            by_office(272, "return_report", by="visitor_two", reason="请补充第二项单价的合同清单。"),
            by_unit(275, "hand_in", facts={"report": "已补充合同清单。", "cost_total": "3600.00"}),
            examined(280, "partly", "第一项达到，第二项因款式变化只能部分比较。"),
            rated(288, "rate_qualified", "主要成效达到，尚不具备示范条件。"),
        ),
    },
    "unqualified": {
        **FAILING,
        "steps": (
            *FAILED_STORY,
            by_office(
                296,
                "show_lessons",
                facts={
                    "tried": "要求管理人员每周在系统内上报与施工单位往来情况。",
                    "came_out": "上报率百分之二十四，目标百分之九十；支出24000元；三十一名受访管理人员中六名认为有用。",
                    "instead": "先以制度明确往来记录义务和样式，试行一季度有效后再考虑信息化。",
                    "names_nobody": True,
                },
            ),
        ),
    },
    "running": {**OPENING, "title": "学生餐费退费当月到账", "steps": (*TO_WORK, *HALF)},
    "stopped": {
        **OPENING,
        "title": "校外培训缴费监管试点",
        "steps": (
            *TO_WORK,
            {
                "day": 60,
                "by": "principal",
                "act": "stop",
                "facts": {
                    "stopped_why": "市级已统一建设监管平台，重复建设无必要。",
                    "learned": "立项前应先问上级有无统一安排。",
                },
            },
        ),
    },
    "turned_down": {
        **OPENING,
        "title": "廉政教育全员线上打卡",
        "steps": (
            *TO_SCORES,
            {
                "day": 20,
                "by": "deputy",
                "act": "turn_down",
                "reason": "打卡次数不是成效，未见可衡量的改变，建议明年调整后再申报。",
            },
        ),
    },
    "mended": {
        **OPENING,
        "title": "实验器材入库双人验收",
        "steps": (
            *APPLIED,
            by_office(8, "return_application", reason="请写明第二项成效由谁测量。"),
            by_unit(
                9,
                "mend_outcome",
                changes={
                    "outcomes": {
                        2: {
                            "outcome": "同款器材单价",
                            "before": "每套268元",
                            "target": "每套不高于230元",
                            "measured_how": "合同单价，由派驻一组核对并签字",
                        }
                    }
                },
            ),
            by_unit(10, "submit"),
            {**PREREVIEWED, "day": 12},
        ),
    },
}
