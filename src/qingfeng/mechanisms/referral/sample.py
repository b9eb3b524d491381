"""Stories of referrals, both ways, as plain data; fictional. See `mechanisms/sampling.py`."""

# ruff: noqa: E501 - a sentence of a story stands on one line, however wide its signs are

from __future__ import annotations

from typing import Any

INWARD: dict[str, Any] = {
    "title": "区审计局移送：公务用车加油费异常问题",
    "opened_by": "registrar",
    "owner": "style",
    "facts": {
        "direction": "in",
        "body_kind": "audit",
        "letter_no": "云审移〔{year}〕4号",
        "letter_on": "day:0",
        "area": "conduct",
        "matter": "审计发现有关单位公务用车单次加油量多次超过油箱容积，移送核查。",
        "about": "有关单位车辆管理岗位一人（内部编号S-007）；车辆三台。",
        "facts_known": "{last_year}年1月至9月，三台车共有11次单次加油量超过登记油箱容积，涉及金额6820元。",
        "rule_doubted": "《党政机关公务用车管理办法》关于一车一卡、定点加油的规定",
        "letter_paper": ["file:移送函及材料.pdf"],
    },
    "parties": {"partner": ["audit"]},
}

BY_PARTNER = {**INWARD, "opened_by": "audit_contact", "title": "区审计局移送：工会经费列支疑点"}

LISTED: tuple[dict[str, Any], ...] = (
    {
        "day": 0,
        "by": "registrar",
        "act": "list_evidence",
        "lines": {
            "evidence": [
                {"what": "加油明细（11笔）", "shows": "单次加油量、时间、站点", "pages": 3, "form": "copy"},
                {"what": "车辆登记信息", "shows": "油箱容积", "pages": 3, "form": "copy"},
            ]
        },
    },
)

NAMED: tuple[dict[str, Any], ...] = (
    {"day": 0, "by": "registrar", "act": "name_concerned", "parties": {"subject_unit": ["water"]}},
)

SUPPLEMENTED: tuple[dict[str, Any], ...] = (
    {
        "day": 2,
        "by": "registrar",
        "act": "ask_papers",
        "facts": {"missing": "缺少三台车的油箱容积登记证明。", "supply_by": "day:14"},
    },
    {
        "day": 6,
        "by": "audit_contact",
        "act": "supply",
        "facts": {"supplied": "已补充行驶证复印件和车型公告。", "supplied_paper": ["file:补充材料.pdf"]},
    },
)

CHECKED = {"complete": True, "ours_to_decide": True, "check_note": "材料齐全，属于本委管辖，建议受理。"}

ACCEPTED: tuple[dict[str, Any], ...] = ({"day": 8, "by": "registrar", "act": "accept", "facts": CHECKED},)

ASSIGNED: tuple[dict[str, Any], ...] = (
    {
        "day": 10,
        "by": "deputy",
        "act": "assign",
        "facts": {"instruction": "请第一纪检监察室核查，重点核对加油站视频和油箱容积。"},
        "parties": {"handler_office": ["case_room"], "handler": ["case_one", "case_two"]},
    },
)

LONGER: tuple[dict[str, Any], ...] = (
    {
        "day": 70,
        "by": "deputy",
        "act": "allow_longer",
        "facts": {"until": "day:160"},
        "reason": "涉及三台车十一笔交易，需调取多处站点资料，属复杂事项。",
    },
)

DISPOSED: tuple[dict[str, Any], ...] = (
    {
        "day": 60,
        "by": "case_one",
        "second": "case_two",
        "act": "dispose",
        "facts": {
            "outcome": "talk",
            "disposal": "经核查，油箱容积登记有误，加油量与实际油箱相符；车辆管理岗位登记把关不严，予以谈话提醒。",
            "disposal_paper": ["file:处置报告.pdf"],
        },
    },
)

ANSWERED: tuple[dict[str, Any], ...] = (
    {
        "day": 66,
        "by": "registrar",
        "act": "feed_back",
        "facts": {
            "feedback": "移送事项已核查完毕：登记有误，已更正；对车辆登记把关不严问题作了提醒。",
            "feedback_on": "day:66",
        },
    },
)

