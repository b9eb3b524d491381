"""How often a rule is right, by what verifiers have found: mean, interval, and the weights of leads.

Counted are the labels of verifications whose verdict was approved or that were excluded by two, each the
verdict on one finding. They are counted
anew out of the ledgers after every act on a verification, a correction, a voiding and a reopening
among them, so that nothing has to be taken back. A rule whose mean falls below the district's floor is
only watched from then on: its leads are found, listed and drawn, and handed out with a reason only.
That is journaled, and so is its coming back.

Beside it stands the precision of drawn leads alone: what somebody chose to check says how good the
choice was; what was drawn says how good the rule is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils import timezone

from qingfeng.findings import ranking
from qingfeng.findings.access import VERIFICATION
from qingfeng.findings.district import WATCH_ONLY_AFTER, WATCH_ONLY_BELOW
from qingfeng.findings.models import Lead, RuleRun, RuleStanding
from qingfeng.findings.telling import tell
from qingfeng.matters.models import LedgerLine, Matter, Performance
from qingfeng.organization.district_settings import setting
from qingfeng.plain import beta
from qingfeng.screening.leads.weights import PRIORS

LABELS = "labels"  # the ledger of a verification with a verdict on every finding
DECIDES = ("approve", "exclude")  # acts after which its labels count; both have two hands
VERDICTS = (*ranking.RIGHT, *ranking.WRONG, *ranking.SILENT)
LOW, HIGH = 0.05, 0.95  # ends of the 90 % interval


@dataclass(frozen=True)
class Precision:
    """What verifiers have found of a rule.

    Attributes:
        rule: Its id.
        tier: Its tier.
        counts: Verdict to number of findings labelled so.
        mean: Expected share that is right, 0 to 1.
        low: Lower end of the 90 % interval.
        high: Upper end of it.
    """

    rule: str
    tier: str
    counts: Mapping[str, int]
    mean: Decimal
    low: Decimal
    high: Decimal

    @property
    def right(self) -> int:
        """Findings of which the rule was right."""
        return ranking.said(self.counts)[0]

    @property
    def wrong(self) -> int:
        """Findings of which it was wrong."""
        return ranking.said(self.counts)[1]


def interval(confirmed: int, refuted: int, tier: str) -> tuple[Decimal, Decimal, Decimal]:
    """Return the expected share that is right and its 90 % interval, five decimals each.

    Args:
        confirmed: Findings of which the rule was right (`ranking.RIGHT`).
        refuted: Findings of which it was wrong.
        tier: Whose prior is believed beforehand.
    """
    prior = PRIORS[tier]
    a, b = prior.confirmed + confirmed, prior.refuted + refuted
    ends = (ranking.rounded(Fraction(beta.quantile(one, a, b))) for one in (LOW, HIGH))
    low, high = ends
    return ranking.rounded(ranking.expected(confirmed, refuted, tier)), low, high


def precision_of(rule: str, tier: str, counts: Mapping[str, int]) -> Precision:
    """Return the precision that counted verdicts give."""
    return Precision(rule, tier, dict(counts), *interval(*ranking.said(counts), tier))


def standing_of(rule: str, tier: str) -> Precision:
    """Return a rule's precision as it stands; before any verdict that of its tier alone."""
    row = RuleStanding.objects.filter(rule=rule).first()
    return precision_of(rule, tier, row.counts if row else {})


def drawn_standings() -> dict[str, Precision]:
    """Return precision by rule, learnt from drawn leads alone; only rules that have a verdict."""
    drawn = Matter.objects.filter(leads__drawn__isnull=False).values("pk")
    counts = _counted(labels_that_count().filter(matter__in=drawn))
    tiers = _tiers(counts)
    return {rule: precision_of(rule, tiers[rule], told) for rule, told in counts.items() if rule in tiers}


def refresh_matter(matter: int) -> None:
    """Count the rules anew that a verification labels; for after any act on it."""
    lines = LedgerLine.objects.filter(matter=matter, ledger=LABELS)
    rules = {str(facts.get("rule") or "") for facts in lines.values_list("facts", flat=True)} - {""}
    if rules:
        refresh(rules)


def refresh(rules: Iterable[str] | None = None) -> int:
    """Count verdicts anew, and let standings and the weights of leads follow.

    Args:
        rules: Which rules; all that ever ran or were labelled, where none is given.

    Returns:
        The number of rules whose standing changed.
    """
    wanted = set(rules) if rules is not None else _every_rule()
    tiers, changed = _tiers(wanted), 0
    counts = _counted(labels_that_count().filter(facts__rule__in=sorted(wanted)))
    standing = {row.rule: row for row in RuleStanding.objects.filter(rule__in=tiers)}
    for rule in sorted(wanted & tiers.keys()):
        found = precision_of(rule, tiers[rule], counts.get(rule, {}))
        if rule not in standing or _said(standing[rule]) != (*_figures(found), _is_below(found)):
            with transaction.atomic():
                changed += _refresh_one(rule, tiers[rule])
    return changed


