"""What an entry of the journal says happened, and to what, in the words of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from qingfeng.desk.values import act_name
from qingfeng.journal.models import JournalEntry
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.vocabulary import Mechanism

HAPPENED: Mapping[str, Any] = {
    "audit.exported": pgettext_lazy("journal", "Audit exported"),
    "documents.attachment_kept": pgettext_lazy("journal", "File kept"),
    "documents.attachment_refused": pgettext_lazy("journal", "File refused"),
    "documents.slip_typeset": pgettext_lazy("journal", "Document made"),
    "findings.lead.handed_out": pgettext_lazy("journal", "Lead handed out"),
    "lead.exported": pgettext_lazy("journal", "Leads exported"),
    "matter.escalated": pgettext_lazy("journal", "Passed up the line"),
    "matter.exported": pgettext_lazy("journal", "Matters exported"),
    "matter.first_signed": pgettext_lazy("journal", "Signed first"),
    "matter.glass_broken": pgettext_lazy("journal", "Read by emergency access"),
    "matter.glass_reviewed": pgettext_lazy("journal", "Emergency access reviewed"),
    "matter.parts_ended": pgettext_lazy("journal", "Parts ended"),
    "matter.read": pgettext_lazy("journal", "Read"),
    "matter.recused": pgettext_lazy("journal", "Recused"),
    "matter.second_declined": pgettext_lazy("journal", "Second signature refused"),
    "organization.account.opened": pgettext_lazy("journal", "Account opened"),
    "organization.person.added": pgettext_lazy("journal", "Person added"),
    "organization.post.begun": pgettext_lazy("journal", "Post begun"),
    "organization.role.given": pgettext_lazy("journal", "Role given"),
    "organization.signin.done": pgettext_lazy("journal", "Signed in"),
    "organization.unit.added": pgettext_lazy("journal", "Unit added"),
    "organization.unit.changed": pgettext_lazy("journal", "Unit changed"),
    "person.sought": pgettext_lazy("journal", "Person sought"),
}
"""Kinds that are read most; another kind is shown as it stands."""


def happened(entry: JournalEntry) -> str:
    """Return what happened: an act by its name, else the kind in words, else the kind itself."""
    if entry.kind in HAPPENED:
        return str(HAPPENED[entry.kind])
    declared, _slug = _matter(entry)
    family, _dot, key = entry.kind.partition(".")
    if declared is None or family != "matter":
        return entry.kind
    name = act_name(declared, key)
    return entry.kind if name == key else name


def subject(entry: JournalEntry) -> str:
    """Return what it happened to: a matter by its kind and number, else as it stands."""
    declared, slug = _matter(entry)
    return f"{declared.name} {slug}" if declared else entry.subject


def _matter(entry: JournalEntry) -> tuple[Mechanism | None, str]:
    kind, _slash, slug = entry.subject.partition("/")
    return next((one for one in mechanisms() if one.key == kind), None), slug
