"""What blocks an act on an impact assessment. Pure functions of the snapshot."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import clock_over, fact_given
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("个人信息保护影响评估工作惯例", mark=Mark.PROPOSAL),)
ASSESSED = (Law("个人信息保护法", "Art. 55, 56"),)
SENSITIVE_LAW = (Law("个人信息保护法", "Art. 28"),)
LAWFUL = (Law("个人信息保护法", "Art. 13, 34"),)
KEPT = (Law("个人信息保护法", "Art. 56"),)


def _named(value: Any) -> frozenset[str]:
    return frozenset(str(one) for one in value or ())


def _sensitive_explained(seen: Snapshot) -> bool:
    kinds = _named(seen.value("sensitive")) - {"none"}
    return not kinds or bool(str(seen.value("sensitive_need") or "").strip())


def _one_answer(seen: Snapshot) -> bool:
    both = (_named(seen.value(key)) for key in ("sensitive", "categories"))
    return all("none" not in kinds or len(kinds) == 1 for kinds in both)


def _lawful(seen: Snapshot) -> bool:
    return seen.value("lawful_basis") != "none" or seen.value("result") == "not_acceptable"


def _assessed_since(seen: Snapshot) -> bool:
    acts = [one.act for one in seen.done]
    if "assess" not in acts:
        return False
    changed = [place for place, act in enumerate(acts) if act == "look_again"]
    return not changed or max(place for place, act in enumerate(acts) if act == "assess") > changed[-1]


def refused(seen: Snapshot) -> bool:
    """Return whether the result is that it must not be done."""
    return seen.facts.get("result") == "not_acceptable"


SENSITIVE_EXPLAINED = Gate(
    "sensitive_explained",
    _("Sensitive data: say why it is strictly needed and how it is protected, or leave it out."),
    _sensitive_explained,
    SENSITIVE_LAW,
)
ONE_ANSWER = Gate(
    "one_answer",
    _("“None” goes with nothing else: choose the kinds, or none."),
    _one_answer,
    ASSESSED,
)
LAWFUL_BASIS = Gate(
    "lawful_basis_found",
    _("Without a lawful basis the result is: not acceptable."),
    _lawful,
    LAWFUL,
)
LISTED = fact_given("data_list", _("Enter the data list that the assessment stands for."), law=ASSESSED)
ASSESSED_NOW = Gate(
    "assessed_since",
    _("Assess it: what was assessed before the change does not count."),
    _assessed_since,
    ASSESSED,
)
NOT_REFUSED = Gate(
    "not_refused",
    _("The result is that it must not be done like this: record the refusal, or change it."),
    lambda seen: not refused(seen),
    ASSESSED,
)
REFUSED = Gate(
    "is_refused",
    _("Only an assessment whose result is “not acceptable” is refused."),
    refused,
    ASSESSED,
)
THREE_YEARS = clock_over("keep", _("It is kept for at least three years."), law=KEPT)
