"""The steps that stories of projects are made of: plain data; fictional."""

from __future__ import annotations

from typing import Any

Steps = tuple[dict[str, Any], ...]

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


def about(title: str, area: str, **texts: str) -> dict[str, Any]:
    """Return how the application of another project of the same unit begins."""
    return {**OPENING, "title": title, "facts": {**OPENING["facts"], "area": area, **texts}}


def by_unit(day: int, act: str, **others: Any) -> dict[str, Any]:
    """Return a step that the unit's contact does."""
    return {"day": day, "by": "education_contact", "act": act, **others}


def by_office(day: int, act: str, *, by: str = "style_head", **others: Any) -> dict[str, Any]:
    """Return a step that the organizing office does."""
    return {"day": day, "by": by, "act": act, **others}


def applied(
    outcomes: tuple[tuple[str, str, str, str], ...], milestones: tuple[tuple[str, str, int], ...]
) -> Steps:
    """Return the steps of an application.

    Args:
        outcomes: What, before, target, how it is measured.
        milestones: What, the post, the day on which it is due.
    """
    keys = ("outcome", "before", "target", "measured_how")
    planned = [
        {"milestone": what, "milestone_post": post, "milestone_due": f"day:{day}"}
        for what, post, day in milestones
    ]
    set_out = [dict(zip(keys, one, strict=True)) for one in outcomes]
    return (
        by_unit(2, "set_outcome", lines={"outcomes": set_out}),
        by_unit(3, "set_milestone", lines={"milestones": planned}),
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


TO_SCORES: Steps = (
    PREREVIEWED,
    scored(12, "trial_reviewer", (22, 20, 27, 18), "问题具体，成效可测量，推广条件低。"),
    scored(13, "case_one", (23, 21, 25, 17), "措施具体，建议写明代表回避情形。"),
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
        "public_where": "区纪委监委网站、申报单位公示栏",
    },
}
BEGUN = by_office(
    30,
    "begin",
    facts={"note_day": 10, "midterm_on": "day:160"},
    parties={"examiner": ["visitor_two", "appeal_two"]},
)
TO_WORK: Steps = (*TO_SCORES, TAKEN_ON, BEGUN)


def note(day: int, done: str, following: str, *, same: str = "yes", trouble: str = "") -> dict[str, Any]:
    """Return the step of a monthly note."""
    line = {"noted_on": f"day:{day}", "noted_done": done, "noted_next": following, "same_leader": same}
    return by_unit(day, "note", lines={"notes": [line | ({"noted_trouble": trouble} if trouble else {})]})


def cost(day: int, what: str, amount: str, no: int) -> Steps:
    """Return the steps of a cost and its voucher."""
    line = {"paid_on": f"day:{day}", "paid_for": what, "amount": amount}
    voucher = {"voucher_no": f"记账{no:02d}号", "voucher": ["file:凭证.pdf"]}
    return (
        by_unit(day, "enter_cost", lines={"costs": [line]}),
        by_unit(day + 1, "vouch", changes={"costs": {no: voucher}}),
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
    facts = {
        "asked_by": "区纪委监委党风政风监督室",
        "asked_how": "纸质问卷，不记名",
        "asked_count": asked,
        "asked_content": content,
    }
    return by_office(day, "ask_people", facts=facts)


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


HALF: Steps = (
    note(62, "草案征求十所学校意见。", "印发并培训。"),
    milestone(78, 1, "reach_milestone", "已印发，十所学校参加试行。"),
    *cost(95, "宣传单印制", "3600.00", 1),
    note(120, "十所学校试行一个月，问题三项已改。", "准备中期检查。"),
)


def finished(values: tuple[tuple[str, str], ...], report: str) -> Steps:
    """Return the steps from the start of the work to the report; each measured value with its judgement."""
    return (
        *HALF,
        midterm("on_course", "抽查三所学校，台账与现场一致。", "秋季开学前再培训一次。"),
        milestone(245, 2, "reach_milestone", "全部学校已执行。"),
        *(measured(255 + no, no, value, against) for no, (value, against) in enumerate(values, start=1)),
        people(262, 184, 171),
        by_unit(270, "hand_in", facts={"report": report, "cost_total": "3600.00"}),
    )


UNIFORMS = applied(
    (
        ("由家长代表签字验收的采购批次占比", "零", "百分之百", "逐批查验收单，由区教育局财务科统计"),
        ("同款校服单价", "每套268元", "每套不高于230元", "合同单价，由派驻一组核对"),
    ),
    (("家长代表推选办法印发", "基础教育科科长", 80), ("秋季采购全部由家长代表验收", "财务科科长", 250)),
)
CANTEENS = applied(
    (
        ("当天公示采购价格和数量的食堂占比", "一成", "百分之百", "每周抽查公示栏照片，由基础教育科统计"),
        ("单价高于市场均价的食材品种数", "十四种", "不超过三种", "对照价格监测公布数，由派驻一组核对"),
    ),
    (("公示样式和时限印发", "基础教育科科长", 80), ("全部食堂按日公示", "财务科科长", 250)),
)
REFUNDS = applied(
    (
        ("学生餐费退费当月到账的比例", "四成", "百分之百", "逐校查退费台账，由财务科统计"),
        ("退费台账与银行流水一致的比例", "六成", "百分之百", "抽查银行流水，由派驻一组核对"),
    ),
    (("退费规程印发", "财务科科长", 80), ("全部学校按月退费", "财务科科长", 250)),
)
DEVICES = applied(
    (
        ("实验器材两人当面验收的批次占比", "二成", "百分之百", "逐批查验收单，由装备中心统计"),
        ("账实不符的器材数", "三十一件", "零", "年底盘点"),
    ),
    (("验收规程印发", "装备中心主任", 80), ("全部学校完成盘点", "装备中心主任", 250)),
)
CLOCKED = applied((("每天打卡人数", "零", "全员", "系统记录"),), (("系统上线", "人事科科长", 60),))
REPORTING = applied(
    (("按周上报的管理人员占比", "零", "百分之九十", "系统记录，由党风政风监督室抽取"),),
    (("系统上线", "办公室主任", 100),),
)
