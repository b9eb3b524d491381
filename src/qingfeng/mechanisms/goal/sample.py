"""Stories of goals, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

NEW_YEAR = (1, 6)  # month and day: a goal is read by the quarter, so its story begins with the year

OPENING: dict[str, Any] = {
    "title": "建议书整改按期销号率进入全市前三",
    "opens_on": NEW_YEAR,
    "opened_by": "style_head",
    "owner": "style",
    "facts": {
        "year": "{year}",
        "pillar": "advance",
        "area": "conduct",
        "content": "压实整改责任，建议书整改按期销号率在全市各县区中的位次前移。",
        "indicator": "建议书整改按期销号率",
        "standard": "年底按期销号率达到百分之九十以上，全市位次进入前三。",
        "baseline": "按期销号率百分之七十八，第七位",
        "target": "按期销号率百分之九十，前三位",
        "due": "day:348",
    },
}


def standing(day: int, place: int, document: str) -> dict[str, Any]:
    """Return the step that records a standing with its source."""
    line = {
        "stood_on": f"day:{day - 2}",
        "place": place,
        "among": 9,
        "said_by": "清河市纪委监委办公室",
        "said_in": document,
        "said_on": f"day:{day - 1}",
        "said_paper": ["file:全市工作情况通报.pdf"],
    }
    return {"day": day, "by": "style_one", "act": "record_standing", "lines": {"standings": [line]}}


SUBMITTED: dict[str, Any] = {"day": 5, "by": "style_head", "act": "submit"}
APPROVED: dict[str, Any] = {
    "day": 12,
    "by": "deputy",
    "act": "approve",
    "facts": {"approval": "同意列入，指标衡量的是自身履职，标准可核验。", "reading_day": 25},
    "parties": {"verifier": ["visitor_one"], "cooperating": ["office", "team_one"]},
}


def reading(day: int, quarter: int, percent: int, progress: str, **others: Any) -> dict[str, Any]:
    """Return the step that reads a quarter."""
    line = {
        "quarter": str(quarter),
        "percent": percent,
        "progress": progress,
        "course": "on_course",
        **others,
    }
    return {"day": day, "by": "style_one", "act": "read", "lines": {"readings": [line]}}


def evidence(day: int, kind: str, shows: str, paper: str, *, by: str = "style_one") -> dict[str, Any]:
    """Return the step that adds a piece of evidence."""
    line = {
        "shows": shows,
        "evidence_kind": kind,
        "evidence_on": f"day:{day - 1}",
        "evidence_paper": [f"file:{paper}.pdf"],
    }
    return {"day": day, "by": by, "act": "add_evidence", "lines": {"evidence": [line]}}


def rated(day: int, result: str, value: str, why: str) -> dict[str, Any]:
    """Return the step of the own rating."""
    facts = {"self_result": result, "self_value": value, "self_why": why}
    return {"day": day, "by": "style_one", "act": "self_rate", "facts": facts}


def verified(day: int, result: str, why: str) -> dict[str, Any]:
    """Return the step of the verification."""
    facts = {"verified_result": result, "verified_ways": ["papers", "records"], "verified_why": why}
    return {"day": day, "by": "visitor_one", "act": "verify", "facts": facts}


BEHIND = reading(
    180,
    2,
    35,
    "上半年应销号建议书二十件，按期销号十五件。",
    course="behind",
    why_behind="五件涉及跨部门整改，已逐件明确牵头单位并约定月度会商。",
)
CHASED: tuple[dict[str, Any], ...] = (
    {
        "day": 190,
        "by": "visitor_one",
        "act": "chase",
        "lines": {"chases": [{"missing": "跨部门整改五件的牵头单位和完成时限", "answer_by": "day:200"}]},
    },
    {
        "day": 196,
        "by": "style_one",
        "act": "answer_chase",
        "changes": {"chases": {1: {"answer": "五件均已明确牵头单位，时限为九月底。"}}},
    },
)
TO_AUTUMN: tuple[dict[str, Any], ...] = (
    standing(4, 7, "清纪办通报{last_year}-12"),
    SUBMITTED,
    APPROVED,
    reading(78, 1, 20, "逐件建立整改清单，一季度应销号八件，按期六件。"),
    BEHIND,
    *CHASED,
    evidence(205, "made", "整改会商工作规程，已印发执行", "整改会商工作规程"),
    reading(256, 3, 70, "三季度应销号十二件，按期十一件。"),
)

BRAND: dict[str, Any] = {
    **OPENING,
    "title": "打造“小特精”制度品牌",
    "owner": "case_supervision",
    "opened_by": "case_supervision_head",
    "facts": {
        **OPENING["facts"],
        "pillar": "brand",
        "area": "procurement",
        "content": "围绕采购验收等环节形成一批小而管用的制度，形成可推广的做法。",
        "indicator": "制度施行后抽查执行率",
        "standard": "年内施行制度六项，抽查均在执行，做法被上级采用或者外地借鉴。",
        "baseline": "施行两项",
        "target": "施行六项",
        "recognised_by": "市纪委监委工作简报刊发，或者其他县区书面来函借鉴。",
    },
}


def by(person: str, step: dict[str, Any]) -> dict[str, Any]:
    """Return a step done by somebody else."""
    return {**step, "by": person}


BRAND_SUBMITTED = by("case_supervision_head", SUBMITTED)
BRAND_APPROVED: dict[str, Any] = {
    **APPROVED,
    "parties": {"verifier": ["visitor_one"], "cooperating": ["style"]},
}
BRAND_YEAR: tuple[dict[str, Any], ...] = (
    BRAND_SUBMITTED,
    BRAND_APPROVED,
    by("case_supervision_head", reading(80, 1, 15, "完成两项制度草案。")),
    by("case_supervision_head", reading(168, 2, 40, "施行三项，抽查均在执行。")),
    by("case_supervision_head", reading(258, 3, 60, "施行四项，第五项征求意见。")),
    by("case_supervision_head", reading(340, 4, 80, "施行五项，抽查均在执行；第六项未印发。")),
    evidence(342, "spread", "邻县来函借鉴采购验收规定", "来函", by="case_supervision_head"),
)

HONEST: dict[str, Any] = {
    "fell_short": "第六项制度未在年内印发。",
    "learned": "前期调研偏慢，明年一季度先完成调研再排期；第六项列入明年目标。",
}

CONTRIBUTE: dict[str, Any] = {
    **OPENING,
    "title": "服务营商环境：涉企收费疑点全部核清",
    "owner": "team_one",
    "opened_by": "tracker_head",
    "facts": {
        **OPENING["facts"],
        "pillar": "contribute",
        "area": "enterprises",
        "content": "把涉企收费方面的疑点逐条核清，推动收费清单公开。",
        "indicator": "涉企收费疑点按期核清率",
        "standard": "疑点按期核清率百分之百，收费清单在主管部门网站公开。",
        "baseline": "",
        "target": "",
        "contributes_to": "服务区委优化营商环境行动方案，为企业减少不明收费。",
    },
}

CASES: dict[str, dict[str, Any]] = {
    "reached": {
        **OPENING,
        "steps": (
            *TO_AUTUMN,
            reading(340, 4, 100, "全年应销号五十件，按期四十六件。"),
            standing(344, 2, "清纪办通报{year}-31"),
            evidence(345, "standing", "全市通报位次第二", "全市工作情况通报"),
            rated(
                346, "achieved", "按期销号率百分之九十二，位次第二。", "标准两项均已达到，通报和台账可核。"
            ),
            {
                "day": 348,
                "by": "visitor_one",
                "act": "return_rating",
                "reason": "请补充四季度销号台账，说明四件未按期的原因。",
            },
            evidence(349, "result", "四季度销号台账，四件未按期原因逐件说明", "四季度销号台账"),
            rated(
                350,
                "achieved",
                "按期销号率百分之九十二，位次第二。",
                "标准两项均已达到，四件未按期已逐件说明。",
            ),
            verified(354, "achieved", "抽查二十件与台账一致，位次与通报一致。"),
            {
                "day": 358,
                "by": "principal",
                "act": "judge_achieved",
                "facts": {"judgement": "两项标准均达到，自评与核验一致。"},
            },
        ),
    },
    "partly": {
        **BRAND,
        "steps": (
            *BRAND_YEAR,
            by(
                "case_supervision_head",
                rated(344, "achieved", "施行五项，一地来函借鉴。", "做法已被外地借鉴。"),
            ),
            verified(350, "partly", "施行五项属实，第六项未印发，标准为六项。"),
            {
                "day": 356,
                "by": "principal",
                "act": "judge_partly",
                "facts": {"judgement": "制度项数未达标准，借鉴情况属实。", **HONEST},
            },
        ),
    },
    "missed": {
        **CONTRIBUTE,
        "steps": (
            by("tracker_head", SUBMITTED),
            {**APPROVED, "parties": {"verifier": ["visitor_one"]}},
            by("tracker", reading(80, 1, 10, "梳理收费项目四十项。")),
            by("tracker", reading(170, 2, 25, "核清疑点六条。")),
            by(
                "tracker",
                reading(
                    260,
                    3,
                    30,
                    "核清疑点八条，其余待数据。",
                    course="stuck",
                    why_behind="收费明细未提供，已发函调取。",
                ),
            ),
            by("tracker", reading(338, 4, 40, "核清十条，六条因数据迟到未核清。")),
            evidence(341, "result", "疑点核清台账，载明未核清六条", "疑点核清台账", by="tracker"),
            by(
                "tracker",
                rated(343, "missed", "核清十条，未核清六条，清单未公开。", "数据迟到，标准未达到。"),
            ),
            verified(349, "missed", "与台账一致，自评属实。"),
            {
                "day": 355,
                "by": "deputy",
                "act": "judge_missed",
                "facts": {
                    "judgement": "两项标准均未达到，自评如实。",
                    "fell_short": "六条疑点未核清，收费清单未公开。",
                    "learned": "调取数据启动过晚，明年一月先落实数据来源和交付日，再定核清时限。",
                },
            },
        ),
    },
    "under_way": {**OPENING, "steps": TO_AUTUMN},
    "early": {
        **BRAND,
        "title": "线上学习小课形成品牌",
        "facts": {**BRAND["facts"], "content": "把案例办成可复用的小课。", "due": "day:270"},
        "steps": (
            *BRAND_YEAR[:5],
            evidence(259, "recognised", "市纪委监委工作简报刊发", "工作简报", by="case_supervision_head"),
            by("case_supervision_head", rated(262, "partly", "建成小课五门。", "第六门未录制完成。")),
            verified(266, "partly", "五门均在用，自评属实。"),
        ),
    },
    "dropped": {
        **CONTRIBUTE,
        "title": "服务重点工程：廉政提示到每个标段",
        "facts": {
            **CONTRIBUTE["facts"],
            "area": "works",
            "content": "重点工程每个标段开工前做一次廉政提示，问题清单按期反馈。",
            "indicator": "标段廉政提示覆盖率",
            "standard": "覆盖率百分之百，问题清单按期反馈率百分之百。",
            "contributes_to": "服务全区重点工程建设，减少因廉政风险造成的停工。",
        },
        "steps": (
            by("tracker_head", SUBMITTED),
            {"day": 9, "by": "deputy", "act": "drop", "reason": "与办公室所提目标重复，合并办理。"},
        ),
    },
    "revoked": {
        **CONTRIBUTE,
        "title": "服务乡村振兴：村级采购目录公开",
        "facts": {
            **CONTRIBUTE["facts"],
            "area": "villages",
            "content": "推动村级采购目录和价格公开。",
            "indicator": "村级采购目录公开率",
            "standard": "公开率百分之百，每月更新。",
            "contributes_to": "服务乡村振兴，让村民看得见每一笔采购。",
        },
        "steps": (
            by("tracker_head", SUBMITTED),
            {**APPROVED, "parties": {"verifier": ["visitor_one"]}},
            {
                "day": 60,
                "by": "principal",
                "act": "revoke",
                "reason": "行动方案改由市级统一实施，本目标撤销。",
            },
        ),
    },
}
