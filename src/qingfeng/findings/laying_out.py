"""A lead laid out for those who verify it: what the opening form says, every finding a line of its own.

The words of the mechanism `verification` are known here by key only: its room lies above this floor.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.utils import timezone

from qingfeng.findings.evidence import Row, evidence_of
from qingfeng.findings.models import Lead, LeadFinding
from qingfeng.findings.own_rules import authors_of
from qingfeng.matters.answers import Answer, Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer

MOST_ROWS = 200  # rows of evidence that the check sheet lists; the lead's page has them all
ASKED_ROWS = 20  # rows that a letter to the unit quotes; more are attached
# What a letter need not quote: tails of identifiers, columns without a Chinese heading, what matching added.
_UNQUOTED = re.compile(r"[a-z_0-9]+|.*尾号|对应单位")
VIDEO = "视频"  # a way to verify that names a recording


def facts_of(lead: Lead) -> dict[str, Any]:
    """Return what the opening form of its verification is filled with, by key of its fields."""
    findings = list(lead.findings.all())
    video = next((one for one in lead.verify if VIDEO in one), "")
    return {
        "doubt": "\n".join(dict.fromkeys(one.message for one in findings)),
        "rules": "\n".join(dict.fromkeys(f"{one.rule} {one.version}" for one in findings)),
        "parameters": "\n".join(dict.fromkeys(filter(None, map(_parameters, findings)))),
        "subject": "" if lead.tier == "C" else lead.subject_key,
        "evidence": "\n".join(_rows(findings)),
        "snapshot": lead.snapshot,
        "happened_on": timezone.localdate(lead.at) if lead.at else None,
        "video": video[:200],
    }


def _parameters(finding: LeadFinding) -> str:
    said = "，".join(f"{key}={value}" for key, value in sorted(finding.params.items()))
    return f"{finding.rule}：{said}" if said else ""


def _rows(findings: list[LeadFinding]) -> list[str]:
    rows = [
        " ".join(filter(None, (one["file"], one.get("sheet") or "", f"第{one['row']}行")))
        for finding in findings
        for one in finding.evidence
    ]
    return list(dict.fromkeys(rows))[:MOST_ROWS]


def question_of(lead: Lead) -> dict[str, str]:
    """Return how the unit is asked about a lead, by key of the ledger `questions`: by its own rows alone.

    A rule's sentence may say its threshold, so it is not told; nor are rows of another unit.

    Law:
        监察法 Art. 18 (secrets of the work); 政务处分法 Art. 43 (who is concerned is heard)
    """
    rows = [one for one in evidence_of(lead, most=ASKED_ROWS) if one.cells]
    owner = next((one.cells["unit_id"] for one in rows if one.cells.get("unit_id")), None)
    own = [one for one in rows if one.cells.get("unit_id") in (None, owner)]
    kinds = "、".join(dict.fromkeys(one.term for one in own))
    return {
        "fact": f"{kinds}中有下列{len(own)}条记录，需要说明情况。",
        "rows": "\n".join(map(_told_row, own)),
        "question": "请说明每条记录对应的事项、经办岗位和审批情况，并提供原始票据和审批手续。",
    }


def _told_row(row: Row) -> str:
    place = " ".join(filter(None, (row.file, row.sheet or "", f"第{row.row}行")))
    said = "，".join(f"{head}{value}" for head, value in row.headed() if not _UNQUOTED.fullmatch(head))
    return f"{place}：{said}。"


def lines_of(lead: Lead) -> dict[str, list[dict[str, Any]]]:
    """Return the lines with which its verification begins: findings, and innocent explanations."""
    return {
        "labels": [
            {"finding": one.place + 1, "rule": one.rule, "version": one.version, "message": one.message}
            for one in lead.findings.all()
        ],
        "explanations": [{"explanation": one} for one in lead.innocent],
    }


def hand_out(
    lead: Lead, matter: Matter, *, by: Viewer, people: list[Person], at: datetime | None = None
) -> Answer:
    """Lay a lead out on its verification, name whom the record names, and hand it to its verifiers.

    Returns:
        The last answer: Done, or the refusal on which it stopped.
    """
    acts: list[tuple[str, dict[str, Any]]] = [("lay_out", {"lines": lines_of(lead)})]
    if lead.subject_person is not None and lead.tier != "C":
        acts.append(("name_person", {"parties": {"subject_person": [lead.subject_person]}}))
    if authors := authors_of(lead.rules):  # who wrote a rule does not close its leads
        acts.append(
            ("name_author", {"parties": {"rule_author": list(Person.objects.filter(pk__in=authors))}})
        )
    acts.append(("assign", {"parties": {"verifier": people}}))
    answer: Answer = Done(matter, None)
    for act, sheet in acts:
        answer = perform(act, matter, by=by, at=at, **sheet)
        if isinstance(answer, Refusal):
            return answer
    return answer
