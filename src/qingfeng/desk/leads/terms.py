"""Words for what leads are made of: watches, tiers, colours, subjects, tables."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qingfeng.findings.models import COLOURS as COLOUR_CHOICES
from qingfeng.findings.models import TIERS as TIER_CHOICES
from qingfeng.screening.rulebook import Rule
from qingfeng.screening.rulebook.columns import columns_read
from qingfeng.screening.tables import tables

HOUSEKEEPING = frozenset({"row_id", "given", "quality_flags"})  # where a row stands, not what it says
WORKED_OUT_TABLES: dict[str, Any] = {
    "place": pgettext_lazy("table", "Places"),
    "standard": pgettext_lazy("table", "Standards of spending"),
    "at_place": pgettext_lazy("table", "Which place a row lies in"),
    "finding": pgettext_lazy("table", "Findings of other rules"),
}
WORKED_OUT: dict[str, Any] = {
    "unit_id": pgettext_lazy("column", "unit"),
    "person_id": pgettext_lazy("column", "person"),
    "driver_id": pgettext_lazy("column", "driver"),
    "place_id": pgettext_lazy("column", "place"),
    "distance_m": pgettext_lazy("column", "distance"),
    "day_kind": pgettext_lazy("column", "kind of day"),
    "holiday_name": pgettext_lazy("column", "holiday"),
    "octane": pgettext_lazy("column", "grade of fuel"),
    "blank_flags": pgettext_lazy("column", "blanks left open"),
    "inv_key": pgettext_lazy("column", "invoice number"),
    "voucher_row": pgettext_lazy("column", "voucher"),
    "letter_row": pgettext_lazy("column", "letter"),
    "reception_row": pgettext_lazy("column", "reception"),
    "finding_row": pgettext_lazy("column", "finding"),
    "evidence_rows": pgettext_lazy("column", "evidence rows"),
    "rule": pgettext_lazy("column", "rule"),
    "tier": pgettext_lazy("column", "tier"),
    "subject_kind": pgettext_lazy("column", "kind of subject"),
    "subject_key": pgettext_lazy("column", "subject"),
    "at": pgettext_lazy("column", "time"),
    "amount": pgettext_lazy("column", "amount"),
    "region": pgettext_lazy("column", "region"),
    "rank": pgettext_lazy("column", "rank"),
    "season": pgettext_lazy("column", "season"),
    "meal": pgettext_lazy("column", "meal"),
    "effective_from": pgettext_lazy("column", "in force from"),
    "effective_to": pgettext_lazy("column", "in force until"),
}

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
    if table not in tables():
        return str(WORKED_OUT_TABLES.get(table, table))
    known = tables()[table]
    return known.term if is_chinese() else known.title


def column_name(table: str, stored: str) -> str:
    """Return what a stored column of a table is called: as most exports head it, or by its plain name."""
    if stored in WORKED_OUT:
        return str(WORKED_OUT[stored])
    known = tables().get(table)
    declared = (
        next((one for one in known.columns.values() if stored in dict(one.stored())), None) if known else None
    )
    if declared is None or not declared.headers or not is_chinese():
        return (declared.name if declared else stored).replace("_", " ")
    return declared.headers[0]


def reads_of(rule: Rule) -> list[tuple[str, list[str], str]]:
    """Return the tables that a rule reads: words, words of the columns that it weighs, name in the query."""
    found = []
    for table, columns in columns_read(rule).items():
        told = (column_name(table, one) for one in columns if one not in HOUSEKEEPING)
        found.append((table_name(table), list(dict.fromkeys(told)), table))
    return found


FILE_NAME = "疑点"  # of an export: the word of the field, in every language
