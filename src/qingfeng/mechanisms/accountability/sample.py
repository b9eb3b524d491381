"""Stories of accountability, as plain data; fictional. See `mechanisms/sampling.py`."""

# ruff: noqa: E501 - a sentence of a story stands on one line, however wide its signs are

from __future__ import annotations

from typing import Any

PROPOSAL = {
    "area": "conduct",
    "object_level": "section_head",
    "doubt": "值班补助两次列支的审批表由同一名分管负责人签批，需查清其审核责任是否履行。",
    "source_paper": ["file:核查情况报告.pdf"],
}

OPENING: dict[str, Any] = {
    "title": "值班补助重复列支审批环节责任追究",
    "opened_by": "style_head",
    "owner": "style",
    "facts": PROPOSAL,
    "parties": {"subject_person": ["person_concerned"]},
}

BEGUN: tuple[dict[str, Any], ...] = (
    {
        "day": 1,
        "by": "style_head",
        "act": "complete",
        "facts": PROPOSAL,
        "parties": {"subject_person": ["person_concerned"]},
    },
    {
        "day": 3,
        "by": "principal",
        "act": "approve_start",
        "facts": {"start_opinion": "同意启动。查清事实、听清意见，做到精准。"},
        "parties": {"handler": ["style_one", "style_two"], "reviewer": ["trial_reviewer"]},
    },
)

FOUND: tuple[dict[str, Any], ...] = (
    {
        "day": 24,
        "by": "style_one",
        "second": "style_two",
        "act": "report_findings",
        "facts": {
            "facts_found": "一、两份发放表金额、人员一致，分别于9月30日、10月12日签批；二、签批人未核对排班表原件。",
            "responsibility": "important_leader",
            "basis_article": "《中国共产党问责条例》第七条",
            "report_paper": ["file:调查报告（全体签名）.pdf"],
        },
    },
)

TOLD: tuple[dict[str, Any], ...] = (
    {
        "day": 27,
        "by": "style_one",
        "act": "inform",
        "facts": {
            "intended_form": "discipline",
            "intended_state_sanction": "demerit",
            "informed_on": "day:27",
        },
    },
)

HEARD: tuple[dict[str, Any], ...] = (
    {
        "day": 31,
        "by": "style_one",
        "second": "style_two",
        "act": "hear",
        "facts": {
            "heard_on": "day:31",
            "heard_way": "spoken",
            "statement": "承认签批时未核对排班表；说明第二份表由经办人以补报名义送签，当日正在校园防汛值守，发现后第一时间组织清退。",
            "hearing_paper": ["file:陈述申辩记录（本人签名）.pdf"],
        },
        "lines": {
            "points": [
                {"point": "签批当日正在校园防汛一线值守，客观上难以当场核对。"},
                {"point": "发现重复后主动组织清退，挽回了全部损失。"},
            ]
        },
    },
    {
        "day": 33,
        "by": "style_two",
        "act": "answer_point",
        "changes": {
            "points": {
                1: {"reply": "值守记录属实，但签批可以延后，予以部分采纳。", "adopted": "partly"},
                2: {"reply": "清退回单齐全，主动挽回损失属实，予以采纳。", "adopted": "adopted"},
            }
        },
    },
)

WEIGHED: tuple[dict[str, Any], ...] = (
    {
        "day": 36,
        "by": "trial_reviewer",
        "act": "weigh",
        "facts": {
            "honest_error": "no",
            "exploring": "no",
            "for_progress": "yes",
            "three_reasons": "审核把关属日常职责，不属先行先试；签批时确在防汛值守，无谋取私利情形，系工作疏失。",
            "exemption": "mitigate",
            "exemption_reasons": "主动清退、挽回全部损失，具有从轻情形；不具有免予问责情形。",
        },
    },
)

EXEMPT_WEIGHED: tuple[dict[str, Any], ...] = (
    {
        "day": 36,
        "by": "trial_reviewer",
        "act": "weigh",
        "facts": {
            "honest_error": "yes",
            "exploring": "yes",
            "for_progress": "yes",
            "three_reasons": "试点无明确限制性规定，方案经集体研究并公开评估风险，失误出于缺乏经验，无谋利情形。",
            "exemption": "exempt",
            "exemption_reasons": "符合先行先试失误的免予问责情形，已及时止损并公开说明。",
        },
    },
)

MEETING = {
    "body": "standing_committee",
    "attended": ["person:principal", "person:deputy", "person:member_one", "person:member_two"],
    "minutes_paper": ["file:会议纪要.pdf"],
}