RATED: tuple[dict[str, Any], ...] = (
    {
        "day": 75,
        "by": "audit_contact",
        "act": "rate",
        "facts": {"rating": "settled", "rating_note": "反馈及时，结论清楚。"},
    },
)

CHASED: tuple[dict[str, Any], ...] = (
    {
        "day": 40,
        "by": "registrar",
        "act": "chase",
        "lines": {"chases": [{"missing": "距反馈期限不足两个月，请报送核查进展。", "answer_by": "day:45"}]},
    },
    {
        "day": 43,
        "by": "case_one",
        "act": "answer_chase",
        "changes": {"chases": {1: {"answer": "已完成两处站点资料核对，油箱容积待车管部门确认。"}}},
    },
)

INWARD_STEPS = (*LISTED, *NAMED, *SUPPLEMENTED, *ACCEPTED, *ASSIGNED, *CHASED, *DISPOSED, *ANSWERED, *RATED)

TO_ACCOUNTABILITY: tuple[dict[str, Any], ...] = (
    *LISTED,
    *NAMED,
    *SUPPLEMENTED,
    *ACCEPTED,
    *ASSIGNED,
    *LONGER,
)

PROPOSED: dict[str, Any] = {
    "day": 71,
    "by": "case_one",
    "act": "start_accountability",
    "reason": "车辆管理责任未落实，建议启动责任追究程序，依程序查清。",
}

DISPOSED_SO: tuple[dict[str, Any], ...] = (
    {
        "day": 118,
        "by": "case_one",
        "second": "case_two",
        "act": "dispose",
        "facts": {
            "outcome": "accountability",
            "disposal": "已启动责任追究程序并作出决定，详见问责决定书。",
            "disposal_paper": ["file:处置报告.pdf"],
        },
    },
    {
        "day": 150,
        "by": "registrar",
        "act": "feed_back",
        "facts": {"feedback": "移送事项已作出处理决定并宣布。", "feedback_on": "day:150"},
    },
)

OUTWARD: dict[str, Any] = {
    "title": "移送区审计局：专项资金往来疑点",
    "opened_by": "style_head",
    "owner": "style",
    "facts": {
        "direction": "out",
        "body_kind": "audit",
        "area": "funds",
        "matter": "核查中发现专项资金到账后多次在下属单位账户间往来，需审计监督，移送依法处理。",
        "about": "项目实施单位两家（内部编号U-012、U-018）。",
        "facts_known": "{last_year}年3月至10月，专项资金到账后三日内多次转入下属单位账户，合计三十二万元，用途待核。",
        "rule_doubted": "专项资金专账核算、专款专用的规定，由接收单位依法认定",
        "letter_paper": ["file:核查材料.pdf"],
    },
    "parties": {"partner": ["audit"]},
}

OUT_LISTED: tuple[dict[str, Any], ...] = (
    {
        "day": 0,
        "by": "style_head",
        "act": "list_evidence",
        "lines": {
            "evidence": [
                {"what": "专项资金账户流水", "shows": "到账后转出的时间和金额", "pages": 12, "form": "copy"}
            ]
        },
    },
)

OUT_APPROVED: tuple[dict[str, Any], ...] = (
    *OUT_LISTED,
    {
        "day": 3,
        "by": "principal",
        "act": "approve",
        "facts": {**CHECKED, "check_note": "超出本委管辖，材料齐全，同意移送。"},
    },
)

SENT: tuple[dict[str, Any], ...] = (
    *OUT_APPROVED,
    {"day": 4, "by": "registrar", "act": "send", "parties": {"handler": ["style_one", "style_two"]}},
)

WANTED: tuple[dict[str, Any], ...] = (
    {
        "day": 6,
        "by": "audit_contact",
        "act": "want_papers",
        "facts": {"missing": "请补充项目批复和资金分配文件。", "supply_by": "day:16"},
    },
    {
        "day": 9,
        "by": "style_one",
        "act": "complete",
        "facts": {
            "supplied": "已补送项目批复两份、资金分配文件一份。",
            "supplied_paper": ["file:补送材料.pdf"],
        },
    },
)

