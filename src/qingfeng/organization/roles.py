"""Roles (角色): who may be what, as data; read without Django.

A role is held in a post, in a unit, for a time. What a role opens in one matter is decided
above, from the role, the party on the matter, confidentiality and recusal; here stands what a
role can be given at all, and what may never meet in one person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


def _(text: str) -> str:
    """Mark a word for the catalogue; pages translate it when they show it."""
    return text


MATTER_CONTENT = frozenset({"matters", "cards", "requests", "leads", "records", "identities", "handed"})


@dataclass(frozen=True)
class Role:
    """One role.

    Attributes:
        key: Its name in code and data.
        name: English, to be translated where it is shown.
        term: The field's word.
        description: One sentence, English.
        reads: Kinds of content it can be given: `matters` whole matters of its units, `cards` their cards
            only, `requests` what was sent to its own unit, `handed` what it was made a party of, `leads`
            findings and leads, `records` screened records, `identities` sealed identities, `access_log`
            who could read and who did, `rights` accounts and posts, `setup` settings and calendar,
            `culture` public pages.
        is_ours: Held by the commission's own people; others are outside the commission.
    """

    key: str
    name: str
    term: str
    description: str
    reads: frozenset[str]
    is_ours: bool = True

    @property
    def reads_matters(self) -> bool:
        """Whether anything of a matter can be opened by it."""
        return bool(self.reads & MATTER_CONTENT)


def _role(key: str, words: tuple[str, str, str], reads: str, *, is_ours: bool = True) -> Role:
    name, term, description = words
    return Role(key, name, term, description, frozenset(reads.split()), is_ours)


ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        _role(
            "registrar",
            (_("Registrar"), "登记员", _("Receives, numbers and hands out what comes in.")),
            "matters",
        ),
        _role(
            "handler",
            (_("Handler"), "承办人", _("Carries a matter; never alone where the law wants two.")),
            "handed leads",
        ),
        _role(
            "dept_head",
            (_("Head of department"), "部门负责人", _("Answers for the matters of a room.")),
            "matters leads",
        ),
        _role(
            "deputy",
            (_("Leader in charge"), "分管领导", _("Gives the first approval for the rooms in charge.")),
            "matters leads",
        ),
        _role(
            "principal",
            (_("Principal"), "主要负责人", _("Decides; sees the card of every matter except where recused.")),
            "matters cards leads",
        ),
        _role(
            "reviewer", (_("Reviewer"), "审理人员", _("Reviews a draft written by somebody else.")), "handed"
        ),
        _role(
            "tracker",
            (
                _("Resident tracker"),
                "派驻跟踪人",
                _("Follows a correction in the units the team resides in."),
            ),
            "handed requests",
        ),
        _role(
            "unit_contact",
            (
                _("Contact of a unit"),
                "单位联络员",
                _("Sees what was sent to the own unit, never a lead or a reporter."),
            ),
            "requests",
            is_ours=False,
        ),
        _role(
            "analyst",
            (_("Data analyst"), "数据分析员", _("Sees records and findings, never a reporter.")),
            "records leads",
        ),
        _role(
            "case_supervisor",
            (_("Case supervisor"), "案件监督管理员", _("Numbers, distributes, counts and chases clues.")),
            "matters",
        ),
        _role(
            "custodian",
            (_("Custodian of identities"), "身份信息保管人", _("Holds the key to sealed identities.")),
            "identities",
        ),
        _role(
            "escrow_holder",
            (
                _("Holder of the spare key"),
                "备用密钥保管人",
                _("Holds half of the spare key; one holder is outside the command."),
            ),
            "",
        ),
        _role(
            "seconded", (_("Seconded"), "抽调人员", _("Works in a task force for its time only.")), "handed"
        ),
        _role("evaluator", (_("Evaluator"), "评价人", _("Judges work in a round of evaluation.")), "handed"),
        _role(
            "committee_secretary",
            (
                _("Secretary of the committee"),
                "党组织秘书",
                _("Reports for the party organisation of a unit."),
            ),
            "requests",
            is_ours=False,
        ),
        _role(
            "unit_head",
            (
                _("Head of a unit"),
                "单位主要负责人",
                _("Heads a unit outside; reads what is kept about them."),
            ),
            "handed",
            is_ours=False,
        ),
        _role(
            "team_member",
            (
                _("Member of a leading team"),
                "领导班子成员",
                _("Sits in the leading team of a unit outside; reads what is kept about them."),
            ),
            "handed",
            is_ours=False,
        ),
        _role(
            "superior",
            (_("Superior commission"), "上级纪检监察机关", _("Gives directives and takes receipts.")),
            "handed",
            is_ours=False,
        ),
        _role(
            "partner",
            (_("Partner body"), "协作单位", _("Hands over and takes over within its own cases.")),
            "handed",
            is_ours=False,
        ),
        _role(
            "special_supervisor",
            (
                _("Special supervisor"),
                "特约监察员",
                _("Reads statistics and published pages, changes nothing."),
            ),
            "culture statistics",
            is_ours=False,
        ),
        _role(
            "editor", (_("Editor"), "宣传编辑", _("Writes the public pages on integrity culture.")), "culture"
        ),
        _role(
            "petitioner",
            (_("Petitioner"), "信访人", _("Follows the own petition with a receipt.")),
            "own_petition",
            is_ours=False,
        ),
        _role("public", (_("Public"), "公众", _("Reads the public pages.")), "culture", is_ours=False),
        _role(
            "system_admin",
            (
                _("System administrator"),
                "系统管理员",
                _("Settings, calendar, import and backups; reads no matter."),
            ),
            "setup",
        ),
        _role(
            "security_admin",
            (_("Security administrator"), "安全保密管理员", _("Accounts, posts and roles; reads no matter.")),
            "rights",
        ),
        _role(
            "auditor",
            (_("Auditor"), "安全审计员", _("The log: who could read, and who did; reads no matter.")),
            "access_log rights",
        ),
    )
}

ADMINISTRATORS = frozenset({"system_admin", "security_admin", "auditor"})
HELD_WITHOUT_POST = frozenset({"public", "petitioner"})
FOR_OTHERS = frozenset(
    {"unit_contact", "committee_secretary", "unit_head", "team_member", "partner", "superior"}
)
"""Roles in which somebody speaks here for a unit or body outside."""
NAMED_ONLY = frozenset({"seconded"})
"""Roles of ours that reach only what their holder is named on: neither a room's matters nor ordinary ones."""


