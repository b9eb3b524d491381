"""Steps that the stories of letters share, as plain data; fictional."""

from __future__ import annotations

from typing import Any

SHEET = ("second", "lines", "changes", "parties", "reason")


def step(day: int, by: str, act: str, **given: Any) -> dict[str, Any]:
    """Return a step of a story: what belongs to the sheet by its own name, all else as facts."""
    sheet = {key: given.pop(key) for key in SHEET if key in given}
    return {"day": day, "by": by, "act": act, **sheet, **({"facts": given} if given else {})}


OPENING: dict[str, Any] = {
    "title": "关于规范公务接待管理的建议",
    "opened_by": "case_head",
    "owner": "case_room",
    "facts": {"area": "conduct", "origin": "supervision", "proposal_reason": "公函和陪餐人数无人复核。"},
    "parties": {"unit": ["education"]},
}

WEIGHED: tuple[dict[str, Any], ...] = (
    step(
        4,
        "deputy",
        "weigh",
        origin="supervision",
        weighed_on="day:4",
        weigh_no="研判纪要{year}-08",
        weigh_reason="公务接待由一人经办、一人报销，缺少复核，同类单位普遍存在。",
        instrument="both",
        issuer="commission",
    ),
    step(
        5,
        "case_head",
        "assign_rows",
        recusal_checked=True,
        parties={
            "issuing_room": ["case_room"],
            "tracking_unit": ["team_one"],
            "chasing_office": ["office"],
            "unit": ["education"],
            "drafter": ["case_one", "case_two"],
            "examiner": ["trial_reviewer", "office_head"],
        },
    ),
)

LETTER: dict[str, Any] = {
    "letter_title": "关于规范公务接待管理的建议",
    "cc": "派驻第一纪检监察组",
    "situation": "在日常监督中，抽查该单位上一年度公务接待凭证，发现接待管理存在漏洞。",
    "basis": "《党政机关国内公务接待管理规定》第十条、第二十条；《中华人民共和国监察法》第十三条。",
    "causes": "经办、审批、报销由同一科室完成，未设复核岗位；公函与清单不对应时没有退回的规定。",
    "duty": "请将采纳情况、整改方案和整改结果书面反馈，并对材料的真实性负责。",
    "contact": "第一纪检监察室",
    "not_secret": True,
    "rules": ["reception_companions_over", "reception_no_letter"],
    "neighbours": ["voucher_keyword_misposted"],
    "tolerance": 30,
    "trigger_from": "day:-120",
    "trigger_until": "day:-31",
    "mend_by": "day:110",
}
PROBLEMS = [
    {"problem": "部分公务接待陪餐人数超过规定比例，审批单未载明理由。", "evidence_no": "证据卷{year}-08-1"},
    {"problem": "部分接待没有派出单位公函，报销时以情况说明代替。", "evidence_no": "证据卷{year}-08-2"},
]
PROPOSALS = [
    {
        "for_problem": 1,
        "action": "设立接待复核岗，报销前由经办人以外的人员核对陪餐人数并签字。",
        "answerable_post": "财务科负责人",
        "measurable": "新发生的接待审批单全部有复核签字",
        "done_by": "day:90",
    },
    {
        "for_problem": 2,
        "action": "无公函的接待一律不予报销，每季度公开一次接待清单。",
        "answerable_post": "办公室负责人",
        "measurable": "接待清单与公函逐笔对应",
        "done_by": "day:100",
    },
]
SUBMITTED: tuple[dict[str, Any], ...] = (
    step(
        7,
        "trial_reviewer",
        "join_early",
        joined_on="day:7",
        joined_saw="查看了问题清单初稿，要求每个问题列明证据编号。",
        joined_no="介入记录{year}-04",
    ),
    step(9, "case_one", "draft", **LETTER),
    step(9, "case_one", "list_problem", lines={"problems": PROBLEMS}),
    step(10, "case_one", "list_proposal", lines={"proposals": PROPOSALS}),
    step(12, "case_one", "submit_draft", second="case_two"),
)
REVIEWED: tuple[dict[str, Any], ...] = (
    step(14, "case_head", "pass_room"),
    step(15, "trial_reviewer", "compare"),
    step(16, "trial_reviewer", "score_draft", draft_score=88, draft_score_no="评分表{year}-08"),
    step(
        17,
        "trial_reviewer",
        "pass_review",
        second="office_head",
        evidenced="yes",
        doable="yes",
        within_power="yes",
        no_more_data="yes",
        reviewed_on="day:17",
        review_no="专审{year}-08",
    ),
)
SEALED = (
    *WEIGHED,
    *SUBMITTED,
    *REVIEWED,
    step(20, "principal", "approve", approval_no="呈〔{year}〕31号"),
    step(21, "registrar", "seal"),
)
DELIVERED: tuple[dict[str, Any], ...] = (
    step(
        23,
        "registrar",
        "deliver",
        served_on="day:23",
        served_way="public",
        served_place="区教育局党组会议，班子成员和科室负责人参加",
        received_by="区教育局办公室主任",
        served_paper=["file:送达回证.pdf"],
    ),
)
PLANNED: tuple[dict[str, Any], ...] = (
    step(
        25,
        "case_one",
        "explain_letter",
        lines={
            "advices": [
                {
                    "advised_on": "day:25",
                    "advice_asked": "复核岗可否由内部审计人员兼任。",
                    "advice": "可以，但不得是经办人和审批人。",
                }
            ]
        },
    ),
    step(
        30,
        "education_contact",
        "reply",
        adoption="all",
        adoption_why="全部采纳，成立整改专班。",
    ),
    step(
        31,
        "education_contact",
        "plan_item",
        lines={
            "items": [
                {
                    "item_problem": 1,
                    "item_measure": "设复核岗，修订审批单。",
                    "item_post": "财务科负责人",
                    "item_due": "day:80",
                },
                {
                    "item_problem": 2,
                    "item_measure": "清理无公函接待，按季公开清单。",
                    "item_post": "办公室负责人",
                    "item_due": "day:90",
                },
            ]
        },
    ),
    step(32, "education_contact", "hand_in_plan"),
    step(35, "case_head", "accept_plan"),
)


