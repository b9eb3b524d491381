"""The cast of every sample story: who of the sample office plays which part. Fictional, all of it."""

from __future__ import annotations

UNITS = {
    "superior": "市纪委监委",
    "province": "省纪委监委",
    "office": "办公室",
    "style": "党风室",
    "case_supervision": "案管室",
    "case_room": "一室",
    "org": "组织部",
    "trial": "审理室",
    "org_department": "区委组织部",
    "audit": "区审计局",
    "enforcement": "区行政执法局",
    "market": "区市监局",
    "education": "区教育局",
    "housing": "区住建局",
    "water": "区水务局",
    "vehicles": "区机关事务中心",
}
"""Key in a story → short name of a unit in `organization/sample_office.toml`."""

PEOPLE = {
    "principal": "Y0001",
    "deputy": "Y0002",
    "member_one": "Y0003",
    "member_two": "Y0004",
    "office_head": "Y0101",
    "registrar": "Y0102",
    "style_head": "Y0401",
    "style_one": "Y0402",
    "style_two": "Y0403",
    "analyst": "Y0404",
    "case_supervision_head": "Y0601",
    "case_supervisor": "Y0602",
    "case_head": "Y0701",
    "case_one": "Y0702",
    "case_two": "Y0703",
    "trial_head": "Y1001",
    "trial_reviewer": "Y1002",
    "org_head": "Y0201",
    "visitor_one": "Y0202",
    "visitor_two": "Y0103",
    "appeal_one": "Y1101",
    "appeal_two": "Y0802",
    "superior_contact": "W0001",
    "audit_contact": "W0401",
    "enforcement_contact": "W0402",
    "vehicles_contact": "W0403",
    "education_contact": "W0103",
    "housing_contact": "W0202",
    "person_concerned": "W0102",
}
"""Key in a story → person number there."""
