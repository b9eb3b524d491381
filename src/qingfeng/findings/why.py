"""Why a lead stands where it stands: the whole arithmetic of its rank, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.findings import ranking
from qingfeng.findings.models import Lead, RuleStanding
from qingfeng.findings.precision import precision_of
from qingfeng.screening.leads.weights import AMOUNT_CLASSES, PRIORS, TIER_POINTS


def why(lead: Lead) -> list[str]:
    """Return how a lead's rank came about, a sentence each; anybody can do it again with a pencil.

    Who the unit or the person is, and what they did before, is in none of it.
    """
    row = RuleStanding.objects.filter(rule=lead.rule).first()
    found = precision_of(lead.rule, lead.tier, row.counts if row else {})
    prior = PRIORS[lead.tier]
    sentences = [
        _("Tier %(tier)s: before anybody looks, %(yes)s of %(all)s such findings are taken to be right.")
        % {"tier": lead.tier, "yes": prior.confirmed, "all": prior.confirmed + prior.refuted},
        _said(found.counts),
        _("Expected share that is right: (%(a)s + %(right)s) ÷ (%(all)s + %(right)s + %(wrong)s) = %(mean)s; "
          "nine times in ten between %(low)s and %(high)s.")
        % {"a": prior.confirmed, "all": prior.confirmed + prior.refuted, "right": found.right,
           "wrong": found.wrong, "mean": f"{found.mean:.3f}", "low": f"{found.low:.2f}",
           "high": f"{found.high:.2f}"},
        _amount(lead),
        _weight(lead, f"{found.mean:.3f}"),
        _points(lead),
    ]  # fmt: skip
    if row and row.is_watch_only:
        sentences.append(_("The rule is only watched since %(day)s: too few of its findings were right.")
                         % {"day": timezone.localdate(row.since_at)})  # fmt: skip
    sentences.append(_("Who the unit or the person is, and what they did before, is not read."))
    return sentences


def _said(counts: Mapping[str, int]) -> str:
    right, wrong = ranking.said(counts)
    if not right and not wrong:
        return _("Nobody has verified a finding of this rule yet.")
    told = {one: counts.get(one, 0) for one in (*ranking.RIGHT, *ranking.WRONG, *ranking.SILENT)}
    words = _(
        "Verified so far: the rule was right %(right)s times (%(confirmed)s true, %(partly)s partly true, "
        "%(explained)s explained) and wrong %(wrong)s times; %(unverifiable)s could not be verified and do "
        "not count."
    )
    return words % {**told, "right": right, "wrong": wrong}


def _amount(lead: Lead) -> str:
    if lead.amount is None:
        return _("No amount: class 1.")
    floor = next((band.floor_yuan for band in AMOUNT_CLASSES if lead.amount >= band.floor_yuan), None)
    told = {"amount": f"{lead.amount:,.2f}", "factor": lead.factor}
    if floor is None:
        least = min(band.floor_yuan for band in AMOUNT_CLASSES)
        return _("%(amount)s yuan, less than %(floor)s: class %(factor)s.") % {**told, "floor": f"{least:,}"}
    return _("%(amount)s yuan, at least %(floor)s: class %(factor)s.") % {**told, "floor": f"{floor:,}"}


def _weight(lead: Lead, mean: str) -> str:
    told = {"mean": mean, "factor": lead.factor, "weight": f"{lead.weight:.5f}"}
    if lead.tier == "C":
        told["divisor"] = f"{ranking.STATISTIC_DIVISOR:,}"
        return _("Weight: %(mean)s × %(factor)s ÷ %(divisor)s = %(weight)s; what names nobody comes after "
                 "every doubt.") % told  # fmt: skip
    return _("Weight: %(mean)s × %(factor)s = %(weight)s; leads are listed by it.") % told


def _points(lead: Lead) -> str:
    amount = next((band.points for band in AMOUNT_CLASSES if (lead.amount or 0) >= band.floor_yuan), 0)
    tier = TIER_POINTS[lead.tier]
    told = {"tier": tier, "amount": amount, "more": lead.points - tier - amount, "points": lead.points}
    return _("Points, for the colour and among equals: tier %(tier)s + amount %(amount)s + further findings "
             "%(more)s = %(points)s.") % told  # fmt: skip