def visits(day: int) -> tuple[dict[str, Any], ...]:
    """Return visits on site to both problems of the letter on a day."""

    def seen(problem: int, saw: str) -> dict[str, Any]:
        return {
            "visit_on": f"day:{day}",
            "visit_place": "区教育局财务科",
            "visit_on_site": "yes",
            "visit_problem": problem,
            "visit_saw": saw,
            "visit_evidence": ["file:现场照片.pdf"],
            "visit_says": "mended",
        }

    return tuple(
        step(
            day,
            "tracker",
            "visit",
            second="tracker_head",
            lines={"visits": [one]},
            **one,
        )
        for one in (seen(1, "抽查审批单十份，复核签字齐全。"), seen(2, "公开栏有本季清单，与公函逐笔对应。"))
    )


AT_WORK: tuple[dict[str, Any], ...] = (
    step(55, "chaser", "oversee", overseen="四个环节均在时限内，整改两项在办。"),
    step(
        60,
        "education_contact",
        "note_progress",
        lines={"progress_notes": [{"progress_on": "day:60", "progress_what": "复核岗已到位，制度已印发。"}]},
    ),
)
PROVED: tuple[dict[str, Any], ...] = (
    step(
        65,
        "education_contact",
        "enter_system",
        lines={
            "systems": [
                {
                    "system_problem": 1,
                    "system_name": "公务接待复核办法",
                    "system_no": "云教发〔{year}〕12号",
                    "system_from": "day:64",
                }
            ]
        },
    ),
    step(
        85,
        "education_contact",
        "prove_execution",
        changes={"systems": {1: {"executed_on": "day:82", "execution_no": "复核记录{year}-01"}}},
    ),
    step(
        90,
        "education_contact",
        "prove_item",
        changes={
            "items": {
                1: {
                    "done_on": "day:84",
                    "proof": ["file:复核岗文件.pdf"],
                    "execution": "已复核接待审批单十六份。",
                    "recovered": "1260.00",
                    "dealt_with": 0,
                },
                2: {
                    "done_on": "day:89",
                    "proof": ["file:公开清单.pdf"],
                    "execution": "公开一期，退回无公函报销两笔。",
                },
            }
        },
    ),
)


