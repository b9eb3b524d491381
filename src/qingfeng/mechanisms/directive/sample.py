"""Stories of directives, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

# ruff: noqa: E501 - a sentence of a story stands on one line, however wide its signs are

from __future__ import annotations

from typing import Any

OPENING: dict[str, Any] = {
    "title": "清河市纪委交办：津贴补贴发放问题专项督办",
    "opened_by": "registrar",
    "owner": "style",
    "facts": {
        "source_organ": "中共清河市纪律检查委员会",
        "source_level": "city",
        "source_no": "清纪办函〔{year}〕7号",
        "received_on": "day:0",
        "area": "conduct",
        "matter": "审计移送材料反映，云水区有关单位{last_year}年节假日期间重复发放值班补助，要求查清事实、厘清责任。",
        "requirement": "查清发放依据、金额和审批环节；需要追究责任的，依规依纪提出意见；督促清退并完善制度。",
        "upward_due_on": "day:90",
    },
    "parties": {"superior": ["superior"]},
}

HANDED_OUT: tuple[dict[str, Any], ...] = (
    {"day": 0, "by": "registrar", "act": "register", "facts": {"not_secret": True}, "parties": {"lead_room": ["style"]}},
    {
        "day": 1,
        "by": "deputy",
        "act": "assign",
        "facts": {"instruction": "请第一纪检监察室承办，党风政风监督室审核把关，按时限报结。", "internal_due_on": "day:50"},
        "parties": {"supervisor": ["deputy"], "handler_office": ["case_room"], "handler": ["case_one", "case_two"]},
    },
    {"day": 1, "by": "registrar", "act": "dispatch"},
    {"day": 2, "by": "case_head", "act": "sign_for"},
)  # fmt: skip

REPORT = {
    "facts_found": "经核查，{last_year}年国庆期间同一批人员的值班补助由两个科目分别列支，涉及18人次、共计5400元，审批表为同一份。",
    "answerable": "单位财务负责岗位、分管负责岗位各一人（内部编号R-014、R-022）；班子集体审核把关不严。",
    "forms_applied": ["admonish", "org_inspect"],
    "execution": "诫勉谈话和书面检查已由有权机关作出并执行，材料附后。",
    "correction": "重复发放款项已全额清退，值班补助改为单一科目、附排班表报销。",
    "report_paper": ["file:办理结果报告.pdf"],
}

HANDED_TO_STYLE: tuple[dict[str, Any], ...] = (
    {**HANDED_OUT[0], "parties": {"lead_room": ["office"]}},
    {
        **HANDED_OUT[1],
        "facts": {"instruction": "请党风政风监督室承办，办公室审核把关。", "internal_due_on": "day:50"},
        "parties": {
            "supervisor": ["deputy"],
            "handler_office": ["style"],
            "handler": ["style_one", "style_two"],
        },
    },
    HANDED_OUT[2],
    {**HANDED_OUT[3], "by": "style_head"},
)

IN_HAND: tuple[dict[str, Any], ...] = (
    {
        "day": 4,
        "by": "case_one",
        "act": "set_milestone",
        "lines": {
            "milestones": [
                {"step": "调取值班表、发放表和记账凭证", "due_on": "day:12"},
                {"step": "与单位财务、分管负责人谈话核实", "due_on": "day:25"},
            ]
        },
    },
    {
        "day": 11,
        "by": "case_two",
        "act": "reach_milestone",
        "changes": {"milestones": {1: {"reached_on": "day:11"}}},
    },
    {
        "day": 11,
        "by": "case_one",
        "act": "note_progress",
        "lines": {
            "progress": [
                {
                    "on": "day:11",
                    "what": "已调取{last_year}年9月至10月值班表和补助发放表，发现同一排班两次列支。",
                    "next": "核对审批表原件，与财务人员谈话。",
                }
            ]
        },
    },
    {
        "day": 24,
        "by": "registrar",
        "act": "chase",
        "lines": {"chases": [{"level": "remind", "missing": "尚未收到谈话核实情况。", "answer_by": "day:28"}]},
    },
    {
        "day": 26,
        "by": "case_one",
        "act": "answer_chase",
        "changes": {"chases": {1: {"answer": "谈话已完成，正在核对银行回单，预计一周内形成初步意见。"}}},
    },
)  # fmt: skip

EXTENSION: tuple[dict[str, Any], ...] = (
    {
        "day": 42,
        "by": "case_one",
        "act": "ask_extension",
        "facts": {"asked_until": "day:65", "why_longer": "开户行调取回单需要时间，申请延期十五日。"},
    },
    {"day": 43, "by": "deputy", "act": "grant_extension", "facts": {"until": "day:65"}},
)

RESULTS: tuple[dict[str, Any], ...] = (
    {
        "day": 52,
        "by": "case_one",
        "act": "list_decision",
        "lines": {
            "decisions": [
                {
                    "object": "R-014",
                    "form": "admonish",
                    "decided_on": "day:50",
                    "decision_no": "云纪问〔{year}〕3号",
                },
            ]
        },
    },
    {
        "day": 52,
        "by": "case_one",
        "act": "list_correction",
        "lines": {
            "corrections": [
                {
                    "problem": "值班补助由两个科目重复列支。",
                    "measure": "清退5400元；值班补助归并为一个科目，报销附排班表。",
                    "post": "计划财务岗",
                    "due_on": "day:60",
                }
            ]
        },
    },
)

REPORTED: tuple[dict[str, Any], ...] = (
    {"day": 56, "by": "case_one", "second": "case_two", "act": "report", "facts": REPORT},
)

RETURNED: tuple[dict[str, Any], ...] = (
    {
        "day": 58,
        "by": "style_head",
        "act": "return_report",
        "facts": {"internal_due_on": "day:66"},
        "reason": "清退凭证缺银行回单，整改是否完成不能确认，请补齐后重新报结。",
    },
    {
        "day": 62,
        "by": "case_one",
        "act": "prove_correction",
        "changes": {
            "corrections": {
                1: {"result": "已清退并取得银行回单，新报销单已执行一次。", "proof": ["file:清退回单.pdf"]}
            }
        },
    },
    {
        "day": 63,
        "by": "case_two",
        "act": "prove_decision",
        "changes": {"decisions": {1: {"executed_on": "day:60", "proof": ["file:诫勉谈话记录.pdf"]}}},
    },
    {"day": 64, "by": "case_one", "second": "case_two", "act": "report", "facts": REPORT},
)

ACCEPTED: tuple[dict[str, Any], ...] = (
    {"day": 65, "by": "style_head", "act": "accept_correction", "changes": {"corrections": {1: {}}}},
    {
        "day": 66,
        "by": "style_head",
        "act": "review",
        "facts": {"review_opinion": "事实清楚，责任划分适当，清退和制度整改有据，同意报审。"},
    },
    {"day": 68, "by": "deputy", "act": "approve"},
)

SENT_UP: tuple[dict[str, Any], ...] = (
    {
        "day": 70,
        "by": "registrar",
        "act": "submit",
        "facts": {"submission_no": "云纪报〔{year}〕12号", "submitted_on": "day:70"},
    },
)

ENDED: tuple[dict[str, Any], ...] = (
    {
        "day": 80,
        "by": "superior_contact",
        "act": "record_receipt",
        "facts": {
            "receipt_no": "清纪督回〔{year}〕31号",
            "receipt_on": "day:80",
            "receipt_paper": ["file:上级回执.pdf"],
        },
    },
    {"day": 82, "by": "deputy", "act": "close"},
    {"day": 90, "by": "registrar", "act": "file"},
)

OBJECTED: tuple[dict[str, Any], ...] = (
    *HANDED_OUT[:-1],
    {
        "day": 2,
        "by": "case_head",
        "act": "object",
        "reason": "所涉单位由第二纪检监察室联系，建议改交联系部门办理。",
    },
)

SENT_BACK_FROM_ABOVE: tuple[dict[str, Any], ...] = (
    {
        "day": 78,
        "by": "superior_contact",
        "act": "return_from_above",
        "facts": {
            "internal_due_on": "day:95",
            "upward_due_on": "day:110",
            "sent_back_paper": ["file:上级退回函.pdf"],
        },
        "reason": "班子责任的认定依据不充分，请补充集体研究记录。",
    },
)

RECALLED: tuple[dict[str, Any], ...] = (
    HANDED_OUT[0],
    {
        "day": 1,
        "by": "deputy",
        "act": "object_above",
        "reason": "所涉单位不在我区管辖范围，建议交由有管辖权的纪检监察机关办理。",
    },
    {
        "day": 4,
        "by": "superior_contact",
        "act": "take_kept",
        "reason": "资金由你区拨付，请先就拨付环节核查。",
        "facts": {"kept_paper": ["file:上级异议答复.pdf"]},
    },
    {
        "day": 6,
        "by": "registrar",
        "act": "ask_above",
        "facts": {"asked_until": "day:80", "why_longer": "须向拨付单位调取原始凭证。"},
    },
    {
        "day": 9,
        "by": "superior_contact",
        "act": "take_refusal",
        "reason": "专项治理统一时限，不予延期。",
    },
    {
        "day": 12,
        "by": "superior_contact",
        "act": "take_recall",
        "reason": "上级已并案办理，由市纪委直接核查。",
        "facts": {"recall_paper": ["file:上级收回通知.pdf"]},
    },
)

FROM_BELOW: tuple[dict[str, Any], ...] = (
    *HANDED_OUT,
    {"day": 4, "by": "house", "act": "take_objection", "reason": "承办单位反映事项不属于其管辖。"},
    {"day": 6, "by": "deputy", "act": "keep_office", "reason": "事项发生在承办单位联系范围内，仍由其办理。"},
    {
        "day": 7,
        "by": "house",
        "act": "take_request",
        "facts": {"asked_until": "day:65", "why_longer": "须向拨付单位调取原始凭证。"},
    },
    {"day": 8, "by": "deputy", "act": "refuse_extension", "reason": "专项治理统一时限，不予延期。"},
    {"day": 9, "by": "deputy", "act": "recall", "reason": "管辖经协商变更，改交联系部门办理。"},
)

PROPOSING: tuple[dict[str, Any], ...] = (
    {
        "day": 14,
        "by": "style_one",
        "act": "start_accountability",
        "reason": "重复发放涉及分管负责人审批环节，建议启动责任追究程序，依程序查清。",
        "then": "person",
    },
)

CASES: dict[str, dict[str, Any]] = {
    "closing": {
        **OPENING,
        "steps": (
            *HANDED_OUT, *IN_HAND, *EXTENSION, *RESULTS, *REPORTED, *RETURNED, *ACCEPTED, *SENT_UP, *ENDED,
        ),
    },
    "objected": {
        **OPENING,
        "title": "清河市纪委交办：防汛物资采购验收问题核查督办",
        "facts": {**OPENING["facts"], "area": "procurement", "source_no": "清纪办函〔{year}〕9号",
                  "matter": "反映防汛物资到货数量与验收单不一致，要求查清验收和付款环节责任。"},
        "steps": OBJECTED,
    },
    "recalled": {
        **OPENING,
        "title": "清河市纪委交办：跨区河道清淤工程款核查督办",
        "facts": {**OPENING["facts"], "area": "funds", "source_no": "清纪办函〔{year}〕11号",
                  "matter": "反映跨区河道清淤工程量与付款不一致，要求查清付款环节责任。"},
        "steps": RECALLED,
    },
    "taken_back": {
        **OPENING,
        "title": "清河市纪委交办：校园食堂食材采购问题核查督办",
        "facts": {**OPENING["facts"], "area": "procurement", "source_no": "清纪办函〔{year}〕12号",
                  "matter": "反映食材采购价高于同期市场价，要求查清定价环节责任。"},
        "steps": FROM_BELOW,
    },
    "sent_back": {
        **OPENING,
        "title": "江淮省纪委转办：老旧小区改造资金拨付迟缓问题督办",
        "facts": {**OPENING["facts"], "source_organ": "中共江淮省纪律检查委员会", "source_level": "province",
                  "source_no": "江纪督〔{year}〕15号", "area": "funds",
                  "matter": "反映老旧小区改造专项资金到账后拨付迟缓，要求查清滞留环节和责任。"},
        "steps": (
            *HANDED_OUT, *EXTENSION, *RESULTS, *REPORTED, *RETURNED, *ACCEPTED, *SENT_UP, *SENT_BACK_FROM_ABOVE,
        ),
    },
    "proposing": {**OPENING, "title": "清河市纪委交办：节假日公务用车管理责任督办",
                  "steps": (*HANDED_TO_STYLE, *PROPOSING)},
}  # fmt: skip
