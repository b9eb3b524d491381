"""What a referral says to another installation: letter, withdrawal, receipt, papers, result and rating."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qingfeng.exchange.carrying import Carried, carry, number_of, on
from qingfeng.matters.models import Matter, Performance

LETTER = ("area", "matter", "about", "facts_known", "rule_doubted", "suggested_handling")


def letter(matter: Matter, performance: Performance) -> dict[str, Any]:
    """Return what the other body enters as a referral to it, from another commission."""
    held = {key: matter.facts[key] for key in LETTER if matter.facts.get(key)}
    numbered = {"letter_no": number_of(performance), "letter_on": on(performance)}
    return {**held, **numbered, "direction": "in", "body_kind": "discipline"}


def receipt(_matter: Matter, performance: Performance) -> dict[str, Any]:
    """Return number and day of our receipt."""
    return {"their_no": number_of(performance), "their_day": on(performance)}


def result(matter: Matter, performance: Performance) -> dict[str, Any]:
    """Return what the other body is told, with number and day."""
    numbered = {"their_answer_no": number_of(performance), "their_answer_on": on(performance)}
    return {**numbered, "their_result": matter.facts.get("feedback")}


def as_entered(*keys: str) -> Callable[[Matter, Performance], dict[str, Any]]:
    """Return a function that says some of what the act entered."""

    def says(_matter: Matter, performance: Performance) -> dict[str, Any]:
        return {key: performance.entered[key] for key in keys if key in performance.entered}

    return says


def join() -> None:
    """Let referrals go and come, with all that is answered to them."""
    to = "partner"
    papers = ("letter_paper", "evidence")
    supplied, rated = as_entered("supplied"), as_entered("rating", "rating_note")
    carry(
        Carried("referral", to, letter, papers, "letter_paper", opens="referral", named_as=to),
        Carried("referral_receipt", to, receipt, puts="their_receipt"),
        Carried("referral_papers", to, as_entered("missing", "supply_by")),
        Carried("referral_supplied", to, supplied, ("supplied_paper",), "supplied_paper"),
        Carried("referral_refused", to, as_entered("ground")),
        Carried("referral_recall", to, as_entered(), puts="recall_paper", ends=True),
        Carried("referral_result", to, result, puts="their_answer_paper"),
        Carried("referral_rating", to, rated),
    )
