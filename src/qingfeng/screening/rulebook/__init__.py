"""The rulebook: rules are data, and nothing that is not a rule gets in."""

from qingfeng.screening.rulebook.cases import Case, CaseResult, read_cases, run_cases
from qingfeng.screening.rulebook.columns import columns_read, judged_by
from qingfeng.screening.rulebook.load import SHIPPED, check, load_rules, read_rule, read_rules, rules_problem
from qingfeng.screening.rulebook.pages import write_pages
from qingfeng.screening.rulebook.rule import Dated, Parameter, Rule, Value, Violation
from qingfeng.screening.rulebook.skeleton import begin_rule
from qingfeng.screening.rulebook.variant import variant_text

__all__ = [
    "SHIPPED",
    "Case",
    "CaseResult",
    "Dated",
    "Parameter",
    "Rule",
    "Value",
    "Violation",
    "begin_rule",
    "check",
    "columns_read",
    "judged_by",
    "load_rules",
    "read_cases",
    "read_rule",
    "read_rules",
    "rules_problem",
    "run_cases",
    "variant_text",
    "write_pages",
]
