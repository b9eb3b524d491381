"""Words for what leads are made of: watches, tiers, colours, subjects, tables."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qingfeng.findings.models import COLOURS as COLOUR_CHOICES
from qingfeng.findings.models import TIERS as TIER_CHOICES
from qingfeng.screening.rulebook.schema import REFERENCE
from qingfeng.screening.tables import tables

WATCHES: dict[str, Any] = {
    "vehicle": pgettext_lazy("watch", "Vehicles"),
    "letter": pgettext_lazy("watch", "Letters and receptions"),
    "card": pgettext_lazy("watch", "Cards and vouchers"),
    "scenic": pgettext_lazy("watch", "Scenic spots"),
    "ledger": pgettext_lazy("watch", "Invoices and accounts"),
    "payroll": pgettext_lazy("watch", "Pay and union"),
    "cross": pgettext_lazy("watch", "Across sources"),
}
SUBJECTS: dict[str, Any] = {
    "plate": pgettext_lazy("subject of a lead", "Vehicle"),
    "card": pgettext_lazy("subject of a lead", "Card"),
    "person": pgettext_lazy("subject of a lead", "Person"),
    "unit": pgettext_lazy("subject of a lead", "Unit"),
    "letter": pgettext_lazy("subject of a lead", "Letter"),
    "reception": pgettext_lazy("subject of a lead", "Reception"),
    "invoice": pgettext_lazy("subject of a lead", "Invoice"),
    "voucher": pgettext_lazy("subject of a lead", "Voucher"),
    "vendor": pgettext_lazy("subject of a lead", "Vendor"),
}
TIERS: dict[str, Any] = dict(TIER_CHOICES)
COLOURS: dict[str, Any] = dict(COLOUR_CHOICES)
VERDICTS: dict[str, Any] = {
    "confirmed": pgettext_lazy("verdict", "Confirmed"),
    "partly": pgettext_lazy("verdict", "Partly confirmed"),
    "explained": pgettext_lazy("verdict", "Rightly explained"),
    "refuted": pgettext_lazy("verdict", "Not so"),
    "unverifiable": pgettext_lazy("verdict", "Cannot be verified"),
}
NOT_ASSIGNED = _("Not assigned")


def is_chinese() -> bool:
    """Return whether the page is read in Chinese."""
    return (get_language() or "").startswith("zh")


def table_name(table: str) -> str:
    """Return what a table of the lake is called."""
    if table in REFERENCE or table not in tables():
        return table
    known = tables()[table]
    return known.term if is_chinese() else known.title


FILE_NAME = "疑点"  # of an export: the word of the field, in every language