DECISION = {
    **MEETING,
    "met_on": "day:40",
    "form": "discipline",
    "state_sanction": "warning",
    "decision_facts": "签批值班补助时未核对排班表，致同一排班两次列支5400元，负重要领导责任；已主动全额清退。",
    "decided_on": "day:40",
}

ANNOUNCED: tuple[dict[str, Any], ...] = (
    {
        "day": 44,
        "by": "registrar",
        "act": "announce",
        "facts": {
            "announced_on": "day:44",
            "announced_to": "在所在单位党组会议上宣布，被处理人及班子成员到场。",
            "served_on": "day:44",
            "service_paper": ["file:送达回证.pdf"],
        },
    },
)

EXECUTED: tuple[dict[str, Any], ...] = (
    {
        "day": 46,
        "by": "registrar",
        "act": "list_execution",
        "lines": {
            "executions": [
                {
                    "kind": "pay",
                    "what": "影响期内年度考核和奖金按规定办理。",
                    "office": "unit:education",
                    "due_on": "day:66",
                },
                {
                    "kind": "file",
                    "what": "决定书归入本人档案。",
                    "office": "unit:org_department",
                    "due_on": "day:66",
                },
            ]
        },
    },
    {
        "day": 55,
        "by": "registrar",
        "act": "prove_execution",
        "changes": {
            "executions": {
                1: {"done_on": "day:54", "papers": ["file:工资变动审批表.pdf"]},
                2: {"done_on": "day:55", "papers": ["file:档案接收回执.pdf"]},
            }
        },
    },
    {
        "day": 56,
        "by": "registrar",
        "act": "copy_file",
        "facts": {"file_copied_on": "day:56", "file_copy_paper": ["file:组织部门回执.pdf"]},
        "parties": {"org_department": ["org_department"]},
    },
    {"day": 58, "by": "style_head", "act": "confirm_execution"},
)

PERIOD_6 = {"influence_ends_on": "months:40+6"}


