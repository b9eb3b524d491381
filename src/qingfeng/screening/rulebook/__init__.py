"""The rulebook: rules are data, and nothing that is not a rule gets in."""

from qingfeng.screening.rulebook.cases import Case, CaseResult, read_cases, run_cases
from qingfeng.screening.rulebook.load import SHIPPED, check, load_rules, read_rule, read_rules, rules_problem
from qingfeng.screening.rulebook.rule import Dated, Parameter, Rule, Value, Violation

__all__ = [
    "SHIPPED",
    "Case",
    "CaseResult",
    "Dated",
    "Parameter",
    "Rule",
    "Value",
    "Violation",
    "check",
    "load_rules",
    "read_cases",
    "read_rule",
    "read_rules",
    "rules_problem",
    "run_cases",
]
