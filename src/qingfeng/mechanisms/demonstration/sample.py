"""Stories of projects, as plain data; fictional. See `mechanisms/sampling.py` for how they are played."""

from __future__ import annotations

from typing import Any

from qingfeng.mechanisms.demonstration.sample_steps import (
    CANTEENS,
    CLOCKED,
    DEVICES,
    HALF,
    OPENING,
    PREREVIEWED,
    REFUNDS,
    REPORTING,
    TO_SCORES,
    TO_WORK,
    UNIFORMS,
    about,
    by_office,
    by_unit,
    cost,
    examined,
    finished,
    measured,
    midterm,
    milestone,
    note,
    people,
    rated,
)

FAILED_STORY: tuple[dict[str, Any], ...] = (
    *REPORTING,
    *TO_WORK,
    note(62, "需求调研，确定系统功能。", "签订合同。"),
    note(92, "合同已签，开发中。", "接口联调。"),
    milestone(118, 1, "miss_milestone", "系统未按期上线，接口未打通，推迟两个月后试用。"),
    *cost(130, "系统开发首付款", "24000.00", 1),
    note(140, "试用一个月，多为空项。", "了解原因。"),
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
    by_office(
        296,
        "show_lessons",
        facts={
            "tried": "要求管理人员每周在系统内上报与施工单位往来情况。",
            "came_out": "上报率百分之二十四，目标百分之九十；支出24000元；三十一名受访人员中六名认为有用。",
            "instead": "先以制度明确往来记录义务和样式，试行一季度有效后再考虑信息化。",
            "names_nobody": True,
        },
    ),
)


def of_housing(step: dict[str, Any]) -> dict[str, Any]:
    """Return a step of the unit done by the contact of the other unit."""
    return {**step, "by": "housing_contact"} if step["by"] == "education_contact" else step


CASES: dict[str, dict[str, Any]] = {
    "spread": {
        **OPENING,
        "steps": (
            *UNIFORMS,
            *TO_WORK,
            *finished(
                (("百分之百（十一批）", "reached"), ("每套225元", "reached")),
                "十一批采购均由家长代表验收，单价下降，公示无异议。",
            ),
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
        **about(
            "食堂采购每日公示",
            "schools_clinics",
            problem="学校食堂采购价格不公开，家长和学生无从监督。",
            measures="每天在食堂门口公示食材价格、数量和验收人。",
            replicable="只用一块公示板，不需要系统。",
        ),
        "steps": (
            *CANTEENS,
            *TO_WORK,
            *finished(
                (("百分之百", "reached"), ("六种", "partly")),
                "全部食堂按日公示；单价高于均价的品种降为六种。",
            ),
            by_office(272, "return_report", by="visitor_two", reason="请补充第二项单价的采购清单。"),
            by_unit(
                275,
                "hand_in",
                facts={
                    "report": "全部食堂按日公示；单价高于均价的品种降为六种，已补充采购清单。",
                    "cost_total": "3600.00",
                },
            ),
            examined(280, "partly", "第一项达到，第二项未完全达到。"),
            rated(288, "rate_qualified", "主要成效达到，尚不具备示范条件。"),
        ),
    },
    "unqualified": {
        **about(
            "“一键上报”廉情信息系统",
            "works",
            leader="苗见远",
            leader_post="区住建局党组书记",
            problem="工地管理人员与施工单位往来信息掌握不及时。",
            measures="管理人员每周在系统内上报往来情况，党组每月抽查。",
            replicable="系统可部署到其他执法单位。",
            budget="60000",
        ),
        "opened_by": "housing_contact",
        "parties": {"unit": ["housing"]},
        "steps": tuple(of_housing(step) for step in FAILED_STORY),
    },
    "running": {
        **about(
            "学生餐费退费当月到账",
            "schools_clinics",
            problem="学生请假后的餐费退费慢、对不上账，家长意见集中。",
            measures="请假当天登记，月底前退回原账户，次月公示。",
            replicable="只用现有台账，其他收费项目可以照做。",
        ),
        "steps": (*REFUNDS, *TO_WORK, *HALF),
    },
    "stopped": {
        **about(
            "校外培训缴费监管试点",
            "schools_clinics",
            problem="校外培训缴费后退费难，资金去向不清。",
            measures="试点机构缴费进监管账户，按课次划转。",
            replicable="账户由银行提供，其他预付费行业可以照做。",
        ),
        "steps": (
            *REFUNDS,
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
        **about(
            "廉政教育全员线上学习打卡",
            "conduct",
            problem="廉政教育参加情况掌握不全。",
            measures="全员每天线上打卡学习。",
            replicable="系统可以复制。",
        ),
        "steps": (
            *CLOCKED,
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
        **about(
            "实验器材入库双人验收",
            "procurement",
            problem="实验器材一人验收，账实不符。",
            measures="两人当面验收并签字，年底盘点。",
            replicable="适用于各类物资入库。",
        ),
        "steps": (
            *DEVICES,
            by_office(8, "return_application", reason="请写明第二项成效由谁测量。"),
            by_unit(
                9,
                "mend_outcome",
                changes={
                    "outcomes": {
                        2: {
                            "outcome": "账实不符的器材数",
                            "before": "三十一件",
                            "target": "零",
                            "measured_how": "年底盘点，由装备中心和派驻一组各一人签字",
                        }
                    }
                },
            ),
            by_unit(10, "submit"),
            {**PREREVIEWED, "day": 12},
        ),
    },
}