def _apart() -> frozenset[frozenset[str]]:
    pairs = {frozenset({one, two}) for one in ADMINISTRATORS for two in ADMINISTRATORS if one != two}
    readers = {role.key for role in ROLES.values() if role.reads_matters} | {"escrow_holder"}
    pairs |= {frozenset({admin, reader}) for admin in ADMINISTRATORS for reader in readers}
    pairs |= {frozenset({"custodian", other}) for other in ("escrow_holder", "analyst")}
    outside = {"unit_contact", "committee_secretary", "unit_head", "team_member"}
    inside = {role.key for role in ROLES.values() if role.is_ours and "leads" in role.reads}
    lent = {frozenset({one, other}) for one in NAMED_ONLY for other in FOR_OTHERS}
    return frozenset(pairs | lent | {frozenset({one, two}) for one in outside for two in inside})


NEVER_TOGETHER: frozenset[frozenset[str]] = _apart()
"""Pairs that may never meet in one person at one time.

Law:
    三员分立 [proposal]; 监察法 Art. 18 (secrets), Art. 67 (whoever is lent to us speaks for no other body
    meanwhile); 信访工作条例 Art. 30 (the reporter is protected)
"""


def clashes(roles: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs among roles that may not be held together, each sorted, in order."""
    held = set(roles)
    return tuple(sorted((min(pair), max(pair)) for pair in NEVER_TOGETHER if pair <= held))


def unknown(roles: Iterable[str]) -> tuple[str, ...]:
    """Return what is no role that a post can give, sorted."""
    return tuple(sorted(set(roles) - (set(ROLES) - HELD_WITHOUT_POST)))
