"""What becomes of a rule, and of its field, entered on its pattern card (规律卡) by the house.

The words of the mechanism `pattern` are known here by key only: its room lies above this floor. What a card
cannot take in the stage where it stands (it was closed, or withdrawn) is said in the log and stops nothing.
"""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from qingfeng.findings.district import FOLLOW_MONTHS
from qingfeng.findings.models import Lead, LeadFinding, OwnVersion, Screening
from qingfeng.findings.precision import labels_that_count
from qingfeng.matters.answers import Refusal
from qingfeng.matters.counting import months_after
from qingfeng.matters.door import perform
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.organization.district_settings import setting
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

PATTERN = "pattern"
SWEPT, FOLLOWED = "swept", "followed"
logger = logging.getLogger(__name__)


def open_cards() -> Any:
    """Return the cards of which a rule can still be made."""
    return Matter.objects.filter(mechanism=PATTERN, is_open=True, standing=Matter.Standing.VALID)


def written(version: OwnVersion, *, by: Viewer) -> None:
    """Enter that a rule was written for a card."""
    card = version.own.card
    if card is not None:
        card.refresh_from_db()
        act = "link_rule" if card.stage in ("filled", "ruled") else "note_rule"
        facts = _rule(version) if act == "link_rule" else {}
        _enter(card, act, version, by, why=version.reason, **facts)


def tried(version: OwnVersion) -> None:
    """Enter what the trial of a rule found."""
    found = version.tried
    if found["state"] != "ran":
        why = f"历史数据试跑：未运行，{found['reason'].get('zh', '')}。"
    else:
        units = len({unit for unit, _month, _named, _n in found["cells"]})
        why = f"历史数据试跑：命中{found['found']}条，涉及{units}个单位，用时{found['seconds']}秒。"
    _enter(version.own.card, "note_rule", version, None, why=why)


def proposed(version: OwnVersion, *, by: Viewer) -> None:
    """Enter that somebody was asked to put a rule into use."""
    _enter(version.own.card, "note_rule", version, by, why="提请启用，等待第二人审核。")


def in_use(version: OwnVersion, *, by: Viewer) -> None:
    """Enter that a rule was put into use."""
    _enter(
        version.own.card, "use_rule", version, by, why=version.decision or "审核后启用。", **_rule(version)
    )


def declined(version: OwnVersion, *, by: Viewer) -> None:
    """Enter that a rule was not put into use."""
    _enter(version.own.card, "note_rule", version, by, why=f"不予启用：{version.decision}")


def retired(version: OwnVersion, *, by: Viewer) -> None:
    """Enter that a rule was taken out of use."""
    _enter(version.own.card, "drop_rule", version, by, why=version.why_ended)


def _rule(version: OwnVersion) -> dict[str, Any]:
    return {"rule_id": version.own.rule, "rule_title": version.title}


def _enter(
    card: Matter | None, act: str, version: OwnVersion, by: Viewer | None, *, why: str, **facts: Any
) -> None:
    if card is None:
        return
    line = {
        "rule_code": version.own.rule,
        "version_no": version.no,
        "happened_on": timezone.localdate(),
        "hand": by.name if by else "",
        "why": why,
    }
    _done(card, act, facts=facts, lines={"rules": [line]})


def _done(card: Matter, act: str, **sheet: Any) -> None:
    try:
        answer: Any = perform(act, card, by=None, **sheet)
    except Problem as problem:  # a year whose calendar nobody has entered
        answer = problem
    if isinstance(answer, Refusal | Problem):
        logger.warning("%s did not take in %s: %s", card.number, act, answer)


# --- the field, afterwards -----------------------------------------------------------------------


def follow(screening: Screening) -> int:
    """Let every open card take in what a screening found: the sweep, then month after month.

    Returns:
        The number of cards that took something in.
    """
    rules = dict(
        OwnVersion.objects.filter(standing=OwnVersion.Standing.IN_USE, own__card__isnull=False).values_list(
            "own__card", "own__rule"
        )
    )
    count = 0
    for card in open_cards().filter(stage__in=(SWEPT, FOLLOWED)):
        rule = rules.get(card.pk, "")
        if card.stage == SWEPT and rule and screening.rules.filter(rule=rule, ran=True).exists():
            leads = _leads(rule)
            units = leads.values("unit_name").distinct().count()
            facts = {
                "swept_on": timezone.localdate(),
                "sweep_leads": leads.count(),
                "sweep_units": units,
                "follow_until": months_after(timezone.localdate(), int(setting(FOLLOW_MONTHS))),
            }
            _done(card, "note_sweep", facts=facts)
            count += 1
        elif card.stage == FOLLOWED:
            count += _months(card, rule)
    return count


def _leads(rule: str) -> Any:
    findings = LeadFinding.objects.filter(rule=rule).values("lead")
    return Lead.objects.filter(is_current=True, pk__in=findings).order_by()


def _months(card: Matter, rule: str) -> int:
    """Enter the whole months since the card began to be followed that it does not have yet."""
    begun = card.story.filter(act__in=("note_sweep", "follow"), undone_by=None).order_by("-no").first()
    if begun is None:
        return 0
    lines = card.lines.filter(ledger="months").values_list("facts__month_from", flat=True)
    month = timezone.localdate(begun.at).replace(day=1)
    missing = []
    while (after := _next(month)) <= timezone.localdate().replace(day=1):
        if month.isoformat() not in set(lines):
            missing.append(figures_of(card, rule, month, after))
        month = after
    if missing:
        _done(card, "note_month", lines={"months": missing})
    return bool(missing)


def figures_of(card: Matter, rule: str, month: date, after: date) -> dict[str, Any]:
    """Return the figures of one month of a card's field, from its first day until the day before another."""
    field = Matter.objects.filter(
        facts__area=card.facts.get("area"), opened_on__gte=month, opened_on__lt=after,
        standing=Matter.Standing.VALID,
    )  # fmt: skip
    figures: dict[str, Any] = {
        "month_from": month,
        "cases": field.filter(mechanism="case").count(),
        "lessons": field.filter(mechanism="lesson").count(),
    }
    if rule:
        leads = _leads(rule).filter(month=month)
        figures["findings"] = LeadFinding.objects.filter(rule=rule, lead__in=leads.values("pk")).count()
        figures["units_found"] = leads.values("unit_name").distinct().count()
    return figures


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def hear_verification(pk: int) -> None:
    """Enter on a card how a decided verification of its rule's leads ended; called after every act on one."""
    lines = labels_that_count().filter(matter=pk)
    by_rule: dict[str, list[str]] = {}
    for line in lines:
        by_rule.setdefault(str(line.facts.get("rule")), []).append(str(line.facts.get("verdict")))
    versions = OwnVersion.objects.filter(own__rule__in=list(by_rule), own__card__isnull=False)
    used = versions.filter(~Q(decided_at=None)).exclude(standing=OwnVersion.Standing.DECLINED)
    for version in used.select_related("own__card").order_by("own", "-no"):
        card, verdicts = version.own.card, by_rule.pop(version.own.rule, None)
        number = Matter.objects.values_list("number", flat=True).get(pk=pk)
        if card is None or verdicts is None or _has_hit(card, number):
            continue
        hit = {
            "verification_no": number,
            "confirmed": sum(one in ("confirmed", "partly") for one in verdicts),
            "explained": verdicts.count("explained"),
            "refuted": verdicts.count("refuted"),
        }
        _done(card, "note_hit", lines={"hits": [hit]})


def _has_hit(card: Matter, number: str) -> bool:
    return LedgerLine.objects.filter(matter=card, ledger="hits", facts__verification_no=number).exists()
