"""The cast of every sample story: units, and people with their posts and roles. Fictional, all of it."""

from __future__ import annotations

from typing import NamedTuple

DAY_STARTS = 9  # the hour of every step of a story


class UnitOfCast(NamedTuple):
    """A unit: name, short name, kind and level as `organization.Unit` has them, key of the unit above."""

    name: str
    short: str
    kind: str
    level: str = "district"
    under: str = ""


class PersonOfCast(NamedTuple):
    """Somebody: name, key of the unit, title of the post, roles held in it."""

    name: str
    unit: str
    title: str
    roles: tuple[str, ...] = ()


UNITS = {
    "province": UnitOfCast("中共江淮省纪律检查委员会", "江淮省纪委", "superior", "province"),
    "superior": UnitOfCast("中共望澜市纪律检查委员会", "望澜市纪委", "superior", "city", "province"),
    "commission": UnitOfCast("中共云水区纪律检查委员会、云水区监察委员会", "云水区纪委监委", "commission"),
    "office": UnitOfCast("区纪委监委办公室", "办公室", "room", under="commission"),
    "style": UnitOfCast("区纪委监委党风政风监督室", "党风政风监督室", "room", under="commission"),
    "case_room": UnitOfCast("区纪委监委第一纪检监察室", "第一纪检监察室", "room", under="commission"),
    "trial": UnitOfCast("区纪委监委案件审理室", "案件审理室", "room", under="commission"),
    "org": UnitOfCast("区纪委监委组织部", "组织部", "room", under="commission"),
    "self": UnitOfCast("区纪委监委纪检监察干部监督室", "干部监督室", "room", under="commission"),
    "org_department": UnitOfCast("中共云水区委组织部", "区委组织部", "partner"),
    "audit": UnitOfCast("云水区审计局", "区审计局", "partner"),
    "procurator": UnitOfCast("云水区人民检察院", "区检察院", "partner"),
    "market": UnitOfCast("云水区市场监督管理局", "区市场监管局", "partner"),
    "city": UnitOfCast("云水区城市管理局", "区城管局", "supervised"),
    "housing": UnitOfCast("云水区住房和城乡建设局", "区住建局", "supervised"),
    "water": UnitOfCast("云水区水务局", "区水务局", "supervised"),
}

PEOPLE = {
    "principal": PersonOfCast("贺明川", "commission", "书记、监委主任", ("principal",)),
    "deputy": PersonOfCast("郑怀远", "commission", "副书记", ("deputy",)),
    "member_one": PersonOfCast("罗静仪", "commission", "常委", ("deputy",)),
    "member_two": PersonOfCast("邵文柏", "commission", "常委", ("deputy",)),
    "registrar": PersonOfCast("沈知简", "office", "机要登记员", ("registrar",)),
    "style_head": PersonOfCast("顾清和", "style", "主任", ("dept_head",)),
    "style_one": PersonOfCast("陆以宁", "style", "二级主任科员", ("handler",)),
    "style_two": PersonOfCast("何砚秋", "style", "三级主任科员", ("handler",)),
    "case_head": PersonOfCast("方致远", "case_room", "主任", ("dept_head",)),
    "case_one": PersonOfCast("秦若谷", "case_room", "副主任", ("handler",)),
    "case_two": PersonOfCast("宋望舒", "case_room", "一级科员", ("handler",)),
    "trial_reviewer": PersonOfCast("林审言", "trial", "审理员", ("reviewer",)),
    "org_head": PersonOfCast("江晚晴", "org", "部长", ("dept_head",)),
    "org_one": PersonOfCast("梁一诺", "org", "干事", ("handler",)),
    "org_two": PersonOfCast("谢长风", "org", "干事", ("handler",)),
    "self_one": PersonOfCast("卫知非", "self", "副主任", ("handler",)),
    "self_two": PersonOfCast("石守正", "self", "一级科员", ("handler",)),
    "superior_contact": PersonOfCast("严若水", "superior", "督查专员", ("superior",)),
    "audit_contact": PersonOfCast("白景行", "audit", "法规科科长", ("partner",)),
    "procurator_contact": PersonOfCast("程望之", "procurator", "案件管理部主任", ("partner",)),
    "market_contact": PersonOfCast("尹修竹", "market", "法规科科长", ("partner",)),
    "city_contact": PersonOfCast("苏念安", "city", "办公室主任", ("unit_contact",)),
    "housing_contact": PersonOfCast("柳含章", "housing", "办公室主任", ("unit_contact",)),
    "water_contact": PersonOfCast("孟怀瑾", "water", "办公室主任", ("unit_contact",)),
    "city_vice": PersonOfCast("丁卓然", "city", "副局长"),
    "housing_vice": PersonOfCast("任远舟", "housing", "副局长"),
}
