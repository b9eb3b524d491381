"""Loading the rulebook: every file read, checked and made a `Rule`, or every violation told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from qingfeng.screening.errors import Problem, WrongUse
from qingfeng.screening.rulebook.cases import read_cases
from qingfeng.screening.rulebook.header import HOW_TO_WRITE, Header, parse_toml, read_header, read_parameter
from qingfeng.screening.rulebook.query import Output, check_query, identifying
from qingfeng.screening.rulebook.rule import Parameter, Rule, Violation
from qingfeng.screening.rulebook.schema import did_you_mean

SHIPPED = Path(__file__).parent.parent / "rules"


def load_rules(
    folders: Sequence[Path] = (),
    *,
    only: Sequence[str] = (),
    params: Path | None = None,
    known_identifiers: Iterable[str] | None = None,
) -> dict[str, Rule]:
    """Return the rules of the house and of the user's folders, by id, sorted.

    Args:
        folders: Folders with a user's own rules; looked through with all they contain.
        only: Ids; the others are neither checked nor returned. Empty for all.
        params: A TOML file with values in place of the rules' own: `[rule_id]`, `name = value`.
        known_identifiers: Names of people and plates in the home's registers, which no rule
            may have as a literal.

    Raises:
        WrongUse: If an id of `only` does not exist.
        Problem: If any of these rules cannot be used; it lists every violation.
    """
    files = [*_files(SHIPPED), *(file for folder in folders for file in _files(folder))]
    ids = {file.stem for file in files}
    for wanted in only:
        if wanted not in ids:
            then = f"{did_you_mean(wanted, ids)}`qingfeng rules list` lists them."
            raise WrongUse(f"There is no rule '{wanted}'.", then=then)
    files = [file for file in files if not only or file.stem in only]
    known = frozenset(known_identifiers or ())
    rules, violations = read_rules(files, known)
    if params is not None:
        violations += _override(rules, params, ids, known)
    if violations:
        raise rules_problem(violations)
    return dict(sorted(rules.items()))


def rules_problem(violations: Sequence[Violation]) -> Problem:
    """Return violations as one problem."""
    count = "1 error" if len(violations) == 1 else f"{len(violations)} errors"
    return Problem(
        f"The rulebook has {count}.",
        where="\n".join(map(str, violations)),
        then="Mend these lines, then run `qingfeng rules check`.",
    )


def check(folder: Path | None = None, known_identifiers: Iterable[str] | None = None) -> list[Violation]:
    """Return everything that is wrong with the rules of a folder and with their cases.

    Args:
        folder: A user's folder; None for the rules of the house, which must have cases.
        known_identifiers: As for `load_rules`.
    """
    files = list(_files(folder or SHIPPED))
    rules, violations = read_rules(files, frozenset(known_identifiers or ()))
    shipped = {} if folder is None else {file.stem: file for file in _files(SHIPPED)}
    violations += [_taken(file, shipped[file.stem]) for file in files if file.stem in shipped]
    for rule in rules.values():
        if rule.cases.exists():
            violations += read_cases(rule)[1]
        elif folder is None:
            then = f"Write {rule.cases.name} beside it: two violations, two twins, the boundaries."
            violations.append(Violation(rule.path, 1, "the rule has no cases.", then))
    return violations


def _taken(file: Path, first: Path) -> Violation:
    return Violation(file, 1, f"there is a rule '{file.stem}' already: {first}.", "Rename the file.")


def read_rules(
    files: Iterable[Path], known: frozenset[str] = frozenset()
) -> tuple[dict[str, Rule], list[Violation]]:
    """Return the rules of some files that can be used, and what is wrong with the others."""
    rules: dict[str, Rule] = {}
    violations: list[Violation] = []
    for file in files:
        # What is shipped is the same in every home; a chance namesake must not stop it.
        rule, wrong = read_rule(file, frozenset() if file.is_relative_to(SHIPPED) else known)
        if rule is not None and (first := rules.get(rule.id)):
            wrong = [_taken(file, first.path)]
        elif rule is not None:
            rules[rule.id] = rule
        violations += wrong
    return rules, violations


def read_rule(file: Path, known: frozenset[str] = frozenset()) -> tuple[Rule | None, list[Violation]]:
    """Return a file's rule, or None and everything that is wrong with it."""
    try:
        text = file.read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        return None, [Violation(file, 1, f"the file cannot be read: {reason}.", "Save it as UTF-8 text.")]
    if known or not file.is_relative_to(SHIPPED):
        return _checked(file, text, known)
    rule, violations = _shipped(file, text)
    return _checked(file, text, known) if violations else (rule, [])  # what is wrong is not remembered


@lru_cache(maxsize=256)
def _shipped(file: Path, text: str) -> tuple[Rule | None, tuple[Violation, ...]]:
    """Check a text that is shipped once in a process: it is asked for whenever rules are loaded."""
    rule, violations = _checked(file, text, frozenset())
    return rule, tuple(violations)


