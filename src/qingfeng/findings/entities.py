"""Leads as FollowTheMoney entities, for tools outside: one JSON object a line.

A lead is a `Note` about its subject: a `Vehicle`, a `Person` (only where the lead names one), or the
public body whose records they are. Ids are hashes over what stands here; no identifier of a person and
no keyed hash of one is among the properties. A note says what the lead says: a question, never a verdict.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.findings.models import Lead

_AT_ONCE = 500


def entities(leads: QuerySet[Lead]) -> Iterator[str]:
    """Yield one entity a line; every body, vehicle and person once, before the first note about them.

    Args:
        leads: What the viewer may see and wants; ask `access` first.
    """
    known: set[str] = set()
    rows = leads.order_by("-weight", "-points", "key").prefetch_related("findings")
    for lead in rows.iterator(chunk_size=_AT_ONCE):
        about = _about(lead)
        for entity in (*about, _note(lead, [entity["id"] for entity in about])):
            if entity["id"] not in known:
                known.add(entity["id"])
                yield json.dumps(entity, ensure_ascii=False) + "\n"


def _entity(schema: str, *told: str, **properties: list[str]) -> dict[str, Any]:
    ident = sha256("\n".join(("qingfeng", schema, *told)).encode()).hexdigest()[:40]
    kept = {name: values for name, values in properties.items() if values and values[0]}
    return {"id": ident, "schema": schema, "properties": kept}


def _about(lead: Lead) -> list[dict[str, Any]]:
    found = []
    if lead.unit_name:
        found.append(_entity("PublicBody", lead.unit_name, name=[lead.unit_name], country=["cn"]))
    owner = [found[0]["id"]] if found else []
    if lead.subject_kind == "plate":
        plate = lead.subject_key
        found.append(
            _entity("Vehicle", plate, name=[plate], registrationNumber=[plate], owner=owner, country=["cn"])
        )
    elif lead.subject_name and lead.tier != "C":
        found.append(
            _entity("Person", lead.unit_name, lead.subject_name, name=[lead.subject_name], country=["cn"])
        )
    return found


def _note(lead: Lead, about: list[str]) -> dict[str, Any]:
    return _entity(
        "Note",
        lead.key,
        name=[lead.title],
        summary=[_("A question about records, not a verdict.")],
        description=["\n".join(finding.message for finding in lead.findings.all())],
        entity=about,
        keywords=[lead.key, lead.rule, lead.tier, lead.watch],
        retrievedAt=[timezone.localdate(lead.first_seen_at).isoformat()],
    )