def _figures(found: Precision) -> tuple[object, ...]:
    return found.tier, dict(found.counts), found.mean, found.low, found.high


def _said(row: RuleStanding) -> tuple[object, ...]:
    return row.tier, row.counts, row.mean, row.low, row.high, row.is_watch_only


def _every_rule() -> set[str]:
    ran = RuleRun.objects.filter(screening__is_newest=True).values_list("rule", flat=True)
    return {*ran, *labelled(), *RuleStanding.objects.values_list("rule", flat=True)}


def labelled() -> set[str]:
    """Return the rules of which a verdict counts, or that are only watched."""
    watched = RuleStanding.objects.filter(is_watch_only=True).values_list("rule", flat=True)
    return {*_counted(labels_that_count()), *watched}


def _refresh_one(rule: str, tier: str) -> bool:
    now = timezone.now()
    fresh = precision_of(rule, tier, {})
    start = {"tier": tier, "mean": fresh.mean, "low": fresh.low, "high": fresh.high, "since_at": now}
    RuleStanding.objects.get_or_create(rule=rule, defaults=start)
    row = RuleStanding.objects.select_for_update().get(rule=rule)
    found = precision_of(rule, tier, _counted(labels_that_count().filter(facts__rule=rule)).get(rule, {}))
    watch_only, before = _is_below(found), _said(row)
    row.tier, row.counts = tier, dict(found.counts)
    row.mean, row.low, row.high = found.mean, found.low, found.high
    if row.is_watch_only != watch_only:
        row.is_watch_only, row.since_at = watch_only, now
        _tell(found, watch_only=watch_only)
    row.save()
    reweigh(rule, row.counts)
    return before != _said(row)


def _is_below(found: Precision) -> bool:
    """Whether a rule is only watched; one of tier C hands nothing out anyway."""
    if found.tier == "C" or found.right + found.wrong < int(setting(WATCH_ONLY_AFTER)):
        return False
    return found.mean * 100 < int(setting(WATCH_ONLY_BELOW))


def _tell(found: Precision, *, watch_only: bool) -> None:
    facts = {
        "mean": str(found.mean),
        "right": found.right,
        "wrong": found.wrong,
        "floor": int(setting(WATCH_ONLY_BELOW)),
    }
    kind = "findings.rule.watched_only" if watch_only else "findings.rule.restored"
    tell(kind, f"rule:{found.rule}", by=None, facts=facts)


def reweigh(rule: str, counts: Mapping[str, int]) -> None:
    """Let the leads of a rule weigh what its standing says; only those whose weight changes are written."""
    right, wrong = ranking.said(counts)
    leads = Lead.objects.filter(rule=rule).order_by()
    for tier, factor in leads.values_list("tier", "factor").distinct():
        weight = ranking.weight(ranking.expected(right, wrong, tier), factor, tier)
        leads.filter(tier=tier, factor=factor).exclude(weight=weight).update(weight=weight)


def labels_that_count() -> QuerySet[LedgerLine]:
    """Return the lines that count: of verifications that are valid, and decided since they were reopened."""
    of_matter = Performance.objects.filter(matter=OuterRef("matter"))
    reopened = of_matter.filter(act="kernel.reopen").order_by("-no").values("no")[:1]
    approved = of_matter.filter(act__in=DECIDES, undone_by=None, no__gt=Coalesce(Subquery(reopened), 0))
    return LedgerLine.objects.filter(
        Exists(approved),
        ledger=LABELS,
        matter__mechanism=VERIFICATION,
        matter__standing=Matter.Standing.VALID,
    )


def _counted(lines: QuerySet[LedgerLine]) -> dict[str, dict[str, int]]:
    rows = (
        lines.order_by()
        .annotate(of=KeyTextTransform("rule", "facts"), said=KeyTextTransform("verdict", "facts"))
        .values_list("of", "said")
        .annotate(findings=Count("pk"))
    )
    counts: dict[str, dict[str, int]] = {}
    for rule, verdict, findings in rows:
        if rule and verdict in VERDICTS:
            counts.setdefault(rule, {})[verdict] = findings
    return counts


def _tiers(rules: Iterable[str]) -> dict[str, str]:
    """Return the tier of every rule that ran, as its newest run had it."""
    rows = RuleRun.objects.filter(rule__in=set(rules)).order_by("screening_id").values_list("rule", "tier")
    return dict(rows)