def decided(measure: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Return the step of the collective decision with a measure of its own."""
    return ({"day": 40, "by": "principal", "act": "decide", "facts": {**DECISION, **measure}},)


APPEAL: tuple[dict[str, Any], ...] = (
    {
        "day": 60,
        "by": "registrar",
        "act": "appeal",
        "facts": {
            "appeal_filed_on": "day:60",
            "appeal_grounds": "认为未充分考虑防汛值守和主动清退情节，请求复查。",
            "appeal_paper": ["file:申诉书.pdf"],
        },
        "parties": {"appeal_handler": ["appeal_one", "appeal_two"]},
    },
)

APPEAL_RESULT = {
    **MEETING,
    "met_on": "day:80",
    "appeal_reasons": "逐项复查：值守记录属实；清退发生在组织核查之前，应认定为主动挽回损失。",
}

LIGHTER: tuple[dict[str, Any], ...] = (
    {
        "day": 80,
        "by": "principal",
        "act": "change",
        "facts": {
            **APPEAL_RESULT,
            "form": "admonish",
            "influence_ends_on": "months:80+6",
            "decision_facts": "签批时未核对排班表，负重要领导责任；核查前已主动全额清退，依规从轻。",
            "decided_on": "day:80",
        },
    },
    {
        "day": 84,
        "by": "registrar",
        "act": "announce",
        "facts": {
            "announced_on": "day:84",
            "announced_to": "在原宣布范围内宣布复查决定。",
            "served_on": "day:84",
            "service_paper": ["file:复查决定送达回证.pdf"],
        },
    },
)

REVOKED: tuple[dict[str, Any], ...] = (
    {"day": 80, "by": "principal", "act": "revoke", "facts": APPEAL_RESULT},
    {
        "day": 84,
        "by": "registrar",
        "act": "list_execution",
        "lines": {
            "executions": [
                {"kind": "restoration", "what": "补发扣减的奖金，撤出档案材料，在原宣布范围说明。",
                 "office": "unit:education", "due_on": "day:100"},
            ]
        },
    },
    {
        "day": 95,
        "by": "registrar",
        "act": "prove_execution",
        "changes": {"executions": {3: {"done_on": "day:94", "papers": ["file:恢复待遇审批表.pdf"]}}},
    },
    {"day": 98, "by": "style_head", "act": "restore"},
)  # fmt: skip

UPHELD: tuple[dict[str, Any], ...] = (
    {"day": 80, "by": "principal", "act": "uphold", "facts": APPEAL_RESULT},
)

BEFORE: tuple[dict[str, Any], ...] = (*BEGUN, *FOUND, *TOLD, *HEARD, *WEIGHED)
CARRIED_OUT: tuple[dict[str, Any], ...] = (*ANNOUNCED, *EXECUTED)

ORGANISATION: tuple[dict[str, Any], ...] = (
    {
        "day": 1,
        "by": "style_head",
        "act": "complete",
        "facts": {**PROPOSAL, "object_level": "organisation"},
        "parties": {"subject_unit": ["water"]},
    },
    *BEGUN[1:],
    *FOUND,
    {"day": 27, "by": "style_one", "act": "inform", "facts": {"intended_form": "org_circular", "informed_on": "day:27"}},
    *HEARD,
    *WEIGHED,
    *decided({"form": "org_inspect", "state_sanction": None}),
    *CARRIED_OUT,
    {"day": 80, "by": "registrar", "act": "settle"},
    {"day": 90, "by": "registrar", "act": "file"},
)  # fmt: skip

CASES: dict[str, dict[str, Any]] = {
    "announced": {
        **OPENING,
        "title": "公务用车管理责任追究",
        "facts": {**PROPOSAL, "doubt": "公务用车油卡与车辆未一一对应，需查清管理责任是否落实。"},
        "steps": (*BEFORE, *decided(PERIOD_6), *CARRIED_OUT),
    },
    "person": {
        **OPENING,
        "steps": (
            *BEFORE,
            *decided(PERIOD_6),
            *CARRIED_OUT,
            {"day": 80, "by": "registrar", "act": "settle"},
            {"day": 81, "by": "style_head", "act": "plan_revisit", "parties": {"org_room": ["org"]}, "then": "made"},
            {"day": 84, "by": "style_head", "act": "open_notice", "then": "full"},
            {"day": 230, "by": "registrar", "act": "expire"},
            {"day": 250, "by": "registrar", "act": "file"},
        ),
    },
    "organisation": {
        **OPENING,
        "title": "河道巡查记录补签问题责任追究",
        "facts": {**PROPOSAL, "object_level": "organisation", "area": "environment",
                  "doubt": "河道巡查记录有集中补签痕迹，需查清单位管理责任是否落实。"},
        "parties": {"subject_unit": ["water"]},
        "steps": ORGANISATION,
    },
    "appeal_upheld": {
        **OPENING,
        "title": "值守期间签批审核责任追究（申诉维持）",
        "steps": (
            *BEFORE, *decided(PERIOD_6), *CARRIED_OUT, *APPEAL, *UPHELD,
            {"day": 84, "by": "registrar", "act": "settle"},
        ),
    },
    "appeal_lighter": {
        **OPENING,
        "title": "值守期间签批审核责任追究（申诉变更）",
        "steps": (*BEFORE, *decided(PERIOD_6), *CARRIED_OUT, *APPEAL, *LIGHTER),
    },
    "appeal_revoked": {
        **OPENING,
        "title": "值守期间签批审核责任追究（申诉撤销）",
        "steps": (
            *BEFORE, *decided(PERIOD_6), *CARRIED_OUT,
            {"day": 59, "by": "style_head", "act": "plan_revisit", "parties": {"org_room": ["org"]}, "then": "planned"},
            *APPEAL, *REVOKED[:-1], {**REVOKED[-1], "also": {"revisit": "fallen"}},
        ),
    },
    "spared": {
        **OPENING,
        "title": "智慧停车试点先行投入责任追究",
        "facts": {**PROPOSAL, "area": "works", "doubt": "智慧停车试点设备闲置，需查清决策责任。"},
        "steps": (
            *BEGUN, *FOUND, *TOLD, *HEARD, *EXEMPT_WEIGHED,
            {
                "day": 40,
                "by": "principal",
                "act": "spare",
                "facts": {**MEETING, "met_on": "day:40", "clarified": "letter",
                          "exempt_reasons": "试点经集体研究、风险已公开评估，无谋利情形，属先行先试中的失误，不予问责。"},
            },
        ),
    },
    "not_begun": {
        **OPENING,
        "title": "信息报送迟缓责任追究",
        "steps": (
            {"day": 3, "by": "principal", "act": "refuse_start", "reason": "事实简单、后果轻微，由所在单位谈话提醒即可。"},
        ),
    },
}  # fmt: skip
