"""Stories of letters, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

from qingfeng.mechanisms.recommendation.sample_steps import (
    AT_WORK,
    CHECKED,
    DELIVERED,
    EVALUATED,
    FROM_A_CASE,
    OPENING,
    PLANNED,
    PROBLEMS,
    PROVED,
    REVIEWED,
    SEALED,
    STRUCK_OFF,
    SUBMITTED,
    WEIGHED,
    reported,
    returned_by_team,
    step,
    visits,
)

HEARD = {
    "counted_on": "day:128",
    "says": "confirmed",
    "found": 3,
    "expected": "9.6",
    "ratio": "0.31 (0.12-0.70)",
    "months": 3,
    "self_supplied": False,
    "why": "送达后三个月发现3条，按同类单位同期变化推算应有9.6条，比值的区间全部在1以下。",
    "run": "2025-05",
}
"""A line as the screening enters it; the figures are those of this story only."""

LOOKED_BACK: tuple[dict[str, Any], ...] = (
    step(
        300,
        "tracker",
        "look_back",
        second="tracker_head",
        looked_on="day:300",
        look_back_found="抽查三个月台账二十份，双人复核均有签字，制度仍在执行。",
        systems_kept="yes",
        recurred="no",
    ),
    step(310, "registrar", "file"),
)
OBJECTED: dict[str, Any] = step(
    28,
    "education_contact",
    "object",
    objection="建议第二项所列标准与上级行业主管部门规定的口径不一致，请予复核。",
)
DECIDED = {
    "objection_points": "口径问题：经核对上级规定，送达文本引用的是旧标准。",
    "objection_no": "复核{year}-02",
}
RETURNED: tuple[dict[str, Any], ...] = (
    *AT_WORK,
    *PROVED,
    *(
        one
        for turn in range(3)
        for one in (*visits(93 + 8 * turn), *reported(95 + 8 * turn), returned_by_team(97 + 8 * turn))
    ),
    step(118, "deputy", "hold_talk", talk_on="day:118", talk_no="约谈{year}-03"),
    step(
        119,
        "chaser",
        "chase",
        lines={
            "chases": [
                {
                    "chase_level": "remind",
                    "chased": "unit:education",
                    "missing": "第一项问题的执行记录尚未补报。",
                    "answer_by": "day:126",
                }
            ]
        },
        chase_level="remind",
        chased="unit:education",
        missing="第一项问题的执行记录尚未补报。",
        answer_by="day:126",
    ),
)

NAMED = {"problem": "部分公务接待由鲁春生一人经办，陪餐人数超过规定比例，审批单未载明理由。"}
WARNING = {
    "found_kind": "personal",
    "found_where": "problems 1",
    "found_says": "含有在册人员姓名：请改写职务。",
}
WARNED: tuple[dict[str, Any], ...] = (
    *WEIGHED,
    *SUBMITTED[:2],
    step(9, "case_one", "list_problem", lines={"problems": [{**PROBLEMS[0], **NAMED}, PROBLEMS[1]]}),
    *SUBMITTED[3:],
    *REVIEWED[:1],
    step(15, "trial_reviewer", "compare", lines={"warnings": [WARNING]}),
    step(
        15,
        "trial_reviewer",
        "answer_warning",
        changes={"warnings": {1: {"answer_kind": "rewritten", "answer_why": "写岗位即可，不写姓名。"}}},
    ),
    step(16, "trial_reviewer", "return_draft", reason="第一项问题删去姓名。"),
    step(17, "case_one", "rewrite_problem", changes={"problems": {1: PROBLEMS[0]}}),
    step(17, "case_one", "submit_draft", second="case_two"),
    *({**one, "day": one["day"] + 4} for one in (REVIEWED[0], REVIEWED[1], REVIEWED[2])),
    {**REVIEWED[3], "day": 21, "facts": {**REVIEWED[3]["facts"], "reviewed_on": "day:21"}},
)

CASES: dict[str, dict[str, Any]] = {
    "closed": {
        **OPENING,
        "steps": (
            *SEALED,
            *DELIVERED,
            *PLANNED,
            *AT_WORK,
            *PROVED,
            *visits(93),
            *reported(95),
            *EVALUATED,
            step(128, "house", "hear_records", lines={"records": [HEARD]}),
            *CHECKED,
            STRUCK_OFF,
            *LOOKED_BACK,
        ),
    },
    "from_case": {
        **OPENING,
        "title": "关于规范物资采购验收管理的建议",
        "opened_by": "case_supervisor",
        "owner": "case_supervision",
        "facts": {"area": "procurement"},
        "parties": {"unit": ["housing"]},
        "steps": FROM_A_CASE,
    },
    "consulted": {
        **OPENING,
        "title": "关于规范公务接待管理的建议（征求意见）",
        "steps": (
            *WEIGHED,
            *SUBMITTED,
            step(14, "case_head", "pass_room"),
            step(
                15, "trial_reviewer", "consult", consulted=["unit:style", "unit:audit"], opinions_by="day:20"
            ),
            step(19, "trial_reviewer", "record_opinions", opinions="采纳两条：写明抽查比例，删去重复要求。"),
        ),
    },
    "warned": {
        **OPENING,
        "title": "关于规范公务接待审批的建议（删去姓名后通过专审）",
        "steps": WARNED,
    },
    "declined": {
        **OPENING,
        "title": "物资领用管理问题（不制发）",
        "steps": (
            step(
                4,
                "deputy",
                "decline",
                origin="supervision",
                weighed_on="day:4",
                weigh_no="研判纪要{year}-09",
                weigh_reason="制度健全，属个别环节未执行，单位已自行纠正，不需制发建议。",
            ),
        ),
    },
    "dropped": {
        **OPENING,
        "title": "关于规范会议费管理的建议（撤回）",
        "steps": (
            *WEIGHED,
            step(9, "principal", "drop_letter", reason="已由区财政局发文统一规范，不再单独制发。"),
        ),
    },
    "amended": {
        **OPENING,
        "title": "关于规范培训费管理的建议（异议变更）",
        "steps": (
            *SEALED,
            *DELIVERED,
            OBJECTED,
            step(
                33,
                "principal",
                "amend_letter",
                reason="异议成立，变更第二项建议的标准后重新送达。",
                **DECIDED,
            ),
        ),
    },
    "kept": {
        **OPENING,
        "title": "关于规范差旅费管理的建议（异议维持）",
        "steps": (
            *SEALED,
            *DELIVERED,
            OBJECTED,
            step(33, "principal", "keep_letter", reason="引用标准现行有效，予以维持。", **DECIDED),
        ),
    },
    "revoked": {
        **OPENING,
        "title": "关于规范加班餐费管理的建议（异议撤销）",
        "steps": (
            *SEALED,
            *DELIVERED,
            OBJECTED,
            step(33, "principal", "revoke_letter", reason="所列问题不属于该单位职责。", **DECIDED),
        ),
    },
    "returned": {
        **OPENING,
        "title": "关于规范公务接待管理的建议（三次退回）",
        "steps": (*SEALED, *DELIVERED, *PLANNED, *RETURNED),
    },
    "recurred": {
        **OPENING,
        "title": "关于规范公务接待管理的建议（再次触发）",
        "steps": (
            *SEALED,
            *DELIVERED,
            *PLANNED,
            *AT_WORK,
            *PROVED,
            *visits(93),
            *reported(95),
            *EVALUATED,
            step(128, "house", "hear_records", lines={"records": [HEARD]}),
            *CHECKED,
            STRUCK_OFF,
            step(
                220,
                "house",
                "recur",
                recurred_on="day:220",
                recur_why="销号后三个月，同一规则发现6条，超出容许比例。",
            ),
        ),
    },
    "merged": {
        **OPENING,
        "title": "关于规范公务接待管理的建议（单位合并）",
        "steps": (
            *SEALED,
            *DELIVERED,
            *PLANNED,
            step(
                60,
                "case_head",
                "hand_over_mending",
                second="deputy",
                parties={"unit": ["housing"]},
                lines={
                    "transfers": [
                        {
                            "from_whom": "区教育局办公室主任",
                            "to_whom": "区住建局办公室主任",
                            "open_things": "第二项问题的制度执行和全部佐证。",
                            "transfer_paper": ["file:交接记录.pdf"],
                        }
                    ]
                },
                from_whom="区教育局办公室主任",
                to_whom="区住建局办公室主任",
                open_things="第二项问题的制度执行和全部佐证。",
                transfer_paper=["file:交接记录.pdf"],
                recusal_checked=True,
            ),
        ),
    },
    "withdrawn": {
        **OPENING,
        "title": "关于规范办公用房管理的建议（送达后撤回）",
        "steps": (
            *SEALED,
            *DELIVERED,
            step(40, "principal", "withdraw_letter", reason="上级已统一部署专项整治，建议事项并入。"),
        ),
    },
}
