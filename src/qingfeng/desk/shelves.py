"""The shelves of the rail (分组): what stands together, in the order of the work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

RECORDS = pgettext_lazy("rail", "Records and rules")
CASES = pgettext_lazy("rail", "Clues and cases")
CORRECTION = pgettext_lazy("rail", "Correction that lasts")
DUTY = pgettext_lazy("rail", "Duty")
CAMPAIGNS = pgettext_lazy("rail", "Campaigns")
PETITIONS = pgettext_lazy("rail", "Petitions")
TEAM = pgettext_lazy("rail", "Our own people")
OTHERS = pgettext_lazy("rail", "Other matters")

SHELVES: tuple[tuple[Any, int, Mapping[str, str]], ...] = (
    (RECORDS, 40, {"verification": "clipboard-check", "data_request": "download"}),
    (
        CASES,
        100,
        {
            "clue": "flag",
            "case": "archive",
            "accountability": "gavel",
            "notice": "note",
            "revisit": "user-check",
            "referral": "route",
            "appeal": "message-circle",
            "complaint": "user-shield",
        },
    ),
    (
        CORRECTION,
        200,
        {
            "recommendation": "mail",
            "lesson": "book-2",
            "pattern": "git-branch",
            "rule_made": "file-certificate",
            "quiz": "checklist",
            "topic": "chart-dots",
        },
    ),
    (
        DUTY,
        300,
        {
            "deployment": "list-details",
            "directive": "clipboard-list",
            "duty": "scale",
            "goal": "target",
            "demonstration": "star",
            "leadership": "users-group",
            "talk": "message-circle",
            "integrity_file": "id-badge-2",
        },
    ),
    (
        CAMPAIGNS,
        400,
        {
            "campaign": "route",
            "self_check": "checklist",
            "task_force": "users-group",
            "prone_report": "chart-dots",
            "impact": "shield-check",
            "breach": "alert-triangle",
        },
    ),
    (
        PETITIONS,
        500,
        {"petition": "mail", "petition_slip": "note", "reception": "users", "report": "shield-lock"},
    ),
    (TEAM, 550, {"assessment": "checklist", "exchange": "route", "course": "book-2", "activity": "star"}),
)
"""Heading, place of its first entry, and icon by kind of matter in their order."""
ELSEWHERE = 600


def shelf_of(kind: str) -> tuple[Any, int, str]:
    """Return where a kind of matter stands: heading, place, icon; one that no shelf knows stands last."""
    for heading, first, kinds in SHELVES:
        if kind in kinds:
            return heading, first + list(kinds).index(kind), kinds[kind]
    return OTHERS, ELSEWHERE, "folder"
