"""Whether a rule was tested on labelled findings, and what that can honestly mean.

Every rule has cases (violations, innocent twins, boundaries): they show that it does what it says, not that
what it says is right. That only labels show: verdicts of verifiers on its findings in its present version,
the trial of a district's own rule held against labelled findings, or a sample of the pilots labelled by two.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.findings import ranking
from qingfeng.findings.models import OwnVersion, RuleRun
from qingfeng.findings.precision import labels_that_count
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.campaign.gates import LEAST_LABELLED


def versions(rules: list[str]) -> dict[str, str]:
    """Return the present version of rules that have run: that of the newest screening."""
    ran = RuleRun.objects.filter(screening__is_newest=True, rule__in=rules)
    return dict(ran.values_list("rule", "version"))


def labelled_lines(matter: Matter) -> list[dict[str, Any]]:
    """Return lines of the ledger `rule_tests`: what verifiers labelled, and what trials were held against."""
    rules = [str(one) for one in matter.facts.get("rules") or ()]
    now = versions(rules)
    found = [look(rule, now.get(rule, "")) for look in (_of_verifiers, _of_trial) for rule in rules]
    return [one for one in found if one is not None and one["sample_size"]]


def _of_verifiers(rule: str, version: str) -> dict[str, Any]:
    labels = labels_that_count().filter(facts__rule=rule).values_list("facts", flat=True)
    said = Counter(str(one.get("verdict")) for one in labels if str(one.get("version") or "") == version)
    right, wrong = ranking.said(said)
    how = _("Verdicts of verifiers on findings of this version; what cannot be verified counts as neither.")
    return _line(rule, version, (sum(said.values()), right, wrong, 0), how)


def _of_trial(rule: str, version: str) -> dict[str, Any] | None:
    """Return what the trial of a district's own rule met of the labelled findings; None for another rule."""
    own = OwnVersion.objects.filter(own__rule=rule, standing=OwnVersion.Standing.IN_USE).first()
    labels = own.tried.get("labels") if own else None
    if not labels:
        return None
    met = {verdict: pair[0] for verdict, pair in labels.items()}
    right, wrong = ranking.said(met)
    missed = sum(pair[1] - pair[0] for verdict, pair in labels.items() if verdict in ("confirmed", "partly"))
    how = _("Its trial over the history, held against findings that verifiers had labelled.")
    return _line(rule, version, (sum(met.values()), right, wrong, missed), how)


def _line(rule: str, version: str, counted: tuple[int, int, int, int], how: str) -> dict[str, Any]:
    size, right, wrong, missed = counted
    return {
        "tested_rule": rule,
        "tested_version": version,
        "sample_size": size,
        "sample_right": right,
        "sample_wrong": wrong,
        "sample_missed": missed,
        "sample_how": how,
    }


def untested(matter: Matter) -> list[str]:
    """Return its rules of which too few labelled findings of the present version stand on record.

    A line without a version (a sample that two labelled) counts for the version of its day: one that was
    entered before the rule changed counts no more.
    """
    rules = [str(one) for one in matter.facts.get("rules") or ()]
    now, most = versions(rules), dict.fromkeys(rules, 0)
    since = {rule: _since(rule, version) for rule, version in now.items()}
    for line in matter.lines.filter(ledger="rule_tests"):
        rule, version = str(line.facts.get("tested_rule")), str(line.facts.get("tested_version") or "")
        if rule not in most or (version and rule in now and version != now[rule]):
            continue
        if not version and since.get(rule) and line.entered_at < since[rule]:
            continue
        judged = int(line.facts.get("sample_right") or 0) + int(line.facts.get("sample_wrong") or 0)
        most[rule] = max(most[rule], judged)
    return [rule for rule in rules if most[rule] < LEAST_LABELLED]


def _since(rule: str, version: str) -> Any:
    """Return when a version of a rule first ran; None where it never did, or was always the same."""
    runs = RuleRun.objects.filter(rule=rule)
    if not runs.exclude(version=version).exists():
        return None
    first = runs.filter(version=version).order_by("screening__at").first()
    return first.screening.at if first else None
