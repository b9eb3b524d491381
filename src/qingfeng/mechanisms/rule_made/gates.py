"""What blocks an act on a rule. Pure functions of the snapshot.

The three tests: 小, one matter on three pages at most; 特, the unit's own posts, forms and thresholds;
精, every clause says who, when, with what form and how it is checked, in words that bind somebody.
A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done_after, ledger_has
from qingfeng.matters.snapshot import Line, Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.mechanisms.rule_made import carried
from qingfeng.mechanisms.rule_made.standards import ceiling

PRACTICE = (Law("小特精制度工作惯例", mark=Mark.PROPOSAL),)
ECONOMY = (Law("党政机关厉行节约反对浪费条例"),)

MOST_PAGES = 3
SAYS = ("who_post", "when_due", "with_form", "how_checked")
VAGUE = (
    "有关", "相关", "及时", "适时", "定期", "不定期", "必要时", "视情", "酌情", "原则上", "适当", "尽快",
)  # fmt: skip


def clauses(seen: Snapshot) -> list[Line]:
    """Return the clauses that stand."""
    return [one for one in seen.lines("clauses") if one.state != "struck"]


def is_own(seen: Snapshot) -> bool:
    """Return whether it is a rule of the commission itself."""
    return seen.value("rule_kind") in ("opinion", "assessment")


def of_a_unit(seen: Snapshot) -> bool:
    """Return whether it is a rule of a supervised unit."""
    return not is_own(seen)


def _is_small(seen: Snapshot) -> bool:
    pages = seen.value("pages")
    return pages is None or (int(pages) <= MOST_PAGES and seen.value("settles_one") is True)


def _listed(text: Any) -> list[str]:
    return [one.strip() for one in re.split(r"[\n、，,；;]", str(text or "")) if one.strip()]


def _is_specific(seen: Snapshot) -> bool:
    posts, forms = _listed(seen.value("own_posts")), _listed(seen.value("own_forms"))
    if seen.value("own_posts") is None:
        return True
    named = _stand_in(seen, "who_post", posts) and _stand_in(seen, "with_form", forms)
    return bool(posts and forms) and named and any(one.facts.get("limit") for one in clauses(seen))


def _stand_in(seen: Snapshot, column: str, words: list[str]) -> bool:
    """Return whether each word stands in a column of some clause, or in what a clause says."""
    said = [f"{one.facts.get(column)} {one.facts.get('clause_text')}" for one in clauses(seen)]
    return all(any(word in text for text in said) for word in words)


def _is_precise(seen: Snapshot) -> bool:
    cells = [str(one.facts.get(key) or "").strip() for one in clauses(seen) for key in SAYS]
    return all(cell and not any(word in cell for word in VAGUE) for cell in cells)


def _keeps_standards(seen: Snapshot) -> bool:
    for one in clauses(seen):
        if name := one.facts.get("standard"):
            most, ours = ceiling(str(name)), one.facts.get("limit_yuan")
            if most is None or ours is None or Decimal(str(ours)) > most:
                return False
    return True


def _is_linked(seen: Snapshot) -> bool:
    return not is_own(seen) or all(_became_something(one) for one in clauses(seen))


def _became_something(one: Line) -> bool:
    word = one.facts.get("became")
    why = str(one.facts.get("not_software_why") or "").strip()
    return bool(word) and (word != carried.NOT_SOFTWARE or bool(why))


def _is_carried(seen: Snapshot) -> bool:
    words = {str(one.facts.get("became") or "") for one in clauses(seen)} - {"", carried.NOT_SOFTWARE}
    return not is_own(seen) or all(carried.found(word) for word in words)


def _opinions_answered(seen: Snapshot) -> bool:
    came, taken = seen.entered.get("opinions"), seen.entered.get("adopted_opinions")
    if came is None or taken is None:
        return True
    reason = str(seen.entered.get("why_not_adopted") or "").strip()
    return int(taken) <= int(came) and (int(taken) == int(came) or bool(reason))


def _has_evidence(seen: Snapshot) -> bool:
    return seen.entered.get("executed") != "yes" or any(one.files for one in seen.lines("execution"))


UNIT_NAMED = Gate(
    "unit_named",
    _("Name the unit whose rule it is."),
    lambda seen: is_own(seen) or bool(seen.units("unit")),
    PRACTICE,
)
HAS_CLAUSES = ledger_has("clauses", _("There is no clause yet: write the rule clause by clause."),
                         law=PRACTICE)  # fmt: skip
SMALL = Gate(
    "small",
    _("A small rule settles one matter on three pages at most: shorten it, or make two of it."),
    _is_small,
    PRACTICE,
)
SPECIFIC = Gate(
    "specific",
    _(
        "A specific rule names the unit's own posts, forms and thresholds in its clauses: "
        "those listed here must stand in one, and one clause at least has a threshold."
    ),
    _is_specific,
    PRACTICE,
)
PRECISE = Gate(
    "precise",
    _(
        "A precise rule says in every clause who, when, with what form and how it is checked. "
        "Words such as 有关, 及时, 定期, 必要时 bind nobody: say which post and which day."
    ),
    _is_precise,
    PRACTICE,
)
CLAUSES_LINKED = Gate(
    "clauses_linked",
    _("Say of every clause which mechanism, clock or indicator it became, or why it is not in software."),
    _is_linked,
    PRACTICE,
)
CARRIED = Gate(
    "carried",
    _(
        "A clause says that it is carried by a mechanism, a clock or an indicator that this house does not "
        "have: have the rule mended."
    ),
    _is_carried,
    PRACTICE,
)
NO_CONFLICT = Gate(
    "no_conflict",
    _("It conflicts with a higher rule: send it back."),
    lambda seen: seen.entered.get("conflicts", "no") == "no",
    PRACTICE,
)
NOT_LOOSENED = Gate(
    "not_loosened",
    _("It loosens a spending standard: send it back."),
    lambda seen: seen.entered.get("loosens", "no") == "no",
    ECONOMY,
)
STANDARDS_KEPT = Gate(
    "standards_kept",
    _("A clause goes beyond the standard that binds it, or gives no threshold in yuan: mend the clause."),
    _keeps_standards,
    ECONOMY,
)
OPINIONS_ANSWERED = Gate(
    "opinions_answered",
    _("Say why the opinions that were not adopted were not."),
    _opinions_answered,
    PRACTICE,
)
HAS_EVIDENCE = Gate(
    "has_evidence",
    _("Nothing shows that it is carried out: enter one record of it with its paper first."),
    _has_evidence,
    PRACTICE,
)
CHECKED = act_done_after(
    "spot_check", "file_copy", _("Nobody has checked on the spot since it is in force: check once first."),
    law=PRACTICE,
)  # fmt: skip
WORKS = Gate(
    "works",
    _("The evaluation says that it is to be mended or not needed: mend it, or abolish it."),
    lambda seen: seen.facts.get("works") in (None, "works"),
    PRACTICE,
)