def reported(day: int) -> tuple[dict[str, Any], ...]:
    """Return the report of the unit on a day."""
    return (
        step(
            day,
            "education_contact",
            "report",
            self_duty=19,
            self_mending=28,
            self_rules_made=18,
            self_effect=18,
            self_reporting=10,
            self_score=93,
            closing_summary="两项问题均已整改，制度已执行，清退款项已上缴。",
        ),
    )


def returned_by_team(day: int) -> dict[str, Any]:
    """Return the step by which the tracking team sends a report back."""
    line = {"mend_by": f"day:{day + 30}", "return_ground": "on_paper"}
    return step(
        day,
        "tracker_head",
        "return_report",
        lines={"returns": [line]},
        reason="复核签字系补签，未见日常执行。",
        **line,
    )


EVALUATED: tuple[dict[str, Any], ...] = (
    step(98, "tracker_head", "agree_tracker", tracker_opinion="逐项到现场核实，情况属实。"),
    step(100, "case_head", "agree_issuer", issuer_opinion="措施与建议逐项对应，同意报结。"),
    step(
        101,
        "deputy",
        "name_evaluators",
        recusal_checked=True,
        parties={"evaluator": ["case_two", "visitor_one"]},
    ),
)
CHECKED: tuple[dict[str, Any], ...] = (
    step(
        130,
        "visitor_one",
        "evaluate",
        second="case_two",
        given_duty=18,
        given_mending=26,
        given_rules_made=17,
        given_effect=16,
        given_reporting=9,
        why_duty="专班有分工，负责人三次过问。",
        why_mending="两项措施均有佐证，现场核实一致。",
        why_rules_made="制度一页，写明岗位和表单，已执行。",
        why_effect="同一规则复跑，发现明显减少。",
        why_reporting="按期报告进展。",
        score=86,
        grade="passed",
        self_gap="even",
        rerun="confirmed",
        ways=["report", "ledger", "on_site"],
    ),
    step(132, "chaser", "check_complete", office_opinion="报结表、佐证、跟踪记录和评估表齐全。"),
)
STRUCK_OFF: dict[str, Any] = step(134, "deputy", "strike_off", rests_on_visit=True)

OTHER_PROBLEMS = [
    {
        "problem": "物资采购验收由一人完成，入库单与发票数量不一致时没有退货记录。",
        "evidence_no": "案卷{year}-006-3",
    }
]
OTHER_PROPOSALS = [
    {
        "for_problem": 1,
        "action": "实行采购、验收、保管三岗分离，验收单由两人当场签字。",
        "answerable_post": "采购中心负责人",
        "measurable": "每批入库单有两人当日签字",
        "done_by": "day:90",
    }
]
FROM_A_CASE: tuple[dict[str, Any], ...] = (
    {**WEIGHED[0], "facts": {**WEIGHED[0]["facts"], "origin": "case", "instrument": "supervision"}},
    {
        **WEIGHED[1],
        "by": "case_supervisor",
        "parties": {
            **WEIGHED[1]["parties"],
            "tracking_unit": ["team_three"],
            "unit": ["housing"],
        },
    },
    SUBMITTED[0],
    step(
        9,
        "case_one",
        "draft",
        **{
            **{key: value for key, value in LETTER.items() if key not in {"rules", "neighbours"}},
            "letter_title": "关于规范物资采购验收管理的建议",
            "situation": "在查办案件中发现该单位物资采购验收环节存在漏洞，案情不在此列。",
            "causes": "采购、验收、保管由同一人负责，没有复核和盘点制度。",
            "no_rule_why": "验收环节尚无电子记录，规则库没有适用的规则，以回头看为准。",
        },
    ),
    step(9, "case_one", "list_problem", lines={"problems": OTHER_PROBLEMS}),
    step(10, "case_one", "list_proposal", lines={"proposals": OTHER_PROPOSALS}),
    SUBMITTED[-1],
    *REVIEWED,
    *SEALED[-2:],
    step(
        23,
        "registrar",
        "deliver",
        served_on="day:23",
        served_way="in_person",
        served_place="区住建局会议室，党组书记和分管领导在场",
        received_by="区住建局办公室主任",
        served_paper=["file:送达回证.pdf"],
    ),
)