TAKEN_UP: tuple[dict[str, Any], ...] = (
    {
        "day": 12,
        "by": "audit_contact",
        "act": "take_up",
        "facts": {
            "their_no": "云审受〔{year}〕2号",
            "their_day": "day:12",
            "their_receipt": ["file:受理回执.pdf"],
        },
    },
)

RESULT: tuple[dict[str, Any], ...] = (
    {
        "day": 80,
        "by": "audit_contact",
        "act": "answer",
        "facts": {
            "their_result": "经专项审计，往来系统筹调剂，手续补办不及时，已责令规范核算。",
            "their_answer_no": "云审函〔{year}〕11号",
            "their_answer_on": "day:80",
            "their_answer_paper": ["file:反馈函.pdf"],
        },
    },
    {
        "day": 85,
        "by": "style_one",
        "act": "judge",
        "facts": {"rating": "settled", "rating_note": "反馈明确，本委后续关注结果。"},
    },
    {"day": 90, "by": "style_head", "act": "close_ours"},
)

DECLINED: tuple[dict[str, Any], ...] = (
    {
        "day": 7,
        "by": "enforcement_contact",
        "act": "decline",
        "facts": {"ground": "jurisdiction"},
        "reason": "所列情形不属于本单位执法事项，建议移送市场监督管理部门。",
    },
)

CASES: dict[str, dict[str, Any]] = {
    "received": {**INWARD, "steps": (*INWARD_STEPS, {"day": 80, "by": "style_head", "act": "close"})},
    "to_accountability": {
        **INWARD,
        "title": "区审计局移送：公务用车管理责任问题",
        "steps": (
            *TO_ACCOUNTABILITY,
            {**PROPOSED, "then": "announced"},
            *DISPOSED_SO,
            {"day": 158, "by": "audit_contact", "act": "rate", "facts": {"rating": "settled"}},
            {"day": 159, "by": "style_head", "act": "close_pending"},
        ),
    },
    "refused": {
        **BY_PARTNER,
        "facts": {**INWARD["facts"], "letter_no": "云审移〔{year}〕6号", "area": "funds",
                  "matter": "工会经费支出凭证附件不全，移送核查。"},
        "steps": (
            {"day": 3, "by": "deputy", "act": "refuse", "facts": {"ground": "duplicate"},
             "reason": "同一事项已由巡察移交并在办，依规不重复受理，办理结果将一并告知。"},
        ),
    },
    "handed_over": {**OUTWARD, "steps": (*SENT, *WANTED, *TAKEN_UP, *RESULT)},
    "declined": {
        **OUTWARD,
        "title": "移送区行政执法局：供应商经营异常疑点",
        "facts": {**OUTWARD["facts"], "body_kind": "enforcement", "area": "procurement",
                  "matter": "供应商登记地址查无经营场所，需核查其经营资格，移送依法处理。",
                  "rule_doubted": "市场主体登记管理的规定，由接收单位依法认定"},
        "parties": {"partner": ["enforcement"]},
        "steps": (
            *SENT,
            *DECLINED,
            {"day": 9, "by": "style_head", "act": "redirect", "parties": {"partner": ["market"]},
             "reason": "按接收机关意见，改送有管辖权的市场监督管理部门。"},
        ),
    },
    "taken_back": {
        **OUTWARD,
        "title": "移送区审计局：项目资金往来疑点（撤回）",
        "steps": (
            *SENT,
            {"day": 6, "by": "deputy", "act": "recall", "reason": "同一事项上级已并案核查，不再移送。"},
        ),
    },
    "recalled": {
        **INWARD,
        "title": "区审计局移送：公务用车停放费疑点",
        "steps": (
            *LISTED,
            {"day": 3, "by": "audit_contact", "act": "take_recall", "facts": {"recall_paper": ["file:撤回函.pdf"]},
             "reason": "移送单位自行复核，疑点已排除。"},
        ),
    },
    "dropped": {
        **OUTWARD,
        "title": "拟移送：发票开具主体疑点",
        "steps": ({"day": 2, "by": "deputy", "act": "drop", "reason": "经复核，发票由税务机关代开，疑点已排除，不再移送。"},),
    },
}  # fmt: skip