def _checked(file: Path, text: str, known: frozenset[str]) -> tuple[Rule | None, list[Violation]]:
    header = read_header(file, text)
    if not header.told:
        return None, header.violations
    if file.is_relative_to(SHIPPED) and header.told["watch"] not in ("", file.parent.name):
        header.wrong("watch", f"the file lies in {file.parent.name}/.", "Move it to its watch's folder.")
    output = check_query(header, known)
    violations = sorted(set(header.violations), key=lambda one: (one.line, one.what))
    if violations or output is None:
        return None, violations
    return _rule(header, output), []


def _rule(header: Header, output: Output) -> Rule:
    told = header.told
    listed = ("basis", "reads", "uses", "needs", "optional", "innocent", "verify")
    lists: dict[str, Any] = {key: tuple(told[key]) for key in listed}
    kept = ("title", "question", "watch", "tier", "subject", "scope", "look_back_days")
    texts: dict[str, Any] = {key: told[key] for key in (*kept, "message", "on", "applies", "severity")}
    return Rule(
        id=header.path.stem,
        path=header.path,
        **lists,
        **texts,
        reads_any=tuple(map(tuple, told["reads_any"])),
        overlaps=tuple(map(tuple, told["overlaps"])),
        params=dict(header.params),
        excluded=dict(told["excluded"]),
        under=dict(told["under"]),
        sql=header.body.strip().rstrip(";").rstrip(),
        version="sha256:" + hashlib.sha256(header.text.encode()).hexdigest(),
        columns=output.columns,
        evidence=output.evidence,
        facts=output.facts,
    )


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise WrongUse(
            "There is no such folder of rules.", where=str(folder), then="Give a folder with .sql files."
        )
    yield from sorted(folder.rglob("*.sql"))


def _override(rules: dict[str, Rule], path: Path, ids: set[str], known: frozenset[str]) -> list[Violation]:
    """Put the values of a file into `rules`; return what is wrong with it."""
    violations: list[Violation] = []
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            "The file of parameters cannot be read.", where=str(path), then=f"Look at it: {error}."
        ) from error
    told = parse_toml(text, path, 1, violations) or {}
    lines = Header(path, f"/*{text}*/")
    for rule_id, values in told.items():
        line = lines.line_of(rule_id)
        if rule_id not in ids:
            then = f"{did_you_mean(rule_id, ids)}Write [rule_id] and below it name = value."
            violations.append(Violation(path, line, f"there is no rule '{rule_id}'.", then))
        elif not isinstance(values, dict):
            violations.append(Violation(path, line, f"'{rule_id}' is not a table.", "Write [rule_id]."))
        elif rule_id in rules:
            rule = rules[rule_id]
            found, wrong = _overridden(rule, values, lines, known)
            violations += wrong
            rules[rule_id] = replace(rule, params={**rule.params, **found})
    return violations


def _overridden(
    rule: Rule, values: Mapping[str, object], lines: Header, known: frozenset[str]
) -> tuple[dict[str, Parameter], list[Violation]]:
    found: dict[str, Parameter] = {}
    lines.violations = []
    for name, value in values.items():
        if name not in rule.params:
            then = f"{did_you_mean(name, rule.params)}Parameters: {', '.join(rule.params) or 'none'}."
            lines.wrong(name, f"the rule {rule.id} has no parameter '{name}'.", then, rule.id)
            continue
        problem, parameter = read_parameter(value)
        if problem or parameter is None:
            lines.wrong(name, f"the parameter '{name}' {problem}.", HOW_TO_WRITE, rule.id)
        elif isinstance(parameter, tuple) and not rule.on:
            lines.wrong(name, f"the rule {rule.id} cannot date '{name}'.", "Give one value.", rule.id)
        elif kind_of(parameter) != kind_of(rule.params[name]):
            then = f"The rule's own is {kind_of(rule.params[name])}."
            lines.wrong(name, f"the parameter '{name}' is {kind_of(parameter)}.", then, rule.id)
        elif what := identifying(parameter, known):
            then = "A rule asks about a pattern, never about somebody."
            lines.wrong(name, f"the parameter '{name}' looks like {what}.", then, rule.id)
        else:
            found[name] = parameter
    return found, lines.violations


def kind_of(parameter: Parameter) -> str:
    """Return what kind of value a parameter has, in words."""
    if isinstance(parameter, tuple):
        return kind_of(parameter[0].value)
    if isinstance(parameter, list):
        return f"a list of {kind_of(parameter[0])}"
    if isinstance(parameter, bool):
        return "true or false"
    if isinstance(parameter, str):
        return "a text"
    return "a number" if not hasattr(parameter, "year") else "a date"
